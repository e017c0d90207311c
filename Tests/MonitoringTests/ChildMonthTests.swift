import Health
import Monitoring
import Programmes
import Samples
import Testing

@Suite("A child's months")
struct ChildMonthTests {
  /// The months of a child, from the first to the last, with the place of each.
  static func span(_ story: Story) throws -> [CivilMonth] { try story.months().map(\.month) }

  static func standing(
    _ story: Story, _ text: String, _ indicator: Indicator
  ) throws -> Contribution {
    let found = try story.months().first { $0.month == month(text) }
    return try #require(found)[indicator]
  }

  @Test("Nobody counts who was never born or lives nowhere")
  func none() throws {
    var story = Story()
    story.person(sex: .male, born: nil)
    story.lives(at: id(900), since: day("2023-01-15"))
    #expect(try story.months().isEmpty)
    #expect(try Story(.male, born: "2023-01-15", at: nil).months().isEmpty)
    var elsewhere = Story(.male, born: "2023-01-15", at: nil)
    elsewhere.lives(at: nil, since: day("2023-01-15"))
    #expect(try elsewhere.months().isEmpty)
  }

  @Test(
    "From the month of birth to the last month that ends before the fifth birthday",
    arguments: [
      ("2019-05-01", "2019-05", "2024-04"), ("2019-05-15", "2019-05", "2024-04"),
      ("2019-05-31", "2019-05", "2024-04"), ("2019-06-30", "2019-06", "2024-05"),
      ("2020-02-29", "2020-02", "2025-01"), ("2019-02-28", "2019-02", "2024-01"),
    ])
  func firstAndLast(birth: String, first: String, last: String) throws {
    let months = try Self.span(Story(.female, born: birth))
    #expect(months.first == month(first))
    #expect(months.last == month(last))
    #expect(months.count == 60)
  }

  @Test(
    "Age groups by completed months on the last day",
    arguments: [
      // Born on the 15th: six months are completed on 15 July 2020.
      ("2020-01", AgeGroup.months0To5), ("2020-06", .months0To5), ("2020-07", .months6To11),
      ("2020-12", .months6To11), ("2021-01", .months12To23), ("2021-12", .months12To23),
      ("2022-01", .months24To59), ("2024-12", .months24To59),
    ])
  func ageGroups(text: String, group: AgeGroup) throws {
    let months = try Story(.female, born: "2020-01-15").months()
    let found = try #require(months.first { $0.month == month(text) })
    #expect(found.stratum == Stratum(sex: .female, ageGroup: group))
  }

  @Test(
    "Limits of the age groups",
    arguments: [
      (-1, nil), (0, .months0To5), (5, .months0To5), (6, .months6To11), (11, .months6To11),
      (12, .months12To23), (23, .months12To23), (24, .months24To59), (59, .months24To59),
      (60, nil),
    ] as [(Int32, AgeGroup?)])
  func limits(months: Int32, group: AgeGroup?) {
    #expect(AgeGroup(CompletedMonths(months)) == group)
  }

  @Test("In the month of death everything is excluded; after it there is nothing")
  func death() throws {
    var story = Story(.male, born: "2023-01-15")
    story.visit("2023-06-01", grams: 7_000, centimetres: 65)
    story.tell(.death, on: day("2023-06-20"))
    let months = try story.months()
    #expect(months.last?.month == month("2023-06"))
    #expect(months.count == 6)
    let last = try #require(months.last)
    #expect(last.contributions.allSatisfy { $0 == Contribution(.excluded, .died) })
    #expect(months[4][.weighed] == Contribution(.missed, .notWeighed))
  }

  @Test("A death that was told by mistake and withdrawn is none")
  func deathWithdrawn() throws {
    var story = Story(.male, born: "2023-01-15")
    let death = story.tell(.death, on: day("2023-06-20"))
    #expect(try story.months().count == 6)
    story.withdraw(death, on: day("2023-07-01"))
    #expect(try story.months().count == 60)
  }

  @Test("Who has left counts nowhere from the month's end on, until coming back")
  func departure() throws {
    var story = Story(.male, born: "2023-01-15")
    story.tell(.departure, on: day("2023-03-31"))
    story.lives(at: id(901), since: day("2023-05-31"))
    let months = try story.months()
    #expect(Array(months.prefix(3).map(\.month)) == ["2023-01", "2023-02", "2023-05"].map(month))
    #expect(months[1].place == id(900))
    #expect(months[2].place == id(901))
  }

