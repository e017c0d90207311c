import Guidance
import Health

/// The WHO Child Growth Standards for 0 to 5 years (2006; head, arm and skinfolds 2007).
public struct ChildGrowthStandards: Sendable {
  /// The publication.
  public static let source = Source(
    id: "who-2006", title: "WHO Child Growth Standards", edition: "2006, 2007",
    place: "Methods and development; LMS tables by day and by 0.1 cm", standing: .primary)

  /// The last day of age that the standards cover.
  public static let lastDay = 1826
  /// From this day of age children are measured standing.
  public static let firstStandingDay = 731
  /// Days in a month where an age is given in months.
  public static let daysPerMonth = 30.4375
  /// What is added to, or taken from, a length taken in the other position, in centimetres.
  public static let positionCorrection = 0.7
  /// "Standing" is not believed before this age in months.
  public static let standingPossibleMonths = 9.0
  /// Without age and position, shorter children are taken to have been measured lying.
  static let assumedStandingLength = 87.0

  struct Tables: Sendable {
    let byAge: [LMSTable]
    let weightForLength: LMSTable
    let weightForHeight: LMSTable
  }

  let boys: Tables
  let girls: Tables

  /// The standards, unpacked on first use.
  public static let shared = ChildGrowthStandards()

  init() {
    boys = Tables(
      byAge: [
        WHO2006Tables.boysLengthHeightForAge.unpack(), WHO2006Tables.boysWeightForAge.unpack(),
        WHO2006Tables.boysBMIForAge.unpack(), WHO2006Tables.boysHeadCircumferenceForAge.unpack(),
        WHO2006Tables.boysArmCircumferenceForAge.unpack(),
        WHO2006Tables.boysTricepsSkinfoldForAge.unpack(),
        WHO2006Tables.boysSubscapularSkinfoldForAge.unpack(),
      ],
      weightForLength: WHO2006Tables.boysWeightForLength.unpack(),
      weightForHeight: WHO2006Tables.boysWeightForHeight.unpack())
    girls = Tables(
      byAge: [
        WHO2006Tables.girlsLengthHeightForAge.unpack(), WHO2006Tables.girlsWeightForAge.unpack(),
        WHO2006Tables.girlsBMIForAge.unpack(),
        WHO2006Tables.girlsHeadCircumferenceForAge.unpack(),
        WHO2006Tables.girlsArmCircumferenceForAge.unpack(),
        WHO2006Tables.girlsTricepsSkinfoldForAge.unpack(),
        WHO2006Tables.girlsSubscapularSkinfoldForAge.unpack(),
      ],
      weightForLength: WHO2006Tables.girlsWeightForLength.unpack(),
      weightForHeight: WHO2006Tables.girlsWeightForHeight.unpack())
  }

  func tables(for sex: Sex) -> Tables { sex == .male ? boys : girls }

  /// The age in whole days by which the tables are entered: rounded, halves up; nothing where the
  /// standards do not reach.
  public static func tableDay(_ ageDays: Double) -> Int? {
    let day = (ageDays + 0.5).rounded(.down)
    guard day >= 0, day <= Double(lastDay) else { return nil }
    return Int(day)
  }

  /// The length as the standard wants it: corrected for the position, with the table to use.
  public static func adjustedLength(of measurement: GrowthMeasurement) -> AdjustedLength? {
    guard let read = measurement.length else { return nil }
    var position = measurement.position
    var correction = LengthCorrection.none
    guard let ageDays = measurement.ageDays else {
      let lying = position.map { $0 == .lying } ?? (read < assumedStandingLength)
      return AdjustedLength(
        centimetres: read, correction: .none, isLength: lying, positionAssumed: position == nil)
    }
    if position == .standing, ageDays / daysPerMonth < standingPossibleMonths {
      position = nil
      correction = .standingIgnoredBeforeNineMonths
    }
    let isLength = (ageDays + 0.5).rounded(.down) < Double(firstStandingDay)
    var centimetres = read
    if isLength, position == .standing {
      centimetres += positionCorrection
      correction = .standingBeforeTwoYears
    } else if !isLength, position == .lying {
      centimetres -= positionCorrection
      correction = .lyingAfterTwoYears
    }
    return AdjustedLength(
      centimetres: centimetres, correction: correction, isLength: isLength,
      positionAssumed: position == nil)
  }

  /// The row by which an index is judged, interpolated where the table is entered by length.
  func row(
    for index: GrowthIndex, sex: Sex, day: Int?, length: AdjustedLength?
  ) -> LMSRow? {
    let tables = tables(for: sex)
    switch index {
    case .weightForLengthHeight:
      guard let length else { return nil }
      let table = length.isLength ? tables.weightForLength : tables.weightForHeight
      return ChildGrowthStandards.row(in: table, centimetres: length.centimetres)
    case .lengthHeightForAge, .weightForAge:
      guard let day else { return nil }
      return tables.byAge[Int(index.rawValue)].row(at: day)
    default:
      guard let day else { return nil }
      return tables.byAge[Int(index.rawValue) - 1].row(at: day)
    }
  }

  /// Between two tabulated lengths L, M and S are interpolated; outside the table there is none.
  static func row(in table: LMSTable, centimetres: Double) -> LMSRow? {
    guard centimetres >= Double(table.first) / 10, centimetres <= Double(table.last) / 10 else {
      return nil
    }
    // Truncated as WHO's package does: in binary 50.3 × 10 may lie a hair under 503.
    let position = (centimetres * 10).rounded(.towardZero)
    guard let low = table.row(at: Int(position)) else { return nil }
    guard let high = table.row(at: Int(position) + 1) else { return low }
    return low.interpolated(to: high, part: (centimetres - position / 10) / 0.1)
  }
}
