import Foundation
import GRDB
import Health
import Journal

/// By what those who live in a place that is no more are told apart, to be moved in parts.
public enum ResidentDivision: String, CaseIterable, Sendable {
  /// By the place: the village itself, and each of its Posyandu.
  case place
  /// By RW and RT, as the records of the households have them.
  case unit
}

/// A part of those who live in a place that is no more.
public enum ResidentPart: Hashable, Sendable {
  /// Those of a place.
  case place(Identifier)
  /// Those of an RW and RT; both empty for those of whom neither is told.
  case unit(communityUnit: String, neighbourhood: String)
}

/// Where a part goes.
public enum ResidentTarget: Hashable, Sendable {
  /// The people move to a place.
  case place(Identifier)
  /// Their Posyandu goes to another village, and they stay with it.
  case along(Identifier)
}

/// How many a part or a whole are.
public struct ResidentCount: Hashable, Sendable {
  /// Families of whom somebody lives there.
  public var households = 0
  /// Persons.
  public var persons = 0

  /// So many.
  public init(households: Int = 0, persons: Int = 0) {
    self.households = households
    self.persons = persons
  }
}

/// Why nobody is moved.
public enum ResidentMoveProblem: Error, Hashable, Sendable {
  /// The place is no village and no Posyandu, or it has not ended: its people move one by one.
  case notEnded
  /// No part has a place to go to, or nobody lives there any more.
  case nobody
  /// A place to go to that is not there, has ended, or is no village and no Posyandu.
  case unfitTarget
  /// Only a Posyandu that is still there goes along with its people.
  case noPosyandu
  /// The day is before the place's last one, which is told.
  case dayTooEarly(CivilDate)
  /// The day has not come.
  case dayInFuture
  /// Others changed the same people: what would be done now differs from what was looked at.
  case changedMeanwhile
  /// The journal refused a fact.
  case refused(Refusal)
}

/// Those who live in a place that is no more, and in what is part of it, in parts.
public struct Residents: Sendable {
  /// The place that ended.
  public let place: Place
  /// By what the parts are told apart.
  public let division: ResidentDivision
  /// The parts with somebody in them, in the order of lists.
  public let parts: [ResidentPart]
  let tree: PlaceTree
  let living: [Resident]
  /// The last fact that this was read from.
  let lastSequence: Int64

  /// Somebody living.
  struct Resident: Sendable {
    let person: PersonEntry
    let part: ResidentPart
  }

  /// How many there are of some parts.
  public func count(of wanted: some Collection<ResidentPart>) -> ResidentCount {
    let wanted = Set(wanted)
    let own = living.filter { wanted.contains($0.part) }
    return ResidentCount(
      households: Set(own.compactMap(\.person.household)).count, persons: own.count)
  }

  /// How many there are in all.
  public var total: ResidentCount { count(of: parts) }

  init(_ id: Identifier, by division: ResidentDivision, in db: Database) throws {
    tree = try PlaceTree.fetch(in: db)
    guard let place = tree.places[id], place.endedOn != nil,
      place.kind == .village || place.kind == .posyandu
    else { throw ResidentMoveProblem.notEnded }
    self.place = place
    self.division = division
    lastSequence = try Int64.fetchOne(db, sql: "SELECT max(sequence) FROM fact") ?? 0
    let statement = try BareStatement(
      """
      SELECT \(PersonEntry.columns), household.community_unit, household.neighbourhood
      FROM person LEFT JOIN household ON household.id = person.household
      WHERE person.place = ? AND person.died_on IS NULL AND person.stands_for IS NULL
      ORDER BY person.number
      """, in: db)
    var living: [Resident] = []
    for below in tree.subtree(of: id) {
      statement.bind(below.id, at: 1)
      try statement.forEach { row in
        guard let person = PersonEntry(row) else { return true }
        let part: ResidentPart =
          division == .place
          ? .place(below.id)
          : .unit(
            communityUnit: Residents.number(row.text(PersonEntry.columnCount)),
            neighbourhood: Residents.number(row.text(PersonEntry.columnCount + 1)))
        living.append(Resident(person: person, part: part))
        return true
      }
    }
    self.living = living
    parts = Residents.sorted(Set(living.map(\.part)), tree)
  }

  /// RT and RW are numbers that people write with or without zeros.
  private static func number(_ text: String) -> String {
    let text = text.trimmingCharacters(in: .whitespaces)
    return Int(text).map(String.init) ?? text
  }

  /// The place itself before its Posyandu, by name; RW and RT by number, unknown ones last.
  private static func sorted(_ parts: Set<ResidentPart>, _ tree: PlaceTree) -> [ResidentPart] {
    func rank(_ text: String) -> Int { Int(text) ?? (text.isEmpty ? .max : .max - 1) }
    func key(_ part: ResidentPart) -> (Int, Int, String) {
      switch part {
      case .place(let id):
        let place = tree.places[id]
        return (place?.kind == .village ? 0 : 1, 0, place?.name ?? "")
      case .unit(let rw, let rt): return (rank(rw), rank(rt), "\(rw) \(rt)")
      }
    }
    return parts.sorted { key($0) < key($1) }
  }
}

/// Moves those who live in a place that is no more to those that took over, all or none.
public struct ResidentMove: Sendable {
  /// From where.
  public let from: Identifier
  /// By what its people are told apart.
  public let division: ResidentDivision
  /// Where each part goes; those that are not named stay.
  public let targets: [ResidentPart: ResidentTarget]
  /// The first day in the new place.
  public let day: CivilDate

