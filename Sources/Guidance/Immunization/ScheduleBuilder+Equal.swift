extension ScheduleBuilder {
  /// For each antigen the first one before it that has the very same rules: tetanus and
  /// diphtheria. Where both were given in the same doses, one answer serves for both.
  static func equalAntigens(in schedule: VaccineSchedule) -> [Int32] {
    var result: [Int32] = []
    for later in 0..<schedule.antigenCount {
      result.append(-1)
      guard !isSpecial(later, schedule) else { continue }
      let own = schedule.series.filter { Int($0.antigen.index) == later }
      for earlier in 0..<later where !isSpecial(earlier, schedule) {
        let other = schedule.series.filter { Int($0.antigen.index) == earlier }
        guard own.count == other.count, !own.isEmpty,
          zip(own, other).allSatisfy({ $0.hasSameRules(as: $1) })
        else { continue }
        result[later] = Int32(earlier)
        break
      }
    }
    return result
  }

  private static func isSpecial(_ antigen: Int, _ schedule: VaccineSchedule) -> Bool {
    schedule.immunity.contains { Int($0.antigen.index) == antigen }
      || schedule.contraindications.contains { Int($0.antigen.index) == antigen }
  }
}

extension VaccineSeries {
  /// Whether another antigen's series has the same rules throughout.
  fileprivate func hasSameRules(as other: VaccineSeries) -> Bool {
    kind == other.kind && sexes == other.sexes && selection == other.selection
      && indications == other.indications && doses.count == other.doses.count
      && zip(doses, other.doses).allSatisfy { $0.hasSameRules(as: $1) }
  }
}

extension SeriesDose {
  /// Whether every product of the antigen counts.
  var takesAnyProduct: Bool { preferable.isEmpty && allowable.isEmpty }
  /// The products that count at some age.
  var productCodes: [ProductCode] { (preferable + allowable).map { $0.product } }

  fileprivate func hasSameRules(as other: SeriesDose) -> Bool {
    ages == other.ages && intervals == other.intervals
      && allowableIntervals == other.allowableIntervals && preferable == other.preferable
      && allowable == other.allowable && inadvertent == other.inadvertent
      && skips == other.skips && isRecurring == other.isRecurring && season == other.season
      && schoolMonth == other.schoolMonth
  }
}
