/// A moment in UTC, in whole milliseconds since 1970-01-01T00:00Z.
///
/// Only recording has a moment; what happened clinically has a day. The place's zone (WIB, WITA,
/// WIT) is applied where moments are shown.
public struct Instant: Hashable, Comparable, Sendable {
  /// The moments that facts may carry: years 1696 to 2517, as ``CivilDate/recordable``.
  public static let recordable: ClosedRange<Int64> =
    -100_000 * 86_400_000...200_000 * 86_400_000

  /// Milliseconds since 1970-01-01T00:00Z.
  public let milliseconds: Int64

  /// That many milliseconds since 1970-01-01T00:00Z.
  @inlinable
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Earlier moments come first.
  @inlinable
  public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// The civil day of this moment in a zone that lies `hours` east of Greenwich (WIB is 7).
  public func day(hoursEastOfGreenwich hours: Int) -> CivilDate {
    let shifted = milliseconds &+ Int64(hours) &* 3_600_000
    let day = shifted >= 0 ? shifted / 86_400_000 : (shifted &- 86_399_999) / 86_400_000
    return CivilDate(dayNumber: Int32(truncatingIfNeeded: day))
  }
}
