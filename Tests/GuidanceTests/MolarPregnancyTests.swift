import Guidance
import Health
import Testing

@testable import Programmes

/// After a molar pregnancy, until a doctor says that hCG is normal.
@Suite("After a molar pregnancy")
struct MolarPregnancyTests {
  static let (followUp, copperIUD, hormoneIUD, implant): (UInt16, UInt16, UInt16, UInt16) =
    (326, 60, 61, 63)
  static let healthy: [DataElement: Int32] = [
    .wombInfection: 0, .systolicPressure: 110, .diastolicPressure: 70,
  ]

  @Test(
    "Which loss is followed up, and what is placed",
    arguments: [
      (.molar, [:], "hormone_to_be_followed", "mec_delay_molar"),
      (.molar, [.hormoneNormal: 0], "hormone_to_be_followed", "mec_delay_molar"),
      (.molar, [.wombInfection: 1], "hormone_to_be_followed", "mec_4"),
      (.ectopic, [:], nil, "mec_1"), (.miscarriage, [:], nil, "mec_1"),
    ] as [(PregnancyOutcome, [DataElement: Int32], String?, String)])
  func found(
    outcome: PregnancyOutcome, more: [DataElement: Int32], expected: String?, device: String
  ) throws {
    for days: Int32 in [5, 20, 43, 300] {
      let plan = try Plans.ended(
        days, outcome, gestation: 80, Self.healthy.merging(more) { $1 })
      #expect(plan.found(Self.followUp) == expected, "\(days)")
      #expect(plan.found(Self.copperIUD) == device, "\(days)")
      #expect(plan.found(Self.hormoneIUD) == device, "\(days)")
      #expect(plan.found(Self.implant) == "mec_1", "\(days)")
    }
  }

