import Health
import Samples
import Testing

@Suite("Names by their sound")
struct SoundKeyTests {
  static let reader = NameReader()

  static func keys(_ name: String) -> NameKeys { NameKeys(reader.name(Array(name.utf8))) }

  private static func words(_ words: [[UInt8]]) -> [String] {
    words.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func sound(_ word: String) -> String {
    String(decoding: keys(word).words[0].strict.letters, as: UTF8.self)
  }

  private static func isFound(_ pair: NamePairs.Pair) -> Bool {
    keys(pair.left).agreement(with: keys(pair.right)) >= .otherReading
  }

  @Test(
    "Spellings of one name are found by each other",
    arguments: [
      NamePairs.drawnSame, NamePairs.unseenSame,
    ])
  func same(pairs: [NamePairs.Pair]) {
    let missed = pairs.filter { !Self.isFound($0) }
    #expect(Set(missed).isSubset(of: NamePairs.knownMissed), "\(missed)")
  }

  @Test(
    "Different names stay apart",
    arguments: [
      NamePairs.drawnDifferent, NamePairs.unseenDifferent,
    ])
  func different(pairs: [NamePairs.Pair]) {
    let confused = pairs.filter { Self.isFound($0) }
    #expect(Set(confused).isSubset(of: NamePairs.knownConfused), "\(confused)")
  }

  @Test("The lists of what fails are true: whoever mends a pair takes it out")
  func known() {
    for pair in NamePairs.knownMissed { #expect(!Self.isFound(pair), "\(pair)") }
    for pair in NamePairs.knownConfused { #expect(Self.isFound(pair), "\(pair)") }
  }

  @Test("Most of the pairs need the sounds: by letters alone they are not found")
  func control() {
    let all = NamePairs.drawnSame + NamePairs.unseenSame
    let byLetters = all.filter { Self.keys($0.left).letters == Self.keys($0.right).letters }
    #expect(byLetters.count * 4 < all.count)
  }

  @Test(
    "Titles, degrees, short forms and patronyms",
    arguments: [
      ("Hj. Siti Aminah", ["siti", "aminah"], [String]()),
      ("H. Muh. Ali bin H. Abd. Rahman", ["muhamad", "ali"], ["abdulrahman"]),
      ("dr. Andi Wijaya, Sp.A", ["andi", "wijaya"], []),
      ("Rina Marlina S.Pd", ["rina", "marlina"], []),
      ("Rina Marlina A.Md.Keb", ["rina", "marlina"], []),
      ("Budi SKM", ["budi"], []),
      ("M. Rizki", ["m", "rizki"], []),
      ("Hj.", ["hj"], []),
      ("Ibu", ["ibu"], []),
      ("H", ["h"], []),
      ("Yansen Binti", ["yansen", "binti"], []),
      ("Ach. Zaini", ["ahmad", "zaini"], []),
      ("Siti", ["siti"], []),
      ("Abdul", ["abdul"], []),
      ("Nur'aini", ["nur'aini"], []),
      ("'Aini", ["aini"], []),
      ("", [], []),
      (" .,;", [], []),
    ])
  func parts(name: String, words: [String], father: [String]) {
    let parts = Self.reader.name(Array(name.utf8))
    #expect(Self.words(parts.words) == words)
    #expect(Self.words(parts.fatherWords) == father)
    #expect(!parts.isUnnamedNewborn)
  }

  @Test(
    "A newborn without a name is known by its mother's",
    arguments: [
      "By Ny Siti Aminah", "By. Ny. Siti Aminah", "Bayi Ny. Siti Aminah", "BAYI SITI AMINAH",
    ])
  func newborn(name: String) {
    let keys = Self.keys(name)
    #expect(keys.isUnnamedNewborn)
    #expect(keys.agreement(with: Self.keys("Siti Aminah")) == .sameSound)
  }

  @Test(
    "What the rules say, rule by rule",
    arguments: [
      ("Soekarno", "sukarnu"), ("Tjahjono", "cahiunu"), ("Djoko", "juku"), ("Njoman", "niuman"),
      ("Nurjanah", "nurjana"), ("Noerdjanah", "nurjana"), ("Sjahrir", "sahrir"),
      ("Achmad", "ahmat"), ("Khairul", "hrul"), ("Christina", "kristina"), ("Alex", "aleks"),
      ("Qomar", "kumar"), ("Dzikri", "sikri"), ("Yudha", "yuda"), ("Fitri", "pitri"),
      ("Zainal", "senal"), ("Fatimah", "patima"), ("Suryani", "suriani"), ("Suwarno", "suarnu"),
      ("Puteri", "putri"), ("Ahmad", "ahmat"), ("Ya'kub", "yakup"), ("Bambang", "bambang"),
    ])
  func rules(name: String, key: String) {
    #expect(Self.sound(name) == key)
  }

  @Test("Case, spaces, accents and punctuation change nothing")
  func plain() {
    var random = SeededNumbers(seed: 7)
    let accents: [Character: String] = [
      "a": "á", "e": "é", "i": "ì", "o": "ô", "u": "ü", "n": "ñ", "s": "š", "z": "ž", "c": "ç",
    ]
    for pair in NamePairs.drawnSame + NamePairs.unseenSame {
      let name = pair.left
      let keys = Self.keys(name)
      var dressed = "  "
      for letter in name {
        let upper = random.once(in: 2) ? letter.uppercased() : String(letter)
        dressed += random.once(in: 3) ? accents[letter] ?? upper : upper
        if letter == " ", random.once(in: 2) { dressed += "  " }
      }
      let other = Self.keys(dressed + " ")
      #expect(keys.words == other.words && keys.joined == other.joined, "\(name) and \(dressed)")
    }
    #expect(Self.keys("Jos\u{65}\u{301}").joined == Self.keys("José").joined)
    #expect(Self.keys("Ma’ruf").words == Self.keys("Ma'ruf").words)
    #expect(Self.keys("Ma`ruf").words == Self.keys("Maʼruf").words)
    #expect(
      Self.keys("Łukasz Đani Æsa Œno ĳs").letters == Self.keys("Lukasz Dani Aesa Oeno ijs").letters)
  }

  @Test("Any bytes at all give a key of letters and no trap")
  func anyBytes() {
    var random = SeededNumbers(seed: 20)
    for _ in 0..<3_000 {
      let damaged = random.damaged(Array("Hj. Noer’aini binti Abd. Châtib, S.Pd".utf8))
      let keys = NameKeys(Self.reader.name(damaged))
      for term in keys.searchTerms {
        #expect(!term.isEmpty && term.allSatisfy { $0 >= 0x61 && $0 <= 0x7A })
      }
      #expect(keys.agreement(with: keys) == (keys.words.isEmpty ? .different : .sameSound))
    }
  }

  @Test("Agreement is the same in both directions")
  func symmetric() {
    let names = (NamePairs.drawnSame + NamePairs.drawnDifferent).flatMap { [$0.left, $0.right] }
    let keys = names.map { Self.keys($0) }
    for left in keys {
      for right in keys where left.agreement(with: right) != right.agreement(with: left) {
        Issue.record("\(left.letters) \(right.letters)")
      }
    }
  }

  @Test("Long names that begin alike have different joined keys")
  func joined() {
    let first = Self.keys("Muhammad Rizki Pratama")
    #expect(first.joined != Self.keys("Muhammad Rizki Saputra").joined)
    #expect(first.joined == Self.keys("Moh. Riski Pratama").joined)
    #expect(Self.keys("Nur Hayati").joined == Self.keys("Nurhayati").joined)
    #expect(Self.keys("Yuni Anwar").agreement(with: Self.keys("Yunia Anwar")) == .different)
    #expect(Self.keys("A. Fauzi").agreement(with: Self.keys("B. Fauzi")) == .different)
    #expect(Self.keys("Aminah").agreement(with: Self.keys("Siti Aminah")) == .oneWordMissing)
  }

  @Test("Keys sort like words, and the loose key drops vowels")
  func packed() {
    let words = ["a", "ab", "abdul", "b", "putri", "z"]
    let keys = words.map { SoundKey($0.utf8) }
    #expect(keys == keys.sorted())
    #expect(keys.map { String(decoding: $0.letters, as: UTF8.self) } == words)
    #expect(SoundKey("putri".utf8).prefix(3) == SoundKey("put".utf8))
    #expect(
      Self.keys("Santoso").words[0].strict.loose == Self.keys("Santosa").words[0].strict.loose)
    #expect(SoundKey("budi".utf8).loose == SoundKey("pt".utf8))
  }

  @Test("Search terms hold both readings and the words joined")
  func terms() {
    let terms = Self.words(Self.keys("Jusuf Nur").searchTerms)
    #expect(terms == ["jusup", "yusup", "nur", "jusupnur"])
  }
}
