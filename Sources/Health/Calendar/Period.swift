/// A span of the calendar as guidelines write it: months and days, added in that order.
///
/// Months are calendar months: two months from 31 December end on the last day of February. Weeks
/// are seven days. Periods of months and periods of days are not compared with each other; add them
/// to a day first.
public struct Period: Hashable, Sendable {
  /// Whole calendar months; a year is twelve.
  public let months: Int32
  /// Days beyond the months.
  public let days: Int32

  /// So many months and days.
  @inlinable
  public init(months: Int32 = 0, days: Int32 = 0) {
    self.months = months
    self.days = days
  }

  /// No time at all.
  public static let none = Period()
  /// So many days.
  @inlinable
  public static func days(_ count: Int32) -> Period { Period(days: count) }
  /// So many weeks of seven days.
  @inlinable
  public static func weeks(_ count: Int32) -> Period { Period(days: count * 7) }
  /// So many calendar months.
  @inlinable
  public static func months(_ count: Int32) -> Period { Period(months: count) }
  /// So many years of twelve calendar months.
  @inlinable
  public static func years(_ count: Int32) -> Period { Period(months: count * 12) }
}

extension CivilDate {
  /// The day that lies a period later: months first, then days.
  public static func + (date: CivilDate, period: Period) -> CivilDate {
    let month = period.months == 0 ? date : date.addingMonths(Int(period.months))
    return CivilDate(dayNumber: month.dayNumber + period.days)
  }
}
