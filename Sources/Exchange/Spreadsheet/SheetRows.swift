/// Gathers the rows of a sheet while its part is read.
final class SheetRows: PartListener {
  private let sheet: String
  private let limits: SpreadsheetLimits
  private let reading: CellReading
  private let merged: [CellRange]
  private var nextMerged = 0
  /// Of the ranges that began to cover lines, the one that goes farthest down.
  private var covering: CellRange?

  /// Rows that are complete and were not taken yet.
  private(set) var ready: [SheetRow] = []

  private var isInRows = false
  private var isInRow = false
  private var line = 0
  private var isHidden = false
  private var cells: [SheetCell] = []
  private var rowBytes = 0

  private var isInCell = false
  private var column = 0
  private var kind = CellReading.Kind.number
  private var style = 0
  private var content: [UInt8] = []
  private var hasFormula = false
  private var hasValue = false
  private var isCollecting = false
  private var isInlineText = false
  private var isRun = false

  init(sheet: String, limits: SpreadsheetLimits, reading: CellReading, outline: SheetOutline) {
    self.sheet = sheet
    self.limits = limits
    self.reading = reading
    merged = outline.mergedRanges
  }

  /// Takes the rows that are complete.
  func take() -> [SheetRow] {
    defer { ready.removeAll(keepingCapacity: true) }
    return ready
  }

  override func start(
    _ name: MarkupName, _ attributes: MarkupAttributes, depth: Int
  ) throws(SpreadsheetProblem) {
    switch depth {
    case 2: isInRows = name == "sheetData"
    case 3 where isInRows && name == "row": try beginRow(attributes)
    case 4 where isInRow && name == "c": try beginCell(attributes)
    case 5 where isInCell:
      if name == "v" {
        if hasValue { throw .outOfOrder(sheet: sheet, line: line) }
        hasValue = true
        isCollecting = true
      } else if name == "f" {
        hasFormula = true
      } else {
        isInlineText = name == "is"
      }
    case 6 where isInlineText:
      isCollecting = name == "t"
      isRun = name == "r"
    case 7 where isRun: isCollecting = name == "t"
    default: isCollecting = false
    }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(SpreadsheetProblem) {
    guard isCollecting else { return }
    content.append(contentsOf: bytes)
    if content.count > limits.cellText * 3 { throw textTooLong }
  }

  override func end(depth: Int) throws(SpreadsheetProblem) {
    isCollecting = false
    switch depth {
    case 6: isRun = false
    case 5: isInlineText = false
    case 4 where isInCell: try endCell()
    case 3 where isInRow: endRow()
    case 2: isInRows = false
    default: break
    }
  }

  private var reference: CellReference { CellReference(column: column, line: line) }

  private var textTooLong: SpreadsheetProblem {
    .textTooLong(sheet: sheet, cell: reference.description, limit: limits.cellText)
  }

  // MARK: Rows

  private func beginRow(_ attributes: MarkupAttributes) throws(SpreadsheetProblem) {
    line = try SheetScan.line(attributes, after: line, sheet: sheet)
    isInRow = true
    isHidden = attributes.isTrue("hidden")
    cells = []
    cells.reserveCapacity(min(limits.columns, max(4, ready.last?.cells.count ?? 0)))
    rowBytes = 0
    column = 0
  }

  private func endRow() {
    isInRow = false
    if cells.isEmpty { return }
    while nextMerged < merged.count, let first = merged[nextMerged].firstCoveredLine,
      first <= line
    {
      if merged[nextMerged].lines.upperBound > covering?.lines.upperBound ?? 0 {
        covering = merged[nextMerged]
      }
      nextMerged += 1
    }
    let covers = covering.map { $0.lines.upperBound >= line } ?? false
    ready.append(
      SheetRow(
        line: line, cells: cells, isHidden: isHidden, coveringRange: covers ? covering : nil))
  }

  // MARK: Cells

  private func beginCell(_ attributes: MarkupAttributes) throws(SpreadsheetProblem) {
    isInCell = true
    kind = .number
    style = 0
    content.removeAll(keepingCapacity: true)
    hasFormula = false
    hasValue = false
    isInlineText = false
    isRun = false
    var place: CellReference?
    var isMisplaced = false
    attributes.forEach { name, value in
      if name == "r" {
        place = CellReference(bytes: value)
        isMisplaced = place == nil
      } else if name == "t" {
        kind = CellReading.Kind(value)
      } else if name == "s" {
        style = value.reduce(0) { min($0 &* 10 &+ Int($1) &- 48, 1 << 20) }
      }
    }
    let next = place?.column ?? column + 1
    if isMisplaced || next <= column || place.map({ $0.line != line }) ?? false {
      throw .outOfOrder(sheet: sheet, line: line)
    }
    column = next
  }

  private func endCell() throws(SpreadsheetProblem) {
    isInCell = false
    let found: (value: SheetCell.Value, notes: CellNotes)?
    do throws(CellReading.MissingText) {
      found = try reading.value(
        of: kind, style: style, &content, hasFormula: hasFormula, hasValue: hasValue)
    } catch {
      throw .noSuchSharedText(sheet: sheet, cell: reference.description)
    }
    guard let found else { return }
    guard column <= limits.columns else {
      throw .tooManyColumns(sheet: sheet, line: line, limit: limits.columns)
    }
    if case .text(let text) = found.value {
      rowBytes += text.utf8.count
      if text.utf8.count > limits.cellText, text.utf16.count > limits.cellText {
        throw textTooLong
      }
      if rowBytes > limits.rowBytes { throw .rowTooLong(sheet: sheet, line: line) }
    }
    cells.append(SheetCell(column: column, value: found.value, notes: found.notes))
  }
}
