import Guidance
import Health
import Testing

@testable import Programmes

/// KPSP, hearing, sight, behaviour: when each is put, how it is scored, what follows.
@Suite("Development")
struct DevelopmentTests {
  static func kpsp(_ months: Int32) -> DevelopmentQuestionnaire {
    DevelopmentQuestionnaire.all[DevelopmentQuestionnaire.ages.firstIndex(of: months) ?? 0]
  }
  static func number(_ months: Int32) -> UInt16 {
    100 + UInt16(DevelopmentQuestionnaire.ages.firstIndex(of: months) ?? 0)
  }
  /// Answers to a KPSP of which so many are "yes".
  static func answers(_ months: Int32, yes: Int) -> [DataElement: Int32] {
    var answers: [DataElement: Int32] = [:]
    for item in 0..<10 { answers[kpsp(months).element(item)] = item < yes ? 1 : 0 }
    return answers
  }

  @Test("The ages of the schedule")
  func ages() {
    #expect(
      DevelopmentQuestionnaire.ages
        == [3, 6, 9, 12, 15, 18, 21, 24, 30, 36, 42, 48, 54, 60, 66, 72])
  }

  @Test(
    "A questionnaire is put from 16 days before its age until the next one",
    arguments: [
      (3, "2026-03-16", "upcoming"), (3, "2026-03-17", "due"), (3, "2026-04-30", "due"),
      (3, "2026-05-01", "late"), (3, "2026-06-16", "late"), (3, "2026-06-17", "-"),
      (6, "2026-06-16", "upcoming"), (6, "2026-06-17", "due"), (24, "2027-12-16", "upcoming"),
      (24, "2027-12-17", "due"), (72, "2031-12-17", "due"), (72, "2032-06-16", "late"),
      (72, "2032-06-17", "-"),
    ] as [(Int32, CivilDate, String)])
  func windows(months: Int32, day: CivilDate, word: String) throws {
    let life = Life(.female, born: "2026-01-01", weight: 3_000, gestation: 280)
    #expect(try life.plan(on: day, by: [.childDevelopment]).word(Self.number(months)) == word)
  }

  @Test(
    "A child born at 32 weeks gets it eight weeks later, until it is two years old",
    arguments: [
      (3, "2026-05-11", "upcoming"), (3, "2026-05-12", "due"), (21, "2027-11-10", "upcoming"),
      (21, "2027-11-11", "due"), (21, "2027-12-16", "due"), (21, "2027-12-17", "-"),
      (24, "2027-12-17", "due"),
    ] as [(Int32, CivilDate, String)])
  func early(months: Int32, day: CivilDate, word: String) throws {
    // Term is the 26th of February.
    let life = Life(.female, born: "2026-01-01", weight: 1_800, gestation: 224)
    #expect(try life.plan(on: day, by: [.childDevelopment]).word(Self.number(months)) == word)
  }

  @Test(
    "From 37 weeks nothing is corrected; without weeks neither",
    arguments: [258, 259, nil] as [Int32?])
  func corrected(gestation: Int32?) throws {
    let life = Life(.female, born: "2026-01-01", weight: 2_600, gestation: gestation)
    let record = try life.record(on: "2026-05-01")
    #expect(record.termBirthDate == (gestation == 258 ? "2026-01-23" : "2026-01-01"))
  }

  @Test(
    "Score and class",
    arguments: [
      (6, "deviation", "development_deviation"), (7, "doubtful", "development_doubtful"),
      (8, "doubtful", "development_doubtful"), (9, "as_expected", "development_as_expected"),
      (10, "as_expected", "development_as_expected"), (0, "deviation", "development_deviation"),
    ])
  func classes(yes: Int, band: String, result: String) throws {
    let plan = try Plans.child(.months(9), Self.answers(9, yes: yes))
    #expect(plan.score(Self.number(9))?.band.name.description == band)
    #expect(plan.score(Self.number(9))?.isCertain == true)
    #expect(plan.found(85) == result)
  }

  @Test("Whichever questions were answered with yes, the sum is the same")
  func whichQuestions() throws {
    for (yes, points): (Range<Int>, Int32) in [(0..<6, 6), (4..<10, 6), (3..<10, 7), (1..<10, 9)] {
      var answers: [DataElement: Int32] = [:]
      for item in 0..<10 { answers[Self.kpsp(9).element(item)] = yes.contains(item) ? 1 : 0 }
      var life = Life(.male, born: "2025-09-01", weight: 3_000, gestation: 280)
      life.visit(.childDevelopment, on: "2026-06-15", answers)
      #expect(try life.record(on: "2026-06-15").latest(.questionnairePoints)?.value == points)
    }
  }

  @Test("An answer that was set right on the same day is the one that counts")
  func setRight() throws {
    var life = Life(.male, born: "2025-09-01", weight: 3_000, gestation: 280)
    var first: [DataElement: Int32] = [:]
    for item in 0..<4 { first[Self.kpsp(9).element(item)] = 1 }
    life.visit(.childDevelopment, on: "2026-06-15", first)
    var second: [DataElement: Int32] = [:]
    for item in 0..<10 { second[Self.kpsp(9).element(item)] = item < 4 ? 0 : 1 }
    life.visit(.childDevelopment, on: "2026-06-15", second)
    #expect(try life.record(on: "2026-06-15").latest(.questionnairePoints)?.value == 6)
  }

  @Test("Without the answer to one question, whichever it is, it has no sum", arguments: 0..<10)
  func oneUnanswered(item: Int) throws {
    var life = Life(.male, born: "2025-09-01", weight: 3_000, gestation: 280)
    life.visit(.childDevelopment, on: "2026-03-15", Self.answers(6, yes: 8))
    var answers = Self.answers(9, yes: 10)
    answers[Self.kpsp(9).element(item)] = nil
    life.visit(.childDevelopment, on: "2026-06-15", answers)
    let record = try life.record(on: "2026-06-15")
    #expect(record.latest(.questionnaireMonths)?.value == 6)
    #expect(record.latest(.questionnairePoints)?.value == 8)
  }

  @Test("A questionnaire that is not answered whole has no class")
  func incomplete() throws {
    var answers = Self.answers(9, yes: 10)
    answers[Self.kpsp(9).element(9)] = nil
    let plan = try Plans.child(.months(9), answers)
    #expect(plan.found(85) == nil)
    #expect(plan.score(Self.number(9))?.unanswered == 1)
  }

  /// The KPSP of nine months is put from 17 September 2026 on. Its answers of two days, in two parts.
  @Test(
    "Put in two parts it is done where both are of one day; else it is begun",
    arguments: [
      ("2026-10-01", "2026-10-01", 5, "done", nil, "development_as_expected"),
      ("2026-10-01", "2026-10-02", 5, "late", [2, 5], nil),
      ("2026-09-30", "2026-10-01", 9, "late", [1, 1], nil),
      ("2026-09-16", "2026-10-02", 0, "done", nil, "development_as_expected"),
      ("2026-09-16", "2026-09-16", 5, "late", nil, "development_as_expected"),
    ] as [(CivilDate, CivilDate, Int, String, [Int]?, String?)])
  func inParts(
    first: CivilDate, second: CivilDate, before: Int, word: String, begun: [Int]?, found: String?
  ) throws {
    var life = Life(.female, born: "2026-01-01", weight: 3_000, gestation: 280)
    let all = Self.answers(9, yes: 10)
    let early = Set((0..<before).map { Self.kpsp(9).element($0) })
    life.visit(.childDevelopment, on: first, all.filter { early.contains($0.key) })
    life.visit(.childDevelopment, on: second, all.filter { !early.contains($0.key) })
    let day: CivilDate = "2026-11-02"
    let record = try life.record(on: day)
    #expect(try life.plan(on: day, by: [.childDevelopment]).word(Self.number(9)) == word)
    #expect(try life.plan(on: day, by: [.childDevelopment]).found(85) == found)
    let told = Self.kpsp(9).service.begun(since: "2026-09-17", Evaluation(record))
    if word != "done" {
      #expect(told.map { [Int(($0.on - "2026-10-01").count) + 1, $0.answered] } == begun)
      #expect(told.map { $0.questions == 10 } ?? true)
    }
  }

  @Test("Put twice on one day, the last counts")
  func twiceOnADay() throws {
    for (first, second, found) in [
      (6, 10, "development_as_expected"), (10, 6, "development_deviation"),
      (8, 10, "development_as_expected"), (8, 7, "development_doubtful"),
    ] {
      var life = Life(.female, born: "2026-01-01", weight: 3_000, gestation: 280)
      life.visit(.childDevelopment, on: "2026-10-01", Self.answers(9, yes: first))
      life.visit(.childDevelopment, on: "2026-10-01", Self.answers(9, yes: second))
      #expect(
        try life.plan(on: "2026-10-01", by: [.childDevelopment]).found(85) == found)
    }
  }

  /// A child of nine months who was doubtful on the first of October.
  static func doubtful() -> Life {
    var life = Life(.female, born: "2026-01-01", weight: 3_000, gestation: 280)
    life.visit(.childDevelopment, on: "2026-10-01", answers(9, yes: 8))
    return life
  }

  @Test(
    "Doubtful: again after two weeks",
    arguments: [
      ("2026-10-14", "upcoming"), ("2026-10-15", "due"), ("2026-10-28", "due"),
      ("2026-10-29", "late"), ("2026-12-31", "late"), ("2027-01-01", "missed"),
    ] as [(CivilDate, String)])
  func again(day: CivilDate, word: String) throws {
    #expect(try Self.doubtful().plan(on: day, by: [.childDevelopment]).word(160) == word)
  }

  @Test(
    "What the repeat says",
    arguments: [
      ("2026-10-15", 9, "development_as_expected", "-"),
      ("2026-10-15", 8, "development_doubtful_again", "due"),
      ("2026-10-15", 7, "development_doubtful_again", "due"),
      ("2026-10-15", 6, "development_deviation", "due"),
      ("2026-10-14", 8, "development_doubtful", "-"),
    ] as [(CivilDate, Int, String, String)])
  func repeated(day: CivilDate, yes: Int, result: String, referral: String) throws {
    var life = Self.doubtful()
    life.visit(.childDevelopment, on: day, Self.answers(9, yes: yes))
    let plan = try life.plan(on: day, by: [.childDevelopment])
    #expect(plan.found(85) == result)
    #expect(plan.word(161) == referral)
    if referral == "due" {
      #expect(try life.plan(on: day + .days(14), by: [.childDevelopment]).word(161) == "late")
      life.visit(.childDevelopment, on: day + .days(3), by: .doctor, [.developmentReferred: 1])
      #expect(try life.plan(on: day + .days(14), by: [.childDevelopment]).word(161) == "done")
    }
  }

  @Test("Put too early it does not shift the two weeks; another form begins anew")
  func tooEarly() throws {
    var life = Self.doubtful()
    life.visit(.childDevelopment, on: "2026-10-05", Self.answers(9, yes: 8))
    life.visit(.childDevelopment, on: "2026-10-15", Self.answers(9, yes: 8))
    #expect(
      try life.plan(on: "2026-10-15", by: [.childDevelopment]).found(85)
        == "development_doubtful_again")
    var next = Self.doubtful()
    next.visit(.childDevelopment, on: "2027-01-05", Self.answers(12, yes: 8))
    #expect(
      try next.plan(on: "2027-01-05", by: [.childDevelopment]).found(85) == "development_doubtful")
  }

  @Test("The repeat may come after one week where the district wants it")
  func weekLater() throws {
    var life = Self.doubtful()
    life.visit(.childDevelopment, on: "2026-10-08", Self.answers(9, yes: 8))
    let settings = Plans.set((.questionnaireAgainDays, 7))
    #expect(
      try life.plan(on: "2026-10-08", by: [.childDevelopment], settings: settings).found(85)
        == "development_doubtful_again")
    #expect(
      try life.plan(on: "2026-10-08", by: [.childDevelopment]).found(85) == "development_doubtful")
  }

  @Test(
    "The development list of the Buku KIA",
    arguments: [
      ("2026-01-29", "-"), ("2026-01-30", "due"), ("2026-03-30", "late"), ("2026-04-01", "due"),
      ("2026-07-01", "due"), ("2031-01-01", "due"), ("2031-12-31", "late"), ("2032-01-01", "-"),
    ] as [(CivilDate, String)])
  func list(day: CivilDate, word: String) throws {
    let life = Life(.female, born: "2026-01-01", weight: 3_000)
    #expect(try life.plan(on: day, by: [.childDevelopment]).word(171) == word)
  }

  @Test(
    "What the list leaves open goes to a health worker",
    arguments: [(0, "list_not_passed"), (1, "list_passed")] as [(Int32, String)])
  func listResult(passed: Int32, expected: String) throws {
    #expect(try Plans.child(.months(10), [.developmentListPassed: passed]).found(89) == expected)
  }
}
