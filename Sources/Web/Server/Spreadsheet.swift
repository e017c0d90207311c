import Exchange
import Foundation
import Health

/// A table that people take away: as CSV as RFC 4180 has it, in UTF-8 with a mark that spreadsheets
/// recognise it by, or as XLSX with real numbers and days.
struct Spreadsheet: Sendable {
  /// One cell.
  enum Cell: Sendable, ExpressibleByStringLiteral {
    /// Text; a spreadsheet must never take it for a formula.
    case text(String)
    /// A number with a decimal point.
    case number(String)
    /// A day.
    case day(CivilDate)

    init(stringLiteral value: String) { self = .text(value) }

    /// A whole number.
    static func count(_ value: Int) -> Cell { .number(String(value)) }

    /// A number with so many decimals, or an empty cell.
    static func decimal(_ value: Double?, digits: Int = 1) -> Cell {
      guard let value, value.isFinite else { return .text("") }
      return .number(Markup.decimal(value, digits: digits))
    }

    /// A day, or an empty cell.
    static func day(_ day: CivilDate?) -> Cell { day.map { .day($0) } ?? .text("") }

    var value: SpreadsheetWriter.Value {
      switch self {
      case .day(let day): .day(day)
      case .number(let text): Double(text).map { .number($0) } ?? .text(text)
      case .text(let text): text.isEmpty ? .empty : .text(text)
      }
    }

    var field: String {
      switch self {
      case .number(let text): return text
      case .day(let day): return Format.iso(day)
      case .text(let text):
        var safe = text
        // What starts like a formula would be worked out when the file is opened.
        if let first = text.unicodeScalars.first, "=+-@\t\r\n".unicodeScalars.contains(first) {
          safe = "'" + text
        }
        guard safe.unicodeScalars.contains(where: { ",\"\r\n;\t".unicodeScalars.contains($0) })
        else { return safe }
        // Scalar by scalar: a quotation mark with an accent is another character to Swift.
        var quoted = "\""
        for scalar in safe.unicodeScalars {
          if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
          quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
      }
    }
  }

  /// The forms in which a list leaves.
  enum Form: String, CaseIterable {
    case csv, xlsx

    var contentType: String {
      switch self {
      case .csv: "text/csv; charset=utf-8"
      case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
      }
    }
  }

  /// The file's name as it is saved, ending in `.csv`.
  var name: String
  /// Rows, the headings first.
  var rows: [[Cell]]
  /// What stands between columns: a comma, a semicolon or a tab.
  var separator = ","

  /// The file's name without its end.
  private var title: String { name.hasSuffix(".csv") ? String(name.dropLast(4)) : name }

  func name(as form: Form) -> String { form == .csv ? name : "\(title).\(form.rawValue)" }

  /// The file as XLSX.
  func workbook() throws -> [UInt8] {
    let writer = try beginWorkbook(with: rows.dropFirst())
    for row in rows.dropFirst() { try writer.row(row.map(\.value)) }
    return try writer.finish()
  }

  /// The file as XLSX with its headings alone, in columns as wide as the first rows need.
  func beginWorkbook(with first: some Collection<[Cell]>) throws -> SpreadsheetWriter {
    let writer = try SpreadsheetWriter(title: title)
    let headings = rows.first ?? []
    let columns = headings.enumerated().map { position, heading in
      let longest = ([headings] + first.prefix(199)).map { row in
        position < row.count ? row[position].field.count : 0
      }.max()
      return SpreadsheetWriter.Column(
        heading.field, width: Double(min(max((longest ?? 0) + 2, 8), 50)))
    }
    try writer.beginSheet(title, columns: columns)
    return writer
  }

  /// The file as CSV.
  var text: String { "\u{FEFF}" + lines(of: rows) }

  /// Rows as lines of the file as CSV.
  func lines(of rows: some Sequence<[Cell]>) -> String {
    var text = ""
    for row in rows { text += row.map(\.field).joined(separator: separator) + "\r\n" }
    return text
  }
}

extension Markup {
  /// A number with exactly so many decimals and a point, as machines read it.
  static func decimal(_ value: Double, digits: Int) -> String {
    var unit = 1
    for _ in 0..<digits { unit *= 10 }
    guard value.isFinite, abs(value) < 1e12 else { return "" }
    let scaled = Int((abs(value) * Double(unit)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    if digits == 0 { return "\(sign)\(scaled)" }
    let rest = String(scaled % unit)
    return "\(sign)\(scaled / unit)."
      + String(repeating: "0", count: digits - rest.utf8.count) + rest
  }
}
