import Foundation
import GRDB
import Health

/// Why a journal file cannot be used.
public enum JournalError: Error, Equatable, Sendable {
  /// The file's folder does not exist or cannot be written.
  case cannotOpen(path: String, reason: String)
  /// SQLite does not write through to the disk as the journal promises.
  case notDurable(level: Int)
  /// A newer Sikilap wrote this file.
  case fromNewerVersion
  /// A stored fact cannot be read.
  case unreadableFact(sequence: Int64)
  /// The disk is full; nothing of the batch was kept.
  case diskFull
}

/// The embedded journal: one SQLite file for a whole district.
public final class JournalFile: Sendable {
  /// Connections to the file: one that writes, several that read.
  public let pool: DatabasePool
  /// The path of the file.
  public let path: String
  let projections: [any Projection]
  let queue: CommitQueue

  /// Pages that SQLite's log may hold, 64 MB. They go into the file half as many at a time and not
  /// 4 MB: a page that many commits change is written there once.
  private static let room = 16_384

  /// Opens the file, or makes it, readable by its owner only, brings its tables up to date, and
  /// makes sure that a commit is on the disk before it is acknowledged.
  ///
  /// - Parameter projections: what is kept up to date inside the transaction that accepts facts.
  public init(path: String, projections: [any Projection] = []) throws {
    self.path = path
    self.projections = projections
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.maximumReaderCount = 4
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA foreign_keys = ON;
          PRAGMA secure_delete = ON; -- what an erasure removes is overwritten
          PRAGMA recursive_triggers = ON; -- else REPLACE would remove a fact unseen
          PRAGMA cache_size = -16384;
          PRAGMA wal_autocheckpoint = 0 -- `Checkpoints` does it
          """)
    }
    pool = try DurableFile.open(
      path: path, configuration: configuration, migrator: Schema.migrator)
    try PlaceRows.bringUpToDate(pool)
    try RegistryEdition.bringUpToDate(pool)
    queue = CommitQueue(pool: pool, room: JournalFile.room)
  }

  /// Writes pending pages of the log into the file itself and closes it, so that the one file that
  /// people copy holds everything. Where another program reads at the same moment the log stays, and
  /// stays valid.
  public func close() throws {
    queue.close()
    try DurableFile.close(pool)
  }
}
