import Health

/// Points for the series of a group, so that the best is found (8.4 to 8.7).
extension ImmunizationWorkspace {
  /// The highest score; of equals the best preference.
  func winner(_ first: Int, _ members: UInt64, _ score: (Int) -> Int) -> Int? {
    var best: Int?
    var bestScore = Int.min
    var rest = members
    while rest != 0 {
      let place = rest.trailingZeroBitCount
      rest &= rest &- 1
      let points = score(place)
      if let known = best,
        points < bestScore
          || (points == bestScore
            && selection(first, place).preference >= selection(first, known).preference)
      {
        continue
      }
      best = place
      bestScore = points
    }
    return best
  }

  /// Points for those that have the most of something: so many for the only one, none for one of
  /// several, as many less for the others.
  private func points(_ leaders: UInt64, _ place: Int, worth: Int) -> Int {
    guard leaders & .bit(place) != 0 else { return -worth }
    return leaders.nonzeroBitCount == 1 ? worth : 0
  }

  private func leaders(_ members: UInt64, _ value: (Int) -> Int32) -> UInt64 {
    var best = Int32.max
    var result: UInt64 = 0
    var rest = members
    while rest != 0 {
      let place = rest.trailingZeroBitCount
      rest &= rest &- 1
      let found = value(place)
      if found < best { (best, result) = (found, 0) }
      if found == best { result |= .bit(place) }
    }
    return result
  }

  /// The best of several complete series (8.4).
  func bestOfComplete(_ first: Int, _ members: UInt64) -> Int? {
    let most = leaders(members) { -states[first + $0].satisfied }
    guard tables.completeSeries == .earliestComplete else {
      return winner(first, members) { points(most, $0, worth: 1) }
    }
    let soonest = leaders(members) { items[states[first + $0].valid.last].on.day }
    let isAlone = soonest.nonzeroBitCount == 1
    return winner(first, members) { place in
      let isSoonest = soonest & .bit(place) != 0
      return points(most, place, worth: 1) + (isWholeProduct(first, place) ? 1 : -1)
        + (isSoonest ? (isAlone ? 2 : 1) : -1)
    }
  }

  /// The best of several series under way (8.5).
  func bestOfInProcess(_ first: Int, _ members: UInt64) -> Int? {
    let most = leaders(members) { -states[first + $0].satisfied }
    let closest = leaders(members) {
      Int32(tables.series[first + $0].doses.count - states[first + $0].target)
    }
    let completable = filter(members) { isCompletable(first + $0) }
    let soonest = leaders(completable) { finish(first + $0) }
    return winner(first, members) { place in
      (isWholeProduct(first, place) ? 2 : -2)
        + (completable & .bit(place) != 0 ? 3 : -3)
        + points(most, place, worth: 2) + points(closest, place, worth: 2)
        + points(soonest, place, worth: 1)
    }
  }

  /// The best of several series that nobody started (8.6).
  func bestOfUnstarted(_ first: Int, _ members: UInt64) -> Int? {
    let soonest = leaders(members) { states[first + $0].earliest }
    return winner(first, members) { place in
      points(soonest, place, worth: 1) + (isCompletable(first + place) ? 1 : -1)
        + (selection(first, place).isProductPath ? -1 : 1)
    }
  }

  /// Whether a series of one product has only doses that count.
  private func isWholeProduct(_ first: Int, _ place: Int) -> Bool {
    let state = states[first + place]
    return selection(first, place).isProductPath && state.notValid | state.extraneous == 0
  }

  /// Whether the series may be finished before its last dose's greatest age (SELECTB-3).
  private func isCompletable(_ series: Int) -> Bool {
    let row = tables.series[series]
    let last = tables.doses[row.doses.first + row.doses.count - 1]
    guard let maximum = ageRule(last, on: today)?.maximum, maximum.isSet else { return true }
    return finish(series) < day(ofAge: maximum)
  }
}
