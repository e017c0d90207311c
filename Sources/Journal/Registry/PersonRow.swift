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
}

extension PersonEntry {
  /// The person with that id.
  public static func fetch(_ id: Identifier, in db: Database) throws -> PersonEntry? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(columns) FROM person WHERE id = ?"),
      arguments: [id.data]
    ).flatMap(PersonEntry.init)
  }

  /// The person's packed timeline.
  public static func timeline(_ number: Int64, in db: Database) throws -> Timeline? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT bytes FROM timeline WHERE person = ?"),
      arguments: [number]
    ).map { Timeline(trusted: [UInt8]($0[0] as Data)) }
  }

  /// Persons with that NIK.
  public static func withNationalIdentityNumber(
    _ number: String, in db: Database
  ) throws -> [PersonEntry] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(columns) FROM person
          WHERE national_identity_number = ? AND national_identity_number <> ''
          """), arguments: [number]
    ).compactMap(PersonEntry.init)
  }

  /// Persons that the same file or facility of origin calls so.
  public static func withLocalIdentifier(
    _ identifier: String, in db: Database
  ) throws -> [PersonEntry] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(columns) FROM person
          WHERE local_identifier = ? AND local_identifier <> ''
          """), arguments: [identifier]
    ).compactMap(PersonEntry.init)
  }

  /// Persons with that folded name and day of birth.
  public static func named(
    _ key: String, born: CivilDate, in db: Database
  ) throws -> [PersonEntry] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT \(columns) FROM person WHERE name_key = ? AND birth_on = ?"),
      arguments: [key, Int64(born.dayNumber)]
    ).compactMap(PersonEntry.init)
  }

  /// Persons whose folded name starts with `key`, in order of their names.
  public static func search(_ key: String, limit: Int, in db: Database) throws -> [PersonEntry] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(columns) FROM person WHERE name_key >= ? AND name_key < ?
          ORDER BY name_key, birth_on LIMIT ?
          """), arguments: [key, key + "\u{10FFFF}", limit]
    ).compactMap(PersonEntry.init)
  }
}
