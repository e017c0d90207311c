/// A body length, height, circumference or skinfold, in tenths of a millimetre.
///
/// Boards and tapes are read to 0.1 cm; survey files carry 0.05 cm; both are exact here.
public struct Length: Hashable, Comparable, Sendable {
  /// Tenths of a millimetre: 84.5 cm is 8450.
  public let tenthsOfMillimetre: Int32

  /// So many tenths of a millimetre.
  @inlinable
  public init(tenthsOfMillimetre: Int32) { self.tenthsOfMillimetre = tenthsOfMillimetre }

  /// Centimetres, for the standards' formulas.
  @inlinable
  public var centimetres: Double { Double(tenthsOfMillimetre) / 100 }

  /// Millimetres, the unit of skinfolds.
  @inlinable
  public var millimetres: Double { Double(tenthsOfMillimetre) / 10 }

  /// Shorter comes first.
  @inlinable
  public static func < (left: Length, right: Length) -> Bool {
    left.tenthsOfMillimetre < right.tenthsOfMillimetre
  }
}
