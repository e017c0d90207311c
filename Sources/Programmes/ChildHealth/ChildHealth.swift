import Guidance
import Health

extension CareService {
  /// Weighed in the month.
  static let weighedThisMonth = CareService(
    51, "weighed_this_month", source: .growthMonitoring,
    for: .age(from: .days(29), until: .months(60)), .rounds(0b1_1111_1111_1110),
    doneBy: .observed(.weight))
  /// Length or height in the month.
  static let lengthThisMonth = CareService(
    150, "length_this_month", source: .growthMonitoring,
    for: .age(from: .days(29), until: .months(60)), .rounds(0b1_1111_1111_1110),
    doneBy: .observed(.lengthOrHeight))
  /// Weight of a child too old for the monthly rounds: every half year until school.
  static let weighedEachHalfYear = CareService(
    367, "weighed_each_half_year", source: .preschoolGrowth, for: preschool, eachHalfYear,
    doneBy: .observed(.weight))
  /// Height of such a child.
  static let heightEachHalfYear = CareService(
    368, "height_each_half_year", source: .preschoolGrowth, for: preschool, eachHalfYear,
    doneBy: .observed(.lengthOrHeight))
  private static let preschool = Criterion.age(from: .months(60), until: .months(78))
  private static let eachHalfYear = Timing.milestones(
    .birth, [60, 66, 72].map { .months($0) }, late: .months(1), ends: .months(78))
  /// Head: every three months in the first year, then every six.
  static let headMeasured = CareService(
    151, "head_measured", source: .headScreening,
    for: .age(from: .none, until: .months(78)),
    .milestones(
      .birth, [3, 6, 9, 12, 18, 24, 30, 36, 42, 48, 54, 60, 66, 72].map { .months($0) },
      late: .months(1), ends: .months(78)),
    doneBy: .observed(.headCircumference))
  /// Vitamin A in February and August, from 6 to 59 months.
  static let vitaminA = CareService(
    52, "vitamin_a", source: .vitaminA,
    for: .age(from: .months(6), until: .months(60)),
    .rounds(1 << 2 | 1 << 8), doneBy: .yes(.vitaminA))
  /// Deworming in August, from 12 months until school.
  static let deworming = CareService(
    53, "deworming", source: .deworming,
    for: .age(from: .months(12), until: .months(72)) && !.setting(.dewormingIsSelective),
    .rounds(1 << 8), doneBy: .yes(.deworming))
  /// Deworming in February too, where worms are frequent.
  static let dewormingInFebruary = CareService(
    152, "deworming_in_february", source: .deworming,
    for: .age(from: .months(12), until: .months(72)) && .setting(.dewormingInFebruary),
    .rounds(1 << 2), doneBy: .yes(.deworming))
  /// Deworming of a child that was chosen, where worms are rare. The days are our own reading.
  static let dewormingOfChosen = CareService(
    159, "deworming_of_chosen", source: .ownReading,
    for: .age(from: .months(12), until: .months(72)) && .setting(.dewormingIsSelective),
    .following(.wormsFound, .isYes, opens: .none, late: .weeks(2), closes: .months(6)),
    doneBy: .yes(.deworming))
  /// The doctor's examination from six to under seven months.
  static let sixMonthCheck = CareService(
    54, "six_month_check", source: .sixMonthExamination,
    for: .age(from: .months(5), until: .months(9)),
    .once(.birth, opens: .months(6), late: .months(7), closes: .months(9)),
    doneBy: .yes(.sixMonthCheck), in: .withDoctor)
  /// What that examination found is looked at again in two weeks.
  static let sixMonthFollowUp = CareService(
    153, "six_month_follow_up", source: .sixMonthExamination,
    for: .age(from: .months(5), until: .months(12)),
    .following(
      .sixMonthFinding, .oneOf(1 << 2), opens: .weeks(2), late: .weeks(3), closes: .months(3)),
    doneBy: .contact(.childDevelopment, by: .healthWorkers))
  /// Thalassaemia at two years.
  static let thalassaemia = CareService(
    55, "thalassaemia", source: .healthCheck, for: .age(from: .months(24), until: .months(72)),
    .once(.birth, opens: .months(24), late: .months(36), closes: .months(72)),
    doneBy: .one([.yes(.thalassaemiaScreened), .observed(.haemoglobin)]), in: .withDoctor)
  /// Glucose at two years.
  static let childGlucose = CareService(
    154, "child_glucose", source: .healthCheck, for: .age(from: .months(24), until: .months(36)),
    .once(.birth, opens: .months(24), late: .months(30), closes: .months(36)),
    doneBy: .one([.observed(.bloodGlucose), .observed(.fastingGlucose)]),
    in: [.puskesmas, .privateFacility, .hospital])
}

