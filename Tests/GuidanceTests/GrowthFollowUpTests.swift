import Guidance
import Health
import Testing

@testable import Programmes

/// Who acts when growth falters, and when.
@Suite("Follow-up of growth")
struct GrowthFollowUpTests {
  static func found(
    _ table: UInt16, months: Int32 = 12, _ observed: [DataElement: Int32] = [:],
    _ scores: [DataElement: Int32], settings: ClinicalSettings = ClinicalSettings()
  ) throws -> String? {
    try Plans.child(.months(months), observed, scores: scores, settings: settings).found(table)
  }

  /// Weight for length; weight for age is normal, the arm is thick.
  @Test(
    "Weight for length",
    arguments: [
      (-301, "malnutrition_to_examine"), (-300, "thin"), (-201, "thin"), (-200, "well_nourished"),
      (100, "well_nourished"), (101, "overweight_risk"), (200, "overweight_risk"),
      (201, "overweight"), (300, "overweight"), (301, "obese"),
      // What WHO flags is dealt with all the same.
      (-500, "malnutrition_to_examine"), (-501, "malnutrition_to_examine"),
      (-662, "malnutrition_to_examine"), (500, "obese"), (501, "obese"),
    ] as [(Int32, String)])
  func weightForLength(score: Int32, expected: String) throws {
    #expect(
      try Self.found(
        70, [.weight: 8_000, .armCircumference: 1_400],
        [.weightForLengthScore: score, .weightForAgeScore: 0]) == expected)
  }

  @Test(
    "What WHO flags is measured once more",
    arguments: [
      (.weightForLengthScore, -500, nil), (.weightForLengthScore, -501, "measured_again"),
      (.weightForLengthScore, 500, nil), (.weightForLengthScore, 501, "measured_again"),
      (.lengthForAgeScore, -600, nil), (.lengthForAgeScore, -601, "measured_again"),
      (.lengthForAgeScore, 600, nil), (.lengthForAgeScore, 601, "measured_again"),
      (.weightForAgeScore, -600, nil), (.weightForAgeScore, -601, "measured_again"),
      (.weightForAgeScore, 500, nil), (.weightForAgeScore, 501, "measured_again"),
      (.headScore, -500, nil), (.headScore, -501, "measured_again"),
    ] as [(DataElement, Int32, String?)])
  func flagged(element: DataElement, score: Int32, expected: String?) throws {
    #expect(try Self.found(315, [:], [element: score]) == expected)
    #expect(try Self.found(315, months: 0, [:], [element: score]) == nil)
    #expect(try Self.found(315, [:], [:]) == nil)
  }

  @Test(
    "What WHO flags is measured again from the 29th day until five years, for 45 days",
    arguments: [
      (.days(28), 0, nil), (.days(29), 0, "measured_again"),
      (Period(months: 60, days: -1), 0, "measured_again"), (.months(60), 0, nil),
      (.months(12), 44, "measured_again"), (.months(12), 45, nil),
    ] as [(Period, Int32, String?)])
  func flaggedAt(age: Period, ago: Int32, expected: String?) throws {
    for score: Int32 in [-501, 501] {
      let plan = try Plans.child(age, scores: [.weightForLengthScore: score], ago: ago)
      #expect(plan.found(315) == expected, "\(score)")
    }
  }

  /// Months, grams, tenths of a millimetre, arm; the class of weight for length and of the chart
  /// book.
  @Test(
    "The thinnest children are severely malnourished, as measured",
    arguments: [
      (12, 5_200, 7_400, "malnutrition_to_examine"), (30, 7_000, 8_500, "malnutrition_to_examine"),
      (5, 3_900, 6_200, "malnutrition_refer"), (36, 22_000, 9_500, "obese"),
    ] as [(Int32, Int32, Int32, String)])
  func thinnest(months: Int32, grams: Int32, length: Int32, expected: String) throws {
    let day: CivilDate = "2026-06-10"
    var life = Life(.male, born: day + .months(-months))
    life.visit(.childDevelopment, on: day, [.weight: grams, .lengthOrHeight: length])
    let plan = try life.plan(on: day, by: Guideline.motherAndChild)
    #expect(plan.found(70) == expected)
    #expect(plan.found(315) == "measured_again")
  }

  @Test(
    "Before six months too little weight is helped at the breast: no extra food, no Mantoux",
    arguments: [(0, "thin_infant"), (5, "thin_infant"), (6, "thin"), (12, "thin")]
      as [(Int32, String)])
  func infant(months: Int32, expected: String) throws {
    let plan = try Plans.child(
      .months(months), [.weight: 4_500],
      scores: [.weightForLengthScore: -250, .weightForAgeScore: -250])
    #expect(plan.found(70) == expected)
    let row = DecisionTable.growthFollowUp.rows.first { $0.name.description == "thin_infant" }
    #expect(row?.actions == [.breastfeedingHelp, .seeWeekly, .referToDoctor])
    #expect(plan.word(155) != "-")
    let asked = try Plans.child(.months(months), scores: [.weighingStatus: 4]).found(72)
    #expect(asked == (months < 6 ? "infant_not_gained_once" : "not_gained_once"))
  }

  @Test(
    "Other signs",
    arguments: [
      (12, [.armCircumference: 1_149], "malnutrition_to_examine"),
      (12, [.armCircumference: 1_150], "thin"),
      (12, [.armCircumference: 1_249], "thin"), (12, [.armCircumference: 1_250], "well_nourished"),
      // Under six months the arm has another limit.
      (5, [.armCircumference: 1_149], "well_nourished"),
      (12, [.pittingOedema: 1], "malnutrition_to_examine"),
      (12, [.malnutritionComplication: 1, .pittingOedema: 1], "malnutrition_refer"),
      (5, [.pittingOedema: 1], "malnutrition_refer"),
      (12, [.weight: 3_999, .pittingOedema: 1], "malnutrition_refer"),
      (12, [.weight: 4_000, .pittingOedema: 1], "malnutrition_to_examine"),
      (12, [.growthRedFlag: 1, .armCircumference: 1_200], "thin_with_red_flag"),
      (12, [.growthRedFlag: 1], "well_nourished"),
    ] as [(Int32, [DataElement: Int32], String)])
  func signs(months: Int32, observed: [DataElement: Int32], expected: String) throws {
    let all = [DataElement.weight: 8_000, .armCircumference: 1_400, .pittingOedema: 0]
      .merging(observed) { $1 }
    #expect(
      try Self.found(70, months: months, all, [.weightForLengthScore: 0, .weightForAgeScore: 0])
        == expected)
  }

  @Test(
    "Therapy at home only for a child that was seen to eat, or is in care already",
    arguments: [
      ([:], "malnutrition_to_examine"), ([.goodAppetite: 1], "malnutrition_at_home"),
      ([.goodAppetite: 0], "malnutrition_refer"), ([.noAppetite: 0], "malnutrition_at_home"),
      ([.noAppetite: 1], "malnutrition_refer"), ([.malnutritionCare: 1], "malnutrition_at_home"),
      ([.malnutritionCare: 2], "malnutrition_to_examine"),
      ([.goodAppetite: 1, .malnutritionComplication: 1], "malnutrition_refer"),
    ] as [([DataElement: Int32], String)])
  func appetite(observed: [DataElement: Int32], expected: String) throws {
    let all = observed.merging([.weight: 8_000, .armCircumference: 1_120]) { $1 }
    let scores: [DataElement: Int32] = [.weightForLengthScore: 0, .weightForAgeScore: 0]
    #expect(try Self.found(70, months: 16, all, scores) == expected)
    #expect(try Plans.child(.months(16), all, scores: scores).word(156) != "-")
  }

  @Test(
    "A test of appetite counts for two weeks",
    arguments: [
      ([.goodAppetite: 1], "malnutrition_at_home"), ([.goodAppetite: 0], "malnutrition_refer"),
      ([.noAppetite: 0], "malnutrition_at_home"), ([.noAppetite: 1], "malnutrition_refer"),
    ] as [([DataElement: Int32], String)])
  func appetiteLately(tested: [DataElement: Int32], expected: String) throws {
    for (ago, found) in [(Int32(13), expected), (14, "malnutrition_to_examine")] {
      let plan = try Plans.child(
        .months(12), [.pittingOedema: 1, .weight: 8_000], earlier: tested, ago: ago)
      #expect(plan.found(70) == found, "\(ago)")
    }
  }

  @Test(
    "Care that was begun counts for 26 weeks",
    arguments: [(181, "malnutrition_at_home"), (182, "malnutrition_to_examine")]
      as [(Int32, String)])
  func inCareLately(ago: Int32, expected: String) throws {
    let plan = try Plans.child(
      .months(16), [.weight: 8_000, .armCircumference: 1_120], earlier: [.malnutritionCare: 1],
      ago: ago)
    #expect(plan.found(70) == expected)
  }

  @Test("What a visit of a sick child found before six months refers once it is six months old")
  func sickBeforeSixMonths() throws {
    var life = Life(.male, born: "2025-12-10", weight: 3_000, gestation: 280)
    life.visit(
      .sickChild, on: "2026-06-09", [.pittingOedema: 1, .weight: 5_000, .goodAppetite: 1])
    for day in ["2026-06-09", "2026-06-10", "2026-06-12"] as [CivilDate] {
      let plan = try life.plan(on: day, by: Guideline.motherAndChild)
      #expect(plan.found(215) == "severe_malnutrition_complicated", "\(day)")
      #expect(plan.found(70) == "malnutrition_refer", "\(day)")
    }
  }

  @Test("A complication that the visit of a sick child found refers here too")
  func pneumonia() throws {
    let fast: [DataElement: Int32] = [
      .coughOrHardBreathing: 1, .breathsPerMinute: 45, .chestIndrawing: 0, .noAppetite: 0,
      .armCircumference: 1_120, .weight: 8_000,
    ]
    #expect(
      try Plans.child(.months(16), fast, purpose: .sickChild).found(70) == "malnutrition_refer")
    let slow = fast.merging([.breathsPerMinute: 30]) { $1 }
    #expect(
      try Plans.child(.months(16), slow, purpose: .sickChild).found(70) == "malnutrition_at_home")
  }

  @Test(
    "Weight that did not rise twice or more: weighed again after one to two weeks",
    arguments: [
      (1, 7, "-"), (2, 0, "upcoming"), (2, 6, "upcoming"), (2, 7, "due"), (2, 13, "due"),
      (2, 14, "late"), (3, 7, "due"), (2, 44, "late"), (2, 45, "-"), (0, 7, "-"),
    ] as [(Int32, Int32, String)])
  func notGained(times: Int32, ago: Int32, word: String) throws {
    var life = Life(.male, born: "2025-03-01", weight: 3_000, gestation: 280)
    let day = CivilDate(dayNumber: Plans.day.dayNumber - ago)
    let visit = life.visit(.childDevelopment, on: day, [.armCircumference: 1_400])
    var record = try life.record(on: Plans.day)
    record.observe(DataElement.notGainedInARow.code, times, on: day, fact: visit)
    #expect(CarePlan([.growthFollowUp], for: record).word(311) == word)
    // Who is thin as well is weighed again for that alone.
    record.observe(DataElement.weightForAgeScore.code, -201, on: day, fact: visit)
    #expect(CarePlan([.growthFollowUp], for: record).word(311) == "-")
  }

  /// The day of birth, what was seen and how many days ago: the fifteenth of December is half a
  /// year ago.
  static let thinAsWell: [(CivilDate, DataElement, Int32, Int32, String)] = [
    ("2025-03-01", .weightForLengthScore, -201, 0, "-"),
    ("2025-03-01", .weightForLengthScore, -200, 0, "upcoming"),
    ("2025-03-01", .weightForLengthScore, -201, 44, "-"),
    ("2025-03-01", .weightForLengthScore, -201, 45, "upcoming"),
    ("2025-03-01", .weightForAgeScore, -201, 0, "-"),
    ("2025-03-01", .weightForAgeScore, -200, 0, "upcoming"),
    ("2025-03-01", .weightForAgeScore, -201, 44, "-"),
    ("2025-03-01", .weightForAgeScore, -201, 45, "upcoming"),
    ("2025-03-01", .armCircumference, 1_249, 0, "-"),
    ("2025-03-01", .armCircumference, 1_250, 0, "upcoming"),
    ("2025-03-01", .armCircumference, 1_249, 44, "-"),
    ("2025-03-01", .armCircumference, 1_249, 45, "upcoming"),
    ("2025-12-15", .armCircumference, 1_249, 0, "-"),
    ("2025-12-16", .armCircumference, 1_249, 0, "upcoming"),
  ]

  @Test(
    "Who was seen to be thin in the last 45 days is not weighed again for two weights as well",
    arguments: thinAsWell)
  func notGainedAndThin(
    born: CivilDate, element: DataElement, value: Int32, ago: Int32, word: String
  ) throws {
    var life = Life(.male, born: born, weight: 3_000, gestation: 280)
    let visit = life.visit(.childDevelopment, on: Plans.day)
    var record = try life.record(on: Plans.day)
    record.observe(element.code, value, on: Plans.day + .days(-ago), fact: visit)
    record.observe(DataElement.notGainedInARow.code, 2, on: Plans.day, fact: visit)
    #expect(CarePlan([.growthFollowUp], for: record).word(311) == word)
  }

  @Test(
    "A weight that did not rise is handed over from the 29th day until five years",
    arguments: [
      (.days(28), "-"), (.days(29), "due"), (Period(months: 60, days: -1), "due"),
      (.months(60), "-"),
    ] as [(Period, String)])
  func handedOverAt(age: Period, word: String) throws {
    let plan = try Plans.child(
      age, scores: [.weighingStatus: 4, .notGainedInARow: 0, .weightForAgeScore: 0])
    #expect(plan.word(158) == word)
  }

  @Test(
    "A newborn is not judged by the KMS; from the 29th day on it is below the red line",
    arguments: [
      (28, -350, nil, nil), (29, -350, "below_red_line", 158), (28, 150, nil, nil),
      (29, 150, "above_orange_line", 355),
    ] as [(Int32, Int32, String?, UInt16?)])
  func newbornOnChart(days: Int32, score: Int32, expected: String?, seen: UInt16?) throws {
    let plan = try Plans.child(
      .days(days), scores: [.weightForAgeScore: score, .notGainedInARow: 0, .weighingStatus: 1])
    // With one weighing a newborn has nothing to be compared with.
    #expect(plan.found(72) == expected ?? "not_compared")
    for service: UInt16 in [158, 355] {
      #expect(plan.isOwed(service) == (service == seen), "\(service)")
    }
  }

  @Test("Once it rose again, an older row of weights that did not is over")
  func gainedBetween() throws {
    var record = try Life(.male, born: "2025-03-01", weight: 3_000).record(on: Plans.day)
    for (ago, times): (Int32, Int32) in [(40, 2), (20, 0), (1, 1)] {
      record.observe(
        DataElement.notGainedInARow.code, times, on: Plans.day + .days(-ago),
        fact: Identifier(high: 0, low: UInt64(ago)))
    }
    #expect(CarePlan([.growthFollowUp], for: record).word(311) == "-")
  }

  @Test(
    "A weight that did not rise counts for 45 days, until the next round at the latest",
    arguments: [
      (12, 44, "not_gained_once"), (12, 45, nil), (4, 44, "infant_not_gained_once"), (4, 45, nil),
    ] as [(Int32, Int32, String?)])
  func chartLately(months: Int32, ago: Int32, expected: String?) throws {
    let plan = try Plans.child(
      .months(months), scores: [.weighingStatus: 4], earlier: [.armCircumference: 1_400], ago: ago)
    #expect(plan.found(72) == expected)
  }

  @Test(
    "Every class of the KMS but a good one is seen by a health worker",
    arguments: [
      (4, [.weighingStatus: 4], "infant_not_gained_once", "due"),
      (12, [.weighingStatus: 4], "not_gained_once", "due"),
      (12, [.weighingStatus: 4, .notGainedInARow: 2], "not_gained_twice", "due"),
      (12, [.weighingStatus: 3, .weightForAgeScore: -301], "below_red_line", "due"),
      // The orange line has a line of its own.
      (12, [.weighingStatus: 3, .weightForAgeScore: 101], "above_orange_line", "-"),
      (12, [.weighingStatus: 3, .weightForAgeScore: 0], "gained", "-"),
      (12, [.weighingStatus: 1, .weightForAgeScore: 0], "not_compared", "-"),
    ] as [(Int32, [DataElement: Int32], String, String)])
  func seenByHealthWorker(
    months: Int32, scores: [DataElement: Int32], expected: String, word: String
  ) throws {
    let known: [DataElement: Int32] = [.notGainedInARow: 0, .weightForAgeScore: 0]
    let plan = try Plans.child(.months(months), scores: known.merging(scores) { $1 })
    #expect(plan.found(72) == expected)
    #expect(plan.word(158) == word)
    #expect(plan.word(355) == (expected == "above_orange_line" ? "due" : "-"))
  }

  @Test(
    "Underweight alone is too little as well",
    arguments: [(-201, "thin"), (-200, "well_nourished")] as [(Int32, String)])
  func underweight(score: Int32, expected: String) throws {
    #expect(
      try Self.found(
        70, [.weight: 8_000, .armCircumference: 1_400],
        [.weightForLengthScore: 0, .weightForAgeScore: score]) == expected)
  }

  @Test(
    "Length for age",
    arguments: [
      (-301, "very_short"), (-300, "short"), (-201, "short"), (-200, "length_normal"),
      (300, "length_normal"), (301, "tall"),
    ] as [(Int32, String)])
  func length(score: Int32, expected: String) throws {
    #expect(try Self.found(71, [.lengthOrHeight: 7_500], [.lengthForAgeScore: score]) == expected)
  }

  @Test(
    "Head for age",
    arguments: [
      (-201, "head_small"), (-200, "head_normal"), (200, "head_normal"), (201, "head_large"),
    ]
      as [(Int32, String)])
  func head(score: Int32, expected: String) throws {
    #expect(try Self.found(87, [:], [.headScore: score]) == expected)
  }

  @Test(
    "The arm of an infant",
    arguments: [
      (0, 1_099, nil), (1, 1_099, "arm_thin"), (1, 1_100, "arm_good"), (5, 1_099, "arm_thin"),
      (6, 1_099, nil),
    ] as [(Int32, Int32, String?)])
  func infantArm(months: Int32, arm: Int32, expected: String?) throws {
    #expect(try Self.found(88, months: months, [.armCircumference: arm], [:]) == expected)
  }

  @Test("The KMS: B, O, N, T, 2T, the red and the orange line")
  func chart() throws {
    func found(_ weights: [(CivilDate, Int32)], on day: CivilDate) throws -> String? {
      var life = Life(.male, born: "2025-09-01", weight: 3_200)
      for (on, weight) in weights { life.visit(.childDevelopment, on: on, [.weight: weight]) }
      return try life.plan(on: day, by: [.growthFollowUp]).found(72)
    }
    let first: (CivilDate, Int32) = ("2026-03-05", 7_500)
    #expect(try found([first], on: "2026-03-05") == "not_compared")
    #expect(try found([first, ("2026-05-05", 7_600)], on: "2026-05-05") == "not_compared")
    #expect(try found([first, ("2026-04-05", 8_100)], on: "2026-04-05") == "gained")
    #expect(try found([first, ("2026-04-05", 7_550)], on: "2026-04-05") == "not_gained_once")
    #expect(
      try found([first, ("2026-04-05", 7_550), ("2026-05-05", 7_600)], on: "2026-05-05")
        == "not_gained_twice")
    #expect(
      try found(
        [("2025-10-05", 4_500), ("2026-03-05", 7_500), ("2026-04-05", 7_550)], on: "2026-04-05")
        == "not_gained_once")
    #expect(try Self.found(72, [:], [.weightForAgeScore: -301]) == "below_red_line")
    #expect(
      try Self.found(72, [.weight: 8_000], [.weightForAgeScore: -300]) == "not_compared")
    #expect(
      try Self.found(72, [.weight: 8_000], [.weightForAgeScore: 101]) == "above_orange_line")
    #expect(try Self.found(72, [.weight: 8_000], [.weightForAgeScore: 100]) == "not_compared")
  }

  @Test("A weight that did not rise is seen by a health worker, the same day or within two weeks")
  func handedOver() throws {
    var life = Life(.male, born: "2025-09-01", weight: 3_200)
    life.visit(.childDevelopment, on: "2026-03-05", by: .kader, [.weight: 7_500])
    life.visit(.childDevelopment, on: "2026-04-05", by: .kader, [.weight: 7_550])
    #expect(try life.plan(on: "2026-04-05", by: [.growthFollowUp]).word(158) == "due")
    #expect(try life.plan(on: "2026-04-18", by: [.growthFollowUp]).word(158) == "due")
    #expect(try life.plan(on: "2026-04-19", by: [.growthFollowUp]).word(158) == "late")
    var kader = life
    kader.visit(.nutritionFollowUp, on: "2026-04-06", by: .kader)
    #expect(try kader.plan(on: "2026-04-06", by: [.growthFollowUp]).word(158) == "due")
    life.visit(.nutritionFollowUp, on: "2026-04-05", by: .midwife)
    #expect(try life.plan(on: "2026-04-19", by: [.growthFollowUp]).word(158) == "done")
  }
}
