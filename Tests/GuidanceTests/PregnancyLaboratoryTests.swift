import Guidance
import Health
import Testing

@testable import Programmes

/// The laboratory by trimester, three infections, the heart of the fetus, signs of danger and the
/// birth plan.
@Suite("Laboratory, danger and plan of a pregnancy")
struct PregnancyLaboratoryTests {
  @Test(
    "What is owed when",
    arguments: [
      // Random glucose belongs to the third visit.
      (120, 90, "upcoming"), (120, 91, "due"), (120, 174, "due"), (120, 175, "late"),
      (120, 258, "late"), (120, 259, "missed"),
      // Diabetes of pregnancy at 24 to 28 weeks.
      (121, 167, "upcoming"), (121, 168, "due"), (121, 195, "due"), (121, 196, "late"),
      (121, 258, "late"), (121, 259, "missed"),
      // Protein in the urine in the last trimester.
      (122, 195, "upcoming"), (122, 196, "due"), (122, 252, "late"),
      // Preeclampsia before 20 weeks.
      (124, 139, "due"), (124, 140, "missed"), (124, 141, "missed"),
      // The doctor: first trimester, made up for until the second is over.
      (7, 90, "due"), (7, 91, "late"), (7, 174, "late"), (7, 175, "missed"),
      (8, 174, "upcoming"), (8, 175, "due"), (8, 251, "due"), (8, 252, "late"),
      (38, 251, "due"), (38, 252, "late"), (123, 100, "-"),
    ] as [(UInt16, Int32, String)])
  func windows(service: UInt16, days: Int32, word: String) throws {
    #expect(try Plans.pregnant(days).word(service) == word)
  }

  @Test(
    "Haemoglobin of the third trimester, where one of the first or second is known",
    arguments: [(174, "upcoming"), (175, "due"), (223, "due"), (224, "late")]
      as [(Int32, String)])
  func thirdTrimesterHaemoglobin(days: Int32, word: String) throws {
    #expect(try Self.tested(115, onDay: 80, askedOn: days).word(32) == word)
  }

