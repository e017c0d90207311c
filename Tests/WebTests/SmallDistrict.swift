import Foundation
import Health
import Journal
import Samples
import Services

/// A district small enough to know by heart: a Puskesmas, two villages, three Posyandu, ten
/// children, weighed from April to June 2025, and one whose birth date nobody wrote down. "Today"
/// is 20 June 2025.
struct SmallDistrict: Sendable {
  static let today = Instant(milliseconds: 1_750_400_000_000)

  /// The children by name.
  enum Child: UInt64, CaseIterable {
    case gaining = 100
    case twiceNotGaining, absentInJune, severelyWasted, formula, implausible, sexUnknown
    case withOedema, corrected, movedToVillage, undated

    var id: Identifier { SmallDistrict.id(rawValue) }
  }

  static let puskesmas = id(1)
  static let villageA = id(2)
  static let villageB = id(3)
  static let posyanduOne = id(4)
  static let posyanduTwo = id(5)
  static let posyanduThree = id(6)
  static let worker = id(7)
  static let correctedFact = id(900)
  static let correction = id(901)

  static func id(_ number: UInt64) -> Identifier { Identifier(high: 0x5117_0000, low: number) }

  /// Fills a new database.
  static func make(settings: SettingsEdition = .standard) throws -> District {
    let folder = try TemporaryFolder.make()
    let district = try District(
      path: folder.appending(path: "test.sqlite").path, settings: settings)
    var facts = Facts()
    facts.places()
    facts.children()
    let results = try district.journal.acceptAndWait(facts.all, now: today)
    for result in results {
      guard case .accepted = result else { throw NotAccepted(result: result) }
    }
    return district
  }

  struct NotAccepted: Error { let result: Acceptance }
}

