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

  let journal: JournalFile
  let mapping: MeasurementMapping
  let createsPlaces: Bool
  let clock: () -> Instant
  let now: Instant
  let hoursEastOfGreenwich: Int

  /// An import into a journal.
  ///
  /// - Parameters:
  ///   - createsPlaces: whether villages and Posyandu that nobody knows are added.
  ///   - clock: tells the moment of the import; visits after its day are refused.
  public init(
    into journal: JournalFile, mapping: MeasurementMapping, createsPlaces: Bool = false,
    hoursEastOfGreenwich: Int = 7, clock: @escaping () -> Instant
  ) {
    self.journal = journal
    self.mapping = mapping
    self.createsPlaces = createsPlaces
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
  /// The line from which this run read each child's visit, rows that were here already included: a
  /// file that contradicts itself is refused on every reading alike.
  private var visits: [Visit: Int] = [:]

  private struct Visit: Hashable {
    let subject: Identifier
    let day: CivilDate
  }

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
    let state = try plan.journal.pool.read { db in
      let ids = try Data.fetchAll(db, sql: "SELECT id FROM import_batch")
      return (tree: try PlaceTree.fetch(in: db), batches: ids.compactMap { Identifier(stored: $0) })
    }
    places = PlaceFinder(
      tree: state.tree, creates: plan.createsPlaces, now: plan.now, device: batch)
    facts = RowFacts(
      batch: batch, recordedAt: plan.now, earlierBatches: Set(state.batches + [batch]))
    summary = ImportSummary(batch: batch)
    refused = RefusedRowsFile(path: refusedPath, heading: first.raw)
    fileName = URL(fileURLWithPath: path).lastPathComponent
  }

  mutating func run(_ progress: (MeasurementImport.Progress) -> Void) throws -> ImportSummary {
    try begin()
    var atEnd = false
    while !atEnd {
      var batch = PendingRows()
      while batch.count < MeasurementImport.rowsPerCommit {
        guard try readRow(into: &batch) else {
          atEnd = true
          break
        }
      }
      try commit(batch)
      progress(
        .init(
          line: summary.lastLine, bytes: reader.position, totalBytes: reader.size,
          summary: summary))
    }
    try finish()
    return summary
  }

  private func begin() throws {
    let (batch, name, start) = (summary.batch, fileName, plan.now)
    _ = try plan.journal.acceptAndWait([], now: start) { db, _ in
      try db.execute(
        sql: """
          INSERT INTO import_batch
            (id, file_name, started_at, rows_accepted, rows_there, rows_refused)
          VALUES (?, ?, ?, 0, 0, 0)
          """, arguments: [batch.data, name, start.milliseconds])
    }
  }

  private mutating func readRow(into batch: inout PendingRows) throws -> Bool {
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
    if let found {
      batch.rows.append(found)
      summary.lastLine = found.line
    }
    return true
  }

  private mutating func commit(_ batch: PendingRows) throws {
    let newPlaces = places.takeNewPlaces()
    if !newPlaces.isEmpty { _ = try plan.journal.acceptAndWait(newPlaces, now: plan.now) }
    if batch.rows.isEmpty { return }
    var children = ChildFinder()
    var facts: [Fact] = []
    var spans: [(row: PendingRow, facts: Range<Int>)] = []
    var failures: [(PendingRow, RowProblem)] = []
    let rowFacts = self.facts
    var visits = visits
    try plan.journal.pool.read { db in
      for row in batch.rows {
        switch row.content {
        case .failure(let problem): failures.append((row, problem))
        case .success((let read, let place)):
          do {
            let child = try children.find(read, at: place, in: db)
            let new = try rowFacts.facts(of: read, child: child, place: place, in: db)
            let visit = Visit(subject: child.subject, day: read.visitDate)
            if let line = visits[visit], new.contains(where: { $0.replaces != nil }) {
              throw RowProblem(
                .contradictsRow, .visitDate, value: DateText.iso(read.visitDate),
                details: ["line": String(line)])
            }
            visits[visit] = row.line
            try children.expect(new, of: read, child, at: place)
            spans.append((row, facts.count..<facts.count + new.count))
            facts += new
          } catch let problem as RowProblem {
            failures.append((row, problem))
          }
        }
      }
    }
    self.visits = visits
    try write(facts, spans: spans, failures: failures)
  }

  private mutating func write(
    _ facts: [Fact], spans: [(row: PendingRow, facts: Range<Int>)],
    failures: [(PendingRow, RowProblem)]
  ) throws {
    let before = summary
    let names = rows
    let outcome = try plan.journal.acceptAndWait(facts, now: plan.now) { db, results in
      var after = Tally(before)
      for (row, problem) in failures { after.refuse(row, problem, names) }
      for (row, range) in spans { after.settle(row, results[range], names) }
      try after.store(in: db)
    }
    var tally = Tally(before)
    for (row, problem) in failures { tally.refuse(row, problem, names) }
    for (row, range) in spans { tally.settle(row, outcome[range], names) }
    summary = tally.summary
    for row in tally.newlyRefused.sorted(by: { $0.line < $1.line }) {
      try refused.add(row.raw)
    }
  }

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
