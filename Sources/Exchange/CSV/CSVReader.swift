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
  /// The disk or the network failed behind this line: the file goes on, and cannot be read.
  case cutOff(line: Int)
}

/// Reads a CSV file row by row in a fixed amount of memory, however large the file is (RFC 4180,
/// with semicolons or tabs where the first line has more of them).
public struct CSVReader {
  /// The longest row, in bytes.
  public static let rowLimit = 1 << 20
  /// The most columns.
  public static let columnLimit = 2000
  /// How many bytes are read at a time.
  public static let chunk = 1 << 20

  /// What stands between columns.
  public let separator: UInt8
  /// How many bytes the file has.
  public let size: Int
  /// How many bytes were read.
  public private(set) var position: Int

  /// The next bytes, at most as many as asked for; none at the end.
  private let source: (Int) throws -> Data
  private let chunk: Int
  private var buffer: [UInt8]
  private var start: Int
  private var line = 1
  private var isAtEnd = false
  private var fields: [CSVRow.Field] = []

  /// Opens a file and looks at how it begins.
  ///
  /// - Parameter separator: what stands between columns; nothing to find out from the first line.
  public init(path: String, separator: UInt8? = nil) throws(CSVProblem) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
      let file = FileHandle(forReadingAtPath: path)
    else { throw .unreadable(path: path) }
    if isFolder.boolValue { throw .isFolder(path: path) }
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let size = (attributes?[.size] as? Int) ?? 0
    do throws(CSVProblem) {
      try self.init(size: size, separator: separator) { count in
        try file.read(upToCount: count) ?? Data()
      }
    } catch .cutOff { throw .unreadable(path: path) }
  }

  /// Reads from anything that hands out bytes.
  ///
  /// - Parameters:
  ///   - size: how many bytes there are in all, for telling how far the reader is.
  ///   - chunk: how many bytes are asked for at a time.
  ///   - source: the next bytes, at most as many as asked for; none at the end.
  init(
    size: Int, chunk: Int = CSVReader.chunk, separator: UInt8? = nil,
    source: @escaping (Int) throws -> Data
  ) throws(CSVProblem) {
    self.size = size
    self.chunk = chunk
    self.source = source
    // The first line decides on the separator, however small the pieces are.
    var head: [UInt8] = []
    var isAtEnd = false
    while head.count < 4 || !head.contains(0x0A), head.count < CSVReader.chunk, !isAtEnd {
      let more = try CSVReader.read(source, chunk, line: 1)
      isAtEnd = more.isEmpty
      head += more
    }
    guard !head.isEmpty else { throw .empty }
    let packed: [[UInt8]] = [[0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0]]
    if packed.contains(where: { head.starts(with: $0) }) { throw .isSpreadsheet }
    if CSVReader.isUTF16(head) { throw .isUTF16 }
    start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    position = start
    buffer = head
    self.isAtEnd = isAtEnd
    guard start < head.count else { throw .empty }
    self.separator = separator ?? CSVReader.separator(of: head[start...])
    fields.reserveCapacity(40)
  }

  /// Whether text begins in two bytes a letter: with a byte order mark, or with ASCII whose every
  /// second byte is zero.
  private static func isUTF16(_ head: [UInt8]) -> Bool {
    let marks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF]]
    if marks.contains(where: { head.starts(with: $0) }) { return true }
    guard head.count >= 4 else { return false }
    let zeros = head[..<4].map { $0 == 0 }
    return zeros == [false, true, false, true] || zeros == [true, false, true, false]
  }

  /// A file that is in memory already; what stands between columns is found from its first line.
  public init(bytes: [UInt8]) {
    size = bytes.count
    chunk = CSVReader.chunk
    source = { _ in Data() }
    buffer = bytes
    start = 0
    position = 0
    isAtEnd = true
    separator = CSVReader.separator(of: bytes[...])
  }

  private static func separator(of head: ArraySlice<UInt8>) -> UInt8 {
    let first = head.prefix { $0 != 0x0A && $0 != 0x0D }
    return [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].max { left, right in
      first.count { $0 == left } < first.count { $0 == right }
    } ?? UInt8(ascii: ",")
  }

  private static func read(
    _ source: (Int) throws -> Data, _ count: Int, line: Int
  ) throws(CSVProblem) -> Data {
    do { return try source(count) } catch { throw .cutOff(line: line) }
  }

  /// Calls `body` with the next row.
  ///
  /// - Returns: what `body` returns, or nothing at the end of the file.
  public mutating func next<Value>(_ body: (CSVRow) throws -> Value) throws -> Value? {
    while start < buffer.count || !isAtEnd {
      if start >= buffer.count {
        try fill()
        continue
      }
      switch scan() {
      case .needsMore: try fill()
      case .unclosedQuote: throw CSVProblem.unclosedQuote(line: line)
      case .binary: throw CSVProblem.isBinary(line: line)
      case .tooManyColumns: throw CSVProblem.tooManyColumns(line: line)
      case .row(let length, let lines, let lineEnd):
        guard length <= CSVReader.rowLimit else { throw CSVProblem.rowTooLong(line: line) }
        let value = try buffer.withUnsafeBufferPointer { bytes in
          try body(
            CSVRow(
              line: line, raw: UnsafeBufferPointer(rebasing: bytes[start..<start + length]),
              fields: fields))
        }
        start += length + lineEnd
        position += length + lineEnd
        line += lines
        return value
      }
    }
    return nil
  }

  private mutating func scan() -> CSVRowScanner.Outcome {
    fields.removeAll(keepingCapacity: true)
    var found = fields
    fields = []
    defer { fields = found }
    return buffer.withUnsafeBufferPointer { bytes in
      var scanner = CSVRowScanner(
        UnsafeBufferPointer(rebasing: bytes[start...]), separator: separator, isLast: isAtEnd)
      return scanner.scan(into: &found)
    }
  }

  /// Drops the rows that were handed out and reads on.
  private mutating func fill() throws(CSVProblem) {
    buffer.removeFirst(start)
    start = 0
    guard buffer.count <= CSVReader.rowLimit + 2 else { throw .rowTooLong(line: line) }
    let more = try CSVReader.read(source, chunk, line: line)
    isAtEnd = more.isEmpty
    buffer.append(contentsOf: more)
  }
}
