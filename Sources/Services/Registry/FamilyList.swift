import GRDB
import Health
import Journal
import Programmes

/// A family as lists show it.
public struct FamilyEntry: Hashable, Sendable {
  /// The household.
  public let id: Identifier
  /// The head, or whoever comes first where none is told.
  public let head: PersonEntry
  /// The number of the family card, or empty.
  public let familyCardNumber: String
  /// RT, or empty.
  public let neighbourhood: String
  /// RW, or empty.
  public let communityUnit: String
  /// How to find the house, or empty.
  public let address: String
  /// The place in whose list it stands.
  public let place: Identifier
  /// Those who live.
  public let memberCount: Int
}

extension District {
  /// The families of places in which somebody lives, in no particular order.
  public func families(at places: [Identifier]) throws -> [FamilyEntry] {
    var families: [FamilyEntry] = []
    for place in places {
      let members = try journal.pool.read { try HouseholdMemberEntry.fetch(at: place, in: $0) }
      var first = members.startIndex
      while first < members.endIndex {
        let home = members[first]
        let own = members[first...].prefix { $0.household == home.household }
        first = own.endIndex
        // A home tells where somebody lives who is hidden: then the whole of it is.
        if own.contains(where: { shown($0.person) == nil }) { continue }
        let eldest = Family.eldest(of: own.map(\.person))
        let head =
          own.first { $0.person.id == home.head } ?? own.first { $0.person.relation == .head }
          ?? own.first { $0.person.id == eldest?.id } ?? home
        families.append(
          FamilyEntry(
            id: home.household, head: head.person, familyCardNumber: home.familyCardNumber,
            neighbourhood: home.neighbourhood, communityUnit: home.communityUnit,
            address: home.address, place: place, memberCount: own.count))
      }
    }
    return families
  }

  /// The index of each of these households on a day.
  ///
  /// - Parameter hidden: items that are left out.
  public func familyScores(
    of households: [Identifier], on day: CivilDate, without hidden: Set<FamilyIndexItem>
  ) throws -> [Identifier: FamilyIndexScore] {
    var scores: [Identifier: FamilyIndexScore] = [:]
    scores.reserveCapacity(households.count)
    for start in stride(from: 0, to: households.count, by: 500) {
      try journal.pool.read { db in
        for id in households[start..<min(start + 500, households.count)] {
          let facts = try StandingSubject.fetch(id, in: db)
          let index = try index(of: id, facts, on: day, in: db)
          scores[id] = index.score(without: hidden)
        }
      }
    }
    return scores
  }
}
