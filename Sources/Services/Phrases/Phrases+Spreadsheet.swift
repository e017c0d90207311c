import Exchange

extension Phrases {
  /// Why a spreadsheet cannot be read, and how to mend it.
  public func sentences(_ problem: SpreadsheetProblem) -> (what: String, mend: String) {
    var details = problem.details
    switch problem {
    case .notASpreadsheet(let kind):
      details["kind"] = self("errors.spreadsheet_kinds.\(kind.rawValue)")
    case .unreadableHeading(_, _, let cell):
      details["problem"] = self("errors.cell.\(cell.code.rawValue).what", cell.details)
    default: break
    }
    let key = "errors.spreadsheet.\(problem.code.rawValue)"
    return (self(key + ".what", details), self(key + ".mend", details))
  }

  /// Why a spreadsheet cannot be written, and how to mend it.
  public func sentences(_ problem: SpreadsheetWriteProblem) -> (what: String, mend: String) {
    let key = "errors.spreadsheet_write.\(problem.code.rawValue)"
    return (self(key + ".what", problem.details), self(key + ".mend", problem.details))
  }
}
