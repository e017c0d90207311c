import Guidance
import Health

extension CareService {
  private static func atBirth(
    _ number: UInt16, _ name: StaticString, _ evidence: Evidence, closes: Int32
  ) -> CareService {
    CareService(
      number, name, source: .newbornMatrix, for: .isNewborn,
      .once(.birth, opens: .none, late: .days(1), closes: .days(closes)), doneBy: evidence)
  }
  /// At the breast in the first hour; afterwards nobody can make up for it.
  static let earlyBreastfeeding = atBirth(
    41, "early_breastfeeding", .yes(.earlyBreastfeeding), closes: 1)
  /// Vitamin K1 in the first six hours. Whoever did not get it is given it late: a young infant may
  /// bleed for weeks.
  static let vitaminK = CareService(
    42, "vitamin_k", source: .newbornMatrix, for: .isNewborn,
    .once(.birth, opens: .none, late: .days(1), closes: .setting(.vitaminKUntilDays)),
    doneBy: .yes(.vitaminK))
  /// Eye ointment in the first six hours or at KN1.
  static let eyeOintment = atBirth(43, "eye_ointment", .yes(.eyeOintment), closes: 3)
  /// Weighed at birth.
  static let weighedAtBirth = atBirth(
    44, "weighed_at_birth", .observed(.birthWeight), closes: 29)

  /// Blood taken for SHK.
  static let thyroidScreened = CareService(
    45, "thyroid_screened", source: .newbornMatrix, for: .isNewborn,
    .once(
      .birth, opens: .setting(.thyroidSampleFrom), late: .days(4),
      closes: .setting(.thyroidSampleUntil, plus: 1)),
    doneBy: .yes(.thyroidSampleTaken))
  /// Blood taken again: the first was not clear, or the child was early, small, ill, or one of
  /// twins of the same sex.
  static let thyroidAgain = CareService(
    140, "thyroid_again", source: .motherChildBookOnNewborns,
    for: .age(from: .none, until: .days(57))
      && (.whereObserved(.thyroidResult, .oneOf(1 << 2), .ever) || .needsSecondThyroidSample)
      && DataElement.thyroidSamples.below(.thyroidSamplesNeeded, .ever),
    .following(
      .thyroidSampleTaken, .isYes, opens: .weeks(2), late: .weeks(3), closes: .weeks(6)),
    doneBy: .yes(.thyroidSampleTaken))

  /// Saturation of hand and foot at 24 to 48 hours.
  static let heartScreened = CareService(
    141, "heart_screened", source: .healthCheck, for: .isNewborn,
    .once(.birth, opens: .days(1), late: .days(3), closes: .days(29)),
    doneBy: .observed(.oxygenSaturation), in: [.pustu, .puskesmas, .privateFacility, .hospital])
  /// G6PD and adrenal hyperplasia, with the blood for SHK.
  static let furtherBloodScreening = CareService(
    142, "further_blood_screening", source: .healthCheck, for: .isNewborn,
    .once(
      .birth, opens: .setting(.thyroidSampleFrom), late: .days(4),
      closes: .setting(.thyroidSampleUntil, plus: 1)),
    doneBy: .yes(.furtherBloodScreening), in: [.puskesmas, .privateFacility, .hospital])
  /// The colour of the stool, at two weeks, one month, and between two and four months.
  static let stoolColourSeen = CareService(
    143, "stool_colour_seen", source: .motherChildBookOnNewborns,
    for: .age(from: .none, until: .months(4)),
    .milestones(
      .birth, [.weeks(2), .months(1), .months(2)], late: .weeks(2), ends: .months(4)),
    doneBy: .observed(.stoolColour))
}

extension Criterion {
  /// In the first 28 days.
  static let isNewborn = Criterion.age(from: .none, until: .days(29))

  /// Of unknown weight at birth, and under 2500 g in the first week.
  static let isSmallInFirstWeek =
    !Criterion.whereObserved(.birthWeight, .known, .ever)
    && .whereObserved(.firstWeekWeight, .below(.fixed(.grams(2_500))), .ever)
  /// Born with less than 2500 g, so far as weighings tell.
  static let isBornSmall =
    Criterion.whereObserved(.birthWeight, .below(.fixed(.grams(2_500))), .ever)
    || isSmallInFirstWeek

  /// At the latest weighing after the day of birth 2500 g or more.
  static let hasOutgrownLowBirthWeight = Criterion.whereObserved(
    .weightAfterBirth, .atLeast(.fixed(.grams(2_500))), .ever)

