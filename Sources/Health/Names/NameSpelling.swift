/// The letters of a name as somebody typed it, made plain: lower case a–z, words apart.
///
/// Accents are taken off letters of Latin-1 Supplement and Latin Extended-A by a small table, and
/// combining marks (U+0300–U+036F) are passed over, so that `André` is `andre` however it was
/// encoded. An apostrophe between letters stays as `'`, because it may stand for a sound
/// (`Ma'mun`, also written `Makmun`). Whatever follows the first comma is a degree and is left
/// out. Every other byte parts two words. Bytes that are no UTF-8 part words too: nothing is
/// refused here.
struct NameSpelling {
  /// The bare words, each of at least one letter.
  private(set) var words: [[UInt8]] = []
  /// For each word: whether a full stop stood between it and the one before, with no space.
  private(set) var followsFullStop: [Bool] = []

  private var word: [UInt8] = []
  private var wordFollowsFullStop = false
  private var apostropheWaits = false

  /// Reads the bytes of one name.
  init(_ utf8: UnsafeBufferPointer<UInt8>) {
    word.reserveCapacity(16)
    var index = 0
    while index < utf8.count {
      let byte = utf8[index]
      if byte == 0x2C { break }  // comma
      if byte < 0x80 {
        readPlain(byte)
        index += 1
      } else {
        index += readBeyondASCII(utf8, at: index)
      }
    }
    endWord()
  }

  private mutating func readPlain(_ byte: UInt8) {
    switch byte {
    case 0x61...0x7A: append(byte)
    case 0x41...0x5A: append(byte | 0x20)
    case 0x27, 0x60: apostropheWaits = !word.isEmpty
    case 0x2E:
      endWord()
      wordFollowsFullStop = true
    default:
      endWord()
      wordFollowsFullStop = false
    }
  }

  /// Reads a character of two or more bytes and says how many bytes it took.
  private mutating func readBeyondASCII(_ utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    guard index + 1 < utf8.count else {
      endWord()
      return 1
    }
    let first = utf8[index]
    let second = utf8[index + 1]
    switch first {
    case 0xC3: readLetter(NameSpelling.latin1, second & 0x3F)
    case 0xC4: readLetter(NameSpelling.extendedA, second & 0x3F)
    case 0xC5: readLetter(NameSpelling.extendedA, second & 0x3F | 0x40)
    case 0xC2 where second == 0xB4: apostropheWaits = !word.isEmpty
    case 0xCA where second == 0xBB || second == 0xBC || second == 0xBF || second == 0xBE:
      apostropheWaits = !word.isEmpty
    case 0xCC: break
    case 0xCD where second < 0xB0: break
    case 0xE2 where second == 0x80 && index + 2 < utf8.count:
      // U+2018, U+2019, U+201B and U+2032 are typed as apostrophes.
      let third = utf8[index + 2]
      if third == 0x98 || third == 0x99 || third == 0x9B || third == 0xB2 {
        apostropheWaits = !word.isEmpty
      } else {
        endWord()
        wordFollowsFullStop = false
      }
      return 3
    default:
      endWord()
      wordFollowsFullStop = false
    }
    return second & 0xC0 == 0x80 ? 2 : 1
  }

  /// The plain letters of U+00C0–U+00FF; `-` parts words, `A` stands for two letters, ae, `T` for
  /// th and `S` for ss.
  private static let latin1: StaticString =
    "aaaaaaAceeeeiiiidnooooo-ouuuuyTSaaaaaaAceeeeiiiidnooooo-ouuuuyTy"
  /// The plain letters of U+0100–U+017F; `I` stands for ij, `O` for oe.
  private static let extendedA: StaticString = """
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkklllllll\
    lllnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs
    """

  private mutating func readLetter(_ table: StaticString, _ place: UInt8) {
    switch table.utf8Start[Int(place)] {
    case 0x2D: endWord()
    case 0x41: append(0x61, 0x65)
    case 0x49: append(0x69, 0x6A)
    case 0x4F: append(0x6F, 0x65)
    case 0x53: append(0x73, 0x73)
    case 0x54: append(0x74, 0x68)
    case let letter: append(letter)
    }
  }

  private mutating func append(_ letter: UInt8, _ second: UInt8 = 0) {
    if apostropheWaits {
      word.append(0x27)
      apostropheWaits = false
    }
    word.append(letter)
    if second != 0 { word.append(second) }
  }

  private mutating func endWord() {
    apostropheWaits = false
    guard !word.isEmpty else { return }
    words.append(word)
    followsFullStop.append(wordFollowsFullStop)
    wordFollowsFullStop = false
    word.removeAll(keepingCapacity: true)
  }
}
