import Foundation
import Testing

@testable import Exchange

@Suite("Files that hold a table")
struct TableFileTests {
  func file(_ bytes: [UInt8], named name: String) throws -> any TableReader {
    let path = NSTemporaryDirectory() + "\(UUID().uuidString)-\(name)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(bytes).write(to: URL(filePath: path))
    return try TableFile.open(path: path)
  }

  @Test("A file is known by how it begins and not by its name")
  func kinds() throws {
    let writer = try SpreadsheetWriter()
    try writer.beginSheet("Data", columns: [.init("NIK"), .init("Nama")])
    let sheet = try writer.finish()
    #expect(try file(sheet, named: "a.csv") is SpreadsheetTable)
    #expect(try file(sheet, named: "a.xlsx").heading == ["NIK", "Nama"])
    #expect(try file(Array("NIK,Nama\n".utf8), named: "a.xlsx") is CSVTable)
    #expect(throws: SpreadsheetProblem.notASpreadsheet(.oldExcel)) {
      try file(
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600),
        named: "a.xls")
    }
    #expect(throws: SpreadsheetProblem.notASpreadsheet(.oldWord)) {
      try file(
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)
          + "WordDocument".utf8.flatMap { [$0, 0] }, named: "a.csv")
    }
    let heads: [([UInt8], OtherFileKind)] = [
      (Array("%PDF-1.4\n".utf8), .pdf), ([0xFF, 0xD8, 0xFF, 0xE0], .image),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], .image), (Array("GIF89a".utf8), .image),
      ([0, 0, 0, 24] + Array("ftypheic".utf8), .image),
      (Array("RIFF".utf8) + [1, 2, 3, 4] + Array("WEBPVP8 ".utf8), .image),
    ]
    for (head, kind) in heads {
      #expect(throws: SpreadsheetProblem.notASpreadsheet(kind)) {
        try file(head + [UInt8](repeating: 0x20, count: 100), named: "daftar.csv")
      }
    }
    // A file of text that only begins with the same letters is text.
    #expect(try file(Array("RIFF,GIF,PDF\n".utf8), named: "a.csv") is CSVTable)
    #expect(throws: CSVProblem.unreadable(path: "/nowhere.csv")) {
      try TableFile.open(path: "/nowhere.csv")
    }
  }
}
