import Foundation
import Testing

@testable import Exchange

@Suite("What is refused")
struct LimitTests {
  static let sheetPart = "xl/worksheets/sheet1.xml"

  func text(_ text: String, _ reference: String = "A1") -> String {
    "<row><c r=\"\(reference)\" t=\"inlineStr\"><is><t>\(text)</t></is></c></row>"
  }

  func limits(_ change: (inout SpreadsheetLimits) -> Void) -> SpreadsheetLimits {
    var limits = SpreadsheetLimits.standard
    change(&limits)
    return limits
  }

  @Test("Other files are named for what they are")
  func otherFiles() throws {
    func problem(_ bytes: [UInt8]) -> SpreadsheetProblem? {
      do throws(SpreadsheetProblem) { _ = try SpreadsheetReader(bytes: bytes) } catch {
        return error
      }
      return nil
    }
    #expect(problem([]) == .empty)
    #expect(problem(Array("NIK,Nama\n1,Siti\n".utf8)) == .notASpreadsheet(.text))
    #expect(problem(Array("\n<html><table>".utf8)) == .notASpreadsheet(.webPage))
    #expect(problem([0, 1, 2, 3]) == .notASpreadsheet(.unknown))
    let old: [UInt8] =
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 600)
    #expect(problem(old) == .notASpreadsheet(.oldExcel))
    let encrypted = old + "EncryptedPackage".utf8.flatMap { [$0, 0] }
    #expect(problem(encrypted) == .passwordProtected)
    #expect(problem([0x50, 0x4B, 0x03, 0x04, 0, 0]) == .damaged(part: nil))
    var archive = HandmadeWorkbook()
    archive.parts = [("a.txt", [1])]
    #expect(problem(try archive.bytes()) == .notASpreadsheet(.otherPacked))
    archive.parts = [("mimetype", [1]), ("content.xml", [1])]
    #expect(problem(try archive.bytes()) == .notASpreadsheet(.openDocument))
    for (type, kind) in [
      ("vnd.ms-excel.sheet.binary.macroEnabled.main", OtherFileKind.binaryExcel),
      ("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", .otherPacked),
    ] {
      var book = HandmadeWorkbook()
      book["[Content_Types].xml"] =
        "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/\(type)\"/></Types>"
      #expect(try book.problem() == .notASpreadsheet(kind))
    }
  }

  @Test("Paths: no file, a folder, an empty file, an old Excel file")
  func paths() throws {
    func problem(_ path: String, _ limits: SpreadsheetLimits = .standard) -> SpreadsheetProblem? {
      do throws(SpreadsheetProblem) { _ = try SpreadsheetReader(path: path, limits: limits) } catch
      {
        return error
      }
      return nil
    }
    let folder = NSTemporaryDirectory() + "paths-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(problem(folder) == .isFolder(path: folder))
    let path = folder + "/a.xlsx"
    #expect(problem(path) == .unreadable(path: path))
    try Data().write(to: URL(filePath: path))
    #expect(problem(path) == .empty)
    let old: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0] + Array(repeating: 0, count: 9000)
    let encrypted = old + "EncryptedPackage".utf8.flatMap { [$0, 0] }
    try Data(encrypted).write(to: URL(filePath: path))
    #expect(problem(path) == .passwordProtected)
    try Data(try HandmadeWorkbook(rows: text("a")).bytes()).write(to: URL(filePath: path))
    #expect(problem(path) == nil)
    #expect(problem(path, limits { $0.fileBytes = 100 }) == .fileTooLarge(limit: 100))
  }

  @Test("A password inside, unknown packing, names that lead out, names that are there twice")
  func archives() throws {
    var book = HandmadeWorkbook(rows: text("a"))
    book.password = "rahasia"
    #expect(try book.problem() == .passwordProtected)
    book.password = nil
    if packsWithBzip2 {
      book.compression = 12
      #expect(try book.problem() == .unknownPacking(part: "[Content_Types].xml"))
      book.compression = 8
    }
    for name in ["../evil.xml", "xl/../../evil.xml", "/etc/passwd", "xl\\evil.xml", "C:evil.xml"] {
      var bad = book
      bad.parts.append((name, [1]))
      #expect(try bad.problem() == .unsafeName(name))
    }
    var twice = book
    twice.parts.append(("xl/STYLES.xml", [1]))
    #expect(try twice.problem() == .duplicateName("xl/STYLES.xml"))
    twice.parts[twice.parts.count - 1].name = "xl/stylez.xml"
    let bytes = patched(try twice.bytes(), "xl/stylez.xml", "xl/styles.xml")
    #expect(throws: SpreadsheetProblem.duplicateName("xl/styles.xml")) {
      try SpreadsheetReader(bytes: bytes)
    }
  }

  @Test("Too many files inside, too large, too tightly packed")
  func sizes() throws {
    var many = HandmadeWorkbook(rows: text("a"))
    for number in 0..<200 { many.parts.append(("media/\(number)", [1])) }
    #expect(
      try many.problem() == .tooManyEntries(count: many.parts.count, limit: 200))
    let blank = String(repeating: " ", count: 3 << 20)
    let bomb = HandmadeWorkbook(rows: text("a") + blank)
    #expect(try bomb.problem() == .packedTooTightly(part: Self.sheetPart, limit: 200))
    #expect(try bomb.problem(limits { $0.ratio = 2000 }) == nil)
    #expect(
      try bomb.problem(limits { $0.partBytes = 2 << 20 })
        == .partTooLarge(part: Self.sheetPart, limit: 2 << 20))
    let total = limits { ($0.ratio, $0.unpackedBytes) = (2000, 2 << 20) }
    #expect(try bomb.problem(total) == .unpacksTooLarge(limit: 2 << 20))
    #expect(
      try bomb.problem(limits { ($0.ratio, $0.seconds) = (2000, 0) }) == .tookTooLong(seconds: 0))
  }

  @Test("A part that hides its size is counted while it is read")
  func hiddenSize() throws {
    let blank = String(repeating: " ", count: 3 << 20)
    let book = HandmadeWorkbook(rows: text("a") + blank)
    let size = try #require(book[Self.sheetPart]).utf8.count
    var bytes = try book.bytes()
    let pattern = withUnsafeBytes(of: UInt32(size).littleEndian) { Array($0) }
    let lie = withUnsafeBytes(of: UInt32(1000).littleEndian) { Array($0) }
    var patches = 0
    for start in 0..<bytes.count - 4 where Array(bytes[start..<start + 4]) == pattern {
      bytes.replaceSubrange(start..<start + 4, with: lie)
      patches += 1
    }
    try #require(patches >= 2)
    #expect(throws: SpreadsheetProblem.packedTooTightly(part: Self.sheetPart, limit: 200)) {
      let reader = try SpreadsheetReader(bytes: bytes)
      _ = try reader.rows(of: reader.sheets[0])
    }
  }

  @Test(
    "Document types, and with them every entity bomb",
    arguments: [
      "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", LimitTests.sheetPart,
      "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels",
    ])
  func documentType(part: String) throws {
    var book = HandmadeWorkbook(rows: text("a"), shared: [])
    let plain = try #require(book[part]).replacing(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", with: "")
    book[part] =
      "<!DOCTYPE a [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">]>" + plain
    #expect(try book.problem() == .documentType(part: part))
    book[part] = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">" + plain
    #expect(try book.problem() == .documentType(part: part))
  }

  @Test("Nesting, attributes and tags as no program writes them")
  func markup() throws {
    let deep = String(repeating: "<x>", count: 31) + String(repeating: "</x>", count: 31)
    #expect(
      try HandmadeWorkbook(behind: deep).problem()
        == nil)
    let deeper = "<x>" + deep + "</x>"
    #expect(
      try HandmadeWorkbook(behind: deeper).problem()
        == .nestedTooDeeply(part: Self.sheetPart, line: 1))
    let endless = String(repeating: "<x>", count: 100_000)
    #expect(
      try HandmadeWorkbook(behind: endless).problem()
        == .nestedTooDeeply(part: Self.sheetPart, line: 1))
    func attributes(_ count: Int) -> String {
      "<x " + (0..<count).map { "a\($0)=\"1\"" }.joined(separator: " ") + "/>"
    }
    #expect(try HandmadeWorkbook(behind: attributes(64)).problem() == nil)
    #expect(
      try HandmadeWorkbook(behind: attributes(65)).problem()
        == .tooManyAttributes(part: Self.sheetPart, line: 1))
    func long(_ count: Int) -> String { "<x a=\"" + String(repeating: "y", count: count) + "\"/>" }
    #expect(try HandmadeWorkbook(behind: long(8192)).problem() == nil)
    #expect(
      try HandmadeWorkbook(behind: long(8193)).problem()
        == .attributeTooLong(part: Self.sheetPart, line: 1))
    let loose = limits { $0.ratio = 2000 }
    #expect(
      try HandmadeWorkbook(behind: long(4 << 20)).problem(loose)
        == .tagTooLong(part: Self.sheetPart, line: 1))
    let comment = "<!--" + String(repeating: "y", count: 4 << 20) + "-->"
    #expect(
      try HandmadeWorkbook(behind: comment).problem(loose)
        == .tagTooLong(part: Self.sheetPart, line: 1))
  }

  @Test("Broken markup is named by part and line")
  func brokenMarkup() throws {
    #expect(
      try HandmadeWorkbook(rows: "\n\n<row><c></row>").problem()
        == .damagedMarkup(part: Self.sheetPart, line: 3))
    var book = HandmadeWorkbook(rows: text("a"))
    book["xl/styles.xml"] = ""
    #expect(try book.problem()?.code == .damagedMarkup)
    book = HandmadeWorkbook(rows: text("\u{1}"))
    #expect(try book.problem()?.code == .damagedMarkup)
    book = HandmadeWorkbook(rows: text("a"))
    book[Self.sheetPart] =
      "<?xml version=\"1.0\" encoding=\"windows-1252\"?>" + (book[Self.sheetPart] ?? "")
    #expect(try book.problem()?.code == .damagedMarkup)
  }

  @Test("Parts that are missing or outside the file")
  func missingParts() throws {
    for part in ["xl/workbook.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", Self.sheetPart] {
      var book = HandmadeWorkbook(rows: text("a"))
      book[part] = nil
      #expect(try book.problem() == .missingPart(part))
    }
    let links = "xl/_rels/workbook.xml.rels"
    let target = "Target=\"worksheets/sheet1.xml\""
    for (other, problem) in [
      ("TargetMode=\"External\" Target=\"https://evil.example/x\"", "https://evil.example/x"),
      ("Target=\"file:///etc/passwd\"", "file:///etc/passwd"),
      ("Target=\"../../etc/passwd\"", "../../etc/passwd"),
    ] {
      var book = HandmadeWorkbook(rows: text("a"))
      book[links] = book[links]?.replacing(target, with: other)
      #expect(try book.problem() == .externalPart(target: problem))
    }
    var fine = HandmadeWorkbook(rows: text("a"))
    fine[links] = fine[links]?.replacing(target, with: "Target=\"../xl/./worksheets/sheet1.xml\"")
    #expect(try fine.problem() == nil)
    // A link in a cell to a page outside is nobody's business.
    fine["xl/worksheets/_rels/sheet1.xml.rels"] = HandmadeWorkbook.relationships(
      "<Relationship Id=\"a\" Type=\"x/hyperlink\" TargetMode=\"External\" Target=\"http://a\"/>")
    #expect(try fine.problem() == nil)
  }

  @Test("Tables that are too large: shared texts, formats, cells, rows, columns, ranges")
  func tables() throws {
    let shared = ["<t>a</t>", "<t>bb</t>", "<t>ccc</t>"]
    let uses = "<row><c t=\"s\"><v>2</v></c></row>"
    let book = HandmadeWorkbook(rows: uses, shared: shared)
    #expect(try book.problem() == nil)
    #expect(try book.problem(limits { $0.sharedTexts = 2 }) == .tooManySharedTexts(limit: 2))
    #expect(try book.problem(limits { $0.sharedTextBytes = 5 }) == .sharedTextsTooLarge(limit: 5))
    #expect(
      try book.problem(limits { $0.cellText = 2 })
        == .textTooLong(sheet: "Data", cell: "A1", limit: 2))
    for number in ["3", "-1", "1.5", "x", "99999999999999999999"] {
      let wrong = HandmadeWorkbook(
        rows: "<row><c t=\"s\"><v>\(number)</v></c></row>", shared: shared)
      #expect(try wrong.problem() == .noSuchSharedText(sheet: "Data", cell: "A1"), "\(number)")
    }
    #expect(
      try HandmadeWorkbook(formats: ["0", "1", "yyyy"]).problem(limits { $0.formats = 2 })
        == .tooManyFormats(limit: 2))
    let long = String(repeating: "a", count: 32_767)
    #expect(try HandmadeWorkbook(rows: text(long, "B1")).problem() == nil)
    #expect(
      try HandmadeWorkbook(rows: text(long + "a", "B1")).problem()
        == .textTooLong(sheet: "Data", cell: "B1", limit: 32_767))
    let wide = String(repeating: "ü", count: 32_767)
    #expect(try HandmadeWorkbook(rows: text(wide)).problem() == nil)
    #expect(
      try HandmadeWorkbook(rows: text(long)).problem(limits { $0.rowBytes = 1000 })
        == .rowTooLong(sheet: "Data", line: 1))
    #expect(try HandmadeWorkbook(rows: text("a", "GR1")).problem() == nil)
    #expect(
      try HandmadeWorkbook(rows: text("a", "GS1")).problem()
        == .tooManyColumns(sheet: "Data", line: 1, limit: 200))
    #expect(try HandmadeWorkbook(rows: "<row><c r=\"XFD1\" s=\"0\"/></row>").problem() == nil)
    #expect(try HandmadeWorkbook(rows: "<row r=\"1048576\"/>").problem() == nil)
    #expect(
      try HandmadeWorkbook(rows: "<row r=\"1048577\"/>").problem()
        == .tooManyRows(sheet: "Data", limit: 1_048_576))
    let merged = "<mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A2:B2\"/></mergeCells>"
    #expect(
      try HandmadeWorkbook(behind: merged).problem(limits { $0.mergedRanges = 1 })
        == .tooManyMergedRanges(sheet: "Data", limit: 1))
  }

  @Test(
    "Rows and cells out of their order",
    arguments: [
      "<row r=\"2\"/><row r=\"1\"/>", "<row r=\"2\"/><row r=\"2\"/>", "<row r=\"x\"/>",
      "<row r=\"0\"/>",
      "<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>", "<row r=\"1\"><c r=\"?\"><v>1</v></c></row>",
      "<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>",
      "<row><c r=\"B1\"><v>1</v></c><c r=\"B1\"><v>1</v></c></row>",
      "<row><c><v>1</v><v>2</v></c></row>", "<row r=\"99999999999999999999\"/>",
    ])
  func order(rows: String) throws {
    #expect(try HandmadeWorkbook(rows: rows).problem()?.code == .outOfOrder)
  }

  /// Whether this libzip packs with bzip2, which is needed to make such a file.
  var packsWithBzip2: Bool {
    var book = HandmadeWorkbook()
    book.compression = 12
    return (try? book.bytes()) != nil
  }
}
