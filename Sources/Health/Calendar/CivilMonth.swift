/// A calendar month: the period in which Posyandu days, coverage and reports are counted.
public struct CivilMonth: Hashable, Comparable, Sendable {
  /// Months since January of year 0: `year × 12 + (ordinal − 1)`.
  public let number: Int32

  /// The month with that running number.
  @inlinable
  public init(number: Int32) {
    self.number = number
  }

  /// The month `ordinal` (1 = January) of a year.
  @inlinable
  public init(year: Int, ordinal: Int) {
    number = Int32(year * 12 + ordinal - 1)
  }

  /// The calendar year.
  @inlinable
  public var year: Int { Int(number) / 12 }

  /// 1 for January to 12 for December.
  @inlinable
  public var ordinal: Int { Int(number) % 12 + 1 }

  /// The first day.
  public var firstDay: CivilDate { CivilDate(validYear: year, month: ordinal, day: 1) }

  /// The last day.
  public var lastDay: CivilDate {
    CivilDate(
      validYear: year, month: ordinal, day: CivilDate.daysInMonth(year: year, month: ordinal))
  }

  /// January of the same year, where cumulative coverage starts.
  @inlinable
  public var januaryOfYear: CivilMonth { CivilMonth(year: year, ordinal: 1) }

  /// The month that lies `months` later (earlier where negative).
  @inlinable
  public func advanced(by months: Int) -> CivilMonth {
    CivilMonth(number: number + Int32(months))
  }

  /// Earlier months come first.
  @inlinable
  public static func < (left: CivilMonth, right: CivilMonth) -> Bool {
    left.number < right.number
  }
}
