import Guidance
import Health
import Testing

@testable import Programmes

/// Weight that newborns lose in their first days, and small newborns that are well.
@Suite("Weight after birth")
struct EarlyWeightTests {
  static let born: CivilDate = "2026-03-01"

  /// A newborn of 1 March weighed so many days after birth.
  static func life(_ birthWeight: Int32?, _ weights: [(days: Int32, grams: Int32)]) -> Life {
    var life = Life(.male, born: born, weight: birthWeight, gestation: 280)
    for (days, grams) in weights {
      life.visit(.newborn, on: born + Period.days(days), [.weight: grams])
    }
    return life
  }

  @Test(
    "The latest weighing beside the weight at birth",
    arguments: [
      // Three kilograms: up to 7 percent, more, up to 10 percent, more.
      (3_000, 5, 3_000, "early_weight_kept"), (3_000, 5, 2_791, "early_weight_kept"),
      (3_000, 5, 2_790, "early_weight_kept"), (3_000, 5, 2_789, "early_weight_watched"),
      (3_000, 5, 2_700, "early_weight_watched"), (3_000, 5, 2_699, "early_weight_lost_much"),
      (3_000, 5, 2_550, "early_weight_lost_much"), (3_000, 20, 2_699, "early_weight_lost_much"),
      // Born small: up to 15 percent.
      (2_400, 5, 2_160, "early_weight_watched"), (2_400, 5, 2_040, "early_weight_watched"),
      (2_400, 5, 2_039, "early_weight_lost_much"),
      // Two weeks.
      (3_000, 13, 2_999, "early_weight_kept"), (3_000, 14, 2_999, "birth_weight_not_regained"),
      (3_000, 15, 2_700, "birth_weight_not_regained"), (3_000, 14, 3_000, "early_weight_kept"),
      (2_400, 14, 2_390, "early_weight_kept"), (3_000, 28, 2_999, "birth_weight_not_regained"),
      // After the first 28 days nothing is said of it, nor where the weight at birth is not known.
      (3_000, 29, 2_600, nil), (nil, 5, 2_600, nil),
    ] as [(Int32?, Int32, Int32, String?)])
  func found(birth: Int32?, days: Int32, grams: Int32, expected: String?) throws {
    let plan = try Self.life(birth, [(days, grams)])
      .plan(on: Self.born + Period.days(days), by: [.newborn])
    #expect(plan.found(270) == expected)
  }

  @Test("A weighing of the second week is not judged as one of the third")
  func notWeighed() throws {
    let life = Self.life(3_000, [(10, 2_950)])
    #expect(try life.plan(on: "2026-03-20", by: [.newborn]).found(270) == "early_weight_kept")
    #expect(try Self.life(3_000, []).plan(on: "2026-03-20", by: [.newborn]).found(270) == nil)
  }

