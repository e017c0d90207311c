/// How a spelling is read.
enum Reading {
  /// What the letters say in today's or, where there are signs of it, in the old spelling.
  case strict
  /// What they may also say, where writers differ: see ``SoundRules``.
  case open
  /// As `open`, and every o is read as a.
  case openWithA

  /// How to read a word openly whose strict key is known. Whether o may stand for the Arabic a is
  /// told by the length of the sound, not of the spelling: Joseph and Yosef are read alike.
  static func open(_ word: [UInt8], sounding key: SoundKey) -> Reading {
    if !key.prefix(5).isEmpty, key.prefix(5) != key { return .openWithA }
    for index in word.indices.dropFirst() where word[index] == 0x68 {
      switch word[index - 1] {
      case 0x6B, 0x64, 0x73, 0x74, 0x63: return .openWithA
      default: break
      }
    }
    return .open
  }
}

/// Letters on their way from spelling to sound.
///
/// **Strict**, in this order: the spelling of before 1972 (Van Ophuijsen 1901, Soewandi 1947;
/// oe→u, tj→c, dj→j, nj→ny, sj→sy, and j→y in a word with such a sign); Arabic and Dutch letters
/// (ch and kh→h, ph→f, x→ks, q→k; sy, sh, ts→s; dz→z); doubled consonants once; h behind a
/// consonant dropped (Yudha, Thamrin); z→s, f and v→p as many speak them; ai, ei→e and au→o;
/// o→u; glides between vowels (Suryani, Suriani); the weak e before r and l (Puteri, Selamet);
/// final d, b, g as t, p, k.
///
/// **Open**, a coarser key for what the strict one keeps apart though one person may be written
/// both ways: j, y and z as one (Jusuf/Yusuf, Zainal/Jaenal, Ghazali/Gajali); c as in Dutch and
/// Latin names (Marcus/Markus, Cecilia/Sesilia) and ch at the beginning as c (Chandra); an
/// apostrophe before a consonant as k (Ma'mun/Makmun); o as a in long words and Arabic ones
/// (Romadhon/Ramadhan, Santoso/Santosa); final -tik as -ti (Astutik/Astuti); final -sia of longer
/// words as -sya is read (Theresia/Teresya, Felicia/Felisya).
///
/// Sources: Keputusan Presiden 57/1972 with Pedoman Umum Ejaan Bahasa Indonesia yang
/// Disempurnakan for the spellings; the folding of sounds is our own, after the manner of
/// Soundex (Russell 1918) and measured on lists of pairs in the tests.
struct SoundRules {
  /// The letters so far; J stands for a j that is surely no y.
  private(set) var letters: [UInt8] = []

  init() { letters.reserveCapacity(48) }

  // MARK: Spelling to letters, word by word

  /// Adds a word of a–z and apostrophes in one of its readings.
  mutating func add(_ word: [UInt8], _ reading: Reading) {
    let start = letters.count
    let isOpen = reading != .strict
    addPlain(word, isOpen, vowelO: reading == .openWithA ? 0x61 : 0x6F)
    replaceChristian(from: start)
    modernise(from: start, isOpen)
    if isOpen { readOpenly(from: start) }
  }

  private mutating func addPlain(_ word: [UInt8], _ isOpen: Bool, vowelO: UInt8) {
    for index in word.indices {
      let letter = word[index]
      if letter == 0x27 {
        let next = index + 1 < word.count ? word[index + 1] : 0x61
        if isOpen && !SoundRules.isVowel(next) && next != 0x6B { letters.append(0x6B) }
      } else if letter == 0x6F && !(index + 1 < word.count && word[index + 1] == 0x65) {
        let isDoubled =
          (index + 1 < word.count && word[index + 1] == 0x6F)
          || (index > 0 && word[index - 1] == 0x6F)
        letters.append(isDoubled ? 0x6F : vowelO)
      } else {
        letters.append(letter)
      }
    }
  }

  /// chr→kr, chl→kl in front; sch→sk.
  private mutating func replaceChristian(from start: Int) {
    if letters.count > start + 2, letters[start] == 0x63, letters[start + 1] == 0x68,
      letters[start + 2] == 0x72 || letters[start + 2] == 0x6C
    {
      letters[start] = 0x6B
      letters.remove(at: start + 1)
    }
  }

  /// The spelling of before 1972 in today's letters.
  private mutating func modernise(from start: Int, _ isOpen: Bool) {
    var hasSign = false
    for index in start..<max(start, letters.count - 1) {
      let next = letters[index + 1]
      switch letters[index] {
      case 0x6F: if next == 0x65 { hasSign = true }
      case 0x64, 0x74, 0x73: if next == 0x6A { hasSign = true }
      case 0x6E: if next == 0x6A && index == start { hasSign = true }
      default: break
      }
    }
    var out = start
    var index = start
    while index < letters.count {
      let letter = letters[index]
      let next = index + 1 < letters.count ? letters[index + 1] : 0
      switch (letter, next) {
      case (0x6F, 0x65):  // oe
        letters[out] = 0x75
        index += 1
      case (0x64, 0x6A):  // dj
        letters[out] = 0x4A
        index += 1
      case (0x74, 0x6A):  // tj
        letters[out] = 0x63
        index += 1
      case (0x73, 0x63) where index + 2 < letters.count && letters[index + 2] == 0x68:  // sch
        letters[out] = 0x73
        letters[out + 1] = 0x6B
        out += 1
        index += 2
      case (0x6A, _): letters[out] = hasSign || isOpen ? 0x79 : 0x6A
      default: letters[out] = letter
      }
      out += 1
      index += 1
    }
    letters.removeLast(letters.count - out)
    for index in start..<letters.count where letters[index] == 0x4A {
      letters[index] = isOpen ? 0x79 : 0x6A
    }
  }

