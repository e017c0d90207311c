import Guidance
import Health
import Testing

@testable import Programmes

/// For how long what was seen counts, and the ends of what is owed.
@Suite("Edges")
struct EdgeTests {
  /// Table, months of age, what was seen so many days ago, and until which day it counts.
  static let seen: [(UInt16, Int32, [DataElement: Int32], Int32, String)] = [
    (70, 12, [.pittingOedema: 1, .weight: 8_000], 44, "malnutrition_to_examine"),
    (70, 12, [.armCircumference: 1_149, .weight: 8_000], 44, "malnutrition_to_examine"),
    (70, 12, [.armCircumference: 1_249], 44, "thin"),
    (88, 4, [.armCircumference: 1_200], 44, "arm_good"),
    (57, 3, [.stoolColour: 5], 60, "stool_coloured"),
    (30, 12, [.childTuberculosisSymptom: 1], 30, "tuberculosis_suspected"),
    (30, 12, [.tuberculosisContact: 1], 181, "tuberculosis_contact"),
    (80, 40, [.haemoglobin: 100], 364, "thalassaemia_suspected"),
    (80, 40, [.haemoglobin: 120], 364, "thalassaemia_unlikely"),
    (74, 40, [.cellVolume: 60, .redCells: 600], 364, "indices_low"),
    (81, 40, [.bloodGlucose: 200], 364, "glucose_high"),
    (81, 40, [.bloodGlucose: 150], 364, "glucose_raised"),
    (81, 40, [.fastingGlucose: 100], 364, "fasting_glucose_high"),
    (73, 12, [.malnutritionCare: 1], 181, "course_goes_on"),
    (78, 8, [.mealsYesterday: 1, .breastMilkYesterday: 1], 44, "too_few_meals"),
    (81, 40, [.fastingGlucose: 90], 364, "glucose_normal"),
    (89, 20, [.developmentListPassed: 0], 181, "list_not_passed"),
    (89, 20, [.developmentListPassed: 1], 181, "list_passed"),
    (79, 50, [.rightEye: 1], 211, "vision_good"), (79, 50, [.leftEye: 1], 211, "vision_good"),
    (84, 33, HearingTest.answers(4), 181, "hearing_good"),
    (82, 25, ScreeningTests.autism(risks: 0), 181, "autism_risk_low"),
    (85, 40, DevelopmentTests.answers(36, yes: 6), 211, "development_deviation"),
    (85, 40, DevelopmentTests.answers(36, yes: 7), 211, "development_doubtful"),
    (85, 40, DevelopmentTests.answers(36, yes: 9), 211, "development_as_expected"),
    (88, 4, [.armCircumference: 1_099], 44, "arm_thin"),
  ]

