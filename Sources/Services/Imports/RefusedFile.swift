import Exchange
import GRDB
import Health
import Journal

/// The refused rows of a file, in the file's own columns.
public struct RefusedFile: Hashable, Sendable {
  /// What stands between columns.
  public let separator: String
  /// The columns' names.
  public let heading: [String]
  fileprivate let batch: Identifier
  /// The heading as it stood in the file.
  fileprivate let line: String

  fileprivate init?(_ batch: Identifier, _ line: String) throws {
    let (rows, separator) = try RefusedFile.read([line])
    guard let heading = rows.first else { return nil }
    self.separator = separator
    self.heading = heading
    self.batch = batch
    self.line = line
  }

  /// Lines of a file, the heading first, which decides on the separator.
  fileprivate static func read(
    _ lines: [String]
  ) throws -> (rows: [[String]], separator: String) {
    var reader = CSVReader(bytes: Array(lines.joined(separator: "\n").utf8))
    var rows: [[String]] = []
    while let row = try reader.next({ row in (0..<row.count).map { row.text($0) ?? "" } }) {
      rows.append(row)
    }
    return (rows, String(decoding: [reader.separator], as: UTF8.self))
  }
}

extension District {
  /// The file that an import's refused rows came from; nothing where its heading was not kept.
  public func refusedFile(of id: Identifier) throws -> RefusedFile? {
    let heading = try journal.pool.read { db in
      try String.fetchOne(
        db.cachedStatement(sql: "SELECT row FROM import_heading WHERE batch = ?"),
        arguments: [id.data])
    }
    return try heading.flatMap { try RefusedFile(id, $0) }
  }

  /// The refused rows of a file in its own columns, all of one moment.
  ///
  /// - Parameters:
  ///   - size: how many rows there are in memory at once.
  ///   - body: called with the rows, so many at a time.
  public func forEachRow(
    of file: RefusedFile, _ choice: RefusedRowChoice, batch size: Int = RowBatch.size,
    _ body: ([[String]]) throws -> Void
  ) throws {
    try journal.pool.read { db in
      try District.refused(of: file.batch, choice, in: db).inBatches(
        of: size, { $0[5] as String }
      ) { lines in
        try body(Array(try RefusedFile.read([file.line] + lines).rows.dropFirst()))
      }
    }
  }

  /// All refused rows of an import with what is wrong with them, all of one moment.
  ///
  /// - Parameters:
  ///   - size: how many rows there are in memory at once.
  ///   - body: called with the rows, so many at a time.
  public func forEachRefusedRow(
    of id: Identifier, _ choice: RefusedRowChoice, batch size: Int = RowBatch.size,
    _ body: ([RefusedRow]) throws -> Void
  ) throws {
    try journal.pool.read { db in
      let names = try District.nameColumn(of: id, in: db)
      try District.refused(of: id, choice, in: db).inBatches(
        of: size, { try District.refusedRow($0, of: id, names, in: db) }, body)
    }
  }

  /// All rows of an import that were taken with a warning, in the order of their lines, all of one
  /// moment.
  ///
  /// - Parameters:
  ///   - size: how many rows there are in memory at once.
  ///   - body: called with the rows, so many at a time.
  public func forEachDoubtfulRow(
    of id: Identifier, batch size: Int = RowBatch.size, _ body: ([DoubtfulRow]) throws -> Void
  ) throws {
    try journal.pool.read { db in
      try District.doubtful(of: id, in: db).inBatches(of: size, DoubtfulRow.init, body)
    }
  }
}
