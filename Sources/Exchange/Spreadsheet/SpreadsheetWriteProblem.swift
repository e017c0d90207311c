/// Why a spreadsheet cannot be written.
public enum SpreadsheetWriteProblem: Error, Hashable, Sendable {
  /// The file or its folder cannot be written, or the disk is full.
  case cannotWrite(path: String)
  /// A cell's text is longer than spreadsheet programs allow (32,767 characters).
  case textTooLong(sheet: String, cell: String)
  /// More rows than a sheet can hold (1,048,576).
  case tooManyRows(sheet: String)
  /// A row has more values than the sheet has columns.
  case tooManyValues(sheet: String, line: Int)
  /// A number that is none (infinite, or not a number).
  case notANumber(sheet: String, cell: String)

  /// The names of the explanations.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// See the cases of ``SpreadsheetWriteProblem``.
    case cannotWrite = "cannot_write"
    case textTooLong = "cell_text_too_long"
    case tooManyRows = "too_many_rows_to_write"
    case tooManyValues = "too_many_values_to_write"
    case notANumber = "not_a_number_to_write"
  }

  /// The name of the explanation.
  public var code: Code {
    switch self {
    case .cannotWrite: .cannotWrite
    case .textTooLong: .textTooLong
    case .tooManyRows: .tooManyRows
    case .tooManyValues: .tooManyValues
    case .notANumber: .notANumber
    }
  }

  /// What the explanation fills in, by the name of the gap.
  public var details: [String: String] {
    switch self {
    case .cannotWrite(let path): ["path": path]
    case .textTooLong(let sheet, let cell), .notANumber(let sheet, let cell):
      ["sheet": sheet, "cell": cell]
    case .tooManyRows(let sheet): ["sheet": sheet]
    case .tooManyValues(let sheet, let line): ["sheet": sheet, "line": String(line)]
    }
  }
}
