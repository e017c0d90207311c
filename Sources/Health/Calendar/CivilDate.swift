/// A day of the civil (proleptic Gregorian) calendar, with no time and no zone.
///
/// Clinical dates are days: a weighing happened on a day, a child was born on a day. The day is
/// kept as its distance from 1970-01-01, so that ages are subtractions. Conversion follows the
/// era-based arithmetic in H. Hinnant, "chrono-compatible low-level date algorithms".
public struct CivilDate: Hashable, Comparable, Sendable {
  /// The days that facts may carry, in days since 1970-01-01: years 1696 to 2517. Within them no
  /// arithmetic on days can overflow.
  public static let recordable: ClosedRange<Int64> = -100_000...200_000

  /// Days since 1970-01-01; negative before it.
  public let dayNumber: Int32

  /// The day that lies `dayNumber` days after 1970-01-01.
  @inlinable
  public init(dayNumber: Int32) {
    self.dayNumber = dayNumber
  }

  /// The given day, or nothing where the calendar has no such day (30 February, month 13).
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.daysInMonth(year: year, month: month)
    else { return nil }
    self.init(validYear: year, month: month, day: day)
  }

  /// The given day, which the caller has made sure exists.
  init(validYear year: Int, month: Int, day: Int) {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    dayNumber = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Year, month (1–12) and day (1–31).
  public var components: (year: Int, month: Int, day: Int) {
    let shifted = Int(dayNumber) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, day)
  }

  /// The month that holds this day.
  public var month: CivilMonth {
    let parts = components
    return CivilMonth(year: parts.year, ordinal: parts.month)
  }

  /// How many days the month has; 0 where there is no such month.
  public static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 1, 3, 5, 7, 8, 10, 12: 31
    case 4, 6, 9, 11: 30
    case 2: isLeap(year: year) ? 29 : 28
    default: 0
    }
  }

  /// Whether February has 29 days in that year.
  public static func isLeap(year: Int) -> Bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
  }

  /// Earlier days come first.
  @inlinable
  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.dayNumber < right.dayNumber
  }

  /// The day that lies `days` later (earlier where negative).
  @inlinable
  public static func + (date: CivilDate, days: AgeInDays) -> CivilDate {
    CivilDate(dayNumber: date.dayNumber + days.count)
  }

  /// Days from `earlier` to `later`.
  @inlinable
  public static func - (later: CivilDate, earlier: CivilDate) -> AgeInDays {
    AgeInDays(later.dayNumber - earlier.dayNumber)
  }
}
