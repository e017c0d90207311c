/// One row of a file, as bytes; nothing is decoded before it is asked for.
public struct CSVRow {
  /// The line on which the row starts, from 1.
  public let line: Int
  /// The row as it stood in the file, without its line end.
  public let raw: UnsafeBufferPointer<UInt8>
  let fields: [Field]

  /// Where a column's value stands in the row, without the quotation marks around it.
  struct Field {
    let start: Int32
    let end: Int32
    let hasDoubledQuotes: Bool
    /// Whether more than spaces stands between the closing quotation mark and the separator.
    let hasTextBehindQuote: Bool
  }

  /// How many columns the row has.
  public var count: Int { fields.count }

  /// Whether the row has nothing in it.
  public var isBlank: Bool { fields.allSatisfy { $0.start == $0.end } }

  /// The first column in which text stands behind a closing quotation mark; its value is all that
  /// stands there, quotation marks included, for nobody knows which part is meant.
  public var columnWithTextBehindQuote: Int? { fields.firstIndex(where: \.hasTextBehindQuote) }

  /// A column's bytes, where they need no unquoting.
  public func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    guard column < fields.count else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(rebasing: raw[Int(fields[column].start)..<Int(fields[column].end)])
  }

  /// A column's text without spaces around it; nothing where it is not UTF-8.
  public func text(_ column: Int) -> String? {
    guard column < fields.count else { return "" }
    var slice = bytes(column)[...]
    while let first = slice.first, first == 0x20 || first == 0x09 { slice.removeFirst() }
    while let last = slice.last, last == 0x20 || last == 0x09 { slice.removeLast() }
    if CSVWriter.isGuarded(slice) { slice.removeFirst() }
    // By bytes: to String, a quotation mark with a combining mark behind it is another letter.
    return fields[column].hasDoubledQuotes
      ? String(validating: CSVRow.halved(slice), as: UTF8.self)
      : String(validating: slice, as: UTF8.self)
  }

  /// The bytes with one quotation mark for every two.
  private static func halved(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    var halved: [UInt8] = []
    halved.reserveCapacity(bytes.count)
    var isFirst = false
    for byte in bytes {
      isFirst = byte == quote && !isFirst
      if byte != quote || isFirst { halved.append(byte) }
    }
    return halved
  }
}

/// Finds where a row ends and where its columns lie.
struct CSVRowScanner {
  enum Outcome {
    /// The row may go on behind the bytes at hand.
    case needsMore
    /// The row's length, how many lines it takes, and how many bytes its line end has.
    case row(length: Int, lines: Int, lineEnd: Int)
    /// The bytes end inside quotation marks, and nothing follows them.
    case unclosedQuote
    /// There is a byte that no text has.
    case binary
    /// There are more columns than ``CSVReader/columnLimit``.
    case tooManyColumns
  }

  /// From the start of the row on.
  let bytes: UnsafeBufferPointer<UInt8>
  let separator: UInt8
  /// Whether nothing follows the bytes.
  let isLast: Bool
  private var index = 0
  private var lines = 1

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  init(_ bytes: UnsafeBufferPointer<UInt8>, separator: UInt8, isLast: Bool) {
    self.bytes = bytes
    self.separator = separator
    self.isLast = isLast
  }

  /// Reads one row into `fields`.
  mutating func scan(into fields: inout [CSVRow.Field]) -> Outcome {
    while true {
      if let problem = field(into: &fields) { return problem }
      guard fields.count <= CSVReader.columnLimit else { return .tooManyColumns }
      guard index < bytes.count, bytes[index] == separator else { break }
      index += 1
    }
    guard index < bytes.count else { return .row(length: index, lines: lines, lineEnd: 0) }
    guard bytes[index] == CSVRowScanner.carriageReturn else {
      return .row(length: index, lines: lines, lineEnd: 1)
    }
    if index + 1 >= bytes.count, !isLast { return .needsMore }
    let isPair = index + 1 < bytes.count && bytes[index + 1] == CSVRowScanner.lineFeed
    return .row(length: index, lines: lines, lineEnd: isPair ? 2 : 1)
  }

  /// One column up to its separator or the row's end.
  private mutating func field(into fields: inout [CSVRow.Field]) -> Outcome? {
    var start = index
    var end: Int?
    var isDoubled = false
    if index < bytes.count, bytes[index] == CSVRowScanner.quote {
      start = index + 1
      if let problem = quoted(&isDoubled) { return problem }
      end = index
      index += 1
    }
    var hasTextBehindQuote = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == separator || byte == CSVRowScanner.lineFeed
        || byte == CSVRowScanner.carriageReturn
      {
        break
      }
      if byte == 0 { return .binary }
      if byte != 0x20, byte != 0x09 { hasTextBehindQuote = true }
      index += 1
    }
    if index >= bytes.count, !isLast { return .needsMore }
    hasTextBehindQuote = hasTextBehindQuote && end != nil
    if hasTextBehindQuote { (start, end, isDoubled) = (start - 1, index, false) }
    fields.append(
      CSVRow.Field(
        start: Int32(start), end: Int32(end ?? index), hasDoubledQuotes: isDoubled,
        hasTextBehindQuote: hasTextBehindQuote))
    return nil
  }

  /// Goes to the closing quotation mark.
  private mutating func quoted(_ isDoubled: inout Bool) -> Outcome? {
    index += 1
    while index < bytes.count {
      switch bytes[index] {
      case CSVRowScanner.quote:
        guard index + 1 < bytes.count else { return isLast ? nil : .needsMore }
        guard bytes[index + 1] == CSVRowScanner.quote else { return nil }
        isDoubled = true
        index += 1
      case CSVRowScanner.lineFeed: lines += 1
      case CSVRowScanner.carriageReturn:
        // With a line feed behind it this is one line end, which the line feed counts.
        if index + 1 < bytes.count, bytes[index + 1] != CSVRowScanner.lineFeed { lines += 1 }
      case 0: return .binary
      default: break
      }
      index += 1
    }
    return isLast ? .unclosedQuote : .needsMore
  }
}
