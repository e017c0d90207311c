import Foundation
import Testing

@testable import Exchange

@Suite("Sheets and tables")
struct SheetTests {
  func row(_ line: Int, _ texts: String..., attributes: String = "") -> String {
    let cells = texts.enumerated().map {
      let place = CellReference(column: $0 + 1, line: line)
      return $1.isEmpty ? "" : "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\($1)</t></is></c>"
    }
    return "<row r=\"\(line)\" \(attributes)>\(cells.joined())</row>"
  }

  func sheet(_ rows: String) -> String {
    "<worksheet><sheetData>\(rows)</sheetData></worksheet>"
  }

  func merged(_ ranges: String...) -> String {
    "<mergeCells>" + ranges.map { "<mergeCell ref=\"\($0)\"/>" }.joined() + "</mergeCells>"
  }

  @Test("Several sheets: hidden ones are listed, and none is guessed")
  func sheets() throws {
    let book = HandmadeWorkbook(sheets: [
      ("Petunjuk", "state=\"hidden\"", sheet(row(1, "x"))), ("Data", "", sheet(row(1, "y"))),
      ("Lagi", "state=\"veryHidden\"", sheet("")),
    ])
    let reader = try SpreadsheetReader(bytes: try book.bytes())
    #expect(reader.sheets.map(\.name) == ["Petunjuk", "Data", "Lagi"])
    #expect(reader.sheets.map(\.isHidden) == [true, false, true])
    #expect(try reader.sheet().name == "Data")
    #expect(try reader.rows(of: reader.sheet(named: "Petunjuk")).next()?.cells[0].text == "x")
    #expect(
      throws: SpreadsheetProblem.noSuchSheet(name: "A", sheets: ["Petunjuk", "Data", "Lagi"])
    ) {
      try reader.sheet(named: "A")
    }
    let two = HandmadeWorkbook(sheets: [("A", "", sheet("")), ("B", "", sheet(""))])
    #expect(try two.problem() == .severalSheets(["A", "B"]))
    #expect(try HandmadeWorkbook(sheets: []).problem() == .noSheet)
    let hidden = HandmadeWorkbook(sheets: [("A", "state=\"hidden\"", sheet(""))])
    #expect(try hidden.problem() == .noSheet)
  }

  @Test("Prefixes and the strict namespace are no obstacle")
  func prefixes() throws {
    var book = HandmadeWorkbook()
    book["xl/worksheets/sheet1.xml"] =
      "<x:worksheet xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><x:sheetData><x:row>"
      + "<x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    book["xl/workbook.xml"] = book["xl/workbook.xml"]?.replacing("r:id", with: "rel:id")
      .replacing("xmlns:r", with: "xmlns:rel")
    #expect(try book.rows().first?.cells.first?.text == "5")
  }

  @Test("UTF-16 is read as the markup declares it")
  func utf16() throws {
    var book = HandmadeWorkbook(rows: row(1, "Désa"))
    let xml =
      "<?xml version=\"1.0\" encoding=\"UTF-16\"?>"
      + (book["xl/worksheets/sheet1.xml"] ?? "")
    book.parts.removeAll { $0.name == "xl/worksheets/sheet1.xml" }
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in xml.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    book.parts.append(("xl/worksheets/sheet1.xml", bytes))
    #expect(try book.rows().first?.cells.first?.text == "Désa")
  }

  @Test("Rows keep their line; empty ones are passed over; hidden ones are told")
  func rows() throws {
    let book = HandmadeWorkbook(
      rows: row(2, "a", "", "c") + "<row r=\"3\"/>" + row(7, "d", attributes: "hidden=\"1\""),
      before:
        "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"5\" max=\"16384\" hidden=\"1\"/></cols>"
    )
    let reader = try SpreadsheetReader(bytes: try book.bytes())
    let rows = try reader.rows(of: reader.sheets[0])
    #expect(rows.outline.rowCount == 3)
    #expect(rows.outline.lastLine == 7)
    #expect(rows.outline.hiddenRows == 1)
    #expect(rows.outline.hiddenColumns == [2, 3] + Array(5...200))
    let first = try #require(try rows.next())
    #expect(first.line == 2)
    #expect(first[1]?.text == "a")
    #expect(first[2] == nil)
    #expect(first[3]?.text == "c")
    #expect(first[4] == nil)
    #expect(first[0] == nil)
    #expect(first.reference(column: 3).description == "C2")
    let second = try #require(try rows.next())
    #expect(second.line == 7)
    #expect(second.isHidden)
    #expect(try rows.next() == nil)
    #expect(try rows.next() == nil)
  }

  @Test("Rows that merged cells cover are told, the first of a column is not one of them")
  func mergedRows() throws {
    let book = HandmadeWorkbook(
      rows: (1...9).map { row($0, "a", "b", "c") }.joined(),
      behind: merged("A3:A5", "B7:C7", "C9", "B2:B4"))
    let rows = try book.rows()
    let covered = rows.map { $0.coveringRange?.description ?? "" }
    #expect(covered == ["", "", "B2:B4", "A3:A5", "A3:A5", "", "B7:C7", "", ""])
  }

  @Test("Merged cells in the heading name the range")
  func mergedHeading() throws {
    for range in ["A1:B1", "C1:C2"] {
      let book = HandmadeWorkbook(rows: row(1, "NIK", "Nama", "RT"), behind: merged(range))
      let reader = try SpreadsheetReader(bytes: try book.bytes())
      #expect(throws: SpreadsheetProblem.mergedHeading(sheet: "Data", range: range)) {
        try SpreadsheetTable(reader)
      }
    }
  }

  @Test("A table below a title: the heading's line is told")
  func headingLine() throws {
    let book = HandmadeWorkbook(
      rows: row(1, "DATA KELUARGA") + row(4, " NIK ", "", "Nama, lengkap")
        + row(5, "1", "", " Siti ")
        + row(6, "2", "x", "Budi", "lebih"),
      behind: merged("A1:C1"))
    let reader = try SpreadsheetReader(bytes: try book.bytes())
    var table = try SpreadsheetTable(reader, sheet: "Data", headingLine: 4)
    #expect(table.heading == ["NIK", "", "Nama, lengkap"])
    #expect(String(decoding: table.headingCopy, as: UTF8.self) == " NIK ,,\"Nama, lengkap\"")
    let first = try table.next { $0 }
    #expect(first?.line == 5)
    #expect(first?.count == 3)
    #expect(first?.text(2) == "Siti")
    #expect(first?.text(1) == "")
    #expect(first?.reference(2) == "C5")
    #expect(first?.isBlank == false)
    #expect(first.map { String(decoding: $0.copy, as: UTF8.self) } == "1,, Siti ")
    let second = try table.next { $0 }
    #expect(second?.count == 4)
    #expect(second?.text(9) == "")
    #expect(try table.next { $0.line } == nil)
    #expect(throws: SpreadsheetProblem.noHeading(sheet: "Data")) {
      try SpreadsheetTable(reader, headingLine: 3)
    }
    #expect(throws: SpreadsheetProblem.noHeading(sheet: "Data")) {
      try SpreadsheetTable(reader, headingLine: 99)
    }
    let empty = try SpreadsheetReader(bytes: try HandmadeWorkbook().bytes())
    #expect(throws: SpreadsheetProblem.noHeading(sheet: "Data")) { try SpreadsheetTable(empty) }
  }

  @Test("A refused row kept as CSV is no formula there, and reads as it stood")
  func copyIsNoFormula() throws {
    let texts = ["=1+1", "@a", "-5", "+x;\"y\"", "'=z"]
    let book = HandmadeWorkbook(
      rows: row(1, "a", "b", "c", "d", "e")
        + row(2, "=1+1", "@a", "-5", "+x;&quot;y&quot;", "'=z"))
    var table = try SpreadsheetTable(SpreadsheetReader(bytes: try book.bytes()))
    let copy = try #require(try table.next { $0.copy })
    #expect(String(decoding: copy, as: UTF8.self) == "'=1+1,'@a,-5,\"'+x;\"\"y\"\"\",''=z")
    #expect(ReadRows(copy, separator: UInt8(ascii: ",")).texts == [texts])
  }

  @Test("An error in the heading names the cell")
  func unreadableHeading() throws {
    let book = HandmadeWorkbook(
      rows: "<row><c><v>1</v></c><c t=\"e\"><v>#REF!</v></c></row>")
    let reader = try SpreadsheetReader(bytes: try book.bytes())
    let problem = SpreadsheetProblem.unreadableHeading(
      sheet: "Data", cell: "B1", .errorValue("#REF!"))
    #expect(throws: problem) { try SpreadsheetTable(reader) }
    #expect(problem.details["value"] == "#REF!")
    #expect(problem.details["problem"] == "error_value")
  }

  /// What code that imports rows does, written once for both kinds of files.
  func contents(of table: some TableReader) throws -> [[String]] {
    var table = table
    var rows = [table.heading]
    while let row = try table.next({ row in (0..<row.count).map { row.text($0) ?? "?" } }) {
      rows.append(row)
    }
    return rows
  }

  @Test("One piece of code reads CSV and spreadsheets alike")
  func bothKinds() throws {
    let text = "NIK,Nama\n1,Siti\n6.2E+15,\"Budi, S.\"\n"
    let path = NSTemporaryDirectory() + "both-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    var csv = try CSVTable(path: path)
    let book = HandmadeWorkbook(
      rows: row(1, "NIK", "Nama") + row(2, "1", "Siti") + row(3, "6.2E+15", "Budi, S."))
    let reader = try SpreadsheetReader(bytes: try book.bytes())
    let sheet = try SpreadsheetTable(reader)
    #expect(try contents(of: csv) == contents(of: sheet))
    csv = try CSVTable(path: path)
    #expect(String(decoding: csv.headingCopy, as: UTF8.self) == "NIK,Nama")
    let notes = try csv.next { [$0.notes(0), $0.notes(1), $0.notes(7)] }
    #expect(notes == [[], [], []])
    #expect(try csv.next { $0.notes(0) } == .scientificText)
  }
}
