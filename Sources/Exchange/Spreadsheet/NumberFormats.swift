/// How a cell shows its number, as far as that changes what the number means.
enum NumberFormat: Hashable, Sendable {
  /// A number.
  case number
  /// A number that is shown with at least so many digits: `007`.
  case padded(Int)
  /// Text: what is typed there stays as it was typed.
  case text
  /// A day, with or without a time of day.
  case day
  /// A time of day.
  case time
}

/// The number formats of a file, by the number that cells give.
final class NumberFormats: PartListener {
  private let limits: SpreadsheetLimits
  private var custom: [Int: NumberFormat] = [:]
  private var formats: [NumberFormat] = []
  private var isInCellFormats = false

  init(limits: SpreadsheetLimits) { self.limits = limits }

  /// The format of a cell with that style; plain where the file has no such style.
  subscript(_ style: Int) -> NumberFormat {
    formats.indices.contains(style) ? formats[style] : .number
  }

  override var wantsText: Bool { false }

  override func start(
    _ name: MarkupName, _ attributes: MarkupAttributes, depth: Int
  ) throws(SpreadsheetProblem) {
    switch depth {
    case 2: isInCellFormats = name == "cellXfs"
    case 3 where name == "numFmt":
      guard let id = attributes["numFmtId"].flatMap({ Int($0) }) else { return }
      custom[id] = NumberFormats.format(code: attributes["formatCode"] ?? "")
      guard custom.count <= limits.formats else {
        throw .tooManyFormats(limit: limits.formats)
      }
    case 3 where isInCellFormats && name == "xf":
      let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
      formats.append(custom[id] ?? NumberFormats.builtIn(id))
      guard formats.count <= limits.formats else {
        throw .tooManyFormats(limit: limits.formats)
      }
    default: break
    }
  }

  /// The formats that files name by number only (ECMA-376, part 1, 18.8.30; 27–36 and 50–58 are
  /// days in East Asian editions).
  static func builtIn(_ id: Int) -> NumberFormat {
    switch id {
    case 14...17, 22, 27...36, 50...58: .day
    case 18...21, 45, 47: .time
    case 49: .text
    default: .number
    }
  }

  /// What a format written as a code shows. Only the first section counts, which is the one for
  /// positive numbers.
  static func format(code: String) -> NumberFormat {
    if code == "@" { return .text }
    let shown = letters(of: code)
    if shown == "general" || shown.contains("general") { return .number }
    if shown.count >= 2, shown.utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) {
      return .padded(min(shown.count, 32))
    }
    let clock = shown.replacing("am/pm", with: "").replacing("a/p", with: "")
    let hasTime = clock.contains("h") || clock.contains("s")
    // Placeholders for digits belong to numbers, or to fractions of seconds.
    if clock.contains("#") || clock.contains("?") { return .number }
    if clock.contains("0"), !clock.contains("s.0"), !clock.contains("s,0") { return .number }
    if clock.contains("y") || clock.contains("d") { return .day }
    if hasTime { return .time }
    return clock.contains("m") ? .day : .number
  }

  /// The first section of a code in small letters, without quoted text, single escaped
  /// characters, and brackets: colours, languages, and hours that count on beyond a day.
  private static func letters(of code: String) -> String {
    var shown = ""
    var isQuoted = false
    var bracket: String?
    var skips = false
    for character in code.lowercased() {
      if skips {
        skips = false
      } else if isQuoted {
        isQuoted = character != "\""
      } else if let text = bracket {
        // Elapsed time is a number of days, not a time of day.
        if character == "]", ["h", "m", "s"].contains(text.first.map(String.init) ?? ""),
          Set(text).count == 1
        {
          return "#"
        }
        bracket = character == "]" ? nil : text + String(character)
      } else {
        switch character {
        case "\"": isQuoted = true
        case "[": bracket = ""
        case "\\", "_", "*": skips = true
        case ";": return shown
        default: shown.append(character)
        }
      }
    }
    return shown
  }
}