extension DecisionTable {
  /// Signs of tuberculosis, asked at every contact.
  static let childTuberculosis = DecisionTable(
    30, "child_tuberculosis", source: .growthMonitoring,
    for: .age(from: .none, until: .months(72)),
    [
      Row(
        1, "tuberculosis_suspected", .treat,
        when: DataElement.childTuberculosisSymptom.isYes(.last(.months(1))),
        .examineForTuberculosis),
      Row(
        2, "tuberculosis_contact", .treat,
        when: DataElement.tuberculosisContact.isYes(.last(.months(6))),
        .assessPreventiveTreatment),
    ])

  /// A child that was told to be ill where nobody asks more: its danger signs are asked, and a
  /// midwife sees it the same day. Once they were asked, what they found says more.
  static let illToday = DecisionTable(
    271, "ill_today", source: .ownReading, for: .age(from: .months(12), until: .months(60)),
    [
      Row(
        1, "ill_child_to_be_seen", .treat,
        when: DataElement.feverOrIll.isYesWhereObserved(.last(.days(2)))
          && !.later(.cannotDrink, than: .feverOrIll, by: .none, .last(.days(2))),
        .seeMidwifeToday, .askDangerSigns)
    ])

  /// Which capsule of vitamin A a child gets while the round's is owed; none so soon after another.
  static let vitaminACapsule = DecisionTable(
    75, "vitamin_a_capsule", source: .vitaminA,
    for: .age(from: .months(6), until: .months(60)), whileOwed: [CareService.vitaminA.number],
    [
      Row(
        1, "capsule_given_lately", .homeCare,
        when: .whereObserved(.vitaminA, .isYes, .last(.days(30))), .noCapsuleYet),
      Row(
        2, "blue_capsule", .homeCare, when: .age(from: .none, until: .months(12)),
        .giveBlueCapsule),
      Row(3, "red_capsule", .homeCare, when: .age(from: .months(12)), .giveRedCapsule),
    ])

  /// How much medicine against worms a child gets while it is owed; none while it has fever or is
  /// ill.
  static let wormMedicine = DecisionTable(
    76, "worm_medicine", source: .deworming, for: .age(from: .months(12), until: .months(72)),
    whileOwed: [
      CareService.deworming.number, CareService.dewormingInFebruary.number,
      CareService.dewormingOfChosen.number,
    ],
    [
      Row(
        1, "worm_medicine_waits", .homeCare,
        when: DataElement.feverOrIll.isYesWhereObserved(.last(.days(7))), .dewormWhenWell),
      Row(
        2, "half_tablet", .homeCare, when: .age(from: .none, until: .months(24)),
        .giveHalfTablet),
      Row(3, "one_tablet", .homeCare, when: .age(from: .months(24)), .giveOneTablet),
    ])
}

extension CareAction {
  /// Examine for tuberculosis (TCM or score).
  public static let examineForTuberculosis = CareAction(30, "examine_for_tuberculosis")
  /// See whether preventive treatment (TPT) is needed.
  public static let assessPreventiveTreatment = CareAction(31, "assess_preventive_treatment")
  /// A midwife sees the child today.
  public static let seeMidwifeToday = CareAction(353, "see_midwife_today")
  /// Ask the danger signs, on the form of a sick child.
  public static let askDangerSigns = CareAction(354, "ask_danger_signs")
  /// The form on which it is done; nothing where it is done on none.
  public var form: VisitForm? { self == .askDangerSigns ? .sickChild : nil }
  /// No capsule before thirty days are over.
  public static let noCapsuleYet = CareAction(80, "no_capsule_yet")
  /// A blue capsule, 100 000 IU.
  public static let giveBlueCapsule = CareAction(81, "give_blue_capsule")
  /// A red capsule, 200 000 IU.
  public static let giveRedCapsule = CareAction(82, "give_red_capsule")
  /// Medicine against worms when the child is well.
  public static let dewormWhenWell = CareAction(83, "deworm_when_well")
  /// Albendazole 200 mg.
  public static let giveHalfTablet = CareAction(84, "give_half_tablet")
  /// Albendazole 400 mg.
  public static let giveOneTablet = CareAction(85, "give_one_tablet")
}

extension Guideline {
  /// Children until school age.
  public static let child = Guideline(
    3, "child", source: .growthMonitoring, for: .age(from: .none, until: .months(78)),
    services: [
      .weighedThisMonth, .lengthThisMonth, .weighedEachHalfYear, .heightEachHalfYear, .headMeasured,
      .vitaminA, .deworming,
      .dewormingInFebruary, .dewormingOfChosen, .sixMonthCheck, .sixMonthFollowUp,
      .thalassaemia, .childGlucose,
    ],
    tables: [
      .illToday, .childTuberculosis, .vitaminACapsule, .wormMedicine, .thalassaemia,
      .thalassaemiaIndices,
      .childGlucose,
    ])
}
