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

/// Which refused facts are asked for, and in which order.
public struct RefusedFactChoice: Hashable, Sendable {
  /// In which order they come.
  public enum Order: String, CaseIterable, Sendable {
    /// The last that came first.
    case newest
    /// The first that came first.
    case oldest
    /// Those of one reason together, the newest first.
    case reason

    fileprivate var columns: String {
      switch self {
      case .newest: "number DESC"
      case .oldest: "number"
      case .reason: "reason, number DESC"
      }
    }
  }

  /// Only those that were refused for this; nothing for all.
  public var reason: String?
  /// The order.
  public var order: Order

  /// All, the newest first, where nothing else is said.
  public init(reason: String? = nil, order: Order = .newest) {
    self.reason = reason
    self.order = order
  }
}

extension District {
  /// A refused fact is mended once a fact with its id was accepted after all. One that came under
  /// the id of another fact stays.
  private static let open =
    "(reason = '\(Refusal.sameIdOtherContent.rawValue)' "
    + "OR NOT EXISTS (SELECT 1 FROM fact WHERE fact.id = refused_fact.id))"

  /// How many refused facts wait to be mended.
  ///
  /// - Parameter reason: why they were refused; nothing for all.
  public func refusedFactCount(reason: String? = nil) throws -> Int {
    try journal.pool.read { db in
      try Int.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT COUNT(*) FROM refused_fact
            WHERE \(District.open) AND (:reason IS NULL OR reason = :reason)
            """), arguments: ["reason": reason]) ?? 0
    }
  }

  /// Why facts were refused that wait to be mended, each reason once.
  public func refusedFactReasons() throws -> [String] {
    try journal.pool.read { db in
      try String.fetchAll(
        db.cachedStatement(
          sql: "SELECT DISTINCT reason FROM refused_fact WHERE \(District.open) ORDER BY reason"))
    }
  }

  /// Refused facts that wait to be mended.
  public func refusedFacts(
    _ choice: RefusedFactChoice = RefusedFactChoice(), offset: Int = 0, limit: Int = .max
  ) throws -> [RefusedFact] {
    try journal.pool.read { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT number, id, reason, bytes FROM refused_fact
            WHERE \(District.open) AND (:reason IS NULL OR reason = :reason)
            ORDER BY \(choice.order.columns) LIMIT :limit OFFSET :offset
            """), arguments: ["reason": choice.reason, "limit": limit, "offset": offset]
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
