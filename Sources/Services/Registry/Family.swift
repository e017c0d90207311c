import GRDB
import Health
import Journal
import Programmes

/// A family's page.
public struct Family: Sendable {
  /// The household.
  public let household: Household
  /// Those who belong to it, the head first; the dead and those who left stand at the end.
  public let members: [PersonEntry]
  /// How many further members are hidden from whoever looks.
  public let hiddenMembers: Int
  /// The family health index on the day that was asked for.
  public let index: FamilyHealthIndex

  /// Those who live there now.
  public var present: [PersonEntry] { members.filter(\.isPresent) }

  /// Who heads the family; nothing where the head has died or left, or none was told.
  public var head: PersonEntry? { household.head(among: members) }
}

extension Family {
  /// Under whose name the family goes: the head, else the eldest who lives there, for a family is
  /// not called by its baby. Nothing where nobody lives there.
  public var namesake: PersonEntry? { head ?? Family.eldest(of: present) }

  /// The eldest; of whom no birth date is known comes after all others.
  public static func eldest(of members: [PersonEntry]) -> PersonEntry? {
    members.min {
      ($0.birthDate?.dayNumber ?? .max, $0.id) < ($1.birthDate?.dayNumber ?? .max, $1.id)
    }
  }
}

extension District {
  /// The family with that id on a day; nothing where nobody told of it.
  public func family(_ id: Identifier, on day: CivilDate) throws -> Family? {
    try journal.pool.read { db in
      let facts = try StandingSubject.fetch(id, in: db)
      guard let household = try Household(id, facts) else { return nil }
      let members = try PersonEntry.members(of: id, in: db)
      let seen = members.compactMap(shown)
      // A home of which nobody is shown is as good as not there.
      if seen.isEmpty, !members.isEmpty { return nil }
      return Family(
        household: household, members: seen, hiddenMembers: members.count - seen.count,
        index: try index(of: id, facts, on: day, in: db))
    }
  }

  func index(
    of id: Identifier, _ facts: StandingSubject, on day: CivilDate, in db: Database
  ) throws -> FamilyHealthIndex {
    let counted = try PersonEntry.members(of: id, in: db).compactMap { member -> FamilyMember? in
      guard let timeline = try PersonEntry.timeline(member.number, in: db) else { return nil }
      return try timeline.bytes.withUnsafeBufferPointer { bytes in
        try FamilyMember(person: member.id, timeline: bytes, household: id, on: day)
      }
    }
    let record = try facts.timeline.bytes.withUnsafeBufferPointer { bytes in
      try HouseholdRecord(facts: bytes)
    }
    return FamilyHealthIndex(
      members: counted, household: record, on: day, settings: edition.programmes.familyIndex)
  }

  /// Of the women or men of a person's family the one whom the record names as mother or father,
  /// where nobody joined the two records; nothing where none or more than one bears the name.
  public func parent(
    named name: String, _ sex: Sex, of person: PersonEntry
  ) throws -> PersonEntry? {
    guard !name.isEmpty, let home = person.household, let born = person.birthDate else {
      return nil
    }
    let key = PersonSummary.key(of: name)
    let members = try journal.pool.read { db in
      try Household.fetch(home, in: db) == nil ? [] : PersonEntry.members(of: home, in: db)
    }
    let fitting = members.compactMap(shown).filter { member in
      member.id != person.id && member.sex == sex && PersonSummary.key(of: member.name) == key
        && (member.birthDate.map { $0 < born } ?? false)
    }
    return fitting.count == 1 ? fitting[0] : nil
  }

  /// What is known of a household itself; nothing where nobody told of it.
  public func household(_ id: Identifier) throws -> Household? {
    try journal.pool.read { try Household.fetch(id, in: $0) }
  }

  /// The households of a family card, of which none has ended.
  public func households(withCard number: String) throws -> [Household] {
    try journal.pool.read { db in
      try Household.withFamilyCardNumber(number, in: db).compactMap {
        try Household.fetch($0, in: db)
      }.filter { $0.body.endedOn == nil }
    }
  }
}
