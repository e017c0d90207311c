import Foundation
import GRDB
import Health
import Journal
import Monitoring

/// A child behind a figure.
public struct NamedChild: Hashable, Sendable {
  /// Who it is.
  public let person: PersonEntry
  /// How it stands to the indicator, and why.
  public let contribution: Contribution
  /// Sex and age group in that month.
  public let stratum: Stratum
  /// Where it counts in that month.
  public let place: Identifier
}

/// The children behind a figure, by name as far as they were asked for.
public struct NameList: Sendable {
  /// How many children of each standing, those left out and those hidden from whoever looks not
  /// among them.
  public let figure: Figure
  /// How many children the selection has.
  public let total: Int
  /// The children asked for, by place and name.
  public let children: [NamedChild]
}

/// In which order the children behind a figure are listed.
public enum NameOrder: String, CaseIterable, Sendable {
  /// By place, and there by name.
  case place
  /// By name, wherever they live.
  case name
  /// The youngest first.
  case age
}

extension District {
  /// The children whom a count of a place and month stands for.
  ///
  /// - Parameter range: which of them by their position; nothing for all.
  public func names(
    _ selection: NameSelection, at place: Place, in month: CivilMonth,
    filter: StratumFilter = StratumFilter(), order: NameOrder = .place, range: Range<Int>? = nil
  ) throws -> NameList {
    try journal.pool.read { db in
      var search = NameSearch(
        selection, month: month, filter: filter, sight: sight?.isClear == false ? sight : nil)
      for below in try PlaceTree.fetch(in: db).subtree(of: place.id) {
        try search.look(at: below, in: db)
      }
      let wanted = (range ?? 0..<search.total).clamped(to: 0..<search.total)
      // Only by place is a part of the list known before all its names are read.
      let children =
        order == .place
        ? try search.names(wanted, in: db)
        : Array(try search.names(0..<search.total, in: db).sorted(by: order)[wanted])
      return NameList(figure: search.figure, total: search.total, children: children)
    }
  }

  /// How many children whoever looks is named behind a count. It counts nobody who is hidden from
  /// them, as the list does, and unlike the figures.
  public func namedCount(
    _ selection: NameSelection, at place: Place, in month: CivilMonth
  ) throws -> Int {
    guard sight?.isClear == false else {
      let figures = try figures(of: place, from: month, through: month)
      return selection.count { figures.figure($0, in: month) }
    }
    return try names(selection, at: place, in: month, range: 0..<0).total
  }
}

extension [NamedChild] {
  /// By name, or by age and then name.
  fileprivate func sorted(by order: NameOrder) -> [NamedChild] {
    map { child in
      let born = order == .age ? child.person.birthDate?.dayNumber ?? .min : 0
      return (born: born, name: PersonSummary.key(of: child.person.name), child: child)
    }.sorted {
      if $0.born != $1.born { return $0.born > $1.born }
      return ($0.name, $0.child.person.number) < ($1.name, $1.child.person.number)
    }.map(\.child)
  }
}

/// Looks through everybody's contributions for those who belong to a selection. Persons are read
/// only for the part of the list that is shown: there are thousands, and a page shows fifty.
private struct NameSearch {
  private struct Found {
    let contribution: Contribution
    let stratum: Stratum
  }

  private let selection: NameSelection
  private let month: CivilMonth
  private let filter: StratumFilter
  private let sight: Sight?
  private var found: [(place: Place, children: [Int64: Found])] = []
  private(set) var figure = Figure()
  private(set) var total = 0

  init(
    _ selection: NameSelection, month: CivilMonth, filter: StratumFilter, sight: Sight?
  ) {
    self.selection = selection
    self.month = month
    self.filter = filter
    self.sight = sight
  }

  mutating func look(at place: Place, in db: Database) throws {
    var children: [Int64: Found] = [:]
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT counted_at.person, contribution.bytes FROM counted_at
          JOIN contribution ON contribution.person = counted_at.person
          WHERE counted_at.place = ?
          """), arguments: [place.number])
    while let row = try rows.next() {
      guard let child = try month(of: row), child.place == place.id,
        filter.accepts(child.stratum), !selection.leavesOut(child)
      else { continue }
      if let sight, try sight.hides(row[0], in: db) { continue }
      let contribution = child[selection.indicator]
      figure[contribution.standing] += 1
      guard selection.includes(contribution.standing) else { continue }
      children[row[0]] = Found(contribution: contribution, stratum: child.stratum)
    }
    if children.isEmpty { return }
    total += children.count
    found.append((place, children))
  }

  /// The child's month, read where SQLite holds the bytes.
  private func month(of row: Row) throws -> ChildMonth? {
    try row.withUnsafeData(atIndex: 1) { data in
      try data?.withUnsafeBytes { bytes in
        try PackedContributions.unpack(month, from: bytes.bindMemory(to: UInt8.self))
      }
    }
  }

  func names(_ wanted: Range<Int>, in db: Database) throws -> [NamedChild] {
    var names: [NamedChild] = []
    names.reserveCapacity(wanted.count)
    var start = 0
    for (place, children) in found {
      let here = (start..<start + children.count).clamped(to: wanted)
      defer { start += children.count }
      if here.isEmpty { continue }
      var position = start
      let rows = try BareStatement(
        """
        SELECT \(PersonEntry.columns) FROM counted_at
        JOIN person ON person.number = counted_at.person
        WHERE counted_at.place = ? ORDER BY person.name_key, person.number
        """, in: db)
      rows.bind(place.number, at: 1)
      try rows.forEach { row in
        guard let child = children[row.integer(0)] else { return true }
        defer { position += 1 }
        guard here.contains(position), let read = PersonEntry(row),
          let person = sight.map({ $0.shown(read) }) ?? read
        else { return true }
        names.append(
          NamedChild(
            person: person, contribution: child.contribution, stratum: child.stratum,
            place: place.id))
        return true
      }
    }
    return names
  }
}
