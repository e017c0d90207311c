import Health

extension PuskesmasCare {
  /// Lets pregnancies begin that end in a loss or a stillbirth, of women who are free for one.
  mutating func losePregnancies(in window: MonthWindow, with people: PuskesmasPeople) {
    let rate = SyntheticRates.lossesPerBirth + SyntheticRates.stillbirths
    for position in people.villagers.indices {
      let woman = people.villagers[position]
      guard woman.sex == .female, woman.isHere, woman.spouse >= 0 else { continue }
      let years = woman.years(on: window.first)
      guard (16...49).contains(years) else { continue }
      // The loss of a pregnancy becomes likelier with age.
      let byAge = years < 35 ? 0.9 : years < 40 ? 1.5 : 3
      let conceived = SyntheticRates.birthsOfMarried[years / 5 - 3] * window.years * rate
      guard random.happens(conceived * byAge) else { continue }
      let beginning = window.day(random.whole(0...window.days - 1))
      let isStillbirth = random.happens(SyntheticRates.stillbirths / rate)
      let outcome = isStillbirth ? .stillbirth : lossKind()
      let end = beginning + AgeInDays(Int32(daysUntilLoss(outcome)))
      guard isFree(Int32(position), from: beginning, until: end, in: people) else { continue }
      taken[Int32(position), default: []].append(beginning...end)
      begin(of: Int32(position), on: beginning, endingOn: end, outcome)
    }
  }

  private mutating func lossKind() -> PregnancyOutcome {
    [.miscarriage, .ectopic, .molar][random.position(in: SyntheticRates.lossKinds)]
  }

  /// Four of five miscarriages happen before the 14th week; stillbirths from the 28th on.
  private mutating func daysUntilLoss(_ outcome: PregnancyOutcome) -> Int {
    switch outcome {
    case .stillbirth: random.whole(28 * 7...41 * 7)
    case .ectopic: random.whole(42...70)
    case .molar: random.whole(63...120)
    case .miscarriage, .liveBirth:
      min(38 + Int(-26 * naturalLogarithm(1 - random.fraction())), 139)
    }
  }

  private func isFree(
    _ woman: Int32, from beginning: CivilDate, until end: CivilDate, in people: PuskesmasPeople
  ) -> Bool {
    if let last = births[woman]?.last, (beginning - last).count < 90 { return false }
    return (taken[woman] ?? []).allSatisfy {
      $0.lowerBound > end + AgeInDays(28) || $0.upperBound + AgeInDays(56) < beginning
    }
  }
}