/// Writes the facts of the small district.
private struct Facts {
  var all: [Fact] = []
  private var next: UInt64 = 10_000

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    CivilDate(year: year, month: month, day: day) ?? CivilDate(dayNumber: 0)
  }

  private mutating func add(
    _ kind: FactKind, of subject: Identifier, on day: CivilDate, id: Identifier? = nil,
    replaces: Identifier? = nil, place: Identifier? = nil, recorder: Identifier? = nil,
    _ body: [UInt8]
  ) {
    next += 1
    all.append(
      Fact(
        id: id ?? SmallDistrict.id(next), subject: subject, kind: kind, occurredOn: day,
        recordedAt: Instant(milliseconds: 1_750_000_000_000 + Int64(next)), place: place,
        recorder: recorder, replaces: replaces, body: body))
  }

  mutating func places() {
    let start = Facts.day(2020, 1, 1)
    func body(_ kind: PlaceKind, _ name: String, _ above: Identifier?) -> [UInt8] {
      PlaceBody(kind: kind, name: Array(name.utf8), code: [], partOf: above).bytes
    }
    let places: [(Identifier, PlaceKind, String, Identifier?)] = [
      (SmallDistrict.puskesmas, .puskesmas, "Contoh <Raya>", nil),
      (SmallDistrict.villageA, .village, "Contoh Sari", SmallDistrict.puskesmas),
      (SmallDistrict.villageB, .village, "Contoh Jaya", SmallDistrict.puskesmas),
      (SmallDistrict.posyanduOne, .posyandu, "Contoh Melati 1", SmallDistrict.villageA),
      (SmallDistrict.posyanduTwo, .posyandu, "Contoh Melati 2", SmallDistrict.villageB),
      (SmallDistrict.posyanduThree, .posyandu, "Contoh Mawar", SmallDistrict.villageA),
    ]
    for (id, kind, name, above) in places {
      add(.place, of: id, on: start, body(kind, name, above))
    }
    var worker = FieldWriter()
    worker.bytes(1, Array("Contoh Kader".utf8))
    add(.worker, of: SmallDistrict.worker, on: start, worker.bytes)
  }

  private mutating func child(
    _ child: SmallDistrict.Child, _ name: String, sex: Sex?, born: CivilDate?,
    at place: Identifier, mother: String = "Contoh Ibu"
  ) {
    var body = PersonBody()
    body.name = Array(name.utf8)
    body.birthDate = born
    body.sex = sex
    body.motherName = Array(mother.utf8)
    body.nationalIdentityNumber = Array("637100000000\(1000 + child.rawValue)".utf8)
    let known = born ?? Facts.day(2025, 6, 1)
    add(.person, of: child.id, on: known, body.bytes)
    add(.residence, of: child.id, on: known, ResidenceBody(place: place).bytes)
  }

  private mutating func measure(
    _ child: SmallDistrict.Child, month: Int, grams: Int32?, length: Int32? = nil,
    position: BodyPosition? = .lying, oedema: Bool? = nil, arm: Int32? = nil, head: Int32? = nil,
    id: Identifier? = nil, replaces: Identifier? = nil
  ) {
    var body = MeasurementBody()
    body.weight = grams.map { Mass(grams: $0) }
    body.length = length.map { Length(tenthsOfMillimetre: $0) }
    body.position = length == nil ? nil : position
    body.hasOedema = oedema
    body.armCircumference = arm.map { Length(tenthsOfMillimetre: $0) }
    body.headCircumference = head.map { Length(tenthsOfMillimetre: $0) }
    body.hasChildHealthBook = child == .formula ? false : true
    add(
      .measurement, of: child.id, on: Facts.day(2025, month, 11), id: id, replaces: replaces,
      place: SmallDistrict.posyanduOne, recorder: SmallDistrict.worker, body.bytes)
  }

  mutating func children() {
    let one = SmallDistrict.posyanduOne
    let two = SmallDistrict.posyanduTwo
    child(.gaining, "Contoh Ani", sex: .female, born: Facts.day(2024, 3, 12), at: one)
    measure(.gaining, month: 4, grams: 7800, length: 6900)
    measure(.gaining, month: 5, grams: 8100, length: 6920, position: .standing, arm: 1270)
    measure(.gaining, month: 6, grams: 8400, length: 7050, arm: 1280, head: 4410)
    child(.twiceNotGaining, "Contoh Budi", sex: .male, born: Facts.day(2024, 1, 5), at: one)
    for month in 4...6 { measure(.twiceNotGaining, month: month, grams: 9000, length: 7500) }
    child(.absentInJune, "Contoh Citra", sex: .female, born: Facts.day(2023, 7, 1), at: two)
    measure(.absentInJune, month: 4, grams: 10_000, length: 8000)
    measure(.absentInJune, month: 5, grams: 10_200, length: 8050)
    child(.severelyWasted, "Contoh Dedi", sex: .male, born: Facts.day(2023, 10, 2), at: two)
    measure(.severelyWasted, month: 6, grams: 7000, length: 8000, arm: 1100)
    child(
      .formula, "=HYPERLINK(1)", sex: .female, born: Facts.day(2022, 2, 2), at: two,
      mother: "<b>Ibu</b>, \"dua\"")
    measure(.formula, month: 6, grams: 12_000, length: 9200, position: .standing)
    child(.implausible, "Contoh Fajar", sex: .male, born: Facts.day(2024, 5, 5), at: one)
    measure(.implausible, month: 5, grams: 9000, length: 7400)
    measure(.implausible, month: 6, grams: 25_000, length: 5500)
    child(.sexUnknown, "Contoh Gita", sex: nil, born: Facts.day(2024, 8, 8), at: one)
    measure(.sexUnknown, month: 5, grams: 7000, length: 6600)
    measure(.sexUnknown, month: 6, grams: 7300, length: 6700)
    child(.withOedema, "Contoh Hadi", sex: .male, born: Facts.day(2023, 4, 4), at: two)
    measure(.withOedema, month: 6, grams: 11_000, length: 8400, position: .standing, oedema: true)
    child(.corrected, "Contoh Intan", sex: .female, born: Facts.day(2024, 9, 9), at: two)
    measure(.corrected, month: 6, grams: 17_000, id: SmallDistrict.correctedFact)
    measure(
      .corrected, month: 6, grams: 7100, id: SmallDistrict.correction,
      replaces: SmallDistrict.correctedFact)
    child(
      .movedToVillage, "Contoh Joko", sex: .male, born: Facts.day(2021, 1, 1),
      at: SmallDistrict.villageA)
    child(.undated, "Contoh Kartika", sex: .female, born: nil, at: two)
    measure(.undated, month: 6, grams: 9000, length: 7300)
  }
}
