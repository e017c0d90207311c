import Guidance
import Health

@testable import Programmes
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
        == .due(since: "2026-05-08", late: "2026-06-25"))
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

  /// The last period was 1 January; the day of a visit in days of gestation, and of the next one.
  @Test(
    "The next visit: four weeks later until 28 weeks, two until 36, then each week",
    arguments: [
      (60, 88), (195, 223), (196, 210), (197, 211), (251, 265), (252, 259), (253, 260), (290, 297),
    ] as [(Int32, Int32)])
  func distance(day: Int32, next: Int32) throws {
    let visit = Self.lastPeriod + .days(day)
    let life = Self.woman(visits: [visit])
    for later: Int32 in [0, 1, 5] {
      let evaluation = Evaluation(try life.record(on: visit + .days(later)))
      #expect(
        ContactSeries.antenatalContacts.next(evaluation) == Self.lastPeriod + .days(next))
    }
    let before = Evaluation(try life.record(on: visit + .days(-1)))
    #expect(ContactSeries.antenatalContacts.next(before) == nil)
  }

  @Test("First seen at 34 weeks: nothing of a visit is owed that day, K4 two weeks later")
  func firstSeenLate() throws {
    let visit = Self.lastPeriod + .days(238)
    var life = Self.woman()
    life.visit(
      .antenatal, on: visit,
      [
        .weight: 60_000, .systolicPressure: 110, .diastolicPressure: 70, .fundalHeight: 3_100,
        .fetalHeartRate: 140, .ironTabletsGiven: 30,
      ])
    let plan = try life.plan(on: visit, by: [.pregnancy])
    for (service, days): (UInt16, Int32) in [(4, 14), (5, 21), (6, 28)] {
      #expect(plan.status(of: service) == .upcoming(from: visit + .days(days)))
    }
    #expect([60, 61, 66].map { plan.word($0) } == ["done", "done", "done"])
    #expect([63, 64].map { plan.word($0) } == ["upcoming", "upcoming"])
    let next = try life.plan(on: visit + .days(14), by: [.pregnancy])
    #expect([4, 60, 63].map { next.word($0) } == ["due", "due", "due"])
    // A week after it opened it is late.
    #expect(try life.plan(on: visit + .days(20), by: [.pregnancy]).word(4) == "due")
    #expect(try life.plan(on: visit + .days(21), by: [.pregnancy]).word(4) == "late")
  }

  /// Visits and the day on which the plan is read in days of gestation, K4 to K6 then: due, late or
  /// on which day to come.
  enum Turn: Equatable {
    case done, due, late, refused
    case from(Int32)
  }

  @Test(
    "One visit is owed at a time; the later ones are as far apart from it",
    arguments: [
      // The day before the third trimester, its first day, and while nothing is made.
      ([60, 100, 140], 174, [.from(175), .from(203), .from(217)]),
      ([60, 100, 140], 175, [.due, .from(203), .from(217)]),
      ([60, 100, 140], 176, [.due, .from(204), .from(218)]),
      ([60, 100, 140], 203, [.due, .from(217), .from(231)]),
      ([60, 100, 140], 223, [.due, .from(237), .from(251)]),
      ([60, 100, 140], 224, [.late, .from(238), .from(252)]),
      // Nothing was made until the windows of all three are over each other.
      ([60, 100, 140], 280, [.late, .from(287), .from(294)]),
      // Each visit was made in time: K5 and K6 are late at their own weeks.
      ([60, 100, 140, 200], 251, [.done, .due, .from(265)]),
      ([60, 100, 140, 200], 252, [.done, .late, .from(259)]),
      ([60, 100, 140, 200, 240], 279, [.done, .done, .due]),
      ([60, 100, 140, 200, 240], 280, [.done, .done, .late]),
      // K4 was made: K5 has its turn, and is late a week after it began.
      ([60, 100, 140, 252], 258, [.done, .from(259), .from(266)]),
      ([60, 100, 140, 252], 259, [.done, .due, .from(266)]),
      ([60, 100, 140, 252], 265, [.done, .due, .from(272)]),
      ([60, 100, 140, 252], 266, [.done, .late, .from(273)]),
      ([60, 100, 140, 252, 259], 266, [.done, .done, .due]),
    ] as [([Int32], Int32, [Turn])])
  func oneAtATime(visits: [Int32], day: Int32, expected: [Turn]) throws {
    let life = Self.woman(visits: visits.map { Self.lastPeriod + .days($0) })
    #expect(try Self.turns(life, on: day) == expected)
  }

  static func turns(_ life: Life, on day: Int32) throws -> [Turn?] {
    let plan = try life.plan(on: lastPeriod + .days(day), by: [.pregnancy])
    return [UInt16(4), 5, 6].map { service in
      switch plan.status(of: service) {
      case .done: .done
      case .due: .due
      case .overdue: .late
      case .refused: .refused
      case .upcoming(let from): .from(from.dayNumber - lastPeriod.dayNumber)
      default: nil
      }
    }
  }

  @Test("A visit that was refused is waited for by none")
  func refusedTurn() throws {
    var life = Self.woman(visits: [60, 100, 140].map { Self.lastPeriod + .days($0) })
    life.tell(
      .refusal, on: Self.lastPeriod + .days(200), RefusalBody(service: 4, reason: .declined).bytes)
    #expect(try Self.turns(life, on: 199) == [.due, .from(213), .from(227)])
    #expect(try Self.turns(life, on: 200) == [.refused, .due, .from(214)])
  }

  @Test("A plan whose later visits wait for one that is owed holds for the day only")
  func holdsForTheDay() throws {
    let life = Self.woman(visits: [60, 100, 140].map { Self.lastPeriod + .days($0) })
    let day = Self.lastPeriod + .days(210)
    #expect(try life.plan(on: day, by: [.pregnancy]).holdsUntil == day + .days(1))
  }

  @Test(
    "What the second trimester still counts is not taken away by the distance",
    arguments: [(140, 168), (147, 168), (160, 168), (161, 168), (162, 169), (167, 174)]
      as [(Int32, Int32)])
  func lastWeek(day: Int32, opens: Int32) throws {
    let visits = [60, day].map { Self.lastPeriod + .days($0) }
    let plan = try Self.woman(visits: visits).plan(
      on: Self.lastPeriod + .days(day), by: [.pregnancy])
    #expect(plan.status(of: 3) == .upcoming(from: Self.lastPeriod + .days(opens)))
  }

  @Test(
    "No visit is asked sooner than a week after one; what has no room left is missed",
    arguments: [168, 173] as [Int32])
  func notTomorrow(day: Int32) throws {
    let visits = [60, day].map { Self.lastPeriod + .days($0) }
    let plan = try Self.woman(visits: visits).plan(
      on: Self.lastPeriod + .days(day), by: [.pregnancy])
    #expect(plan.status(of: 3) == .missed(since: Self.lastPeriod + .days(168)))
    #expect(plan.status(of: 4) == .upcoming(from: Self.lastPeriod + .days(day + 28)))
  }

  /// First seen on day 140: the second visit is asked for on day 168, which leaves no room for a third
  /// one; made on day 160 it would.
  @Test(
    "What a visit that is still to come leaves no room for is not missed before its day",
    arguments: [
      ([140], 140, "upcoming"), ([140], 167, "upcoming"), ([140], 168, "missed"),
      ([140], 200, "missed"), ([140, 160], 160, "upcoming"), ([140, 160], 168, "due"),
      ([140, 168], 168, "missed"),
    ] as [([Int32], Int32, String)])
  func notMissedBefore(visits: [Int32], day: Int32, word: String) throws {
    let today = Self.lastPeriod + .days(day)
    let plan = try Self.woman(visits: visits.map { Self.lastPeriod + .days($0) })
      .plan(on: today, by: [.pregnancy])
    #expect(plan.word(3) == word)
    if case .missed(let since) = plan.status(of: 3) { #expect(since <= today) }
    if case .upcoming(let from) = plan.status(of: 3) { #expect(from > today) }
  }

  @Test("On the day of an early birth nothing is missed since tomorrow")
  func dayOfBirth() throws {
    let birth = Self.lastPeriod + .days(160)
    let life = Self.woman(visits: [Self.lastPeriod + .days(60)], birth: birth)
    for later: Int32 in [0, 1] {
      let plan = try life.plan(on: birth + .days(later), by: [.pregnancy])
      #expect(plan.status(of: 4) == .missed(since: birth), "\(later)")
    }
  }

  @Test(
    "A visit counts where she was examined that day; answers about risks alone are none",
    arguments: [
      ([.diabetes: 0], false), ([.counselled: 1, .ironTabletsGiven: 30], false),
      ([.bleeding: 0], false), ([.ultrasoundDone: 0], false), ([.ultrasoundDone: 1], true),
      ([.diabetes: 0, .weight: 50_000], true), ([.systolicPressure: 110], true),
      ([.armCircumference: 2_400], true), ([.haemoglobin: 115], true),
      // A register that tells of a visit and of nothing more.
      ([:], true),
    ] as [([DataElement: Int32], Bool)])
  func examined(observed: [DataElement: Int32], counts: Bool) throws {
    var life = Self.woman()
    life.visit(.antenatal, on: "2026-02-20", observed)
    let plan = try life.plan(on: "2026-02-20", by: [.pregnancy])
    #expect(plan.word(1) == (counts ? "done" : "due"))
    #expect(plan.found(40) == (counts ? "k1_within_trimester" : "k1_none"))
    // Examined by somebody else on the same day, it is a visit.
    life.visit([], on: "2026-02-20", by: .kader, in: .posyandu, [.weight: 50_000])
    #expect(try life.plan(on: "2026-02-20", by: [.pregnancy]).word(1) == "done")
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
