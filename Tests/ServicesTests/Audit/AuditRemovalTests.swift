import Foundation
import GRDB
import Health
import Journal
import Samples
import Testing

@testable import Services

@Suite("Entries of the log whose five years are over")
struct AuditRemovalTests {
  private static let hours = 7

  /// So many days before noon.
  private static func before(days: Int64) -> Instant {
    Instant(milliseconds: noon.milliseconds - days * 86_400_000)
  }

  /// Three days of a log, each with somebody looked at, three facts, and an anchor.
  private static func days(
    from start: Instant, facts: Int, in temporary: TemporaryLog
  ) async throws {
    for day in 0..<3 {
      let moment = Instant(milliseconds: start.milliseconds + Int64(day) * 86_400_000)
      try await temporary.log.record(view([id(1), id(2 + day)], at: moment))
      let first = facts + day * 3
      let results = try await temporary.journal.accept(
        TemporaryLog.facts(first...first + 2), now: moment)
      try await temporary.log.cover(
        results, of: temporary.journal,
        as: AuditEntry(at: moment, by: midwife, action: .acceptedFacts))
      try await temporary.log.anchorIfDue(
        in: temporary.journal, at: moment, hoursEastOfGreenwich: hours)
    }
  }

  /// A log that begins six years ago, and goes on since ten days.
  private static func old() async throws -> TemporaryLog {
    let temporary = try TemporaryLog()
    try await days(from: before(days: 6 * 366), facts: 1, in: temporary)
    try await days(from: before(days: 10), facts: 101, in: temporary)
    return temporary
  }

