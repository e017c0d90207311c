import Health

/// How a z-score came about: what a midwife or an auditor can work out again by hand.
public struct GrowthExplanation: Hashable, Sendable {
  /// How the z-score was taken from L, M and S.
  public enum Formula: UInt8, Hashable, Sendable {
    /// `((y/M)^L − 1) / (L·S)`.
    case boxCox = 0
    /// Above +3 SD: the distance from the second to the third SD is carried on.
    case aboveThird = 1
    /// Below −3 SD: the distance from the second to the third SD is carried on.
    case belowThird = 2
  }

  /// The index.
  public let index: GrowthIndex
  /// What was compared: kilograms, centimetres, kg/m² or millimetres.
  public let value: Double
  /// Where the table was entered: days of age, or centimetres for weight-for-length and -height.
  public let position: Double
  /// The row's L, M and S, interpolated for weight-for-length and -height.
  public let l: Double
  /// The median.
  public let m: Double
  /// The coefficient of variation.
  public let s: Double
  /// The formula.
  public let formula: Formula
  /// The result.
  public let score: IndexScore
}

extension ChildGrowthStandards {
  /// How an index of a measurement came about; nothing where the standards give no z-score.
  public func explain(
    _ index: GrowthIndex, of measurement: GrowthMeasurement
  ) -> GrowthExplanation? {
    let assessment = assess(measurement)
    let length = assessment.length
    guard let score = assessment[index], let sex = measurement.sex,
      let value = value(of: index, in: measurement, assessment)
    else { return nil }
    let day = measurement.ageDays.flatMap { ChildGrowthStandards.tableDay($0) }
    guard let row = row(for: index, sex: sex, day: day, length: length) else { return nil }
    let isRestricted =
      index != .lengthHeightForAge && index != .headCircumferenceForAge
    let plain = row.zScore(value)
    return GrowthExplanation(
      index: index, value: value,
      position: index == .weightForLengthHeight
        ? length?.centimetres ?? 0 : Double(day ?? 0),
      l: row.l, m: row.m, s: row.s,
      formula: !isRestricted || (-3...3).contains(plain)
        ? .boxCox : (plain > 3 ? .aboveThird : .belowThird),
      score: score)
  }

  private func value(
    of index: GrowthIndex, in measurement: GrowthMeasurement, _ assessment: GrowthAssessment
  ) -> Double? {
    switch index {
    case .lengthHeightForAge: assessment.length?.centimetres
    case .weightForAge, .weightForLengthHeight: measurement.weight
    case .bodyMassIndexForAge: assessment.bodyMassIndex
    case .headCircumferenceForAge: measurement.headCircumference
    case .armCircumferenceForAge: measurement.armCircumference
    case .tricepsSkinfoldForAge: measurement.tricepsSkinfold
    case .subscapularSkinfoldForAge: measurement.subscapularSkinfold
    }
  }
}
