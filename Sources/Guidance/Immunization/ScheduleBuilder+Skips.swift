import Health

extension ScheduleBuilder {
  /// Lays out the rules that make a dose unnecessary.
  mutating func add(_ items: [ConditionalSkip]) -> RowRange {
    var rows: [SkipRow] = []
    for item in items {
      var setRows: [SkipSetRow] = []
      for set in item.sets {
        let first = conditions.count
        for condition in set.conditions { conditions.append(row(of: condition)) }
        setRows.append(
          SkipSetRow(
            needsAll: set.needsAll, inForce: set.inForce,
            conditions: RowRange(first..<conditions.count)))
      }
      rows.append(
        SkipRow(
          context: item.context.rawValue, needsAllSets: item.needsAllSets,
          sets: RowRange(skipSets.count..<(skipSets.count + setRows.count))))
      skipSets += setRows
    }
    skips += rows
    return RowRange((skips.count - rows.count)..<skips.count)
  }

  private func row(of condition: SkipCondition) -> SkipConditionRow {
    switch condition {
    case .age(let from, let until):
      return SkipConditionRow(
        kind: .age, from: PackedPeriod(from), until: PackedPeriod(until))
    case .completedSeries(let groups):
      return SkipConditionRow(kind: .completedSeries, groups: groups)
    case .interval(let period):
      return SkipConditionRow(kind: .interval, interval: PackedPeriod(period))
    case .count(let count):
      var row = SkipConditionRow(
        kind: .count, from: PackedPeriod(count.from), until: PackedPeriod(count.until))
      row.anyProduct = count.products.isEmpty
      row.products = productSet(count.products)
      row.onlyValid = count.onlyValid
      row.firstDay = count.firstDay?.dayNumber ?? .min
      row.endDay = count.endDay?.dayNumber ?? .max
      row.comparison = count.comparison
      row.number = Int32(count.number)
      return row
    }
  }
}
