import Foundation
import GRDB
import Health
import Journal

/// A district as it is set up: who looks after which villages, what is missing, and how many live
/// where.
public struct DistrictOverview: Sendable {
  /// A Puskesmas with what it looks after.
  public struct Unit: Sendable {
    /// The Puskesmas.
    public let place: Place
    /// Its villages, in order of their names.
    public let villages: [Village]
    /// Its Pustu.
    public let pustu: [Place]
  }

  /// A village with its kecamatan and Posyandu.
  public struct Village: Sendable {
    /// The village.
    public let place: Place
    /// Its kecamatan; nothing where that is not known.
    public let subdistrict: Place?
    /// Its Posyandu.
    public let posyandu: [Place]
    /// Living persons who live there or at one of its Posyandu.
    public let persons: Int
  }

  /// The district.
  public let district: Place
  /// The province.
  public let province: Place?
  /// The kecamatan.
  public let subdistricts: [Place]
  /// How many villages lie in the district by the administration.
  public let villages: Int
  /// The Puskesmas.
  public let units: [Unit]
  /// Villages that no Puskesmas looks after.
  public let villagesWithoutPuskesmas: [Village]
  /// Schools and facilities of the network, by kind.
  public let facilities: [(kind: PlaceKind, places: [Place])]
  /// Agreements with facilities of the district that run on the day that was asked for.
  public let runningAgreements: Int
  /// Agreements that ended before that day.
  public let endedAgreements: Int
  /// Areas of the district whose boundary is known.
  public let boundaries: Int

  /// Living persons of the district whose place is known.
  public var persons: Int {
    (units.flatMap(\.villages) + villagesWithoutPuskesmas).reduce(0) { $0 + $1.persons }
  }
}

extension District {
  /// The districts that are known, in order of their names.
  public func districts() throws -> [Place] {
    try places().places.values.filter { $0.kind == .district }
      .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  /// How a district is set up.
  ///
  /// - Parameter day: the day on which agreements run or not.
  public func overview(of district: Place, on day: CivilDate) throws -> DistrictOverview {
    try journal.pool.read { db in
      let tree = try PlaceTree.fetch(in: db)
      let persons = try DistrictOverview.persons(in: db)
      func village(_ place: Place) -> DistrictOverview.Village {
        let below = tree.subtree(of: place.id)
        return DistrictOverview.Village(
          place: place,
          subdistrict: tree.administrativePath(of: place.id).first { $0.kind == .subdistrict },
          posyandu: below.filter { $0.kind == .posyandu },
          persons: below.reduce(0) { $0 + (persons[$1.id] ?? 0) })
      }
      let inside = tree.places.values.filter { place in
        place.id != district.id
          && tree.administrativePath(of: place.id).contains { $0.id == district.id }
      }.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
      let units = tree.children(of: district.id).filter { $0.kind == .puskesmas }.map { unit in
        let below = tree.subtree(of: unit.id)
        return DistrictOverview.Unit(
          place: unit, villages: tree.children(of: unit.id).map(village),
          pustu: below.filter { $0.kind == .pustu })
      }
      let areas = Set(inside.map(\.id))
      let agreements = try PlaceRows.agreements(in: db).filter { areas.contains($0.facility) }
      let kinds = PlaceKind.allCases.filter { $0 == .school || $0.isNetworkFacility }
      return DistrictOverview(
        district: district,
        province: tree.administrativePath(of: district.id).last {
          $0.kind == .province
        },
        subdistricts: inside.filter { $0.kind == .subdistrict },
        villages: inside.count { $0.kind == .village }, units: units,
        villagesWithoutPuskesmas: inside.filter { $0.kind == .village && $0.partOf == nil }
          .map(village),
        facilities: kinds.map { kind in (kind, inside.filter { $0.kind == kind }) },
        runningAgreements: agreements.count { $0.start <= day && ($0.end ?? day) >= day },
        endedAgreements: agreements.count { ($0.end ?? day) < day },
        boundaries: try PlaceRows.boundaries(in: db).count {
          areas.contains($0.place) || $0.place == district.id
        })
    }
  }
}

extension DistrictOverview {
  /// Living persons by the place where they live.
  fileprivate static func persons(in db: Database) throws -> [Identifier: Int] {
    var counts: [Identifier: Int] = [:]
    try BareStatement(
      """
      SELECT place, COUNT(*) FROM person WHERE place IS NOT NULL AND died_on IS NULL GROUP BY place
      """, in: db
    ).forEach { row in
      if let place = row.identifier(0) { counts[place] = Int(row.integer(1)) }
      return true
    }
    return counts
  }
}
