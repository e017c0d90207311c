import Guidance
import Health
import Programmes
import Testing

/// The young infant's page (MTBM).
@Suite("Sick infant under two months")
struct YoungInfantTests {
  static let infectionRows: [(Int32, Change, Found)] = [
    (20, [:], .row(4)), (20, [.blueLips: 1], .row(1)), (20, [.grunting: 1], .row(1)),
    (20, [.nasalFlaring: 1], .row(1)), (20, [.strongIndrawing: 1], .row(1)),
    (20, [.notSuckling: 1], .row(1)), (20, [.fits: 1], .row(1)),
    (20, [.noStoolTwoDays: 1], .row(1)), (20, [.vomitsGreen: 1], .row(1)),
    (20, [.distendedBelly: 1], .row(1)), (20, [.noAnus: 1], .row(1)),
    (20, [.oxygenSaturation: 94], .row(1)), (20, [.oxygenSaturation: 95], .row(4)),
    (20, [.oxygenSaturation: 95, .footSaturation: 94], .row(1)),
    (20, [.oxygenSaturation: 95, .footSaturation: 95], .row(4)),
    // Hand and foot differ by more than three.
    (20, [.oxygenSaturation: 99, .footSaturation: 96], .row(4)),
    (20, [.oxygenSaturation: 99, .footSaturation: 95], .row(1)),
    (20, [.oxygenSaturation: 95, .footSaturation: 99], .row(1)),
    (20, [.breathsPerMinute: 59], .row(4)),
    // Not counted again: never "no infection".
    (20, [.breathsPerMinute: 60], .open(5, .breathsCountedAgain)),
    (5, [.breathsPerMinute: 66], .open(5, .breathsCountedAgain)),
    (40, [.breathsPerMinute: 66], .open(5, .breathsCountedAgain)),
    // A local infection beside it is told too, and told alone once the count is set right.
    (40, [.breathsPerMinute: 66, .skinPustules: 1], .open(6, .breathsCountedAgain)),
    (40, [.breathsPerMinute: 66, .eyePus: 2], .open(6, .breathsCountedAgain)),
    (40, [.breathsPerMinute: 66, .navel: 2], .open(6, .breathsCountedAgain)),
    (40, [.breathsPerMinute: 60, .skinPustules: 1], .open(6, .breathsCountedAgain)),
    (40, [.breathsPerMinute: 59, .skinPustules: 1], .row(3)),
    (40, [.breathsPerMinute: 66, .breathsCountedAgain: 59, .skinPustules: 1], .row(3)),
    (40, [.breathsPerMinute: 66, .breathsCountedAgain: 60, .skinPustules: 1], .row(1)),
    (40, [.breathsPerMinute: 66, .skinPustules: nil], .open(5, .breathsCountedAgain)),
    (40, [.breathsPerMinute: nil], .unknown(.breathsPerMinute)),
    // Moves only when stimulated, with diarrhoea or without.
    (20, [.hardlyMoves: 1], .row(1)), (40, [.hardlyMoves: 1], .row(1)),
    (40, [.hardlyMoves: nil], .unknown(.hardlyMoves)),
    (20, [.breathsPerMinute: 60, .breathsCountedAgain: 59], .row(4)),
    (20, [.breathsPerMinute: 60, .breathsCountedAgain: 60], .row(1)),
    (20, [.breathsPerMinute: 59, .breathsCountedAgain: 61], .row(4)),
    (20, [.breathsPerMinute: 39], .row(1)), (20, [.breathsPerMinute: 40], .row(4)),
    (20, [.temperature: 375], .row(4)), (20, [.temperature: 376], .row(1)),
    (20, [.temperature: 365], .row(4)), (20, [.temperature: 364], .row(1)),
    (20, [.eyePus: 2], .row(3)), (20, [.eyePus: 3], .row(1)), (20, [.navel: 2], .row(3)),
    (20, [.navel: 3], .row(1)), (20, [.skinPustules: 1], .row(3)),
    (20, [.skinPustules: 1, .noAnus: nil], .open(3, .noAnus)),
  ]

  static func infant(_ days: Int32, _ settings: [ClinicalSetting: Int32] = [:]) -> SickChildClinic {
    SickChildClinic(months: 0, days: days, settings: settings)
  }

  @Test("Very severe disease or infection", arguments: infectionRows)
  func infection(days: Int32, change: Change, found: Found) throws {
    #expect(try Self.infant(days).finds(230, change) == found)
  }

