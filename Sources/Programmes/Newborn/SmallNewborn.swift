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

extension Criterion {
  /// Under 2000 g in the first seven days, as long as no later weighing shows 2000 g.
  static let isLightSinceFirstWeek =
    Criterion.whereObserved(.firstWeekWeight, .below(.fixed(.grams(2_000))), .ever)
    && .whereObserved(.weight, .below(.fixed(.grams(2_000))), .ever)
}

extension DecisionTable {
  /// An infant under two months who weighs less than 2000 g at its latest weighing, and of whom
  /// nobody knows the weight at birth: it weighed no more than that, and is referred as one that is
  /// known to. The chart book has it of the first seven days alone; the rest is our own reading.
  static let lightYoungInfant = DecisionTable(
    332, "light_young_infant", source: .ownReading,
    for: .age(from: .none, until: .months(2))
      && !.whereObserved(.birthWeight, .known, .ever)
      && .whereObserved(.weight, .below(.fixed(.grams(2_000))), .ever)
      && !(.isNewborn && .isLightSinceFirstWeek),
    [Row(1, "light_young_infant_to_refer", .refer, when: .always, .referToHospitalNow)])
}

extension DangerSign {
  /// Of the first 28 days, by the book of mothers. Those that the young infant's page has in other
  /// words as well cannot wait.
  private static func now(_ elements: DataElement..., helping aid: FirstAid) -> [DangerSign] {
    elements.map {
      DangerSign(
        $0, .isYes, .referNow, in: .isNewborn, source: .motherChildBookOnNewborns, firstAid: aid)
    }
  }
  private static func today(_ elements: DataElement...) -> [DangerSign] {
    elements.map { DangerSign($0, in: .isNewborn, source: .motherChildBookOnNewborns) }
  }
  /// What is measured is measured again first; the young infant's table says what is red.
  private static func today(_ element: DataElement, _ comparison: Comparison) -> DangerSign {
    DangerSign(element, comparison, in: .isNewborn, source: .motherChildBookOnNewborns)
  }

  static let newborn: [DangerSign] =
    now(.notSuckling, .weakNewborn, helping: .infantVeryIll)
    + now(.fits, helping: .infantFits)
    + now(.moaning, .blueOrPale, helping: .infantBreathing)
    // A second count that is slower sets the first one right, as the young infant's page has it.
    + [
      DangerSign(
        .breathsPerMinute, .atLeast(.fixed(.perMinute(60))),
        in: .isNewborn
          && !.whereObserved(
            .lesserBreathCount, .below(.fixed(.perMinute(60))), .last(.days(14))),
        source: .motherChildBookOnNewborns),
      // Who is cold is warmed while it is brought.
      DangerSign(
        .temperature, .below(.fixed(.tenthsOfDegree(365))), in: .isNewborn,
        source: .motherChildBookOnNewborns,
        firstAid: FirstAid([.warmNewborn], source: .motherChildBookOnNewborns)),
      today(.temperature, .atLeast(.fixed(.tenthsOfDegree(376)))),
    ]
    + today(.jaundice, .infectedNavel, .diarrhoea, .paleStool)
}

extension CareAction {
  /// A cold newborn: skin to skin, cap and blanket, measured again within an hour.
  public static let warmNewborn = CareAction(421, "warm_newborn")
  /// Help the mother at the breast.
  public static let breastfeedingHelp = CareAction(74, "breastfeeding_help")
}
