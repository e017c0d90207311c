import Guidance
import Health
import Programmes
import Testing

/// Nutrition, stature, head, feeding and HIV of a sick child.
@Suite("Sick child: nutrition, HIV")
struct ChildNutritionTests {
  static let youngRows: [(Change, Found)] = [
    ([:], .row(7)), ([.weightForLengthScore: -301], .row(1)),
    ([.weightForLengthScore: -300], .row(3)), ([.weightForLengthScore: -299], .row(3)),
    ([.weightForLengthScore: -201], .row(3)), ([.weightForLengthScore: -200], .row(7)),
    ([.weightForLengthScore: -199], .row(7)), ([.weightForLengthScore: 100], .row(7)),
    ([.weightForLengthScore: 101], .row(6)), ([.weightForLengthScore: 200], .row(6)),
    ([.weightForLengthScore: 201], .row(5)), ([.weightForLengthScore: 300], .row(5)),
    ([.weightForLengthScore: 301], .row(4)),
    ([.oedemaDegree: 1], .row(1)), ([.pittingOedema: 1], .row(1)),
    ([.tooWeakToFeed: 1], .row(1)), ([.weightNotRising: 1], .row(1)),
    ([.weightForLengthScore: -250, .fits: 1], .row(1)), ([.fits: 1], .row(7)),
    // Pneumonia is a complication, a cough without it is none.
    (
      [.weightForLengthScore: -250, .coughOrHardBreathing: 1, .breathsPerMinute: 50], .row(1)
    ),
    (
      [.weightForLengthScore: -250, .coughOrHardBreathing: 1, .breathsPerMinute: 49], .row(3)
    ),
    ([.weightForLengthScore: nil], .unknown(.weightForLengthScore)),
    ([.tooWeakToFeed: nil], .unknown(.tooWeakToFeed)),
  ]

  @Test("From two to under six months", arguments: youngRows)
  func young(change: Change, found: Found) throws {
    #expect(try SickChildClinic(months: 4).finds(215, change) == found)
  }

  @Test("By the other reading a complication alone is severe malnutrition before six months")
  func complicationAlone() throws {
    let clinic = SickChildClinic(months: 4, settings: [.infantComplicationAlone: 1])
    #expect(try clinic.finds(215, [.fits: 1]) == .row(1))
    #expect(try clinic.finds(215) == .row(7))
  }

  @Test(
    "Six months and five years divide the tables",
    arguments: [
      (1, 27, Found.notAsked, Found.notAsked), (2, 0, .row(7), .notAsked),
      (5, 27, .row(7), .notAsked), (6, 0, .notAsked, .row(7)), (59, 27, .notAsked, .row(7)),
      (60, 0, .notAsked, .notAsked),
    ])
  func ages(months: Int, days: Int32, young: Found, older: Found) throws {
    let clinic = SickChildClinic(months: months, days: days)
    let change: Change = [
      .armCircumference: 1_400, .oedemaDegree: 0, .tooWeakToFeed: 0, .weightNotRising: 0,
    ]
    #expect(try clinic.finds(215, change) == young)
    #expect(try clinic.finds(216, change) == older)
  }

