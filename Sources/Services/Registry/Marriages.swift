import GRDB
import Health
import Journal

/// What a person's record tells of a marriage.
public struct Marriage: Sendable {
  /// Husband or wife: the record that stands for all of theirs.
  public let other: Identifier
  /// The day from which they are married; nothing where only its end was told.
  public let since: CivilDate?
  /// How it ended; nothing while it lasts.
  public let end: End?

  /// The end of a marriage.
  public struct End: Sendable {
    /// The facts that tell of it: one, unless it was told of two records that were joined since.
    public let facts: [Identifier]
    /// The day, as it was told last.
    public let on: CivilDate
  }

  /// The marriages that a timeline tells of, with each husband or wife the last one, in the order
  /// in which they were last told of. A record that was joined to another since it was named there
  /// counts as the one that stands for both.
  static func told(by timeline: Timeline, in db: Database) throws -> [Marriage] {
    var marriages: [Marriage] = []
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      for entry in try TimelineReader.standingFacts(of: bytes) where entry.kind == .relation {
        let body = try RelationBody(entry.body)
        guard body.kind == .spouse else { continue }
        let other = try PersonEntry.person(body.other, in: db)?.id ?? body.other
        let known = marriages.first { $0.other == other }
        marriages.removeAll { $0.other == other }
        let ends = (known?.end?.facts ?? []) + [entry.id]
        marriages.append(
          Marriage(
            other: other, since: body.hasEnded ? known?.since : entry.occurredOn,
            end: body.hasEnded ? End(facts: ends, on: entry.occurredOn) : nil))
      }
    }
    return marriages
  }
}

extension District {
  /// The marriages of a person, with each husband or wife the last one, in the order in which they
  /// were last told of.
  public func marriages(of person: PersonEntry) throws -> [Marriage] {
    try journal.pool.read { db in
      try PersonEntry.timeline(person.number, in: db).map { try Marriage.told(by: $0, in: db) }
        ?? []
    }
  }

  /// Those who live and to whom a person is married: by a marriage that has not ended, or because
  /// one of the two was recorded as husband or wife of the other, who heads their family.
  public func livingSpouses(of record: PersonRecord) throws -> [PersonEntry] {
    var spouses = record.spouses
    let person = record.person
    let place: HouseholdRelation? =
      person.relation == .head ? .spouse : person.relation == .spouse ? .head : nil
    if let place, let home = person.household, person.place != nil {
      let ended = Set(try marriages(of: person).filter { $0.end != nil }.map(\.other))
      let members = try journal.pool.read { try PersonEntry.members(of: home, in: $0) }
      spouses += members.compactMap(shown).filter { member in
        member.relation == place && member.place != nil && member.sex != person.sex
          && !ended.contains(member.id) && !spouses.contains { $0.id == member.id }
      }
    }
    return spouses.filter { $0.diedOn == nil }
  }
}
