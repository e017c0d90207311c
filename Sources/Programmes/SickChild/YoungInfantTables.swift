import Guidance
import Health

extension DecisionTable {
  /// A sign of the young infant's page that was there on that day, though a later form of the day
  /// says no.
  private static func oneSeen(_ elements: [DataElement]) -> Criterion {
    .one(elements.map { .any($0, .isYes, .today) })
  }

  /// Sixty breaths and more, on a second count as well.
  private static let infantBreathesFast =
    DataElement.breathsPerMinute.atLeast(.perMinute(60), .today)
    && DataElement.breathsCountedAgain.atLeast(.perMinute(60), .today)

  /// Sixty breaths and more, and not counted again.
  private static let isSecondCountMissing =
    Criterion.whereObserved(.breathsPerMinute, .atLeast(.fixed(.perMinute(60))), .today)
    && !.whereObserved(.breathsCountedAgain, .known, .today)

  /// Signs of severe illness beside fast breathing. An infant who moves only when stimulated, or not
  /// at all, is very ill whether or not it has diarrhoea (WHO, IMCI 2014).
  private static let isVeryIll = Criterion.one([
    oneSeen([
      .blueLips, .grunting, .nasalFlaring, .strongIndrawing, .notSuckling, .fits,
      .noStoolTwoDays, .vomitsGreen, .distendedBelly, .hardlyMoves,
    ]),
    // Looked for once in a life.
    DataElement.noAnus.isYes(.ever),
    .whereObserved(.oxygenSaturation, .below(.fixed(.percent(95))), .today),
    .whereObserved(.footSaturation, .below(.fixed(.percent(95))), .today),
    .whereObserved(.saturationDifference, .atLeast(.fixed(.percent(4))), .today),
    DataElement.breathsPerMinute.below(.infantSlowBreathing, .today),
    DataElement.temperature.atLeast(.infantFeverFrom, .today),
    DataElement.temperature.below(.infantColdBelow, .today),
    DataElement.eyePus.isChoice(3, in: .today), DataElement.navel.isChoice(3, in: .today),
  ])

  /// A little pus of the eyes, a red navel, or pustules.
  private static let hasLocalInfection =
    DataElement.eyePus.isChoice(2, in: .today) || DataElement.navel.isChoice(2, in: .today)
    || DataElement.skinPustules.isYes(.today)

  /// Very severe disease or bacterial infection of a young infant.
  static let infantInfection = chartBook(
    230, "infant_infection", "bayi muda: penyakit sangat berat atau infeksi bakteri",
    for: .isYoungInfant,
    [
      Row(
        1, "infant_very_severe_disease", .referNow,
        when: isVeryIll
          || (infantBreathesFast
            && (.setting(.infantFastBreathingRefers) || .age(from: .none, until: .days(7)))),
        .freeAirway, .stopInfantFits, .infantFirstDoseAntibiotics, .oxygenOne, .openStomachTube,
        .sugarDrip, .keepWarm, .referNow),
      Row(
        2, "infant_pneumonia", .treat, when: infantBreathesFast, .amoxicillinSevenDays,
        .sayWhenToReturnWithInfant),
      Row(
        6, "infant_local_infection_to_count_again", .treat,
        when: isSecondCountMissing && hasLocalInfection, .countBreathsAgainNow,
        .eyeOintmentTreatment, .antiseptic, .basicInfantCare),
      Row(
        5, "infant_breaths_to_count_again", .treat, when: isSecondCountMissing,
        .countBreathsAgainNow),
      Row(
        7, "infant_local_infection_by_mouth", .treat,
        when: .setting(.infantLocalInfectionByMouth)
          && (DataElement.navel.isChoice(2, in: .today) || DataElement.skinPustules.isYes(.today)),
        .infantAmoxicillinFiveDays, .eyeOintmentTreatment, .antiseptic, .basicInfantCare,
        .sayWhenToReturn),
      Row(
        3, "infant_local_infection", .treat, when: hasLocalInfection, .eyeOintmentTreatment,
        .antiseptic, .basicInfantCare),
      Row(4, "infant_no_infection", .homeCare, when: .always, .basicInfantCare),
    ])

