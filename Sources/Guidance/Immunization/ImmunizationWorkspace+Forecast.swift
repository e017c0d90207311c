import Health

extension ImmunizationWorkspace {
  /// Looks for the next dose of a series and its days (chapter 7).
  ///
  /// - Parameter ending: immune or contraindicated, where the person is.
  func forecast(_ series: Int, _ state: inout SeriesState, ending: SeriesStatus?) {
    let doses = tables.series[series].doses
    let antigen = Int(tables.series[series].antigen)
    while true {
      while state.target < doses.count,
        isSkipped(
          doses.first &+ state.target, antigen, .forecast, on: today, valid: state.valid,
          before: itemCount)
      {
        skipTarget(of: series, &state)
      }
      guard state.target < doses.count else {
        let isComplete = state.satisfied > 0
        state.status = isComplete ? .complete : .notRecommended
        state.reason = isComplete ? .complete : .pastHistory
        if let ending, !isComplete { end(&state, ending) }
        return
      }
      if let ending { return end(&state, ending) }
      let place = doses.first &+ state.target
      if tables.doses[place].hasSeason, today > tables.doses[place].seasonLast {
        state.status = .notRecommended
        state.reason = .pastSeason
        return
      }
      let age = ageRule(tables.doses[place], on: today)
      var end = SeriesState.noDay
      if let age, age.maximum.isSet { end = day(ofAge: age.maximum) }
      if today >= end {
        state.status = .agedOut
        state.reason = .tooOld
        return
      }
      setDates(series, tables.doses[place], age, &state)
      if state.earliest >= end {
        state.status = .agedOut
        state.reason = .cannotFinishInTime
        return
      }
      state.status = .notComplete
      state.latest = end == SeriesState.noDay ? end : end - 1
      // The person may come back so late that the dose is no longer needed then.
      guard
        isSkipped(
          place, antigen, .forecast, on: state.earliest, valid: state.valid, before: itemCount)
      else { return }
      skipTarget(of: series, &state)
    }
  }

  private func end(_ state: inout SeriesState, _ ending: SeriesStatus) {
    state.status = ending
    state.reason = ending == .immune ? .immune : .contraindicated
  }

  /// The days of the next dose (7.5), and what decided them.
  private func setDates(
    _ series: Int, _ dose: DoseRow, _ age: AgeRow?, _ state: inout SeriesState
  ) {
    var earliest = Int32.min
    if let age, age.minimum.isSet { earliest = day(ofAge: age.minimum) }
    var reason = ForecastReason.age
    var byInterval = Int32.min
    var overdueByInterval = Int32.min
    let past = PastDoses(state)
    for index in dose.intervals.range where tables.intervals[index].inForce.holds(today) {
      let interval = tables.intervals[index]
      guard let start = start(of: interval, before: itemCount, series, past) else { continue }
      if interval.minimum.isSet {
        let day = tables.months.adding(interval.minimum, to: start)
        if day > earliest {
          earliest = day
          let isFromInvalid =
            interval.start == .previousDose && past.spacing != 0
            && state.notValid & .bit(past.spacing.last) != 0
          reason = isFromInvalid ? .intervalFromInvalidDose : .interval
        }
      }
      if interval.recommended.isSet {
        byInterval = max(byInterval, tables.months.adding(interval.recommended, to: start))
      }
      if interval.pastDue.isSet {
        overdueByInterval = max(
          overdueByInterval, tables.months.adding(interval.pastDue, to: start))
      }
    }
    let atSchool = dose.schoolMonth == 0 ? nil : schoolDays(dose)
    if let atSchool, atSchool.first > earliest {
      earliest = atSchool.first
      reason = .schoolMonth
    }
    if dose.mayConflict, blocking != 0, let end = conflictEnd(dose), end > earliest {
      earliest = end
      reason = .vaccineConflict
    }
    if dose.hasSeason, dose.seasonFirst > earliest {
      earliest = dose.seasonFirst
      reason = .season
    }
    let given = state.spacing | state.inadvertent
    if given != 0 { earliest = max(earliest, items[given.last].on.day) }
    if earliest == .min { earliest = birth.day }
    state.earliest = earliest
    var wanted = earliest
    let isWantedByAge = age?.recommended.isSet == true
    if let age, age.recommended.isSet {
      wanted = day(ofAge: age.recommended)
    } else if byInterval != .min {
      wanted = byInterval
    }
    state.recommended = max(earliest, wanted)
    if wanted >= earliest, isWantedByAge { reason = .age }
    if wanted >= earliest, !isWantedByAge, byInterval != .min { reason = .interval }
    state.reason = reason
    var last = SeriesState.noDay
    if let age, age.pastDue.isSet {
      last = day(ofAge: age.pastDue) - 1
    } else if overdueByInterval != .min {
      last = overdueByInterval - 1
    } else if let atSchool {
      last = atSchool.last
    }
    state.pastDue = last == SeriesState.noDay ? last : max(earliest, last)
  }

  /// The first and last day of the month in which the person's class is given the dose.
  private func schoolDays(_ dose: DoseRow) -> (first: Int32, last: Int32) {
    let month = tables.months.month(
      Int32(dose.schoolMonth), yearsAfter: birth,
      years: Int32(dose.schoolAge) + yearsBehindAtSchool)
    return (tables.months.firstDay(month), tables.months.firstDay(month + 1) - 1)
  }

  /// The day on which no vaccine given before stands in the way of at least one of the preferable
  /// products any more.
  private func conflictEnd(_ dose: DoseRow) -> Int32? {
    var best = SeriesState.noDay
    for index in dose.preferable.range {
      var latest = Int32.min
      for row in tables.products[Int(tables.choices[index].product)].conflicts.range {
        let conflict = tables.conflicts[row]
        var given = blocking
        while given != 0 {
          let place = given.trailingZeroBitCount
          given &= given &- 1
          guard conflict.earlier.contains(items[place].product) else { continue }
          latest = max(latest, tables.months.adding(conflict.ends, to: items[place].on))
        }
      }
      best = min(best, latest)
    }
    return best == .min ? nil : best
  }

  /// Whether the dose that a series needs next overrides the other antigens of its group.
  func hasPriority(_ series: Int) -> Bool {
    let intervals = tables.doses[tables.series[series].doses.first + states[series].target]
      .intervals
    return !intervals.isEmpty && intervals.range.allSatisfy { tables.intervals[$0].isPriority }
  }

  /// The day on which a series may be finished: the earliest day of the next dose and the longest
  /// least distance of those after it (SELECTB-12).
  func finish(_ series: Int) -> Int32 {
    let doses = tables.series[series].doses
    let state = states[series]
    guard state.earliest != SeriesState.noDay, state.target + 1 < doses.count,
      isRecordable(CivilDate(dayNumber: state.earliest))
    else { return state.earliest }
    let start = tables.months.split(state.earliest)
    var latest = state.earliest
    for place in (doses.first + state.target + 1)..<(doses.first + doses.count) {
      for index in tables.doses[place].intervals.range {
        if tables.intervals[index].minimum.isSet {
          latest = max(
            latest, tables.months.adding(tables.intervals[index].minimum, to: start))
        }
      }
    }
    return latest
  }
}
