import GRDB
import Health

/// Facts in and out of their table.
public enum FactRow {
  /// The table's columns, and the key of what is sealed.
  static let columns =
    "\(stored), CASE sealed WHEN 1 THEN "
    + "(SELECT key FROM subject_key WHERE subject_key.subject = fact.subject) END"

  private static let stored =
    "sequence, id, subject, kind, occurred_on, recorded_at, place, recorder, device, replaces, "
    + "body, chain, sealed"

  private static let insertion = """
    INSERT INTO fact (\(stored)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO NOTHING
    """
  private static let byId = "SELECT \(columns) FROM fact WHERE id = ?"
  private static let inOrder =
    "SELECT \(columns) FROM fact WHERE sequence >= ? ORDER BY sequence"

  /// Adds a fact, unless one with its id is there.
  ///
  /// - Returns: whether it was added.
  static func insert(
    _ fact: Fact, storing body: StoredBody, sequence: Int64, chain: ChainHash, in db: Database
  ) throws -> Bool {
    let statement = try BareStatement(insertion, in: db)
    statement.bind(sequence, at: 1)
    statement.bind(fact.id, at: 2)
    statement.bind(fact.subject, at: 3)
    statement.bind(Int64(fact.kind.rawValue), at: 4)
    statement.bind(Int64(fact.occurredOn.dayNumber), at: 5)
    statement.bind(fact.recordedAt.milliseconds, at: 6)
    statement.bind(fact.place, at: 7)
    statement.bind(fact.recorder, at: 8)
    statement.bind(fact.device, at: 9)
    statement.bind(fact.replaces, at: 10)
    statement.bind(body.bytes, at: 11)
    statement.bind(chain.bytes, at: 12)
    statement.bind(body.isSealed ? 1 : 0, at: 13)
    try statement.execute()
    return db.changesCount == 1
  }

  /// A fact by its id; nothing where there is none, or what it told was erased.
  public static func fetch(_ id: Identifier, in db: Database) throws -> Fact? {
    let statement = try BareStatement(byId, in: db)
    statement.bind(id, at: 1)
    return try statement.first(fact)
  }

  /// Whom a fact is about; nothing where there is none, or what it told was erased.
  static func subject(of id: Identifier, in db: Database) throws -> Identifier? {
    let statement = try BareStatement(
      """
      SELECT subject FROM fact WHERE id = ? AND (sealed = 0 OR
        EXISTS (SELECT 1 FROM subject_key WHERE subject_key.subject = fact.subject))
      """, in: db)
    statement.bind(id, at: 1)
    return try statement.first { $0.identifier(0) }
  }

  /// A fact by its id, with its place in the chain; nothing where there is none, or what it told
  /// was erased.
  public static func fetchStored(_ id: Identifier, in db: Database) throws -> StoredFact? {
    let statement = try BareStatement(byId, in: db)
    statement.bind(id, at: 1)
    return try statement.first(storedFact)
  }

  /// The kind of fact that this one adds to or takes from: its own, and for a withdrawal that of
  /// what it withdraws in the end. A withdrawal of something that is not here is taken for one of a
  /// person's.
  ///
  /// - Parameter last: facts that arrived later than that one are taken for not here.
  public static func settledKind(
    of kind: FactKind, replacing replaces: Identifier?, through last: Int64 = .max, in db: Database
  ) throws -> FactKind {
    var (kind, next) = (kind, replaces)
    // Honest histories have one or two levels; a circle ends with the last.
    for _ in 0..<64 {
      guard kind == .withdrawal, let target = next else { return kind }
      let statement = try BareStatement(
        "SELECT kind, replaces, sequence FROM fact WHERE id = ?", in: db)
      statement.bind(target, at: 1)
      let found = try statement.first { row in
        row.integer(2) > last
          ? nil : (FactKind(rawValue: UInt16(row.integer(0))), row.identifier(1))
      }
      guard let found else { return kind }
      (kind, next) = found
    }
    return kind
  }

  /// Reads facts in their order of arrival until the last, or until `read` says that it has enough.
  ///
  /// - Parameter read: called with a row of ``columns``.
  public static func forEach(
    from first: Int64 = 1, in db: Database, _ read: (BareRow) throws -> Bool
  ) throws {
    let statement = try BareStatement(inOrder, in: db)
    statement.bind(first, at: 1)
    try statement.forEach(read)
  }

  /// Reads the facts that came through a device or a file, in their order of arrival.
  ///
  /// - Parameter read: called with each fact where it lies; of what was erased with a fact without
  ///   a body.
  public static func forEach(
    from first: Int64, through device: Identifier, in db: Database,
    _ read: (Int64, FactView) throws -> Void
  ) throws {
    try forEach("device = ?2", [device], from: first, in: db, read)
  }

  /// As ``forEach(from:through:in:_:)``, with all facts that did not come through it, but for
  /// withdrawals.
  public static func forEach(
    from first: Int64, notThrough device: Identifier, in db: Database,
    _ read: (Int64, FactView) throws -> Void
  ) throws {
    try forEach("device IS NOT ?2 AND kind <> 6", [device], from: first, in: db, read)
  }

