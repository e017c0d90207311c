import Guidance
import Health
import Testing

@testable import Programmes

/// Weights of a newborn after that of the birth, and which of them decides.
@Suite("Weights of newborns")
struct NewbornWeightTests {
  @Test(
    "Where nobody told the weight at birth, a small weight of the first week counts",
    arguments: [
      // Weighed on the day of birth: that is the weight at birth.
      (0, 999, "extremely_low_birth_weight"), (0, 1_499, "very_low_birth_weight"),
      (0, 1_999, "low_birth_weight_to_refer"), (0, 2_000, "low_birth_weight"),
      (0, 2_499, "low_birth_weight"), (0, 2_500, "enough_birth_weight"),
      // Weighed later in the first week.
      (1, 900, "low_weight_in_first_week_to_refer"),
      (3, 1_999, "low_weight_in_first_week_to_refer"), (3, 2_000, "low_weight_in_first_week"),
      (6, 2_499, "low_weight_in_first_week"), (6, 2_500, nil), (7, 1_999, nil),
    ] as [(Int32, Int32, String?)])
  func firstWeek(days: Int32, weight: Int32, expected: String?) throws {
    let plan = try Plans.child(.days(days), [.weight: weight], weight: nil, purpose: .newborn)
    #expect(plan.found(20) == expected)
    // Weighing is owed until a weight at birth is known.
    #expect((plan.word(44) == "done") == (days == 0))
  }

  @Test("Under 2000 g in the first week is referred, whatever the weight at birth")
  func lostWeight() throws {
    for (weight, expected): (Int32, String) in [
      (1_999, "low_weight_in_first_week_to_refer"), (2_000, "low_birth_weight"),
    ] {
      let plan = try Plans.child(.days(3), [.weight: weight], weight: 2_100, purpose: .newborn)
      #expect(plan.found(20) == expected)
    }
  }

  @Test(
    "A later weight decides: red ends with 2000 g, and with 2500 g where it was ill at birth",
    arguments: [
      // Weight at birth, on day 3, on day 20; ill at birth.
      (2_100, 1_980, nil, 0, "low_weight_in_first_week_to_refer"),
      (2_100, 1_980, 1_999, 0, "low_weight_in_first_week_to_refer"),
      (2_100, 1_980, 2_000, 0, "low_birth_weight"),
      (2_100, 1_980, 2_400, 0, "low_birth_weight"),
      (nil, 1_980, 1_999, 0, "low_weight_in_first_week_to_refer"),
      (nil, 1_980, 2_000, 0, "low_weight_in_first_week"),
      (2_100, 1_980, 2_400, 1, "low_birth_weight_ill"),
      (2_300, nil, nil, 1, "low_birth_weight_ill"),
      (2_300, 2_200, 2_499, 1, "low_birth_weight_ill"),
      (2_300, 2_200, 2_500, 1, "low_birth_weight"),
      (nil, 2_200, 2_499, 1, "low_birth_weight_ill"),
      (nil, 2_200, 2_500, 1, "low_weight_in_first_week"),
      // Red is for the first week: what is lost afterwards stands with the gain.
      (2_100, 2_010, 1_990, 0, "low_birth_weight"),
    ] as [(Int32?, Int32?, Int32?, Int32, String)])
  func laterWeight(
    birth: Int32?, third: Int32?, twentieth: Int32?, ill: Int32, expected: String
  ) throws {
    var life = Life(.male, born: "2026-03-01", weight: birth)
    life.visit(.newborn, on: "2026-03-02", [.illAtBirth: ill])
    if let third { life.visit(.newborn, on: "2026-03-04", [.weight: third]) }
    if let twentieth { life.visit(.newborn, on: "2026-03-21", [.weight: twentieth]) }
    #expect(try life.plan(on: "2026-03-21", by: [.newborn]).found(20) == expected)
  }

  @Test("A weight of the day of birth is no later one; one of the next day is")
  func weightAfterBirth() throws {
    for (day, expected): (CivilDate, String) in [
      ("2026-03-01", "low_birth_weight_ill"), ("2026-03-02", "low_birth_weight"),
    ] {
      var life = Life(.male, born: "2026-03-01", weight: 2_300)
      life.visit(.newborn, on: "2026-03-01", [.illAtBirth: 1])
      life.visit(.newborn, on: day, [.weight: 2_500])
      #expect(try life.plan(on: "2026-03-02", by: [.newborn]).found(20) == expected)
    }
  }
}
