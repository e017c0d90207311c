import Health

/// A delivery among the lives of a Puskesmas' people.
struct Delivery: Sendable {
  /// The mother's position among the villagers.
  let mother: Int32
  let day: CivilDate
  /// The children's positions: one after the other.
  let children: ClosedRange<Int32>
  /// Days of gestation.
  let gestation: Int32

  /// The day from which the weeks are counted.
  var beginning: CivilDate { CivilDate(dayNumber: day.dayNumber - gestation) }

  /// Months after the plan's end that are lived through once, to know who is pregnant at its end.
  static let monthsAhead = 10

  /// All deliveries of a Puskesmas until some months after the plan's end, known by living through
  /// them once without writing anything: the same seed leads to the same lives again.
  static func foreseen(_ map: DistrictMap, puskesmas number: Int) -> [Delivery] {
    var people = PuskesmasPeople(map, puskesmas: number)
    people.scribe.writesNothing = true
    people.openRegister { _ in }
    let end = map.plan.lastMonth.advanced(by: monthsAhead)
    var month = map.plan.firstDay.month
    while month <= end {
      _ = people.live(from: month.firstDay, to: month.lastDay)
      month = month.advanced(by: 1)
    }
    return people.deliveries
  }
}
