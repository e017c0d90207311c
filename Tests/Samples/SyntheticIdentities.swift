import Health

/// A made-up population of families with records that are one person entered twice, to measure how
/// duplicates are found. All names are drawn by chance from lists of common words and made-up
/// syllables; NIK stand in province 99, which does not exist.
///
/// The mistakes are those of registers: spellings of before 1972, f for p, slips of the finger,
/// words left out, NIK missing or with a slip, day and month swapped, an age instead of a birth
/// date, a move, a newborn entered under its mother's name. They are written here without regard
/// to the rules that are to find them.
public struct SyntheticIdentities: Sendable {
  /// One record as somebody entered it.
  public struct Record: Sendable {
    /// The name as entered.
    public var name = ""
    /// The mother's name; empty where nobody wrote it down.
    public var mother = ""
    /// Whether this is a girl or woman.
    public var isFemale = false
    /// The day of birth as entered.
    public var birth = CivilDate(dayNumber: 0)
    /// Whether a birth date was entered at all.
    public var hasBirth = true
    /// Whether the birth date was worked out from an age.
    public var isEstimated = false
    /// NIK; 0 where there is none.
    public var number: UInt64 = 0
    /// Number of the family card; 0 where unknown.
    public var familyCard: UInt64 = 0
    /// The village, from 1.
    public var village: UInt32 = 0
    /// Which of twins, 0 where nobody wrote it down.
    public var birthOrder: UInt8 = 0
    /// Whose record it is: two records of one person have the same.
    public var person = 0
    /// Records of one delivery with two children have the same, others 0.
    public var delivery = 0
  }

  /// All records, in an order that says nothing.
  public private(set) var records: [Record] = []
  private var random: SeededNumbers
  private var serials: [UInt64: UInt64] = [:]
  private var nextPerson = 1
  private let villages: Int

  /// Villages that one Puskesmas looks after.
  public static let villagesOfPuskesmas: UInt32 = 8

  /// About `count` persons, of whom `duplicatesPerThousand` were entered twice.
  public init(persons count: Int, duplicatesPerThousand: Int, seed: UInt64) {
    random = SeededNumbers(seed: seed)
    villages = max(16, count / 1_600)
    while records.count < count { addFamily() }
    let once = records.count
    for place in 0..<once where chance(duplicatesPerThousand) {
      records.append(enteredAgain(records[place]))
    }
    records.shuffle(using: &random)
  }

  // MARK: Families

  private static let today = CivilDate(dayNumber: 20_500)

  private mutating func addFamily() {
    let village = UInt32(below(villages) + 1)
    let card = number(region: UInt64(village % 17), birth: day(yearsAgo: below(15)), female: false)
    let fatherAge = 22 + below(55)
    let motherAge = max(17, fatherAge - below(8))
    let lastName = chance(250) ? word(Self.maleWords) : ""
    var father = person(age: fatherAge, female: false, village, card, mother: personName(true), "")
    if !lastName.isEmpty, chance(500) { father.name += " " + lastName }
    records.append(father)
    let mother = person(age: motherAge, female: true, village, card, mother: personName(true), "")
    records.append(mother)
    var age = motherAge - 18 - below(6)
    for _ in 0..<below(5) where age >= 0 && age < 40 {
      let isTwins = chance(12)
      var child = person(
        age: age, female: chance(490), village, card, mother: mother.name, lastName)
      // Some sons bear the father's name.
      if !child.isFemale, chance(20) { child.name = father.name }
      if isTwins {
        child.delivery = child.person
        child.birthOrder = chance(500) ? 1 : 0
        var second = child
        second.person = nextPerson
        nextPerson += 1
        second.isFemale = chance(700) ? child.isFemale : !child.isFemale
        second.name = twinName(child)
        second.birthOrder = child.birthOrder == 0 ? 0 : 2
        second.number =
          child.number == 0
          ? 0
          : number(
            region: child.number / 1_0000_0000_0000 % 100, birth: child.birth,
            female: second.isFemale)
        records.append(second)
      }
      records.append(child)
      age -= 1 + below(6)
    }
  }

  private mutating func person(
    age: Int, female: Bool, _ village: UInt32, _ card: UInt64, mother: String, _ lastName: String
  ) -> Record {
    var record = Record()
    record.person = nextPerson
    nextPerson += 1
    record.isFemale = female
    record.name = personName(female)
    if !lastName.isEmpty { record.name += " " + lastName }
    record.mother = chance(850) ? mother : ""
    record.birth = day(yearsAgo: age)
    if age > 45, chance(250) {
      let year = record.birth.components.year
      record.birth = CivilDate(year: year, month: chance(800) ? 1 : 7, day: 1) ?? record.birth
    }
    record.village = village
    record.familyCard = chance(900) ? card : 0
    if chance(age < 1 ? 500 : 930) {
      record.number = number(region: UInt64(village % 17), birth: record.birth, female: female)
    }
    return record
  }

