import Guidance
import Health
import Programmes

/// What a table says, by the number of its row.
enum Found: Equatable {
  /// That class.
  case row(UInt16)
  /// That class; a graver one is not excluded, for this was not observed.
  case open(UInt16, DataElement)
  /// No class.
  case nothing
  /// The table is not asked.
  case notAsked
  /// It cannot be told; this is missing.
  case unknown(DataElement)
}

/// A sick child in front of a midwife: everything that can be asked is answered as in a well child,
/// but for what a test changes.
struct SickChildClinic {
  static let day: CivilDate = "2026-06-10"

  /// Everything asked of a child of 2 to 59 months, as a well child has it.
  static let wellChild: [DataElement: Int32] = {
    var well: [DataElement: Int32] = [
      .temperature: 368, .breathsPerMinute: 30, .coughDays: 3, .diarrhoeaDays: 2, .drinking: 1,
      .skinPinch: 1, .feverDays: 1, .mouthSores: 1, .earDischargeDays: 3, .pallorDegree: 1,
      .oedemaDegree: 0, .armCircumference: 1_400, .weight: 10_000,
    ]
    for element in [
      DataElement.abnormalAppearance, .abnormalBreathing, .abnormalCirculation, .cannotDrink,
      .vomitsAll, .fits, .lethargic, .restless, .stridor, .coughOrHardBreathing, .chestIndrawing,
      .wheeze, .diarrhoea, .bloodInStool, .sunkenEyes, .fever, .stiffNeck, .travelledToMalaria,
      .generalRash, .runnyNose, .redEyes, .measlesLately, .corneaClouded, .pusInEye, .slowRefill,
      .weakPulse, .coldLimbs, .respiratoryDistress, .gutBleeding, .organTrouble, .bellyPainTender,
      .vomitsAgainAndAgain, .fluidGathers, .mucosalBleeding, .liverEnlarged, .bodyAches, .rash,
      .earProblem, .earPain, .earDischarge, .swellingBehindEar, .tooWeakToFeed, .weightNotRising,
      .noAppetite, .feedingProblem, .signsForTest,
    ] { well[element] = 0 }
    return well
  }()

  /// Everything asked of an infant under two months, as a well infant has it.
  static let wellInfant: [DataElement: Int32] = {
    var well: [DataElement: Int32] = [
      .temperature: 370, .breathsPerMinute: 45, .eyePus: 1, .navel: 1, .skinPinch: 1,
      .breastfed: 1, .breastfeedsPerDay: 10, .weight: 4_000,
    ]
    for element in [
      DataElement.blueLips, .grunting, .nasalFlaring, .strongIndrawing, .notSuckling, .fits,
      .noStoolTwoDays, .vomitsGreen, .distendedBelly, .noAnus, .skinPustules, .jaundice,
      .jaundiceFirstDay, .jaundicePalms, .diarrhoea, .hardlyMoves, .restless, .sunkenEyes, .bottle,
      .otherFoodOrDrink, .poorSuckling, .thrush, .cleft, .wrongSubstitute, .wrongAmount,
      .poorHygiene,
    ] { well[element] = 0 }
    return well
  }()

  /// Growth as it should be, put in the place of what would be derived from weight and length.
  static let growth: [DataElement: Int32] = [
    .weightForLengthScore: 0, .lengthForAgeScore: 0, .headScore: 0, .weightForAgeScore: 0,
  ]

  /// Completed months of age at the visit.
  var months: Int
  /// Days more.
  var days: Int32 = 0
  /// What the district has set.
  var settings: [ClinicalSetting: Int32] = [:]

  var born: CivilDate {
    CivilDate(dayNumber: SickChildClinic.day.addingMonths(-months).dayNumber - days)
  }

  /// The child's record after a visit on the day, read so many days later.
  func record(_ changes: [DataElement: Int32?], later: Int32 = 0) throws -> HealthRecord {
    var observed = months < 2 ? SickChildClinic.wellInfant : SickChildClinic.wellChild
    var growth = SickChildClinic.growth
    for (element, value) in changes {
      if growth[element] == nil { observed[element] = value } else { growth[element] = value }
    }
    // Oedema leaves no score of weight.
    if let degree = observed[.oedemaDegree], degree > 0 { growth[.weightForLengthScore] = nil }
    var life = Life(.male, born: born)
    let fact = life.visit(.sickChild, on: SickChildClinic.day, observed)
    var record = try life.record(on: SickChildClinic.day + .days(later))
    for (element, value) in growth.sorted(by: { $0.key.code < $1.key.code }) {
      record.observe(element.code, value, on: SickChildClinic.day, fact: fact)
    }
    return record
  }

  var clinicalSettings: ClinicalSettings {
    var all = ClinicalSettings()
    for (setting, value) in settings { _ = all.set(setting, to: value) }
    return all
  }

  /// What a table says of the child.
  func finds(
    _ number: UInt16, _ changes: [DataElement: Int32?] = [:], later: Int32 = 0
  ) throws -> Found {
    let tables = Guideline.motherAndChild.flatMap(\.tables)
    guard let table = tables.first(where: { $0.number == number }) else { return .notAsked }
    var evaluation = Evaluation(try record(changes, later: later), settings: clinicalSettings)
    return Found(table.classify(&evaluation), of: table)
  }
}

extension Found {
  init(_ answer: TableAnswer, of table: DecisionTable) {
    func element(_ missing: Missing) -> DataElement {
      DataElement(missing.element ?? 0, "missing", .yesNo)
    }
    switch answer {
    case .row(let place, nil): self = .row(table.rows[Int(place)].number)
    case .row(let place, let missing?):
      self = .open(table.rows[Int(place)].number, element(missing))
    case .none: self = .nothing
    case .notApplicable: self = .notAsked
    case .unknown(let missing): self = .unknown(element(missing))
    }
  }
}
