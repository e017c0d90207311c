import Foundation
import GRDB
import Health
import Journal

/// Rows of files that were refused, or taken with a warning, kept with their import for somebody to
/// mend or to look at again. One line is kept once, the last time that it was read.
enum KeptRows {
  /// What is wrong with a cell, or doubtful: a code that the catalogues explain, with what that
  /// fills in.
  struct Remark {
    let code: String
    let column: String
    let value: String
    let details: [String: String]
  }

  /// Keeps a refused row as it stood in the file, with its first problem.
  static func refuse(
    _ row: [UInt8], line: Int, for problem: Remark, of batch: Identifier, in db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO refused_row
          (batch, line, column_name, value, problem, detail, row)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      batch.data, line, problem.column, problem.value, problem.code, try text(problem.details),
      String(decoding: row, as: UTF8.self),
    ])
  }

  /// Keeps what else is wrong with a refused row.
  ///
  /// - Parameter number: its place among the row's problems; the first has 0.
  static func refuse(
    line: Int, number: Int, alsoFor problem: Remark, of batch: Identifier, in db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO further_problem
          (batch, line, number, column_name, value, problem, detail)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      batch.data, line, number, problem.column, problem.value, problem.code,
      try text(problem.details),
    ])
  }

  /// Keeps a warning of a row that was taken.
  static func warn(
    of warning: Remark, line: Int, of batch: Identifier, in db: Database
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO import_warning
          (batch, line, warning, column_name, value, detail)
        VALUES (?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      batch.data, line, warning.code, warning.column, warning.value, try text(warning.details),
    ])
  }

  private static func text(_ details: [String: String]) throws -> String {
    String(decoding: try JSONEncoder().encode(details), as: UTF8.self)
  }
}
