import Guidance
import Health
import Testing

@testable import Programmes

/// Fever with a fast pulse or fast breaths, and pulse and breaths that are very fast without it, in
/// pregnancy and in the 42 days after it.
@Suite("Sepsis of mothers")
struct MothersSepsisTests {
  static let table: UInt16 = 325

  /// What was observed, the class.
  static let rows: [([DataElement: Int32], String?)] = [
    // Fever alone is a sign of danger and no sepsis.
    ([.temperature: 395], nil), ([.temperature: 395, .pulse: 109, .breathsPerMinute: 24], nil),
    // Each sign at its limit, with the temperature below the limit of fever and on it.
    ([.temperature: 379, .pulse: 110], nil), ([.temperature: 380, .pulse: 109], nil),
    ([.temperature: 380, .pulse: 110], "sepsis_suspected"),
    ([.feverTwoDays: 1, .pulse: 110], "sepsis_suspected"),
    ([.feverTwoDays: 0, .pulse: 110], nil),
    ([.temperature: 379, .breathsPerMinute: 25], nil),
    ([.temperature: 380, .breathsPerMinute: 24], nil),
    ([.temperature: 380, .breathsPerMinute: 25], "sepsis_suspected"),
    ([.temperature: 379, .unconscious: 1], nil), ([.temperature: 380, .unconscious: 0], nil),
    ([.temperature: 380, .unconscious: 1], "sepsis_suspected"),
    ([.temperature: 380, .shockSigns: 1], "sepsis_suspected"),
    ([.temperature: 380, .shockSigns: 0], nil),
    ([.temperature: 380, .systolicPressure: 89, .diastolicPressure: 50], "sepsis_suspected"),
    ([.temperature: 380, .systolicPressure: 90, .diastolicPressure: 50], nil),
    // Without fever: one alone is counted again, both are grave.
    ([.pulse: 119], nil), ([.pulse: 120], "very_fast_pulse"),
    ([.breathsPerMinute: 29], nil), ([.breathsPerMinute: 30], "very_fast_breaths"),
    ([.pulse: 120, .breathsPerMinute: 29], "very_fast_pulse"),
    ([.pulse: 119, .breathsPerMinute: 30], "very_fast_breaths"),
    ([.pulse: 109, .breathsPerMinute: 25], nil), ([.pulse: 110, .breathsPerMinute: 24], nil),
    ([.pulse: 110, .breathsPerMinute: 25], "pulse_and_breaths_fast"),
    ([.pulse: 119, .breathsPerMinute: 29], "pulse_and_breaths_fast"),
    ([.pulse: 120, .breathsPerMinute: 30], "looks_very_ill"),
    ([.temperature: 368, .pulse: 150, .breathsPerMinute: 40], "looks_very_ill"),
    ([.temperature: 386, .pulse: 132, .breathsPerMinute: 32], "sepsis_suspected"),
    // Nothing measured.
    ([:], nil), ([.systolicPressure: 110, .diastolicPressure: 70], nil),
  ]

  @Test("In pregnancy, after a birth and after a loss alike", arguments: rows)
  func classes(observed: [DataElement: Int32], expected: String?) throws {
    for (name, plan) in [
      ("pregnant", try Plans.pregnant(238, observed)),
      ("birth", try Plans.ended(4, .liveBirth, observed)),
      ("stillbirth", try Plans.ended(4, .stillbirth, observed)),
      ("loss", try Plans.ended(4, .miscarriage, gestation: 80, observed)),
    ] {
      #expect(plan.found(Self.table) == expected, "\(name)")
    }
  }

  @Test("Sepsis has its first antibiotics and goes to a hospital now; one sign alone does not")
  func actions() throws {
    let urgencies: [String: Urgency] = [
      "sepsis_suspected": .referNow, "looks_very_ill": .referNow, "very_fast_pulse": .refer,
      "very_fast_breaths": .refer, "pulse_and_breaths_fast": .refer,
    ]
    for row in DecisionTable.mothersSepsis.rows {
      #expect(row.urgency == urgencies["\(row.name)"], "\(row.name)")
      #expect(row.actions.contains(.referToHospitalNow) == (row.urgency == .referNow))
      #expect(row.actions.contains(.careForSepsis) == (row.number == 1))
    }
  }

