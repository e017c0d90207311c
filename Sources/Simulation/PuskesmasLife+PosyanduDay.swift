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
      if random.happens(attendance(ageMonths: months, in: window.month, leaning: leaning)) {
        recordVisit(of: position, on: day)
      } else if random.happens(SyntheticRates.withdrawnEntries) {
        recordVisitOfSomebodyElse(position, on: day)
      }
    }
  }

  /// The probability that a child comes: more for infants, less for older children, more when
  /// vitamin A is given out.
  private func attendance(ageMonths: Int, in month: CivilMonth, leaning: Double) -> Double {
    let byAge =
      ageMonths < 12 ? 2.75 : ageMonths < 24 ? 2.3 : ageMonths < 36 ? 1.95 : 1.65
    let isVitaminMonth = month.ordinal == 2 || month.ordinal == 8
    let odds = exponential(byAge + (isVitaminMonth ? 0.45 : 0) + leaning)
    return odds / (1 + odds)
  }

  private mutating func reading(of position: Int, on day: CivilDate) -> MeasurementBody? {
    let isVitaminMonth = day.month.ordinal == 2 || day.month.ordinal == 8
    guard let size = children[position].track.size(on: day) else { return nil }
    let age = day - residents[children[position].resident].birth
    return Readings.measurement(
      of: size, ageDays: Int(age.count),
      takesLength: isVitaminMonth || random.happens(SyntheticRates.lengthTaken),
      ownsBook: children[position].ownsBook, &random)
  }

  private mutating func recordVisit(of position: Int, on day: CivilDate) {
    guard let body = reading(of: position, on: day) else { return }
    let resident = residents[children[position].resident]
    let posyandu = places.posyandu[resident.posyandu]
    let isLate = random.happens(SyntheticRates.lateEntries)
    let delay = isLate ? random.whole(10...45) : 0
    let moment = evening(after: day, days: delay)
    let error = random.fraction()
    let isMistyped = error < SyntheticRates.correctedEntries + SyntheticRates.unnoticedErrors
    let written = isMistyped ? Readings.mistyped(body, &random) : body
    let first = scribe.write(
      .measurement, about: resident.id, on: day, at: moment, place: posyandu.id,
      by: posyandu.kader, written.bytes, &random)
    guard error < SyntheticRates.correctedEntries, written != body else { return }
    let corrected = evening(after: day, days: delay + random.whole(2...14))
    scribe.write(
      .measurement, about: resident.id, on: day, at: corrected, place: posyandu.id,
      by: posyandu.bidan, replaces: first, body.bytes, &random)
  }

  /// A visit written down for a child who did not come, and withdrawn when that is noticed.
  private mutating func recordVisitOfSomebodyElse(_ position: Int, on day: CivilDate) {
    let other = random.whole(0...children.count - 1)
    guard other != position, let body = reading(of: other, on: day) else { return }
    let resident = residents[children[position].resident]
    let posyandu = places.posyandu[resident.posyandu]
    let first = scribe.write(
      .measurement, about: resident.id, on: day, at: evening(after: day, days: 0),
      place: posyandu.id, by: posyandu.kader, body.bytes, &random)
    let noticed = random.whole(1...10)
    scribe.write(
      .withdrawal, about: resident.id, on: day + AgeInDays(Int32(noticed)),
      at: evening(after: day, days: noticed), place: posyandu.id, by: posyandu.kader,
      replaces: first, [], &random)
  }
}
