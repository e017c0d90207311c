import Foundation
import GRDB
import Health
import Journal

/// Why an import stopped before its end. What was acknowledged before is kept.
public enum ImportProblem: Error, Hashable, Sendable {
  /// The file cannot be read as a table.
  case file(CSVProblem)
  /// The mapping does not fit.
  case mapping(MappingProblem)
  /// The refused rows cannot be written.
  case cannotWriteRefused(path: String)
}

/// How an import went.
public struct ImportSummary: Hashable, Sendable {
  /// The batch, under which its refused rows are kept.
  public let batch: Identifier
  /// Rows that brought something new.
  public internal(set) var accepted = 0
  /// Rows that were here already.
  public internal(set) var alreadyThere = 0
  /// Rows kept apart.
  public internal(set) var refused = 0
  /// How often each problem occurred.
  public internal(set) var problems: [RowProblem.Code: Int] = [:]
  /// The first refused rows, for showing at once.
  public internal(set) var examples: [RefusedRow] = []
  /// How often each warning occurred, among rows that were taken.
  public internal(set) var warnings: [RowWarning.Code: Int] = [:]
  /// The first warnings, for showing at once.
  public internal(set) var doubtfulRows: [DoubtfulRow] = []
  /// The file with the refused rows, where there are any.
  public internal(set) var refusedFile: String?
  /// The last line that was read.
  public internal(set) var lastLine = 0

  init(batch: Identifier) { self.batch = batch }
}

/// A row that was refused.
public struct RefusedRow: Hashable, Sendable {
  /// The line in the file, from 1.
  public let line: Int
  /// The column as the file calls it.
  public let column: String
  /// What is wrong.
  public let problem: RowProblem
}

/// Brings a file of measurements into the journal.
public struct MeasurementImport {
  /// How far an import is.
  public struct Progress: Sendable {
    /// The last line that is on the disk.
    public let line: Int
    /// Bytes read of the file.
    public let bytes: Int
    /// Bytes of the whole file.
    public let totalBytes: Int
    /// Rows accepted, there already, refused.
    public let summary: ImportSummary
  }

  /// Rows that share a commit.
  public static let rowsPerCommit = 2000
  /// Bytes of rows that share a commit: rows may be as long as ``CSVReader/rowLimit``.
  static let bytesPerCommit = 8 << 20

  let journal: JournalFile
  let mapping: MeasurementMapping
  let createsPlaces: Bool
  let bringsBack: Bool
  let clock: () -> Instant
  let now: Instant
  let hoursEastOfGreenwich: Int
  let rowsPerCommit: Int

  /// An import into a journal.
  ///
  /// - Parameters:
  ///   - createsPlaces: whether villages and Posyandu that nobody knows are added.
  ///   - bringsBack: whether a file that was read before is read as if it said everything anew, so
  ///     that its values replace what later files corrected.
  ///   - rowsPerCommit: rows that share a commit; the result does not depend on it.
  ///   - clock: tells the moment of the import; visits after its day are refused.
  public init(
    into journal: JournalFile, mapping: MeasurementMapping, createsPlaces: Bool = false,
    bringsBack: Bool = false, rowsPerCommit: Int = MeasurementImport.rowsPerCommit,
    hoursEastOfGreenwich: Int = 7, clock: @escaping () -> Instant
  ) {
    self.rowsPerCommit = rowsPerCommit
    self.journal = journal
    self.mapping = mapping
    self.createsPlaces = createsPlaces
    self.bringsBack = bringsBack
    self.clock = clock
    now = clock()
    self.hoursEastOfGreenwich = hoursEastOfGreenwich
  }

  /// Reads a file to its end.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - refusedPath: where refused rows go, in the file's own columns, to be mended and read again.
  ///   - progress: called after each commit that is on the disk.
  public func run(
    path: String, refusedPath: String, progress: (Progress) -> Void = { _ in }
  ) throws -> ImportSummary {
    do {
      var session = try ImportSession(self, path: path, refusedPath: refusedPath)
      return try session.run(progress)
    } catch let error as CSVProblem {
      throw ImportProblem.file(error)
    } catch let error as MappingProblem {
      throw ImportProblem.mapping(error)
    }
  }
}

