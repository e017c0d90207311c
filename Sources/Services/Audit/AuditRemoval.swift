import Foundation
import GRDB
import Health
import Journal

/// The beginning of the log that was removed when its time was over: what stands in its place, told
/// by an entry of the log, and so by its chain. Format: docs/formats/audit.md.
public struct RemovedEntries: Hashable, Sendable {
  /// The last entry that is gone; an anchor among the facts names it.
  public let through: Int64
  /// Its link, from which the chain goes on.
  public let link: ChainHash
  /// The facts from the first through this one were vouched for by what is gone; 0 where none was.
  public let facts: Int64
  /// Where the facts' chain stood after them; its start where there are none.
  public let factLink: ChainHash
  /// When the oldest and the youngest of them were written.
  public let moments: ClosedRange<Instant>

  /// So many milliseconds an entry is kept: five years, whichever of them have a leap day.
  public static let kept: Int64 = 1827 * 86_400_000
}

extension AuditFile {
  /// What could be removed: the longest beginning of the log all of which is older than five years
  /// and that ends where an anchor among the facts names its link, so that what stands in its place
  /// is vouched for by another chain. Nothing is written.
  ///
  /// - Returns: what would be gone and how many entries that are; nothing where nothing is old
  ///   enough.
  public func plannedRemoval(
    in journal: JournalFile, at now: Instant
  ) throws(AuditProblem) -> (removed: RemovedEntries, count: Int64)? {
    do {
      return try journal.pool.read { facts in
        try pool.read { log in try AuditRemoval.plan(log: log, facts: facts, at: now) }
      }
    } catch { throw AuditProblem(error) }
  }

  /// Removes what ``plannedRemoval(in:at:)`` names, writes the entry that stands in its place, and
  /// anchors it among the facts: all or nothing of the first two.
  ///
  /// - Returns: what is gone and how many entries that were; nothing where nothing is old enough.
  /// - Throws: ``AuditProblem/doesNotFit`` where the log does not fit itself or the facts: whatever
  ///   is wrong with it must be found out before anything goes.
  @discardableResult
  public func removeExpired(
    in journal: JournalFile, at now: Instant, hoursEastOfGreenwich hours: Int
  ) throws(AuditProblem) -> (removed: RemovedEntries, count: Int64)? {
    guard let plan = try plannedRemoval(in: journal, at: now) else { return nil }
    guard try check(against: journal).mismatch == nil else { throw .doesNotFit }
    do {
      _ = try queue.commitAndWait { db in
        var entry = AuditEntry(at: now, by: .program, action: .removedEntries)
        entry.count = Int(plan.count)
        entry.detail.removal = plan.removed
        let sequence = try AuditRow.append(entry, in: db)
        try AuditRemoval.carryOut(plan.removed, told: sequence, in: db)
      }
    } catch { throw AuditProblem(error) }
    try anchorAndWait(in: journal, at: now, hoursEastOfGreenwich: hours)
    return plan
  }
}

/// Finds and removes the beginning of a log.
enum AuditRemoval {
  /// What stands in the place of the beginning of the log, and the entry that says so; nothing
  /// where the log begins at its first entry.
  static func last(in log: Database) throws -> (entry: Int64, at: Int64, removed: RemovedEntries)? {
    let statement = try BareStatement(
      """
      SELECT sequence, at, detail FROM audit_entry
      WHERE sequence = (SELECT MAX(entry) FROM audit_removal)
      """, in: log)
    return try statement.first { row in
      guard let removed = try? AuditDetail(packed: row.bytes(2)).removal else {
        throw AuditProblem.unreadableEntry(sequence: row.integer(0))
      }
      return (row.integer(0), row.integer(1), removed)
    }
  }

  static func plan(
    log: Database, facts: Database, at now: Instant
  ) throws -> (removed: RemovedEntries, count: Int64)? {
    let limit = now.milliseconds - RemovedEntries.kept
    let first = try Int64.fetchOne(log, sql: "SELECT MIN(sequence) FROM audit_entry") ?? 1
    var anchors: [AuditAnchorBody] = []
    let statement = try BareStatement(
      """
      SELECT body FROM fact WHERE kind = \(FactKind.auditAnchor.rawValue) AND recorded_at <= ?
      """, in: facts)
    statement.bind(limit, at: 1)
    try statement.forEach { row in
      if let anchor = try? AuditAnchorBody(row.bytes(0)) { anchors.append(anchor) }
      return true
    }
    for anchor in anchors.sorted(by: { $0.entries > $1.entries }) where anchor.entries >= first {
      if let removed = try removed(through: anchor, limit: limit, log: log, facts: facts) {
        return (removed, anchor.entries - first + 1)
      }
    }
    return nil
  }

  /// What would be gone with an anchored entry and all before it; nothing where one of them is too
  /// young, or where they vouch for facts of which others before them are vouched for later.
  private static func removed(
    through anchor: AuditAnchorBody, limit: Int64, log: Database, facts: Database
  ) throws -> RemovedEntries? {
    let ends = try BareStatement(
      "SELECT MIN(at), MAX(at) FROM audit_entry WHERE sequence <= ?", in: log)
    ends.bind(anchor.entries, at: 1)
    let moments = try ends.first { row -> ClosedRange<Int64>? in
      guard let oldest = row.optionalInteger(0), let youngest = row.optionalInteger(1) else {
        return nil
      }
      return oldest...youngest
    }
    guard let moments = moments ?? nil, moments.upperBound <= limit else { return nil }
    let link = try BareStatement("SELECT chain FROM audit_entry WHERE sequence = ?", in: log)
    link.bind(anchor.entries, at: 1)
    guard let stored = try link.first({ ChainHash(stored: $0.bytes(0)) }),
      stored.bytes == anchor.head
    else { return nil }
    let before = try last(in: log)?.removed
    let covered = try BareStatement(
      "SELECT MAX(through), MAX(last) FROM audit_covered WHERE entry <= ?", in: log)
    covered.bind(anchor.entries, at: 1)
    let reach = try covered.first { ($0.optionalInteger(0), $0.optionalInteger(1)) }
    let through = reach?.0 ?? before?.facts ?? 0
    guard (reach?.1 ?? 0) <= through else { return nil }
    var factLink: ChainHash? = through == 0 ? .start : nil
    if through > 0 {
      let fact = try BareStatement("SELECT chain FROM fact WHERE sequence = ?", in: facts)
      fact.bind(through, at: 1)
      factLink = try fact.first { ChainHash(stored: $0.bytes(0)) }
    }
    guard let factLink else { return nil }
    return RemovedEntries(
      through: anchor.entries, link: stored, facts: through, factLink: factLink,
      moments: Instant(
        milliseconds: moments.lowerBound)...Instant(milliseconds: moments.upperBound))
  }

  static func carryOut(_ removed: RemovedEntries, told entry: Int64, in db: Database) throws {
    try db.execute(
      sql: "INSERT INTO audit_removal (entry, through) VALUES (?, ?)",
      arguments: [entry, removed.through])
    for (table, column) in [
      ("audit_subject", "entry"), ("audit_covered", "entry"), ("audit_removal", "entry"),
      ("audit_entry", "sequence"),
    ] {
      try db.execute(
        sql: "DELETE FROM \(table) WHERE \(column) <= ?", arguments: [removed.through])
    }
  }
}
