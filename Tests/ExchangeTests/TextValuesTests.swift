import Health
import Samples
import Testing

@testable import Exchange

@Suite("Values as people write them")
struct TextValuesTests {
  @Test(
    "5 August 2024 in every accepted form",
    arguments: [
      "2024-08-05", "2024/08/05", "2024.8.5", "2024 08 05", "05-08-2024", "5/8/2024",
      "05.08.2024", "5 8 2024", "5-Aug-2024", "5 Agustus 2024", "05 agt 2024", "5 AGU 2024",
      "5-Ags-2024", "5 - 8 - 2024", "August 5 2024", "Aug-05-2024", "2024-Aug-05",
      "2024-08-05 00:00:00", "2024-08-05T00:00:00.000Z", "2024-08-05T10:00:00+07:00",
      "5/8/2024 0:00", "05-08-2024 10.15", "5/8/2024 10:15 AM",
    ])
  func dates(text: String) {
    #expect(TextValues.date(text) == .day(day("2024-08-05")))
  }

  @Test("Every month by every name that it has")
  func months() {
    let names = [
      "jan januari january", "feb februari february peb pebruari", "mar maret march", "apr april",
      "mei may", "jun juni june", "jul juli july", "agu agt agustus aug august ags",
      "sep sept september", "okt oktober oct october", "nov november nop nopember",
      "des desember dec december",
    ]
    for (position, forms) in names.enumerated() {
      for form in forms.split(separator: " ") {
        let wanted = CivilDate(year: 2024, month: position + 1, day: 9)
        #expect(TextValues.date("9 \(form) 2024") == wanted.map { .day($0) }, "\(form)")
        #expect(TextValues.date("9-\(form.uppercased())-2024") == wanted.map { .day($0) })
      }
    }
  }

  @Test("Month first where the mapping says so; a year or a name in front decides by itself")
  func monthFirst() {
    for text in ["08/05/2024", "8-5-2024", "2024-08-05", "5 Aug 2024", "Aug 5 2024"] {
      #expect(
        TextValues.date(text, order: .monthDayYear) == .day(day("2024-08-05")), "\(text)")
    }
    #expect(TextValues.date("13/08/2024", order: .monthDayYear) == .noSuchDay)
  }

  @Test(
    "Days that the calendar does not have",
    arguments: [
      "2024-02-30", "2023-02-29", "1900-02-29", "31-04-2024", "2024-13-01", "00-01-2024",
      "2024-00-10", "2024-01-32", "0000-01-01",
    ])
  func noSuchDay(text: String) { #expect(TextValues.date(text) == .noSuchDay) }

  @Test(
    "What is no date, or not certainly one",
    arguments: [
      "", "kemarin", "5/8/24", "24-08-05", "2024-08", "20240805", "2024", "5 Smarch 2024",
      "+5/8/2024", "--5/8/2024", "5//8/2024", "5/8/2024x", "5/8/2024 pagi", "5/8/2024 1",
      "2024-08-05T", "2024-08-05T10", "005/8/2024", "5/008/2024", "٥/٨/٢٠٢٤", "2024-08-05,",
      "45509", "5/8/2024 - 6/8/2024", "5,8,2024", "5/8/2024 10:15, pagi", "5/8/2024 10:15–11",
    ])
  func noDate(text: String) { #expect(TextValues.date(text) == .notADate) }

  @Test("Every day of 130 years written in five ways is read as that day")
  func everyDay() {
    for number in stride(from: -25_567 as Int32, to: 22_000, by: 7) {
      let date = CivilDate(dayNumber: number)
      let parts = date.components
      let year = String(parts.year)
      for text in [
        DateText.iso(date), "\(parts.day)/\(parts.month)/\(year)",
        "\(parts.day).\(parts.month).\(year)", "\(year)/\(parts.month)/\(parts.day)",
        "\(parts.day)-\(parts.month)-\(year) 12:00",
      ] {
        #expect(TextValues.date(text) == .day(date), "\(text)")
      }
    }
  }

  @Test("Numbers with a point or a comma")
  func decimals() {
    let numbers: [(String, Double?)] = [
      ("9.4", 9.4), ("9,4", 9.4), ("12", 12), ("0,30", 0.3), ("-1,5", -1.5), (",5", 0.5),
      ("5.", 5), ("007", 7), ("1.234,5", nil), ("1,234.5", nil), ("1.234.567", nil), ("", nil),
      (".", nil), ("-", nil), ("1-", nil), ("--1", nil), ("9,4 kg", nil), ("1e3", nil),
      ("0x10", nil), ("nan", nil), ("inf", nil), ("٩", nil), ("1 000", nil), ("+1", nil),
    ]
    for (text, value) in numbers { #expect(TextValues.decimal(text) == value, "\(text)") }
  }

  @Test("Numbers written with a point or a comma are read as they were")
  func decimalsRoundTrip() {
    var numbers = SeededNumbers(seed: 3)
    for _ in 0..<2_000 {
      let value = Double(Int.random(in: -99_999...99_999, using: &numbers)) / 100
      #expect(TextValues.decimal("\(value)") == value)
      #expect(TextValues.decimal("\(value)".replacing(".", with: ",")) == value)
    }
  }

  @Test("Sexes, positions, yes and no, whatever their capitals")
  func words() {
    for text in ["L", "l", "M", "1", "Laki-laki", "LAKI LAKI", "lk", "male"] {
      #expect(TextValues.sex(text) == .male, "\(text)")
    }
    for text in ["P", "f", "2", "Perempuan", "PR", "Female", "wanita"] {
      #expect(TextValues.sex(text) == .female, "\(text)")
    }
    for text in ["Terlentang", "telentang", "L", "lying", "baring"] {
      #expect(TextValues.position(text) == .lying, "\(text)")
    }
    for text in ["Berdiri", "H", "s", "standing", "tegak"] {
      #expect(TextValues.position(text) == .standing, "\(text)")
    }
    for text in ["Ya", "y", "1", "true", "ada", "V"] {
      #expect(TextValues.flag(text) == true, "\(text)")
    }
    for text in ["Tidak", "n", "0", "false", "-", "belum"] {
      #expect(TextValues.flag(text) == false, "\(text)")
    }
    for text in ["", "x", "3", "L/P", "anak", "?"] {
      #expect(TextValues.sex(text) == nil, "\(text)")
      #expect(TextValues.position(text) == nil, "\(text)")
      #expect(TextValues.flag(text) == nil, "\(text)")
    }
  }

  @Test("Headings are compared by their letters and digits")
  func keys() {
    #expect(TextValues.key(" Tgl. Lahir ") == TextValues.key("TGL LAHIR"))
    #expect(TextValues.key("BB/TB") == "BBTB")
    #expect(TextValues.key("ZS BB/U") != TextValues.key("BB/U"))
  }
}