  /// As ``forEach(from:through:in:_:)``, with all withdrawals.
  public static func forEachWithdrawal(
    from first: Int64, in db: Database, _ read: (Int64, FactView) throws -> Void
  ) throws {
    try forEach("kind = 6", [], from: first, in: db, read)
  }

  private static func forEach(
    _ condition: String, _ arguments: [Identifier], from first: Int64, in db: Database,
    _ read: (Int64, FactView) throws -> Void
  ) throws {
    let statement = try BareStatement(
      "SELECT \(columns) FROM fact WHERE sequence >= ?1 AND \(condition) ORDER BY sequence",
      in: db)
    statement.bind(first, at: 1)
    for (position, argument) in arguments.enumerated() {
      statement.bind(argument, at: Int32(position) + 2)
    }
    try statement.forEach { row in
      guard let view = FactView(row) else { throw unreadable(row) }
      try read(row.integer(0), view)
      return true
    }
  }

  /// Where a fact stands in the order of arrival, its kind, through what it came and what it
  /// replaces; nothing where there is none.
  public static func place(
    of id: Identifier, in db: Database
  ) throws -> (sequence: Int64, kind: FactKind, device: Identifier?, replaces: Identifier?)? {
    let statement = try BareStatement(
      "SELECT sequence, kind, device, replaces FROM fact WHERE id = ?", in: db)
    statement.bind(id, at: 1)
    return try statement.first { row in
      (
        row.integer(0), FactKind(rawValue: UInt16(truncatingIfNeeded: row.integer(1))),
        row.identifier(2), row.identifier(3)
      )
    }
  }

  /// A fact by its place in the order of arrival: its id, its subject, and where it happened.
  public static func heading(
    at sequence: Int64, in db: Database
  ) throws -> (id: Identifier, subject: Identifier, kind: FactKind, place: Identifier?)? {
    let statement = try BareStatement(
      "SELECT id, subject, place, kind FROM fact WHERE sequence = ?", in: db)
    statement.bind(sequence, at: 1)
    return try statement.first { row in
      guard let id = row.identifier(0), let subject = row.identifier(1) else { return nil }
      return (
        id, subject, FactKind(rawValue: UInt16(truncatingIfNeeded: row.integer(3))),
        row.identifier(2)
      )
    }
  }

  /// Reads a row of ``columns``; nothing where what the fact told was erased.
  ///
  /// - Throws: ``JournalError/unreadableFact(sequence:)`` where the row is damaged.
  public static func fact(_ row: BareRow) throws -> Fact? {
    guard let view = FactView(row) else { throw unreadable(row) }
    switch view.body {
    case .readable(let body): return view.copy(body: body)
    case .erased: return nil
    case .unreadable: throw unreadable(row)
    }
  }

  /// As ``fact(_:)``, with its sequence number and chain link.
  public static func storedFact(_ row: BareRow) throws -> StoredFact? {
    guard let fact = try fact(row) else { return nil }
    guard let chain = ChainHash(stored: row.bytes(11)) else { throw unreadable(row) }
    let body = StoredBody(bytes: [UInt8](row.bytes(10)), isSealed: row.integer(12) == 1)
    return StoredFact(sequence: row.integer(0), fact: fact, body: body, chain: chain)
  }

  static func unreadable(_ row: BareRow) -> JournalError {
    .unreadableFact(sequence: row.integer(0))
  }

  /// The facts that correct or withdraw a fact, among those about the same person, household,
  /// worker or place.
  public static func replacements(
    of id: Identifier, in db: Database
  ) throws -> [Identifier] {
    guard let fact = try fetch(id, in: db) else { return [] }
    let timeline =
      try PersonEntry.person(fact.subject, in: db)
      .flatMap { try PersonEntry.timeline($0.number, in: db) }
      ?? StandingSubject.fetch(fact.subject, in: db).timeline
    return try timeline.bytes.withUnsafeBufferPointer { bytes in
      var found: [Identifier] = []
      var reader = try TimelineReader(bytes)
      while let entry = try reader.next() {
        if entry.replaces == id { found.append(entry.id) }
      }
      return found
    }
  }

  /// A subject in a table of subjects that is none of these.
  static func firstSubject(
    in table: String, except known: Set<Identifier>, in db: Database
  ) throws -> Identifier? {
    var found: Identifier?
    try BareStatement("SELECT id FROM \(table)", in: db).forEach { row in
      if let id = row.identifier(0), !known.contains(id) { found = id }
      return found == nil
    }
    return found
  }

  static func content(_ fact: Fact) -> [UInt8] {
    var writer = ByteWriter(capacity: 160 + fact.body.count)
    writer.fact(fact)
    return writer.bytes
  }
}

/// A fact as the journal holds it.
public struct StoredFact: Hashable, Sendable {
  /// Its place in the order of arrival, from 1 without gaps.
  public let sequence: Int64
  /// The fact.
  public let fact: Fact
  /// Its body as the table holds it.
  public let body: StoredBody
  /// The link from all facts before it.
  public let chain: ChainHash
}
