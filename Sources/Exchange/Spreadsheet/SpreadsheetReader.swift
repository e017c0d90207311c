/// Reads a spreadsheet file (XLSX, ECMA-376): its sheets, and their rows one by one in a fixed
/// amount of memory, however long the sheet is. Only the table of shared texts is held whole.
///
/// Nothing in the file is run, fetched or guessed: formulas give the result that was stored,
/// parts outside the file are refused, and what cannot be told is a ``CellProblem``.
public final class SpreadsheetReader {
  /// The sheets with cells, in the order of their tabs.
  public let sheets: [SpreadsheetSheet]

  private let file: OpenFile
  private let workbook: WorkbookPart
  private var reading: CellReading?

  /// Opens a file.
  public convenience init(
    path: String, limits: SpreadsheetLimits = .standard
  ) throws(SpreadsheetProblem) {
    try self.init(SpreadsheetArchive(path: path, limits: limits))
  }

  /// Opens a file that lies in memory.
  public convenience init(
    bytes: [UInt8], limits: SpreadsheetLimits = .standard
  ) throws(SpreadsheetProblem) {
    try self.init(SpreadsheetArchive(bytes: bytes, limits: limits))
  }

  private init(_ archive: SpreadsheetArchive) throws(SpreadsheetProblem) {
    file = OpenFile(archive)
    workbook = try WorkbookPart(in: file)
    sheets = workbook.sheets
  }

  /// The sheet of that name, or the only one that is not hidden.
  public func sheet(named name: String? = nil) throws(SpreadsheetProblem) -> SpreadsheetSheet {
    if let name {
      guard let found = sheets.first(where: { $0.name == name }) else {
        throw .noSuchSheet(name: name, sheets: sheets.map(\.name))
      }
      return found
    }
    let visible = sheets.filter { !$0.isHidden }
    guard let first = visible.first else { throw .noSheet }
    guard visible.count == 1 else { throw .severalSheets(visible.map(\.name)) }
    return first
  }

  /// Goes through a sheet and opens it for reading.
  public func rows(of sheet: SpreadsheetSheet) throws(SpreadsheetProblem) -> SheetReader {
    let reading = try cellReading()
    let scan = SheetScan(sheet: sheet.name, limits: file.limits)
    try file.read(sheet.part, to: scan)
    let rows = SheetRows(
      sheet: sheet.name, limits: file.limits, reading: reading, outline: scan.outline)
    let markup = try PartMarkup(
      file.archive.open(sheet.part), limits: file.limits, time: file.time, to: rows)
    return SheetReader(sheet: sheet, outline: scan.outline, markup: markup, rows: rows)
  }

  /// Shared texts and formats, read when the first sheet is opened.
  private func cellReading() throws(SpreadsheetProblem) -> CellReading {
    if let reading { return reading }
    let texts = SharedTexts(limits: file.limits)
    if let part = workbook.sharedTextsPart { try file.read(part, to: texts) }
    let formats = NumberFormats(limits: file.limits)
    if let part = workbook.stylesPart { try file.read(part, to: formats) }
    let reading = CellReading(
      texts: texts, formats: formats, countsFrom1904: workbook.countsFrom1904)
    self.reading = reading
    return reading
  }
}

/// Hands out the rows of one sheet.
public final class SheetReader {
  /// The sheet.
  public let sheet: SpreadsheetSheet
  /// What the sheet is like.
  public let outline: SheetOutline

  private let markup: PartMarkup
  private let rows: SheetRows
  private var taken: [SheetRow] = []
  private var nextTaken = 0

  fileprivate init(
    sheet: SpreadsheetSheet, outline: SheetOutline, markup: PartMarkup, rows: SheetRows
  ) {
    self.sheet = sheet
    self.outline = outline
    self.markup = markup
    self.rows = rows
  }

  /// The next row that holds something, or nothing at the end of the sheet.
  public func next() throws(SpreadsheetProblem) -> SheetRow? {
    while nextTaken == taken.count {
      guard try markup.readMore() else { return nil }
      taken = rows.take()
      nextTaken = 0
    }
    nextTaken += 1
    return taken[nextTaken - 1]
  }

  /// How much of the sheet's part was read, in bytes.
  public var position: Int { markup.part.position }

  /// How many bytes the sheet's part has.
  public var size: Int { markup.part.size }
}
