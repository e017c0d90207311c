import Health

extension ImmunizationWorkspace {
  /// The next dose of a group of antigens (chapter 9).
  func forecast(ofGroup place: Int) -> VaccineForecast {
    let row = tables.groups[place]
    let only = row.antigens.trailingZeroBitCount
    if row.antigens.nonzeroBitCount == 1, antigens[only].best.nonzeroBitCount == 1 {
      return forecast(ofSeries: antigens[only].best.trailingZeroBitCount, of: only)
    }
    return forecast(ofSeveral: row, place)
  }

  /// The next dose of a group of several antigens or several best series, or of none.
  @inline(never)
  private func forecast(ofSeveral row: GroupRow, _ place: Int) -> VaccineForecast {
    var group = GroupForecast(isGivenWhole: row.isGivenWhole)
    var members = row.antigens
    var isUnknown = false
    while members != 0 {
      let antigen = members.trailingZeroBitCount
      members &= members &- 1
      let state = antigens[antigen]
      if state.best == 0 {
        isUnknown = isUnknown || state.whyNone == .unknown
        continue
      }
      // What stands for several antigens is looked at once.
      guard state.standsFor == antigen || row.antigens & .bit(state.standsFor) == 0 else {
        continue
      }
      let first = tables.antigens[antigen].series.first
      let found = tables.antigens[state.standsFor].series.first
      var chosen = state.best
      while chosen != 0 {
        let offset = chosen.trailingZeroBitCount
        chosen &= chosen &- 1
        add(found + offset, place: tables.seriesPlaces[first + offset], to: &group)
      }
    }
    if group.count == 0 {
      return isUnknown
        ? VaccineForecast(.unknown, .missing, missing: .sex)
        : VaccineForecast(.notApplicable, .notApplicable)
    }
    let isSingle = row.antigens.nonzeroBitCount == 1
    return group.forecast(
      isSingle: isSingle, lastGiven: group.hasPriority ? lastGiven(ofGroup: place) : .min)
  }

  /// The forecast of the one series of the one antigen of a group.
  private func forecast(ofSeries offset: Int, of antigen: Int) -> VaccineForecast {
    let state = states[firstSeries(of: antigen) + offset]
    var forecast = VaccineForecast(state.status, state.reason)
    forecast.series = tables.seriesPlaces[tables.antigens[antigen].series.first + offset]
    guard state.status == .notComplete else { return forecast }
    forecast.doseNumber = UInt8(truncatingIfNeeded: state.numbered + 1)
    forecast.dose = UInt8(truncatingIfNeeded: state.target)
    forecast.earliest = CivilDate(dayNumber: state.earliest)
    forecast.recommended = CivilDate(dayNumber: state.recommended)
    if state.pastDue != SeriesState.noDay {
      forecast.pastDue = CivilDate(dayNumber: state.pastDue)
    }
    if state.latest != SeriesState.noDay { forecast.latest = CivilDate(dayNumber: state.latest) }
    return forecast
  }

  private func add(_ series: Int, place: UInt16, to group: inout GroupForecast) {
    group.add(states[series], place)
    if states[series].status == .notComplete, hasPriority(series) { group.hasPriority = true }
  }

  /// The day of the latest dose of any product of the group.
  private func lastGiven(ofGroup group: Int) -> Int32 {
    var place = itemCount - 1
    while place >= 0 {
      let product = items[place].product
      if product != ScheduleTables.unknownProduct,
        tables.products[Int(product)].groups & .bit(group) != 0
      {
        return items[place].on.day
      }
      place -= 1
    }
    return .min
  }
}

/// The forecasts of a group's antigens, put together one by one.
private struct GroupForecast {
  let isGivenWhole: Bool
  var count = 0
  var hasPriority = false
  private var statuses: UInt16 = 0
  private var soonest = SeriesState.noDay
  private var last = Int32.min
  private var recommended = SeriesState.noDay
  private var pastDue = SeriesState.noDay
  private var latest = SeriesState.noDay
  private var number = Int32(0)
  private var series: UInt16 = 0
  private var dose = 0
  private var reason = ForecastReason.complete

  init(isGivenWhole: Bool) { self.isGivenWhole = isGivenWhole }

  mutating func add(_ state: SeriesState, _ place: UInt16) {
    count += 1
    statuses |= 1 &<< UInt16(state.status.rawValue)
    guard state.status == .notComplete else {
      if soonest == SeriesState.noDay { (reason, series) = (state.reason, place) }
      return
    }
    if state.recommended < recommended || recommended == SeriesState.noDay {
      (reason, series, dose) = (state.reason, place, state.target)
    }
    soonest = min(soonest, state.earliest)
    last = max(last, state.earliest)
    recommended = min(recommended, state.recommended)
    pastDue = min(pastDue, state.pastDue)
    latest = min(latest, state.latest)
    let next = state.numbered + 1
    number = number == 0 ? next : isGivenWhole ? min(number, next) : max(number, next)
  }

