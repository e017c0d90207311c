import Exchange
import Foundation
import Health
import Journal

/// Finds the village that a list means, in one district.
struct VillageFinder {
  private let places: PlannedPlaces
  private let villages: [Identifier]

  init(_ places: PlannedPlaces, in district: Identifier) {
    self.places = places
    villages = places.areas(.village, in: district)
  }

  /// By code with dots, or by name: `Sidomulyo`, or with its kecamatan `Sidomulyo (Tamban Catur)`.
  func find(
    _ text: String, subdistrict: String, of row: FacilityRow, column: String
  ) throws(DistrictProblem) -> Identifier {
    if AreaCode.kind(of: text) != nil { return try byCode(text, of: row, column: column) }
    if AreaCode.isStatistical(text) {
      let dotted = AreaCode.dotted(text)
      let meant = villages.first {
        String(decoding: places[$0]?.code ?? [], as: UTF8.self) == dotted
      }
      throw row.problem(
        .statisticsCode, column, value: text,
        details: ["dotted": dotted, "name": meant.map { places.name($0) } ?? ""])
    }
    let (name, area) = VillageFinder.parts(text, subdistrict)
    let wanted = PlaceNames.key(name, of: .village)
    var found = villages.filter { PlaceNames.key(places.name($0), of: .village) == wanted }
    if !area.isEmpty {
      let key = PlaceNames.key(area, of: .subdistrict)
      found = found.filter {
        PlaceNames.key(places.name(places.area(.subdistrict, around: $0)), of: .subdistrict) == key
      }
    }
    if found.count == 1 { return found[0] }
    if found.isEmpty {
      throw row.problem(
        .unknownVillage, column, value: text,
        details: FacilityRow.near(name, among: villages.map { places.name($0) }))
    }
    throw row.problem(
      .ambiguousVillage, column, value: text,
      details: ["choices": found.map { withSubdistrict($0) }.joined(separator: ", ")])
  }

  private func byCode(
    _ code: String, of row: FacilityRow, column: String
  ) throws(DistrictProblem) -> Identifier {
    if let found = places.place(.village, code: code), villages.contains(found) { return found }
    throw row.problem(.unknownVillage, column, value: code)
  }

  private func withSubdistrict(_ village: Identifier) -> String {
    "\(places.name(village)) (\(places.name(places.area(.subdistrict, around: village))))"
  }

  private static func parts(_ text: String, _ subdistrict: String) -> (String, String) {
    guard subdistrict.isEmpty, text.hasSuffix(")"), let open = text.lastIndex(of: "(") else {
      return (text, subdistrict)
    }
    return (
      text[..<open].trimmingCharacters(in: .whitespaces),
      String(text[text.index(after: open)...].dropLast())
    )
  }
}
