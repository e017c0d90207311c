import Foundation
import GRDB
import Health

/// Persons in and out of their table.
enum PersonRow {
  /// The columns that a person's facts give, in the order of ``values(of:)``.
  static let columns = [
    "name", "name_key", "mother_name", "national_identity_number", "local_identifier", "sex",
    "birth_on", "place", "died_on", "household", "relation", "mother", "birth_certainty",
    "birth_order",
  ]

  static func values(of summary: PersonSummary) -> [(any DatabaseValueConvertible)?] {
    let person = summary.person
    let name = String(decoding: person.name, as: UTF8.self)
    return [
      name, PersonSummary.key(of: name), String(decoding: person.motherName, as: UTF8.self),
      String(decoding: person.nationalIdentityNumber, as: UTF8.self),
      String(decoding: person.localIdentifier, as: UTF8.self),
      person.sex.map { Int64($0.rawValue) }, person.birthDate.map { Int64($0.dayNumber) },
      summary.place?.data, summary.diedOn.map { Int64($0.dayNumber) }, summary.household?.data,
      summary.relation.map { Int64($0.rawValue) }, person.mother?.data,
      person.birthDateCertainty.map { Int64($0.rawValue) }, person.birthOrder.map { Int64($0) },
    ]
  }

  private static let insertion =
    "INSERT INTO person (number, id, \(columns.joined(separator: ", "))) "
    + "VALUES (?, ?\(String(repeating: ", ?", count: columns.count)))"

  // Without `stands_for`: a statement that touches it may fail half-way, by its reference, and
  // SQLite keeps a copy of every page that such a one changes.
  private static let updating =
    "UPDATE person SET \(columns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE number = ?"

  private static func bind(
    _ summary: PersonSummary, to statement: BareStatement, from first: Int32
  ) {
    let person = summary.person
    let name = String(decoding: person.name, as: UTF8.self)
    statement.bind(name, at: first)
    statement.bind(PersonSummary.key(of: name), at: first + 1)
    statement.bind(String(decoding: person.motherName, as: UTF8.self), at: first + 2)
    statement.bind(String(decoding: person.nationalIdentityNumber, as: UTF8.self), at: first + 3)
    statement.bind(String(decoding: person.localIdentifier, as: UTF8.self), at: first + 4)
    statement.bind(person.sex.map { Int64($0.rawValue) }, at: first + 5)
    statement.bind(person.birthDate.map { Int64($0.dayNumber) }, at: first + 6)
    statement.bind(summary.place, at: first + 7)
    statement.bind(summary.diedOn.map { Int64($0.dayNumber) }, at: first + 8)
    statement.bind(summary.household, at: first + 9)
    statement.bind(summary.relation.map { Int64($0.rawValue) }, at: first + 10)
    statement.bind(person.mother, at: first + 11)
    statement.bind(person.birthDateCertainty.map { Int64($0.rawValue) }, at: first + 12)
    statement.bind(person.birthOrder.map { Int64($0) }, at: first + 13)
  }

  /// Writes somebody who comes to be known.
  static func insert(
    _ id: Identifier, _ number: Int64, _ summary: PersonSummary, in db: Database
  ) throws {
    let statement = try BareStatement(insertion, in: db)
    statement.bind(number, at: 1)
    statement.bind(id, at: 2)
    bind(summary, to: statement, from: 3)
    try statement.execute()
  }

  /// Writes what the timeline says of a person who is one record, before and now.
  static func update(_ number: Int64, _ summary: PersonSummary, in db: Database) throws {
    let statement = try BareStatement(updating, in: db)
    bind(summary, to: statement, from: 1)
    statement.bind(number, at: Int32(columns.count) + 1)
    try statement.execute()
  }

  /// Writes what a record says that stands for itself again, or is merged into another and leads to
  /// it.
  static func update(
    _ number: Int64, _ summary: PersonSummary, standingFor other: Int64?, in db: Database
  ) throws {
    try update(number, summary, in: db)
    let statement = try BareStatement("UPDATE person SET stands_for = ? WHERE number = ?", in: db)
    statement.bind(other, at: 1)
    statement.bind(number, at: 2)
    try statement.execute()
  }
}