  /// A woman since week 4 with a haemoglobin of one day, asked on another.
  private static func tested(
    _ haemoglobin: Int32?, onDay tested: Int32 = 0, askedOn days: Int32
  ) throws -> CarePlan {
    let period: CivilDate = "2026-01-01"
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: period + .days(30))
    if let haemoglobin {
      life.visit(.antenatal, on: period + .days(tested), [.haemoglobin: haemoglobin])
    }
    return try life.plan(on: period + .days(days), by: [.pregnancy])
  }

  @Test(
    "At 28 weeks one test of haemoglobin is owed, and it is the one that is meant",
    arguments: [
      // Never tested: the first test, which is late.
      (nil, 0, [31]),
      // Normal in week 20: that of the third trimester.
      (115, 140, [32]),
      // Anaemia in week 20: the one a month later.
      (100, 140, [125]),
      // The same, severe and mild.
      (69, 140, [125]), (99, 140, [125]), (104, 140, [125]), (105, 140, [32]),
      // Anaemia in week 26, a month is not over; normal in week 26 is of the third trimester.
      (100, 182, []), (115, 182, []),
    ] as [(Int32?, Int32, [UInt16])])
  func oneHaemoglobin(value: Int32?, tested: Int32, owed: [UInt16]) throws {
    let plan = try Self.tested(value, onDay: tested, askedOn: 196)
    #expect([31, 32, 125].filter { plan.isOwed($0) } == owed)
  }

  @Test("Where the book's weeks are kept to, the test for diabetes is missed after them")
  func diabetesByTheBook() throws {
    let settings = Plans.set((.gestationalDiabetesUntilDays, 203))
    #expect(try Plans.pregnant(202, settings: settings).word(121) == "late")
    #expect(try Plans.pregnant(203, settings: settings).word(121) == "missed")
  }

  @Test("Whoever is first seen after 20 weeks missed the screening, and is tested for diabetes")
  func seenLate() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-07-20")
    let plan = try life.plan(on: "2026-07-20", by: [.pregnancy])
    #expect(plan.word(124) == "missed")
    #expect(plan.word(121) == "late")
    life.visit(.antenatal, on: "2026-07-20", [.fastingGlucose: 80, .glucoseAfterTwoHours: 100])
    #expect(try life.plan(on: "2026-07-20", by: [.pregnancy]).word(121) == "done")
  }

  @Test(
    "Tests of the first visit are owed from when the pregnancy is known, late after four weeks",
    arguments: [31, 33, 34, 35] as [UInt16])
  func firstVisit(service: UInt16) throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-05-01")
    #expect(
      try life.plan(on: "2026-05-28", by: [.pregnancy]).status(of: service)
        == .due(since: "2026-05-01", late: "2026-05-29"))
    #expect(try life.plan(on: "2026-05-29", by: [.pregnancy]).word(service) == "late")
    // A test that was done before anybody knew how far she was counts all the same.
    life.visit(
      .antenatal, on: "2026-03-01",
      [.haemoglobin: 120, .hivTest: 1, .syphilisTest: 1, .hepatitisBTest: 1])
    #expect(try life.plan(on: "2026-05-29", by: [.pregnancy]).word(service) == "done")
  }

  @Test("Malaria is tested where it is frequent; the blood group until it is known")
  func bySetting() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-05-01")
    let endemic = Plans.set((.malariaIsEndemic, 1))
    for (day, word) in [("2026-05-28", "due"), ("2026-05-29", "late")] as [(CivilDate, String)] {
      #expect(try life.plan(on: day, by: [.pregnancy], settings: endemic).word(123) == word)
      #expect(try life.plan(on: day, by: [.pregnancy]).word(123) == "-")
    }
    #expect(try Plans.pregnant(100).isOwed(36))
    #expect(try Plans.pregnant(100, [.bloodGroup: 4]).word(36) == "-")
  }

  @Test(
    "HIV stands by itself; syphilis and hepatitis B stand together",
    arguments: [
      ([:], nil, nil), ([.hivTest: 2], "hiv_reactive", nil),
      ([.hivTest: 1], "hiv_not_reactive", nil), ([.syphilisTest: 2], nil, "infection_found"),
      ([.hepatitisBTest: 2], nil, "infection_found"), ([.syphilisTest: 1], nil, nil),
      ([.hepatitisBTest: 1], nil, nil),
      ([.hivTest: 1, .syphilisTest: 1], "hiv_not_reactive", nil),
      ([.syphilisTest: 1, .hepatitisBTest: 1], nil, "no_infection"),
      ([.hivTest: 2, .syphilisTest: 1, .hepatitisBTest: 1], "hiv_reactive", "no_infection"),
      ([.hivTest: 1, .syphilisTest: 1, .hepatitisBTest: 2], "hiv_not_reactive", "infection_found"),
    ] as [([DataElement: Int32], String?, String?)])
  func infections(observed: [DataElement: Int32], hiv: String?, others: String?) throws {
    let plan = try Plans.pregnant(100, observed)
    #expect(plan.found(45) == hiv)
    #expect(plan.found(275) == others)
  }

  @Test("Rhesus negative: birth in a hospital and anti-D; else nothing is said")
  func rhesus() throws {
    let negative = try Plans.pregnant(100, [.rhesusFactor: 2])
    #expect(negative.found(91) == "rhesus_negative")
    #expect(negative.found(51) == nil)
    #expect(
      DecisionTable.rhesusInPregnancy.rows.map { $0.actions.map(\.name.description) }
        == [["plan_hospital_birth", "ask_doctor_about_anti_d"]])
    #expect(try Plans.pregnant(100, [.rhesusFactor: 1]).answer(of: 91) == .notApplicable)
    #expect(try Plans.pregnant(100).answer(of: 91) == .notApplicable)
    // The factor stays: known before this pregnancy, and after the birth the other table asks.
    var life = Life(.female, born: "1998-03-01")
    life.visit(.antenatal, on: "2024-05-01", [.rhesusFactor: 2])
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    #expect(try life.plan(on: "2026-02-09", by: Guideline.motherAndChild).found(91) == nil)
    #expect(
      try life.plan(on: "2026-02-10", by: Guideline.motherAndChild).found(91) == "rhesus_negative")
    life.gaveBirth(on: "2026-10-08")
    for (day, found): (CivilDate, String) in [
      ("2026-10-08", "rhesus_negative_just_ended"), ("2026-10-12", "rhesus_negative"),
    ] {
      let after = try life.plan(on: day, by: Guideline.motherAndChild)
      #expect(after.found(91) == nil && after.found(51) == found)
    }
  }

  @Test("Who may not see infections may not see that table")
  func sensitive() {
    #expect(DecisionTable.hivInPregnancy.matter == .infection)
    #expect(DecisionTable.syphilisAndHepatitisB.matter == .antenatalTests)
    #expect(DecisionTable.anaemia.matter == [])
    #expect(DecisionTable.threatenedLoss.matter == .abortion)
  }

  @Test("The test with sugar says more than a random glucose, which is then not owed")
  func randomGlucoseAfterSugar() throws {
    #expect(try Plans.pregnant(180, [.glucoseAfterTwoHours: 100]).word(120) == "done")
    #expect(try Plans.pregnant(180, [.urineGlucose: 1]).word(120) == "late")
  }

  @Test(
    "The heart of the fetus",
    arguments: [
      (119, "fetal_heart_abnormal"), (120, "fetal_heart_normal"), (160, "fetal_heart_normal"),
      (161, "fetal_heart_abnormal"),
    ])
  func fetalHeart(rate: Int32, expected: String) throws {
    #expect(try Plans.pregnant(200, [.fetalHeartRate: rate]).found(49) == expected)
    let wide = Plans.set((.fetalHeartLeast, 100), (.fetalHeartTooFast, 181))
    #expect(
      try Plans.pregnant(200, [.fetalHeartRate: rate], settings: wide).found(49)
        == "fetal_heart_normal")
  }

  @Test(
    "A heart in danger: below 100, from 181, or abnormal with fewer movements",
    arguments: [
      (200, [.fetalHeartRate: 99], "fetal_heart_danger"),
      (200, [.fetalHeartRate: 100], "fetal_heart_abnormal"),
      (200, [.fetalHeartRate: 101], "fetal_heart_abnormal"),
      (200, [.fetalHeartRate: 179], "fetal_heart_abnormal"),
      (200, [.fetalHeartRate: 180], "fetal_heart_abnormal"),
      (200, [.fetalHeartRate: 181], "fetal_heart_danger"),
      (200, [.fetalHeartRate: 119, .fewMovements: 1], "fetal_heart_danger"),
      (200, [.fetalHeartRate: 161, .fewMovements: 1], "fetal_heart_danger"),
      (200, [.fetalHeartRate: 119, .fewMovements: 0], "fetal_heart_abnormal"),
      (200, [.fetalHeartRate: 120, .fewMovements: 1], "fetal_heart_normal"),
      (200, [.fewMovements: 1], nil),
      (167, [.fetalHeartRate: 119, .fewMovements: 1], "fetal_heart_abnormal"),
      (168, [.fetalHeartRate: 119, .fewMovements: 1], "fetal_heart_danger"),
      (6, [.fetalHeartRate: 119, .fewMovements: 1], "fetal_heart_abnormal"),
      (7, [.fetalHeartRate: 119, .fewMovements: 1], "fetal_heart_abnormal"),
      // Not heard: from 24 weeks on, while a slow one counts at any week.
      (167, [.fetalHeartRate: 0], "fetal_heart_abnormal"),
      (167, [.fetalHeartRate: 1], "fetal_heart_danger"),
      (168, [.fetalHeartRate: 0], "fetal_heart_danger"),
      (130, [.fetalHeartRate: 90], "fetal_heart_danger"),
    ] as [(Int32, [DataElement: Int32], String?)])
  func heartInDanger(days: Int32, observed: [DataElement: Int32], expected: String?) throws {
    #expect(try Plans.pregnant(days, observed).found(49) == expected)
  }

  @Test(
    "That the child moves less counts for two weeks",
    arguments: [(13, "fetal_heart_danger"), (14, "fetal_heart_abnormal")] as [(Int32, String)])
  func movedLess(ago: Int32, expected: String) throws {
    let plan = try PregnancyEdgeTests.plan(
      [.fewMovements: 1], ago: ago, [.fetalHeartRate: 119], days: 200)
    #expect(plan.found(49) == expected)
  }

  @Test("Of twins either heart can be in danger; the latest count stands")
  func heartsInDanger() throws {
    for (other, expected): (Int32, String) in [
      (99, "fetal_heart_danger"), (100, "fetal_heart_abnormal"), (180, "fetal_heart_abnormal"),
      (181, "fetal_heart_danger"),
    ] {
      let observed: [DataElement: Int32] = [.fetalHeartRate: 140, .otherFetalHeartRate: other]
      #expect(try Plans.pregnant(200, observed) { $0.fetuses = 2 }.found(49) == expected)
    }
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    life.visit(.antenatal, on: "2026-08-01", [.fetalHeartRate: 90])
    life.visit(.antenatal, on: "2026-08-02", [.fetalHeartRate: 130])
    #expect(try life.plan(on: "2026-08-01", by: [.pregnancy]).found(49) == "fetal_heart_danger")
    #expect(try life.plan(on: "2026-08-02", by: [.pregnancy]).found(49) == "fetal_heart_normal")
  }

  @Test("The limits of danger are settings")
  func heartLimits() throws {
    let wide = Plans.set((.fetalHeartDangerBelow, 90), (.fetalHeartDangerFrom, 190))
    for (rate, expected): (Int32, String) in [
      (89, "fetal_heart_danger"), (90, "fetal_heart_abnormal"), (189, "fetal_heart_abnormal"),
      (190, "fetal_heart_danger"),
    ] {
      #expect(
        try Plans.pregnant(200, [.fetalHeartRate: rate], settings: wide).found(49) == expected)
    }
  }

  @Test("Signs of danger by phase")
  func danger() throws {
    #expect(try Plans.pregnant(167, [.fewMovements: 1]).dangerCodes == [])
    #expect(try Plans.pregnant(168, [.fewMovements: 1]).dangerCodes == [145])
    for sign in [
      DataElement.feverTwoDays, .headacheBlurredSight, .severeAbdominalPain, .bleeding,
      .watersBroke, .swollenFaceHands, .vomitsAll, .sleeplessAnxious, .heartPounding,
      .coughTwoWeeks, .fits, .unconscious, .diarrhoea, .chestPain, .vomitsBlood, .shortOfBreath,
      .urinePainOrDischarge, .cordOrHandOut, .greenWaters, .tooWeakToPush,
    ] {
      #expect(try Plans.pregnant(60, [sign: 1]).dangerCodes == [sign.code], "\(sign.name)")
      #expect(try Plans.pregnant(60, [sign: 0]).dangerCodes == [], "\(sign.name)")
    }
    for sign in [
      DataElement.heavyBleeding, .bleeding, .smellyLochia, .feverTwoDays, .headacheBlurredSight,
      .fits, .unconscious, .severeAbdominalPain, .heartPounding, .shortOfBreath, .leaksFluid,
      .swollenBreast,
      .urineOrStoolTrouble, .birthCanalWound, .wombInfection, .sleeplessAnxious,
      .swollenFaceHandsFeet, .persistentSadness, .upperBellyPain,
    ] {
      #expect(
        try Plans.ended(5, .liveBirth, gestation: 280, [sign: 1]).dangerCodes == [sign.code],
        "\(sign.name)")
    }
    // Without a date fewer movements are a danger: nobody can say that it is too early.
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: nil, known: "2026-02-10")
    life.visit(.antenatal, on: "2026-03-01", [.fewMovements: 1])
    #expect(try life.plan(on: "2026-03-01", by: [.pregnancy]).dangerCodes == [145])
  }

  @Test("The birth plan is complete when everything is agreed; a birth at home is not")
  func birthPlan() throws {
    let agreed: [DataElement: Int32] = [
      .plannedAttendant: 1, .plannedPlace: 2, .plannedMoney: 1, .transportReady: 1,
      .bloodDonors: 4, .companionReady: 1, .contraceptionPlanned: 1,
    ]
    #expect(try Plans.pregnant(200, agreed).found(46) == "birth_plan_complete")
    for (element, value): (DataElement, Int32) in [
      (.transportReady, 0), (.bloodDonors, 3), (.companionReady, 0), (.contraceptionPlanned, 0),
    ] {
      var changed = agreed
      changed[element] = value
      #expect(try Plans.pregnant(200, changed).found(46) == "birth_plan_open", "\(element.name)")
    }
    for element in [DataElement.plannedAttendant, .plannedPlace, .plannedMoney] {
      var changed = agreed
      changed[element] = nil
      #expect(try Plans.pregnant(200, changed).found(46) == "birth_plan_open", "\(element.name)")
    }
    var home = agreed
    home[.plannedPlace] = 5
    #expect(try Plans.pregnant(200, home).found(46) == "birth_planned_at_home")
  }
}
