import Foundation
import GRDB
import Health
import Journal

/// The places of a district with what is counted there, for those who keep them in order.
public struct PlaceOverview: Sendable {
  /// Something that is missing or over.
  public struct Gap: Hashable, Sendable {
    /// What is missing.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      /// A Puskesmas that looks after no village.
      case noVillages = "no_villages"
      /// A village that no Puskesmas looks after.
      case noPuskesmas = "no_puskesmas"
      /// A village or Posyandu that is no more, and in which persons live.
      case livingInEnded = "living_in_ended"
      /// A place that is no more, and at which workers have roles.
      case workersInEnded = "workers_in_ended"
      /// An agreement that is over.
      case agreementEnded = "agreement_ended"
      /// An agreement that ends within ``PlaceOverview/warningDays``.
      case agreementEnds = "agreement_ends"
    }

    /// What is missing.
    public let kind: Kind
    /// Where.
    public let place: Identifier
    /// How many persons live there, or workers work there.
    public var count = 0
    /// The last day of the agreement.
    public var day: CivilDate?
  }

  /// What lies in an area or belongs to a facility, as far as it has not ended.
  public struct Counts: Hashable, Sendable {
    /// Villages.
    public var villages = 0
    /// Posyandu.
    public var posyandu = 0
    /// Kader whose role holds.
    public var kader = 0
    /// Facilities of all kinds.
    public var facilities = 0
  }

  /// So many days before its end an agreement is told of: one network meeting and its paper work.
  public static let warningDays = 60

  /// The tree.
  public let tree: PlaceTree
  /// The day.
  public let day: CivilDate
  /// Which villages facilities look after.
  public let catchments: [Catchment]
  /// By which agreements facilities take part.
  public let agreements: [Agreement]
  private let kader: [Identifier: Int]
  private let workers: [Identifier: Int]
  private let living: [Identifier: Int]
  private let lookedAfter: [Identifier: [Identifier]]

  init(
    tree: PlaceTree, day: CivilDate, catchments: [Catchment], agreements: [Agreement],
    kader: [Identifier: Int], workers: [Identifier: Int], living: [Identifier: Int]
  ) {
    self.tree = tree
    self.day = day
    self.catchments = catchments
    self.agreements = agreements
    self.kader = kader
    self.workers = workers
    self.living = living
    lookedAfter = Dictionary(grouping: catchments.filter { $0.holds(on: day) }, by: \.facility)
      .mapValues { $0.map(\.village) }
  }

  /// Whether a place is there today.
  public func isThere(_ place: Place) -> Bool { place.endedOn.map { day <= $0 } ?? true }

  /// A place with all that lies in it by the administration and all that is part of it; of a
  /// facility, what it looks after too. A facility that only lies in an area is there, and what it
  /// looks after elsewhere is not: a Pustu of three villages brings no neighbours into the village
  /// where it stands.
  public func everything(in id: Identifier) -> [Place] {
    var found: [Identifier: Place] = [:]
    var opened: Set<Identifier> = []
    var waiting = [(id: id, isOpened: true)]
    while let next = waiting.popLast() {
      guard let place = tree.places[next.id] else { continue }
      found[place.id] = place
      guard next.isOpened, opened.insert(place.id).inserted else { continue }
      waiting += tree.parts(of: place.id).map { ($0.id, true) }
      waiting += tree.areas(within: place.id).map { ($0.id, PlaceOverview.isArea($0)) }
      if place.id == id || place.kind == .puskesmas {
        waiting += (lookedAfter[place.id] ?? []).map { ($0, true) }
      }
    }
    return Array(found.values)
  }

  /// Whether a place is land with people, and no facility.
  private static func isArea(_ place: Place) -> Bool {
    switch place.kind {
    case .province, .district, .subdistrict, .village: true
    default: false
    }
  }

  /// What there is in an area or at a facility.
  public func counts(of id: Identifier) -> Counts {
    var counts = Counts()
    for place in everything(in: id) where isThere(place) {
      counts.kader += kader[place.id] ?? 0
      guard place.id != id else { continue }
      switch place.kind {
      case .village: counts.villages += 1
      case .posyandu: counts.posyandu += 1
      case .province, .district, .subdistrict: break
      default: counts.facilities += 1
      }
    }
    return counts
  }

  /// How many persons live in a place and below it.
  public func living(in id: Identifier) -> Int {
    tree.subtree(of: id).reduce(0) { $0 + (living[$1.id] ?? 0) }
  }

  /// The catchments of today of Puskesmas of which no end is told.
  private var heldByPuskesmas: [Catchment] {
    catchments.filter { catchment in
      guard let facility = tree.places[catchment.facility] else { return false }
      return catchment.holds(on: day) && facility.kind == .puskesmas && facility.endedOn == nil
    }
  }

  /// The villages that no Puskesmas looks after, or one of which an end is told.
  public var villagesWithoutPuskesmas: Set<Identifier> {
    let caredFor = Set(heldByPuskesmas.map(\.village))
    return Set(
      tree.places.values.filter { place in
        let above = place.partOf.flatMap { tree.places[$0] }
        let hasPuskesmas = above?.kind == .puskesmas && above?.endedOn == nil
        return place.kind == .village && !hasPuskesmas && !caredFor.contains(place.id)
      }.map(\.id))
  }

  /// What is missing or over, by kind and name. A place counts as ended from the moment its end is
  /// told: what is missing then is to be settled before its last day is over.
  public func gaps() -> [Gap] {
    let caring = Set(heldByPuskesmas.map(\.facility))
    let without = villagesWithoutPuskesmas
    var gaps: [Gap] = []
    for place in tree.places.values {
      switch (place.kind, place.endedOn) {
      case (.puskesmas, nil):
        let has = tree.children(of: place.id).contains {
          $0.kind == .village && $0.endedOn == nil
        }
        if !has, !caring.contains(place.id) { gaps.append(Gap(kind: .noVillages, place: place.id)) }
      case (.village, nil):
        if without.contains(place.id) { gaps.append(Gap(kind: .noPuskesmas, place: place.id)) }
      case (_, nil): break
      case (let kind, _):
        let lives = kind == .village || kind == .posyandu ? living(in: place.id) : 0
        if lives > 0 { gaps.append(Gap(kind: .livingInEnded, place: place.id, count: lives)) }
        let work = workers[place.id] ?? 0
        if work > 0 { gaps.append(Gap(kind: .workersInEnded, place: place.id, count: work)) }
      }
    }
    return (gaps + agreementGaps()).sorted { order($0) < order($1) }
  }

  private func agreementGaps() -> [Gap] {
    Set(agreements.map(\.facility)).compactMap { facility -> Gap? in
      guard let place = tree.places[facility], isThere(place) else { return nil }
      let own = agreements.filter { $0.facility == facility }
      guard !own.contains(where: { $0.end == nil }), let last = own.compactMap(\.end).max(),
        Int(last.dayNumber) <= Int(day.dayNumber) + PlaceOverview.warningDays
      else { return nil }
      return Gap(kind: last < day ? .agreementEnded : .agreementEnds, place: facility, day: last)
    }
  }

  private func order(_ gap: Gap) -> (String, String, Identifier) {
    (gap.kind.rawValue, tree.places[gap.place]?.name ?? "", gap.place)
  }
}

