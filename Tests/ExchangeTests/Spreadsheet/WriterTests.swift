import Foundation
import Health
import Testing

@testable import Exchange

@Suite("Writing")
struct WriterTests {
  typealias Value = SpreadsheetWriter.Value

  static func bytes(
    _ rows: [[Value]], columns: [SpreadsheetWriter.Column], sheet: String = "Data"
  ) throws -> [UInt8] {
    let writer = try SpreadsheetWriter(title: "Uji")
    try writer.beginSheet(sheet, columns: columns)
    for row in rows { try writer.row(row) }
    return try writer.finish()
  }

  static func read(_ bytes: [UInt8], sheet: String? = nil) throws -> [SheetRow] {
    let reader = try SpreadsheetReader(bytes: bytes)
    let rows = try reader.rows(of: try reader.sheet(named: sheet))
    var found: [SheetRow] = []
    while let row = try rows.next() { found.append(row) }
    return found
  }

  /// A part of a file that the writer made.
  static func part(_ name: String, _ bytes: [UInt8]) throws -> String {
    let archive = try SpreadsheetArchive(bytes: bytes, limits: .standard)
    let part = try archive.open(name)
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var text: [UInt8] = []
    while true {
      let count = try buffer.withUnsafeMutableBytes { buffer in
        try part.read(into: try #require(buffer.baseAddress), count: buffer.count)
      }
      if count == 0 { return String(decoding: text, as: UTF8.self) }
      text += buffer[..<count]
    }
  }

  let day = CivilDate(year: 2024, month: 8, day: 5) ?? CivilDate(dayNumber: 0)

  @Test("Heading bold, in sight and with filters; widths; text that stays text")
  func shape() throws {
    let bytes = try Self.bytes(
      [[.text("6203015708240001"), .text("=1+1"), .day(day)]],
      columns: [.init("NIK", width: 20, isIdentifier: true), .init("Nama"), .init("Tanggal")])
    let sheet = try Self.part("xl/worksheets/sheet1.xml", bytes)
    #expect(sheet.contains("<pane ySplit=\"1\""))
    #expect(sheet.contains("<autoFilter ref=\"A1:C2\"/>"))
    #expect(sheet.contains("<col min=\"1\" max=\"1\" width=\"20.7109375\""))
    #expect(!sheet.contains("<f>"))
    let styles = try Self.part("xl/styles.xml", bytes)
    #expect(styles.contains("formatCode=\"dd/mm/yyyy\""))
    #expect(styles.contains("numFmtId=\"49\""))
    #expect(styles.contains("<b/>"))
    let rows = try Self.read(bytes)
    #expect(rows[0].cells.map(\.text) == ["NIK", "Nama", "Tanggal"])
    #expect(rows[1].cells.map(\.value) == [.text("6203015708240001"), .text("=1+1"), .day(day)])
    #expect(rows[1].cells.allSatisfy { $0.notes == [] })
  }

  @Test("Equal content gives equal bytes, at any moment")
  func equalBytes() throws {
    let columns: [SpreadsheetWriter.Column] = [.init("A"), .init("B")]
    let rows: [[Value]] = [[.text("a"), .number(1)], [.empty, .boolean(true)]]
    let first = try Self.bytes(rows, columns: columns)
    Thread.sleep(forTimeInterval: 2.1)
    #expect(try Self.bytes(rows, columns: columns) == first)
    #expect(try Self.bytes(rows.reversed(), columns: columns) != first)
    #expect(try Self.part("docProps/core.xml", first).contains("2000-01-01T00:00:00Z"))
  }

  @Test("Text of every kind comes back")
  func texts() throws {
    let texts = [
      "=SUM(A1)", "+62 812", "-", "@a", "a\nb", "a\rb", "a\tb", " a ", "_x000D_", "_x005F_",
      "<&>\"'",
      "\u{1}\u{1F}", "日本 😀", "0812", "TRUE", "1E10", "6.2E+15", "\u{FFFD}", "_x0000_", "x_x41_",
    ]
    let bytes = try Self.bytes(texts.map { [.text($0)] }, columns: [.init("=Judul")])
    let found = try Self.read(bytes)
    #expect(found.first?.cells.map(\.value) == [.text("=Judul")])
    for (text, row) in zip(texts, found.dropFirst()) {
      #expect(row.cells.map(\.value) == [.text(text)], "\(text.debugDescription)")
    }
    let null = try Self.read(try Self.bytes([[.text("a\u{0}b")]], columns: [.init("A")]))
    #expect(null.last?.cells.first?.text == "a\u{FFFD}b")
  }

  @Test("Days around the ends of the calendar; those that spreadsheets do not have are text")
  func days() throws {
    let texts = ["1899-12-31", "1900-01-01", "1900-02-28", "1900-03-01", "9999-12-31"]
    let days = try texts.map { try SerialDay.day(iso: $0).day }
    let found = try Self.read(try Self.bytes(days.map { [.day($0)] }, columns: [.init("Hari")]))
    #expect(found.dropFirst().map { $0.cells[0].text } == texts)
    #expect(found[1].cells[0].value == .text("1899-12-31"))
    #expect(found.dropFirst(2).map { $0.cells[0].value } == days.dropFirst().map { .day($0) })
  }

  @Test("Several sheets, with names made acceptable")
  func sheetNames() throws {
    let writer = try SpreadsheetWriter()
    var names: [String] = []
    let long = "Puskesmas Pembantu Desa Sungai Tabukan Raya"
    for name in ["Data", "data", "a/b:c[d]*?\\", "'x'", "", long, long, "😀" + long] {
      names.append(try writer.beginSheet(name, columns: [.init("A")]))
      try writer.row([.text(name)])
    }
    #expect(names.prefix(5) == ["Data", "data 2", "a-b-c-d----", "x", "-"])
    #expect(names.allSatisfy { $0.utf16.count <= 31 })
    let reader = try SpreadsheetReader(bytes: try writer.finish())
    #expect(reader.sheets.map(\.name) == names)
    #expect(try reader.rows(of: reader.sheets[5]).outline.rowCount == 2)
  }

  @Test("What cannot be written is told by cell")
  func problems() throws {
    let writer = try SpreadsheetWriter()
    try writer.beginSheet("Data", columns: [.init("A"), .init("B")])
    try writer.row([.text(String(repeating: "a", count: 32_767))])
    #expect(throws: SpreadsheetWriteProblem.textTooLong(sheet: "Data", cell: "A3")) {
      try writer.row([.text(String(repeating: "a", count: 32_768))])
    }
    #expect(throws: SpreadsheetWriteProblem.notANumber(sheet: "Data", cell: "B3")) {
      try writer.row([.empty, .number(.nan)])
    }
    #expect(throws: SpreadsheetWriteProblem.tooManyValues(sheet: "Data", line: 3)) {
      try writer.row([.empty, .empty, .empty])
    }
    #expect(throws: SpreadsheetWriteProblem.cannotWrite(path: "/nowhere")) {
      try SpreadsheetWriter(temporaryFolder: "/nowhere")
    }
    let other = try SpreadsheetWriter()
    #expect(throws: SpreadsheetWriteProblem.cannotWrite(path: "/nowhere/a.xlsx")) {
      try other.finish(to: "/nowhere/a.xlsx")
    }
  }

  @Test("Only the owner reads the file, and nothing is left behind")
  func permissions() throws {
    let folder = NSTemporaryDirectory() + "writer-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let writer = try SpreadsheetWriter(temporaryFolder: folder)
    try writer.beginSheet("Data", columns: [.init("A")])
    let inside = try FileManager.default.contentsOfDirectory(atPath: folder)
    let mode = try FileManager.default.attributesOfItem(atPath: folder + "/" + inside[0])
    #expect(mode[.posixPermissions] as? Int == 0o700)
    try writer.finish(to: folder + "/a.xlsx")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.xlsx"])
    let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/a.xlsx")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    do {
      let forgotten = try SpreadsheetWriter(temporaryFolder: folder)
      try forgotten.beginSheet("Data", columns: [.init("A")])
      try forgotten.row([.text("a")])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.xlsx"])
  }
}
