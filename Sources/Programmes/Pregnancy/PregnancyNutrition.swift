import Guidance
import Health

extension Criterion {
  /// In the second trimester as haemoglobin is judged: from 13 weeks, before 28.
  private static let secondTrimesterOfAnaemia = Criterion.after(
    .pregnancy, from: .weeks(13), until: .setting(.anaemiaThirdTrimesterDays))

  /// Haemoglobin lies below the limit of the trimester in which the blood was taken.
  fileprivate static let belowAnaemiaLimit = Criterion.asObserved(
    .haemoglobin, .thisPregnancy,
    (!secondTrimesterOfAnaemia && DataElement.haemoglobin.below(.anaemiaLimit, .thisPregnancy))
      || (secondTrimesterOfAnaemia
        && DataElement.haemoglobin.below(.anaemiaLimitSecondTrimester, .thisPregnancy))
  )

  /// Body mass index before the pregnancy of at least so many hundredths.
  fileprivate static func bodyMass(from hundredths: Int32) -> Criterion {
    DataElement.bodyMassBefore.atLeast(
      Amount(hundredths, .hundredthsOfBodyMassIndex), .thisPregnancy)
  }
  fileprivate static func gained(_ grams: Int32) -> Criterion {
    DataElement.weightGained.atLeast(.grams(grams), .thisPregnancy)
  }
}

extension DecisionTable {
  /// Anaemia by haemoglobin and trimester; suspected where she is pale and no haemoglobin was
  /// tested, or none for so long that it no longer speaks against what is seen.
  static let anaemia = DecisionTable(
    1, "anaemia", source: .clinicalGuide, for: .pregnant,
    [
      Row(
        1, "severe_anaemia", .refer,
        when: DataElement.haemoglobin.below(.tenthsOfGramPerDecilitre(70), .thisPregnancy),
        .referToHospitalNow),
      Row(
        2, "moderate_anaemia", .referPlanned,
        when: DataElement.haemoglobin.below(.tenthsOfGramPerDecilitre(100), .thisPregnancy),
        .ironAgainstAnaemia, .referToDoctor),
      Row(
        3, "mild_anaemia", .treat, when: .belowAnaemiaLimit, .ironAgainstAnaemia),
      Row(
        5, "pale_without_recent_haemoglobin", .treat,
        when: DataElement.pallor.isYesWhereObserved(.thisPregnancy)
          && .later(
            .pallor, than: .haemoglobin, by: .setting(.pallorOutranksHaemoglobinAfterDays),
            .thisPregnancy),
        .ironAgainstAnaemia, .testHaemoglobin),
      Row(
        4, "no_anaemia", .homeCare, when: DataElement.haemoglobin.isKnown(.thisPregnancy),
        .ironDaily),
    ])

  /// No better after three months of iron: refer. The months are counted by the tablets taken.
  static let anaemiaCourse = DecisionTable(
    53, "anaemia_course", source: .clinicalGuide,
    for: .pregnant && .whereObserved(.haemoglobin, .known, .thisPregnancy)
      && .classified(.anaemia, as: 1, 2, 3),
    [
      Row(
        1, "anaemia_no_better", .refer,
        when: .whereObserved(
          .ironTabletsTakenSoFar, .atLeast(.fixed(.times(90))), .thisPregnancy),
        .referToDoctor)
    ])

  /// Chronic energy deficiency (KEK) by the arm.
  static let energyDeficiency = DecisionTable(
    2, "energy_deficiency", source: .integratedCare, for: .pregnant,
    [
      Row(
        1, "energy_deficient", .referPlanned,
        when: DataElement.armCircumference.below(.energyDeficiencyArm, .thisPregnancy),
        .referToDoctor, .extraFood),
      Row(
        2, "energy_sufficient", .homeCare,
        when: DataElement.armCircumference.isKnown(.thisPregnancy)),
    ])

  /// Body mass index before the pregnancy, with the gain that belongs to it: 12.5–18, 11.5–16,
  /// 7–11.5, 5–9 kg.
  static let bodyMassBefore = DecisionTable(
    48, "body_mass_before", source: .motherChildBook, for: .pregnant && !.severalFetuses,
    [
      Row(
        1, "thin_before", .referPlanned, when: !.bodyMass(from: 1_850), .gain12To18, .referToDoctor,
        .extraFood),
      Row(4, "obese_before", .treat, when: .bodyMass(from: 3_000), .gain5To9),
      Row(3, "overweight_before", .treat, when: .bodyMass(from: 2_500), .gain7To11),
      Row(2, "normal_before", .homeCare, when: .bodyMass(from: 1_850), .gain11To16),
    ])

