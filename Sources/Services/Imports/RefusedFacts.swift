import Foundation
import GRDB
import Health
import Journal

/// A fact that was not accepted, kept apart with the reason.
public struct RefusedFact: Hashable, Sendable {
  /// Its number among the refused ones, in order of arrival.
  public let number: Int64
  /// The id it came with.
  public let id: Identifier
  /// Why, as a code that the catalogues explain; see ``Refusal``.
  public let reason: String
  /// The fact as it came; nothing where even that cannot be read.
  public let fact: Fact?
  /// Whom it is about, where that person is known here.
  public let person: PersonEntry?
}

extension District {
  /// A refused fact is mended once a fact with its id was accepted after all. One that came under
  /// the id of another fact stays.
  private static let open =
    "(reason = '\(Refusal.sameIdOtherContent.rawValue)' "
    + "OR NOT EXISTS (SELECT 1 FROM fact WHERE fact.id = refused_fact.id))"

  /// How many refused facts wait to be mended.
  public func refusedFactCount() throws -> Int {
    try journal.pool.read { db in
      try Int.fetchOne(
        db.cachedStatement(sql: "SELECT COUNT(*) FROM refused_fact WHERE \(District.open)")) ?? 0
    }
  }

  /// Refused facts that wait to be mended, the newest first.
  public func refusedFacts(offset: Int = 0, limit: Int = .max) throws -> [RefusedFact] {
    try journal.pool.read { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT number, id, reason, bytes FROM refused_fact WHERE \(District.open)
            ORDER BY number DESC LIMIT ? OFFSET ?
            """), arguments: [limit, offset]
      ).compactMap { row in
        guard let id = Identifier(stored: row[1]) else { return nil }
        let fact = District.fact([UInt8](row[3] as Data))
        let person = try fact.flatMap { try PersonEntry.fetch($0.subject, in: db) }
        // Of somebody hidden not even what was refused is told.
        let isHidden = person.map { shown($0) == nil } ?? false
        return RefusedFact(
          number: row[0], id: id, reason: row[2], fact: isHidden ? nil : fact,
          person: person.flatMap(shown))
      }
    }
  }

  private static func fact(_ bytes: [UInt8]) -> Fact? {
    bytes.withUnsafeBufferPointer { buffer in
      var reader = ByteReader(buffer)
      return try? reader.fact()
    }
  }
}