/// A person as lists show them.
public struct PersonEntry: Hashable, Sendable {
  /// The short number.
  public let number: Int64
  /// The subject of the person's facts.
  public let id: Identifier
  /// The name as spoken.
  public private(set) var name: String
  /// The mother's name, or empty.
  public private(set) var motherName: String
  /// NIK, or empty.
  public let nationalIdentityNumber: String
  /// The sex.
  public let sex: Sex?
  /// The day of birth.
  public let birthDate: CivilDate?
  /// How sure the day of birth is.
  public let birthDateCertainty: BirthDateCertainty?
  /// Which of the children of one delivery, from 1.
  public let birthOrder: UInt8?
  /// Where the person lives now.
  public private(set) var place: Identifier?
  /// The day of death.
  public private(set) var diedOn: CivilDate?
  /// The household.
  public private(set) var household: Identifier?
  /// How the person stands to its head.
  public private(set) var relation: HouseholdRelation?
  /// The mother's record.
  public private(set) var mother: Identifier?
  /// The short number of the record that this one is merged into.
  public let mergedInto: Int64?

  /// Whether the person lives, and lives somewhere here.
  public var isPresent: Bool { diedOn == nil && place != nil }

  /// The columns that ``init(_:)`` reads.
  public static let columns =
    "person.number, person.id, person.name, person.mother_name, "
    + "person.national_identity_number, person.sex, person.birth_on, person.place, "
    + "person.died_on, person.household, person.relation, person.stands_for, "
    + "person.mother, person.birth_certainty, person.birth_order"

  /// How many ``columns`` there are: where others that are read with them begin.
  public static let columnCount: Int32 = 15

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
    diedOn = row.optionalInteger(8).map { CivilDate(dayNumber: Int32(truncatingIfNeeded: $0)) }
    household = row.identifier(9)
    relation = row.optionalInteger(10).flatMap {
      HouseholdRelation(rawValue: UInt8(truncatingIfNeeded: $0))
    }
    mergedInto = row.optionalInteger(11)
    mother = row.identifier(12)
    birthDateCertainty = row.optionalInteger(13).flatMap {
      BirthDateCertainty(rawValue: UInt8(truncatingIfNeeded: $0))
    }
    birthOrder = row.optionalInteger(14).map { UInt8(truncatingIfNeeded: $0) }
  }
}

extension PersonEntry {
  /// The same person for those from whom the mother is hidden: without her record and her name, which
  /// is also what a newborn without a name is called by.
  public var withoutMother: PersonEntry {
    var person = self
    person.motherName = ""
    person.mother = nil
    if SearchTerms().keys(of: name).isUnnamedNewborn { person.name = "" }
    return person
  }

  /// The same person with only as much of home, mother and death as some of the facts tell.
  public func asTold(by summary: PersonSummary) -> PersonEntry {
    var person = self
    person.motherName =
      motherName.isEmpty ? "" : String(decoding: summary.person.motherName, as: UTF8.self)
    person.mother = mother == nil ? nil : summary.person.mother
    person.place = summary.place
    person.diedOn = summary.diedOn
    person.household = summary.household
    person.relation = summary.relation
    return person
  }

  /// The record with that id, merged into another or not.
  public static func fetch(_ id: Identifier, in db: Database) throws -> PersonEntry? {
    try select("WHERE id = ?", in: db) { $0.bind(id, at: 1) }.first
  }

  /// The record with that short number.
  public static func fetch(number: Int64, in db: Database) throws -> PersonEntry? {
    try select("WHERE number = ?", in: db) { $0.bind(number, at: 1) }.first
  }

  /// The person that the record with that id is of: the record itself, or the one that it is
  /// merged into.
  public static func person(_ id: Identifier, in db: Database) throws -> PersonEntry? {
    try select("AS found \(standing) WHERE found.id = ?", in: db) { $0.bind(id, at: 1) }.first
  }

  /// The person's packed timeline, with the facts of all records that are merged into it.
  public static func timeline(_ number: Int64, in db: Database) throws -> Timeline? {
    guard let own = try ownTimeline(number, in: db) else { return nil }
    let merged = try BareStatement(
      """
      SELECT timeline.bytes FROM person JOIN timeline ON timeline.person = person.number
      WHERE person.stands_for = ?
      """, in: db)
    merged.bind(number, at: 1)
    var all = [own]
    try merged.forEach { row in
      all.append(Timeline(trusted: [UInt8](row.bytes(0))))
      return true
    }
    return all.count == 1 ? own : try Timeline.union(all)
  }

  /// One record's timeline as ``countedTimelines(after:limit:in:)`` gives it.
  public static func countedTimeline(_ number: Int64, in db: Database) throws -> Timeline {
    let merged = try BareStatement(
      "SELECT 1 FROM person WHERE number = ? AND stands_for IS NOT NULL", in: db)
    merged.bind(number, at: 1)
    if try merged.first({ _ in true }) != nil { return Timeline() }
    return try timeline(number, in: db) ?? Timeline()
  }

