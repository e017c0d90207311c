import Foundation
import GRDB
import Health
import Journal

/// Some entries of the log, and where to read on.
public struct AuditPage: Sendable {
  /// The entries, newest first.
  public let entries: [StoredAuditEntry]
  /// Pass it as `before` for the next page; nothing where there are no more.
  public let next: Int64?

  /// No entries.
  public static let empty = AuditPage(entries: [], next: nil)
}

/// Which entries are wanted. What is left out does not matter.
public struct AuditFilter: Sendable {
  /// By that worker.
  public var worker: Identifier?
  /// Concerning one of those places: what somebody who may read the log of an area may see.
  public var places: Set<Identifier>?
  /// With one of those actions.
  public var actions: Set<AuditCode>?
  /// That ended so.
  public var outcome: AuditOutcome?
  /// From the first moment on and before the second.
  public var moments: Range<Instant>?

  /// Every entry.
  public init() {}

  /// Entries of the days from one through another.
  ///
  /// - Parameter hours: the zone whose days are meant.
  public mutating func limit(
    to days: ClosedRange<CivilDate>, hoursEastOfGreenwich hours: Int
  ) {
    func start(_ day: Int32) -> Instant {
      Instant(milliseconds: (Int64(day) * 24 - Int64(hours)) * 3_600_000)
    }
    moments = start(days.lowerBound.dayNumber)..<start(days.upperBound.dayNumber + 1)
  }
}

extension AuditFile {
  /// Entries that concern somebody, newest first: who looked at me?
  ///
  /// - Parameters:
  ///   - subject: a person, household or worker.
  ///   - before: ``AuditPage/next`` of the page before.
  ///   - limit: at most so many.
  public func entries(
    about subject: Identifier, before: Int64? = nil, limit: Int = 50
  ) throws(AuditProblem) -> AuditPage {
    try page(
      """
      SELECT entry FROM audit_subject WHERE subject = ? AND entry < ?
      ORDER BY entry DESC LIMIT ?
      """, [subject.data, before ?? .max, limit + 1], limit: limit)
  }

  /// How many entries concern somebody.
  public func count(about subject: Identifier) throws(AuditProblem) -> Int {
    try read { db in
      try Int.fetchOne(
        db, sql: "SELECT COUNT(*) FROM audit_subject WHERE subject = ?",
        arguments: [subject.data]) ?? 0
    }
  }

  /// Entries that a filter lets through, newest first.
  public func entries(
    _ filter: AuditFilter, before: Int64? = nil, limit: Int = 50
  ) throws(AuditProblem) -> AuditPage {
    guard let (conditions, arguments) = filter.condition else {
      return .empty
    }
    return try page(
      """
      SELECT sequence FROM audit_entry WHERE sequence < ?\(conditions)
      ORDER BY sequence DESC LIMIT ?
      """, [before ?? .max] + arguments + [limit + 1], limit: limit)
  }

  /// Hands out the entries that a filter lets through, oldest first, for an export, each with what
  /// its link is computed over where that is asked for; stops where `read` says that it has enough.
  public func forEachEntry(
    _ filter: AuditFilter, _ read: (StoredAuditEntry, () throws -> AuditProof) throws -> Bool
  ) throws {
    guard let (conditions, arguments) = filter.condition else { return }
    try pool.read { db in
      let sequences = try Int64.fetchCursor(
        db,
        sql: "SELECT sequence FROM audit_entry WHERE sequence > 0\(conditions) ORDER BY sequence",
        arguments: arguments)
      while let sequence = try sequences.next() {
        let stored = try AuditFile.stored(sequence, in: db)
        guard try read(stored, { try AuditFile.proof(of: sequence, in: db) }) else { return }
      }
    }
  }

  private static func proof(of sequence: Int64, in db: Database) throws -> AuditProof {
    let statement = try BareStatement(
      "SELECT \(AuditRow.columns) FROM audit_entry WHERE sequence = ?", in: db)
    statement.bind(sequence, at: 1)
    guard let row = try statement.first({ AuditRow($0) }) else {
      throw AuditProblem.unreadableEntry(sequence: sequence)
    }
    let before = try BareStatement("SELECT chain FROM audit_entry WHERE sequence = ?", in: db)
    before.bind(sequence - 1, at: 1)
    // Before the first entry that stays stands what tells of those that were removed.
    let link =
      try before.first { ChainHash(stored: $0.bytes(0)) }
      ?? AuditRemoval.last(in: db).map(\.removed.link) ?? .start
    var writer = AuditLink(row, after: link)
    for subject in try subjects(of: sequence, after: nil, limit: .max, in: db) {
      writer.add(subject)
    }
    return AuditProof(before: link, canonical: writer.canonical)
  }

