import Guidance
import Health
import Testing

@testable import Programmes

/// Feeding, colours and figures of children: the ages and numbers at which an answer changes.
@Suite("Edges of children")
struct ChildEdgeTests {
  @Test(
    "Breast milk alone until six months, other food from then on",
    arguments: [
      (
        5, 30, [.onlyBreastMilk: 1, .breastMilkYesterday: 1, .mealsYesterday: 1, .foodGroups: 3],
        "fed_well"
      ),
      (5, 30, [.breastMilkYesterday: 1, .mealsYesterday: 3, .foodGroups: 5], nil),
      (5, 30, [.onlyBreastMilk: 0], "not_breast_milk_alone"),
      (6, 0, [.onlyBreastMilk: 0], nil), (6, 0, [.onlyBreastMilk: 1], nil),
      (6, 0, [.breastMilkYesterday: 1, .mealsYesterday: 1, .foodGroups: 5], "too_few_meals"),
      (
        6, 0, [.breastMilkYesterday: 1, .mealsYesterday: 2, .foodGroups: 4],
        "too_few_food_groups"
      ),
      (6, 0, [.breastMilkYesterday: 1, .mealsYesterday: 2, .foodGroups: 5], "fed_well"),
      (8, 27, [.breastMilkYesterday: 1, .mealsYesterday: 2, .foodGroups: 5], "fed_well"),
      (9, 0, [.breastMilkYesterday: 1, .mealsYesterday: 2, .foodGroups: 5], "too_few_meals"),
    ] as [(Int32, Int32, [DataElement: Int32], String?)])
  func feeding(
    months: Int32, days: Int32, observed: [DataElement: Int32], expected: String?
  ) throws {
    #expect(try Plans.child(Period(months: months, days: days), observed).found(78) == expected)
  }

  @Test(
    "Colours 1 to 3 of the stool card are pale",
    arguments: [
      (1, "stool_pale"), (2, "stool_pale"), (3, "stool_pale"), (4, "stool_coloured"),
      (7, "stool_coloured"),
    ] as [(Int32, String)])
  func stool(colour: Int32, expected: String) throws {
    #expect(try Plans.child(.days(20), [.stoolColour: colour]).found(57) == expected)
  }

  @Test(
    "A small newborn who is ill, by the birth weight",
    arguments: [(2_499, "low_birth_weight_ill"), (2_500, "enough_birth_weight")]
      as [(Int32, String)])
  func smallAndIll(weight: Int32, expected: String) throws {
    #expect(try Plans.child(.days(3), [.illAtBirth: 1], weight: weight).found(20) == expected)
  }

  @Test(
    "Hearing is scored by the number of no",
    arguments: [(0, "hearing_normal"), (1, "hearing_doubtful"), (2, "hearing_doubtful")]
      as [(Int32, String)])
  func hearing(no: Int32, band: String) throws {
    var answers = HearingTest.answers(4)
    for item in 0..<Int(no) { answers[HearingTest.all[4].element(item)] = 0 }
    let score = try Plans.child(.months(30), answers).score(124)
    #expect(score?.least == no)
    #expect(score?.band.name.description == band)
  }

  /// What is worked out of a child's visits on days of March 2026; born 1 September 2025.
  static func record(
    _ visits: (CivilDate, [DataElement: Int32])..., born: CivilDate = "2025-09-01"
  ) throws -> HealthRecord {
    var life = Life(.male, born: born, weight: 3_000, gestation: 280)
    for (day, observed) in visits { life.visit(.nutritionFollowUp, on: day, observed) }
    return try life.record(on: "2026-03-31")
  }

  @Test("The arm tells poor growth from six months on, oedema always")
  func signs() throws {
    func days(_ first: CivilDate, _ last: CivilDate, _ observed: [DataElement: Int32]) throws
      -> Int32?
    {
      try Self.record((first, observed), (last, observed)).latest(.severeMalnutritionDays)?.value
    }
    let thin: [DataElement: Int32] = [.armCircumference: 1_149]
    #expect(try days("2026-02-28", "2026-03-11", thin) == 0)
    #expect(try days("2026-03-01", "2026-03-11", thin) == 10)
    #expect(try days("2026-03-01", "2026-03-11", [.armCircumference: 1_150]) == 0)
    #expect(try days("2026-02-01", "2026-02-11", [.pittingOedema: 1]) == 10)
    #expect(try days("2026-02-01", "2026-02-11", [.pittingOedema: 0]) == 0)
  }

