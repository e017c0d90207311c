import Foundation

/// Opens a file that holds a table, whatever kind of file it is.
public enum TableFile {
  /// Opens CSV, or a sheet of a spreadsheet (XLSX), by how the file begins and not by its name.
  ///
  /// - Parameters:
  ///   - sheet: the sheet; without it a spreadsheet must have one that is not hidden.
  ///   - headingLine: the line of a sheet's heading; without it the first that holds something.
  /// - Throws: ``CSVProblem`` or ``SpreadsheetProblem``.
  public static func open(
    path: String, sheet: String? = nil, headingLine: Int? = nil
  ) throws -> any TableReader {
    guard looksLikeSpreadsheet(path) else { return try CSVTable(path: path) }
    return try SpreadsheetTable(
      SpreadsheetReader(path: path), sheet: sheet, headingLine: headingLine)
  }

  /// Whether the file begins as packed files (XLSX), those of old office programs, PDF or pictures
  /// do. All but the first are refused by ``SpreadsheetReader``, in words for them.
  private static func looksLikeSpreadsheet(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    let head = [UInt8]((try? file.read(upToCount: 12)) ?? Data())
    return head.starts(with: [0x50, 0x4B, 0x03, 0x04] as [UInt8])
      || head.starts(with: [0xD0, 0xCF, 0x11, 0xE0] as [UInt8])
      || OtherFileKind.withoutTable(head) != nil
  }
}
