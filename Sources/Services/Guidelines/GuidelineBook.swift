import Guidance
import Health
import Programmes

/// All guidelines that decide something here, under one district's settings: what is printed, what
/// clinicians sign, and where the rule behind a "why?" stands.
public struct GuidelineBook: Sendable {
  /// The chapter of growth and nutritional status.
  public static let growthCode = "growth"
  /// The chapter of the immunisation schedule.
  public static let immunizationCode = "immunization"

  /// The chapters, in the order in which the book prints them.
  public let chapters: [GuidelineChapter]
  private let places: [String: Int]
  private let services: [UInt16: Int]
  private let tables: [UInt16: Int]
  private let instruments: [UInt16: Int]

  /// The book under a district's settings.
  public init(_ edition: SettingsEdition = .standard) {
    let care = Guideline.motherAndChild.map { guideline in
      GuidelineChapter(
        guideline, forms: GuidelineBook.forms(of: guideline),
        doses: GuidelineBook.doses(of: guideline),
        alsoReads: GuidelineBook.settings(of: guideline), in: edition.care)
    }
    self.init(
      care + [
        GuidelineChapter(.kmk1098Changed2025, edition.programmes.immunization),
        GuidelineChapter(growth: edition.growth),
      ])
  }

  init(_ chapters: [GuidelineChapter]) {
    self.chapters = chapters
    var places: [String: Int] = [:]
    var services: [UInt16: Int] = [:]
    var tables: [UInt16: Int] = [:]
    var instruments: [UInt16: Int] = [:]
    func note(_ number: UInt16, _ place: Int, in index: inout [UInt16: Int]) {
      if index[number] == nil { index[number] = place }
    }
    for (place, chapter) in chapters.enumerated() {
      places[chapter.code] = place
      guard case .care(let guideline, _, _) = chapter.content else { continue }
      for service in guideline.services { note(service.number, place, in: &services) }
      for slot in guideline.series.flatMap(\.slots) { note(slot.number, place, in: &services) }
      for row in guideline.matrices.flatMap(\.rows) { note(row.number, place, in: &services) }
      for table in guideline.tables { note(table.number, place, in: &tables) }
      for instrument in guideline.instruments {
        note(instrument.number, place, in: &instruments)
      }
    }
    self.places = places
    self.services = services
    self.tables = tables
    self.instruments = instruments
  }

  /// The chapter of that code; nothing where there is none.
  public func chapter(_ code: String) -> GuidelineChapter? { places[code].map { chapters[$0] } }
  /// The chapter in which a service or counted visit stands.
  public func chapter(ofService number: UInt16) -> GuidelineChapter? {
    services[number].map { chapters[$0] }
  }
  /// The chapter in which a table stands.
  public func chapter(ofTable number: UInt16) -> GuidelineChapter? {
    tables[number].map { chapters[$0] }
  }
  /// The chapter of a guideline.
  public func chapter(of guideline: Guideline) -> GuidelineChapter? {
    chapters.first {
      guard case .care(let other, _, _) = $0.content else { return false }
      return other.number == guideline.number
    }
  }
  /// The chapter in which a questionnaire stands.
  public func chapter(ofInstrument number: UInt16) -> GuidelineChapter? {
    instruments[number].map { chapters[$0] }
  }

  // MARK: What belongs to a guideline

  /// The forms that ask for what a guideline needs.
  private static func forms(of guideline: Guideline) -> [VisitForm] {
    let forms: [UInt16: [VisitForm]] = [
      Guideline.pregnancy.number: [
        .antenatal, .pregnancyRisks, .birthPlan, .postnatal, .motherDangerSigns,
      ],
      Guideline.pregnancyLoss.number: [.afterLoss],
      Guideline.contraception.number: [.familyPlanning],
      Guideline.newborn.number: [.newborn],
      Guideline.child.number: [.child],
      Guideline.growthFollowUp.number: [.growthFollowUp],
      Guideline.childDevelopment.number: [.development],
      Guideline.sickChild.number: [.sickChild],
      Guideline.youngInfant.number: [.youngInfant],
      Guideline.childTuberculosis.number: [.childTuberculosis],
    ]
    return forms[guideline.number] ?? []
  }

  /// The doses that belong to a guideline: those by days of age to the young infant.
  private static func doses(of guideline: Guideline) -> [DosingTable] {
    switch guideline.number {
    case Guideline.sickChild.number: DosingTable.sickChild.filter { $0.key != .days }
    case Guideline.youngInfant.number: DosingTable.sickChild.filter { $0.key == .days }
    default: []
    }
  }

  /// The settings that no rule names, for what they decide is worked out before the rules are asked.
  private static func settings(of guideline: Guideline) -> [ClinicalSetting] {
    switch guideline.number {
    case Guideline.pregnancyLoss.number: [.liveBirthFromDays]
    case Guideline.contraception.number: [.hormoneNormalFromDays]
    case Guideline.newborn.number: [.saturationThatPasses, .saturationDifference]
    case Guideline.childDevelopment.number: [.questionnaireAgainDays]
    case Guideline.growthFollowUp.number: [.growthByCorrectedAge]
    case Guideline.sickChild.number:
      [.doseLimitBelongsBelow, .doseWeightDays, .planBHours, .earAmoxicillinDays]
    default: []
    }
  }
}
