import Exchange
import Foundation
import GRDB
import Health
import Journal

/// A file that was brought in, with what became of its rows.
public struct ImportBatch: Hashable, Sendable {
  /// Made when the import started.
  public let id: Identifier
  /// The file's name without its folders.
  public let fileName: String
  /// When it began.
  public let startedAt: Instant
  /// When it was done; nothing while it runs or where it was cut off.
  public let finishedAt: Instant?
  /// Rows that brought something new.
  public let accepted: Int
  /// Rows that were here already.
  public let alreadyThere: Int
  /// Rows kept apart.
  public let refused: Int
  /// What kind of list it was.
  public let kind: ImportKind
  /// The place that it was for; nothing where nobody told it.
  public let place: Identifier?
  /// When it was taken back; nothing while it stands.
  public let undoneAt: Instant?
  /// Who took it back; nothing where that was the command line, or is not known.
  public let undoneBy: Identifier?
  /// When a part of a list was last written.
  public let activeAt: Instant?
  /// When the writing of a list stopped before its end.
  public let stoppedAt: Instant?
  /// How many rows a list had when somebody looked it through; nothing where nobody did.
  public let expectedRows: Int?

  /// All rows read so far.
  public var rows: Int { accepted + alreadyThere + refused }

  /// How far an import came.
  public enum State: Hashable, Sendable, CaseIterable {
    /// It is being written.
    case running
    /// It was written to its end.
    case done
    /// As ``done``, and rows were refused.
    case doneWithRefused
    /// It stopped before its end; what was written stays.
    case stopped
    /// It was taken back.
    case undone
  }

  /// The longest that an import of measurements takes, in milliseconds: an older one without an end
  /// was cut off.
  private static let longestRun: Int64 = 3_600_000

  /// How far it came, as seen at a moment.
  public func state(at now: Instant) -> State {
    if undoneAt != nil { return .undone }
    if finishedAt != nil { return refused > 0 ? .doneWithRefused : .done }
    if stoppedAt != nil { return .stopped }
    let silent = now.milliseconds - (activeAt ?? startedAt).milliseconds
    let patience = activeAt == nil ? ImportBatch.longestRun : BatchState.silence
    return silent < patience ? .running : .stopped
  }

  init?(_ row: Row) {
    guard let id = Identifier(stored: row[0]) else { return nil }
    self.id = id
    fileName = row[1]
    startedAt = Instant(milliseconds: row[2])
    finishedAt = (row[3] as Int64?).map { Instant(milliseconds: $0) }
    accepted = row[4]
    alreadyThere = row[5]
    refused = row[6]
    kind =
      (row[7] as Int64?).flatMap { ImportKind(rawValue: UInt8(truncatingIfNeeded: $0)) }
      ?? .measurements
    place = (row[8] as Data?).flatMap { Identifier(stored: $0) }
    undoneAt = (row[9] as Int64?).map { Instant(milliseconds: $0) }
    activeAt = (row[10] as Int64?).map { Instant(milliseconds: $0) }
    stoppedAt = (row[11] as Int64?).map { Instant(milliseconds: $0) }
    expectedRows = row[12]
    undoneBy = (row[13] as Data?).flatMap { Identifier(stored: $0) }
  }

  static let columns =
    "id, file_name, started_at, finished_at, rows_accepted, rows_there, rows_refused, "
    + "kind, place, undone_at, active_at, stopped_at, rows_expected, undone_by"
}

/// A row of a file that could not be accepted.
public struct RefusedRow: Hashable, Sendable {
  /// The line of the file, from 1.
  public let line: Int
  /// The column as the file calls it, or empty.
  public let column: String
  /// What stood there.
  public let value: String
  /// What is wrong, as a code that the catalogues explain.
  public let problem: String
  /// What the explanation fills in.
  public let details: [String: String]
  /// The row as it stood in the file.
  public let row: String
  /// Whom it is about, as it calls them; empty where it does not say so.
  public internal(set) var name = ""
  /// What else is wrong with it.
  public internal(set) var further: [FurtherProblem] = []

  /// All that is wrong with it, the first problem first.
  public var problems: [FurtherProblem] {
    [FurtherProblem(column: column, value: value, problem: problem, details: details)] + further
  }

  init(_ row: Row) {
    line = row[0]
    column = row[1]
    value = row[2]
    problem = row[3]
    details = RefusedRow.details(row[4])
    self.row = row[5]
  }

  static func details(_ text: String) -> [String: String] {
    let read = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return (read ?? [:]).mapValues { "\($0)" }
  }
}

/// Something that is wrong with a refused row.
public struct FurtherProblem: Hashable, Sendable {
  /// The column as the file calls it, or empty.
  public let column: String
  /// What stood there.
  public let value: String
  /// What is wrong, as a code that the catalogues explain.
  public let problem: String
  /// What the explanation fills in.
  public let details: [String: String]
}

/// A row of a file that was taken and should be looked at again.
public struct DoubtfulRow: Hashable, Sendable {
  /// The line of the file, from 1.
  public let line: Int
  /// The column as the file calls it, or empty.
  public let column: String
  /// What stood there.
  public let value: String
  /// What is doubtful, as a code that the catalogues explain.
  public let warning: String
  /// What the explanation fills in.
  public let details: [String: String]

  init(_ row: Row) {
    line = row[0]
    column = row[1]
    value = row[2]
    warning = row[3]
    details = RefusedRow.details(row[4])
  }
}

