/// What is known of who a person is, in the form in which pairs are compared: compact, so that a
/// district of 400,000 fits in memory, and without any text.
///
/// Unknown is 0 or nothing everywhere, and counts neither for nor against.
public struct IdentityEvidence: Sendable {
  // In falling size, so that no bytes are lost between: 192 a record.

  /// The words of the name.
  private(set) var words = PackedWords([])
  /// The words of the mother's name.
  private(set) var motherWords = PackedWords([])
  /// The letters of the name.
  private(set) var letters = PackedLetters([])
  /// The letters of the mother's name.
  private(set) var motherLetters = PackedLetters([])
  /// NIK as a number; 0 where there is none, or where it cannot be right.
  public var nationalIdentityNumber: UInt64 = 0
  /// How rare each word of the name is, in hundredths of bits; 0 where nobody counted. See
  /// ``NameFrequencies``.
  private(set) var wordRarity: SIMD4<UInt16> = .zero
  /// How rare each word of the mother's name is.
  private(set) var motherWordRarity: SIMD4<UInt16> = .zero
  /// Number of the family card as a number; 0 where unknown.
  public var familyCard: UInt64 = 0
  /// A digest of what the source calls the person; 0 where it says nothing.
  public var localIdentifier: UInt64 = 0
  /// The first three letters of up to four words, 15 bits each.
  private var beginnings: UInt64 = 0
  /// The source whose word `localIdentifier` is; 0 where there is none.
  public var source: UInt32 = 0
  /// The mother as a known person; 0 where unknown.
  public var mother: UInt32 = 0
  /// The household; 0 where unknown.
  public var household: UInt32 = 0
  /// The village; 0 where unknown.
  public var village: UInt32 = 0
  /// The Puskesmas; 0 where unknown.
  public var puskesmas: UInt32 = 0
  /// A digest of the joined key; 0 where there is no name.
  private(set) var joined: UInt32 = 0
  /// The same in the open reading.
  private(set) var joinedOpen: UInt32 = 0
  /// Of the longest word, a digest of the loose key.
  private(set) var loose: UInt32 = 0
  /// A digest of the mother's joined key; 0 where her name is not known.
  private(set) var motherJoined: UInt32 = 0
  /// The day of birth in days since 1970-01-01.
  private(set) var birthDay: Int32 = IdentityEvidence.unknownDay
  /// The year of birth, kept because every comparison asks for it.
  private(set) var birthYear: Int16 = 0
  /// The month of birth, 1 to 12.
  private(set) var birthMonth: UInt8 = 0
  /// The day of the month of birth.
  private(set) var birthDayOfMonth: UInt8 = 0
  /// Whether the birth date is an estimate, or stands for "some day in that year".
  private(set) var hasRoughBirthDate = false
  /// The sex.
  public var sex: Sex?
  /// Which of the children of one delivery, from 1; 0 where unknown.
  public var birthOrder: UInt8 = 0
  /// Whether somebody of the same family was born on the same day. See ``markTwins(_:)``.
  public private(set) var hasTwin = false

  static let unknownDay = Int32.min

  /// Nothing known.
  public init() {}

  /// Nothing known but the names. A newborn without a name has no name here, and what it is
  /// called by is its mother's, where hers is not given.
  public init(name: NameKeys, mother: NameKeys? = nil) {
    var mothersName = mother
    if name.isUnnamedNewborn {
      if mothersName == nil || mothersName?.words.isEmpty == true { mothersName = name }
    } else {
      words = PackedWords(name.words)
      joined = IdentityEvidence.digest(name.joined)
      joinedOpen = IdentityEvidence.digest(name.joinedOpen)
      letters = PackedLetters(name.letters)
      var longest = SoundKey(packed: 0)
      var place: UInt64 = 0
      for word in name.words {
        // Fewer empty bits below the letters: more letters, and of equal lengths always the same
        // word, in whatever order they stand.
        let isLonger = word.strict.packed.trailingZeroBitCount < longest.packed.trailingZeroBitCount
        if longest.isEmpty || isLonger { longest = word.strict }
        if place < 4 {
          beginnings |= (word.strict.prefix(3).packed >> 45) << (place * 15)
          place += 1
        }
      }
      if !longest.isEmpty { loose = PackedWords.digest(longest.loose.packed) }
    }
    if let mothersName, !mothersName.words.isEmpty {
      motherWords = PackedWords(mothersName.words)
      motherJoined = IdentityEvidence.digest(mothersName.joined)
      motherLetters = PackedLetters(mothersName.letters)
    }
  }

