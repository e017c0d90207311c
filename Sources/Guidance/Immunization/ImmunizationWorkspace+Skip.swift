import Health

extension ImmunizationWorkspace {
  /// Whether a dose of a series is not needed (6.2, 7.1 and 7.6).
  ///
  /// - Parameters:
  ///   - day: the day on which the dose is judged, or to which the forecast looks.
  ///   - place: only doses before this place were given by then.
  @inline(__always)
  func isSkipped(
    _ dose: Int, _ antigen: Int, _ context: ConditionalSkip.Context, on day: Int32,
    valid: UInt64, before place: Int
  ) -> Bool {
    let skips = tables.doses[dose].skips
    return !skips.isEmpty && isMet(anyOf: skips, antigen, context, day, valid, place)
  }

  private func isMet(
    anyOf skips: RowRange, _ antigen: Int, _ context: ConditionalSkip.Context, _ day: Int32,
    _ valid: UInt64, _ place: Int
  ) -> Bool {
    for index in skips.range {
      let skip = tables.skips[index]
      guard skip.context & context.rawValue != 0 else { continue }
      var met = 0
      for set in skip.sets.range where isMet(tables.skipSets[set], antigen, day, valid, place) {
        met += 1
      }
      if skip.needsAllSets ? met == skip.sets.count : met > 0 { return true }
    }
    return false
  }

  private func isMet(
    _ set: SkipSetRow, _ antigen: Int, _ day: Int32, _ valid: UInt64, _ place: Int
  ) -> Bool {
    guard set.inForce.holds(day) else { return false }
    var met = 0
    for index in set.conditions.range
    where isMet(tables.conditions[index], antigen, day, valid, place) {
      met += 1
    }
    return set.needsAll ? met == set.conditions.count : met > 0
  }

  private func isMet(
    _ condition: SkipConditionRow, _ antigen: Int, _ day: Int32, _ valid: UInt64,
    _ place: Int
  ) -> Bool {
    switch condition.kind {
    case .age:
      return isOfAge(day, from: condition.from, until: condition.until)
    case .interval:
      let earlier = antigens[antigen].doses & given(before: place)
      guard earlier != 0 else { return false }
      return day >= tables.months.adding(condition.interval, to: items[earlier.last].on)
    case .completedSeries:
      return tables.antigens[antigen].series.range.contains { other in
        states[other].isRelevant && states[other].status == .complete
          && condition.groups &>> UInt32(tables.series[other].selection.group) & 1 == 1
          && tables.series[other].isJudgedLast == false
      }
    case .count:
      let count = count(condition, antigen, valid, place)
      return switch condition.comparison {
      case .moreThan: count > condition.number
      case .equalTo: count == condition.number
      case .fewerThan: count < condition.number
      }
    }
  }

  /// The doses given before a place, as bits; of all where the place is the end.
  @inline(__always)
  func given(before place: Int) -> UInt64 {
    place >= 64 ? .max : .before(place)
  }

  /// How many doses a condition counts (CONDSKIP-1).
  private func count(
    _ condition: SkipConditionRow, _ antigen: Int, _ valid: UInt64, _ place: Int
  ) -> Int32 {
    var doses: UInt64
    if condition.onlyValid {
      doses = valid
    } else if condition.anyProduct {
      doses = antigens[antigen].doses
    } else {
      doses = given(before: itemCount)
    }
    doses &= given(before: place)
    if condition.anyProduct, !condition.from.isSet, !condition.until.isSet,
      condition.firstDay == .min, condition.endDay == .max
    {
      return Int32(doses.nonzeroBitCount)
    }
    var count: Int32 = 0
    while doses != 0 {
      let item = items[doses.trailingZeroBitCount]
      doses &= doses &- 1
      guard condition.anyProduct || condition.products.contains(item.product),
        item.on.day >= condition.firstDay, item.on.day < condition.endDay,
        isOfAge(item.on.day, from: condition.from, until: condition.until)
      else { continue }
      count += 1
    }
    return count
  }
}
