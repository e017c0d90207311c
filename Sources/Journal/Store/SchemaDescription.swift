import Foundation
import GRDB

extension DatabasePool {
  /// The meaning of every table and column, from the comments in the schema, as Markdown.
  public func describeTables() throws -> String {
    try read { db in
      let tables = try Row.fetchAll(
        db,
        sql: """
          SELECT name, sql FROM sqlite_schema
          WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'
            AND name NOT GLOB 'person_find_*'
          ORDER BY rowid
          """)
      return tables.map { DatabasePool.describe(name: $0[0], sql: $0[1]) }
        .joined(separator: "\n")
    }
  }

  private static func describe(name: String, sql: String) -> String {
    var text = "## \(name)\n\n"
    var rows = ""
    for (position, line) in sql.split(separator: "\n").enumerated() {
      let parts = line.components(separatedBy: "-- ")
      guard parts.count == 2 else { continue }
      if position == 0 {
        text += parts[1] + "\n\n| Column | Meaning |\n|---|---|\n"
      } else if let column = DatabasePool.column(of: parts[0]) {
        rows += "| `\(column)` | \(parts[1]) |\n"
      }
    }
    return text + rows
  }

  /// The column that a line tells of. One that was added later stands behind the condition of the
  /// one before it.
  private static func column(of line: String) -> Substring? {
    let words = line.trimmingCharacters(in: .whitespaces)
    let told =
      ["CHECK (", "REFERENCES "].contains(where: words.hasPrefix)
      ? words.components(separatedBy: "), ").last ?? words : words
    return told.split(whereSeparator: { " ,".contains($0) }).first
  }
}
