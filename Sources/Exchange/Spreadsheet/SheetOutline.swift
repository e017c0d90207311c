/// What a sheet is like, as known before its first row is read.
public struct SheetOutline: Hashable, Sendable {
  /// Rows that the sheet lists, those without a value included.
  public internal(set) var rowCount = 0
  /// The last of them, from 1.
  public internal(set) var lastLine = 0
  /// Rows that the program hides. They are read like others.
  public internal(set) var hiddenRows = 0
  /// Columns that the program hides, from 1. They are read like others.
  public internal(set) var hiddenColumns: [Int] = []
  /// Merged ranges of more than one cell, by the first line in which they cover cells.
  public internal(set) var mergedRanges: [CellRange] = []

  /// The first merged range that touches a line.
  public func mergedRange(touching line: Int) -> CellRange? {
    mergedRanges.first { $0.lines.contains(line) }
  }
}

/// Goes through a whole sheet before its first row is handed out: merged ranges stand at its end,
/// and a file that is cut off or hostile is refused before anything was taken from it.
final class SheetScan: PartListener {
  private let limits: SpreadsheetLimits
  private let sheet: String
  private(set) var outline = SheetOutline()
  private var section = Section.other

  private enum Section {
    case rows
    case columns
    case merged
    case other
  }

  init(sheet: String, limits: SpreadsheetLimits) {
    self.sheet = sheet
    self.limits = limits
  }

  override var wantsText: Bool { false }
  override var lastDepth: Int { 3 }

  override func start(
    _ name: MarkupName, _ attributes: MarkupAttributes, depth: Int
  ) throws(SpreadsheetProblem) {
    switch depth {
    case 2 where name == "sheetData": section = .rows
    case 2 where name == "cols": section = .columns
    case 2 where name == "mergeCells": section = .merged
    case 2: section = .other
    case 3 where section == .rows && name == "row": try row(attributes)
    case 3 where section == .columns && name == "col": column(attributes)
    case 3 where section == .merged && name == "mergeCell": try merge(attributes)
    default: break
    }
  }

  override func end(depth: Int) throws(SpreadsheetProblem) {
    guard depth == 1 else { return }
    outline.mergedRanges.sort {
      ($0.firstCoveredLine ?? 0, $0.columns.lowerBound)
        < ($1.firstCoveredLine ?? 0, $1.columns.lowerBound)
    }
  }

  private func row(_ attributes: MarkupAttributes) throws(SpreadsheetProblem) {
    outline.rowCount += 1
    let line = try SheetScan.line(attributes, after: outline.lastLine, sheet: sheet)
    guard line <= limits.rows else { throw .tooManyRows(sheet: sheet, limit: limits.rows) }
    outline.lastLine = line
    if attributes.isTrue("hidden") { outline.hiddenRows += 1 }
  }

  /// The line of a row, which may not stand before the row above it.
  static func line(
    _ attributes: MarkupAttributes, after last: Int, sheet: String
  ) throws(SpreadsheetProblem) -> Int {
    guard let text = attributes["r"] else { return last + 1 }
    guard let line = Int(text), line > last, line <= Int(Int32.max) else {
      throw .outOfOrder(sheet: sheet, line: last + 1)
    }
    return line
  }

  private func column(_ attributes: MarkupAttributes) {
    guard attributes.isTrue("hidden"), let first = attributes["min"].flatMap({ Int($0) }),
      let last = attributes["max"].flatMap({ Int($0) }), first >= 1, last >= first
    else { return }
    let known = outline.hiddenColumns.last ?? 0
    let columns = max(first, known + 1)...max(first, known + 1, min(last, limits.columns))
    outline.hiddenColumns += columns.filter { $0 <= min(last, limits.columns) }
  }

  private func merge(_ attributes: MarkupAttributes) throws(SpreadsheetProblem) {
    guard let range = attributes["ref"].flatMap({ CellRange($0) }) else {
      throw .outOfOrder(sheet: sheet, line: outline.lastLine)
    }
    guard range.firstCoveredLine != nil else { return }
    guard outline.mergedRanges.count < limits.mergedRanges else {
      throw .tooManyMergedRanges(sheet: sheet, limit: limits.mergedRanges)
    }
    outline.mergedRanges.append(range)
  }
}
