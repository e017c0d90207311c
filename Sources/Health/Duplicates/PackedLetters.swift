/// The first 24 letters a–z of a name, five bits each, so that a whole district fits in memory.
public struct PackedLetters: Hashable, Sendable {
  /// How many letters are kept.
  public static let longest = 24

  private let first: UInt64
  private let second: UInt64

  /// The letters in lower case a–z, at most 24 of them.
  public init(_ letters: [UInt8]) {
    first = SoundKey(letters.prefix(12)).packed
    second = SoundKey(letters.dropFirst(12).prefix(12)).packed
  }

  /// How many letters there are.
  @inline(__always)
  var count: Int {
    // The packed letters stand at the top of sixty bits: what is empty below them is not there.
    if second != 0 { return 24 - second.trailingZeroBitCount / 5 }
    return first == 0 ? 0 : 12 - first.trailingZeroBitCount / 5
  }

  /// The letter at a place, 1 to 26.
  @inline(__always)
  func letter(_ place: Int) -> UInt8 {
    place < 12
      ? UInt8(truncatingIfNeeded: first &>> UInt64(55 - 5 * place)) & 0x1F
      : UInt8(truncatingIfNeeded: second &>> UInt64(115 - 5 * place)) & 0x1F
  }

  /// Whether one slip of the finger makes one of the other: a letter wrong, lost or put in, or two
  /// neighbours swapped (F.J. Damerau, Communications of the ACM 7 (1964) 171–176). Jaro–Winkler
  /// thinks little of one wrong letter where a name repeats its vowels, as Indonesian names do.
  func isOneSlip(from other: PackedLetters) -> Bool {
    let count = count
    let otherCount = other.count
    if count < otherCount { return other.isOneSlip(from: self) }
    guard count - otherCount <= 1 else { return false }
    var place = 0
    while place < otherCount, letter(place) == other.letter(place) { place += 1 }
    if count > otherCount { return agrees(with: other, from: place + 1, and: place) }
    if place == count || agrees(with: other, from: place + 1, and: place + 1) { return true }
    return place + 1 < count && letter(place) == other.letter(place + 1)
      && letter(place + 1) == other.letter(place)
      && agrees(with: other, from: place + 2, and: place + 2)
  }

  /// Whether the letters from one place on are those of the other from another.
  private func agrees(with other: PackedLetters, from mine: Int, and theirs: Int) -> Bool {
    guard count - mine == other.count - theirs else { return false }
    var place = 0
    while mine + place < count {
      if letter(mine + place) != other.letter(theirs + place) { return false }
      place += 1
    }
    return true
  }

  /// Jaro–Winkler similarity in ten-thousandths.
  func similarity(to other: PackedLetters) -> Int32 {
    let count = count
    let otherCount = other.count
    guard count > 0, otherCount > 0 else { return 0 }
    let window = max(0, max(count, otherCount) / 2 - 1)
    // For each letter, the places where it stands over there: one step a letter instead of one a
    // pair of letters.
    let (found, taken) = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 32) { places in
      places.initialize(repeating: 0)
      for place in 0..<otherCount { places[Int(other.letter(place))] |= 1 &<< UInt32(place) }
      var taken: UInt32 = 0
      var found: UInt32 = 0
      for place in 0..<count {
        let near = (UInt64(1) &<< UInt64(place + window + 1)) &- 1
        let early = place > window ? (UInt64(1) &<< UInt64(place - window)) &- 1 : 0
        let free = places[Int(letter(place))] & UInt32(truncatingIfNeeded: near & ~early) & ~taken
        taken |= free & (0 &- free)
        if free != 0 { found |= 1 &<< UInt32(place) }
      }
      return (found, taken)
    }
    var mine = found
    var theirs = taken
    var outOfPlace = 0
    while mine != 0 {
      if letter(mine.trailingZeroBitCount) != other.letter(theirs.trailingZeroBitCount) {
        outOfPlace += 1
      }
      mine &= mine &- 1
      theirs &= theirs &- 1
    }
    // Four bits stand above the sixty with the letters.
    let alike = ((first ^ other.first).leadingZeroBitCount - 4) / 5
    let beginning = min(4, min(alike, min(count, otherCount)))
    return NameSimilarity.jaroWinkler(
      count, otherCount, found.nonzeroBitCount, outOfPlace, beginning)
  }
}

