import Guidance
import Health
import Programmes
import Testing

/// Fever, malaria, measles, dengue.
@Suite("Sick child: fever, malaria, measles, dengue")
struct FeverTableTests {
  static let feverRows: [(Change, Found)] = [
    ([.fever: 0], .notAsked), ([.fever: 0, .temperature: 374], .notAsked),
    ([.fever: 0, .temperature: 375, .malariaTest: 1], .row(4)),
    ([.fever: 0, .temperature: 376, .malariaTest: 1], .row(4)),
    ([.fever: nil, .temperature: nil], .unknown(.fever)),
    ([.malariaTest: 1], .row(4)), ([.malariaTest: 2], .row(2)),
    ([.malariaTest: 2, .stiffNeck: 1], .row(1)), ([.malariaTest: 2, .cannotDrink: 1], .row(1)),
    // Without a test nothing is called malaria.
    ([:], .unknown(.malariaTest)), ([.malariaTestNotPossible: 1], .open(3, .malariaTest)),
    ([.otherCauseOfFever: 1], .unknown(.malariaTest)),
    // Another cause takes the place of no test, and is treated beside it.
    ([.malariaTestNotPossible: 1, .otherCauseOfFever: 0], .open(3, .malariaTest)),
    ([.malariaTestNotPossible: 1, .otherCauseOfFever: 1], .open(6, .malariaTest)),
    ([.malariaTestNotPossible: 0, .otherCauseOfFever: 1], .unknown(.malariaTest)),
    ([.malariaTest: 2, .otherCauseOfFever: 1], .row(2)),
    ([.malariaTest: 1, .otherCauseOfFever: 1], .row(4)),
  ]

  @Test("Fever where there is malaria", arguments: feverRows)
  func fever(change: Change, found: Found) throws {
    let change = [DataElement.fever: 1].merging(change) { $1 }
    #expect(try SickChildClinic(months: 14).finds(208, change) == found)
  }

  static let elsewhereRows: [(Int, Int32, Change, Found)] = [
    (14, 0, [:], .row(5)), (14, 0, [.malariaTest: 2], .row(5)),
    (14, 0, [.travelledToMalaria: 1, .malariaTest: 2], .row(2)),
    (14, 0, [.travelledToMalaria: 1, .malariaTest: 1], .row(4)),
    (14, 0, [.travelledToMalaria: nil], .unknown(.travelledToMalaria)),
    (14, 0, [.stiffNeck: 1], .row(1)),
    // Up to the day of three months.
    (2, 27, [:], .row(1)), (3, 0, [:], .row(1)), (3, 1, [:], .row(5)),
    (3, 0, [.travelledToMalaria: 1, .malariaTest: 1], .row(4)),
  ]

  @Test("Fever where there is no malaria", arguments: elsewhereRows)
  func elsewhere(months: Int, days: Int32, change: Change, found: Found) throws {
    let clinic = SickChildClinic(months: months, days: days, settings: [.malariaEndemic: 0])
    let change = [DataElement.fever: 1].merging(change) { $1 }
    #expect(try clinic.finds(208, change) == found)
  }

