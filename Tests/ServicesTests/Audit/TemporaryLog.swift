import Foundation
import GRDB
import Health
import Journal
import Samples

@testable import Services

/// A journal with its log in a folder of its own, which goes away with it.
final class TemporaryLog: @unchecked Sendable {
  private(set) var journal: JournalFile
  private(set) var log: AuditFile
  let folder: URL

  init() throws {
    folder = URL.temporaryDirectory.appending(path: "sikilap-log-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appending(path: "facts.sqlite").path()
    journal = try JournalFile(path: path)
    log = try AuditFile(path: AuditFile.path(beside: path))
  }

  deinit {
    try? log.close()
    try? journal.close()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Ends the program and starts it again.
  func reopen() throws {
    try log.close()
    try journal.close()
    journal = try JournalFile(path: journal.path)
    log = try AuditFile(path: log.path)
  }

  /// Facts of places from one number through another, by a recorder.
  static func facts(_ numbers: ClosedRange<Int>, by recorder: Identifier? = id(70)) -> [Fact] {
    numbers.map { number in
      let body = PlaceBody(
        kind: .posyandu, name: Array("Tempat Contoh \(number)".utf8), code: [], partOf: nil,
        codeIsExample: true)
      return Fact(
        id: id(9_000_000 + number), subject: id(number), kind: .place,
        occurredOn: day("2020-01-01"), recordedAt: Instant(milliseconds: Int64(number)),
        recorder: recorder, body: body.bytes)
    }
  }

  /// Accepts facts and vouches for them, as a page does.
  func accept(_ numbers: ClosedRange<Int>, by author: AuditAuthor) async throws {
    let results = try await journal.accept(
      TemporaryLog.facts(numbers, by: author.worker), now: noon)
    try await log.cover(
      results, of: journal, as: AuditEntry(at: noon, by: author, action: .acceptedFacts))
  }

  /// What the check finds.
  func mismatch() throws -> AuditMismatch? { try log.check(against: journal).mismatch }

  /// Does to the log what its triggers refuse.
  func forge(_ statements: String...) throws {
    try TemporaryLog.forge(log.pool, statements)
  }

  static func forge(_ pool: DatabasePool, _ statements: [String]) throws {
    try pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.inTransaction {
        let triggers = try Row.fetchAll(
          db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger[0] as String)") }
        for statement in statements { try db.execute(sql: statement) }
        for trigger in triggers { try db.execute(sql: trigger[1]) }
        return .commit
      }
      try db.execute(sql: "PRAGMA foreign_keys = ON")
    }
  }

  /// Works the facts' chain out anew, as somebody does who hides what was changed.
  func relinkFacts() throws {
    var chain = ChainHash.start
    let digester = Digester()
    var links: [(Int64, ChainHash)] = []
    try journal.pool.read { db in
      try FactRow.forEach(in: db) { row in
        guard let fact = FactView(row) else { return false }
        chain = digester.link(chain, fact)
        links.append((row.integer(0), chain))
        return true
      }
    }
    try TemporaryLog.forge(
      journal.pool,
      links.map { "UPDATE fact SET chain = x'\($0.1.hexadecimal)' WHERE sequence = \($0.0)" })
  }

  /// Works the log's chain out anew.
  func relinkLog() throws {
    var chain = ChainHash.start
    var statements: [String] = []
    try log.pool.read { db in
      let rows = try BareStatement(
        "SELECT \(AuditRow.columns) FROM audit_entry ORDER BY sequence", in: db)
      try rows.forEach { row in
        guard let entry = AuditRow(row) else { return false }
        var link = AuditLink(entry, after: chain)
        let subjects = try Data.fetchAll(
          db, sql: "SELECT subject FROM audit_subject WHERE entry = ? ORDER BY subject",
          arguments: [entry.sequence])
        for subject in subjects.compactMap(Identifier.init(stored:)) { link.add(subject) }
        chain = link.link
        statements.append(
          "UPDATE audit_entry SET chain = x'\(chain.hexadecimal)' WHERE sequence = \(row.integer(0))"
        )
        return true
      }
    }
    try TemporaryLog.forge(log.pool, statements)
  }
}

/// 22 November 2026, noon in Greenwich.
let noon = Instant(milliseconds: 1_795_348_800_000)

/// A moment so many minutes after noon.
func after(minutes: Int64) -> Instant {
  Instant(milliseconds: noon.milliseconds + minutes * 60_000)
}

/// A midwife at her device.
let midwife = AuditAuthor(worker: id(70), session: [1, 2, 3, 4, 5, 6, 7, 8], device: id(71))

/// Somebody looked at persons.
func view(
  _ subjects: [Identifier], by author: AuditAuthor = midwife, at moment: Instant = noon
) -> AuditEntry {
  AuditEntry(
    at: moment, by: author, action: "viewPerson", purpose: "care", route: "/people/{id}",
    place: id(90), count: subjects.count, subjects: subjects)
}
