import Health

/// The words that names of the synthetic district are drawn from: common ones of Kalimantan's
/// peoples, chosen by hand, and made-up ones beside them. No list of real people was used.
enum NameWords {
  /// Where the made-up words begin; a word's number is never 0.
  static let firstMadeUp: UInt16 = 1024

  /// "muhammad", which stands before many names and is written in many ways.
  static let muhammad: UInt16 = 1
  /// "siti", the same for women.
  static let siti: UInt16 = 2
  /// "abdul", which never stands alone.
  static let abdul: UInt16 = 3

  private static let male = """
    ahmad agus budi andi slamet joko eko dedi wahyu rizki fajar ilham arif yusuf ibrahim hasan \
    husin umar ali usman salim karim rahman rahim syahrul zainal hairul fauzi ridwan taufik \
    hidayat anwar saleh mulyono sutrisno supriyanto suparman suyanto sugeng bambang gunawan \
    setiawan wibowo purnomo prasetyo nugroho kurniawan saputra pratama wijaya cahyono sukarno \
    suharto darmawan hartono untung sabran riwut gerson yohanes yakub markus daniel simon petrus \
    paulus rusdi jamal kamal halim basri syamsudin jainudin muhlis fathur bahri gazali aspul \
    masrani rahmadi norman jefri heri doni tono karno wagiman paijo alfian aditya bayu dimas \
    galih hendri imam jaya kusnadi lukman maman nasrul oktavianus parlin rinto sahrani tarmizi \
    udin viktor yanto zulkifli kaspul mahyudin burhan sarwani mastur ardiansyah rudiansyah \
    supian jumadi sapri junaidi asmuni hamdani khairul saifullah tajudin misran kursani
    """.split(separator: " ").map { Array($0.utf8) }

  private static let female = """
    aminah fatimah aisyah khadijah nurhayati nur sri dewi rina rini wati yuni yanti lestari sari \
    indah ratna endang sulastri sumiati jumiati rusmini kartini suparti ngatinah tukiyem maryam \
    zainab halimah rahmah salmah maimunah masniah norjanah noraini hairunnisa mawarni jamilah \
    latifah zubaidah rohana hasanah marlina yuliana kristina maria elisabet ester rahel veronika \
    theresia lidia tuti susi lilis neneng dian fitri novi putri ayu anisa nabila zahra aulia \
    intan permata safitri handayani wahyuni rahayu setyowati mulyani suryani hartati mariati \
    juriah arbainah rusdiana herlina mardiana noorhayati masitah sarinah bainah galuh ijum \
    kamsiah rabiatul munawarah saudah syarifah suriani yulia yusnita winda wulan tari tiara \
    salsabila ramlah rukayah rosita ria puspita pertiwi oktavia nadia melati lusi khairunnisa \
    juwita ira hikmah gustina fauziah erna diah cahaya bunga atikah
    """.split(separator: " ").map { Array($0.utf8) }

  /// Words that stand last, most often after the father's or the people's manner.
  private static let last = """
    sawang tundan nahan lambung sangen bungai tambun rawing kunum inun dehen garu tuwan ahad \
    syahputra ramadhan maulana al-banjari firdaus akbar hakim wardana utama santosa susanto \
    haryanto siregar simanjuntak ginting marbun nainggolan manurung sinaga
    """.split(separator: " ").map { Array($0.utf8) }

  private static let leading = ["muhammad", "siti", "abdul"].map { Array($0.utf8) }
  private static let words = [[]] + leading + male + female + last

  /// A word for a man or woman: those at the front of the list come more often, and one in five is
  /// made up.
  static func word(of sex: Sex, _ random: inout SeededRandom) -> UInt16 {
    if random.happens(0.2) { return madeUp(&random) }
    let share = random.fraction()
    let list = sex == .male ? male : female
    let first = 1 + leading.count + (sex == .male ? 0 : male.count)
    return UInt16(first + Int(share * share * Double(list.count)))
  }

  /// A word that stands last in a name.
  static func lastWord(_ random: inout SeededRandom) -> UInt16 {
    if random.happens(0.5) { return madeUp(&random) }
    let first = 1 + leading.count + male.count + female.count
    return UInt16(first + random.whole(0...last.count - 1))
  }

  private static func madeUp(_ random: inout SeededRandom) -> UInt16 {
    firstMadeUp + UInt16(random.whole(0...63_999))
  }

  /// The letters of a word, small, as they are spelled today.
  static func letters(_ word: UInt16) -> [UInt8] {
    if word < firstMadeUp { return words[Int(word)] }
    var rest = Int(word - firstMadeUp)
    var letters: [UInt8] = []
    letters.reserveCapacity(8)
    for _ in 0..<2 {
      letters += onsets[rest % 16]
      letters.append(vowels[rest / 16 % 5])
      rest /= 80
    }
    return letters + endings[rest]
  }

  private static let onsets = [
    "b", "d", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "y", "c",
  ].map { Array($0.utf8) }
  private static let vowels = Array("aiueo".utf8)
  private static let endings = ["", "", "n", "ng", "h", "k", "r", "s", "t", "ni"].map {
    Array($0.utf8)
  }
}
