import Guidance
import Health

extension Criterion {
  /// Weight for length below so many hundredths of a z-score.
  fileprivate static func wasted(below hundredths: Int32) -> Criterion {
    DataElement.weightForLengthScore.below(.hundredthsOfZScore(hundredths), .last(.days(45)))
  }
  fileprivate static func above(_ element: DataElement, _ hundredths: Int32) -> Criterion {
    element.atLeast(.hundredthsOfZScore(hundredths + 1), .last(.days(45)))
  }
  /// Oedema of both feet, or an arm of less than 11.5 cm from six months on.
  fileprivate static let severeBySigns =
    DataElement.pittingOedema.isYesWhereObserved(.last(.days(45)))
    || (.age(from: .months(6))
      && .whereObserved(
        .armCircumference, .below(.fixed(.millimetres(115))), .last(.days(45))))
  /// Severe malnutrition (gizi buruk).
  fileprivate static let severelyMalnourished = severeBySigns || wasted(below: -300)
  /// Seen to be thin, or severely malnourished, by what was measured: nothing is unknown of it.
  fileprivate static let isSeenThin =
    severeBySigns
    || .one([
      .whereObserved(
        .weightForLengthScore, .below(.fixed(.hundredthsOfZScore(-200))), .last(.days(45))),
      .whereObserved(
        .weightForAgeScore, .below(.fixed(.hundredthsOfZScore(-200))), .last(.days(45))),
      .age(from: .months(6))
        && .whereObserved(
          .armCircumference, .below(.fixed(.millimetres(125))), .last(.days(45))),
    ])
  /// Thin for the length, the arm, or the age.
  fileprivate static let thin =
    wasted(below: -200)
    || (.age(from: .months(6))
      && .whereObserved(
        .armCircumference, .below(.fixed(.millimetres(125))), .last(.days(45))))
    || DataElement.weightForAgeScore.below(.hundredthsOfZScore(-200), .last(.days(45)))
  fileprivate static let underFive = Criterion.age(from: .none, until: .months(60))
  /// In the first 28 days, born with 2000 to under 2500 g, and not told to have been ill.
  fileprivate static let isSmallWellNewborn =
    isNewborn && isBornSmall && !.whereObserved(.birthWeight, .below(.fixed(.grams(2_000))), .ever)
    && !.whereObserved(.weight, .below(.fixed(.grams(2_000))), .ever)
    && !DataElement.illAtBirth.isYesWhereObserved(.ever)
  /// A newborn with a sign of danger, or of a class that is referred: what is told beside it must
  /// not be care at home.
  fileprivate static let isReferredNewborn =
    isNewborn
    && .one(
      DangerSign.newborn.map { .whereObserved($0.element, $0.comparison, .last($0.shownFor)) }
        + [
          .whereObserved(.birthWeight, .below(.fixed(.grams(2_000))), .ever),
          isLightSinceFirstWeek, .classified(.lightYoungInfant, as: 1),
          isBornSmall && DataElement.illAtBirth.isYesWhereObserved(.ever)
            && !hasOutgrownLowBirthWeight,
          isBornSmall
            && .whereObserved(.dailyGain, .below(.fixed(.grams(20))), .last(.weeks(2))),
          .classified(.earlyWeight, as: 1), .classified(.infantInfection, as: 1),
          .classified(.infantFeeding, as: 1), .classified(.infantSubstituteFeeding, as: 1),
        ])
  /// At the test of the last two weeks the child did not eat.
  fileprivate static let hasNoAppetite =
    Criterion.whereObserved(.goodAppetite, .oneOf(1 << 0), .last(.days(14)))
    || DataElement.noAppetite.isYesWhereObserved(.last(.days(14)))
  /// Appetite was looked for in the last two weeks.
  fileprivate static let isAppetiteKnown =
    Criterion.whereObserved(.goodAppetite, .known, .last(.days(14)))
    || .whereObserved(.noAppetite, .known, .last(.days(14)))
  /// Under six months, or lighter than 4 kg.
  fileprivate static let tooSmallForHome =
    .age(from: .none, until: .months(6))
    || DataElement.weight.below(.grams(4_000), .last(.days(45)))
}

extension Criterion {
  /// The latest score is one that WHO flags as an error of measuring or writing.
  fileprivate static let isFlagged = Criterion.one(
    DataElement.flaggedScores.flatMap { score, believed in
      [
        .whereObserved(
          score, .below(.fixed(.hundredthsOfZScore(believed.lowerBound))), .last(.days(45))),
        .whereObserved(
          score, .atLeast(.fixed(.hundredthsOfZScore(believed.upperBound + 1))), .last(.days(45))),
      ]
    })
}

