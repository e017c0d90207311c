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
      (.molar, [.hormoneNormal: 1], "hormone_is_normal", "mec_1"),
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

  @Test("A hospital sees her by appointment; a year later or pregnant again nothing is said")
  func refers() throws {
    let row = try #require(DecisionTable.molarFollowUp.rows.first)
    #expect(row.urgency == .referPlanned)
    #expect(row.actions == [.followHormone, .noPregnancyYet])
    #expect(try Plans.ended(360, .molar, gestation: 80).found(Self.followUp) != nil)
    #expect(try Plans.ended(370, .molar, gestation: 80).found(Self.followUp) == nil)
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: "2026-01-01", .molar, gestation: 80)
    life.pregnant(lastPeriod: "2026-04-01", known: "2026-05-10")
    let plan = try life.plan(on: "2026-05-10", by: Guideline.motherAndChild)
    #expect(plan.found(Self.followUp) == nil)
  }

  @Test("Health workers are asked for hCG after a molar pregnancy alone, until it is normal")
  func asked() throws {
    for (outcome, observed, isAsked) in [
      (.molar, [:], true), (.molar, [.hormoneNormal: 0], true),
      (.molar, [.hormoneNormal: 1], false), (.ectopic, [:], false), (.miscarriage, [:], false),
    ] as [(PregnancyOutcome, [DataElement: Int32], Bool)] {
      var life = Life(.female, born: "1998-03-01")
      life.gaveBirth(on: "2026-05-01", outcome, gestation: 80)
      life.visit(.postnatal, on: "2026-05-04", observed)
      for (form, day) in [
        (VisitForm.afterLoss, "2026-05-10"), (.familyPlanning, "2026-07-01"),
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
