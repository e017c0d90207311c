import Health
import Monitoring
import Programmes
import Samples
import Testing

/// Facts with days at the ends of what a number can hold. Days, moments and numbers beyond any calendar or body
/// are refused before anything is computed from them.
@Suite("Months of children that no honest device makes")
struct HostileMonthTests {
  static func count(born: Int32, livesSince: Int32) throws {
    var story = Story()
    story.person(sex: .male, born: CivilDate(dayNumber: born))
    story.lives(at: id(900), since: CivilDate(dayNumber: livesSince))
    _ = try story.months()
  }

  @Test("Born on the last day that a number can hold")
  func bornAtTheEnd() {
    #expect(throws: WireError.self) {
      try HostileMonthTests.count(born: .max, livesSince: 19_000)
    }
  }

  @Test("Born on the first day that a number can hold")
  func bornAtTheStart() {
    #expect(throws: WireError.self) {
      try HostileMonthTests.count(born: .min, livesSince: 19_000)
    }
    #expect(throws: WireError.self) {
      try HostileMonthTests.count(born: .min, livesSince: .min)
    }
  }

  @Test("Born before year 0")
  func bornBeforeYearZero() {
    #expect(throws: WireError.self) {
      try HostileMonthTests.count(born: -1_000_000, livesSince: -1_000_000)
    }
  }

  @Test("Damaged timelines, 10,000 times")
  func damage() async {
    await #expect(processExitsWith: .success) {
      var numbers = SeededNumbers(seed: 33)
      let packed = try (1...20).map {
        try Story.random(person: $0, using: &numbers).timeline.bytes
      }
      var counted = 0
      for round in 0..<10_000 {
        let bytes = numbers.damaged(packed[round % packed.count])
        do {
          let record = try bytes.withUnsafeBufferPointer { try GrowthRecord(timeline: $0) }
          counted += record.childMonths().isEmpty ? 0 : 1
        } catch is WireError { continue }
      }
      try #require(counted > 100)
    }
  }
}
