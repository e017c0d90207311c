import Programmes

/// A category with its text in the catalogues and how serious it is.
protocol ShownCategory: Hashable, Sendable {
  /// The name in the catalogues.
  var code: String { get }
  /// `good`, `fair`, `poor` or `bad`.
  var tone: String { get }
}

extension ShownCategory {
  /// The key of the text.
  var key: String { "growth.categories.\(code)" }
}

extension WeightForAgeCategory: ShownCategory {
  var code: String {
    switch self {
    case .severelyUnderweight: "severely_underweight"
    case .underweight: "underweight"
    case .normal: "weight_normal"
    case .riskOfOverweight: "weight_risk_over"
    }
  }

  var tone: String {
    switch self {
    case .severelyUnderweight: "bad"
    case .underweight: "poor"
    case .normal: "good"
    case .riskOfOverweight: "fair"
    }
  }
}

extension LengthHeightForAgeCategory: ShownCategory {
  var code: String {
    switch self {
    case .severelyStunted: "severely_stunted"
    case .stunted: "stunted"
    case .normal: "height_normal"
    case .tall: "tall"
    }
  }

  var tone: String {
    switch self {
    case .severelyStunted: "bad"
    case .stunted: "poor"
    case .normal: "good"
    case .tall: "fair"
    }
  }
}

extension WeightForLengthHeightCategory: ShownCategory {
  var code: String {
    switch self {
    case .severelyWasted: "severely_wasted"
    case .wasted: "wasted"
    case .normal: "nutrition_normal"
    case .riskOfOverweight: "nutrition_risk_over"
    case .overweight: "overweight"
    case .obese: "obese"
    }
  }

  var tone: String {
    switch self {
    case .severelyWasted, .obese: "bad"
    case .wasted, .overweight: "poor"
    case .normal: "good"
    case .riskOfOverweight: "fair"
    }
  }
}

extension HeadCircumferenceCategory: ShownCategory {
  var code: String {
    switch self {
    case .microcephaly: "microcephaly"
    case .normal: "head_normal"
    case .macrocephaly: "macrocephaly"
    }
  }

  var tone: String { self == .normal ? "good" : "poor" }
}

extension ArmCircumferenceCategory: ShownCategory {
  var code: String {
    switch self {
    case .severelyWasted: "muac_severe"
    case .wasted: "muac_moderate"
    case .normal: "muac_normal"
    }
  }

  var tone: String {
    switch self {
    case .severelyWasted: "bad"
    case .wasted: "poor"
    case .normal: "good"
    }
  }
}

extension BirthWeightCategory: ShownCategory {
  var code: String {
    switch self {
    case .extremelyLow: "birth_weight_extremely_low"
    case .veryLow: "birth_weight_very_low"
    case .low: "birth_weight_low"
    case .normal: "birth_weight_normal"
    case .high: "birth_weight_high"
    }
  }

  var tone: String {
    switch self {
    case .extremelyLow, .veryLow: "bad"
    case .low: "poor"
    case .normal: "good"
    case .high: "fair"
    }
  }
}

extension SizeForGestationalAge: ShownCategory {
  var code: String {
    switch self {
    case .small: "small_for_gestational_age"
    case .appropriate: "appropriate_for_gestational_age"
    case .large: "large_for_gestational_age"
    }
  }

  var tone: String {
    switch self {
    case .small: "poor"
    case .appropriate: "good"
    case .large: "fair"
    }
  }
}

/// What the KMS says of a weighing.
enum WeighingMark: Sendable {
  case first, afterGap, gained, notGained, notGainedTwice, unknown

  init(_ month: WeighingMonth) {
    self =
      switch month.status {
      case .firstWeighing: .first
      case .notWeighedLastMonth: .afterGap
      case .gained: .gained
      case .notGained: month.notGainedInARow >= 2 ? .notGainedTwice : .notGained
      case nil: .unknown
      }
  }

  /// The letters on the KMS; nothing where it cannot be told.
  var letters: String? {
    switch self {
    case .first: "B"
    case .afterGap: "O"
    case .gained: "N"
    case .notGained: "T"
    case .notGainedTwice: "2T"
    case .unknown: nil
    }
  }

  /// The key of the text.
  var key: String { "growth.kms.\(letters ?? "none")" }

  var tone: String {
    switch self {
    case .first, .afterGap, .unknown: "none"
    case .gained: "good"
    case .notGained: "poor"
    case .notGainedTwice: "bad"
    }
  }
}
