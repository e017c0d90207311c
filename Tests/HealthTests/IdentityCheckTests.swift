import Health
import Samples
import Testing

@Suite("Checks of NIK and KK")
struct IdentityCheckTests {
  /// A woman of Kapuas, born 17 August 1990: day 57.
  private static let woman = "6203015708900012"
  /// A man of the same day.
  private static let man = "6203011708900012"

  private func check(
    born: String? = nil, _ sex: Sex? = nil, certainty: BirthDateCertainty? = .exact,
    on today: String = "2026-11-22"
  ) -> IdentityCheck {
    var check = IdentityCheck(today: day(today))
    check.birthDate = born.map { day($0) }
    check.birthDateCertainty = born == nil ? nil : certainty
    check.sex = sex
    return check
  }

  private func nik(_ text: String, _ check: IdentityCheck) -> [IdentityWarning] {
    check.warnings(ofNationalIdentityNumber: Array(text.utf8))
  }

  private func kk(
    _ text: String, _ check: IdentityCheck, members: [String] = []
  ) -> [IdentityWarning] {
    check.warnings(
      ofFamilyCardNumber: Array(text.utf8),
      members: members.compactMap { NationalIdentityNumber($0.utf8) })
  }

  @Test("A number that fits the person has nothing doubtful, however it is grouped")
  func fits() {
    let check = check(born: "1990-08-17", .female)
    for text in [
      Self.woman, "6203 0157 0890 0012", "62.03.01-570890-0012", "'6203015708900012",
      " 6203015708900012\r\n", "6203\u{A0}0157\u{A0}0890\u{A0}0012",
    ] {
      #expect(nik(text, check) == [], "\(text)")
      #expect(
        check.nationalIdentityNumber(in: Array(text.utf8))
          == NationalIdentityNumber(Self.woman.utf8), "\(text)")
    }
  }

  @Test("What is missing is not wrong", arguments: ["", "  ", "-", "'"])
  func empty(text: String) {
    let check = check(born: "1990-08-17", .male)
    #expect(nik(text, check) == [])
    #expect(kk(text, check) == [])
    #expect(check.nationalIdentityNumber(in: Array(text.utf8)) == nil)
  }

  @Test("What is not known contradicts nothing")
  func unknownPerson() {
    #expect(nik(Self.woman, check()) == [])
    #expect(nik(Self.man, check()) == [])
  }

  @Test(
    "A number of another length, or with letters in it, is no NIK",
    arguments: [
      ("620301570890001", [IdentityWarning.notSixteenDigits(count: 15)]),
      ("62030157089000122", [.notSixteenDigits(count: 17)]),
      ("62O3015708900012", [.otherCharacters(count: 1), .notSixteenDigits(count: 15)]),
      ("6203015708900012x", [.otherCharacters(count: 1)]),
      ("tidak ada", [.otherCharacters(count: 8), .notSixteenDigits(count: 0)]),
      // A letter of two bytes is one character.
      ("é", [.otherCharacters(count: 1), .notSixteenDigits(count: 0)]),
    ])
  func malformed(text: String, warnings: [IdentityWarning]) {
    #expect(nik(text, check()) == warnings)
    #expect(kk(text, check()) == warnings)
    #expect(check().nationalIdentityNumber(in: Array(text.utf8)) == nil)
    #expect(check().familyCardNumber(in: Array(text.utf8)) == nil)
  }

  @Test(
    "What a spreadsheet kept as a number has probably lost its last digit",
    arguments: [
      "6.20301E+15", "6,20301E+15", "6.203015708900012e15", "6203015708900010.0",
      "6203015708900010,0",
    ])
  func number(text: String) {
    #expect(nik(text, check()) == [.lastDigitProbablyLost])
    #expect(check().nationalIdentityNumber(in: Array(text.utf8)) == nil)
  }

  @Test("A cell that held a number is doubted where it ends in 0, and there alone")
  func storedAsNumber() {
    var check = check(born: "1990-08-17", .female)
    check.wasStoredAsNumber = true
    #expect(nik("6203015708900010", check) == [.lastDigitProbablyLost])
    #expect(check.nationalIdentityNumber(in: Array("6203015708900010".utf8)) == nil)
    #expect(nik(Self.woman, check) == [])
    check.wasStoredAsNumber = false
    #expect(nik("6203015708900010", check) == [])
  }

  @Test("Digits that are all the same were filled in", arguments: ["0", "1", "9"])
  func allSame(digit: String) {
    let text = String(repeating: digit, count: 16)
    #expect(nik(text, check(born: "1990-08-17", .female)) == [.allSameDigits])
    #expect(kk(text, check()) == [.allSameDigits])
  }

  @Test("The 38 provinces are known, and no other code")
  func provinces() {
    let known = (0...99).filter { Provinces.isKnown($0) }
    #expect(known.count == 38)
    #expect(known.first == 11 && known.last == 96)
    #expect(
      ![10, 20, 22, 30, 37, 50, 54, 60, 66, 70, 77, 80, 83, 90, 97, 99].contains {
        Provinces.isKnown($0)
      })
    #expect(nik("2203015708900012", check()) == [.unknownRegion(code: 220_301)])
    #expect(kk("2203011708100012", check()) == [.unknownRegion(code: 220_301)])
  }

  @Test("The province of examples is known where examples are in order")
  func examples() {
    var check = check(born: "1990-08-17", .female)
    #expect(nik("9901015708900012", check) == [.unknownRegion(code: 990_101)])
    check.acceptsExamples = true
    #expect(nik("9901015708900012", check) == [])
    #expect(nik("9801015708900012", check) == [.unknownRegion(code: 980_101)])
  }

  @Test("Sex and day of birth that differ are told, with the nearest reading")
  func contradictions() {
    #expect(nik(Self.woman, check(born: "1990-08-17", .male)) == [.womanDayButMale])
    #expect(nik(Self.man, check(born: "1990-08-17", .female)) == [.manDayButFemale])
    for (born, days) in [("1990-08-16", 1), ("1990-08-18", 1), ("1991-08-17", 365)] {
      #expect(
        nik(Self.man, check(born: born))
          == [.birthDateDiffers(days: days, told: day("1990-08-17"))], "\(born)")
    }
    #expect(
      nik(Self.woman, check(born: "1990-08-18", .male))
        == [.womanDayButMale, .birthDateDiffers(days: 1, told: day("1990-08-17"))])
    // 17 August 24 is 1924 or 2024; from 1930 the former is nearer, from 2020 the latter.
    let open = "6203011708240012"
    #expect(nik(open, check(born: "2024-08-17")) == [])
    #expect(nik(open, check(born: "1924-08-17")) == [])
    #expect(
      nik(open, check(born: "2024-08-20"))
        == [.birthDateDiffers(days: 3, told: day("2024-08-17"))])
    #expect(
      nik(open, check(born: "1924-08-10"))
        == [.birthDateDiffers(days: 7, told: day("1924-08-17"))])
  }

  @Test("A century that has not come is no reading: the day before, the day, the day after")
  func century() {
    let number = "6203011708260012"
    #expect(nik(number, check(born: "2026-08-17", on: "2026-08-17")) == [])
    #expect(nik(number, check(born: "2026-08-17", on: "2026-08-18")) == [])
    let days = Int((day("2026-08-17") - day("1926-08-17")).count)
    #expect(
      nik(number, check(born: "2026-08-17", on: "2026-08-16"))
        == [.birthDateDiffers(days: days, told: day("1926-08-17"))])
    // 29 February 00 was in 2000 alone.
    let leap = "6203012902000012"
    #expect(nik(leap, check(on: "2000-02-28")) == [.laterThanToday(told: day("2000-02-29"))])
    #expect(nik(leap, check(on: "2000-02-29")) == [])
  }

  @Test("A day worked out from an age is not held against the number, one read from a NIK is")
  func certainty() {
    #expect(nik(Self.man, check(born: "1990-01-01", certainty: .estimatedFromAge)) == [])
    #expect(nik(Self.man, check(born: "1990-08-16", certainty: .fromIdentityNumber)).count == 1)
    #expect(nik(Self.man, check(born: "1990-08-16", certainty: nil)).count == 1)
  }

  @Test("Digits that are no day say nothing of sex or birth")
  func impossible() {
    let check = check(born: "1990-08-17", .female)
    #expect(nik("6203013202900012", check) == [.impossibleDay])
    #expect(nik("6203017102900000", check) == [.impossibleDay, .serialZero])
    #expect(nik("6203010013900012", check) == [.impossibleDay])
    #expect(nik("6203015708900000", check) == [.serialZero])
  }

  @Test("A NIK that is the household's KK, and a KK that is a NIK")
  func mistaken() {
    var person = check(born: "1990-08-17", .male)
    person.familyCardNumber = Array("6203 0117 0890 0012".utf8)
    #expect(nik(Self.man, person) == [.looksLikeFamilyCard])
    #expect(nik("6203011708900013", person) == [])
    #expect(
      kk(Self.woman, check()) == [.looksLikeNationalIdentityNumber], "a woman's day of birth")
    #expect(kk("6203011708100012", check()) == [])
    #expect(
      kk("6203011708100012", check(), members: ["6203011708100012"])
        == [.looksLikeNationalIdentityNumber])
    #expect(kk("6203011708100012", check(), members: ["6203011708100013"]) == [])
  }

  @Test("A KK tells the day of issue, of this century")
  func familyCard() throws {
    let number = try #require(FamilyCardNumber("6203012902120007".utf8))
    #expect(number.regionCode == 620_301 && number.serial == 7)
    #expect(number.issuedOn == day("2012-02-29"))
    #expect(String(decoding: number.digits, as: UTF8.self) == "6203012902120007")
    #expect(FamilyCardNumber("0000000000000001".utf8)?.digits == Array("0000000000000001".utf8))
    #expect(FamilyCardNumber("620301290212000".utf8) == nil)
    #expect(kk("6203012902130007", check()) == [.impossibleDay])
    #expect(kk("6203012902120000", check()) == [.serialZero])
    let later = "6203012311260007"
    #expect(kk(later, check()) == [.laterThanToday(told: day("2026-11-23"))])
    #expect(kk(later, check(on: "2026-11-23")) == [])
    #expect(kk("6203012211260007", check()) == [])
  }

  @Test("A NIK suggests sex and days of birth that have come, and no more")
  func suggestion() throws {
    let open = try #require(NationalIdentityNumber("6203015708240012".utf8))
    let found = try #require(open.suggestion(on: day("2026-11-22")))
    #expect(found.sex == .female)
    #expect(found.birthDates == [day("1924-08-17"), day("2024-08-17")])
    #expect(open.suggestion(on: day("2024-08-16"))?.birthDates == [day("1924-08-17")])
    #expect(IdentitySuggestion.certainty == .fromIdentityNumber)
    for text in ["6203013202900012", "6203015708900000", "6203019908900012"] {
      let number = try #require(NationalIdentityNumber(text.utf8))
      #expect(number.suggestion(on: day("2026-11-22")) == nil, "\(text)")
    }
    let leap = try #require(NationalIdentityNumber("6203012902000012".utf8))
    #expect(leap.suggestion(on: day("2000-02-28")) == nil)
  }

  @Test("Any bytes at all give warnings and no crash, and a number only where nothing is wrong")
  func hostile() {
    var numbers = SeededNumbers(seed: 29)
    let seeds = [Self.woman, "6.20301E+15", "6203015708900010.0", "e", "\u{A0}", "E5", "1E"]
    for _ in 0..<20_000 {
      let seed = Array(seeds.randomElement(using: &numbers)?.utf8 ?? "".utf8)
      let text = numbers.damaged(seed)
      var check = check(born: "1990-08-17", .female)
      check.familyCardNumber = numbers.damaged(seed)
      let warnings = check.warnings(ofNationalIdentityNumber: text)
      let codes = warnings.map(\.code)
      #expect(Set(codes).count == codes.count)
      #expect(codes.allSatisfy { $0.isOfNationalIdentityNumber })
      let cards = check.warnings(ofFamilyCardNumber: text).map(\.code)
      #expect(cards.allSatisfy { $0.isOfFamilyCardNumber })
      let isNumber = check.nationalIdentityNumber(in: text) != nil
      let isMalformed = !Set(codes).isDisjoint(with: [
        .otherCharacters, .notSixteenDigits, .lastDigitProbablyLost,
      ])
      #expect(isNumber == !(isMalformed || TypedDigits(text).isEmpty))
    }
  }

  @Test("Every warning has its own name")
  func names() {
    let names = IdentityWarning.Code.allCases.map { "\($0.name)" }
    #expect(Set(names).count == names.count)
    #expect(
      IdentityWarning.Code.allCases.allSatisfy {
        $0.isOfNationalIdentityNumber || $0.isOfFamilyCardNumber
      })
  }
}
