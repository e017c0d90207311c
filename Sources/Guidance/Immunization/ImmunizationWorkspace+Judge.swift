import Health

extension ImmunizationWorkspace {
  /// Judges every dose of the antigen against the doses of a series, in their order (chapter 6).
  func judge(_ series: Int, _ state: inout SeriesState) {
    let tables = tables
    let items = items
    let rule = tables.series[series]
    let doses = rule.doses
    let antigen = Int(rule.antigen)
    var pending = antigens[antigen].doses
    while pending != 0 {
      let place = pending.trailingZeroBitCount
      pending &= pending &- 1
      if items[place].isSubstandard {
        state.note(DoseEvaluation(.substandard, .substandard), at: place)
        continue
      }
      let day = items[place].on.day
      while state.target < doses.count,
        isSkipped(
          doses.first &+ state.target, antigen, .evaluation, on: day, valid: state.valid,
          before: place)
      {
        skipTarget(of: series, &state)
      }
      guard state.target < doses.count else {
        state.note(DoseEvaluation(.extraneous, .seriesComplete), at: place)
        continue
      }
      let dose = doses.first &+ state.target
      let found = evaluate(place, dose, series, &state)
      state.note(found, at: place)
      guard found.status == .valid else { continue }
      if rule.notesDays { satisfiedOn[series * tables.longestSeries + state.target] = day }
      state.satisfied += 1
      if !tables.doses[dose].hasSeason || day >= tables.doses[dose].seasonFirst {
        state.numbered += 1
      }
      if !tables.doses[dose].isRecurring { state.target += 1 }
    }
  }

  /// Goes on to the next dose of the series without a dose given.
  @inline(__always)
  func skipTarget(of series: Int, _ state: inout SeriesState) {
    satisfiedOn[series * tables.longestSeries + state.target] = SeriesState.noDay
    state.target += 1
  }

  /// One dose against one target dose: age, distance, conflict, product (6.4 to 6.10).
  private func evaluate(
    _ place: Int, _ number: Int, _ series: Int, _ state: inout SeriesState
  ) -> DoseEvaluation {
    let tables = tables
    let dose = tables.doses[number]
    let item = items[place]
    let product = item.product
    if dose.inadvertent >= 0, tables.productSets[Int(dose.inadvertent)].contains(product) {
      state.inadvertent |= .bit(place)
      return DoseEvaluation(.notValid, .inadvertentVaccine)
    }
    var isWithinGrace = false
    let day = item.on.day
    if let age = ageRule(dose, on: day) {
      if age.absoluteMinimum.isSet, day < self.day(ofAge: age.absoluteMinimum) {
        return DoseEvaluation(.notValid, .tooYoung)
      }
      if age.maximum.isSet, day >= self.day(ofAge: age.maximum) {
        return DoseEvaluation(.extraneous, .tooOld)
      }
      if age.minimum.isSet, age.minimum != age.absoluteMinimum,
        day < self.day(ofAge: age.minimum)
      {
        isWithinGrace = true
      }
    }
    if !dose.intervals.isEmpty,
      !keepsIntervals(
        dose.intervals, place, series, PastDoses(state), &isWithinGrace)
    {
      guard !dose.allowableIntervals.isEmpty,
        keepsAllowable(dose.allowableIntervals, place, series, PastDoses(state))
      else { return DoseEvaluation(.notValid, .tooSoon) }
    }
    let conflicts = tables.products[Int(product)].conflicts
    if !conflicts.isEmpty,
      isInConflict(
        place, conflicts, notValid: state.notValid | state.extraneous | state.substandard)
    {
      return DoseEvaluation(.notValid, .vaccineConflict)
    }
    if !dose.takesAnyProduct, let reason = reasonAgainst(item, dose) {
      return DoseEvaluation(.notValid, reason)
    }
    return DoseEvaluation(.valid, isWithinGrace ? .withinGrace : .asRecommended)
  }

  @inline(__always)
  func ageRule(_ dose: DoseRow, on day: Int32) -> AgeRow? {
    for row in dose.ages.range where tables.ages[row].inForce.holds(day) {
      return tables.ages[row]
    }
    return nil
  }

