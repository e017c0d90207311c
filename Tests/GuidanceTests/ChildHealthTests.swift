import Guidance
import Health
import Testing

@testable import Programmes

/// Vitamin A, deworming, the six month check, thalassaemia, feeding.
@Suite("Well children")
struct ChildHealthTests {
  /// How a service stands on a day for a child born on another.
  static func word(
    _ service: UInt16, born: CivilDate, on day: CivilDate, given: [(CivilDate, DataElement)] = [],
    settings: ClinicalSettings = ClinicalSettings()
  ) throws -> String {
    var life = Life(.female, born: born, weight: 3_000)
    for (on, element) in given { life.visit(.childDevelopment, on: on, by: .kader, [element: 1]) }
    return try life.plan(on: day, by: [.child], settings: settings).word(service)
  }

  @Test(
    "Vitamin A in February and August, from 6 to 59 months",
    arguments: [
      ("2025-08-15", "2026-02-14", "-"), ("2025-08-15", "2026-02-15", "due"),
      ("2025-08-15", "2026-02-28", "due"), ("2025-08-15", "2026-03-01", "upcoming"),
      ("2025-08-15", "2026-07-31", "upcoming"), ("2025-08-15", "2026-08-01", "due"),
      ("2021-02-20", "2026-02-19", "due"), ("2021-02-20", "2026-02-20", "-"),
    ] as [(CivilDate, CivilDate, String)])
  func vitaminA(born: CivilDate, day: CivilDate, word: String) throws {
    #expect(try Self.word(52, born: born, on: day) == word)
  }

