import Foundation
import GRDB
import Health

/// A place as the registry knows it.
public struct Place: Hashable, Sendable {
  /// The short number.
  public let number: Int64
  /// The subject of the place's facts.
  public let id: Identifier
  /// What kind of place.
  public let kind: PlaceKind
  /// The name as written.
  public let name: String
  /// Kemendagri code or facility code, or empty.
  public let code: String
  /// Whether the code is an example and not official.
  public let codeIsExample: Bool
  /// The place one step up.
  public let partOf: Identifier?

  /// A place with what is known of it.
  public init(
    number: Int64, id: Identifier, kind: PlaceKind, name: String, code: String,
    codeIsExample: Bool, partOf: Identifier?
  ) {
    self.number = number
    self.id = id
    self.kind = kind
    self.name = name
    self.code = code
    self.codeIsExample = codeIsExample
    self.partOf = partOf
  }
}

/// The tree of places: district, Puskesmas, villages, Posyandu.
public struct PlaceTree: Sendable {
  /// All places by id.
  public let places: [Identifier: Place]
  private let children: [Identifier: [Identifier]]
  private let byNumber: [Int64: Identifier]
  /// The places that are part of nothing, in order of their names.
  public let roots: [Place]

  /// The tree of these places.
  public init(_ all: [Place]) {
    places = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
    byNumber = Dictionary(uniqueKeysWithValues: all.map { ($0.number, $0.id) })
    var children: [Identifier: [Identifier]] = [:]
    for place in all.sorted(by: PlaceTree.isBefore) {
      if let parent = place.partOf { children[parent, default: []].append(place.id) }
    }
    self.children = children
    let known = places
    roots = all.filter { place in place.partOf.flatMap { known[$0] } == nil }
      .sorted(by: PlaceTree.isBefore)
  }

  private static func isBefore(_ left: Place, _ right: Place) -> Bool {
    (left.kind.rawValue, left.name, left.id) < (right.kind.rawValue, right.name, right.id)
  }

  /// The place with that short number.
  public func place(number: Int64) -> Place? { byNumber[number].flatMap { places[$0] } }

  /// The places one step down, in order of their names.
  public func children(of id: Identifier) -> [Place] {
    (children[id] ?? []).compactMap { places[$0] }
  }

  /// The place and all above it, from the place up.
  public func path(from id: Identifier) -> [Place] {
    var path: [Place] = []
    var next = places[id]
    while let place = next, path.count <= PlaceKind.allCases.count {
      path.append(place)
      next = place.partOf.flatMap { places[$0] }
    }
    return path
  }

  /// The place and all below it.
  public func subtree(of id: Identifier) -> [Place] {
    guard let place = places[id] else { return [] }
    return [place] + children(of: id).flatMap { subtree(of: $0.id) }
  }

  /// Reads the tree.
  public static func fetch(in db: Database) throws -> PlaceTree {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT number, id, kind, name, code, code_is_example, part_of FROM place"))
    return PlaceTree(
      rows.compactMap { row in
        guard let id = Identifier(stored: row[1]),
          let kind = PlaceKind(rawValue: UInt8(truncatingIfNeeded: row[2] as Int))
        else { return nil }
        return Place(
          number: row[0], id: id, kind: kind, name: row[3], code: row[4],
          codeIsExample: (row[5] as Int) != 0,
          partOf: (row[6] as Data?).flatMap { Identifier(stored: $0) })
      })
  }
}

extension PlaceTree {
  /// A place may not lie inside itself, however many steps down.
  static func refusal(of fact: Fact, in db: Database) throws -> Refusal? {
    guard let body = body(of: fact) else { return .unreadableBody }
    var above = body.partOf
    for _ in 0...PlaceKind.allCases.count {
      guard let id = above else { return nil }
      if id == fact.subject { return .placeInsideItself }
      let row = try Row.fetchOne(
        db.cachedStatement(sql: "SELECT part_of FROM place WHERE id = ?"),
        arguments: [id.data])
      above = (row?[0] as Data?).flatMap { Identifier(stored: $0) }
    }
    return .placeInsideItself
  }

  /// A place fact's body.
  public static func body(of fact: Fact) -> PlaceBody? {
    fact.body.withUnsafeBufferPointer { bytes in
      do throws(WireError) { return try PlaceBody(bytes) } catch { return nil }
    }
  }

  /// Writes a place from the latest of its facts.
  static func apply(_ fact: Fact, in db: Database) throws {
    let known = try BareStatement(
      "SELECT \(FactRow.columns) FROM fact WHERE subject = ? AND kind IN (6, 16)", in: db)
    known.bind(fact.subject, at: 1)
    var facts: [Fact] = []
    try known.forEach { row in
      if let fact = FactRow.fact(row) { facts.append(fact) }
      return true
    }
    guard let latest = latest(of: facts), let body = body(of: latest) else { return }
    try db.cachedStatement(
      sql: """
        INSERT INTO place (id, kind, name, code, code_is_example, part_of)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name,
          code = excluded.code, code_is_example = excluded.code_is_example,
          part_of = excluded.part_of
        """
    ).execute(arguments: [
      fact.subject.data, Int64(body.kind.rawValue), String(decoding: body.name, as: UTF8.self),
      String(decoding: body.code, as: UTF8.self), body.codeIsExample ? 1 : 0, body.partOf?.data,
    ])
  }

  /// What a place is by now: the fact of the latest day, of those the later recorded one, that is
  /// not withdrawn. A place whose every fact is withdrawn stays as it was: figures count there.
  public static func latest(of facts: [Fact]) -> Fact? {
    let withdrawn = Set(facts.filter { $0.kind == .withdrawal }.compactMap(\.replaces))
    return facts.filter { $0.kind == .place && !withdrawn.contains($0.id) }.max {
      ($0.occurredOn, $0.recordedAt, $0.id) < ($1.occurredOn, $1.recordedAt, $1.id)
    }
  }
}
