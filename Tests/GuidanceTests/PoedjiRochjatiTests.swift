import Guidance
import Health
import Testing

@testable import Programmes

/// The score card: each risk alone, the edges of its figures, the classes of the sum.
@Suite("Score card of Poedji Rochjati")
struct PoedjiRochjatiTests {
  /// A second pregnancy without risk, everything answered.
  static let none: [DataElement: Int32] = {
    var observed: [DataElement: Int32] = [.lengthOrHeight: 15_500, .presentation: 1]
    for element in [
      DataElement.failedPregnancy, .pulledBirthBefore, .placentaByHandBefore, .transfusionBefore,
      .caesareanBefore, .anaemiaOrMalaria, .tuberculosisOrHeart, .diabetes, .sexuallyTransmitted,
      .swellingAndPressure, .muchWater, .diedInWomb, .beyondTerm, .bleedingThisPregnancy,
      .severePreeclampsia, .bleeding, .fits, .swollenFaceHands,
    ] { observed[element] = 0 }
    observed[.malariaTest] = 1
    return observed
  }()

  static func score(
    _ changes: [DataElement: Int32] = [:], days: Int32 = 200, born: CivilDate = "1998-03-01",
    gravida: Int32 = 2, lastEnded: CivilDate = "2022-06-01", living: Int32 = 1, losses: Int32 = 0,
    fetuses: Int32 = 1, settings: ClinicalSettings = ClinicalSettings()
  ) throws -> InstrumentScore? {
    try Plans.pregnant(
      days, none.merging(changes) { $1 }, born: born, settings: settings
    ) {
      ($0.gravida, $0.livingChildren, $0.losses, $0.fetuses) = (gravida, living, losses, fetuses)
      $0.lastPregnancyEnded = lastEnded
    }.score(1)
  }

  @Test("Everybody has two points; with every answer the score is certain")
  func base() throws {
    let score = try Self.score()
    #expect(score?.least == 2)
    #expect(score?.most == 2)
    #expect(score?.band.name.description == "low_risk")
    #expect(score?.unanswered == 0)
  }

  @Test(
    "Each risk that is asked",
    arguments: [
      (.failedPregnancy, 4), (.pulledBirthBefore, 4), (.placentaByHandBefore, 4),
      (.transfusionBefore, 4), (.caesareanBefore, 8), (.anaemiaOrMalaria, 4),
      (.tuberculosisOrHeart, 4), (.diabetes, 4), (.sexuallyTransmitted, 4),
      (.swellingAndPressure, 4), (.muchWater, 4), (.diedInWomb, 4), (.beyondTerm, 4),
      (.bleedingThisPregnancy, 8), (.severePreeclampsia, 8), (.bleeding, 8), (.fits, 8),
    ] as [(DataElement, Int32)])
  func asked(element: DataElement, points: Int32) throws {
    #expect(try Self.score([element: 1])?.least == 2 + points)
  }

  @Test("Of a presentation that nobody looked for breech or across counts, not both")
  func oneChoiceOfAQuestion() throws {
    var observed = Self.none
    observed[.presentation] = nil
    let open = try Plans.pregnant(200, observed, born: "1998-03-01") {
      ($0.gravida, $0.livingChildren, $0.losses, $0.fetuses) = (2, 1, 0, 1)
      $0.lastPregnancyEnded = "2022-06-01"
    }.score(1)
    #expect(open?.least == 2)
    #expect(open?.most == 10)
    #expect(open?.unanswered == 2)
  }

