import Guidance
import Health
import Testing

@testable import Programmes

/// Twins and more: each heart is counted, and weight is judged by what is gained with twins.
@Suite("A pregnancy of several children")
struct SeveralFetusesTests {
  /// A woman of 160 cm who weighed so many grams before, and so many more today.
  private static func plan(
    _ fetuses: Int32?, on days: Int32, before: Int32?, gained: Int32
  ) throws -> CarePlan {
    var observed: [DataElement: Int32] = [.lengthOrHeight: 16_000]
    observed[.weight] = (before ?? 55_000) + gained
    observed[.weightBeforePregnancy] = before
    return try Plans.pregnant(days, observed) { $0.fetuses = fetuses }
  }

  /// Weight before, class before, least and most that may be gained.
  private static let ranges: [(before: Int32, name: String, least: Int32, most: Int32)] = [
    (55_000, "normal_before", 16_800, 24_500), (70_000, "overweight_before", 14_100, 22_700),
    (80_000, "obese_before", 11_300, 19_100),
  ]

  @Test("What may be gained with twins, to the gram", arguments: Self.ranges.indices)
  func gain(place: Int) throws {
    let row = Self.ranges[place]
    // Weeks 36 and 6 days, and 37.
    let cases: [(gained: Int32, before37: String, from37: String)] = [
      (row.least - 1, "gains_well", "gained_too_little"), (row.least, "gains_well", "gains_well"),
      (row.most, "gains_well", "gains_well"),
      (row.most + 1, "gained_too_much", "gained_too_much"),
    ]
    for (gained, before37, from37) in cases {
      for (days, expected) in [(Int32(258), before37), (259, from37)] {
        let plan = try Self.plan(2, on: days, before: row.before, gained: gained)
        #expect(plan.found(251) == expected, "\(row.name), \(gained), \(days)")
        #expect(plan.found(250) == row.name)
        // The ranges of one child say nothing of twins.
        #expect(plan.found(43) == nil && plan.found(48) == nil)
      }
    }
  }

  @Test(
    "At the limits of the index: 18.49 and 18.50, 24.99 and 25, 29.99 and 30",
    arguments: [
      (47_340, 16_800, "thin_before", nil), (47_360, 16_800, "normal_before", "gains_well"),
      (47_360, 16_799, "normal_before", "gained_too_little"),
      (63_970, 16_799, "normal_before", "gained_too_little"),
      (64_000, 16_799, "overweight_before", "gains_well"),
      (64_000, 14_099, "overweight_before", "gained_too_little"),
      (63_970, 22_701, "normal_before", "gains_well"),
      (63_970, 24_501, "normal_before", "gained_too_much"),
      (64_000, 22_701, "overweight_before", "gained_too_much"),
      (76_780, 14_099, "overweight_before", "gained_too_little"),
      (76_800, 14_099, "obese_before", "gains_well"),
      (76_800, 11_299, "obese_before", "gained_too_little"),
      (76_780, 19_101, "overweight_before", "gains_well"),
      (76_780, 22_701, "overweight_before", "gained_too_much"),
      (76_800, 19_101, "obese_before", "gained_too_much"),
    ] as [(Int32, Int32, String, String?)])
  func index(before: Int32, gained: Int32, name: String, expected: String?) throws {
    let plan = try Self.plan(2, on: 259, before: before, gained: gained)
    #expect(plan.found(250) == name)
    #expect(plan.found(251) == expected)
    #expect((plan.answer(of: 251) == .notApplicable) == (expected == nil))
  }

  @Test(
    "Less than the least of one child is slow with twins as well",
    arguments: [
      (195, 4_999, "gains_well"), (196, 4_999, "gains_slowly"), (196, 5_000, "gains_well"),
      (91, 999, "gains_slowly"), (91, 1_000, "gains_well"), (90, 0, "gains_well"),
    ] as [(Int32, Int32, String)])
  func slowly(days: Int32, gained: Int32, expected: String) throws {
    #expect(try Self.plan(2, on: days, before: 55_000, gained: gained).found(251) == expected)
  }

  @Test("Of thin women no range with twins is known, and without a weight before nothing is told")
  func withoutRange() throws {
    let thin = try Self.plan(2, on: 200, before: 45_000, gained: 30_000)
    #expect(thin.found(250) == "thin_before")
    #expect(thin.answer(of: 251) == .notApplicable)
    let unknown = try Self.plan(2, on: 200, before: nil, gained: 30_000)
    #expect(unknown.found(250) == nil && unknown.found(251) == nil)
    #expect(unknown.missing(250) == .element(DataElement.bodyMassBefore.code))
  }

