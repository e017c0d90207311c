import Foundation
import GRDB
import GRDBSQLite
import Synchronization

/// Writes pages from SQLite's log into the file between the commits, so that hardly anybody who
/// waits for a commit waits for that too.
///
/// Left to itself SQLite does it inside the commit that fills the log: one person in some hundred
/// waits for thousands of pages and two more writes to the disk. Here it is done once nobody has
/// committed for a moment; where commits never rest, after the one that fills the log's room.
///
/// **Nobody commits while it runs**, neither here nor in another program: the writing connection
/// holds SQLite's lock meanwhile. Up to 3.51.2, which Debian 12 has in 3.40.1, SQLite may take pages
/// for written that are not, where a commit begins its log anew at the very moment in which another
/// connection does this (sqlite.org/wal.html, "The WAL-Reset Bug").
final class Checkpoints: Sendable {
  private struct State {
    /// Pages that were written to the log since the file was opened; wraps around.
    var written: Int32 = 0
    /// Of these, those that were there when they were last written into the file.
    var settled: Int32 = 0
    var commits = 0
    var isWatching = false
    var isClosed = false

    /// How many pages wait in the log.
    /// SQLite counts up to the greatest positive number and begins anew.
    var waiting: Int32 { (written &- settled) & .max }
  }

  /// So long without a commit counts as quiet.
  private static let rest = DispatchTimeInterval.milliseconds(200)

  private let state = Mutex(State())
  private let pool: DatabasePool
  private let room: Int32
  /// The connection that does it: the one that writes cannot while it holds the lock.
  private let file: Mutex<DatabaseQueue?> = Mutex(nil)
  private let line = DispatchQueue(label: "sikilap.checkpoints", qos: .utility)

  /// Between the commits of a pool whose `wal_autocheckpoint` is 0.
  ///
  /// - Parameter room: so many pages the log may hold before a commit is followed by it.
  init(pool: DatabasePool, room: Int) {
    self.pool = pool
    self.room = Int32(clamping: room)
  }

  /// Looks how much was written; to be called after a commit, on the connection that writes.
  func note(_ db: Database) {
    var (written, most): (Int32, Int32) = (0, 0)
    sqlite3_db_status(db.sqliteConnection, SQLITE_DBSTATUS_CACHE_WRITE, &written, &most, 0)
    let (isFull, mustWatch) = state.withLock { state in
      state.written = written
      state.commits += 1
      if state.waiting >= room { return (true, false) }
      guard !state.isWatching, !state.isClosed, state.waiting >= room / 8 else {
        return (false, false)
      }
      state.isWatching = true
      return (false, true)
    }
    if isFull { write(db) }
    if mustWatch { watch() }
  }

  /// Ends it; to be called before the pool is closed.
  func close() {
    state.withLock { $0.isClosed = true }
    // What is under way on the writing connection ends before.
    try? pool.writeWithoutTransaction { _ in
      try file.withLock { file in
        try file?.close()
        file = nil
      }
    }
  }

  private func watch() {
    let before = state.withLock { $0.commits }
    line.asyncAfter(deadline: .now() + Checkpoints.rest) { [weak self] in self?.look(before) }
  }

  private func look(_ before: Int) {
    let isQuiet = state.withLock { state -> Bool? in
      if state.isClosed || state.waiting < room / 8 {
        state.isWatching = false
        return nil
      }
      guard state.commits == before else { return false }
      state.isWatching = false
      return true
    }
    guard let isQuiet else { return }
    guard isQuiet else { return watch() }
    pool.asyncWriteWithoutTransaction { [weak self] db in self?.write(db) }
  }

  /// Where it fails, as on a full disk, the log keeps what it has, and the next time will do.
  private func write(_ db: Database) {
    let isOpen = state.withLock { state in
      // What a reader still needs stays in the log; the next pages ask for it again.
      state.settled = state.written
      return !state.isClosed
    }
    guard isOpen, let file = try? opened() else { return }
    try? db.inTransaction(.immediate) {
      try file.writeWithoutTransaction { file in _ = try file.checkpoint(.passive) }
      return .rollback
    }
  }

  private func opened() throws -> DatabaseQueue {
    try file.withLock { file in
      if let file { return file }
      var configuration = Configuration()
      configuration.prepareDatabase { db in
        // Pages of the log that are not on the disk yet must not reach the file before.
        try db.execute(sql: "PRAGMA synchronous = FULL")
      }
      let made = try DatabaseQueue(path: pool.path, configuration: configuration)
      file = made
      return made
    }
  }
}
