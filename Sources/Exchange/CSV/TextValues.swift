import Foundation
import Health

/// What people write in tables, read strictly: what cannot be read is nothing, never a guess.
enum TextValues {
  /// A decimal number with a point or a comma; no thousands, no units.
  static func decimal(_ text: String) -> Double? {
    var plain = ""
    var hasPoint = false
    for (position, character) in text.utf8.enumerated() {
      switch character {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        plain.unicodeScalars.append(Unicode.Scalar(character))
      case UInt8(ascii: "."), UInt8(ascii: ","):
        if hasPoint { return nil }
        hasPoint = true
        plain.append(".")
      case UInt8(ascii: "-") where position == 0: plain.append("-")
      default: return nil
      }
    }
    guard plain.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return Double(plain)
  }

  /// A number with an exponent, as statistics programs write very small and very large ones.
  static func scientific(_ text: String) -> Double? {
    text.utf8.contains { $0 == UInt8(ascii: "x") || $0 == UInt8(ascii: "X") } ? nil : Double(text)
  }

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

  /// A date: 2024-08-05, 5/8/2024, 05.08.2024, 5-Aug-2024, 5 Agustus 2024; a time behind it is
  /// passed over.
  static func date(_ text: String, order: DateOrder = .dayMonthYear) -> DateReading {
    if let plain = isoDate(text) { return plain }
    let parts = text.split { " /-.".contains($0) }.prefix(3).map(String.init)
    guard parts.count == 3 else { return .notADate }
    let day: String
    let month: String
    let year: String
    if parts[0].utf8.count == 4 {
      (year, month, day) = (parts[0], parts[1], parts[2])
    } else if order == .monthDayYear, monthNumber(parts[1]) == nil || Int(parts[0]) != nil {
      (month, day, year) = (parts[0], parts[1], parts[2])
    } else {
      (day, month, year) = (parts[0], parts[1], parts[2])
    }
    let dayDigits = day.prefix { $0 != "T" }
    guard year.utf8.count == 4, let yearNumber = Int(year), let dayNumber = Int(dayDigits),
      let monthNumber = monthNumber(month)
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

  private static func monthNumber(_ text: String) -> Int? {
    if let number = Int(text) { return number }
    return monthNames[text.lowercased()]
  }

  /// L/P, M/F, 1/2, laki-laki/perempuan, male/female.
  static func sex(_ text: String) -> Sex? {
    switch text.lowercased() {
    case "l", "m", "1", "laki-laki", "laki laki", "lk", "male", "laki": .male
    case "p", "f", "2", "perempuan", "pr", "female", "wanita": .female
    default: nil
    }
  }

  /// Terlentang/berdiri, l/h, lying/standing.
  static func position(_ text: String) -> BodyPosition? {
    switch text.lowercased() {
    case "terlentang", "telentang", "l", "lying", "recumbent", "berbaring", "baring": .lying
    case "berdiri", "h", "s", "standing", "tegak": .standing
    default: nil
    }
  }

  /// Ya/tidak, y/n, yes/no, 1/0.
  static func flag(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "y", "ya", "yes", "1", "true", "ada", "punya", "v": true
    case "n", "tidak", "no", "0", "false", "tdk", "-", "belum": false
    default: nil
    }
  }

  /// A gestational age: `36`, `36+2`, `36 2/7`, `36w2d`, `36 minggu 2 hari`; whole weeks alone are
  /// taken for the first day of that week. A decimal is refused: 36.2 is said for 36+2 and for
  /// 36 weeks and a fifth.
  static func gestationalAge(_ text: String) -> AgeInDays? {
    var rest = Substring(text.lowercased())
    func skip(_ words: [String]) {
      rest = rest.drop { $0 == " " }
      if let word = words.first(where: { rest.hasPrefix($0) }) { rest = rest.dropFirst(word.count) }
      rest = rest.drop { $0 == " " }
    }
    func number(digits: Int) -> Int32? {
      let found = rest.prefix { $0.isASCII && $0.isNumber }
      guard !found.isEmpty, found.count <= digits else { return nil }
      rest = rest.dropFirst(found.count)
      return Int32(found)
    }
    skip([])
    guard let weeks = number(digits: 2) else { return nil }
    skip(["minggu", "weeks", "week", "mgg", "mg", "wk", "w"])
    skip(["+"])
    if rest.isEmpty { return text.contains("+") ? nil : AgeInDays(weeks * 7) }
    guard let days = number(digits: 1), days < 7 else { return nil }
    skip(["/7", "hari", "days", "day", "hr", "d"])
    return rest.isEmpty ? AgeInDays(weeks * 7 + days) : nil
  }

  /// A heading or name folded for comparing: capitals and digits only.
  static func key(_ text: some StringProtocol) -> String {
    String(
      text.uppercased().unicodeScalars.filter {
        ($0.value >= 65 && $0.value <= 90) || ($0.value >= 48 && $0.value <= 57)
      }.map(Character.init))
  }
}
