import Foundation
import GRDB
import Health
import Journal
import Monitoring
import Samples
import Synchronization
import Testing

@testable import Services

@Suite("Figures of another edition are computed anew when the journal is opened")
struct EditionTests {
  private static func path() throws -> String {
    let folder = try TemporaryFolder.make()
    return folder.appending(path: "district.sqlite").path()
  }

  /// Opens, and tells how often a recount was reported.
  private static func open(_ path: String) throws -> (district: District, reports: [[Int]]) {
    let reports = Mutex<[[Int]]>([])
    let district = try District(path: path) { done, total in
      reports.withLock { $0.append([done, total]) }
    }
    return (district, reports.withLock { $0 })
  }

  /// A journal of many children, as an older program left it.
  private static func outdated(
    at path: String, _ change: @escaping @Sendable (Database) throws -> Void
  ) async throws -> Int {
    let (district, reports) = try open(path)
    #expect(reports.isEmpty)
    var events = RandomDistrict(seed: 90)
    _ = try await district.journal.accept(
      ExamplePlaces.facts + events.batch(of: 400), now: IncrementalTests.now)
    let persons = try await district.journal.pool.write { db in
      try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM timeline") ?? 0
    }
    try await district.journal.pool.write { db in try change(db) }
    try district.journal.close()
    return persons
  }

  @Test(
    "Whatever edition is written there, and where none is",
    arguments: ["UPDATE computed_as SET edition = 'contributions 1'", "DELETE FROM computed_as"])
  func recounted(_ statement: String) async throws {
    let path = try Self.path()
    let persons = try await Self.outdated(at: path) { db in
      // Bytes of the first version, which this program refuses to read.
      try db.execute(sql: "UPDATE contribution SET bytes = x'0100'")
      try db.execute(sql: "UPDATE cube SET bytes = x'01'")
      try db.execute(sql: "DELETE FROM counted_at")
      try db.execute(sql: statement)
    }
    let (district, reports) = try Self.open(path)
    #expect(reports.first == [0, persons])
    #expect(reports.last == [persons, persons])
    var numbers = SeededNumbers(seed: 91)
    try expectStoredEqualsRecount(district, using: &numbers, "after opening")
    #expect(try district.verify().mismatch == nil)
    try district.journal.close()
    let again = try Self.open(path)
    #expect(again.reports.isEmpty)
    try again.district.journal.close()
  }

  @Test("Figures of this edition are left as they are, even where they are wrong")
  func untouched() async throws {
    let path = try Self.path()
    _ = try await Self.outdated(at: path) { db in
      try db.execute(sql: "DELETE FROM cube")
    }
    let (district, reports) = try Self.open(path)
    #expect(reports.isEmpty)
    // That is for the verification to find.
    #expect(try district.verify().mismatch != nil)
    try district.journal.close()
  }
}
