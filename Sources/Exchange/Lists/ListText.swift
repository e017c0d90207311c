import Foundation
import Health

/// A long number that is a name.
struct ListIdentifier: Hashable {
  let text: String
  /// Whether a spreadsheet took it for a number and dropped what it does not keep.
  let hasLostDigits: Bool
}

/// The words by which a list says one of several things.
struct ListWords<Value: Sendable>: Sendable {
  /// The words that a message tells, in their order.
  let known: String
  private let values: [String: Value]

  /// Each value with its words; the first of them is the one to be told.
  init(_ words: [(value: Value, words: [String])]) {
    known = words.compactMap(\.words.first).joined(separator: ", ")
    var values: [String: Value] = [:]
    for entry in words {
      for word in entry.words { values[TextValues.key(word)] = entry.value }
    }
    self.values = values
  }

  subscript(text: String) -> Value? { values[TextValues.key(text)] }
}

/// Texts of lists, brought to one form.
public enum ListText {
  /// One space wherever there is white space, none around.
  static func singleSpaced(_ text: String) -> String {
    text.unicodeScalars.split { $0.properties.isWhitespace || $0.value < 0x20 }
      .map { String($0) }.joined(separator: " ")
  }

  /// A name to be shown, however it was written: the unseen as a mark of its own, pictures as they
  /// are, single-spaced and not too long.
  static func visible(_ text: String) -> String {
    let seen = String.UnicodeScalarView(
      singleSpaced(text).unicodeScalars.map {
        [nil, .picture].contains(NameCheck.fault(of: $0.value)) ? $0 : "\u{FFFD}"
      })
    return String(String(seen).prefix(200))
  }

  /// The day that a spreadsheet that begins in 1900 counts so, of years that people live in.
  static func bareDay(_ text: String) -> CivilDate? {
    guard text.utf8.count == 4 || text.utf8.count == 5, let number = Int(text),
      (1_500...73_050).contains(number)
    else { return nil }
    return CivilDate(dayNumber: Int32(number) - 25_569)
  }

  /// Whether a long number that was stored as a number has all its digits still. Programs that keep
  /// 15 digits put a zero in place of the sixteenth; any other digit there was written by one that
  /// keeps 53 bits, and beyond these it may be another.
  static func isWholeNumber(_ text: String) -> Bool {
    guard let number = UInt64(text), number <= 1 << 53 else { return false }
    return !text.hasSuffix("0")
  }

  /// `0812…`: digits alone, with the zero that spreadsheets drop and in place of +62.
  static func telephone(_ text: String) -> String? {
    var digits = ""
    for (position, scalar) in text.unicodeScalars.enumerated() {
      switch scalar {
      case "0"..."9": digits.unicodeScalars.append(scalar)
      case "+" where position == 0, "'" where position == 0, " ", "-", ".", "(", ")": continue
      default: return nil
      }
    }
    if digits.hasPrefix("62") { digits = "0" + digits.dropFirst(2) }
    if digits.hasPrefix("8") { digits = "0" + digits }
    return (6...15).contains(digits.utf8.count) ? digits : nil
  }

  /// The number of an RT or RW with three digits, as cards print it; other texts as they are.
  public static func unit(_ text: String) -> String {
    var rest = text.uppercased()
    for word in ["RT", "RW"] where rest.hasPrefix(word) { rest.removeFirst(2) }
    rest = rest.trimmingCharacters(in: CharacterSet(charactersIn: " .:"))
    guard !rest.isEmpty, rest.utf8.count <= 3, let number = Int(rest), number >= 0 else {
      return text
    }
    return number == 0 ? "" : String(format: "%03d", number)
  }
}