/// Which refused rows of a file are asked for, and in which order.
public struct RefusedRowChoice: Hashable, Sendable {
  /// In which order they come.
  public enum Order: String, CaseIterable, Sendable {
    /// As in the file.
    case line
    /// Those with one problem together, then as in the file.
    case problem
    /// By what stood there.
    case value

    var columns: String {
      switch self {
      case .line: "line"
      case .problem: "problem, line"
      case .value: "value, line"
      }
    }
  }

  /// Only those that are wrong in this column, as the file calls it; nothing for all.
  public var column: String?
  /// The order.
  public var order: Order

  /// All, in the order of their lines, where nothing else is said.
  public init(column: String? = nil, order: Order = .line) {
    self.column = column
    self.order = order
  }
}

extension District {
  /// The files that were brought in, the newest first.
  public func importBatches() throws -> [ImportBatch] {
    try journal.pool.read { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: "SELECT \(ImportBatch.columns) FROM import_batch ORDER BY started_at DESC, id")
      ).compactMap(ImportBatch.init)
    }
  }

  /// The import with that id.
  public func importBatch(_ id: Identifier) throws -> ImportBatch? {
    try journal.pool.read { db in
      try Row.fetchOne(
        db.cachedStatement(sql: "SELECT \(ImportBatch.columns) FROM import_batch WHERE id = ?"),
        arguments: [id.data]
      ).flatMap(ImportBatch.init)
    }
  }

  /// How many warnings an import gave.
  public func warningCount(of id: Identifier) throws -> Int {
    try journal.pool.read { db in
      try Int.fetchOne(
        db.cachedStatement(sql: "SELECT count(*) FROM import_warning WHERE batch = ?"),
        arguments: [id.data]) ?? 0
    }
  }

  /// Rows of an import that were taken with a warning, in the order of their lines.
  public func doubtfulRows(of id: Identifier, limit: Int) throws -> [DoubtfulRow] {
    try journal.pool.read { db in
      try Array(District.doubtful(of: id, limit: limit, in: db).map { DoubtfulRow($0) })
    }
  }

  static func doubtful(
    of id: Identifier, limit: Int = .max, in db: Database
  ) throws -> RowCursor {
    try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT line, column_name, value, warning, detail FROM import_warning
          WHERE batch = ? ORDER BY line, warning LIMIT ?
          """), arguments: [id.data, limit])
  }

  /// The columns in which refused rows of an import are wrong, as the file calls them; empty for
  /// rows that are wrong as a whole.
  public func refusedColumns(of id: Identifier) throws -> [String] {
    try journal.pool.read { db in
      try String.fetchAll(
        db.cachedStatement(
          sql: "SELECT DISTINCT column_name FROM refused_row WHERE batch = ? ORDER BY column_name"),
        arguments: [id.data])
    }
  }

  /// How many rows of an import were refused, for a choice of them.
  public func refusedRowCount(of id: Identifier, _ choice: RefusedRowChoice) throws -> Int {
    try journal.pool.read { db in
      try Int.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT count(*) FROM refused_row
            WHERE batch = :batch AND (:column IS NULL OR column_name = :column)
            """), arguments: ["batch": id.data, "column": choice.column]) ?? 0
    }
  }

  /// Refused rows of an import.
  public func refusedRows(
    of id: Identifier, _ choice: RefusedRowChoice = RefusedRowChoice(), offset: Int = 0,
    limit: Int = .max
  ) throws -> [RefusedRow] {
    try journal.pool.read { db in
      let names = try District.nameColumn(of: id, in: db)
      return try Array(
        District.refused(of: id, choice, offset: offset, limit: limit, in: db)
          .map { try District.refusedRow($0, of: id, names, in: db) })
    }
  }

  static func refused(
    of id: Identifier, _ choice: RefusedRowChoice, offset: Int = 0, limit: Int = .max,
    in db: Database
  ) throws -> RowCursor {
    try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT line, column_name, value, problem, detail, row FROM refused_row
          WHERE batch = :batch AND (:column IS NULL OR column_name = :column)
          ORDER BY \(choice.order.columns) LIMIT :limit OFFSET :offset
          """),
      arguments: [
        "batch": id.data, "column": choice.column, "limit": limit, "offset": offset,
      ])
  }

  static func refusedRow(
    _ row: Row, of id: Identifier, _ names: NameColumn?, in db: Database
  ) throws -> RefusedRow {
    var refused = RefusedRow(row)
    refused.name = names?.name(in: refused.row) ?? ""
    refused.further = try District.furtherProblems(of: id, line: refused.line, in: db)
    return refused
  }

  static func nameColumn(of batch: Identifier, in db: Database) throws -> NameColumn? {
    let found = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT import_heading.row, import_batch.kind FROM import_heading
          JOIN import_batch ON import_batch.id = import_heading.batch
          WHERE import_heading.batch = ?
          """), arguments: [batch.data])
    guard let found else { return nil }
    let kind = (found[1] as Int64?).flatMap { ImportKind(rawValue: UInt8(truncatingIfNeeded: $0)) }
    return NameColumn(kind ?? .measurements, heading: found[0])
  }

  private static func furtherProblems(
    of batch: Identifier, line: Int, in db: Database
  ) throws -> [FurtherProblem] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT column_name, value, problem, detail FROM further_problem
          WHERE batch = ? AND line = ? ORDER BY number
          """), arguments: [batch.data, line]
    ).map { row in
      FurtherProblem(
        column: row[0], value: row[1], problem: row[2], details: RefusedRow.details(row[3]))
    }
  }
}