/// Up to four words of a name as 32-bit digests of their keys, in two readings, enough to compare.
public struct PackedWords: Hashable, Sendable {
  /// Digests of the strict keys; 0 behind the last.
  var strict: SIMD4<UInt32> = .zero
  /// Digests of the open keys; 0 behind the last.
  var open: SIMD4<UInt32> = .zero
  /// How many there are; a fifth word and those behind it are one with the fourth.
  var count: Int {
    if strict[1] == 0 { return strict[0] == 0 ? 0 : 1 }
    return strict[2] == 0 ? 2 : strict[3] == 0 ? 3 : 4
  }

  /// The words of a name; none where a newborn has none yet.
  init(_ words: [WordKeys]) {
    for (index, word) in words.enumerated() {
      let place = min(index, 3)
      strict[place] = max(1, strict[place] &* 31 &+ PackedWords.digest(word.strict.packed))
      open[place] = max(1, open[place] &* 31 &+ PackedWords.digest(word.open.packed))
    }
  }

  /// A number of 32 bits that is not 0, in which each bit of the key plays a part.
  static func digest(_ key: UInt64) -> UInt32 {
    let mixed = (key ^ key >> 31) &* 0x9E37_79B9_7F4A_7C15
    return max(1, UInt32(truncatingIfNeeded: mixed >> 32))
  }

  /// How two names agree; as ``NameKeys/agreement(with:)``, apart from spaces and initials.
  func agreement(with other: PackedWords) -> NameAgreement {
    guard count > 0, other.count > 0 else { return .different }
    if count == other.count {
      if strict == other.strict { return .sameSound }
      if isTakenUp(by: other, openly: false) { return .sameSound }
      return isTakenUp(by: other, openly: true) ? .otherReading : .different
    }
    let (shorter, longer) = count < other.count ? (self, other) : (other, self)
    guard longer.count - shorter.count == 1 else { return .different }
    return shorter.isTakenUp(by: longer, openly: true) ? .oneWordMissing : .different
  }

  /// How rare the words are together that both have, in hundredths of bits. Of two ways in which a
  /// word is counted the commoner holds.
  ///
  /// - Parameter isWhole: whether the names agree as a whole, with spaces elsewhere perhaps.
  func sharedRarity(
    with other: PackedWords, _ mine: SIMD4<UInt16>, _ theirs: SIMD4<UInt16>, isWhole: Bool
  ) -> Int32 {
    if isWhole { return min(PackedWords.sum(mine), PackedWords.sum(theirs)) }
    var taken: UInt8 = 0
    var sum: Int32 = 0
    for place in 0..<count {
      for partner in 0..<other.count where taken >> UInt8(partner) & 1 == 0 {
        if strict[place] == other.strict[partner] || open[place] == other.open[partner] {
          taken |= 1 << UInt8(partner)
          sum += Int32(min(mine[place], theirs[partner]))
          break
        }
      }
    }
    return sum
  }

  private static func sum(_ rarity: SIMD4<UInt16>) -> Int32 {
    Int32(rarity[0]) + Int32(rarity[1]) + Int32(rarity[2]) + Int32(rarity[3])
  }

  /// Whether each word here has a partner of its own there.
  private func isTakenUp(by other: PackedWords, openly: Bool) -> Bool {
    var taken: UInt8 = 0
    for mine in 0..<count {
      var isFound = false
      for theirs in 0..<other.count where taken >> UInt8(theirs) & 1 == 0 {
        if strict[mine] == other.strict[theirs] || openly && open[mine] == other.open[theirs] {
          taken |= 1 << UInt8(theirs)
          isFound = true
          break
        }
      }
      if !isFound { return false }
    }
    return true
  }
}
