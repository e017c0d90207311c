import Health
import Samples
import Testing

@Suite("Ages")
struct AgeTests {
  @Test(
    "Completed months at month ends and leap days",
    arguments: [
      ("2023-01-31", "2023-02-27", 0), ("2023-01-31", "2023-02-28", 1),
      ("2024-01-31", "2024-02-28", 0), ("2024-01-31", "2024-02-29", 1),
      ("2023-01-31", "2023-03-30", 1), ("2023-01-31", "2023-03-31", 2),
      ("2023-01-31", "2023-04-29", 2), ("2023-01-31", "2023-04-30", 3),
      ("2023-08-30", "2024-02-28", 5), ("2023-08-30", "2024-02-29", 6),
      ("2024-02-29", "2024-03-28", 0), ("2024-02-29", "2024-03-29", 1),
      ("2024-02-29", "2025-02-27", 11), ("2024-02-29", "2025-02-28", 12),
      ("2024-02-29", "2028-02-28", 47), ("2024-02-29", "2028-02-29", 48),
      ("2023-05-15", "2023-05-15", 0), ("2023-05-15", "2023-06-14", 0),
      ("2023-05-15", "2023-06-15", 1), ("2023-12-31", "2024-01-30", 0),
      ("2023-12-31", "2024-01-31", 1), ("2019-05-15", "2024-05-14", 59),
      ("2019-05-15", "2024-05-15", 60), ("2023-05-15", "2023-05-14", -1),
      ("2023-05-15", "2023-04-15", -1), ("2023-05-15", "2023-04-14", -2),
    ])
  func months(birth: String, on date: String, completed: Int32) {
    #expect(day(date).completedMonths(since: day(birth)) == CompletedMonths(completed))
  }

  @Test(
    "Completed years",
    arguments: [
      ("2024-02-29", "2025-02-27", 0), ("2024-02-29", "2025-02-28", 1),
      ("2019-05-15", "2024-05-14", 4), ("2019-05-15", "2024-05-15", 5),
      ("2000-12-31", "2018-12-30", 17), ("2000-12-31", "2018-12-31", 18),
      ("2024-05-15", "2024-05-14", -1), ("2024-05-15", "2023-05-15", -1),
      ("2024-05-15", "2023-05-14", -2),
    ])
  func years(birth: String, on date: String, completed: Int32) {
    #expect(day(date).completedYears(since: day(birth)) == CompletedYears(completed))
  }

  @Test("n months after birth n months are completed, and the day before n − 1")
  func law() {
    var wrong: [String] = []
    for number in day("2019-12-01").dayNumber...day("2021-03-31").dayNumber {
      let birth = CivilDate(dayNumber: number)
      for months in -13...61 {
        let reached = birth.addingMonths(months)
        let before = CivilDate(dayNumber: reached.dayNumber - 1)
        if reached.completedMonths(since: birth).count != Int32(months)
          || before.completedMonths(since: birth).count != Int32(months - 1)
        {
          wrong.append("\(birth.components) + \(months)")
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count), the first: \(wrong.prefix(3))")
  }

  @Test("The months completed never fall from one day to the next and rise by one at most")
  func steps() {
    for birth in ["2020-01-29", "2020-01-30", "2020-01-31", "2020-02-29", "2019-02-28"] {
      var last: Int32 = 0
      for number in day(birth).dayNumber...day(birth).dayNumber + 2_000 {
        let now = CivilDate(dayNumber: number).completedMonths(since: day(birth)).count
        #expect(now == last || now == last + 1)
        last = now
      }
    }
  }

  @Test(
    "Adding months stops at the end of a shorter month",
    arguments: [
      ("2023-01-31", 1, "2023-02-28"), ("2024-01-31", 1, "2024-02-29"),
      ("2023-03-31", -1, "2023-02-28"), ("2023-10-31", 1, "2023-11-30"),
      ("2024-02-29", 12, "2025-02-28"), ("2023-12-15", 1, "2024-01-15"),
      ("2023-01-15", -1, "2022-12-15"), ("2023-01-31", 0, "2023-01-31"),
    ])
  func adding(date: String, months: Int, result: String) {
    #expect(day(date).addingMonths(months) == day(result))
  }

  @Test(
    "Weeks are completed on the seventh day",
    arguments: [(0, 0), (6, 0), (7, 1), (13, 1), (14, 2), (279, 39), (280, 40)])
  func weeks(days: Int32, completed: Int32) {
    #expect(AgeInDays(days).completedWeeks == CompletedWeeks(completed))
  }
}

@Suite("Moments")
struct InstantTests {
  @Test(
    "The civil day of a moment depends on the zone",
    arguments: [
      (0, 0, "1970-01-01"), (-1, 0, "1969-12-31"), (-1, 1, "1970-01-01"),
      (0, -1, "1969-12-31"), (86_399_999, 0, "1970-01-01"), (86_400_000, 0, "1970-01-02"),
      (-86_400_000, 0, "1969-12-31"), (-86_400_001, 0, "1969-12-30"),
      // 2024-02-29T16:59:59.999Z is still the 29th in WIB, and the 1st of March in WITA and WIT.
      (1_709_225_999_999, 7, "2024-02-29"), (1_709_226_000_000, 7, "2024-03-01"),
      (1_709_222_400_000, 8, "2024-03-01"), (1_709_222_399_999, 8, "2024-02-29"),
      (1_709_218_800_000, 9, "2024-03-01"), (1_709_226_000_000, -12, "2024-02-29"),
    ])
  func days(milliseconds: Int64, hours: Int, date: String) {
    #expect(
      Instant(milliseconds: milliseconds).day(hoursEastOfGreenwich: hours) == day(date))
  }

  @Test("A moment that no clock shows does not end the program")
  func absurd() async {
    await #expect(processExitsWith: .success) {
      _ = Instant(milliseconds: .max).day(hoursEastOfGreenwich: 7)
    }
    await #expect(processExitsWith: .success) {
      _ = Instant(milliseconds: .min).day(hoursEastOfGreenwich: -7)
    }
  }
}