  /// What the letters of a word may also say.
  private mutating func readOpenly(from start: Int) {
    if letters.count > start + 2, letters[start] == 0x63, letters[start + 1] == 0x68,
      SoundRules.isVowel(letters[start + 2])
    {
      letters.remove(at: start + 1)
    }
    for index in start..<letters.count {
      let next = index + 1 < letters.count ? letters[index + 1] : 0
      switch letters[index] {
      case 0x7A: letters[index] = 0x79
      case 0x63 where next == 0x65 || next == 0x69 || next == 0x79: letters[index] = 0x73
      case 0x63 where next != 0x68: letters[index] = 0x6B
      default: break
      }
    }
    if SoundRules.endsInSia(letters[start...]) { letters.remove(at: letters.count - 2) }
    let count = letters.count
    if count - start > 4, letters[count - 1] == 0x6B, letters[count - 2] == 0x69,
      letters[count - 3] == 0x74
    {
      letters.removeLast()
    }
  }

  /// Whether a word of at least six letters ends in -sia, or in -cia, which openly is the same; the
  /// strict reading makes -sya -sa.
  static func endsInSia(_ word: some BidirectionalCollection<UInt8>) -> Bool {
    let end = word.suffix(3)
    return word.count >= 6
      && (end.elementsEqual([0x73, 0x69, 0x61]) || end.elementsEqual([0x63, 0x69, 0x61]))
  }

  // MARK: Letters to sound, over one word or all joined

  /// Turns the letters into the sound.
  mutating func sound() {
    foldConsonants()
    foldSilent()
    foldVowels()
    foldEnding()
  }

  /// ch, kh→h; ph→f; x→ks; q→k; sy, sh, ts→s; dz→z; ck→k; c before a consonant or the end→k.
  private mutating func foldConsonants() {
    var has: UInt32 = 0
    for letter in letters { has |= 1 << UInt32(letter & 0x1F) }
    if has & SoundRules.mask(0x78, 0x71) != 0 {
      var index = 0
      while index < letters.count {
        if letters[index] == 0x71 { letters[index] = 0x6B }
        if letters[index] == 0x78 {
          letters[index] = 0x6B
          letters.insert(0x73, at: index + 1)
        }
        index += 1
      }
    }
    if has & SoundRules.mask(0x68, 0x79) != 0 {
      replacePairs { first, second in
        switch (first, second) {
        case (0x63, 0x68), (0x6B, 0x68): 0x68
        case (0x70, 0x68): 0x66
        case (0x73, 0x79), (0x73, 0x68): 0x73
        default: 0
        }
      }
    }
    if has & SoundRules.mask(0x63, 0x74, 0x7A) != 0 {
      replacePairs { first, second in
        switch (first, second) {
        case (0x74, 0x73): 0x73
        case (0x64, 0x7A): 0x7A
        case (0x63, 0x6B): 0x6B
        default: 0
        }
      }
    }
    if has & SoundRules.mask(0x63) != 0 {
      for index in letters.indices where letters[index] == 0x63 {
        let isHard = index + 1 == letters.count || SoundRules.isPlainConsonant(letters[index + 1])
        if isHard { letters[index] = 0x6B }
      }
    }
  }

  /// Abdul before r s n t d z l without l; doubles once; h behind a consonant; z, f, v; final h.
  private mutating func foldSilent() {
    if letters.count > 5, letters[0] == 0x61, letters[1] == 0x62, letters[2] == 0x64,
      letters[3] == 0x75, letters[4] == 0x6C
    {
      switch letters[5] {
      case 0x72, 0x73, 0x6E, 0x74, 0x64, 0x7A, 0x6C: letters.remove(at: 4)
      default: break
      }
    }
    single { !SoundRules.isVowel($0) }
    var out = 0
    for index in letters.indices {
      let letter = letters[index]
      if letter == 0x68, index > 0, SoundRules.swallowsH(letters[index - 1]) { continue }
      switch letter {
      case 0x7A: letters[out] = 0x73
      case 0x66, 0x76: letters[out] = 0x70
      default: letters[out] = letter
      }
      out += 1
    }
    letters.removeLast(letters.count - out)
    if letters.last == 0x68 { letters.removeLast() }
  }

