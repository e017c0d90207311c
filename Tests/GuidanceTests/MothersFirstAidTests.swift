import Guidance
import Health
import Testing

@testable import Programmes

/// Which signs of danger of mothers cannot wait, and who does what about them.
@Suite("Signs of danger that cannot wait")
struct MothersFirstAidTests {
  static func urgency(_ sign: DataElement, in plan: CarePlan) -> Urgency? {
    plan.dangers.first { $0.element == sign.code }?.urgency
  }

  @Test(
    "In pregnancy",
    arguments: [
      (.bleeding, .referNow), (.fits, .referNow), (.unconscious, .referNow),
      (.shortOfBreath, .referNow), (.headacheBlurredSight, .referNow),
      (.severeAbdominalPain, .referNow), (.vomitsBlood, .referNow), (.cordOrHandOut, .referNow),
      (.sleeplessAnxious, .refer), (.feverTwoDays, .refer), (.coughTwoWeeks, .refer),
      (.swollenFaceHands, .refer), (.watersBroke, .referNow),
      (.greenWaters, .referNow),
    ] as [(DataElement, Urgency)])
  func pregnancy(sign: DataElement, expected: Urgency) throws {
    #expect(Self.urgency(sign, in: try Plans.pregnant(238, [sign: 1])) == expected)
    #expect(Self.urgency(sign, in: try Plans.pregnant(238, [sign: 0])) == nil)
  }

