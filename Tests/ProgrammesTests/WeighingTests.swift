import Health
import Programmes
import Samples
import Testing

@Suite("Least gain of weight")
struct MinimumWeightGainTests {
  @Test("Every month of the KMS, and the ends")
  func table() {
    let boys: [Int32] = [800, 900, 800, 600, 500, 400, 400, 300, 300, 300, 300, 200]
    let girls: [Int32] = [800, 900, 800, 600, 500, 400, 300, 300, 300, 300, 200, 200]
    for month in 1...12 {
      #expect(
        MinimumWeightGain.kia2023.grams(sex: .male, month: month).grams == boys[month - 1])
      #expect(
        MinimumWeightGain.kia2023.grams(sex: .female, month: month).grams == girls[month - 1])
    }
    for sex in Sex.allCases {
      #expect(MinimumWeightGain.kia2023.grams(sex: sex, month: 0).grams == 800)
      #expect(MinimumWeightGain.kia2023.grams(sex: sex, month: -5).grams == 800)
      #expect(MinimumWeightGain.kia2023.grams(sex: sex, month: 13).grams == 200)
      #expect(MinimumWeightGain.kia2023.grams(sex: sex, month: 59).grams == 200)
    }
  }
}

/// The KMS of a child, month by month, as a kader would fill it in.
@Suite("KMS status")
struct WeighingTests {
  /// The letters of the months in which the child was weighed; a digit after T counts them in a row.
  static func letters(
    _ story: Story, settings: GrowthSettings = GrowthSettings()
  ) throws -> String {
    let record = try story.timeline.reading { try GrowthRecord(timeline: $0, settings: settings) }
    return record.weighingMonths.map { month in
      switch month.status {
      case .firstWeighing: "B"
      case .notWeighedLastMonth: "O"
      case .gained: "N"
      case .notGained: "T\(month.notGainedInARow)"
      case nil: "?"
      }
    }.joined(separator: " ")
  }

  /// A boy born on 15 January 2023; from 12 months on 200 g have to be gained.
  static func boy(_ weighings: [(String, Int32)]) -> Story {
    var story = Story(.male, born: "2023-01-15")
    for (date, grams) in weighings { story.visit(date, grams: grams) }
    return story
  }

  @Test("The first weighing is B; a month without one makes the next O, not T")
  func firstAndMissed() throws {
    let story = Self.boy([
      ("2024-03-10", 9_000), ("2024-04-10", 9_200), ("2024-06-10", 9_000), ("2024-07-10", 9_100),
    ])
    #expect(try Self.letters(story) == "B N O T1")
  }

  @Test(
    "The least gain is enough, a gram less is not",
    arguments: [(9_200, "B N"), (9_199, "B T1"), (9_000, "B T1"), (8_500, "B T1")]
      as [(Int32, String)])
  func limit(grams: Int32, letters: String) throws {
    #expect(try Self.letters(Self.boy([("2024-03-10", 9_000), ("2024-04-10", grams)])) == letters)
  }

  @Test("Two T in a row are 2T, three are three; an N starts anew")
  func twoInARow() throws {
    let story = Self.boy([
      ("2024-01-20", 9_000), ("2024-02-20", 9_100), ("2024-03-20", 9_150), ("2024-04-20", 9_150),
      ("2024-05-20", 9_400), ("2024-06-20", 9_400),
    ])
    #expect(try Self.letters(story) == "B T1 T2 T3 N T1")
  }

  @Test("A missed month between two T: no 2T")
  func missedBetween() throws {
    let story = Self.boy([
      ("2024-01-20", 9_000), ("2024-02-20", 9_000), ("2024-04-20", 9_000), ("2024-05-20", 9_000),
    ])
    #expect(try Self.letters(story) == "B T1 O T1")
  }

  @Test("Of two weighings in a month the last counts, for the month and for the next")
  func twiceInAMonth() throws {
    let story = Self.boy([
      ("2024-03-05", 9_900), ("2024-03-25", 9_000), ("2024-04-01", 8_000), ("2024-04-30", 9_200),
    ])
    #expect(try Self.letters(story) == "B N")
  }

  @Test("A visit without a weight is no weighing, even as the month's last")
  func withoutWeight() throws {
    var story = Self.boy([("2024-03-10", 9_000), ("2024-04-10", 9_300)])
    story.visit("2024-04-20", centimetres: 76)
    story.visit("2024-05-20", centimetres: 77)
    story.visit("2024-06-20", grams: 9_800)
    #expect(try Self.letters(story) == "B N O")
  }

  @Test("With oedema the child was weighed all the same")
  func oedema() throws {
    var story = Self.boy([("2024-03-10", 9_000)])
    story.visit("2024-04-10", grams: 9_300, oedema: true)
    #expect(try Self.letters(story) == "B N")
  }

