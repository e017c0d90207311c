import Guidance
import Health

/// What is measured of a newborn.
public enum NewbornMeasure: UInt8, Hashable, Sendable, CaseIterable {
  /// Weight, in kilograms.
  case weight = 0
  /// Length, in centimetres.
  case length = 1
  /// Head circumference, in centimetres.
  case headCircumference = 2
}

/// The INTERGROWTH-21st sizes at birth by sex and gestational age: the newborn size standards from
/// 33+0 weeks, before it the reference of the very preterm.
///
/// INTERGROWTH-21st publishes tables of lines and no L, M and S. A value between two lines has a
/// z-score on a straight line between theirs: see decision 0016.
public struct NewbornSizeStandards: Sendable {
  /// The publication for 33+0 to 42+6 weeks.
  public static let source = Source(
    id: "intergrowth-21-newborn", title: "INTERGROWTH-21st newborn size standards",
    edition: "2014", place: "Lancet 384:857; z-scores and centiles by day", standing: .secondary)

  /// The publication for 24+0 to 32+6 weeks: not a standard, for few so early are born healthy.
  public static let veryPretermSource = Source(
    id: "intergrowth-21-very-preterm",
    title: "INTERGROWTH-21st very preterm size at birth reference charts", edition: "2016",
    place: "Lancet 387:844; z-scores and centiles by day", standing: .secondary)

  /// The gestational ages that are covered, in days: 24+0 to 42+6 weeks.
  public static let days: ClosedRange<Int32> = 168...300
  /// The first day of the standards; earlier ones are those of the very preterm: 33+0 weeks.
  public static let firstStandardDay: Int32 = 231

  /// The z-score of each printed line, the lowest first; the third and seventh are the 10th and
  /// 90th centile.
  public static let lines: [Double] = [
    -3, -2, -tenthCentile, -1, 0, 1, tenthCentile, 2, 3,
  ]
  /// The z-score below which nine tenths lie.
  static let tenthCentile = 1.281_551_565_544_600_4
  /// Beyond these z-scores a size is taken for an error of measuring, writing or dating.
  /// INTERGROWTH-21st gives no limits; these are WHO's for weight-for-length.
  static let plausibleHundredths: ClosedRange<Int32> = -500...500

  private let boys: [LineTable]
  private let girls: [LineTable]

  /// The standards, unpacked on first use.
  public static let shared = NewbornSizeStandards()

  init() {
    boys = [
      NewbornSizeTables.boysWeight.unpack(), NewbornSizeTables.boysLength.unpack(),
      NewbornSizeTables.boysHeadCircumference.unpack(),
    ]
    girls = [
      NewbornSizeTables.girlsWeight.unpack(), NewbornSizeTables.girlsLength.unpack(),
      NewbornSizeTables.girlsHeadCircumference.unpack(),
    ]
  }

  /// The publication that covers a gestational age.
  public static func source(on gestationalAge: AgeInDays) -> Source {
    gestationalAge.count < firstStandardDay ? veryPretermSource : source
  }

  /// The printed lines of a gestational age, in hundredths of a kilogram or centimetre; nothing
  /// outside ``days``.
  public func row(
    _ measure: NewbornMeasure, sex: Sex, gestationalAge: AgeInDays
  ) -> [Int32]? {
    (sex == .male ? boys : girls)[Int(measure.rawValue)].row(at: Int(gestationalAge.count))
  }

  /// The z-score of a value in hundredths of a kilogram or centimetre beside a row's lines.
  ///
  /// Beyond the outer lines the distance between the last two is carried on.
  static func zScore(_ value: Double, in row: [Int32]) -> Double {
    let upper = upperLine(of: value, in: row)
    let low = Double(row[upper - 1])
    let part = (value - low) / (Double(row[upper]) - low)
    return lines[upper - 1] + part * (lines[upper] - lines[upper - 1])
  }

  /// Position of the upper of the two lines between, or beyond, which a value lies.
  static func upperLine(of value: Double, in row: [Int32]) -> Int {
    var upper = 1
    while upper < row.count - 1, value > Double(row[upper]) { upper += 1 }
    return upper
  }
}