  @Test("Weight for age below −2 SD is poor growth, −2 SD exactly is not")
  func underweightDays() throws {
    func score(_ grams: Int32) throws -> Int32? {
      try Self.record(("2026-03-01", [.weight: grams]), born: "2025-03-01")
        .latest(.weightForAgeScore)?.value
    }
    // The greatest weight with so low a score on 1 March.
    func weight(_ hundredths: Int32) throws -> Int32 {
      var (low, high): (Int32, Int32) = (6_000, 9_000)
      while high - low > 1 {
        let middle = (low + high) / 2
        if try score(middle) ?? 0 <= hundredths { low = middle } else { high = middle }
      }
      #expect(try score(low) == hundredths)
      return low
    }
    let low: (CivilDate, [DataElement: Int32]) = ("2026-03-11", [.weight: 7_000])
    for (hundredths, days): (Int32, Int32) in [(-201, 10), (-200, 0), (-199, 0)] {
      let first: (CivilDate, [DataElement: Int32]) = (
        "2026-03-01", [.weight: try weight(hundredths)]
      )
      let record = try Self.record(first, low, born: "2025-03-01")
      #expect(record.latest(.poorGrowthDays)?.value == days, "\(hundredths)")
    }
  }

  @Test(
    "A count of red cells tells of thalassaemia for a year",
    arguments: [
      (364, [.cellVolume: 79], "thalassaemia_suspected"),
      (365, [.cellVolume: 79], "thalassaemia_unlikely"),
      (364, [.cellHaemoglobin: 269], "thalassaemia_suspected"),
      (365, [.cellHaemoglobin: 269], "thalassaemia_unlikely"),
    ] as [(Int32, [DataElement: Int32], String)])
  func redCellsLately(ago: Int32, counted: [DataElement: Int32], expected: String) throws {
    let plan = try Plans.child(.months(40), [.haemoglobin: 115], earlier: counted, ago: ago)
    #expect(plan.found(80) == expected)
  }

  @Test("Recovered visits in a row: one that is poor begins anew")
  func recovered() throws {
    // 75 cm: 9.8 kg is well, 8 kg is thin.
    let well: [DataElement: Int32] = [.weight: 9_800, .lengthOrHeight: 7_500]
    let poor: [DataElement: Int32] = [.weight: 8_000, .lengthOrHeight: 7_500]
    let begun: (CivilDate, [DataElement: Int32]) = (
      "2026-03-01", poor.merging([.malnutritionCare: 1]) { $1 }
    )
    func count(_ visits: (CivilDate, [DataElement: Int32])...) throws -> Int32? {
      var life = Life(.male, born: "2025-03-01", weight: 3_000, gestation: 280)
      for (day, observed) in [begun] + visits { life.visit(.nutritionFollowUp, on: day, observed) }
      return try life.record(on: "2026-03-31").latest(.recoveredVisits)?.value
    }
    #expect(try count() == 0)
    #expect(try count(("2026-03-08", well)) == 1)
    #expect(try count(("2026-03-08", well), ("2026-03-15", poor)) == 0)
    #expect(try count(("2026-03-08", well), ("2026-03-15", poor), ("2026-03-22", well)) == 1)
    #expect(try count(("2026-03-08", well), ("2026-03-15", well)) == 2)
  }

  @Test(
    "Grams gained a day, rounded down",
    arguments: [
      (120, 20), (119, 19), (0, 0), (-1, -1), (-6, -1), (-7, -2), (-12, -2), (-13, -3),
    ] as [(Int32, Int32)])
  func dailyGain(difference: Int32, gain: Int32) throws {
    var life = Life(.male, born: "2026-03-01", weight: 2_200, gestation: 250)
    life.visit(.newborn, on: "2026-03-12", [.weight: 2_200])
    life.visit(.newborn, on: "2026-03-18", [.weight: 2_200 + difference])
    #expect(try life.record(on: "2026-03-31").latest(.dailyGain)?.value == gain)
  }

  @Test("A good saturation begins the count of borderline ones anew")
  func saturation() throws {
    var life = Life(.male, born: "2026-03-01", weight: 3_000, gestation: 280)
    for (day, foot): (CivilDate, Int32) in [("2026-03-02", 93), ("2026-03-03", 97)] {
      life.visit(.newborn, on: day, [.oxygenSaturation: 97, .footSaturation: foot])
    }
    #expect(try life.record(on: "2026-03-31").latest(.borderlineSaturations)?.value == 0)
  }

  @Test("Indices of red cells are not worked out without cells")
  func redCells() throws {
    func mentzer(_ cells: Int32) throws -> Int32? {
      try Self.record(("2026-03-10", [.cellVolume: 80, .redCells: cells]))
        .latest(.mentzerIndex)?.value
    }
    #expect(try mentzer(0) == nil)
    #expect(try mentzer(1) == 80_000)
    #expect(try mentzer(500) == 160)
  }
}
