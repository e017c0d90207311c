import Dispatch
import GRDB
import GRDBSQLite
import Synchronization

/// Writes pages from SQLite's log into the file beside the commits, so that nobody who waits for a
/// commit waits for that too.
///
/// Left to itself SQLite does it inside the commit that fills the log: one person in some hundred
/// waits for thousands of pages and two more writes to the disk. Here a connection of its own does
/// it once nobody has committed for a moment, or half of the log's room is taken. It never holds up
/// a commit, and nothing rests on it: where commits come faster than it can follow, the one that
/// fills the room does the rest, as SQLite would.
final class Checkpoints: Sendable {
  private struct State {
    /// Pages that were written to the log since the file was opened; wraps around.
    var written: Int32 = 0
    /// Of these, those that were there when they were last written into the file.
    var settled: Int32 = 0
    var commits = 0
    var isWatching = false
    var file: DatabaseQueue?
    var isClosed = false
  }

  /// So long without a commit counts as quiet.
  private static let rest = DispatchTimeInterval.milliseconds(200)

  private let state = Mutex(State())
  private let path: String
  private let room: Int32
  private let line = DispatchQueue(label: "sikilap.checkpoints", qos: .utility)

  /// Beside the commits to a file whose writer has that `wal_autocheckpoint`.
  init(path: String, room: Int) {
    self.path = path
    self.room = Int32(clamping: room)
  }

  /// Looks how much was written; to be called after a commit, on the connection that writes.
  func note(_ db: Database) {
    var (written, most): (Int32, Int32) = (0, 0)
    sqlite3_db_status(db.sqliteConnection, SQLITE_DBSTATUS_CACHE_WRITE, &written, &most, 0)
    let mustWatch = state.withLock { state in
      state.written = written
      state.commits += 1
      guard !state.isWatching, !state.isClosed, state.written &- state.settled >= room / 8 else {
        return false
      }
      state.isWatching = true
      return true
    }
    if mustWatch { watch() }
  }

  /// Ends it, once what runs has run; to be called before the file is closed.
  func close() {
    line.sync {
      let file = state.withLock { state in
        state.isClosed = true
        defer { state.file = nil }
        return state.file
      }
      try? file?.close()
    }
  }

  private func watch() {
    let before = state.withLock { $0.commits }
    line.asyncAfter(deadline: .now() + Checkpoints.rest) { [weak self] in self?.look(before) }
  }

  private func look(_ before: Int) {
    let mustWrite = state.withLock { state -> Bool? in
      guard !state.isClosed else { return nil }
      let isQuiet = state.commits == before
      guard isQuiet || state.written &- state.settled >= room / 2 else { return false }
      state.settled = state.written
      state.isWatching = false
      return true
    }
    guard let mustWrite else { return }
    if mustWrite { write() } else { watch() }
  }

  /// Where it fails, as on a full disk, the log keeps what it has, and the next time will do.
  private func write() {
    guard let file = try? opened() else { return }
    try? file.writeWithoutTransaction { db in _ = try db.checkpoint(.passive) }
  }

  private func opened() throws -> DatabaseQueue {
    if let file = state.withLock({ $0.file }) { return file }
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      // Pages of the log that are not on the disk yet must not reach the file before.
      try db.execute(sql: "PRAGMA synchronous = FULL")
    }
    let file = try DatabaseQueue(path: path, configuration: configuration)
    state.withLock { $0.file = file }
    return file
  }
}
