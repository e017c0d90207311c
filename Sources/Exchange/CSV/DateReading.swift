import Health

extension TextValues {
  /// The order of day, month and year where all are numbers.
  enum DateOrder: String, Codable, Sendable {
    case dayMonthYear = "dmy"
    case monthDayYear = "mdy"
  }

  enum DateReading: Hashable {
    case day(CivilDate)
    case noSuchDay
    case notADate
  }

  /// A date: 2024-08-05, 5/8/2024, 05.08.2024, 5-Aug-2024, 5 Agustus 2024; a time of day behind it
  /// is passed over, anything else is not.
  static func date(_ text: String, order: DateOrder = .dayMonthYear) -> DateReading {
    if let plain = isoDate(text) { return plain }
    var words = DateWords(text)
    guard let first = words.next(), words.skipSeparator(), let second = words.next(),
      words.skipSeparator(), let third = words.next(), words.isAtEndOrTime()
    else { return .notADate }
    let day: Substring
    let month: Substring
    let year: Substring
    if first.utf8.count == 4, Int(first) != nil {
      (year, month, day) = (first, second, third)
    } else if Int(first) == nil || (order == .monthDayYear && Int(second) != nil) {
      (month, day, year) = (first, second, third)
    } else {
      (day, month, year) = (first, second, third)
    }
    guard year.utf8.count == 4, let yearNumber = Int(year), day.utf8.count <= 2,
      let dayNumber = Int(day), let monthNumber = monthNumber(month)
    else { return .notADate }
    guard let date = CivilDate(year: yearNumber, month: monthNumber, day: dayNumber) else {
      return .noSuchDay
    }
    return .day(date)
  }

  /// The form that programs write, `2024-08-05`, without the detours that the others need.
  private static func isoDate(_ text: String) -> DateReading? {
    let digits = Array(text.utf8)
    guard digits.count == 10, digits[4] == UInt8(ascii: "-"), digits[7] == UInt8(ascii: "-") else {
      return nil
    }
    var numbers = (0, 0, 0)
    for position in 0..<10 where position != 4 && position != 7 {
      let digit = Int(digits[position]) - 48
      guard (0...9).contains(digit) else { return nil }
      if position < 4 {
        numbers.0 = numbers.0 * 10 + digit
      } else if position < 7 {
        numbers.1 = numbers.1 * 10 + digit
      } else {
        numbers.2 = numbers.2 * 10 + digit
      }
    }
    let date = CivilDate(year: numbers.0, month: numbers.1, day: numbers.2)
    return date.map { .day($0) } ?? .noSuchDay
  }

  private static let monthNames: [String: Int] = {
    let names: [[String]] = [
      ["jan", "januari", "january"], ["feb", "februari", "february", "peb", "pebruari"],
      ["mar", "maret", "march"], ["apr", "april"], ["mei", "may"], ["jun", "juni", "june"],
      ["jul", "juli", "july"], ["agu", "agt", "agustus", "aug", "august", "ags"],
      ["sep", "sept", "september"], ["okt", "oktober", "oct", "october"],
      ["nov", "november", "nop", "nopember"], ["des", "desember", "dec", "december"],
    ]
    var numbers: [String: Int] = [:]
    for (position, forms) in names.enumerated() {
      for form in forms { numbers[form] = position + 1 }
    }
    return numbers
  }()

  private static func monthNumber(_ text: Substring) -> Int? {
    if let number = Int(text) { return text.utf8.count <= 2 ? number : nil }
    return monthNames[text.lowercased()]
  }
}

/// The parts of a date: runs of digits or of letters, with one sign or spaces between them.
private struct DateWords {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  /// The next run of digits or letters.
  mutating func next() -> Substring? {
    guard let first = rest.first else { return nil }
    let belongs = DateWords.isDigit(first) ? DateWords.isDigit : DateWords.isLetter
    let word = rest.prefix(while: belongs)
    guard !word.isEmpty else { return nil }
    rest = rest[word.endIndex...]
    return Substring(word)
  }

  /// Goes over one of `/ - .` with spaces around it, or over spaces.
  mutating func skipSeparator() -> Bool {
    let start = rest.startIndex
    skipSpaces()
    if let sign = rest.first, sign == 0x2F || sign == 0x2D || sign == 0x2E {
      rest.removeFirst()
      skipSpaces()
    }
    return rest.startIndex != start
  }

  private mutating func skipSpaces() {
    while rest.first == 0x20 { rest.removeFirst() }
  }

  /// Whether nothing follows, or a time of day: `T` or spaces, then hours and minutes.
  mutating func isAtEndOrTime() -> Bool {
    if rest.isEmpty { return true }
    guard let first = rest.first, first == 0x20 || first == UInt8(ascii: "T") else { return false }
    rest.removeFirst()
    skipSpaces()
    let hours = rest.prefix(while: DateWords.isDigit)
    guard (1...2).contains(hours.count) else { return false }
    rest = rest[hours.endIndex...]
    guard let colon = rest.first, colon == UInt8(ascii: ":") || colon == UInt8(ascii: ".") else {
      return false
    }
    rest.removeFirst()
    guard rest.first.map(DateWords.isDigit) == true else { return false }
    // Seconds, parts of seconds, AM or PM, the zone.
    return rest.allSatisfy {
      DateWords.isDigit($0) || DateWords.isLetter($0) || ":.+- ".utf8.contains($0)
    }
  }
}
