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

/// Everybody behind a figure, by standing.
public struct NameList: Sendable {
  /// The children of each standing, by place and name.
  public let children: [Standing: [NamedChild]]

  /// The children of a standing.
  public subscript(standing: Standing) -> [NamedChild] { children[standing] ?? [] }
}

extension District {
  /// The children behind an indicator's figure of a place and month.
  public func names(
    behind indicator: Indicator, at place: Place, in month: CivilMonth,
    filter: StratumFilter = StratumFilter()
  ) throws -> NameList {
    try journal.pool.read { db in
      let tree = try PlaceTree.fetch(in: db)
      var children: [Standing: [NamedChild]] = [:]
      for below in tree.subtree(of: place.id) {
        let rows = try Row.fetchCursor(
          db.cachedStatement(
            sql: """
              SELECT \(PersonEntry.columns), contribution.bytes FROM counted_at
              JOIN contribution ON contribution.person = counted_at.person
              JOIN person ON person.number = counted_at.person
              WHERE counted_at.place = ? ORDER BY person.name_key, person.number
              """), arguments: [below.number])
        while let row = try rows.next() {
          let found = try [UInt8](row["bytes"] as Data).withUnsafeBufferPointer {
            try PackedContributions.unpack(month, from: $0)
          }
          guard let found, found.place == below.id, filter.accepts(found.stratum),
            let person = PersonEntry(row)
          else { continue }
          let contribution = found[indicator]
          children[contribution.standing, default: []].append(
            NamedChild(
              person: person, contribution: contribution, stratum: found.stratum, place: below.id))
        }
      }
      return NameList(children: children)
    }
  }
}
