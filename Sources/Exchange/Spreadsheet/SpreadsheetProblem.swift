/// What a file is that was given for a spreadsheet.
public enum OtherFileKind: String, Hashable, Sendable, CaseIterable {
  /// Plain text or CSV.
  case text = "text"
  /// The Excel format before 2007 (XLS).
  case oldExcel = "old_excel"
  /// Excel's binary format (XLSB).
  case binaryExcel = "binary_excel"
  /// An OpenDocument spreadsheet (ODS).
  case openDocument = "open_document"
  /// A web page, which some applications save under an Excel name.
  case webPage = "web_page"
  /// Another packed file: a Word document, a ZIP archive.
  case otherPacked = "other_packed"
  /// A PDF.
  case pdf = "pdf"
  /// A picture (JPEG, PNG, GIF, WebP, HEIC).
  case image = "image"
  /// The Word format before 2007 (DOC).
  case oldWord = "old_word"
  /// Nothing that we know.
  case unknown = "unknown"

  /// Whether no program saves it as a spreadsheet: the table itself must be asked for.
  public var isNoTable: Bool { [.pdf, .image, .oldWord].contains(self) }

  /// What a file is that people take for a table and that is none, by how it begins; nothing for
  /// all else.
  ///
  /// - Parameter head: the first 12 bytes at least.
  static func withoutTable(_ head: some Collection<UInt8>) -> OtherFileKind? {
    let head = Array(head.prefix(12))
    if head.starts(with: Array("%PDF-".utf8)) { return .pdf }
    let pictures: [[UInt8]] = [
      [0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47], Array("GIF8".utf8),
    ]
    // Containers whose kind stands behind a length: HEIC and WebP.
    let isPicture =
      pictures.contains { head.starts(with: $0) }
      || (head.first == 0 && head.dropFirst(4).starts(with: Array("ftyp".utf8)))
      || (head.starts(with: Array("RIFF".utf8)) && head.dropFirst(8).elementsEqual("WEBP".utf8))
    return isPicture ? .image : nil
  }
}

/// Why a spreadsheet cannot be read.
///
/// Sizes are in bytes, lines and columns count from 1.
public indirect enum SpreadsheetProblem: Error, Hashable, Sendable {
  /// There is no such file, or it may not be read.
  case unreadable(path: String)
  /// The file is a folder.
  case isFolder(path: String)
  /// The file is empty.
  case empty
  /// The file is larger than allowed.
  case fileTooLarge(limit: Int)
  /// The file is something else.
  case notASpreadsheet(OtherFileKind)
  /// The file is protected with a password.
  case passwordProtected
  /// The file is cut off or damaged; `part` is the damaged part of it, if it is one part.
  case damaged(part: String?)
  /// A part is no well-formed XML.
  case damagedMarkup(part: String, line: Int)
  /// A part that every spreadsheet has is missing.
  case missingPart(String)
  /// More files inside the file than allowed.
  case tooManyEntries(count: Int, limit: Int)
  /// A file inside the file has a name that leads out of it.
  case unsafeName(String)
  /// Two files inside the file have one name.
  case duplicateName(String)
  /// A part is packed in a way that spreadsheets do not use.
  case unknownPacking(part: String)
  /// A part becomes larger by unpacking than allowed.
  case partTooLarge(part: String, limit: Int)
  /// A part becomes so many times larger by unpacking as no real sheet does.
  case packedTooTightly(part: String, limit: Int)
  /// All parts together become larger by unpacking than allowed.
  case unpacksTooLarge(limit: Int)
  /// A part declares a document type, which no spreadsheet program writes.
  case documentType(part: String)
  /// Elements lie deeper within each other than in any real file.
  case nestedTooDeeply(part: String, line: Int)
  /// An element has more attributes than in any real file.
  case tooManyAttributes(part: String, line: Int)
  /// An attribute is longer than in any real file.
  case attributeTooLong(part: String, line: Int)
  /// A tag or comment is longer than in any real file.
  case tagTooLong(part: String, line: Int)
  /// A part lies outside of the file.
  case externalPart(target: String)
  /// More cell formats than any program writes.
  case tooManyFormats(limit: Int)
  /// More shared texts than allowed.
  case tooManySharedTexts(limit: Int)
  /// The table of shared texts is larger than allowed.
  case sharedTextsTooLarge(limit: Int)
  /// A cell refers to a shared text that is not there.
  case noSuchSharedText(sheet: String, cell: String)
  /// The file has no sheet with cells.
  case noSheet
  /// The file has no sheet of that name.
  case noSuchSheet(name: String, sheets: [String])
  /// The file has several sheets, and none was chosen.
  case severalSheets([String])
  /// The sheet has no row that could be a heading.
  case noHeading(sheet: String)
  /// Merged cells in the heading.
  case mergedHeading(sheet: String, range: String)
  /// A cell of the heading cannot be read.
  case unreadableHeading(sheet: String, cell: String, CellProblem)
  /// A row or cell stands before one that should follow it, or where no sheet has a place.
  case outOfOrder(sheet: String, line: Int)
  /// A row has a value in a column beyond the last one allowed.
  case tooManyColumns(sheet: String, line: Int, limit: Int)
  /// A row lies below the last one allowed.
  case tooManyRows(sheet: String, limit: Int)
  /// A row holds more text than any real row.
  case rowTooLong(sheet: String, line: Int)
  /// A cell holds more text than spreadsheet programs allow.
  case textTooLong(sheet: String, cell: String, limit: Int)
  /// More merged ranges than allowed.
  case tooManyMergedRanges(sheet: String, limit: Int)
  /// Reading took longer than allowed.
  case tookTooLong(seconds: Int)
}