  @inline(__always)
  private func keepsIntervals(
    _ rows: RowRange, _ place: Int, _ series: Int, _ past: PastDoses,
    _ isWithinGrace: inout Bool
  ) -> Bool {
    let day = items[place].on.day
    for index in rows.range where tables.intervals[index].inForce.holds(day) {
      let interval = tables.intervals[index]
      guard let start = start(of: interval, before: place, series, past) else { continue }
      if interval.absoluteMinimum.isSet,
        day < tables.months.adding(interval.absoluteMinimum, to: start)
      {
        return false
      }
      if interval.minimum.isSet, interval.minimum != interval.absoluteMinimum,
        day < tables.months.adding(interval.minimum, to: start)
      {
        isWithinGrace = true
      }
    }
    return true
  }

  @inline(never)
  private func keepsAllowable(
    _ rows: RowRange, _ place: Int, _ series: Int, _ past: PastDoses
  ) -> Bool {
    var ignored = false
    return keepsIntervals(rows, place, series, past, &ignored)
  }

  /// The day from which a distance counts; nothing where there is no such day.
  @inline(__always)
  func start(
    of interval: IntervalRow, before place: Int, _ series: Int, _ past: PastDoses
  ) -> SplitDay? {
    guard interval.start == .previousDose else {
      return startElsewhere(of: interval, before: place, series, past)
    }
    let earlier = past.spacing & given(before: place)
    return earlier == 0 ? nil : items[earlier.last].on
  }

  @inline(never)
  private func startElsewhere(
    of interval: IntervalRow, before place: Int, _ series: Int, _ past: PastDoses
  ) -> SplitDay? {
    switch interval.start {
    case .previousDose: return nil
    case .dose:
      guard Int(interval.number) < past.target else { return nil }
      let day = satisfiedOn[series * tables.longestSeries + Int(interval.number)]
      return day == SeriesState.noDay ? nil : tables.months.split(day)
    case .latest:
      var index = place - 1
      while index >= 0 {
        if interval.products.contains(items[index].product),
          past.inadvertent & .bit(index) == 0, !items[index].isSubstandard
        {
          return items[index].on
        }
        index -= 1
      }
      return nil
    case .observation:
      var latest: Int32?
      for observation in observations where observation.code == interval.number {
        guard let day = observation.day?.dayNumber else { continue }
        latest = max(latest ?? day, day)
      }
      return latest.map { tables.months.split($0) }
    }
  }

  private func isInConflict(_ place: Int, _ rows: RowRange, notValid: UInt64) -> Bool {
    let day = items[place].on.day
    var earlier = blocking & .before(place)
    while earlier != 0 {
      let other = earlier.trailingZeroBitCount
      earlier &= earlier &- 1
      let given = items[other]
      for index in rows.range where tables.conflicts[index].earlier.contains(given.product) {
        let conflict = tables.conflicts[index]
        let end = notValid & .bit(other) != 0 ? conflict.ends : conflict.endsAfterValid
        if day >= tables.months.adding(conflict.begins, to: given.on),
          day < tables.months.adding(end, to: given.on)
        {
          return true
        }
      }
    }
    return false
  }

  /// Why a product does not count for a dose; nothing where it does (6.8 and 6.9).
  private func reasonAgainst(_ item: DoseItem, _ dose: DoseRow) -> DoseReason? {
    var isKnown = false
    for row in dose.preferable.range where tables.choices[row].product == item.product {
      isKnown = true
      if isAllowed(item, tables.choices[row]) { return nil }
    }
    for row in dose.allowable.range where tables.choices[row].product == item.product {
      isKnown = true
      if isAllowed(item, tables.choices[row]) { return nil }
    }
    return isKnown ? .wrongAgeForVaccine : .wrongVaccine
  }

  private func isAllowed(_ item: DoseItem, _ choice: ChoiceRow) -> Bool {
    (choice.brand == 0 || choice.brand == item.brand)
      && isOfAge(item.on.day, from: choice.from, until: choice.until)
  }
}
