/// What is wrong with a temporary number as typed.
public enum TemporaryNumberProblem: Error, Hashable, Sendable {
  /// It does not begin with `TMP`.
  case noMark
  /// It has so many characters behind the mark instead of nine.
  case notNineCharacters(count: Int)
  /// The character at this position behind the mark, from 1, is in no temporary number.
  case unknownCharacter(position: Int)
  /// The check character does not fit: a character is wrong, or two are swapped.
  case wrongCheck
}

/// The number by which a person without a NIK is looked up: `TMP-`, eight characters, and a check
/// character. It stands on the card and on lists, and is never sent to anybody as a NIK.
///
/// The eight characters are the last forty bits of the person's ``Identifier``, in Crockford's
/// base 32 (`0123456789ABCDEFGHJKMNPQRSTVWXYZ`, without I, L, O and U), so that the person is found
/// by the end of the id. Forty bits are no proof: among 40,000 such persons two share a number with
/// a chance of 1 in 1,400, so whoever searches by it is shown all who have it.
///
/// Each character stands for an element of the field of 32 elements (bits are coefficients, modulo
/// x⁵ + x² + 1). The check character is the sum of the eight, each times its own power of x: the
/// first times x⁸, the eighth times x. The nine weights differ and none is zero, so every single
/// wrong character and every swap of two different characters, wherever they stand, is detected.
public struct TemporaryNumber: Hashable, Sendable {
  /// The forty bits.
  public let value: UInt64

  /// How many characters carry the bits.
  static let length = 8
  /// The alphabet, in order of value.
  private static let alphabet: StaticString = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
  /// `TMP`.
  private static let mark: [UInt8] = [0x54, 0x4D, 0x50]

  /// The number of a person.
  public init(_ person: Identifier) { value = person.low & 0xFF_FFFF_FFFF }

  /// Reads a number as typed: small letters as capitals, O as 0, I and L as 1; spaces and hyphens
  /// are passed over.
  public init(typed text: some Sequence<UInt8>) throws(TemporaryNumberProblem) {
    var letters: [UInt8] = []
    for byte in text where byte != 0x20 && byte != 0x2D {
      letters.append(byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte)
    }
    guard letters.count >= 3, Array(letters[..<3]) == TemporaryNumber.mark else { throw .noMark }
    let characters = letters.dropFirst(3)
    guard characters.count == TemporaryNumber.length + 1 else {
      throw .notNineCharacters(count: characters.filter { $0 & 0xC0 != 0x80 }.count)
    }
    var elements: [UInt8] = []
    for (position, letter) in characters.enumerated() {
      guard let element = TemporaryNumber.element(of: letter) else {
        throw .unknownCharacter(position: position + 1)
      }
      elements.append(element)
    }
    let told = elements.removeLast()
    guard told == TemporaryNumber.check(of: elements) else { throw .wrongCheck }
    value = elements.reduce(0) { $0 << 5 | UInt64($1) }
  }

  /// `TMP-` and nine characters in ASCII.
  public var text: [UInt8] {
    let elements = self.elements
    var text = TemporaryNumber.mark
    text.append(0x2D)
    for element in elements { text.append(TemporaryNumber.letter(of: element)) }
    text.append(TemporaryNumber.letter(of: TemporaryNumber.check(of: elements)))
    return text
  }

  /// Whether it may be the number of a person: two persons may share one.
  public func fits(_ person: Identifier) -> Bool { TemporaryNumber(person) == self }

  private var elements: [UInt8] {
    (0..<TemporaryNumber.length).map { position in
      UInt8(value >> UInt64(5 * (TemporaryNumber.length - 1 - position)) & 31)
    }
  }

  private static func check(of elements: [UInt8]) -> UInt8 {
    // Horner's rule: each step multiplies what is there by x, so the first meets x most often.
    var sum: UInt8 = 0
    for element in elements { sum = timesX(sum ^ element) }
    return sum
  }

  private static func timesX(_ element: UInt8) -> UInt8 {
    let shifted = element << 1
    return shifted & 0b10_0000 == 0 ? shifted : shifted ^ 0b10_0101
  }

  private static func letter(of element: UInt8) -> UInt8 {
    alphabet.utf8Start[Int(element)]
  }

  private static func element(of letter: UInt8) -> UInt8? {
    switch letter {
    case 0x4F: return 0
    case 0x49, 0x4C: return 1
    default:
      for element in 0..<UInt8(32) where self.letter(of: element) == letter { return element }
      return nil
    }
  }
}
