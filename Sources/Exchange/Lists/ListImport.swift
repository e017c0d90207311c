import Foundation
import GRDB
import Health
import Journal

/// Looks at a list of households or workers, or brings it into the journal.
public struct ListImport {
  /// Rows that share a commit.
  public static let rowsPerCommit = 2000
  /// Bytes of rows that share a commit: rows may be as long as ``CSVReader/rowLimit``.
  static let bytesPerCommit = 8 << 20

  let journal: JournalFile
  let task: ListTask
  let rowsPerCommit: Int
  let clock: () -> Instant
  let hoursEastOfGreenwich: Int

  /// An import of a list into a journal.
  ///
  /// - Parameters:
  ///   - rowsPerCommit: rows that share a commit; the result does not depend on it.
  ///   - clock: tells the moment of the import.
  public init(
    _ task: ListTask, into journal: JournalFile,
    rowsPerCommit: Int = ListImport.rowsPerCommit, hoursEastOfGreenwich: Int = 7,
    clock: @escaping () -> Instant
  ) {
    self.task = task
    self.journal = journal
    self.rowsPerCommit = rowsPerCommit
    self.hoursEastOfGreenwich = hoursEastOfGreenwich
    self.clock = clock
  }

  /// Reads the list to its end and tells what taking it in would do; nothing is written.
  ///
  /// - Parameters:
  ///   - tell: called with each row, in the file's order.
  ///   - progress: called after each part of the file.
  /// - Throws: ``CSVProblem``, ``SpreadsheetProblem`` or ``ListHeadingProblem`` where it cannot be
  ///   read, and what `tell` throws.
  public func preview(
    _ tell: (ListedRow) throws -> Void = { _ in },
    progress: (ListProgress) throws -> Void = { _ in }
  ) throws -> ListSummary {
    let table = try TableFile.open(path: task.path)
    return try preview(table, tell, progress)
  }

  private func preview(
    _ table: some TableReader, _ tell: (ListedRow) throws -> Void,
    _ progress: (ListProgress) throws -> Void
  ) throws -> ListSummary {
    var reading = try ListFileReading(self, table)
    while let rows = try reading.next() {
      for row in rows {
        reading.summary.count(row)
        try tell(row)
      }
      try progress(reading.progress)
    }
    reading.finish()
    return reading.summary
  }

  /// Reads the list to its end and writes what it brings.
  ///
  /// - Parameters:
  ///   - refusedPath: where refused rows go, in the file's own columns; nothing for nowhere.
  ///   - expecting: what ``ListedRow/seen`` was for a line when somebody looked the list through;
  ///     a row that would do something else now is refused. Nothing where nobody looked.
  ///   - progress: called after each commit that is on the disk.
  /// - Throws: as ``preview(_:progress:)``, and ``ImportProblem/cannotWriteRefused(path:)``. What was
  ///   acknowledged before is kept.
  public func write(
    refusedPath: String? = nil, expecting: ((_ line: Int) throws -> Identifier?)? = nil,
    progress: (ListProgress) throws -> Void = { _ in }
  ) throws -> ListSummary {
    let table = try TableFile.open(path: task.path)
    return try write(table, refusedPath, expecting, progress)
  }

  private func write(
    _ table: some TableReader, _ refusedPath: String?,
    _ expecting: ((_ line: Int) throws -> Identifier?)?,
    _ progress: (ListProgress) throws -> Void
  ) throws -> ListSummary {
    var reading = try ListFileReading(self, table)
    let writing = ListWriting(self, reading)
    var refused = try refusedPath.map { path in
      let input = URL(fileURLWithPath: task.path).resolvingSymlinksInPath().path
      guard URL(fileURLWithPath: path).resolvingSymlinksInPath().path != input else {
        throw ImportProblem.cannotWriteRefused(path: path)
      }
      return RefusedRowsFile(path: path, heading: reading.summary.heading)
    }
    try writing.begin()
    do {
      while var rows = try reading.next() {
        if let expecting {
          for position in rows.indices where rows[position].outcome != .same {
            if try expecting(rows[position].line) != rows[position].seen,
              !rows[position].facts.isEmpty
            {
              reading.planning.drop(&rows[position])
            }
          }
        }
        try writing.commit(&rows, &reading)
        for row in rows where row.outcome == .refused { try refused?.add(row.copy) }
        try progress(reading.progress)
      }
    } catch {
      // What was written is kept, and its refused rows are told before the reason.
      _ = try? refused?.finish()
      throw error
    }
    reading.finish()
    try writing.finish(reading.summary)
    reading.summary.refusedFile = try refused?.finish()
    return reading.summary
  }
}

/// A list on its way through the planner, a part at a time.
struct ListFileReading<Table: TableReader> {
  private let plan: ListImport
  private var table: Table
  private var isAtEnd = false
  let recording: ListRecording
  var planning: ListPlanning
  var summary: ListSummary
  /// The last fact that the rows at hand were compared with.
  private(set) var lastSequence: Int64 = 0

  init(_ plan: ListImport, _ table: Table) throws {
    self.plan = plan
    self.table = table
    let now = plan.clock()
    let batch = Identifier.fresh(at: now)
    let today = now.day(hoursEastOfGreenwich: plan.hoursEastOfGreenwich)
    (recording, planning) = try plan.journal.pool.read { db in
      let recording = ListRecording(
        identities: ListIdentities(batch: batch, secret: try ImportSecret.fetch(in: db)),
        at: now, today: today, recorder: plan.task.recorder)
      return (
        recording,
        try ListPlanning(plan.task, heading: table.heading, recording: recording, in: db)
      )
    }
    summary = ListSummary(batch: batch)
    summary.heading = table.headingCopy
    summary.unstoredColumns = planning.unstoredColumns
  }

  /// The next rows, planned; nothing at the end.
  mutating func next() throws -> [ListedRow]? {
    if isAtEnd { return nil }
    var rows: [ListedRow] = []
    var bytes = 0
    try plan.journal.pool.read { db in
      lastSequence = try ListFileReading.lastSequence(in: db)
      planning.compare(with: db)
      defer { planning.compare(with: nil) }
      while rows.count < plan.rowsPerCommit, bytes < ListImport.bytesPerCommit {
        let read = try readRow()
        guard read.isThere else {
          isAtEnd = true
          return
        }
        guard let row = read.row else { continue }
        bytes += row.copy.count
        rows.append(row)
      }
    }
    return rows
  }

  private mutating func readRow() throws -> (isThere: Bool, row: ListedRow?) {
    var found: ListedRow?
    let isThere = try table.next { row in
      guard !row.isBlank else { return true }
      var planned = try planning.plan(row)
      planning.dropIfUnfounded(&planned)
      found = planned
      return true
    }
    return (isThere ?? false, found)
  }

  static func lastSequence(in db: Database) throws -> Int64 {
    try BareStatement("SELECT sequence FROM fact ORDER BY sequence DESC LIMIT 1", in: db)
      .first { $0.integer(0) } ?? 0
  }

  var progress: ListProgress {
    ListProgress(bytes: table.position, totalBytes: table.size, summary: summary)
  }

  /// Takes over what only the end of the file tells.
  mutating func finish() {
    summary.newHouseholds = planning.newHouseholds
    summary.householdsWithoutHead = planning.householdsWithoutHead
  }
}
