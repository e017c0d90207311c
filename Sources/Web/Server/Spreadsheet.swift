/// A table that people open in a spreadsheet: CSV as RFC 4180 has it, in UTF-8 with a mark that
/// spreadsheets recognise it by.
struct Spreadsheet: Sendable {
  /// One cell.
  enum Cell: Sendable, ExpressibleByStringLiteral {
    /// Text; a spreadsheet must never take it for a formula.
    case text(String)
    /// A number with a decimal point.
    case number(String)

    init(stringLiteral value: String) { self = .text(value) }

    /// A whole number.
    static func count(_ value: Int) -> Cell { .number(String(value)) }

    /// A number with so many decimals, or an empty cell.
    static func decimal(_ value: Double?, digits: Int = 1) -> Cell {
      guard let value, value.isFinite else { return .text("") }
      return .number(Markup.decimal(value, digits: digits))
    }

    var field: String {
      switch self {
      case .number(let text): return text
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

  /// The file's name as it is saved.
  var name: String
  /// Rows, the headings first.
  var rows: [[Cell]]
  /// What stands between columns: a comma, a semicolon or a tab.
  var separator = ","

  /// The file.
  var text: String {
    var text = "\u{FEFF}"
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