  @Test("The answer that nothing was seen finds no infection")
  func nothingSeen() throws {
    let clean: Change = [
      .eyePus: DataElement.eyePus.nothingSeen, .navel: DataElement.navel.nothingSeen,
      .skinPustules: DataElement.skinPustules.nothingSeen,
    ]
    #expect(try Self.infant(20).finds(230, clean) == .row(4))
    #expect(DataElement.mouthSores.nothingSeen == 1)
    // What is measured, and choices that mean something else, are answered by nobody but the worker.
    #expect(DataElement.temperature.nothingSeen == nil)
    #expect(DataElement.weighingStatus.nothingSeen == nil)
  }

  @Test("To count again and a local infection: both are said what to do about")
  func bothActions() throws {
    let rows = try #require(Plans.tables[230]).rows
    func actions(_ number: UInt16) -> Set<CareAction> {
      Set(rows.first { $0.number == number }?.actions ?? [])
    }
    #expect(actions(6) == actions(5).union(actions(3)))
    #expect(actions(5) == [.countBreathsAgainNow] && actions(3).contains(.antiseptic))
  }

  @Test(
    "Where a district sets it, a red navel and pustules get an antibiotic by mouth, eyes do not",
    arguments: [
      ([.navel: 2], .row(7)), ([.skinPustules: 1], .row(7)), ([.navel: 1], .row(4)),
      ([.navel: 3], .row(1)), ([.eyePus: 2], .row(3)), ([.navel: nil], .unknown(.navel)),
    ] as [(Change, Found)])
  func byMouth(change: Change, found: Found) throws {
    let clinic = Self.infant(20, [.infantLocalInfectionByMouth: 1])
    #expect(try clinic.finds(230, change) == found)
  }

  @Test("The page ends on the day of two months")
  func ages() throws {
    #expect(try Self.infant(0).finds(230) == .row(4))
    #expect(try SickChildClinic(months: 1, days: 27).finds(230) == .row(4))
    var life = Life(.male, born: "2026-04-10")
    life.visit(.sickChild, on: "2026-06-10", SickChildClinic.wellInfant)
    #expect(try life.plan(on: "2026-06-10", by: [.youngInfant]).answer(of: 230) == .notApplicable)
  }

  @Test(
    "WHO: fast breathing alone is pneumonia from seven days on; other limits of warmth",
    arguments: [
      (6, [.breathsPerMinute: 60, .breathsCountedAgain: 60], .row(1)),
      (7, [.breathsPerMinute: 60, .breathsCountedAgain: 60], .row(2)),
      (8, [.breathsPerMinute: 60, .breathsCountedAgain: 60], .row(2)),
      (20, [.temperature: 379], .row(4)), (20, [.temperature: 380], .row(1)),
      (20, [.temperature: 355], .row(4)), (20, [.temperature: 354], .row(1)),
      (20, [.breathsPerMinute: 30], .row(4)), (20, [.breathsPerMinute: 29], .row(1)),
    ] as [(Int32, Change, Found)])
  func otherReadings(days: Int32, change: Change, found: Found) throws {
    let clinic = Self.infant(
      days,
      [
        .infantFastBreathingRefers: 0, .infantFeverFrom: 380, .infantColdBelow: 355,
        .infantSlowBreathing: 30,
      ])
    #expect(try clinic.finds(230, change) == found)
  }

  static let jaundiceRows: [(Int32, Change, Found)] = [
    (3, [:], .row(3)), (3, [.jaundice: 1], .row(2)), (14, [.jaundice: 1], .row(2)),
    (15, [.jaundice: 1], .row(1)), (16, [.jaundice: 1], .row(1)),
    (3, [.jaundice: 1, .jaundiceFirstDay: 1], .row(1)),
    (3, [.jaundice: 1, .jaundicePalms: 1], .row(1)), (3, [.jaundicePalms: 1], .row(3)),
    (3, [.jaundice: 1, .jaundicePalms: nil], .open(2, .jaundicePalms)),
    (3, [.jaundice: nil], .unknown(.jaundice)),
  ]

  @Test("Jaundice", arguments: jaundiceRows)
  func jaundice(days: Int32, change: Change, found: Found) throws {
    #expect(try Self.infant(days).finds(231, change) == found)
  }

  static let dehydrationRows: [(Change, Found)] = [
    ([.diarrhoea: 0], .notAsked), ([:], .row(3)), ([.hardlyMoves: 1], .row(3)),
    ([.sunkenEyes: 1], .row(3)), ([.skinPinch: 3], .row(3)),
    ([.hardlyMoves: 1, .sunkenEyes: 1], .row(1)), ([.hardlyMoves: 1, .skinPinch: 3], .row(1)),
    ([.sunkenEyes: 1, .skinPinch: 3], .row(1)), ([.sunkenEyes: 1, .skinPinch: 2], .row(2)),
    ([.restless: 1, .sunkenEyes: 1], .row(2)), ([.restless: 1, .skinPinch: 2], .row(2)),
    ([.restless: 1, .skinPinch: 3], .row(2)), ([.hardlyMoves: 1, .skinPinch: 2], .row(2)),
    ([.restless: nil, .skinPinch: 2], .unknown(.restless)),
  ]

