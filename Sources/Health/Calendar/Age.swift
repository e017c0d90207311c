/// An age, or a distance, in whole days: what the WHO growth standards are tabulated by.
public struct AgeInDays: Hashable, Comparable, Sendable {
  /// The days; negative where the event lies before birth.
  public let count: Int32

  /// So many days.
  @inlinable
  public init(_ count: Int32) { self.count = count }

  /// Fewer days come first.
  @inlinable
  public static func < (left: AgeInDays, right: AgeInDays) -> Bool { left.count < right.count }

  /// Whole weeks completed.
  public var completedWeeks: CompletedWeeks { CompletedWeeks(count / 7) }
}

/// Completed weeks, as pregnancy and newborn schedules count them.
public struct CompletedWeeks: Hashable, Comparable, Sendable {
  /// The weeks.
  public let count: Int32
  /// So many weeks.
  public init(_ count: Int32) { self.count = count }
  /// Fewer weeks come first.
  public static func < (left: CompletedWeeks, right: CompletedWeeks) -> Bool {
    left.count < right.count
  }
}

/// Completed calendar months, as the KMS, the immunisation card and the SKDN age groups count them.
///
/// A child born on the 31st completes a month on the last day of a shorter month.
public struct CompletedMonths: Hashable, Comparable, Sendable {
  /// The months; negative before birth.
  public let count: Int32
  /// So many months.
  @inlinable
  public init(_ count: Int32) { self.count = count }
  /// Fewer months come first.
  @inlinable
  public static func < (left: CompletedMonths, right: CompletedMonths) -> Bool {
    left.count < right.count
  }
}

/// Completed years, as adult screening and school age count them.
public struct CompletedYears: Hashable, Comparable, Sendable {
  /// The years; negative before birth.
  public let count: Int32
  /// So many years.
  public init(_ count: Int32) { self.count = count }
  /// Fewer years come first.
  public static func < (left: CompletedYears, right: CompletedYears) -> Bool {
    left.count < right.count
  }
}

extension CivilDate {
  /// Calendar months completed since `birth` on this day.
  ///
  /// A month is completed on the day of the month of birth, or on the month's last day where it
  /// is too short to have that day: born 31 January, one month old on 28 (29) February.
  public func completedMonths(since birth: CivilDate) -> CompletedMonths {
    let from = birth.components
    let to = components
    var months = (to.year - from.year) * 12 + to.month - from.month
    let lastOfMonth = CivilDate.daysInMonth(year: to.year, month: to.month)
    if to.day < min(from.day, lastOfMonth) { months -= 1 }
    return CompletedMonths(Int32(months))
  }

  /// Years completed since `birth`; a child born on 29 February turns one on 28 February.
  public func completedYears(since birth: CivilDate) -> CompletedYears {
    let months = Int(completedMonths(since: birth).count)
    return CompletedYears(Int32(months >= 0 ? months / 12 : -((11 - months) / 12)))
  }

  /// The same day of the month, `months` later, or that month's last day where it is too short.
  public func addingMonths(_ months: Int) -> CivilDate {
    MonthCount(self).adding(Int32(truncatingIfNeeded: months))
  }
}

/// A day taken apart once, so that months are added to it quickly again and again.
public struct MonthCount: Hashable, Sendable {
  private let months: Int32
  private let day: Int32

  /// A day taken apart.
  public init(_ date: CivilDate) {
    let parts = date.components
    months = Int32(parts.year * 12 + parts.month - 1)
    day = Int32(parts.day)
  }

  /// The day that lies so many months later; the last of the month where it has no such day.
  public func adding(_ count: Int32) -> CivilDate {
    let target = months + count
    let year = target >= 0 ? target / 12 : (target - 11) / 12
    let month = Int(target - year * 12) + 1
    let last = day <= 28 ? 31 : CivilDate.daysInMonth(year: Int(year), month: month)
    return CivilDate(validYear: Int(year), month: month, day: min(Int(day), last))
  }
}
