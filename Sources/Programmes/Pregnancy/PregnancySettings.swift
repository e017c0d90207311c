import Guidance

extension ClinicalSetting {
  /// How many days the first trimester has: K1 murni is a first contact within them. The decree
  /// writes "0–12 weeks, then more than 12": read as until 12 weeks and 6 days.
  public static let firstTrimesterDays = ClinicalSetting(
    1, "first_trimester_days", in: .days, within: 84...97,
    .init(91, .antenatalMatrix), .init(85, .smartAntenatalCare))
  /// How many days the first and second trimester have for counting visits: "more than 12 to 24
  /// weeks", read in the same way.
  public static let secondTrimesterDays = ClinicalSetting(
    2, "second_trimester_days", in: .days, within: 168...196,
    .init(175, .antenatalMatrix), .init(169, .ownReading), .init(196, .motherChildBook))
  /// LiLA below this is KEK (chronic energy deficiency).
  public static let energyDeficiencyArm = ClinicalSetting(
    3, "energy_deficiency_arm", in: .tenthsOfMillimetre, within: 2_000...2_600,
    .init(2_350, .integratedCare), .init(2_300, .clinicalGuide))
  /// Haemoglobin below this is anaemia in the first and third trimester.
  public static let anaemiaLimit = ClinicalSetting(
    4, "anaemia_limit", in: .tenthsOfGramPerDecilitre, within: 90...130,
    .init(110, .clinicalGuide))
  /// Haemoglobin below this is anaemia in the second trimester; reports mostly count all below 11.
  public static let anaemiaLimitSecondTrimester = ClinicalSetting(
    5, "anaemia_limit_second_trimester", in: .tenthsOfGramPerDecilitre, within: 90...130,
    .init(105, .clinicalGuide), .init(110, .programmePractice))
  /// Iron tablets that a pregnancy should have.
  public static let ironTablets = ClinicalSetting(
    6, "iron_tablets", in: .count, within: 30...300,
    .init(180, .programmePractice), .init(90, .integratedCare))
  /// How many tablets of iron a day a woman with anaemia takes: two, as programmes have it and as
  /// WHO's 120 mg of iron are, or three by the clinical guide.
  public static let ironAgainstAnaemiaDaily = ClinicalSetting(
    267, "iron_against_anaemia_daily", in: .count, within: 2...3,
    .init(2, .programmePractice), .init(3, .clinicalGuide))
  /// From how many days on a haemoglobin is judged as of the third trimester.
  public static let anaemiaThirdTrimesterDays = ClinicalSetting(
    40, "anaemia_third_trimester_days", in: .days, within: 168...196,
    .init(196, .smartAntenatalCare), .init(175, .antenatalMatrix))
  /// How many days after the latest haemoglobin pallor that is seen counts more than it: she is
  /// tested again. Publications only say that haemoglobin of the same visit decides.
  public static let pallorOutranksHaemoglobinAfterDays = ClinicalSetting(
    55, "pallor_outranks_haemoglobin_after_days", in: .days, within: 1...84, .init(28, .ownReading))
  /// Whether one moderate risk is enough to refer for preeclampsia, not two.
  public static let oneModerateRiskIsEnough = ClinicalSetting(
    42, "one_moderate_risk_is_enough", in: nil, within: 0...1,
    .init(0, .preeclampsiaGuide), .init(1, .motherChildBook))
  /// Whether a first birth, assisted reproduction and preeclampsia in the family count as high
  /// risks, not as moderate ones.
  public static let familyRisksAreHigh = ClinicalSetting(
    43, "family_risks_are_high", in: nil, within: 0...1,
    .init(0, .preeclampsiaGuide), .init(1, .motherChildBook))
  /// Whether a first pregnancy from 35 years scores both as such and by her age.
  public static let firstPregnancyAt35CountsTwice = ClinicalSetting(
    44, "first_pregnancy_at_35_counts_twice", in: nil, within: 0...1,
    .init(0, .ownReading), .init(1, .poedjiRochjati))
  /// Months since the last birth from which it is no longer too soon: "less than 2 years", or "2
  /// years and less".
  public static let shortIntervalMonths = ClinicalSetting(
    45, "short_interval_months", in: .count, within: 18...36,
    .init(24, .poedjiRochjati), .init(25, .programmePractice))
  /// Whether malaria is so frequent here that every pregnant woman is tested.
  public static let malariaIsEndemic = ClinicalSetting(
    46, "malaria_is_endemic", in: nil, within: 0...1, .init(0, .integratedCare))
  /// The least fetal heart rate that is normal.
  public static let fetalHeartLeast = ClinicalSetting(
    48, "fetal_heart_least", in: .perMinute, within: 90...130,
    .init(120, .clinicalGuide), .init(100, .smartAntenatalCare))
  /// The fetal heart rate from which it is too fast: more than 160, or more than 180.
  public static let fetalHeartTooFast = ClinicalSetting(
    49, "fetal_heart_too_fast", in: .perMinute, within: 150...190,
    .init(161, .clinicalGuide), .init(181, .smartAntenatalCare))
  /// A fetal heart rate below this that stays is a danger to the child now.
  public static let fetalHeartDangerBelow = ClinicalSetting(
    301, "fetal_heart_danger_below", in: .perMinute, within: 80...110, .init(100, .ownReading))
  /// A fetal heart rate from this on that stays is a danger to the child now: more than 180.
  public static let fetalHeartDangerFrom = ClinicalSetting(
    302, "fetal_heart_danger_from", in: .perMinute, within: 170...200, .init(181, .ownReading))
  /// The first day of gestation on which aspirin against preeclampsia is no longer begun.
  public static let aspirinUntilDays = ClinicalSetting(
    53, "aspirin_until_days", in: .days, within: 84...196, .init(140, .preeclampsiaGuide))
  /// The first day of gestation on which the test for diabetes of pregnancy is no longer made up
  /// for: until the term is near, or only within the weeks that the book names.
  public static let gestationalDiabetesUntilDays = ClinicalSetting(
    54, "gestational_diabetes_until_days", in: .days, within: 203...280,
    .init(259, .ownReading), .init(203, .motherChildBook))
  /// Whether a normal glucose after a night without food is enough to say that there is no diabetes
  /// of pregnancy, without the value two hours after sugar. WHO's table only says who has it; a
  /// normal first value does not exclude it.
  public static let normalFastingGlucoseIsEnough = ClinicalSetting(
    56, "normal_fasting_glucose_is_enough", in: nil, within: 0...1,
    .init(0, .ownReading), .init(1, .ownReading))
  /// A temperature from this on is a sign of danger in pregnancy and in the 42 days after it.
  public static let mothersFeverFrom = ClinicalSetting(
    50, "mothers_fever_from", in: .tenthsOfDegree, within: 375...385,
    .init(380, .peripartumInfection))
  /// Days of gestation from which a child born dead is a stillbirth, not a miscarriage.
  public static let stillbirthFromDays = ClinicalSetting(
    52, "stillbirth_from_days", in: .days, within: 140...196,
    .init(140, .clinicalGuide), .init(196, .worldStillbirth))
  /// Days of gestation before which a live birth is asked about: no child has lived that was born
  /// so early.
  public static let liveBirthFromDays = ClinicalSetting(
    51, "live_birth_from_days", in: .days, within: 140...168,
    .init(140, .ownReading), .init(154, .ownReading))
}
