import Health

/// Kenaikan berat badan minimal (KBM): the least gain in grams of each month of life on the KMS.
///
/// Editions of the KMS differ in a few cells; the table is a setting with a named default.
public struct MinimumWeightGain: Hashable, Sendable {
  /// Boys, grams, for the 1st to the 12th month of life; later months as the last.
  public let boys: [Int32]
  /// Girls, grams, for the 1st to the 12th month of life; later months as the last.
  public let girls: [Int32]

  /// A table of twelve months for each sex.
  public init(boys: [Int32], girls: [Int32]) {
    precondition(boys.count == 12 && girls.count == 12, "KBM has one figure for each of 12 months")
    self.boys = boys
    self.girls = girls
  }

  /// Buku KIA 2023 prints 800 900 800 600 500 400 300 200; the boys' 7th month (400) and the step
  /// from 300 to 200 are from the blue and pink KMS, from memory.
  public static let kia2023 = MinimumWeightGain(
    boys: [800, 900, 800, 600, 500, 400, 400, 300, 300, 300, 300, 200],
    girls: [800, 900, 800, 600, 500, 400, 300, 300, 300, 300, 200, 200])

  /// The least gain of a month of life; month 1 ends when the child completes its first month.
  public func grams(sex: Sex, month: Int) -> Mass {
    let table = sex == .male ? boys : girls
    return Mass(grams: table[min(max(month, 1), 12) - 1])
  }
}
