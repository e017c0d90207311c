import Exchange
import Journal

/// Why a list of areas or facilities, a map, or a plan of a district cannot be taken at all: the name
/// of the explanation below `errors.file` in the catalogues, and what that fills in.
public struct DistrictFileExplanation: Hashable, Sendable {
  /// The name.
  public let code: String
  /// What is filled in.
  public let values: [String: String]

  /// Nothing where the error is of another kind.
  public init?(_ error: any Error) {
    switch error {
    case let error as DistrictTableProblem: self.init(table: error)
    case let error as BoundaryFileProblem: self.init(map: error)
    case let error as DistrictSetupProblem: self.init(setup: error)
    default: return nil
    }
  }

  private init(_ code: String, _ values: [String: String] = [:]) {
    self.code = code
    self.values = values
  }

  private init(table error: DistrictTableProblem) {
    switch error {
    case .missingColumn(let field, let headings):
      self.init(
        "missing_table_column", ["field": field, "headings": headings.joined(separator: ", ")])
    case .columnTwice(let field, let headings):
      self.init("column_twice", ["field": field, "headings": headings.joined(separator: ", ")])
    case .tooManyRows(let limit): self.init("too_many_rows", ["limit": String(limit)])
    }
  }

  private init(map error: BoundaryFileProblem) {
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

  private init(setup error: DistrictSetupProblem) {
    switch error {
    case .noListOf(let area, let shipped):
      self.init("no_list_of_area", ["area": area, "shipped": shipped.joined(separator: ", ")])
    case .notInList(let area): self.init("area_not_in_list", ["area": area])
    case .noDistrict: self.init("no_district")
    case .severalDistricts(let choices):
      self.init("several_districts", ["choices": choices.joined(separator: ", ")])
    case .refused(let refusal): self.init("district_refused", ["reason": refusal.rawValue])
    }
  }
}
