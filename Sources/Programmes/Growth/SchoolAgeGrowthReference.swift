import Guidance
import Health

/// Every index of one measurement from 5 to 19 years.
public struct SchoolAgeGrowthAssessment: Hashable, Sendable {
  /// Weight over the square of height, in kg/m².
  public var bodyMassIndex: Double?
  /// TB/U.
  public var heightForAge: IndexScore?
  /// BB/U, until ten years.
  public var weightForAge: IndexScore?
  /// IMT/U.
  public var bodyMassIndexForAge: IndexScore?
}

/// The WHO Growth Reference for 5 to 19 years (2007), by month of age.
public struct SchoolAgeGrowthReference: Sendable {
  /// The publication.
  public static let source = Source(
    id: "who-2007", title: "WHO Growth Reference 5–19 years", edition: "2007",
    place: "LMS tables by month", standing: .primary)

  /// The first and last month of age that the reference covers.
  public static let months: ClosedRange<Double> = 60...228
  /// Weight for age ends here: it cannot tell tall from heavy in puberty.
  public static let lastWeightMonth = 120.0

  struct Tables: Sendable {
    let height: LMSTable
    let weight: LMSTable
    let bodyMassIndex: LMSTable
  }

  let boys: Tables
  let girls: Tables

  /// The reference, unpacked on first use.
  public static let shared = SchoolAgeGrowthReference()

  init() {
    boys = Tables(
      height: WHO2007Tables.boysHeightForAge.unpack(),
      weight: WHO2007Tables.boysWeightForAge.unpack(),
      bodyMassIndex: WHO2007Tables.boysBMIForAge.unpack())
    girls = Tables(
      height: WHO2007Tables.girlsHeightForAge.unpack(),
      weight: WHO2007Tables.girlsWeightForAge.unpack(),
      bodyMassIndex: WHO2007Tables.girlsBMIForAge.unpack())
  }

  /// Judges one measurement.
  ///
  /// - Parameters:
  ///   - ageMonths: Age in months, with its fraction; L, M and S are interpolated between months.
  ///   - height: Standing height in centimetres.
  ///   - weight: Weight in kilograms.
  ///   - hasOedema: With oedema, indices that depend on weight have no z-score.
  public func assess(
    sex: Sex?, ageMonths: Double?, height: Double?, weight: Double?, hasOedema: Bool
  ) -> SchoolAgeGrowthAssessment {
    var result = SchoolAgeGrowthAssessment()
    if let height, let weight, height > 0 {
      let metres = height / 100
      result.bodyMassIndex = weight / (metres * metres)
    }
    guard let sex, let ageMonths, SchoolAgeGrowthReference.months.contains(ageMonths) else {
      return result
    }
    let tables = sex == .male ? boys : girls
    func score(
      _ index: GrowthIndex, _ table: LMSTable, _ value: Double?, restricted: Bool
    ) -> IndexScore? {
      let month = ageMonths.rounded(.towardZero)
      guard let value, value > 0, let low = table.row(at: Int(month)) else { return nil }
      let row =
        table.row(at: Int(month) + 1).map { low.interpolated(to: $0, part: ageMonths - month) }
        ?? low
      return IndexScore(
        restricted ? row.restrictedZScore(value) : row.zScore(value), index: index)
    }
    result.heightForAge = score(.lengthHeightForAge, tables.height, height, restricted: false)
    if ageMonths <= SchoolAgeGrowthReference.lastWeightMonth, !hasOedema {
      result.weightForAge = score(.weightForAge, tables.weight, weight, restricted: true)
    }
    if !hasOedema {
      result.bodyMassIndexForAge = score(
        .bodyMassIndexForAge, tables.bodyMassIndex, result.bodyMassIndex, restricted: true)
    }
    return result
  }
}
