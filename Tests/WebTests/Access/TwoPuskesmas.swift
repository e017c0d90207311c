import Foundation
import Health
import Journal
import Services

/// A district of two Puskesmas for tests of who sees what: two villages each, two Posyandu in each
/// village, in each Posyandu a family of a mother and a child; a clinic, and a worker in each role.
/// "Today" is ``SmallDistrict/today``.
struct TwoPuskesmas: Sendable {
  /// Stands in the names of all persons who live in the north, and in nothing else.
  static let northern = "Utaranita"
  /// Stands in the names of all persons who live in the south, and in nothing else.
  static let southern = "Selatanita"

  static let district = id(1)
  static let clinic = id(4)

  /// One half of the district.
  enum Side: UInt64, CaseIterable {
    case north = 2
    case south = 3

    var puskesmas: Identifier { TwoPuskesmas.id(rawValue) }
    var name: String { self == .north ? "Utara" : "Selatan" }
    var token: String { self == .north ? TwoPuskesmas.northern : TwoPuskesmas.southern }

    func village(_ number: UInt64) -> Identifier { TwoPuskesmas.id(rawValue * 10 + number) }
    func posyandu(_ number: UInt64) -> Identifier { TwoPuskesmas.id(rawValue * 100 + number) }
    func family(_ number: UInt64) -> Identifier { TwoPuskesmas.id(rawValue * 1000 + number) }
    func mother(_ number: UInt64) -> Identifier { TwoPuskesmas.id(rawValue * 10_000 + number) }
    func child(_ number: UInt64) -> Identifier { TwoPuskesmas.id(rawValue * 100_000 + number) }
    func measurement(_ number: UInt64) -> Identifier {
      TwoPuskesmas.id(rawValue * 1_000_000 + number)
    }
    /// Sixteen digits that belong to nobody: no district has the code 99 99.
    func number(_ person: UInt64) -> String { "999901010\(1_000_000 + rawValue * 1000 + person)" }
    func card(_ number: UInt64) -> String { "999902020\(2_000_000 + rawValue * 1000 + number)" }
  }

  /// The child of the northern family that was seen in the clinic too.
  static let patient = Side.north.child(1)

  static func id(_ number: UInt64) -> Identifier { Identifier(high: 0x5117_0001, low: number) }
  static func worker(_ role: Role) -> Identifier { id(900_000_000 + UInt64(role.rawValue)) }
  static func assignment(_ role: Role) -> Identifier { id(910_000_000 + UInt64(role.rawValue)) }
  static func userName(_ role: Role) -> String { "uji\(role.rawValue)" }

  /// Where a role is held.
  static func place(of role: Role) -> Identifier {
    switch role {
    case .kader: Side.north.posyandu(1)
    case .pustuWorker: Side.north.village(1)
    case .clusterWorker, .puskesmasHead, .dataManager: Side.north.puskesmas
    case .privateFacility: clinic
    case .districtManager, .auditor, .otherSector, .administrator: district
    }
  }

  static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    CivilDate(year: year, month: month, day: day) ?? CivilDate(dayNumber: 0)
  }

  /// Fills a new database in a folder.
  static func make(
    in folder: URL, settings: SettingsEdition = .standard
  ) throws -> District {
    let district = try District(
      path: folder.appending(path: "test.sqlite").path, settings: settings)
    var writer = Writer()
    writer.places()
    for side in Side.allCases { for number in 1...4 { writer.family(UInt64(number), side) } }
    for role in Role.allCases { writer.worker(role) }
    writer.sharing()
    let results = try district.journal.acceptAndWait(writer.facts, now: SmallDistrict.today)
    for result in results {
      guard case .accepted = result else { throw SmallDistrict.NotAccepted(result: result) }
    }
    return district
  }

  /// A fact that takes the role from its worker with a day that is over.
  static func end(of role: Role) -> Fact {
    let body = AssignmentBody(role: role, place: place(of: role), until: day(2025, 6, 19))
    return Fact(
      id: .fresh(at: SmallDistrict.today), subject: worker(role), kind: .assignment,
      occurredOn: day(2020, 1, 1), recordedAt: SmallDistrict.today,
      replaces: assignment(role), body: body.bytes)
  }

  /// A fact by which the worker left yesterday, the roles still standing.
  static func leaving(_ role: Role) -> Fact {
    var body = Writer.body(of: role)
    body.endedOn = day(2025, 6, 19)
    return Fact(
      id: .fresh(at: SmallDistrict.today), subject: worker(role), kind: .worker,
      occurredOn: day(2025, 6, 19), recordedAt: SmallDistrict.today, body: body.bytes)
  }
}

extension TwoPuskesmas {
  private struct Writer {
    var facts: [Fact] = []
    private var next: UInt64 = 500_000_000

