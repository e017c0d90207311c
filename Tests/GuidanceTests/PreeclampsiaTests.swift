import Guidance
import Health
import Testing

@testable import Programmes

/// Two moderate risks or a high one; pressure with protein and signs.
@Suite("Preeclampsia")
struct PreeclampsiaTests {
  /// A second pregnancy without any risk.
  static let noRisk: [DataElement: Int32] = [
    .newPartner: 0, .assistedReproduction: 0, .familyPreeclampsia: 0, .preeclampsiaBefore: 0,
    .chronicHypertension: 0, .kidneyDisease: 0, .autoimmuneDisease: 0, .antiphospholipid: 0,
    .diabetes: 0, .systolicPressure: 110, .diastolicPressure: 70, .urineProtein: 1,
    .weightBeforePregnancy: 50_000, .lengthOrHeight: 15_500,
  ]

  static func found(
    _ changes: [DataElement: Int32], days: Int32 = 100, born: CivilDate = "1998-03-01",
    gravida: Int32 = 2, para: Int32 = 1, fetuses: Int32 = 1, lastEnded: CivilDate = "2022-01-01",
    settings: ClinicalSettings = ClinicalSettings()
  ) throws -> String? {
    try Plans.pregnant(
      days, noRisk.merging(changes) { $1 }, born: born, settings: settings
    ) {
      ($0.gravida, $0.para, $0.fetuses) = (gravida, para, fetuses)
      $0.lastPregnancyEnded = lastEnded
    }.found(42)
  }

