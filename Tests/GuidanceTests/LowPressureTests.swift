import Guidance
import Health
import Testing

@testable import Programmes

/// A systolic pressure below 90 mmHg in pregnancy and in the 42 days after it.
@Suite("Low pressure of mothers")
struct LowPressureTests {
  static let table: UInt16 = 260

  static func pressed(
    _ systolic: Int32, _ more: [DataElement: Int32] = [:]
  ) -> [DataElement: Int32] {
    more.merging([.systolicPressure: systolic, .diastolicPressure: 50]) { $1 }
  }

  /// Systolic pressure, what else was observed, the class.
  static let rows: [(Int32, [DataElement: Int32], String?)] = [
    (91, [:], nil), (90, [:], nil), (90, [.bleeding: 1], nil),
    (89, [:], "low_pressure_alone"), (80, [:], "low_pressure_alone"),
    (89, [.pulse: 110], "low_pressure_alone"), (89, [.pulse: 111], "shock_suspected"),
    (89, [.temperature: 379], "low_pressure_alone"), (89, [.temperature: 380], "shock_suspected"),
    (89, [.shockSigns: 0], "low_pressure_alone"), (89, [.shockSigns: 1], "shock_suspected"),
    (89, [.pallor: 0], "low_pressure_alone"), (89, [.pallor: 1], "shock_suspected"),
    (89, [.looksWell: 1], "low_pressure_alone"), (89, [.looksWell: 0], "shock_suspected"),
    (89, [.bleedingAmount: 2], "low_pressure_alone"), (89, [.bleedingAmount: 3], "shock_suspected"),
    (89, [.bleeding: 0, .heavyBleeding: 0], "low_pressure_alone"),
    (89, [.bleeding: 1], "shock_suspected"), (89, [.heavyBleeding: 1], "shock_suspected"),
    (89, [.feverTwoDays: 1], "shock_suspected"), (89, [.severeAbdominalPain: 1], "shock_suspected"),
    (89, [.smellyLochia: 1], "shock_suspected"),
  ]

  @Test("Below 90 is low, alone or with a sign that makes it shock", arguments: rows)
  func classes(systolic: Int32, more: [DataElement: Int32], expected: String?) throws {
    let observed = Self.pressed(systolic, more)
    for plan in [try Plans.pregnant(238, observed), try Plans.ended(1, .liveBirth, observed)] {
      #expect(plan.found(Self.table) == expected)
      #expect(plan.found(3) == (systolic < 90 ? nil : "normal_pressure"))
    }
  }

  @Test("Until 42 days after a birth or a loss, and not later")
  func until() throws {
    for outcome in [PregnancyOutcome.liveBirth, .stillbirth, .miscarriage] {
      for (days, isLow) in [(Int32(0), true), (42, true), (43, false)] {
        let plan = try Plans.ended(days, outcome, gestation: 80, Self.pressed(85))
        #expect((plan.found(Self.table) != nil) == isLow, "\(outcome), \(days)")
      }
    }
  }

  @Test("It stands until she is measured again: at first with a referral, then to be measured")
  func old() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    life.visit(.antenatal, on: "2026-06-01", Self.pressed(85))
    for (day, expected) in [
      ("2026-06-14", "low_pressure_alone"), ("2026-06-15", "low_pressure_before"),
      ("2026-07-15", "low_pressure_before"), ("2026-07-16", nil),
    ] as [(CivilDate, String?)] {
      let plan = try life.plan(on: day, by: [.pregnancy])
      #expect(plan.found(Self.table) == expected, "\(day)")
      #expect(plan.found(3) == nil, "\(day)")
    }
    life.visit(.antenatal, on: "2026-06-02", Self.pressed(95))
    let later = try life.plan(on: "2026-06-02", by: [.pregnancy])
    #expect(later.found(Self.table) == nil && later.found(3) == "normal_pressure")
  }

  @Test(
    "A sign beside it counts for two weeks, seen with the pressure or before it",
    arguments: [
      (13, 13, "shock_suspected"), (14, 14, "low_pressure_before"), (13, 5, "shock_suspected"),
      (14, 5, "low_pressure_alone"),
    ] as [(Int32, Int32, String)])
  func signsLately(seen: Int32, pressed: Int32, expected: String) throws {
    let day: CivilDate = "2026-07-10"
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    life.visit(.antenatal, on: day + .days(-seen), [.shockSigns: 1])
    life.visit(.antenatal, on: day + .days(-pressed), Self.pressed(85))
    #expect(try life.plan(on: day, by: [.pregnancy]).found(Self.table) == expected)
  }

  @Test("Without a pressure nothing is said of it; both limits are settings")
  func limits() throws {
    #expect(try Plans.pregnant(200, [.bleeding: 1]).answer(of: Self.table) == .notApplicable)
    let higher = Plans.set((.lowPressureBelow, 95), (.fastPulseFrom, 105))
    let plan = { try Plans.pregnant(200, Self.pressed($0, [.pulse: $1]), settings: higher) }
    #expect(try plan(94, 104).found(Self.table) == "low_pressure_alone")
    #expect(try plan(94, 105).found(Self.table) == "shock_suspected")
    #expect(try plan(95, 105).found(3) == "normal_pressure")
  }

  @Test("Pulse and signs of shock are asked of health workers; in pregnancy not of everybody")
  func asked() throws {
    for (systolic, isAsked): (Int32, Bool) in [(90, false), (89, true)] {
      var life = Life(.female, born: "1998-03-01")
      life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
      life.visit(.antenatal, on: "2026-06-01", Self.pressed(systolic))
      let asked = try BookTests.asked(.antenatal, life, on: "2026-06-01")
      #expect(asked.contains(DataElement.pulse.code) == isAsked)
      #expect(asked.contains(DataElement.shockSigns.code) == isAsked)
    }
    for form in [VisitForm.antenatal, .postnatal, .afterLoss] {
      let kader = FormPerformerTests.asked(form, by: .kader)
      #expect(kader.isDisjoint(with: [.pulse, .shockSigns]))
      #expect(
        FormPerformerTests.asked(form, by: .anyHealthWorker)
          .isSuperset(of: [.pulse, .shockSigns]), "\(form.name)")
    }
  }
}
