import Foundation
import GRDB
import Health
import Journal

/// Writes planned rows to the journal, with what became of them, a commit at a time.
struct ListWriting {
  private let plan: ListImport
  private let recording: ListRecording
  private let heading: [UInt8]
  private let told: (ClosedRange<Int64>) throws -> Void
  private var batch: Identifier { recording.identities.batch }

  /// Other facts came between looking and writing.
  private struct OthersCame: Error {}

  /// How often a part is compared anew before the import gives up.
  private static let attempts = 8

  /// - Parameter told: called with the sequence numbers of facts that are on the disk.
  init<Table>(
    _ plan: ListImport, _ reading: ListFileReading<Table>,
    told: @escaping (ClosedRange<Int64>) throws -> Void
  ) {
    self.plan = plan
    self.told = told
    recording = reading.recording
    heading = reading.summary.heading
  }

  private func batchFact(_ body: ImportBatchBody, replacing: Identifier? = nil) -> Fact {
    Fact(
      id: replacing == nil ? batch : recording.identities.fact(.importBatch, batch, line: 0),
      subject: .system, kind: .importBatch, occurredOn: recording.today,
      recordedAt: recording.at, place: plan.task.place, recorder: recording.recorder,
      device: batch, replaces: replacing, body: body.bytes)
  }

  private func body() throws -> ImportBatchBody {
    let digest = try FileRead.digest(of: plan.task.path)
    return ImportBatchBody(
      kind: plan.task.kind, fileName: Array(plan.task.fileName.utf8), digest: digest?.bytes ?? [])
  }

