import GRDB
import Health
import Journal

/// What became of rows, kept beside their facts in the same transaction.
struct ListTally: Sendable {
  let batch: Identifier
  /// Those with problems or warnings.
  let rows: [ListedRow]
  let counts: [ListOutcome: Int]
  let at: Instant

  /// - Throws: ``ListWriteProblem/stopped`` where the list was taken back meanwhile.
  func store(in db: Database) throws {
    for row in rows {
      if row.outcome == .refused {
        try storeProblems(of: row, in: db)
      } else {
        for warning in row.warnings {
          try KeptRows.warn(
            of: KeptRows.Remark(
              code: ListTally.code(warning.key), column: warning.column, value: warning.value,
              details: warning.details), line: row.line, of: batch, in: db)
        }
      }
    }
    let accepted = (counts[.new] ?? 0) + (counts[.changed] ?? 0)
    try db.cachedStatement(
      sql: """
        UPDATE import_batch
        SET rows_accepted = ?, rows_changed = ?, rows_there = ?, rows_refused = ?, active_at = ?
        WHERE id = ? AND stopped_at IS NULL
        """
    ).execute(arguments: [
      accepted, counts[.changed] ?? 0, counts[.same] ?? 0, counts[.refused] ?? 0, at.milliseconds,
      batch.data,
    ])
    guard db.changesCount == 1 else { throw ListWriteProblem.stopped }
  }

  private func storeProblems(of row: ListedRow, in db: Database) throws {
    for (number, problem) in row.problems.enumerated() {
      let remark = KeptRows.Remark(
        code: ListTally.code(problem.key), column: problem.column, value: problem.value,
        details: problem.details)
      if number == 0 {
        try KeptRows.refuse(row.copy, line: row.line, for: remark, of: batch, in: db)
      } else {
        try KeptRows.refuse(line: row.line, number: number, alsoFor: remark, of: batch, in: db)
      }
    }
  }

  /// `list.unknown_village`: the key without its first part, which the table tells.
  private static func code(_ key: String) -> String {
    String(key.drop { $0 != "." }.dropFirst())
  }
}
