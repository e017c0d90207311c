import Guidance
import Health
import Programmes
import Testing

/// What whoever may not know of a loss is told of the pregnancies of a woman, and what they ask of
/// her afterwards.
@Suite("A pregnancy of which nothing is told but that it ended")
struct UntoldEndTests {
  private static let known: CivilDate = "2026-03-01"

  /// A pregnancy as it is told, and what became of it.
  private struct Told {
    let known: CivilDate
    let ended: (on: CivilDate, outcome: PregnancyOutcome)?

    static func open(_ known: CivilDate) -> Told { Told(known: known, ended: nil) }
    static func ended(_ known: CivilDate, _ outcome: PregnancyOutcome, _ on: CivilDate) -> Told {
      Told(known: known, ended: (on, outcome))
    }
  }

  private static func life(_ told: [Told]) -> Life {
    var life = Life(.female, born: "1998-03-01")
    for told in told {
      let episode = life.pregnant(lastPeriod: told.known + .days(-50), known: told.known)
      guard let ended = told.ended else { continue }
      let body = PregnancyEndBody(outcome: ended.outcome, episode: episode)
      life.tell(.pregnancyEnd, on: ended.on, body.bytes)
    }
    return life
  }

  private static func lost(_ outcome: PregnancyOutcome = .miscarriage) -> Life {
    life([.ended(known, outcome, "2026-04-01")])
  }

  private static func offered(_ form: VisitForm, _ record: HealthRecord) -> Bool {
    var evaluation = Evaluation(record)
    return evaluation.answer(form.applies) == .yes
  }

  @Test("A pregnancy without an end does not come back when a later one was lost")
  func noGhost() throws {
    let older = Told.open("2024-05-01")
    let lost = Told.ended("2026-03-01", .miscarriage, "2026-04-01")
    let cases: [(told: [Told], seen: Int, isPregnant: Bool, isUntold: Bool)] = [
      ([older], 1, true, false),
      ([older, .open("2026-03-01")], 2, true, false),
      ([older, lost], 0, false, true),
      ([older, lost, .open("2026-05-10")], 1, true, false),
      ([.ended("2024-05-01", .liveBirth, "2024-11-01"), lost], 1, false, true),
      ([older, .ended("2026-03-01", .stillbirth, "2026-04-01")], 2, false, false),
      // What was begun after a loss is pregnant to everybody.
      ([lost, .open("2026-05-10")], 1, true, false),
    ]
    for (place, row) in cases.enumerated() {
      let record = try Self.life(row.told).recordWithoutLosses(on: "2026-05-20")
      #expect(record.pregnancies.count == row.seen, "\(place)")
      #expect(Evaluation(record).isPregnant == row.isPregnant, "\(place)")
      #expect(Self.offered(.antenatal, record) == row.isPregnant, "\(place)")
      #expect(Self.offered(.motherDangerSigns, record) == row.isUntold, "\(place)")
      let all = try Self.life(row.told).record(on: "2026-05-20")
      #expect(Evaluation(all).isPregnant == row.isPregnant, "\(place): who may know of it")
    }
  }

  @Test("Signs of danger can be written down for a whole pregnancy and the time after it")
  func offeredUntil() throws {
    let days: [(Int32, Bool)] = [(0, true), (31, true), (322, true), (323, false)]
    for outcome in [PregnancyOutcome.miscarriage, .ectopic, .molar] {
      for (days, isOffered) in days {
        let record = try Self.lost(outcome).recordWithoutLosses(on: Self.known + .days(days))
        #expect(Self.offered(.motherDangerSigns, record) == isOffered, "\(outcome), \(days)")
        for form in [VisitForm.antenatal, .postnatal, .afterLoss] {
          #expect(!Self.offered(form, record), "\(outcome), \(form.name)")
        }
      }
    }
    let before = try Self.lost().recordWithoutLosses(on: Self.known + .days(-1))
    #expect(!Self.offered(.motherDangerSigns, before))
  }

  @Test("The form does not depend on when she lost it")
  func tellsNoDay() throws {
    for ended in ["2026-03-02", "2026-04-01", "2026-07-15"] as [CivilDate] {
      let life = Self.life([.ended(Self.known, .miscarriage, ended)])
      for (days, isOffered) in [(Int32(140), true), (322, true), (323, false)] {
        let record = try life.recordWithoutLosses(on: Self.known + .days(days))
        #expect(Self.offered(.motherDangerSigns, record) == isOffered)
      }
    }
  }

  @Test(
    "After a loss swelling and sadness are asked, and are signs of danger to who may know of it",
    arguments: [DataElement.swollenFaceHandsFeet, .persistentSadness])
  func complaints(sign: DataElement) throws {
    let asked = VisitForm.afterLoss.sections.first { part in
      part.questions.contains { $0.element == sign }
    }
    #expect(asked?.areSigns == true)
    for (value, isThere): (Int32, Bool) in [(1, true), (0, false)] {
      var life = Self.lost()
      life.visit(.postnatal, on: "2026-04-05", by: .midwife, [sign: value])
      let midwife = try life.plan(on: "2026-04-05", by: Guideline.motherAndChild)
      let seen = midwife.dangers.filter { $0.element == sign.code }
      #expect(seen.map(\.urgency) == (isThere ? [.refer] : []))
      #expect(try life.planWithoutLosses(on: "2026-04-05").dangers.isEmpty)
    }
  }

