import Foundation
import GRDB
import Health
import Journal
import Samples
import Testing

@testable import Services

@Suite("The log and the facts")
struct AuditFactsTests {
  private func covered(_ temporary: TemporaryLog) throws -> [(ClosedRange<Int64>, AuditEntry)] {
    try temporary.log.entries(AuditFilter(), limit: 1000).entries.reversed().compactMap { stored in
      stored.entry.detail.facts.map { ($0.sequences, stored.entry) }
    }
  }

  @Test("Accepted facts are vouched for in the name of whoever sent them")
  func accepted() async throws {
    let temporary = try TemporaryLog()
    try await temporary.accept(1...3, by: midwife)
    let results = try await temporary.journal.accept(TemporaryLog.facts(2...5), now: noon)
    #expect(results[0] == .alreadyThere)
    try await temporary.log.cover(
      results, of: temporary.journal,
      as: AuditEntry(at: noon, by: midwife, action: "registerPerson", subjects: [id(4), id(5)]))
    try await temporary.log.cover(
      [.alreadyThere, .refused(.impossibleDay)], of: temporary.journal, as: view([]))
    let entries = try covered(temporary)
    #expect(entries.map(\.0) == [1...3, 4...5])
    #expect(entries.map(\.1.count) == [3, 2])
    #expect(entries.map(\.1.author) == [midwife, midwife])
    #expect(entries.map { $0.1.detail.facts?.isFoundAtOpening } == [false, false])
    #expect(entries[1].1.action == "registerPerson" && entries[1].1.subjects == [id(4), id(5)])
    let check = try temporary.log.check(against: temporary.journal)
    #expect(check.mismatch == nil && check.coveredFacts == 5 && check.uncoveredFacts == 0)
  }

  @Test("Facts that nobody vouched for before the program ended are found at the next opening")
  func killedBetween() async throws {
    let temporary = try TemporaryLog()
    try await temporary.accept(1...3, by: midwife)
    _ = try await temporary.journal.accept(TemporaryLog.facts(4...6), now: noon)
    try temporary.reopen()
    #expect(try temporary.log.check(against: temporary.journal).uncoveredFacts == 3)
    #expect(try temporary.log.coverFound(in: temporary.journal, at: noon) == 3)
    #expect(try temporary.log.coverFound(in: temporary.journal, at: noon) == 0)
    let entries = try covered(temporary)
    #expect(entries.map(\.0) == [1...3, 4...6])
    #expect(entries.map { $0.1.detail.facts?.isFoundAtOpening } == [false, true])
    #expect(entries[1].1.author == .program)
    let check = try temporary.log.check(against: temporary.journal)
    #expect(check.mismatch == nil && check.coveredFacts == 6 && check.uncoveredFacts == 0)
  }

