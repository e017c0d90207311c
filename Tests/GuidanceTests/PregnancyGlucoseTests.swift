import Guidance
import Health
import Testing

@testable import Programmes

/// Glucose in pregnancy: its classes, the test of 24 weeks, a high random value and what answers it.
@Suite("Glucose in pregnancy")
struct PregnancyGlucoseTests {
  @Test(
    "Diabetes",
    arguments: [
      ([.fastingGlucose: 91, .glucoseAfterTwoHours: 152], "no_diabetes"),
      ([.fastingGlucose: 92, .glucoseAfterTwoHours: 100], "diabetes_of_pregnancy"),
      ([.fastingGlucose: 125, .glucoseAfterTwoHours: 100], "diabetes_of_pregnancy"),
      ([.fastingGlucose: 126, .glucoseAfterTwoHours: 100], "diabetes_found"),
      ([.fastingGlucose: 80, .glucoseAfterTwoHours: 153], "diabetes_of_pregnancy"),
      ([.fastingGlucose: 80, .glucoseAfterTwoHours: 199], "diabetes_of_pregnancy"),
      ([.fastingGlucose: 80, .glucoseAfterTwoHours: 200], "diabetes_found"),
      ([.bloodGlucose: 199], nil), ([.bloodGlucose: 200], "diabetes_found"),
    ] as [([DataElement: Int32], String?)])
  func diabetes(observed: [DataElement: Int32], expected: String?) throws {
    #expect(try Plans.pregnant(180, observed).found(47) == expected)
  }

  @Test(
    "A normal fasting glucose alone says no diabetes only where a district has set so",
    arguments: [
      ([.fastingGlucose: 91], nil, "no_diabetes"),
      ([.fastingGlucose: 92], "diabetes_of_pregnancy", "diabetes_of_pregnancy"),
      (
        [.fastingGlucose: 91, .glucoseAfterTwoHours: 153], "diabetes_of_pregnancy",
        "diabetes_of_pregnancy"
      ),
      ([.glucoseAfterTwoHours: 152], nil, nil), ([.bloodGlucose: 120], nil, nil),
    ] as [([DataElement: Int32], String?, String?)])
  func fastingAlone(observed: [DataElement: Int32], both: String?, fasting: String?) throws {
    let plan = try Plans.pregnant(180, observed)
    #expect(plan.found(47) == both)
    if both == nil, observed[.fastingGlucose] != nil {
      #expect(plan.missing(47) == .element(DataElement.glucoseAfterTwoHours.code))
    }
    let settings = Plans.set((.normalFastingGlucoseIsEnough, 1))
    #expect(try Plans.pregnant(180, observed, settings: settings).found(47) == fasting)
  }

