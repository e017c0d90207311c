import Guidance
import Health
import Testing

@testable import Programmes

extension HearingTest {
  /// "Yes" to all questions of a band.
  static func answers(_ band: Int) -> [DataElement: Int32] {
    var answers: [DataElement: Int32] = [:]
    for element in all[band].elements { answers[element] = 1 }
    return answers
  }
}

/// For how long what was seen earlier counts beside what is seen today: the last day and the day
/// after it.
@Suite("Edges of what was seen earlier")
struct LookbackTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let table: UInt16
    let months: Int32
    let earlier: [DataElement: Int32]
    /// The last day, counted back, on which it counts.
    let last: Int32
    let today: [DataElement: Int32]
    let counts: String?
    let after: String?

    init(
      _ table: UInt16, _ months: Int32, _ earlier: [DataElement: Int32], until last: Int32,
      with today: [DataElement: Int32] = [:], _ counts: String?, then after: String?
    ) {
      (self.table, self.months, self.earlier, self.last) = (table, months, earlier, last)
      (self.today, self.counts, self.after) = (today, counts, after)
    }

    var testDescription: String { "\(table): \(counts ?? "nothing"), then \(after ?? "nothing")" }
  }

  static let interviewed = ScreeningTests.autism(risks: 5)
  static let thinArm: [DataElement: Int32] = [.armCircumference: 1_200, .weight: 8_000]

  static let rows: [Row] = [
    // Red cells of the last year.
    Row(
      74, 40, [.cellVolume: 60, .redCells: 600], until: 364, with: [.cellVolume: 60],
      "indices_low", then: nil),
    Row(
      74, 40, [.cellVolume: 80, .redCells: 500, .cellHaemoglobin: 280], until: 364,
      with: [.cellVolume: 80], "indices_normal", then: nil),
    Row(
      74, 40, [.cellVolume: 80, .redCells: 500], until: 364,
      with: [.cellVolume: 80, .cellHaemoglobin: 280], "indices_normal", then: nil),
    Row(
      74, 40, [.cellVolume: 80, .cellHaemoglobin: 280], until: 364,
      with: [.cellVolume: 80, .redCells: 500], "indices_normal", then: nil),
    Row(
      74, 40, [.cellVolume: 73, .cellHaemoglobin: 280], until: 364, with: [.cellVolume: 80],
      "indices_low", then: nil),
    Row(
      81, 40, [.bloodGlucose: 200], until: 364, with: [.bloodGlucose: 90], "glucose_high",
      then: "glucose_normal"),
    Row(
      81, 40, [.bloodGlucose: 200, .diabetesSigns: 1], until: 364, with: [.fastingGlucose: 90],
      "glucose_high_with_signs", then: "glucose_normal"),
    Row(81, 40, [.bloodGlucose: 150], until: 364, "glucose_raised", then: nil),
    Row(
      81, 40, [.fastingGlucose: 100], until: 364, with: [.bloodGlucose: 90],
      "fasting_glucose_high", then: "glucose_normal"),
    // One eye may have been tested long before the other.
    Row(
      79, 50, [.rightEye: 2], until: 211, with: [.leftEye: 1], "vision_poor", then: "vision_good"),
    Row(
      79, 50, [.leftEye: 2], until: 211, with: [.rightEye: 1], "vision_poor", then: "vision_good"),
    // Growth: the signs of the last six weeks.
    Row(
      70, 12, [.weight: 3_999], until: 44, with: [.pittingOedema: 1], "malnutrition_refer",
      then: "malnutrition_to_examine"),
    Row(
      70, 12, [.growthRedFlag: 1], until: 44, with: thinArm, "thin_with_red_flag", then: "thin"),
  ]

  @Test("The last day and the day after", arguments: rows)
  func lookback(row: Row) throws {
    func found(_ ago: Int32) throws -> String? {
      try Plans.child(.months(row.months), row.today, earlier: row.earlier, ago: ago)
        .found(row.table)
    }
    #expect(try found(row.last) == row.counts)
    #expect(try found(row.last + 1) == row.after)
  }

  @Test(
    "What is no longer told is no longer asked",
    arguments: [
      (74, [.cellVolume: 60], 364), (85, DevelopmentTests.answers(36, yes: 8), 211),
      (89, [.developmentListPassed: 1], 181), (84, HearingTest.answers(4), 181),
    ] as [(UInt16, [DataElement: Int32], Int32)])
  func asked(table: UInt16, earlier: [DataElement: Int32], last: Int32) throws {
    func answer(_ ago: Int32) throws -> TableAnswer {
      try Plans.child(.months(33), earlier: earlier, ago: ago).answer(of: table)
    }
    #expect(try answer(last) != .notApplicable)
    #expect(try answer(last + 1) == .notApplicable)
  }

  @Test("Doubt that stayed counts for seven months")
  func doubtAgain() throws {
    func found(_ ago: Int32) throws -> String? {
      try Plans.child(.months(40), scores: [.questionnaireResult: 4], ago: ago).found(85)
    }
    #expect(try found(211) == "development_doubtful_again")
    #expect(try found(212) == nil)
  }

  @Test(
    "The interview after the M-CHAT-R counts for half a year",
    arguments: [
      (2, 181, "autism_risk_medium"), (2, 182, "autism_interview"), (1, 181, "autism_risk_low"),
      (1, 182, "autism_interview"),
    ] as [(Int32, Int32, String)])
  func interview(risks: Int32, ago: Int32, expected: String) throws {
    let plan = try Plans.child(
      .months(24), Self.interviewed, earlier: [.autismInterviewRisks: risks], ago: ago,
      settings: Plans.set((.autismInterviewFirst, 1)))
    #expect(plan.found(82) == expected)
  }

  /// Derived figures as they stand on a day, without what is measured today.
  @Test(
    "What was derived from growth counts for six weeks",
    arguments: [
      (72, [.notGainedInARow: 2], "not_gained_twice"),
      (72, [.weighingStatus: 4], "not_gained_once"),
      (72, [.weighingStatus: 3], "gained"), (72, [.weighingStatus: 2], "not_compared"),
      (72, [.weighingStatus: 1], "not_compared"),
      (70, [.weightForLengthScore: -350, .severeMalnutritionDays: 20], "malnutrition_no_better"),
      (70, [.weightForLengthScore: -250, .poorGrowthDays: 20], "thin_no_better"),
      (70, [.weightForLengthScore: 150], "overweight_risk"),
    ] as [(UInt16, [DataElement: Int32], String)])
  func derived(table: UInt16, scores: [DataElement: Int32], expected: String) throws {
    #expect(try Plans.child(.months(12), scores: scores, ago: 44).found(table) == expected)
    #expect(try Plans.child(.months(12), scores: scores, ago: 45).found(table) == nil)
  }

  @Test(
    "Appetite and complications of the last two weeks decide whether care may end",
    arguments: [
      ([.goodAppetite: 1], 13, "course_may_end"), ([.goodAppetite: 1], 14, "course_goes_on"),
      ([.malnutritionComplication: 1], 13, "course_to_hospital"),
      ([.malnutritionComplication: 1], 14, "course_may_end"),
    ] as [([DataElement: Int32], Int32, String)])
  func course(earlier: [DataElement: Int32], ago: Int32, expected: String) throws {
    var today: [DataElement: Int32] = [.malnutritionCare: 1]
    if earlier[.goodAppetite] == nil { today[.goodAppetite] = 1 }
    let plan = try Plans.child(
      .months(20), today, scores: [.recoveredVisits: 2], earlier: earlier, ago: ago)
    #expect(plan.found(73) == expected)
  }

  @Test("A child is under the care of severe malnutrition for 26 weeks")
  func underCare() throws {
    let well: [DataElement: Int32] = [
      .weight: 11_000, .lengthOrHeight: 8_300, .armCircumference: 1_400, .pittingOedema: 0,
    ]
    for (ago, word): (Int32, String) in [(181, "upcoming"), (182, "-")] {
      let plan = try Plans.child(.months(20), well, earlier: [.malnutritionCare: 1], ago: ago)
      #expect(plan.found(70) == "well_nourished")
      #expect(plan.word(156) == word)
      #expect(plan.word(157) == word)
    }
  }

  @Test("As long no iron is given, and feeding is looked at where it was pale")
  func noIron() throws {
    for (ago, anaemia): (Int32, String) in [
      (181, "child_anaemia_of_malnourished"), (182, "child_anaemia"),
    ] {
      let plan = try Plans.child(
        .months(30), [.pallorDegree: 2, .feedingProblem: 0, .armCircumference: 1_400],
        purpose: .sickChild, earlier: [.malnutritionCare: 1], ago: ago)
      #expect(plan.found(214) == anaemia)
      #expect(plan.found(219) == "no_feeding_problem")
    }
    let well = try Plans.child(
      .months(30), [.pallorDegree: 1, .feedingProblem: 0, .armCircumference: 1_400],
      purpose: .sickChild, earlier: [.malnutritionCare: 1], ago: 181)
    #expect(well.found(219) == nil)
  }

  @Test(
    "The gain of a small newborn counts for two weeks",
    arguments: [(19, "small_baby_gains_little"), (20, "small_baby_gains")] as [(Int32, String)])
  func smallBaby(gain: Int32, expected: String) throws {
    func found(_ ago: Int32) throws -> String? {
      try Plans.child(.days(40), scores: [.dailyGain: gain], weight: 2_400, ago: ago).found(83)
    }
    #expect(try found(13) == expected)
    #expect(try found(14) == nil)
  }

  @Test("Answers to a questionnaire count for half a year")
  func questionnaires() throws {
    // The KPSP of 30 months is looked at until 35 months and 15 days.
    for (score, months, days, answers): (UInt16, Int32, Int32, [DataElement: Int32]) in [
      (DevelopmentTests.number(30), 35, 10, DevelopmentTests.answers(30, yes: 8)),
      (124, 33, 0, HearingTest.answers(4)),
      (126, 50, 0, ScreeningTests.answers(BehaviourQuestions.behaviour) { _ in 0 }),
      (127, 25, 0, ScreeningTests.autism(risks: 1)),
      (128, 50, 0, ScreeningTests.answers(BehaviourQuestions.attention) { _ in 1 }),
    ] {
      let age = Period(months: months, days: days)
      let counts = try Plans.child(age, earlier: answers, ago: 181).score(score)
      #expect(counts?.unanswered == 0, "\(score)")
      #expect(try Plans.child(age, earlier: answers, ago: 182).score(score) == nil, "\(score)")
      // The first question alone is put again: the others are too old.
      guard let first = answers.keys.min(by: { $0.code < $1.code }) else { continue }
      let again = try Plans.child(age, [first: 0], earlier: answers, ago: 182).score(score)
      #expect(again?.unanswered == Int32(answers.count - 1), "\(score)")
    }
  }

  /// A child of 50 months who was asked about attention and worry at two visits.
  static func attention(
    asked: Int32, worry: Int32
  ) throws -> String {
    var life = Life(.male, born: "2022-04-15")
    let answers = ScreeningTests.answers(BehaviourQuestions.attention) { _ in 0 }
    for (ago, observed) in [(asked, answers), (worry, [.attentionConcern: 1])] {
      life.visit(
        .childDevelopment, on: CivilDate(dayNumber: Plans.day.dayNumber - ago), observed)
    }
    return try life.plan(on: Plans.day, by: [.childDevelopment]).word(170)
  }

  @Test("Attention is asked again while worry and answers are of the last half year")
  func attentionAgain() throws {
    #expect(try Self.attention(asked: 40, worry: 181) == "due")
    #expect(try Self.attention(asked: 40, worry: 182) == "-")
    #expect(try Self.attention(asked: 181, worry: 0) == "missed")
    #expect(try Self.attention(asked: 182, worry: 0) == "-")
  }
}