  private static let gainedTooMuch: Criterion =
    (!.bodyMass(from: 1_850) && .gained(18_001))
    || (.bodyMass(from: 1_850) && !.bodyMass(from: 2_500) && .gained(16_001))
    || (.bodyMass(from: 2_500) && !.bodyMass(from: 3_000) && .gained(11_501))
    || (.bodyMass(from: 3_000) && .gained(9_001))
  private static let gainedTooLittle: Criterion =
    .gestation(fromWeek: 37)
    && ((!.bodyMass(from: 1_850) && !.gained(12_500))
      || (.bodyMass(from: 1_850) && !.bodyMass(from: 2_500) && !.gained(11_500))
      || (.bodyMass(from: 2_500) && !.bodyMass(from: 3_000) && !.gained(7_000))
      || (.bodyMass(from: 3_000) && !.gained(5_000)))
  /// Less than the book's least by trimester: 1 kg by the end of the first, 5 kg of the second.
  private static let gainsSlowly: Criterion =
    (.gestation(fromWeek: 13) && !.gained(1_000)) || (.gestation(fromWeek: 28) && !.gained(5_000))

  /// Weight gained in the pregnancy of one child, by the body mass index before it.
  static let weightGain = DecisionTable(
    43, "weight_gain", source: .motherChildBook, for: .pregnant && !.severalFetuses,
    [
      Row(1, "gained_too_much", .referPlanned, when: gainedTooMuch, .referToDoctor, .foodAdvice),
      Row(
        2, "gained_too_little", .referPlanned, when: gainedTooLittle, .referToDoctor, .foodAdvice),
      Row(3, "gains_slowly", .treat, when: gainsSlowly, .foodAdvice),
      Row(
        4, "gains_well", .homeCare,
        when: DataElement.weightGained.isKnown(.thisPregnancy)
          && DataElement.bodyMassBefore.isKnown(.thisPregnancy)),
    ])

  /// The same before a pregnancy of several children, with the gain that belongs to twins:
  /// 16.8–24.5, 14.1–22.7, 11.3–19.1 kg. For thin women none is known.
  static let bodyMassBeforeTwins = DecisionTable(
    250, "body_mass_before_twins", source: .gainWithTwins, for: .pregnant && .severalFetuses,
    [
      Row(
        1, "thin_before", .referPlanned, when: !.bodyMass(from: 1_850), .referToDoctor, .extraFood),
      Row(4, "obese_before", .treat, when: .bodyMass(from: 3_000), .gain11To19),
      Row(3, "overweight_before", .treat, when: .bodyMass(from: 2_500), .gain14To22),
      Row(2, "normal_before", .homeCare, when: .bodyMass(from: 1_850), .gain16To24),
    ])

  private static let gainedTooMuchWithTwins: Criterion =
    (!.bodyMass(from: 2_500) && .gained(24_501))
    || (.bodyMass(from: 2_500) && !.bodyMass(from: 3_000) && .gained(22_701))
    || (.bodyMass(from: 3_000) && .gained(19_101))
  private static let gainedTooLittleWithTwins: Criterion =
    .gestation(fromWeek: 37)
    && ((!.bodyMass(from: 2_500) && !.gained(16_800))
      || (.bodyMass(from: 2_500) && !.bodyMass(from: 3_000) && !.gained(14_100))
      || (.bodyMass(from: 3_000) && !.gained(11_300)))

  /// Weight gained in a pregnancy of several children. What is slow with one child is slow with
  /// several.
  static let weightGainWithTwins = DecisionTable(
    251, "weight_gain_with_twins", source: .gainWithTwins,
    for: .pregnant && .severalFetuses && .bodyMass(from: 1_850),
    [
      Row(
        1, "gained_too_much", .referPlanned, when: gainedTooMuchWithTwins, .referToDoctor,
        .foodAdvice),
      Row(
        2, "gained_too_little", .referPlanned, when: gainedTooLittleWithTwins, .referToDoctor,
        .foodAdvice),
      Row(3, "gains_slowly", .treat, when: gainsSlowly, .foodAdvice),
      Row(
        4, "gains_well", .homeCare,
        when: DataElement.weightGained.isKnown(.thisPregnancy)
          && DataElement.bodyMassBefore.isKnown(.thisPregnancy)),
    ])

