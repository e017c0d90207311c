import CXLSXWriter
import Foundation
import Health

/// Writes a spreadsheet (XLSX) row by row in a fixed amount of memory: a bold heading that stays
/// in sight, filters, real days and numbers, and text that no program takes for a formula.
///
/// Equal content gives equal bytes: the file carries no moment and no author. Numbers keep 15
/// digits, as spreadsheets do. Until it is finished the file lies in a folder that only its owner
/// can enter.
public final class SpreadsheetWriter {
  /// A column of a sheet.
  public struct Column: Hashable, Sendable {
    /// The heading.
    public var heading: String
    /// The width in characters; without it the heading's length decides.
    public var width: Double?
    /// Whether the column holds numbers that are names (NIK, telephone): they are text, and what
    /// people type there later stays text too.
    public var isIdentifier: Bool

    /// A column.
    public init(_ heading: String, width: Double? = nil, isIdentifier: Bool = false) {
      self.heading = heading
      self.width = width
      self.isIdentifier = isIdentifier
    }
  }

  /// What a cell holds.
  public enum Value: Hashable, Sendable {
    /// Nothing.
    case empty
    /// Text, never a formula.
    case text(String)
    /// A number.
    case number(Double)
    /// A day. Before 1900, where spreadsheets have no days, it is written as text.
    case day(CivilDate)
    /// Yes or no.
    case boolean(Bool)
  }

  /// The most characters of a cell, in UTF-16 units.
  public static let textLimit = 32_767
  /// The most rows of a sheet, its heading included.
  public static let rowLimit = 1_048_576

  private let folder: String
  private let path: String
  private var workbook: UnsafeMutablePointer<lxw_workbook>?
  private let headingFormat: UnsafeMutablePointer<lxw_format>?
  private let dayFormat: UnsafeMutablePointer<lxw_format>?
  private let textFormat: UnsafeMutablePointer<lxw_format>?
  private var sheet: OpenSheet?
  private var sheetNames: Set<String> = []

  private struct OpenSheet {
    let name: String
    let pointer: UnsafeMutablePointer<lxw_worksheet>
    let columns: [Column]
    var nextRow: UInt32 = 1
  }

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - title: the title among the file's properties.
  ///   - dayFormat: how days are shown, as a spreadsheet format.
  ///   - temporaryFolder: where the unfinished file lies; a private folder is made in it.
  public init(
    title: String = "", dayFormat: String = "dd/mm/yyyy",
    temporaryFolder: String = NSTemporaryDirectory()
  ) throws(SpreadsheetWriteProblem) {
    let folder = try SpreadsheetWriter.privateFolder(in: temporaryFolder)
    let path = folder + "/table.xlsx"
    self.folder = folder
    self.path = path
    let created = path.withCString { path in
      folder.withCString { folder in
        var options = lxw_workbook_options(
          constant_memory: 1, tmpdir: UnsafeMutablePointer(mutating: folder), use_zip64: 0)
        return workbook_new_opt(path, &options)
      }
    }
    guard let created else {
      try? FileManager.default.removeItem(atPath: folder)
      throw .cannotWrite(path: path)
    }
    workbook = created
    headingFormat = workbook_add_format(created)
    format_set_bold(headingFormat)
    self.dayFormat = workbook_add_format(created)
    format_set_num_format(self.dayFormat, dayFormat)
    textFormat = workbook_add_format(created)
    format_set_num_format_index(textFormat, 49)
    SpreadsheetWriter.plainText(title).withCString { title in
      var properties = lxw_doc_properties()
      properties.title = UnsafeMutablePointer(mutating: title)
      // 2000-01-01: without a moment of ours the library takes the current one.
      properties.created = 946_684_800
      _ = workbook_set_properties(created, &properties)
    }
  }

