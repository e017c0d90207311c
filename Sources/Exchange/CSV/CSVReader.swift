import Foundation

/// Why a file cannot be read as a table of text.
public enum CSVProblem: Error, Hashable, Sendable {
  /// There is no such file, or it may not be read.
  case unreadable(path: String)
  /// The file is a folder.
  case isFolder(path: String)
  /// The file is empty.
  case empty
  /// The file is a spreadsheet (XLSX) or another packed file.
  case isSpreadsheet
  /// The file is in UTF-16, as some programs save "Unicode text".
  case isUTF16
  /// The file holds bytes that no text has.
  case isBinary(line: Int)
  /// A quotation mark that opens on this line never closes.
  case unclosedQuote(line: Int)
  /// A row is longer than any real row: most often a quotation mark is missing.
  case rowTooLong(line: Int)
  /// A row has more columns than any real file.
  case tooManyColumns(line: Int)
}

/// One row of a file, as bytes; nothing is decoded before it is asked for.
public struct CSVRow {
  /// The line on which the row starts, from 1.
  public let line: Int
  /// The row as it stood in the file, without its line end.
  public let raw: UnsafeBufferPointer<UInt8>
  let fields: [Field]

  struct Field {
    let start: Int
    let end: Int
    let hasDoubledQuotes: Bool
  }

  /// How many columns the row has.
  public var count: Int { fields.count }

  /// Whether the row has nothing in it.
  public var isBlank: Bool { fields.allSatisfy { $0.start == $0.end } }

  /// A column's bytes, where they need no unquoting.
  public func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    guard column < fields.count else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(rebasing: raw[fields[column].start..<fields[column].end])
  }

  /// A column's text without spaces around it; nothing where it is not UTF-8.
  public func text(_ column: Int) -> String? {
    guard column < fields.count else { return "" }
    let field = fields[column]
    var slice = raw[field.start..<field.end]
    while let first = slice.first, first == 0x20 || first == 0x09 { slice.removeFirst() }
    while let last = slice.last, last == 0x20 || last == 0x09 { slice.removeLast() }
    if CSVRow.isGuarded(slice) { slice.removeFirst() }
    guard let text = String(validating: slice, as: UTF8.self) else { return nil }
    return field.hasDoubledQuotes ? text.replacingOccurrences(of: "\"\"", with: "\"") : text
  }

  /// Whether the apostrophe stands before the text that files from here put before what a
  /// spreadsheet would take for a formula: reading takes it away again.
  private static func isGuarded(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard text.first == UInt8(ascii: "'"), let second = text.dropFirst().first else { return false }
    switch second {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
      return true
    default: return false
    }
  }
}

/// Reads a CSV file row by row in a fixed amount of memory, however large the file is (RFC 4180,
/// with semicolons or tabs where the first line has more of them).
public struct CSVReader {
  /// The longest row, in bytes.
  public static let rowLimit = 1 << 20
  /// The most columns.
  public static let columnLimit = 2000
  private static let chunk = 1 << 20

  /// What stands between columns.
  public let separator: UInt8
  /// How many bytes the file has.
  public let size: Int
  /// How many bytes were read.
  public private(set) var position = 0

  private let file: FileHandle?
  private var buffer: [UInt8] = []
  private var start = 0
  private var line = 1
  private var isAtEnd = false

