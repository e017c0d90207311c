import CZip
import Foundation
import Testing

@testable import Exchange

/// A spreadsheet file made of parts that a test writes by hand.
struct HandmadeWorkbook {
  /// The parts in their order; a part may be named twice.
  var parts: [(name: String, content: [UInt8])] = []
  var password: String?
  var compression: Int32 = ZIP_CM_DEFLATE

  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  static let package = "http://schemas.openxmlformats.org/package/2006"

  /// A workbook with one sheet, whose rows are given as XML.
  init(
    rows: String = "", behind: String = "", before: String = "", shared: [String]? = nil,
    formats: [String] = [], workbookProperties: String = ""
  ) {
    self.init(
      sheets: [
        (
          "Data", "",
          "<worksheet xmlns=\"\(Self.main)\">\(before)<sheetData>\(rows)</sheetData>\(behind)"
            + "</worksheet>"
        )
      ], shared: shared, formats: formats, workbookProperties: workbookProperties)
  }

  init(
    sheets: [(name: String, attributes: String, xml: String)], shared: [String]? = nil,
    formats: [String] = [], workbookProperties: String = ""
  ) {
    let list = sheets.enumerated().map {
      "<sheet name=\"\($1.name)\" sheetId=\"\($0 + 1)\" \($1.attributes) r:id=\"rId\($0 + 1)\"/>"
    }.joined()
    var links = sheets.indices.map {
      "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(Self.office)/worksheet\""
        + " Target=\"worksheets/sheet\($0 + 1).xml\"/>"
    }.joined()
    links += "<Relationship Id=\"rId901\" Type=\"\(Self.office)/styles\" Target=\"styles.xml\"/>"
    if shared != nil {
      links +=
        "<Relationship Id=\"rId902\" Type=\"\(Self.office)/sharedStrings\""
        + " Target=\"/xl/sharedStrings.xml\"/>"
    }
    self["[Content_Types].xml"] =
      "<Types xmlns=\"\(Self.package)/content-types\"><Override PartName=\"/xl/workbook.xml\""
      + " ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\""
      + "/></Types>"
    self["_rels/.rels"] = Self.relationships(
      "<Relationship Id=\"rId1\" Type=\"\(Self.office)/officeDocument\" Target=\"xl/workbook.xml\"/>"
    )
    self["xl/workbook.xml"] =
      "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\">\(workbookProperties)"
      + "<sheets>\(list)</sheets></workbook>"
    self["xl/_rels/workbook.xml.rels"] = Self.relationships(links)
    self["xl/styles.xml"] = Self.styles(formats)
    if let shared {
      self["xl/sharedStrings.xml"] =
        "<sst xmlns=\"\(Self.main)\">" + shared.map { "<si>\($0)</si>" }.joined() + "</sst>"
    }
    for (position, sheet) in sheets.enumerated() {
      self["xl/worksheets/sheet\(position + 1).xml"] = sheet.xml
    }
  }

  static func relationships(_ list: String) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"\(package)/relationships\">"
      + list + "</Relationships>"
  }

  /// Styles 1, 2, … show numbers by these formats, given as codes or as numbers of built-in ones.
  static func styles(_ formats: [String]) -> String {
    var custom = ""
    var cells = "<xf numFmtId=\"0\"/>"
    for (position, format) in formats.enumerated() {
      if let builtIn = Int(format), builtIn > 1 {
        cells += "<xf numFmtId=\"\(builtIn)\"/>"
      } else {
        let code = format.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
        custom += "<numFmt numFmtId=\"\(200 + position)\" formatCode=\"\(code)\"/>"
        cells += "<xf numFmtId=\"\(200 + position)\"/>"
      }
    }
    return "<styleSheet xmlns=\"\(main)\"><numFmts>\(custom)</numFmts><cellStyleXfs>"
      + "<xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>\(cells)</cellXfs></styleSheet>"
  }

  /// A part's text.
  subscript(name: String) -> String? {
    get {
      parts.first { $0.name == name }.map { String(decoding: $0.content, as: UTF8.self) }
    }
    set {
      let position = parts.firstIndex { $0.name == name }
      if let position { parts.remove(at: position) }
      guard let newValue else { return }
      parts.insert((name, Array(newValue.utf8)), at: position ?? parts.count)
    }
  }

  /// The packed file.
  func bytes() throws -> [UInt8] {
    let path = NSTemporaryDirectory() + "handmade-\(UUID().uuidString).xlsx"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let zip = try #require(zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, nil))
    let copies = parts.map { part in
      let copy = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(1, part.content.count), alignment: 1)
      copy.copyBytes(from: part.content)
      return copy
    }
    defer { for copy in copies { copy.deallocate() } }
    for (part, copy) in zip2(parts, copies) {
      let source = zip_source_buffer(zip, copy.baseAddress, UInt64(part.content.count), 0)
      let index = zip_file_add(zip, part.name, source, UInt32(ZIP_FL_ENC_UTF_8))
      try #require(index >= 0, "\(part.name)")
      try #require(zip_set_file_compression(zip, UInt64(index), compression, 0) == 0)
      if let password {
        try #require(
          zip_file_set_encryption(zip, UInt64(index), UInt16(ZIP_EM_AES_256), password) == 0)
      }
    }
    try #require(zip_close(zip) == 0)
    return [UInt8](try Data(contentsOf: URL(filePath: path)))
  }

  private func zip2<First, Second>(_ first: [First], _ second: [Second]) -> Zip2Sequence<
    [First], [Second]
  > { Swift.zip(first, second) }

  /// Opens the file and reads all rows of its only visible sheet.
  func rows(_ limits: SpreadsheetLimits = .standard) throws -> [SheetRow] {
    let reader = try SpreadsheetReader(bytes: try bytes(), limits: limits)
    let rows = try reader.rows(of: try reader.sheet())
    var found: [SheetRow] = []
    while let row = try rows.next() { found.append(row) }
    return found
  }

  /// Why the file is refused; nothing where it is read.
  func problem(_ limits: SpreadsheetLimits = .standard) throws -> SpreadsheetProblem? {
    do { _ = try rows(limits) } catch let problem as SpreadsheetProblem { return problem }
    return nil
  }
}

/// The bytes with one sequence replaced by another of the same length, wherever it stands.
func patched(_ bytes: [UInt8], _ old: String, _ new: String) -> [UInt8] {
  precondition(old.utf8.count == new.utf8.count)
  var data = Data(bytes)
  while let range = data.range(of: Data(old.utf8)) {
    data.replaceSubrange(range, with: Data(new.utf8))
  }
  return [UInt8](data)
}

/// The only cell of a sheet with one row of one cell, given as XML.
func cell(
  _ xml: String, shared: [String]? = nil, formats: [String] = [], workbookProperties: String = ""
) throws -> SheetCell? {
  let rows = try HandmadeWorkbook(
    rows: "<row r=\"1\">\(xml)</row>", shared: shared, formats: formats,
    workbookProperties: workbookProperties
  ).rows()
  try #require(rows.count <= 1)
  return rows.first?.cells.first
}
