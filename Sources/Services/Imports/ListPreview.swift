import Exchange
import Foundation
import GRDB
import Health
import Journal

/// What looking a list through gave, row by row, in a private file: pages of a large list are read
/// as quickly as those of a small one.
public struct ListPreview: Sendable {
  /// A row as a page shows it.
  public struct Row: Sendable {
    /// The line in the file, from 1.
    public let line: Int
    /// `new`, `changed`, `same` or `refused`.
    public let outcome: String
    /// Whom it is about, as the row calls them.
    public let name: String
    /// Whom it changes.
    public let subject: Identifier?
    /// What would change.
    public let changes: [ListedChange]
    /// What is wrong or doubtful.
    public let remarks: [Remark]
  }

  /// Something wrong or doubtful.
  public struct Remark: Codable, Sendable {
    /// The key of the explanation in the catalogues.
    public let key: String
    /// The column as the file calls it.
    public let column: String
    /// What stood there.
    public let value: String
    /// What the explanation fills in.
    public let details: [String: String]
    /// Whether the row is refused because of it.
    public let isProblem: Bool
  }

  /// In which order rows come.
  public enum Order: String, CaseIterable, Sendable {
    /// As in the file.
    case line
    /// By whom they are about, as they call them.
    case name

    fileprivate var columns: String { self == .line ? "number" : "name, number" }
  }

  fileprivate struct Content: Codable {
    var changes: [ListedChange]
    var remarks: [Remark]
  }

  private let queue: DatabaseQueue

  /// Opens what was made before.
  init(path: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    queue = try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Makes an empty one, in the place of what was there.
  init(makingAt path: String) throws {
    try? FileManager.default.removeItem(atPath: path)
    guard
      FileManager.default.createFile(
        atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
    else { throw UploadProblem.cannotKeep }
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      // It can be made anew: nothing is lost with it.
      try db.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
    }
    queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.write { db in
      try db.execute(
        sql: """
          CREATE TABLE row (
            number INTEGER PRIMARY KEY, line INTEGER NOT NULL, outcome TEXT NOT NULL,
            is_doubtful INTEGER NOT NULL, name TEXT NOT NULL, subject BLOB, seen BLOB NOT NULL,
            content TEXT
          ) STRICT;
          CREATE INDEX row_by_outcome ON row (outcome);
          CREATE INDEX row_by_line ON row (line);
          CREATE INDEX row_doubtful ON row (number) WHERE is_doubtful = 1;
          """)
    }
  }

  /// Adds rows.
  func add(_ rows: [ListedRow]) throws {
    if rows.isEmpty { return }
    try queue.write { db in
      let statement = try db.cachedStatement(
        sql: """
          INSERT INTO row (line, outcome, is_doubtful, name, subject, seen, content)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """)
      let encoder = JSONEncoder()
      for row in rows {
        let content = Content(
          changes: row.changes.map { ListedChange($0) },
          remarks: row.problems.map {
            Remark(
              key: $0.key, column: $0.column, value: $0.value, details: $0.details,
              isProblem: true)
          }
            + row.warnings.map {
              Remark(
                key: $0.key, column: $0.column, value: $0.value, details: $0.details,
                isProblem: false)
            })
        let isBare = content.changes.isEmpty && content.remarks.isEmpty
        let text = isBare ? nil : String(decoding: try encoder.encode(content), as: UTF8.self)
        try statement.execute(arguments: [
          row.line, row.outcome.rawValue, row.warnings.isEmpty ? 0 : 1, row.name,
          row.outcome == .changed ? row.subject?.data : nil, row.seen.data, text,
        ])
      }
    }
  }

  /// What a line was compared with; nothing where there is no such line.
  func seen(_ line: Int) throws -> Identifier? {
    try queue.read { db in
      try Data.fetchOne(
        db.cachedStatement(sql: "SELECT seen FROM row WHERE line = ?"), arguments: [line]
      ).flatMap { Identifier(stored: $0) }
    }
  }

  private static func condition(_ outcome: String) -> String {
    outcome == "doubtful" ? "is_doubtful = 1" : "outcome = ?"
  }

  /// How many rows there are of an outcome, or with warnings (`doubtful`).
  public func count(_ outcome: String) throws -> Int {
    try queue.read { db in
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM row WHERE \(ListPreview.condition(outcome))",
        arguments: outcome == "doubtful" ? [] : [outcome]) ?? 0
    }
  }

  /// Rows of an outcome, or with warnings (`doubtful`).
  public func rows(
    _ outcome: String, by order: Order = .line, offset: Int, limit: Int
  ) throws -> [Row] {
    try queue.read { db in
      try Array(
        ListPreview.cursor(outcome, order, offset: offset, limit: limit, in: db)
          .map { try Row($0) })
    }
  }

  /// All rows of an outcome, or with warnings (`doubtful`).
  ///
  /// - Parameters:
  ///   - size: how many rows there are in memory at once.
  ///   - body: called with the rows, so many at a time.
  public func forEach(
    _ outcome: String, by order: Order = .line, batch size: Int = RowBatch.size,
    _ body: ([Row]) throws -> Void
  ) throws {
    try queue.read { db in
      try ListPreview.cursor(outcome, order, in: db).inBatches(of: size, { try Row($0) }, body)
    }
  }

  private static func cursor(
    _ outcome: String, _ order: Order, offset: Int = 0, limit: Int = .max, in db: Database
  ) throws -> RowCursor {
    var arguments: [any DatabaseValueConvertible] = outcome == "doubtful" ? [] : [outcome]
    arguments += [limit, offset]
    return try GRDB.Row.fetchCursor(
      db,
      sql: """
        SELECT line, outcome, name, subject, content FROM row
        WHERE \(condition(outcome)) ORDER BY \(order.columns)
        LIMIT ? OFFSET ?
        """, arguments: StatementArguments(arguments))
  }
}

extension ListPreview.Row {
  fileprivate init(_ row: GRDB.Row) throws {
    let content = try (row[4] as String?).map {
      try JSONDecoder().decode(ListPreview.Content.self, from: Data($0.utf8))
    }
    line = row[0]
    outcome = row[1]
    name = row[2]
    subject = (row[3] as Data?).flatMap { Identifier(stored: $0) }
    changes = content?.changes ?? []
    remarks = content?.remarks ?? []
  }
}
