import GRDB
import Health
import Journal

extension District {
  /// Persons with exactly that NIK.
  ///
  /// - Parameter digits: sixteen digits; anything else finds nobody.
  public func persons(withExactly digits: String) throws -> [PersonEntry] {
    guard digits.utf8.count == 16, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return []
    }
    return try journal.pool.read { try PersonEntry.withNationalIdentityNumber(digits, in: $0) }
  }

  /// Persons of exactly that name, capitals and spaces apart, born on that day.
  public func persons(named name: String, born: CivilDate) throws -> [PersonEntry] {
    let key = PersonSummary.key(of: name)
    guard !key.isEmpty else { return [] }
    return try journal.pool.read { try PersonEntry.named(key, born: born, in: $0) }
  }

  /// The places that an opened area holds: the area, all below, and the villages that a Puskesmas
  /// looks after.
  public func places(
    openedBy openings: [Opening], on day: CivilDate, tree: PlaceTree
  ) throws -> Set<Identifier> {
    let areas = openings.compactMap(\.area)
    if areas.isEmpty { return [] }
    let catchments = try journal.pool.read { try PlaceRows.catchments(in: $0) }
    return areas.reduce(into: []) { places, area in
      places.formUnion(Rights.area(area, on: day, tree, catchments) ?? [])
    }
  }
}
