import Guidance
import Health
import Testing

@testable import Programmes

/// In which month something is owed once more: children are weighed each month until five years,
/// vitamin A is given in February and August until then.
@Suite struct NextRoundTests {
  static let rows: [(CareService, born: CivilDate, on: CivilDate, next: CivilMonth?)] = [
    (.weighedThisMonth, "2024-01-10", "2025-06-20", CivilMonth(year: 2025, ordinal: 7)),
    (.weighedThisMonth, "2024-01-10", "2025-12-31", CivilMonth(year: 2026, ordinal: 1)),
    // On the first of the next month the child is not five yet, and is.
    (.weighedThisMonth, "2020-07-02", "2025-06-20", CivilMonth(year: 2025, ordinal: 7)),
    (.weighedThisMonth, "2020-07-01", "2025-06-20", nil),
    (.vitaminA, "2024-01-10", "2025-02-03", CivilMonth(year: 2025, ordinal: 8)),
    (.vitaminA, "2024-01-10", "2025-08-31", CivilMonth(year: 2026, ordinal: 2)),
    // What is no round of months.
    (.sixMonthCheck, "2025-01-10", "2025-06-20", nil),
  ]

  @Test(arguments: rows)
  func itIsTheNextMonthInWhichItStillApplies(
    service: CareService, born: CivilDate, on: CivilDate, next: CivilMonth?
  ) throws {
    let evaluation = Evaluation(try Life(.female, born: born).record(on: on))
    #expect(service.nextRound(evaluation) == next)
  }
}
