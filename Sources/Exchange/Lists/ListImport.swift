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
    while let part = try reading.next() {
      for row in part.rows {
        reading.summary.count(row)
        try tell(row)
      }
      try progress(reading.progress(through: part))
    }
    reading.finish()
    return reading.summary
  }

  /// Reads the list to its end and writes what it brings.
  ///
  /// - Parameters:
  ///   - refusedPath: where refused rows go, in the file's own columns; nothing for nowhere.
  ///   - expected: how many rows there were when somebody looked; nothing where nobody did.
  ///   - expecting: what ``ListedRow/seen`` was for a line when somebody looked the list through;
  ///     a row that would do something else now is refused. Nothing where nobody looked.
  ///   - told: called with the sequence numbers of the list's own facts, once they are on the disk.
  ///   - progress: called when the import is noted, and after each commit that is on the disk.
  /// - Throws: as ``preview(_:progress:)``, ``ImportProblem/cannotWriteRefused(path:)``,
  ///   ``ListWriteProblem``, and what `told` and `progress` throw. What was acknowledged before is
  ///   kept, and the batch is noted as stopped.
  public func write(
    refusedPath: String? = nil, expected: Int? = nil,
    expecting: ((_ line: Int) throws -> Identifier?)? = nil,
    told: @escaping (ClosedRange<Int64>) throws -> Void = { _ in },
    progress: (ListProgress) throws -> Void = { _ in }
  ) throws -> ListSummary {
    let table = try TableFile.open(path: task.path)
    return try write(table, refusedPath, expected, expecting, told, progress)
  }

  private func write(
    _ table: some TableReader, _ refusedPath: String?, _ expected: Int?,
    _ expecting: ((_ line: Int) throws -> Identifier?)?,
    _ told: @escaping (ClosedRange<Int64>) throws -> Void,
    _ progress: (ListProgress) throws -> Void
  ) throws -> ListSummary {
    var reading = try ListFileReading(self, table)
    let writing = ListWriting(self, reading, told: told)
    var refused = try refusedPath.map { path in
      let input = URL(fileURLWithPath: task.path).resolvingSymlinksInPath().path
      guard URL(fileURLWithPath: path).resolvingSymlinksInPath().path != input else {
        throw ImportProblem.cannotWriteRefused(path: path)
      }
      return RefusedRowsFile(path: path, heading: reading.summary.heading)
    }
    do {
      try writing.begin(expecting: expected)
      try progress(reading.progress(through: nil))
      try writeAll(&reading, writing, &refused, expecting, progress)
      reading.finish()
      try writing.finish(reading.summary)
    } catch {
      // What was written is kept, and its refused rows are told before the reason.
      _ = try? refused?.finish()
      writing.stop()
      throw error
    }
    reading.summary.refusedFile = try refused?.finish()
    return reading.summary
  }

  /// Writes part after part. While one is on its way to the disk the next is read and compared: with
  /// the register as it was before, which must not matter, for rows of one list know of each other.
  private func writeAll<Table>(
    _ reading: inout ListFileReading<Table>, _ writing: ListWriting,
    _ refused: inout RefusedRowsFile?, _ expecting: ((_ line: Int) throws -> Identifier?)?,
    _ progress: (ListProgress) throws -> Void
  ) throws {
    var written: ClosedRange<Int64>?
    var next = try reading.next()
    while var part = next {
      for position in part.rows.indices {
        reading.planning.dropIfUnfounded(&part.rows[position])
        guard let expecting, part.rows[position].outcome != .same else { continue }
        if try expecting(part.rows[position].line) != part.rows[position].seen,
          !part.rows[position].facts.isEmpty
        {
          reading.planning.drop(&part.rows[position])
        }
      }
      let running = writing.start(part, after: written, reading.summary)
      // What goes wrong with the next part stops nothing of this one.
      let following = Result { try reading.next() }
      written = try writing.settle(running, &part, &reading)
      for row in part.rows where row.outcome == .refused { try refused?.add(row.copy) }
      try progress(reading.progress(through: part))
      next = try following.get()
    }
  }
}

/// Rows that share a commit.
struct ListPart {
  var rows: [ListedRow] = []
  /// The last fact that they were compared with.
  let lastSequence: Int64
  /// Bytes read up to their end.
  var position = 0
}

/// A list on its way through the planner, a part at a time.
struct ListFileReading<Table: TableReader> {
  private let plan: ListImport
  private var table: Table
  private var isAtEnd = false
  let recording: ListRecording
  var planning: ListPlanning
  var summary: ListSummary

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
    try planning.lookAhead { try TableFile.open(path: plan.task.path) }
    summary = ListSummary(batch: batch)
    summary.heading = table.headingCopy
    summary.unstoredColumns = planning.unstoredColumns
  }

  /// The next rows, planned; nothing at the end.
  mutating func next() throws -> ListPart? {
    if isAtEnd { return nil }
    return try plan.journal.pool.read { db in
      var part = ListPart(lastSequence: try ListFileReading.lastSequence(in: db))
      var bytes = 0
      planning.compare(with: db)
      defer { planning.compare(with: nil) }
      while part.rows.count < plan.rowsPerCommit, bytes < ListImport.bytesPerCommit {
        let read = try readRow()
        guard read.isThere else {
          isAtEnd = true
          break
        }
        guard let row = read.row else { continue }
        bytes += row.copy.count
        part.rows.append(row)
      }
      part.position = table.position
      return part
    }
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

  /// How far it is with that part; nothing where none is done.
  func progress(through part: ListPart?) -> ListProgress {
    ListProgress(bytes: part?.position ?? 0, totalBytes: table.size, summary: summary)
  }

  /// Takes over what only the end of the file tells.
  mutating func finish() {
    summary.newHouseholds = planning.newHouseholds
    summary.householdsWithoutHead = planning.householdsWithoutHead
  }
}