  /// Timelines as figures see them, in order of the short numbers: with the facts of all records
  /// that are one person, and none for a record that is merged into another.
  public static func countedTimelines(
    after last: Int64, limit: Int, in db: Database
  ) throws -> [TimelineChange] {
    let statement = try BareStatement(
      """
      SELECT timeline.person, timeline.bytes, person.stands_for,
        EXISTS (SELECT 1 FROM person AS other WHERE other.stands_for = person.number)
      FROM timeline JOIN person ON person.number = timeline.person
      WHERE timeline.person > ? ORDER BY timeline.person LIMIT ?
      """, in: db)
    statement.bind(last, at: 1)
    statement.bind(Int64(limit), at: 2)
    var read: [(change: TimelineChange, isJoined: Bool)] = []
    try statement.forEach { row in
      let timeline = row.isNull(2) ? Timeline(trusted: [UInt8](row.bytes(1))) : Timeline()
      read.append(
        (TimelineChange(person: row.integer(0), timeline: timeline), row.integer(3) != 0))
      return true
    }
    return try read.map { change, isJoined in
      guard isJoined, let whole = try PersonEntry.timeline(change.person, in: db) else {
        return change
      }
      return TimelineChange(person: change.person, timeline: whole)
    }
  }

  /// The packed timeline of one record.
  static func ownTimeline(_ number: Int64, in db: Database) throws -> Timeline? {
    let statement = try BareStatement("SELECT bytes FROM timeline WHERE person = ?", in: db)
    statement.bind(number, at: 1)
    return try statement.first { Timeline(trusted: [UInt8]($0.bytes(0))) }
  }

  /// From a record found to the person that it is of.
  private static let standing =
    "JOIN person ON person.number = coalesce(found.stands_for, found.number)"

  static func persons(
    _ condition: String, in db: Database, _ bind: (BareStatement) -> Void
  ) throws -> [PersonEntry] {
    var known: Set<Int64> = []
    return try select("AS found \(standing) WHERE \(condition)", in: db, bind)
      .filter { known.insert($0.number).inserted }
  }

  /// Persons with that folded name and day of birth.
  public static func named(
    _ key: String, born: CivilDate, in db: Database
  ) throws -> [PersonEntry] {
    try persons("found.name_key = ? AND found.birth_on = ?", in: db) {
      $0.bind(key, at: 1)
      $0.bind(Int64(born.dayNumber), at: 2)
    }
  }

  /// The members of a household, the head first, then by how they stand to the head and by age.
  public static func members(
    of household: Identifier, in db: Database
  ) throws -> [PersonEntry] {
    try select(
      """
      WHERE household = ? AND stands_for IS NULL
      ORDER BY relation IS NULL, relation, birth_on, name_key, id
      """, in: db
    ) { $0.bind(household, at: 1) }
  }

  /// Those whose record names a person as the mother, the oldest first.
  public static func children(
    ofMother mother: Identifier, in db: Database
  ) throws -> [PersonEntry] {
    try select("WHERE mother = ? AND stands_for IS NULL ORDER BY birth_on, id", in: db) {
      $0.bind(mother, at: 1)
    }
  }

  /// Living persons of a place whose day of birth nobody told, by name.
  public static func withoutBirthDate(
    at place: Identifier, in db: Database
  ) throws -> [PersonEntry] {
    try select(
      """
      WHERE birth_on IS NULL AND place = ? AND died_on IS NULL AND stands_for IS NULL
      ORDER BY name_key, number
      """, in: db
    ) { $0.bind(place, at: 1) }
  }

  /// Everybody whose last known home is a place, the dead too, by name.
  public static func all(at place: Identifier, in db: Database) throws -> [PersonEntry] {
    try select("WHERE place = ? AND stands_for IS NULL ORDER BY name_key, number", in: db) {
      $0.bind(place, at: 1)
    }
  }

  /// Persons who stand in the index under all of these words, in no particular order.
  ///
  /// - Parameter words: a question to the full-text index; see ``PersonQuestion``.
  public static func found(
    by words: String, limit: Int, in db: Database
  ) throws -> [PersonEntry] {
    try select(
      "WHERE number IN (SELECT rowid FROM person_find WHERE person_find MATCH ? LIMIT ?)", in: db
    ) {
      $0.bind(words, at: 1)
      $0.bind(Int64(limit), at: 2)
    }
  }

  static func select(
    _ rest: String, in db: Database, _ bind: (BareStatement) -> Void
  ) throws -> [PersonEntry] {
    let statement = try BareStatement("SELECT \(columns) FROM person \(rest)", in: db)
    bind(statement)
    var found: [PersonEntry] = []
    try statement.forEach { row in
      if let entry = PersonEntry(row) { found.append(entry) }
      return true
    }
    return found
  }
}
