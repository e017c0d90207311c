import GRDB
import Health
import Journal

/// Where a record's person lives, with whom and as what, as one of two records that are to be one
/// tells it: of two such homes one holds from then on.
public struct MergedHome: Sendable {
  /// The record that tells it.
  public let record: Identifier
  /// The family.
  public let household: Identifier
  /// How the person stands to its head.
  public let relation: HouseholdRelation?
  /// The Posyandu or village.
  public let place: Identifier?
  /// Whether others live there.
  public let hasOthers: Bool
  /// Whether nobody else belongs to it: it ends with whoever leaves it.
  let isAlone: Bool
  /// Whether its family card is known.
  let hasCard: Bool
  /// The day from which the record tells of that family.
  let since: CivilDate
  /// The residences and departures by which the other record would take the person out of it.
  let overtaken: [Identifier]
}

extension District {
  /// The homes between which is to be chosen where two records become one, the one first that
  /// stands unless somebody chooses: a family of others before one of nobody else, one with a
  /// family card before one without, the one known longer before the other. Only one where both
  /// records tell the same, or only one tells of a family; none where neither does, or the person
  /// died or left.
  public func homes(
    of one: PersonEntry, joinedWith other: PersonEntry
  ) throws -> [MergedHome] {
    try journal.pool.read { db in
      guard let own = try PersonEntry.timeline(one.number, in: db),
        let theirs = try PersonEntry.timeline(other.number, in: db)
      else { return [] }
      let joined = try Timeline.union([own, theirs])
      let order = try joined.homes()
      let both = [one.id, other.id]
      let sides = [(one, own), (other, theirs)]
      let homes = try sides.compactMap { person, timeline in
        try MergedHome(person, timeline, in: order, of: both, db)
      }
      let summary = try PersonSummary(timeline: joined)
      guard !summary.isGone, let first = homes.first else { return [] }
      guard homes.count == 2, sides.allSatisfy({ $0.0.isPresent }) else {
        return Array(
          homes.filter {
            $0.household == summary.household && $0.relation == summary.relation
          }.prefix(1))
      }
      if first.isSame(as: homes[1]) { return [first] }
      return homes.sorted { $0.rank < $1.rank }
    }
  }

  /// The facts by which one of the homes holds where two records become one: what the other record
  /// tells of later days is taken back, and a family of which nobody is left ends.
  public func settling(
    _ home: MergedHome, of homes: [MergedHome], _ recording: Recording, today: CivilDate
  ) throws -> [Fact] {
    let overtaken = try journal.pool.read { db in
      try home.overtaken.compactMap { try FactRow.fetch($0, in: db) }
    }
    let ended = homes.filter { $0.household != home.household && $0.isAlone }
    let ends = try ended.compactMap { left -> Fact? in
      guard var body = try household(left.household)?.body, body.endedOn == nil else { return nil }
      body.endedOn = today
      return recording.fact(
        .household, of: left.household, on: today, at: body.place ?? left.place, body.bytes)
    }
    // Of one home there was nothing to choose.
    guard homes.count > 1 else { return [] }
    return try withdrawals(of: overtaken, by: recording, on: today) + ends
  }

  /// What takes back a merge, with what was settled about the homes in the same act.
  public func parting(
    _ merge: Identifier, of person: PersonEntry, _ recording: Recording, today: CivilDate
  ) throws -> [Fact] {
    let known = try journal.pool.read { db -> (merge: Fact, settled: [Fact])? in
      guard let merge = try FactRow.fetch(merge, in: db),
        let timeline = try PersonEntry.timeline(person.number, in: db)
      else { return nil }
      let ends = try timeline.households().flatMap { household in
        var ids: [Identifier] = []
        try StandingSubject.fetch(household, in: db).forEach { entry in
          if entry.kind == .household, entry.recordedAt == merge.recordedAt,
            try HouseholdBody(entry.body).endedOn != nil
          {
            ids.append(entry.id)
          }
        }
        return try ids.compactMap { try FactRow.fetch($0, in: db) }
          .filter { $0.recorder == merge.recorder }
      }
      return (merge, try timeline.overtaken(with: merge, in: db) + ends)
    }
    guard let known else { return [] }
    return try withdrawals(of: [known.merge] + known.settled, by: recording, on: today)
  }
}

extension MergedHome {
  /// What one record tells; nothing where it tells of no family.
  ///
  /// - Parameter order: what both records tell of homes, in order.
  fileprivate init?(
    _ person: PersonEntry, _ timeline: Timeline, in order: [ToldHome],
    of both: [Identifier], _ db: Database
  ) throws {
    let own = Set(try timeline.homes().map(\.id))
    guard let household = person.household,
      let last = order.lastIndex(where: { own.contains($0.id) && $0.household != nil })
    else { return nil }
    let others = try PersonEntry.members(of: household, in: db).filter { !both.contains($0.id) }
    record = person.id
    self.household = household
    relation = person.relation
    place = person.place
    hasOthers = others.contains(where: \.isPresent)
    isAlone = others.isEmpty
    hasCard = !(try Household.familyCardNumber(of: household, in: db) ?? "").isEmpty
    since =
      order.first { own.contains($0.id) && $0.household == household }?.since ?? order[last].since
    overtaken = order[(last + 1)...].filter { !own.contains($0.id) }.map(\.id)
  }

  fileprivate func isSame(as other: MergedHome) -> Bool {
    household == other.household && relation == other.relation && place == other.place
  }

  /// What is smaller stands before.
  fileprivate var rank: (Int, Int, Int32, Identifier) {
    (hasOthers ? 0 : 1, hasCard ? 0 : 1, since.dayNumber, record)
  }
}

/// A residence or departure that stands.
private struct ToldHome {
  let id: Identifier
  let since: CivilDate
  /// The family, where one is told of.
  let household: Identifier?
}

extension Timeline {
  /// The residences and departures that stand, in order.
  fileprivate func homes() throws -> [ToldHome] {
    try bytes.withUnsafeBufferPointer { bytes in
      try TimelineReader.standingFacts(of: bytes).compactMap { entry in
        switch entry.kind {
        case .residence:
          let household = try ResidenceBody(entry.body).household
          return ToldHome(id: entry.id, since: entry.occurredOn, household: household)
        case .departure: return ToldHome(id: entry.id, since: entry.occurredOn, household: nil)
        default: return nil
        }
      }
    }
  }

  /// Every household of which a residence tells, or told.
  fileprivate func households() throws -> Set<Identifier> {
    try bytes.withUnsafeBufferPointer { bytes in
      var reader = try TimelineReader(bytes)
      var found: Set<Identifier> = []
      while let entry = try reader.next() {
        guard entry.kind == .residence else { continue }
        if let household = try ResidenceBody(entry.body).household { found.insert(household) }
      }
      return found
    }
  }
}
