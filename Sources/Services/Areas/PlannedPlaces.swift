import Exchange
import Foundation
import GRDB
import Health
import Journal

/// What is told of places so far: what stands in the journal, and on top of it what lists add.
struct PlannedPlaces {
  /// A place with the fact that says so.
  struct Entry {
    var body: PlaceBody
    /// The day and moment of the fact that stands; a later word must not be older.
    var told: (day: CivilDate, moment: Instant)?
  }

  private(set) var entries: [Identifier: Entry] = [:]
  /// What facilities look after, by facility.
  private(set) var catchments: [Identifier: [Catchment]] = [:]
  private(set) var agreements: [Identifier: [Agreement]] = [:]
  /// The facts that say so.
  private(set) var catchmentFacts: [Catchment: Identifier] = [:]
  private(set) var agreementFacts: [Agreement: Identifier] = [:]
  private var byCode: [PlaceKind: [String: Identifier]] = [:]
  private var byName: [PlaceKind: [String: [Identifier]]] = [:]

  /// What stands in a journal.
  init(in db: Database) throws {
    let tree = try PlaceTree.fetch(in: db)
    for id in tree.places.keys.sorted() {
      let facts = try PlaceRows.facts(about: id, in: db)
      let standing = try PlaceStanding(facts)
      guard let body = standing.place else { continue }
      let fact = facts.first { $0.id == standing.placeFact }
      set(Entry(body: body, told: fact.map { ($0.occurredOn, $0.recordedAt) }), of: id)
      catchments[id] = standing.catchments
      agreements[id] = standing.agreements
      catchmentFacts.merge(standing.catchmentFacts) { first, _ in first }
      agreementFacts.merge(standing.agreementFacts) { first, _ in first }
    }
  }

  subscript(_ id: Identifier) -> PlaceBody? { entries[id]?.body }

  /// A place of that kind with that code.
  func place(_ kind: PlaceKind, code: String) -> Identifier? {
    code.isEmpty ? nil : byCode[kind]?[code]
  }

  /// Places of that kind and name.
  func places(_ kind: PlaceKind, named name: String) -> [Identifier] {
    byName[kind]?[PlaceNames.key(name, of: kind)] ?? []
  }

  mutating func set(_ entry: Entry, of id: Identifier) {
    if let before = entries[id]?.body { forget(before, of: id) }
    entries[id] = entry
    let body = entry.body
    if !body.code.isEmpty {
      byCode[body.kind, default: [:]][String(decoding: body.code, as: UTF8.self)] = id
    }
    byName[body.kind, default: [:]][PlannedPlaces.key(body), default: []].append(id)
  }

  private mutating func forget(_ body: PlaceBody, of id: Identifier) {
    let code = String(decoding: body.code, as: UTF8.self)
    if byCode[body.kind]?[code] == id { byCode[body.kind]?[code] = nil }
    byName[body.kind]?[PlannedPlaces.key(body)]?.removeAll { $0 == id }
  }

  private static func key(_ body: PlaceBody) -> String {
    PlaceNames.key(String(decoding: body.name, as: UTF8.self), of: body.kind)
  }

  /// The name as written.
  func name(_ id: Identifier?) -> String {
    id.flatMap { self[$0] }.map { String(decoding: $0.name, as: UTF8.self) } ?? ""
  }

  /// The area of that kind that a place lies in by the administration, or the place itself.
  func area(_ kind: PlaceKind, around id: Identifier) -> Identifier? {
    var next: Identifier? = id
    for _ in 0...PlaceKind.allCases.count {
      guard let current = next, let body = self[current] else { return nil }
      if body.kind == kind { return current }
      next = body.within
    }
    return nil
  }

  /// The areas of that kind in an area, by their names.
  func areas(_ kind: PlaceKind, in area: Identifier) -> [Identifier] {
    entries.keys.filter { id in
      self[id]?.kind == kind && self.area(self[area]?.kind ?? kind, around: id) == area
    }.sorted { (name($0), $0) < (name($1), $1) }
  }
}

/// How a place would come out of a list.
public enum PlannedChange: String, Hashable, Sendable, CaseIterable {
  /// It was not known.
  case new
  /// It was known otherwise.
  case changed
  /// All is there.
  case same
}

/// What of a place a list changes.
public enum PlaceDetail: String, Hashable, Sendable, CaseIterable {
  /// The name.
  case name
  /// The code.
  case code
  /// What it is part of: which Puskesmas looks after a village.
  case partOf = "part_of"
  /// The area that it lies in.
  case within
  /// The position.
  case position
  /// The organisation id in SATUSEHAT.
  case organizationNumber = "organization_number"
  /// The telephone.
  case telephone
  /// Where this is known from.
  case source

  static func differences(_ old: PlaceBody, _ new: PlaceBody) -> [PlaceDetail] {
    var found: [PlaceDetail] = []
    if old.name != new.name { found.append(.name) }
    if old.code != new.code || old.codeIsExample != new.codeIsExample { found.append(.code) }
    if old.partOf != new.partOf { found.append(.partOf) }
    if old.within != new.within { found.append(.within) }
    if old.latitude != new.latitude || old.longitude != new.longitude { found.append(.position) }
    if old.organizationNumber != new.organizationNumber { found.append(.organizationNumber) }
    if old.telephone != new.telephone { found.append(.telephone) }
    if old.source != new.source { found.append(.source) }
    return found
  }
}

/// One place as a list would leave it.
public struct PlannedPlace: Hashable, Sendable {
  /// The kind.
  public let kind: PlaceKind
  /// The name.
  public let name: String
  /// The code, or empty.
  public let code: String
  /// How it comes out.
  public internal(set) var change: PlannedChange
  /// What changes of a known place.
  public internal(set) var details: [PlaceDetail]
}
