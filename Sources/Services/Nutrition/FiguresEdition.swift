import Foundation
import GRDB
import Health
import Journal
import Monitoring
import Programmes

/// By which formats and how many indicators the stored figures were computed.
enum FiguresEdition {
  private static let name = "nutrition"

  /// What this program writes.
  static let current =
    "contributions \(PackedContributions.version), cube \(CubeCell.version), "
    + "indicators \(Indicator.allCases.count), awaited places"

  /// What the stored figures were computed by; nothing before the first time.
  static func stored(in db: Database) throws -> String? { try ComputedAs.stored(name, in: db) }

  static func store(in db: Database) throws { try ComputedAs.store(current, of: name, in: db) }
}

extension District {
  /// Computes the figures anew where another edition of the formats, or another number of
  /// indicators, wrote them: in one transaction, so that a stop half-way leaves the old ones, and
  /// the next opening begins again.
  func bringFiguresUpToDate(_ progress: @escaping @Sendable (Int, Int) -> Void) throws {
    let edition = edition
    let isUpToDate = try journal.pool.read { db in
      // Figures of other settings were left alone on purpose: nobody reads them now.
      try FiguresEdition.stored(in: db) == FiguresEdition.current
        || SettingsRecord.fetch(in: db)?.fingerprint != edition.fingerprint
    }
    if isUpToDate { return }
    let projection = NutritionProjection(edition: edition)
    _ = try journal.acceptAndWait([], now: Instant(milliseconds: 0)) { db, _ in
      // Somebody else may have opened the journal, and been quicker.
      guard try FiguresEdition.stored(in: db) != FiguresEdition.current else { return }
      try projection.recount(in: db, progress)
      try FiguresEdition.store(in: db)
    }
  }
}

extension NutritionProjection {
  private static let personsPerStep = 2000

  /// Empties the tables of figures and fills them from the timelines.
  func recount(in db: Database, _ progress: (_ done: Int, _ total: Int) -> Void) throws {
    try db.execute(
      sql: """
        DELETE FROM cube; DELETE FROM counted_at; DELETE FROM awaited_place;
        DELETE FROM contribution
        """)
    let total = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM timeline") ?? 0
    if total == 0 { return }
    progress(0, total)
    var done = 0
    var last = Int64.min
    while true {
      let changes = try PersonEntry.countedTimelines(
        after: last, limit: NutritionProjection.personsPerStep, in: db)
      guard let end = changes.last?.person else { break }
      for (change, (_, packed)) in zip(changes, try computed(changes)) {
        try ContributionRow.store(packed, of: change.person, in: db)
      }
      last = end
      done += changes.count
      progress(done, total)
    }
    try CubeRow.sumAgain(in: db)
  }
}
