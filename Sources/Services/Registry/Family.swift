import GRDB
import Health
import Journal

/// A family's page.
public struct Family: Sendable {
  /// The household.
  public let household: Household
  /// Those who belong to it, the head first; the dead and those who left stand at the end.
  public let members: [PersonEntry]
}

extension District {
  /// The family with that id; nothing where nobody told of it.
  public func family(_ id: Identifier) throws -> Family? {
    try journal.pool.read { db in
      guard let household = try Household.fetch(id, in: db) else { return nil }
      return Family(household: household, members: try PersonEntry.members(of: id, in: db))
    }
  }

  /// The household of a family card, where there is exactly one.
  public func households(withCard number: String) throws -> [Household] {
    try journal.pool.read { db in
      try Household.withFamilyCardNumber(number, in: db).compactMap {
        try Household.fetch($0, in: db)
      }
    }
  }
}
