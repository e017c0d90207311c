import Foundation
import GRDB
import Health
import Journal
import Samples
import Testing

@testable import Services

@Suite("The log's chain")
struct AuditChainTests {
  /// An entry with some of its parts.
  static func random(_ numbers: inout SeededNumbers) -> AuditEntry {
    func maybe<Value>(_ value: Value) -> Value? { numbers.once(in: 2) ? value : nil }
    let actions: [AuditCode] = ["viewPerson", "searchPerson", "exportNames", "signIn"]
    var entry = AuditEntry(
      at: Instant(milliseconds: Int64.random(in: -5_000_000...5_000_000_000_000, using: &numbers)),
      by: AuditAuthor(
        worker: maybe(id(Int.random(in: 1...9, using: &numbers))),
        session: maybe((0..<8).map { UInt8($0) }), device: maybe(id(71))),
      action: actions[Int.random(in: 0..<4, using: &numbers)], purpose: maybe("care"),
      route: maybe("/people/{id}"), place: maybe(id(90)),
      outcome: AuditOutcome.allCases[Int.random(in: 0..<3, using: &numbers)],
      count: Int.random(in: 0...400, using: &numbers),
      subjects: (0..<Int.random(in: 0...60, using: &numbers)).map { _ in
        id(Int.random(in: 1...100, using: &numbers))
      })
    entry.detail.form = maybe("csv")
    entry.detail.watermark = maybe(id(5))
    entry.detail.reason = maybe("outOfScope")
    entry.detail.words = maybe("Anak kejang di jalan, tidak ada keluarga") ?? ""
    return entry
  }

