import Guidance
import Health
import Testing

@testable import Programmes

/// What follows something that was found: the day before it opens, is late and is over, and the day
/// itself.
@Suite("Windows of what follows")
struct FollowingTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let service: UInt16
    let born: CivilDate
    let found: [DataElement: Int32]
    /// The word from each day on; the finding is of 15 January 2026.
    let words: [(from: CivilDate, word: String)]

    init(
      _ service: UInt16, born: CivilDate, _ found: [DataElement: Int32],
      _ words: (CivilDate, String)...
    ) {
      (self.service, self.born, self.found) = (service, born, found)
      self.words = words.map { (from: $0.0, word: $0.1) }
    }

    var testDescription: String { "\(service)" }
  }

  static let rows: [Row] = [
    // A finding at six months: again in two weeks; after three months it is over.
    Row(
      153, born: "2025-07-10", [.sixMonthFinding: 2], ("2026-01-15", "upcoming"),
      ("2026-01-29", "due"), ("2026-02-05", "late"), ("2026-04-15", "missed")),
    // A doubtful KPSP: again after two weeks.
    Row(
      160, born: "2023-01-10", DevelopmentTests.answers(36, yes: 8), ("2026-01-15", "upcoming"),
      ("2026-01-29", "due"), ("2026-02-12", "late"), ("2026-04-15", "missed")),
    // A likely deviation: sent on at once, late after two weeks, over after half a year.
    Row(
      161, born: "2023-01-10", DevelopmentTests.answers(36, yes: 6), ("2026-01-15", "due"),
      ("2026-01-29", "late"), ("2026-07-15", "missed")),
    // One problem of behaviour: again after three months.
    Row(
      166, born: "2022-01-10", AgeWindowTests.behaviour, ("2026-01-15", "upcoming"),
      ("2026-04-15", "due"), ("2026-05-15", "late")),
    // A worry about autism: asked at once, late after two weeks.
    Row(
      168, born: "2024-06-20", [.autismConcern: 1], ("2026-01-15", "due"), ("2026-01-29", "late"),
      ("2027-01-20", "-")),
    // A worry about attention: asked at once, late after two weeks, over after half a year.
    Row(
      169, born: "2022-01-10", [.attentionConcern: 1], ("2026-01-15", "due"),
      ("2026-01-29", "late"), ("2026-07-15", "missed")),
    // Attention below the limit while the worry stays: again after a month.
    Row(
      170, born: "2022-01-10", AgeWindowTests.attention, ("2026-01-15", "upcoming"),
      ("2026-02-15", "due"), ("2026-03-15", "late"), ("2026-05-15", "missed")),
    // SHK again after two weeks, on the 14th day of life at the latest.
    Row(
      140, born: "2026-01-05", [.thyroidSampleTaken: 1, .thyroidResult: 2],
      ("2026-01-15", "upcoming"), ("2026-01-29", "due"), ("2026-02-05", "late"),
      ("2026-02-26", "missed")),
    Row(
      140, born: "2026-01-01", [.thyroidSampleTaken: 1, .thyroidResult: 2],
      ("2026-02-05", "late"), ("2026-02-26", "missed"), ("2026-02-27", "-")),
  ]

  @Test("The day before and the day", arguments: rows)
  func following(row: Row) throws {
    var life = Life(.male, born: row.born, weight: 3_000, gestation: 280)
    life.visit(.childDevelopment, on: "2026-01-15", row.found)
    func word(_ day: CivilDate) throws -> String {
      try life.plan(on: day, by: Guideline.motherAndChild).word(row.service)
    }
    for place in row.words.indices {
      let (from, expected) = row.words[place]
      #expect(try word(from) == expected)
      guard place > 0 else { continue }
      #expect(
        try word(CivilDate(dayNumber: from.dayNumber - 1)) == row.words[place - 1].word)
    }
  }

  /// What a class found today owes.
  @Test("Each class of growth owes its visit")
  func growth() throws {
    for (found, seenAgain, weekly): ([DataElement: Int32], String, String) in [
      ([.armCircumference: 1_100, .malnutritionComplication: 1], "-", "upcoming"),
      ([.armCircumference: 1_100], "-", "upcoming"),
      ([.armCircumference: 1_200, .growthRedFlag: 1], "upcoming", "-"),
      ([.armCircumference: 1_200], "upcoming", "-"), ([.armCircumference: 1_300], "-", "-"),
    ] {
      let observed = found.merging([.weight: 8_000]) { $1 }
      let scores: [DataElement: Int32] = [.weightForLengthScore: 0, .weightForAgeScore: 0]
      let plan = try Plans.child(.months(12), observed, scores: scores)
      #expect(plan.word(155) == seenAgain)
      #expect(plan.word(156) == weekly)
    }
    // No better after one and two weeks.
    for (weight, service): (Int32, UInt16) in [(7_300, 156), (8_000, 155)] {
      let life = MalnutritionCourseTests.life([("2026-03-01", weight), ("2026-03-20", weight)])
      #expect(try life.plan(on: "2026-03-20", by: [.growthFollowUp]).word(service) == "upcoming")
    }
  }

  @Test(
    "What a kader hands over",
    arguments: [
      ([.weightForAgeScore: -301], "due", "-"), ([.notGainedInARow: 2], "due", "-"),
      ([.weighingStatus: 4], "due", "-"), ([.weightForAgeScore: 101], "-", "due"),
      ([.weightForAgeScore: 100], "-", "-"), ([.weighingStatus: 3], "-", "-"),
    ] as [([DataElement: Int32], String, String)])
  func handedOver(scores: [DataElement: Int32], word: String, heavy: String) throws {
    let known: [DataElement: Int32] = [
      .weightForAgeScore: 0, .notGainedInARow: 0, .weighingStatus: 3,
    ]
    let plan = try Plans.child(.months(12), scores: known.merging(scores) { $1 })
    #expect(plan.word(158) == word)
    #expect(plan.word(355) == heavy)
  }

  @Test("A questionnaire is done when all its questions are answered, and scored from its first")
  func wholeQuestionnaire() throws {
    for (service, score, months, elements): (UInt16, UInt16, Int32, [DataElement]) in [
      (
        DevelopmentTests.number(36), DevelopmentTests.number(36), 36,
        (0..<10).map { DevelopmentTests.kpsp(36).element($0) }
      ),
      (162, 124, 30, HearingTest.all[4].elements), (165, 126, 42, BehaviourQuestions.behaviour),
      (167, 127, 24, BehaviourQuestions.autism),
    ] {
      let all = Dictionary(uniqueKeysWithValues: elements.map { ($0, Int32(1)) })
      #expect(try Plans.child(.months(months), all).word(service) == "done", "\(service)")
      for left in elements {
        var others = all
        others[left] = nil
        let plan = try Plans.child(.months(months), others)
        #expect(plan.word(service) == "due", "\(service) without \(left.code)")
      }
      let first = try Plans.child(.months(months), [elements[0]: 1])
      #expect(first.word(service) == "due", "\(service)")
      #expect(first.score(score)?.unanswered == Int32(elements.count - 1), "\(service)")
      let second = try Plans.child(.months(months), [elements[1]: 1])
      #expect(second.word(service) == "due", "\(service)")
      #expect(second.score(score) == nil, "\(service)")
    }
    let attention = BehaviourQuestions.attention
    var answers = ScreeningTests.answers(attention) { _ in 1 }
    answers[.attentionConcern] = 1
    #expect(try Plans.child(.months(48), answers).word(169) == "done")
    answers[attention[9]] = nil
    #expect(try Plans.child(.months(48), answers).word(169) == "due")
    #expect(try Plans.child(.months(30), [HearingTest.all[4].element(1): 1]).found(84) == nil)
    #expect(try Plans.child(.months(24), [BehaviourQuestions.autism[1]: 1]).found(82) == nil)
  }

  @Test("Questions keep their codes, and choices their number")
  func codes() {
    #expect(DevelopmentTests.kpsp(3).element(0).code == 1_000)
    #expect(DevelopmentTests.kpsp(6).element(0).code == 1_010)
    #expect(
      HearingTest.all.map { $0.element(0).code } == [1_200, 1_205, 1_210, 1_215, 1_220, 1_225])
    for element in [DataElement.rightEye, .leftEye, .redReflex] {
      #expect(element.believes(1) && element.believes(2) && !element.believes(3))
    }
    #expect(
      DataElement.questionnaireResult.believes(4) && !DataElement.questionnaireResult.believes(5))
  }
}
