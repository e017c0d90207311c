import Health

extension PuskesmasLife {
  /// Holds every Posyandu's day of the month: who comes is weighed and measured.
  mutating func holdPosyanduDays(in window: MonthWindow) {
    children.removeAll { child in
      let resident = residents[child.resident]
      return window.first.completedMonths(since: resident.birth).count >= 60
        || resident.until.map { $0 < window.first } ?? false
    }
    for position in children.indices {
      let resident = residents[children[position].resident]
      let posyandu = places.posyandu[resident.posyandu]
      guard
        let day = CivilDate(
          year: window.month.year, month: window.month.ordinal, day: posyandu.dayOfMonth),
        day >= window.first, day <= window.last
      else { continue }
      let months = Int(day.completedMonths(since: resident.birth).count)
      children[position].track.live(through: window.month, ageMonths: months, &random)
      // The youngest come from their tenth day on, when they are registered.
      guard day >= resident.since, resident.until.map({ $0 > day }) ?? true, months < 60,
        (day - resident.birth).count >= 10
      else { continue }
      let leaning = children[position].leaning + posyandu.leaning
      let open = PosyanduDay(posyandu: posyandu, day: day)
      let attendance = PosyanduDay.attendance(
        ageMonths: months, in: window.month, leaning: leaning)
      if random.happens(attendance) {
        open.recordVisit(
          of: &children[position], born: resident.birth, as: resident.id, in: &scribe, &random)
      } else if random.happens(SyntheticRates.withdrawnEntries) {
        let other = random.whole(0...children.count - 1)
        guard other != position else { continue }
        open.recordVisit(
          of: &children[other], born: residents[children[other].resident].birth,
          wronglyAs: resident.id, in: &scribe, &random)
      }
    }
  }
}