  @Test("Who may know of it, and who looks after a birth, has the other forms")
  func others() throws {
    let loss = try Self.lost().record(on: "2026-04-03")
    #expect(Self.offered(.afterLoss, loss) && !Self.offered(.postnatal, loss))
    #expect(!Self.offered(.motherDangerSigns, loss))
    for outcome in [PregnancyOutcome.liveBirth, .stillbirth] {
      let record = try Self.lost(outcome).recordWithoutLosses(on: "2026-04-03")
      #expect(Self.offered(.postnatal, record) && !Self.offered(.afterLoss, record))
      #expect(!Self.offered(.motherDangerSigns, record))
    }
  }

  @Test("Each sign is one of danger, to who asked it and to who knows more, until it is gone")
  func signs() throws {
    let questions = VisitForm.motherDangerSigns.sections.flatMap(\.questions).map(\.element)
    #expect(questions.count == 12)
    for element in questions {
      let value: Int32 = element == .temperature ? 380 : 1
      let harmless: Int32 = element == .temperature ? 379 : 0
      var life = Self.lost()
      life.visit(.dangerSigns, on: "2026-04-05", by: .kader, [element: value])
      for (day, isThere) in [("2026-04-05", true), ("2026-04-18", true), ("2026-04-19", false)]
        as [(CivilDate, Bool)]
      {
        let kader = try life.planWithoutLosses(on: day)
        // Distress is told to who may know of it; her own answer a kader reads on the page.
        let isTold = isThere && element.matter.isEmpty
        #expect(kader.dangerCodes.contains(element.code) == isTold, "\(element.name), \(day)")
        #expect(kader.dangers.allSatisfy { $0.urgency >= .refer })
        #expect(kader.services.isEmpty && kader.classes.isEmpty && kader.scores.isEmpty)
        let midwife = try life.plan(on: day, by: Guideline.motherAndChild)
        #expect(midwife.dangerCodes.contains(element.code) == isThere, "\(element.name), \(day)")
      }
      life.visit(.dangerSigns, on: "2026-04-06", by: .kader, [element: harmless])
      #expect(try life.planWithoutLosses(on: "2026-04-06").dangers.isEmpty, "\(element.name)")
    }
  }

  @Test(
    "Foul discharge that a kader asks for: today, with fever now, and no device is placed",
    arguments: [
      ([.foulDischarge: 0], nil), ([.foulDischarge: 1], .refer),
      ([.foulDischarge: 1, .temperature: 379], .refer),
      ([.foulDischarge: 1, .temperature: 380], .referNow),
      ([.foulDischarge: 1, .feverTwoDays: 1], .referNow),
    ] as [([DataElement: Int32], Urgency?)])
  func foulDischarge(observed: [DataElement: Int32], expected: Urgency?) throws {
    var life = Self.lost()
    life.visit(.dangerSigns, on: "2026-04-05", by: .kader, observed)
    let midwife = try life.plan(on: "2026-04-05", by: Guideline.motherAndChild)
    for plan in [try life.planWithoutLosses(on: "2026-04-05"), midwife] {
      #expect(plan.dangers.first { $0.element == 981 }?.urgency == expected)
    }
    #expect((midwife.found(60) == "mec_delay_infection") == (expected != nil))
    #expect(
      VisitForm.motherDangerSigns.sections.flatMap(\.questions).map(\.element)
        .contains(.foulDischarge))
  }

  @Test("No question names birth, womb or loss, and its visit is no visit after birth")
  func neutral() {
    let form = VisitForm.motherDangerSigns
    #expect(form.purposes.isDisjoint(with: .postnatal))
    let telling: Set<DataElement> = [
      .smellyLochia, .leaksFluid, .swollenBreast, .birthCanalWound, .wombInfection, .lochiaNormal,
      .lossReviewed, .tissuePassed, .cervixOpen, .swollenFaceHandsFeet, .persistentSadness,
    ]
    #expect(telling.isDisjoint(with: form.sections.flatMap(\.questions).map(\.element)))
  }
}

extension Life {
  /// The facts as guidelines read them for whoever may not know of a loss.
  func recordWithoutLosses(on day: CivilDate) throws -> HealthRecord {
    var timeline = Timeline()
    for fact in facts { try timeline.insert(fact) }
    return try timeline.bytes.withUnsafeBufferPointer { buffer throws(WireError) in
      let standing = try TimelineReader.standingFacts(of: buffer)
      var record = try LostPregnancies(standing).record(of: standing, on: day)
      record.observeDerived()
      return record
    }
  }

  /// The plan that follows from them.
  func planWithoutLosses(on day: CivilDate) throws -> CarePlan {
    CarePlan(Guideline.motherAndChild, for: try recordWithoutLosses(on: day), knowing: [])
  }
}
