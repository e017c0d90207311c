import Health
import Samples
import Testing

@Suite("Evidence that two records are one person")
struct DuplicateScoreTests {
  static let reader = NameReader()
  static let score = DuplicateScore()

  /// A record of a family's child with everything known.
  static func record(
    _ name: String, mother: String = "Siti Aminah", birth: String = "2019-05-14",
    sex: Sex? = .female, number: UInt64 = 0, card: UInt64 = 9_901_011_205_180_003,
    village: UInt32 = 3, order: UInt8 = 0, certainty: BirthDateCertainty? = .exact
  ) -> IdentityEvidence {
    let mothers = mother.isEmpty ? nil : NameKeys(reader.name(Array(mother.utf8)))
    var record = IdentityEvidence(name: NameKeys(reader.name(Array(name.utf8))), mother: mothers)
    let parts = birth.split(separator: "-").compactMap { Int($0) }
    record.setBirth(
      parts.count == 3 ? CivilDate(year: parts[0], month: parts[1], day: parts[2]) : nil, certainty)
    record.sex = sex
    record.nationalIdentityNumber = number
    record.familyCard = card
    record.village = village
    record.puskesmas = village == 0 ? 0 : village / 8 + 1
    record.birthOrder = order
    return record
  }

  @Test("What is told of a pair adds up to its total")
  func explained() throws {
    let evidence = Self.score.score(
      Self.record("Noerhayati", number: 9_901_015_405_190_001),
      Self.record("Nur Hayati", number: 9_901_015_405_190_001))
    #expect(
      evidence.findings.map(\.level) == [
        .numberEqual, .nameSame, .birthEqual, .sexEqual, .motherSame, .homeSameVillage,
        .familyCardEqual,
      ])
    let sum = evidence.findings.reduce(0) { $0 + $1.weight }
    #expect(evidence.total == sum - evidence.familySurplus)
    // log₂(0.93 ⁄ 0.000001), log₂(0.985 ⁄ 0.5) and the limit of 10 bits, by hand.
    #expect(evidence.findings.map(\.weight)[0] == 1_983)
    #expect(evidence.findings.map(\.weight)[2] == 1_000)
    #expect(evidence.findings.map(\.weight)[3] == 98)
    #expect(evidence.familySurplus == 860 + 723 + 1_000 - 1_200)
    #expect(evidence.proposal == .likely)
  }

  @Test(
    "The most that a pair can come to is never less than what it comes to",
    arguments: [false, true])
  func most(areCounted: Bool) {
    var known: [(whole: IdentityEvidence, outline: IdentityEvidence)] = []
    for name in ["Noerhayati", "Nur Hayati", "Nurhayati Sari", "Budi", ""] {
      let sex: Sex = name == "Budi" ? .male : .female
      for mother in ["Siti Aminah", "Siti Aminh", ""] {
        for birth in ["2019-05-14", "2019-05-15", "2019-07-01", "2020-11-02", ""] {
          for (card, village) in [(0, 0), (9_901_011_205_180_003, 3), (9_901_011_205_180_004, 90)] {
            func record(_ name: String, _ mother: String, _ card: UInt64) -> IdentityEvidence {
              Self.record(
                name, mother: mother, birth: birth, sex: sex,
                number: birth == "2019-05-14" ? 9_901_015_405_190_001 : 0, card: card,
                village: UInt32(village))
            }
            known.append((record(name, mother, UInt64(card)), record("", "", 0)))
          }
        }
      }
    }
    if areCounted {
      let frequencies = NameFrequencies(known.map(\.whole))
      for place in known.indices { frequencies.weigh(&known[place].whole) }
    }
    var reached = 0
    for left in known {
      for right in known {
        let total = Self.score.score(left.whole, right.whole).total
        let most = Self.score.most(left.whole, right.outline)
        #expect(total <= most)
        if total == most { reached += 1 }
      }
    }
    // It is no wish: where everything agrees it is what the pair comes to.
    #expect(reached > known.count)
  }

  @Test(
    "Of one birth and of other birth orders: twins, unless they have one number",
    arguments: [
      (1, 2, 0, true), (2, 1, 0, true), (1, 1, 0, false), (0, 2, 0, false),
      (1, 2, 9_901_015_405_190_001, false),
    ] as [(UInt8, UInt8, UInt64, Bool)])
  func orders(first: UInt8, second: UInt8, number: UInt64, areTwins: Bool) {
    let one = Self.record("By Ny Siti Aminah", number: number, order: first)
    let other = Self.record("By Ny Siti Aminah", number: number, order: second)
    #expect(Self.score.areTwinsByOrder(one, other, Self.score.score(one, other)) == areTwins)
    // A year later it is another birth: nothing is said of twins.
    let later = Self.record("By Ny Siti Aminah", birth: "2021-08-20", order: second)
    #expect(!Self.score.areTwinsByOrder(one, later, Self.score.score(one, later)))
  }

  @Test(
    "The levels, field by field",
    arguments: [
      (
        record("Ani", birth: "2019-05-03"), record("Ani", birth: "2019-03-05"),
        EvidenceLevel.birthNearlyEqual
      ),
      (record("Ani", birth: "2019-05-14"), record("Ani", birth: "2018-05-14"), .birthNearlyEqual),
      (record("Ani", birth: "2019-05-14"), record("Ani", birth: "2019-08-02"), .birthNear),
      (record("Ani", birth: "2019-01-01"), record("Ani", birth: "2019-01-01"), .birthEqualRoughly),
      (
        record("Ani", birth: "2019-05-14", certainty: .estimatedFromAge),
        record("Ani", birth: "2021-02-02"), .birthNear
      ),
      (
        record("Ani", birth: "2019-05-14", certainty: .estimatedFromAge),
        record("Ani", birth: "2020-02-02"), .birthYearNear
      ),
      (record("Ani", birth: "2019-04-29"), record("Ani", birth: "2019-05-03"), .birthNearlyEqual),
      (record("Ani", birth: "2019-04-29"), record("Ani", birth: "2019-05-04"), .birthNear),
      (record("Ani", birth: "2019-05-14"), record("Ani", birth: "2021-02-02"), .birthDiffers),
      (
        record("Ani", number: 9_901_015_405_190_001), record("Ani", number: 9_901_015_405_190_002),
        .numberDiffers
      ),
      (
        record("Ani", number: 9_901_015_405_190_001), record("Ani", number: 9_901_025_405_190_001),
        .numberDiffers
      ),
      (
        record("Ani", number: 9_901_015_405_190_001), record("Ani", number: 9_901_015_405_180_001),
        .numberNearlyEqual
      ),
      (
        record("Ani", number: 9_901_015_405_190_001),
        record("Ani", birth: "2018-05-14", number: 9_901_015_405_180_001), .numberDiffers
      ),
      (
        record("Ani", number: 9_901_015_405_190_001), record("Ani", number: 9_901_015_405_190_071),
        .numberNearlyEqual
      ),
      (
        record("Ani", number: 9_901_015_405_190_001), record("Ani", number: 9_901_015_450_190_001),
        .numberNearlyEqual
      ),
      (
        record("Ani", number: 9_901_015_405_190_001), record("Ani", number: 9_901_025_405_190_002),
        .numberDiffers
      ),
      (record("Jusuf"), record("Yusuf"), .nameOtherReading),
      (record("Aminah"), record("Siti Aminah"), .nameOtherReading),
      (record("Sulastri"), record("Sulsatri"), .nameSimilar),
      (record("Sulastri"), record("Wagiyem"), .nameDiffers),
      (record("Ani", mother: "Soemiati"), record("Ani", mother: "Sumiyati"), .motherSame),
      (record("Ani", mother: "Sumiati"), record("Ani", mother: "Sumiarti"), .motherSimilar),
      (record("Ani", village: 3), record("Ani", village: 4), .homeSamePuskesmas),
      (record("Ani", village: 3), record("Ani", village: 9), .homeElsewhere),
      (record("Ani", card: 1), record("Ani", card: 2), .familyCardDiffers),
      (record("Ani", sex: .male), record("Ani", sex: .female), .sexDiffers),
    ])
  func levels(left: IdentityEvidence, right: IdentityEvidence, level: EvidenceLevel) {
    #expect(Self.score.score(left, right).findings.map(\.level).contains(level))
    #expect(Self.score.score(left, right) == Self.score.score(right, left))
  }

  @Test("What a side does not know counts neither for nor against")
  func unknown() {
    let blank = Self.record(
      "", mother: "", birth: "", sex: nil, card: 0, village: 0, certainty: nil)
    let evidence = Self.score.score(blank, Self.record("Ani", number: 9_901_015_405_190_001))
    #expect(evidence.findings.isEmpty && evidence.total == 0 && evidence.proposal == .different)
  }

  @Test("Twins are never likely one person, whatever is missing and however alike their names are")
  func twins() {
    let names = [
      ("Rafa", "Rafi"), ("Hasan", "Husin"), ("Nabila Putri", "Nabila Sari"), ("Aldi", "Aldo"),
      ("Siti Fatimah", "Siti Fatonah"), ("Rina", "Rini"), ("Dian", "Dina"),
      ("Muhammad Rafa Al Farizi", "Muhammad Rafi Al Farizi"),
    ]
    var count = 0
    for (first, second) in names {
      for mask in 0..<128 {
        let mother = mask & 1 == 0 ? "Siti Aminah" : ""
        let card: UInt64 = mask & 2 == 0 ? 9_901_011_205_180_003 : 0
        let village: UInt32 = mask & 4 == 0 ? 3 : 0
        if mother.isEmpty && card == 0 && village == 0 { continue }
        let left = Self.record(
          first, mother: mother, number: mask & 8 == 0 ? 9_901_015_405_190_001 : 0, card: card,
          village: village, order: mask & 16 == 0 ? 1 : 0)
        let right = Self.record(
          second, mother: mother, sex: mask & 64 == 0 ? .female : .male,
          number: mask & 32 == 0 ? 9_901_015_405_190_001 : 9_901_015_405_190_002, card: card,
          village: village, order: mask & 16 == 0 ? 2 : 0)
        let evidence = Self.score.score(left, right)
        if evidence.proposal == .likely || !evidence.brakes.contains(.twins) {
          Issue.record("\(first) and \(second), \(mask): \(evidence.total)")
        }
        count += 1
      }
    }
    #expect(count == names.count * 112)
  }

  @Test(
    "A slip in the name is one person where a family stands on one side only, and no twin is known")
  func slipOrTwin() {
    let first = Self.record("Muhammad Rafa Pratama", number: 9_901_011_405_190_001)
    var second = Self.record("Muhammad Rafi Pratama", number: 9_901_011_405_190_001)
    #expect(Self.score.score(first, second).brakes == .twins)
    second.familyCard = 0
    #expect(Self.score.score(first, second).proposal == .likely)
    second.nationalIdentityNumber = 0
    #expect(Self.score.score(first, second).proposal == .likely)
    second.sex = .male
    #expect(Self.score.score(first, second).brakes == .twins)
    second.sex = .female
    second.nationalIdentityNumber = 9_901_011_405_190_002
    #expect(Self.score.score(first, second).brakes == .twins)
    second.nationalIdentityNumber = 0
    // The child has a twin of another name in the same family: whose record is the second?
    var records = [first, second, Self.record("Husin")]
    IdentityEvidence.markTwins(&records)
    #expect(records.map(\.hasTwin) == [true, false, true])
    #expect(Self.score.score(records[0], records[1]).brakes == .twins)
    #expect(Self.score.score(records[1], records[0]).proposal == .review)
  }

  @Test("Twins who are told apart by name, number or sex are no question to anybody")
  func twinsToldApart() {
    let one = Self.record("Rafa", number: 9_901_015_405_190_001, order: 1)
    let other = Self.record("Husin", number: 9_901_015_405_190_002, order: 2)
    #expect(Self.score.score(one, other).proposal == .different)
    #expect(
      Self.score.score(Self.record("Rafa"), Self.record("Husin", sex: .male)).proposal
        == .different)
    // One NIK under which both go is looked at.
    let shared = Self.record("Husin", number: 9_901_015_405_190_001, order: 2)
    #expect(Self.score.score(one, shared).proposal == .review)
  }

  @Test("A newborn under its mother's name is the child that was named later")
  func newborn() {
    let evidence = Self.score.score(
      Self.record("By Ny Siti Aminah", mother: ""), Self.record("Nabila", mother: "Sitti Aminah"))
    #expect(evidence.level(of: .name) == nil)
    #expect(evidence.level(of: .mother) == .motherSame)
    #expect(evidence.proposal == .likely)
    let second = Self.score.score(
      Self.record("By Ny Siti Aminah", mother: "", order: 1),
      Self.record("By Ny Siti Aminah", mother: "", order: 2))
    #expect(second.brakes == .twins && second.proposal == .review)
  }

  @Test("Father and son of one name are not one person")
  func generations() {
    let father = Self.record("Ahmad Zaini", mother: "Fatimah", birth: "1975-08-20", sex: .male)
    let son = Self.record("Ahmad Zaini", mother: "Rahmah", birth: "2001-03-09", sex: .male)
    let evidence = Self.score.score(father, son)
    #expect(evidence.brakes == .generations && evidence.proposal == .different)
    // Of a family that nobody wrote down somebody has to look.
    let unknown = Self.record(
      "Ahmad Zaini", mother: "", birth: "1975-08-20", sex: .male, card: 0)
    #expect(Self.score.score(unknown, son).brakes == .generations)
  }

  @Test("A NIK that two people go by is shown and never likely")
  func borrowed() {
    let mother = Self.record(
      "Siti Aminah", mother: "Masniah", birth: "1994-02-11", number: 9_901_015_102_940_001)
    let child = Self.record("Nabila", number: 9_901_015_102_940_001)
    let evidence = Self.score.score(mother, child)
    #expect(evidence.brakes.contains(.borrowedNumber) && evidence.proposal == .review)
  }

  @Test("Sisters of one family stay under the line")
  func sisters() {
    let evidence = Self.score.score(
      Self.record("Nabila"), Self.record("Zahra", birth: "2017-11-02"))
    #expect(evidence.proposal == .different)
  }

  @Test("A rare name that is shared counts for more than a common one, up to the limit")
  func frequency() throws {
    var records = (0..<500).map { _ in Self.record("Siti") } + [Self.record("Kameloh")]
    let frequencies = NameFrequencies(records)
    for place in records.indices { frequencies.weigh(&records[place]) }
    func weight(_ left: IdentityEvidence, _ right: IdentityEvidence) throws -> Int32 {
      try #require(Self.score.score(left, right).findings.first { $0.field == .name }).weight
    }
    #expect(try weight(records[0], records[1]) == -50)
    #expect(try weight(records[500], records[500]) == 846)
  }

  @Test("Words that both have count, a word that is left out does not; alike is less than a slip")
  func words() throws {
    var records = [
      "Sulastri Kameloh", "Sulastri", "Sulastri Kamelah", "Sulastri Ria", "Sulastri Tari",
    ]
    .map { Self.record($0) }
    records += (0..<100).map { _ in Self.record("Sulastri") }
    let frequencies = NameFrequencies(records)
    for place in records.indices { frequencies.weigh(&records[place]) }
    func name(_ left: Int, _ right: Int) throws -> DuplicateEvidence.Finding {
      try #require(
        Self.score.score(records[left], records[right]).findings.first { $0.field == .name })
    }
    // Everybody here is called Sulastri, so that it says nothing; log₂ 0.17.
    #expect(try name(0, 1).level == .nameOtherReading && name(0, 1).weight == -255)
    // One slip counts as usual, log₂(0.08 ⁄ 0.006), and the word that both have adds to it.
    #expect(try name(0, 2).level == .nameSimilar && name(0, 2).weight == 375)
    // Alike for the sake of that word alone; log₂ 0.08.
    #expect(try name(3, 4).level == .nameSimilar && name(3, 4).weight == -363)
  }

  @Test("What one source tells apart is held against")
  func source() {
    var left = Self.record("Siti Aminah", birth: "1970-01-01", card: 0)
    var right = left
    left.source = 1
    right.source = 1
    left.localIdentifier = 17
    right.localIdentifier = 18
    let evidence = Self.score.score(left, right)
    #expect(evidence.level(of: .localIdentifier) == .localIdentifierDiffers)
    right.source = 2
    #expect(Self.score.score(left, right).total == evidence.total + 800)
  }

  @Test("Shares counted on pairs give the weights")
  func counted() {
    var counts = EvidenceCounts()
    let one = Self.score.score(Self.record("Ani"), Self.record("Ani"))
    let two = Self.score.score(Self.record("Ani"), Self.record("Ani", sex: .male))
    for _ in 0..<980 { counts.count(one, isSame: true) }
    for _ in 0..<20 { counts.count(two, isSame: true) }
    for _ in 0..<500 { counts.count(one, isSame: false) }
    for _ in 0..<500 { counts.count(two, isSame: false) }
    let table = counts.table(from: .startingEstimates, weight: 0.001)
    let differs = table.rows.first { $0.level == .sexDiffers }
    // log₂(0.02 ⁄ 0.5)
    #expect(differs?.weight == -464)
  }
}