/// One file on its way.
private struct ImportSession {
  private let plan: MeasurementImport
  private var reader: CSVReader
  private let rows: MeasurementRowReader
  private let heading: [UInt8]
  private var places: PlaceFinder
  private let facts: RowFacts
  private var summary: ImportSummary
  private var refused: RefusedRowsFile
  private let fileName: String
  private let digest: FileDigest?
  /// The line from which this run read each visit that was here already: a file that contradicts
  /// itself is refused on every reading alike.
  private var visits: [Visit: Int] = [:]

  init(_ plan: MeasurementImport, path: String, refusedPath: String) throws {
    self.plan = plan
    var reader = try CSVReader(path: path)
    let first = try reader.next { row in
      (raw: [UInt8](row.raw), texts: (0..<row.count).map { row.text($0) ?? "" })
    }
    guard let first else { throw CSVProblem.empty }
    heading = first.raw
    rows = try MeasurementRowReader(
      mapping: plan.mapping, heading: first.texts,
      today: plan.now.day(hoursEastOfGreenwich: plan.hoursEastOfGreenwich))
    self.reader = reader
    let input = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard URL(fileURLWithPath: refusedPath).resolvingSymlinksInPath().path != input else {
      throw ImportProblem.cannotWriteRefused(path: refusedPath)
    }
    let batch = Identifier.fresh(at: plan.now)
    digest = try FileRead.digest(of: path)
    let state = try plan.journal.pool.read { [digest] db in
      (
        tree: try PlaceTree.fetch(in: db), batches: try FileRead.batches(in: db),
        wasRead: try FileRead.happened(digest, in: db)
      )
    }
    places = PlaceFinder(
      tree: state.tree, creates: plan.createsPlaces, now: plan.now, device: batch)
    facts = RowFacts(
      batch: batch, recordedAt: plan.now, earlierBatches: Set(state.batches + [batch]),
      isReadAgain: state.wasRead && !plan.bringsBack)
    summary = ImportSummary(batch: batch)
    refused = RefusedRowsFile(path: refusedPath, heading: first.raw)
    fileName = URL(fileURLWithPath: path).lastPathComponent
  }

  /// Reads, and finds the children of, the next rows while those before them are written.
  mutating func run(_ progress: (MeasurementImport.Progress) -> Void) throws -> ImportSummary {
    try begin()
    var running: RunningBatch?
    do {
      try readAll(&running, progress)
    } catch {
      // What is being written is kept: it is told, and its refused rows too, before the reason.
      if let running { _ = try? finish(running, progress) }
      _ = try? refused.finish()
      throw error
    }
    try finish()
    return summary
  }

  private mutating func readAll(
    _ running: inout RunningBatch?, _ progress: (MeasurementImport.Progress) -> Void
  ) throws {
    var atEnd = false
    while !atEnd {
      var rows: [PendingRow] = []
      var bytes = 0
      while rows.count < plan.rowsPerCommit, bytes < MeasurementImport.bytesPerCommit {
        guard try readRow(into: &rows) else {
          atEnd = true
          break
        }
        bytes += rows.last?.raw.count ?? 0
      }
      var batch = try prepare(rows, behind: running?.batch)
      if let before = running {
        running = nil
        // What this batch took for known was kept apart: it is worked out again.
        if try finish(before, progress) { batch = try prepare(rows, behind: nil) }
      }
      running = try start(batch)
    }
    guard let last = running else { return }
    running = nil
    _ = try finish(last, progress)
  }

  private func begin() throws {
    let (batch, name, start, digest) = (summary.batch, fileName, plan.now, digest)
    let heading = String(decoding: heading, as: UTF8.self)
    _ = try plan.journal.acceptAndWait([], now: start) { db, _ in
      try db.execute(
        sql: """
          INSERT INTO import_batch
            (id, file_name, started_at, rows_accepted, rows_there, rows_refused, digest)
          VALUES (?, ?, ?, 0, 0, 0, ?)
          """, arguments: [batch.data, name, start.milliseconds, digest?.data])
      try db.execute(
        sql: "INSERT INTO import_heading (batch, row) VALUES (?, ?)",
        arguments: [batch.data, heading])
    }
  }

