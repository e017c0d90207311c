/// What somebody typed, or a file holds, where the sixteen digits of a NIK or KK are expected.
///
/// People write such numbers in groups (`6203 0157 0824 0012`), spreadsheets put an apostrophe
/// before them or lose digits. Spaces, dots, hyphens, slashes and apostrophes are passed over;
/// everything else that is no digit is counted, so that it can be told and not guessed at.
public struct TypedDigits: Hashable, Sendable {
  /// The ASCII digits, in order.
  public private(set) var digits: [UInt8] = []
  /// How many characters are neither digits nor separators.
  public private(set) var otherCharacters = 0
  /// Whether it is written as spreadsheets write numbers (`6.20301E+15`, `6203015708240010.0`):
  /// they keep fifteen digits, so the sixteenth is lost.
  public private(set) var isWrittenAsNumber = false

  /// Reads UTF-8.
  public init(_ text: some Sequence<UInt8>) {
    let bytes = TypedDigits.withoutEdges(Array(text))
    if TypedDigits.isScientific(bytes) {
      isWrittenAsNumber = true
      digits = bytes.filter { TypedDigits.isDigit($0) }
      return
    }
    var end = bytes.count
    if end == 18, bytes[17] == 0x30, bytes[16] == 0x2E || bytes[16] == 0x2C {
      end = 16
      isWrittenAsNumber = true
    }
    for byte in bytes[..<end] {
      if TypedDigits.isDigit(byte) {
        digits.append(byte)
      } else if !TypedDigits.isSeparator(byte), byte & 0xC0 != 0x80 {
        // One for each character: the bytes that continue one are not counted again.
        otherCharacters += 1
      }
    }
  }

  /// Whether nothing is there: a number that is missing is not a wrong one.
  public var isEmpty: Bool { digits.isEmpty && otherCharacters == 0 }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Tab, line ends, space, apostrophe, hyphen, dot, slash.
  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A, 0x0D, 0x20, 0x27, 0x2D, 0x2E, 0x2F: true
    default: false
    }
  }

  /// Without spaces at both ends, and with every space that does not break (C2 A0) as a plain one.
  private static func withoutEdges(_ text: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(text.count)
    for byte in text {
      if byte == 0xA0, plain.last == 0xC2 {
        plain[plain.count - 1] = 0x20
      } else {
        plain.append(byte)
      }
    }
    let isEdge: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    while let last = plain.last, isEdge(last) { plain.removeLast() }
    let start = plain.firstIndex { !isEdge($0) } ?? plain.count
    return Array(plain[start...])
  }

  /// A digit, perhaps a decimal point and digits, then E and an exponent.
  private static func isScientific(_ bytes: [UInt8]) -> Bool {
    guard let mark = bytes.firstIndex(where: { $0 == 0x45 || $0 == 0x65 }), mark > 0 else {
      return false
    }
    let mantissa = bytes[..<mark]
    var exponent = bytes[(mark + 1)...]
    if exponent.first == 0x2B { exponent = exponent.dropFirst() }
    guard !exponent.isEmpty, exponent.allSatisfy({ isDigit($0) }), isDigit(mantissa[0]) else {
      return false
    }
    return mantissa.allSatisfy { isDigit($0) || $0 == 0x2E || $0 == 0x2C }
  }
}
