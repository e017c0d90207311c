import Foundation
import GRDB
import Health
import Journal

/// Anchors: facts that put the log's last link into the chain of facts.
extension AuditFile {
  /// So many new entries ask for an anchor before the day is over.
  public static let entriesPerAnchor: Int64 = 10_000

  /// Writes an anchor where one is due: on a day that has none yet and brought entries, and after
  /// ``entriesPerAnchor`` entries. To be called when the program starts and every few minutes.
  ///
  /// - Parameter hoursEastOfGreenwich: the zone whose days are meant.
  /// - Returns: what was anchored; nothing where none was due.
  @discardableResult
  public func anchorIfDue(
    in journal: JournalFile, at now: Instant, hoursEastOfGreenwich hours: Int
  ) async throws(AuditProblem) -> AuditAnchorBody? {
    guard let anchor = try dueAnchor(at: now, hours: hours) else { return nil }
    do {
      let results = try await journal.accept([AuditFile.fact(anchor, at: now)], now: now)
      try await cover(results, of: journal, as: AuditFile.entry(anchor, results, at: now))
    } catch { throw AuditProblem(error) }
    return anchor
  }

  /// As ``anchorIfDue(in:at:hoursEastOfGreenwich:)``, for callers with a thread to wait on.
  @discardableResult
  public func anchorIfDueAndWait(
    in journal: JournalFile, at now: Instant, hoursEastOfGreenwich hours: Int
  ) throws(AuditProblem) -> AuditAnchorBody? {
    guard let anchor = try dueAnchor(at: now, hours: hours) else { return nil }
    return try write(anchor, in: journal, at: now)
  }

  /// Writes an anchor, due or not.
  func anchorAndWait(
    in journal: JournalFile, at now: Instant, hoursEastOfGreenwich hours: Int
  ) throws(AuditProblem) {
    let end = try read { try AuditRow.end(of: $0) }
    _ = try write(
      AuditAnchorBody(
        entries: end.sequence, head: end.chain.bytes,
        day: now.day(hoursEastOfGreenwich: hours)), in: journal, at: now)
  }

  private func write(
    _ anchor: AuditAnchorBody, in journal: JournalFile, at now: Instant
  ) throws(AuditProblem) -> AuditAnchorBody? {
    do {
      let results = try journal.acceptAndWait([AuditFile.fact(anchor, at: now)], now: now)
      let entry = try AuditFile.entry(anchor, results, at: now)
      guard let sequences = Acceptance.sequences(of: results) else { return nil }
      try cover(sequences, of: journal, as: entry)
    } catch { throw AuditProblem(error) }
    return anchor
  }

  private func dueAnchor(at now: Instant, hours: Int) throws(AuditProblem) -> AuditAnchorBody? {
    try read { db in
      let (entries, head) = try AuditRow.end(of: db)
      let last = try AuditFile.lastAnchor(in: db)
      let day = now.day(hoursEastOfGreenwich: hours)
      // The last anchor's own entry brings no day an anchor.
      guard entries > last?.sequence ?? 0 else { return nil }
      if let last, last.at.day(hoursEastOfGreenwich: hours) == day,
        entries - last.anchored < AuditFile.entriesPerAnchor
      {
        return nil
      }
      return AuditAnchorBody(entries: entries, head: head.bytes, day: day)
    }
  }

  private static func lastAnchor(
    in db: Database
  ) throws -> (sequence: Int64, at: Instant, anchored: Int64)? {
    let statement = try BareStatement(
      """
      SELECT sequence, at, detail FROM audit_entry WHERE action = 'anchoredLog'
      ORDER BY sequence DESC LIMIT 1
      """, in: db)
    return try statement.first { row in
      guard let anchored = try? AuditDetail(packed: row.bytes(2)).anchoredEntries else {
        throw AuditProblem.unreadableEntry(sequence: row.integer(0))
      }
      return (row.integer(0), Instant(milliseconds: row.integer(1)), anchored)
    }
  }

  private static func fact(_ anchor: AuditAnchorBody, at now: Instant) -> Fact {
    Fact(
      id: .fresh(at: now), subject: .system, kind: .auditAnchor, occurredOn: anchor.day,
      recordedAt: now, body: anchor.bytes)
  }

  private static func entry(
    _ anchor: AuditAnchorBody, _ results: [Acceptance], at now: Instant
  ) throws -> AuditEntry {
    guard case .accepted = results.first else { throw AuditProblem.anchorNotTaken }
    var entry = AuditEntry(at: now, by: .program, action: .anchoredLog)
    entry.detail.anchoredEntries = anchor.entries
    return entry
  }
}
