import Health
import Programmes
import Samples
import Testing

/// What reaches the growth rules may come from a broken device or file; none of it may end the
/// program. Days, moments and numbers beyond any calendar or body
/// are refused before anything is computed from them.
@Suite("Timelines that no honest device makes")
struct HostileTimelineTests {
  static func pack(_ story: Story) throws {
    _ = try story.timeline.reading { try PackedGrowth.pack(timeline: $0) }
  }

  @Test("Born on the first day that a number can hold")
  func bornInThePast() {
    #expect(throws: WireError.self) {
      var story = Story()
      story.person(sex: .male, born: CivilDate(dayNumber: .min))
      story.visit("2024-03-10", grams: 9_000, centimetres: 75)
      try HostileTimelineTests.pack(story)
    }
  }

  @Test("Measured on the first and on the last day that a number can hold")
  func farApart() {
    #expect(throws: WireError.self) {
      var body = MeasurementBody()
      body.weight = Mass(grams: 9_000)
      var story = Story(.male, born: "2023-01-15")
      story.tell(.measurement, on: CivilDate(dayNumber: .min), body: body.bytes)
      story.tell(.measurement, on: CivilDate(dayNumber: .max), body: body.bytes)
      try HostileTimelineTests.pack(story)
    }
  }

  @Test("The least and the greatest weight that a number can hold, one month apart")
  func weights() {
    #expect(throws: WireError.self) {
      var story = Story(.male, born: "2023-01-15")
      story.visit("2024-03-10", grams: .min)
      story.visit("2024-04-05", grams: .max)
      story.visit("2024-05-01", grams: .min)
      try HostileTimelineTests.pack(story)
    }
  }

  @Test("The least and the greatest length that a number can hold")
  func lengths() {
    #expect(throws: WireError.self) {
      var body = MeasurementBody()
      var story = Story(.male, born: "2023-01-15")
      for (date, length) in [("2024-03-10", Int32.min), ("2024-04-05", .max), ("2024-05-01", .min)]
      {
        body.length = Length(tenthsOfMillimetre: length)
        story.tell(.measurement, on: day(date), body: body.bytes)
      }
      try HostileTimelineTests.pack(story)
    }
  }

  @Test("Damaged timelines, 20,000 times")
  func damage() async {
    await #expect(processExitsWith: .success) {
      var numbers = SeededNumbers(seed: 15)
      var story = Story(.female, born: "2023-01-15")
      let first = story.visit("2023-03-10", grams: 5_000, centimetres: 57, position: .lying)
      story.visit("2023-04-10", grams: 5_600, centimetres: 60, book: true)
      story.visit("2023-03-10", grams: 5_100, centimetres: 57, replacing: first)
      story.tell(.departure, on: day("2023-05-01"))
      story.tell(.death, on: day("2023-06-01"))
      let packed = try story.timeline.bytes
      var answered = 0
      for _ in 0..<20_000 {
        let bytes = numbers.damaged(packed)
        do {
          _ = try bytes.withUnsafeBufferPointer { try PackedGrowth.pack(timeline: $0) }
          answered += 1
        } catch is WireError { continue }
      }
      try #require(answered > 1_000)
    }
  }
}