  private static func digest(_ key: JoinedKey) -> UInt32 {
    key.isEmpty ? 0 : PackedWords.digest(key.code)
  }

  /// Sets the birth date. The 1st of January and of July are written where only the year is
  /// known, and are taken as rough even where somebody called them exact.
  public mutating func setBirth(_ date: CivilDate?, _ certainty: BirthDateCertainty?) {
    guard let date else {
      birthDay = IdentityEvidence.unknownDay
      return
    }
    let parts = date.components
    birthDay = date.dayNumber
    birthYear = Int16(truncatingIfNeeded: parts.year)
    birthMonth = UInt8(parts.month)
    birthDayOfMonth = UInt8(parts.day)
    let isPlaceholder = parts.day == 1 && (parts.month == 1 || parts.month == 7)
    hasRoughBirthDate = isPlaceholder || certainty != .exact
  }

  /// The first three letters of the sound of one of the first four words; 0 where there is none.
  func beginning(_ place: Int) -> UInt64 { beginnings >> UInt64(place * 15) & 0x7FFF }

  var hasBirthDay: Bool { birthDay != IdentityEvidence.unknownDay }
  var hasName: Bool { words.count > 0 }
  var hasMotherName: Bool { motherWords.count > 0 }

  /// Notes for how much the words of both names count.
  mutating func setRarity(name: SIMD4<UInt16>, mother: SIMD4<UInt16>) {
    wordRarity = name
    motherWordRarity = mother
  }

  /// Whether both are known to live under one family card or in one household.
  func isOfOneFamily(as other: IdentityEvidence) -> Bool {
    familyCard != 0 && familyCard == other.familyCard
      || household != 0 && household == other.household
  }

  /// Whether nobody wrote down a family on either side.
  func isWithoutFamily(as other: IdentityEvidence) -> Bool {
    familyCard == 0 && household == 0 && other.familyCard == 0 && other.household == 0
  }

  /// Notes of each record whether another one of its household or family card has its day of
  /// birth: somebody who has a twin is told from the twin's records only by a person.
  public static func markTwins(_ records: inout [IdentityEvidence]) {
    var born: [(family: UInt64, day: Int32, record: UInt32)] = []
    for place in records.indices where records[place].hasBirthDay {
      let record = records[place]
      let family = record.household != 0 ? UInt64(record.household) : record.familyCard
      if family != 0 { born.append((family, record.birthDay, UInt32(place))) }
    }
    born.sort { ($0.family, $0.day, $0.record) < ($1.family, $1.day, $1.record) }
    for (one, next) in zip(born, born.dropFirst())
    where one.family == next.family && one.day == next.day {
      records[Int(one.record)].hasTwin = true
      records[Int(next.record)].hasTwin = true
    }
  }
}

/// How often each word of a name is met in a district, so that a shared rare name counts for more
/// than a shared Siti.
public struct NameFrequencies: Sendable {
  private let words: [UInt32]
  private let bits: [UInt16]
  private let rarest: UInt16

  /// Counts the words of all names.
  public init(_ records: [IdentityEvidence]) {
    var all: [UInt32] = []
    all.reserveCapacity(records.count * 2)
    for record in records {
      for place in 0..<record.words.count { all.append(record.words.strict[place]) }
    }
    all.sort()
    let total = Double(max(1, records.count))
    var words: [UInt32] = []
    var bits: [UInt16] = []
    var start = 0
    while start < all.count {
      var end = start
      while end < all.count && all[end] == all[start] { end += 1 }
      words.append(all[start])
      bits.append(NameFrequencies.bits(Double(end - start) / total))
      start = end
    }
    self.words = words
    self.bits = bits
    rarest = NameFrequencies.bits(1 / total)
  }

  private static func bits(_ share: Double) -> UInt16 {
    let value = EvidenceTable.hundredths(-naturalLogarithm(share) / EvidenceTable.logarithmOfTwo)
    return UInt16(max(1, min(6_000, value)))
  }

  private func rarity(_ name: PackedWords) -> SIMD4<UInt16> {
    var rarity: SIMD4<UInt16> = .zero
    for place in 0..<name.count {
      let sought = name.strict[place]
      var low = 0
      var high = words.count
      while low < high {
        let middle = (low + high) / 2
        if words[middle] < sought { low = middle + 1 } else { high = middle }
      }
      rarity[place] = low < words.count && words[low] == sought ? bits[low] : rarest
    }
    return rarity
  }

  /// Writes down how rare the words of a record's names are.
  public func weigh(_ record: inout IdentityEvidence) {
    record.setRarity(name: rarity(record.words), mother: rarity(record.motherWords))
  }
}