  /// Opens a file and looks at how it begins.
  ///
  /// - Parameter separator: what stands between columns; nothing to find out from the first line.
  public init(path: String, separator: UInt8? = nil) throws(CSVProblem) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
      let file = FileHandle(forReadingAtPath: path)
    else { throw .unreadable(path: path) }
    if isFolder.boolValue { throw .isFolder(path: path) }
    self.file = file
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    size = (attributes?[.size] as? Int) ?? 0
    let head = [UInt8]((try? file.read(upToCount: CSVReader.chunk)) ?? Data())
    guard !head.isEmpty else { throw .empty }
    let packed: [[UInt8]] = [[0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0]]
    if packed.contains(where: { head.starts(with: $0) }) { throw .isSpreadsheet }
    let wide: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF]]
    if wide.contains(where: { head.starts(with: $0) }) { throw .isUTF16 }
    start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    buffer = head
    self.separator = separator ?? CSVReader.separator(of: head[start...])
  }

  /// A file that is in memory already; what stands between columns is found from its first line.
  public init(bytes: [UInt8]) {
    file = nil
    size = bytes.count
    buffer = bytes
    isAtEnd = true
    separator = CSVReader.separator(of: bytes[...])
  }

  private static func separator(of head: ArraySlice<UInt8>) -> UInt8 {
    let first = head.prefix { $0 != 0x0A }
    return [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].max { left, right in
      first.count { $0 == left } < first.count { $0 == right }
    } ?? UInt8(ascii: ",")
  }

  /// Calls `body` with the next row.
  ///
  /// - Returns: what `body` returns, or nothing at the end of the file.
  public mutating func next<Value>(_ body: (CSVRow) throws -> Value) throws -> Value? {
    while true {
      switch try scan() {
      case .end: return nil
      case .needsMore: try fill()
      case .row(let length, let fields, let lines, let lineEnd):
        let value = try buffer.withUnsafeBufferPointer { bytes in
          try body(
            CSVRow(
              line: line, raw: UnsafeBufferPointer(rebasing: bytes[start..<start + length]),
              fields: fields))
        }
        start += length + lineEnd
        line += lines
        return value
      }
    }
  }

  private enum Scan {
    case end
    case needsMore
    case row(length: Int, fields: [CSVRow.Field], lines: Int, lineEnd: Int)
  }

  private mutating func fill() throws(CSVProblem) {
    buffer.removeFirst(start)
    start = 0
    guard buffer.count <= CSVReader.rowLimit else { throw .rowTooLong(line: line) }
    let more = (try? file?.read(upToCount: CSVReader.chunk)) ?? Data()
    isAtEnd = more.isEmpty
    buffer.append(contentsOf: more)
  }

  /// Finds the end of the row that starts at `start`.
  private mutating func scan() throws(CSVProblem) -> Scan {
    if start >= buffer.count { return isAtEnd ? .end : .needsMore }
    var fields: [CSVRow.Field] = []
    fields.reserveCapacity(40)
    var index = start
    var lines = 0
    while true {
      var fieldStart = index
      var fieldEnd = index
      var doubled = false
      if index < buffer.count, buffer[index] == UInt8(ascii: "\"") {
        fieldStart = index + 1
        index += 1
        quoted: while true {
          guard index < buffer.count else {
            if isAtEnd { throw .unclosedQuote(line: line) }
            return .needsMore
          }
          if buffer[index] == 0x0A { lines += 1 }
          if buffer[index] == UInt8(ascii: "\"") {
            if index + 1 >= buffer.count, !isAtEnd { return .needsMore }
            if index + 1 < buffer.count, buffer[index + 1] == UInt8(ascii: "\"") {
              doubled = true
              index += 2
              continue
            }
            break quoted
          }
          index += 1
        }
        fieldEnd = index
        index += 1
      }
      let plainStart = index
      while index < buffer.count, buffer[index] != separator, buffer[index] != 0x0A,
        buffer[index] != 0x0D
      {
        if buffer[index] == 0 { throw .isBinary(line: line) }
        index += 1
      }
      if index >= buffer.count, !isAtEnd { return .needsMore }
      if fieldStart == plainStart || fieldEnd < fieldStart { fieldEnd = index }
      fields.append(
        CSVRow.Field(
          start: fieldStart - start, end: fieldEnd - start, hasDoubledQuotes: doubled))
      guard fields.count <= CSVReader.columnLimit else { throw .tooManyColumns(line: line) }
      if index < buffer.count, buffer[index] == separator {
        index += 1
        continue
      }
      let length = index - start
      if index < buffer.count, buffer[index] == 0x0D, index + 1 >= buffer.count, !isAtEnd {
        return .needsMore
      }
      var lineEnd = 0
      if index < buffer.count, buffer[index] == 0x0D {
        lineEnd = index + 1 < buffer.count && buffer[index + 1] == 0x0A ? 2 : 1
      } else if index < buffer.count {
        lineEnd = 1
      }
      position += length + lineEnd
      return .row(length: length, fields: fields, lines: lines + 1, lineEnd: lineEnd)
    }
  }
}
