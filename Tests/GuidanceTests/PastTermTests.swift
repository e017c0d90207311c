import Guidance
import Health
import Testing

@testable import Programmes

/// A pregnancy that goes on past its due date, by the day.
@Suite("Past the due date")
struct PastTermTests {
  @Test(
    "41 weeks: to a doctor; 42 weeks: referred the same day",
    arguments: [
      (280, nil), (286, nil), (287, "past_the_due_date"), (288, "past_the_due_date"),
      (293, "past_the_due_date"), (294, "beyond_the_term"), (295, "beyond_the_term"),
    ] as [(Int32, String?)])
  func byDay(days: Int32, expected: String?) throws {
    #expect(try Plans.pregnant(days).found(265) == expected)
  }

  /// The day of a visit and that of the next one, in days of gestation.
  @Test(
    "The next visit is not later than 41 weeks while they are to come",
    arguments: [
      (279, 286), (280, 287), (281, 287), (286, 287), (287, 294), (288, 295), (200, 214),
    ] as [(Int32, Int32)])
  func nextVisit(made: Int32, next: Int32) throws {
    let period: CivilDate = "2026-01-01"
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: "2026-02-10")
    life.visit(.antenatal, on: period + .days(made))
    let evaluation = Evaluation(try life.record(on: period + .days(made)))
    let apart = try #require(ContactSeries.antenatalContacts.next(evaluation))
    #expect(evaluation.noLaterThanPastDue(apart) == period + .days(next))
    life.gaveBirth(on: period + .days(made))
    let born = Evaluation(try life.record(on: period + .days(made)))
    #expect(born.noLaterThanPastDue(apart) == apart)
  }

  @Test("Urgency: by appointment, then the same day")
  func urgency() {
    #expect(DecisionTable.pastTerm.rows.map(\.urgency) == [.refer, .referPlanned])
  }

  @Test("A district may set both days")
  func settings() throws {
    let settings = Plans.set((.pastDueFromDays, 280), (.pastTermFromDays, 287))
    #expect(try Plans.pregnant(279, settings: settings).found(265) == nil)
    #expect(try Plans.pregnant(280, settings: settings).found(265) == "past_the_due_date")
    #expect(try Plans.pregnant(287, settings: settings).found(265) == "beyond_the_term")
  }

  @Test("Without a date nobody can tell; after the birth it is over")
  func missing() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: nil, known: "2026-02-10")
    #expect(
      try life.plan(on: "2026-03-01", by: [.pregnancy]).missing(265) == .gestationalAge)
    #expect(try Plans.ended(1, gestation: 295).answer(of: 265) == .notApplicable)
  }
}
