import Foundation
import GRDB

/// SQLite files in which a commit is on the disk before it is acknowledged, and which nobody but
/// their owner may read.
public enum DurableFile {
  /// Opens the file, or makes it, readable by its owner only (mode 0600), sees to it that commits
  /// are written through, and brings its tables up to date. The files that SQLite lays beside it
  /// get the same mode.
  ///
  /// - Parameters:
  ///   - configuration: of every connection.
  ///   - migrator: the file's tables.
  /// - Throws: ``JournalError`` where the file cannot be opened, does not write through, or was
  ///   written by a newer Sikilap; SQLite's error where its tables cannot be brought up to date.
  public static func open(
    path: String, configuration: Configuration, migrator: DatabaseMigrator
  ) throws -> DatabasePool {
    try makePrivate(path)
    let pool: DatabasePool
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
    } catch let error as DatabaseError {
      throw JournalError.cannotOpen(path: path, reason: error.message ?? error.description)
    }
    try writeThrough(pool)
    if try pool.read({ try migrator.hasBeenSuperseded($0) }) {
      throw JournalError.fromNewerVersion
    }
    try migrator.migrate(pool)
    return pool
  }

  /// Writes pending pages of the log into the file itself and closes it, so that the one file that
  /// people copy holds everything. Where another program reads at the same moment the log stays, and
  /// stays valid. Closing it again does nothing.
  public static func close(_ pool: DatabasePool) throws {
    pool.releaseMemory()
    // As a statement: it fails on a closed connection, where GRDB's call reads one that is gone.
    try? pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    try pool.close()
  }

  /// Makes a file that is not there, readable by its owner only, and takes others' rights away from
  /// one that is. One that is there is not opened: closing it would end SQLite's locks on it. What
  /// is no file, as a folder, keeps its rights: SQLite will say what it is.
  private static func makePrivate(_ path: String) throws {
    let made = path.withCString { fileSystemPath in
      Foundation.open(fileSystemPath, O_RDWR | O_CREAT | O_EXCL, 0o600)
    }
    if made >= 0 {
      Foundation.close(made)
      return
    }
    guard errno == EEXIST else { throw cannotOpen(path) }
    var status = stat()
    guard stat(path, &status) == 0 else { throw cannotOpen(path) }
    let isFile = status.st_mode & 0o170000 == 0o100000
    guard isFile, status.st_mode & 0o077 != 0 else { return }
    guard chmod(path, 0o600) == 0 else { throw cannotOpen(path) }
  }

  private static func cannotOpen(_ path: String) -> JournalError {
    .cannotOpen(path: path, reason: String(cString: strerror(errno)))
  }

  /// GRDB opens a pool with `synchronous = NORMAL`, under which a power cut may take commits that
  /// were acknowledged. FULL is set after that, and checked.
  private static func writeThrough(_ pool: DatabasePool) throws {
    var wanted = "FULL"
    #if DEBUG
      // The power-cut test proves with this that it can tell a durable journal from another one.
      if let level = ProcessInfo.processInfo.environment["SIKILAP_TEST_SYNCHRONOUS"] {
        wanted = level == "NORMAL" ? "NORMAL" : "FULL"
      }
    #endif
    try pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA synchronous = \(wanted)")
    }
    let level = try pool.durabilityLevel()
    guard level == 2 || wanted == "NORMAL" else { throw JournalError.notDurable(level: level) }
  }
}

extension DatabasePool {
  /// SQLite's `synchronous` on the connection that writes; 2 is FULL.
  public func durabilityLevel() throws -> Int {
    try writeWithoutTransaction { db in
      try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1
    }
  }
}
