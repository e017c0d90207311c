import Foundation
import GRDB
import Health
import Journal

extension Access {
  /// Opens something beyond a role, where the rules allow it. Of areas one is open at a time: a new
  /// one closes the one before.
  ///
  /// Deciding and writing are one transaction, so that two requests at the same moment do not slip
  /// past the limit together.
  ///
  /// - Parameter logging: writes it to the log, once it is decided and before it is final: where
  ///   that throws nothing is opened. The log may so tell of an opening that a power cut prevented,
  ///   never the other way round.
  /// - Throws: ``OpeningRefusal``.
  public func open(
    _ request: OpeningRequest, _ rules: OpeningRules,
    logging: @escaping @Sendable (Opening) throws -> Void
  ) async throws -> Opening {
    let id = Identifier.fresh(at: request.at)
    return try await pool.write { db in
      let earlier = try OpeningRow.fetch(
        db, "worker = ? AND opened_at > ?",
        [request.worker.data, request.at.milliseconds - 2 * 86_400_000])
      let opening = try rules.decide(request, earlier: earlier, id: id)
      if opening.area != nil {
        try db.execute(
          sql: """
            UPDATE opening SET closed_at = ?
            WHERE worker = ? AND area IS NOT NULL AND closed_at IS NULL AND until > ?
            """,
          arguments: [request.at.milliseconds, request.worker.data, request.at.milliseconds])
      }
      try OpeningRow.insert(opening, db)
      try logging(opening)
      return opening
    }
  }

  /// What a worker has open at a moment, the one opened first in front.
  public func openings(of worker: Identifier, openAt at: Instant) throws -> [Opening] {
    try pool.read { db in
      try OpeningRow.fetch(
        db, "worker = ? AND until > ? AND closed_at IS NULL", [worker.data, at.milliseconds])
    }.filter { $0.isOpen(at: at) }
  }

  /// The last that a worker opened, the newest first.
  public func lastOpenings(of worker: Identifier, limit: Int = 20) throws -> [Opening] {
    try pool.read { db in try OpeningRow.fetch(db, "worker = ?", [worker.data]) }
      .suffix(limit).reversed()
  }

  /// Every opening of these records, the newest first.
  public func openings(ofPersons persons: [Identifier]) throws -> [Opening] {
    try pool.read { db in
      try persons.flatMap { try OpeningRow.fetch(db, "person = ?", [$0.data]) }
    }.sorted { ($1.openedAt, $1.id) < ($0.openedAt, $0.id) }
  }

  /// Emergency openings that nobody has reviewed, or that are still to be followed up, the oldest
  /// first.
  public func openingsToReview() throws -> [Opening] {
    try pool.read { db in
      try OpeningRow.fetch(
        db, "person IS NOT NULL AND (reviewed_at IS NULL OR outcome = ?)",
        [Int64(OpeningOutcome.followUp.rawValue)])
    }
  }

  /// An opening; nothing where there is none with that id.
  public func opening(_ id: Identifier) throws -> Opening? {
    try pool.read { db in try OpeningRow.fetch(db, "id = ?", [id.data]).first }
  }

  /// Closes what a worker opened, before its time.
  ///
  /// - Parameter logging: writes it to the log; where that throws it stays open.
  /// - Returns: whether it was theirs and open.
  public func close(
    opening id: Identifier, of worker: Identifier, at: Instant,
    logging: @escaping @Sendable () throws -> Void
  ) async throws -> Bool {
    try await pool.write { db in
      try db.execute(
        sql: """
          UPDATE opening SET closed_at = ?
          WHERE id = ? AND worker = ? AND closed_at IS NULL AND until > ?
          """, arguments: [at.milliseconds, id.data, worker.data, at.milliseconds])
      guard db.changesCount > 0 else { return false }
      try logging()
      return true
    }
  }