    private mutating func add(
      _ kind: FactKind, of subject: Identifier, on day: CivilDate, id: Identifier? = nil,
      place: Identifier? = nil, _ body: [UInt8]
    ) {
      next += 1
      facts.append(
        Fact(
          id: id ?? TwoPuskesmas.id(next), subject: subject, kind: kind, occurredOn: day,
          recordedAt: Instant(milliseconds: 1_740_000_000_000 + Int64(next % 100_000)),
          place: place, recorder: TwoPuskesmas.worker(.clusterWorker), body: body))
    }

    mutating func places() {
      let start = TwoPuskesmas.day(2020, 1, 1)
      func body(_ kind: PlaceKind, _ name: String, _ above: Identifier?) -> [UInt8] {
        PlaceBody(kind: kind, name: Array(name.utf8), code: [], partOf: above).bytes
      }
      let district = TwoPuskesmas.district
      add(.place, of: district, on: start, body(.district, "Kabupaten Uji", nil))
      add(.place, of: TwoPuskesmas.clinic, on: start, body(.clinic, "Klinik Uji", nil))
      for side in Side.allCases {
        add(.place, of: side.puskesmas, on: start, body(.puskesmas, side.name, district))
        for village in 1...2 {
          add(
            .place, of: side.village(UInt64(village)), on: start,
            body(.village, "Desa \(side.name) \(village)", side.puskesmas))
        }
        for posyandu in 1...4 {
          add(
            .place, of: side.posyandu(UInt64(posyandu)), on: start,
            body(
              .posyandu, "Mawar \(side.name) \(posyandu)",
              side.village(UInt64((posyandu + 1) / 2))))
        }
      }
    }

    mutating func family(_ number: UInt64, _ side: Side) {
      let since = TwoPuskesmas.day(2021, 1, 1)
      let place = side.posyandu(number)
      var household = HouseholdBody()
      household.familyCardNumber = Array(side.card(number).utf8)
      household.head = side.mother(number)
      household.place = place
      add(.household, of: side.family(number), on: since, place: place, household.bytes)
      let motherName = "Sulastri\(number) \(side.token)"
      var mother = PersonBody()
      mother.name = Array(motherName.utf8)
      mother.sex = .female
      mother.birthDate = TwoPuskesmas.day(1995, 3, Int(number))
      mother.nationalIdentityNumber = Array(side.number(number).utf8)
      add(.person, of: side.mother(number), on: since, place: place, mother.bytes)
      add(
        .residence, of: side.mother(number), on: since, place: place,
        ResidenceBody(place: place, household: side.family(number), relation: .head).bytes)
      var child = PersonBody()
      child.name = Array("Bagas\(number) \(side.token)".utf8)
      child.sex = .male
      child.birthDate = TwoPuskesmas.day(2024, 1, Int(number))
      child.mother = side.mother(number)
      child.motherName = Array(motherName.utf8)
      child.nationalIdentityNumber = Array(side.number(100 + number).utf8)
      add(.person, of: side.child(number), on: since, place: place, child.bytes)
      add(
        .residence, of: side.child(number), on: since, place: place,
        ResidenceBody(place: place, household: side.family(number), relation: .child).bytes)
      var measured = MeasurementBody()
      measured.weight = Mass(grams: 9000)
      measured.length = Length(tenthsOfMillimetre: 7600)
      measured.position = .lying
      for month in 4...6 {
        add(
          .measurement, of: side.child(number), on: TwoPuskesmas.day(2025, month, 10),
          id: month == 6 ? side.measurement(number) : nil,
          place: month == 5 && side.child(number) == TwoPuskesmas.patient
            ? TwoPuskesmas.clinic : place, measured.bytes)
      }
    }

    /// The family of the clinic's patient agreed that the clinic sees what others recorded.
    mutating func sharing() {
      var body = ConsentBody(
        text: Array("network".utf8), edition: 1, decision: .yes, givenAs: .parent, scope: .network)
      body.form = .paper
      add(
        .consent, of: TwoPuskesmas.patient, on: TwoPuskesmas.day(2025, 5, 10),
        place: TwoPuskesmas.clinic, body.bytes)
    }

    static func body(of role: Role) -> WorkerBody {
      var body = WorkerBody()
      body.name = Array("Petugas \(TwoPuskesmas.userName(role))".utf8)
      body.userName = Array(TwoPuskesmas.userName(role).utf8)
      body.place = TwoPuskesmas.place(of: role)
      return body
    }

    mutating func worker(_ role: Role) {
      let since = TwoPuskesmas.day(2020, 1, 1)
      add(.worker, of: TwoPuskesmas.worker(role), on: since, Writer.body(of: role).bytes)
      add(
        .assignment, of: TwoPuskesmas.worker(role), on: since,
        id: TwoPuskesmas.assignment(role),
        AssignmentBody(role: role, place: TwoPuskesmas.place(of: role)).bytes)
    }
  }
}
