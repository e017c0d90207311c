import Health
import Journal

/// Finds the places that rows of lists name; it makes none.
///
/// Villages of one name are common: whoever means one of them names its kecamatan, or its code.
public struct ListPlaces: Sendable {
  /// How a row says where somebody lives or works.
  struct Named: Hashable {
    var village = ""
    var subdistrict = ""
    var puskesmas = ""
    var posyandu = ""

    /// Whether the row says nothing of a place.
    var isEmpty: Bool { village.isEmpty && posyandu.isEmpty }
  }

  /// Why a place is not found.
  struct Fault: Error, Hashable {
    /// Which of the names does not fit.
    enum Part: Hashable { case village, posyandu, place }

    let code: ListRowProblem.Code
    let part: Part
    let value: String
    var details: [String: String] = [:]
  }

  let tree: PlaceTree
  private let today: CivilDate
  private let villagesByName: [String: [Place]]
  private let placesByCode: [String: [Place]]
  private let posyanduByName: [String: [Place]]
  private let villageNames: [String]

  /// The places of a registry.
  ///
  /// - Parameters:
  ///   - tree: all places that are known. Where nobody told the kecamatan of a village, one that a
  ///     row names is not held against it.
  ///   - today: nobody lives or works in a place that ended before this day.
  public init(_ tree: PlaceTree, on today: CivilDate) {
    self.tree = tree
    self.today = today
    let places = tree.places.values.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    let villages = places.filter { $0.kind == .village }
    villagesByName = Dictionary(grouping: villages) { ListPlaces.key($0.name, .village) }
    villageNames = villages.map(\.name)
    posyanduByName = Dictionary(grouping: places.filter { $0.kind == .posyandu }) {
      ListPlaces.key($0.name, .posyandu)
    }
    placesByCode = Dictionary(grouping: places.filter { !$0.code.isEmpty }) {
      ListPlaces.plainCode($0.code)
    }
  }

  /// Where somebody lives: the Posyandu, or the village where none is named.
  func home(_ named: Named) throws(Fault) -> Identifier {
    let village = named.village.isEmpty ? nil : try village(named)
    if named.posyandu.isEmpty, let village { return village.id }
    let wanted = ListPlaces.key(named.posyandu, .posyandu)
    let candidates = village.map { tree.children(of: $0.id).filter { $0.kind == .posyandu } }
    let found = try standing(
      candidates?.filter { ListPlaces.key($0.name, .posyandu) == wanted }
        ?? posyanduByName[wanted] ?? [], .posyandu)
    if found.count == 1 { return found[0].id }
    if found.count > 1 {
      throw Fault(
        code: .ambiguousPosyandu, part: .posyandu, value: named.posyandu,
        details: ["choices": choices(found)])
    }
    let names = (candidates ?? posyanduByName.values.flatMap { $0 }).map(\.name)
    throw Fault(
      code: .unknownPosyandu, part: .posyandu, value: named.posyandu,
      details: [
        "village": village?.name ?? "",
        "near": SimilarNames.nearest(named.posyandu, among: names),
      ])
  }

  private func village(_ named: Named) throws(Fault) -> Place {
    let text = named.village
    let byCode = try standing(
      (placesByCode[ListPlaces.plainCode(text)] ?? []).filter { $0.kind == .village }, .village)
    if byCode.count == 1 { return byCode[0] }
    let all = villagesByName[ListPlaces.key(text, .village)] ?? []
    let found = try standing(all.filter { fits($0, named) }, .village)
    if found.count == 1 { return found[0] }
    if found.count > 1 {
      throw Fault(
        code: .ambiguousVillage, part: .village, value: text,
        details: ["choices": choices(found)])
    }
    if !all.isEmpty {
      throw Fault(
        code: .villageElsewhere, part: .village, value: text,
        details: [
          "area": named.subdistrict.isEmpty ? named.puskesmas : named.subdistrict,
          "choices": choices(all),
        ])
    }
    throw Fault(
      code: .unknownVillage, part: .village, value: text,
      details: ["near": SimilarNames.nearest(text, among: villageNames)])
  }

  /// Whether a village lies in the kecamatan and under the Puskesmas that a row names.
  private func fits(_ village: Place, _ named: Named) -> Bool {
    if !named.subdistrict.isEmpty, let area = subdistrict(of: village),
      ListPlaces.key(area.name, .subdistrict) != ListPlaces.key(named.subdistrict, .subdistrict)
    {
      return false
    }
    if !named.puskesmas.isEmpty,
      let above = tree.path(from: village.id).first(where: { $0.kind == .puskesmas }),
      ListPlaces.key(above.name, .puskesmas) != ListPlaces.key(named.puskesmas, .puskesmas)
    {
      return false
    }
    return true
  }

