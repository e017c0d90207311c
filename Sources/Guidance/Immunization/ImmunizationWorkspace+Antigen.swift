import Health

extension ImmunizationWorkspace {
  /// Judges and forecasts one antigen by all its series, and chooses the best of them.
  func assess(antigen: Int) {
    let earlier = Int(tables.antigens[antigen].sameAs)
    if earlier >= 0, antigens[earlier].doses == antigens[antigen].doses {
      antigens[antigen] = antigens[earlier]
    } else {
      assessAll(antigen)
    }
  }

  @inline(never)
  private func assessAll(_ antigen: Int) {
    let tables = tables
    let states = states
    let row = tables.antigens[antigen]
    let ending =
      row.immunity.isEmpty && row.contraindications.isEmpty ? nil : reasonToEnd(row)
    var relevant = 0
    var only = 0
    var isAnyLast = false
    var dependsOnSex = false
    for series in row.series.range {
      states[series] = SeriesState()
      if isOutOfTheQuestion(series, antigen) { continue }
      if tables.series[series].isForEverybody || isRelevant(series) {
        if tables.series[series].isJudgedLast {
          isAnyLast = true
          states[series].isRelevant = true
        } else if assess(series, &states[series], ending) {
          (relevant, only) = (relevant + 1, series)
        }
      } else if sex == .notKnown, !tables.series[series].sexes.contains(.notKnown) {
        dependsOnSex = true
      }
    }
    if isAnyLast {
      for series in row.series.range
      where states[series].isRelevant && tables.series[series].isJudgedLast {
        states[series].isRelevant = false
        if assess(series, &states[series], ending) { (relevant, only) = (relevant + 1, series) }
      }
    }
    antigens[antigen].standsFor = antigen
    antigens[antigen].whyNone = dependsOnSex ? .unknown : .notApplicable
    antigens[antigen].best =
      switch relevant {
      case 0: 0
      case 1 where tables.series[only].selection.isDefault && isStandard(only):
        .bit(only - row.series.first)
      default: bestSeries(row)
      }
  }

  /// Whether nothing that was given can make a series the best one.
  private func isOutOfTheQuestion(_ series: Int, _ antigen: Int) -> Bool {
    let rule = tables.series[series]
    if rule.startsFrom.isSet {
      let first = antigens[antigen].doses.trailingZeroBitCount
      return first == 64 || items[first].on.day < day(ofAge: rule.startsFrom)
    }
    guard rule.needsOwnProduct else { return false }
    var doses = antigens[antigen].doses
    while doses != 0 {
      if rule.ownProducts.contains(items[doses.trailingZeroBitCount].product) { return false }
      doses &= doses &- 1
    }
    return true
  }

  private func isStandard(_ series: Int) -> Bool { tables.series[series].kind == .standard }

  /// Judges and forecasts one series, unless the person is too young to start it.
  ///
  /// - Returns: whether the series is for the person.
  private func assess(
    _ series: Int, _ state: inout SeriesState, _ ending: SeriesStatus?
  ) -> Bool {
    if antigens[Int(tables.series[series].antigen)].doses != 0 { judge(series, &state) }
    if tables.series[series].minimumAge.isSet, state.satisfied == 0,
      today < day(ofAge: tables.series[series].minimumAge)
    {
      return false
    }
    state.isRelevant = true
    forecast(series, &state, ending: ending)
    return true
  }

  private func isRelevant(_ place: Int) -> Bool {
    let series = tables.series[place]
    guard !series.sexes.isDisjoint(with: sex) else { return false }
    guard series.kind == .risk else { return true }
    return series.indications.range.contains { place in
      let indication = tables.indications[place]
      return observes(indication.observation)
        && isOfAge(
          today, from: PackedPeriod(indication.from), until: PackedPeriod(indication.until))
    }
  }

  /// Whether the person is immune, or must not be given the antigen.
  private func reasonToEnd(_ row: AntigenRow) -> SeriesStatus? {
    for place in row.immunity.range {
      let rule = tables.immunity[place]
      if let code = rule.observation, observes(code) { return .immune }
      if let day = rule.bornBefore, birth.day < day.dayNumber,
        !rule.exceptions.contains(where: { observes($0) })
      {
        return .immune
      }
    }
    for place in row.contraindications.range {
      let rule = tables.contraindications[place]
      if observes(rule.observation),
        isOfAge(today, from: PackedPeriod(rule.from), until: PackedPeriod(rule.until))
      {
        return .contraindicated
      }
    }
    return nil
  }
}
