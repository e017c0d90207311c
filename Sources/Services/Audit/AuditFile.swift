import Foundation
import GRDB
import Health
import Journal

/// The log of access: who looked at, changed, exported or printed what, in a file of its own beside
/// the journal. It is kept for another time than the facts, and facts are read without it.
///
/// An entry is on the disk before what it tells of leaves: pages wait for ``record(_:)``, and show
/// nothing where it throws.
public final class AuditFile: Sendable {
  /// Connections to the file: one that writes, two that read.
  public let pool: DatabasePool
  /// The path of the file.
  public let path: String
  let queue: CommitQueue

  /// Pages that SQLite's log may hold, 16 MB.
  private static let room = 4_096

  /// Opens the file, or makes it, readable by its owner only.
  public init(path: String) throws(AuditProblem) {
    self.path = path
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.maximumReaderCount = 2
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA foreign_keys = ON;
          PRAGMA recursive_triggers = ON; -- else REPLACE would remove an entry unseen
          PRAGMA secure_delete = ON; -- what was removed leaves no bytes behind
          PRAGMA cache_size = -8192;
          PRAGMA wal_autocheckpoint = 0 -- the queue of commits does it
          """)
    }
    do {
      pool = try DurableFile.open(
        path: path, configuration: configuration, migrator: AuditSchema.migrator)
    } catch { throw AuditProblem(error) }
    queue = CommitQueue(pool: pool, room: AuditFile.room)
  }

  /// Where the log of a journal lies: `sikilap.sqlite` has `sikilap.audit.sqlite` beside it, so that
  /// two journals in one folder have two logs.
  public static func path(beside journal: String) -> String {
    URL(fileURLWithPath: journal).deletingPathExtension().path + ".audit.sqlite"
  }

  /// Writes pending pages into the file and closes it.
  public func close() throws(AuditProblem) {
    queue.close()
    do { try DurableFile.close(pool) } catch { throw AuditProblem(error) }
  }

  /// Writes an entry, together with whatever else waits, and returns once it is on the disk.
  ///
  /// - Returns: the entry's sequence number.
  /// - Throws: where nothing was written; then what the entry tells of must not be shown.
  @discardableResult
  public func record(_ entry: AuditEntry) async throws(AuditProblem) -> Int64 {
    do {
      return try await queue.commit { db in try AuditRow.append(entry, in: db) }
    } catch { throw AuditProblem(error) }
  }

  /// As ``record(_:)``, for callers with a thread to wait on.
  @discardableResult
  public func recordAndWait(_ entry: AuditEntry) throws(AuditProblem) -> Int64 {
    do {
      return try queue.commitAndWait { db in try AuditRow.append(entry, in: db) }
    } catch { throw AuditProblem(error) }
  }

  /// How many entries there are, and the link of the last: two logs with the same link hold the
  /// same entries.
  public func head() throws(AuditProblem) -> (entries: Int64, chain: ChainHash) {
    try read { db in
      let end = try AuditRow.end(of: db)
      return (end.sequence, end.chain)
    }
  }

  /// Reads a snapshot.
  func read<Value>(_ work: (Database) throws -> Value) throws(AuditProblem) -> Value {
    do { return try pool.read(work) } catch { throw AuditProblem(error) }
  }
}
