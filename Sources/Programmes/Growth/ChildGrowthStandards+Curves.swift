import Health

extension ChildGrowthStandards {
  /// The measurement that lies at a z-score on a day of age: a point of a growth chart's curve.
  ///
  /// - Returns: kilograms, centimetres, kg/m² or millimetres; nothing where the table has no such
  ///   day, and for weight-for-length and -height, which have no day.
  public func measurement(
    _ index: GrowthIndex, sex: Sex, day: Int, zScore: Double
  ) -> Double? {
    guard index != .weightForLengthHeight else { return nil }
    return row(for: index, sex: sex, day: day, length: nil)?.measurement(at: zScore)
  }

  /// The weight in kilograms that lies at a z-score at a length (lying) or height (standing).
  public func weight(
    sex: Sex, centimetres: Double, isLength: Bool, zScore: Double
  ) -> Double? {
    let length = AdjustedLength(
      centimetres: centimetres, correction: .none, isLength: isLength, positionAssumed: false)
    return row(for: .weightForLengthHeight, sex: sex, day: nil, length: length)?
      .measurement(at: zScore)
  }
}
