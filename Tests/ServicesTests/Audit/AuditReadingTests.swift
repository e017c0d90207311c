import Foundation
import GRDB
import Health
import Journal
import Samples
import Testing

@testable import Services

@Suite("Reading the log")
struct AuditReadingTests {
  @Test("Who looked at somebody, newest first, page by page")
  func about() async throws {
    let temporary = try TemporaryLog()
    for number in 1...25 {
      try await temporary.log.record(view(number % 2 == 0 ? [id(1), id(2)] : [id(2)]))
    }
    var seen: [Int64] = []
    var before: Int64?
    repeat {
      let page = try temporary.log.entries(about: id(1), before: before, limit: 5)
      seen += page.entries.map(\.sequence)
      #expect(page.entries.allSatisfy { $0.entry.subjects.contains(id(1)) })
      before = page.next
    } while before != nil
    #expect(seen == stride(from: 24, through: 2, by: -2).map { Int64($0) })
    #expect(try temporary.log.count(about: id(1)) == 12)
    #expect(try temporary.log.entries(about: id(3)).entries.isEmpty)
  }

  @Test("Filters by worker, place, action, outcome and day, alone and together")
  func filters() async throws {
    let temporary = try TemporaryLog()
    var numbers = SeededNumbers(seed: 3)
    var written: [AuditEntry] = []
    for _ in 0..<300 {
      var entry = AuditChainTests.random(&numbers)
      // Two days; the clock is set back now and then.
      entry.at = after(minutes: Int64.random(in: -1440...1440, using: &numbers))
      entry.place = numbers.once(in: 3) ? nil : id(Int.random(in: 90...92, using: &numbers))
      written.append(entry)
      try await temporary.log.record(entry)
    }
    for _ in 0..<200 {
      var filter = AuditFilter()
      if numbers.once(in: 3) { filter.worker = id(Int.random(in: 1...9, using: &numbers)) }
      if numbers.once(in: 3) { filter.places = [id(90), id(92), id(1234)] }
      if numbers.once(in: 3) { filter.actions = ["signIn", "exportNames"] }
      if numbers.once(in: 3) {
        filter.outcome = AuditOutcome.allCases[Int.random(in: 0..<3, using: &numbers)]
      }
      if numbers.once(in: 3) {
        filter.limit(to: day("2026-11-22")...day("2026-11-22"), hoursEastOfGreenwich: 7)
      }
      let wanted = written.enumerated().filter { _, entry in
        (filter.worker == nil || entry.author.worker == filter.worker)
          && (filter.places.map { places in entry.place.map(places.contains) ?? false } ?? true)
          && (filter.actions?.contains(entry.action) ?? true)
          && (filter.outcome == nil || entry.outcome == filter.outcome)
          && (filter.moments == nil
            || entry.at.day(hoursEastOfGreenwich: 7) == day("2026-11-22"))
      }.map { Int64($0.offset + 1) }
      var found: [Int64] = []
      var before: Int64?
      repeat {
        let page = try temporary.log.entries(filter, before: before, limit: 7)
        found += page.entries.map(\.sequence)
        before = page.next
      } while before != nil
      #expect(found == wanted.reversed())
      var exported: [Int64] = []
      try temporary.log.forEachEntry(filter) { stored, _ in
        exported.append(stored.sequence)
        return true
      }
      #expect(exported == wanted)
    }
    var nobody = AuditFilter()
    nobody.places = []
    #expect(try temporary.log.entries(nobody).entries.isEmpty)
  }

  @Test("A row for other programs has a value for each column")
  func export() async throws {
    let temporary = try TemporaryLog()
    var entry = view((1...250).map { id($0) })
    entry.detail.words = "=HYPERLINK"
    entry.outcome = .refused
    try await temporary.log.record(entry)
    try await temporary.accept(1...2, by: midwife)
    let page = try temporary.log.entries(AuditFilter())
    for stored in page.entries {
      #expect(AuditExport.row(stored).count == AuditExport.columns.count)
    }
    let row = Dictionary(
      uniqueKeysWithValues: zip(AuditExport.columns, AuditExport.row(page.entries[1])))
    #expect(row["at"] == "2026-11-22T12:00:00.000Z")
    #expect(row["outcome"] == "refused" && row["subject_count"] == "250")
    #expect(row["subjects"]?.split(separator: " ").count == StoredAuditEntry.shownSubjects)
    #expect(row["session"] == "0102030405060708" && row["action"] == "viewPerson")
    let first = try temporary.log.subjects(of: 1, limit: 200)
    let rest = try temporary.log.subjects(of: 1, after: first.last, limit: 200)
    #expect(first + rest == (1...250).map { id($0) })
  }

  /// The link is computed here anew, as somebody does who has only the exported row.
  @Test("An exported row holds what its link is computed over, with everybody whom it concerned")
  func proof() async throws {
    let temporary = try TemporaryLog()
    try await temporary.log.record(view((1...250).map { id($0) }))
    try await temporary.accept(1...2, by: midwife)
    var before = ChainHash.start
    try temporary.log.forEachEntry(AuditFilter()) { stored, proof in
      let proof = try proof()
      #expect(proof.before == before)
      let link = ChainHash(
        of: Array("sikilap audit".utf8) + [1] + proof.before.bytes + proof.canonical)
      #expect(link == stored.chain)
      #expect(AuditExport.values(of: proof).count == AuditExport.proofColumns.count)
      if stored.sequence == 1 { #expect(proof.canonical.count > 250 * 16) }
      before = stored.chain
      return true
    }
  }
}