  @Test("Any entries in any order, from tasks and threads at once, give one chain without gaps")
  func anyOrder() async throws {
    for seed in 1...5 {
      let temporary = try TemporaryLog()
      let log = temporary.log
      var numbers = SeededNumbers(seed: UInt64(seed))
      let entries = (0..<200).map { _ in Self.random(&numbers) }
      let sequences = try await withThrowingTaskGroup(of: (Int, Int64).self) { group in
        for (index, entry) in entries.enumerated() {
          if index % 3 == 0 {
            group.addTask {
              try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread {
                  continuation.resume(
                    with: Result { (index, try log.recordAndWait(entry)) })
                }
              }
            }
          } else {
            group.addTask { (index, try await log.record(entry)) }
          }
        }
        return try await group.reduce(into: [Int: Int64]()) { $0[$1.0] = $1.1 }
      }
      #expect(Set(sequences.values) == Set(1...200), "seed \(seed)")
      let check = try log.check(against: temporary.journal)
      #expect(check.mismatch == nil, "seed \(seed)")
      #expect(check.entries == 200)
      #expect(check.chain == (try log.head()).chain)
      try temporary.reopen()
      for (index, entry) in entries.enumerated() {
        let sequence = try #require(sequences[index])
        let stored = try #require(
          try temporary.log.entries(AuditFilter(), before: sequence + 1, limit: 1).entries.first)
        var wanted = entry
        wanted.subjects = Set(entry.subjects).sorted()
        #expect(stored.sequence == sequence && stored.entry == wanted, "seed \(seed)")
      }
    }
  }

  @Test("The example of docs/formats/audit.md")
  func example() throws {
    let temporary = try TemporaryLog()
    var entry = view([id(2), id(1), id(2)])
    entry.detail.form = "csv"
    #expect(try temporary.log.recordAndWait(entry) == 1)
    #expect(
      try temporary.log.head().chain.hexadecimal
        == "5c69456d0b8b550e01f21ede9f3d7cda6ebdb48391bd71b406a35b37c6d9aee9")
  }

  @Test("Only its owner reads the file, and commits are written through")
  func durable() throws {
    let temporary = try TemporaryLog()
    try temporary.log.recordAndWait(view([id(1)]))
    #expect(try temporary.log.pool.durabilityLevel() == 2)
    for ending in ["", "-wal", "-shm"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: temporary.log.path + ending)
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(ending)")
    }
    try temporary.log.close()
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: temporary.log.path)
    let again = try AuditFile(path: temporary.log.path)
    defer { try? again.close() }
    let attributes = try FileManager.default.attributesOfItem(atPath: again.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test("What cannot be written throws, takes no number, and leaves what came with it alone")
  func failsClosed() async throws {
    let temporary = try TemporaryLog()
    let log = temporary.log
    var tooLong = view([id(1)])
    tooLong.detail.words = String(repeating: "x", count: 2001)
    var session = view([id(1)])
    session.author.session = [1]
    var address = view([id(1)])
    address.route = "/people/ü"
    for (entry, part) in [
      (tooLong, AuditPart.detail), (session, .session), (address, .route),
    ] {
      await #expect(throws: AuditProblem.unusable(part)) { try await log.record(entry) }
    }
    let refused = tooLong
    let written = try await withThrowingTaskGroup(of: Int64?.self) { group in
      for number in 0..<50 {
        group.addTask {
          number % 2 == 0
            ? try await log.record(view([id(number)])) : try? await log.record(refused)
        }
      }
      return try await group.reduce(into: [Int64]()) { if let one = $1 { $0.append(one) } }
    }
    #expect(written.sorted() == Array(1...25))
    #expect(try temporary.mismatch() == nil)
  }

  @Test("A full disk is told, and nothing of the entry stays")
  func fullDisk() async throws {
    let temporary = try TemporaryLog()
    try await temporary.log.record(view([id(1)]))
    let pages = try await temporary.log.pool.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages)")
      return pages
    }
    await #expect(throws: AuditProblem.diskFull) {
      try await temporary.log.record(view((1...5000).map { id($0) }))
    }
    try await temporary.log.pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA max_page_count = \(pages + 1000)")
    }
    #expect(try await temporary.log.record(view([id(2)])) == 2)
    #expect(try temporary.mismatch() == nil)
  }

  @Test("The tables refuse change, removal, gaps and later subjects")
  func refusing() async throws {
    let temporary = try TemporaryLog()
    try await temporary.log.record(view([id(1)]))
    try await temporary.accept(1...3, by: midwife)
    let row = "2, 0, NULL, NULL, NULL, 'x', NULL, NULL, NULL, 1, 0, 0, x'', zeroblob(32)"
    for statement in [
      "UPDATE audit_entry SET count = 7 WHERE sequence = 1",
      "DELETE FROM audit_entry WHERE sequence = 2",
      "INSERT OR REPLACE INTO audit_entry VALUES (\(row))",
      "INSERT INTO audit_entry VALUES (4\(row.dropFirst()))",
      "UPDATE audit_subject SET subject = zeroblob(16)",
      "DELETE FROM audit_subject",
      "INSERT INTO audit_subject VALUES (1, zeroblob(16))",
      "UPDATE audit_covered SET last = 7", "DELETE FROM audit_covered",
    ] {
      #expect(throws: DatabaseError.self, "\(statement)") {
        try temporary.log.pool.writeWithoutTransaction { try $0.execute(sql: statement) }
      }
    }
    #expect(try temporary.mismatch() == nil)
  }

  @Test("Every changed column, removed and swapped row is found, and where")
  func damaged() async throws {
    let changes: [(String, AuditMismatch)] = [
      ("at = at + 1", .brokenChain(sequence: 3)),
      ("worker = zeroblob(16)", .brokenChain(sequence: 3)),
      ("worker = NULL", .brokenChain(sequence: 3)),
      ("session = NULL", .brokenChain(sequence: 3)),
      ("device = NULL", .brokenChain(sequence: 3)),
      ("action = 'viewFigures'", .brokenChain(sequence: 3)),
      ("action = 'not a code'", .unreadableEntry(sequence: 3)),
      ("purpose = NULL", .brokenChain(sequence: 3)),
      ("route = '/places/{id}'", .brokenChain(sequence: 3)),
      ("place = NULL", .brokenChain(sequence: 3)),
      ("outcome = 2", .brokenChain(sequence: 3)),
      ("count = 0", .brokenChain(sequence: 3)),
      ("subject_count = 1", .subjects(entry: 3)),
      ("detail = x'0116'", .unreadableEntry(sequence: 3)),
      ("detail = x'02'", .unreadableEntry(sequence: 3)),
      ("detail = x'011802'", .brokenChain(sequence: 3)),
      ("chain = zeroblob(32)", .brokenChain(sequence: 3)),
    ]
    for (change, mismatch) in changes {
      let temporary = try await Self.five()
      try temporary.forge("UPDATE audit_entry SET \(change) WHERE sequence = 3")
      #expect(try temporary.mismatch() == mismatch, "\(change)")
    }
    let others: [([String], AuditMismatch)] = [
      (["DELETE FROM audit_entry WHERE sequence = 3"], .missingEntry(sequence: 3)),
      (["DELETE FROM audit_subject WHERE entry = 3"], .subjects(entry: 3)),
      (
        [
          "UPDATE audit_subject SET subject = zeroblob(16) WHERE entry = 3 AND subject = \(blob(3))"
        ],
        .brokenChain(sequence: 3)
      ),
      (["INSERT INTO audit_subject VALUES (3, zeroblob(16))"], .subjects(entry: 3)),
      (["INSERT INTO audit_subject VALUES (9, zeroblob(16))"], .strayedSubject(entry: 9)),
      (
        [
          "UPDATE audit_entry SET sequence = -1 WHERE sequence = 3",
          "UPDATE audit_entry SET sequence = 3 WHERE sequence = 4",
          "UPDATE audit_entry SET sequence = 4 WHERE sequence = -1",
        ], .brokenChain(sequence: 3)
      ),
      (["UPDATE audit_covered SET last = last + 1"], .coveredList(entry: 5)),
      (["DELETE FROM audit_covered"], .coveredList(entry: 5)),
      (["INSERT INTO audit_covered VALUES (3, 1, 1, 1)"], .coveredList(entry: 5)),
    ]
    for (statements, mismatch) in others {
      let temporary = try await Self.five()
      try TemporaryLog.forge(temporary.log.pool, statements)
      #expect(try temporary.mismatch() == mismatch, "\(statements)")
    }
  }

  private func blob(_ number: Int) -> String {
    "x'" + id(number).data.map { String(format: "%02x", $0) }.joined() + "'"
  }

  /// Four views of two persons each, and facts that were vouched for.
  private static func five() async throws -> TemporaryLog {
    let temporary = try TemporaryLog()
    for number in 1...4 { try await temporary.log.record(view([id(number), id(40)])) }
    try await temporary.accept(1...3, by: midwife)
    #expect(try temporary.mismatch() == nil)
    return temporary
  }
}
