/// Why a cell, or a row, of a readable sheet tells nothing that may be used. The rest of the sheet
/// is not touched by it.
public indirect enum CellProblem: Error, Hashable, Sendable {
  /// The cell shows an error such as `#N/A`.
  case errorValue(String)
  /// A formula that was never calculated: the file holds no result of it.
  case formulaWithoutResult
  /// 29 February 1900, which the calendar does not have but spreadsheets do (serial 60).
  case falseLeapDay
  /// A number that is shown as a day, but lies outside the years 1900 to 9999.
  case dayOutsideCalendar(String)
  /// What is stored is not what the cell's type promises.
  case unreadableValue(String)
  /// The row is covered by cells that were merged; only the first of them holds a value.
  case covered(by: CellRange)

  /// The names of the explanations.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// See the cases of the same names.
    case errorValue = "error_value"
    case formulaWithoutResult = "formula_without_result"
    case falseLeapDay = "false_leap_day"
    case dayOutsideCalendar = "day_outside_calendar"
    case unreadableValue = "unreadable_value"
    case covered = "covered"
  }

  /// The name of the explanation.
  public var code: Code {
    switch self {
    case .errorValue: .errorValue
    case .formulaWithoutResult: .formulaWithoutResult
    case .falseLeapDay: .falseLeapDay
    case .dayOutsideCalendar: .dayOutsideCalendar
    case .unreadableValue: .unreadableValue
    case .covered: .covered
    }
  }

  /// What the explanation fills in, by the name of the gap.
  public var details: [String: String] {
    switch self {
    case .errorValue(let value), .dayOutsideCalendar(let value), .unreadableValue(let value):
      ["value": value]
    case .formulaWithoutResult, .falseLeapDay: [:]
    case .covered(let range): ["range": range.description]
    }
  }
}

/// What a reader should know of a value that can be used.
public struct CellNotes: OptionSet, Hashable, Sendable {
  /// One bit for each note.
  public let rawValue: UInt8

  /// The notes with these bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The value is what a formula came to when the file was last saved.
  public static let computed = CellNotes(rawValue: 1)
  /// A number, though the cell is formatted as text: typed before the format was set.
  public static let numberInTextFormat = CellNotes(rawValue: 2)
  /// A number of more than 15 digits, of which spreadsheets keep 15: the last digits of a NIK or
  /// family card number are probably lost.
  public static let digitsMayBeLost = CellNotes(rawValue: 4)
  /// A text such as `6.20301E+15`: a long number that was shortened before it became text.
  public static let scientificText = CellNotes(rawValue: 8)
  /// A day with a time of day, which was left out.
  public static let timeDropped = CellNotes(rawValue: 16)

  /// Single notes with the names of their explanations.
  public static let named: [(note: CellNotes, code: String)] = [
    (.computed, "computed"), (.numberInTextFormat, "number_in_text_format"),
    (.digitsMayBeLost, "digits_may_be_lost"), (.scientificText, "scientific_text"),
    (.timeDropped, "time_dropped"),
  ]
}