  @Test("go as a whole through an anchor, and the chain goes on from what stands in their place")
  func removed() async throws {
    let temporary = try await Self.old()
    let before = try temporary.log.head().entries
    let planned = try #require(
      try temporary.log.plannedRemoval(in: temporary.journal, at: noon))
    // Nine entries of the old days; the last anchor names the one before its own.
    #expect(planned.count == 8 && planned.removed.through == 8)
    // Three days of three facts and the anchors of the first two days.
    #expect(planned.removed.facts == 11)
    #expect(try temporary.log.head().entries == before, "a look removes nothing")
    try temporary.log.removeExpired(
      in: temporary.journal, at: noon, hoursEastOfGreenwich: Self.hours)
    let check = try temporary.log.check(against: temporary.journal)
    #expect(check.mismatch == nil)
    #expect(check.removedEntries == 8 && check.entries == before + 2)
    #expect(check.uncoveredFacts == 0)
    let told = try temporary.log.entries(about: id(1)).entries
    #expect(told.count == 3, "those of the last days stay")
    let entry = try #require(
      try temporary.log.entries(AuditFilter()).entries.first { $0.entry.action == .removedEntries })
    #expect(entry.entry.count == 8 && entry.entry.detail.removal == planned.removed)
    #expect(entry.entry.detail.removal?.moments.lowerBound == Self.before(days: 6 * 366))

    // The log is written to and opened as before, and nothing is removed twice.
    try temporary.reopen()
    #expect(try temporary.log.coverFound(in: temporary.journal, at: noon) == 0)
    #expect(try temporary.log.plannedRemoval(in: temporary.journal, at: noon) == nil)
    try await temporary.accept(201...205, by: midwife)
    #expect(try temporary.mismatch() == nil)

    // Five years on the rest goes too, and the entry that told of the first removal with it.
    let later = Instant(milliseconds: noon.milliseconds + 2 * RemovedEntries.kept)
    try await temporary.log.record(view([id(9)], at: later))
    let second = try #require(
      try temporary.log.removeExpired(
        in: temporary.journal, at: later, hoursEastOfGreenwich: Self.hours))
    #expect(second.removed.through == entry.sequence)
    let again = try temporary.log.check(against: temporary.journal)
    #expect(again.mismatch == nil && again.uncoveredFacts == 0)
    #expect(try temporary.log.entries(about: id(1)).entries.isEmpty)
  }

  @Test("stay a day before, and the file itself refuses to lose younger ones")
  func tooYoung() async throws {
    let temporary = try TemporaryLog()
    let start = Self.before(days: 2 * 365)
    try await Self.days(from: start, facts: 1, in: temporary)
    let dayBefore = Instant(milliseconds: start.milliseconds + RemovedEntries.kept - 1)
    #expect(try temporary.log.plannedRemoval(in: temporary.journal, at: dayBefore) == nil)
    let due = Instant(milliseconds: start.milliseconds + RemovedEntries.kept)
    #expect(
      try temporary.log.plannedRemoval(in: temporary.journal, at: due)?.removed.through == 2)
    #expect(
      try temporary.log.removeExpired(
        in: temporary.journal, at: noon, hoursEastOfGreenwich: Self.hours) == nil)
    let head = try temporary.log.head().entries
    for statement in [
      "DELETE FROM audit_entry WHERE sequence = 1", "DELETE FROM audit_subject WHERE entry = 1",
      "DELETE FROM audit_covered WHERE entry = 2",
      "INSERT INTO audit_removal (entry, through) VALUES (\(head), 2)",
    ] {
      #expect(throws: DatabaseError.self, "\(statement)") {
        try temporary.log.pool.write { try $0.execute(sql: statement) }
      }
    }
    // An entry that says so changes nothing of it, as long as the others are young.
    try await temporary.log.record(
      AuditEntry(at: noon, by: midwife, action: .removedEntries))
    #expect(throws: DatabaseError.self) {
      try temporary.log.pool.write {
        try $0.execute(sql: "INSERT INTO audit_removal (entry, through) VALUES (\(head + 1), 2)")
      }
    }
    #expect(try temporary.mismatch() == nil)
  }

  @Test("are not removed from a log that does not fit")
  func unfit() async throws {
    let temporary = try await Self.old()
    try temporary.forge("UPDATE audit_entry SET count = 99 WHERE sequence = 3")
    let problem = #expect(throws: AuditProblem.self) {
      try temporary.log.removeExpired(
        in: temporary.journal, at: noon, hoursEastOfGreenwich: Self.hours)
    }
    #expect(problem == .doesNotFit)
    #expect(try temporary.mismatch() == .brokenChain(sequence: 3))
  }

  /// What somebody does to a log whose beginning is gone, and what is found.
  @Test("leave a log in which tampering is found as before")
  func tampering() async throws {
    func forged(_ statements: String...) async throws -> AuditMismatch? {
      let temporary = try await Self.old()
      try temporary.log.removeExpired(
        in: temporary.journal, at: noon, hoursEastOfGreenwich: Self.hours)
      for statement in statements { try temporary.forge(statement) }
      return try temporary.mismatch()
    }
    #expect(try await forged() == nil)
    #expect(
      try await forged("UPDATE audit_entry SET count = 99 WHERE sequence = 10")
        == .brokenChain(sequence: 10))
    // More is gone than the entry tells.
    #expect(
      try await forged(
        "DELETE FROM audit_covered WHERE entry = 9", "DELETE FROM audit_entry WHERE sequence = 9")
        == .removal(entry: 19))
    // The entry that tells of it is gone.
    #expect(
      try await forged("DELETE FROM audit_removal") == .missingEntry(sequence: 1))
    #expect(
      try await forged("UPDATE audit_entry SET at = at - 1 WHERE sequence = 19")
        == .brokenChain(sequence: 19))
    // Facts that were vouched for by what is gone.
    let temporary = try await Self.old()
    try temporary.log.removeExpired(
      in: temporary.journal, at: noon, hoursEastOfGreenwich: Self.hours)
    try TemporaryLog.forge(
      temporary.journal.pool, ["UPDATE fact SET recorder = zeroblob(16) WHERE sequence = 2"])
    try temporary.relinkFacts()
    #expect(try temporary.mismatch() == .facts(entry: 19, first: 1, last: 11))
  }

  @Test("are not removed unseen by a clock that is set ahead")
  func clock() async throws {
    let temporary = try TemporaryLog()
    try await Self.days(from: Self.before(days: 2 * 365), facts: 1, in: temporary)
    let ahead = Instant(milliseconds: noon.milliseconds + 4 * 365 * 86_400_000)
    try temporary.log.removeExpired(
      in: temporary.journal, at: ahead, hoursEastOfGreenwich: Self.hours)
    #expect(try temporary.mismatch() == nil)
    // The clock is set right again, and the next that somebody does gives it away.
    try await temporary.log.record(view([id(1)], at: noon))
    let last = try await temporary.log.pool.read { try AuditRemoval.last(in: $0)?.entry }
    let entry = try #require(last)
    #expect(try temporary.mismatch() == .removal(entry: entry))
  }
}
