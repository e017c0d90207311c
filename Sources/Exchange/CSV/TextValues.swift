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
