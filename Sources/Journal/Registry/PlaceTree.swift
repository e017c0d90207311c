import GRDB
import Health

/// The places in two trees: the one that care and figures follow (district, Puskesmas, villages,
/// Posyandu), and the one of the administration (province, district, kecamatan, villages).
public struct PlaceTree: Sendable {
  /// All places by id.
  public let places: [Identifier: Place]
  private let below: [Identifier: [Identifier]]
  private let areas: [Identifier: [Identifier]]
  private let byNumber: [Int64: Identifier]
  /// The tops of the care tree, in order of their names: districts, and places that are looked
  /// after from nowhere known. An area of the administration that no facility looks after yet, and
  /// below which there is none, is not one of them.
  public let roots: [Place]

  /// The tree of these places.
  public init(_ all: [Place]) {
    places = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
    byNumber = Dictionary(uniqueKeysWithValues: all.map { ($0.number, $0.id) })
    var below: [Identifier: [Identifier]] = [:]
    var areas: [Identifier: [Identifier]] = [:]
    for place in all.sorted(by: PlaceTree.isBefore) {
      if let parent = place.partOf { below[parent, default: []].append(place.id) }
      if let area = place.within { areas[area, default: []].append(place.id) }
    }
    self.below = below
    self.areas = areas
    let known = places
    roots = all.filter { place in
      place.kind.isInCareTree && place.partOf.flatMap { known[$0] } == nil
        && (place.kind == .district || place.within == nil || below[place.id] != nil)
    }.sorted(by: PlaceTree.isBefore)
  }

  private static func isBefore(_ left: Place, _ right: Place) -> Bool {
    (left.kind.rawValue, left.name, left.id) < (right.kind.rawValue, right.name, right.id)
  }

  /// The place with that short number.
  public func place(number: Int64) -> Place? { byNumber[number].flatMap { places[$0] } }

  /// The places one step down in the care tree, in order of their names. A Pustu is none of them:
  /// it has no figures of its own.
  public func children(of id: Identifier) -> [Place] {
    (below[id] ?? []).compactMap { places[$0] }.filter(\.kind.isInCareTree)
  }

  /// All that is told to be part of a place, a Pustu too.
  public func parts(of id: Identifier) -> [Place] {
    (below[id] ?? []).compactMap { places[$0] }
  }

  /// What lies in an area by the administration, one step down: kecamatan, villages, facilities.
  public func areas(within id: Identifier) -> [Place] {
    (areas[id] ?? []).compactMap { places[$0] }
  }

  /// The place and the areas that it lies in, from the place up: village, kecamatan, district,
  /// province. What is told to lie in no area, as most Posyandu, lies where it is part of.
  public func administrativePath(of id: Identifier) -> [Place] {
    var path: [Place] = []
    var next = places[id]
    while let place = next, path.count <= PlaceKind.allCases.count {
      path.append(place)
      next = (place.within ?? (place.kind == .posyandu ? place.partOf : nil)).flatMap { places[$0] }
    }
    return path
  }

  /// The place and all above it in the care tree, from the place up: whose figures it counts in.
  public func path(from id: Identifier) -> [Place] {
    var path: [Place] = []
    var next = places[id]
    while let place = next, path.count <= PlaceKind.allCases.count {
      path.append(place)
      next = place.partOf.flatMap { places[$0] }
    }
    return path
  }

  /// The place and all that counts in its figures.
  public func subtree(of id: Identifier) -> [Place] {
    var seen: Set<Identifier> = []
    var found: [Place] = []
    var waiting = [id]
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted, let place = places[next] else { continue }
      found.append(place)
      waiting.append(contentsOf: (below[next] ?? []).reversed())
    }
    return found
  }

  /// Reads the tree.
  public static func fetch(in db: Database) throws -> PlaceTree {
    let statement = try BareStatement(
      """
      SELECT number, id, kind, name, code, code_is_example, part_of, within, ended_on, successor,
        latitude, longitude, organization_number, telephone, source FROM place
      """, in: db)
    var places: [Place] = []
    try statement.forEach { row in
      if let place = place(row) { places.append(place) }
      return true
    }
    return PlaceTree(places)
  }

  /// The short numbers of a place and all above it, as ``path(from:)``, without reading the tree:
  /// of few places that takes a hundredth of the time.
  public static func path(from id: Identifier, in db: Database) throws -> [Int64] {
    let statement = try BareStatement("SELECT number, part_of FROM place WHERE id = ?", in: db)
    var path: [Int64] = []
    var next: Identifier? = id
    while let place = next, path.count <= PlaceKind.allCases.count {
      statement.bind(place, at: 1)
      guard let found = try statement.first({ ($0.integer(0), $0.identifier(1)) }) else { break }
      path.append(found.0)
      next = found.1
    }
    return path
  }

  /// A place's short number, as the tree has it.
  public static func number(of id: Identifier, in db: Database) throws -> Int64? {
    let statement = try BareStatement("SELECT number FROM place WHERE id = ?", in: db)
    statement.bind(id, at: 1)
    return try statement.first { $0.integer(0) }
  }

  private static func place(_ row: BareRow) -> Place? {
    guard let id = row.identifier(1),
      let kind = PlaceKind(rawValue: UInt8(truncatingIfNeeded: row.integer(2)))
    else { return nil }
    var place = Place(
      number: row.integer(0), id: id, kind: kind, name: row.text(3), code: row.text(4),
      codeIsExample: row.integer(5) != 0, partOf: row.identifier(6))
    place.within = row.identifier(7)
    place.endedOn = row.optionalDay(8)
    place.successor = row.identifier(9)
    place.latitude = row.optionalInteger(10).map { Int32(truncatingIfNeeded: $0) }
    place.longitude = row.optionalInteger(11).map { Int32(truncatingIfNeeded: $0) }
    place.organizationNumber = row.text(12)
    place.telephone = row.text(13)
    place.source = row.text(14)
    return place
  }
}

extension PlaceTree {
  /// A place may not lie inside itself, however many steps up, in neither tree.
  static func refusal(of fact: Fact, in db: Database) throws -> Refusal? {
    guard let body = body(of: fact) else { return .unreadableBody }
    for (column, first) in [("part_of", body.partOf), ("within", body.within)] {
      let upper = try BareStatement("SELECT \(column) FROM place WHERE id = ?", in: db)
      var above = first
      var steps = 0
      while let id = above {
        if id == fact.subject || steps > PlaceKind.allCases.count { return .placeInsideItself }
        upper.bind(id, at: 1)
        above = try upper.first { $0.identifier(0) }
        steps += 1
      }
    }
    return nil
  }

  /// A place fact's body.
  public static func body(of fact: Fact) -> PlaceBody? {
    fact.body.withUnsafeBufferPointer { bytes in
      do throws(WireError) { return try PlaceBody(bytes) } catch { return nil }
    }
  }
}
