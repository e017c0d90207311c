import Health

extension Period {
  /// The two periods, one after the other.
  public static func + (left: Period, right: Period) -> Period {
    Period(months: left.months + right.months, days: left.days + right.days)
  }

  /// The first period, shortened by the second: "12 months − 4 days".
  public static func - (left: Period, right: Period) -> Period {
    Period(months: left.months - right.months, days: left.days - right.days)
  }
}

/// What a month is worth that is too short for the day: 31 January and one month.
public enum MonthOverflow: UInt8, Hashable, Sendable, CaseIterable {
  /// The last day of the short month, as the Indonesian immunisation card and ``CivilDate``
  /// count: 28 (29) February.
  case lastDayOfMonth = 1
  /// The first day of the month after it, as CDC's logic specification counts: 1 March.
  case firstOfNextMonth = 2
}

/// A period, or none, in one word: months in the upper half, days in the lower.
struct PackedPeriod: Hashable, Sendable {
  let bits: Int32

  init(_ period: Period) {
    precondition(
      Int16(exactly: period.months) != nil && Int16(exactly: period.days) != nil,
      "a period of a schedule is too long")
    bits = period.months &<< 16 | (period.days & 0xFFFF)
  }

  init(_ period: Period?) {
    self = period.map { PackedPeriod($0) } ?? PackedPeriod.none
  }

  private init(bits: Int32) { self.bits = bits }

  /// No period: no schedule reaches 2,730 years back.
  static let none = PackedPeriod(bits: .min)

  @inline(__always)
  var isSet: Bool { bits != .min }
}

/// A day split into its month and its day of the month, so that months are added quickly.
struct SplitDay: Hashable, Sendable {
  /// The day itself, in days since 1970-01-01.
  let day: Int32
  /// The month's place in ``MonthTable``.
  let month: Int32
  /// 0 for the first of the month.
  let dayOfMonth: Int32
}

/// The first day of every month that facts and forecasts can lie in, so that months are added
/// without a division.
struct MonthTable {
  /// 1690-01, before all recordable days; 2700-12 leaves room for 180 years after the last one.
  private static let firstYear = 1690
  private static let lastYear = 2700

  /// Made once and never freed.
  private static let firstDays: Rows<Int32> = {
    var days: [Int32] = []
    days.reserveCapacity((lastYear - firstYear + 1) * 12)
    for year in firstYear...lastYear {
      for month in 1...12 {
        days.append(CivilMonth(year: year, ordinal: month).firstDay.dayNumber)
      }
    }
    return Rows(days)
  }()

  private let firstDays: Rows<Int32>
  private let overflow: MonthOverflow

  init(overflow: MonthOverflow) {
    firstDays = MonthTable.firstDays
    self.overflow = overflow
  }

  /// Splits a recordable day.
  func split(_ day: Int32) -> SplitDay {
    // 146,097 days are 4,800 months; the guess is at most one month off.
    var month = Int((Int64(day - firstDays[0]) &* 4800) / 146_097)
    if firstDays[month] > day { month -= 1 } else if firstDays[month + 1] <= day { month += 1 }
    return SplitDay(
      day: day, month: Int32(truncatingIfNeeded: month), dayOfMonth: day &- firstDays[month])
  }

  /// The place of a month (1 to 12) of the calendar year that lies `years` after another day's.
  func month(_ ordinal: Int32, yearsAfter start: SplitDay, years: Int32) -> Int32 {
    (start.month / 12 + years) * 12 + ordinal - 1
  }

  /// The first day of the month at a place.
  func firstDay(_ month: Int32) -> Int32 { firstDays[Int(month)] }

  /// The day that lies `period` after `start`; the period must not be empty.
  @inline(__always)
  func adding(_ period: PackedPeriod, to start: SplitDay) -> Int32 {
    let days = (period.bits &<< 16) &>> 16
    let months = period.bits &>> 16
    if months == 0 { return start.day &+ days }
    let (first, next) = firstDays.pair(Int(start.month &+ months))
    let sameDay = first &+ start.dayOfMonth
    guard sameDay >= next else { return sameDay &+ days }
    return (overflow == .firstOfNextMonth ? next : next &- 1) &+ days
  }
}