extension DecisionTable {
  /// What WHO flags is measured once more; until then it is dealt with as it stands. That is our
  /// own reading: an error costs a second measurement, a thin child who is left out its life. Very
  /// small newborns are what they were weighed.
  static let flaggedGrowth = DecisionTable(
    315, "flagged_growth", source: .ownReading,
    for: .age(from: .days(29), until: .months(60)) && .isFlagged,
    [Row(1, "measured_again", .treat, when: .always, .measureAgain)])

  /// Weight for length: who acts, and when it is referred. At the Posyandu a kader sees the colours
  /// of the KMS; the class is found at the Pustu and the Puskesmas.
  static let growthFollowUp = DecisionTable(
    70, "growth_follow_up", source: .growthMonitoring, for: .underFive,
    [
      Row(
        1, "malnutrition_refer", .refer,
        when: .severelyMalnourished
          && (.tooSmallForHome
            || DataElement.malnutritionComplication.isYesWhereObserved(.last(.days(14)))
            || .hasNoAppetite || .classified(.malnutrition, as: 1)
            || .classified(.malnutritionBeforeSixMonths, as: 1)),
        .referToHospitalNow),
      Row(
        2, "malnutrition_no_better", .refer,
        when: .severelyMalnourished
          && DataElement.severeMalnutritionDays.atLeast(.severeReferralDays, .last(.days(45))),
        .referToHospitalNow),
      // Nothing is eaten at home before the child was seen to eat; who is in care was.
      Row(
        12, "malnutrition_to_examine", .treat,
        when: .severelyMalnourished && !.isAppetiteKnown && !.inCare(for: .weeks(26)),
        .testAppetite, .referToDoctor),
      Row(
        3, "malnutrition_at_home", .treat, when: .severelyMalnourished, .therapeuticFood,
        .seeWeekly, .treatIllness),
      Row(
        4, "thin_with_red_flag", .referPlanned,
        when: .thin && DataElement.growthRedFlag.isYesWhereObserved(.last(.days(45))),
        .referToHospital),
      Row(
        5, "thin_no_better", .referPlanned,
        when: .thin && DataElement.poorGrowthDays.atLeast(.moderateReferralDays, .last(.days(45))),
        .referToHospital),
      Row(
        14, "thin_newborn_referred", .treat, when: .thin && .isReferredNewborn, .breastfeedingHelp),
      // Born small and well: the weight for age says nothing but that it was born small.
      Row(
        13, "small_newborn_followed", .treat, when: .thin && .isSmallWellNewborn, .kangarooCare,
        .seeWeekly, .breastfeedingHelp),
      // Breast milk alone until six months: no extra food, and no tuberculin test for the weight.
      Row(
        11, "thin_infant", .treat, when: .thin && !.eatsBesideBreastMilk, .breastfeedingHelp,
        .seeWeekly, .referToDoctor),
      Row(
        6, "thin", .treat, when: .thin, .lookForRedFlags, .tuberculinTest, .localFood),
      Row(7, "obese", .referPlanned, when: .above(.weightForLengthScore, 300), .referToHospital),
      Row(
        8, "overweight", .treat, when: .above(.weightForLengthScore, 200), .dietAndMovement),
      Row(
        9, "overweight_risk", .treat, when: .above(.weightForLengthScore, 100),
        .dietAndMovement),
      Row(
        10, "well_nourished", .homeCare,
        when: DataElement.weightForLengthScore.isKnown(.last(.days(45)))),
    ])

  /// Length for age: a short child is referred to a hospital's paediatrician, with an appointment.
  static let stunting = DecisionTable(
    71, "stunting", source: .growthMonitoring, for: .underFive && .hasReachedTerm,
    [
      Row(
        1, "very_short", .referPlanned,
        when: DataElement.lengthForAgeScore.below(.hundredthsOfZScore(-300), .last(.days(100))),
        .referToHospital),
      Row(
        2, "short", .referPlanned,
        when: DataElement.lengthForAgeScore.below(.hundredthsOfZScore(-200), .last(.days(100))),
        .referToHospital),
      Row(3, "tall", .treat, when: .tall, .referToDoctor),
      Row(
        4, "length_normal", .homeCare,
        when: DataElement.lengthForAgeScore.isKnown(.last(.days(100)))),
    ])

