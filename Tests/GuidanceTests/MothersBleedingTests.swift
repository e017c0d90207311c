import Guidance
import Health
import Testing

@testable import Programmes

/// How urgent bleeding is after a loss, by how much it is, and whose help is given.
@Suite("Bleeding of mothers by its amount")
struct MothersBleedingTests {
  /// What was observed beside bleeding, and how urgent the sign is.
  static let afterLoss: [([DataElement: Int32], Urgency)] = [
    ([:], .referNow), ([.bleedingAmount: 1], .refer), ([.bleedingAmount: 2], .refer),
    ([.bleedingAmount: 3], .referNow),
    ([.bleedingAmount: 2, .shockSigns: 1], .referNow),
    ([.bleedingAmount: 2, .shockSigns: 0], .refer),
    ([.bleedingAmount: 2, .systolicPressure: 89], .referNow),
    ([.bleedingAmount: 2, .systolicPressure: 90], .refer),
    ([.bleedingAmount: 2, .unconscious: 1], .referNow),
  ]

  @Test("After a loss: little is seen today, much or not asked cannot wait", arguments: afterLoss)
  func loss(observed: [DataElement: Int32], expected: Urgency) throws {
    for outcome in [PregnancyOutcome.miscarriage, .ectopic, .molar] {
      let plan = try Plans.ended(
        3, outcome, gestation: 76, observed.merging([.bleeding: 1]) { $1 })
      let signs = plan.dangers.filter { $0.element == DataElement.bleeding.code }
      #expect(signs.map(\.urgency) == [expected], "\(outcome)")
    }
  }

  @Test("After a birth bleeding cannot wait, however much it is", arguments: [1, 2, 3] as [Int32])
  func birth(amount: Int32) throws {
    for outcome in [PregnancyOutcome.liveBirth, .stillbirth] {
      let plan = try Plans.ended(3, outcome, [.bleeding: 1, .bleedingAmount: amount])
      let signs = plan.dangers.filter { $0.element == DataElement.bleeding.code }
      #expect(signs.map(\.urgency) == [.referNow], "\(outcome)")
    }
  }

  @Test("An amount of an earlier visit says nothing of bleeding that is told since")
  func earlierAmount() throws {
    for (day, expected): (CivilDate, Urgency) in [
      ("2026-06-12", .referNow), ("2026-06-13", .refer),
    ] {
      var life = Life(.female, born: "1998-03-01")
      life.gaveBirth(on: "2026-06-10", .miscarriage, gestation: 76)
      life.visit(.postnatal, on: day, [.bleeding: 1, .bleedingAmount: 2])
      life.visit(.postnatal, on: "2026-06-13", [.bleeding: 1])
      let plan = try life.plan(on: "2026-06-13", by: [.pregnancy])
      #expect(plan.dangers.map(\.urgency) == [expected], "\(day)")
    }
  }

  @Test("Help after a loss massages no womb, and after a birth it does")
  func help() throws {
    for (outcome, action): (PregnancyOutcome, CareAction) in [
      (.miscarriage, .careForBleedingAfterLoss), (.ectopic, .careForBleedingAfterLoss),
      (.molar, .careForBleedingAfterLoss), (.liveBirth, .stopBleedingAfterBirth),
      (.stillbirth, .stopBleedingAfterBirth),
    ] {
      for element in [DataElement.bleeding, .heavyBleeding] {
        var life = Life(.female, born: "1998-03-01")
        life.gaveBirth(on: "2026-06-10", outcome, gestation: 76)
        life.visit(.postnatal, on: "2026-06-13", [element: 1])
        var evaluation = Evaluation(try life.record(on: "2026-06-13"))
        let signs = Guideline.pregnancy.dangerSigns.filter {
          $0.element == element && $0.seen(&evaluation) != nil
        }
        #expect(
          signs.map(\.firstAid?.actions) == [[action, .referToHospitalNow]],
          "\(outcome), \(element.name)")
      }
    }
  }

  @Test("How much is asked of who bleeds after a loss, and of nobody else")
  func asked() throws {
    for (bleeds, isAsked) in [(Int32(1), true), (0, false)] {
      var life = Life(.female, born: "1998-03-01")
      life.gaveBirth(on: "2026-06-10", .miscarriage, gestation: 76)
      life.visit(.postnatal, on: "2026-06-13", [.bleeding: bleeds])
      let asked = try BookTests.asked(.afterLoss, life, on: "2026-06-13")
      #expect(asked.contains(DataElement.bleedingAmount.code) == isAsked)
    }
  }
}