  @Test("December and January are months in a row")
  func newYear() throws {
    #expect(
      try Self.letters(Self.boy([("2024-12-31", 9_000), ("2025-01-01", 9_000)])) == "B T1")
  }

  @Test(
    "The gain asked for is that of the month of life at the weighing",
    arguments: [
      // A girl's 7th month asks for 300 g, a boy's for 400 g.
      (Sex.male, 7_399, "B T1"), (.male, 7_400, "B N"), (.female, 7_299, "B T1"),
      (.female, 7_300, "B N"),
    ] as [(Sex, Int32, String)])
  func sexes(sex: Sex, grams: Int32, letters: String) throws {
    var story = Story(sex, born: "2023-01-15")
    story.visit("2023-07-20", grams: 7_000)
    story.visit("2023-08-20", grams: grams)
    #expect(try Self.letters(story) == letters)
  }

  @Test("Without the sex, or the birth date, nobody can say N or T")
  func unknown() throws {
    var story = Story(nil, born: "2023-01-15")
    story.visit("2024-03-10", grams: 9_000)
    story.visit("2024-04-10", grams: 9_000)
    #expect(try Self.letters(story) == "B ?")
    var other = Story()
    other.person(sex: .male, born: nil)
    other.visit("2024-03-10", grams: 9_000)
    other.visit("2024-04-10", grams: 9_000)
    #expect(try Self.letters(other) == "B ?")
  }

  @Test("A correction of last month's weight changes this month's status")
  func corrected() throws {
    var story = Self.boy([("2024-03-10", 9_000)])
    let second = story.visit("2024-04-10", grams: 9_300)
    story.visit("2024-05-10", grams: 9_400)
    #expect(try Self.letters(story) == "B N T1")
    story.visit("2024-04-10", grams: 9_030, replacing: second)
    #expect(try Self.letters(story) == "B T1 N")
    story.withdraw(second, on: day("2024-06-01"))
    #expect(try Self.letters(story) == "B T1 N")
  }

  @Test("The gain, the least gain and the measurement before are told")
  func reason() throws {
    let record = try Self.boy([("2024-03-10", 9_000), ("2024-04-10", 9_150)])
      .timeline.reading { try GrowthRecord(timeline: $0) }
    let last = try #require(record.weighingMonths.last)
    #expect(last.gain == Mass(grams: 150))
    #expect(last.leastGain == Mass(grams: 200))
    #expect(last.previous == 0)
    #expect(last.measurement == 1)
    #expect(last.month == month("2024-04"))
  }
}

@Suite("Doubts")
struct DoubtTests {
  static func doubts(_ story: Story) throws -> MeasurementDoubts? {
    try story.timeline.reading { try GrowthRecord(timeline: $0).measurements.last?.doubts }
  }

  @Test(
    "Shorter by more than 1.0 cm in the same position",
    arguments: [
      (80.0, 79.0, BodyPosition.lying, BodyPosition.lying, false),
      (80.0, 78.99, .lying, .lying, true), (80.0, 81.0, .lying, .lying, false),
      (80.0, 70.0, .lying, .standing, false), (80.0, 78.0, .standing, .standing, true),
    ])
  func height(
    before: Double, after: Double, position: BodyPosition, later: BodyPosition, isDoubted: Bool
  ) throws {
    var story = Story(.female, born: "2022-01-15")
    story.visit("2024-03-10", centimetres: before, position: position)
    story.visit("2024-04-10", centimetres: after, position: later)
    #expect(try Self.doubts(story)?.contains(.heightFell) == isDoubted)
  }

  @Test(
    "Heavier or lighter by more than a quarter, or 5 kg, within 31 days",
    arguments: [
      ("2024-04-10", 10_000, 12_500, false), ("2024-04-10", 10_000, 12_501, true),
      ("2024-04-10", 10_000, 7_500, false), ("2024-04-10", 10_000, 7_499, true),
      ("2024-04-11", 10_000, 20_000, false), ("2024-04-10", 21_000, 26_001, true),
      ("2024-04-10", 21_000, 26_000, false),
    ] as [(String, Int32, Int32, Bool)])
  func weight(date: String, before: Int32, after: Int32, isDoubted: Bool) throws {
    var story = Story(.female, born: "2022-01-15")
    story.visit("2024-03-10", grams: before)
    story.visit(date, grams: after)
    #expect(try Self.doubts(story)?.contains(.weightJumped) == isDoubted)
  }

  @Test(
    "A newborn may gain more than a quarter until two months",
    arguments: [("2024-03-01", false), ("2024-03-02", true)])
  func newborn(date: String, isDoubted: Bool) throws {
    // Born on 1 January 2024: 1 March is day 60, 2 March day 61.
    var story = Story(.female, born: "2024-01-01")
    story.visit("2024-02-10", grams: 3_500)
    story.visit(date, grams: 4_600)
    #expect(try Self.doubts(story)?.contains(.weightJumped) == isDoubted)
  }
}
