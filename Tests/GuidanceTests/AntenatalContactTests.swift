import Guidance
import Health
import Programmes
import Testing

/// K1 to K6 and KF1 to KF4, at the day before, the day and the day after each limit.
@Suite("Visits of pregnancy and after birth")
struct AntenatalContactTests {
  static let lastPeriod: CivilDate = "2026-01-01"

  static func woman(visits: [CivilDate] = [], birth: CivilDate? = nil) -> Life {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: lastPeriod, known: "2026-02-10")
    for day in visits { life.visit(.antenatal, on: day) }
    if let birth { life.gaveBirth(on: birth) }
    return life
  }

  @Test(
    "K1 is owed from when the pregnancy is known, and late when the first trimester is over",
    arguments: [
      ("2026-02-10", false), ("2026-04-01", false), ("2026-04-02", true), ("2026-04-03", true),
    ] as [(CivilDate, Bool)])
  func firstContact(day: CivilDate, isLate: Bool) throws {
    let status = try Self.woman().plan(on: day, by: [.pregnancy]).status(of: 1)
    if isLate {
      #expect(status == .overdue(since: "2026-01-01", late: "2026-04-02"))
    } else {
      #expect(status == .due(since: "2026-01-01", late: "2026-04-02"))
    }
  }

  @Test("A first contact in the second trimester is K1, and the next one K2")
  func lateFirstContact() throws {
    let plan = try Self.woman(visits: ["2026-05-01", "2026-05-20"])
      .plan(on: "2026-06-01", by: [.pregnancy])
    guard case .done(on: "2026-05-01", _) = plan.status(of: 1) else {
      Issue.record("K1 is \(plan.status(of: 1))")
      return
    }
    guard case .done(on: "2026-05-20", _) = plan.status(of: 2) else {
      Issue.record("K2 is \(plan.status(of: 2))")
      return
    }
  }

  @Test("What the second trimester owed cannot be made up in the third")
  func secondTrimesterCloses() throws {
    let life = Self.woman(visits: ["2026-02-10", "2026-04-10"])
    // 175 days after the last period the second trimester is over.
    #expect(
      try life.plan(on: "2026-06-24", by: [.pregnancy]).status(of: 3)
        == .due(since: "2026-04-02", late: "2026-06-25"))
    #expect(
      try life.plan(on: "2026-06-25", by: [.pregnancy]).status(of: 3)
        == .missed(since: "2026-06-25"))
  }

  @Test("Two visits on one day are one")
  func sameDay() throws {
    let plan = try Self.woman(visits: ["2026-02-10", "2026-02-10"])
      .plan(on: "2026-04-10", by: [.pregnancy])
    #expect(plan.status(of: 2) == .due(since: "2026-04-02", late: "2026-06-25"))
  }

  @Test("Without any date the visits are unknown, and say what is missing")
  func undated() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: nil, known: "2026-02-10")
    let plan = try life.plan(on: "2026-03-01", by: [.pregnancy])
    #expect(plan.status(of: 1) == .unknown(.gestationalAge))
  }

  @Test("What was not done when the child is born is missed")
  func birthCloses() throws {
    let plan = try Self.woman(visits: ["2026-02-10"], birth: "2026-10-01")
      .plan(on: "2026-10-02", by: [.pregnancy])
    #expect(plan.status(of: 4) == .missed(since: "2026-10-02"))
    #expect(plan.status(of: 11) == .due(since: "2026-10-01", late: "2026-10-04"))
  }

  @Test(
    "KF1 to KF4 open and close on their days",
    arguments: [
      (11, 0, 2), (12, 3, 7), (13, 8, 28), (14, 29, 42),
    ] as [(UInt16, Int32, Int32)])
  func afterBirth(service: UInt16, first: Int32, last: Int32) throws {
    let birth: CivilDate = "2026-10-01"
    let life = Self.woman(birth: birth)
    if first > 0 {
      let before = try life.plan(on: birth + .days(first - 1), by: [.pregnancy])
      #expect(before.status(of: service) == .upcoming(from: birth + .days(first)))
    }
    for day in [first, last] {
      let status = try life.plan(on: birth + .days(day), by: [.pregnancy]).status(of: service)
      switch status {
      case .due(since: birth + .days(first), _), .overdue(since: birth + .days(first), _): break
      default: Issue.record("day \(day): \(status)")
      }
    }
    let after = try life.plan(on: birth + .days(last + 1), by: [.pregnancy]).status(of: service)
    #expect(
      after == (service == 14 ? .notApplicable : .missed(since: birth + .days(last + 1))))
  }
}
