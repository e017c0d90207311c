import Foundation
import Health
import Journal

/// Finds the village and Posyandu that a row names, or makes them where that was asked for.
struct PlaceFinder {
  private struct RowPlaces: Hashable {
    let district: String
    let puskesmas: String
    let village: String
    let posyandu: String
  }

  private var tree: PlaceTree
  private var known: [RowPlaces: Result<Identifier, RowProblem>] = [:]
  private let creates: Bool
  /// Facts of places that rows asked for and that nobody knew.
  private(set) var newPlaces: [Fact] = []
  private var nextNumber: Int64 = -1
  private let now: Instant
  private let device: Identifier

  init(tree: PlaceTree, creates: Bool, now: Instant, device: Identifier) {
    self.tree = tree
    self.creates = creates
    self.now = now
    self.device = device
  }

  /// Hands over the facts of new places; they are known from then on.
  mutating func takeNewPlaces() -> [Fact] {
    defer { newPlaces = [] }
    return newPlaces
  }

  /// The place in whose figures the row's child counts.
  mutating func place(for row: MeasurementRow) throws(RowProblem) -> Identifier {
    let key = RowPlaces(
      district: row.district, puskesmas: row.puskesmas, village: row.village,
      posyandu: row.posyandu)
    if let found = known[key] { return try found.get() }
    let result: Result<Identifier, RowProblem>
    do throws(RowProblem) { result = .success(try find(key)) } catch { result = .failure(error) }
    known[key] = result
    return try result.get()
  }

  private mutating func find(_ row: RowPlaces) throws(RowProblem) -> Identifier {
    let village = row.village.isEmpty ? nil : try village(row)
    if row.posyandu.isEmpty, let village { return village.id }
    let candidates =
      village.map { tree.children(of: $0.id) }
      ?? tree.places.values.filter { $0.kind == .posyandu }
    let wanted = PlaceNames.key(row.posyandu, of: .posyandu)
    let found = candidates.filter {
      $0.kind == .posyandu && PlaceNames.key($0.name, of: .posyandu) == wanted
    }
    if found.count == 1 { return found[0].id }
    if found.isEmpty, creates, let village {
      return add(kind: .posyandu, name: row.posyandu, code: "", under: village.id).id
    }
    throw RowProblem(
      .unknownPosyandu, .posyandu, value: row.posyandu,
      details: [
        "village": village?.name ?? "",
        "near": SimilarNames.nearest(row.posyandu, among: candidates.map(\.name)),
      ])
  }

  private mutating func village(_ row: RowPlaces) throws(RowProblem) -> Place {
    let all = tree.places.values.filter { $0.kind == .village }
    if let byCode = all.first(where: { !$0.code.isEmpty && $0.code == row.village }) {
      return byCode
    }
    let wanted = PlaceNames.key(row.village, of: .village)
    var found = all.filter { PlaceNames.key($0.name, of: .village) == wanted }
    if !row.puskesmas.isEmpty {
      // Villages of one name are common: the one under the Puskesmas that the row names is meant.
      let wanted = PlaceNames.key(row.puskesmas, of: .puskesmas)
      found = found.filter { village in
        let above = tree.path(from: village.id).first { $0.kind == .puskesmas }
        return above.map { PlaceNames.key($0.name, of: .puskesmas) == wanted } ?? true
      }
    }
    if found.count == 1 { return found[0] }
    if found.count > 1 {
      throw RowProblem(.ambiguousVillage, .village, value: row.village)
    }
    if creates { return addVillage(row) }
    throw RowProblem(
      .unknownVillage, .village, value: row.village,
      details: ["near": SimilarNames.nearest(row.village, among: all.map(\.name))])
  }

  private mutating func addVillage(_ row: RowPlaces) -> Place {
    var above: Identifier?
    for (kind, name) in [(PlaceKind.district, row.district), (.puskesmas, row.puskesmas)]
    where !name.isEmpty {
      let wanted = PlaceNames.key(name, of: kind)
      let existing = tree.places.values.first {
        $0.kind == kind && PlaceNames.key($0.name, of: kind) == wanted
      }
      above = existing?.id ?? add(kind: kind, name: name, code: "", under: above).id
    }
    if above == nil { above = tree.roots.first { $0.kind != .village && $0.kind != .posyandu }?.id }
    return add(kind: .village, name: row.village, code: "", under: above)
  }

  private mutating func add(
    kind: PlaceKind, name: String, code: String, under parent: Identifier?
  ) -> Place {
    let content = "\(kind.rawValue)|\(TextValues.key(name))|\(parent?.text ?? "")"
    let id = Identifier.ofContent("place", Array(content.utf8))
    let body = PlaceBody(kind: kind, name: Array(name.utf8), code: [], partOf: parent)
    newPlaces.append(
      Fact(
        id: Identifier.ofContent("place-fact", Array(content.utf8)), subject: id, kind: .place,
        occurredOn: now.day(hoursEastOfGreenwich: 7), recordedAt: now, device: device,
        body: body.bytes))
    let place = Place(
      number: nextNumber, id: id, kind: kind, name: name, code: code, codeIsExample: false,
      partOf: parent)
    nextNumber -= 1
    tree = PlaceTree(tree.places.values + [place])
    return place
  }
}
