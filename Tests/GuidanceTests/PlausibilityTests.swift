import Guidance
import Health
import Programmes
import Testing

/// What is asked about before it is kept: the limit, and the smallest step beyond it.
@Suite("Plausibility")
struct PlausibilityTests {
  static func ranges(
    _ element: DataElement, _ life: Life, on day: CivilDate
  ) throws -> [LikelyRange] {
    var evaluation = Evaluation(try life.record(on: day))
    return PlausibilityRule.likelyRanges(of: element, &evaluation)
  }

  /// The range that goes by the last value.
  static func sinceLast(
    _ element: DataElement, _ life: Life, on day: CivilDate
  ) throws -> ClosedRange<Int32>? {
    try ranges(element, life, on: day).first {
      if case .last = $0.reason { true } else { false }
    }?.values
  }

  @Test("A toddler loses a tenth and gains a kilogram a month, an infant two")
  func childWeight() throws {
    var life = Life(.female, born: "2024-01-15")
    life.visit(.childDevelopment, on: "2025-06-01", [.weight: 10_000])
    #expect(try Self.sinceLast(.weight, life, on: "2025-06-01") == 9_000...11_000)
    // 30 days are a month, 31 days have begun another.
    #expect(try Self.sinceLast(.weight, life, on: "2025-07-01") == 9_000...11_000)
    #expect(try Self.sinceLast(.weight, life, on: "2025-07-02") == 9_000...12_000)
    // After a year and a day nothing is compared any more.
    #expect(try Self.sinceLast(.weight, life, on: "2026-06-02") == 9_000...23_000)
    #expect(try Self.sinceLast(.weight, life, on: "2026-06-03") == nil)
    var infant = Life(.female, born: "2025-05-01")
    infant.visit(.childDevelopment, on: "2025-06-01", [.weight: 4_000])
    #expect(try Self.sinceLast(.weight, infant, on: "2025-06-20") == 3_600...6_000)
  }

  /// The ranges that go by the last value.
  static func allSinceLast(
    _ element: DataElement, _ life: Life, on day: CivilDate
  ) throws -> [ClosedRange<Int32>] {
    try ranges(element, life, on: day)
      .filter { if case .last = $0.reason { true } else { false } }.map(\.values)
  }

  @Test("The day before half a year, and that day: two kilograms and 5 cm a month, then half of it")
  func halfYear() throws {
    var life = Life(.male, born: "2025-01-15")
    life.visit(
      .childDevelopment, on: "2025-07-01", [.weight: 7_000, .lengthOrHeight: 6_600])
    #expect(try Self.allSinceLast(.weight, life, on: "2025-07-14") == [6_300...9_000])
    #expect(try Self.allSinceLast(.lengthOrHeight, life, on: "2025-07-14") == [6_500...7_300])
    #expect(try Self.allSinceLast(.weight, life, on: "2025-07-15") == [6_300...8_000])
    #expect(try Self.allSinceLast(.lengthOrHeight, life, on: "2025-07-15") == [6_500...7_050])
    // 31 days have begun another month.
    #expect(try Self.allSinceLast(.lengthOrHeight, life, on: "2025-08-01") == [6_500...7_300])
    var infant = Life(.male, born: "2025-05-01")
    infant.visit(.childDevelopment, on: "2025-06-01", [.lengthOrHeight: 5_500])
    #expect(try Self.allSinceLast(.lengthOrHeight, infant, on: "2025-07-01") == [5_400...6_200])
    #expect(try Self.allSinceLast(.lengthOrHeight, infant, on: "2025-07-02") == [5_400...6_700])
  }

