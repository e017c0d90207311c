import Guidance
import Health
import Testing

@testable import Programmes

/// Anaemia by trimester, KEK, body mass, gain and tablets.
@Suite("Nutrition in pregnancy")
struct PregnancyNutritionTests {
  @Test(
    "Anaemia: below, at and above each limit, by trimester",
    arguments: [
      (90, 69, "severe_anaemia"), (90, 70, "moderate_anaemia"), (90, 99, "moderate_anaemia"),
      (90, 100, "mild_anaemia"), (90, 109, "mild_anaemia"), (90, 110, "no_anaemia"),
      (91, 104, "mild_anaemia"), (91, 105, "no_anaemia"), (195, 104, "mild_anaemia"),
      (195, 105, "no_anaemia"), (196, 105, "mild_anaemia"), (196, 109, "mild_anaemia"),
      (196, 110, "no_anaemia"),
    ] as [(Int32, Int32, String)])
  func anaemia(days: Int32, haemoglobin: Int32, expected: String) throws {
    #expect(try Plans.pregnant(days, [.haemoglobin: haemoglobin]).found(1) == expected)
  }

  @Test("A programme may count all below 11")
  func flat() throws {
    let plan = try Plans.pregnant(
      120, [.haemoglobin: 109], settings: Plans.set((.anaemiaLimitSecondTrimester, 110)))
    #expect(plan.found(1) == "mild_anaemia")
  }