  private mutating func readRow(into batch: inout [PendingRow]) throws -> Bool {
    let rows = rows
    var places = places
    let found = try reader.next { row -> PendingRow? in
      if row.isBlank { return nil }
      do throws(RowProblem) {
        let read = try rows.read(row)
        return PendingRow(
          raw: [UInt8](row.raw), line: row.line,
          content: .success((read, try places.place(for: read))))
      } catch {
        return PendingRow(raw: [UInt8](row.raw), line: row.line, content: .failure(error))
      }
    }
    self.places = places
    guard let found else { return false }
    if let found { batch.append(found) }
    return true
  }

  /// Works out the facts that rows bring, given what is stored and what is still being written.
  private mutating func prepare(
    _ rows: [PendingRow], behind earlier: PreparedBatch?
  ) throws -> PreparedBatch {
    var batch = PreparedBatch(
      children: ChildFinder(following: earlier?.children), position: reader.position)
    batch.rows.lastLine = rows.last?.line ?? 0
    let (facts, known) = (facts, visits)
    try plan.journal.pool.read { db in
      for row in rows {
        switch row.content {
        case .failure(let problem): batch.rows.failed.append((row, problem))
        case .success((let read, let place)):
          do {
            let child = try batch.children.find(read, at: place, in: db)
            let outcome = try facts.outcome(of: read, child: child, place: place, in: db)
            let new = outcome.facts
            let visit = Visit(subject: child.subject, day: read.visitDate)
            if let line = batch.visits[visit] ?? earlier?.visits[visit] ?? known[visit],
              outcome.differs
            {
              throw RowProblem(
                .contradictsRow, .visitDate, value: DateText.iso(read.visitDate),
                details: ["line": String(line)])
            }
            if !outcome.isNewVisit { batch.visits[visit] = row.line }
            try batch.children.expect(new, of: read, child, at: place)
            batch.rows.accepted.append(
              (
                row, batch.facts.count..<batch.facts.count + new.count,
                read.warnings + outcome.warnings
              ))
            batch.facts += new
          } catch let problem as RowProblem {
            batch.rows.failed.append((row, problem))
          }
        }
      }
    }
    return batch
  }

  /// Hands a batch to the journal.
  private mutating func start(_ batch: PreparedBatch) throws -> RunningBatch {
    let newPlaces = places.takeNewPlaces()
    if !newPlaces.isEmpty { _ = try plan.journal.acceptAndWait(newPlaces, now: plan.now) }
    let (before, names, rows) = (summary, rows, batch.rows)
    let commit = plan.journal.acceptLater(batch.facts, now: plan.now) { db, results in
      try rows.tally(results, after: before, names).store(in: db)
    }
    return RunningBatch(batch: batch, commit: commit)
  }

  /// Waits for a batch, counts its rows and keeps the refused ones.
  ///
  /// - Returns: whether facts were kept apart that later rows may lean on.
  private mutating func finish(
    _ running: RunningBatch, _ progress: (MeasurementImport.Progress) -> Void
  ) throws -> Bool {
    let results = try running.commit.wait()
    let tally = running.batch.rows.tally(results, after: summary, rows)
    summary = tally.summary
    visits.merge(running.batch.visits) { _, later in later }
    for row in tally.newlyRefused.sorted(by: { $0.line < $1.line }) {
      try refused.add(row.raw)
    }
    progress(
      .init(
        line: summary.lastLine, bytes: running.batch.position, totalBytes: reader.size,
        summary: summary))
    return results.contains { if case .refused = $0 { true } else { false } }
  }

  /// Notes the end of the import.
  private mutating func finish() throws {
    let (batch, end) = (summary.batch, plan.clock())
    _ = try plan.journal.acceptAndWait([], now: plan.now) { db, _ in
      try db.execute(
        sql: "UPDATE import_batch SET finished_at = ? WHERE id = ?",
        arguments: [end.milliseconds, batch.data])
    }
    summary.refusedFile = try refused.finish()
  }
}
