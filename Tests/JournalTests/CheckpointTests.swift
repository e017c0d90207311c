import Foundation
import GRDB
import Testing

@testable import Journal

@Suite("Pages go from SQLite's log into the file between the commits")
struct CheckpointTests {
  @Test("Once nobody has committed for a moment, what was committed stands in the file itself")
  func quiet() async throws {
    let file = try LoggedFile(room: 2_000)
    try file.add(megabytes: 2)
    #expect(try file.size() < 1 << 20, "the room is not filled: all is in the log")
    try await file.wait { try $0.size() > 2 << 20 }
    #expect(try file.size() > 2 << 20)
    try file.close()
  }

  @Test("An eighth of the room is not worth it: a page that many commits change is written once")
  func little() async throws {
    let file = try LoggedFile(room: 8_000)
    try file.add(megabytes: 1)
    try await Task.sleep(for: .milliseconds(700))
    #expect(try file.size() < 1 << 20)
    try file.close()
  }

  @Test("While commits follow each other the log stays within bounds, and nothing is lost")
  func busy() async throws {
    let file = try LoggedFile(room: 500)
    for _ in 0..<100 { try file.add(megabytes: 1) }
    #expect(try file.size("-wal") < 50 << 20)
    try file.close()
    #expect(try file.size("-wal") == 0)
    let kept = try DatabaseQueue(path: file.path)
    #expect(try await kept.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM piece") } == 100)
    #expect(try await kept.read { try String.fetchOne($0, sql: "PRAGMA quick_check") } == "ok")
  }
}

/// A file with a queue of commits, in a folder that goes away with it.
private final class LoggedFile {
  let path: String
  private let folder: URL
  private let pool: DatabasePool
  private let queue: CommitQueue

  init(room: Int) throws {
    folder = URL.temporaryDirectory.appending(path: "sikilap-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appending(path: "file.sqlite").path()
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
    }
    pool = try DurableFile.open(
      path: path, configuration: configuration, migrator: DatabaseMigrator())
    queue = CommitQueue(pool: pool, room: room)
    try queue.commitAndWait { db in try db.execute(sql: "CREATE TABLE piece (bytes BLOB)") }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func add(megabytes: Int) throws {
    try queue.commitAndWait { db in
      try db.execute(sql: "INSERT INTO piece VALUES (zeroblob(\(megabytes << 20)))")
    }
  }

  func size(_ ending: String = "") throws -> Int {
    guard FileManager.default.fileExists(atPath: path + ending) else { return 0 }
    return try FileManager.default.attributesOfItem(atPath: path + ending)[.size] as? Int ?? -1
  }

  func wait(until isSo: (LoggedFile) throws -> Bool) async throws {
    for _ in 0..<200 where try !isSo(self) { try await Task.sleep(for: .milliseconds(50)) }
  }

  func close() throws {
    queue.close()
    try DurableFile.close(pool)
  }
}
