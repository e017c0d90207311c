import GRDB
import Health
import Journal

/// That somebody left the district.
public struct Departure: Hashable, Sendable {
  /// The day.
  public let on: CivilDate
  /// Where the person lived until then.
  public let from: Identifier?
  /// Where to, as far as it was told.
  public let to: DepartureBody?
}

extension District {
  /// The facts that tell of a person's death and stand: one, unless two told of it apart.
  public func deaths(of person: PersonEntry) throws -> [Fact] {
    try standing(of: person) { $0 == .death }
  }

  /// The last move of a person that stands and can be taken back: a residence or a departure with
  /// an earlier residence under it, which then holds again. Nothing where there is none, and where
  /// since then somebody told another relation to the head of the same home.
  public func lastMove(of person: PersonEntry) throws -> Fact? {
    let homes = try standing(of: person) { $0 == .residence || $0 == .departure }
    guard let last = homes.last, let before = homes.dropLast().last else { return nil }
    guard last.kind == .residence, before.kind == .residence else { return last }
    let (old, new) = (try ResidenceBody(of: before), try ResidenceBody(of: last))
    let isSameFamily = new.household == nil || new.household == old.household
    return new.place == old.place && isSameFamily ? nil : last
  }

  /// The day from which a person lives where they do now, or are away: a move of an earlier day
  /// changes nothing of it. That another relation to the head of the same home was told since is no
  /// move. Nothing where nobody told of a home.
  public func homeKnownSince(_ person: PersonEntry) throws -> CivilDate? {
    try home(of: person).known?.occurredOn
  }

  /// The last residence or departure by which a person came to be where they are, and what was told
  /// since of the same home: another relation to its head.
  private func home(of person: PersonEntry) throws -> (known: Fact?, retold: [Fact]) {
    var homes = try standing(of: person) { $0 == .residence || $0 == .departure }
    var retold: [Fact] = []
    while let last = homes.last, let before = homes.dropLast().last,
      last.kind == .residence, before.kind == .residence
    {
      let (old, new) = (try ResidenceBody(of: before), try ResidenceBody(of: last))
      guard let household = new.household, household == old.household, new.place == old.place
      else { break }
      retold.append(last)
      homes.removeLast()
    }
    return (homes.last, retold)
  }

  /// What goes with a move of a day so that the person does not stay where they were: the relations
  /// to the head of the old home that were told of later days are taken back.
  public func overtaken(
    byMoveOf person: PersonEntry, on day: CivilDate, _ recording: Recording, today: CivilDate
  ) throws -> [Fact] {
    let later = try home(of: person).retold.filter { day < $0.occurredOn }
    return try withdrawals(of: later, by: recording, on: today)
  }

  /// What ``overtaken(byMoveOf:on:_:today:)`` recorded with a move; whoever takes back the move
  /// takes it back too.
  public func overtaken(with move: Fact, of person: PersonEntry) throws -> [Fact] {
    try journal.pool.read { db in
      guard let timeline = try PersonEntry.timeline(person.number, in: db) else { return [] }
      return try timeline.overtaken(with: move, in: db)
    }
  }

  /// What was recorded with a person's move where the whole family moved as one, within the
  /// district or out of it: the other members' moves, and the household's. Empty where the person
  /// moved alone; nothing where something was told of the household since, so that the family can no
  /// longer be brought back as it was.
  ///
  /// - Parameter isInReach: whose moves are taken.
  public func movedTogether(
    with move: Fact, of person: PersonEntry, on day: CivilDate,
    where isInReach: (PersonEntry) -> Bool
  ) throws -> (facts: [Fact], persons: [PersonEntry])? {
    let isDeparture = move.kind == .departure
    let household = isDeparture ? person.household : try ResidenceBody(of: move).household
    guard let household, let family = try family(household, on: day) else { return ([], []) }
    func isOneAct(_ fact: Fact) -> Bool {
      fact.recordedAt == move.recordedAt && fact.recorder == move.recorder
    }
    let home = isDeparture ? [] : try told(of: family.household).filter(isOneAct)
    // Who moved alone into a family did not take it along.
    guard isDeparture || home.contains(where: { $0.kind == .household }) else {
      return try wasTold(family.household, at: move.recordedAt) ? nil : ([], [])
    }
    var facts: [Fact] = []
    var persons: [PersonEntry] = []
    for member in family.members where member.id != person.id && isInReach(member) {
      guard let other = try lastMove(of: member), other.kind == move.kind, isOneAct(other) else {
        continue
      }
      facts.append(other)
      persons.append(member)
    }
    // A household that was founded with the move stays where others belong to it by now.
    let gone = Set(persons.map(\.id) + [person.id])
    let isHomeOfOthers =
      family.hiddenMembers > 0 || family.members.contains { !gone.contains($0.id) }
    if isHomeOfOthers, try isToldOnce(family.household) { return (facts, persons) }
    return (facts + home, persons)
  }

