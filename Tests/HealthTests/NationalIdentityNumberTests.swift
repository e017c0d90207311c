import Health
import Samples
import Testing

@Suite("NIK")
struct NationalIdentityNumberTests {
  private static func number(_ text: String) -> NationalIdentityNumber? {
    NationalIdentityNumber(text.utf8)
  }

  @Test("A girl's number: region, day of birth plus 40, serial")
  func girl() throws {
    let number = try #require(Self.number("6203015708240012"))
    #expect(number.regionCode == 620_301)
    #expect(number.sex == .female)
    #expect(number.birthDateCandidates == [day("1924-08-17"), day("2024-08-17")])
    #expect(number.serial == 12)
    #expect(number.followsTheRule)
    #expect(String(decoding: number.digits, as: UTF8.self) == "6203015708240012")
  }

  @Test("It contradicts another day and the other sex, and nothing else")
  func contradictions() throws {
    let boy = try #require(Self.number("6203011708240012"))
    #expect(boy.sex == .male)
    for text in ["2024-08-17", "1924-08-17"] {
      #expect(!boy.contradicts(birthDate: day(text)))
    }
    for text in ["2024-08-16", "2024-08-18", "2024-07-17", "2023-08-17", "1824-08-17"] {
      #expect(boy.contradicts(birthDate: day(text)), "\(text)")
    }
    #expect(boy.contradicts(sex: .female) && !boy.contradicts(sex: .male))
  }

  @Test(
    "The day, the month and the serial number at their limits",
    arguments: [
      ("0001010100240001", false), ("9901010001240001", false), ("9901010101240001", true),
      ("9901013101240001", true), ("9901013201240001", false), ("9901014001240001", false),
      ("9901014101240001", true), ("9901017101240001", true), ("9901017201240001", false),
      ("9901019901240001", false), ("9901010100240001", false), ("9901010113240001", false),
      ("9901010101240000", false), ("9901010101249999", true), ("9901013104240001", false),
      // The leap year decides the century: 1900 had no 29 February, 2000 had one.
      ("9901012902000001", true), ("9901012902010001", false),
    ])
  func limits(text: String, follows: Bool) throws {
    let number = try #require(Self.number(text))
    #expect(number.followsTheRule == follows)
    if number.birthDateCandidates.isEmpty {
      #expect(!number.contradicts(birthDate: day("2024-01-01")))
      #expect(!number.contradicts(sex: .male) && !number.contradicts(sex: .female))
    }
  }

  @Test("29 February 00 is a day of 2000 alone")
  func leapDay() throws {
    let number = try #require(Self.number("9901012902000001"))
    #expect(number.birthDateCandidates == [day("2000-02-29")])
  }

  @Test(
    "Only sixteen digits are one",
    arguments: [
      "", "990101010124000", "99010101012400011", "99010101012400a1", "9901 10101240001",
      "-901010101240001", "٩٩٠١٠١٠١٠١٢٤٠٠٠١",
    ])
  func malformed(text: String) {
    #expect(Self.number(text) == nil)
  }

  @Test("A number made by the rule tells what it was made from, for every day and both sexes")
  func roundTrip() throws {
    var numbers = SeededNumbers(seed: 16)
    for _ in 0..<5_000 {
      let birth = CivilDate(dayNumber: .random(in: -25_567...47_481, using: &numbers))
      let sex = try #require(Sex.allCases.randomElement(using: &numbers))
      let region = Int.random(in: 0...999_999, using: &numbers)
      let serial = Int.random(in: 1...9_999, using: &numbers)
      let parts = birth.components
      let written =
        UInt64(region) * 10_000_000_000
        + UInt64(
          (parts.day + (sex == .female ? 40 : 0)) * 10_000 + parts.month * 100
            + parts.year % 100) * 10_000 + UInt64(serial)
      let text = String(repeating: "0", count: 16 - String(written).count) + String(written)
      let number = try #require(Self.number(text))
      #expect(number.digits == Array(text.utf8))
      #expect(number.regionCode == region && number.serial == serial && number.sex == sex)
      #expect(number.birthDateCandidates.contains(birth) && number.followsTheRule)
      #expect(!number.contradicts(birthDate: birth) && !number.contradicts(sex: sex))
      let other: Sex = sex == .male ? .female : .male
      #expect(number.contradicts(sex: other))
      #expect(number.contradicts(birthDate: birth + AgeInDays(1)))
    }
  }
}
