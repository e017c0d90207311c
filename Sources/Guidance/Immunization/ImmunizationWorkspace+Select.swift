import Health

extension ImmunizationWorkspace {
  /// Chooses the best series of an antigen (chapter 8), as bits from its first series on.
  func bestSeries(_ row: AntigenRow) -> UInt64 {
    let first = row.series.first
    var prioritized: UInt64 = 0
    var groupsDone: UInt32 = 0
    for series in row.series.range where states[series].isRelevant {
      let group = tables.series[series].selection.group
      guard groupsDone &>> UInt32(group) & 1 == 0 else { continue }
      groupsDone |= 1 &<< UInt32(group)
      var members: UInt64 = 0
      for other in row.series.range
      where states[other].isRelevant && tables.series[other].selection.group == group {
        members |= .bit(other - first)
      }
      if let chosen = prioritizedSeries(first, members) { prioritized |= .bit(chosen) }
    }
    return withoutRedundant(first, prioritized)
  }

  func selection(_ first: Int, _ place: Int) -> SeriesSelection {
    tables.series[first + place].selection
  }

  /// The members of a set that satisfy a condition.
  @inline(__always)
  func filter(_ members: UInt64, _ isIncluded: (Int) -> Bool) -> UInt64 {
    var rest = members
    var result: UInt64 = 0
    while rest != 0 {
      let place = rest.trailingZeroBitCount
      rest &= rest &- 1
      if isIncluded(place) { result |= .bit(place) }
    }
    return result
  }

  /// The one series of a group that stands for it (8.2 to 8.7).
  private func prioritizedSeries(_ first: Int, _ members: UInt64) -> Int? {
    let scorable = scorableSeries(first, members)
    let standard = filter(members) { selection(first, $0).isDefault }
    if scorable == 0 { return standard == 0 ? nil : standard.trailingZeroBitCount }
    if scorable.nonzeroBitCount == 1 { return scorable.trailingZeroBitCount }
    let complete = filter(scorable) { states[first + $0].status == .complete }
    if complete.nonzeroBitCount == 1 { return complete.trailingZeroBitCount }
    if complete != 0 { return bestOfComplete(first, complete) }
    let inProcess = filter(scorable) { states[first + $0].isInProcess }
    if inProcess.nonzeroBitCount == 1 { return inProcess.trailingZeroBitCount }
    if inProcess != 0 { return bestOfInProcess(first, inProcess) }
    if standard != 0 { return standard.trailingZeroBitCount }
    let unstarted = filter(scorable) { states[first + $0].satisfied == 0 }
    return bestOfUnstarted(first, unstarted) ?? winner(first, scorable) { _ in 0 }
  }

  /// Which series of a group are looked at (8.1).
  private func scorableSeries(_ first: Int, _ members: UInt64) -> UInt64 {
    var candidates = filter(members) { states[first + $0].status != .contraindicated }
    if candidates == 0 { candidates = members }
    var priority = UInt8.max
    var anyValid = false
    var anyDefault = false
    var rest = members
    while rest != 0 {
      let place = rest.trailingZeroBitCount
      rest &= rest &- 1
      if tables.series[first + place].kind == .risk {
        priority = min(priority, selection(first, place).priority)
      }
      anyValid = anyValid || states[first + place].satisfied > 0
      anyDefault = anyDefault || selection(first, place).isDefault
    }
    return filter(candidates) { place in
      let state = states[first + place]
      switch tables.series[first + place].kind {
      case .risk: return selection(first, place).priority <= priority
      case .evaluationOnly: return state.status == .complete
      case .standard:
        guard state.valid != 0 else { return !anyValid && !anyDefault }
        let age = tables.series[first + place].startsBefore
        guard age.isSet else { return true }
        return items[state.valid.trailingZeroBitCount].on.day < day(ofAge: age)
      }
    }
  }

  /// Leaves out what another group's series makes unnecessary (8.8).
  private func withoutRedundant(_ first: Int, _ prioritized: UInt64) -> UInt64 {
    filter(prioritized) { place in
      let state = states[first + place]
      if state.status == .complete { return true }
      let series = tables.series[first + place]
      let equivalents = filter(prioritized & ~.bit(place)) { other in
        let group = UInt32(selection(first, other).group)
        return series.selection.equivalentGroups &>> group & 1 == 1
      }
      if filter(equivalents, { states[first + $0].status == .complete }) != 0 { return false }
      switch series.kind {
      case .evaluationOnly: return false
      case .risk: return true
      case .standard:
        return filter(equivalents) { tables.series[first + $0].kind == .risk } == 0
      }
    }
  }
}
