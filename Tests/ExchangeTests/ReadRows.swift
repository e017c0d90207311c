import Foundation

@testable import Exchange

/// What a reader makes of bytes: all rows, and the problem that ended it.
struct ReadRows: Equatable {
  struct Row: Equatable {
    let line: Int
    let texts: [String?]
    let raw: [UInt8]
    var hasTextBehindQuote = false
  }

  var rows: [Row] = []
  var problem: CSVProblem?
  var position = 0

  /// The texts alone.
  var texts: [[String?]] { rows.map(\.texts) }

  init(_ text: String, chunk: Int = CSVReader.chunk) { self.init(Array(text.utf8), chunk: chunk) }

  init(_ bytes: [UInt8], chunk: Int = CSVReader.chunk, separator: UInt8? = nil) {
    var offset = 0
    do {
      var reader = try CSVReader(size: bytes.count, chunk: chunk, separator: separator) { count in
        let piece = bytes[offset..<min(bytes.count, offset + count)]
        offset += piece.count
        return Data(piece)
      }
      defer { position = reader.position }
      while let row = try reader.next({ row in
        Row(
          line: row.line, texts: (0..<row.count).map { row.text($0) }, raw: Array(row.raw),
          hasTextBehindQuote: row.columnWithTextBehindQuote != nil)
      }) {
        rows.append(row)
      }
    } catch {
      problem = error as? CSVProblem
    }
  }
}
