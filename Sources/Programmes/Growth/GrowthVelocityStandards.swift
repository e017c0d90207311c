import Guidance
import Health

/// What grows: the measurements whose gain the WHO growth velocity standards judge.
public enum VelocityMeasure: UInt8, Hashable, Sendable, CaseIterable {
  /// Weight, in grams.
  case weight = 0
  /// Recumbent length, in centimetres.
  case length = 1
  /// Head circumference, in centimetres.
  case headCircumference = 2
}

/// How far apart two measurements lie that are compared.
public enum VelocityInterval: UInt8, Hashable, Sendable, CaseIterable {
  /// One month: weight until 12 months.
  case oneMonth = 1
  /// Two months: weight and length until 24 months, head circumference until 12.
  case twoMonths = 2

  /// The days of the interval, by months of 30.4375 days; the first two of one month are 28 and 33.
  public var days: Int32 {
    switch self {
    case .oneMonth: 30
    case .twoMonths: 61
    }
  }

  /// How many days longer or shorter than the standard's an interval may be, a sixth of a month
  /// and a little more of two. Ours: WHO tabulates exact intervals and we have not read any limit.
  public var toleranceDays: Int32 {
    switch self {
    case .oneMonth: 5
    case .twoMonths: 7
    }
  }
}

/// One row of the standard: an interval of age with its distribution of gains.
public struct VelocityRow: Hashable, Sendable {
  /// What grows.
  public let measure: VelocityMeasure
  /// The length of the interval.
  public let interval: VelocityInterval
  /// The day of age at which the interval begins.
  public let firstDay: Int32
  /// The day of age at which it ends.
  public let lastDay: Int32
  /// What the standard adds to every gain, so that a loss is a positive number too: grams for
  /// weight, nothing for the others.
  public let added: Double
  /// The Box-Cox power L.
  public let l: Double
  /// The median M of the gain with ``added``: grams or centimetres.
  public let m: Double
  /// The coefficient of variation S.
  public let s: Double

  /// The days that lie between the two measurements by the standard.
  public var days: Int32 { lastDay - firstDay }

  var row: LMSRow { LMSRow(l: l, m: m, s: s) }

  /// The z-score of a gain in grams or centimetres; nothing where the formula has none, for a
  /// length or head that became smaller.
  ///
  /// Of weight, beyond ±3 SD the distance between the second and third SD is carried on, as WHO
  /// does for all that depends on weight; whether it does so for gains as well is from memory.
  func zScore(gain: Double) -> Double? {
    let value = gain + added
    guard measure == .weight else {
      if value < 0 { return nil }
      // A power of nothing is nothing, which the logarithm cannot tell.
      return value == 0 ? -1 / (l * s) : row.zScore(value)
    }
    let third = row.measurement(at: -3)
    if value <= third {
      return -3 + (value - third) / (row.measurement(at: -2) - third)
    }
    return row.restrictedZScore(value)
  }

  /// The gain that lies at a z-score of −3 to 3: grams or centimetres.
  public func gain(at z: Double) -> Double { row.measurement(at: z) - added }
}

/// The WHO growth velocity standards (2009), by sex and interval of age from birth to 24 months.
///
/// Of the standard's intervals of 1, 2, 3, 4 and 6 months those of one month (weight) and two
/// months are here. KBM, by which N and T are told, is another rule: see decision 0016.
public struct GrowthVelocityStandards: Sendable {
  /// The publication.
  public static let source = Source(
    id: "who-2009-velocity", title: "WHO Child Growth Standards: growth velocity",
    edition: "2009", place: "LMS tables by 1 month and 2 months", standing: .secondary)

  /// The last day of age at, or near, which a gain may end: 24 months, and what
  /// ``ageToleranceDays`` and the longest ``VelocityInterval/toleranceDays`` allow.
  public static let lastDay: Int32 = 731 + ageToleranceDays + 7

  /// What is added to a gain of weight within one month, in grams (column delta of WHO's table).
  static let addedWithinOneMonth = 400.0
  /// What is added to a gain of weight within two months, in grams (column delta of WHO's table).
  static let addedWithinTwoMonths = 600.0
  /// The first interval of one month ends, and the second begins, at four weeks.
  static let fourWeeks: Int32 = 28
  /// A measurement stands for one at birth until this day of age. Ours: within days the newborn's
  /// loss of weight is over, and a gain from then on is no gain since birth.
  static let lastDayOfBirthWeight: Int32 = 2
  /// How many days before or after the day at which the standard's interval begins the earlier
  /// measurement may lie: half the distance between two rows, rounded up, so that no age falls
  /// between them. Ours.
  static let ageToleranceDays: Int32 = 16
  /// Beyond these z-scores a gain is taken for an error of measuring or writing. WHO gives no
  /// limits for gains; these are its limits for weight-for-length and head circumference.
  static let plausibleHundredths: ClosedRange<Int32> = -500...500

  private struct Tables: Sendable {
    let weightOneMonth: LMSTable
    let weightTwoMonths: LMSTable
    let lengthTwoMonths: LMSTable
    let headTwoMonths: LMSTable
  }