  private func has(_ status: SeriesStatus) -> Bool {
    statuses &>> UInt16(status.rawValue) & 1 == 1
  }

  private func status(isSingle: Bool) -> SeriesStatus {
    // One antigen with several best series: what is still to be done counts, then what is done.
    if isSingle, has(.notComplete) { return .notComplete }
    if isSingle, has(.complete) { return .complete }
    if has(.contraindicated) { return .contraindicated }
    if has(.agedOut) { return .agedOut }
    if has(.notRecommended) { return .notRecommended }
    if has(.notComplete) { return .notComplete }
    return has(.complete) ? .complete : .immune
  }

  func forecast(isSingle: Bool, lastGiven: Int32) -> VaccineForecast {
    let status = status(isSingle: isSingle)
    var forecast = VaccineForecast(status, reason)
    forecast.series = series
    guard status == .notComplete else { return forecast }
    let earliest = isSingle ? soonest : hasPriority ? max(soonest, lastGiven) : last
    forecast.doseNumber = UInt8(truncatingIfNeeded: number)
    forecast.dose = UInt8(truncatingIfNeeded: dose)
    forecast.earliest = CivilDate(dayNumber: earliest)
    forecast.recommended = CivilDate(dayNumber: max(recommended, earliest))
    if pastDue != SeriesState.noDay {
      forecast.pastDue = CivilDate(dayNumber: max(pastDue, earliest))
    }
    if latest != SeriesState.noDay { forecast.latest = CivilDate(dayNumber: latest) }
    return forecast
  }
}

extension ImmunizationWorkspace {
  /// What a dose is worth for a group of antigens; nothing where it holds none of them, where no
  /// series of the schedule is for this person, or where the date of birth is missing.
  ///
  /// Where the antigens differ, one that does not count decides, then one that counts.
  ///
  /// - Parameters:
  ///   - dose: its place among the doses as they were handed over.
  ///   - group: the group's place in the schedule.
  func evaluation(ofDose dose: Int, inGroup group: Int) -> DoseEvaluation? {
    var result: DoseEvaluation?
    var members = tables.groups[group].antigens
    while members != 0 {
      let antigen = members.trailingZeroBitCount
      members &= members &- 1
      guard let found = evaluation(ofDose: dose, for: Antigen(UInt8(antigen))) else { continue }
      guard let known = result else {
        result = found
        continue
      }
      if rank(found) < rank(known) { result = found }
    }
    return result
  }

  private func rank(_ evaluation: DoseEvaluation) -> Int {
    switch evaluation.status {
    case .substandard: 0
    case .notValid: 1
    case .valid: 2
    case .extraneous: 3
    }
  }

  /// What a dose is worth for one antigen, by the antigen's best series.
  func evaluation(ofDose dose: Int, for antigen: Antigen) -> DoseEvaluation? {
    guard let place = place(ofDose: dose) else { return nil }
    let first = firstSeries(of: Int(antigen.index))
    var chosen = antigens[Int(antigen.index)].best
    var result: DoseEvaluation?
    while chosen != 0 {
      let found = states[first + chosen.trailingZeroBitCount].evaluation(at: place)
      chosen &= chosen &- 1
      if found?.status == .valid { return found }
      result = result ?? found
    }
    return result
  }

  /// The day of the dose that counts as this number (from 1 on) of an antigen, by its best series.
  func day(ofValidDose number: Int, of antigen: Antigen) -> CivilDate? {
    guard hasBirth else { return nil }
    var doses = bestState(of: antigen)?.valid ?? 0
    for _ in 1..<max(number, 1) { doses &= doses &- 1 }
    return doses == 0 ? nil : CivilDate(dayNumber: items[doses.trailingZeroBitCount].on.day)
  }

  /// How many doses the best series of an antigen has; 0 where none is for this person.
  func doseCount(of antigen: Antigen) -> Int {
    guard hasBirth, antigens[Int(antigen.index)].best != 0 else { return 0 }
    let first = firstSeries(of: Int(antigen.index))
    return Int(
      tables.series[first + antigens[Int(antigen.index)].best.trailingZeroBitCount].doses.count)
  }

  /// The best series in which the most doses count.
  private func bestState(of antigen: Antigen) -> SeriesState? {
    let first = firstSeries(of: Int(antigen.index))
    var chosen = antigens[Int(antigen.index)].best
    var result: SeriesState?
    while chosen != 0 {
      let state = states[first + chosen.trailingZeroBitCount]
      chosen &= chosen &- 1
      if state.valid.nonzeroBitCount >= (result?.valid.nonzeroBitCount ?? 0) { result = state }
    }
    return result
  }

  /// How many doses of an antigen count, by its best series.
  func validDoses(of antigen: Antigen) -> Int {
    guard hasBirth else { return 0 }
    return bestState(of: antigen)?.valid.nonzeroBitCount ?? 0
  }
}
