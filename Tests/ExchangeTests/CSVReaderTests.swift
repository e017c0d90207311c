import Foundation
import Testing

@testable import Exchange

@Suite("CSV reader")
struct CSVReaderTests {
  @Test(
    "What files look like",
    arguments: [
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
      ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
      ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
      ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
      ("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
      ("a\tb\n1,5\t2;3\n", [["a", "b"], ["1,5", "2;3"]]),
      ("a,b\n\"1,5\",\"2\"\n", [["a", "b"], ["1,5", "2"]]),
      ("a,b\n\"Siti \"\"Ani\"\"\",\"\"\n", [["a", "b"], ["Siti \"Ani\"", ""]]),
      ("a,b\n\"\"\"\",\"\"\"\"\"\"\n", [["a", "b"], ["\"", "\"\""]]),
      // A combining mark makes one letter of itself and the quotation mark before it.
      ("a,b\n\"Siti \"\"\u{30D}Ani\",1\n", [["a", "b"], ["Siti \"\u{30D}Ani", "1"]]),
      ("a,b\n\"RT 1\nRW 2\",x\n", [["a", "b"], ["RT 1\nRW 2", "x"]]),
      ("a,b\n\"RT 1\r\nRW 2\",x\r\n", [["a", "b"], ["RT 1\r\nRW 2", "x"]]),
      ("a,b\n  1 ,\t2\t\n", [["a", "b"], ["1", "2"]]),
      ("a,b\n5\" tinggi,2\n", [["a", "b"], ["5\" tinggi", "2"]]),
      ("a,b\n1\n1,2,3\n,\n", [["a", "b"], ["1"], ["1", "2", "3"], ["", ""]]),
      ("a,b\n\n1,2\n\n", [["a", "b"], [""], ["1", "2"], [""]]),
      ("\u{FEFF}NIK,b\n1,2\n", [["NIK", "b"], ["1", "2"]]),
      ("a,b", [["a", "b"]]), ("a,b\n", [["a", "b"]]), ("a\r", [["a"]]),
      ("a,b\nSití,Ñ\n", [["a", "b"], ["Sití", "Ñ"]]),
      ("a,b\n1,\"2\"", [["a", "b"], ["1", "2"]]), ("a,b\n1,\"2\"\r", [["a", "b"], ["1", "2"]]),
    ] as [(String, [[String]])])
  func dialects(file: String, rows: [[String]]) {
    for chunk in [1, 2, 3, 5, CSVReader.chunk] {
      let found = ReadRows(file, chunk: chunk)
      #expect(found.texts == rows, "pieces of \(chunk)")
      #expect(found.problem == nil)
      #expect(found.position == file.utf8.count, "bytes told of")
    }
  }

  @Test("Lines are counted as an editor counts them, inside quotation marks too")
  func lines() {
    for end in ["\n", "\r\n", "\r"] {
      let text = ["a,b", "1,\"x", "y\"", "", "2,z", "\"p", "", "q\",r", "3,s"]
        .joined(separator: end)
      for chunk in [1, 2, CSVReader.chunk] {
        #expect(
          ReadRows(text, chunk: chunk).rows.map(\.line) == [1, 2, 4, 5, 6, 9],
          "\(Array(end.utf8))")
      }
    }
  }

  @Test("A row is handed out as it stood, without its line end")
  func raw() {
    let rows = ReadRows("a;b\r\n\"x \"\"y\";  2 \r\n").rows
    #expect(rows.map { String(decoding: $0.raw, as: UTF8.self) } == ["a;b", "\"x \"\"y\";  2 "])
  }

  @Test(
    "Text behind a closing quotation mark is noticed, spaces are not",
    arguments: [
      ("\"Siti\" Aminah,2", true), ("1,\"a\"b", true), ("\"a\"\"b\"c,2", true),
      ("\"Siti\"  ,2", false), ("\"Siti\"\t,2", false), ("Siti \"Aminah\" x,2", false),
      ("\"\",2", false),
    ])
  func textBehindQuote(row: String, isNoticed: Bool) {
    for chunk in [1, 4, CSVReader.chunk] {
      #expect(ReadRows("a,b\n\(row)\n", chunk: chunk).rows[1].hasTextBehindQuote == isNoticed)
    }
  }

  @Test("Where text stands behind a quotation mark all of it is the value")
  func valueBehindQuote() {
    let rows = ReadRows("a,b\n\"Siti \"\"A\"\"\" Aminah ,\"\"x\n").rows
    #expect(rows[1].texts == ["\"Siti \"\"A\"\"\" Aminah", "\"\"x"])
  }

  @Test("What a spreadsheet would run is written with an apostrophe, which reading takes away")
  func formulas() {
    let values = ["=1+1", "@x", "+62 8", "-", "-5", "'=1", "''=1", "'x", "'", "'-5", "9901"]
    var writer = CSVWriter()
    writer.row(values)
    let text = String(decoding: writer.take(), as: UTF8.self)
    #expect(text == "'=1+1,'@x,'+62 8,'-,-5,''=1,'''=1,'x,',''-5,9901\n")
    #expect(ReadRows(text).texts == [values])
  }

