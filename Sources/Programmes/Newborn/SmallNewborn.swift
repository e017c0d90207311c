import Guidance
import Health

extension Criterion {
  /// Born with less than 2500 g and not known to have reached it.
  private static let isSmallBaby =
    isBornSmall && !.whereObserved(.weight, .atLeast(.fixed(.grams(2_500))), .ever)
  fileprivate static let smallBaby =
    .age(from: .none, until: .months(6)) && isSmallBaby
}

extension CareService {
  /// A small newborn is seen every week until it weighs 2500 g; twice in the first week, which KN1
  /// and KN2 do.
  static let smallBabySeen = CareService(
    144, "small_baby_seen", source: .clinicalGuide, for: .smallBaby,
    .every(.weeks(1), first: .weeks(1), after: .birth),
    doneBy: .one([
      .contact(.newborn, by: .healthWorkers), .contact(.nutritionFollowUp, by: .healthWorkers),
    ]))
}

extension DecisionTable {
  /// A small newborn loses up to 15 percent in ten days; then it gains 20 g a day and more.
  static let smallBabyGain = DecisionTable(
    83, "small_baby_gain", source: .clinicalGuide, for: .smallBaby,
    [
      Row(
        1, "small_baby_gains_little", .refer,
        when: DataElement.dailyGain.below(.grams(20), .last(.weeks(2))), .referToDoctor,
        .breastfeedingHelp),
      Row(
        2, "small_baby_gains", .homeCare,
        when: DataElement.dailyGain.isKnown(.last(.weeks(2))), .kangarooCare),
    ])
}

extension DangerSign {
  static let newborn: [DangerSign] = [
    DangerSign(.notSuckling, in: .isNewborn, source: .motherChildBook),
    DangerSign(.fits, in: .isNewborn, source: .motherChildBook),
    // A second count that is slower sets the first one right, as the young infant's page has it.
    DangerSign(
      .breathsPerMinute, .atLeast(.fixed(.perMinute(60))),
      in: .isNewborn
        && !.whereObserved(
          .lesserBreathCount, .below(.fixed(.perMinute(60))), .last(.days(14))),
      source: .motherChildBook),
    DangerSign(
      .temperature, .below(.fixed(.tenthsOfDegree(365))), in: .isNewborn,
      source: .motherChildBook),
    DangerSign(
      .temperature, .atLeast(.fixed(.tenthsOfDegree(376))), in: .isNewborn,
      source: .motherChildBook),
    DangerSign(.jaundice, in: .isNewborn, source: .motherChildBook),
    DangerSign(.infectedNavel, in: .isNewborn, source: .motherChildBook),
    DangerSign(.diarrhoea, in: .isNewborn, source: .motherChildBook),
    DangerSign(.paleStool, in: .isNewborn, source: .motherChildBook),
    DangerSign(.weakNewborn, in: .isNewborn, source: .motherChildBook),
    DangerSign(.moaning, in: .isNewborn, source: .motherChildBook),
    DangerSign(.blueOrPale, in: .isNewborn, source: .motherChildBook),
  ]
}

extension CareAction {
  /// Help the mother at the breast.
  public static let breastfeedingHelp = CareAction(74, "breastfeeding_help")
}
