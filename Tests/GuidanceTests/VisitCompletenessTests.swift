import Guidance
import Health
import Testing

@testable import Programmes

/// K1 murni and akses, K4, K6, KF and KN complete.
@Suite("Completeness of visits")
struct VisitCompletenessTests {
  static let period: CivilDate = "2026-01-01"

  static func plan(
    _ visits: [Int32], doctors: [Int32] = [], ultrasound: Bool = false, on day: Int32 = 260,
    endedOn: Int32? = nil
  ) throws -> CarePlan {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: period + .days(40))
    for visit in visits {
      life.visit(
        .antenatal, on: period + .days(visit), by: doctors.contains(visit) ? .doctor : .midwife,
        ultrasound && doctors.contains(visit) ? [.ultrasoundDone: 1] : [:])
    }
    if let endedOn { life.gaveBirth(on: period + .days(endedOn)) }
    return try life.plan(on: period + .days(day), by: [.pregnancy])
  }

  @Test(
    "K1 murni until 12 weeks and 6 days, akses afterwards",
    arguments: [
      ([], "k1_none"), ([89], "k1_within_trimester"), ([90], "k1_within_trimester"),
      ([91], "k1_later"), ([250], "k1_later"), ([90, 200], "k1_within_trimester"),
    ] as [([Int32], String)])
  func firstVisit(visits: [Int32], expected: String) throws {
    #expect(try Self.plan(visits).found(40) == expected)
  }

  @Test(
    "K6 needs one, two and three visits, two of them by a doctor with ultrasound",
    arguments: [
      ([90, 91, 174, 175, 200, 230], [90, 230], true, "k6_complete"),
      ([90, 91, 174, 175, 200, 230], [90, 230], false, "k6_without_doctor"),
      ([90, 91, 174, 175, 200, 230], [90, 174], true, "k6_without_doctor"),
      ([90, 91, 174, 175, 200, 230], [91, 230], true, "k6_without_doctor"),
      // The third visit of the second trimester does not stand in for the third of the third.
      ([90, 91, 120, 174, 175, 200], [90, 200], true, "k4_reached"),
      // One visit of the second trimester came a day late.
      ([90, 91, 175, 190, 200, 230], [90, 230], true, "k4_reached"),
      // The first visit came a day late.
      ([91, 100, 175, 190, 200, 230], [91, 230], true, "visits_going_on"),
      ([90, 91, 175], [], false, "visits_going_on"), ([90, 91, 175, 190], [], false, "k4_reached"),
    ] as [([Int32], [Int32], Bool, String)])
  func sixVisits(visits: [Int32], doctors: [Int32], ultrasound: Bool, expected: String) throws {
    #expect(try Self.plan(visits, doctors: doctors, ultrasound: ultrasound).found(41) == expected)
  }

  @Test("Two visits on one day are one")
  func twiceADay() throws {
    #expect(try Self.plan([90, 91, 175, 175]).found(41) == "visits_going_on")
    #expect(try Self.plan([90, 91, 175, 176]).found(41) == "k4_reached")
  }

  @Test("After birth the visits of pregnancy are done or missed, and nobody is told to make them")
  func afterBirth() throws {
    let plan = try Self.plan([90, 100], on: 281, endedOn: 280)
    #expect(plan.answer(of: 40) == .notApplicable)
    #expect(plan.answer(of: 41) == .notApplicable)
    #expect(
      [1, 2, 3, 4, 5, 6].map { plan.word($0) } == ["done", "done"]
        + .init(repeating: "missed", count: 4))
    // A visit written down after the birth is none of the pregnancy.
    #expect(try Self.plan([90, 281], on: 282, endedOn: 280).word(4) == "missed")
  }

  @Test("A visit of a kader counts for nobody")
  func kader() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: Self.period, known: Self.period + .days(40))
    life.visit(.antenatal, on: Self.period + .days(50), by: .kader)
    #expect(try life.plan(on: Self.period + .days(60), by: [.pregnancy]).found(40) == "k1_none")
  }

  @Test("Without a date K1 is not told")
  func undated() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: nil, known: "2026-02-10")
    life.visit(.antenatal, on: "2026-02-10")
    #expect(try life.plan(on: "2026-03-01", by: [.pregnancy]).missing(40) == .gestationalAge)
  }

  @Test(
    "KF: seen in all four windows",
    arguments: [
      ([0, 3, 8, 29], 30, "kf_complete"), ([2, 7, 28, 42], 42, "kf_complete"),
      ([0, 3, 8], 28, "kf_going_on"), ([0, 3, 8], 29, "kf_going_on"), ([0], 2, "kf_going_on"),
      ([], 2, "kf_going_on"), ([], 3, "kf_incomplete"), ([0, 8], 8, "kf_incomplete"),
      ([0], 7, "kf_going_on"), ([0, 3], 28, "kf_going_on"), ([0, 3], 29, "kf_incomplete"),
    ] as [([Int32], Int32, String)])
  func postnatal(visits: [Int32], day: Int32, expected: String) throws {
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: Self.period)
    for visit in visits { life.visit(.postnatal, on: Self.period + .days(visit)) }
    #expect(
      try life.plan(on: Self.period + .days(day), by: [.pregnancy]).found(54) == expected)
  }

  @Test(
    "KN: seen in all three windows",
    arguments: [
      ([0, 3, 8], 9, "kn_complete"), ([2, 7, 28], 28, "kn_complete"), ([0, 3], 28, "kn_going_on"),
      ([2], 7, "kn_going_on"), ([2], 8, "kn_incomplete"), ([3], 3, "kn_incomplete"),
      ([], 2, "kn_going_on"), ([], 3, "kn_incomplete"),
    ] as [([Int32], Int32, String)])
  func newborn(visits: [Int32], day: Int32, expected: String) throws {
    var life = Life(.female, born: Self.period)
    for visit in visits { life.visit(.newborn, on: Self.period + .days(visit)) }
    #expect(try life.plan(on: Self.period + .days(day), by: [.newborn]).found(55) == expected)
  }
}
