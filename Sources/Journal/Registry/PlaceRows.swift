import Foundation
import GRDB
import Health

/// Places, catchments, agreements and boundaries in and out of their tables: each row is what all
/// facts about the place add up to, see ``PlaceStanding``.
public enum PlaceRows {
  /// The tables, those that point at others first.
  static let tables = ["boundary", "agreement", "catchment", "place"]

  /// Facts that these tables are made of, and withdrawals; the partial index says the same.
  static let kinds = "kind IN (6, 16, 19, 20, 22)"

  /// Facts about a place.
  ///
  /// - Parameter kind: only those of that kind, and withdrawals; nothing for all.
  public static func facts(
    about place: Identifier, kind: FactKind? = nil, in db: Database
  ) throws -> [Fact] {
    let only = kind == nil ? "" : " AND kind IN (6, ?)"
    let statement = try BareStatement(
      "SELECT \(FactRow.columns) FROM fact WHERE subject = ? AND \(kinds)\(only)", in: db)
    statement.bind(place, at: 1)
    if let kind { statement.bind(Int64(kind.rawValue), at: 2) }
    var facts: [Fact] = []
    try statement.forEach { row in
      if let fact = try FactRow.fact(row) { facts.append(fact) }
      return true
    }
    return facts
  }

  /// Writes what the facts of that kind about a place add up to now.
  static func update(
    _ id: Identifier, kind: FactKind, noting changes: inout PlaceChanges, in db: Database
  ) throws {
    guard [.place, .catchment, .agreement, .boundary].contains(kind) else { return }
    let standing = try PlaceStanding(facts(about: id, kind: kind, in: db))
    switch kind {
    case .place:
      guard let body = standing.place else { return }
      try store(body, of: id, noting: &changes, in: db)
    case .catchment: try store(standing.catchments, of: id, in: db)
    case .agreement: try store(standing.agreements, of: id, in: db)
    default: try store(standing.boundary, of: id, in: db)
    }
  }

  private static func store(
    _ body: PlaceBody, of id: Identifier, noting changes: inout PlaceChanges, in db: Database
  ) throws {
    let known = try BareStatement("SELECT kind, part_of FROM place WHERE id = ?", in: db)
    known.bind(id, at: 1)
    let before = try known.first { ($0.integer(0), $0.identifier(1)) }
    if let before {
      if before != (Int64(body.kind.rawValue), body.partOf) { changes.move(id) }
    } else {
      changes.add(id)
    }
    let place = Place(number: 0, id: id, body: body)
    try db.cachedStatement(sql: storing).execute(arguments: [
      id.data, Int64(body.kind.rawValue), place.name, place.code, place.codeIsExample ? 1 : 0,
      place.partOf?.data, place.within?.data, place.endedOn.map { Int64($0.dayNumber) },
      place.successor?.data, place.latitude.map { Int64($0) },
      place.longitude.map { Int64($0) },
      place.organizationNumber, place.telephone, place.source,
    ])
  }

  private static let columns = [
    "id", "kind", "name", "code", "code_is_example", "part_of", "within", "ended_on", "successor",
    "latitude", "longitude", "organization_number", "telephone", "source",
  ]
  private static let storing = """
    INSERT INTO place (\(columns.joined(separator: ", ")))
    VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
    ON CONFLICT (id) DO UPDATE SET
    \(columns.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
    """

  private static func store(
    _ catchments: [Catchment], of id: Identifier, in db: Database
  ) throws {
    try db.cachedStatement(sql: "DELETE FROM catchment WHERE facility = ?")
      .execute(arguments: [id.data])
    for row in catchments {
      try db.cachedStatement(
        sql: "INSERT INTO catchment (facility, village, since, until) VALUES (?, ?, ?, ?)"
      ).execute(arguments: [
        id.data, row.village.data, Int64(row.since.dayNumber),
        row.until.map { Int64($0.dayNumber) },
      ])
    }
  }

  private static func store(
    _ agreements: [Agreement], of id: Identifier, in db: Database
  ) throws {
    try db.cachedStatement(sql: "DELETE FROM agreement WHERE facility = ?")
      .execute(arguments: [id.data])
    for row in agreements {
      try db.cachedStatement(
        sql: """
          INSERT INTO agreement (facility, number, starts_on, ends_on, with_place)
          VALUES (?, ?, ?, ?, ?)
          """
      ).execute(arguments: [
        id.data, row.number, Int64(row.start.dayNumber), row.end.map { Int64($0.dayNumber) },
        row.with?.data,
      ])
    }
  }

