import Guidance

extension ClinicalSetting {
  /// How many days the first trimester has: K1 murni is a first contact within them.
  public static let firstTrimesterDays = ClinicalSetting(
    1, "first_trimester_days", in: .days, within: 84...97,
    .init(85, .integratedCare), .init(91, .motherChildBook))
  /// How many days the first and second trimester have.
  public static let secondTrimesterDays = ClinicalSetting(
    2, "second_trimester_days", in: .days, within: 168...196,
    .init(169, .integratedCare), .init(196, .motherChildBook))
  /// LiLA below this is KEK (chronic energy deficiency).
  public static let energyDeficiencyArm = ClinicalSetting(
    3, "energy_deficiency_arm", in: .tenthsOfMillimetre, within: 2_000...2_600,
    .init(2_350, .integratedCare))
  /// Haemoglobin below this is anaemia in the first and third trimester.
  public static let anaemiaLimit = ClinicalSetting(
    4, "anaemia_limit", in: .tenthsOfGramPerDecilitre, within: 90...130,
    .init(110, .integratedCare))
  /// Haemoglobin below this is anaemia in the second trimester.
  public static let anaemiaLimitSecondTrimester = ClinicalSetting(
    5, "anaemia_limit_second_trimester", in: .tenthsOfGramPerDecilitre, within: 90...130,
    .init(110, .integratedCare), .init(105, .anaemiaInPregnancy))
  /// Iron tablets that a pregnancy should have.
  public static let ironTablets = ClinicalSetting(
    6, "iron_tablets", in: .count, within: 30...300,
    .init(180, .motherChildBook), .init(90, .integratedCare))
}
