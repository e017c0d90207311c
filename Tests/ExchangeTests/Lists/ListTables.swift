import Foundation
import Health
import Journal
import Samples
import Testing

@testable import Exchange

/// One table as CSV and as a spreadsheet.
enum ListTables {
  /// A cell of a spreadsheet; CSV has its text.
  enum Cell: ExpressibleByStringLiteral {
    case text(String)
    /// A number as it is stored, shown in a format (0 is General).
    case number(String, style: Int = 0)
    /// Any cell given as XML; CSV leaves it empty.
    case xml(String)

    init(stringLiteral value: String) { self = .text(value) }

    var text: String {
      switch self {
      case .text(let text), .number(let text, _): text
      case .xml: ""
      }
    }
  }

  static func csv(_ rows: [[String]]) throws -> CSVTable {
    var writer = CSVWriter()
    for row in rows { writer.row(row) }
    return try CSVTable(CSVReader(bytes: [UInt8](writer.take())))
  }

  /// Style 1 shows days, style 2 shows text.
  static func sheet(_ rows: [[Cell]], behind: String = "") throws -> SpreadsheetTable {
    var xml = ""
    for (position, row) in rows.enumerated() {
      let line = position + 1
      xml += "<row r=\"\(line)\">"
      for (column, cell) in row.enumerated() {
        let place = CellReference(column: column + 1, line: line)
        switch cell {
        case .text(""): continue
        case .text(let text):
          let plain = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
          xml += "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(plain)</t></is></c>"
        case .number(let number, let style):
          xml += "<c r=\"\(place)\" s=\"\(style)\"><v>\(number)</v></c>"
        case .xml(let inner): xml += inner.replacing("{r}", with: place.description)
        }
      }
      xml += "</row>"
    }
    let book = HandmadeWorkbook(rows: xml, behind: behind, formats: ["dd/mm/yyyy", "49"])
    return try SpreadsheetTable(SpreadsheetReader(bytes: try book.bytes()))
  }

  static func sheet(_ rows: [[String]]) throws -> SpreadsheetTable {
    try sheet(rows.map { $0.map { Cell.text($0) } })
  }

  /// The rows as both kinds of files.
  static func both(_ rows: [[String]]) throws -> [any TableReader] {
    [try csv(rows), try sheet(rows)]
  }
}

/// A small district with two villages of one name.
enum ListDistrict {
  static func id(_ number: UInt64) -> Identifier { Identifier(high: 7, low: number) }

  static let district = id(1)
  static let hilir = id(2)
  static let hulu = id(3)
  static let sidomulyoHilir = id(4)
  static let sidomulyoHulu = id(5)
  static let anjir = id(6)
  static let melatiHilir = id(7)
  static let melatiHulu = id(8)
  static let mawar = id(9)
  static let kecamatanHilir = id(10)
  static let kecamatanHulu = id(11)
  static let pustu = id(12)
  static let clinic = id(13)
  static let anjirLama = id(14)

  static let places: ListPlaces = {
    func place(
      _ id: Identifier, _ kind: PlaceKind, _ name: String, _ above: Identifier?, code: String = "",
      within: Identifier? = nil
    ) -> Place {
      var place = Place(
        number: Int64(id.low), id: id, kind: kind, name: name, code: code, codeIsExample: false,
        partOf: above)
      place.within = within
      return place
    }
    var old = place(anjirLama, .village, "Anjir Lama", hulu, within: kecamatanHulu)
    old.endedOn = day("2025-12-31")
    old.successor = anjir
    let tree = PlaceTree([
      place(district, .district, "Kapuas", nil, code: "62.03"),
      place(hilir, .puskesmas, "Puskesmas Hilir", district),
      place(hulu, .puskesmas, "Puskesmas Hulu", district),
      place(
        sidomulyoHilir, .village, "Sidomulyo", hilir, code: "62.03.01.2001", within: kecamatanHilir),
      place(
        sidomulyoHulu, .village, "Sidomulyo", hulu, code: "62.03.02.2001", within: kecamatanHulu),
      place(anjir, .village, "Anjir Contoh", hulu, within: kecamatanHulu), old,
      place(melatiHilir, .posyandu, "Posyandu Melati", sidomulyoHilir),
      place(melatiHulu, .posyandu, "Melati", sidomulyoHulu),
      place(mawar, .posyandu, "Mawar", anjir),
      place(kecamatanHilir, .subdistrict, "Kapuas Hilir", nil, within: district),
      place(kecamatanHulu, .subdistrict, "Kapuas Hulu", nil, within: district),
      place(pustu, .pustu, "Pustu Anjir Contoh", hulu),
      place(clinic, .clinic, "Klinik Sehat", nil, code: "K-9901", within: anjir),
    ])
    return ListPlaces(tree, on: day("2026-11-22"))
  }()
}

/// What the explanations of problems and warnings fill in, by key; nothing where they fill in
/// nothing. The catalogues and the code are compared with it.
enum ListGaps {
  static let problems: [ListRowProblem.Code: Set<String>] = [
    .invisibleCharacter: ["position", "code"], .pictureInName: ["position", "code"],
    .tooLong: ["limit"], .bareDayNumber: ["day"], .dateTooEarly: ["low"], .dateInFuture: ["today"],
    .endBeforeStart: ["start"], .unknownRelation: ["known"], .wrongIdentityNumber: ["count"],
    .duplicateIdentityNumber: ["line"], .repeatedRow: ["line"], .otherPlace: ["line"],
    .unknownVillage: ["near"], .villageElsewhere: ["area", "choices"],
    .ambiguousVillage: ["choices"], .unknownPosyandu: ["village", "near"],
    .ambiguousPosyandu: ["choices"], .unknownPlace: ["near"], .ambiguousPlace: ["choices"],
    .placeEnded: ["ended", "successor"], .roleNotThere: ["place"], .unknownRole: ["known"],
    .userNameTaken: ["line"],
    .otherName: ["line"], .ambiguousPerson: ["count"], .ambiguousHousehold: ["count"],
    .workerLeft: ["day"], .roleEnded: ["day"],
    .ambiguousWorker: ["count"], .refusedFact: ["reason"],
    .wrongColumnCount: ["found", "expected"], .textBehindQuote: ["column"],
  ]

  static let warnings: [ListRowWarning.Code: Set<String>] = [
    .identityNumberOtherBirthDate: ["told", "birth"], .identityNumberOtherSex: ["sex"],
    .unknownWord: ["known"], .secondHead: ["line"], .householdDiffers: ["line"],
  ]

  /// Whether problems and warnings fill in what their explanations have gaps for.
  static func areFilled(_ problems: [ListRowProblem], _ warnings: [ListRowWarning]) -> Bool {
    problems.allSatisfy { problem in
      guard case .row(let code) = problem.reason else { return true }
      return Set(problem.details.keys) == Self.problems[code] ?? []
    }
      && warnings.allSatisfy { warning in
        guard case .row(let code) = warning.reason else { return true }
        return Set(warning.details.keys) == Self.warnings[code] ?? []
      }
  }
}