  @Test("Until 42 days after the end, for two weeks, and until it is counted again")
  func until() throws {
    let ill: [DataElement: Int32] = [.pulse: 130]
    for (days, isTold): (Int32, Bool) in [(0, true), (42, true), (43, false)] {
      let plan = try Plans.ended(days, .liveBirth, ill)
      #expect((plan.found(Self.table) != nil) == isTold, "\(days)")
    }
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    life.visit(.antenatal, on: "2026-06-01", ill)
    for (day, isTold) in [("2026-06-14", true), ("2026-06-15", false)] as [(CivilDate, Bool)] {
      let plan = try life.plan(on: day, by: [.pregnancy])
      #expect((plan.found(Self.table) != nil) == isTold, "\(day)")
    }
    life.visit(.antenatal, on: "2026-06-02", [.pulse: 90])
    #expect(try life.plan(on: "2026-06-02", by: [.pregnancy]).found(Self.table) == nil)
  }

  @Test("What she had is counted for fourteen days beside a fever of today")
  func signsOfTwoWeeks() throws {
    for sign in [DataElement.unconscious, .shockSigns] {
      for (ago, expected): (Int32, String?) in [(13, "sepsis_suspected"), (14, nil)] {
        var life = Life(.female, born: "1998-03-01")
        life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
        life.visit(.antenatal, on: "2026-06-20" + .days(-ago), [sign: 1])
        life.visit(.antenatal, on: "2026-06-20", [.temperature: 385])
        #expect(try life.plan(on: "2026-06-20", by: [.pregnancy]).found(Self.table) == expected)
      }
    }
  }

  @Test("All limits are settings")
  func limits() throws {
    let later = Plans.set(
      (.sepsisPulseFrom, 121), (.sepsisBreathsFrom, 31), (.veryFastPulseFrom, 130),
      (.veryFastBreathsFrom, 35))
    for (observed, expected) in [
      ([.temperature: 380, .pulse: 120], nil),
      ([.temperature: 380, .pulse: 121], "sepsis_suspected"),
      ([.temperature: 380, .breathsPerMinute: 30], nil),
      ([.temperature: 380, .breathsPerMinute: 31], "sepsis_suspected"),
      ([.pulse: 129], nil), ([.pulse: 130], "very_fast_pulse"),
      ([.breathsPerMinute: 34], nil), ([.breathsPerMinute: 35], "very_fast_breaths"),
    ] as [([DataElement: Int32], String?)] {
      let plan = try Plans.pregnant(200, observed, settings: later)
      #expect(plan.found(Self.table) == expected, "\(observed)")
    }
  }

  @Test("In pregnancy pulse and breaths are asked only of who may be very ill")
  func askedInPregnancy() throws {
    for (observed, isAsked) in [
      ([.temperature: 379], false), ([.temperature: 380], true), ([.feverTwoDays: 1], true),
      ([.unconscious: 1], true), ([.shortOfBreath: 1], true), ([.heartPounding: 1], true),
      ([.shortOfBreath: 0, .heartPounding: 0], false),
    ] as [([DataElement: Int32], Bool)] {
      var life = Life(.female, born: "1998-03-01")
      life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
      life.visit(.antenatal, on: "2026-06-01", observed)
      let asked = try BookTests.asked(.antenatal, life, on: "2026-06-01")
      for element in [DataElement.pulse, .breathsPerMinute] {
        #expect(asked.contains(element.code) == isAsked, "\(element.name), \(observed)")
      }
    }
  }

  @Test("After a loss a health worker is asked for pulse, breaths and the signs that cannot wait")
  func askedAfterLoss() {
    let asked = FormPerformerTests.asked(.afterLoss, by: .anyHealthWorker)
    let signs: Set<DataElement> = [
      .heavyBleeding, .bleeding, .fits, .unconscious, .shortOfBreath, .smellyLochia,
    ]
    #expect(asked.isSuperset(of: signs.union([.pulse, .breathsPerMinute])))
    let kader = FormPerformerTests.asked(.afterLoss, by: .kader)
    #expect(kader.isDisjoint(with: [.pulse, .breathsPerMinute]))
  }
}
