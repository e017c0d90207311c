import Health

/// Every index of one measurement.
public struct GrowthAssessment: Hashable, Sendable {
  /// The length as it was compared with the standard.
  public var length: AdjustedLength?
  /// Weight over the square of the corrected length, in kg/m².
  public var bodyMassIndex: Double?
  /// PB/U or TB/U.
  public var lengthHeightForAge: IndexScore?
  /// BB/U.
  public var weightForAge: IndexScore?
  /// BB/PB or BB/TB.
  public var weightForLengthHeight: IndexScore?
  /// IMT/U.
  public var bodyMassIndexForAge: IndexScore?
  /// LK/U.
  public var headCircumferenceForAge: IndexScore?
  /// LiLA/U.
  public var armCircumferenceForAge: IndexScore?
  /// Triceps skinfold for age.
  public var tricepsSkinfoldForAge: IndexScore?
  /// Subscapular skinfold for age.
  public var subscapularSkinfoldForAge: IndexScore?

  /// The result of an index, or nothing where the standard gives none.
  public subscript(index: GrowthIndex) -> IndexScore? {
    switch index {
    case .lengthHeightForAge: lengthHeightForAge
    case .weightForAge: weightForAge
    case .weightForLengthHeight: weightForLengthHeight
    case .bodyMassIndexForAge: bodyMassIndexForAge
    case .headCircumferenceForAge: headCircumferenceForAge
    case .armCircumferenceForAge: armCircumferenceForAge
    case .tricepsSkinfoldForAge: tricepsSkinfoldForAge
    case .subscapularSkinfoldForAge: subscapularSkinfoldForAge
    }
  }
}

extension ChildGrowthStandards {
  /// Judges one measurement by every index that the standards give for it.
  ///
  /// With oedema, indices that depend on weight have no z-score; the child counts as severely
  /// wasted in prevalences all the same.
  public func assess(_ measurement: GrowthMeasurement) -> GrowthAssessment {
    var result = GrowthAssessment()
    let length = ChildGrowthStandards.adjustedLength(of: measurement)
    result.length = length
    let dryWeight = measurement.hasOedema ? nil : measurement.weight
    if let weight = measurement.weight, let length, length.centimetres > 0 {
      let metres = length.centimetres / 100
      result.bodyMassIndex = weight / (metres * metres)
    }
    guard let sex = measurement.sex else { return result }
    let day = measurement.ageDays.flatMap { ChildGrowthStandards.tableDay($0) }
    let isBeyondStandard = measurement.ageDays != nil && day == nil
    func score(_ index: GrowthIndex, _ value: Double?, restricted: Bool = true) -> IndexScore? {
      guard let value, value > 0, let row = row(for: index, sex: sex, day: day, length: length)
      else { return nil }
      return IndexScore(
        restricted ? row.restrictedZScore(value) : row.zScore(value), index: index)
    }
    result.lengthHeightForAge = score(
      .lengthHeightForAge, length?.centimetres, restricted: false)
    result.weightForAge = score(.weightForAge, dryWeight)
    if !isBeyondStandard {
      result.weightForLengthHeight = score(.weightForLengthHeight, dryWeight)
    }
    result.bodyMassIndexForAge = score(
      .bodyMassIndexForAge, measurement.hasOedema ? nil : result.bodyMassIndex)
    result.headCircumferenceForAge = score(
      .headCircumferenceForAge, measurement.headCircumference, restricted: false)
    result.armCircumferenceForAge = score(.armCircumferenceForAge, measurement.armCircumference)
    result.tricepsSkinfoldForAge = score(.tricepsSkinfoldForAge, measurement.tricepsSkinfold)
    result.subscapularSkinfoldForAge = score(
      .subscapularSkinfoldForAge, measurement.subscapularSkinfold)
    return result
  }
}
