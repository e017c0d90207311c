import Health

/// How somebody writes names down: as the family card has them, or as they sound.
struct SpellingHabit: Sendable {
  /// How often "Muhammad" and "Siti" are shortened.
  var shortens = 0.0
  /// How often a word is written as it might also be spelled.
  var otherwise = 0.0
  /// How often a finger slips in a name.
  var slips = 0.0
  /// How often a word is left out of a name of several.
  var leavesOut = 0.0

  /// Copied from the family card.
  static let card = SpellingHabit()
  /// Heard and written down: how a second register comes to differ from the first.
  static let heard = SpellingHabit(shortens: 0.5, otherwise: 0.22, slips: 0.12, leavesOut: 0.08)

  /// The habit of some midwife: most copy, some shorten.
  static func ofWorker(_ random: inout SeededRandom) -> SpellingHabit {
    SpellingHabit(
      shortens: random.happens(0.5) ? 0.6 * random.fraction() : 0, otherwise: 0.01, slips: 0.004)
  }

  /// The name in this hand, UTF-8.
  func spelled(_ name: SyntheticName, _ random: inout SeededRandom) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(28)
    let count = name.count
    let omitted =
      count > 1 && leavesOut > 0 && random.happens(leavesOut) ? random.whole(0...count - 1) : -1
    let slipped = slips > 0 && random.happens(slips) ? random.whole(0...max(0, count - 1)) : -1
    for place in 0..<count where place != omitted {
      if !text.isEmpty { text.append(0x20) }
      var letters = spelled(name.words[place], isOld: name.isOldSpelling, &random)
      if place == slipped { letters = Spelling.slipped(letters, &random) }
      text.append(letters[0] >= 0x61 && letters[0] <= 0x7A ? letters[0] - 0x20 : letters[0])
      text += letters.dropFirst()
    }
    return text
  }

  private func spelled(
    _ word: UInt16, isOld: Bool, _ random: inout SeededRandom
  ) -> [UInt8] {
    if word <= NameWords.abdul, shortens > 0, random.happens(shortens) {
      return random.one(of: SpellingHabit.shortForms[Int(word) - 1])
    }
    let letters = NameWords.letters(word)
    let changes = otherwise > 0 && random.happens(otherwise)
    // Who writes otherwise turns the old spelling into today's and the other way round.
    if isOld != (changes && random.happens(0.4)) { return Spelling.old(letters) }
    return changes ? Spelling.otherwise(letters, &random) : letters
  }

  private static let shortForms = [
    ["moh.", "muh.", "m.", "mohammad", "mohamad"], ["st.", "sitti", "st."], ["abd.", "abdoel"],
  ].map { $0.map { Array($0.utf8) } }
}