  /// Whether something was told of a household, and stands, in the moment of a move.
  private func wasTold(_ household: Household, at moment: Instant) throws -> Bool {
    var found = false
    let facts = try journal.pool.read { try StandingSubject.fetch(household.id, in: $0) }
    try facts.forEach { if $0.kind == .household, $0.recordedAt == moment { found = true } }
    return found
  }

  /// Whether one fact alone tells of a household: without it there would be none.
  private func isToldOnce(_ household: Household) throws -> Bool {
    var count = 0
    let facts = try journal.pool.read { try StandingSubject.fetch(household.id, in: $0) }
    try facts.forEach { if $0.kind == .household { count += 1 } }
    return count == 1
  }

  /// The facts by which a household is where and as it is.
  private func told(of household: Household) throws -> [Fact] {
    try journal.pool.read { db in
      try [household.fact, household.dwellingFact].compactMap(\.self)
        .compactMap { try FactRow.fetch($0, in: db) }
    }
  }

  /// That a person left the district; nothing where the person lives here, or nobody told where.
  public func departure(of person: PersonEntry) throws -> Departure? {
    guard person.place == nil else { return nil }
    let summary = try journal.pool.read { db in
      try PersonEntry.timeline(person.number, in: db).map { try PersonSummary(timeline: $0) }
    }
    return summary.flatMap { summary in
      summary.departedOn.map { Departure(on: $0, from: summary.lastPlace, to: summary.departedTo) }
    }
  }

  /// What takes facts back for good: withdrawals of them and of what they had corrected, which
  /// would otherwise hold again.
  ///
  /// - Parameter reason: why, where somebody was asked.
  public func withdrawals(
    of facts: [Fact], for reason: WithdrawalReason? = nil, by recording: Recording,
    on day: CivilDate
  ) throws -> [Fact] {
    var withdrawn: [Fact] = []
    for fact in facts {
      var next: Fact? = fact
      while let known = next, !withdrawn.contains(where: { $0.replaces == known.id }) {
        withdrawn.append(
          recording.fact(
            .withdrawal, of: known.subject, on: day, replacing: known.id,
            WithdrawalBody(reason: reason).bytes))
        // What a withdrawal had taken back is to hold again.
        guard known.kind != .withdrawal else { break }
        next = try known.replaces.flatMap { id in
          try journal.pool.read { try FactRow.fetch(id, in: $0) }
        }
      }
    }
    return withdrawn
  }

  /// What takes back a fact for good, with what it had corrected; nothing where nobody has that id.
  public func withdrawals(
    ofChain fact: Identifier, for reason: WithdrawalReason? = nil, by recording: Recording,
    on day: CivilDate
  ) throws -> [Fact] {
    let known = try journal.pool.read { try FactRow.fetch(fact, in: $0) }
    return try withdrawals(of: known.map { [$0] } ?? [], for: reason, by: recording, on: day)
  }

  /// Whether a pregnancy of a person was ever recorded, and stands.
  public func hasPregnancy(_ person: PersonEntry) throws -> Bool {
    try !standing(of: person) { $0 == .pregnancy || $0 == .pregnancyEnd }.isEmpty
  }

  /// The standing facts of some kinds about a person, in the order in which they happened.
  func standing(
    of person: PersonEntry, where isWanted: (FactKind) -> Bool
  ) throws -> [Fact] {
    try journal.pool.read { db in
      guard let timeline = try PersonEntry.timeline(person.number, in: db) else { return [] }
      let ids = try timeline.bytes.withUnsafeBufferPointer { bytes in
        try TimelineReader.standingFacts(of: bytes).filter { isWanted($0.kind) }.map(\.id)
      }
      return try ids.compactMap { try FactRow.fetch($0, in: db) }
    }
  }
}

extension Timeline {
  /// The withdrawals of residences and departures that were recorded in one act with a move or a
  /// merge.
  func overtaken(with move: Fact, in db: Database) throws -> [Fact] {
    var ids: [Identifier] = []
    var homes: Set<Identifier> = []
    try bytes.withUnsafeBufferPointer { bytes in
      var withdrawals: [TimelineEntry] = []
      var reader = try TimelineReader(bytes)
      while let entry = try reader.next() {
        if entry.kind == .residence || entry.kind == .departure { homes.insert(entry.id) }
        if entry.kind == .withdrawal, entry.recordedAt == move.recordedAt {
          withdrawals.append(entry)
        }
      }
      ids = withdrawals.filter { $0.replaces.map(homes.contains) ?? false }.map(\.id)
    }
    return try ids.compactMap { try FactRow.fetch($0, in: db) }
      .filter { $0.recorder == move.recorder }
  }
}

extension ResidenceBody {
  /// What a residence says.
  init(of fact: Fact) throws {
    self = try fact.body.withUnsafeBufferPointer { try ResidenceBody($0) }
  }
}