  /// Whom an entry concerned, in rising order.
  ///
  /// - Parameter after: the last of the page before.
  public func subjects(
    of entry: Int64, after: Identifier? = nil, limit: Int = 1000
  ) throws(AuditProblem) -> [Identifier] {
    try read { db in try AuditFile.subjects(of: entry, after: after, limit: limit, in: db) }
  }

  private func page(
    _ sql: String, _ arguments: StatementArguments, limit: Int
  ) throws(AuditProblem) -> AuditPage {
    precondition(limit > 0, "a page of \(limit) entries")
    return try read { db in
      let sequences = try Int64.fetchAll(db, sql: sql, arguments: arguments)
      let entries = try sequences.prefix(limit).map { try AuditFile.stored($0, in: db) }
      return AuditPage(
        entries: entries, next: sequences.count > limit ? entries.last?.sequence : nil)
    }
  }

  private static func stored(_ sequence: Int64, in db: Database) throws -> StoredAuditEntry {
    let subjects = try subjects(
      of: sequence, after: nil, limit: StoredAuditEntry.shownSubjects, in: db)
    let statement = try BareStatement(
      "SELECT \(AuditRow.columns) FROM audit_entry WHERE sequence = ?", in: db)
    statement.bind(sequence, at: 1)
    let stored = try statement.first { row in
      AuditRow(row).flatMap { raw in
        raw.entry(subjects: subjects).flatMap { entry in
          ChainHash(stored: row.bytes(13)).map { chain in
            StoredAuditEntry(
              sequence: sequence, entry: entry, subjectCount: Int(raw.subjectCount), chain: chain)
          }
        }
      }
    }
    guard let stored else { throw AuditProblem.unreadableEntry(sequence: sequence) }
    return stored
  }

  private static func subjects(
    of entry: Int64, after: Identifier?, limit: Int, in db: Database
  ) throws -> [Identifier] {
    try Data.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT subject FROM audit_subject WHERE entry = ? AND subject > ? ORDER BY subject LIMIT ?
          """), arguments: [entry, after?.data ?? Data(), limit]
    ).map { stored in
      guard let subject = Identifier(stored: stored) else {
        throw AuditProblem.unreadableEntry(sequence: entry)
      }
      return subject
    }
  }
}

extension AuditFilter {
  /// What follows a first condition on the sequence; nothing where no entry can fit.
  fileprivate var condition: (sql: String, arguments: StatementArguments)? {
    var sql = ""
    var arguments = StatementArguments()
    func among(_ count: Int) -> String {
      "(" + Array(repeating: "?", count: count).joined(separator: ", ") + ")"
    }
    if let worker {
      sql += " AND worker = ?"
      arguments += [worker.data]
    }
    if let places {
      if places.isEmpty { return nil }
      sql += " AND place IN \(among(places.count))"
      arguments += StatementArguments(places.map(\.data))
    }
    if let actions {
      if actions.isEmpty { return nil }
      sql += " AND action IN \(among(actions.count))"
      arguments += StatementArguments(actions.map(\.rawValue))
    }
    if let outcome {
      // As a literal, so that the index of what was not allowed is found.
      sql += " AND outcome = \(outcome.rawValue)"
      if outcome != .allowed { sql += " AND outcome <> 1" }
    }
    if let moments {
      let bounds: StatementArguments = [
        moments.lowerBound.milliseconds, moments.upperBound.milliseconds,
      ]
      // The order of writing narrows it; the clock may have been set back, so the moment counts.
      for (sign, bound) in [(">=", "MIN"), ("<=", "MAX")] {
        sql += """
           AND sequence \(sign)
          (SELECT \(bound)(sequence) FROM audit_entry WHERE at >= ? AND at < ?)
          """
        arguments += bounds
      }
      sql += " AND at >= ? AND at < ?"
      arguments += bounds
    }
    return (sql, arguments)
  }
}
