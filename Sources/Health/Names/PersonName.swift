/// A name as spoken, without titles and degrees, with its parts told apart.
public struct PersonName: Hashable, Sendable {
  /// The person's own words in lower case a–z, an apostrophe within a word kept. For a newborn
  /// without a name these are the mother's words.
  public internal(set) var words: [[UInt8]] = []
  /// What followed bin or binti: the father's name.
  public internal(set) var fatherWords: [[UInt8]] = []
  /// Whether this is "By Ny …", a newborn that is called after its mother until it has a name.
  public internal(set) var isUnnamedNewborn = false

  /// A name of these words, as they are.
  public init(
    words: [[UInt8]] = [], fatherWords: [[UInt8]] = [], isUnnamedNewborn: Bool = false
  ) {
    self.words = words
    self.fatherWords = fatherWords
    self.isUnnamedNewborn = isUnnamedNewborn
  }

  /// Whether nothing is left that could be compared.
  public var isEmpty: Bool { words.isEmpty }
}

/// Reads names as they stand in Indonesian registers.
///
/// Hold one reader and use it for many names: making it lays out the lists of titles once. It has
/// no state of its own, so several threads may read with the same one.
///
/// - Titles are dropped wherever they stand (Hj., dr., Ny., Alm. …), a few only in front (H., R.,
///   K., An.); the last word left is never dropped.
/// - Degrees are dropped after a comma, and behind the name where they are written with a full
///   stop inside (S.Pd, A.Md.Keb) or run together (SKM, SPd).
/// - Leading "By" or "Bayi" marks a newborn without a name.
/// - bin, binti and their short forms begin the father's name where words stand on both sides;
///   as last word Binti is a family's name (Dayak Ngaju).
/// - The many short and long forms of Muhammad are one word, as are those of Siti in front, of
///   Ahmad and of Abdul; Abdul joins the word that it belongs to.
///
/// Sources: the old and the new spelling after Keputusan Presiden 57/1972 (Ejaan Yang
/// Disempurnakan); titles and short forms from registers as midwives keep them, no publication.
public struct NameReader: Sendable {
  private let titles: WordList
  private let leadingTitles: WordList
  private let degrees: WordList
  private let degreeInitials: WordList
  private let patronyms: WordList
  private let muhammad: WordList
  private let ahmad: WordList
  private let siti: WordList
  private let abdul: WordList

  /// A reader with the lists as documented.
  public init() {
    titles = WordList(
      """
      hj hjh hajah dr dra drs drg ir prof kh ust ustadz ustadzah ny nyonya tn tuan sdr sdri bpk \
      bapak pak bu ibu alm almh rr rd raden bidan apt bdn ns ners
      """)
    leadingTitles = WordList("h haji r k an")
    degrees = WordList(
      "spd skm skep sst amd amdkeb amkeb amk amg mkes mpd msi ssi skom ssos spdi sag sgz strkeb")
    degreeInitials = WordList("s m a sp amd")
    patronyms = WordList("bin binti bt bte bti bn binte")
    muhammad = WordList(
      """
      moh muh mhd muhd mhmd mohd moch much mokh mukh muhamad mohamad muhammad mohammad mohammed \
      muhammed mohamed mochamad mochammad muchamad muchammad mukhamad mokhamad mukhammad \
      mokhammad moehamad moehammad moechamad moechammad muhamat muhamed
      """)
    ahmad = WordList("ach achm ahmd achmd akhmd")
    siti = WordList("st siti sitti sitie sitty sity sitih")
    abdul = WordList("abd abdl abdul abdoel abdull")
  }

  /// The parts of a name in UTF-8.
  public func name(_ utf8: UnsafeBufferPointer<UInt8>) -> PersonName {
    let spelling = NameSpelling(utf8)
    var words = spelling.words
    cutDegrees(&words, followsFullStop: spelling.followsFullStop)
    var name = PersonName()
    var index = 0
    if words.count > 1, words[0] == [0x62, 0x79] || words[0] == [0x62, 0x61, 0x79, 0x69] {
      name.isUnnamedNewborn = true
      index = 1
    }
    var isFather = false
    while index < words.count {
      let word = words[index]
      let isLast = index == words.count - 1
      index += 1
      if patronyms.holds(word), !name.words.isEmpty, !isLast, !isFather {
        isFather = true
      } else if titles.holds(word), words.count > 1, !(isLast && name.words.isEmpty) {
        continue
      } else if isFather ? name.fatherWords.isEmpty : name.words.isEmpty, !isLast,
        leadingTitles.holds(word)
      {
        continue
      } else if isFather {
        name.fatherWords.append(usual(word, isLast: isLast))
      } else {
        name.words.append(usual(word, isLast: isLast))
      }
    }
    joinAbdul(&name.words)
    joinAbdul(&name.fatherWords)
    return name
  }

  /// The parts of a name in UTF-8.
  public func name(_ utf8: [UInt8]) -> PersonName {
    utf8.withUnsafeBufferPointer { name($0) }
  }

  /// Leaves out what stands behind the name and is a degree: "S.Pd", "A.Md.Keb", "SKM".
  private func cutDegrees(_ words: inout [[UInt8]], followsFullStop: [Bool]) {
    var end = words.count
    for index in words.indices.dropFirst() {
      let isDotted =
        index + 1 < words.count && followsFullStop[index + 1] && degreeInitials.holds(words[index])
        && words[index + 1].count <= 4
      if isDotted || degrees.holds(words[index]) {
        end = index
        break
      }
    }
    words.removeLast(words.count - end)
  }

  /// The one form of words that are written in many.
  private func usual(_ word: [UInt8], isLast: Bool) -> [UInt8] {
    if muhammad.holds(word) { return [0x6D, 0x75, 0x68, 0x61, 0x6D, 0x61, 0x64] }
    if ahmad.holds(word) { return [0x61, 0x68, 0x6D, 0x61, 0x64] }
    if !isLast, siti.holds(word) { return [0x73, 0x69, 0x74, 0x69] }
    if !isLast, abdul.holds(word) { return [0x61, 0x62, 0x64, 0x75, 0x6C] }
    return word
  }

  /// Abdul belongs to the word behind it: Abdul Rahman is Abdulrahman.
  private func joinAbdul(_ words: inout [[UInt8]]) {
    var index = 0
    while index + 1 < words.count {
      if abdul.holds(words[index]), words[index + 1].count > 2 {
        words[index].append(contentsOf: words[index + 1])
        words.remove(at: index + 1)
      }
      index += 1
    }
  }
}

/// A sorted list of short words, each packed as a sound key is.
struct WordList: Sendable {
  private let packed: [UInt64]

  /// The words of a text that has one space between each two.
  init(_ text: StaticString) {
    var all: [UInt64] = []
    text.withUTF8Buffer { bytes in
      for word in bytes.split(separator: 0x20) { all.append(SoundKey(word).packed) }
    }
    all.sort()
    packed = all
  }

  /// Whether the word is one of them.
  func holds(_ word: [UInt8]) -> Bool {
    guard word.count <= SoundKey.longest else { return false }
    let sought = SoundKey(word).packed
    var low = 0
    var high = packed.count
    while low < high {
      let middle = (low + high) / 2
      if packed[middle] < sought { low = middle + 1 } else { high = middle }
    }
    return low < packed.count && packed[low] == sought
  }
}
