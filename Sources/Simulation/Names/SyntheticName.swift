import Health

/// A name as numbers of words, sixteen bytes small, so that the names of a whole district fit into
/// memory; the letters are made where they are written down.
struct SyntheticName: Hashable, Sendable {
  /// Numbers of ``NameWords``, 0 where there is none.
  private(set) var words = SIMD4<UInt16>()
  /// Whether the person's own papers spell it as before 1972: Soekarno.
  var isOldSpelling = false

  /// No name.
  static let none = SyntheticName()

  /// A new person's name.
  ///
  /// - Parameters:
  ///   - lastWord: what the family's children end their names with, where it does so; or 0.
  ///   - born: older people have one word and the spelling of before 1972 more often.
  init(of sex: Sex, born: CivilDate, lastWord: UInt16 = 0, _ random: inout SeededRandom) {
    let isOld = born.dayNumber < SyntheticName.spellingReform
    let kind = random.fraction()
    if kind < 0.15 { append(sex == .male ? NameWords.muhammad : NameWords.siti) }
    if sex == .male, kind > 0.95 { append(NameWords.abdul) }
    append(NameWords.word(of: sex, &random))
    // About one name in eight has one word only; among older people one in four.
    let count = random.fraction()
    if count > (isOld ? 0.32 : 0.16) { append(NameWords.word(of: sex, &random)) }
    if count > 0.80 { append(NameWords.word(of: sex, &random)) }
    if lastWord != 0 { append(lastWord) }
    isOldSpelling = isOld && random.happens(0.3)
  }

  private init() {}

  /// 17 August 1972, since when spelling is as today.
  private static let spellingReform: Int32 = 959

  private mutating func append(_ word: UInt16) {
    for place in 0..<4 where words[place] == 0 {
      words[place] = word
      return
    }
  }

  /// The words as one number.
  var key: UInt64 {
    UInt64(words[0]) << 48 | UInt64(words[1]) << 32 | UInt64(words[2]) << 16 | UInt64(words[3])
  }

  /// How many words it has.
  var count: Int {
    var count = 0
    for place in 0..<4 where words[place] != 0 { count += 1 }
    return count
  }
}