extension District {
  /// The places with what is counted there on a day.
  public func placeOverview(on day: CivilDate) throws -> PlaceOverview {
    try journal.pool.read { db in
      func workers(_ role: Role?) throws -> [Identifier: Int] {
        try District.counts(
          in: db,
          """
          SELECT assignment.place, COUNT(DISTINCT worker) FROM assignment
          JOIN worker ON worker.id = assignment.worker
          WHERE (role = ?1 OR ?1 IS NULL) AND since <= ?2 AND (until IS NULL OR until >= ?2)
            AND (ended_on IS NULL OR ended_on >= ?2)
          GROUP BY assignment.place
          """, [role.map { Int64($0.rawValue) }, Int64(day.dayNumber)])
      }
      let living = try District.counts(
        in: db,
        """
        SELECT place, COUNT(*) FROM person
        WHERE place IS NOT NULL AND died_on IS NULL AND stands_for IS NULL GROUP BY place
        """, [])
      return PlaceOverview(
        tree: try PlaceTree.fetch(in: db), day: day,
        catchments: try PlaceRows.catchments(in: db), agreements: try PlaceRows.agreements(in: db),
        kader: try workers(.kader), workers: try workers(nil), living: living)
    }
  }

  private static func counts(
    in db: Database, _ sql: String, _ arguments: StatementArguments
  ) throws -> [Identifier: Int] {
    var counts: [Identifier: Int] = [:]
    for row in try Row.fetchAll(db, sql: sql, arguments: arguments) {
      if let id = Identifier(stored: row[0]) { counts[id] = row[1] }
    }
    return counts
  }

  /// What all facts about a place say now, and the facts, the last recorded first.
  public func placeRecord(_ id: Identifier) throws -> (standing: PlaceStanding, facts: [Fact]) {
    try journal.pool.read { db in
      let facts = try PlaceRows.facts(about: id, in: db)
      return (
        try PlaceStanding(facts),
        facts.sorted { ($0.recordedAt.milliseconds, $0.id) > ($1.recordedAt.milliseconds, $1.id) }
      )
    }
  }
}
