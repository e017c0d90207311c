import Foundation
import GRDB
import Health

/// A household as the registry knows it.
public struct Household: Hashable, Sendable {
  /// The subject of the household's facts.
  public let id: Identifier
  /// What its latest fact says.
  public let body: HouseholdBody
  /// The fact that says it.
  public let fact: Identifier
  /// What was last seen of the home, and when; nothing where nobody looked since the family lives
  /// there.
  public let dwelling: (body: DwellingBody, seenOn: CivilDate)?
  /// The fact that tells what was seen, or that a new home was not seen yet.
  public let dwellingFact: Identifier?

  /// What the facts of a household give; nothing where none tells who it is.
  public init?(_ id: Identifier, _ facts: StandingSubject) throws {
    var latest: (HouseholdBody, Identifier)?
    var seen: (DwellingBody, CivilDate)?
    var seenBy: Identifier?
    try facts.forEach { entry in
      switch entry.kind {
      case .household: latest = (try HouseholdBody(entry.body), entry.id)
      case .dwelling:
        let body = try DwellingBody(entry.body)
        // Without content it says that the family moved to a home that nobody has seen.
        seen = body == DwellingBody() ? nil : (body, entry.occurredOn)
        seenBy = entry.id
      default: break
      }
    }
    guard let (body, fact) = latest else { return nil }
    self.id = id
    self.body = body
    self.fact = fact
    dwelling = seen
    dwellingFact = seenBy
  }

  /// The household with that id; nothing where nobody told of it.
  public static func fetch(_ id: Identifier, in db: Database) throws -> Household? {
    try Household(id, StandingSubject.fetch(id, in: db))
  }

  /// The family card number of a household, as its row tells it; nothing where nobody told of it.
  public static func familyCardNumber(of id: Identifier, in db: Database) throws -> String? {
    let statement = try BareStatement(
      "SELECT family_card_number FROM household WHERE id = ?", in: db)
    statement.bind(id, at: 1)
    return try statement.first { $0.text(0) }
  }

  /// Who heads a family: the one whom the household names, else who is recorded as head; nothing
  /// where neither lives there now.
  public func head(among members: [PersonEntry]) -> PersonEntry? {
    let present = members.filter(\.isPresent)
    return present.first { $0.id == body.head } ?? present.first { $0.relation == .head }
  }

  /// Households with that family card number.
  public static func withFamilyCardNumber(
    _ number: String, in db: Database
  ) throws -> [Identifier] {
    try found("family_card_number", number, in: db)
  }

  /// Households that a list without family cards calls so.
  public static func withLocalIdentifier(
    _ identifier: String, in db: Database
  ) throws -> [Identifier] {
    try found("local_identifier", identifier, in: db)
  }

  private static func found(
    _ column: String, _ value: String, in db: Database
  ) throws -> [Identifier] {
    let statement = try BareStatement(
      "SELECT id FROM household WHERE \(column) = ? AND \(column) <> ''", in: db)
    statement.bind(value, at: 1)
    var found: [Identifier] = []
    try statement.forEach { row in
      if let id = row.identifier(0) { found.append(id) }
      return true
    }
    return found
  }

  /// Whether both say the same.
  public static func == (left: Household, right: Household) -> Bool {
    left.id == right.id && left.body == right.body && left.fact == right.fact
      && left.dwelling?.body == right.dwelling?.body
      && left.dwelling?.seenOn == right.dwelling?.seenOn
  }

  /// Mixes in what equality looks at first.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(fact)
  }
}

/// Somebody living, with the household as lists show it.
public struct HouseholdMemberEntry: Hashable, Sendable {
  /// Who.
  public let person: PersonEntry
  /// The household.
  public let household: Identifier
  /// The number of the family card, or empty.
  public let familyCardNumber: String
  /// The head by the household's own facts.
  public let head: Identifier?
  /// RT, or empty.
  public let neighbourhood: String
  /// RW, or empty.
  public let communityUnit: String
  /// How to find the house, or empty.
  public let address: String

