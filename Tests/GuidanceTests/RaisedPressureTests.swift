import Guidance
import Health
import Testing

@testable import Programmes

/// A blood pressure that was raised in a pregnancy, and what a lower one afterwards says.
@Suite("Raised pressure is not forgotten")
struct RaisedPressureTests {
  private static let period: CivilDate = "2026-01-01"

  /// Measured on day 180, then 120/80 a week later.
  private static func woman(
    _ systolic: Int32, _ diastolic: Int32, _ more: [DataElement: Int32] = [:], on day: Int32 = 180
  ) -> Life {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: period + .days(40))
    life.visit(
      .antenatal, on: period + .days(day),
      more.merging([.systolicPressure: systolic, .diastolicPressure: diastolic]) { $1 })
    life.visit(
      .antenatal, on: period + .days(day + 7), [.systolicPressure: 120, .diastolicPressure: 80])
    return life
  }

  @Test(
    "A normal value after it",
    arguments: [
      (139, 89, [:], "normal_pressure"), (140, 80, [:], "raised_pressure_before"),
      (120, 90, [:], "raised_pressure_before"), (150, 95, [:], "raised_pressure_before"),
      (159, 109, [:], "raised_pressure_before"), (160, 80, [:], "very_high_pressure_before"),
      (150, 110, [:], "very_high_pressure_before"),
      (150, 95, [.urineProtein: 2], "raised_pressure_before"),
      (150, 95, [.urineProtein: 3], "very_high_pressure_before"),
      (150, 95, [.urineProtein: 4], "very_high_pressure_before"),
      (150, 95, [.urineProtein: 5], "very_high_pressure_before"),
      (139, 89, [.urineProtein: 3], "normal_pressure"),
    ] as [(Int32, Int32, [DataElement: Int32], String)])
  func lower(
    systolic: Int32, diastolic: Int32, more: [DataElement: Int32], expected: String
  ) throws {
    let life = Self.woman(systolic, diastolic, more)
    let day = Self.period + .days(187)
    #expect(try life.plan(on: day, by: [.pregnancy]).found(3) == expected)
  }

  @Test("Before 20 weeks too, and for as long as she is pregnant and 42 days after")
  func lasts() throws {
    var life = Self.woman(150, 95, on: 100)
    #expect(
      try life.plan(on: Self.period + .days(270), by: [.pregnancy]).found(3)
        == "raised_pressure_before")
    life.gaveBirth(on: Self.period + .days(275))
    life.visit(
      .postnatal, on: Self.period + .days(280), [.systolicPressure: 120, .diastolicPressure: 80])
    #expect(
      try life.plan(on: Self.period + .days(280), by: [.pregnancy]).found(3)
        == "raised_pressure_before")
  }

  @Test("A pressure of an earlier pregnancy says nothing")
  func earlierPregnancy() throws {
    var life = Life(.female, born: "1998-03-01")
    life.visit(
      .antenatal, on: "2025-12-30", [.systolicPressure: 150, .diastolicPressure: 95])
    life.pregnant(lastPeriod: Self.period, known: Self.period + .days(40))
    life.visit(
      .antenatal, on: Self.period + .days(50), [.systolicPressure: 120, .diastolicPressure: 80])
    #expect(
      try life.plan(on: Self.period + .days(50), by: [.pregnancy]).found(3) == "normal_pressure")
  }

  @Test(
    "The answer to a referral for it, of that day or later, is told and is no green class",
    arguments: [
      (3, 179, .sentBack, "raised_pressure_before"),
      (3, 180, .sentBack, "raised_pressure_answered"),
      (3, 181, .received, "raised_pressure_answered"), (3, 186, .sentOn, "raised_pressure_sent_on"),
      (47, 186, .received, "raised_pressure_before"),
    ] as [(UInt16, Int32, ReferralOutcome, String)])
  func answered(
    table: UInt16, day: Int32, outcome: ReferralOutcome, expected: String
  ) throws {
    var life = Self.woman(150, 95)
    var body = ReferralBody(facility: nil, facilityName: Array("RSUD".utf8))
    body.reasons = [.classified(table: table, row: 2)]
    let sent = life.tell(.referral, on: Self.period + .days(170), body.bytes)
    life.tell(
      .referralAnswer, on: Self.period + .days(day),
      ReferralAnswerBody(referral: sent, outcome: outcome).bytes)
    #expect(
      try life.plan(on: Self.period + .days(187), by: [.pregnancy]).found(3) == expected)
    // Raised again, it is open again.
    life.visit(
      .antenatal, on: Self.period + .days(194), [.systolicPressure: 145, .diastolicPressure: 80])
    #expect(
      try life.plan(on: Self.period + .days(194), by: [.pregnancy]).found(3) == "hypertension")
    #expect(
      try life.plan(on: Self.period + .days(220), by: [.pregnancy]).found(3)
        == "raised_pressure_before")
  }

  @Test("None of its classes is care at home")
  func neverGreen() {
    let rows = DecisionTable.pressureInPregnancy.rows.filter { $0.urgency == .homeCare }
    #expect(rows.map(\.name.description) == ["normal_pressure"])
  }
}