  private let boys: Tables
  private let girls: Tables

  /// The standards, unpacked on first use.
  public static let shared = GrowthVelocityStandards()

  init() {
    boys = Tables(
      weightOneMonth: WHO2009Tables.boysWeightVelocityOneMonth.unpack(),
      weightTwoMonths: WHO2009Tables.boysWeightVelocityTwoMonths.unpack(),
      lengthTwoMonths: WHO2009Tables.boysLengthVelocityTwoMonths.unpack(),
      headTwoMonths: WHO2009Tables.boysHeadCircumferenceVelocityTwoMonths.unpack())
    girls = Tables(
      weightOneMonth: WHO2009Tables.girlsWeightVelocityOneMonth.unpack(),
      weightTwoMonths: WHO2009Tables.girlsWeightVelocityTwoMonths.unpack(),
      lengthTwoMonths: WHO2009Tables.girlsLengthVelocityTwoMonths.unpack(),
      headTwoMonths: WHO2009Tables.girlsHeadCircumferenceVelocityTwoMonths.unpack())
  }

  /// The intervals that are tabulated for a measure, the shortest first.
  public static func intervals(of measure: VelocityMeasure) -> [VelocityInterval] {
    measure == .weight ? [.oneMonth, .twoMonths] : [.twoMonths]
  }

  /// Every row of a table in order of age; none where the standard has no such table.
  public func rows(
    _ measure: VelocityMeasure, _ interval: VelocityInterval, sex: Sex
  ) -> [VelocityRow] {
    guard let table = table(measure, interval, sex: sex) else { return [] }
    return (0..<table.count).compactMap { row(measure, interval, in: table, at: $0) }
  }

  private func table(
    _ measure: VelocityMeasure, _ interval: VelocityInterval, sex: Sex
  ) -> LMSTable? {
    let tables = sex == .male ? boys : girls
    switch (measure, interval) {
    case (.weight, .oneMonth): return tables.weightOneMonth
    case (.weight, .twoMonths): return tables.weightTwoMonths
    case (.length, .twoMonths): return tables.lengthTwoMonths
    case (.headCircumference, .twoMonths): return tables.headTwoMonths
    case (.length, .oneMonth), (.headCircumference, .oneMonth): return nil
    }
  }

  private func row(
    _ measure: VelocityMeasure, _ interval: VelocityInterval, in table: LMSTable, at month: Int
  ) -> VelocityRow? {
    guard let figures = table.row(at: month) else { return nil }
    let end = month + Int(interval.rawValue)
    func day(_ month: Int) -> Int32 {
      interval == .oneMonth && month == 1
        ? GrowthVelocityStandards.fourWeeks : GrowthVelocityStandards.day(ofMonth: month)
    }
    let added =
      measure != .weight
      ? 0
      : interval == .oneMonth
        ? GrowthVelocityStandards.addedWithinOneMonth
        : GrowthVelocityStandards.addedWithinTwoMonths
    return VelocityRow(
      measure: measure, interval: interval, firstDay: day(month), lastDay: day(end), added: added,
      l: figures.l, m: figures.m, s: figures.s)
  }

  /// The day of age at which a month is completed, by WHO's months of 30.4375 days.
  static func day(ofMonth month: Int) -> Int32 {
    Int32((Double(month) * ChildGrowthStandards.daysPerMonth).rounded())
  }

  /// The last day of age that a table covers; nothing where there is no such table.
  public func lastDay(_ measure: VelocityMeasure, _ interval: VelocityInterval) -> Int32? {
    rows(measure, interval, sex: .male).last?.lastDay
  }

  /// The row by which two measurements on these days of age are compared: of those whose interval
  /// they fit, the one whose days lie nearest, and of two as near the earlier.
  func row(
    _ measure: VelocityMeasure, _ interval: VelocityInterval, sex: Sex, from first: Int32,
    to last: Int32
  ) -> VelocityRow? {
    guard let table = table(measure, interval, sex: sex) else { return nil }
    var best: VelocityRow?
    for month in 0..<table.count {
      guard let row = row(measure, interval, in: table, at: month),
        row.fits(from: first, to: last)
      else { continue }
      if let found = best,
        found.distance(from: first, to: last) <= row.distance(from: first, to: last)
      {
        continue
      }
      best = row
    }
    return best
  }
}

extension VelocityRow {
  /// Whether two days of age may be compared by the row.
  func fits(from first: Int32, to last: Int32) -> Bool {
    begins(at: first) && abs((last - first) - days) <= interval.toleranceDays
  }

  /// Whether an interval that begins on that day of age may be compared by the row.
  func begins(at first: Int32) -> Bool {
    let isBirth = (0...GrowthVelocityStandards.lastDayOfBirthWeight).contains(first)
    if firstDay == 0 { return isBirth }
    return !isBirth && abs(first - firstDay) <= GrowthVelocityStandards.ageToleranceDays
  }

  /// How many days the two measurements lie off the row's, together.
  func distance(from first: Int32, to last: Int32) -> Int32 {
    abs(first - firstDay) + abs(last - lastDay)
  }
}
