import Foundation
import GRDB
import Health

/// Persons in and out of their table.
enum PersonRow {
  /// The columns that a person's facts give, in the order of ``values(of:)``.
  static let columns = [
    "name", "name_key", "mother_name", "national_identity_number", "local_identifier", "sex",
    "birth_on", "place", "died_on",
  ]

  static func values(of summary: PersonSummary) -> [(any DatabaseValueConvertible)?] {
    let person = summary.person
    let name = String(decoding: person.name, as: UTF8.self)
    return [
      name, PersonSummary.key(of: name), String(decoding: person.motherName, as: UTF8.self),
      String(decoding: person.nationalIdentityNumber, as: UTF8.self),
      String(decoding: person.localIdentifier, as: UTF8.self),
      person.sex.map { Int64($0.rawValue) }, person.birthDate.map { Int64($0.dayNumber) },
      summary.place?.data, summary.diedOn.map { Int64($0.dayNumber) },
    ]
  }

  private static let statement =
    "UPDATE person SET \(columns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE number = ?"

  /// Writes what the timeline says of the person.
  static func update(_ number: Int64, timeline: Timeline, in db: Database) throws {
    let values = values(of: try PersonSummary(timeline: timeline))
    try db.cachedStatement(sql: statement).execute(
      arguments: StatementArguments(values + [number]))
  }
}

/// A person as lists show them.
public struct PersonEntry: Hashable, Sendable {
  /// The short number.
  public let number: Int64
  /// The subject of the person's facts.
  public let id: Identifier
  /// The name as spoken.
  public let name: String
  /// The mother's name, or empty.
  public let motherName: String
  /// NIK, or empty.
  public let nationalIdentityNumber: String
  /// The sex.
  public let sex: Sex?
  /// The day of birth.
  public let birthDate: CivilDate?
  /// Where the person lives now.
  public let place: Identifier?

  /// The columns that ``init(_:)`` reads.
  public static let columns =
    "person.number, person.id, person.name, person.mother_name, "
    + "person.national_identity_number, person.sex, person.birth_on, person.place"

  /// Reads a row of ``columns``.
  public init?(_ row: Row) {
    guard let id = Identifier(stored: row[1]) else { return nil }
    number = row[0]
    self.id = id
    name = row[2]
    motherName = row[3]
    nationalIdentityNumber = row[4]
    sex = (row[5] as Int?).flatMap { Sex(rawValue: UInt8(truncatingIfNeeded: $0)) }
    birthDate = (row[6] as Int?).map { CivilDate(dayNumber: Int32(truncatingIfNeeded: $0)) }
    place = (row[7] as Data?).flatMap { Identifier(stored: $0) }
  }

  /// Reads a row of ``columns``.
  public init?(_ row: BareRow) {
    guard let id = row.identifier(1) else { return nil }
    number = row.integer(0)
    self.id = id
    name = row.text(2)
    motherName = row.text(3)
    nationalIdentityNumber = row.text(4)
    sex = row.optionalInteger(5).flatMap { Sex(rawValue: UInt8(truncatingIfNeeded: $0)) }
    birthDate = row.optionalInteger(6).map { CivilDate(dayNumber: Int32(truncatingIfNeeded: $0)) }
    place = row.identifier(7)
  }
}

extension PersonEntry {
  /// The person with that id.
  public static func fetch(_ id: Identifier, in db: Database) throws -> PersonEntry? {
    try select("id = ?", in: db) { $0.bind(id, at: 1) }.first
  }

  /// The person's packed timeline.
  public static func timeline(_ number: Int64, in db: Database) throws -> Timeline? {
    let statement = try BareStatement("SELECT bytes FROM timeline WHERE person = ?", in: db)
    statement.bind(number, at: 1)
    return try statement.first { Timeline(trusted: [UInt8]($0.bytes(0))) }
  }

  /// Persons with that NIK.
  public static func withNationalIdentityNumber(
    _ number: String, in db: Database
  ) throws -> [PersonEntry] {
    try select("national_identity_number = ? AND national_identity_number <> ''", in: db) {
      $0.bind(number, at: 1)
    }
  }

  /// Persons that the same file or facility of origin calls so.
  public static func withLocalIdentifier(
    _ identifier: String, in db: Database
  ) throws -> [PersonEntry] {
    try select("local_identifier = ? AND local_identifier <> ''", in: db) {
      $0.bind(identifier, at: 1)
    }
  }

  /// Persons with that folded name and day of birth.
  public static func named(
    _ key: String, born: CivilDate, in db: Database
  ) throws -> [PersonEntry] {
    try select("name_key = ? AND birth_on = ?", in: db) {
      $0.bind(key, at: 1)
      $0.bind(Int64(born.dayNumber), at: 2)
    }
  }

  /// Persons whose folded name starts with `key`, in order of their names.
  public static func search(_ key: String, limit: Int, in db: Database) throws -> [PersonEntry] {
    try select(
      "name_key >= ? AND name_key < ? ORDER BY name_key, birth_on LIMIT ?", in: db
    ) {
      $0.bind(key, at: 1)
      $0.bind(key + "\u{10FFFF}", at: 2)
      $0.bind(Int64(limit), at: 3)
    }
  }

  private static func select(
    _ condition: String, in db: Database, _ bind: (BareStatement) -> Void
  ) throws -> [PersonEntry] {
    let statement = try BareStatement("SELECT \(columns) FROM person WHERE \(condition)", in: db)
    bind(statement)
    var found: [PersonEntry] = []
    try statement.forEach { row in
      if let entry = PersonEntry(row) { found.append(entry) }
      return true
    }
    return found
  }
}
