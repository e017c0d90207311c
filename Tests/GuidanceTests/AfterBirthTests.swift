import Guidance
import Health
import Testing

@testable import Programmes

/// Losses, twins, births elsewhere, and the next pregnancy.
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
    "Rhesus negative: a doctor today for 72 hours, after a birth as after a loss",
    arguments: [
      (0, "rhesus_negative_just_ended"), (3, "rhesus_negative_just_ended"),
      (4, "rhesus_negative"), (42, "rhesus_negative"), (43, nil),
    ] as [(Int32, String?)])
  func antiD(days: Int32, expected: String?) throws {
    for outcome in [PregnancyOutcome.liveBirth, .miscarriage] {
      let negative = try Plans.ended(days, outcome, gestation: nil, [.rhesusFactor: 2])
      #expect(negative.found(51) == expected, "\(outcome)")
      let positive = try Plans.ended(days, outcome, gestation: nil, [.rhesusFactor: 1])
      #expect(positive.found(51) == nil, "\(outcome)")
    }
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
      (.molar, 90, "ended_molar"), (.miscarriage, 139, "ended_miscarriage"),
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
    // After that it is a fever of any woman, which stands for its day.
    #expect(try Plans.ended(43, .liveBirth, none).dangerCodes.contains(code) == isDanger)
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

  @Test("Signs of the book are asked of everybody; pulse and breathing by who examines")
  func askedAtVisits() throws {
    let signs: Set<DataElement> = [.swollenFaceHandsFeet, .persistentSadness, .upperBellyPain]
    let kader = FormPerformerTests.asked(.postnatal, by: .kader)
    #expect(kader.isSuperset(of: signs))
    #expect(kader.isDisjoint(with: [.pulse, .breathsPerMinute]))
    let midwife = FormPerformerTests.asked(.postnatal, by: Performers(.midwife))
    #expect(midwife.isSuperset(of: signs.union([.pulse, .breathsPerMinute])))
    // Pressure and temperature are enough for the service, as before.
    let plan = { (seen: [DataElement: Int32]) in try Plans.ended(1, .liveBirth, seen).word(76) }
    let both: [DataElement: Int32] = [.systolicPressure: 120, .temperature: 370]
    #expect(try plan(both) == "done")
    #expect(try plan([.systolicPressure: 120, .pulse: 80]) != "done")
  }

  @Test("Rhesus negative asks a doctor about anti-D")
  func rhesus() throws {
    #expect(
      try Plans.ended(2, .miscarriage, gestation: 80, [.rhesusFactor: 2]).found(51)
        == "rhesus_negative_just_ended")
    #expect(try Plans.ended(2, .liveBirth, [.rhesusFactor: 1]).found(51) == nil)
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
