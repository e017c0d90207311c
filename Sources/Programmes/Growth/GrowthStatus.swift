import Guidance
import Health

/// The categories of one measurement, each nothing where it cannot be told.
public struct GrowthStatus: Hashable, Sendable {
  /// BB/U.
  public var weightForAge: WeightForAgeCategory?
  /// PB/U or TB/U.
  public var lengthHeightForAge: LengthHeightForAgeCategory?
  /// BB/PB or BB/TB; severe wasting where there is oedema.
  public var weightForLengthHeight: WeightForLengthHeightCategory?
  /// IMT/U.
  public var bodyMassIndexForAge: WeightForLengthHeightCategory?
  /// LK/U.
  public var headCircumferenceForAge: HeadCircumferenceCategory?
  /// LiLA by centimetres.
  public var armCircumference: ArmCircumferenceCategory?
  /// Bawah garis merah: BB/U under the red line of the KMS.
  public var isBelowRedLine = false
  /// BB/U over the orange line of the KMS.
  public var isAboveOrangeLine = false
  /// Gizi buruk by any of the signs that are set: BB/PB or BB/TB < −3 SD, LiLA, oedema.
  public var hasSevereAcuteMalnutrition = false

  /// Classifies a measurement. An implausible z-score gives no category.
  public init(_ measurement: RecordedMeasurement, settings: GrowthSettings = GrowthSettings()) {
    self.init(
      measurement.assessment, hasOedema: measurement.body.hasOedema ?? false,
      armCircumference: measurement.body.armCircumference, ageMonths: measurement.ageMonths,
      settings: settings)
  }

  /// Classifies an assessment. An implausible z-score gives no category.
  public init(
    _ assessment: GrowthAssessment, hasOedema: Bool, armCircumference arm: Length?,
    ageMonths: CompletedMonths?, settings: GrowthSettings = GrowthSettings()
  ) {
    func plausible(_ score: IndexScore?) -> Int32? {
      score.flatMap { $0.isImplausible ? nil : $0.hundredths }
    }
    let weight = plausible(assessment.weightForAge)
    weightForAge = weight.map(NutritionalStatus.weightForAge.category)
    lengthHeightForAge = plausible(assessment.lengthHeightForAge)
      .map(NutritionalStatus.lengthHeightForAge.category)
    weightForLengthHeight = plausible(assessment.weightForLengthHeight)
      .map(NutritionalStatus.weightForLengthHeight.category)
    bodyMassIndexForAge = plausible(assessment.bodyMassIndexForAge)
      .map(NutritionalStatus.weightForLengthHeight.category)
    headCircumferenceForAge = plausible(assessment.headCircumferenceForAge)
      .map(NutritionalStatus.headCircumferenceForAge.category)
    if let arm, let ageMonths, NutritionalStatus.armCircumferenceMonths.contains(ageMonths.count) {
      armCircumference =
        arm < settings.severeArmCircumference
        ? .severelyWasted : arm < settings.moderateArmCircumference ? .wasted : .normal
    }
    let signs = settings.severeSigns
    hasSevereAcuteMalnutrition =
      (signs.contains(.wasting) && weightForLengthHeight == .severelyWasted)
      || (signs.contains(.armCircumference) && armCircumference == .severelyWasted)
      || (signs.contains(.oedema) && hasOedema)
    if hasOedema { weightForLengthHeight = .severelyWasted }
    if let weight {
      isBelowRedLine = weight < settings.redLineHundredths
      isAboveOrangeLine = weight > settings.orangeLineHundredths
    }
  }
}
