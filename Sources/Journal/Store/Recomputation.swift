import GRDB
import Health

extension JournalFile {
  /// Empties the registry, the timelines and the tables of projections, and fills them again from
  /// the facts. One transaction: whoever reads meanwhile sees what was there before.
  ///
  /// - Parameters:
  ///   - tables: the projections' tables, those that point at others first.
  ///   - now: the moment as of which projections that know a day are filled.
  ///   - preparing: called first in that transaction, to note what is computed under.
  ///   - progress: called with the number of facts read, now and then.
  public func recompute(
    dropping tables: [String], now: Instant,
    preparing: @escaping @Sendable (Database) throws -> Void = { _ in },
    progress: @escaping @Sendable (Int64) -> Void
  ) throws {
    let projections = projections
    try queue.commitAndWait { db in
      try preparing(db)
      try SearchRow.clear(in: db)
      for table in tables + JournalFile.registryTables + PlaceRows.tables {
        try db.execute(sql: "DELETE FROM \(table)")
      }
      var first: Int64 = 1
      while true {
        var facts: [ReplayedFact] = []
        try FactRow.forEach(from: first, in: db) { row in
          facts.append(try ReplayedFact(row))
          return facts.count < JournalFile.factsPerStep
        }
        if facts.isEmpty { return }
        var batch = AcceptingBatch(now: now, projections: projections)
        try batch.replay(facts, from: first, in: db)
        first += Int64(facts.count)
        progress(first - 1)
      }
    }
  }

  private static let registryTables = [
    "timeline", "person", "same_person", "household", "kader_skill", "assignment", "worker",
  ]

  /// Facts that are worked out together while everything is computed anew.
  private static let factsPerStep = 20_000
}

extension JournalFile {
  /// Writes what is worked out from facts that are there already, in the next transaction, together
  /// with whatever else waits.
  public func writeComputed<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await queue.commit(work)
  }
}