  @Test("One child, or nobody told how many: as before", arguments: [nil, 1] as [Int32?])
  func one(fetuses: Int32?) throws {
    let much = try Self.plan(fetuses, on: 258, before: 55_000, gained: 16_001)
    #expect(much.found(43) == "gained_too_much" && much.found(48) == "normal_before")
    #expect(much.answer(of: 250) == .notApplicable)
    #expect(much.answer(of: 251) == .notApplicable)
  }

  @Test(
    "The hearts of twins: normal only once both were counted, not normal where one is not",
    arguments: [
      ([.fetalHeartRate: 140], nil), ([.otherFetalHeartRate: 140], nil),
      ([.fetalHeartRate: 140, .otherFetalHeartRate: 120], "fetal_heart_normal"),
      ([.fetalHeartRate: 140, .otherFetalHeartRate: 160], "fetal_heart_normal"),
      ([.fetalHeartRate: 140, .otherFetalHeartRate: 119], "fetal_heart_abnormal"),
      ([.fetalHeartRate: 140, .otherFetalHeartRate: 161], "fetal_heart_abnormal"),
      ([.fetalHeartRate: 140, .otherFetalHeartRate: 0], "fetal_heart_danger"),
      ([.fetalHeartRate: 119], "fetal_heart_abnormal"),
      ([.otherFetalHeartRate: 119], "fetal_heart_abnormal"),
    ] as [([DataElement: Int32], String?)])
  func hearts(observed: [DataElement: Int32], expected: String?) throws {
    let plan = try Plans.pregnant(200, observed) { $0.fetuses = 2 }
    #expect(plan.found(49) == expected)
    if expected == nil { #expect(plan.missing(49) != nil) }
  }

  @Test(
    "The heart of the other twin counts for two weeks: 13 days and 14 days ago",
    arguments: [
      (13, 119, "fetal_heart_abnormal"), (14, 119, nil), (13, 161, "fetal_heart_abnormal"),
      (14, 161, nil), (13, 140, "fetal_heart_normal"), (14, 140, nil),
    ] as [(Int32, Int32, String?)])
  func otherHeartLately(ago: Int32, rate: Int32, expected: String?) throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10") { $0.fetuses = 2 }
    life.visit(.antenatal, on: "2026-07-10" + .days(-ago), [.otherFetalHeartRate: rate])
    life.visit(.antenatal, on: "2026-07-10", [.fetalHeartRate: 140])
    #expect(try life.plan(on: "2026-07-10", by: [.pregnancy]).found(49) == expected)
  }

  @Test("Of one child it is told that there are not several", arguments: [(1, 0), (2, 1), (3, 1)])
  func told(fetuses: Int32, value: Int32) throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10") { $0.fetuses = fetuses }
    #expect(try life.record(on: "2026-06-01").latest(.severalFetuses)?.value == value)
  }

  @Test("Of one child one heart is enough")
  func oneHeart() throws {
    for fetuses in [nil, 1] as [Int32?] {
      let plan = try Plans.pregnant(200, [.fetalHeartRate: 140]) { $0.fetuses = fetuses }
      #expect(plan.found(49) == "fetal_heart_normal")
    }
  }

  @Test(
    "The other heart is asked from 16 weeks on, where more than one child is known",
    arguments: [
      (2, 111, false), (2, 112, true), (3, 200, true), (1, 200, false), (nil, 200, false),
    ] as [(Int32?, Int32, Bool)])
  func asked(fetuses: Int32?, days: Int32, isAsked: Bool) throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(
      lastPeriod: Plans.day + .days(-days), known: Plans.day + .days(-30)
    ) { $0.fetuses = fetuses }
    let asked = try BookTests.asked(.antenatal, life, on: Plans.day)
    #expect(asked.contains(DataElement.otherFetalHeartRate.code) == isAsked)
  }

  @Test("Twins of the pregnancy before say nothing of this one")
  func earlier() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2024-01-01", known: "2024-03-01") { $0.fetuses = 2 }
    life.gaveBirth(on: "2024-09-20")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-03-01")
    life.visit(.antenatal, on: "2026-06-01", [.fetalHeartRate: 140])
    #expect(
      try life.plan(on: "2026-06-01", by: [.pregnancy]).found(49) == "fetal_heart_normal")
  }

  @Test("How many there are may come to be known later, from an ultrasound")
  func later() throws {
    var life = Life(.female, born: "1998-03-01")
    let episode = life.pregnant(lastPeriod: "2026-01-01", known: "2026-03-01") { $0.fetuses = 1 }
    life.pregnant(lastPeriod: nil, known: "2026-05-10") {
      $0.episode = episode
      $0.fetuses = 2
    }
    life.visit(.antenatal, on: "2026-06-01", [.fetalHeartRate: 140])
    #expect(try life.plan(on: "2026-06-01", by: [.pregnancy]).found(49) == nil)
  }
}