  /// Glides, diphthongs and o.
  private mutating func foldVowels() {
    if let first = letters.first, first == 0x79,
      letters.count == 1 || !SoundRules.isVowel(letters[1])
    {
      letters[0] = 0x69
    }
    replacePairs { first, second in
      switch (first, second) {
      case (0x6F, 0x6F), (0x6F, 0x75): 0x75
      case (0x65, 0x65), (0x69, 0x65): 0x69
      default: 0
      }
    }
    foldGlide(0x79, to: 0x69)
    foldGlide(0x77, to: 0x75)
    var out = 0
    var index = 0
    while index < letters.count {
      let letter = letters[index]
      let next = index + 1 < letters.count ? letters[index + 1] : 0
      switch (letter, next) {
      case (0x61, 0x69), (0x61, 0x65), (0x65, 0x69), (0x6F, 0x69):
        letters[out] = 0x65
        index += 1
      case (0x61, 0x75), (0x61, 0x6F):
        letters[out] = 0x75
        index += 1
      case (0x61, 0x77)
      where index + 2 == letters.count || !SoundRules.isVowel(letters[index + 2]):
        letters[out] = 0x75
        index += 1
      case (0x6F, _): letters[out] = 0x75
      default: letters[out] = letter
      }
      out += 1
      index += 1
    }
    letters.removeLast(letters.count - out)
    single { SoundRules.isVowel($0) }
  }

  /// y as i and w as u where they only glide: behind a consonant and before a vowel; for y also
  /// behind i and wherever no vowel follows; for w also behind u.
  private mutating func foldGlide(_ glide: UInt8, to vowel: UInt8) {
    for index in letters.indices.dropFirst() where letters[index] == glide {
      let before = letters[index - 1]
      let isBeforeVowel = index + 1 < letters.count && SoundRules.isVowel(letters[index + 1])
      if isBeforeVowel {
        if before == vowel || !SoundRules.isVowel(before) && before != 0x79 && before != 0x77 {
          letters[index] = vowel
        }
      } else if glide == 0x79 {
        letters[index] = vowel
      }
    }
    // What was i and a glide is one i now: iya as ia.
    var out = 0
    for index in letters.indices {
      if index > 0, letters[index] == vowel, letters[out - 1] == vowel { continue }
      letters[out] = letters[index]
      out += 1
    }
    letters.removeLast(letters.count - out)
  }

  /// The weak e before r and l; doubles that came of it; hard endings.
  private mutating func foldEnding() {
    var out = 0
    for index in letters.indices {
      let letter = letters[index]
      if letter == 0x65, out > 0, index + 2 < letters.count,
        !SoundRules.isVowel(letters[out - 1]), SoundRules.isVowel(letters[index + 2]),
        letters[index + 1] == 0x72 || letters[index + 1] == 0x6C
      {
        continue
      }
      letters[out] = letter
      out += 1
    }
    letters.removeLast(letters.count - out)
    single { !SoundRules.isVowel($0) }
    guard let last = letters.last else { return }
    let end = letters.count - 1
    switch last {
    case 0x64: letters[end] = 0x74
    case 0x62: letters[end] = 0x70
    case 0x67 where end == 0 || letters[end - 1] != 0x6E: letters[end] = 0x6B
    default: break
    }
  }

  // MARK: The tools

  /// Puts one letter in the place of each pair that `letter` has one for.
  @inline(__always)
  private mutating func replacePairs(_ letter: (UInt8, UInt8) -> UInt8) {
    var out = 0
    var index = 0
    let count = letters.count
    while index < count {
      let one = index + 1 < count ? letter(letters[index], letters[index + 1]) : 0
      if one != 0 {
        letters[out] = one
        index += 2
      } else {
        if out != index { letters[out] = letters[index] }
        index += 1
      }
      out += 1
    }
    if out != count { letters.removeLast(count - out) }
  }

  /// Leaves one of each run of equal letters of a kind.
  private mutating func single(_ isOfKind: (UInt8) -> Bool) {
    var out = 0
    for index in letters.indices {
      let letter = letters[index]
      if out > 0, letters[out - 1] == letter, isOfKind(letter) { continue }
      if out != index { letters[out] = letter }
      out += 1
    }
    if out != letters.count { letters.removeLast(letters.count - out) }
  }

  /// Empties the letters for the next word.
  mutating func clear() { letters.removeAll(keepingCapacity: true) }

  private static func mask(_ letters: UInt8...) -> UInt32 {
    var result: UInt32 = 0
    for letter in letters { result |= 1 << UInt32(letter & 0x1F) }
    return result
  }

  @inline(__always)
  static func isVowel(_ letter: UInt8) -> Bool {
    // a e i o u as bits 1, 5, 9, 15, 21
    letter >= 0x61 && 0x0020_8222 >> UInt32(letter & 0x1F) & 1 == 1
  }

  /// A consonant other than h, which after c is written for another sound.
  @inline(__always)
  private static func isPlainConsonant(_ letter: UInt8) -> Bool {
    !isVowel(letter) && letter != 0x68 && letter != 0x79
  }

  /// Consonants behind which h is written but not heard.
  @inline(__always)
  private static func swallowsH(_ letter: UInt8) -> Bool {
    switch letter {
    case 0x62, 0x64, 0x67, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x70, 0x72, 0x74, 0x7A: true
    default: false
    }
  }
}
