import Foundation
import GRDB
import Health

/// Facts in and out of their table.
public enum FactRow {
  static let columns =
    "sequence, id, subject, kind, occurred_on, recorded_at, place, recorder, device, replaces, "
    + "body, chain"

  /// Adds a fact, unless one with its id is there.
  ///
  /// - Returns: whether it was added.
  static func insert(
    _ fact: Fact, sequence: Int64, chain: ChainHash, in db: Database
  ) throws -> Bool {
    try db.cachedStatement(
      sql: """
        INSERT INTO fact (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO NOTHING
        """
    ).execute(arguments: [
      sequence, fact.id.data, fact.subject.data, Int64(fact.kind.rawValue),
      Int64(fact.occurredOn.dayNumber), fact.recordedAt.milliseconds, fact.place?.data,
      fact.recorder?.data, fact.device?.data, fact.replaces?.data, Data(fact.body),
      Data(chain.bytes),
    ])
    return db.changesCount == 1
  }

  /// A fact by its id.
  public static func fetch(_ id: Identifier, in db: Database) throws -> Fact? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(columns) FROM fact WHERE id = ?"),
      arguments: [id.data]
    ).flatMap(fact)
  }

  /// A fact by its id, with its place in the chain.
  public static func fetchStored(_ id: Identifier, in db: Database) throws -> StoredFact? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(columns) FROM fact WHERE id = ?"),
      arguments: [id.data]
    ).flatMap(stored)
  }

  /// All facts in their order of arrival.
  public static func all(in db: Database) throws -> RowCursor {
    try Row.fetchCursor(db, sql: "SELECT \(columns) FROM fact ORDER BY sequence")
  }

  /// Reads a row of ``columns``; nothing where an identifier is not sixteen bytes.
  public static func fact(_ row: Row) -> Fact? {
    guard let id = Identifier(stored: row[1]), let subject = Identifier(stored: row[2]),
      let kind = UInt16(exactly: row[3] as Int64), let day = Int32(exactly: row[4] as Int64)
    else { return nil }
    return Fact(
      id: id, subject: subject, kind: FactKind(rawValue: kind),
      occurredOn: CivilDate(dayNumber: day),
      recordedAt: Instant(milliseconds: row[5]), place: identifier(row, 6),
      recorder: identifier(row, 7), device: identifier(row, 8), replaces: identifier(row, 9),
      body: [UInt8](row[10] as Data))
  }

  /// Reads a row of ``columns`` with its sequence number and chain link.
  public static func stored(_ row: Row) -> StoredFact? {
    guard let fact = fact(row), let chain = ChainHash(stored: row[11]) else { return nil }
    return StoredFact(sequence: row[0], fact: fact, chain: chain)
  }

  private static func identifier(_ row: Row, _ column: Int) -> Identifier? {
    (row[column] as Data?).flatMap { Identifier(stored: $0) }
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