  @Test("Letters of another encoding are no text, the rest of the row is")
  func latin1() {
    let rows = ReadRows(Array("a,b\n".utf8) + [0x4E, 0xF1, 0x2C, 0x32, 0x0A]).rows
    #expect(rows[1].texts == [nil, "2"])
  }

  @Test("What is no table of text is told apart")
  func notATable() {
    let sixteen = Array("NIK,b\n1,2\n".utf16)
    let low = sixteen.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let high = sixteen.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let cases: [([UInt8], CSVProblem)] = [
      ([], .empty), ([0xEF, 0xBB, 0xBF], .empty),
      ([0x50, 0x4B, 0x03, 0x04, 0x14], .isSpreadsheet),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], .isSpreadsheet),
      ([0xFF, 0xFE] + low, .isUTF16), ([0xFE, 0xFF] + high, .isUTF16),
      (low, .isUTF16), (high, .isUTF16),
      (Array("a,b\n1,2\n3,\0\n".utf8), .isBinary(line: 3)),
      (Array("a,b\n1,\"2\0\"\n".utf8), .isBinary(line: 2)),
    ]
    for (bytes, problem) in cases {
      for chunk in [1, 3, CSVReader.chunk] {
        #expect(ReadRows(bytes, chunk: chunk).problem == problem, "\(bytes.prefix(12))")
      }
    }
  }

  @Test(
    "A quotation mark that never closes is told with its line, and the rows before it are kept",
    arguments: [
      "a,b\n1,2\n3,\"x\n4,5\n", "a,b\r\n1,2\r\n\"x", "a,b\n1,2\n3,\"x\"\"", "a,b\n1,2\n\"",
    ])
  func unclosed(file: String) {
    for chunk in [1, 2, CSVReader.chunk] {
      let found = ReadRows(file, chunk: chunk)
      #expect(found.problem == .unclosedQuote(line: 3))
      #expect(found.texts == [["a", "b"], ["1", "2"]])
    }
  }

  @Test("A row of exactly the longest length is read, one byte more is not, wherever it lies")
  func longestRow() {
    for lead in [0, 1, 900_000] {
      // The row before moves the long one to different places of a piece.
      let before = "a,b\n" + String(repeating: "x", count: lead) + ",1\n"
      for (extra, isRead) in [(0, true), (1, false)] {
        for quote in ["", "\""] {
          let rest = CSVReader.rowLimit - 2 - 2 * quote.utf8.count + extra
          let row = quote + String(repeating: "y", count: rest) + quote + ",2"
          let found = ReadRows(before + row + "\n3,4\n")
          #expect(found.problem == (isRead ? nil : .rowTooLong(line: 3)), "\(lead) \(extra)")
          #expect(found.rows.count == (isRead ? 4 : 2))
        }
      }
    }
  }

  @Test("A row that does not end is refused after little more than the longest row was read")
  func endless() {
    for quote in ["", "\""] {
      var handedOut = 0
      let start = Data(("a,b\n1," + quote).utf8)
      let piece = Data(repeating: UInt8(ascii: "x"), count: CSVReader.chunk)
      #expect(throws: CSVProblem.rowTooLong(line: 2)) {
        var reader = try CSVReader(size: .max) { _ in
          defer { handedOut += 1 }
          return handedOut == 0 ? start : piece
        }
        while try reader.next({ _ in }) != nil {}
      }
      #expect(handedOut <= 4, "pieces of 1 MiB")
    }
  }

  @Test("2,000 columns are read, 2,001 are not")
  func columns() {
    for (count, problem) in [(2000, nil), (2001, CSVProblem.tooManyColumns(line: 2))] {
      let found = ReadRows("a,b\n" + String(repeating: ",", count: count - 1) + "\n")
      #expect(found.problem == problem)
      #expect(found.rows.last?.texts.count == (problem == nil ? count : 2))
    }
  }

  @Test("A disk that fails midway is told, and not taken for the end of the file")
  func failingDisk() throws {
    struct Failure: Error {}
    var pieces = [Data("a,b\n1,2\n3,".utf8)]
    var reader = try CSVReader(size: 100) { _ in
      guard let piece = pieces.popLast() else { throw Failure() }
      return piece
    }
    var rows = 0
    #expect(throws: CSVProblem.cutOff(line: 3)) {
      while try reader.next({ _ in rows += 1 }) != nil {}
    }
    #expect(rows == 2)
  }

  @Test("Files that are not there, are folders or cannot be read")
  func files() throws {
    let folder = URL.temporaryDirectory.path()
    #expect(throws: CSVProblem.isFolder(path: folder)) { try CSVReader(path: folder) }
    let none = folder + "/sikilap-none-\(UUID().uuidString).csv"
    #expect(throws: CSVProblem.unreadable(path: none)) { try CSVReader(path: none) }
    #if os(Linux)
      // It opens, and every reading at its start fails.
      let unreadable = "/proc/self/mem"
      #expect(throws: CSVProblem.unreadable(path: unreadable)) { try CSVReader(path: unreadable) }
    #endif
  }
}