  /// Iron tablets of the pregnancy: taken counts, handed out is only a promise.
  static let ironCourse = DecisionTable(
    44, "iron_course", source: .integratedCare,
    for: .pregnant || (.afterBirth && .ended(.liveBirth, .stillbirth)),
    [
      Row(
        1, "iron_complete", .homeCare,
        when: DataElement.ironTabletsTakenSoFar.atLeast(.ironTablets, .thisPregnancy)),
      Row(
        2, "iron_ninety", .homeCare,
        when: DataElement.ironTabletsTakenSoFar.atLeast(.times(90), .thisPregnancy),
        .ironDaily),
      Row(
        3, "iron_given_not_taken", .treat,
        when: DataElement.ironTabletsGivenSoFar.atLeast(.times(90), .thisPregnancy)
          && .notKnownToTakeIron && .hadTimeToTakeIron,
        .askAboutTablets),
      Row(
        4, "iron_begun", .homeCare,
        when: DataElement.ironTabletsGivenSoFar.atLeast(.times(1), .thisPregnancy)
          && .pregnant, .ironDaily),
      Row(
        5, "iron_not_enough", .treat,
        when: DataElement.ironTabletsGivenSoFar.isKnown(.thisPregnancy), .ironDaily),
    ])
}

extension Criterion {
  /// Fewer than ninety taken, or nobody asked.
  fileprivate static let notKnownToTakeIron = !Criterion.whereObserved(
    .ironTabletsTakenSoFar, .atLeast(.fixed(.times(90))), .thisPregnancy)
  /// Ninety tablets cannot have been taken while those of the last thirty days are among them: none
  /// of these days, or a month's more than ninety. After a birth it is asked as before. Own reading.
  fileprivate static let hadTimeToTakeIron = Criterion.one([
    !.whereObserved(.ironTabletsGiven, .atLeast(.fixed(.times(1))), .last(.days(30))),
    DataElement.ironTabletsGivenSoFar.atLeast(.times(120), .thisPregnancy), .afterBirth,
  ])
}

extension CareService {
  /// Extra food for a woman with KEK, month by month for at least ninety days.
  static let extraFoodGiven = CareService(
    126, "extra_food_given", source: .integratedCare,
    for: .pregnant && .classified(.energyDeficiency, as: 1),
    .every(
      .months(1), first: .none, after: .pregnancy), doneBy: .yes(.supplementaryFood))
}

extension CareAction {
  /// Send to a doctor of the Puskesmas.
  public static let referToDoctor = CareAction(1, "refer_to_doctor")
  /// Send to the hospital now.
  public static let referToHospitalNow = CareAction(2, "refer_to_hospital_now")
  /// One iron tablet a day.
  public static let ironDaily = CareAction(4, "iron_daily")
  /// Extra food for at least ninety days.
  public static let extraFood = CareAction(5, "extra_food")
  /// Test the urine for protein.
  public static let testUrineProtein = CareAction(6, "test_urine_protein")
  /// Iron against anaemia, so many times a day.
  public static let ironAgainstAnaemia = CareAction(
    48, "iron_against_anaemia", telling: .ironAgainstAnaemiaDaily)
  /// Test the haemoglobin.
  public static let testHaemoglobin = CareAction(49, "test_haemoglobin")
  /// 12.5 to 18 kg should be gained.
  public static let gain12To18 = CareAction(50, "gain_12_to_18")
  /// 11.5 to 16 kg should be gained.
  public static let gain11To16 = CareAction(51, "gain_11_to_16")
  /// 7 to 11.5 kg should be gained.
  public static let gain7To11 = CareAction(52, "gain_7_to_11")
  /// 5 to 9 kg should be gained.
  public static let gain5To9 = CareAction(53, "gain_5_to_9")
  /// 16.8 to 24.5 kg should be gained, with twins.
  public static let gain16To24 = CareAction(292, "gain_16_to_24")
  /// 14.1 to 22.7 kg should be gained, with twins.
  public static let gain14To22 = CareAction(293, "gain_14_to_22")
  /// 11.3 to 19.1 kg should be gained, with twins.
  public static let gain11To19 = CareAction(294, "gain_11_to_19")
  /// Advice about food.
  public static let foodAdvice = CareAction(54, "food_advice")
  /// Ask why the tablets are not taken, and help.
  public static let askAboutTablets = CareAction(55, "ask_about_tablets")
}
