/// Looks through a name as it was typed, or as it stands in a list.
///
/// Names are let through as they are spoken: one word, an apostrophe, a full stop, letters of any
/// script. Refused is only what nobody can see or say: characters that control a screen or turn the
/// direction of writing, so that a name reads otherwise than it is stored, and pictures.
public struct NameCheck: Hashable, Sendable {
  /// Why a character is in no name.
  public enum Fault: UInt8, Hashable, Sendable, CaseIterable {
    /// It is invisible: it controls a screen, joins or separates, or turns the direction of writing.
    case invisible = 1
    /// It is a picture, as emoji are.
    case picture = 2
    /// The bytes are no UTF-8.
    case unreadable = 3
  }

  /// A character that is in no name.
  public struct Found: Hashable, Sendable {
    /// Why.
    public let fault: Fault
    /// Behind so many characters, from 0.
    public let position: Int
    /// Its number in Unicode.
    public let code: UInt32
  }

  /// The first character that is in no name; nothing where all are.
  public let found: Found?
  /// How many letters there are, of any script.
  public let letters: Int

  /// Looks through UTF-8.
  public init(_ name: some Sequence<UInt8>) {
    var decoder = Unicode.UTF8()
    var bytes = name.makeIterator()
    var first: Found?
    var letters = 0
    var position = 0
    reading: while true {
      switch decoder.decode(&bytes) {
      case .emptyInput: break reading
      case .error:
        if first == nil { first = Found(fault: .unreadable, position: position, code: 0xFFFD) }
        break reading
      case .scalarValue(let scalar):
        if let fault = NameCheck.fault(of: scalar.value) {
          if first == nil { first = Found(fault: fault, position: position, code: scalar.value) }
        } else if NameCheck.isLetter(scalar.value) {
          letters += 1
        }
        position += 1
      }
    }
    found = first
    self.letters = letters
  }

  /// Why a character is in no name; nothing where it may stand in one.
  public static func fault(of code: UInt32) -> Fault? {
    switch code {
    // Control characters; the soft hyphen, marks and overrides of direction, what joins and
    // separates without being seen; tags and variants of pictures.
    case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E,
      0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0xFFF9...0xFFFC, 0xE0000...0xE0FFF:
      .invisible
    case 0x2190...0x21FF, 0x2300...0x23FF, 0x2500...0x27BF, 0x2900...0x297F, 0x2B00...0x2BFF,
      0x1F000...0x1FAFF:
      .picture
    default: nil
    }
  }

  /// Letters of Latin script, and whatever else lies beyond the signs of Latin 1.
  private static func isLetter(_ code: UInt32) -> Bool {
    switch code {
    case 0x41...0x5A, 0x61...0x7A: true
    case 0xD7, 0xF7, 0x2000...0x206F: false
    default: code >= 0xC0
    }
  }
}