  /// The KMS: below the red line (BGM), not risen twice (2T), not risen (1T), above the orange
  /// line. A kader hands each of them over to a health worker.
  static let growthChart = DecisionTable(
    72, "growth_chart", source: .growthTasks, for: .underFive,
    [
      Row(
        1, "below_red_line", .treat,
        // Of a newborn the weight at birth and the loss after it tell more.
        when: .age(from: .days(29))
          && DataElement.weightForAgeScore.below(.hundredthsOfZScore(-300), .last(.days(45))),
        .handToHealthWorker),
      Row(
        2, "not_gained_twice", .treat,
        when: DataElement.notGainedInARow.atLeast(.times(2), .last(.days(45))),
        .handToHealthWorker, .lookForRedFlags),
      Row(
        7, "infant_not_gained_once", .treat,
        when: DataElement.weighingStatus.isChoice(4, in: .last(.days(45)))
          && !.eatsBesideBreastMilk,
        .breastfeedingHelp, .handToHealthWorker),
      Row(
        3, "not_gained_once", .treat,
        when: DataElement.weighingStatus.isChoice(4, in: .last(.days(45))),
        .handToHealthWorker, .localFood),
      Row(
        4, "above_orange_line", .treat,
        when: .age(from: .days(29)) && .above(.weightForAgeScore, 100),
        .handToHealthWorker),
      Row(
        5, "gained", .homeCare, when: DataElement.weighingStatus.isChoice(3, in: .last(.days(45)))),
      Row(
        6, "not_compared", .homeCare,
        when: DataElement.weighingStatus.isChoice(1, 2, in: .last(.days(45)))),
    ])

  /// Head for age.
  static let headSize = DecisionTable(
    87, "head_size", source: .motherChildBookOnChildren, for: .underFive && .hasReachedTerm,
    [
      Row(
        1, "head_small", .referPlanned,
        when: DataElement.headScore.below(.hundredthsOfZScore(-200), .last(.months(7))),
        .referToDoctor),
      Row(
        2, "head_large", .referPlanned,
        when: DataElement.headScore.atLeast(.hundredthsOfZScore(201), .last(.months(7))),
        .referToDoctor),
      Row(3, "head_normal", .homeCare, when: DataElement.headScore.isKnown(.last(.months(7)))),
    ])

  /// The arm of an infant under six months, from the first month on.
  static let infantArm = DecisionTable(
    88, "infant_arm", source: .motherChildBookOnChildren,
    for: .age(from: .months(1), until: .months(6)),
    [
      Row(
        1, "arm_thin", .treat,
        when: DataElement.armCircumference.below(.millimetres(110), .last(.days(45))),
        .breastfeedingHelp, .referToDoctor),
      Row(
        2, "arm_good", .homeCare, when: DataElement.armCircumference.isKnown(.last(.days(45)))),
    ])

  /// Care of severe malnutrition: it ends when the child is no longer wasted at two measurements in
  /// a row, without oedema, with appetite and without complication.
  static let malnutritionCourse = DecisionTable(
    73, "malnutrition_course", source: .malnutritionReferral,
    for: .age(from: .none, until: .months(66))
      && .inCare(for: .weeks(30)),
    [
      // Nothing goes on at home in whom a hospital is needed now.
      Row(
        4, "course_to_hospital", .refer,
        when: .classified(.growthFollowUp, as: 1, 2) || .hasNoAppetite
          || DataElement.malnutritionComplication.isYesWhereObserved(.last(.days(14))),
        .referToHospitalNow),
      Row(
        1, "course_too_long", .referPlanned,
        when: !.inCare(for: .weeks(26)),
        .referToDoctor),
      Row(
        2, "course_may_end", .treat,
        when: DataElement.recoveredVisits.atLeast(.times(2), .last(.weeks(30)))
          && DataElement.goodAppetite.isYes(.last(.weeks(2)))
          && !DataElement.malnutritionComplication.isYesWhereObserved(.last(.weeks(2))),
        .endMalnutritionCare),
      Row(3, "course_goes_on", .treat, when: .always, .therapeuticFood, .seeWeekly),
    ])
}

extension Criterion {
  /// From six months on, when food is given beside breast milk.
  static let eatsBesideBreastMilk = Criterion.age(from: .months(6))
  fileprivate static let tall = above(.lengthForAgeScore, 300)
  /// The care of severe malnutrition was begun in the last so long, and not ended.
  static func inCare(for period: Period) -> Criterion {
    .whereObserved(.malnutritionCare, .oneOf(1 << 1), .last(period))
  }
}

