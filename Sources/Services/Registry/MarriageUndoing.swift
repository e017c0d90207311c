import GRDB
import Health
import Journal

/// A marriage that was recorded by mistake and is taken back.
public struct UndoneMarriage: Sendable {
  /// What became of each fact.
  public let results: [Acceptance]
  /// Whether one of the two has moved since, or the move was corrected: then that home stays.
  public let keepsHome: Bool
  /// Whether the household that was made for the two stays, for others belong to it by now or more
  /// was told of it.
  public let keepsHousehold: Bool
}

extension District {
  /// Takes back a marriage with the moves and the household recorded in the same act. What was
  /// built on them since stays, and the answer says so.
  ///
  /// - Throws: ``ChangedMeanwhile`` where no marriage of the two stands any more; then nothing is
  ///   written.
  public func undoMarriage(
    of person: PersonEntry, with other: PersonEntry, _ recording: Recording
  ) async throws -> UndoneMarriage {
    let today = recording.at.day(hoursEastOfGreenwich: hoursEastOfGreenwich)
    let kept = Carried<MarriageUndoing>()
    let results = try await record(at: recording.at) { db in
      let undoing = try MarriageUndoing(person, other, in: db)
      guard !undoing.withdrawn.isEmpty else { throw ChangedMeanwhile() }
      kept.value = undoing
      return undoing.withdrawn.map {
        recording.fact(.withdrawal, of: $0.subject, on: today, replacing: $0.id)
      }
    }
    return UndoneMarriage(
      results: results, keepsHome: kept.value?.keepsHome ?? false,
      keepsHousehold: kept.value?.keepsHousehold ?? false)
  }
}

/// Which facts a marriage is taken back with.
private struct MarriageUndoing: Sendable {
  private(set) var withdrawn: [Fact] = []
  private(set) var keepsHome = false
  private(set) var keepsHousehold = false
  /// Households in which one of the two lives by a later fact.
  private var stays: Set<Identifier> = []

  init(_ person: PersonEntry, _ other: PersonEntry, in db: Database) throws {
    var homes: [Home] = []
    for (person, other) in [(person, other), (other, person)] {
      let marriages = try MarriageUndoing.marriages(of: person, with: other.id, in: db)
      withdrawn += marriages
      homes += try takeBackMoves(of: person, recordedWith: marriages, in: db)
    }
    for home in homes {
      try takeBack(
        home.household, madeWith: home.act, for: [person.number, other.number], in: db)
    }
  }

  /// A household into which somebody moved in the act of a marriage.
  private struct Home {
    let household: Identifier
    let act: Fact
  }

  /// The facts by which the two are married: one, unless it was told of two records that were
  /// joined since.
  private static func marriages(
    of person: PersonEntry, with other: Identifier, in db: Database
  ) throws -> [Fact] {
    let same = try SamePersons.fetch(in: db).records(of: other)
    guard let timeline = try PersonEntry.timeline(person.number, in: db) else { return [] }
    let ids = try timeline.bytes.withUnsafeBufferPointer { bytes in
      try TimelineReader.standingFacts(of: bytes).reduce(into: [Identifier]()) { ids, entry in
        guard entry.kind == .relation else { return }
        let body = try RelationBody(entry.body)
        guard body.kind == .spouse, body.other == other || same.contains(body.other) else { return }
        // An earlier marriage of the two, that ended, stays.
        ids = body.hasEnded ? [] : ids + [entry.id]
      }
    }
    return try ids.compactMap { try FactRow.fetch($0, in: db) }
  }

  /// Takes back by what the person moved in the acts of the marriage.
  private mutating func takeBackMoves(
    of person: PersonEntry, recordedWith acts: [Fact], in db: Database
  ) throws -> [Home] {
    guard let timeline = try PersonEntry.timeline(person.number, in: db) else { return [] }
    var moves: [(id: Identifier, act: Fact)] = []
    var standing: [Identifier] = []
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      var reader = try TimelineReader(bytes)
      while let entry = try reader.next() {
        guard entry.kind == .residence,
          let act = acts.first(where: { $0.recordedAt == entry.recordedAt }),
          try ResidenceBody(entry.body).reason == .marriage
        else { continue }
        moves.append((entry.id, act))
      }
      standing = try TimelineReader.standingFacts(of: bytes)
        .filter { $0.kind == .residence || $0.kind == .departure }.map(\.id)
    }
    var homes: [Home] = []
    var taken: Set<Identifier> = []
    for (id, act) in moves {
      guard let move = try FactRow.fetch(id, in: db), move.recorder == act.recorder else {
        continue
      }
      taken.insert(id)
      if standing.contains(id) {
        let facts = try [move] + timeline.overtaken(with: move, in: db)
        withdrawn += facts.filter { fact in !withdrawn.contains { $0.id == fact.id } }
      }
      let body = try move.body.withUnsafeBufferPointer { try ResidenceBody($0) }
      if let household = body.household { homes.append(Home(household: household, act: act)) }
    }
    if !taken.isEmpty, let last = standing.last, !taken.contains(last) {
      keepsHome = true
      stays.formUnion(try MarriageUndoing.household(of: last, in: db))
    }
    return homes
  }

  /// The household into which a residence leads, where it names one.
  private static func household(
    of residence: Identifier, in db: Database
  ) throws -> Set<Identifier> {
    guard let fact = try FactRow.fetch(residence, in: db), fact.kind == .residence else {
      return []
    }
    let body = try fact.body.withUnsafeBufferPointer { try ResidenceBody($0) }
    return Set([body.household].compactMap(\.self))
  }

  /// Takes back a household that was made in the act of the marriage, unless it became somebody
  /// else's home too, or more was told of it.
  private mutating func takeBack(
    _ household: Identifier, madeWith act: Fact, for couple: Set<Int64>, in db: Database
  ) throws {
    var told: [Identifier] = []
    try StandingSubject.fetch(household, in: db).forEach { told.append($0.id) }
    let facts = try told.compactMap { try FactRow.fetch($0, in: db) }
    let made = facts.filter {
      $0.kind == .household && $0.recordedAt == act.recordedAt && $0.recorder == act.recorder
    }
    guard !made.isEmpty else { return }
    let others = try PersonEntry.members(of: household, in: db)
      .contains { !couple.contains($0.number) }
    if others || facts.count > made.count || stays.contains(household) {
      keepsHousehold = true
    } else {
      withdrawn += made.filter { fact in !withdrawn.contains { $0.id == fact.id } }
    }
  }
}
