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

  /// Little bleeding in the 9th week; what could make it grave was asked for and is not there.
  static let little: [DataElement: Int32] = [
    .bleeding: 1, .bleedingAmount: 2, .cervixOpen: 0, .tissuePassed: 1, .severeAbdominalPain: 0,
  ]
  /// What is otherwise, and how urgent bleeding is then.
  static let beforeTwentyWeeks: [([DataElement: Int32], Urgency)] = [
    ([:], .refer), ([.bleedingAmount: 1], .refer), ([.bleedingAmount: 3], .referNow),
    ([.cervixOpen: 1], .referNow), ([.tissuePassed: 2], .referNow), ([.tissuePassed: 3], .referNow),
    ([.severeAbdominalPain: 1], .referNow), ([.feverTwoDays: 1], .referNow),
    ([.temperature: 379], .refer), ([.temperature: 380], .referNow),
    ([.wombTooSmall: 1], .referNow), ([.wombTooSmall: 0], .refer),
    ([.systolicPressure: 89], .referNow), ([.systolicPressure: 90], .refer),
  ]

  @Test(
    "Before 20 weeks: little and without signs is seen today, in the Puskesmas",
    arguments: beforeTwentyWeeks)
  func early(changes: [DataElement: Int32], expected: Urgency) throws {
    let plan = try Plans.pregnant(60, Self.little.merging(changes) { $1 })
    let signs = plan.dangers.filter { $0.element == DataElement.bleeding.code }
    #expect(signs.map(\.urgency) == [expected])
    if changes.isEmpty { #expect(plan.found(52) == "loss_threatens") }
  }

  @Test(
    "What was not asked is not taken to be absent",
    arguments: [DataElement.bleedingAmount, .cervixOpen, .tissuePassed, .severeAbdominalPain])
  func notAsked(element: DataElement) throws {
    var observed = Self.little
    observed[element] = nil
    let plan = try Plans.pregnant(60, observed)
    #expect(MothersFirstAidTests.urgency(.bleeding, in: plan) == .referNow)
  }

  /// What was seen earlier, and how urgent bleeding of today is on the last day on which that
  /// counts, and on the day after.
  static let earlierSigns: [([DataElement: Int32], Urgency, Urgency)] = [
    // Looked for and not there.
    ([.cervixOpen: 0], .refer, .referNow), ([.severeAbdominalPain: 0], .refer, .referNow),
    ([.tissuePassed: 1], .refer, .referNow),
    // There.
    ([.shockSigns: 1], .referNow, .refer), ([.unconscious: 1], .referNow, .refer),
    ([.wombTooSmall: 1], .referNow, .refer), ([.feverTwoDays: 1], .referNow, .refer),
    ([.wombInfection: 1], .referNow, .refer), ([.temperature: 380], .referNow, .refer),
  ]

  @Test(
    "Before 20 weeks: what was seen earlier counts for two weeks", arguments: earlierSigns)
  func earlierSign(earlier: [DataElement: Int32], counts: Urgency, after: Urgency) throws {
    let today = Self.little.filter { earlier[$0.key] == nil }
    for (ago, expected): (Int32, Urgency) in [(13, counts), (14, after)] {
      let plan = try PregnancyEdgeTests.plan(earlier, ago: ago, today)
      #expect(MothersFirstAidTests.urgency(.bleeding, in: plan) == expected, "\(ago) days ago")
    }
  }

  @Test(
    "Little bleeding stays little for as long as it is shown",
    arguments: [(12, .refer), (13, .refer), (14, nil)] as [(Int32, Urgency?)])
  func shownLittle(ago: Int32, expected: Urgency?) throws {
    let early = try PregnancyEdgeTests.plan(Self.little, ago: ago)
    #expect(MothersFirstAidTests.urgency(.bleeding, in: early) == expected)
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: Plans.day + .days(-20), .miscarriage, gestation: 76)
    life.visit(
      .postnatal, on: Plans.day + .days(-ago), [.bleeding: 1, .bleedingAmount: 2])
    let lost = try life.plan(on: Plans.day, by: [.pregnancy])
    #expect(MothersFirstAidTests.urgency(.bleeding, in: lost) == expected)
  }

  @Test(
    "From 20 weeks on, and without a date, bleeding cannot wait",
    arguments: [
      // The first week of all counts too.
      (6, .refer), (7, .refer), (139, .refer), (140, .referNow), (141, .referNow),
    ] as [(Int32, Urgency)])
  func weeks(days: Int32, expected: Urgency) throws {
    #expect(
      MothersFirstAidTests.urgency(.bleeding, in: try Plans.pregnant(days, Self.little))
        == expected)
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: nil, known: "2026-02-10")
    life.visit(.antenatal, on: "2026-03-01", Self.little)
    let undated = try life.plan(on: "2026-03-01", by: [.pregnancy])
    #expect(undated.dangers.map(\.urgency) == [.referNow])
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
