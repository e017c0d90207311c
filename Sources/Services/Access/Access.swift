import Foundation
import GRDB
import Health
import Journal
import Synchronization

/// Everything about signing in that is no page and no fact: passwords, PINs, sessions, devices,
/// one-time codes, the slowing of guesses. It is kept in a file of its own beside the journal, which
/// nobody but the program's user may read, because secrets do not belong into a chain that is never
/// forgotten.
///
/// It knows workers by their identifier only: names and rights stand elsewhere. It has no clock: the
/// moment is an argument. It writes no log: every operation returns what the log shall tell, refused
/// ones too.
public final class Access: Sendable {
  /// Connections to the file.
  let pool: DatabasePool
  /// The limits in force.
  public let settings: AccessSettings
  let hashing: PasswordHashing
  let rules: PasswordRules
  let keyFile: KeyFile
  /// When sessions were seen last, by the digest of their token: the file knows it to the minute.
  let seen = Mutex<[Data: Int64]>([:])

  /// Where the file of a journal lies: `sikilap.sqlite` has `sikilap.access.sqlite` beside it, so
  /// that two journals in one folder have two. The key of sealed secrets is `sikilap.access.key`.
  public static func path(beside journal: String) -> String {
    URL(fileURLWithPath: journal).deletingPathExtension().path + ".access.sqlite"
  }

  /// Opens the file, or makes it with mode 0600, and makes sure that a commit is on the disk before
  /// it is acknowledged: who was signed out stays signed out after a power cut.
  ///
  /// - Throws: ``JournalError``, or ``AccessProblem/noPasswordList``.
  public init(path: String, settings: AccessSettings = .standard) throws {
    self.settings = settings
    hashing = PasswordHashing(
      atOnce: settings.hashesAtOnce, mostWaiting: settings.hashesWaiting)
    rules = PasswordRules(common: try .shipped())
    keyFile = KeyFile(
      path: URL(fileURLWithPath: path).deletingPathExtension().appendingPathExtension("key").path)
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.maximumReaderCount = 2
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA foreign_keys = ON;
          PRAGMA secure_delete = ON; -- what was removed leaves no bytes behind
          PRAGMA cache_size = -2048
          """)
    }
    pool = try DurableFile.open(
      path: path, configuration: configuration, migrator: AccessSchema.migrator)
  }

  /// Writes pending pages into the file itself and closes it. Closing it again does nothing.
  public func close() throws { try DurableFile.close(pool) }

  /// The meaning of every table and column, from the comments in the schema, as Markdown.
  public func describeTables() throws -> String { try pool.describeTables() }

  /// SQLite's `synchronous` on the connection that writes; 2 is FULL.
  public func durabilityLevel() throws -> Int { try pool.durabilityLevel() }

  /// Removes what has no use any more: sessions and codes that are over, failures that count no
  /// longer. To be called now and then; nothing depends on it.
  ///
  /// - Returns: the sessions that were over.
  public func forgetExpired(at: Instant) async throws -> [AccessEvent] {
    let settings = settings
    let known = seen.withLock { $0 }
    let (events, living) = try await pool.write { [self] db in
      try db.execute(
        sql: "DELETE FROM one_time_code WHERE expires_at <= ?",
        arguments: [at.milliseconds - settings.codeKept.milliseconds])
      let longest = max(
        settings.nameThrottle.window, settings.addressThrottle.window,
        settings.numberThrottle.window)
      try db.execute(
        sql: "DELETE FROM attempt WHERE started_at <= ?",
        arguments: [at.milliseconds - longest.milliseconds])
      let end = { (row: SessionRow) in row.end(at: at, seen: known[row.tokenHash], settings) }
      let rows = try SessionRow.fetch(db, "1")
      let over = rows.filter { end($0) != nil }
      let events = try remove(over, db, at: at) { end($0) ?? .idle }
      return (events, Set(rows.filter { end($0) == nil }.map(\.tokenHash)))
    }
    seen.withLock { seen in seen = seen.filter { living.contains($0.key) } }
    return events
  }
}

extension Row {
  /// An identifier in a column.
  ///
  /// - Throws: ``AccessProblem/damagedRow(table:)`` where it is none.
  func identifier(_ column: String, of table: String) throws(AccessProblem) -> Identifier {
    guard let data = self[column] as Data?, let identifier = Identifier(stored: data) else {
      throw .damagedRow(table: table)
    }
    return identifier
  }
}