  static let olderRows: [(Change, Found)] = [
    ([:], .row(7)), ([.weightForLengthScore: -301], .row(2)),
    ([.weightForLengthScore: -300], .row(3)), ([.weightForLengthScore: -299], .row(3)),
    ([.weightForLengthScore: -201], .row(3)), ([.weightForLengthScore: -200], .row(7)),
    ([.weightForLengthScore: 100], .row(7)), ([.weightForLengthScore: 101], .row(6)),
    ([.weightForLengthScore: 200], .row(6)), ([.weightForLengthScore: 201], .row(5)),
    ([.weightForLengthScore: 300], .row(5)), ([.weightForLengthScore: 301], .row(4)),
    ([.armCircumference: 1_149], .row(2)), ([.armCircumference: 1_150], .row(3)),
    ([.armCircumference: 1_151], .row(3)), ([.armCircumference: 1_249], .row(3)),
    ([.armCircumference: 1_250], .row(7)), ([.armCircumference: 1_251], .row(7)),
    // A thin arm is not missed in a heavy child.
    ([.armCircumference: 1_240, .weightForLengthScore: 150], .row(3)),
    ([.oedemaDegree: 1], .row(2)), ([.oedemaDegree: 2], .row(2)), ([.oedemaDegree: 3], .row(1)),
    ([.pittingOedema: 1], .row(2)),
    ([.weight: 3_999], .row(1)), ([.weight: 4_000], .row(7)), ([.weight: 4_001], .row(7)),
    // With a complication.
    ([.armCircumference: 1_149, .noAppetite: 1], .row(1)),
    // The appetite test comes before therapy at home.
    ([.armCircumference: 1_149, .noAppetite: nil], .open(8, .noAppetite)),
    ([.armCircumference: 1_149, .noAppetite: 0], .row(2)),
    ([.armCircumference: 1_150, .noAppetite: nil], .row(3)),
    ([.armCircumference: 1_149, .coughOrHardBreathing: 1, .breathsPerMinute: 39], .row(2)),
    ([.armCircumference: 1_149, .lethargic: 1], .row(1)),
    ([.armCircumference: 1_149, .diarrhoea: 1, .sunkenEyes: 1, .skinPinch: 3], .row(1)),
    ([.armCircumference: 1_149, .diarrhoea: 1, .sunkenEyes: 1, .skinPinch: 2], .row(2)),
    ([.armCircumference: 1_149, .temperature: 384], .row(2)),
    ([.armCircumference: 1_149, .temperature: 385], .row(1)),
    ([.armCircumference: 1_149, .coughOrHardBreathing: 1], .row(2)),
    ([.armCircumference: 1_149, .coughOrHardBreathing: 1, .breathsPerMinute: 40], .row(1)),
    ([.armCircumference: 1_149, .coughOrHardBreathing: 1, .chestIndrawing: 1], .row(1)),
    ([.armCircumference: 1_149, .pallorDegree: 3], .row(1)),
    ([.armCircumference: 1_149, .pallorDegree: 2], .row(2)),
    ([.noAppetite: 1], .row(7)),
    ([.armCircumference: nil], .unknown(.armCircumference)),
    ([.weightForLengthScore: nil, .armCircumference: 1_149], .row(2)),
    ([.weightForLengthScore: nil, .armCircumference: 1_200], .open(3, .weightForLengthScore)),
  ]

  @Test("From six to fifty-nine months", arguments: olderRows)
  func older(change: Change, found: Found) throws {
    #expect(try SickChildClinic(months: 14).finds(216, change) == found)
  }

  @Test(
    "A thin arm makes pneumonia one that is referred from six months on",
    arguments: [
      (5, 27, 1_149, 2), (6, 0, 1_149, 4), (6, 0, 1_150, 2),
    ] as [(Int, Int32, Int32, UInt16)])
  func pneumoniaWithThinArm(months: Int, days: Int32, arm: Int32, row: UInt16) throws {
    let change: Change = [
      .coughOrHardBreathing: 1, .breathsPerMinute: 50, .armCircumference: arm,
    ]
    #expect(try SickChildClinic(months: months, days: days).finds(201, change) == .row(row))
  }

  static let sizeRows: [(UInt16, Int, Int32, Change, Found)] = [
    (217, 14, 0, [:], .row(5)), (217, 14, 0, [.lengthForAgeScore: -301], .row(1)),
    (217, 14, 0, [.lengthForAgeScore: -300], .row(2)),
    (217, 14, 0, [.lengthForAgeScore: -200], .row(5)),
    (217, 23, 27, [.lengthForAgeScore: -201], .row(2)),
    (217, 24, 0, [.lengthForAgeScore: -201], .row(3)),
    (217, 24, 0, [.lengthForAgeScore: -200], .row(5)),
    (217, 14, 0, [.lengthForAgeScore: 300], .row(5)),
    (217, 14, 0, [.lengthForAgeScore: 301], .row(4)),
    (217, 14, 0, [.lengthForAgeScore: nil], .unknown(.lengthForAgeScore)),
    (218, 14, 0, [:], .row(3)), (218, 14, 0, [.headScore: -201], .row(1)),
    (218, 14, 0, [.headScore: -200], .row(3)), (218, 14, 0, [.headScore: 200], .row(3)),
    (218, 14, 0, [.headScore: 201], .row(2)), (218, 14, 0, [.headScore: nil], .unknown(.headScore)),
    (219, 23, 27, [:], .row(2)), (219, 23, 27, [.feedingProblem: 1], .row(1)),
    (219, 24, 0, [.feedingProblem: 1], .notAsked),
    (219, 24, 0, [.feedingProblem: 1, .pallorDegree: 2], .row(1)),
    (219, 24, 0, [.feedingProblem: 1, .pallorDegree: 3], .notAsked),
    (219, 24, 0, [.feedingProblem: 1, .armCircumference: 1_249], .row(1)),
    (219, 24, 0, [.feedingProblem: 1, .armCircumference: 1_149], .notAsked),
    (219, 2, 0, [.feedingProblem: nil], .unknown(.feedingProblem)),
  ]

