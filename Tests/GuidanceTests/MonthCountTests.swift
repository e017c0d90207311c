import Health
import Testing

/// A day taken apart once adds months as the calendar does.
@Suite("Adding months")
struct MonthCountTests {
  @Test("Every day of leap and common years, forward and back")
  func same() {
    for number in stride(from: Int32(-800), through: 1_500, by: 1) {
      let day = CivilDate(dayNumber: number)
      let count = MonthCount(day)
      for months in [-1_300, -25, -13, -12, -1, 0, 1, 2, 11, 12, 13, 24, 60, 1_300] as [Int32] {
        let month = day.month.advanced(by: Int(months))
        let expected = min(month.firstDay + .days(Int32(day.components.day - 1)), month.lastDay)
        #expect(count.adding(months) == expected)
      }
    }
  }

  @Test("A month is completed exactly on the day that lies so many months later")
  func completed() {
    for number in stride(from: Int32(19_000), through: 19_800, by: 7) {
      let birth = CivilDate(dayNumber: number)
      for months in Int32(0)...72 {
        let day = MonthCount(birth).adding(months)
        #expect(day.completedMonths(since: birth).count == months)
        let before = CivilDate(dayNumber: day.dayNumber - 1)
        #expect(before.completedMonths(since: birth).count < months)
      }
    }
  }
}
