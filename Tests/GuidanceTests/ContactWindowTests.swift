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

  @Test("K2 and K3 are due until the second trimester is over", arguments: [2, 3] as [UInt16])
  func secondTrimester(service: UInt16) throws {
    #expect(try Plans.pregnant(90).word(service) == "upcoming")
    #expect(try Plans.pregnant(91).word(service) == "due")
    #expect(try Plans.pregnant(174).word(service) == "due")
    #expect(try Plans.pregnant(175).word(service) == "missed")
  }

  @Test(
    "K4 to K6",
    arguments: [(4, 224), (5, 252), (6, 280)] as [(UInt16, Int32)])
  func lateInPregnancy(service: UInt16, late: Int32) throws {
    #expect(try Plans.pregnant(late - 1).word(service) == "due")
    #expect(try Plans.pregnant(late).word(service) == "late")
  }
}
