import GRDB
import Health

/// Persons by a number: the NIK, the temporary one, or that of a file or facility of origin.
extension PersonEntry {
  /// Persons with that NIK.
  public static func withNationalIdentityNumber(
    _ number: String, in db: Database
  ) throws -> [PersonEntry] {
    try persons(
      "found.national_identity_number = ? AND found.national_identity_number <> ''", in: db
    ) { $0.bind(number, at: 1) }
  }

  /// Whose temporary number that is: the end of the id, in the words that the index has.
  static let hasTemporaryNumber = "substr(found.id, 12) = ?"

  /// Persons with that temporary number.
  public static func withTemporaryNumber(
    _ number: TemporaryNumber, in db: Database
  ) throws -> [PersonEntry] {
    try persons(hasTemporaryNumber, in: db) { statement in
      statement.bind(
        (0..<5).reversed().map { UInt8(truncatingIfNeeded: number.value >> UInt64(8 * $0)) },
        at: 1)
    }
  }

  /// Persons whose NIK begins so, in order of their NIK.
  public static func withNationalIdentityNumber(
    startingWith digits: String, limit: Int, in db: Database
  ) throws -> [PersonEntry] {
    try persons(
      """
      found.national_identity_number >= ? AND found.national_identity_number < ?
      AND found.national_identity_number <> ''
      ORDER BY found.national_identity_number LIMIT ?
      """, in: db
    ) {
      $0.bind(digits, at: 1)
      $0.bind(digits + ":", at: 2)
      $0.bind(Int64(limit), at: 3)
    }
  }

  /// As ``withNationalIdentityNumber(startingWith:limit:in:)``, of those who live at places: they
  /// are looked for among the people of the places, however many others have such a number.
  public static func withNationalIdentityNumber(
    startingWith digits: String, at places: [Identifier], limit: Int, in db: Database
  ) throws -> [PersonEntry] {
    guard !places.isEmpty else { return [] }
    let here = "IN (\(repeatElement("?", count: places.count).joined(separator: ", ")))"
    func range(_ table: String) -> String {
      // The plus keeps SQLite from reading all who have such a number.
      "+\(table).national_identity_number >= ? AND +\(table).national_identity_number < ?"
    }
    let joins = [
      "WHERE place \(here) AND stands_for IS NULL AND \(range("person")) "
        + "ORDER BY +national_identity_number LIMIT ?",
      "AS found JOIN person ON person.number = found.stands_for "
        + "WHERE person.place \(here) AND found.stands_for IS NOT NULL AND \(range("found")) "
        + "ORDER BY +found.national_identity_number LIMIT ?",
    ]
    var known: Set<Int64> = []
    let found = try joins.flatMap { join in
      try select(join, in: db) { statement in
        for (position, place) in places.enumerated() {
          statement.bind(place, at: Int32(position + 1))
        }
        statement.bind(digits, at: Int32(places.count + 1))
        statement.bind(digits + ":", at: Int32(places.count + 2))
        statement.bind(Int64(limit), at: Int32(places.count + 3))
      }
    }.filter { known.insert($0.number).inserted }
    return Array(
      found.sorted { ($0.nationalIdentityNumber, $0.id) < ($1.nationalIdentityNumber, $1.id) }
        .prefix(limit))
  }

  /// Persons that the same file or facility of origin calls so.
  public static func withLocalIdentifier(
    _ identifier: String, in db: Database
  ) throws -> [PersonEntry] {
    try persons("found.local_identifier = ? AND found.local_identifier <> ''", in: db) {
      $0.bind(identifier, at: 1)
    }
  }
}
