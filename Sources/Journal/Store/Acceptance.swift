import Foundation
import GRDB
import Health

/// What became of a fact that was offered to the journal.
public enum Acceptance: Hashable, Sendable {
  /// Accepted as the fact of that sequence number, and on the disk.
  case accepted(sequence: Int64)
  /// The same fact is here already.
  case alreadyThere
  /// Kept apart and not counted.
  case refused(Refusal)
}

extension Acceptance {
  /// The accepted among the results of one batch: they follow each other without gaps. Nothing where
  /// none was accepted.
  public static func sequences(of results: [Acceptance]) -> ClosedRange<Int64>? {
    var found: ClosedRange<Int64>?
    var count: Int64 = 0
    for case .accepted(let sequence) in results {
      count += 1
      found = min(found?.lowerBound ?? sequence, sequence)...max(found?.upperBound ?? 0, sequence)
    }
    if let found {
      precondition(Int64(found.count) == count, "\(found) are not of one batch")
    }
    return found
  }
}

/// Why a fact is kept apart.
public enum Refusal: String, Hashable, Sendable, CaseIterable {
  /// A fact with the same id and other content is here.
  case sameIdOtherContent = "same_id_other_content"
  /// The day lies outside all calendars that people use.
  case impossibleDay = "impossible_day"
  /// The body is not what its kind says.
  case unreadableBody = "unreadable_body"
  /// It happened later than now.
  case happensInFuture = "happens_in_future"
  /// The fact that it replaces is about somebody else.
  case replacesOtherSubject = "replaces_other_subject"
  /// A place would lie inside itself.
  case placeInsideItself = "place_inside_itself"
  /// The person has more facts than one person can have.
  case tooManyFacts = "too_many_facts"
  /// What was known of the subject was erased, and the fact's body is not kept.
  case subjectIsErased = "subject_is_erased"
  /// It would erase what is neither a person nor a household here.
  case erasesNobody = "erases_nobody"
  /// It would erase facts from before facts were sealed, which nothing makes unreadable.
  case factsAreNotSealed = "facts_are_not_sealed"
}

extension JournalFile {
  /// Accepts facts in one transaction together with whatever else is waiting: checks, adds them to
  /// the chain, extends the timelines, brings everything computed up to date.
  ///
  /// - Parameters:
  ///   - facts: in the order in which they were made.
  ///   - now: the moment of arrival; facts of a later day are refused.
  /// - Returns: one result for each fact, once all that was accepted is on the disk.
  /// - Throws: ``JournalError/diskFull`` or SQLite's error; then nothing of the batch was kept.
  public func accept(_ facts: [Fact], now: Instant) async throws -> [Acceptance] {
    let projections = projections
    return try await queue.commit { db in
      var accepting = AcceptingBatch(now: now, projections: projections)
      return try accepting.accept(facts, in: db)
    }
  }

  /// As ``accept(_:now:)``, and asks `checking` before it is final: where that throws nothing of
  /// the batch is kept.
  public func accept(
    _ facts: [Fact], now: Instant,
    checking: @escaping @Sendable (Database, [Acceptance]) throws -> Void
  ) async throws -> [Acceptance] {
    let projections = projections
    return try await queue.commit { db in
      var accepting = AcceptingBatch(now: now, projections: projections)
      let results = try accepting.accept(facts, in: db)
      try checking(db, results)
      return results
    }
  }

  /// As ``accept(_:now:checking:)``, of facts that are made inside the transaction, from what
  /// stands at that very moment: nobody can write in between.
  ///
  /// - Parameter making: makes the facts; where it throws nothing is written.
  public func accept(
    now: Instant, making: @escaping @Sendable (Database) throws -> [Fact],
    checking: @escaping @Sendable (Database, [Fact], [Acceptance]) throws -> Void
  ) async throws -> [Acceptance] {
    let projections = projections
    return try await queue.commit { db in
      let facts = try making(db)
      var accepting = AcceptingBatch(now: now, projections: projections)
      let results = try accepting.accept(facts, in: db)
      try checking(db, facts, results)
      return results
    }
  }

  /// As ``accept(_:now:)``, with more to write in the same transaction, for callers with a thread
  /// to wait on.
  public func acceptAndWait(
    _ facts: [Fact], now: Instant,
    alongside: @escaping @Sendable (Database, [Acceptance]) throws -> Void = { _, _ in }
  ) throws -> [Acceptance] {
    try acceptLater(facts, now: now, alongside: alongside).wait()
  }

  /// As ``acceptAndWait(_:now:alongside:)``, without waiting: whoever prepares the next batch
  /// meanwhile asks for the result when it needs it. Batches are committed in the order of the
  /// calls.
  public func acceptLater(
    _ facts: [Fact], now: Instant,
    alongside: @escaping @Sendable (Database, [Acceptance]) throws -> Void = { _, _ in }
  ) -> PendingCommit<[Acceptance]> {
    let projections = projections
    return queue.commitLater { db in
      var accepting = AcceptingBatch(now: now, projections: projections)
      let results = try accepting.accept(facts, in: db)
      try alongside(db, results)
      return results
    }
  }
}
