import Guidance
import Health
import Testing

@testable import Programmes

/// In which month something is owed once more: children are weighed each month until five years,
/// vitamin A is given in February and August until then.
@Suite struct NextRoundTests {
  static let rows: [(CareService, born: CivilDate, on: CivilDate, next: CivilDate?)] = [
    (.weighedThisMonth, "2024-01-10", "2025-06-20", "2025-07-01"),
    (.weighedThisMonth, "2024-01-10", "2025-12-31", "2026-01-01"),
    // On the first of the next month the child is not five yet, and is.
    (.weighedThisMonth, "2020-07-02", "2025-06-20", "2025-07-01"),
    (.weighedThisMonth, "2020-07-01", "2025-06-20", nil),
    (.vitaminA, "2024-01-10", "2025-02-03", "2025-08-01"),
    (.vitaminA, "2024-01-10", "2025-08-31", "2026-02-01"),
    // What is no round of months.
    (.sixMonthCheck, "2025-01-10", "2025-06-20", nil),
  ]

  @Test(arguments: rows)
  func itIsTheNextMonthInWhichItStillApplies(
    service: CareService, born: CivilDate, on: CivilDate, next: CivilDate?
  ) throws {
    let evaluation = Evaluation(try Life(.female, born: born).record(on: on))
    #expect(service.nextRound(evaluation) == next)
  }

  /// A newborn is weighed for the month from its 29th day on: in the month of that day, unless a
  /// weight of that month is known, and then in the next one. It is the 24th of November.
  static let newborns:
    [(born: CivilDate, days: Int32, whereWeighed: CivilDate, whereNot: CivilDate)] = [
      ("2026-11-21", 3, "2026-12-20", "2026-12-20"),
      ("2026-11-09", 15, "2026-12-08", "2026-12-08"),
      ("2026-10-28", 27, "2026-12-01", "2026-11-26"),
      ("2026-10-27", 28, "2026-12-01", "2026-11-25"),
      // From then on the month is owed today, and what comes next is the next month.
      ("2026-10-26", 29, "2026-12-01", "2026-12-01"),
    ]

  @Test(arguments: newborns, [true, false])
  func aNewbornIsFirstWeighedInTheMonthOfItsTwentyNinthDay(
    row: (born: CivilDate, days: Int32, whereWeighed: CivilDate, whereNot: CivilDate),
    isWeighed: Bool
  ) throws {
    let today: CivilDate = "2026-11-24"
    #expect((today - row.born).count == row.days)
    var life = Life(.female, born: row.born)
    if isWeighed { life.visit(.newborn, on: today, [.weight: 3_400]) }
    let evaluation = Evaluation(try life.record(on: today))
    let next = CareService.weighedThisMonth.nextRound(evaluation)
    #expect(next == (isWeighed ? row.whereWeighed : row.whereNot))
    #expect(try #require(next) > today)
    // Vitamin A waits for six months and for its round, as in May and in August.
    #expect(CareService.vitaminA.nextRound(evaluation)?.month == CivilMonth(year: 2027, ordinal: 8))
  }

  /// Who is six months old within a month of the round gets its capsule from that day on.
  @Test(
    arguments: [
      ("2026-08-01", "2027-02-01"), ("2026-08-02", "2027-02-02"), ("2026-08-28", "2027-02-28"),
      ("2026-09-01", "2027-08-01"), ("2026-07-31", "2027-02-01"),
    ] as [(CivilDate, CivilDate)])
  func theFirstCapsuleComesWithTheRoundAfterSixMonths(born: CivilDate, next: CivilDate) throws {
    let evaluation = Evaluation(try Life(.female, born: born).record(on: "2027-01-20"))
    #expect(CareService.vitaminA.nextRound(evaluation) == next)
  }

  /// The KPSP of a child who is weighed each month no more: it is put from 16 days over the month
  /// before on, and named by the plan itself from two months before.
  @Test(
    arguments: [
      (60, 66, "2026-12-01"), (63, 66, "2026-08-31"), (64, 66, nil), (66, 72, "2026-12-01"),
      (69, 72, "2026-08-31"), (70, 72, nil), (72, 72, nil),
    ] as [(Int32, Int32, CivilDate?)])
  func theNextQuestionnaireIsToldFromFarOff(
    months: Int32, questionnaire: Int32, next: CivilDate?
  ) throws {
    let day: CivilDate = "2026-06-15"
    let life = Life(.female, born: day.addingMonths(-Int(months)))
    let service = try #require(
      DevelopmentQuestionnaire.all.first { $0.months == questionnaire }?.service)
    #expect(service.nextAge(Evaluation(try life.record(on: day))) == next)
  }
}
