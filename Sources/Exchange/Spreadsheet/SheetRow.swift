import Health

/// One cell of a row.
public struct SheetCell: Hashable, Sendable {
  /// What a cell holds.
  public enum Value: Hashable, Sendable {
    /// Nothing.
    case empty
    /// Text, as it stands in the cell. A day that was typed as text is text, too.
    case text(String)
    /// A number; the cell shows it with at least so many digits (`007`), which is 1 for most.
    case number(Double, digits: Int)
    /// A day.
    case day(CivilDate)
    /// A time of day, in seconds since midnight.
    case time(seconds: Int)
    /// Yes or no.
    case boolean(Bool)
    /// Nothing that may be used, with what stood there.
    case unreadable(CellProblem)
  }

  /// The column, from 1.
  public let column: Int
  /// What the cell holds.
  public let value: Value
  /// What a reader should know of it.
  public let notes: CellNotes

  /// A cell.
  public init(column: Int, value: Value, notes: CellNotes = []) {
    self.column = column
    self.value = value
    self.notes = notes
  }

  /// Why the cell cannot be used.
  public var problem: CellProblem? {
    if case .unreadable(let problem) = value { problem } else { nil }
  }

  /// The value as the text that CSV would hold: `12.5`, `2024-08-05`, `TRUE`. Of an unreadable
  /// cell it is what the cell shows, to be quoted to whoever mends it.
  public var text: String {
    switch value {
    case .empty: ""
    case .text(let text): text
    case .number(let number, let digits): DecimalText.text(number, digits: digits)
    case .day(let day): SerialDay.iso(day)
    case .time(let seconds): SheetCell.clock(seconds)
    case .boolean(let isTrue): isTrue ? "TRUE" : "FALSE"
    case .unreadable(let problem): problem.details["value"] ?? ""
    }
  }

  private static func clock(_ seconds: Int) -> String {
    [seconds / 3600, seconds / 60 % 60, seconds % 60]
      .map { $0 < 10 ? "0\($0)" : String($0) }.joined(separator: ":")
  }
}

/// One row of a sheet that holds something.
public struct SheetRow: Hashable, Sendable {
  /// The line, from 1, as the spreadsheet program numbers it.
  public let line: Int
  /// The cells that hold something, from left to right.
  public let cells: [SheetCell]
  /// Whether the program hides the row.
  public let isHidden: Bool
  /// The merged range that covers cells of this row, so that what they stand for is not told.
  public let coveringRange: CellRange?

  /// A row.
  public init(
    line: Int, cells: [SheetCell], isHidden: Bool = false, coveringRange: CellRange? = nil
  ) {
    self.line = line
    self.cells = cells
    self.isHidden = isHidden
    self.coveringRange = coveringRange
  }

  /// The last column that holds something, from 1; 0 in a row of nothing.
  public var lastColumn: Int { cells.last?.column ?? 0 }

  /// The cell in a column, from 1; nothing where it is empty.
  public subscript(column: Int) -> SheetCell? {
    // Most rows are full: the cell then stands at its own position.
    if column >= 1, column <= cells.count, cells[column - 1].column == column {
      return cells[column - 1]
    }
    var low = 0
    var high = cells.count
    while low < high {
      let middle = (low + high) / 2
      if cells[middle].column < column { low = middle + 1 } else { high = middle }
    }
    return low < cells.count && cells[low].column == column ? cells[low] : nil
  }

  /// The place of a column's cell in this row, as `B7`.
  public func reference(column: Int) -> CellReference {
    CellReference(column: column, line: line)
  }
}