  @Test("A district may call it malaria where no test can be done, and begin fever at 37.6")
  func readings() throws {
    var clinic = SickChildClinic(months: 14, settings: [.malariaWithoutTest: 1])
    #expect(try clinic.finds(208, [.fever: 1, .malariaTestNotPossible: 1]) == .row(2))
    #expect(
      try clinic.finds(208, [.fever: 1, .malariaTestNotPossible: 1, .otherCauseOfFever: 1])
        == .row(2))
    #expect(try clinic.finds(208, [.fever: 1]) == .unknown(.malariaTest))
    clinic.settings = [.feverFrom: 376]
    #expect(try clinic.finds(208, [.temperature: 375]) == .notAsked)
  }

  @Test(
    "A fever of more than seven days, and one that is given paracetamol",
    arguments: [
      (209, [.feverDays: 7], .nothing), (209, [.feverDays: 8], .row(1)),
      (209, [.feverDays: 9], .row(1)), (209, [.feverDays: nil], .unknown(.feverDays)),
      (210, [.temperature: 379], .nothing), (210, [.temperature: 380], .row(1)),
      (210, [.temperature: 381], .row(1)),
    ] as [(UInt16, Change, Found)])
  func long(table: UInt16, change: Change, found: Found) throws {
    let change = [DataElement.fever: 1].merging(change) { $1 }
    #expect(try SickChildClinic(months: 14).finds(table, change) == found)
  }

  @Test("Paracetamol from 38.5 by the edition of 2015")
  func paracetamol2015() throws {
    let clinic = SickChildClinic(months: 14, settings: [.paracetamolFrom: 385])
    #expect(try clinic.finds(210, [.fever: 1, .temperature: 384]) == .nothing)
    #expect(try clinic.finds(210, [.fever: 1, .temperature: 385]) == .row(1))
  }

  static let measlesRows: [(Change, Found)] = [
    ([:], .notAsked), ([.generalRash: 1], .notAsked),
    ([.generalRash: 1, .coughOrHardBreathing: 1], .row(3)),
    ([.generalRash: 1, .runnyNose: 1], .row(3)), ([.generalRash: 1, .redEyes: 1], .row(3)),
    ([.runnyNose: 1, .redEyes: 1], .notAsked), ([.measlesLately: 1], .row(3)),
    ([.measlesLately: 1, .pusInEye: 1], .row(2)), ([.measlesLately: 1, .mouthSores: 2], .row(2)),
    ([.measlesLately: 1, .mouthSores: 3], .row(1)),
    ([.measlesLately: 1, .corneaClouded: 1], .row(1)),
    ([.measlesLately: 1, .fits: 1], .row(1)),
    ([.measlesLately: 1, .fever: 0], .notAsked),
    ([.measlesLately: 1, .mouthSores: nil], .unknown(.mouthSores)),
  ]

  @Test("Measles", arguments: measlesRows)
  func measles(change: Change, found: Found) throws {
    let change = [DataElement.fever: 1].merging(change) { $1 }
    #expect(try SickChildClinic(months: 14).finds(211, change) == found)
  }

  static let dengueRows: [(Int, Change, Found)] = [
    (14, [.feverDays: 1], .notAsked), (14, [.feverDays: 2], .row(5)),
    (14, [.feverDays: 3], .row(5)), (14, [.feverDays: 7], .row(5)),
    (14, [.feverDays: 8], .notAsked), (14, [.feverDays: nil], .unknown(.feverDays)),
    (14, [.cannotDrink: 1], .row(1)), (14, [.slowRefill: 1], .row(1)),
    (14, [.weakPulse: 1], .row(1)), (14, [.coldLimbs: 1], .row(1)),
    (14, [.respiratoryDistress: 1], .row(1)), (14, [.gutBleeding: 1], .row(1)),
    (14, [.organTrouble: 1], .row(1)), (14, [.bellyPainTender: 1], .row(2)),
    (14, [.vomitsAgainAndAgain: 1], .row(2)), (14, [.fluidGathers: 1], .row(2)),
    (14, [.mucosalBleeding: 1], .row(2)), (14, [.restless: 1], .row(2)),
    (14, [.lethargic: 1], .row(1)), (14, [.liverEnlarged: 1], .row(2)),
    (14, [.haematocritRises: 1], .row(2)), (14, [.bodyAches: 1], .row(4)),
    (14, [.rash: 1], .row(4)), (14, [.tourniquetPositive: 1], .row(4)),
    (14, [.dengueAntigen: 2], .row(4)), (14, [.dengueAntigen: 1], .row(5)),
    (14, [.leucocytes: 3_999], .row(4)), (14, [.leucocytes: 4_000], .row(5)),
    (14, [.platelets: 99_999], .row(4)), (14, [.platelets: 100_000], .row(5)),
    (11, [.rash: 1], .row(3)), (12, [.rash: 1], .row(4)), (11, [:], .row(5)),
    (14, [.mucosalBleeding: nil, .rash: 1], .open(4, .mucosalBleeding)),
  ]

  @Test("Dengue in a fever of two to seven days", arguments: dengueRows)
  func dengue(months: Int, change: Change, found: Found) throws {
    let change = [DataElement.fever: 1, .feverDays: 4].merging(change) { $1 }
    #expect(try SickChildClinic(months: months).finds(212, change) == found)
  }
}
