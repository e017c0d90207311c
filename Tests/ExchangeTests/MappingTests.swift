import Foundation
import Testing

@testable import Exchange

@Suite("Mapping of columns")
struct MappingTests {
  private static func mapping(_ json: String) throws -> MeasurementMapping {
    try MeasurementMapping(json: Data(json.utf8), path: "/somewhere/survey.json")
  }

  @Test("A mapping with everything in it")
  func whole() throws {
    let mapping = try Self.mapping(
      """
      {"columns": {"sex": ["sex"], "weight": ["w"]}, "constants": {"visit_date": "2025-06-14"},
       "values": {"sex": {"0": "f"}}, "units": {"weight": "g", "birth_length": "mm"},
       "source": "survey", "dateOrder": "mdy"}
      """)
    #expect(mapping.columns == [.sex: ["sex"], .weight: ["w"]])
    #expect(mapping.constants?[.visitDate] == "2025-06-14")
    #expect(mapping.values?[.sex] == ["0": "f"])
    #expect(mapping.units == [.weight: "g", .birthLength: "mm"])
    #expect(mapping.source == "survey" && mapping.dateOrder == "mdy")
    #expect(try Self.mapping(#"{"columns": {}}"#).source == "survey.json")
  }

  @Test(
    "What is wrong is told with its place",
    arguments: [
      ("", ""), ("[]", ""), ("{", ""), ("{}", "columns"),
      (#"{"columns": {"wieght": ["Berat"]}}"#, "wieght"),
      (#"{"columns": {"weight": "Berat"}}"#, "columns.weight"),
      (#"{"columns": {"weight": [7]}}"#, "columns.weight"),
      (#"{"columns": {}, "units": {"weight": "kilo"}}"#, "units.weight: kilo (kg, g)"),
      (#"{"columns": {}, "units": {"weight": "mm"}}"#, "units.weight: mm (kg, g)"),
      (#"{"columns": {}, "units": {"length": "g"}}"#, "units.length: g (cm, mm)"),
      (#"{"columns": {}, "units": {"sex": "g"}}"#, "units.sex: g"),
      (#"{"columns": {}, "units": {"triceps_skinfold": "cm"}}"#, "units.triceps_skinfold: cm"),
      (#"{"columns": {}, "dateOrder": "ymd"}"#, "dateOrder: ymd (dmy, mdy)"),
      (#"{"columns": {}, "dateorder": "mdy"}"#, "dateorder (columns, "),
      (#"{"columns": {}, "unit": {"weight": "g"}}"#, "unit (columns, "),
      (#"{"columns": {}, "constants": []}"#, "constants"),
    ])
  func problems(json: String, place: String) throws {
    let problem = try #require(throws: MappingProblem.self) { try Self.mapping(json) }
    guard case .notAMapping(let path, let reason) = problem else {
      Issue.record("\(problem)")
      return
    }
    #expect(path == "/somewhere/survey.json")
    #expect(!reason.isEmpty && (place.isEmpty || reason.contains(place)), "\(reason)")
  }

  @Test("A mapping that is not there is told, the built-in one is found by its name")
  func names() throws {
    #expect(throws: MappingProblem.notFound("/none/such.json")) {
      try MeasurementMapping(named: "/none/such.json")
    }
    #expect(try MeasurementMapping(named: "E-PPGBM").source == "eppgbm")
  }

  @Test(
    "A file lacks a column that is needed",
    arguments: [
      ("Nama,Tgl Lahir,Desa,Tgl Ukur,Berat", MeasurementField.sex),
      ("Nama,JK,Tgl Lahir,Desa,Berat", .visitDate), ("Nama,JK,Desa,Tgl Ukur,Berat", .birthDate),
      ("JK,Tgl Lahir,Desa,Tgl Ukur,Berat", .name),
      ("Nama,JK,Tgl Lahir,Desa,Tgl Ukur", .weight),
      ("Nama,JK,Tgl Lahir,Tgl Ukur,Berat", .village),
    ])
  func missingColumn(heading: String, field: MeasurementField) {
    let headings = heading.components(separatedBy: ",")
    #expect(throws: MappingProblem.missingColumn(field: field, headings: headings)) {
      try MeasurementMapping.ePPGBM.columns(in: headings)
    }
  }

  @Test("Columns are found whatever their capitals and signs, the first name of the mapping first")
  func columns() throws {
    let columns = try MeasurementMapping.ePPGBM.columns(in: [
      "NAMA ANAK", "jk", "tgl. lahir", "Desa/Kel", "tgl ukur", "BB", "Berat", "ZS BB/U",
    ])
    #expect(columns[.name] == 0 && columns[.sex] == 1 && columns[.birthDate] == 2)
    #expect(columns[.weight] == 6, "Berat comes before BB in the mapping")
  }
}