  private init?(_ row: BareRow) {
    guard let person = PersonEntry(row), let household = row.identifier(PersonEntry.columnCount)
    else { return nil }
    self.person = person
    self.household = household
    familyCardNumber = row.text(PersonEntry.columnCount + 1)
    head = row.identifier(PersonEntry.columnCount + 2)
    neighbourhood = row.text(PersonEntry.columnCount + 3)
    communityUnit = row.text(PersonEntry.columnCount + 4)
    address = row.text(PersonEntry.columnCount + 5)
  }

  /// The living members of the households of a place, household by household, each as in
  /// ``PersonEntry/members(of:in:)``. A household without a place is where its members live.
  public static func fetch(at place: Identifier, in db: Database) throws -> [HouseholdMemberEntry] {
    let columns =
      PersonEntry.columns
      + ", household.id, household.family_card_number, household.head, household.neighbourhood, "
      + "household.community_unit, household.address"
    let living =
      "person.stands_for IS NULL AND person.died_on IS NULL AND person.place IS NOT NULL "
      + "AND household.ended_on IS NULL"
    let order =
      "ORDER BY household.number, person.relation IS NULL, person.relation, person.birth_on, "
      + "person.name_key, person.id"
    var found: [HouseholdMemberEntry] = []
    for condition in ["household.place = ?", "household.place IS NULL AND person.place = ?"] {
      let statement = try BareStatement(
        "SELECT \(columns) FROM household JOIN person ON person.household = household.id "
          + "WHERE \(condition) AND \(living) \(order)", in: db)
      statement.bind(place, at: 1)
      try statement.forEach { row in
        if let entry = HouseholdMemberEntry(row) { found.append(entry) }
        return true
      }
    }
    return found
  }
}

/// Households in and out of their table.
enum HouseholdRow {
  private static let columns = [
    "family_card_number", "local_identifier", "head", "place", "neighbourhood", "community_unit",
    "address", "ended_on",
  ]

  private static func values(of body: HouseholdBody) -> [(any DatabaseValueConvertible)?] {
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    return [
      text(body.familyCardNumber), text(body.localIdentifier), body.head?.data, body.place?.data,
      text(body.neighbourhood), text(body.communityUnit), text(body.address),
      body.endedOn.map { Int64($0.dayNumber) },
    ]
  }

  private static let insertion = """
    INSERT INTO household (id, \(columns.joined(separator: ", ")))
    VALUES (?\(String(repeating: ", ?", count: columns.count)))
    ON CONFLICT (id) DO UPDATE SET
      \(columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
    """

  /// Writes what the household's facts say; a household whose every fact is withdrawn leaves.
  static func update(_ id: Identifier, in db: Database) throws {
    guard let body = try Household.fetch(id, in: db)?.body else {
      let removal = try BareStatement("DELETE FROM household WHERE id = ?", in: db)
      removal.bind(id, at: 1)
      return try removal.execute()
    }
    let statement = try BareStatement(insertion, in: db)
    statement.bind(id, at: 1)
    let texts: [(Int32, [UInt8])] = [
      (2, body.familyCardNumber), (3, body.localIdentifier), (6, body.neighbourhood),
      (7, body.communityUnit), (8, body.address),
    ]
    for (position, text) in texts {
      statement.bind(String(decoding: text, as: UTF8.self), at: position)
    }
    statement.bind(body.head, at: 4)
    statement.bind(body.place, at: 5)
    statement.bind(body.endedOn.map { Int64($0.dayNumber) }, at: 9)
    try statement.execute()
  }

  fileprivate static func isStored(_ household: Household, in db: Database) throws -> Bool {
    let stored = try Row.fetchOne(
      db.cachedStatement(
        sql: "SELECT \(columns.joined(separator: ", ")) FROM household WHERE id = ?"),
      arguments: [household.id.data])
    return stored.map { Array($0.databaseValues) }
      == values(of: household.body).map { $0?.databaseValue ?? .null }
  }
}

extension Household {
  /// Whether the tables hold what this says.
  public func isStored(in db: Database) throws -> Bool { try HouseholdRow.isStored(self, in: db) }

  /// A stored household that is none of these.
  public static func firstStored(
    except known: Set<Identifier>, in db: Database
  ) throws -> Identifier? {
    try FactRow.firstSubject(in: "household", except: known, in: db)
  }
}
