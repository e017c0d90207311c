/// A value of a settings file with the line where it stands, so that a complaint can name it.
///
/// Foundation's reader forgets lines, takes the last of two equal keys, and turns decimals into
/// binary fractions; a file that decides about children is read more strictly.
struct SettingsText {
  /// What stands there.
  indirect enum Value {
    /// Names and values in the file's order.
    case object([Member])
    /// Values in order.
    case list([SettingsText])
    /// A text.
    case text(String)
    /// A number as it is written.
    case number(String)
    /// `true`, `false` or `null`.
    case word(String)
  }

  /// A name with its value.
  struct Member {
    let name: String
    let line: Int
    let value: SettingsText
  }

  let line: Int
  let value: Value

  /// Reads a whole file.
  init(_ bytes: [UInt8]) throws(SettingsProblem) {
    var reader = SettingsReader(bytes)
    self = try reader.value(depth: 0)
    reader.skipBlank()
    guard reader.isAtEnd else { throw reader.problem(.notJSON) }
  }

  fileprivate init(line: Int, value: Value) {
    self.line = line
    self.value = value
  }

  /// `true` (1) or `false` (0).
  func flag(key: String) throws(SettingsProblem) -> Int32 {
    guard case .word(let word) = value, word != "null" else { throw wrongType("flag", key: key) }
    return word == "true" ? 1 : 0
  }

  /// That another kind of value should stand here.
  func wrongType(_ kind: String, key: String) -> SettingsProblem {
    SettingsProblem(.wrongType, line: line, key: key, ["kind": kind])
  }

  /// A decimal as a whole number of its last place, without a detour through binary fractions;
  /// nothing where it has more decimals, or an exponent.
  static func scaled(_ written: String, decimals: Int) -> Int64? {
    let parts = written.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, Int64(whole) != nil else { return nil }
    var digits = parts.count == 2 ? String(parts[1]) : ""
    while digits.count > decimals, digits.last == "0" { digits.removeLast() }
    guard digits.count <= decimals else { return nil }
    digits += String(repeating: "0", count: decimals - digits.count)
    return Int64(whole + digits)
  }
}

/// Reads JSON byte by byte and counts the lines.
private struct SettingsReader {
  private let bytes: [UInt8]
  private var at = 0
  private var line = 1

  /// Deeper than any settings file goes.
  private static let deepest = 8

  init(_ bytes: [UInt8]) {
    // A mark of byte order, as some editors write it, is no part of the text.
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }

  var isAtEnd: Bool { at >= bytes.count }

  func problem(_ code: SettingsProblem.Code, key: String = "") -> SettingsProblem {
    SettingsProblem(code, line: line, key: key)
  }

  mutating func skipBlank() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x0A: line += 1
      case 0x20, 0x09, 0x0D: break
      default: return
      }
      at += 1
    }
  }

  private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    skipBlank()
    guard at < bytes.count, bytes[at] == UInt8(ascii: wanted) else { return false }
    at += 1
    return true
  }

  mutating func value(depth: Int) throws(SettingsProblem) -> SettingsText {
    guard depth <= SettingsReader.deepest else { throw problem(.notJSON) }
    skipBlank()
    guard at < bytes.count else { throw problem(.notJSON) }
    let start = line
    switch bytes[at] {
    case UInt8(ascii: "{"): return SettingsText(line: start, value: try object(depth))
    case UInt8(ascii: "["): return SettingsText(line: start, value: try list(depth))
    case UInt8(ascii: "\""): return SettingsText(line: start, value: .text(try text()))
    default: return SettingsText(line: start, value: try plain())
    }
  }

  private mutating func object(_ depth: Int) throws(SettingsProblem) -> SettingsText.Value {
    at += 1
    var members: [SettingsText.Member] = []
    if take("}") { return .object(members) }
    repeat {
      skipBlank()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw problem(.notJSON) }
      let start = line
      let name = try text()
      guard take(":") else { throw problem(.notJSON) }
      guard !members.contains(where: { $0.name == name }) else {
        throw problem(.duplicateKey, key: name)
      }
      members.append(
        SettingsText.Member(name: name, line: start, value: try value(depth: depth + 1)))
    } while take(",")
    guard take("}") else { throw problem(.notJSON) }
    return .object(members)
  }

  private mutating func list(_ depth: Int) throws(SettingsProblem) -> SettingsText.Value {
    at += 1
    var values: [SettingsText] = []
    if take("]") { return .list(values) }
    repeat { values.append(try value(depth: depth + 1)) } while take(",")
    guard take("]") else { throw problem(.notJSON) }
    return .list(values)
  }

  private mutating func text() throws(SettingsProblem) -> String {
    at += 1
    var content: [UInt8] = []
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
      guard bytes[at] >= 0x20 else { throw problem(.notJSON) }
      if bytes[at] == UInt8(ascii: "\\") {
        at += 1
        content += try escaped()
      } else {
        content.append(bytes[at])
        at += 1
      }
    }
    guard at < bytes.count, let text = String(validating: content, as: UTF8.self) else {
      throw problem(.notJSON)
    }
    at += 1
    return text
  }

  /// The letter behind a backslash; letters beyond the first plane are written as they are.
  private mutating func escaped() throws(SettingsProblem) -> [UInt8] {
    guard at < bytes.count else { throw problem(.notJSON) }
    let letter = bytes[at]
    at += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
    case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "r"), UInt8(ascii: "b"),
      UInt8(ascii: "f"):
      return [0x20]
    case UInt8(ascii: "u"):
      guard at + 4 <= bytes.count,
        let digits = String(validating: bytes[at..<at + 4], as: UTF8.self),
        digits.allSatisfy(\.isHexDigit), let number = UInt32(digits, radix: 16),
        let scalar = Unicode.Scalar(number)
      else { throw problem(.notJSON) }
      at += 4
      return Array(String(Character(scalar)).utf8)
    default: throw problem(.notJSON)
    }
  }

  /// A number, or one of JSON's three words.
  private mutating func plain() throws(SettingsProblem) -> SettingsText.Value {
    let start = at
    while at < bytes.count,
      !" \t\r\n,:[]{}\"".utf8.contains(bytes[at])
    {
      at += 1
    }
    guard let text = String(validating: bytes[start..<at], as: UTF8.self), !text.isEmpty else {
      throw problem(.notJSON)
    }
    if ["true", "false", "null"].contains(text) { return .word(text) }
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
      Double(text) != nil
    else { throw problem(.notJSON) }
    return .number(text)
  }
}
