import Foundation
import GRDB
import Health
import Journal
import Synchronization

/// Which sessions to end.
public enum SessionSelection: Hashable, Sendable {
  /// All of a worker.
  case all(worker: Identifier)
  /// All of a worker but one.
  case others(worker: Identifier, than: Identifier)
  /// One, if it is this worker's.
  case one(Identifier, worker: Identifier)
  /// All through a device.
  case device(Identifier)
}

extension Access {
  /// What a token is good for. A page costs one indexed read and no write, save once a minute; a
  /// session that was ended, by this or another program, is over at the next page.
  ///
  /// - Returns: the state, and what happened if the session turned out to be over.
  public func session(
    _ token: SessionToken, at: Instant
  ) async throws -> (state: SessionState, events: [AccessEvent]) {
    let digest = token.digest
    guard let row = try read({ try SessionRow.fetch($0, "token_hash = ?", [digest]).first }) else {
      seen.withLock { _ = $0.removeValue(forKey: digest) }
      return (.ended, [])
    }
    let last = seen.withLock { $0[digest] }
    if let end = row.end(at: at, seen: last, settings) {
      let events = try await pool.write { [self] db in try remove([row], db, at: at) { _ in end } }
      forgetSeen([row])
      return (.ended, events)
    }
    if row.isLocked(at: at, seen: last, settings) {
      return (.locked(row.session(seen: last, settings)), [])
    }
    seen.withLock { $0[digest] = max($0[digest] ?? row.lastSeen, at.milliseconds) }
    if at.milliseconds - row.lastSeen >= settings.seenEvery.milliseconds {
      try await pool.write { db in
        try db.execute(
          sql: "UPDATE session SET last_seen = ? WHERE token_hash = ? AND last_seen < ?",
          arguments: [at.milliseconds, digest, at.milliseconds])
      }
    }
    return (.active(row.session(seen: max(last ?? 0, at.milliseconds), settings)), [])
  }

  /// Reads on the thread that asks: an indexed read takes less time than to change threads.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try pool.read(body) }

  /// The sessions of a worker that are not over, the one that began first in front.
  public func sessions(of worker: Identifier, at: Instant) throws -> [Session] {
    let rows = try pool.read { try SessionRow.fetch($0, "worker = ?", [worker.data]) }
    return seen.withLock { seen in
      rows.filter { $0.end(at: at, seen: seen[$0.tokenHash], settings) == nil }
        .map { $0.session(seen: seen[$0.tokenHash], settings) }
    }
  }

  /// How many sessions of some workers are not over: one query, however many workers there are.
  public func sessionCount(of workers: Set<Identifier>, at: Instant) throws -> Int {
    let rows = try pool.read { try SessionRow.fetch($0, "TRUE") }
    return seen.withLock { seen in
      rows.count {
        workers.contains($0.worker)
          && $0.end(at: at, seen: seen[$0.tokenHash], settings) == nil
      }
    }
  }

  /// Ends the session of a token, as its owner wished.
  public func signOut(_ token: SessionToken, at: Instant) async throws -> [AccessEvent] {
    let digest = token.digest
    let rows = try await pool.write { [self] db in
      let rows = try SessionRow.fetch(db, "token_hash = ?", [digest])
      _ = try remove(rows, db, at: at) { _ in .byOwner }
      return rows
    }
    forgetSeen(rows)
    return rows.map {
      AccessEvent(.signedOut, worker: $0.worker, device: $0.device, session: $0.id, at: at)
    }
  }

  /// Ends sessions at once.
  ///
  /// - Parameters:
  ///   - reason: ``SessionEnd/byOwner`` or ``SessionEnd/byAdministrator``, as the log tells it.
  ///   - by: who does it.
  public func end(
    _ selection: SessionSelection, as reason: SessionEnd, by: Identifier, at: Instant
  ) async throws -> [AccessEvent] {
    let (events, rows) = try await pool.write { [self] db in
      let rows = try Access.fetch(selection, db)
      return (try remove(rows, db, by: by, at: at) { _ in reason }, rows)
    }
    forgetSeen(rows)
    return events
  }

