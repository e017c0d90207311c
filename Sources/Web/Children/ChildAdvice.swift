import Guidance
import Health
import Programmes
import Services

/// What has to be done for a child by its last measurement, each with the rule that says so.
struct ChildAdvice {
  /// One thing to do.
  struct Line {
    /// The key under `growth.advice`.
    let code: String
    let tone: String
    /// The part of the why page that shows how it came about.
    let anchor: String
    let source: SettingSource
  }

  let status: GrowthStatus
  let hasOedema: Bool
  let weighing: WeighingMonth?
  let edition: SettingsEdition

  /// The most urgent first.
  var lines: [Line] {
    var lines: [Line] = []
    if status.hasSevereAcuteMalnutrition {
      lines.append(
        Line(
          code: "severe", tone: "bad", anchor: "severe",
          source: edition.source(of: .severeSigns)))
    } else if status.weightForLengthHeight == .wasted {
      lines.append(Line(code: "wasted", tone: "poor", anchor: "zwfl", source: byStandard))
    } else if status.armCircumference == .wasted {
      lines.append(
        Line(
          code: "wasted", tone: "poor", anchor: "muac",
          source: edition.source(of: .moderateArmCircumference)))
    }
    if status.isBelowRedLine {
      lines.append(
        Line(code: "bgm", tone: "bad", anchor: "zwei", source: edition.source(of: .redLine)))
    }
    if let weighing, weighing.status == .notGained {
      let isReferred = weighing.notGainedInARow >= Int(edition.growth.referralAfterNotGained)
      lines.append(
        isReferred
          ? Line(
            code: weighing.notGainedInARow >= 2 ? "2t" : "1t", tone: "bad", anchor: "kms",
            source: edition.source(of: .referralAfterNotGained))
          : Line(
            code: "t", tone: "poor", anchor: "kms",
            source: edition.source(of: .minimumWeightGainBoys)))
    }
    if let length = status.lengthHeightForAge, length == .severelyStunted || length == .stunted {
      lines.append(
        Line(code: "stunted", tone: length.tone, anchor: "zlen", source: byStandard))
    }
    if status.weightForLengthHeight == .obese {
      lines.append(Line(code: "obese", tone: "poor", anchor: "zwfl", source: byStandard))
    }
    if status.isAboveOrangeLine {
      lines.append(
        Line(
          code: "over_orange", tone: "fair", anchor: "zwei",
          source: edition.source(of: .orangeLine)))
    }
    return lines
  }

  private var byStandard: SettingSource { SettingSource(NutritionalStatus.source) }
}
