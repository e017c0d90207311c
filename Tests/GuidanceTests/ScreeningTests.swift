import Guidance
import Health
import Testing

@testable import Programmes

/// Hearing, sight and behaviour: when each is put, how it is scored, what follows.
@Suite("Hearing, sight and behaviour")
struct ScreeningTests {
  @Test(
    "Hearing: by its ages",
    arguments: [
      (2, "upcoming"), (3, "due"), (4, "late"), (6, "due"), (9, "due"), (12, "due"), (13, "late"),
      (15, "late"), (18, "due"), (66, "due"), (71, "late"), (72, "due"), (77, "late"), (78, "-"),
    ] as [(Int32, String)])
  func hearingAges(months: Int32, word: String) throws {
    #expect(try Plans.child(.months(months)).word(162) == word)
  }

  @Test("Hearing: any no is referred, in each band", arguments: HearingTest.all.indices)
  func hearing(index: Int) throws {
    let test = HearingTest.all[index]
    let age = Period.months(test.months.from + 1)
    var answers: [DataElement: Int32] = [:]
    for element in test.elements { answers[element] = 1 }
    let good = try Plans.child(age, answers)
    #expect(good.found(84) == "hearing_good")
    #expect(good.score(UInt16(120 + index))?.band.name.description == "hearing_normal")
    for element in test.elements {
      var one = answers
      one[element] = 0
      let plan = try Plans.child(age, one)
      #expect(plan.found(84) == "hearing_refer")
      #expect(plan.score(UInt16(120 + index))?.band.name.description == "hearing_doubtful")
      #expect(
        try Plans.child(age, one, settings: Plans.set((.hearingIsRepeatedFirst, 1))).found(84)
          == "hearing_again")
    }
    #expect(good.word(162) == (test.months.from == 0 ? "upcoming" : "done") || index == 0)
    #expect(try Plans.child(age).found(84) == nil)
    // In the band after it the answers are old.
    if index < 5 {
      let after = try Plans.child(.months(test.months.until), answers)
      #expect(after.score(UInt16(120 + index)) == nil)
    }
  }

  @Test("How many questions each band of the hearing test has")
  func hearingItems() {
    #expect(HearingTest.all.map { $0.items } == [3, 4, 4, 5, 3, 2])
    #expect(HearingTest.all.map { $0.months.from } == [0, 6, 9, 12, 24, 36])
    #expect(HearingTest.all.map { $0.months.until } == [6, 9, 12, 24, 36, 78])
  }

  @Test(
    "Sight by the E chart from three years, red reflex before",
    arguments: [
      (163, 34, "-"), (163, 35, "upcoming"), (163, 36, "due"), (163, 37, "late"), (163, 42, "due"),
      (163, 72, "due"), (163, 73, "late"), (163, 78, "-"), (164, 0, "due"), (164, 23, "due"),
      (164, 24, "late"), (164, 36, "-"),
      (165, 35, "upcoming"), (165, 36, "due"), (165, 37, "late"), (165, 72, "due"), (165, 78, "-"),
      (167, 15, "-"), (167, 16, "upcoming"), (167, 18, "due"), (167, 19, "late"), (167, 24, "due"),
      (167, 30, "late"), (167, 31, "-"),
    ] as [(UInt16, Int32, String)])
  func ages(service: UInt16, months: Int32, word: String) throws {
    #expect(try Plans.child(.months(months)).word(service) == word)
  }

  @Test("The free health check looks at the red reflex from one year on")
  func redReflexSetting() throws {
    let settings = Plans.set((.redReflexFromDays, 365))
    #expect(try Plans.child(.days(364), settings: settings).word(164) == "upcoming")
    #expect(try Plans.child(.days(365), settings: settings).word(164) == "due")
  }

  @Test("Results of sight")
  func sight() throws {
    #expect(try Plans.child(.months(40), [.rightEye: 1, .leftEye: 1]).found(79) == "vision_good")
    #expect(try Plans.child(.months(40), [.rightEye: 2, .leftEye: 1]).found(79) == "vision_poor")
    #expect(try Plans.child(.months(40), [.rightEye: 1, .leftEye: 2]).found(79) == "vision_poor")
    #expect(try Plans.child(.months(5), [.redReflex: 1]).found(86) == "red_reflex_normal")
    #expect(try Plans.child(.months(5), [.redReflex: 2]).found(86) == "red_reflex_abnormal")
    #expect(try Plans.child(.months(36), [.redReflex: 2]).found(86) == nil)
  }

  static func answers(_ elements: [DataElement], _ value: (Int) -> Int32) -> [DataElement: Int32] {
    var answers: [DataElement: Int32] = [:]
    for (place, element) in elements.enumerated() { answers[element] = value(place) }
    return answers
  }

  @Test(
    "KMPE: none, one, two",
    arguments: [(0, "behaviour_normal"), (1, "behaviour_counsel"), (2, "behaviour_refer")])
  func behaviour(yes: Int, band: String) throws {
    #expect(BehaviourQuestions.behaviour.count == 14)
    let plan = try Plans.child(
      .months(40), Self.answers(BehaviourQuestions.behaviour) { $0 < yes ? 1 : 0 })
    #expect(plan.score(126)?.band.name.description == band)
    #expect(plan.word(166) == (yes == 1 ? "upcoming" : "-"))
  }

  @Test("One yes is asked again after three months")
  func behaviourAgain() throws {
    var life = Life(.female, born: "2022-06-01")
    life.visit(
      .childDevelopment, on: "2026-01-01",
      Self.answers(BehaviourQuestions.behaviour) { $0 < 1 ? 1 : 0 })
    let words = try (["2026-03-31", "2026-04-01", "2026-04-30", "2026-05-01"] as [CivilDate]).map {
      try life.plan(on: $0, by: [.childDevelopment]).word(166)
    }
    #expect(words == ["upcoming", "due", "due", "late"])
    // It is asked until half a year is over.
    #expect(try life.plan(on: "2026-06-30", by: [.childDevelopment]).word(166) == "late")
    #expect(try life.plan(on: "2026-07-01", by: [.childDevelopment]).isOwed(166) == false)
    // Begun anew, the three months count from there, though it was not asked to its end.
    life.visit(.childDevelopment, on: "2026-02-01", [BehaviourQuestions.behaviour[0]: 1])
    #expect(try life.plan(on: "2026-04-30", by: [.childDevelopment]).word(166) == "upcoming")
    #expect(try life.plan(on: "2026-05-02", by: [.childDevelopment]).word(166) == "due")
  }

  /// The risk answers of the M-CHAT-R, written down a second time.
  static let riskIsYes: Set<Int> = [2, 5, 12]
  static func autism(risks: Int) -> [DataElement: Int32] {
    answers(BehaviourQuestions.autism) { place in
      let isRisk = place < risks
      return riskIsYes.contains(place + 1) == isRisk ? 1 : 0
    }
  }

  @Test(
    "M-CHAT-R",
    arguments: [
      (0, "autism_low", "autism_risk_low", "autism_risk_low"),
      (2, "autism_low", "autism_risk_low", "autism_risk_low"),
      (3, "autism_medium", "autism_risk_medium", "autism_interview"),
      (7, "autism_medium", "autism_risk_medium", "autism_interview"),
      (8, "autism_high", "autism_risk_high", "autism_risk_high"),
      (20, "autism_high", "autism_risk_high", "autism_risk_high"),
    ])
  func autism(risks: Int, band: String, ministry: String, authors: String) throws {
    let plan = try Plans.child(.months(18), Self.autism(risks: risks))
    #expect(plan.score(127)?.least == Int32(risks))
    #expect(plan.score(127)?.band.name.description == band)
    #expect(plan.found(82) == ministry)
    let settings = Plans.set((.autismInterviewFirst, 1))
    #expect(
      try Plans.child(.months(18), Self.autism(risks: risks), settings: settings).found(82)
        == authors)
  }

  @Test(
    "After the interview two risks that stay are referred",
    arguments: [(1, "autism_risk_low"), (2, "autism_risk_medium")] as [(Int32, String)])
  func interview(risks: Int32, expected: String) throws {
    let answers = Self.autism(risks: 5).merging([.autismInterviewRisks: risks]) { $1 }
    #expect(
      try Plans.child(.months(18), answers, settings: Plans.set((.autismInterviewFirst, 1)))
        .found(82) == expected)
  }

  @Test("On concern it is put at any age from 16 months")
  func autismConcern() throws {
    #expect(try Plans.child(.months(16), [.autismConcern: 1]).word(168) == "due")
    #expect(try Plans.child(.months(16), [.autismConcern: 0]).word(168) == "-")
    #expect(try Plans.child(Period(months: 15, days: 27), [.autismConcern: 1]).word(168) == "-")
    let answered = Self.autism(risks: 0).merging([.autismConcern: 1]) { $1 }
    #expect(try Plans.child(.months(16), answered).word(168) == "done")
  }

  /// Whether the form asks the M-CHAT-R of a boy of an age, all of it or nothing.
  static func isAutismAsked(
    at age: Period, earlier: [DataElement: Int32] = [:], ago: Int32 = 0
  ) throws -> Bool {
    let day = Plans.day
    var life = Life(
      .male, born: CivilDate(dayNumber: day.addingMonths(-Int(age.months)).dayNumber - age.days))
    life.visit(.childDevelopment, on: CivilDate(dayNumber: day.dayNumber - ago), earlier)
    let codes = BehaviourQuestions.autism.map { $0.code }
    let asked = try BookTests.asked(.development, life, on: day).intersection(codes)
    #expect(asked.isEmpty || asked.count == codes.count)
    // Whatever the plan owes can be entered.
    let plan = try life.plan(on: day, by: [.childDevelopment])
    #expect(!(plan.isOwed(167) || plan.isOwed(168)) || !asked.isEmpty)
    return !asked.isEmpty
  }

  @Test(
    "The form asks the M-CHAT-R on every day on which it is owed",
    arguments: [
      (16, 0, false), (17, 27, false), (18, 0, true), (20, 0, true), (21, 0, true), (23, 27, true),
      (24, 0, true), (26, 0, true), (29, 0, true), (30, 27, true), (31, 0, false),
    ] as [(Int32, Int32, Bool)])
  func autismIsAsked(months: Int32, days: Int32, isAsked: Bool) throws {
    #expect(try Self.isAutismAsked(at: Period(months: months, days: days)) == isAsked)
  }

  @Test("What was begun can be answered to its end")
  func autismIsAskedToItsEnd() throws {
    let whole = Self.autism(risks: 0)
    let half = whole.filter { $0.key.code < BehaviourQuestions.autism[10].code }
    for months: Int32 in [21, 27] {
      #expect(try Self.isAutismAsked(at: .months(months), earlier: half, ago: 30))
      #expect(try Self.isAutismAsked(at: .months(months), earlier: whole, ago: 30))
    }
  }

  @Test("On a worry it is asked from 16 months on")
  func autismIsAskedOnConcern() throws {
    let worry: [DataElement: Int32] = [.autismConcern: 1]
    #expect(try Self.isAutismAsked(at: .months(16), earlier: worry))
    #expect(try Self.isAutismAsked(at: Period(months: 17, days: 27), earlier: worry, ago: 50))
    #expect(try !Self.isAutismAsked(at: .months(16), earlier: [.autismConcern: 0]))
    #expect(try !Self.isAutismAsked(at: .months(31), earlier: worry))
  }

  @Test(
    "GPPH: 13 of 30 points",
    arguments: [(12, "attention_below_limit"), (13, "attention_refer")] as [(Int32, String)])
  func attention(points: Int32, band: String) throws {
    let answers = Self.answers(BehaviourQuestions.attention) { place in
      max(0, min(3, points - Int32(place) * 3))
    }
    let plan = try Plans.child(
      .months(48), answers.merging([.attentionConcern: 1]) { $1 })
    #expect(plan.score(128)?.least == points)
    #expect(plan.score(128)?.most == points)
    #expect(plan.score(128)?.band.name.description == band)
    #expect(plan.word(169) == "done")
    #expect(plan.word(170) == (points == 12 ? "upcoming" : "-"))
    #expect(try Plans.child(.months(48), answers).word(170) == "-")
  }

  @Test("GPPH that is answered in part lies between two sums")
  func attentionInPart() throws {
    let plan = try Plans.child(.months(48), [BehaviourQuestions.attention[0]: 2])
    #expect(plan.score(128)?.least == 2)
    #expect(plan.score(128)?.most == 29)
    #expect(plan.score(128)?.unanswered == 9)
    #expect(plan.score(128)?.isCertain == false)
    #expect(try Plans.child(.months(48), [.attentionConcern: 1]).word(169) == "due")
    #expect(try Plans.child(.months(35), [.attentionConcern: 1]).word(169) == "-")
  }
}