  /// A random glucose of 200 on day 120, then what was tested so many days later.
  private static func afterHighGlucose(
    _ observed: [DataElement: Int32], after days: Int32, then more: [DataElement: Int32] = [:],
    settings: ClinicalSettings = ClinicalSettings()
  ) throws -> CarePlan {
    let period: CivilDate = "2026-01-01"
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: period + .days(40))
    life.visit(.antenatal, on: period + .days(120), [.bloodGlucose: 200])
    life.visit(.antenatal, on: period + .days(120 + days), observed)
    life.visit(.antenatal, on: period + .days(220), more)
    return try life.plan(on: period + .days(220), by: [.pregnancy], settings: settings)
  }

  @Test(
    "A high random glucose is dealt with by both values of a later day",
    arguments: [
      ([:], 1, [:], "diabetes_found"),
      ([.fastingGlucose: 80, .glucoseAfterTwoHours: 100], 1, [:], "glucose_normal_so_far"),
      // The day itself does not tell which came first, and what came before says nothing.
      ([.fastingGlucose: 80, .glucoseAfterTwoHours: 100], 0, [:], "diabetes_found"),
      ([.fastingGlucose: 80, .glucoseAfterTwoHours: 100], -1, [:], "diabetes_found"),
      ([.fastingGlucose: 80], 1, [:], "diabetes_found"),
      ([.fastingGlucose: 92, .glucoseAfterTwoHours: 100], 1, [:], "diabetes_of_pregnancy"),
      ([.fastingGlucose: 126, .glucoseAfterTwoHours: 100], 1, [:], "diabetes_found"),
      // A lower random glucose afterwards neither closes nor opens it; a high one opens it again.
      ([:], 1, [.bloodGlucose: 100], "diabetes_found"),
      (
        [.fastingGlucose: 80, .glucoseAfterTwoHours: 100], 1, [.bloodGlucose: 199],
        "glucose_normal_so_far"
      ),
      (
        [.fastingGlucose: 80, .glucoseAfterTwoHours: 100], 1, [.bloodGlucose: 200],
        "diabetes_found"
      ),
    ] as [([DataElement: Int32], Int32, [DataElement: Int32], String)])
  func highGlucose(
    observed: [DataElement: Int32], days: Int32, more: [DataElement: Int32], expected: String
  ) throws {
    #expect(try Self.afterHighGlucose(observed, after: days, then: more).found(47) == expected)
  }

  @Test("Where a normal fasting glucose is enough, it deals with a high random glucose too")
  func highGlucoseAndFasting() throws {
    let settings = Plans.set((.normalFastingGlucoseIsEnough, 1))
    for (days, expected): (Int32, String) in [
      (0, "diabetes_found"), (1, "glucose_normal_so_far"), (47, "glucose_normal_so_far"),
      (48, "no_diabetes"),
    ] {
      let plan = try Self.afterHighGlucose([.fastingGlucose: 80], after: days, settings: settings)
      #expect(plan.found(47) == expected)
    }
  }

  /// The table of the referral, the day of its answer, what the answer was, what the plan says.
  static let answers: [(UInt16, Int32, ReferralOutcome, String)] = [
    (47, 119, .sentBack, "diabetes_found"), (47, 120, .sentBack, "high_glucose_answered"),
    (47, 121, .sentBack, "high_glucose_answered"), (47, 130, .received, "high_glucose_answered"),
    (47, 119, .sentOn, "diabetes_found"), (47, 120, .sentOn, "high_glucose_sent_on"),
    (1, 130, .received, "diabetes_found"),
  ]

  @Test(
    "The answer to a referral for glucose is told and is no green class; another one is no answer",
    arguments: answers)
  func glucoseAnswered(
    table: UInt16, day: Int32, outcome: ReferralOutcome, expected: String
  ) throws {
    let period: CivilDate = "2026-01-01"
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: period + .days(40))
    life.visit(.antenatal, on: period + .days(120), [.bloodGlucose: 200])
    var body = ReferralBody(facility: nil, facilityName: Array("RSUD".utf8))
    body.reasons = [.classified(table: table, row: 1)]
    let sent = life.tell(.referral, on: period + .days(110), body.bytes)
    let answer = ReferralAnswerBody(referral: sent, outcome: outcome)
    life.tell(.referralAnswer, on: period + .days(day), answer.bytes)
    #expect(try life.plan(on: period + .days(140), by: [.pregnancy]).found(47) == expected)
    // What says more comes first, before and after the answer.
    life.visit(.antenatal, on: period + .days(141), [.fastingGlucose: 126])
    #expect(
      try life.plan(on: period + .days(141), by: [.pregnancy]).found(47) == "diabetes_found")
  }

  @Test("A high glucose is never closed by care at home, however the referral was answered")
  func answeredIsNotGreen() {
    let rows = DecisionTable.diabetesInPregnancy.rows.filter {
      ["high_glucose_answered", "high_glucose_sent_on"].contains($0.name.description)
    }
    #expect(rows.map(\.urgency) == [.treat, .treat])
    #expect(rows.map(\.actions) == [[.askForReferralAnswer], [.followReferralAnswer]])
  }

  @Test("After a high random glucose both values are asked, at any week, until they are known")
  func highGlucoseAsks() throws {
    let period: CivilDate = "2026-01-01"
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: period + .days(40))
    let both: Set<UInt16> = [
      DataElement.fastingGlucose.code, DataElement.glucoseAfterTwoHours.code,
    ]
    func asked(_ day: Int32) throws -> Set<UInt16> {
      try BookTests.asked(.antenatal, life, on: period + .days(day)).intersection(both)
    }
    #expect(try asked(120).isEmpty)
    life.visit(.antenatal, on: period + .days(120), [.bloodGlucose: 200])
    #expect(try asked(121) == both)
    life.visit(
      .antenatal, on: period + .days(125), [.fastingGlucose: 80, .glucoseAfterTwoHours: 100])
    #expect(try asked(126).isEmpty)
  }

  /// The day of an early test, both values, and what stands at 24 weeks: service 121, the class of
  /// table 47, whether both are asked.
  static let earlyTests: [(Int32, Int32, Int32, String, String?, Bool)] = [
    // Normal the day before 24 weeks: asked again; on the day and after it that is the test itself.
    (100, 91, 152, "due", "glucose_normal_so_far", true),
    (167, 91, 152, "due", "glucose_normal_so_far", true),
    (168, 91, 152, "done", "no_diabetes", false),
    (169, 91, 152, "done", "no_diabetes", false),
    // Diabetes was found early: it is known, and nothing is asked again.
    (167, 92, 100, "-", "diabetes_of_pregnancy", false),
    (167, 80, 153, "-", "diabetes_of_pregnancy", false),
    (100, 126, 100, "-", "diabetes_found", false),
    // Found by the test of 24 weeks, that test was done.
    (168, 92, 100, "done", "diabetes_of_pregnancy", false),
  ]

  @Test("A normal test before 24 weeks is made again from then on", arguments: earlyTests)
  func testedEarly(
    day: Int32, fasting: Int32, afterSugar: Int32, word: String, found: String?, isAsked: Bool
  ) throws {
    let period: CivilDate = "2026-01-01"
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: period + .days(40))
    life.visit(
      .antenatal, on: period + .days(day),
      [.fastingGlucose: fasting, .glucoseAfterTwoHours: afterSugar])
    let plan = try life.plan(on: period + .days(170), by: [.pregnancy])
    #expect(plan.word(121) == word)
    #expect(plan.found(47) == found)
    let both: Set<UInt16> = [
      DataElement.fastingGlucose.code, DataElement.glucoseAfterTwoHours.code,
    ]
    let asked = try BookTests.asked(.antenatal, life, on: period + .days(170))
    #expect(asked.intersection(both) == (isAsked ? both : []))
    // Before 24 weeks nobody is asked again.
    #expect(
      try BookTests.asked(.antenatal, life, on: period + .days(167)).isDisjoint(with: both))
  }

  @Test("One of two values that is of an early day leaves the test unfinished")
  func halfTestedEarly() throws {
    let period: CivilDate = "2026-01-01"
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: period + .days(40))
    life.visit(
      .antenatal, on: period + .days(100), [.fastingGlucose: 80, .glucoseAfterTwoHours: 100])
    life.visit(.antenatal, on: period + .days(175), [.fastingGlucose: 80])
    let day = period + .days(176)
    #expect(try life.plan(on: day, by: [.pregnancy]).found(47) == "glucose_normal_so_far")
    let asked = try BookTests.asked(.antenatal, life, on: day)
    #expect(!asked.contains(DataElement.fastingGlucose.code))
    #expect(asked.contains(DataElement.glucoseAfterTwoHours.code))
    let enough = Plans.set((.normalFastingGlucoseIsEnough, 1))
    #expect(
      try life.plan(on: day, by: [.pregnancy], settings: enough).found(47) == "no_diabetes")
  }

  @Test("Without a date nobody can tell whether the test was of 24 weeks: it is said so and asked")
  func testedWithoutDate() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: nil, known: "2026-02-10")
    life.visit(
      .antenatal, on: "2026-04-01", [.fastingGlucose: 80, .glucoseAfterTwoHours: 100])
    let plan = try life.plan(on: "2026-04-02", by: [.pregnancy])
    #expect(plan.missing(47) == .gestationalAge)
    #expect(plan.word(121) == "unknown")
    let asked = try BookTests.asked(.antenatal, life, on: "2026-04-02")
    #expect(asked.contains(DataElement.fastingGlucose.code))
  }
}