  /// 10.7 g/dL: anaemia before 13 weeks and from 28 weeks on, none between.
  @Test(
    "Haemoglobin is judged by the trimester of its sample, on whichever day it is read",
    arguments: [
      (90, [90, 91, 92, 196], "mild_anaemia"), (91, [91, 92, 196], "no_anaemia"),
      (195, [195, 196, 197], "no_anaemia"), (196, [196, 197], "mild_anaemia"),
    ] as [(Int32, [Int32], String)])
  func sample(taken: Int32, read: [Int32], expected: String) throws {
    let period: CivilDate = "2026-01-01"
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: "2026-02-10")
    life.visit(.antenatal, on: period + .days(taken), [.haemoglobin: 107])
    for day in read {
      let plan = try life.plan(on: period + .days(day), by: [.pregnancy])
      #expect(plan.found(1) == expected, "taken on \(taken), read on \(day)")
    }
  }

  @Test("A later sample is judged by its own trimester, whatever an earlier one was")
  func laterSample() throws {
    let period: CivilDate = "2026-01-01"
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: "2026-02-10")
    life.visit(.antenatal, on: period + .days(90), [.haemoglobin: 107])
    life.visit(.antenatal, on: period + .days(120), [.haemoglobin: 107])
    #expect(try life.plan(on: period + .days(119), by: [.pregnancy]).found(1) == "mild_anaemia")
    #expect(try life.plan(on: period + .days(120), by: [.pregnancy]).found(1) == "no_anaemia")
    #expect(try life.plan(on: period + .days(200), by: [.pregnancy]).found(1) == "no_anaemia")
  }

  @Test(
    "Pallor that is seen four weeks after a haemoglobin or later outranks it",
    arguments: [
      (27, nil, "no_anaemia"), (28, nil, "pale_without_recent_haemoglobin"),
      (29, nil, "pale_without_recent_haemoglobin"),
      (13, 14, "no_anaemia"), (14, 14, "pale_without_recent_haemoglobin"),
      (15, 14, "pale_without_recent_haemoglobin"),
    ] as [(Int32, Int32?, String)])
  func paleAgain(days: Int32, setting: Int32?, expected: String) throws {
    let settings = setting.map { Plans.set((.pallorOutranksHaemoglobinAfterDays, $0)) }
    let tested: CivilDate = "2026-04-10"
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    life.visit(.antenatal, on: tested, [.haemoglobin: 115])
    life.visit(.antenatal, on: tested + .days(days), [.pallor: 1])
    // What was seen does not become another thing by waiting.
    for wait in [0, 1, 40] as [Int32] {
      let plan = try life.plan(
        on: tested + .days(days + wait), by: [.pregnancy],
        settings: settings ?? ClinicalSettings())
      #expect(plan.found(1) == expected, "\(wait) days later")
    }
    // A new test, or that she is no longer pale, ends it.
    var again = life
    again.visit(.antenatal, on: tested + .days(days + 3), [.haemoglobin: 112])
    #expect(try again.plan(on: "2026-06-20", by: [.pregnancy]).found(1) == "no_anaemia")
    life.visit(.antenatal, on: tested + .days(days + 3), [.pallor: 0])
    #expect(try life.plan(on: "2026-06-20", by: [.pregnancy]).found(1) == "no_anaemia")
  }

  @Test("An old haemoglobin that was anaemia stays anaemia when she is pale")
  func paleWithAnaemia() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    life.visit(.antenatal, on: "2026-04-10", [.haemoglobin: 98])
    life.visit(.antenatal, on: "2026-06-10", [.pallor: 1])
    #expect(try life.plan(on: "2026-06-10", by: [.pregnancy]).found(1) == "moderate_anaemia")
  }

  @Test("Pale palms without haemoglobin are anaemia; one of the same visit decides over them")
  func pale() throws {
    #expect(try Plans.pregnant(90, [.pallor: 1]).found(1) == "pale_without_recent_haemoglobin")
    #expect(try Plans.pregnant(90, [.pallor: 0]).found(1) == nil)
    #expect(try Plans.pregnant(90, [.pallor: 1, .haemoglobin: 115]).found(1) == "no_anaemia")
    #expect(
      try Plans.pregnant(90).missing(1) == .element(DataElement.haemoglobin.code))
  }

  @Test(
    "Haemoglobin again a month after anaemia",
    arguments: [
      ("2026-04-09", "upcoming"), ("2026-04-10", "due"), ("2026-04-23", "due"),
      ("2026-04-24", "late"),
    ] as [(CivilDate, String)])
  func again(day: CivilDate, word: String) throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    life.visit(.antenatal, on: "2026-03-10", [.haemoglobin: 95])
    #expect(try life.plan(on: day, by: [.pregnancy]).word(125) == word)
    life.visit(.antenatal, on: day, [.haemoglobin: 115])
    #expect(try life.plan(on: day, by: [.pregnancy]).word(125) == "-")
  }

  @Test(
    "Anaemia after ninety tablets is referred",
    arguments: [(89, nil), (90, "anaemia_no_better")] as [(Int32, String?)])
  func noBetter(taken: Int32, expected: String?) throws {
    let plan = try Plans.pregnant(200, [.haemoglobin: 99, .ironTabletsTaken: taken])
    #expect(plan.found(53) == expected)
  }

  @Test("KEK", arguments: [(2_349, "energy_deficient"), (2_350, "energy_sufficient")])
  func energy(arm: Int32, expected: String) throws {
    let plan = try Plans.pregnant(90, [.armCircumference: arm])
    #expect(plan.found(2) == expected)
    #expect(plan.isOwed(126) == (arm < 2_350))
  }

  @Test("Extra food for KEK is owed every month")
  func extraFood() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    life.visit(.antenatal, on: "2026-02-10", [.armCircumference: 2_200, .supplementaryFood: 1])
    #expect(try life.plan(on: "2026-03-09", by: [.pregnancy]).word(126) == "done")
    #expect(try life.plan(on: "2026-03-10", by: [.pregnancy]).word(126) == "due")
    #expect(try life.plan(on: "2026-04-10", by: [.pregnancy]).word(126) == "late")
  }

  @Test(
    "Body mass index before the pregnancy, of a woman of 160 cm",
    arguments: [
      (47_340, "thin_before"), (47_360, "normal_before"), (63_970, "normal_before"),
      (64_000, "overweight_before"), (76_780, "overweight_before"), (76_800, "obese_before"),
    ])
  func bodyMass(weight: Int32, expected: String) throws {
    let plan = try Plans.pregnant(90, [.weightBeforePregnancy: weight, .lengthOrHeight: 16_000])
    #expect(plan.found(48) == expected)
  }

  @Test(
    "Gain at term by the body mass index before",
    arguments: [
      (45_000, 12_499, "gained_too_little"), (45_000, 12_500, "gains_well"),
      (45_000, 18_000, "gains_well"), (45_000, 18_001, "gained_too_much"),
      (55_000, 11_499, "gained_too_little"), (55_000, 11_500, "gains_well"),
      (55_000, 16_000, "gains_well"), (55_000, 16_001, "gained_too_much"),
      (70_000, 6_999, "gained_too_little"), (70_000, 7_000, "gains_well"),
      (70_000, 11_500, "gains_well"), (70_000, 11_501, "gained_too_much"),
      // At the limits of the index: 18.49 and 18.50, 24.99 and 25, 29.99 and 30.
      (47_340, 16_001, "gains_well"), (47_360, 16_001, "gained_too_much"),
      (47_340, 12_499, "gained_too_little"), (47_360, 12_499, "gains_well"),
      (47_340, 18_000, "gains_well"), (47_340, 18_001, "gained_too_much"),
      (63_970, 11_501, "gains_well"), (64_000, 11_501, "gained_too_much"),
      (63_970, 16_000, "gains_well"), (63_970, 16_001, "gained_too_much"),
      (63_970, 7_000, "gained_too_little"), (64_000, 7_000, "gains_well"),
      (76_780, 11_501, "gained_too_much"), (76_780, 9_001, "gains_well"),
      (76_800, 9_001, "gained_too_much"),
      (76_780, 5_000, "gained_too_little"), (76_800, 5_000, "gains_well"),
      (47_360, 11_499, "gained_too_little"), (64_000, 6_999, "gained_too_little"),
      (76_800, 4_999, "gained_too_little"),
      (80_000, 4_999, "gained_too_little"), (80_000, 5_000, "gains_well"),
      (80_000, 9_000, "gains_well"), (80_000, 9_001, "gained_too_much"),
    ] as [(Int32, Int32, String)])
  func gain(before: Int32, gained: Int32, expected: String) throws {
    let plan = try Plans.pregnant(
      259,
      [.weightBeforePregnancy: before, .lengthOrHeight: 16_000, .weight: before + gained])
    #expect(plan.found(43) == expected)
  }

  @Test(
    "Gain on the way: a kilogram in the first trimester, five by the end of the second",
    arguments: [
      (90, -2_000, "gains_well"), (91, 999, "gains_slowly"), (91, 1_000, "gains_well"),
      (195, 4_999, "gains_well"), (196, 4_999, "gains_slowly"), (196, 5_000, "gains_well"),
      (258, 5_000, "gains_well"), (259, 5_000, "gained_too_little"),
    ] as [(Int32, Int32, String)])
  func onTheWay(days: Int32, gained: Int32, expected: String) throws {
    let plan = try Plans.pregnant(
      days, [.weightBeforePregnancy: 55_000, .lengthOrHeight: 16_000, .weight: 55_000 + gained])
    #expect(plan.found(43) == expected)
  }

  @Test("Without the weight before nothing is said of gain, and it says so")
  func noWeightBefore() throws {
    let plan = try Plans.pregnant(259, [.lengthOrHeight: 16_000, .weight: 60_000])
    #expect(plan.missing(43) == .element(DataElement.bodyMassBefore.code))
  }

  @Test(
    "Iron tablets: taken counts",
    arguments: [
      (180, 180, "iron_complete"), (200, 179, "iron_ninety"), (90, 90, "iron_ninety"),
      (120, 89, "iron_given_not_taken"), (119, 89, "iron_begun"), (90, 43, "iron_begun"),
      (89, 60, "iron_begun"), (1, 0, "iron_begun"),
      (0, 0, "iron_not_enough"),
    ] as [(Int32, Int32, String)])
  func iron(given: Int32, taken: Int32, expected: String) throws {
    let plan = try Plans.pregnant(200, [.ironTabletsGiven: given, .ironTabletsTaken: taken])
    #expect(plan.found(44) == expected)
  }

  @Test(
    "Tablets that were given a month ago should have been taken",
    arguments: [
      (90, 29, "iron_begun"), (90, 30, "iron_given_not_taken"), (90, 31, "iron_given_not_taken"),
      (89, 30, "iron_begun"), (119, 29, "iron_begun"), (120, 29, "iron_given_not_taken"),
    ] as [(Int32, Int32, String)])
  func ironInTime(given: Int32, ago: Int32, expected: String) throws {
    #expect(try Self.ironGiven([(ago, given)]) == expected)
  }

  @Test("One tablet of these days is not taken yet; none given is nothing to take")
  func lastTabletsGiven() throws {
    #expect(try Self.ironGiven([(40, 90), (29, 1)]) == "iron_begun")
    #expect(try Self.ironGiven([(40, 90), (29, 0)]) == "iron_given_not_taken")
  }

  /// The class of a woman who was given so many tablets so many days ago, and took 43.
  private static func ironGiven(_ times: [(ago: Int32, tablets: Int32)]) throws -> String? {
    var life = Life(.female, born: "1998-03-01")
    let day = Plans.day
    life.pregnant(
      lastPeriod: CivilDate(dayNumber: day.dayNumber - 200),
      known: CivilDate(dayNumber: day.dayNumber - 100))
    for (place, time) in times.enumerated() {
      life.visit(
        .antenatal, on: CivilDate(dayNumber: day.dayNumber - time.ago),
        [.ironTabletsGiven: time.tablets, .ironTabletsTaken: place == 0 ? 43 : 0])
    }
    return try life.plan(on: day, by: [.pregnancy]).found(44)
  }

  @Test("The course of an anaemia is not asked before a haemoglobin is known")
  func courseWithoutHaemoglobin() throws {
    #expect(try Plans.pregnant(120).answer(of: 53) == .notApplicable)
    #expect(try Plans.pregnant(120, [.pallor: 1]).answer(of: 53) == .notApplicable)
    // Without a date nobody can tell whether 10.7 is anaemia; below 10 it is at any time.
    for (haemoglobin, missing): (Int32, Missing?) in [(107, .gestationalAge), (99, nil)] {
      var life = Life(.female, born: "1998-03-01")
      life.pregnant(lastPeriod: nil, known: "2026-02-10")
      life.visit(
        .antenatal, on: "2026-03-01", [.haemoglobin: haemoglobin, .ironTabletsTaken: 90])
      #expect(try life.plan(on: "2026-03-01", by: [.pregnancy]).missing(53) == missing)
    }
  }

  @Test("Iron against anaemia, plan B and amoxicillin for the ear tell the figure in force")
  func figures() {
    #expect(CareAction.ironAgainstAnaemia.figure == .ironAgainstAnaemiaDaily)
    #expect(CareAction.planB.figure == .planBHours)
    #expect(CareAction.amoxicillinForEar.figure == .earAmoxicillinDays)
    #expect(CareAction.ironDaily.figure == nil)
  }

  @Test("Tablets add up within a pregnancy, and begin anew with the next one")
  func ironAddsUp() throws {
    var life = Life(.female, born: "1998-03-01")
    let first = life.pregnant(lastPeriod: "2025-01-01", known: "2025-02-10")
    life.visit(.antenatal, on: "2025-03-01", [.ironTabletsGiven: 60, .ironTabletsTaken: 20])
    life.visit(.antenatal, on: "2025-04-01", [.ironTabletsGiven: 40, .ironTabletsTaken: 75])
    var end = PregnancyEndBody(outcome: .liveBirth, episode: first)
    end.bornAlive = 1
    life.tell(.pregnancyEnd, on: "2025-10-05", end.bytes)
    #expect(try life.record(on: "2025-10-06").latest(.ironTabletsGivenSoFar)?.value == 100)
    #expect(try life.plan(on: "2025-10-06", by: [.pregnancy]).found(44) == "iron_ninety")
    life.pregnant(lastPeriod: "2026-02-01", known: "2026-03-20")
    life.visit(.antenatal, on: "2026-03-20", [.ironTabletsGiven: 30])
    #expect(try life.record(on: "2026-03-21").latest(.ironTabletsGivenSoFar)?.value == 30)
    #expect(try life.plan(on: "2026-03-21", by: [.pregnancy]).found(44) == "iron_begun")
  }
}
