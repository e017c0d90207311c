import Health

/// A Posyandu's day of the month, and what its kader write down then.
struct PosyanduDay: Sendable {
  let posyandu: SyntheticPosyandu
  let day: CivilDate

  /// The probability that a child comes: more for infants, less for older children, more when
  /// vitamin A is given out.
  static func attendance(ageMonths: Int, in month: CivilMonth, leaning: Double) -> Double {
    let byAge =
      ageMonths < 12 ? 2.75 : ageMonths < 24 ? 2.3 : ageMonths < 36 ? 1.95 : 1.65
    let isVitaminMonth = month.ordinal == 2 || month.ordinal == 8
    let odds = exponential(byAge + (isVitaminMonth ? 0.45 : 0) + leaning)
    return odds / (1 + odds)
  }

  private func reading(
    of child: inout Child, born birth: CivilDate, _ random: inout SeededRandom
  ) -> MeasurementBody? {
    let isVitaminMonth = day.month.ordinal == 2 || day.month.ordinal == 8
    guard let size = child.track.size(on: day) else { return nil }
    return Readings.measurement(
      of: size, ageDays: Int((day - birth).count),
      takesLength: isVitaminMonth || random.happens(SyntheticRates.lengthTaken),
      ownsBook: child.ownsBook, &random)
  }

  /// Weighs and measures a child, and writes it down, now and then late or with a slip.
  func recordVisit(
    of child: inout Child, born birth: CivilDate, as person: Identifier, in scribe: inout Scribe,
    _ random: inout SeededRandom
  ) {
    guard let body = reading(of: &child, born: birth, &random) else { return }
    let isLate = random.happens(SyntheticRates.lateEntries)
    let delay = isLate ? random.whole(10...45) : 0
    let moment = Scribe.evening(after: day, days: delay, &random)
    let error = random.fraction()
    let isMistyped = error < SyntheticRates.correctedEntries + SyntheticRates.unnoticedErrors
    let written = isMistyped ? Readings.mistyped(body, &random) : body
    let first = scribe.write(
      .measurement, about: person, on: day, at: moment, place: posyandu.id,
      by: posyandu.kader, written.bytes, &random)
    guard error < SyntheticRates.correctedEntries, written != body else { return }
    let corrected = Scribe.evening(after: day, days: delay + random.whole(2...14), &random)
    scribe.write(
      .measurement, about: person, on: day, at: corrected, place: posyandu.id,
      by: posyandu.bidan, replaces: first, body.bytes, &random)
  }

  /// Writes the visit of `other` down for a child who did not come, and withdraws it when that is
  /// noticed.
  func recordVisit(
    of other: inout Child, born birth: CivilDate, wronglyAs person: Identifier,
    in scribe: inout Scribe, _ random: inout SeededRandom
  ) {
    guard let body = reading(of: &other, born: birth, &random) else { return }
    let first = scribe.write(
      .measurement, about: person, on: day, at: Scribe.evening(after: day, days: 0, &random),
      place: posyandu.id, by: posyandu.kader, body.bytes, &random)
    let noticed = random.whole(1...10)
    scribe.write(
      .withdrawal, about: person, on: day + AgeInDays(Int32(noticed)),
      at: Scribe.evening(after: day, days: noticed, &random), place: posyandu.id,
      by: posyandu.kader, replaces: first, [], &random)
  }
}
