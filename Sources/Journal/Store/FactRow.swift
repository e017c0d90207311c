import GRDB
import Health

/// Facts in and out of their table.
public enum FactRow {
  static let columns =
    "sequence, id, subject, kind, occurred_on, recorded_at, place, recorder, device, replaces, "
    + "body, chain"

  private static let insertion = """
    INSERT INTO fact (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO NOTHING
    """
  private static let byId = "SELECT \(columns) FROM fact WHERE id = ?"
  private static let inOrder =
    "SELECT \(columns) FROM fact WHERE sequence >= ? ORDER BY sequence"

  /// Adds a fact, unless one with its id is there.
  ///
  /// - Returns: whether it was added.
  static func insert(
    _ fact: Fact, sequence: Int64, chain: ChainHash, in db: Database
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
    statement.bind(fact.body, at: 11)
    statement.bind(chain.bytes, at: 12)
    try statement.execute()
    return db.changesCount == 1
  }

  /// A fact by its id.
  public static func fetch(_ id: Identifier, in db: Database) throws -> Fact? {
    let statement = try BareStatement(byId, in: db)
    statement.bind(id, at: 1)
    return try statement.first(fact)
  }

  /// A fact by its id, with its place in the chain.
  public static func fetchStored(_ id: Identifier, in db: Database) throws -> StoredFact? {
    let statement = try BareStatement(byId, in: db)
    statement.bind(id, at: 1)
    return try statement.first(stored)
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

  /// Reads a row of ``columns``; nothing where an identifier is not sixteen bytes.
  public static func fact(_ row: BareRow) -> Fact? { FactView(row)?.copy }

  /// Reads a row of ``columns`` with its sequence number and chain link.
  public static func stored(_ row: BareRow) -> StoredFact? {
    guard let fact = fact(row), let chain = ChainHash(stored: row.bytes(11)) else { return nil }
    return StoredFact(sequence: row.integer(0), fact: fact, chain: chain)
  }

  /// The facts that correct or withdraw a fact, among those about the same person.
  public static func replacements(
    of id: Identifier, in db: Database
  ) throws -> [Identifier] {
    guard let fact = try fetch(id, in: db),
      let person = try PersonEntry.person(fact.subject, in: db),
      let timeline = try PersonEntry.timeline(person.number, in: db)
    else { return [] }
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
  /// The link from all facts before it.
  public let chain: ChainHash
}

/// A fact on the row of ``FactRow/columns`` where a statement stands: its body stays where it lies,
/// until the next row.
public struct FactView {
  /// As ``Fact/id``.
  public let id: Identifier
  /// As ``Fact/subject``.
  public let subject: Identifier
  /// As ``Fact/kind``.
  public let kind: FactKind
  /// As ``Fact/occurredOn``.
  public let occurredOn: CivilDate
  /// As ``Fact/recordedAt``.
  public let recordedAt: Instant
  /// As ``Fact/place``.
  public let place: Identifier?
  /// As ``Fact/recorder``.
  public let recorder: Identifier?
  /// As ``Fact/device``.
  public let device: Identifier?
  /// As ``Fact/replaces``.
  public let replaces: Identifier?
  /// As ``Fact/body``.
  public let body: UnsafeBufferPointer<UInt8>

  /// Reads the row; nothing where an identifier is not sixteen bytes.
  public init?(_ row: BareRow) {
    guard let id = row.identifier(1), let subject = row.identifier(2),
      let kind = UInt16(exactly: row.integer(3)), let day = Int32(exactly: row.integer(4))
    else { return nil }
    self.id = id
    self.subject = subject
    self.kind = FactKind(rawValue: kind)
    occurredOn = CivilDate(dayNumber: day)
    recordedAt = Instant(milliseconds: row.integer(5))
    place = row.identifier(6)
    recorder = row.identifier(7)
    device = row.identifier(8)
    replaces = row.identifier(9)
    body = row.bytes(10)
  }

  /// The fact with a body of its own.
  public var copy: Fact {
    Fact(
      id: id, subject: subject, kind: kind, occurredOn: occurredOn, recordedAt: recordedAt,
      place: place, recorder: recorder, device: device, replaces: replaces, body: [UInt8](body))
  }
}