  @Test("Facts may be vouched for in another order, twice, and by who knows their numbers")
  func anyOrder() async throws {
    for seed in 1...20 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let temporary = try TemporaryLog()
      var batches: [[Acceptance]] = []
      var next = 1
      for _ in 0..<8 {
        let last = next + Int.random(in: 0...4, using: &numbers)
        batches.append(
          try await temporary.journal.accept(TemporaryLog.facts(next...last), now: noon))
        next = last + 1
      }
      for batch in batches.shuffled(using: &numbers).prefix(6) {
        try await temporary.log.cover(
          batch, of: temporary.journal,
          as: AuditEntry(at: noon, by: midwife, action: .acceptedFacts))
        if numbers.once(in: 3) {
          let first = Int64.random(in: 1..<Int64(next), using: &numbers)
          try temporary.log.cover(
            first...Int64.random(in: first..<Int64(next), using: &numbers), of: temporary.journal,
            as: AuditEntry(at: noon, by: midwife, action: .acceptedFacts))
        }
      }
      if numbers.once(in: 2) {
        try await temporary.log.cover(batches[0], of: temporary.journal, as: view([]))
      }
      try temporary.log.coverFound(in: temporary.journal, at: noon)
      let check = try temporary.log.check(against: temporary.journal)
      #expect(check.mismatch == nil && check.uncoveredFacts == 0, "seed \(seed)")
      #expect(check.coveredFacts == Int64(next - 1), "seed \(seed)")
      let through = try await temporary.log.pool.read { try AuditCoverage.through(in: $0) }
      #expect(through == Int64(next - 1), "seed \(seed)")
    }
  }

  @Test("More facts than an entry takes are vouched for in several")
  func many() async throws {
    let temporary = try TemporaryLog()
    let results = try await temporary.journal.accept(TemporaryLog.facts(1...25_003), now: noon)
    try await temporary.log.cover(
      results, of: temporary.journal,
      as: AuditEntry(at: noon, by: midwife, action: "importHouseholds", subjects: [id(7)]))
    let entries = try covered(temporary)
    #expect(entries.map(\.0) == [1...10_000, 10_001...20_000, 20_001...25_003])
    #expect(entries.map(\.1.subjects) == [[id(7)], [], []])
    #expect(try temporary.mismatch() == nil)
  }

  @Test("A changed, removed or exchanged fact is found though its chain was worked out anew")
  func forged() async throws {
    for (statement, mismatch) in [
      (
        "UPDATE fact SET recorder = zeroblob(16) WHERE sequence = 5",
        AuditMismatch.facts(entry: 2, first: 4, last: 6)
      ),
      (
        "UPDATE fact SET recorder = NULL WHERE sequence = 5",
        .facts(entry: 2, first: 4, last: 6)
      ),
      (
        "UPDATE fact SET occurred_on = occurred_on + 1 WHERE sequence = 9",
        .facts(entry: 3, first: 7, last: 9)
      ),
      ("DELETE FROM fact WHERE sequence = 9", .missingFacts(entry: 3, last: 9)),
    ] {
      let temporary = try await nine()
      try TemporaryLog.forge(temporary.journal.pool, [statement])
      try temporary.relinkFacts()
      #expect(try temporary.mismatch() == mismatch, "\(statement)")
      #expect(throws: AuditProblem.self, "\(statement)") {
        try temporary.log.coverFound(in: temporary.journal, at: noon)
      }
    }
  }

  @Test("A log beside another journal, or a journal older than its log, is refused")
  func strangers() async throws {
    let temporary = try await nine()
    let other = try TemporaryLog()
    _ = try await other.journal.accept(TemporaryLog.facts(101...120), now: noon)
    #expect(throws: AuditProblem.otherJournal(sequence: 9)) {
      try temporary.log.coverFound(in: other.journal, at: noon)
    }
    let older = try TemporaryLog()
    _ = try await older.journal.accept(TemporaryLog.facts(1...6), now: noon)
    #expect(throws: AuditProblem.journalIsOlder(covered: 9, facts: 6)) {
      try temporary.log.requireOwn(older.journal)
    }
  }

  @Test("A day with entries gets one anchor, ten thousand entries another")
  func anchors() async throws {
    let temporary = try TemporaryLog()
    let (journal, log) = (temporary.journal, temporary.log)
    func anchor(at moment: Instant) async throws -> Int64? {
      try await log.anchorIfDue(in: journal, at: moment, hoursEastOfGreenwich: 7)?.entries
    }
    #expect(try await anchor(at: noon) == nil)
    try await log.record(view([id(1)]))
    #expect(try await anchor(at: noon) == 1)
    #expect(try await anchor(at: after(minutes: 1)) == nil)
    try await log.record(view([id(1)]))
    // 23:59 and midnight in WIB.
    #expect(try await anchor(at: after(minutes: 299)) == nil)
    #expect(try await anchor(at: after(minutes: 300)) == 3)
    // A day on which nothing was done.
    #expect(try await anchor(at: after(minutes: 3 * 1440)) == nil)
    try await record(9_997, in: log, at: after(minutes: 301))
    #expect(try await anchor(at: after(minutes: 301)) == nil)
    try await record(2, in: log, at: after(minutes: 301))
    #expect(
      try log.anchorIfDueAndWait(
        in: journal, at: after(minutes: 301), hoursEastOfGreenwich: 7)?.entries == 10_003)
    let check = try log.check(against: journal)
    #expect(check.mismatch == nil && check.anchors == 3)
    #expect(check.coveredFacts == 3 && check.uncoveredFacts == 0)
    let stored = try journal.pool.read { db in
      try Row.fetchAll(db, sql: "SELECT kind, subject, occurred_on FROM fact ORDER BY sequence")
    }
    #expect(stored.allSatisfy { $0[0] == 96 && $0[1] == Identifier.system.data })
    #expect(stored.map { $0[2] as Int } == [20_779, 20_780, 20_780])
  }

  private func record(_ count: Int, in log: AuditFile, at moment: Instant) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<count {
        group.addTask { try await log.record(view([id(number)], at: moment)) }
      }
      try await group.waitForAll()
    }
  }

  @Test("A log that was shortened or written anew is found by the anchor among the facts")
  func rewritten() async throws {
    for (statements, mismatch) in [
      (
        ["UPDATE audit_entry SET worker = zeroblob(16) WHERE sequence = 2"],
        AuditMismatch.anchor(fact: 1, entries: 3)
      ),
      (
        [
          "DELETE FROM audit_covered", "DELETE FROM audit_subject WHERE entry > 2",
          "DELETE FROM audit_entry WHERE sequence > 2",
        ], .anchor(fact: 1, entries: 3)
      ),
    ] {
      let temporary = try TemporaryLog()
      for number in 1...3 { try await temporary.log.record(view([id(number)])) }
      try await temporary.log.anchorIfDue(
        in: temporary.journal, at: noon, hoursEastOfGreenwich: 7)
      #expect(try temporary.mismatch() == nil)
      try TemporaryLog.forge(temporary.log.pool, statements)
      try temporary.relinkLog()
      #expect(try temporary.mismatch() == mismatch, "\(statements)")
    }
  }

  /// Nine facts in three batches.
  private func nine() async throws -> TemporaryLog {
    let temporary = try TemporaryLog()
    for first in [1, 4, 7] { try await temporary.accept(first...first + 2, by: midwife) }
    #expect(try temporary.mismatch() == nil)
    return temporary
  }
}