  @Test("A capsule of the round is done until the round is over")
  func vitaminAGiven() throws {
    let given: [(CivilDate, DataElement)] = [("2026-02-10", .vitaminA)]
    #expect(try Self.word(52, born: "2024-01-01", on: "2026-02-28", given: given) == "done")
    #expect(try Self.word(52, born: "2024-01-01", on: "2026-08-01", given: given) == "due")
    // One before the round, as for measles, is not the round's.
    #expect(
      try Self.word(52, born: "2024-01-01", on: "2026-02-05", given: [("2026-01-31", .vitaminA)])
        == "due")
  }

  @Test(
    "Which capsule: blue before a year, red from then, none within thirty days",
    arguments: [
      ("2026-02-16", nil), ("2026-02-15", "blue_capsule"), ("2025-08-16", "blue_capsule"),
      ("2025-08-15", "red_capsule"), ("2021-08-16", "red_capsule"), ("2021-08-15", nil),
    ] as [(CivilDate, String?)])
  func capsule(born: CivilDate, expected: String?) throws {
    let plan = try Life(.female, born: born).plan(on: "2026-08-15", by: [.child])
    #expect(plan.found(75) == expected)
  }

  @Test(
    "Which capsule is said while the round's is owed, and not a day longer",
    arguments: [
      ("2026-07-31", false), ("2026-08-01", true), ("2026-08-31", true), ("2026-09-01", false),
    ] as [(CivilDate, Bool)])
  func roundOpen(day: CivilDate, isSaid: Bool) throws {
    var life = Life(.female, born: "2023-05-01")
    for table in [75, 76] as [UInt16] {
      let plan = try life.plan(on: day, by: [.child])
      #expect((plan.answer(of: table) != .notApplicable) == isSaid)
    }
    life.visit(.childDevelopment, on: "2026-08-01", by: .kader, [.vitaminA: 1, .deworming: 1])
    for table in [75, 76] as [UInt16] {
      #expect(try life.plan(on: day, by: [.child]).answer(of: table) == .notApplicable)
    }
  }

  @Test("Which capsule is not said to whoever did not want it")
  func capsuleRefused() throws {
    var life = Life(.female, born: "2023-05-01")
    life.tell(.refusal, on: "2026-08-02", RefusalBody(service: 52).bytes)
    let plan = try life.plan(on: "2026-08-03", by: [.child])
    #expect(plan.word(52) == "refused")
    #expect(plan.answer(of: 75) == .notApplicable)
    #expect(plan.found(76) == "one_tablet")
  }

  @Test(
    "No capsule within thirty days of another",
    arguments: [(29, "capsule_given_lately"), (30, "red_capsule")] as [(Int32, String)])
  func capsuleLately(days: Int32, expected: String) throws {
    var life = Life(.female, born: "2024-01-01")
    // A capsule for measles, before the round of February.
    life.visit(.sickChild, on: "2026-01-10", [.vitaminA: 1])
    #expect(
      try life.plan(on: ("2026-01-10" as CivilDate) + .days(days), by: [.child]).found(75)
        == expected)
  }

  @Test(
    "Deworming in August from 12 to 71 months; February and selection are set",
    arguments: [
      ("2025-08-20", "2026-08-19", "-"), ("2025-08-20", "2026-08-20", "due"),
      ("2020-08-20", "2026-08-19", "due"), ("2020-08-20", "2026-08-20", "-"),
      ("2024-01-01", "2026-07-31", "upcoming"), ("2024-01-01", "2026-09-01", "upcoming"),
    ] as [(CivilDate, CivilDate, String)])
  func deworming(born: CivilDate, day: CivilDate, word: String) throws {
    #expect(try Self.word(53, born: born, on: day) == word)
  }

  @Test("Deworming by how frequent worms are")
  func dewormingSettings() throws {
    #expect(try Self.word(152, born: "2024-01-01", on: "2026-02-10") == "-")
    let often = Plans.set((.dewormingInFebruary, 1))
    #expect(try Self.word(152, born: "2024-01-01", on: "2026-02-10", settings: often) == "due")
    #expect(try Self.word(152, born: "2025-02-11", on: "2026-02-10", settings: often) == "-")
    let rare = Plans.set((.dewormingIsSelective, 1))
    #expect(try Self.word(53, born: "2024-01-01", on: "2026-08-10", settings: rare) == "-")
  }

  @Test(
    "How much against worms",
    arguments: [
      ("2025-08-16", [:], nil), ("2025-08-15", [:], "half_tablet"),
      ("2024-08-16", [:], "half_tablet"), ("2024-08-15", [:], "one_tablet"),
      ("2024-08-15", [.feverOrIll: 1], "worm_medicine_waits"),
      ("2024-08-15", [.feverOrIll: 0], "one_tablet"), ("2020-08-16", [:], "one_tablet"),
      ("2020-08-15", [:], nil),
    ] as [(CivilDate, [DataElement: Int32], String?)])
  func wormMedicine(
    born: CivilDate, observed: [DataElement: Int32], expected: String?
  ) throws {
    var life = Life(.female, born: born)
    life.visit(.childDevelopment, on: "2026-08-15", observed)
    #expect(try life.plan(on: "2026-08-15", by: [.child]).found(76) == expected)
  }

  @Test(
    "Where worms are rare a child that was chosen gets the medicine, as much as others",
    arguments: [
      ("2024-06-16", "half_tablet"), ("2024-06-15", "one_tablet"), ("2023-06-15", "one_tablet"),
    ] as [(CivilDate, String)])
  func dewormingOfChosen(born: CivilDate, dose: String) throws {
    let rare = Plans.set((.dewormingIsSelective, 1))
    var life = Life(.female, born: born)
    life.visit(.childDevelopment, on: "2026-06-15", [.wormsFound: 0])
    let before = try life.plan(on: "2026-06-15", by: [.child], settings: rare)
    #expect(before.word(159) == "-" && before.found(76) == nil)
    life.visit(.childDevelopment, on: "2026-06-15", [.wormsFound: 1])
    let plan = try life.plan(on: "2026-06-15", by: [.child], settings: rare)
    #expect(plan.word(159) == "due" && plan.found(76) == dose)
    #expect(try life.plan(on: "2026-06-28", by: [.child], settings: rare).word(159) == "due")
    #expect(try life.plan(on: "2026-06-29", by: [.child], settings: rare).word(159) == "late")
    #expect(try life.plan(on: "2026-12-14", by: [.child], settings: rare).word(159) == "late")
    #expect(try life.plan(on: "2026-12-15", by: [.child], settings: rare).word(159) == "missed")
    // Elsewhere nobody is chosen: everybody gets it in August.
    #expect(try life.plan(on: "2026-06-15", by: [.child]).word(159) == "-")
    life.visit(.childDevelopment, on: "2026-06-20", [.deworming: 0])
    #expect(try life.plan(on: "2026-06-20", by: [.child], settings: rare).word(159) == "due")
    life.visit(.childDevelopment, on: "2026-06-21", [.deworming: 1])
    let after = try life.plan(on: "2026-06-21", by: [.child], settings: rare)
    #expect(after.word(159) == "done" && after.found(76) == nil)
  }

  @Test(
    "A chosen child is owed the medicine from 12 to 71 months",
    arguments: [
      ("2025-06-16", "-"), ("2025-06-15", "due"), ("2020-06-16", "due"), ("2020-06-15", "-"),
    ] as [(CivilDate, String)])
  func chosenByAge(born: CivilDate, word: String) throws {
    let rare = Plans.set((.dewormingIsSelective, 1))
    var life = Life(.female, born: born)
    life.visit(.childDevelopment, on: "2026-06-15", [.wormsFound: 1])
    #expect(try life.plan(on: "2026-06-15", by: [.child], settings: rare).word(159) == word)
  }

  @Test("Whether a child was chosen is asked from 12 to 71 months, where worms are rare")
  func wormsAsked() throws {
    let rare = Plans.set((.dewormingIsSelective, 1))
    for (born, settings, isAsked): (CivilDate, ClinicalSettings, Bool) in [
      ("2025-06-16", rare, false), ("2025-06-15", rare, true), ("2020-06-16", rare, true),
      ("2020-06-15", rare, false), ("2025-06-15", ClinicalSettings(), false),
    ] {
      let record = try Life(.female, born: born).record(on: "2026-06-15", settings: settings)
      var evaluation = Evaluation(record, settings: settings)
      let asked = VisitForm.child.sections(asking: &evaluation).flatMap(\.questions)
      #expect(asked.contains { $0.element == .wormsFound } == isAsked, "\(born)")
    }
  }

  @Test(
    "Medicine against worms is asked of a chosen child, however lately a round was",
    arguments: [
      // Nobody chose the child: five months after the dose of February.
      ("2026-02-10", nil, "2026-07-09", false), ("2026-02-10", nil, "2026-07-10", true),
      // Chosen before the dose, on its day, the day after.
      ("2026-02-10", "2026-02-09", "2026-02-11", false),
      ("2026-02-10", "2026-02-10", "2026-02-11", false),
      ("2026-02-10", "2026-02-11", "2026-02-11", true),
      ("2026-02-10", "2026-04-01", "2026-04-01", true),
      ("2026-02-10", "2026-04-01", "2026-03-31", false),
      // Until the half year is over in which it is owed.
      ("2026-05-10", "2026-05-11", "2026-10-09", true),
      (nil, "2026-04-01", "2026-04-01", true), (nil, nil, "2026-04-01", true),
    ] as [(CivilDate?, CivilDate?, CivilDate, Bool)])
  func dewormingAsked(given: CivilDate?, chosen: CivilDate?, day: CivilDate, isAsked: Bool) throws {
    var life = Life(.female, born: "2024-01-01")
    if let given { life.visit(.childDevelopment, on: given, [.deworming: 1]) }
    if let chosen { life.visit(.childDevelopment, on: chosen, [.wormsFound: 1]) }
    let rare = Plans.set((.dewormingIsSelective, 1))
    var evaluation = Evaluation(try life.record(on: day, settings: rare), settings: rare)
    let asked = VisitForm.child.sections(asking: &evaluation).flatMap(\.questions)
    #expect(asked.contains { $0.element == .deworming } == isAsked)
    // Whatever the plan owes a chosen child can be entered.
    let isOwed = try life.plan(on: day, by: [.child], settings: rare).isOwed(159)
    #expect(!isOwed || isAsked)
  }

  @Test("A chosen child that got the medicine is not asked again; one that did not, is")
  func dewormingAskedOfChosen() throws {
    let rare = Plans.set((.dewormingIsSelective, 1))
    for (answer, isAsked): (Int32, Bool) in [(0, true), (1, false)] {
      var life = Life(.female, born: "2024-01-01")
      life.visit(.childDevelopment, on: "2026-02-10", [.deworming: 1])
      life.visit(.childDevelopment, on: "2026-04-01", [.wormsFound: 1])
      life.visit(.childDevelopment, on: "2026-04-05", [.deworming: answer])
      var evaluation = Evaluation(
        try life.record(on: "2026-04-06", settings: rare), settings: rare)
      let asked = VisitForm.child.sections(asking: &evaluation).flatMap(\.questions)
      #expect(asked.contains { $0.element == .deworming } == isAsked, "\(answer)")
    }
    // Where everybody is dewormed in August nobody is chosen.
    var life = Life(.female, born: "2024-01-01")
    life.visit(.childDevelopment, on: "2026-02-10", [.deworming: 1])
    life.visit(.childDevelopment, on: "2026-04-01", [.wormsFound: 1])
    #expect(
      try !BookTests.asked(.child, life, on: "2026-04-01").contains(DataElement.deworming.code))
  }

  @Test(
    "Medicine against worms waits for a week after an illness",
    arguments: [(6, "worm_medicine_waits"), (7, "one_tablet")] as [(Int32, String)])
  func wormMedicineWaits(ago: Int32, expected: String) throws {
    let day: CivilDate = "2026-08-15"
    var life = Life(.female, born: "2024-01-01")
    life.visit(
      .childDevelopment, on: CivilDate(dayNumber: day.dayNumber - ago), [.feverOrIll: 1])
    #expect(try life.plan(on: day, by: [.child]).found(76) == expected)
  }

  @Test(
    "The examination at six months, and what it found",
    arguments: [
      ("2026-07-31", "upcoming"), ("2026-08-01", "due"), ("2026-08-31", "due"),
      ("2026-09-01", "late"), ("2026-10-31", "late"), ("2026-11-01", "-"),
    ] as [(CivilDate, String)])
  func sixMonths(day: CivilDate, word: String) throws {
    #expect(try Self.word(54, born: "2026-02-01", on: day) == word)
  }

  @Test("A finding at six months is seen again in two weeks")
  func sixMonthFinding() throws {
    var life = Life(.female, born: "2026-02-01")
    life.visit(.childDevelopment, on: "2026-08-10", by: .doctor, [.sixMonthFinding: 2])
    let words = ["2026-08-23", "2026-08-24", "2026-08-31"] as [CivilDate]
    #expect(
      try words.map { try life.plan(on: $0, by: [.child]).word(153) } == [
        "upcoming", "due", "late",
      ])
    life.visit(.childDevelopment, on: "2026-08-25", by: .kader)
    #expect(try life.plan(on: "2026-08-26", by: [.child]).word(153) == "due")
    life.visit(.childDevelopment, on: "2026-08-26", by: .midwife)
    #expect(try life.plan(on: "2026-08-26", by: [.child]).word(153) == "done")
    #expect(try Plans.child(.months(6), [.sixMonthFinding: 1]).word(153) == "-")
  }

  @Test("Weight and length every month until five years; the head by its ages")
  func measured() throws {
    #expect(try Self.word(51, born: "2026-01-01", on: "2026-01-29") == "-")
    #expect(try Self.word(51, born: "2026-01-01", on: "2026-01-30") == "due")
    #expect(try Self.word(51, born: "2021-06-10", on: "2026-06-09") == "due")
    #expect(try Self.word(51, born: "2021-06-10", on: "2026-06-10") == "-")
    #expect(try Self.word(150, born: "2021-06-10", on: "2026-06-09") == "due")
    #expect(try Self.word(150, born: "2021-06-10", on: "2026-06-10") == "-")
    for (day, word): (CivilDate, String) in [
      ("2026-03-31", "upcoming"), ("2026-04-01", "due"), ("2026-05-01", "late"),
      ("2026-07-01", "due"), ("2027-01-01", "due"), ("2027-06-30", "late"), ("2027-07-01", "due"),
      ("2031-12-31", "late"), ("2032-01-01", "due"), ("2032-06-30", "late"), ("2032-07-01", "-"),
    ] { #expect(try Self.word(151, born: "2026-01-01", on: day) == word, "\(day.components)") }
  }

  @Test(
    "Thalassaemia",
    arguments: [
      ([.haemoglobin: 109], "thalassaemia_suspected"),
      ([.haemoglobin: 110], "thalassaemia_unlikely"),
      ([.haemoglobin: 120, .cellVolume: 79], "thalassaemia_suspected"),
      ([.haemoglobin: 120, .cellVolume: 80], "thalassaemia_unlikely"),
      ([.haemoglobin: 120, .cellHaemoglobin: 269], "thalassaemia_suspected"),
      ([.haemoglobin: 120, .cellHaemoglobin: 270], "thalassaemia_unlikely"),
      ([.thalassaemiaInFamily: 1], "thalassaemia_in_family_class"), ([:], nil),
    ] as [([DataElement: Int32], String?)])
  func thalassaemia(observed: [DataElement: Int32], expected: String?) throws {
    #expect(try Plans.child(.months(24), observed).found(80) == expected)
    #expect(try Plans.child(Period(months: 23, days: 27), observed).found(80) == nil)
  }

  @Test(
    "Indices of red cells: Mentzer below 13, Shine–Lal below 1530",
    arguments: [
      // MCV 70, red cells 5.39 and 5.38 million: 12.98 and 13.01; MCH 32 pg: 1568.
      (70, 539, 320, "indices_low"), (70, 538, 320, "indices_normal"),
      // 73 · 73 · 28.7 / 100 = 1529.4; 75 · 75 · 27.2 / 100 = 1530.
      (73, 500, 287, "indices_low"), (75, 500, 272, "indices_normal"),
    ] as [(Int32, Int32, Int32, String)])
  func indices(volume: Int32, cells: Int32, haemoglobin: Int32, expected: String) throws {
    let plan = try Plans.child(
      .months(30), [.cellVolume: volume, .redCells: cells, .cellHaemoglobin: haemoglobin])
    #expect(plan.found(74) == expected)
  }

  @Test(
    "Thalassaemia and glucose at two years",
    arguments: [
      (55, 23, "-"), (55, 24, "due"), (55, 35, "due"), (55, 36, "late"), (55, 72, "-"),
      (154, 23, "-"), (154, 24, "due"), (154, 30, "late"), (154, 36, "-"),
    ] as [(UInt16, Int32, String)])
  func twoYears(service: UInt16, months: Int32, word: String) throws {
    #expect(try Plans.child(.months(months)).word(service) == word)
  }

  @Test(
    "Advice about food by age",
    arguments: [
      (0, 0, "feeding_breast_alone"), (5, 27, "feeding_breast_alone"), (6, 0, "feeding_6_to_8"),
      (8, 27, "feeding_6_to_8"), (9, 0, "feeding_9_to_11"), (11, 27, "feeding_9_to_11"),
      (12, 0, "feeding_12_to_23"), (23, 27, "feeding_12_to_23"), (24, 0, "feeding_24_to_59"),
      (59, 27, "feeding_24_to_59"), (60, 0, nil),
    ] as [(Int32, Int32, String?)])
  func feedingAdvice(months: Int32, days: Int32, expected: String?) throws {
    #expect(try Plans.child(Period(months: months, days: days)).found(77) == expected)
  }

  @Test(
    "What was eaten yesterday",
    arguments: [
      (5, [.onlyBreastMilk: 1], "fed_well"), (5, [.onlyBreastMilk: 0], "not_breast_milk_alone"),
      (6, [.breastMilkYesterday: 1, .mealsYesterday: 2, .foodGroups: 5], "fed_well"),
      (6, [.breastMilkYesterday: 1, .mealsYesterday: 1, .foodGroups: 5], "too_few_meals"),
      (8, [.breastMilkYesterday: 1, .mealsYesterday: 2, .foodGroups: 4], "too_few_food_groups"),
      (9, [.breastMilkYesterday: 1, .mealsYesterday: 2, .foodGroups: 5], "too_few_meals"),
      (9, [.breastMilkYesterday: 1, .mealsYesterday: 3, .foodGroups: 5], "fed_well"),
      (9, [.breastMilkYesterday: 0, .mealsYesterday: 3, .foodGroups: 5], "too_few_meals"),
      (9, [.breastMilkYesterday: 0, .mealsYesterday: 4, .foodGroups: 5], "fed_well"),
      (24, [.mealsYesterday: 1], nil),
    ] as [(Int32, [DataElement: Int32], String?)])
  func feeding(months: Int32, observed: [DataElement: Int32], expected: String?) throws {
    #expect(try Plans.child(.months(months), observed).found(78) == expected)
  }

  @Test(
    "Fever or illness told at the Posyandu: seen by a midwife today, signs of danger asked",
    arguments: [
      (11, 0, [.feverOrIll: 1], nil), (12, 0, [.feverOrIll: 1], "ill_child_to_be_seen"),
      (12, 0, [.feverOrIll: 0], nil),
      (12, 0, [:], nil), (12, 1, [.feverOrIll: 1], "ill_child_to_be_seen"),
      (12, 2, [.feverOrIll: 1], nil), (59, 0, [.feverOrIll: 1], "ill_child_to_be_seen"),
      (60, 0, [.feverOrIll: 1], nil),
    ] as [(Int32, Int32, [DataElement: Int32], String?)])
  func illToday(
    months: Int32, ago: Int32, observed: [DataElement: Int32], expected: String?
  ) throws {
    let plan = try Plans.child(.months(months), earlier: observed, ago: ago)
    #expect(plan.found(271) == expected)
    // Once the signs of danger were asked, what they tell is told: then, or on a day after it.
    let askedThen = try Plans.child(
      .months(months), earlier: observed.merging([.cannotDrink: 0]) { $1 }, ago: ago)
    #expect(askedThen.found(271) == nil)
    let asked = try Plans.child(.months(months), [.cannotDrink: 0], earlier: observed, ago: ago)
    #expect(asked.found(271) == nil)
  }
}