  private static func store(_ boundary: Boundary?, of id: Identifier, in db: Database) throws {
    try db.cachedStatement(sql: "DELETE FROM boundary WHERE place = ?")
      .execute(arguments: [id.data])
    guard let boundary else { return }
    let statement = try BareStatement(
      "INSERT INTO boundary (place, since, rings, source) VALUES (?, ?, ?, ?)", in: db)
    statement.bind(id, at: 1)
    statement.bind(Int64(boundary.since.dayNumber), at: 2)
    statement.bind(boundary.rings, at: 3)
    statement.bind(boundary.source, at: 4)
    try statement.execute()
  }
}

extension PlaceRows {
  /// What facilities look after, in the order of facilities, villages and days.
  public static func catchments(in db: Database) throws -> [Catchment] {
    var rows: [Catchment] = []
    try BareStatement(
      "SELECT facility, village, since, until FROM catchment ORDER BY 1, 2, 3", in: db
    ).forEach { row in
      guard let facility = row.identifier(0), let village = row.identifier(1) else { return true }
      rows.append(
        Catchment(
          facility: facility, village: village, since: row.day(2), until: row.optionalDay(3)))
      return true
    }
    return rows
  }

  /// The agreements, in the order of facilities, days and numbers.
  public static func agreements(in db: Database) throws -> [Agreement] {
    var rows: [Agreement] = []
    try BareStatement(
      """
      SELECT facility, number, starts_on, ends_on, with_place FROM agreement ORDER BY 1, 3, 2
      """, in: db
    ).forEach { row in
      guard let facility = row.identifier(0) else { return true }
      rows.append(
        Agreement(
          facility: facility, number: row.text(1), start: row.day(2), end: row.optionalDay(3),
          with: row.identifier(4)))
      return true
    }
    return rows
  }

  /// The boundaries, in the order of the areas.
  public static func boundaries(in db: Database) throws -> [Boundary] {
    var rows: [Boundary] = []
    try BareStatement("SELECT place, since, rings, source FROM boundary ORDER BY 1", in: db)
      .forEach { row in
        guard let place = row.identifier(0) else { return true }
        rows.append(
          Boundary(
            place: place, since: row.day(1), rings: [UInt8](row.bytes(2)), source: row.text(3)))
        return true
      }
    return rows
  }
}

extension PlaceRows {
  /// What these tables hold; where a journal's were filled under another edition, they are filled
  /// anew from the facts when it is opened.
  private static let edition = "place 2, catchment 1, agreement 1, boundary 1"

  static func bringUpToDate(_ pool: DatabasePool) throws {
    let isUpToDate = try pool.read { try stored(in: $0) == edition }
    if isUpToDate { return }
    try pool.write { db in
      // Another program may have opened the journal, and been quicker.
      if try stored(in: db) == edition { return }
      var subjects: [Identifier] = []
      try BareStatement("SELECT DISTINCT subject FROM fact WHERE \(kinds)", in: db)
        .forEach { row in
          if let id = row.identifier(0) { subjects.append(id) }
          return true
        }
      // Nothing is moved by it: whence and whereto figures are summed has been there always.
      var changes = PlaceChanges()
      for subject in subjects {
        let standing = try PlaceStanding(facts(about: subject, in: db))
        if let body = standing.place { try store(body, of: subject, noting: &changes, in: db) }
        try store(standing.catchments, of: subject, in: db)
        try store(standing.agreements, of: subject, in: db)
        try store(standing.boundary, of: subject, in: db)
      }
      try db.execute(
        sql: """
          INSERT INTO computed_as (name, edition) VALUES ('places', ?)
          ON CONFLICT (name) DO UPDATE SET edition = excluded.edition
          """, arguments: [edition])
    }
  }

  private static func stored(in db: Database) throws -> String? {
    try String.fetchOne(db, sql: "SELECT edition FROM computed_as WHERE name = 'places'")
  }
}

extension BareRow {
  /// A day.
  func day(_ column: Int32) -> CivilDate {
    CivilDate(dayNumber: Int32(truncatingIfNeeded: integer(column)))
  }

  /// A day; nothing where there is none.
  func optionalDay(_ column: Int32) -> CivilDate? { isNull(column) ? nil : day(column) }
}