  /// Notes that the import begins.
  ///
  /// - Parameter rows: how many rows there were when somebody looked; nothing where nobody did.
  func begin(expecting rows: Int?) throws {
    let (batch, heading, task, at) = (batch, heading, plan.task, recording.at)
    let body = try body()
    let results = try plan.journal.acceptAndWait([batchFact(body)], now: at) { db, results in
      try ListWriting.require(results)
      try db.execute(
        sql: """
          INSERT INTO import_batch
            (id, file_name, started_at, rows_accepted, rows_there, rows_refused, digest, kind,
              place, recorder, active_at, rows_expected)
          VALUES (?, ?, ?, 0, 0, 0, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          batch.data, task.fileName, at.milliseconds,
          body.digest.isEmpty ? nil : Data(body.digest), Int64(task.kind.rawValue),
          task.place?.data, task.recorder?.data, at.milliseconds, rows,
        ])
      try db.execute(
        sql: "INSERT INTO import_heading (batch, row) VALUES (?, ?)",
        arguments: [batch.data, String(decoding: heading, as: UTF8.self)])
    }
    try tell(results)
  }

  private static func require(_ results: [Acceptance]) throws {
    for case .refused(let refusal) in results { throw ListWriteProblem.refused(refusal) }
  }

  private func tell(_ results: [Acceptance]) throws {
    if let sequences = Acceptance.sequences(of: results) { try told(sequences) }
  }

  /// Rows on their way to the disk.
  struct Running {
    fileprivate let commit: PendingCommit<[Acceptance]>
    /// The last fact with which they were compared, or that is of the list itself.
    fileprivate let last: Int64
  }

  /// Begins to write rows. Until they are settled no others are begun, but may be planned.
  ///
  /// - Parameter written: the facts of the part before, which may have come after these rows were
  ///   compared; nothing where it brought none.
  func start(
    _ part: ListPart, after written: ClosedRange<Int64>?, _ summary: ListSummary
  ) -> Running {
    var last = part.lastSequence
    if let written, written.lowerBound == last + 1 { last = written.upperBound }
    return Running(commit: commit(part.rows, after: last, summary), last: last)
  }

  /// Waits for rows and counts them. Where other facts came since they were compared, those that
  /// tell of the same people are refused, to be looked at again; nothing else is lost.
  ///
  /// - Returns: the facts that were written; nothing where none was.
  func settle<Table>(
    _ running: Running, _ part: inout ListPart, _ reading: inout ListFileReading<Table>
  ) throws -> ClosedRange<Int64>? {
    var (running, since) = (running, part.lastSequence)
    for _ in 0..<ListWriting.attempts {
      do {
        let results = try running.commit.wait()
        for row in part.rows { reading.summary.count(row) }
        try tell(results)
        return Acceptance.sequences(of: results)
      } catch let error as RefusedFacts {
        // A fact that the journal refuses takes its whole row along, and those that lean on it.
        for position in part.rows.indices {
          if let refusal = error.lines[part.rows[position].line] {
            reading.planning.drop(&part.rows[position])
            part.rows[position].refuse(.refusedFact, details: ["reason": refusal.rawValue])
          } else {
            reading.planning.dropIfUnfounded(&part.rows[position])
          }
        }
        running = Running(
          commit: commit(part.rows, after: running.last, reading.summary), last: running.last)
      } catch is OthersCame {
        let last: Int64
        let others: ForeignFacts
        (last, others) = try plan.journal.pool.read { db in
          (
            try ListFileReading<Table>.lastSequence(in: db),
            try ForeignFacts(after: since, except: batch, in: db)
          )
        }
        for position in part.rows.indices {
          reading.planning.dropIfUnfounded(&part.rows[position])
          if others.concern(part.rows[position]) { reading.planning.drop(&part.rows[position]) }
        }
        since = last
        running = Running(commit: commit(part.rows, after: last, reading.summary), last: last)
      }
    }
    throw ListWriteProblem.tooBusy
  }

  /// Facts that the journal refuses, by the line that brought them; nothing of the part is kept.
  private struct RefusedFacts: Error { let lines: [Int: Refusal] }

  /// Writes rows in one transaction, or nothing.
  private func commit(
    _ rows: [ListedRow], after last: Int64, _ before: ListSummary
  ) -> PendingCommit<[Acceptance]> {
    let facts = rows.flatMap(\.facts)
    let lines = rows.flatMap { row in row.facts.map { _ in row.line } }
    var tally = before
    for row in rows { tally.count(row) }
    let (batch, counts, moment) = (batch, tally.counts, plan.clock())
    // A row without problems and warnings has only its count to be kept.
    let remarkable = rows.filter { !$0.problems.isEmpty || !$0.warnings.isEmpty }
    return plan.journal.acceptLater(facts, now: recording.at) { db, results in
      var refused: [Int: Refusal] = [:]
      for (line, result) in zip(lines, results) {
        if case .refused(let refusal) = result { refused[line] = refusal }
      }
      if !refused.isEmpty { throw RefusedFacts(lines: refused) }
      if case .accepted(let first)? = results.first, first != last + 1 { throw OthersCame() }
      try ListTally(batch: batch, rows: remarkable, counts: counts, at: moment).store(in: db)
    }
  }

  /// Notes the end, and what became of all rows.
  func finish(_ summary: ListSummary) throws {
    var body = try body()
    body.newRows = Int64(summary[.new])
    body.changedRows = Int64(summary[.changed])
    body.sameRows = Int64(summary[.same])
    body.refusedRows = Int64(summary[.refused])
    let (batch, end) = (batch, plan.clock())
    let results = try plan.journal.acceptAndWait(
      [batchFact(body, replacing: batch)], now: recording.at
    ) { db, results in
      try ListWriting.require(results)
      try db.execute(
        sql: "UPDATE import_batch SET finished_at = ? WHERE id = ? AND stopped_at IS NULL",
        arguments: [end.milliseconds, batch.data])
      guard db.changesCount == 1 else { throw ListWriteProblem.stopped }
    }
    try tell(results)
  }

  /// Notes that it stopped before its end. Where even that cannot be written, the time of its last
  /// part tells it after a while.
  func stop() {
    let (batch, end) = (batch, plan.clock())
    _ = try? plan.journal.acceptAndWait([], now: recording.at) { db, _ in
      try db.execute(
        sql: """
          UPDATE import_batch SET stopped_at = ?
          WHERE id = ? AND finished_at IS NULL AND stopped_at IS NULL
          """, arguments: [end.milliseconds, batch.data])
    }
  }
}

/// Why a list could not be written to its end. What was written before is kept.
public enum ListWriteProblem: Error, Hashable, Sendable {
  /// Others wrote so much at the same time that the rows could not be compared in peace.
  case tooBusy
  /// The journal refuses to note the import.
  case refused(Refusal)
  /// Somebody took the list back meanwhile, when it seemed that nobody was writing any more.
  case stopped
}
