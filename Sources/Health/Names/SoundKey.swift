/// How a word sounds: up to twelve letters a–z, packed with five bits each.
///
/// Two spellings with one strict key are one word to us: Soekarno and Sukarno, Achmad and Ahmad.
/// The first letter stands in the highest bits, so that packed keys sort like words.
public struct SoundKey: Hashable, Comparable, Sendable {
  /// How many letters a key keeps; what follows is cut off.
  public static let longest = 12

  /// The letters, 1 to 26, from bit 59 downwards; 0 where there is none.
  public let packed: UInt64

  /// The key with those packed letters.
  @inlinable
  public init(packed: UInt64) { self.packed = packed }

  /// The key of letters in lower case a–z; all other bytes are passed over.
  public init(_ letters: some Sequence<UInt8>) {
    var packed: UInt64 = 0
    var shift: UInt64 = 60
    for letter in letters where letter >= 0x61 && letter <= 0x7A {
      if shift == 0 { break }
      shift -= 5
      packed |= UInt64(letter & 0x1F) << shift
    }
    self.packed = packed
  }

  /// Whether there is no letter.
  public var isEmpty: Bool { packed == 0 }

  /// The letters in lower case a–z, as they go into a search index.
  public var letters: [UInt8] {
    var result: [UInt8] = []
    var shift: UInt64 = 60
    while shift > 0 {
      shift -= 5
      let letter = UInt8(truncatingIfNeeded: packed >> shift) & 0x1F
      if letter == 0 { break }
      result.append(letter | 0x60)
    }
    return result
  }

  /// The first `count` letters, the rest left out.
  public func prefix(_ count: Int) -> SoundKey {
    guard count < SoundKey.longest else { return self }
    let cut = UInt64(60 - 5 * count)
    return SoundKey(packed: (packed >> cut) << cut)
  }

  /// The looser key, only for gathering candidates: the first letter and the consonants behind
  /// it without h, y and w; b and p, d and t, g and k, s and z and j are one; at most eight.
  ///
  /// Vowels that Javanese and Indonesian write differently fall together here and nowhere else:
  /// Santoso and Santosa, but also Suparno and Suparni, who are different people.
  public var loose: SoundKey {
    var result: UInt64 = 0
    var last: UInt64 = 0
    var room: UInt64 = 60
    var shift: UInt64 = 60
    while shift > 0 && room > 20 {
      shift -= 5
      var letter = packed >> shift & 0x1F
      if letter == 0 { break }
      let isFirst = room == 60
      switch letter {
      case 1, 5, 8, 9, 15, 21, 23, 25: if !isFirst { continue }
      case 2: letter = 16
      case 4: letter = 20
      case 7: letter = 11
      case 10, 26: letter = 19
      default: break
      }
      if letter == last { continue }
      last = letter
      room -= 5
      result |= letter << room
    }
    return SoundKey(packed: result)
  }

  /// Alphabetical order.
  @inlinable
  public static func < (left: SoundKey, right: SoundKey) -> Bool { left.packed < right.packed }
}

/// How a whole name sounds without the spaces, as one number: Nur Hayati is Nurhayati.
///
/// Up to twelve letters are packed as in a sound key. A longer name is a 63-bit digest (FNV-1a)
/// with the highest bit set, because cutting it off would make one of all that begin alike.
public struct JoinedKey: Hashable, Sendable {
  /// Packed letters or digest; 0 where there is no name.
  public let code: UInt64

  /// The number of those letters, which are in lower case a–z.
  init(_ letters: [UInt8]) {
    if letters.count <= SoundKey.longest {
      code = SoundKey(letters).packed
    } else {
      var digest: UInt64 = 0xCBF2_9CE4_8422_2325
      for letter in letters {
        digest = (digest ^ UInt64(letter)) &* 0x0000_0100_0000_01B3
      }
      code = digest | 1 << 63
    }
  }

  /// Whether there is no name.
  public var isEmpty: Bool { code == 0 }
}
