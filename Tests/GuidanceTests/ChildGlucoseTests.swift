import Guidance
import Health
import Testing

@testable import Programmes

/// Glucose of children from two years on: what is normal, raised, and cannot wait.
@Suite("Glucose of children")
struct ChildGlucoseTests {
  @Test(
    "Glucose",
    arguments: [
      ([.bloodGlucose: 139], "glucose_normal"), ([.bloodGlucose: 140], "glucose_raised"),
      ([.bloodGlucose: 199], "glucose_raised"), ([.bloodGlucose: 200], "glucose_high"),
      ([.bloodGlucose: 201], "glucose_high"),
      ([.bloodGlucose: 199, .diabetesSigns: 1], "glucose_raised"),
      ([.bloodGlucose: 200, .diabetesSigns: 0], "glucose_high"),
      ([.bloodGlucose: 200, .diabetesSigns: 1], "glucose_high_with_signs"),
      // A normal value of the same day, with food or without, says nothing against a high one.
      ([.bloodGlucose: 200, .fastingGlucose: 99], "glucose_high"),
      ([.bloodGlucose: 140, .fastingGlucose: 99], "glucose_normal"),
      ([.fastingGlucose: 99], "glucose_normal"),
      ([.fastingGlucose: 100], "fasting_glucose_high"), ([.diabetesSigns: 1], nil), ([:], nil),
    ] as [([DataElement: Int32], String?)])
  func glucose(observed: [DataElement: Int32], expected: String?) throws {
    #expect(try Plans.child(.months(24), observed).found(81) == expected)
  }

  @Test("From 200 a child is referred on the day; what is not known of signs is said")
  func highGlucose() throws {
    for name in ["glucose_high", "glucose_high_with_signs"] {
      let row = DecisionTable.childGlucose.rows.first { $0.name.description == name }
      #expect(row?.urgency == .refer)
      #expect(row?.actions.contains(.testFastingGlucose) == false)
    }
    let answer = try Plans.child(.months(24), [.bloodGlucose: 200]).answer(of: 81)
    let place = try #require(DecisionTable.childGlucose.rows.firstIndex { $0.number == 2 })
    let signs = Missing.element(DataElement.diabetesSigns.code)
    #expect(answer == .row(UInt8(place), notExcluded: signs))
  }

  @Test(
    "A high glucose stands until fasting glucose of a later day, with signs until the referral",
    arguments: [
      (0, [.fastingGlucose: 90], "glucose_high", "glucose_high_with_signs"),
      (1, [.fastingGlucose: 90], "glucose_normal", "glucose_high_with_signs"),
      (2, [.fastingGlucose: 99], "glucose_normal", "glucose_high_with_signs"),
      (1, [.fastingGlucose: 100], "fasting_glucose_high", "glucose_high_with_signs"),
      // A lower random glucose says nothing, nor does one without food that is older.
      (1, [.bloodGlucose: 110], "glucose_high", "glucose_high_with_signs"),
      (-1, [.fastingGlucose: 90], "glucose_high", "glucose_high_with_signs"),
      (-200, [.fastingGlucose: 90], "glucose_high", "glucose_high_with_signs"),
    ] as [(Int32, [DataElement: Int32], String, String)])
  func highGlucoseFollowed(
    days: Int32, observed: [DataElement: Int32], without: String, with: String
  ) throws {
    let high: CivilDate = "2026-06-01"
    for (signs, expected): (Int32, String) in [(0, without), (1, with)] {
      var life = Life(.female, born: "2023-01-01")
      life.visit(.childDevelopment, on: high, [.bloodGlucose: 250, .diabetesSigns: signs])
      life.visit(.childDevelopment, on: high + .days(days), observed)
      #expect(try life.plan(on: "2026-06-10", by: [.child]).found(81) == expected, "\(signs)")
    }
  }

  @Test(
    "Signs of diabetes that were told count for a year",
    arguments: [(364, "glucose_high_with_signs"), (365, "glucose_high")] as [(Int32, String)])
  func signsLately(ago: Int32, expected: String) throws {
    let plan = try Plans.child(
      .months(40), [.bloodGlucose: 250], earlier: [.diabetesSigns: 1], ago: ago)
    #expect(plan.found(81) == expected)
  }

  @Test(
    "The answer to a referral for high glucose ends it; one for something else does not",
    arguments: [
      (81, 0, "high_glucose_answered"), (81, 1, "high_glucose_answered"),
      (81, -1, "glucose_high_with_signs"), (80, 1, "glucose_high_with_signs"),
    ] as [(UInt16, Int32, String)])
  func highGlucoseReferred(table: UInt16, days: Int32, expected: String) throws {
    let high: CivilDate = "2026-06-01"
    var life = Life(.female, born: "2023-01-01")
    life.visit(.childDevelopment, on: high, [.bloodGlucose: 250, .diabetesSigns: 1])
    var referral = ReferralBody(facility: nil, facilityName: Array("RS".utf8))
    referral.reasons = [.classified(table: table, row: 5)]
    let sent = life.tell(.referral, on: high + .days(min(days, 0)), referral.bytes)
    life.tell(
      .referralAnswer, on: high + .days(days),
      ReferralAnswerBody(referral: sent, outcome: .received).bytes)
    #expect(try life.plan(on: "2026-06-10", by: [.child]).found(81) == expected)
    // A high value after the answer is another.
    life.visit(.childDevelopment, on: "2026-06-05", [.bloodGlucose: 230])
    #expect(
      try life.plan(on: "2026-06-10", by: [.child]).found(81) == "glucose_high_with_signs")
  }

  @Test(
    "Signs of diabetes are asked where glucose is high; fasting glucose from the next day on",
    arguments: [
      (139, 0, false, false), (140, 0, false, true), (199, 0, false, true),
      (200, 0, true, false), (200, 1, true, true), (201, 0, true, false),
    ] as [(Int32, Int32, Bool, Bool)])
  func glucoseAsked(value: Int32, days: Int32, signs: Bool, fasting: Bool) throws {
    let day: CivilDate = "2026-06-01"
    var life = Life(.female, born: "2023-01-01")
    life.visit(.childDevelopment, on: day, [.bloodGlucose: value])
    let asked = try BookTests.asked(.child, life, on: day + .days(days))
    #expect(asked.contains(DataElement.diabetesSigns.code) == signs)
    #expect(asked.contains(DataElement.fastingGlucose.code) == fasting)
  }
}
