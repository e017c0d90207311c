/// The indices by which growth is judged.
public enum GrowthIndex: UInt8, Hashable, Sendable, CaseIterable {
  /// PB/U until 23 months, TB/U after.
  case lengthHeightForAge = 0
  /// BB/U.
  case weightForAge = 1
  /// BB/PB until 23 months, BB/TB after.
  case weightForLengthHeight = 2
  /// IMT/U.
  case bodyMassIndexForAge = 3
  /// LK/U.
  case headCircumferenceForAge = 4
  /// LiLA/U.
  case armCircumferenceForAge = 5
  /// Triceps skinfold for age.
  case tricepsSkinfoldForAge = 6
  /// Subscapular skinfold for age.
  case subscapularSkinfoldForAge = 7

  /// Beyond these z-scores a value is taken for an error of measuring or writing (WHO Anthro).
  var plausibleHundredths: ClosedRange<Int32> {
    switch self {
    case .lengthHeightForAge: -600...600
    case .weightForAge: -600...500
    default: -500...500
    }
  }
}

/// The result of one index: a z-score, and whether it is too extreme to be believed.
public struct IndexScore: Hashable, Sendable {
  /// The z-score before it is rounded.
  public let exact: Double
  /// The z-score rounded to two decimals, in hundredths: what everything is decided by.
  public let hundredths: Int32
  /// Whether WHO flags the value as implausible: it is kept and shown, and left out of prevalences.
  public let isImplausible: Bool

  /// Rounds and flags a z-score.
  init(_ exact: Double, index: GrowthIndex) {
    self.init(exact, plausible: index.plausibleHundredths)
  }

  /// Rounds a z-score, and flags it outside these hundredths.
  init(_ exact: Double, plausible: ClosedRange<Int32>) {
    self.exact = exact
    hundredths = IndexScore.roundedHundredths(exact)
    isImplausible = !plausible.contains(hundredths)
  }

  /// Rounds to two decimals as WHO's R packages do: to the nearer of the two neighbouring
  /// decimals, to the even one where both are equally near.
  static func roundedHundredths(_ z: Double) -> Int32 {
    guard z > -20_000_000, z < 20_000_000 else { return z > 0 ? .max : -.max }
    let scaled = z * 100
    let low = scaled.rounded(.down)
    let high = scaled.rounded(.up)
    let toLow = z - low / 100
    let toHigh = high / 100 - z
    if toLow < toHigh { return Int32(low) }
    if toHigh < toLow { return Int32(high) }
    return Int32(low) & 1 == 0 ? Int32(low) : Int32(high)
  }
}
