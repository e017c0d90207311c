import Guidance
import Health
import Testing

@testable import Programmes

/// Losses, contraception, twins, births elsewhere, and the next pregnancy.
@Suite("After the end of a pregnancy")
struct AfterBirthTests {
  @Test(
    "Seen again two weeks after a loss",
    arguments: [
      (13, "upcoming"), (14, "due"), (20, "due"), (21, "late"), (42, "late"), (43, "-"),
    ] as [(Int32, String)])
  func seenAgain(days: Int32, word: String) throws {
    #expect(try Plans.ended(days, .miscarriage, gestation: 70).word(130) == word)
    #expect(try Plans.ended(days, .liveBirth).word(130) == "-")
  }

  @Test(
    "Contraception at once after a loss",
    arguments: [(0, "due"), (13, "due"), (14, "late")] as [(Int32, String)])
  func contraceptionAtOnce(days: Int32, word: String) throws {
    #expect(try Plans.ended(days, .ectopic, gestation: 50).word(131) == word)
    #expect(
      try Plans.ended(days, .ectopic, gestation: 50, [.contraceptiveMethod: 5]).word(131)
        == "done")
  }

  @Test(
    "Which kind of loss threatens",
    arguments: [
      ([.bleedingAmount: 2, .cervixOpen: 0, .tissuePassed: 1], "loss_threatens"),
      ([.bleedingAmount: 3, .cervixOpen: 0, .tissuePassed: 1], "loss_inevitable"),
      ([.bleedingAmount: 2, .cervixOpen: 1, .tissuePassed: 1], "loss_inevitable"),
      ([.bleedingAmount: 2, .cervixOpen: 1, .tissuePassed: 2], "loss_incomplete"),
      ([.bleedingAmount: 2, .cervixOpen: 1, .tissuePassed: 3], "loss_complete"),
      ([.bleedingAmount: 1, .cervixOpen: 0, .tissuePassed: 3], "loss_complete"),
      ([.bleedingAmount: 3, .cervixOpen: 0, .tissuePassed: 3], "loss_inevitable"),
      ([.wombTooSmall: 1, .cervixOpen: 0], "loss_missed"),
      ([.bleedingAmount: 2, .cervixOpen: 0, .feverTwoDays: 1], "loss_with_infection"),
      ([.bleedingAmount: 2, .cervixOpen: 0, .wombInfection: 1], "loss_with_infection"),
      ([.bleeding: 1], nil), ([.bleeding: 0], nil),
    ] as [([DataElement: Int32], String?)])
  func threatened(observed: [DataElement: Int32], expected: String?) throws {
    #expect(try Plans.pregnant(139, observed).found(52) == expected)
    #expect(try Plans.pregnant(140, observed).found(52) == nil)
  }

  @Test(
    "How an end is counted",
    arguments: [
      (.liveBirth, 280, "ended_live_birth"), (.ectopic, 60, "ended_outside_womb"),
      (.molar, 90, "ended_outside_womb"), (.miscarriage, 139, "ended_miscarriage"),
      (.stillbirth, 139, "end_in_doubt"), (.miscarriage, 140, "end_in_doubt"),
      (.stillbirth, 140, "ended_stillbirth"), (.stillbirth, 250, "ended_stillbirth"),
    ] as [(PregnancyOutcome, Int32, String)])
  func counted(outcome: PregnancyOutcome, gestation: Int32, expected: String) throws {
    #expect(try Plans.ended(3, outcome, gestation: gestation).found(50) == expected)
  }

  @Test("Without weeks the outcome is as told, and it says that the weeks could tell otherwise")
  func uncounted() throws {
    let plan = try Plans.ended(3, .stillbirth, gestation: nil)
    #expect(plan.found(50) == "ended_stillbirth")
    guard case .row(_, let missing) = plan.answer(of: 50) else {
      Issue.record("no class was found")
      return
    }
    #expect(missing == .element(PregnancyFigure.gestationAtEnd.element.code))
  }

  @Test(
    "Forms, visits and words follow the outcome, whatever the weeks",
    arguments: [
      (.liveBirth, 280, true), (.stillbirth, 280, true), (.stillbirth, 100, true),
      (.miscarriage, 80, false), (.miscarriage, 273, false), (.ectopic, 50, false),
    ] as [(PregnancyOutcome, Int32, Bool)])
  func oneForm(outcome: PregnancyOutcome, gestation: Int32, isBirth: Bool) throws {
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: "2026-06-01", outcome, gestation: gestation)
    var evaluation = Evaluation(try life.record(on: "2026-06-03"))
    #expect(evaluation.answer(VisitForm.afterLoss.applies) == (isBirth ? .no : .yes))
    let plan = try life.plan(on: "2026-06-03", by: Guideline.motherAndChild)
    #expect(plan.word(11) == (isBirth ? "due" : "-"))
    #expect(plan.word(130) == (isBirth ? "-" : "upcoming"))
  }

  @Test("After a stillbirth nobody asks how the child is fed; breasts and bleeding are seen")
  func nothingOfFeeding() throws {
    for (outcome, isAsked) in [(PregnancyOutcome.liveBirth, true), (.stillbirth, false)] {
      var life = Life(.female, born: "1998-03-01")
      life.gaveBirth(on: "2026-06-01", outcome, gestation: 280)
      let asked = try BookTests.asked(.postnatal, life, on: "2026-06-03")
      #expect(asked.contains(DataElement.breastfeeding.code) == isAsked)
      #expect(asked.contains(DataElement.mensesReturned.code) == isAsked)
      #expect(asked.contains(DataElement.breastsHealthy.code))
      let plan = try life.plan(on: "2026-06-03", by: Guideline.motherAndChild)
      #expect((plan.answer(of: 66) != .notApplicable) == isAsked)
    }
  }

  @Test(
    "A temperature of a mother: fever from 38.0 °C on, until it is seen to be gone",
    arguments: [(379, false), (380, true), (395, true)] as [(Int32, Bool)])
  func fever(tenths: Int32, isDanger: Bool) throws {
    let code = DataElement.temperature.code
    let none: [DataElement: Int32] = [.feverTwoDays: 0, .temperature: tenths]
    #expect(try Plans.ended(4, .liveBirth, none).dangerCodes.contains(code) == isDanger)
    #expect(
      try Plans.ended(42, .miscarriage, gestation: 80, none).dangerCodes.contains(code) == isDanger)
    #expect(try Plans.ended(43, .liveBirth, none).dangerCodes.isEmpty)
    #expect(try Plans.pregnant(100, none).dangerCodes.contains(code) == isDanger)
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: "2026-06-01")
    life.visit(.postnatal, on: "2026-06-04", [.temperature: tenths])
    life.visit(.postnatal, on: "2026-06-05", [.temperature: 370])
    #expect(try life.plan(on: "2026-06-05", by: [.pregnancy]).dangers.isEmpty)
  }

  @Test("The temperature of fever is a setting, and every form of a mother asks for it")
  func feverSetting() throws {
    let settings = Plans.set((.mothersFeverFrom, 375))
    #expect(try Plans.pregnant(100, [.temperature: 375], settings: settings).dangers.count == 1)
    #expect(try Plans.pregnant(100, [.temperature: 374], settings: settings).dangers.isEmpty)
    for form in [VisitForm.antenatal, .postnatal, .afterLoss] {
      #expect(form.sections.flatMap(\.questions).contains { $0.element == .temperature })
    }
  }

  @Test("Rhesus negative asks a doctor about anti-D")
  func rhesus() throws {
    #expect(
      try Plans.ended(2, .miscarriage, gestation: 80, [.rhesusFactor: 2]).found(51)
        == "rhesus_negative")
    #expect(try Plans.ended(2, .liveBirth, [.rhesusFactor: 1]).found(51) == nil)
  }

  /// Number of the table, days after, breastfeeding, clot risk, category.
  static let categories: [(UInt16, Int32, Int32, Int32, String)] = [
    (60, 1, 1, 0, "mec_1"), (60, 2, 1, 0, "mec_3"), (60, 27, 1, 0, "mec_3"),
    (60, 28, 1, 0, "mec_1"),
    (61, 1, 1, 0, "mec_2"), (61, 1, 3, 0, "mec_1"), (61, 2, 3, 0, "mec_3"), (61, 28, 1, 0, "mec_1"),
    (62, 41, 1, 0, "mec_2"), (62, 42, 1, 0, "mec_1"), (62, 5, 3, 0, "mec_1"),
    (63, 41, 2, 0, "mec_2"), (63, 42, 2, 0, "mec_1"), (63, 5, 3, 0, "mec_1"),
    (64, 41, 1, 0, "mec_3"), (64, 42, 1, 0, "mec_1"), (64, 5, 3, 0, "mec_1"),
    (65, 41, 1, 0, "mec_4"), (65, 42, 1, 0, "mec_3"), (65, 181, 1, 0, "mec_3"),
    (65, 182, 1, 0, "mec_2"),
    (65, 20, 3, 0, "mec_3"), (65, 20, 3, 1, "mec_4"), (65, 21, 3, 0, "mec_2"),
    (65, 21, 3, 1, "mec_3"), (65, 41, 3, 1, "mec_3"), (65, 42, 3, 1, "mec_1"),
    (65, 42, 3, 0, "mec_1"),
    (66, 5, 1, 0, "mec_1"), (66, 5, 2, 0, "mec_4"), (66, 5, 3, 0, "mec_4"),
    (66, 181, 1, 0, "mec_1"),
    (66, 182, 1, 0, "mec_4"),
    // Tubectomy is never free: it lasts for ever.
    (67, 6, 1, 0, "mec_with_care"), (67, 7, 1, 0, "mec_3"), (67, 41, 1, 0, "mec_3"),
    (67, 42, 1, 0, "mec_with_care"),
    (68, 1, 1, 0, "mec_1"),
  ]

  @Test("Methods after birth by WHO's categories", arguments: categories)
  func methods(table: UInt16, days: Int32, feeding: Int32, clots: Int32, expected: String) throws {
    let plan = try Plans.ended(
      days, .liveBirth,
      Self.healthy.merging([.breastfeeding: feeding, .clotRisk: clots, .mensesReturned: 0]) { $1 })
    #expect(plan.found(table) == expected)
  }

  /// Nothing stands against any method.
  static let healthy: [DataElement: Int32] = [
    .systolicPressure: 120, .diastolicPressure: 80, .wombInfection: 0, .clotRisk: 0,
  ]

  /// Number of the table, days after, what is known, the category or what is missing.
  static let unknowns: [(UInt16, Int32, [DataElement: Int32], String?, DataElement?)] = [
    // Before 21 days no way of feeding allows combined pills.
    (65, 9, [:], "mec_3", nil), (65, 20, [:], "mec_3", nil),
    (65, 9, [.systolicPressure: 120, .diastolicPressure: 80], "mec_3", nil),
    (65, 9, [.systolicPressure: 160, .diastolicPressure: 80], "mec_4", nil),
    (65, 9, [.systolicPressure: 120, .diastolicPressure: 100], "mec_4", nil),
    (65, 21, healthy, nil, .breastfeeding), (65, 60, healthy, nil, .breastfeeding),
    (65, 60, [.breastfeeding: 3], nil, .systolicPressure),
    (65, 30, [.breastfeeding: 3, .systolicPressure: 120, .diastolicPressure: 80], nil, .clotRisk),
    (64, 9, healthy, nil, .breastfeeding), (64, 60, [.breastfeeding: 3], nil, .systolicPressure),
    (64, 42, healthy, "mec_1", nil),
    (60, 1, [:], nil, .wombInfection), (60, 9, [:], "mec_3", nil),
    (61, 60, [:], nil, .wombInfection), (66, 9, [:], nil, .breastfeeding),
    (68, 9, [:], "mec_1", nil),
  ]

  @Test("What nobody asked does not make a method allowed", arguments: unknowns)
  func unknownInputs(
    table: UInt16, days: Int32, observed: [DataElement: Int32], expected: String?,
    missing: DataElement?
  ) throws {
    let plan = try Plans.ended(days, .liveBirth, observed)
    #expect(plan.found(table) == expected)
    #expect(plan.missing(table) == missing.map { .element($0.code) })
  }

  @Test(
    "Blood pressure: 140/90 and 160/100, either figure, by method",
    arguments: [
      (139, 89, "mec_1", "mec_1", "mec_1"), (140, 80, "mec_3", "mec_2", "mec_1"),
      (120, 90, "mec_3", "mec_2", "mec_1"), (159, 99, "mec_3", "mec_2", "mec_1"),
      (160, 80, "mec_4", "mec_3", "mec_2"), (120, 100, "mec_4", "mec_3", "mec_2"),
    ] as [(Int32, Int32, String, String, String)])
  func pressure(
    systolic: Int32, diastolic: Int32, combined: String, injection: String, implant: String
  ) throws {
    let observed: [DataElement: Int32] = Self.healthy.merging([
      .breastfeeding: 3, .systolicPressure: systolic, .diastolicPressure: diastolic,
    ]) { $1 }
    let plan = try Plans.ended(60, .liveBirth, observed)
    #expect(plan.found(65) == combined)
    #expect(plan.found(64) == injection)
    for table in [UInt16(61), 62, 63] { #expect(plan.found(table) == implant) }
    #expect(plan.found(60) == "mec_1")
    #expect(try Plans.ended(5, .miscarriage, gestation: 80, observed).found(65) == combined)
  }

  /// The choice, days after, feeding, what the plan says of the method in use.
  static let inUse: [(Int32, Int32, Int32, String)] = [
    (8, 9, 1, "method_must_not"), (6, 41, 2, "method_must_not"), (8, 42, 1, "method_should_not"),
    (8, 9, 3, "method_should_not"), (8, 42, 3, "method_fits"), (5, 9, 1, "method_should_not"),
    (5, 42, 1, "method_fits"), (2, 9, 1, "method_delayed"), (2, 28, 1, "method_fits"),
    (11, 6, 1, "method_fits"), (11, 7, 1, "method_delayed"),
    (7, 9, 1, "method_fits"), (9, 9, 1, "method_fits"), (10, 9, 2, "method_must_not"),
    (12, 9, 1, "method_fits"),
  ]

  @Test("A method in use is judged; the others are shown where she needs another", arguments: inUse)
  func chosen(method: Int32, days: Int32, feeding: Int32, expected: String) throws {
    let observed = Self.healthy.merging([
      .breastfeeding: feeding, .mensesReturned: 0, .contraceptiveMethod: method,
    ]) { $1 }
    let plan = try Plans.ended(days, .liveBirth, observed)
    #expect(plan.found(69) == expected)
    let needsOther = ["method_must_not", "method_should_not"].contains(expected)
    // The condom stands there as another method, and as the one in use.
    #expect((plan.found(68) == "mec_1") == (needsOther || method == 9))
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: "2026-06-10")
    life.visit(.postnatal, on: "2026-06-10" + .days(days), observed)
    guard days <= 42 else { return }
    // Who needs another is asked again.
    #expect(
      try BookTests.asked(.postnatal, life, on: "2026-06-10" + .days(days))
        .contains(DataElement.contraceptiveMethod.code) == needsOther)
  }

  @Test("What was placed or done in time stays, when the days on which it is delayed have come")
  func placed() throws {
    for (method, day) in [(Int32(2), Int32(1)), (3, 1), (11, 6)] {
      var life = Life(.female, born: "1998-03-01")
      life.gaveBirth(on: "2026-06-01")
      life.visit(
        .postnatal, on: "2026-06-01" + .days(day),
        Self.healthy.merging([.contraceptiveMethod: method]) { $1 })
      let plan = try life.plan(on: "2026-06-10", by: Guideline.motherAndChild)
      #expect(plan.found(69) == "method_fits")
    }
    // An IUD is not placed into an infected womb.
    let infected = Self.healthy.merging([.contraceptiveMethod: 2, .wombInfection: 1]) { $1 }
    #expect(try Plans.ended(1, .liveBirth, infected).found(69) == "method_must_not")
  }

  @Test("Whether a chosen method fits is not told before what decides it is known")
  func chosenUnknown() throws {
    let plan = try Plans.ended(30, .liveBirth, [.contraceptiveMethod: 8])
    #expect(plan.missing(69) == .element(DataElement.breastfeeding.code))
    #expect(plan.found(68) == nil)
    #expect(try Plans.ended(30).answer(of: 69) == .notApplicable)
    #expect(
      try Plans.ended(30, .liveBirth, [.contraceptiveMethod: 1]).answer(of: 69) == .notApplicable)
  }

  @Test("Methods after a loss, with infection, with blood again, and once one is chosen")
  func otherMethods() throws {
    func lost(_ gestation: Int32, _ observed: [DataElement: Int32] = [:]) throws -> CarePlan {
      try Plans.ended(
        5, .miscarriage, gestation: gestation, Self.healthy.merging(observed) { $1 })
    }
    #expect(try lost(90).found(60) == "mec_1")
    #expect(try lost(91).found(60) == "mec_2")
    #expect(try lost(91).found(61) == "mec_2")
    #expect(
      try Plans.ended(5, .miscarriage, gestation: 90, [.wombInfection: 1]).found(60) == "mec_4")
    #expect(try lost(90, [.clotRisk: 1]).found(65) == "mec_1")
    for table in [UInt16(62), 63, 64] {
      #expect(
        try Plans.ended(0, .miscarriage, gestation: 90, Self.healthy).found(table) == "mec_1")
    }
    let nursing: [DataElement: Int32] = [.breastfeeding: 1, .mensesReturned: 1]
    #expect(try Plans.ended(60, .liveBirth, nursing).found(66) == "mec_4")
    #expect(
      try Plans.ended(60, .liveBirth, [.breastfeeding: 1]).missing(66)
        == .element(DataElement.mensesReturned.code))
    #expect(try Plans.ended(60, .liveBirth, [.contraceptiveMethod: 4]).found(68) == nil)
    #expect(try Plans.ended(60, .liveBirth, [.contraceptiveMethod: 1]).found(68) == "mec_1")
  }

  @Test("A method that is not for her is advice: nobody is treated or referred for it")
  func adviceAgainst() {
    for table in DecisionTable.contraception where table != .methodInUse {
      #expect(table.rows.allSatisfy { $0.urgency == .homeCare }, "\(table.name)")
      for row in table.rows where ["mec_3", "mec_4"].contains(row.name.description) {
        #expect(row.actions == [.otherMethod])
      }
    }
  }

  @Test(
    "Contraception counts as talked about where it was, or a method is in use; none is no method",
    arguments: [
      ([.contraceptiveMethod: 1], "due"), ([.contraceptiveMethod: 2], "done"),
      ([.contraceptiveMethod: 12], "done"), ([.contraceptionCounselled: 0], "due"),
      ([.contraceptionCounselled: 1, .contraceptiveMethod: 1], "done"),
    ] as [([DataElement: Int32], String)])
  func methodNone(observed: [DataElement: Int32], word: String) throws {
    #expect(try Plans.ended(5, .liveBirth, observed).word(82) == word)
    #expect(try Plans.ended(5, .miscarriage, gestation: 80, observed).word(131) == word)
    let life = { () -> Life in
      var life = Life(.female, born: "1998-03-01")
      life.gaveBirth(on: "2026-06-10")
      life.visit(.postnatal, on: "2026-06-15", observed)
      return life
    }()
    // Who uses none is asked again.
    let isMethod = (observed[.contraceptiveMethod] ?? 1) > 1
    #expect(
      try BookTests.asked(.postnatal, life, on: "2026-06-16")
        .contains(DataElement.contraceptiveMethod.code) == !isMethod)
  }

  @Test("A birth elsewhere that is written down late: what was missed is missed, the rest is owed")
  func enteredLate() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    life.visit(.antenatal, on: "2026-02-10")
    // Until it is known, the pregnancy goes on.
    #expect(try life.plan(on: "2026-10-20", by: [.pregnancy]).word(4) == "late")
    life.gaveBirth(on: "2026-10-01")
    let plan = try life.plan(on: "2026-10-20", by: [.pregnancy])
    #expect(plan.word(4) == "missed")
    #expect([11, 12, 13, 14].map { plan.word($0) } == ["missed", "missed", "due", "upcoming"])
    #expect(plan.found(54) == "kf_incomplete")
    // The visits of pregnancy are over: missed, and nothing to be done about them.
    #expect(plan.answer(of: 40) == .notApplicable)
    // A visit that was made elsewhere and told later counts.
    life.visit(.postnatal, on: "2026-10-02", by: .doctor, in: .hospital)
    life.visit(.postnatal, on: "2026-10-06", by: .midwife, in: .privateFacility)
    #expect(try life.plan(on: "2026-10-20", by: [.pregnancy]).found(54) == "kf_going_on")
  }

  @Test("A birth of a woman whose pregnancy nobody knew")
  func unknownPregnancy() throws {
    let plan = try Plans.ended(1)
    #expect(plan.word(11) == "due")
    #expect(plan.word(1) == "missed")
    #expect(plan.answer(of: 41) == .notApplicable)
  }

  @Test("The next pregnancy soon after: its visits are its own, and it is too soon")
  func nextPregnancy() throws {
    var life = Life(.female, born: "1998-03-01")
    let first = life.pregnant(lastPeriod: "2025-01-01", known: "2025-02-10")
    for day: CivilDate in ["2025-02-10", "2025-04-20", "2025-06-01", "2025-07-01", "2025-08-01"] {
      life.visit(.antenatal, on: day, [.hivTest: 1])
    }
    var end = PregnancyEndBody(outcome: .liveBirth, episode: first)
    end.bornAlive = 1
    life.tell(.pregnancyEnd, on: "2025-10-05", end.bytes)
    life.pregnant(lastPeriod: "2025-12-20", known: "2026-02-10") { $0.gravida = 2 }
    let plan = try life.plan(on: "2026-02-12", by: [.pregnancy])
    #expect(plan.word(1) == "due")
    #expect(plan.found(40) == "k1_none")
    #expect(plan.word(33) == "due")
    var evaluation = Evaluation(try life.record(on: "2026-02-12"))
    #expect(
      evaluation.answer(.pregnancyFigure(.monthsSinceLastPregnancy, .below(.fixed(.times(3)))))
        == .yes)
    #expect(plan.score(1)?.least == 6)
  }

  @Test("Twins: one pregnancy, one row of visits, high risk")
  func twins() throws {
    let plan = try Plans.pregnant(100) { $0.fetuses = 2 }
    #expect(plan.found(42) == "preeclampsia_likely")
    #expect(plan.services.filter { $0.service == 1 }.count == 1)
    #expect(plan.score(1)?.least == 6)
  }
}
