import GRDB
import Health
import Journal

extension ListUndo {
  private struct OthersCame: Error {}

  /// Facts that share a commit.
  private static let factsPerCommit = 4000
  private static let attempts = 64

  /// Takes a list back: withdraws each of its facts that nobody has built on.
  ///
  /// A run that was cut off is taken up by the next one. Where nothing is left to be withdrawn
  /// nothing is written. Whoever still writes the list is stopped with the first withdrawal.
  ///
  /// - Parameters:
  ///   - recorder: who takes it back; nothing for the command line.
  ///   - reach: which workers they may change.
  ///   - told: called with the sequence numbers of the withdrawals, once they are on the disk.
  ///   - progress: called after each commit with how many facts are withdrawn, of how many.
  /// - Returns: what was done: ``count`` facts were withdrawn, ``kept`` stay.
  /// - Throws: ``ListUndoProblem``, and what `told` and `progress` throw. What was acknowledged
  ///   before is kept.
  @discardableResult
  public static func carryOut(
    of batch: Identifier, in journal: JournalFile, by recorder: Identifier?, now: Instant,
    reach: ListReach = .everything, hoursEastOfGreenwich: Int = 7,
    told: (ClosedRange<Int64>) throws -> Void = { _ in },
    progress: (Int, Int) throws -> Void = { _, _ in }
  ) throws -> ListUndo {
    let first = try journal.pool.read { db in
      try BatchState.requireAtRest(batch, at: now, in: db)
      return try ListUndo(of: batch, reach: reach, in: db)
    }
    var undo = first
    let writing = ListUndoWriting(
      journal: journal, batch: batch, recorder: recorder, now: now,
      today: now.day(hoursEastOfGreenwich: hoursEastOfGreenwich))
    var done = 0
    var position = 0
    var attempts = 0
    while position < undo.withdrawals.count {
      let part = undo.withdrawals[position...].prefix(factsPerCommit)
      do {
        let written = try writing.withdraw(part, numbered: done, after: undo.lastSequence)
        position += part.count
        done += part.count
        undo.lastSequence = written.upperBound
        try told(written)
        try progress(done, done + undo.withdrawals.count - position)
      } catch is OthersCame {
        attempts += 1
        guard attempts < ListUndo.attempts else { throw ListUndoProblem.tooBusy }
        let before = undo
        undo = try journal.pool.read { db in
          guard try before.isConcerned(by: before.lastSequence, in: db) else {
            var same = before
            same.lastSequence = try ListFileReading<CSVTable>.lastSequence(in: db)
            return same
          }
          return try ListUndo(of: batch, reach: reach, in: db)
        }
        if undo.withdrawals.count != before.withdrawals.count { position = 0 }
      }
    }
    if done > 0 {
      try told(
        try writing.note(undo, withdrawn: first.withdrawnBefore + done, kept: undo.kept.count))
    }
    undo.count = done
    return undo
  }

  /// Writes what an undo brings.
  private struct ListUndoWriting {
    let journal: JournalFile
    let batch: Identifier
    let recorder: Identifier?
    let now: Instant
    let today: CivilDate

    /// Withdraws facts in one transaction, or none of them.
    ///
    /// - Parameters:
    ///   - numbered: how many were withdrawn before by the same undo.
    ///   - last: the last fact that the undo was worked out from.
    func withdraw(
      _ part: ArraySlice<Int64>, numbered: Int, after last: Int64
    ) throws -> ClosedRange<Int64> {
      let (batch, now) = (batch, now)
      let headings = try journal.pool.read { db in
        try part.compactMap { try FactRow.heading(at: $0, in: db) }
      }
      let facts = headings.enumerated().map { position, fact in
        Fact(
          id: .fresh(at: now, number: UInt32(truncatingIfNeeded: numbered + position)),
          subject: fact.subject, kind: .withdrawal, occurredOn: today, recordedAt: now,
          place: fact.place, recorder: recorder, replaces: fact.id, body: [])
      }
      let results = try journal.acceptAndWait(facts, now: now) { db, results in
        for case .refused(let refusal) in results { throw ListUndoProblem.refused(refusal) }
        if case .accepted(let first)? = results.first, first != last + 1 { throw OthersCame() }
        try BatchState.requireAtRest(batch, at: now, in: db)
        try BatchState.stop(batch, at: now, in: db)
      }
      guard let sequences = Acceptance.sequences(of: results) else {
        throw ListUndoProblem.tooBusy
      }
      return sequences
    }

    /// Notes at the batch that it was taken back, and how far.
    func note(_ undo: ListUndo, withdrawn: Int, kept: Int) throws -> ClosedRange<Int64> {
      let (batch, now) = (batch, now)
      guard let told = try journal.pool.read({ try FactRow.fetch(undo.told, in: $0) }) else {
        throw ListUndoProblem.noSuchBatch
      }
      var body = try told.body.withUnsafeBufferPointer { try ImportBatchBody($0) }
      body.withdrawnFacts = Int64(withdrawn)
      body.keptFacts = Int64(kept)
      let fact = Fact(
        id: .fresh(at: now), subject: .system, kind: .importBatch, occurredOn: today,
        recordedAt: now, place: told.place, recorder: recorder, device: batch, replaces: told.id,
        body: body.bytes)
      let results = try journal.acceptAndWait([fact], now: now) { db, results in
        for case .refused(let refusal) in results { throw ListUndoProblem.refused(refusal) }
        try db.execute(
          sql: "UPDATE import_batch SET undone_at = ?, undone_by = ? WHERE id = ?",
          arguments: [now.milliseconds, recorder?.data, batch.data])
      }
      guard let sequences = Acceptance.sequences(of: results) else {
        throw ListUndoProblem.tooBusy
      }
      return sequences
    }
  }
}

/// Whether a list is being written at this moment, by this program or another one.
public enum BatchState {
  /// After how long without a part that was written nobody writes a list any more, in milliseconds:
  /// its program ended. A part takes about a second; this is time enough for a slow disk.
  public static let silence: Int64 = 120_000

  /// Refuses a list that is being written.
  ///
  /// - Throws: ``ListUndoProblem/stillWritten``.
  public static func requireAtRest(
    _ batch: Identifier, at now: Instant, in db: Database
  ) throws {
    let statement = try BareStatement(
      """
      SELECT 1 FROM import_batch
      WHERE id = ? AND finished_at IS NULL AND stopped_at IS NULL AND active_at > ?
      """, in: db)
    statement.bind(batch, at: 1)
    statement.bind(now.milliseconds - silence, at: 2)
    if try statement.first({ _ in true }) != nil { throw ListUndoProblem.stillWritten }
  }

  /// Notes that a list is not written to its end: who would do so still is stopped.
  static func stop(_ batch: Identifier, at now: Instant, in db: Database) throws {
    let statement = try BareStatement(
      """
      UPDATE import_batch SET stopped_at = ?
      WHERE id = ? AND finished_at IS NULL AND stopped_at IS NULL
      """, in: db)
    statement.bind(now.milliseconds, at: 1)
    statement.bind(batch, at: 2)
    try statement.execute()
  }
}