  /// Writes down what the review of an emergency opening found. The first review stands, save one
  /// that leaves something to be followed up: the next one closes it, and its words follow those of
  /// the one before.
  ///
  /// - Parameter logging: writes it to the log; where that throws the review is not kept.
  /// - Returns: whether it was the first, or the one before left something to be followed up.
  public func review(
    opening id: Identifier, _ review: Opening.Review,
    logging: @escaping @Sendable () throws -> Void
  ) async throws -> Bool {
    try await pool.write { db in
      try db.execute(
        sql: """
          UPDATE opening SET reviewed_by = ?, reviewed_at = ?, outcome = ?,
            review_words = coalesce(nullif(review_words, '') || ' · ', '') || ?
          WHERE id = ? AND person IS NOT NULL AND (reviewed_at IS NULL OR outcome = ?)
          """,
        arguments: [
          review.by.data, review.at.milliseconds, Int64(review.outcome.rawValue), review.words,
          id.data, Int64(OpeningOutcome.followUp.rawValue),
        ])
      guard db.changesCount > 0 else { return false }
      try logging()
      return true
    }
  }

  /// Empties the words of openings and reviews of these records, whose person was erased: they may
  /// name the person. Who opened when, and why by the list, stays.
  public func forgetWords(ofOpeningsOf persons: [Identifier]) async throws {
    try await pool.write { db in
      for person in persons {
        try db.execute(
          sql: """
            UPDATE opening SET words = '', review_words = CASE
              WHEN review_words IS NULL THEN NULL ELSE '' END
            WHERE person = ?
            """, arguments: [person.data])
      }
    }
    // What the log of SQLite held of them goes, too; while somebody reads it goes at closing.
    try? await pool.writeWithoutTransaction { db in
      _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  /// Counts a look-up by exact identifier before it is made, so that numbers cannot be guessed.
  ///
  /// - Throws: ``AccessRefusal/wait(seconds:)``.
  public func countLookUp(by worker: Identifier, at: Instant) async throws {
    try await reserve([.lookUp(worker)], at: at)
  }

  /// Takes a counted look-up back that found somebody.
  public func lookUpSucceeded(by worker: Identifier) async throws {
    try await pool.write { db in try Access.release([.lookUp(worker)], db) }
  }
}

/// Openings in and out of their table.
private enum OpeningRow {
  static func fetch(
    _ db: Database, _ condition: String, _ arguments: StatementArguments
  ) throws -> [Opening] {
    try Row.fetchAll(
      db, sql: "SELECT * FROM opening WHERE \(condition) ORDER BY opened_at, id",
      arguments: arguments
    ).map(opening)
  }

  private static func identifier(_ row: Row, _ column: String) -> Identifier? {
    (row[column] as Data?).flatMap { Identifier(stored: $0) }
  }

  private static func opening(_ row: Row) throws -> Opening {
    func code(_ column: String) -> UInt8? { (row[column] as Int64?).flatMap(UInt8.init(exactly:)) }
    let target: OpeningTarget? =
      if let person = identifier(row, "person") {
        .person(person, home: identifier(row, "home"))
      } else { identifier(row, "area").map { .area($0) } }
    guard let target, let reason = code("reason").flatMap(OpeningReason.init(rawValue:)) else {
      throw AccessProblem.damagedRow(table: "opening")
    }
    var review: Opening.Review?
    if let by = identifier(row, "reviewed_by"), let at = row["reviewed_at"] as Int64?,
      let outcome = code("outcome").flatMap(OpeningOutcome.init(rawValue:))
    {
      review = Opening.Review(
        by: by, at: Instant(milliseconds: at), outcome: outcome, words: row["review_words"] ?? "")
    }
    return Opening(
      id: try row.identifier("id", of: "opening"),
      worker: try row.identifier("worker", of: "opening"), target: target, reason: reason,
      words: row["words"], openedAt: Instant(milliseconds: row["opened_at"]),
      until: Instant(milliseconds: row["until"]),
      closedAt: (row["closed_at"] as Int64?).map { Instant(milliseconds: $0) }, review: review)
  }

  static func insert(_ opening: Opening, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO opening (id, worker, person, home, area, reason, words, opened_at, until)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        opening.id.data, opening.worker.data, opening.person?.data, opening.home?.data,
        opening.area?.data, Int64(opening.reason.rawValue), opening.words,
        opening.openedAt.milliseconds, opening.until.milliseconds,
      ])
  }
}
