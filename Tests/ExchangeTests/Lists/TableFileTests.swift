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
    #expect(throws: CSVProblem.unreadable(path: "/nowhere.csv")) {
      try TableFile.open(path: "/nowhere.csv")
    }
  }
}