  @Test("What was seen counts for so long", arguments: seen)
  func counts(
    table: UInt16, months: Int32, earlier: [DataElement: Int32], last: Int32, expected: String
  ) throws {
    #expect(
      try Plans.child(.months(months), earlier: earlier, ago: last).found(table) == expected)
    if table != 57 {
      #expect(
        try Plans.child(.months(months), earlier: earlier, ago: last + 1).found(table) != expected)
    }
  }

  @Test(
    "A z-score counts for so long",
    arguments: [
      (70, .weightForLengthScore, -250, 44, "thin"),
      (70, .weightForLengthScore, -350, 44, "malnutrition_to_examine"),
      (70, .weightForLengthScore, 250, 44, "overweight"),
      (70, .weightForLengthScore, 0, 44, "well_nourished"),
      (70, .weightForAgeScore, -250, 44, "thin"), (87, .headScore, -250, 211, "head_small"),
      (87, .headScore, 0, 211, "head_normal"), (87, .headScore, 250, 211, "head_large"),
      (71, .lengthForAgeScore, -250, 99, "short"), (71, .lengthForAgeScore, -350, 99, "very_short"),
      (71, .lengthForAgeScore, 0, 99, "length_normal"), (71, .lengthForAgeScore, 350, 44, "tall"),
      (72, .weightForAgeScore, -350, 44, "below_red_line"),
      (72, .weightForAgeScore, 150, 44, "above_orange_line"),
    ] as [(UInt16, DataElement, Int32, Int32, String)])
  func scores(
    table: UInt16, element: DataElement, score: Int32, last: Int32, expected: String
  ) throws {
    // What else the table looks at is told today.
    let today: [DataElement: Int32] = [.weight: 8_000, .pittingOedema: 0, .armCircumference: 1_400]
    func found(_ ago: Int32) throws -> String? {
      try Plans.child(.months(12), today, scores: [element: score], ago: ago).found(table)
    }
    #expect(try found(last) == expected)
    #expect(try found(last + 1) != expected)
  }

  @Test("From six months the arm counts, and a child may be treated at home")
  func sixMonths() throws {
    for (observed, expected): ([DataElement: Int32], String?) in [
      ([.armCircumference: 1_149, .weight: 6_000], "malnutrition_to_examine"),
      ([.pittingOedema: 1, .weight: 6_000], "malnutrition_to_examine"),
      ([.armCircumference: 1_249, .weight: 8_000], "thin"),
      ([.armCircumference: 1_250, .weight: 8_000], nil),
    ] { #expect(try Plans.child(.months(6), observed).found(70) == expected) }
  }

  @Test(
    "A complication counts for two weeks",
    arguments: [(13, "malnutrition_refer"), (14, "malnutrition_to_examine")] as [(Int32, String)])
  func complication(ago: Int32, expected: String) throws {
    let plan = try Plans.child(
      .months(12), [.pittingOedema: 1, .weight: 8_000], earlier: [.malnutritionComplication: 1],
      ago: ago)
    #expect(plan.found(70) == expected)
  }

  @Test(
    "The care of severe malnutrition is looked back on for thirty weeks",
    arguments: [(209, "course_too_long"), (210, nil)] as [(Int32, String?)])
  func course(ago: Int32, expected: String?) throws {
    #expect(
      try Plans.child(.months(20), earlier: [.malnutritionCare: 1], ago: ago).found(73)
        == expected)
  }

  @Test(
    "The ages of the schedules",
    arguments: [
      (CareService.headMeasured, [3, 6, 9, 12, 18, 24, 30, 36, 42, 48, 54, 60, 66, 72]),
      (.hearingTested, [3, 6, 9, 12, 18, 24, 30, 36, 42, 48, 54, 60, 66, 72]),
      (.visionTested, [36, 42, 48, 54, 60, 66, 72]),
      (.behaviourAsked, [36, 42, 48, 54, 60, 66, 72]),
      (.autismAsked, [18, 24]), (.developmentList, [-29, 3, 6, 9, 12, 18, 24, 36, 48, 60]),
      (.stoolColourSeen, [-14, 1, 2]),
    ] as [(CareService, [Int32])])
  func ages(service: CareService, months: [Int32]) {
    guard case .milestones(.birth, let ages, _, _) = service.timing else {
      Issue.record("\(service.name)")
      return
    }
    #expect(ages == months.map { $0 < 0 ? .days(-$0) : .months($0) })
  }

  @Test(
    "When visits after birth are late",
    arguments: [(11, 0, 3), (12, 3, 8), (13, 8, 29), (14, 29, 43)] as [(UInt16, Int32, Int32)])
  func lateAfterBirth(service: UInt16, opens: Int32, late: Int32) throws {
    let birth = CivilDate(dayNumber: Plans.day.dayNumber - opens)
    #expect(
      try Plans.ended(opens).status(of: service)
        == .due(since: birth + .days(opens), late: birth + .days(late)))
  }

  @Test(
    "When visits of a newborn are late",
    arguments: [(21, 0, 3), (22, 3, 8), (23, 8, 29)] as [(UInt16, Int32, Int32)])
  func lateNewborn(service: UInt16, opens: Int32, late: Int32) throws {
    let birth = CivilDate(dayNumber: Plans.day.dayNumber - opens)
    #expect(
      try Plans.child(.days(opens), purpose: []).status(of: service)
        == .due(since: birth + .days(opens), late: birth + .days(late)))
  }

  @Test("A doctor for the teeth is late after twelve weeks")
  func teeth() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    #expect(try life.plan(on: "2026-05-04", by: [.pregnancy]).word(9) == "due")
    #expect(try life.plan(on: "2026-05-05", by: [.pregnancy]).word(9) == "late")
  }

  @Test(
    "What is owed in pregnancy is late when the birth is expected, not months after it",
    arguments: [
      // Seen first in days of gestation, late in days of gestation.
      (195, 279), (196, 280), (197, 280), (250, 280), (279, 280),
    ] as [(Int32, Int32)])
  func beforeBirth(known: Int32, late: Int32) throws {
    var life = Life(.female, born: "1998-03-01")
    let period: CivilDate = "2026-01-01"
    life.pregnant(lastPeriod: period, known: period + .days(known))
    for service: UInt16 in [9, 36] {
      let plan = try life.plan(on: period + .days(known), by: [.pregnancy])
      #expect(
        plan.status(of: service)
          == .due(since: period + .days(known), late: period + .days(late)))
    }
  }

  @Test("Extra food for a thin arm is owed from the visit that found it, then month by month")
  func extraFood() throws {
    var life = Life(.female, born: "1998-03-01")
    let period: CivilDate = "2026-01-01"
    life.pregnant(lastPeriod: period, known: period + .days(60))
    life.visit(.antenatal, on: period + .days(60), [.armCircumference: 2_350])
    let enough = try life.plan(on: period + .days(60), by: [.pregnancy])
    #expect(enough.status(of: 126) == .notApplicable)
    life.visit(.antenatal, on: "2026-05-10", [.armCircumference: 2_340])
    func status(_ day: CivilDate) throws -> ServiceStatus? {
      try life.plan(on: day, by: [.pregnancy]).status(of: 126)
    }
    #expect(try status("2026-05-10") == .due(since: "2026-05-10", late: "2026-06-10"))
    #expect(try status("2026-06-09") == .due(since: "2026-05-10", late: "2026-06-10"))
    #expect(try status("2026-06-10") == .overdue(since: "2026-05-10", late: "2026-06-10"))
    life.visit(.antenatal, on: "2026-06-12", [.supplementaryFood: 1])
    #expect(try status("2026-07-11").map { if case .done = $0 { true } else { false } } == true)
    #expect(try status("2026-07-12") == .due(since: "2026-07-12", late: "2026-08-12"))
  }

  @Test("Who is first seen past the day of the birth is owed the blood group at once")
  func afterTerm() throws {
    var life = Life(.female, born: "1998-03-01")
    let period: CivilDate = "2026-01-01"
    life.pregnant(lastPeriod: period, known: period + .days(287))
    #expect(try life.plan(on: period + .days(287), by: [.pregnancy]).word(36) == "late")
  }

  /// A pregnant woman of 120 days on ``Plans/day``, seen so many days ago.
  static func pregnant(_ observed: [DataElement: Int32], ago: Int32) throws -> CarePlan {
    var life = Life(.female, born: "1998-03-01")
    let period = CivilDate(dayNumber: Plans.day.dayNumber - 120)
    life.pregnant(lastPeriod: period, known: period + .days(40))
    life.visit([], on: CivilDate(dayNumber: Plans.day.dayNumber - ago), observed)
    return try life.plan(on: Plans.day, by: Guideline.motherAndChild)
  }

  @Test("The heart of the fetus counts for two weeks, signs of a loss for one")
  func pregnancy() throws {
    for (rate, word): (Int32, String) in [
      (110, "fetal_heart_abnormal"), (170, "fetal_heart_abnormal"), (140, "fetal_heart_normal"),
    ] {
      #expect(try Self.pregnant([.fetalHeartRate: rate], ago: 13).found(49) == word)
      #expect(try Self.pregnant([.fetalHeartRate: rate], ago: 14).found(49) == nil)
    }
    for observed: [DataElement: Int32] in [
      [.bleedingAmount: 3], [.bleeding: 1, .cervixOpen: 1], [.wombTooSmall: 1, .cervixOpen: 0],
      [.bleeding: 1, .cervixOpen: 0], [.bleeding: 1, .feverTwoDays: 1],
      [.bleeding: 1, .wombInfection: 1],
    ] {
      #expect(try Self.pregnant(observed, ago: 6).found(52) != nil)
      #expect(try Self.pregnant(observed, ago: 7).found(52) == nil)
    }
  }

  /// Poor growth as scores tell it, on days.
  static func record(_ scores: [(CivilDate, [DataElement: Int32])]) throws -> HealthRecord {
    var life = Life(.male, born: "2025-03-01", weight: 3_000)
    let visit = life.visit([], on: "2025-03-02")
    var record = try life.record(on: "2026-04-30")
    for (day, values) in scores {
      for (element, value) in values { record.observe(element.code, value, on: day, fact: visit) }
    }
    record.observeChildFigures()
    return record
  }

  @Test("Since when growth is poor, sign by sign")
  func poorGrowth() throws {
    func days(_ element: DataElement, _ scores: [(CivilDate, [DataElement: Int32])]) throws
      -> Int32?
    {
      try Self.record(scores).latest(element)?.value
    }
    for (element, limit): (DataElement, Int32) in [
      (.weightForLengthScore, -200), (.weightForAgeScore, -200),
    ] {
      #expect(
        try days(
          .poorGrowthDays,
          [("2026-04-01", [element: limit - 1]), ("2026-04-11", [element: limit - 1])])
          == 10)
    }
    #expect(
      try days(
        .poorGrowthDays,
        [
          ("2026-04-01", [.weightForLengthScore: -201]),
          ("2026-04-11", [.weightForLengthScore: -200]),
        ])
        == 0)
    #expect(
      try days(
        .poorGrowthDays,
        [("2026-04-01", [.weightForLengthScore: 0]), ("2026-04-11", [.weightForAgeScore: -200])])
        == 0)
    // The weight for age says nothing of an end, but of a beginning.
    #expect(
      try days(
        .poorGrowthDays,
        [
          ("2026-04-01", [.weightForLengthScore: 0, .weightForAgeScore: -201]),
          ("2026-04-11", [.weightForLengthScore: 0, .weightForAgeScore: -201]),
        ]) == 10)
    for (score, expected): (Int32, Int32) in [(-301, 10), (-300, 0)] {
      #expect(
        try days(
          .severeMalnutritionDays,
          [
            ("2026-04-01", [.weightForLengthScore: -310]),
            ("2026-04-11", [.weightForLengthScore: score]),
          ])
          == expected)
    }
  }

  @Test(
    "Every reading of a setting, the default first",
    arguments: [
      (ClinicalSetting.firstTrimesterDays, [91, 85]), (.secondTrimesterDays, [175, 169, 196]),
      (.energyDeficiencyArm, [2_350, 2_300]), (.anaemiaLimit, [110]),
      (.anaemiaLimitSecondTrimester, [105, 110]), (.ironTablets, [180, 90]),
      (.ironAgainstAnaemiaDaily, [2, 3]),
      (.pallorOutranksHaemoglobinAfterDays, [28]),
      (.anaemiaThirdTrimesterDays, [196, 175]), (.oneModerateRiskIsEnough, [0, 1]),
      (.familyRisksAreHigh, [0, 1]), (.firstPregnancyAt35CountsTwice, [0, 1]),
      (.shortIntervalMonths, [24, 25]), (.malariaIsEndemic, [0]), (.fetalHeartLeast, [120, 100]),
      (.fetalHeartTooFast, [161, 181]), (.fetalHeartDangerBelow, [100]),
      (.fetalHeartDangerFrom, [181]), (.stillbirthFromDays, [140, 196]),
      (.aspirinUntilDays, [140]), (.gestationalDiabetesUntilDays, [259, 203]),
      (.normalFastingGlucoseIsEnough, [0, 1]), (.pastDueFromDays, [287]),
      (.pastTermFromDays, [294]), (.lieCountsFromDays, [252, 259]),
      (.thyroidSampleFrom, [2, 1]), (.thyroidSampleUntil, [14, 7]),
      (.saturationThatPasses, [95, 96]), (.saturationDifference, [4, 3]),
      (.lateBirthFromDays, [294, 295]), (.largeBirthWeight, [4_001, 4_000]),
      (.thyroidSamplesNeeded, [2, 3]), (.dewormingInFebruary, [0, 1]),
      (.dewormingIsSelective, [0]), (.severeReferralDays, [7, 14]),
      (.moderateReferralDays, [14, 7, 28]), (.growthSeenAgainDays, [7, 14]),
      (.curedSeenFirstDays, [14, 7]),
      (.questionnaireAgainDays, [14, 7]), (.hearingIsRepeatedFirst, [0, 1]),
      (.redReflexFromDays, [0, 365]), (.autismInterviewFirst, [0, 1]),
      (.behaviourAgainDays, [90, 30]), (.vitaminKUntilDays, [29, 3]),
      (.sepsisPulseFrom, [110, 121]), (.sepsisBreathsFrom, [25]),
      (.veryFastPulseFrom, [120, 121]), (.veryFastBreathsFrom, [30, 31]),
    ] as [(ClinicalSetting, [Int32])])
  func readings(setting: ClinicalSetting, values: [Int32]) {
    #expect(setting.readings.map { $0.value } == values)
  }
}
