import Health

extension LMSRow {
  /// The measurement at a z-score where beyond ±3 SD the distance between the second and third SD
  /// is carried on: the opposite of ``restrictedZScore(_:)``.
  func restrictedMeasurement(at z: Double) -> Double {
    if z > 3 {
      let third = measurement(at: 3)
      return third + (z - 3) * (third - measurement(at: 2))
    }
    if z < -3 {
      let third = measurement(at: -3)
      return third + (z + 3) * (measurement(at: -2) - third)
    }
    return measurement(at: z)
  }
}

extension ChildGrowthStandards {
  /// The measurement that lies at a z-score on a day of age: a point of a curve by age.
  ///
  /// - Parameter day: whole days of age, 0 to ``lastDay``.
  /// - Returns: kilograms, centimetres, kg/m² or (skinfolds) millimetres; nothing where the
  ///   standard has no figure for the day, and for weight-for-length, which no day decides.
  public func measurement(
    _ index: GrowthIndex, sex: Sex, day: Int, zScore: Double
  ) -> Double? {
    guard index != .weightForLengthHeight,
      let row = row(for: index, sex: sex, day: day, length: nil)
    else { return nil }
    switch index {
    case .lengthHeightForAge, .headCircumferenceForAge: return row.measurement(at: zScore)
    default: return row.restrictedMeasurement(at: zScore)
    }
  }

  /// The weight that lies at a z-score of weight-for-length or weight-for-height: a point of a
  /// curve by length.
  ///
  /// - Parameter isLength: whether the length was taken lying (45 to 110 cm), or is a standing
  ///   height (65 to 120 cm).
  /// - Returns: kilograms; nothing outside the lengths that the standard covers.
  public func weight(
    sex: Sex, centimetres: Double, isLength: Bool, zScore: Double
  ) -> Double? {
    let tables = tables(for: sex)
    let table = isLength ? tables.weightForLength : tables.weightForHeight
    return ChildGrowthStandards.row(in: table, centimetres: centimetres)?
      .restrictedMeasurement(at: zScore)
  }
}