  @Test("Other limits")
  func settings() throws {
    let life = Self.life(3_000, [(5, 2_700)])
    let strict = Plans.set((.earlyWeightReferredBelow, 93), (.earlyWeightWatchedBelow, 95))
    #expect(
      try life.plan(on: "2026-03-06", by: [.newborn], settings: strict).found(270)
        == "early_weight_lost_much")
  }

  @Test(
    "Weighed again on the next day",
    arguments: [
      ("2026-03-04", "upcoming"), ("2026-03-05", "due"), ("2026-03-06", "late"),
      ("2026-03-17", "late"), ("2026-03-18", "missed"),
    ] as [(CivilDate, String)])
  func again(day: CivilDate, word: String) throws {
    var life = Self.life(3_000, [(3, 2_760)])
    #expect(try life.plan(on: day, by: [.newborn]).word(310) == word)
    life.visit(.newborn, on: "2026-03-07", [.weight: 2_900])
    #expect(try life.plan(on: "2026-03-07", by: [.newborn]).word(310) == "-")
    #expect(
      try Self.life(3_000, [(3, 2_690)]).plan(on: day, by: [.newborn]).word(310) == "-")
  }

  @Test(
    "Born small and well: followed every week, not sent to the doctor for its weight",
    arguments: [
      (2_300, 2_250, 5, [:], "small_newborn_followed"),
      (2_000, 2_000, 5, [:], "small_newborn_followed"),
      (1_999, 2_100, 5, [:], "thin_newborn_referred"),
      (2_300, 1_999, 5, [:], "thin_newborn_referred"),
      (2_300, 2_250, 5, [.temperature: 364], "thin_newborn_referred"),
      (2_300, 2_250, 5, [.temperature: 365], "small_newborn_followed"),
      (2_500, 2_400, 5, [.jaundice: 1], "thin_newborn_referred"),
      (2_499, 2_400, 5, [:], "small_newborn_followed"), (2_500, 2_400, 5, [:], "thin_infant"),
      (2_300, 2_250, 5, [.illAtBirth: 1], "thin_newborn_referred"),
      // So much was lost that the doctor sees it.
      (2_400, 2_039, 5, [:], "thin_newborn_referred"),
      (2_400, 2_040, 5, [:], "small_newborn_followed"),
      (2_300, 2_350, 28, [:], "small_newborn_followed"), (2_300, 2_350, 29, [:], "thin_infant"),
    ] as [(Int32, Int32, Int32, [DataElement: Int32], String)])
  func small(
    birth: Int32, weight: Int32, days: Int32, observed: [DataElement: Int32], expected: String
  ) throws {
    let plan = try Plans.child(
      .days(days), observed.merging([.weight: weight]) { $1 },
      scores: [.weightForAgeScore: -250, .weightForLengthScore: 0], weight: birth)
    #expect(plan.found(70) == expected)
  }

  @Test(
    "A small newborn that gains less than 20 g a day is sent to the doctor, for two weeks",
    arguments: [
      (19, 0, "thin_newborn_referred"), (20, 0, "small_newborn_followed"),
      (19, 13, "thin_newborn_referred"), (19, 14, "small_newborn_followed"),
    ] as [(Int32, Int32, String)])
  func gain(grams: Int32, ago: Int32, expected: String) throws {
    let plan = try Plans.child(
      .days(28), [.weight: 2_350],
      scores: [.dailyGain: grams, .weightForAgeScore: -250, .weightForLengthScore: 0],
      weight: 2_300, ago: ago)
    #expect(plan.found(70) == expected)
  }

  /// A newborn of 2100 g that came ill on its fifth day and weighs 2000 g on the eighth.
  @Test(
    "Born small, and referred by the page of the young infant three days ago",
    arguments: [
      ([:], "small_newborn_followed"), ([.breastfed: 0], "small_newborn_followed"),
      ([.weight: 1_999], "thin_newborn_referred"),
      ([.weight: 1_999, .breastfed: 0], "thin_newborn_referred"),
      ([.grunting: 1], "thin_newborn_referred"),
      // A local infection is treated and not referred.
      ([.skinPustules: 1], "small_newborn_followed"),
    ] as [([DataElement: Int32], String)])
  func cameIll(changes: [DataElement: Int32], expected: String) throws {
    var life = Life(.male, born: Self.born, weight: 2_100, gestation: 280)
    life.visit(
      .sickChild, on: Self.born + .days(5),
      SickChildClinic.wellInfant.merging([.weight: 2_000]) { $1 }.merging(changes) { $1 })
    let today = Self.born + .days(8)
    let fact = life.visit(.newborn, on: today, [.weight: 2_000])
    var record = try life.record(on: today)
    record.observe(DataElement.weightForAgeScore.code, -250, on: today, fact: fact)
    record.observe(DataElement.weightForLengthScore.code, 0, on: today, fact: fact)
    #expect(CarePlan(Guideline.motherAndChild, for: record).found(70) == expected)
  }

  @Test("A weight at birth of nothing, as another system may send it, is compared with no weight")
  func nothing() throws {
    let record = try Self.life(0, [(3, 2_900)]).record(on: "2026-03-04")
    #expect(record.latest(.birthWeightShare) == nil)
  }
}
