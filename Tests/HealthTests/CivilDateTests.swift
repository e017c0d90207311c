import Foundation
import Health
import Samples
import Testing

@Suite("Civil dates")
struct CivilDateTests {
  @Test(
    "Days that no calendar has are refused",
    arguments: [
      (2023, 2, 29), (2024, 2, 30), (1900, 2, 29), (2100, 2, 29), (2023, 4, 31), (2023, 6, 31),
      (2023, 9, 31), (2023, 11, 31), (2023, 1, 32), (2023, 1, 0), (2023, 1, -1), (2023, 0, 1),
      (2023, 13, 1), (2023, -1, 1), (10_000, 1, 1), (-10_000, 1, 1), (2023, 12, 32),
    ])
  func refused(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }

  @Test(
    "Days whose number is known",
    arguments: [
      (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2000, 3, 1, 11_017),
      (1900, 1, 1, -25_567), (2024, 2, 29, 19_782), (2100, 12, 31, 47_846),
    ])
  func known(year: Int, month: Int, day: Int, number: Int32) {
    #expect(CivilDate(year: year, month: month, day: day)?.dayNumber == number)
  }

  @Test("Every day from 1900 to 2100 agrees with a calendar that counts day by day")
  func everyDay() {
    var counting = CountingCalendar()
    var wrong: [String] = []
    var days = 0
    while counting.year <= 2100 {
      let number = Int32(days - 25_567)
      let made = CivilDate(year: counting.year, month: counting.month, day: counting.day)
      let parts = CivilDate(dayNumber: number).components
      if made?.dayNumber != number || parts != (counting.year, counting.month, counting.day) {
        wrong.append("\(counting.year)-\(counting.month)-\(counting.day)")
      }
      days += 1
      counting.advance()
    }
    #expect(days == 73_414)
    #expect(wrong.isEmpty, "\(wrong.count) days, the first: \(wrong.prefix(3))")
  }

  @Test("Foundation's calendar says the same of a sample and of every February's end")
  func foundation() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    var sample = Array(stride(from: Int32(-25_567), through: 47_846, by: 97))
    for year in 1900...2100 {
      let march = try #require(CivilDate(year: year, month: 3, day: 1))
      sample += [march.dayNumber - 2, march.dayNumber - 1, march.dayNumber]
    }
    let wrong = sample.filter { number in
      let date = Date(timeIntervalSince1970: Double(number) * 86_400)
      let theirs = calendar.dateComponents([.year, .month, .day], from: date)
      let ours = CivilDate(dayNumber: number).components
      return theirs.year != ours.year || theirs.month != ours.month || theirs.day != ours.day
    }
    #expect(wrong.isEmpty)
  }

  @Test("Over the whole range of years, one day follows the other without gap")
  func wholeRange() throws {
    var expected: Int32?
    var wrong: [Int] = []
    for year in 1...9999 {
      for month in 1...12 {
        let length = CivilDate.daysInMonth(year: year, month: month)
        let first = try #require(CivilDate(year: year, month: month, day: 1))
        let last = try #require(CivilDate(year: year, month: month, day: length))
        if let expected, first.dayNumber != expected { wrong.append(year) }
        if last.components != (year, month, length) { wrong.append(year) }
        expected = last.dayNumber + 1
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }

  @Test("The extremes of the number have parts and do not trap", arguments: [Int32.min, .max])
  func extremes(number: Int32) {
    let parts = CivilDate(dayNumber: number).components
    #expect((1...12).contains(parts.month))
    #expect((1...31).contains(parts.day))
  }

  @Test("Adding and taking away days are opposites")
  func arithmetic() {
    var numbers = SeededNumbers(seed: 1)
    for _ in 0..<2_000 {
      let one = CivilDate(dayNumber: .random(in: -30_000...50_000, using: &numbers))
      let other = CivilDate(dayNumber: .random(in: -30_000...50_000, using: &numbers))
      #expect(one + (other - one) == other)
      #expect((one < other) == ((other - one).count > 0))
    }
  }
}

@Suite("Civil months")
struct CivilMonthTests {
  @Test(
    "Months are numbered without gap across the years",
    arguments: [
      ("2023-12", 1, "2024-01"), ("2024-01", -1, "2023-12"), ("2024-02", 12, "2025-02"),
      ("2024-02", -26, "2021-12"), ("2024-06", 0, "2024-06"), ("1999-12", 1, "2000-01"),
    ])
  func advanced(from: String, by months: Int, to: String) {
    #expect(month(from).advanced(by: months) == month(to))
  }

  @Test(
    "First and last day",
    arguments: [
      ("2023-02", "2023-02-28"), ("2024-02", "2024-02-29"), ("1900-02", "1900-02-28"),
      ("2000-02", "2000-02-29"), ("2023-12", "2023-12-31"), ("2023-04", "2023-04-30"),
    ])
  func ends(text: String, last: String) {
    #expect(month(text).firstDay == day(text + "-01"))
    #expect(month(text).lastDay == day(last))
    #expect(month(text).januaryOfYear == month("\(text.prefix(4))-01"))
  }

  @Test("Every day from 1900 to 2100 lies in its month")
  func holds() {
    let wrong = (Int32(-25_567)...47_846).map { CivilDate(dayNumber: $0) }.filter { date in
      let month = date.month
      return date < month.firstDay || date > month.lastDay
        || month.year != date.components.year || month.ordinal != date.components.month
    }
    #expect(wrong.isEmpty)
  }

  @Test("There is no day before year 1", arguments: [0, -1, -9999])
  func beforeYearOne(year: Int) {
    #expect(CivilDate(year: year, month: 7, day: 4) == nil)
  }
}

/// A calendar that knows only how long each month is, and counts.
private struct CountingCalendar {
  var year = 1900
  var month = 1
  var day = 1
  /// Written out from the rule's text: every fourth year, but 1900 and 2100 are none.
  let leapYears = Set(stride(from: 1904, through: 2096, by: 4))
  let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  mutating func advance() {
    let length = month == 2 && leapYears.contains(year) ? 29 : lengths[month - 1]
    day += 1
    if day > length { (month, day) = (month + 1, 1) }
    if month > 12 { (year, month) = (year + 1, 1) }
  }
}