  /// Gives a session a new token; the old one is worth nothing from then on. To be called where a
  /// session says that it must be.
  public func rotate(
    _ token: SessionToken, at: Instant
  ) async throws -> Outcome<SessionToken> {
    let fresh = try SessionToken.fresh()
    let old = token.digest
    let row = try await pool.write { db in
      try Access.rotate(from: old, to: fresh.digest, seen: nil, db)
    }
    guard let row else { return Outcome(result: .failure(.sessionEnded), events: []) }
    moveSeen(from: old, to: fresh.digest)
    let event = AccessEvent(
      .sessionRotated, worker: row.worker, device: row.device, session: row.id, at: at)
    return Outcome(result: .success(fresh), events: [event])
  }

  /// Asks for a new token in all sessions of a worker, because the worker's rights changed.
  public func requireRotation(of worker: Identifier) async throws {
    try await pool.write { db in
      try db.execute(
        sql: "UPDATE session SET must_rotate = 1 WHERE worker = ?", arguments: [worker.data])
    }
  }

  static func rotate(
    from old: Data, to new: Data, seen: Instant?, _ db: Database
  ) throws -> SessionRow? {
    try db.execute(
      sql: """
        UPDATE session
        SET token_hash = ?, must_rotate = 0, last_seen = max(last_seen, coalesce(?, last_seen))
        WHERE token_hash = ?
        """,
      arguments: [new, seen?.milliseconds, old])
    return try SessionRow.fetch(db, "token_hash = ?", [new]).first
  }

  /// Begins a session, and ends those that are too many for its worker.
  func begin(_ row: SessionRow, _ db: Database, at: Instant) throws -> (
    events: [AccessEvent], ended: [SessionRow]
  ) {
    try row.insert(db)
    let known = seen.withLock { $0 }
    let last = { (row: SessionRow) in max(row.lastSeen, known[row.tokenHash] ?? 0) }
    let others = try SessionRow.fetch(db, "worker = ?", [row.worker.data])
      .filter { $0.id != row.id }.sorted { last($0) < last($1) }
    let ended = Array(others.prefix(max(others.count + 1 - settings.sessionsPerWorker, 0)))
    let ends = try remove(ended, db, at: at) { _ in .tooMany }
    let event = AccessEvent(
      .signedIn(row.strength), worker: row.worker, device: row.device, session: row.id, at: at)
    return ([event] + ends, ended)
  }

  static func fetch(_ selection: SessionSelection, _ db: Database) throws -> [SessionRow] {
    switch selection {
    case .all(let worker): try SessionRow.fetch(db, "worker = ?", [worker.data])
    case .others(let worker, let kept):
      try SessionRow.fetch(db, "worker = ? AND id <> ?", [worker.data, kept.data])
    case .one(let id, let worker):
      try SessionRow.fetch(db, "id = ? AND worker = ?", [id.data, worker.data])
    case .device(let device): try SessionRow.fetch(db, "device = ?", [device.data])
    }
  }

  /// Removes sessions; what the log shall tell of those that were still there.
  func remove(
    _ rows: [SessionRow], _ db: Database, by: Identifier? = nil, at: Instant,
    because reason: (SessionRow) -> SessionEnd
  ) throws -> [AccessEvent] {
    let known = seen.withLock { $0 }
    return try rows.compactMap { row in
      try db.execute(
        sql: "DELETE FROM session WHERE token_hash = ?", arguments: [row.tokenHash])
      guard db.changesCount > 0 else { return nil }
      if let device = row.device {
        // The file knows it to the minute only.
        let last = max(row.lastSeen, known[row.tokenHash] ?? 0)
        try DeviceRow.noteUse(db, device, by: row.worker, at: last)
      }
      return AccessEvent(
        .sessionEnded(reason(row)), worker: row.worker, by: by, device: row.device,
        session: row.id, at: at)
    }
  }

  func forgetSeen(_ rows: [SessionRow]) {
    seen.withLock { seen in rows.forEach { seen.removeValue(forKey: $0.tokenHash) } }
  }

  func moveSeen(from old: Data, to new: Data) {
    seen.withLock { seen in
      if let last = seen.removeValue(forKey: old) { seen[new] = max(last, seen[new] ?? 0) }
    }
  }
}
