import Guidance
import Health
import Programmes
import Testing

/// A pregnancy that is written down soon after another one ended.
@Suite("Care after a birth goes on beside a new pregnancy until day 42")
struct PregnancyInQuestionTests {
  /// A woman whose pregnancy ended on 1 March 2026, with a new one known on 20 March.
  private static func plan(
    _ outcome: PregnancyOutcome, on day: CivilDate
  ) throws -> (plan: CarePlan, record: HealthRecord) {
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: "2026-03-01", outcome, gestation: outcome == .liveBirth ? 280 : 70)
    life.pregnant(lastPeriod: "2026-03-12", known: "2026-03-20")
    return (
      try life.plan(on: day, by: Guideline.motherAndChild), try life.record(on: day)
    )
  }

  @Test(
    "Day 41, 42 and 43 after a birth; a loss gives way at once",
    arguments: [
      (.liveBirth, "2026-04-11", true), (.liveBirth, "2026-04-12", true),
      (.liveBirth, "2026-04-13", false), (.miscarriage, "2026-03-21", false),
    ] as [(PregnancyOutcome, CivilDate, Bool)])
  func waits(outcome: PregnancyOutcome, day: CivilDate, waits: Bool) throws {
    let (plan, record) = try Self.plan(outcome, on: day)
    #expect(record.waitsForCareAfterBirth == waits)
    #expect((record.pregnancyInQuestion?.endedOn != nil) == waits)
    let isPregnant = Evaluation(record, settings: ClinicalSettings()).isPregnant
    #expect(isPregnant == !waits)
    // A plan that was stored does not outlive the change.
    if waits { #expect(plan.holdsUntil <= "2026-04-13") }
  }
}