  @Test("Nothing found is unlikely")
  func none() throws { #expect(try Self.found([:]) == "preeclampsia_unlikely") }

  @Test(
    "One moderate risk is watched",
    arguments: [
      [.newPartner: 1], [.assistedReproduction: 1], [.familyPreeclampsia: 1], [.urineProtein: 3],
      [.urineProtein: 5], [.systolicPressure: 131, .diastolicPressure: 70],
      [.weightBeforePregnancy: 72_110],
    ] as [[DataElement: Int32]])
  func moderate(changes: [DataElement: Int32]) throws {
    #expect(try Self.found(changes) == "preeclampsia_one_risk")
  }

  @Test(
    "One step below is no risk",
    arguments: [
      [.urineProtein: 2], [.systolicPressure: 130, .diastolicPressure: 70],
      // A body mass index of 30 exactly.
      [.weightBeforePregnancy: 72_070],
    ] as [[DataElement: Int32]])
  func below(changes: [DataElement: Int32]) throws {
    #expect(try Self.found(changes) == "preeclampsia_unlikely")
  }

  @Test(
    "One high risk is referred",
    arguments: [
      DataElement.preeclampsiaBefore, .diabetes, .chronicHypertension, .kidneyDisease,
      .autoimmuneDisease, .antiphospholipid,
    ])
  func high(element: DataElement) throws {
    #expect(try Self.found([element: 1]) == "preeclampsia_likely")
  }

  @Test("Twins are a high risk; two moderate risks are referred")
  func twins() throws {
    #expect(try Self.found([:], fetuses: 2) == "preeclampsia_likely")
    #expect(try Self.found([.newPartner: 1, .familyPreeclampsia: 1]) == "preeclampsia_likely")
  }

  @Test("Age, first birth and a gap of more than ten years are moderate")
  func figures() throws {
    // 100 days before the 15th of June 2026 is the 7th of March.
    #expect(try Self.found([:], born: "1991-03-07") == "preeclampsia_one_risk")
    #expect(try Self.found([:], born: "1991-03-08") == "preeclampsia_unlikely")
    #expect(try Self.found([:], gravida: 1, para: 0) == "preeclampsia_one_risk")
    #expect(try Self.found([:], para: 0) == "preeclampsia_one_risk")
    #expect(try Self.found([:], lastEnded: "2016-02-07") == "preeclampsia_one_risk")
    #expect(try Self.found([:], lastEnded: "2016-02-08") == "preeclampsia_unlikely")
    // A new partner means nothing in a first pregnancy.
    #expect(try Self.found([.newPartner: 1], gravida: 1, para: 0) == "preeclampsia_one_risk")
  }

  @Test("Mean arterial pressure counts before 20 weeks alone")
  func lateMeanPressure() throws {
    let high: [DataElement: Int32] = [.systolicPressure: 131, .diastolicPressure: 80]
    #expect(try Self.found(high, days: 139) == "preeclampsia_one_risk")
    #expect(try Self.found(high, days: 140) == "preeclampsia_unlikely")
  }

  @Test("The editions differ in what is high and how much is enough")
  func settings() throws {
    #expect(
      try Self.found([.newPartner: 1], settings: Plans.set((.oneModerateRiskIsEnough, 1)))
        == "preeclampsia_likely")
    #expect(
      try Self.found([.familyPreeclampsia: 1], settings: Plans.set((.familyRisksAreHigh, 1)))
        == "preeclampsia_likely")
    #expect(
      try Self.found([.newPartner: 1], settings: Plans.set((.familyRisksAreHigh, 1)))
        == "preeclampsia_one_risk")
  }

  @Test(
    "Aspirin is spoken of before 20 weeks alone, to whoever is at risk",
    arguments: [
      (139, [.preeclampsiaBefore: 1], "aspirin_in_time"), (140, [.preeclampsiaBefore: 1], nil),
      (139, [:], nil), (139, [.newPartner: 1], nil),
    ] as [(Int32, [DataElement: Int32], String?)])
  func aspirin(days: Int32, changes: [DataElement: Int32], expected: String?) throws {
    let plan = try Plans.pregnant(days, Self.noRisk.merging(changes) { $1 }) {
      ($0.gravida, $0.para, $0.fetuses, $0.lastPregnancyEnded) = (2, 1, 1, "2022-01-01")
    }
    #expect(plan.found(90) == expected)
    let until16 = Plans.set((.aspirinUntilDays, 112))
    #expect(
      try Plans.pregnant(days, Self.noRisk.merging(changes) { $1 }, settings: until16).found(90)
        == nil)
  }

  @Test("Without a date nobody knows whether aspirin is in time, and it says so")
  func aspirinUndated() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: nil, known: "2026-02-10")
    life.visit(.antenatal, on: "2026-03-01", [.preeclampsiaBefore: 1])
    #expect(
      try life.plan(on: "2026-03-01", by: [.pregnancy]).missing(90) == .gestationalAge)
  }

  /// The pregnancies with this one, what was answered about an earlier preeclampsia, the class.
  static let firstPregnancies: [(Int32?, Int32?, String?)] = [
    (1, nil, "preeclampsia_one_risk"), (1, 0, "preeclampsia_one_risk"),
    (1, 1, "preeclampsia_likely"), (2, nil, nil), (2, 0, "preeclampsia_unlikely"),
    (2, 1, "preeclampsia_likely"), (nil, 1, "preeclampsia_likely"),
  ]

  @Test("A first pregnancy waits for no answer about an earlier one", arguments: firstPregnancies)
  func first(gravida: Int32?, before: Int32?, expected: String?) throws {
    var observed = Self.noRisk
    observed[.preeclampsiaBefore] = before
    let plan = try Plans.pregnant(100, observed) {
      ($0.gravida, $0.para, $0.fetuses) = (gravida, gravida.map { $0 - 1 }, 1)
      $0.lastPregnancyEnded = "2022-01-01"
    }
    #expect(plan.found(42) == expected)
    if gravida == 2, before == nil {
      #expect(plan.missing(42) == .element(DataElement.preeclampsiaBefore.code))
    }
    // Nor is a graver class left open by it.
    if gravida == 1 {
      #expect(
        Found(plan.answer(of: 42), of: .preeclampsiaRisk) == .row(before == 1 ? 1 : 2))
    }
    // The screening is done by what she was asked.
    #expect(plan.word(124) == "done")
    #expect(try Plans.pregnant(100) { $0.gravida = gravida }.word(124) == "due")
  }

  @Test("What was not asked leaves it unknown, and says what")
  func unknown() throws {
    let plan = try Plans.pregnant(100)
    #expect(plan.found(42) == nil)
    #expect(plan.missing(42) == .element(DataElement.preeclampsiaBefore.code))
  }

  @Test(
    "Pressure",
    arguments: [
      (139, 89, 1, [:], "normal_pressure"), (140, 89, 1, [:], "hypertension"),
      (139, 90, 1, [:], "hypertension"), (159, 109, 2, [:], "hypertension"),
      (160, 80, 1, [:], "severe_hypertension"), (120, 110, 1, [:], "severe_hypertension"),
      (140, 80, 3, [:], "preeclampsia_class"), (159, 109, 4, [:], "preeclampsia_class"),
      (160, 100, 3, [:], "severe_hypertension"), (160, 100, 4, [:], "severe_preeclampsia_class"),
      (150, 110, 5, [:], "severe_preeclampsia_class"),
      (140, 80, 1, [.headacheBlurredSight: 1], "severe_preeclampsia_class"),
      (130, 90, 1, [.fits: 1], "severe_preeclampsia_class"),
      (130, 89, 1, [.fits: 1], "normal_pressure"),
      (140, 80, 1, [.fits: 1], "severe_preeclampsia_class"),
      (140, 80, 1, [.severeAbdominalPain: 1], "severe_preeclampsia_class"),
      (140, 80, 1, [.shortOfBreath: 1], "severe_preeclampsia_class"),
      (140, 80, 1, [.upperBellyPain: 1], "severe_preeclampsia_class"),
      (139, 89, 1, [.upperBellyPain: 1], "normal_pressure"),
      (139, 89, 5, [.headacheBlurredSight: 1], "normal_pressure"),
    ] as [(Int32, Int32, Int32, [DataElement: Int32], String)])
  func pressure(
    systolic: Int32, diastolic: Int32, protein: Int32, signs: [DataElement: Int32],
    expected: String
  ) throws {
    let observed = signs.merging([
      .systolicPressure: systolic, .diastolicPressure: diastolic, .urineProtein: protein,
    ]) { $1 }
    #expect(try Plans.pregnant(200, observed).found(3) == expected)
  }

  @Test("Before 20 weeks it is high pressure, not preeclampsia")
  func early() throws {
    let observed: [DataElement: Int32] = [
      .systolicPressure: 145, .diastolicPressure: 80, .urineProtein: 4,
    ]
    #expect(try Plans.pregnant(139, observed).found(3) == "hypertension")
    #expect(try Plans.pregnant(140, observed).found(3) == "preeclampsia_class")
    #expect(
      try Plans.ended(5, .liveBirth, gestation: 280, observed).found(3) == "preeclampsia_class")
  }

  @Test("A high pressure counts for 14 days and is then one that was raised, a normal one for 45")
  func old() throws {
    func woman(_ systolic: Int32, _ diastolic: Int32) -> Life {
      var life = Life(.female, born: "1998-03-01")
      life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
      life.visit(
        .antenatal, on: "2026-06-01",
        [.systolicPressure: systolic, .diastolicPressure: diastolic])
      return life
    }
    for (day, high, normal): (CivilDate, String, String?) in [
      ("2026-06-14", "hypertension", "normal_pressure"),
      ("2026-06-15", "raised_pressure_before", "normal_pressure"),
      ("2026-07-15", "raised_pressure_before", "normal_pressure"),
      ("2026-07-16", "raised_pressure_before", nil),
    ] {
      #expect(try woman(150, 90).plan(on: day, by: [.pregnancy]).found(3) == high)
      #expect(try woman(120, 80).plan(on: day, by: [.pregnancy]).found(3) == normal)
    }
  }

  @Test(
    "Mean arterial pressure is rounded up",
    arguments: [(110, 80, 90), (111, 80, 91), (112, 80, 91), (113, 80, 91), (114, 80, 92)])
  func mean(systolic: Int32, diastolic: Int32, expected: Int32) throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
    life.visit(
      .antenatal, on: "2026-03-01", [.systolicPressure: systolic, .diastolicPressure: diastolic])
    #expect(
      try life.record(on: "2026-03-01").latest(.meanArterialPressure)?.value == expected)
  }
}
