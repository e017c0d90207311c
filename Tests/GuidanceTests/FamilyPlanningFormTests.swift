import Guidance
import Health
import Programmes
import Testing

/// The form of a visit for contraception, once the forms of the 42 days are over.
@Suite("Form of family planning")
struct FamilyPlanningFormTests {
  private static let ended: CivilDate = "2026-06-01"

  private static func life(_ outcome: PregnancyOutcome = .liveBirth) -> Life {
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: ended, outcome, gestation: outcome.isEarlyLoss ? 80 : 280)
    return life
  }

  private static func answer(_ life: Life, _ form: VisitForm, on day: CivilDate) throws -> Answer {
    var evaluation = Evaluation(try life.record(on: day))
    return evaluation.answer(form.applies)
  }

  /// The day, and whether the form of the 42 days and that of family planning are offered.
  static let days: [(CivilDate, Bool, Bool)] = [
    ("2026-07-12", true, false), ("2026-07-13", true, false), ("2026-07-14", false, true),
    ("2026-12-01", false, true), ("2027-05-31", false, true), ("2027-06-01", false, false),
  ]

  @Test("It follows the forms of the 42 days, until twelve months", arguments: days)
  func offered(day: CivilDate, isEarly: Bool, isLater: Bool) throws {
    for outcome in [PregnancyOutcome.liveBirth, .stillbirth, .miscarriage, .ectopic] {
      let life = Self.life(outcome)
      #expect(try Self.answer(life, .familyPlanning, on: day) == (isLater ? .yes : .no))
      let early = outcome.isEarlyLoss ? VisitForm.afterLoss : .postnatal
      #expect(try Self.answer(life, early, on: day) == (isEarly ? .yes : .no))
    }
  }

  @Test("Nobody is asked who is pregnant again or never was")
  func notOffered() throws {
    var life = Self.life()
    life.pregnant(lastPeriod: "2026-08-01", known: "2026-09-10")
    #expect(try Self.answer(life, .familyPlanning, on: "2026-09-09") == .yes)
    #expect(try Self.answer(life, .familyPlanning, on: "2026-09-10") == .no)
    let woman = Life(.female, born: "1998-03-01")
    #expect(try Self.answer(woman, .familyPlanning, on: "2026-09-10") == .no)
  }

  @Test("A kader asks for the method, feeding and bleeding and measures the pressure")
  func kader() {
    #expect(
      FormPerformerTests.asked(.familyPlanning, by: .kader) == [
        .contraceptiveMethod, .breastfeeding, .mensesReturned, .systolicPressure,
        .diastolicPressure,
      ])
    #expect(
      FormPerformerTests.asked(.familyPlanning, by: .healthWorkers)
        .isSuperset(of: [.contraceptionCounselled, .wombInfection]))
  }

  @Test("That it is offered tells nothing of how the pregnancy ended")
  func matter() {
    #expect(VisitForm.familyPlanning.applies.matter == [])
  }

  @Test("Whatever the table of the method in use can miss after the 42 days, the form asks")
  func asksWhatIsMissing() throws {
    for outcome in [PregnancyOutcome.liveBirth, .stillbirth, .miscarriage] {
      for method in Int32(2)...12 {
        for day: CivilDate in ["2026-07-14", "2026-11-30", "2026-12-01", "2027-05-31"] {
          var life = Self.life(outcome)
          life.visit(.familyPlanning, on: day, [.contraceptiveMethod: method])
          let plan = try life.plan(on: day, by: Guideline.motherAndChild)
          guard let code = plan.missing(69)?.element else { continue }
          let asked = try BookTests.asked(.familyPlanning, life, on: day)
          #expect(asked.contains(code), "method \(method) on \(day) misses \(code)")
        }
      }
    }
  }

  @Test(
    "Feeding and bleeding are asked after a live birth, bleeding until it has come back",
    arguments: [
      (.liveBirth, nil, true, true), (.liveBirth, 0, true, true), (.liveBirth, 1, true, false),
      (.stillbirth, nil, false, false), (.miscarriage, nil, false, false),
    ] as [(PregnancyOutcome, Int32?, Bool, Bool)])
  func feeding(
    outcome: PregnancyOutcome, menses: Int32?, asksFeeding: Bool, asksMenses: Bool
  ) throws {
    var life = Self.life(outcome)
    if let menses { life.visit(.postnatal, on: "2026-07-01", [.mensesReturned: menses]) }
    let asked = try BookTests.asked(.familyPlanning, life, on: "2026-08-01")
    #expect(asked.contains(DataElement.breastfeeding.code) == asksFeeding)
    #expect(asked.contains(DataElement.mensesReturned.code) == asksMenses)
    // A method changes: it is asked again, whatever was told before.
    life.visit(.familyPlanning, on: "2026-08-01", [.contraceptiveMethod: 4])
    #expect(
      try BookTests.asked(.familyPlanning, life, on: "2026-08-02")
        .contains(DataElement.contraceptiveMethod.code))
  }

  @Test("Breastfeeding alone that was chosen early is known to be over at six months")
  func overAtSixMonths() throws {
    var life = Self.life()
    life.visit(
      .postnatal, on: "2026-06-10",
      [.contraceptiveMethod: 10, .breastfeeding: 1, .mensesReturned: 0])
    for (day, expected): (CivilDate, String) in [
      ("2026-11-30", "method_fits"), ("2026-12-01", "lam_over"), ("2026-12-02", "lam_over"),
    ] {
      #expect(try life.plan(on: day, by: Guideline.motherAndChild).found(69) == expected)
    }
    life.visit(
      .familyPlanning, on: "2026-12-02", [.contraceptiveMethod: 4, .systolicPressure: 120])
    let plan = try life.plan(on: "2026-12-02", by: Guideline.motherAndChild)
    #expect(plan.found(69) == "method_fits")
  }
}
