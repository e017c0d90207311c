import Foundation
import GRDB
import Health
import Journal
import Samples

/// A journal in a folder of its own, which goes away with it.
final class TemporaryJournal: Sendable {
  let journal: JournalFile
  private let folder: URL

  init(projections: [any Projection] = []) throws {
    folder = URL.temporaryDirectory.appending(path: "sikilap-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    journal = try JournalFile(
      path: folder.appending(path: "journal.sqlite").path(), projections: projections)
  }

  deinit {
    try? journal.close()
    try? FileManager.default.removeItem(at: folder)
  }

  /// All facts in their order of arrival.
  func stored() throws -> [StoredFact] {
    try journal.pool.read { db in
      var facts: [StoredFact] = []
      try FactRow.forEach(in: db) { row in
        if let fact = try FactRow.storedFact(row) { facts.append(fact) }
        return true
      }
      return facts
    }
  }

  /// A number out of the database.
  func count(_ query: String) throws -> Int {
    try journal.pool.read { try Int.fetchOne($0, sql: query) ?? -1 }
  }
}

/// 1 June 2024, noon in Greenwich.
let now = Instant(milliseconds: 1_717_243_200_000)