  private mutating func twinName(_ first: Record) -> String {
    var words = first.name.split(separator: " ").map(String.init)
    if chance(500), words[0].count > 3 {
      // One letter differs: Rafa and Rafi.
      var letters = Array(words[0])
      let place = letters.lastIndex { "aiueo".contains($0) } ?? letters.count - 1
      letters[place] = letters[place] == "i" ? "a" : "i"
      words[0] = String(letters)
      return words.joined(separator: " ")
    }
    return personName(first.isFemale)
  }

  private mutating func day(yearsAgo: Int) -> CivilDate {
    CivilDate(dayNumber: Self.today.dayNumber - Int32(yearsAgo * 365 + below(365)))
  }

  private mutating func number(region: UInt64, birth: CivilDate, female: Bool) -> UInt64 {
    let parts = birth.components
    let day = UInt64(parts.day + (female ? 40 : 0))
    let date = (day * 100 + UInt64(parts.month)) * 100 + UInt64(parts.year % 100)
    let stem = (990_100 + region) * 1_000_000 + date
    serials[stem, default: 0] += 1
    return stem * 10_000 + serials[stem, default: 0]
  }

  // MARK: Names

  private static let maleWords = """
    ahmad budi agus hendra rudi andi slamet joko eko dedi wahyu rizki fajar ilham arif yusuf \
    ibrahim hasan husin umar ali usman salim karim rahman rahim syahrul zainal hairul fauzi ridwan \
    taufik hidayat anwar saleh mulyono sutrisno supriyanto suparman suyanto sugeng bambang gunawan \
    setiawan wibowo santoso purnomo prasetyo nugroho kurniawan saputra pratama wijaya cahyono \
    sukarno suharto darmawan hartono untung sabran tundan riwut sawang gerson yohanes yakobus \
    markus daniel simon petrus paulus rusdi jamal kamal halim basri syamsudin jainudin muhlis \
    fathur bahri gazali aspul masrani rahmadi norman jefri hery doni tono karno wagiman paijo
    """.split(separator: " ").map(String.init)
  private static let femaleWords = """
    siti aminah fatimah aisyah khadijah nurhayati nur sri dewi rina rini wati yuni yanti lestari \
    sari indah ratna endang sulastri sumiati jumiati rusmini kartini suparti ngatinah tukiyem \
    mariam zainab halimah rahmah salmah maimunah masniah norjanah noraini hairunnisa mawarni \
    jamilah latifah zubaidah rohana hasanah marlina yuliana kristina maria elisabet ester rahel \
    veronika theresia lidia tuti susi lilis neneng dian fitri novi putri ayu anisa nabila zahra \
    aulia intan permata safitri handayani wahyuni rahayu setyowati mulyani suryani hartati
    """.split(separator: " ").map(String.init)

  private mutating func personName(_ female: Bool) -> String {
    let list = female ? Self.femaleWords : Self.maleWords
    var words = [word(list)]
    if chance(650) { words.append(word(list)) }
    if chance(200) { words.append(word(list)) }
    if chance(180) { words.insert(female ? "siti" : "muhammad", at: 0) }
    return words.joined(separator: " ")
  }

  /// A common word, the front of the list more often, or a made-up one.
  private mutating func word(_ list: [String]) -> String {
    if chance(300) { return madeUp() }
    let share = Double(below(1_000_000)) / 1_000_000
    return list[Int(share * share * Double(list.count))]
  }

  private mutating func madeUp() -> String {
    let onsets = ["b", "d", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "y", "ny"]
    let ends = ["", "", "", "n", "ng", "h", "k", "r", "s", "t"]
    var text = ""
    for _ in 0..<(2 + below(2)) {
      text += onsets[below(onsets.count)] + ["a", "i", "u", "e", "o"][below(5)]
    }
    return text + ends[below(ends.count)]
  }

  // MARK: Entered again

  private mutating func enteredAgain(_ first: Record) -> Record {
    var again = first
    let isInfant = Self.today.dayNumber - first.birth.dayNumber < 365
    if isInfant, chance(400), !first.mother.isEmpty {
      again.name = (chance(500) ? "By Ny " : "By. Ny. ") + first.mother
    } else {
      again.name = misspelt(first.name)
    }
    if chance(300) { again.mother = "" } else { again.mother = misspelt(first.mother) }
    mistakeNumber(&again)
    mistakeBirth(&again)
    if chance(10) { again.isFemale.toggle() }
    if chance(150) {
      again.village = UInt32(below(villages) + 1)
      if chance(600) { again.familyCard = 0 }
    }
    if chance(350) {
      again.familyCard = 0
    } else if chance(200) {
      again.familyCard = number(
        region: UInt64(again.village % 17), birth: Self.today, female: false)
    }
    if chance(500) { again.birthOrder = 0 }
    return again
  }

  private mutating func mistakeNumber(_ record: inout Record) {
    guard record.number != 0 else { return }
    if chance(350) {
      record.number = 0
    } else if chance(60) {
      // A wrong digit anywhere.
      var power: UInt64 = 1
      for _ in 0..<below(16) { power *= 10 }
      let digit = record.number / power % 10
      record.number -= digit * power
      record.number += (digit + 1 + UInt64(below(8))) % 10 * power
    }
  }

