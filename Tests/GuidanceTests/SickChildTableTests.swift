import Guidance
import Health
import Testing

@testable import Programmes

typealias Change = [DataElement: Int32?]

/// The first part of the chart book: danger, cough, diarrhoea, ear, paleness.
@Suite("Sick child: danger, cough, diarrhoea, ear, anaemia")
struct SickChildTableTests {
  static let emergencyRows: [(Change, Found)] = [
    ([:], .row(3)),
    ([.abnormalAppearance: 1, .abnormalBreathing: 1, .abnormalCirculation: 1], .row(1)),
    ([.abnormalAppearance: 1, .abnormalBreathing: 1], .row(2)),
    ([.abnormalAppearance: 1], .row(2)), ([.abnormalBreathing: 1], .row(2)),
    ([.abnormalCirculation: 1], .row(2)), ([.cannotDrink: 1], .row(2)),
    ([.vomitsAll: 1], .row(2)), ([.fits: 1], .row(2)), ([.lethargic: 1], .row(2)),
    ([.stridor: 1], .row(2)), ([.coldLimbs: 1], .row(2)), ([.restless: 1], .row(3)),
    // Every one of them is looked for, whatever the child came for.
    ([.lethargic: nil], .unknown(.lethargic)), ([.stridor: nil], .unknown(.stridor)),
    ([.coldLimbs: nil], .unknown(.coldLimbs)),
    ([.lethargic: nil, .diarrhoea: 0, .fever: 0], .unknown(.lethargic)),
    ([.lethargic: nil, .stridor: 1], .row(2)),
    ([.fits: nil], .unknown(.fits)),
    ([.fits: nil, .cannotDrink: 1], .row(2)),
    (
      [.abnormalCirculation: nil, .abnormalAppearance: 1, .abnormalBreathing: 1],
      .open(2, .abnormalCirculation)
    ),
  ]

  @Test("The first look and the danger signs", arguments: emergencyRows)
  func emergency(change: Change, found: Found) throws {
    #expect(try SickChildClinic(months: 14).finds(200, change) == found)
  }

  @Test(
    "The chart book begins at two months and ends before five years",
    arguments: [
      (1, 27, Found.notAsked), (2, 0, .row(3)), (2, 1, .row(3)), (59, 27, .row(3)),
      (60, 0, .notAsked), (60, 1, .notAsked),
    ])
  func ages(months: Int, days: Int32, found: Found) throws {
    #expect(try SickChildClinic(months: months, days: days).finds(200) == found)
  }

  static let fastRows: [(Int, Int32, Int32, Found)] = [
    (2, 0, 49, .row(3)), (2, 0, 50, .row(2)), (2, 0, 51, .row(2)),
    (11, 27, 49, .row(3)), (11, 27, 50, .row(2)),
    (12, 0, 39, .row(3)), (12, 0, 40, .row(2)), (12, 0, 41, .row(2)),
    (59, 27, 39, .row(3)), (59, 27, 40, .row(2)),
  ]