  /// Jaundice of a young infant.
  static let infantJaundice = chartBook(
    231, "infant_jaundice", "bayi muda: ikterus", for: .isYoungInfant,
    [
      Row(
        1, "severe_jaundice", .referNow,
        when: DataElement.jaundice.isYes(.today)
          && .one([
            .age(from: .days(15)), DataElement.jaundiceFirstDay.isYes(.today),
            DataElement.jaundicePalms.isYes(.today),
          ]),
        .goOnBreastfeeding, .keepWarm, .referNow),
      Row(
        2, "jaundice", .treat, when: DataElement.jaundice.isYes(.today), .feedOften,
        .testBilirubin),
      Row(3, "no_jaundice", .homeCare, when: .always),
    ])

  /// Dehydration of a young infant, whose thirst cannot be told.
  static let infantDehydration = chartBook(
    232, "infant_dehydration", "bayi muda: diare",
    for: .isYoungInfant && DataElement.diarrhoea.isYes(.today),
    [
      Row(
        1, "severe_dehydration", .referNow,
        when: .atLeast(
          2,
          of: [
            DataElement.hardlyMoves.isYes(.today), DataElement.sunkenEyes.isYes(.today),
            DataElement.skinPinch.isChoice(3, in: .today),
          ]), .infantPlanC, .salineOnTheWay, .referNow),
      Row(
        2, "some_dehydration", .treat,
        when: .atLeast(
          2,
          of: [
            DataElement.restless.isYes(.today) || DataElement.hardlyMoves.isYes(.today),
            DataElement.sunkenEyes.isYes(.today), DataElement.skinPinch.isChoice(2, 3, in: .today),
          ]), .planB, .goOnBreastfeeding),
      Row(3, "no_dehydration", .homeCare, when: .always, .planA, .goOnBreastfeeding),
    ])

  // MARK: Weight and feeding

  private static let veryLowWeight = Row(
    1, "infant_very_low_weight", .referNow,
    when: .age(from: .none, until: .days(7)) && DataElement.weight.below(.grams(2_000), .today),
    .kangarooCare, .preventLowSugar, .keepWarm, .referNow)

  /// Weight for age and breastfeeding of a young infant.
  static let infantFeeding = chartBook(
    234, "infant_feeding", "bayi muda: berat badan dan pemberian ASI",
    for: .isYoungInfant && DataElement.breastfed.isYes(.today),
    [
      veryLowWeight,
      Row(
        2, "infant_low_weight_or_feeding_problem", .treat,
        when: .isInfantWeightLow || .hasBreastfeedingProblem, .teachBreastfeeding, .treatThrush,
        .keepWarm),
      Row(3, "infant_feeds_well", .homeCare, when: .always, .praise),
    ])

  /// Weight for age and feeding of a young infant who is not breastfed.
  static let infantSubstituteFeeding = chartBook(
    235, "infant_substitute_feeding", "bayi muda: berat badan dan pemberian minum",
    for: .isYoungInfant && !DataElement.breastfed.isYes(.today),
    [
      veryLowWeight,
      Row(
        2, "infant_low_weight_or_drinking_problem", .treat,
        when: .isInfantWeightLow || .hasSubstituteProblem, .teachSubstitute, .treatThrush,
        .keepWarm),
      Row(3, "infant_drinks_well", .homeCare, when: .always, .praise),
    ])
}

extension Criterion {
  /// Weight for age under −2 standard deviations.
  static let isInfantWeightLow = DataElement.weightForAgeScore.below(
    .hundredthsOfZScore(-200), .today)
  /// A problem of breastfeeding.
  static let hasBreastfeedingProblem = Criterion.one(
    [DataElement.breastfeedsPerDay.below(.times(8), .today)]
      + [DataElement.bottle, .otherFoodOrDrink, .poorSuckling, .thrush, .cleft].map {
        $0.isYes(.today)
      })
  /// A problem of feeding without breast milk.
  static let hasSubstituteProblem = Criterion.one(
    [DataElement.wrongSubstitute, .wrongAmount, .poorHygiene, .bottle, .thrush, .cleft].map {
      $0.isYes(.today)
    })
}