  @Test("A child that moves counts where it lives on the last day")
  func move() throws {
    for (since, place) in [("2023-06-30", 901), ("2023-07-01", 900)] {
      var story = Story(.male, born: "2023-01-15")
      story.visit("2023-06-10", grams: 7_000)
      story.lives(at: id(901), since: day(since))
      let months = try story.months()
      let june = try #require(months.first { $0.month == month("2023-06") })
      #expect(june.place == id(place))
      #expect(june[.weighed] == Contribution(.reached))
      #expect(months.count == 60)
      #expect(Set(months.map(\.month)).count == 60)
    }
  }

  @Test("Who came to live here later counts from then")
  func arrival() throws {
    var story = Story(.male, born: "2022-01-15", at: nil)
    story.visit("2022-06-10", grams: 7_000, book: true)
    story.lives(at: id(900), since: day("2023-03-20"))
    let months = try story.months()
    #expect(months.first?.month == month("2023-03"))
    #expect(months.first?[.hasChildHealthBook] == Contribution(.reached))
  }

  @Test("What is missing is unknown and says what; it is neither reached nor missed")
  func missing() throws {
    var story = Story(.female, born: "2022-01-15")
    story.visit("2023-02-10", grams: 9_000)
    story.visit("2023-03-10", centimetres: 74)
    let (no, yes) = (Contribution(.unknown, .noLength), Contribution(.unknown, .noWeight))
    #expect(try Self.standing(story, "2023-02", .stunted) == no)
    #expect(try Self.standing(story, "2023-02", .wasted) == no)
    #expect(try Self.standing(story, "2023-03", .wasted) == yes)
    #expect(try Self.standing(story, "2023-03", .underweight) == yes)
    #expect(try Self.standing(story, "2023-03", .stunted).reason == .withinLimits)
    #expect(try Self.standing(story, "2023-03", .weighed) == Contribution(.missed, .notWeighed))
    #expect(try Self.standing(story, "2023-03", .gainedOfWeighed).reason == .notWeighed)
    #expect(try Self.standing(story, "2023-04", .stunted) == Contribution(.unknown, .notMeasured))
    #expect(
      try Self.standing(story, "2023-04", .underweight) == Contribution(.unknown, .notWeighed))
  }

  @Test("Without the sex nothing that needs it is known")
  func noSex() throws {
    var story = Story(nil, born: "2022-01-15")
    story.visit("2023-02-10", grams: 9_000, centimetres: 74)
    for indicator in [Indicator.stunted, .wasted, .underweight, .belowRedLine] {
      #expect(
        try Self.standing(story, "2023-02", indicator) == Contribution(.unknown, .noSex))
    }
    #expect(try Self.standing(story, "2023-02", .weighed) == Contribution(.reached))
  }

  @Test("An implausible value is excluded; a believable one of the same month counts instead")
  func implausible() throws {
    var story = Story(.female, born: "2022-01-15")
    story.visit("2023-02-10", grams: 9_000, centimetres: 40)
    #expect(
      try Self.standing(story, "2023-02", .stunted) == Contribution(.excluded, .implausible))
    story.visit("2023-02-05", grams: 9_000, centimetres: 74)
    #expect(try Self.standing(story, "2023-02", .stunted).standing == .missed)
  }

  @Test("Oedema counts as severely wasted and severely underweight, as WHO counts it")
  func oedema() throws {
    var story = Story(.female, born: "2022-01-15")
    story.visit("2023-02-10", grams: 9_000, centimetres: 74, oedema: true)
    for indicator in [Indicator.wasted, .severelyWasted, .underweight, .severelyUnderweight] {
      #expect(
        try Self.standing(story, "2023-02", indicator) == Contribution(.reached, .oedema))
    }
    for indicator in [Indicator.overweight, .obese, .riskOfOverweight, .highWeightForAge] {
      #expect(
        try Self.standing(story, "2023-02", indicator) == Contribution(.missed, .oedema))
    }
    #expect(
      try Self.standing(story, "2023-02", .belowRedLine) == Contribution(.unknown, .oedema))
  }

  @Test("The Buku KIA: yes, no, and nobody asked")
  func book() throws {
    var story = Story(.female, born: "2022-01-15")
    story.visit("2022-03-10", grams: 5_000)
    story.visit("2022-04-10", grams: 5_500, book: false)
    story.visit("2022-06-10", grams: 6_500, book: true)
    let expected: [(String, Contribution)] = [
      ("2022-02", Contribution(.unknown, .bookNotRecorded)),
      ("2022-03", Contribution(.unknown, .bookNotRecorded)),
      ("2022-04", Contribution(.missed, .noBook)), ("2022-05", Contribution(.missed, .noBook)),
      ("2022-06", Contribution(.reached)), ("2022-12", Contribution(.reached)),
    ]
    for (text, contribution) in expected {
      #expect(try Self.standing(story, text, .hasChildHealthBook) == contribution, "\(text)")
    }
  }
}
