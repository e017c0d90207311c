import Guidance
import Health
import Samples
import Testing

@testable import Programmes

/// Permenkes 2/2020: the hundredth before a limit, the limit, the hundredth after it.
@Suite("Categories of Permenkes 2/2020")
struct CategoryTests {
  @Test(
    "BB/U",
    arguments: [
      (-600, .severelyUnderweight), (-301, .severelyUnderweight), (-300, .underweight),
      (-299, .underweight), (-201, .underweight), (-200, .normal), (-199, .normal),
      (99, .normal), (100, .normal), (101, .riskOfOverweight), (500, .riskOfOverweight),
    ] as [(Int32, WeightForAgeCategory)])
  func weightForAge(z: Int32, category: WeightForAgeCategory) {
    #expect(NutritionalStatus.weightForAge.category(of: z) == category)
  }

  @Test(
    "PB/U and TB/U",
    arguments: [
      (-301, .severelyStunted), (-300, .stunted), (-299, .stunted), (-201, .stunted),
      (-200, .normal), (-199, .normal), (299, .normal), (300, .normal), (301, .tall),
    ] as [(Int32, LengthHeightForAgeCategory)])
  func lengthForAge(z: Int32, category: LengthHeightForAgeCategory) {
    #expect(NutritionalStatus.lengthHeightForAge.category(of: z) == category)
  }

  @Test(
    "BB/PB and BB/TB",
    arguments: [
      (-301, .severelyWasted), (-300, .wasted), (-299, .wasted), (-201, .wasted),
      (-200, .normal), (-199, .normal), (100, .normal), (101, .riskOfOverweight),
      (200, .riskOfOverweight), (201, .overweight), (300, .overweight), (301, .obese),
    ] as [(Int32, WeightForLengthHeightCategory)])
  func weightForLength(z: Int32, category: WeightForLengthHeightCategory) {
    #expect(NutritionalStatus.weightForLengthHeight.category(of: z) == category)
  }

  @Test(
    "IMT/U from five years",
    arguments: [
      (-301, .severelyThin), (-300, .thin), (-201, .thin), (-200, .normal), (100, .normal),
      (101, .overweight), (200, .overweight), (201, .obese),
    ] as [(Int32, SchoolAgeBodyMassIndexCategory)])
  func schoolAge(z: Int32, category: SchoolAgeBodyMassIndexCategory) {
    #expect(NutritionalStatus.schoolAgeBodyMassIndex.category(of: z) == category)
  }

  @Test(
    "LK/U",
    arguments: [
      (-201, .microcephaly), (-200, .normal), (200, .normal), (201, .macrocephaly),
    ] as [(Int32, HeadCircumferenceCategory)])
  func head(z: Int32, category: HeadCircumferenceCategory) {
    #expect(NutritionalStatus.headCircumferenceForAge.category(of: z) == category)
  }

  @Test(
    "LiLA by centimetres, from 6 to 59 completed months",
    arguments: [
      (114, 5, nil), (114, 6, .severelyWasted), (114, 59, .severelyWasted), (114, 60, nil),
      (115, 5, nil), (115, 6, .wasted), (115, 59, .wasted), (115, 60, nil),
      (124, 5, nil), (124, 6, .wasted), (124, 59, .wasted), (124, 60, nil),
      (125, 5, nil), (125, 6, .normal), (125, 59, .normal), (125, 60, nil),
    ] as [(Int32, Int32, ArmCircumferenceCategory?)])
  func arm(millimetres: Int32, months: Int32, category: ArmCircumferenceCategory?) {
    let status = GrowthStatus(
      GrowthAssessment(), hasOedema: false,
      armCircumference: Length(tenthsOfMillimetre: millimetres * 10),
      ageMonths: CompletedMonths(months))
    #expect(status.armCircumference == category)
    #expect(status.hasSevereAcuteMalnutrition == (category == .severelyWasted))
  }

  @Test("LiLA of a child of unknown age gives no category")
  func armWithoutAge() {
    let status = GrowthStatus(
      GrowthAssessment(), hasOedema: false, armCircumference: Length(tenthsOfMillimetre: 1_000),
      ageMonths: nil)
    #expect(status.armCircumference == nil)
  }

  @Test("An implausible z-score gives no category")
  func implausible() {
    var assessment = GrowthAssessment()
    assessment.weightForAge = IndexScore(-6.01, index: .weightForAge)
    assessment.lengthHeightForAge = IndexScore(6.01, index: .lengthHeightForAge)
    assessment.weightForLengthHeight = IndexScore(-5.01, index: .weightForLengthHeight)
    assessment.bodyMassIndexForAge = IndexScore(5.01, index: .bodyMassIndexForAge)
    assessment.headCircumferenceForAge = IndexScore(5.01, index: .headCircumferenceForAge)
    let status = Self.status(assessment)
    #expect(status == Self.status(GrowthAssessment()))
    #expect(!status.isBelowRedLine && !status.hasSevereAcuteMalnutrition)
  }

  @Test("Oedema is severe acute malnutrition, whatever else was measured")
  func oedema() {
    let status = GrowthStatus(
      GrowthAssessment(), hasOedema: true, armCircumference: nil, ageMonths: nil)
    #expect(status.weightForLengthHeight == .severelyWasted)
    #expect(status.hasSevereAcuteMalnutrition)
  }

  @Test(
    "Under the red line is under −3 SD, over the orange line over +1 SD",
    arguments: [
      (-3.01, true, false), (-3.0, false, false), (-2.99, false, false), (1.0, false, false),
      (1.01, false, true), (-6.01, false, false), (5.01, false, false),
    ])
  func lines(z: Double, isBelow: Bool, isAbove: Bool) {
    var assessment = GrowthAssessment()
    assessment.weightForAge = IndexScore(z, index: .weightForAge)
    let status = Self.status(assessment)
    #expect(status.isBelowRedLine == isBelow)
    #expect(status.isAboveOrangeLine == isAbove)
  }

  @Test("A district may draw the red line elsewhere")
  func otherLine() {
    var settings = GrowthSettings()
    settings.redLineHundredths = -200
    var assessment = GrowthAssessment()
    assessment.weightForAge = IndexScore(-2.5, index: .weightForAge)
    #expect(Self.status(assessment, settings).isBelowRedLine)
  }

  static func status(
    _ assessment: GrowthAssessment, _ settings: GrowthSettings = GrowthSettings()
  ) -> GrowthStatus {
    GrowthStatus(
      assessment, hasOedema: false, armCircumference: nil, ageMonths: CompletedMonths(12),
      settings: settings)
  }
}
