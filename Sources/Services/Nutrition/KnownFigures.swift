import GRDB
import Health
import Journal
import Monitoring
import Programmes

/// Up to where a journal is taken to have been known.
public enum KnownUntil: Hashable, Sendable {
  /// Everything that had arrived by the end of that day, where the district is.
  case endOf(CivilDate)
  /// The facts from the first to that one in their order of arrival.
  case sequence(Int64)
}

/// Why it cannot be told what was known.
public enum KnownProblem: Error, Hashable, Sendable {
  /// For facts that arrived before that moment, the journal did not yet note when.
  case notNoted(before: Instant)
  /// The journal has no fact of that number.
  case noSuchSequence(Int64, last: Int64)
  /// A stored fact cannot be read.
  case unreadableFact(sequence: Int64)
}

/// Figures worked out in memory from the first facts of a journal, as if no more had ever come.
///
/// The rules are today's, the settings those of the district now: what differs from today's figures
/// differs because of what was known.
public struct KnownFigures: Sendable {
  /// The last fact that was known.
  public let sequence: Int64
  /// The places as they were known.
  public let tree: PlaceTree
  private let cells: [CubeKey: CubeCell]

  /// Figures of several places between two months, in the order of the places.
  public func figures(
    of places: [Place], from first: CivilMonth, through last: CivilMonth
  ) -> [PlaceFigures] {
    places.map { place in
      var found: [CivilMonth: CubeCell] = [:]
      var month = first
      while month <= last {
        let cell = cells[CubeKey(place: place.number, month: month)]
        if let cell, !cell.isEmpty { found[month] = cell }
        month = month.advanced(by: 1)
      }
      return PlaceFigures(place: place, cells: found)
    }
  }

  /// The last month, not after `month`, in which anybody was known to have been weighed.
  public func lastMonthWithWeighings(notAfter month: CivilMonth) -> CivilMonth? {
    let roots = Set(tree.roots.map(\.number))
    return cells.filter {
      roots.contains($0.key.place) && $0.key.month <= month
        && $0.value.figure(.weighed).reached > 0
    }.keys.map(\.month).max()
  }

  fileprivate init(_ facts: KnownFacts, sequence: Int64, settings: GrowthSettings) throws {
    self.sequence = sequence
    tree = facts.tree
    var all = CubeDifference()
    for timeline in try facts.countedTimelines().values {
      all.replace([], with: try NutritionProjection.childMonths(of: timeline, settings: settings))
    }
    cells = all.cells(along: tree)
  }
}

extension District {
  /// The figures as they were known then.
  ///
  /// - Parameter progress: called with the number of facts read, now and then.
  /// - Throws: ``KnownProblem`` where it cannot be told.
  public func figures(
    asKnown until: KnownUntil, progress: (Int64) -> Void = { _ in }
  ) throws -> KnownFigures {
    try journal.pool.read { db in
      let last: Int64
      switch until {
      case .sequence(let number):
        let end = try Int64.fetchOne(db, sql: "SELECT MAX(sequence) FROM fact") ?? 0
        guard (0...end).contains(number) else {
          throw KnownProblem.noSuchSequence(number, last: end)
        }
        last = number
      case .endOf(let day):
        switch try Arrivals.known(by: end(of: day), in: db) {
        case .through(let sequence): last = sequence
        case .notNoted(let moment): throw KnownProblem.notNoted(before: moment)
        }
      }
      var facts = KnownFacts()
      try FactRow.forEach(in: db) { row in
        let sequence = row.integer(0)
        guard sequence <= last else { return false }
        // What was erased since is not known any more, of no day.
        if let fact = try FactRow.fact(row) { try facts.add(fact) }
        if sequence % 50_000 == 0 { progress(sequence) }
        return true
      }
      return try KnownFigures(facts, sequence: last, settings: settings)
    }
  }

  /// The last millisecond of a day, where the district is.
  private func end(of day: CivilDate) -> Instant {
    let hours = Int64(day.dayNumber) * 24 + 24 - Int64(hoursEastOfGreenwich)
    return Instant(milliseconds: hours * 3_600_000 - 1)
  }
}

/// Facts put in order as acceptance does, in memory.
private struct KnownFacts {
  private var timelines: [Identifier: Timeline] = [:]
  private var hasMerges = false
  private var placeFacts: [Identifier: [Fact]] = [:]
  private var places: [Identifier: PlaceBody] = [:]
  private var order: [Identifier] = []
  /// Facts that are about no person, so that what withdraws one of them is about none either.
  private var others: Set<Identifier> = []

  mutating func add(_ fact: Fact) throws {
    // A withdrawal may come before what it withdraws.
    if fact.kind == .place || fact.kind == .withdrawal {
      placeFacts[fact.subject, default: []].append(fact)
    }
    let isWithdrawalOfOther =
      fact.kind == .withdrawal && fact.replaces.map { others.contains($0) } ?? false
    guard isWithdrawalOfOther || !fact.kind.isAboutPerson else {
      if fact.kind == .merge { hasMerges = true }
      try timelines[fact.subject, default: Timeline()].insert(fact)
      return
    }
    others.insert(fact.id)
    guard fact.kind == .place || fact.kind == .withdrawal else { return }
    guard let body = try PlaceStanding(placeFacts[fact.subject] ?? []).place else { return }
    if places[fact.subject] == nil { order.append(fact.subject) }
    places[fact.subject] = body
  }

  /// The timelines as figures see them: those of one person together.
  func countedTimelines() throws -> [Identifier: Timeline] {
    hasMerges ? try SamePersons(timelines: timelines).asCounted(timelines) : timelines
  }

  /// The places, numbered in their order of arrival as the journal numbers them.
  var tree: PlaceTree {
    PlaceTree(
      order.enumerated().compactMap { position, id in
        places[id].map { Place(number: Int64(position + 1), id: id, body: $0) }
      })
  }
}