  @Test("Dehydration, without thirst", arguments: dehydrationRows)
  func dehydration(change: Change, found: Found) throws {
    let change = [DataElement.diarrhoea: 1].merging(change) { $1 }
    #expect(try Self.infant(20).finds(232, change) == found)
  }

  @Test(
    "Severe dehydration tells how much goes into the vein, and the doses have it to the last day")
  func planC() throws {
    let table = try #require(Guideline.youngInfant.tables.first { $0.number == 232 })
    #expect(table.rows[0].actions == [.infantPlanC, .salineOnTheWay, .referNow])
    let doses = try #require(DosingTable.sickChild.first { $0.number == 256 })
    for (days, isThere) in [(0, true), (1, true), (58, true), (59, true), (60, false)] {
      #expect((doses.row(at: Int32(days)) != nil) == isThere, "\(days)")
    }
  }

  static let feedingRows: [(UInt16, Int32, Change, Found)] = [
    (234, 20, [:], .row(3)), (234, 20, [.breastfed: 0], .notAsked), (235, 20, [:], .notAsked),
    (234, 20, [.breastfed: nil], .unknown(.breastfed)),
    (234, 6, [.weight: 1_999], .row(1)), (234, 6, [.weight: 2_000], .row(3)),
    (234, 7, [.weight: 1_999], .row(3)), (234, 6, [.weight: nil], .unknown(.weight)),
    (234, 20, [.weightForAgeScore: -201], .row(2)), (234, 20, [.weightForAgeScore: -200], .row(3)),
    (234, 20, [.breastfeedsPerDay: 7], .row(2)), (234, 20, [.breastfeedsPerDay: 8], .row(3)),
    (234, 20, [.bottle: 1], .row(2)), (234, 20, [.otherFoodOrDrink: 1], .row(2)),
    (234, 20, [.poorSuckling: 1], .row(2)), (234, 20, [.thrush: 1], .row(2)),
    (234, 20, [.cleft: 1], .row(2)),
    (235, 20, [.breastfed: 0], .row(3)), (235, 6, [.breastfed: 0, .weight: 1_999], .row(1)),
    (235, 20, [.breastfed: 0, .wrongSubstitute: 1], .row(2)),
    (235, 20, [.breastfed: 0, .wrongAmount: 1], .row(2)),
    (235, 20, [.breastfed: 0, .poorHygiene: 1], .row(2)),
    (235, 20, [.breastfed: 0, .bottle: 1], .row(2)),
    (235, 20, [.breastfed: 0, .thrush: 1], .row(2)),
    (235, 20, [.breastfed: 0, .cleft: 1], .row(2)),
    (235, 20, [.breastfed: 0, .weightForAgeScore: -201], .row(2)),
    (235, 20, [.breastfed: 0, .breastfeedsPerDay: nil], .row(3)),
  ]

  @Test("Weight and feeding", arguments: feedingRows)
  func feeding(table: UInt16, days: Int32, change: Change, found: Found) throws {
    // The score of weight is told by the test, not derived from the weight.
    let weight: Change = [.weight: change[.weight] ?? 4_000]
    #expect(
      try Self.infant(days).finds(table, weight.merging(change) { $1 }) == found)
  }

  static let statusRows: [(Change, Found)] = [
    ([:], .unknown(.motherTest)), ([.virologyTest: 2], .row(1)),
    ([.motherTest: 2], .row(2)), ([.serologyTestInfant: 2], .row(2)),
    ([.motherTest: 2, .virologyTest: 1], .row(2)),
    ([.motherTest: 2, .virologyTest: 1, .breastfed: 0, .breastfedAtTest: 1], .row(2)),
    ([.motherTest: 2, .virologyTest: 1, .breastfed: 0, .breastfedAtTest: 0], .row(4)),
    ([.serologyTestInfant: 2, .virologyTest: 1, .motherTest: 1], .row(4)),
    ([.motherTest: 3], .row(3)), ([.motherTest: 3, .virologyTest: 1], .row(4)),
    ([.motherTest: 1], .row(4)),
  ]

  @Test("HIV status", arguments: statusRows)
  func status(change: Change, found: Found) throws {
    #expect(try Self.infant(20).finds(233, change) == found)
  }
}
