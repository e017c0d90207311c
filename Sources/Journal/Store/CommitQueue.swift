import Foundation
import GRDB
import Synchronization

/// Commits together whatever arrived while the last commit was being written to the disk.
///
/// One write to the disk takes milliseconds however much it carries; many small batches share it.
/// Each batch has a savepoint of its own, so one that fails takes nothing of the others with it. A
/// caller that goes away does not stop a commit half-way: the work belongs to the queue.
public final class CommitQueue: Sendable {
  typealias Work = @Sendable (Database) throws -> Void

  private struct Waiting {
    let work: Work
    let done: @Sendable (Result<Void, any Error>) -> Void
  }

  private struct State {
    var waiting: [Waiting] = []
    var isRunning = false
  }

  private let state = Mutex(State())
  private let pool: DatabasePool
  private let checkpoints: Checkpoints

  /// A queue for the connection of a pool that writes.
  ///
  /// - Parameter room: so many pages SQLite's log may hold until a commit is followed by writing them
  ///   into the file; mostly that is done where commits rest. The connection's own
  ///   `wal_autocheckpoint` is to be 0.
  public init(pool: DatabasePool, room: Int) {
    self.pool = pool
    checkpoints = Checkpoints(pool: pool, room: room)
  }

  /// Ends what is done between the commits; to be called before the pool is closed.
  public func close() { checkpoints.close() }

  /// Runs the work in the next transaction and returns its result once that is on the disk.
  ///
  /// - Throws: what the work threw; ``JournalError/diskFull`` where the disk is full or failing.
  public func commit<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      enqueue(work) { continuation.resume(with: $0) }
    }
  }

  /// As ``commit(_:)``, for callers that have a thread to wait on, now or later.
  public func commitLater<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) -> PendingCommit<Value> {
    let pending = PendingCommit<Value>()
    enqueue(work) { pending.finish($0) }
    return pending
  }

  /// As ``commit(_:)``, for callers that have a thread to wait on.
  public func commitAndWait<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) throws -> Value {
    try commitLater(work).wait()
  }

  private func enqueue<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value,
    done: @escaping @Sendable (Result<Value, any Error>) -> Void
  ) {
    let value = Box<Value>()
    let waiting = Waiting(
      work: { db in value.set(try work(db)) },
      done: { result in done(result.flatMap { value.result }) })
    let mustStart = state.withLock { state in
      state.waiting.append(waiting)
      defer { state.isRunning = true }
      return !state.isRunning
    }
    if mustStart { runNext() }
  }

  private func runNext() {
    pool.asyncWriteWithoutTransaction { db in
      let batch = self.state.withLock { state in
        defer { state.waiting = [] }
        return state.waiting
      }
      let results = CommitQueue.run(batch, in: db)
      for (waiting, result) in zip(batch, results) { waiting.done(result) }
      // A connection that was closed meanwhile commits nothing, and must not be looked at.
      if results.contains(where: { if case .success = $0 { true } else { false } }) {
        self.checkpoints.note(db)
      }
      let hasMore = self.state.withLock { state in
        if state.waiting.isEmpty { state.isRunning = false }
        return state.isRunning
      }
      if hasMore { self.runNext() }
    }
  }

  private static func run(_ batch: [Waiting], in db: Database) -> [Result<Void, any Error>] {
    var results: [Result<Void, any Error>] = []
    do {
      try db.inTransaction(.immediate) {
        for waiting in batch {
          do {
            try db.inSavepoint {
              try waiting.work(db)
              return .commit
            }
            results.append(.success(()))
          } catch {
            results.append(.failure(CommitQueue.plain(error)))
            // A full disk makes SQLite undo the whole transaction; the rest would run outside one.
            if !db.isInsideTransaction { throw error }
          }
        }
        return .commit
      }
    } catch {
      results = batch.map { _ in .failure(CommitQueue.plain(error)) }
    }
    return results
  }

  /// Names the failures that people can mend.
  private static func plain(_ error: any Error) -> any Error {
    if let error = error as? DatabaseError,
      error.resultCode == .SQLITE_FULL || error.resultCode == .SQLITE_IOERR
    {
      return JournalError.diskFull
    }
    return error
  }
}

/// Carries a value out of the transaction that made it.
private final class Box<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)

  func set(_ newValue: Value) { value.withLock { $0 = newValue } }

  var result: Result<Value, any Error> {
    value.withLock { value in
      guard let value else { preconditionFailure("the work succeeded without a value") }
      return .success(value)
    }
  }
}

/// A commit on its way to the disk.
public final class PendingCommit<Value: Sendable>: Sendable {
  private let finished = DispatchSemaphore(value: 0)
  private let result = Mutex<Result<Value, any Error>?>(nil)

  init() {}

  func finish(_ outcome: Result<Value, any Error>) {
    result.withLock { $0 = outcome }
    finished.signal()
  }

  /// Waits until the commit is on the disk, or failed; may be called more than once.
  public func wait() throws -> Value {
    finished.wait()
    defer { finished.signal() }
    guard let outcome = result.withLock({ $0 }) else {
      preconditionFailure("the queue signalled without a result")
    }
    return try outcome.get()
  }
}