  @Test("Fast breathing: from 50 under a year, from 40 from a year on", arguments: fastRows)
  func fastBreathing(months: Int, days: Int32, breaths: Int32, found: Found) throws {
    let clinic = SickChildClinic(months: months, days: days)
    #expect(
      try clinic.finds(201, [.coughOrHardBreathing: 1, .breathsPerMinute: breaths]) == found)
  }

  static let coughRows: [(Change, Found)] = [
    ([.coughOrHardBreathing: 0], .notAsked),
    ([.coughOrHardBreathing: nil], .unknown(.coughOrHardBreathing)),
    ([:], .row(3)), ([.chestIndrawing: 1], .row(1)),
    ([.oxygenSaturation: 92], .row(1)), ([.oxygenSaturation: 93], .row(3)),
    ([.oxygenSaturation: 94], .row(3)),
    ([.breathsPerMinute: 40, .chestIndrawing: nil], .open(2, .chestIndrawing)),
    ([.breathsPerMinute: nil], .unknown(.breathsPerMinute)),
    ([.cannotDrink: 1], .row(3)),
  ]

  @Test("Cough or difficult breathing", arguments: coughRows)
  func cough(change: Change, found: Found) throws {
    let change = [DataElement.coughOrHardBreathing: 1].merging(change) { $1 }
    #expect(try SickChildClinic(months: 14).finds(201, change) == found)
  }

  @Test(
    "Pneumonia beside severe malnutrition is referred; the milder row yields",
    arguments: [
      ([.armCircumference: 1_149], .row(4)), ([.armCircumference: 1_150], .row(2)),
      ([.armCircumference: nil], .row(2)), ([.oedemaDegree: 1], .row(4)),
      ([.weightForLengthScore: -301], .row(4)), ([.weightForLengthScore: -300], .row(2)),
      ([.armCircumference: 1_149, .breathsPerMinute: 39], .row(3)),
      ([.armCircumference: 1_149, .chestIndrawing: 1], .row(1)),
    ] as [(Change, Found)])
  func pneumoniaOfMalnourished(change: Change, found: Found) throws {
    let fast: Change = [.coughOrHardBreathing: 1, .breathsPerMinute: 45]
    let clinic = SickChildClinic(months: 16)
    #expect(try clinic.finds(201, fast.merging(change) { $1 }) == found)
    let isReferred = found == .row(4) || found == .row(1)
    #expect((try clinic.finds(216, fast.merging(change) { $1 }) == .row(1)) == isReferred)
  }

  @Test("Other readings: oxygen below 90, indrawing alone is pneumonia, severe with danger")
  func coughByOthers() throws {
    var clinic = SickChildClinic(months: 14, settings: [.lowOxygen: 90])
    let coughs: Change = [.coughOrHardBreathing: 1]
    #expect(try clinic.finds(201, coughs.merging([.oxygenSaturation: 90]) { $1 }) == .row(3))
    #expect(try clinic.finds(201, coughs.merging([.oxygenSaturation: 89]) { $1 }) == .row(1))
    clinic.settings = [.indrawingAloneIsSevere: 0]
    #expect(try clinic.finds(201, coughs.merging([.chestIndrawing: 1]) { $1 }) == .row(2))
    #expect(
      try clinic.finds(201, coughs.merging([.chestIndrawing: 1, .stridor: 1]) { $1 }) == .row(1))
  }

  @Test(
    "Cough of fourteen days, and wheeze",
    arguments: [
      (202, [.coughDays: 13], .nothing), (202, [.coughDays: 14], .row(1)),
      (202, [.coughDays: 15], .row(1)), (202, [.coughDays: nil], .unknown(.coughDays)),
      (203, [.wheeze: 1], .row(1)), (203, [:], .nothing),
    ] as [(UInt16, Change, Found)])
  func longCough(table: UInt16, change: Change, found: Found) throws {
    let change = [DataElement.coughOrHardBreathing: 1].merging(change) { $1 }
    #expect(try SickChildClinic(months: 14).finds(table, change) == found)
  }

  static let dehydrationRows: [(Change, Found)] = [
    ([.diarrhoea: 0], .notAsked), ([:], .row(5)),
    ([.sunkenEyes: 1], .row(5)), ([.skinPinch: 2], .row(5)), ([.drinking: 2], .row(5)),
    ([.restless: 1], .row(5)), ([.skinPinch: 3], .row(5)), ([.drinking: 3], .row(5)),
    ([.sunkenEyes: 1, .skinPinch: 2], .row(4)), ([.sunkenEyes: 1, .drinking: 2], .row(4)),
    ([.restless: 1, .skinPinch: 2], .row(4)), ([.restless: 1, .drinking: 2], .row(4)),
    ([.drinking: 2, .skinPinch: 2], .row(4)),
    // One grave sign beside a lesser one: two lesser ones.
    ([.skinPinch: 3, .drinking: 2], .row(4)), ([.drinking: 3, .restless: 1], .row(4)),
    ([.lethargic: 1, .skinPinch: 2], .row(4)),
    ([.sunkenEyes: 1, .skinPinch: 3], .row(2)), ([.sunkenEyes: 1, .drinking: 3], .row(2)),
    ([.lethargic: 1, .skinPinch: 3], .row(2)), ([.lethargic: 1, .drinking: 3], .row(2)),
    // Another severe class: refer with sips.
    ([.sunkenEyes: 1, .skinPinch: 3, .coughOrHardBreathing: 1, .chestIndrawing: 1], .row(1)),
    ([.sunkenEyes: 1, .skinPinch: 3, .pallorDegree: 3], .row(1)),
    ([.sunkenEyes: 1, .skinPinch: 3, .fever: 1, .stiffNeck: 1, .malariaTest: 1], .row(1)),
    ([.sunkenEyes: 1, .skinPinch: 3, .earProblem: 1, .swellingBehindEar: 1], .row(1)),
    ([.sunkenEyes: 1, .skinPinch: 3, .fever: 1, .feverDays: 3, .weakPulse: 1], .row(1)),
    ([.sunkenEyes: 1, .skinPinch: 3, .fever: 1, .feverDays: 3, .mucosalBleeding: 1], .row(1)),
    ([.sunkenEyes: 1, .skinPinch: 3, .fever: 1, .measlesLately: 1, .corneaClouded: 1], .row(1)),
    ([.sunkenEyes: 1, .skinPinch: 3, .oedemaDegree: 3], .row(1)),
    ([.sunkenEyes: 1, .skinPinch: 2, .pallorDegree: 3], .row(3)),
    // A cough, and pneumonia that is treated at home, are none; with a thin arm it is one.
    ([.sunkenEyes: 1, .skinPinch: 2, .coughOrHardBreathing: 1], .row(4)),
    (
      [.sunkenEyes: 1, .skinPinch: 2, .coughOrHardBreathing: 1, .breathsPerMinute: 45], .row(4)
    ),
    (
      [
        .sunkenEyes: 1, .skinPinch: 2, .coughOrHardBreathing: 1, .breathsPerMinute: 45,
        .armCircumference: 1_149,
      ], .row(3)
    ),
    (
      [
        .sunkenEyes: 1, .skinPinch: 3, .abnormalAppearance: 1, .abnormalBreathing: 1,
        .abnormalCirculation: 1,
      ], .row(1)
    ),
    // A danger sign alone is none: water may mend it.
    ([.sunkenEyes: 1, .skinPinch: 3, .cannotDrink: 1], .row(2)),
    ([.sunkenEyes: nil, .skinPinch: 2], .unknown(.sunkenEyes)),
    ([.sunkenEyes: nil, .skinPinch: 3], .unknown(.sunkenEyes)),
  ]

  @Test("Dehydration: two signs of each list", arguments: dehydrationRows)
  func dehydration(change: Change, found: Found) throws {
    let change = [DataElement.diarrhoea: 1].merging(change) { $1 }
    #expect(try SickChildClinic(months: 14).finds(204, change) == found)
  }

  @Test("An infant under six months who is too weak to suckle is sent on with sips")
  func dehydratedInfant() throws {
    #expect(
      try SickChildClinic(months: 3).finds(
        204, [.diarrhoea: 1, .sunkenEyes: 1, .skinPinch: 3, .tooWeakToFeed: 1]) == .row(1))
  }

  static let longDiarrhoeaRows: [(Int, UInt16, Change, Found)] = [
    (14, 205, [.diarrhoeaDays: 13], .nothing), (14, 205, [.diarrhoeaDays: 14], .row(2)),
    (14, 205, [.diarrhoeaDays: 15], .row(2)),
    (14, 205, [.diarrhoeaDays: 14, .sunkenEyes: 1, .skinPinch: 2], .row(1)),
    (14, 205, [.diarrhoeaDays: 13, .sunkenEyes: 1, .skinPinch: 2], .nothing),
    (14, 205, [.diarrhoeaDays: nil], .unknown(.diarrhoeaDays)),
    (14, 206, [.bloodInStool: 1], .row(1)), (14, 206, [:], .nothing),
    (14, 206, [.bloodInStool: nil], .unknown(.bloodInStool)),
    (24, 207, [.sunkenEyes: 1, .skinPinch: 3], .notAsked),
  ]

  @Test("Persistent diarrhoea and dysentery", arguments: longDiarrhoeaRows)
  func longDiarrhoea(months: Int, table: UInt16, change: Change, found: Found) throws {
    let change = [DataElement.diarrhoea: 1].merging(change) { $1 }
    #expect(try SickChildClinic(months: months).finds(table, change) == found)
  }

  @Test(
    "Cholera: in an outbreak, from two years on",
    arguments: [(23, 27, Found.notAsked), (24, 0, .row(1)), (24, 1, .row(1))])
  func cholera(months: Int, days: Int32, found: Found) throws {
    let clinic = SickChildClinic(months: months, days: days, settings: [.choleraOutbreak: 1])
    #expect(
      try clinic.finds(207, [.diarrhoea: 1, .sunkenEyes: 1, .skinPinch: 3]) == found)
  }

  static let earRows: [(Change, Found)] = [
    ([.earProblem: 0], .notAsked), ([:], .row(4)), ([.swellingBehindEar: 1, .earPain: 1], .row(1)),
    ([.earDischarge: 1, .earDischargeDays: 13], .row(3)),
    ([.earDischarge: 1, .earDischargeDays: 14], .row(2)),
    ([.earDischarge: 1, .earDischargeDays: 15], .row(2)),
    ([.earDischarge: 1, .earDischargeDays: nil], .open(3, .earDischargeDays)),
    ([.earPain: 1], .row(3)), ([.earPain: nil], .unknown(.earPain)),
  ]

  @Test("The ear", arguments: earRows)
  func ear(change: Change, found: Found) throws {
    let change = [DataElement.earProblem: 1].merging(change) { $1 }
    #expect(try SickChildClinic(months: 14).finds(213, change) == found)
  }

  static let anaemiaRows: [(Change, Found)] = [
    ([:], .row(3)), ([.pallorDegree: 2], .row(2)), ([.pallorDegree: 3], .row(1)),
    ([.haemoglobin: 69], .row(1)), ([.haemoglobin: 70], .row(2)), ([.haemoglobin: 71], .row(2)),
    ([.haemoglobin: 109], .row(2)), ([.haemoglobin: 110], .row(3)),
    ([.haemoglobin: 111], .row(3)), ([.pallorDegree: nil], .unknown(.pallorDegree)),
    ([.pallorDegree: nil, .haemoglobin: 69], .row(1)),
  ]

  @Test("Anaemia by paleness, and by haemoglobin where it was tested", arguments: anaemiaRows)
  func anaemia(change: Change, found: Found) throws {
    #expect(try SickChildClinic(months: 14).finds(214, change) == found)
  }

  @Test(
    "Without anaemia feeding is looked at under two years",
    arguments: [
      (2, 0, .row(3)), (23, 27, .row(3)), (24, 0, .row(5)), (24, 1, .row(5)), (59, 27, .row(5)),
    ] as [(Int, Int32, Found)])
  func feedingUnderTwo(months: Int, days: Int32, found: Found) throws {
    #expect(try SickChildClinic(months: months, days: days).finds(214) == found)
    let table = Guideline.sickChild.tables.first { $0.number == 214 }
    let row = try #require(table?.rows.first { found == .row($0.number) })
    #expect(row.actions == (months < 24 ? [.checkFeedingUnderTwo] : []))
    // What was not looked at leaves it unknown at either age.
    let unseen = try SickChildClinic(months: months, days: days).finds(214, [.pallorDegree: nil])
    #expect(unseen == .unknown(.pallorDegree))
  }

  @Test(
    "No iron beside therapeutic food",
    arguments: [
      ([.pallorDegree: 2], .row(2)), ([.pallorDegree: 2, .armCircumference: 1_149], .row(4)),
      ([.pallorDegree: 2, .armCircumference: 1_150], .row(2)),
      ([.pallorDegree: 2, .weightForLengthScore: -301], .row(4)),
      ([.pallorDegree: 2, .weightForLengthScore: -300], .row(2)),
      ([.pallorDegree: 2, .oedemaDegree: 1], .row(4)),
      ([.haemoglobin: 109, .oedemaDegree: 1], .row(4)),
      ([.pallorDegree: 2, .malnutritionCare: 1], .row(4)),
      ([.pallorDegree: 2, .malnutritionCare: 2], .row(2)),
      ([.pallorDegree: 3, .oedemaDegree: 1], .row(1)),
      ([.pallorDegree: 1, .oedemaDegree: 1], .row(3)),
    ] as [(Change, Found)])
  func noIronBesideTherapeuticFood(change: Change, found: Found) throws {
    #expect(try SickChildClinic(months: 14).finds(214, change) == found)
    let rows = DecisionTable.childAnaemia.rows
    #expect(rows.filter { $0.actions.contains(.ironFourWeeks) }.map(\.number) == [2])
    #expect(
      rows.filter { $0.actions.contains(.noIronBesideTherapeuticFood) }.map(\.number) == [4])
  }

  @Test("What is given by age and later is not told of a younger child")
  func isForOlder() throws {
    for (months, days, isTooYoung) in [(11, Int32(27), true), (12, 0, false), (59, 0, false)] {
      let record = try SickChildClinic(months: months, days: days).record([:])
      for action in [CareAction.albendazoleIfNone, .ironFourWeeks, .zinc, .testStool] {
        #expect(
          action.isForOlder(than: record, on: SickChildClinic.day)
            == (isTooYoung && action == .albendazoleIfNone), "\(action.name), \(months)")
      }
    }
  }

  @Test("Plan C says what to do where no drip can be set")
  func planC() throws {
    let row = try #require(DecisionTable.dehydration.rows.first { $0.number == 2 })
    #expect(
      row.actions == [
        .planC, .assessDehydrationAgain, .referWhereNotInfused, .salineOnTheWay,
      ])
  }

  @Test("Vitamin A is given on its days where a child with measles stays at home")
  func vitaminAForMeasles() {
    for row in DecisionTable.measles.rows {
      #expect(row.actions.contains(.vitaminAForMeasles) == (row.urgency != .referNow))
      #expect(row.actions.contains(.vitaminATreatment) == (row.urgency == .referNow))
    }
  }

  @Test("By the reading of 2022 anaemia begins below 10 g/dL")
  func anaemia2022() throws {
    let clinic = SickChildClinic(months: 14, settings: [.childAnaemiaLimit: 100])
    #expect(try clinic.finds(214, [.haemoglobin: 99]) == .row(2))
    #expect(try clinic.finds(214, [.haemoglobin: 100]) == .row(3))
  }

  @Test("What was found at the visit stays as it was, at the age of then, for fourteen days")
  func asOfTheVisit() throws {
    // 11 months and 29 days old at the visit: 45 breaths are not fast, also a week later.
    var clinic = SickChildClinic(months: 11, days: 27)
    let coughs: Change = [.coughOrHardBreathing: 1, .breathsPerMinute: 45]
    #expect(try clinic.finds(201, coughs, later: 7) == .row(3))
    #expect(try clinic.finds(201, coughs, later: 13) == .row(3))
    #expect(try clinic.finds(201, coughs, later: 14) == .notAsked)
    #expect(try clinic.finds(201, coughs, later: 15) == .notAsked)
    clinic.settings = [.sickChildClassesShown: 20]
    #expect(try clinic.finds(201, coughs, later: 19) == .row(3))
    #expect(try clinic.finds(201, coughs, later: 20) == .notAsked)
  }

  @Test("A well visit in between does not take the place of the sick one")
  func otherVisit() throws {
    var life = Life(.male, born: "2025-01-10")
    life.visit(.sickChild, on: "2026-06-10", [.coughOrHardBreathing: 1, .chestIndrawing: 1])
    life.visit(.childDevelopment, on: "2026-06-12", [.chestIndrawing: 0])
    let plan = try life.plan(on: "2026-06-13", by: [.sickChild])
    #expect(plan.answer(of: 201) == .row(0, notExcluded: nil))
    life.visit(.sickChild, on: "2026-06-13", [.coughOrHardBreathing: 0])
    #expect(try life.plan(on: "2026-06-13", by: [.sickChild]).answer(of: 201) == .notApplicable)
  }

  @Test("Without a birth date nothing is told, and that is what is missing")
  func noBirthDate() throws {
    var life = Life(.male, born: nil)
    life.visit(.sickChild, on: "2026-06-10", SickChildClinic.wellChild)
    let plan = try life.plan(on: "2026-06-10", by: [.sickChild])
    #expect(plan.answer(of: 200) == .unknown(.birthDate))
  }

  @Test(
    "A child that is cold is warmed and measured again; with severe malnutrition it is referred",
    arguments: [
      (14, [.temperature: 354], .row(2)), (14, [.temperature: 355], .notAsked),
      (14, [.temperature: nil], .notAsked), (2, [.temperature: 345], .row(2)),
      (59, [.temperature: 345], .row(2)), (1, [.temperature: 345], .notAsked),
      (14, [.temperature: 354, .armCircumference: 1_149], .row(1)),
      (14, [.temperature: 354, .armCircumference: 1_150], .row(2)),
      (14, [.temperature: 354, .oedemaDegree: 1], .row(1)),
    ] as [(Int, [DataElement: Int32?], Found)])
  func cold(months: Int, change: [DataElement: Int32?], found: Found) throws {
    #expect(try SickChildClinic(months: months).finds(316, change) == found)
  }

  @Test("Severe illness with fever names paracetamol once: in the table of high fever")
  func paracetamolOnce() throws {
    let rows = Guideline.sickChild.tables.filter { [208, 210].contains($0.number) }
      .flatMap(\.rows)
    #expect(rows.count { $0.actions.contains(.paracetamol) } == 1)
  }
}
