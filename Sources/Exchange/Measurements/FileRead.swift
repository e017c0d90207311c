import Foundation
import GRDB
import Health
import Journal

/// What is known of earlier readings of files.
enum FileRead {
  /// The digest of a file; nothing where it can be read only once.
  static func digest(of path: String) throws -> FileDigest? {
    do { return try FileDigest(path: path) } catch { throw CSVProblem.unreadable(path: path) }
  }

  /// Whether a file of those very bytes was read to its end before; one that was cut off is read on.
  /// Of what can be read only once nobody knows, and it is taken for known: what was corrected
  /// rather stays corrected.
  static func happened(_ digest: FileDigest?, in db: Database) throws -> Bool {
    guard let digest else { return true }
    return try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM import_batch WHERE digest = ? AND finished_at IS NOT NULL)
        """,
      arguments: [digest.data]) ?? false
  }

  /// All imports that there were.
  static func batches(in db: Database) throws -> [Identifier] {
    try Data.fetchAll(db, sql: "SELECT id FROM import_batch").compactMap { Identifier(stored: $0) }
  }
}

extension Tally {
  /// Warnings of a row that was taken.
  mutating func warn(_ row: PendingRow, _ warnings: [RowWarning], _ names: MeasurementRowReader) {
    for warning in warnings {
      let doubtful = DoubtfulRow(
        line: row.line, column: names.columnName(of: warning.field), warning: warning)
      summary.warnings[warning.code, default: 0] += 1
      if summary.doubtfulRows.count < 20 { summary.doubtfulRows.append(doubtful) }
      newlyDoubtful.append(doubtful)
    }
  }

  func storeWarnings(in db: Database) throws {
    for row in newlyDoubtful {
      try KeptRows.warn(
        of: KeptRows.Remark(
          code: row.warning.code.rawValue, column: row.column, value: row.warning.value,
          details: row.warning.details), line: row.line, of: summary.batch, in: db)
    }
  }
}