  /// Born early, small or ill, or one of twins of the same sex.
  static let needsSecondThyroidSample =
    Criterion.whereObserved(
      .gestationAtBirth, .below(.fixed(.days(HealthRecord.termBegins))), .ever)
    || isBornSmall || DataElement.illAtBirth.isYesWhereObserved(.ever)
    || DataElement.sameSexTwin.isYesWhereObserved(.ever)
}

extension CareMatrix {
  /// The care of a newborn at KN1 to KN3: figure 15 of the decree. What belongs to the first six
  /// hours, the blood for SHK and hepatitis B stand among the services.
  static let newborn = CareMatrix(
    source: .newbornMatrix, for: .isNewborn, at: .newbornContacts,
    [
      Row(
        85, "newborn_danger_signs",
        doneBy: .one([.observed(.notSuckling), .observed(.jaundice)]), at: [1, 2, 3]),
      Row(86, "newborn_weight", doneBy: .observed(.weight), at: [1, 2, 3]),
      Row(87, "newborn_length", doneBy: .observed(.lengthOrHeight), at: [1, 2, 3]),
      Row(88, "newborn_head", doneBy: .observed(.headCircumference), at: [1, 2, 3]),
      Row(89, "newborn_breastfeeding", doneBy: .yes(.breastfeedingHelped), at: [1, 2, 3]),
      Row(
        90, "newborn_navel", doneBy: .one([.observed(.navelClean), .observed(.infectedNavel)]),
        at: [1, 2, 3]),
      Row(
        91, "newborn_infection_prevented", doneBy: .yes(.infectionPrevented),
        at: [1, 2, 3]),
    ])
}

extension DecisionTable {
  /// Size at birth: BBLASR, BBLSR, BBLR, BBLC, BBLB; where nobody knows the weight at birth, a
  /// small weight of the first week counts the same.
  static let birthWeightClass = DecisionTable(
    20, "birth_weight_class", source: .integratedCareAfterBirth, for: .isNewborn,
    [
      Row(
        1, "extremely_low_birth_weight", .refer,
        when: DataElement.birthWeight.below(.grams(1_000), .ever), .referToHospitalNow),
      Row(
        2, "very_low_birth_weight", .refer,
        when: DataElement.birthWeight.below(.grams(1_500), .ever), .referToHospitalNow),
      Row(
        3, "low_birth_weight_to_refer", .refer,
        when: DataElement.birthWeight.below(.grams(2_000), .ever), .referToHospitalNow),
      // Table of the young infant.
      Row(
        8, "low_weight_in_first_week_to_refer", .refer,
        when: .isLightSinceFirstWeek, .referToHospitalNow),
      Row(
        7, "low_birth_weight_ill", .refer,
        when: (DataElement.birthWeight.below(.grams(2_500), .ever) || .isSmallInFirstWeek)
          && DataElement.illAtBirth.isYesWhereObserved(.ever) && !.hasOutgrownLowBirthWeight,
        .firstAntibioticAndRefer),
      Row(
        4, "low_birth_weight", .treat,
        when: DataElement.birthWeight.below(.grams(2_500), .ever), .kangarooCare,
        .smallBabyBook),
      Row(
        9, "low_weight_in_first_week", .treat, when: .isSmallInFirstWeek, .kangarooCare,
        .smallBabyBook),
      Row(
        5, "enough_birth_weight", .homeCare,
        when: !DataElement.birthWeight.atLeast(.largeBirthWeight, .ever)),
      Row(6, "large_birth_weight", .treat, when: DataElement.birthWeight.isKnown(.ever)),
    ])

  /// Weeks at birth: early (BKB), in time (BCB), late (BLB).
  static let gestationClass = DecisionTable(
    58, "gestation_class", source: .clinicalGuide, for: .isNewborn,
    [
      Row(
        1, "born_early", .treat,
        when: DataElement.gestationAtBirth.below(.days(HealthRecord.termBegins), .ever),
        .kangarooCare),
      Row(
        3, "born_late", .treat,
        when: DataElement.gestationAtBirth.atLeast(.lateBirthFromDays, .ever)),
      Row(2, "born_in_time", .homeCare, when: DataElement.gestationAtBirth.isKnown(.ever)),
    ])