  @Test("Length, head and feeding", arguments: sizeRows)
  func size(table: UInt16, months: Int, days: Int32, change: Change, found: Found) throws {
    #expect(try SickChildClinic(months: months, days: days).finds(table, change) == found)
  }

  @Test(
    "A short child reads of one referral, whichever table tells it",
    arguments: [(14, -201), (14, -301), (23, -201), (24, -201), (26, -250), (26, -301), (59, -201)]
      as [(Int, Int32)])
  func short(months: Int, score: Int32) throws {
    let tables = Guideline.motherAndChild.flatMap(\.tables)
    for number in [UInt16(71), 217] {
      let table = try #require(tables.first { $0.number == number })
      let found = try SickChildClinic(months: months).finds(
        table.number, [.lengthForAgeScore: score])
      let row = try #require(table.rows.first { found == .row($0.number) })
      #expect(row.actions == [.referToHospital], "\(number)")
    }
  }

  static let infectionRows: [(Int, Change, Found)] = [
    (14, [:], .unknown(.motherTest)), (14, [.motherTest: 3], .nothing),
    (14, [.virologyTest: 2], .row(1)), (14, [.serologyTestInfant: 2], .row(2)),
    (20, [.serologyTestChild: 2], .row(1)),
    // Reactive before 18 months, not after: the antibodies were the mother's.
    (20, [.serologyTestInfant: 2, .serologyTestChild: 1, .motherTest: 2], .row(3)),
    (14, [.serologyTestInfant: 2, .virologyTest: 1, .motherTest: 2, .breastfedAtTest: 0], .row(3)),
    (14, [.motherTest: 2], .row(2)),
    (14, [.motherTest: 2, .virologyTest: 1, .breastfedAtTest: 1], .row(2)),
    (14, [.motherTest: 2, .virologyTest: 1, .breastfedAtTest: 0], .row(3)),
    (14, [.motherTest: 2, .virologyTest: 1], .unknown(.breastfedAtTest)),
    (14, [.motherTest: 1, .virologyTest: 1], .row(3)),
    (14, [.motherTest: 1, .serologyTestInfant: 1], .row(3)),
    (20, [.motherTest: 1, .serologyTestChild: 1], .row(3)),
    (14, [.motherTest: 1], .nothing), (14, [.motherTest: 1, .signsForTest: 1], .row(4)),
    (14, [.motherTest: 3, .signsForTest: 1], .row(4)),
    (14, [.motherTest: 3, .signsForTest: 1, .virologyTest: 1], .nothing),
    (1, [.virologyTest: 2], .notAsked),
  ]

  @Test("HIV status", arguments: infectionRows)
  func infection(months: Int, change: Change, found: Found) throws {
    #expect(try SickChildClinic(months: months).finds(220, change) == found)
  }

  @Test("Its class is a sensitive matter, and no other table tells of it")
  func matter() throws {
    for table in Guideline.sickChild.tables + Guideline.youngInfant.tables
      + Guideline.childTuberculosis.tables
    {
      let tells = table.number == 220 || table.number == 233
      #expect(table.matter == (tells ? .infection : []), "\(table.number)")
    }
    for service in Guideline.sickChild.services + Guideline.youngInfant.services {
      #expect(service.matter.isEmpty, "\(service.number)")
    }
  }
}