  @Test("From six years on nobody is compared as a child")
  func sixYears() throws {
    var life = Life(.male, born: "2019-06-20")
    let measured: [DataElement: Int32] = [
      .weight: 20_000, .lengthOrHeight: 11_500, .headCircumference: 5_100,
      .armCircumference: 1_700,
    ]
    life.visit(.childDevelopment, on: "2025-06-01", measured)
    for element in measured.keys {
      #expect(try Self.allSinceLast(element, life, on: "2025-06-19").count == 1, "\(element.name)")
      #expect(try Self.allSinceLast(element, life, on: "2025-06-20").isEmpty, "\(element.name)")
    }
    #expect(
      try Self.ranges(.breathsPerMinute, life, on: "2025-06-19")
        == [LikelyRange(values: 15...100, reason: .usual)])
    #expect(
      try Self.ranges(.breathsPerMinute, life, on: "2025-06-20")
        == [LikelyRange(values: 10...60, reason: .usual)])
  }

  @Test(
    "Arms before and after WHO's standards: under three months, and from five to under six years",
    arguments: [
      ("2025-06-20", [600...1_700]), ("2025-03-21", [600...1_700]), ("2025-03-20", []),
      ("2020-06-21", []), ("2020-06-20", [1_000...3_000]), ("2019-06-21", [1_000...3_000]),
      ("2019-06-20", []),
    ] as [(CivilDate, [ClosedRange<Int32>])])
  func armWithoutStandards(born: CivilDate, usual: [ClosedRange<Int32>]) throws {
    let ranges = try Self.ranges(.armCircumference, Life(.female, born: born), on: "2025-06-20")
    #expect(ranges.filter { $0.reason == .usual }.map(\.values) == usual)
  }

  @Test("How tall a pregnant woman is, and how thick her arm")
  func motherSize() throws {
    var life = Life(.female, born: "1998-03-01")
    for isPregnant in [false, true] {
      if isPregnant { life.pregnant(lastPeriod: "2025-01-01", known: "2025-02-10") }
      for (element, values): (DataElement, ClosedRange<Int32>) in [
        (.lengthOrHeight, 13_000...18_500), (.armCircumference, 1_700...4_500),
      ] {
        #expect(
          try Self.ranges(element, life, on: "2025-06-01")
            == (isPregnant ? [LikelyRange(values: values, reason: .usual)] : []))
      }
    }
  }

  @Test("A child does not shrink, nor does its head")
  func childLength() throws {
    var life = Life(.male, born: "2024-01-15")
    life.visit(
      .childDevelopment, on: "2025-06-01",
      [.lengthOrHeight: 7_800, .headCircumference: 4_600, .armCircumference: 1_400])
    #expect(try Self.sinceLast(.lengthOrHeight, life, on: "2025-06-20") == 7_700...8_250)
    #expect(try Self.sinceLast(.headCircumference, life, on: "2025-06-20") == 4_500...5_000)
    #expect(try Self.sinceLast(.armCircumference, life, on: "2025-06-20") == 1_200...1_700)
  }

  @Test("An arm of 60 cm is asked about at every age of a child", arguments: armRows)
  func arm(born: CivilDate, believed: Int32, doubted: Int32) throws {
    let ranges = try Self.ranges(.armCircumference, Life(.female, born: born), on: "2025-06-20")
    #expect(!ranges.isEmpty)
    #expect(ranges.allSatisfy { $0.values.contains(believed) })
    for value in [doubted, 6_000] {
      #expect(ranges.contains { !$0.values.contains(value) }, "\(value)")
    }
  }

  /// Born on, an arm that is believed, one that is not; by WHO's standards from three months (91
  /// days) until five years.
  static let armRows: [(CivilDate, Int32, Int32)] = [
    ("2025-06-19", 1_000, 1_701), ("2025-05-20", 1_700, 599), ("2024-06-20", 1_400, 600),
    ("2022-06-20", 1_600, 3_500), ("2020-06-19", 1_600, 3_001), ("2020-01-20", 3_000, 999),
  ]

  @Test("What WHO flags for age is asked about, with a sex and an age")
  func growth() throws {
    let day: CivilDate = "2025-06-20"
    let girl = Life(.female, born: "2024-01-15")
    let weight = try #require(try Self.ranges(.weight, girl, on: day).first)
    #expect(weight.reason == .age)
    // Both ends are what the standards themselves flag, a gram further.
    var measured = GrowthMeasurement()
    measured.ageDays = Double((day - "2024-01-15").count)
    measured.sex = .female
    for (grams, isFlagged) in [
      (weight.values.lowerBound - 20, true), (weight.values.lowerBound + 20, false),
      (weight.values.upperBound - 20, false), (weight.values.upperBound + 20, true),
    ] {
      measured.weight = Double(grams) / 1_000
      let scores = ChildGrowthStandards.shared.assess(measured)
      #expect(scores[.weightForAge]?.isImplausible == isFlagged, "\(grams)")
    }
    #expect(try Self.ranges(.weight, Life(nil, born: "2024-01-15"), on: day).isEmpty)
    #expect(try Self.ranges(.weight, Life(.female, born: "2018-01-15"), on: day).isEmpty)
  }

  @Test("A weight that WHO flags beside its length is asked about")
  func weightForLength() throws {
    let day: CivilDate = "2025-06-20"
    let born: CivilDate = "2024-06-18"
    func range(_ sex: Sex?, _ length: Int32) throws -> LikelyRange? {
      PlausibilityRule.likelyWeight(
        beside: length, in: nil, Evaluation(try Life(sex, born: born).record(on: day)))
    }
    let girl = try #require(try range(.female, 7_400))
    #expect(girl.reason == .length(7_400))
    #expect(!girl.values.contains(5_200))
    var measured = GrowthMeasurement()
    measured.ageDays = Double((day - born).count)
    measured.sex = .female
    measured.length = 74
    for (grams, isFlagged) in [
      (girl.values.lowerBound - 20, true), (girl.values.lowerBound + 20, false),
      (girl.values.upperBound - 20, false), (girl.values.upperBound + 20, true),
    ] {
      measured.weight = Double(grams) / 1_000
      let scores = ChildGrowthStandards.shared.assess(measured)
      #expect(scores[.weightForLengthHeight]?.isImplausible == isFlagged, "\(grams)")
    }
    #expect(try range(nil, 7_400) == nil)
    #expect(try range(.female, 4_490) == nil)
  }

  @Test("A mother weighs some kilograms more or less than last time, and what women weigh")
  func motherWeight() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2025-01-01", known: "2025-02-10")
    #expect(
      try Self.ranges(.weight, life, on: "2025-06-01")
        == [LikelyRange(values: 30_000...130_000, reason: .usual)])
    life.visit(.antenatal, on: "2025-06-01", [.weight: 55_000])
    #expect(try Self.sinceLast(.weight, life, on: "2025-06-08") == 50_000...60_000)
    #expect(try Self.sinceLast(.weight, life, on: "2025-07-15") == 50_000...62_000)
    // Who is not pregnant is not asked by these.
    #expect(
      try Self.ranges(.weight, Life(.female, born: "1998-03-01"), on: "2025-06-08").isEmpty)
  }

  @Test("The fundus stands as high as there are weeks, six centimetres more or fewer")
  func fundalHeight() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2025-01-01", known: "2025-02-10")
    // 31 weeks and 6 days.
    #expect(
      try Self.ranges(.fundalHeight, life, on: "2025-01-01" + .days(223))
        == [LikelyRange(values: 2_500...3_700, reason: .weeks(31))])
    #expect(try Self.ranges(.fundalHeight, life, on: "2025-01-01" + .days(139)).isEmpty)
    #expect(
      try Self.ranges(.fundalHeight, life, on: "2025-01-01" + .days(140))
        == [LikelyRange(values: 1_400...2_600, reason: .weeks(20))])
    var undated = Life(.female, born: "1998-03-01")
    undated.pregnant(lastPeriod: nil, known: "2025-02-10")
    #expect(try Self.ranges(.fundalHeight, undated, on: "2025-06-01").isEmpty)
  }

  @Test(
    "What hardly anybody has",
    arguments: [
      (DataElement.fetalHeartRate, Int32(70)...220), (.otherFetalHeartRate, 70...220),
      (.systolicPressure, 70...220),
      (.diastolicPressure, 40...140), (.haemoglobin, 40...200), (.temperature, 340...415),
      (.breathsPerMinute, 10...60), (.pulse, 45...160), (.oxygenSaturation, 70...100),
      (.footSaturation, 70...100),
    ])
  func usual(element: DataElement, values: ClosedRange<Int32>) throws {
    #expect(
      try Self.ranges(element, Life(.female, born: "1998-03-01"), on: "2025-06-01")
        == [LikelyRange(values: values, reason: .usual)])
  }

  @Test(
    "From two months to under six years a temperature below 35.5 is asked about",
    arguments: [
      ("2025-04-02", false), ("2025-04-01", true), ("2019-06-02", true), ("2019-06-01", false),
    ] as [(CivilDate, Bool)])
  func cold(born: CivilDate, isAsked: Bool) throws {
    let ranges = try Self.ranges(.temperature, Life(.female, born: born), on: "2025-06-01")
    #expect(ranges.map(\.values) == (isAsked ? [340...415, 355...415] : [340...415]))
  }

  @Test("A young child breathes faster than others")
  func breaths() throws {
    #expect(
      try Self.ranges(.breathsPerMinute, Life(.female, born: "2023-01-01"), on: "2025-06-01")
        == [LikelyRange(values: 15...100, reason: .usual)])
  }

  @Test("A fetal heart that is not heard can be written down; what no heart has is not believed")
  func fetalHeart() {
    #expect(DataElement.fetalHeartRate.believes(0) && DataElement.fetalHeartRate.believes(240))
    #expect(!DataElement.fetalHeartRate.believes(241))
  }

  @Test("What is asked about can still be kept, and every rule is of a question")
  func withinBelief() {
    let asked = Set(VisitForm.all.flatMap(\.sections).flatMap(\.questions).map(\.element))
    for rule in PlausibilityRule.all {
      #expect(asked.contains(rule.element), "\(rule.element.name)")
      guard case .usual(let values) = rule.limits else { continue }
      #expect(rule.element.believes(values.lowerBound) && rule.element.believes(values.upperBound))
    }
    for order in ValueOrder.all {
      #expect(asked.isSuperset(of: [order.lesser, order.greater]))
    }
  }
}