  @Test("A normal hCG counts from three weeks on; told earlier it is made sure of")
  func tooEarly() throws {
    let told = Self.healthy.merging([.hormoneNormal: 1]) { $1 }
    let cases: [(days: Int32, found: String, device: String)] = [
      (5, "hormone_normal_too_early", "mec_delay_molar"),
      (20, "hormone_normal_too_early", "mec_delay_molar"), (21, "hormone_is_normal", "mec_1"),
      (43, "hormone_is_normal", "mec_1"), (300, "hormone_is_normal", "mec_1"),
    ]
    for row in cases {
      let plan = try Plans.ended(row.days, .molar, gestation: 80, told)
      #expect(plan.found(Self.followUp) == row.found, "\(row.days)")
      #expect(plan.found(Self.copperIUD) == row.device, "\(row.days)")
    }
    // What was told too early does not come to count by waiting.
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: "2026-05-01", .molar, gestation: 80)
    life.visit(.postnatal, on: "2026-05-06", [.hormoneNormal: 1])
    let later = try life.plan(on: "2026-06-05", by: Guideline.motherAndChild)
    #expect(later.found(Self.followUp) == "hormone_normal_too_early")
  }

  @Test("hCG is tested every two weeks, from the end or the latest answer on, until normal")
  func controls() throws {
    let tested: UInt16 = 366
    func plan(
      _ told: [(CivilDate, Int32)], on day: CivilDate, _ outcome: PregnancyOutcome = .molar
    ) throws -> CarePlan {
      var life = Life(.female, born: "1998-03-01")
      life.gaveBirth(on: "2026-05-01", outcome, gestation: 80)
      for (on, value) in told { life.visit(.postnatal, on: on, [.hormoneNormal: value]) }
      return try life.plan(on: day, by: Guideline.motherAndChild)
    }
    let first = try plan([], on: "2026-05-03")
    #expect(first.status(of: tested) == .upcoming(from: "2026-05-15"))
    let words: [(CivilDate, String)] = [
      ("2026-05-14", "upcoming"), ("2026-05-15", "due"), ("2026-05-21", "due"),
      ("2026-05-22", "late"), ("2027-04-30", "late"), ("2027-05-01", "-"),
    ]
    for (day, word) in words { #expect(try plan([], on: day).word(tested) == word, "\(day)") }
    let again = try plan([("2026-05-20", 0)], on: "2026-05-20")
    #expect(again.status(of: tested) == .upcoming(from: "2026-06-03"))
    #expect(try plan([("2026-05-21", 1)], on: "2026-05-21").word(tested) == "upcoming")
    #expect(try plan([("2026-05-22", 1)], on: "2026-05-22").word(tested) == "-")
    // A value that rises again is followed again.
    let risen = try plan([("2026-05-22", 1), ("2026-06-10", 0)], on: "2026-06-10")
    #expect(risen.status(of: tested) == .upcoming(from: "2026-06-24"))
    #expect(try plan([], on: "2026-05-15", .ectopic).word(tested) == "-")
  }

  @Test("Pregnant again before hCG was normal: a hospital looks, by appointment")
  func pregnantAgain() throws {
    func found(
      _ told: (CivilDate, Int32)?, _ outcome: PregnancyOutcome = .molar,
      on day: CivilDate = "2026-05-10"
    ) throws -> String? {
      var life = Life(.female, born: "1998-03-01")
      life.gaveBirth(on: "2026-01-01", outcome, gestation: 80)
      if let told { life.visit(.postnatal, on: told.0, [.hormoneNormal: told.1]) }
      life.pregnant(lastPeriod: "2026-04-01", known: "2026-05-10")
      return try life.plan(on: day, by: Guideline.motherAndChild).found(Self.followUp)
    }
    let tooSoon = "pregnant_before_hormone_normal"
    #expect(try found(nil) == tooSoon)
    #expect(try found(("2026-02-20", 0)) == tooSoon)
    #expect(try found(("2026-01-21", 1)) == tooSoon)
    #expect(try found(("2026-01-22", 1)) == nil)
    #expect(try found(nil, .miscarriage) == nil)
    #expect(try found(nil, on: "2026-12-31") == tooSoon)
    #expect(try found(nil, on: "2027-01-01") == nil)
    let row = try #require(DecisionTable.molarFollowUp.rows.first)
    #expect(row.urgency == .referPlanned && row.actions == [.scanAfterMolar])
    #expect(DecisionTable.molarFollowUp.matter == .loss)
    #expect(CareService.hormoneTested.matter == .loss)
  }

  @Test("A hospital sees her by appointment; a year later nothing is said")
  func refers() throws {
    let row = try #require(DecisionTable.molarFollowUp.rows.first { $0.number == 1 })
    #expect(row.urgency == .referPlanned)
    #expect(row.actions == [.followHormone, .noPregnancyYet])
    #expect(try Plans.ended(360, .molar, gestation: 80).found(Self.followUp) != nil)
    #expect(try Plans.ended(370, .molar, gestation: 80).found(Self.followUp) == nil)
  }

  @Test("Health workers are asked for hCG after a molar pregnancy alone, until it is normal")
  func asked() throws {
    for (outcome, observed, isAsked) in [
      (.molar, [:], true), (.molar, [.hormoneNormal: 0], true),
      (.molar, [.hormoneNormal: 1], false), (.ectopic, [:], false), (.miscarriage, [:], false),
    ] as [(PregnancyOutcome, [DataElement: Int32], Bool)] {
      var life = Life(.female, born: "1998-03-01")
      life.gaveBirth(on: "2026-05-01", outcome, gestation: 80)
      life.visit(.postnatal, on: "2026-05-22", observed)
      for (form, day) in [
        (VisitForm.afterLoss, "2026-05-25"), (.familyPlanning, "2026-07-01"),
      ] as [(VisitForm, CivilDate)] {
        let asked = try BookTests.asked(form, life, on: day)
        #expect(asked.contains(DataElement.hormoneNormal.code) == isAsked, "\(form.name)")
        #expect(!FormPerformerTests.asked(form, by: .kader).contains(.hormoneNormal))
      }
    }
  }

  @Test("Whoever may not know of the loss reads nothing of it")
  func untold() throws {
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: "2026-05-01", .molar, gestation: 80)
    life.visit(.postnatal, on: "2026-05-04", [.hormoneNormal: 0])
    for day: CivilDate in ["2026-05-10", "2026-07-01"] {
      let plan = try life.planWithoutLosses(on: day)
      #expect(plan.found(Self.followUp) == nil && plan.found(Self.copperIUD) == nil)
    }
  }
}
