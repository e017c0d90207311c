import Guidance
import Health
import Programmes
import Testing

/// When each visit opens, is late and can no longer be made: the day before and the day itself.
@Suite("Windows of visits")
struct ContactWindowTests {
  /// The word for a visit that is not made, on a day so long after the anchor.
  static func word(_ day: Int32, _ window: (Int32, Int32, Int32?), ends: Int32?) -> String {
    if let ends, day >= ends { return "-" }
    if let closes = window.2, day >= closes { return "missed" }
    return day < window.0 ? "upcoming" : day < window.1 ? "due" : "late"
  }

  static func days(of window: (Int32, Int32, Int32?)) -> Set<Int32> {
    let limits = [window.0, window.1, window.2].compactMap { $0 }
    return Set(limits.flatMap { [$0 - 1, $0] }.filter { $0 >= 0 })
  }

  @Test(
    "KF1 to KF4",
    arguments: [
      (11, (0, 3, 3)), (12, (3, 8, 8)), (13, (8, 29, 29)), (14, (29, 43, 43)),
    ] as [(UInt16, (Int32, Int32, Int32?))])
  func afterBirth(service: UInt16, window: (Int32, Int32, Int32?)) throws {
    for day in Self.days(of: window) {
      let expected = Self.word(day, window, ends: 43)
      #expect(try Plans.ended(day).word(service) == expected, "day \(day)")
    }
  }

  @Test(
    "KN1 to KN3",
    arguments: [(21, (0, 3, 3)), (22, (3, 8, 8)), (23, (8, 29, 29))]
      as [(UInt16, (Int32, Int32, Int32?))])
  func newborn(service: UInt16, window: (Int32, Int32, Int32?)) throws {
    for day in Self.days(of: window) {
      let expected = Self.word(day, window, ends: 29)
      #expect(try Plans.child(.days(day)).word(service) == expected, "day \(day)")
    }
  }

  /// Who was examined once, on day 60, so many days after the last period.
  private static func seenOnce(on day: Int32) throws -> CarePlan {
    let period = AntenatalContactTests.lastPeriod
    let life = AntenatalContactTests.woman(visits: [period + .days(60)])
    return try life.plan(on: period + .days(day), by: [.pregnancy])
  }

  @Test(
    "K2 is due until the second trimester is over, and K3 follows it as long as there is time",
    arguments: [
      (90, "upcoming", "upcoming"), (91, "due", "upcoming"), (174, "due", "missed"),
      (175, "missed", "missed"),
    ] as [(Int32, String, String)])
  func secondTrimester(day: Int32, second: String, third: String) throws {
    let plan = try Self.seenOnce(on: day)
    #expect(plan.word(2) == second)
    #expect(plan.word(3) == third)
  }

  @Test(
    "K4 without K2 and K3; K5 and K6 wait for it",
    arguments: [(223, "due"), (224, "late"), (280, "late")] as [(Int32, String)])
  func lateInPregnancy(day: Int32, expected: String) throws {
    let plan = try Self.seenOnce(on: day)
    #expect(plan.word(4) == expected)
    #expect([5, 6].map { plan.word($0) } == ["upcoming", "upcoming"])
  }

  @Test("Who was never examined is owed the first visit alone")
  func neverSeen() throws {
    for day: Int32 in [100, 174, 224, 279] {
      let plan = try Plans.pregnant(day)
      #expect(!["due", "late"].contains { word in (2...6).contains { plan.word($0) == word } })
    }
  }
}
