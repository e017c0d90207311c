import Guidance
import Health

extension Criterion {
  /// Fever: told, felt, or measured.
  static let hasFever =
    Criterion.isSickChildAge
    && (DataElement.fever.isYes(.today) || DataElement.temperature.atLeast(.feverFrom, .today))
  /// The district has malaria, or the child was where it is.
  static let isExposedToMalaria =
    Criterion.setting(.malariaEndemic)
    || DataElement.travelledToMalaria.isYes(.today)
  /// A stiff neck; where there is no malaria also fever up to the day of three months of age.
  static let isSevereFever =
    DataElement.stiffNeck.isYes(.today)
    || (!isExposedToMalaria && .age(from: .none, until: .fixed(Period(months: 3, days: 1))))
}

extension DecisionTable {
  private static let isTestPositive = DataElement.malariaTest.isChoice(2, in: .today)
  private static let isTestNotPossible =
    DataElement.malariaTestNotPossible.isYesWhereObserved(.today)

  /// Fever and malaria. Without a test nothing is called malaria: what is missing is the test.
  static let fever = chartBook(
    208, "fever", "demam", for: .hasFever,
    [
      Row(
        1, "severe_illness_with_fever", .referNow,
        when: .isInDanger || .isSevereFever,
        // Paracetamol belongs to a high fever, which has a table of its own.
        .artesunateIfMalaria, .firstDoseAntibiotics, .preventLowSugar, .testMalaria, .referNow),
      Row(
        2, "malaria", .treat,
        when: .isExposedToMalaria
          && (isTestPositive
            || (.setting(.malariaWithoutTest) && isTestNotPossible)),
        .malariaMedicine, .sayWhenToReturn),
      // Another cause is treated and takes the test's place in nothing.
      Row(
        6, "malaria_to_be_tested_other_cause", .treat,
        when: .isExposedToMalaria && isTestNotPossible
          && DataElement.otherCauseOfFever.isYesWhereObserved(.today),
        .referForMalariaTest, .treatCauseOfFever),
      Row(
        3, "malaria_to_be_tested", .treat, when: .isExposedToMalaria && isTestNotPossible,
        .referForMalariaTest),
      Row(
        4, "perhaps_not_malaria", .homeCare,
        when: .isExposedToMalaria && DataElement.malariaTest.isChoice(1, in: .today),
        .treatCauseOfFever, .sayWhenToReturn),
      Row(
        5, "not_malaria", .homeCare, when: !.isExposedToMalaria, .treatCauseOfFever,
        .sayWhenToReturn),
    ])

  /// Fever for more than seven days.
  static let longFever = chartBook(
    209, "long_fever", "demam lebih dari 7 hari", for: .hasFever,
    [
      Row(
        1, "fever_over_a_week", .treat, when: DataElement.feverDays.atLeast(.days(8), .today),
        .referForExamination)
    ])

  /// A temperature at which paracetamol is given.
  static let highFever = chartBook(
    210, "high_fever", "parasetamol", for: .hasFever,
    [
      Row(
        1, "high_fever", .treat, when: DataElement.temperature.atLeast(.paracetamolFrom, .today),
        .paracetamol)
    ])

  // MARK: Measles

  private static let hasMeaslesNow =
    DataElement.generalRash.isYes(.today)
    && .one([
      DataElement.coughOrHardBreathing.isYes(.today), DataElement.runnyNose.isYes(.today),
      DataElement.redEyes.isYes(.today),
    ])

  /// Measles now, or in the last three months.
  static let measles = chartBook(
    211, "measles", "campak",
    for: .hasFever && (hasMeaslesNow || DataElement.measlesLately.isYes(.today)),
    [
      Row(
        1, "severe_complicated_measles", .referNow,
        when: .isInDanger || DataElement.corneaClouded.isYes(.today)
          || DataElement.mouthSores.isChoice(3, in: .today),
        .vitaminATreatment, .firstDoseAntibiotics, .eyeOintmentTreatment, .referNow),
      Row(
        2, "measles_with_complications", .treat,
        when: DataElement.pusInEye.isYes(.today) || DataElement.mouthSores.isChoice(2, in: .today),
        .vitaminAForMeasles, .eyeOintmentTreatment, .mouthAntiseptic),
      Row(3, "measles", .homeCare, when: .always, .vitaminAForMeasles),
    ])

  // MARK: Dengue

  /// Signs that weigh where they were looked for: many need a laboratory, or a child that is lying.
  private static func oneSeen(_ elements: DataElement...) -> Criterion {
    .one(elements.map { $0.isYes(.today) })
  }

  /// Dengue in a fever of 2 to 7 days, as the edition of 2022 has it.
  static let dengue = chartBook(
    212, "dengue", "demam berdarah dengue",
    for: .hasFever && DataElement.feverDays.atLeast(.days(2), .today)
      && DataElement.feverDays.below(.days(8), .today),
    [
      Row(
        1, "severe_dengue", .referNow,
        when: .isInDanger
          || oneSeen(
            .slowRefill, .weakPulse, .coldLimbs, .respiratoryDistress, .gutBleeding,
            .organTrouble),
        .oxygenOneToTwo, .crystalloid, .noAspirin, .referNow),
      Row(
        2, "dengue_with_warning_signs", .referNow,
        when: oneSeen(
          .bellyPainTender, .vomitsAgainAndAgain, .fluidGathers, .mucosalBleeding, .liverEnlarged)
          || .one(
            [DataElement.lethargic, .restless, .haematocritRises].map {
              $0.isYesWhereObserved(.today)
            }),
        .crystalloidIfCannotDrink, .noAspirin, .referNow),
      Row(
        3, "dengue_under_a_year", .referNow,
        when: .age(from: .none, until: .months(12)) && hasSignOfDengue, .noAspirin, .referNow),
      Row(
        4, "dengue_without_warning_signs", .treat, when: hasSignOfDengue, .drinkMuch, .noAspirin,
        .sayWhenToReturn),
      Row(5, "perhaps_not_dengue", .homeCare, when: .always, .treatCauseOfFever, .sayWhenToReturn),
    ])

  private static let hasSignOfDengue =
    oneSeen(.bodyAches, .rash)
    || .one([
      DataElement.tourniquetPositive.isYesWhereObserved(.today),
      .whereObserved(.dengueAntigen, .oneOf(1 << 2), .today),
      .whereObserved(.leucocytes, .below(.fixed(.times(4_000))), .today),
      .whereObserved(.platelets, .below(.fixed(.times(100_000))), .today),
    ])
}
