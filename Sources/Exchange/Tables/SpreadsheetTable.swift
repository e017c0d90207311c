/// A row of a sheet as a row of a table.
public struct SpreadsheetTableRow: TableRow, Sendable {
  /// The row as the sheet has it.
  public let row: SheetRow
  /// How many columns the row has: at least as many as the heading, for a sheet does not store
  /// empty cells.
  public let count: Int

  init(_ row: SheetRow, columns: Int) {
    self.row = row
    count = max(columns, row.lastColumn)
  }

  /// The line, from 1, as the spreadsheet program numbers it.
  public var line: Int { row.line }
  /// Whether the row has nothing in it.
  public var isBlank: Bool { row.cells.allSatisfy { SpreadsheetTableRow.trimmed($0.text).isEmpty } }
  /// The row's texts as a line of CSV.
  public var copy: [UInt8] {
    SpreadsheetTableRow.line(of: (0..<count).map { row[$0 + 1]?.text ?? "" })
  }
  /// The merged range that covers cells of the row.
  public var problem: CellProblem? { row.coveringRange.map { .covered(by: $0) } }

  /// A column's text without spaces around it.
  public func text(_ column: Int) -> String? {
    row[column + 1].map { SpreadsheetTableRow.trimmed($0.text) } ?? ""
  }

  /// Why a column's value may not be used.
  public func problem(_ column: Int) -> CellProblem? { row[column + 1]?.problem }

  /// What a reader should know of a column's value.
  public func notes(_ column: Int) -> CellNotes { row[column + 1]?.notes ?? [] }

  /// The cell's place, as `B7`.
  public func reference(_ column: Int) -> String? {
    row.reference(column: column + 1).description
  }

  /// The text without spaces and tabs around it, as ``CSVRow/text(_:)`` gives it.
  static func trimmed(_ text: String) -> String {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    guard let first = text.utf8.first, let last = text.utf8.last, isSpace(first) || isSpace(last)
    else { return text }
    let tail = text.utf8.drop(while: isSpace).reversed().drop(while: isSpace)
    return String(decoding: tail.reversed(), as: UTF8.self)
  }

  /// Texts as a line of CSV (RFC 4180); what a spreadsheet would take for a formula there gets an
  /// apostrophe before it, which ``CSVRow/text(_:)`` takes away again.
  static func line(of texts: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (position, text) in texts.enumerated() {
      let text = CSVWriter.isFormula(text) ? "'" + text : text
      if position > 0 { bytes.append(UInt8(ascii: ",")) }
      guard text.utf8.contains(where: { [0x22, 0x2C, 0x3B, 0x09, 0x0A, 0x0D].contains($0) }) else {
        bytes.append(contentsOf: text.utf8)
        continue
      }
      bytes.append(UInt8(ascii: "\""))
      for byte in text.utf8 {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    return bytes
  }
}

/// A sheet as a table: the rows below its heading.
public struct SpreadsheetTable: TableReader {
  /// The columns' names; empty where a column has none.
  public let heading: [String]
  /// The heading as a line of CSV.
  public let headingCopy: [UInt8]
  /// The line on which the heading stands.
  public let headingLine: Int
  private let reader: SheetReader

  /// Opens a sheet and reads its heading.
  ///
  /// - Parameters:
  ///   - sheet: the sheet; without it the file must have one sheet that is not hidden.
  ///   - headingLine: the line of the heading; without it the first row that holds something.
  public init(
    _ file: SpreadsheetReader, sheet name: String? = nil, headingLine: Int? = nil
  ) throws(SpreadsheetProblem) {
    let sheet = try file.sheet(named: name)
    reader = try file.rows(of: sheet)
    var found = try reader.next()
    while let row = found, let headingLine, row.line < headingLine { found = try reader.next() }
    guard let row = found, headingLine.map({ $0 == row.line }) ?? true else {
      throw .noHeading(sheet: sheet.name)
    }
    if let range = reader.outline.mergedRange(touching: row.line) {
      throw .mergedHeading(sheet: sheet.name, range: range.description)
    }
    for cell in row.cells {
      if let problem = cell.problem {
        let place = row.reference(column: cell.column).description
        throw .unreadableHeading(sheet: sheet.name, cell: place, problem)
      }
    }
    let texts = (1...row.lastColumn).map { row[$0]?.text ?? "" }
    heading = texts.map { SpreadsheetTableRow.trimmed($0) }
    headingCopy = SpreadsheetTableRow.line(of: texts)
    self.headingLine = row.line
  }

  /// The sheet's name.
  public var sheet: String { reader.sheet.name }
  /// What the sheet is like: hidden rows and columns, merged ranges.
  public var outline: SheetOutline { reader.outline }
  /// How much was read, in bytes.
  public var position: Int { reader.position }
  /// How many bytes there are to read.
  public var size: Int { reader.size }

  /// Calls `body` with the next row.
  public mutating func next<Value>(
    _ body: (SpreadsheetTableRow) throws -> Value
  ) throws -> Value? {
    guard let row = try reader.next() else { return nil }
    return try body(SpreadsheetTableRow(row, columns: heading.count))
  }
}