  /// A move.
  public init(
    from: Identifier, by division: ResidentDivision, to targets: [ResidentPart: ResidentTarget],
    on day: CivilDate
  ) {
    self.from = from
    self.division = division
    self.targets = targets
    self.day = day
  }

  /// What a move would do.
  public struct Plan: Sendable {
    /// Those who live there, in parts.
    public let residents: Residents
    /// Whom it moves.
    public let count: ResidentCount
    /// How many Posyandu go to another village, with those who live there.
    public let posyandu: Int
  }

  /// Who records it, and as what.
  struct Act {
    let recording: Recording
    let batch: Identifier
  }

  func check(_ residents: Residents, today: CivilDate) throws(ResidentMoveProblem) {
    let ended = residents.place.endedOn ?? .init(dayNumber: 0)
    // On the last day itself people may move: else who ended it today could not empty it today.
    guard day >= ended else { throw .dayTooEarly(ended) }
    guard day <= today else { throw .dayInFuture }
    let gone = Set(residents.tree.subtree(of: from).map(\.id))
    for (part, target) in targets {
      switch target {
      case .place(let id):
        guard let place = residents.tree.places[id], place.endedOn == nil,
          [.village, .posyandu].contains(place.kind), !gone.contains(id)
        else { throw .unfitTarget }
      case .along(let id):
        guard let village = residents.tree.places[id], village.endedOn == nil,
          village.kind == .village, !gone.contains(id)
        else { throw .unfitTarget }
        guard case .place(let own) = part, let posyandu = residents.tree.places[own],
          posyandu.kind == .posyandu, posyandu.endedOn == nil
        else { throw .noPosyandu }
      }
    }
    guard residents.count(of: targets.keys).persons > 0 else { throw .nobody }
  }

  func plan(in db: Database, today: CivilDate) throws -> Plan {
    let residents = try Residents(from, by: division, in: db)
    try check(residents, today: today)
    return Plan(
      residents: residents, count: residents.count(of: targets.keys),
      posyandu: targets.values.count { if case .along = $0 { true } else { false } })
  }

  /// The facts that move people and Posyandu, those of households before those of their members.
  func facts(_ plan: Plan, _ act: Act, today: CivilDate, in db: Database) throws -> [Fact] {
    var facts: [Fact] = []
    for case (.place(let posyandu), .along(let village)) in targets.sorted(by: { order($0, $1) }) {
      let standing = try PlaceStanding(PlaceRows.facts(about: posyandu, in: db))
      guard var body = standing.place else { continue }
      body.partOf = village
      facts.append(
        act.fact(.place, of: posyandu, on: today, at: posyandu, standing.placeFact, body.bytes))
    }
    let gone = Set(plan.residents.tree.subtree(of: from).map(\.id))
    var homes: [Identifier: Identifier] = [:]
    var residences: [Fact] = []
    for resident in plan.residents.living {
      guard case .place(let place)? = targets[resident.part] else { continue }
      // A household goes with its head, or else with whoever of it goes first.
      if let household = resident.person.household,
        homes[household] == nil || resident.person.relation == .head
      {
        homes[household] = place
      }
      residences.append(try residence(of: resident.person, at: place, act, plan, in: db))
    }
    for (id, place) in homes.sorted(by: { $0.key < $1.key }) {
      let known = try StandingSubject.fetch(id, in: db)
      guard var body = try Household(id, known)?.body, body.endedOn == nil,
        body.place.map({ gone.contains($0) }) ?? true
      else { continue }
      var last = day
      try known.forEach { if $0.kind == .household { last = max(last, $0.occurredOn) } }
      body.place = place
      facts.append(act.fact(.household, of: id, on: last, at: place, nil, body.bytes))
    }
    return facts + residences
  }

  /// As they lived before, elsewhere. Who came to live in the place after its end stands there from
  /// that later day.
  private func residence(
    of person: PersonEntry, at place: Identifier, _ act: Act, _ plan: Plan, in db: Database
  ) throws -> Fact {
    var last = day
    var body = ResidenceBody(
      place: nil, household: person.household, relation: person.relation)
    if let timeline = try PersonEntry.timeline(person.number, in: db) {
      try timeline.bytes.withUnsafeBufferPointer { bytes in
        for entry in try TimelineReader.standingFacts(of: bytes) where entry.kind == .residence {
          last = max(last, entry.occurredOn)
          body.isTemporary = try ResidenceBody(entry.body).isTemporary
        }
      }
    }
    body.place = place
    body.reason = .areaChanged
    return act.fact(.residence, of: person.id, on: last, at: place, nil, body.bytes)
  }

  private func order(
    _ left: (key: ResidentPart, value: ResidentTarget),
    _ right: (key: ResidentPart, value: ResidentTarget)
  ) -> Bool {
    guard case .place(let one) = left.key, case .place(let other) = right.key else { return false }
    return one < other
  }
}

extension ResidentMove.Act {
  /// A fact of this move, known as one of it by its device.
  func fact(
    _ kind: FactKind, of subject: Identifier, on day: CivilDate, at place: Identifier?,
    _ replaces: Identifier?, _ body: [UInt8]
  ) -> Fact {
    Fact(
      id: .fresh(at: recording.at), subject: subject, kind: kind, occurredOn: day,
      recordedAt: recording.at, place: place, recorder: recording.recorder, device: batch,
      replaces: replaces, body: body)
  }
}