  /// Critical disease of the heart, by the saturation of the right hand and a foot: below 90 refer;
  /// between, or too different, measured again every hour, the third time refer.
  static let heartScreening = DecisionTable(
    56, "heart_screening", source: .motherChildBookOnNewborns, for: .isNewborn,
    [
      Row(
        1, "heart_refer", .refer,
        when: DataElement.oxygenSaturation.below(.percent(90), .ever)
          || DataElement.footSaturation.below(.percent(90), .ever)
          || DataElement.borderlineSaturations.atLeast(.times(3), .ever),
        .referToHospitalNow),
      Row(
        2, "heart_again", .treat,
        when: DataElement.oxygenSaturation.below(.saturationThatPasses, .ever)
          || DataElement.footSaturation.below(.saturationThatPasses, .ever)
          || DataElement.saturationDifference.atLeast(.saturationDifference, .ever),
        .measureSaturationInAnHour),
      Row(
        3, "heart_passes", .homeCare,
        when: DataElement.oxygenSaturation.isKnown(.ever)
          && DataElement.footSaturation.isKnown(.ever)),
    ])

  /// The colour of the stool: 1 to 3 of the card go to the doctor.
  static let stoolColour = DecisionTable(
    57, "stool_colour", source: .motherChildBookOnNewborns,
    for: .age(from: .none, until: .months(4)),
    [
      Row(
        1, "stool_pale", .refer,
        when: DataElement.stoolColour.isChoice(1, 2, 3, in: .ever)
          || DataElement.paleStool.isYesWhereObserved(.ever), .referToDoctor),
      Row(2, "stool_coloured", .homeCare, when: DataElement.stoolColour.isKnown(.ever)),
    ])

  /// The result of the screening for hypothyroidism.
  static let thyroidResult = DecisionTable(
    59, "thyroid_result_class", source: .thyroidScreening,
    for: .age(from: .none, until: .months(12))
      && .whereObserved(.thyroidResult, .known, .ever),
    [
      Row(
        1, "thyroid_positive", .refer, when: DataElement.thyroidResult.isChoice(3, in: .ever),
        .confirmHypothyroidism, .referToDoctor),
      Row(
        2, "thyroid_unclear", .treat, when: DataElement.thyroidResult.isChoice(2, in: .ever),
        .takeBloodAgain),
      Row(3, "thyroid_normal", .homeCare, when: DataElement.thyroidResult.isKnown(.ever)),
    ])

  private static func newbornSeen(_ from: Int32, _ until: Int32) -> Criterion {
    .contacts(
      ContactCount(
        1, .newborn, by: .healthWorkers, after: .birth, from: .days(from), until: .days(until)))
  }
  private static func before(_ days: Int32) -> Criterion {
    .age(from: .none, until: .days(days))
  }

  /// Whether a newborn was seen in all three windows (KN lengkap).
  static let newbornCompleteness = DecisionTable(
    55, "newborn_completeness", source: .newbornMatrix, for: .isNewborn,
    [
      Row(
        1, "kn_complete", .homeCare,
        when: newbornSeen(0, 3) && newbornSeen(3, 8) && newbornSeen(8, 29)),
      Row(
        2, "kn_going_on", .homeCare,
        when: (newbornSeen(0, 3) || before(3)) && (newbornSeen(3, 8) || before(8))),
      Row(3, "kn_incomplete", .treat, when: .always),
    ])
}

extension Guideline {
  /// The first 28 days of life, with what the newborn's screenings ask afterwards.
  public static let newborn = Guideline(
    2, "newborn", source: .integratedCareAfterBirth, for: .age(from: .none, until: .months(12)),
    services: [
      .earlyBreastfeeding, .vitaminK, .eyeOintment, .weighedAtBirth, .thyroidScreened,
      .thyroidAgain, .heartScreened, .furtherBloodScreening, .stoolColourSeen, .smallBabySeen,
      .earlyWeightAgain,
    ],
    series: [.newbornContacts], matrices: [.newborn],
    tables: [
      .birthWeightClass, .gestationClass, .heartScreening, .stoolColour, .thyroidResult,
      .newbornCompleteness, .smallBabyGain, .earlyWeight, .lightYoungInfant,
    ],
    dangerSigns: DangerSign.newborn)
}

extension CareAction {
  /// Skin to skin (PMK); the Pustu follows until 2500 g.
  public static let kangarooCare = CareAction(20, "kangaroo_care")
  /// Measure the saturation again in an hour, up to three times.
  public static let measureSaturationInAnHour = CareAction(70, "measure_saturation_in_an_hour")
  /// Test TSH and free T4 of venous blood at once: the medicine should begin before the age of one
  /// month (regulation of the minister of health 78/2014, from memory).
  public static let confirmHypothyroidism = CareAction(418, "confirm_hypothyroidism")
  /// Take blood again.
  public static let takeBloodAgain = CareAction(71, "take_blood_again")
  /// Hand out the book for small babies.
  public static let smallBabyBook = CareAction(72, "small_baby_book")
  /// No bath before 24 hours.
  public static let noBathBeforeADay = CareAction(73, "no_bath_before_a_day")
}