  /// Where somebody works: a place of any kind, by name or code.
  ///
  /// - Parameters:
  ///   - text: its name, with or without the word for its kind, or its code.
  ///   - kinds: of what kinds it may be; of places of one name those are taken first.
  ///   - named: village, kecamatan and Puskesmas beside it, to tell places of one name apart.
  func workplace(
    _ text: String, of kinds: Set<PlaceKind>, _ named: Named
  ) throws(Fault) -> Place {
    let byCode = try standing(placesByCode[ListPlaces.plainCode(text)] ?? [], .place)
    if byCode.count == 1 { return byCode[0] }
    let said = ListPlaces.kind(of: text)
    let all = tree.places.values.filter { place in
      (said == nil || said == place.kind)
        && ListPlaces.key(place.name, place.kind) == ListPlaces.key(text, place.kind)
    }
    let village = named.village.isEmpty ? nil : try self.village(named)
    let near = all.filter { place in
      let path = tree.administrativePath(of: place.id)
      if let village, !path.contains(where: { $0.id == village.id }) { return false }
      guard let above = path.first(where: { $0.kind == .village }) else {
        return place.kind == .village || village == nil
      }
      return village != nil || fits(above, named)
    }
    let fitting = near.filter { kinds.contains($0.kind) }
    let found = try standing(
      (fitting.isEmpty ? near : fitting).sorted { ($0.name, $0.id) < ($1.name, $1.id) }, .place)
    if found.count == 1 { return found[0] }
    if found.count > 1 {
      throw Fault(
        code: .ambiguousPlace, part: .place, value: text, details: ["choices": choices(found)])
    }
    let names = tree.places.values.filter { kinds.contains($0.kind) }.map(\.name)
    throw Fault(
      code: .unknownPlace, part: .place, value: text,
      details: ["near": SimilarNames.nearest(text, among: names)])
  }

  // MARK: Names

  /// The kecamatan of a place, where it is known.
  private func subdistrict(of place: Place) -> Place? {
    tree.administrativePath(of: place.id).first { $0.kind == .subdistrict }
  }

  /// The places that are there today; refused where all of those found have ended.
  private func standing(_ found: [Place], _ part: Fault.Part) throws(Fault) -> [Place] {
    let standing = found.filter { $0.endedOn.map { $0 >= today } ?? true }
    guard standing.isEmpty, let ended = found.first, let day = ended.endedOn else {
      return standing
    }
    let successor = ended.successor.flatMap { tree.places[$0] }
    throw Fault(
      code: .placeEnded, part: part, value: ended.name,
      details: [
        "ended": DateText.iso(day), "successor": successor.map { choices([$0]) } ?? "–",
      ])
  }

  /// Places as a message tells them apart: name, village, and kecamatan or else Puskesmas, and the
  /// code; at most five.
  private func choices(_ places: [Place]) -> String {
    let told = places.prefix(5).map { place in
      let village = tree.administrativePath(of: place.id).first { $0.kind == .village }
      let area =
        subdistrict(of: place) ?? tree.path(from: place.id).first { $0.kind == .puskesmas }
      var words = [place.name]
      if let village, village.id != place.id { words.append(village.name) }
      if let area, area.id != place.id { words.append(area.name) }
      let name = words.joined(separator: ", ")
      return place.code.isEmpty ? name : "\(name) (\(place.code))"
    }
    return told.joined(separator: "; ") + (places.count > told.count ? "; …" : "")
  }

  /// A code without its dots, as some programs write it.
  private static func plainCode(_ text: String) -> String {
    let code = text.filter { $0 != "." && $0 != " " }
    return code.uppercased()
  }

  private static func words(of kind: PlaceKind) -> [String] {
    switch kind {
    case .district: ["KABUPATEN", "KAB", "KOTA", "DINAS", "KESEHATAN", "DINKES"]
    case .puskesmas: ["PUSKESMAS", "PKM", "UPT", "UPTD", "BLUD"]
    case .village: ["DESA", "KELURAHAN", "KEL", "DS"]
    case .posyandu: ["POSYANDU"]
    case .province: ["PROVINSI", "PROV"]
    case .subdistrict: ["KECAMATAN", "KEC"]
    case .pustu: ["PUSTU", "PUSKESMAS", "PEMBANTU"]
    case .clinic: ["KLINIK"]
    case .pharmacy: ["APOTEK"]
    case .hospital: ["RS", "RSUD", "RUMAH", "SAKIT"]
    case .laboratory: ["LABORATORIUM", "LAB"]
    case .school, .doctorPractice, .midwifePractice: []
    }
  }

  /// The kind of place that a name begins with, where it begins with one.
  private static func kind(of text: String) -> PlaceKind? {
    let said = text.uppercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    guard let first = said.first, said.count > 1 else { return nil }
    if first == "PUSKESMAS", said[1] == "PEMBANTU" { return .pustu }
    switch first {
    case "POSYANDU": return .posyandu
    case "PUSTU": return .pustu
    case "PUSKESMAS", "PKM", "UPT", "UPTD", "BLUD": return .puskesmas
    case "DESA", "KELURAHAN": return .village
    case "KABUPATEN", "KAB", "DINAS", "DINKES": return .district
    default: return nil
    }
  }

  /// A name without the words for its kind, capitals and signs.
  private static func key(_ name: String, _ kind: PlaceKind) -> String {
    let dropped = words(of: kind)
    let rest = name.uppercased().split { !$0.isLetter && !$0.isNumber }
      .filter { !dropped.contains(String($0)) }
    return rest.joined()
  }
}
