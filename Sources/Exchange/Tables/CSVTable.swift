extension CSVRow: TableRow {
  /// The row byte for byte.
  public var copy: [UInt8] { [UInt8](raw) }
  /// Nothing: text says what it says.
  public var problem: CellProblem? { nil }
  /// Nothing: text says what it says.
  public func problem(_ column: Int) -> CellProblem? { nil }

  /// A long number that a spreadsheet shortened before it wrote the file; nothing else.
  public func notes(_ column: Int) -> CellNotes {
    let bytes = bytes(column)
    guard bytes.count <= 40, bytes.contains(UInt8(ascii: "E")) else { return [] }
    return text(column).map { DecimalText.isScientific($0) } ?? false ? .scientificText : []
  }

  /// The text, with a sign in place of what is not UTF-8.
  public func quotedText(_ column: Int) -> String {
    text(column) ?? String(decoding: bytes(column), as: UTF8.self)
  }

  /// Nothing: CSV has lines and columns only.
  public func reference(_ column: Int) -> String? { nil }
}

/// A CSV file as a table: its first row is the heading.
public struct CSVTable: TableReader {
  /// The columns' names.
  public let heading: [String]
  /// The heading byte for byte.
  public let headingCopy: [UInt8]
  private var reader: CSVReader

  /// Opens a file and reads its heading.
  public init(path: String, separator: UInt8? = nil) throws {
    try self.init(CSVReader(path: path, separator: separator))
  }

  /// Reads the heading of a file that is open, or in memory.
  public init(_ reader: CSVReader) throws {
    var reader = reader
    let first = try reader.next { row in
      (copy: row.copy, texts: (0..<row.count).map { row.text($0) ?? "" })
    }
    guard let first else { throw CSVProblem.empty }
    heading = first.texts
    headingCopy = first.copy
    self.reader = reader
  }

  /// How much was read, in bytes.
  public var position: Int { reader.position }
  /// How many bytes the file has.
  public var size: Int { reader.size }

  /// Calls `body` with the next row.
  public mutating func next<Value>(_ body: (CSVRow) throws -> Value) throws -> Value? {
    try reader.next(body)
  }
}