  @Test(
    "Waters that break before 37 weeks and green waters at any week cannot wait",
    arguments: [
      (.watersBroke, 140, .referNow), (.watersBroke, 258, .referNow), (.watersBroke, 259, .refer),
      (.greenWaters, 210, .referNow), (.greenWaters, 258, .referNow),
      (.greenWaters, 280, .referNow),
    ] as [(DataElement, Int32, Urgency)])
  func brokenWaters(sign: DataElement, days: Int32, expected: Urgency) throws {
    #expect(Self.urgency(sign, in: try Plans.pregnant(days, [sign: 1])) == expected)
    #expect(Self.urgency(sign, in: try Plans.pregnant(days, [sign: 0])) == nil)
    // Without a date it may be early, which is the graver: so it is told.
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: nil, known: "2026-02-10")
    life.visit(.antenatal, on: "2026-03-01", [sign: 1])
    let undated = try life.plan(on: "2026-03-01", by: [.pregnancy])
    #expect(Self.urgency(sign, in: undated) == .referNow)
  }

  @Test("Whose waters broke is asked for green waters and the cord at any week")
  func askedOfBrokenWaters() throws {
    for (broke, isAsked): (Int32, Bool) in [(0, false), (1, true)] {
      var life = Life(.female, born: "1998-03-01")
      life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
      life.visit(.antenatal, on: "2026-06-01", [.watersBroke: broke])
      let asked = try BookTests.asked(.antenatal, life, on: "2026-06-01")
      #expect(asked.contains(DataElement.greenWaters.code) == isAsked)
      #expect(asked.contains(DataElement.cordOrHandOut.code) == isAsked)
    }
  }

  @Test(
    "After a birth or a loss",
    arguments: [
      (.heavyBleeding, .referNow), (.bleeding, .referNow), (.fits, .referNow),
      (.unconscious, .referNow), (.shortOfBreath, .referNow),
      (.headacheBlurredSight, .referNow), (.severeAbdominalPain, .referNow),
      (.sleeplessAnxious, .refer), (.smellyLochia, .refer),
      (.swollenBreast, .refer), (.wombInfection, .refer),
    ] as [(DataElement, Urgency)])
  func afterwards(sign: DataElement, expected: Urgency) throws {
    for outcome in [PregnancyOutcome.liveBirth, .stillbirth, .miscarriage] {
      let plan = try Plans.ended(1, outcome, [sign: 1])
      #expect(Self.urgency(sign, in: plan) == expected, "\(outcome)")
    }
  }

  @Test(
    "Foul discharge with fever cannot wait, after a birth as after a loss",
    arguments: [
      ([.smellyLochia: 1], .refer), ([.smellyLochia: 1, .temperature: 379], .refer),
      ([.smellyLochia: 1, .temperature: 380], .referNow),
      ([.smellyLochia: 1, .feverTwoDays: 1], .referNow),
      ([.smellyLochia: 0, .temperature: 392], nil),
    ] as [([DataElement: Int32], Urgency?)])
  func infectionOfTheWomb(observed: [DataElement: Int32], expected: Urgency?) throws {
    for outcome in [PregnancyOutcome.liveBirth, .miscarriage] {
      let plan = try Plans.ended(3, outcome, observed)
      #expect(Self.urgency(.smellyLochia, in: plan) == expected, "\(outcome)")
      // A kader's words for the same sign.
      var asKader = observed
      asKader[.foulDischarge] = asKader.removeValue(forKey: .smellyLochia)
      let told = try Plans.ended(3, outcome, asKader)
      #expect(Self.urgency(.foulDischarge, in: told) == expected, "\(outcome)")
    }
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: "2026-05-01", .liveBirth, gestation: 280)
    life.visit(.postnatal, on: "2026-05-04", [.temperature: 390])
    life.visit(.postnatal, on: "2026-05-17", [.smellyLochia: 1])
    for (day, urgency) in [("2026-05-17", .referNow), ("2026-05-18", .refer)]
      as [(CivilDate, Urgency)]
    {
      #expect(
        Self.urgency(.smellyLochia, in: try life.plan(on: day, by: Guideline.motherAndChild))
          == urgency)
    }
  }

  @Test("Unconscious: a sign for 14 days, asked by everybody wherever signs of mothers are asked")
  func unconscious() throws {
    for (days, isThere): (Int32, Bool) in [(0, true), (13, true), (14, false)] {
      var life = Life(.female, born: "1998-03-01")
      life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
      life.visit(.antenatal, on: "2026-05-01", by: .kader, [.unconscious: 1])
      let plan = try life.plan(on: "2026-05-01" + .days(days), by: [.pregnancy])
      #expect((Self.urgency(.unconscious, in: plan) == .referNow) == isThere, "\(days)")
    }
    for form in [VisitForm.antenatal, .postnatal, .afterLoss, .motherDangerSigns] {
      let signs = form.sections.filter { $0.areSigns && !$0.folds }.flatMap(\.questions)
      let asked = signs.first { $0.element == .unconscious }
      #expect(asked?.performers == .anybody && asked?.when == .always, "\(form.name)")
    }
    #expect(DangerSign.askedOfMothers.contains(.unconscious))
  }

  @Test("What cannot wait says what to do, and stands before all that can")
  func help() {
    let signs =
      DangerSign.ofPregnancy + DangerSign.ofBirth + DangerSign.afterBirth
      + DangerSign.afterUntoldEnd
    #expect(signs.contains { $0.urgency == .referNow })
    for sign in signs {
      #expect((sign.urgency == .referNow) == (sign.firstAid != nil), "\(sign.element.name)")
      if let aid = sign.firstAid { #expect(aid.actions.last == .referToHospitalNow) }
    }
    #expect(Urgency.allCases.max() == .referNow)
  }

  @Test("Each sign has the help that is its own")
  func own() {
    func first(_ sign: DataElement, _ signs: [DangerSign]) -> CareAction? {
      signs.first { $0.element == sign }?.firstAid?.actions.first
    }
    #expect(first(.bleeding, DangerSign.ofPregnancy) == .careForBleedingInPregnancy)
    #expect(first(.heavyBleeding, DangerSign.afterBirth) == .stopBleedingAfterBirth)
    #expect(first(.fits, DangerSign.afterBirth) == .careForFits)
    for signs in [DangerSign.ofPregnancy, DangerSign.afterBirth, DangerSign.afterUntoldEnd] {
      #expect(first(.unconscious, signs) == .careForUnconscious)
    }
    // Whoever may not know how a pregnancy ended reads nothing that follows from it.
    #expect(first(.bleeding, DangerSign.afterUntoldEnd) == .layDownAndWatch)
  }
}
