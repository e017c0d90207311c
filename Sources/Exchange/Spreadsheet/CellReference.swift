/// A cell's place: column and line, both from 1. `B7` is column 2, line 7.
public struct CellReference: Hashable, Sendable, CustomStringConvertible {
  /// The column, from 1.
  public let column: Int
  /// The line, from 1.
  public let line: Int

  /// The last column that the format knows (XFD).
  static let lastColumn = 16_384

  /// The cell in that column and line.
  public init(column: Int, line: Int) {
    self.column = column
    self.line = line
  }

  /// Reads `B7` or `$B$7`; nothing where that is no cell.
  public init?(_ text: some StringProtocol) {
    let bytes = text.utf8.filter { $0 != UInt8(ascii: "$") }
    let found = bytes.withUnsafeBufferPointer { CellReference(bytes: $0) }
    guard let found else { return nil }
    self = found
  }

  /// Reads capital letters and digits.
  init?(bytes: UnsafeBufferPointer<UInt8>) {
    var column = 0
    var line = 0
    var position = 0
    while position < bytes.count, (65...90).contains(bytes[position]) {
      column = column * 26 + Int(bytes[position]) - 64
      position += 1
      if column > CellReference.lastColumn { return nil }
    }
    let lineStart = position
    while position < bytes.count, (48...57).contains(bytes[position]), line < 100_000_000 {
      line = line * 10 + Int(bytes[position]) - 48
      position += 1
    }
    guard column > 0, line > 0, position > lineStart, position == bytes.count else { return nil }
    self.init(column: column, line: line)
  }

  /// The column's letters, as `AB`.
  public static func letters(ofColumn column: Int) -> String {
    var letters: [UInt8] = []
    var rest = column
    while rest > 0 {
      letters.append(UInt8(65 + (rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }

  /// As spreadsheets write it: `B7`.
  public var description: String { CellReference.letters(ofColumn: column) + String(line) }
}

/// A rectangle of cells, as `A1:C3`.
public struct CellRange: Hashable, Sendable, CustomStringConvertible {
  /// The columns, from 1.
  public let columns: ClosedRange<Int>
  /// The lines, from 1.
  public let lines: ClosedRange<Int>

  /// Reads `A1:C3`, or one cell; nothing where that is no range.
  public init?(_ text: some StringProtocol) {
    let corners = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let first = corners.first.flatMap({ CellReference($0) }),
      let last = corners.last.flatMap({ CellReference($0) }), corners.count <= 2,
      first.column <= last.column, first.line <= last.line
    else { return nil }
    columns = first.column...last.column
    lines = first.line...last.line
  }

  /// The first line in which a cell loses its value to the top left one; nothing for one cell.
  var firstCoveredLine: Int? {
    if columns.count > 1 { return lines.lowerBound }
    return lines.count > 1 ? lines.lowerBound + 1 : nil
  }

  /// As spreadsheets write it: `A1:C3`.
  public var description: String {
    let first = CellReference(column: columns.lowerBound, line: lines.lowerBound)
    let last = CellReference(column: columns.upperBound, line: lines.upperBound)
    return "\(first):\(last)"
  }
}