  deinit {
    if let workbook { lxw_workbook_free(workbook) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  private static func privateFolder(
    in parent: String
  ) throws(SpreadsheetWriteProblem) -> String {
    let template = (parent.hasSuffix("/") ? parent : parent + "/") + "sheet-XXXXXX"
    var bytes = template.utf8CString
    let made = bytes.withUnsafeMutableBufferPointer { bytes in
      bytes.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let made else { throw .cannotWrite(path: parent) }
    return made
  }

  // MARK: Sheets

  /// Begins a sheet; rows go there until the next one begins.
  ///
  /// - Parameter name: the name; characters that spreadsheets refuse in names are replaced, what
  ///   is longer than 31 is cut, and a name that is taken gets a number.
  /// - Returns: the name that the sheet got.
  @discardableResult
  public func beginSheet(
    _ name: String, columns: [Column]
  ) throws(SpreadsheetWriteProblem) -> String {
    endSheet()
    let name = freeName(name)
    guard let workbook, let pointer = workbook_add_worksheet(workbook, name) else {
      throw .cannotWrite(path: path)
    }
    sheet = OpenSheet(name: name, pointer: pointer, columns: columns)
    for (position, column) in columns.enumerated() {
      let at = UInt16(clamping: position)
      let width = column.width ?? Double(min(max(column.heading.count + 4, 10), 40))
      worksheet_set_column(pointer, at, at, width, column.isIdentifier ? textFormat : nil)
      try write(.text(column.heading), line: 0, position, headingFormat)
    }
    worksheet_freeze_panes(pointer, 1, 0)
    return name
  }

  private func endSheet() {
    guard let sheet, !sheet.columns.isEmpty else { return }
    let lastColumn = UInt16(clamping: sheet.columns.count - 1)
    worksheet_autofilter(sheet.pointer, 0, 0, max(1, sheet.nextRow - 1), lastColumn)
    self.sheet = nil
  }

  /// A name that spreadsheets accept and that is not taken yet.
  private func freeName(_ name: String) -> String {
    var clean = String(
      name.unicodeScalars.map {
        "[]:*?/\\".unicodeScalars.contains($0) || $0.value < 0x20 ? "-" : Character($0)
      })
    clean = clean.trimmingCharacters(in: CharacterSet(charactersIn: "' "))
    if clean.isEmpty { clean = "-" }
    var result = SpreadsheetWriter.cut(clean, to: 31)
    var number = 2
    while !sheetNames.insert(result.lowercased()).inserted {
      result = SpreadsheetWriter.cut(clean, to: 26) + " " + String(number)
      number += 1
    }
    return result
  }

  private static func cut(_ text: String, to units: Int) -> String {
    var text = text
    while text.utf16.count > units { text.removeLast() }
    return text
  }

  // MARK: Rows

  /// Writes the next row.
  public func row(_ values: [Value]) throws(SpreadsheetWriteProblem) {
    guard let sheet else { preconditionFailure("a row before the first sheet") }
    guard values.count <= sheet.columns.count else {
      throw .tooManyValues(sheet: sheet.name, line: Int(sheet.nextRow) + 1)
    }
    guard sheet.nextRow < SpreadsheetWriter.rowLimit else {
      throw .tooManyRows(sheet: sheet.name)
    }
    for (position, value) in values.enumerated() {
      let format = sheet.columns[position].isIdentifier ? textFormat : nil
      try write(value, line: sheet.nextRow, position, format)
    }
    self.sheet?.nextRow += 1
  }

  private func write(
    _ value: Value, line: UInt32, _ position: Int, _ format: UnsafeMutablePointer<lxw_format>?
  ) throws(SpreadsheetWriteProblem) {
    guard let sheet else { return }
    let at = UInt16(clamping: position)
    let cell = CellReference(column: position + 1, line: Int(line) + 1).description
    let result: lxw_error
    switch value {
    case .empty: return
    case .text(""): return
    case .text(let text):
      guard text.utf16.count <= SpreadsheetWriter.textLimit else {
        throw .textTooLong(sheet: sheet.name, cell: cell)
      }
      // A cell formatted as text stays text when somebody edits it, signs at its start included.
      let isRisky = SpreadsheetWriter.looksLikeFormula(text)
      result = worksheet_write_string(
        sheet.pointer, line, at, SpreadsheetWriter.plainText(text),
        isRisky ? format ?? textFormat : format)
    case .number(let number):
      guard number.isFinite else { throw .notANumber(sheet: sheet.name, cell: cell) }
      result = worksheet_write_number(sheet.pointer, line, at, number, format)
    case .day(let day):
      guard let serial = SerialDay.serial(day) else {
        return try write(.text(SerialDay.iso(day)), line: line, position, format)
      }
      result = worksheet_write_number(sheet.pointer, line, at, serial, dayFormat)
    case .boolean(let isTrue):
      result = worksheet_write_boolean(sheet.pointer, line, at, isTrue ? 1 : 0, format)
    }
    guard result == LXW_NO_ERROR else { throw .cannotWrite(path: path) }
  }

  private static func looksLikeFormula(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return false }
    return [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first)
  }

  /// The text as it may stand in a cell: NUL, which no program can show, becomes the sign for an
  /// unreadable character, and what would read as a mark for a character (`_x000D_`) is marked
  /// itself.
  private static func plainText(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "_") }) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    for (position, byte) in bytes.enumerated() {
      if byte == 0 {
        result.append(contentsOf: "\u{FFFD}".utf8)
      } else {
        if EscapedText.isMark(bytes, at: position) { result.append(contentsOf: "_x005F".utf8) }
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  // MARK: The finished file

  /// Finishes the file and gives its bytes; nothing stays on the disk.
  public func finish() throws(SpreadsheetWriteProblem) -> [UInt8] {
    try close()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .cannotWrite(path: path)
    }
    return [UInt8](data)
  }

  /// Finishes the file and gives it open for reading; when it is closed nothing of it stays on the
  /// disk.
  public func finishOpen() throws(SpreadsheetWriteProblem) -> FileHandle {
    try close()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    guard let file = FileHandle(forReadingAtPath: path) else { throw .cannotWrite(path: path) }
    return file
  }

  /// Finishes the file and puts it there, readable by its owner only. What lay there before is
  /// replaced at once or not at all.
  public func finish(to destination: String) throws(SpreadsheetWriteProblem) {
    try close()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    if rename(path, destination) == 0 { return }
    guard errno == EXDEV else { throw .cannotWrite(path: destination) }
    let beside = destination + ".part"
    guard let data = FileManager.default.contents(atPath: path),
      FileManager.default.createFile(
        atPath: beside, contents: data, attributes: [.posixPermissions: 0o600]),
      rename(beside, destination) == 0
    else {
      try? FileManager.default.removeItem(atPath: beside)
      throw .cannotWrite(path: destination)
    }
  }

  private func close() throws(SpreadsheetWriteProblem) {
    endSheet()
    guard let closing = workbook else { preconditionFailure("a file is finished once") }
    workbook = nil
    guard workbook_close(closing) == LXW_NO_ERROR, chmod(path, 0o600) == 0 else {
      throw .cannotWrite(path: path)
    }
  }
}
