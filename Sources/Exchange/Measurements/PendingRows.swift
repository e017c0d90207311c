import Foundation
import GRDB
import Health
import Journal

/// A row that waits for its commit.
struct PendingRow: Sendable {
  let raw: [UInt8]
  let line: Int
  let content: Result<(MeasurementRow, Identifier), RowProblem>
}

/// A child's visit on a day.
struct Visit: Hashable {
  let subject: Identifier
  let day: CivilDate
}

/// Rows that go into one commit, with the facts that they bring.
struct PreparedBatch {
  var children: ChildFinder
  /// How much of the file was read for it.
  let position: Int
  var facts: [Fact] = []
  var rows = PreparedRows()
  /// The line of each visit that was here already.
  var visits: [Visit: Int] = [:]
}

/// What became of rows before their commit.
struct PreparedRows: Sendable {
  var lastLine = 0
  /// Rows with the positions of their facts in the batch; none where all of it is here already.
  var accepted: [(row: PendingRow, facts: Range<Int>, warnings: [RowWarning])] = []
  var failed: [(row: PendingRow, problem: RowProblem)] = []

  /// The count after the commit.
  func tally(
    _ results: [Acceptance], after before: ImportSummary, _ names: MeasurementRowReader
  ) -> Tally {
    var tally = Tally(before)
    tally.summary.lastLine = max(lastLine, before.lastLine)
    for (row, problem) in failed { tally.refuse(row, problem, names) }
    for (row, range, warnings) in accepted {
      tally.settle(row, results[range], warnings, names)
    }
    return tally
  }
}

/// A batch that is being written.
struct RunningBatch {
  let batch: PreparedBatch
  let commit: PendingCommit<[Acceptance]>
}

/// Counts what became of rows, and writes that beside the facts in the same transaction.
struct Tally {
  var summary: ImportSummary
  var newlyRefused: [(line: Int, raw: [UInt8], column: String, problem: RowProblem)] = []
  var newlyDoubtful: [DoubtfulRow] = []

  init(_ summary: ImportSummary) { self.summary = summary }

  mutating func refuse(_ row: PendingRow, _ problem: RowProblem, _ names: MeasurementRowReader) {
    let column = names.columnName(of: problem.field)
    summary.refused += 1
    summary.problems[problem.code, default: 0] += 1
    if summary.examples.count < 20 {
      summary.examples.append(RefusedRow(line: row.line, column: column, problem: problem))
    }
    newlyRefused.append((row.line, row.raw, column, problem))
  }

  mutating func settle(
    _ row: PendingRow, _ results: ArraySlice<Acceptance>, _ warnings: [RowWarning],
    _ names: MeasurementRowReader
  ) {
    for case .refused(let refusal) in results {
      refuse(
        row, RowProblem(.refusedFact, details: ["reason": refusal.rawValue]), names)
      return
    }
    let isNew = results.contains { if case .accepted = $0 { true } else { false } }
    if isNew { summary.accepted += 1 } else { summary.alreadyThere += 1 }
    warn(row, warnings, names)
  }

  func store(in db: Database) throws {
    for row in newlyRefused {
      try KeptRows.refuse(
        row.raw, line: row.line,
        for: KeptRows.Remark(
          code: row.problem.code.rawValue, column: row.column, value: row.problem.value,
          details: row.problem.details), of: summary.batch, in: db)
    }
    try storeWarnings(in: db)
    try db.cachedStatement(
      sql: """
        UPDATE import_batch SET rows_accepted = ?, rows_there = ?, rows_refused = ? WHERE id = ?
        """
    ).execute(arguments: [
      summary.accepted, summary.alreadyThere, summary.refused, summary.batch.data,
    ])
  }
}

/// The file with refused rows, in the columns of the file that they came from; made only where
/// there is one.
struct RefusedRowsFile {
  private var path: String
  private let heading: [UInt8]
  private var handle: FileHandle?

  init(path: String, heading: [UInt8]) {
    self.path = path
    self.heading = heading
  }

  /// The path, or the next one with a number that is free: what lies there may hold rows that
  /// somebody has just mended.
  private static func free(_ path: String) -> String {
    guard FileManager.default.fileExists(atPath: path) else { return path }
    let file = URL(fileURLWithPath: path)
    let stem = file.deletingPathExtension().path
    let ending = file.pathExtension.isEmpty ? "" : "." + file.pathExtension
    var number = 2
    while FileManager.default.fileExists(atPath: "\(stem)-\(number)\(ending)") { number += 1 }
    return "\(stem)-\(number)\(ending)"
  }

  mutating func add(_ row: [UInt8]) throws {
    if handle == nil {
      path = RefusedRowsFile.free(path)
      guard FileManager.default.createFile(atPath: path, contents: Data(heading + [0x0A])),
        let file = FileHandle(forWritingAtPath: path)
      else { throw ImportProblem.cannotWriteRefused(path: path) }
      try file.seekToEnd()
      handle = file
    }
    try handle?.write(contentsOf: Data(row + [0x0A]))
  }

  mutating func finish() throws -> String? {
    guard let handle else { return nil }
    try handle.synchronize()
    try handle.close()
    return path
  }
}