  @Test("What was measured counts as what was asked")
  func measured() throws {
    // Anaemia is what the plan names so: below 11.0, in the second trimester below 10.5.
    for anaemia: Int32 in [69, 70, 99, 100, 109] {
      #expect(try Self.score([.haemoglobin: anaemia])?.least == 6)
    }
    #expect(try Self.score([.haemoglobin: 110])?.least == 2)
    #expect(try Self.score([.haemoglobin: 104], days: 140)?.least == 6)
    #expect(try Self.score([.haemoglobin: 105], days: 140)?.least == 2)
    #expect(try Self.score([.haemoglobin: 108], days: 140)?.least == 2)
    #expect(try Self.score([.malariaTest: 2])?.least == 6)
    #expect(try Self.score([.presentation: 2])?.least == 10)
    #expect(try Self.score([.presentation: 3])?.least == 10)
    #expect(try Self.score([.presentation: 4])?.least == 2)
    #expect(
      try Self.score([.swollenFaceHands: 1, .systolicPressure: 140, .diastolicPressure: 80])?.least
        == 6)
    #expect(
      try Self.score([.swollenFaceHands: 1, .systolicPressure: 139, .diastolicPressure: 90])?.least
        == 6)
    #expect(
      try Self.score([.swollenFaceHands: 1, .systolicPressure: 139, .diastolicPressure: 89])?.least
        == 2)
    #expect(try Self.score(days: 293)?.least == 2)
    #expect(try Self.score(days: 294)?.least == 6)
  }

  @Test(
    "Preeclampsia that was measured counts, in the days after too",
    arguments: [
      (200, 162, 112, 5, 10), (200, 160, 80, 4, 10), (200, 150, 110, 4, 10), (200, 159, 109, 4, 6),
      (200, 145, 92, 4, 6), (200, 140, 80, 3, 6), (200, 120, 90, 3, 6), (200, 139, 89, 5, 2),
      (200, 145, 92, 2, 2), (200, 162, 112, 3, 6), (200, 162, 112, 1, 2),
      // Before 20 weeks it is no preeclampsia.
      (139, 162, 112, 5, 2), (140, 162, 112, 5, 10),
    ] as [(Int32, Int32, Int32, Int32, Int32)])
  func preeclampsia(
    days: Int32, systolic: Int32, diastolic: Int32, protein: Int32, points: Int32
  ) throws {
    let observed: [DataElement: Int32] = [
      .systolicPressure: systolic, .diastolicPressure: diastolic, .urineProtein: protein,
    ]
    #expect(try Self.score(observed, days: days)?.least == points)
    #expect(try Self.score(observed, days: days)?.isCertain == true)
  }

  @Test(
    "Diabetes that was measured counts, whatever was told of it before",
    arguments: [
      ([.fastingGlucose: 91], 2), ([.fastingGlucose: 92], 6), ([.fastingGlucose: 126], 6),
      ([.glucoseAfterTwoHours: 152], 2), ([.glucoseAfterTwoHours: 153], 6),
      ([.bloodGlucose: 199], 2), ([.bloodGlucose: 200], 6), ([.bloodGlucose: 210], 6),
      ([.bloodGlucose: 210, .diabetes: 1], 6),
    ] as [([DataElement: Int32], Int32)])
  func diabetes(observed: [DataElement: Int32], points: Int32) throws {
    let score = try Self.score(observed)
    #expect(score?.least == points)
    #expect(score?.isCertain == true)
  }

  @Test("A random glucose that later tests dealt with counts no more")
  func dealtWith() throws {
    for (fasting, points): (Int32, Int32) in [(91, 2), (92, 6)] {
      var life = Life(.female, born: "1998-03-01")
      life.pregnant(lastPeriod: "2026-01-01", known: "2026-02-10")
      life.visit(.antenatal, on: "2026-05-01", [.bloodGlucose: 210, .diabetes: 0])
      let before = try life.plan(on: "2026-05-01", by: [.pregnancy]).score(1)
      #expect(before?.least == 6)
      life.visit(
        .antenatal, on: "2026-05-02", [.fastingGlucose: fasting, .glucoseAfterTwoHours: 120])
      let after = try life.plan(on: "2026-05-02", by: [.pregnancy]).score(1)
      #expect(after?.least == points)
    }
  }

  /// Once the two weeks are over in which the table of pressure says so.
  @Test(
    "Preeclampsia that was measured in this pregnancy stays in the score",
    arguments: [
      (139, 89, 5, 2), (140, 80, 2, 2), (140, 80, 3, 6), (140, 80, 4, 6), (140, 80, 5, 6),
      (120, 90, 5, 6), (159, 109, 4, 6), (159, 109, 5, 6), (160, 80, 3, 6), (160, 80, 4, 10),
      (160, 80, 5, 10), (150, 110, 3, 6), (150, 110, 4, 10), (150, 110, 5, 10),
    ] as [(Int32, Int32, Int32, Int32)])
  func preeclampsiaBefore(
    systolic: Int32, diastolic: Int32, protein: Int32, points: Int32
  ) throws {
    let period: CivilDate = "2026-01-01"
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: period + .days(40)) {
      ($0.gravida, $0.livingChildren, $0.losses, $0.fetuses) = (2, 1, 0, 1)
      $0.lastPregnancyEnded = "2022-06-01"
    }
    let measured: [DataElement: Int32] = [
      .systolicPressure: systolic, .diastolicPressure: diastolic, .urineProtein: protein,
    ]
    life.visit(.antenatal, on: period + .days(180), Self.none.merging(measured) { $1 })
    let score = try life.plan(on: period + .days(200), by: [.pregnancy]).score(1)
    #expect(score?.least == points)
  }

  @Test("A raised pressure with a severe sign is severe preeclampsia in the score too")
  func severeSign() throws {
    let observed: [DataElement: Int32] = [.systolicPressure: 145, .diastolicPressure: 92]
    #expect(try Self.score(observed)?.least == 2)
    #expect(
      try Self.score(observed.merging([.headacheBlurredSight: 1]) { $1 })?.least == 10)
  }

  @Test("Every class but the lowest says what to do")
  func actions() {
    let bands = Instrument.poedjiRochjati.bands
    #expect(bands.category(of: 2).actions.isEmpty)
    for points: Int32 in [6, 10] {
      #expect(bands.category(of: points).actions == [.referToDoctor, .planBirthWithDoctor])
    }
    for points: Int32 in [12, 18] {
      #expect(bands.category(of: points).actions == [.referToDoctor, .planHospitalBirth])
    }
  }

  /// What else stands on the plan, what the classes of 6 and of 12 points still say to do.
  static let beside: [([CareAction], [CareAction], [CareAction])] = [
    ([], [.referToDoctor, .planBirthWithDoctor], [.referToDoctor, .planHospitalBirth]),
    (
      [.referToDoctor, .watchPressure], [.referToDoctor, .planBirthWithDoctor],
      [.referToDoctor, .planHospitalBirth]
    ),
    ([.referToHospitalNow], [], [.planHospitalBirth]),
    ([.planReferral], [], [.planHospitalBirth]),
    ([.planHospitalBirth], [.referToDoctor], [.referToDoctor, .planHospitalBirth]),
    ([.planBirthWhereOperated], [], []),
  ]

  @Test("A graver referral, or a better place of birth, stands alone", arguments: beside)
  func givesWay(others: [CareAction], high: [CareAction], veryHigh: [CareAction]) {
    let bands = Instrument.poedjiRochjati.bands
    #expect(bands.category(of: 6).actions(beside: Set(others)) == high)
    #expect(bands.category(of: 12).actions(beside: Set(others)) == veryHigh)
  }

  @Test("Height of 145 cm and less", arguments: [(14_500, 6), (14_501, 2)] as [(Int32, Int32)])
  func height(height: Int32, points: Int32) throws {
    #expect(try Self.score([.lengthOrHeight: height])?.least == points)
  }

  @Test(
    "Age at the beginning, on 27 November 2025: 16 and less, 35 and more",
    arguments: [
      ("2008-11-28", 2, 6), ("2008-11-27", 2, 2), ("1990-11-28", 2, 2), ("1990-11-27", 2, 6),
      ("1990-11-27", 1, 6), ("1990-11-28", 1, 2),
    ] as [(CivilDate, Int32, Int32)])
  func age(born: CivilDate, gravida: Int32, points: Int32) throws {
    #expect(
      try Self.score([.longMarriedBeforeFirst: 0], born: born, gravida: gravida)?.least == points)
  }

  @Test("A first pregnancy at 35 may count twice")
  func twice() throws {
    let settings = Plans.set((.firstPregnancyAt35CountsTwice, 1))
    let score = try Self.score(
      [.longMarriedBeforeFirst: 0], born: "1990-11-27", gravida: 1, settings: settings)
    #expect(score?.least == 10)
  }

  @Test(
    "Time since the last one: less than two years, ten and more",
    arguments: [
      ("2023-11-28", 6), ("2023-11-27", 2), ("2015-11-28", 2), ("2015-11-27", 6),
    ] as [(CivilDate, Int32)])
  func interval(lastEnded: CivilDate, points: Int32) throws {
    #expect(try Self.score(lastEnded: lastEnded)?.least == points)
  }

  @Test("Two years exactly count as too soon where the district reads it so")
  func shortInterval() throws {
    let settings = Plans.set((.shortIntervalMonths, 25))
    #expect(try Self.score(lastEnded: "2023-11-27", settings: settings)?.least == 6)
    #expect(try Self.score(lastEnded: "2023-10-27", settings: settings)?.least == 2)
  }

  @Test("Four children, losses, twins")
  func figures() throws {
    #expect(try Self.score(living: 3)?.least == 2)
    #expect(try Self.score(living: 4)?.least == 6)
    #expect(try Self.score(losses: 1)?.least == 6)
    #expect(try Self.score(fetuses: 2)?.least == 6)
  }

  @Test("A first pregnancy is not asked about earlier births, and may be after long marriage")
  func first() throws {
    #expect(try Self.score([.longMarriedBeforeFirst: 1], gravida: 1)?.least == 6)
    #expect(try Self.score([.longMarriedBeforeFirst: 1])?.least == 2)
    #expect(
      try Self.score(
        [.longMarriedBeforeFirst: 0, .caesareanBefore: 1, .failedPregnancy: 1], gravida: 1)?
        .least == 2)
  }

  @Test(
    "Classes of the sum",
    arguments: [
      ([], "low_risk"), ([.diabetes], "high_risk"), ([.caesareanBefore], "high_risk"),
      ([.caesareanBefore, .diabetes], "very_high_risk"),
    ] as [([DataElement], String)])
  func classes(risks: [DataElement], expected: String) throws {
    var observed: [DataElement: Int32] = [:]
    for risk in risks { observed[risk] = 1 }
    #expect(try Self.score(observed)?.band.name.description == expected)
  }

  @Test("What was not asked leaves the class open")
  func open() throws {
    let score = try Plans.pregnant(200).score(1)
    #expect(score?.isCertain == false)
    #expect(score?.least == 2)
    #expect(score?.band.name.description == "low_risk")
    #expect(score?.bandAtMost.name.description == "very_high_risk")
  }
}
