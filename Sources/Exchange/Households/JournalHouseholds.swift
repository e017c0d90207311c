import GRDB
import Health
import Journal

/// Persons and households of a journal, as a list of households is compared with them. To be used
/// while its database is read, and not beyond.
struct JournalHouseholds: KnownHouseholds {
  let db: Database?
  let reach: ListReach

  func persons(withNationalIdentityNumber number: String) throws -> [KnownPerson] {
    guard let db else { return [] }
    return try PersonEntry.withNationalIdentityNumber(number, in: db)
      .map { try known($0, in: db) }
  }

  func persons(named key: String, born day: CivilDate) throws -> [KnownPerson] {
    guard let db else { return [] }
    return try PersonEntry.named(key, born: day, in: db)
      .map { try known($0, in: db) }
  }

  func members(of household: Identifier, born day: CivilDate) throws -> [KnownPerson] {
    guard let db else { return [] }
    return try PersonEntry.members(of: household, in: db).filter { $0.birthDate == day }
      .map { try known($0, in: db) }
  }

  func households(_ key: HouseholdRow.Key) throws -> [KnownHousehold] {
    guard let db else { return [] }
    let found =
      switch key {
      case .familyCard(let number): try Household.withFamilyCardNumber(number, in: db)
      case .local(let number): try Household.withLocalIdentifier(number, in: db)
      }
    return try found.compactMap { id in
      guard let household = try Household.fetch(id, in: db) else { return nil }
      return KnownHousehold(
        id: id, household: household.body,
        head: try household.head(among: PersonEntry.members(of: id, in: db))?.id,
        dwelling: household.dwelling?.body,
        fact: household.fact, dwellingFact: household.dwellingFact)
    }
  }

  private func known(_ entry: PersonEntry, in db: Database) throws -> KnownPerson {
    guard let timeline = try PersonEntry.timeline(entry.number, in: db) else {
      return KnownPerson(id: entry.id, person: PersonBody(), isHidden: reach.hides(entry))
    }
    let summary = try PersonSummary(timeline: timeline)
    let kinds: Set<FactKind> = [
      .person, .residence, .insurance, .death, .departure, .merge,
    ]
    let facts = try timeline.bytes.withUnsafeBufferPointer { bytes in
      try TimelineReader.standingFacts(of: bytes).filter { kinds.contains($0.kind) }.map(\.id)
    }
    let hasHome = summary.place != nil || summary.household != nil
    return KnownPerson(
      id: entry.id, person: summary.person,
      residence: hasHome
        ? ResidenceBody(
          place: summary.place, household: summary.household, relation: summary.relation) : nil,
      insurance: summary.insurance, isDead: summary.diedOn != nil, facts: facts,
      isHidden: reach.hides(entry))
  }
}
