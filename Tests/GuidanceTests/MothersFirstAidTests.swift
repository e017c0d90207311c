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
      (.bleeding, .referNow), (.fits, .referNow), (.shortOfBreath, .referNow),
      (.headacheBlurredSight, .referNow), (.severeAbdominalPain, .referNow),
      (.vomitsBlood, .referNow), (.cordOrHandOut, .referNow),
      (.sleeplessAnxious, .refer), (.feverTwoDays, .refer), (.coughTwoWeeks, .refer),
      (.swollenFaceHands, .refer), (.watersBroke, .refer), (.greenWaters, .refer),
    ] as [(DataElement, Urgency)])
  func pregnancy(sign: DataElement, expected: Urgency) throws {
    #expect(Self.urgency(sign, in: try Plans.pregnant(238, [sign: 1])) == expected)
    #expect(Self.urgency(sign, in: try Plans.pregnant(238, [sign: 0])) == nil)
  }

  @Test(
    "After a birth or a loss",
    arguments: [
      (.heavyBleeding, .referNow), (.bleeding, .referNow), (.fits, .referNow),
      (.shortOfBreath, .referNow), (.headacheBlurredSight, .referNow),
      (.severeAbdominalPain, .referNow), (.sleeplessAnxious, .refer), (.smellyLochia, .refer),
      (.swollenBreast, .refer), (.wombInfection, .refer),
    ] as [(DataElement, Urgency)])
  func afterwards(sign: DataElement, expected: Urgency) throws {
    for outcome in [PregnancyOutcome.liveBirth, .stillbirth, .miscarriage] {
      let plan = try Plans.ended(1, outcome, [sign: 1])
      #expect(Self.urgency(sign, in: plan) == expected, "\(outcome)")
    }
  }

  @Test("What cannot wait says what to do, and stands before all that can")
  func help() {
    let signs = Guideline.motherAndChild.flatMap(\.dangerSigns)
    #expect(signs.contains { $0.urgency == .referNow })
    for sign in signs {
      #expect((sign.urgency == .referNow) == (sign.firstAid != nil), "\(sign.element.name)")
      if let aid = sign.firstAid {
        #expect([.referToHospitalNow, .referNow].contains(aid.actions.last))
      }
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
    // Whoever may not know how a pregnancy ended reads nothing that follows from it.
    #expect(first(.bleeding, DangerSign.afterUntoldEnd) == .layDownAndWatch)
  }

  @Test("A kader lays down, calls and stays, and treats nothing; other actions stay as they are")
  func kader() {
    let mothers =
      DangerSign.ofPregnancy + DangerSign.ofBirth + DangerSign.afterBirth
      + DangerSign.afterUntoldEnd
    for sign in mothers {
      guard let aid = sign.firstAid else { continue }
      #expect(aid.actions.asKader == [.kaderFirstAid], "\(sign.element.name)")
    }
    let low = DecisionTable.lowPressure.rows.map(\.actions.asKader)
    #expect(low == [[.kaderFirstAid], [.bringToMidwifeNow], [.watchPressure]])
    #expect([CareAction.ironDaily, .referToDoctor].asKader == [.ironDaily, .referToDoctor])
    #expect([CareAction]().asKader.isEmpty)
  }
}
