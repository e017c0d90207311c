import Exchange
import Health
import Journal
import Services

/// The words for lists of areas and facilities, and maps, that cannot be taken at all.
extension Refusal {
  init(table error: DistrictTableProblem) {
    switch error {
    case .missingColumn(let field, let headings):
      self.init(
        "missing_table_column", ["field": field, "headings": headings.joined(separator: ", ")])
    case .columnTwice(let field, let headings):
      self.init("column_twice", ["field": field, "headings": headings.joined(separator: ", ")])
    case .tooManyRows(let limit): self.init("too_many_rows", ["limit": String(limit)])
    }
  }

  init(map error: BoundaryFileProblem) {
    switch error {
    case .unreadable(let path): self.init("unreadable", ["path": path])
    case .tooLarge(let megabytes): self.init("map_too_large", ["megabytes": String(megabytes)])
    case .notText: self.init("map_not_text")
    case .notJSON(let reason): self.init("map_not_json", ["reason": reason])
    case .tooDeep(let limit): self.init("map_too_deep", ["limit": String(limit)])
    case .notAMap: self.init("not_a_map")
    case .otherCoordinates(let name): self.init("other_coordinates", ["name": name])
    case .tooManyFeatures(let limit): self.init("too_many_features", ["limit": String(limit)])
    }
  }

  init(setup error: DistrictSetupProblem) {
    switch error {
    case .noListOf(let area, let shipped):
      self.init(
        "no_list_of_area", ["area": area, "shipped": shipped.joined(separator: ", ")])
    case .notInList(let area): self.init("area_not_in_list", ["area": area])
    case .noDistrict: self.init("no_district")
    case .severalDistricts(let choices):
      self.init("several_districts", ["choices": choices.joined(separator: ", ")])
    case .refused(let refusal): self.init("district_refused", ["reason": refusal.rawValue])
    }
  }
}
