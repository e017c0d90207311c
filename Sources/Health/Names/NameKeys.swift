/// How one word of a name sounds.
public struct WordKeys: Hashable, Sendable {
  /// What the spelling says.
  public let strict: SoundKey
  /// What it may also say; the same as `strict` where writers do not differ.
  public let open: SoundKey
}

/// How two names agree, the best that holds.
public enum NameAgreement: UInt8, Comparable, Sendable {
  /// Neither of the others.
  case different = 0
  /// All words of the shorter name stand in the longer one, which has one word more: Aminah, Siti
  /// Aminah; M. Yusuf, Muhammad Yusuf.
  case oneWordMissing = 1
  /// The same in the open reading: Jusuf, Yusuf; Zainal, Jaenal.
  case otherReading = 2
  /// The same sound in the strict reading, words in any order, spaces anywhere.
  case sameSound = 3

  /// Better agreement is greater.
  @inlinable
  public static func < (left: NameAgreement, right: NameAgreement) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// All that names are found and compared by.
///
/// For a search index put ``searchTerms`` of each person into it and ask with those of the name
/// that was typed; rank by ``agreement(with:)``.
public struct NameKeys: Sendable {
  /// The person's own words; single letters are initials and left out where there is more.
  public let words: [WordKeys]
  /// All words together, strictly.
  public let joined: JoinedKey
  /// All words together, openly.
  public let joinedOpen: JoinedKey
  /// The father's words, from bin or binti.
  public let fatherWords: [WordKeys]
  /// The sound of all words together, at most 24 letters, for a search index.
  public let joinedLetters: [UInt8]
  /// The words without Muhammad and Siti where there is more, plain a–z and without spaces, for
  /// ``NameSimilarity``: what so many share says nothing.
  public let letters: [UInt8]
  /// The initials that were left out, in their order.
  public let initials: [UInt8]
  /// Whether these are the mother's words, because the newborn has no name yet.
  public let isUnnamedNewborn: Bool

  /// The keys of a name.
  public init(_ name: PersonName) {
    let words = NameKeys.withoutInitials(name.words)
    var rules = SoundRules()
    self.words = words.map { NameKeys.keys($0, &rules) }
    fatherWords = name.fatherWords.map { NameKeys.keys($0, &rules) }
    rules.clear()
    for word in words { rules.add(word, .strict) }
    rules.sound()
    joined = JoinedKey(rules.letters)
    joinedLetters = [UInt8](rules.letters.prefix(24))
    if self.words.contains(where: { $0.strict != $0.open }) {
      rules.clear()
      for (word, keys) in zip(words, self.words) {
        rules.add(word, .open(word, sounding: keys.strict))
      }
      rules.sound()
      joinedOpen = JoinedKey(rules.letters)
    } else {
      joinedOpen = joined
    }
    letters = NameKeys.letters(words)
    initials =
      words.count == name.words.count ? [] : name.words.filter { $0.count == 1 }.map { $0[0] }
    isUnnamedNewborn = name.isUnnamedNewborn
  }

  /// The sound of one word in both readings.
  private static func keys(_ word: [UInt8], _ rules: inout SoundRules) -> WordKeys {
    rules.clear()
    rules.add(word, .strict)
    rules.sound()
    let strict = SoundKey(rules.letters)
    guard word.contains(where: { mayBeOpen($0) }) || SoundRules.endsInSia(word) else {
      return WordKeys(strict: strict, open: strict)
    }
    rules.clear()
    rules.add(word, .open(word, sounding: strict))
    rules.sound()
    return WordKeys(strict: strict, open: SoundKey(rules.letters))
  }

  /// Letters without which both readings are the same unless the word ends in -sia: ' c j k o z, and
  /// y, which j and z turn to.
  private static func mayBeOpen(_ letter: UInt8) -> Bool {
    switch letter {
    case 0x27, 0x63, 0x6A, 0x6B, 0x6F, 0x7A: true
    default: false
    }
  }

  private static func withoutInitials(_ words: [[UInt8]]) -> [[UInt8]] {
    let full = words.filter { $0.count > 1 }
    return full.isEmpty ? words : full
  }

  private static func letters(_ words: [[UInt8]]) -> [UInt8] {
    var result: [UInt8] = []
    let telling = words.filter {
      $0 != [0x6D, 0x75, 0x68, 0x61, 0x6D, 0x61, 0x64] && $0 != [0x73, 0x69, 0x74, 0x69]
    }
    for word in telling.isEmpty ? words : telling {
      for letter in word where letter != 0x27 { result.append(letter) }
    }
    return result
  }

  /// Each key once under which the name is to be found: words in both readings, and all words
  /// joined. At most twelve letters a–z each, the joined one up to 24.
  public var searchTerms: [[UInt8]] {
    var keys: [SoundKey] = []
    for word in words {
      if !keys.contains(word.strict) { keys.append(word.strict) }
      if !keys.contains(word.open) { keys.append(word.open) }
    }
    var terms = keys.filter { !$0.isEmpty }.map { $0.letters }
    if words.count > 1, !joinedLetters.isEmpty { terms.append(joinedLetters) }
    return terms
  }

  /// How the two names agree; the father's name plays no part.
  public func agreement(with other: NameKeys) -> NameAgreement {
    guard !words.isEmpty, !other.words.isEmpty else { return .different }
    let hasSameInitials = initials == other.initials
    if !hasSameInitials, !initials.isEmpty, !other.initials.isEmpty { return .different }
    if hasSameInitials {
      // Joined keys run vowels together where words meet: with as many words on both sides they
      // would take Yuni Anwar and Yunia Anwar for one.
      let isSplitOtherwise = words.count != other.words.count
      if isSplitOtherwise && joined == other.joined
        || NameKeys.pairUp(words, other.words, openly: false)
      {
        return .sameSound
      }
      if isSplitOtherwise && joinedOpen == other.joinedOpen
        || NameKeys.pairUp(words, other.words, openly: true)
      {
        return .otherReading
      }
    }
    let (shorter, longer) =
      words.count <= other.words.count ? (words, other.words) : (other.words, words)
    let missing = longer.count - shorter.count
    let isInitial = !hasSameInitials && missing <= 1
    if (missing == 1 || isInitial), NameKeys.standIn(shorter, longer) { return .oneWordMissing }
    return .different
  }

  /// Whether each word has its partner on the other side.
  private static func pairUp(_ left: [WordKeys], _ right: [WordKeys], openly: Bool) -> Bool {
    left.count == right.count
      && takenUp(left, right) { mine, theirs in
        openly ? isAlike(mine, theirs) : mine.strict == theirs.strict
      }
  }

  private static func standIn(_ shorter: [WordKeys], _ longer: [WordKeys]) -> Bool {
    takenUp(shorter, longer, isAlike)
  }

  private static func isAlike(_ left: WordKeys, _ right: WordKeys) -> Bool {
    left.strict == right.strict || left.open == right.open
  }

  private static func takenUp(
    _ left: [WordKeys], _ right: [WordKeys], _ agree: (WordKeys, WordKeys) -> Bool
  ) -> Bool {
    var rest = right
    for mine in left {
      guard let place = rest.firstIndex(where: { agree(mine, $0) }) else { return false }
      rest.remove(at: place)
    }
    return true
  }
}