  private mutating func mistakeBirth(_ record: inout Record) {
    let parts = record.birth.components
    switch below(100) {
    case 0..<4:
      if let swapped = CivilDate(year: parts.year, month: parts.day, day: parts.month) {
        record.birth = swapped
      }
    case 4..<8: record.birth = CivilDate(dayNumber: record.birth.dayNumber + Int32(below(9)) - 4)
    case 8..<12:
      record.birth = record.birth.addingMonths(12 * (chance(500) ? 1 : -1) * (1 + below(10)))
    case 12..<20:
      let year = parts.year + below(3) - 1
      record.birth = CivilDate(year: year, month: 1, day: 1) ?? record.birth
      record.isEstimated = true
    case 20..<24: record.hasBirth = false
    default: break
    }
  }

  /// A name as somebody else would write it.
  private mutating func misspelt(_ name: String) -> String {
    guard !name.isEmpty else { return name }
    var words = name.split(separator: " ").map(String.init)
    let kind = below(100)
    if kind < 35 { return name }
    if kind < 75 {
      let place = below(words.count)
      words[place] = spelledOtherwise(words[place])
      if chance(300) { words = words.map { $0 == "muhammad" ? "moh." : $0 } }
    } else if kind < 90 {
      let place = below(words.count)
      words[place] = slipped(words[place])
    } else if kind < 95, words.count > 1 {
      words.remove(at: below(words.count))
    } else if words.count > 1, chance(500) {
      words[0] += words.remove(at: 1)
    } else {
      words.insert(chance(500) ? "H." : "Hj.", at: 0)
    }
    return words.joined(separator: " ")
  }

  private static let otherSpellings: [(String, String)] = [
    ("u", "oe"), ("j", "dj"), ("c", "tj"), ("y", "j"), ("f", "p"), ("v", "p"), ("p", "f"),
    ("z", "j"), ("z", "s"), ("kh", "ch"), ("h", "kh"), ("sy", "s"), ("s", "sy"), ("i", "y"),
    ("iya", "ia"), ("ia", "iya"), ("ai", "ae"), ("ah", "a"), ("k", "q"), ("d", "dh"), ("t", "th"),
    ("o", "u"), ("nn", "n"), ("n", "nn"), ("d", "t"), ("ks", "x"), ("u", "o"), ("a", "o"),
    ("muhammad", "mohamad"), ("muhammad", "moh."), ("muhammad", "m."), ("siti", "st."),
  ]

  private mutating func spelledOtherwise(_ word: String) -> String {
    let fitting = Self.otherSpellings.filter { word.contains($0.0) }
    guard !fitting.isEmpty else { return slipped(word) }
    let (old, new) = fitting[below(fitting.count)]
    return word.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
      .joined(separator: new)
  }

  /// A slip of the finger: a letter wrong, lost, doubled, or two swapped.
  private mutating func slipped(_ word: String) -> String {
    var letters = Array(word)
    guard letters.count > 2 else { return word + "a" }
    let place = below(letters.count - 1)
    switch below(4) {
    case 0: letters[place] = Array("abdeghiklmnoprstuwy")[below(19)]
    case 1: letters.remove(at: place)
    case 2: letters.insert(letters[place], at: place)
    default: letters.swapAt(place, place + 1)
    }
    return String(letters)
  }

  private mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
  /// True in so many of a thousand cases.
  private mutating func chance(_ perThousand: Int) -> Bool { below(1_000) < perThousand }
}

extension SyntheticIdentities.Record {
  /// What a measurement leaves out, to see what it is good for.
  public enum Without: Sendable { case nothing, mother, sounds }

  /// The record as it is compared.
  public func evidence(_ reader: NameReader, without: Without = .nothing) -> IdentityEvidence {
    func keys(_ name: String) -> NameKeys {
      var parts = reader.name(Array(name.utf8))
      if without == .sounds { parts.disguise() }
      return NameKeys(parts)
    }
    let mothers = without != .mother && !mother.isEmpty ? keys(mother) : nil
    var evidence = IdentityEvidence(name: keys(name), mother: mothers)
    evidence.setBirth(hasBirth ? birth : nil, isEstimated ? .estimatedFromAge : .exact)
    evidence.sex = isFemale ? .female : .male
    evidence.nationalIdentityNumber = number
    evidence.familyCard = familyCard
    evidence.village = village
    evidence.puskesmas = village / SyntheticIdentities.villagesOfPuskesmas + 1
    evidence.birthOrder = birthOrder
    return evidence
  }
}

extension PersonName {
  /// Puts a made-up word in the place of each, another one for each other spelling, so that
  /// neither sound nor similar letters can help.
  fileprivate mutating func disguise() {
    let syllables = ["ba", "ki", "lu", "ma", "nu", "pi", "ra", "su"].map { Array($0.utf8) }
    let disguised = words.map { word in
      var digest: UInt64 = 0xCBF2_9CE4_8422_2325
      for letter in word { digest = (digest ^ UInt64(letter)) &* 0x0000_0100_0000_01B3 }
      return (0..<6).flatMap { syllables[Int(digest >> UInt64($0 * 7 + 9) & 7)] }
    }
    self = PersonName(words: disguised, isUnnamedNewborn: isUnnamedNewborn)
  }
}
