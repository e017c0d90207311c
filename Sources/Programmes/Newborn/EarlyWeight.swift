import Guidance
import Health

/// Weight that a newborn loses in its first days, and when it has it back. No guideline of ours tells
/// the limits but the one of small newborns: they are settings. Element 950, settings 270 to 273,
/// table 270, service 310, actions 351 and 352.
extension DataElement {
  /// A weighing of the first 28 days in whole percent of the weight at birth, rounded down.
  public static let birthWeightShare = DataElement(
    950, "birth_weight_share", .quantity(.percent, 30...400))
}

extension ClinicalSetting {
  /// Below so many percent of the weight at birth a newborn has lost too much: more than 10 percent.
  public static let earlyWeightReferredBelow = ClinicalSetting(
    270, "early_weight_referred_below", in: .percent, within: 85...95,
    .init(90, .ownReading))
  /// The same of a newborn that was born small, which loses up to 15 percent.
  public static let smallEarlyWeightReferredBelow = ClinicalSetting(
    271, "small_early_weight_referred_below", in: .percent, within: 80...95,
    .init(85, .clinicalGuide))
  /// Below so many percent of the weight at birth feeding is watched, and the newborn weighed again
  /// on the next day: more than 7 percent.
  public static let earlyWeightWatchedBelow = ClinicalSetting(
    272, "early_weight_watched_below", in: .percent, within: 90...97,
    .init(93, .ownReading))
  /// From so many days of age on a newborn should have its weight at birth again.
  public static let birthWeightRegainedFrom = ClinicalSetting(
    273, "birth_weight_regained_from", in: .days, within: 10...21, .init(14, .ownReading))
}

extension DecisionTable {
  private static func isBelow(_ setting: ClinicalSetting) -> Criterion {
    DataElement.birthWeightShare.below(setting, .ever)
  }

  /// The latest weighing of a newborn beside its weight at birth.
  static let earlyWeight = DecisionTable(
    270, "early_weight", source: .ownReading,
    for: .isNewborn && .whereObserved(.birthWeightShare, .known, .ever),
    [
      Row(
        1, "early_weight_lost_much", .refer,
        when: (.isBornSmall && isBelow(.smallEarlyWeightReferredBelow))
          || (!.isBornSmall && isBelow(.earlyWeightReferredBelow)),
        .lookForCauseOfWeightLoss, .breastfeedingHelp, .referToDoctor),
      // A small newborn is judged by what it gains a day.
      Row(
        2, "birth_weight_not_regained", .treat,
        when: !.isBornSmall && DataElement.birthWeightShare.below(.percent(100), .ever)
          && .asObserved(
            .birthWeightShare, .ever, .age(from: .setting(.birthWeightRegainedFrom))),
        .lookForCauseOfWeightLoss, .breastfeedingHelp, .seeMidwifeToday),
      Row(
        3, "early_weight_watched", .treat, when: isBelow(.earlyWeightWatchedBelow),
        .breastfeedingHelp, .weighTomorrow),
      Row(4, "early_weight_kept", .homeCare, when: DataElement.birthWeightShare.isKnown(.ever)),
    ])
}

extension CareService {
  /// Weighed again on the day after a weighing that showed more loss than usual.
  static let earlyWeightAgain = CareService(
    310, "early_weight_again", source: .ownReading,
    for: .isNewborn && .classified(.earlyWeight, as: 3),
    .following(.birthWeightShare, .known, opens: .days(1), late: .days(2), closes: .weeks(2)),
    doneBy: .observed(.weight))
}

extension CareAction {
  /// Look at feeding, for jaundice and for signs of too little fluid.
  public static let lookForCauseOfWeightLoss = CareAction(351, "look_for_cause_of_weight_loss")
  /// Weigh again tomorrow.
  public static let weighTomorrow = CareAction(352, "weigh_tomorrow")
}