extension CareService {
  /// A child with too little weight is looked at again.
  static let growthSeenAgain = CareService(
    155, "growth_seen_again", source: .growthMonitoring,
    for: .underFive && .classified(.growthFollowUp, as: 4, 5, 6, 11),
    .following(
      .weight, .known, opens: .setting(.growthSeenAgainDays),
      late: .setting(.moderateReferralDays), closes: nil), doneBy: .observed(.weight))
  /// A child with severe malnutrition is seen every week.
  static let malnutritionWeekly = CareService(
    156, "malnutrition_weekly", source: .growthMonitoring,
    for: .underFive
      && (.classified(.growthFollowUp, as: 1, 2, 3, 12)
        || .inCare(for: .weeks(26))),
    .following(.weight, .known, opens: .weeks(1), late: .weeks(2), closes: nil),
    doneBy: .observed(.weight))
  /// A kader looks at home for a child under care who did not come for two weekly visits.
  static let malnutritionHomeVisit = CareService(
    157, "malnutrition_home_visit", source: .programmePractice,
    for: .underFive && .inCare(for: .weeks(26)),
    .following(.weight, .known, opens: .weeks(2), late: .weeks(3), closes: nil),
    doneBy: .contact(.nutritionFollowUp, by: .anybody), in: .home)
  /// Was cured of severe malnutrition in the last six months, and care was not begun anew.
  private static let isCured = Criterion.whereObserved(
    .malnutritionCare, .oneOf(1 << 2), .last(.months(6)))
  /// A child that was cured of severe malnutrition is seen once within its first month.
  static let curedSeenFirst = CareService(
    280, "cured_seen_first", source: .malnutritionGuide, for: .underFive && isCured,
    .following(
      .malnutritionCare, .oneOf(1 << 2), opens: .setting(.curedSeenFirstDays),
      late: .setting(.curedSeenFirstDays, plus: 7), closes: .setting(.curedSeenFirstDays, plus: 21)),
    doneBy: .observed(.weight))
  /// It is weighed every month for six months, so that a relapse is seen.
  static let curedSeenMonthly = CareService(
    281, "cured_seen_monthly", source: .malnutritionGuide,
    for: .underFive && isCured,
    .following(.weight, .known, opens: .months(1), late: .weeks(6), closes: nil),
    doneBy: .observed(.weight))
  /// A child whose weight did not rise twice in a row or more is weighed again after one to two
  /// weeks, before the next month's round. Who is thin is weighed again for that, and asked once.
  static let notGainedWeighedAgain = CareService(
    311, "not_gained_weighed_again", source: .growthMonitoring,
    for: .underFive
      && .whereObserved(.notGainedInARow, .atLeast(.fixed(.times(2))), .last(.days(45)))
      && !.isSeenThin,
    .following(
      .notGainedInARow, .atLeast(.fixed(.times(2))), opens: .setting(.growthSeenAgainDays),
      late: .weeks(2), closes: nil),
    doneBy: .observed(.weight))
  /// What a kader hands over is seen by a health worker.
  private static func handedOver(
    _ number: UInt16, _ name: StaticString, for classes: Criterion
  ) -> CareService {
    CareService(
      number, name, source: .growthTasks,
      for: .age(from: .days(29), until: .months(60)) && classes,
      .following(.weighingStatus, .known, opens: .none, late: .weeks(2), closes: nil),
      doneBy: .contact([.nutritionFollowUp, .sickChild], by: .healthWorkers),
      in: [.pustu, .puskesmas, .privateFacility, .hospital])
  }
  /// A health worker sees a child whose weight did not rise, or is below the red line.
  static let notGainedSeen = handedOver(
    158, "not_gained_seen", for: .classified(.growthChart, as: 1, 2, 3, 7))
  /// A health worker sees a child above the orange line.
  static let aboveOrangeLineSeen = handedOver(
    355, "above_orange_line_seen", for: .classified(.growthChart, as: 4))
}

extension CareAction {
  /// Therapeutic food at home.
  public static let therapeuticFood = CareAction(90, "therapeutic_food")
  /// See every week.
  public static let seeWeekly = CareAction(91, "see_weekly")
  /// Treat the illness behind it.
  public static let treatIllness = CareAction(92, "treat_illness")
  /// Look for red flags: too little eaten, not absorbed, used up by illness.
  public static let lookForRedFlags = CareAction(93, "look_for_red_flags")
  /// Tuberculin test.
  public static let tuberculinTest = CareAction(94, "tuberculin_test")
  /// Local extra food (PMT), and seen again.
  public static let localFood = CareAction(95, "local_food")
  /// Body mass index, diet and movement; again in two weeks.
  public static let dietAndMovement = CareAction(96, "diet_and_movement")
  /// The kader hands the child over to a health worker.
  public static let handToHealthWorker = CareAction(97, "hand_to_health_worker")
  /// Weigh and measure once more, today.
  public static let measureAgain = CareAction(415, "measure_again")
  /// End the care and go on at the Posyandu.
  public static let endMalnutritionCare = CareAction(98, "end_malnutrition_care")
}

extension Guideline {
  /// What is done about growth that falters.
  public static let growthFollowUp = Guideline(
    22, "growth_follow_up", source: .growthMonitoring, for: .age(from: .none, until: .months(66)),
    services: [
      .growthSeenAgain, .malnutritionWeekly, .malnutritionHomeVisit, .curedSeenFirst,
      .curedSeenMonthly, .notGainedSeen, .aboveOrangeLineSeen, .notGainedWeighedAgain,
    ],
    tables: [
      .flaggedGrowth, .growthFollowUp, .stunting, .growthChart, .headSize, .infantArm,
      .malnutritionCourse,
    ])
}
