/// A mass in whole grams: what scales at the Posyandu can tell.
public struct Mass: Hashable, Comparable, Sendable {
  /// Grams.
  public let grams: Int32

  /// So many grams.
  @inlinable
  public init(grams: Int32) { self.grams = grams }

  /// Kilograms, for the standards' formulas.
  @inlinable
  public var kilograms: Double { Double(grams) / 1000 }

  /// Lighter comes first.
  @inlinable
  public static func < (left: Mass, right: Mass) -> Bool { left.grams < right.grams }

  /// The gain from `right` to `left`; negative is a loss.
  @inlinable
  public static func - (left: Mass, right: Mass) -> Mass { Mass(grams: left.grams - right.grams) }
}
