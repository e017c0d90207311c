import Guidance
import Health

extension DangerSign {
  private static func signs(
    _ elements: [DataElement], in applies: Criterion
  ) -> [DangerSign] {
    elements.map { DangerSign($0, in: applies, source: .motherChildBook) }
  }

  /// A sign that cannot wait: somebody helps at once. That it is one is in the book of mothers, that
  /// it cannot wait in WHO's quick check.
  private static func now(
    _ elements: DataElement..., helping aid: FirstAid, in applies: Criterion
  ) -> [DangerSign] {
    elements.map {
      DangerSign(
        $0, .isYes, .referNow, in: applies, source: .motherChildBook, firstAid: aid)
    }
  }

  /// Those that cannot wait in pregnancy and after it alike.
  private static func now(in applies: Criterion) -> [DangerSign] {
    now(.fits, helping: .fits, in: applies)
      + now(.unconscious, helping: .unconscious, in: applies)
      + now(.shortOfBreath, helping: .severeBreathing, in: applies)
      + now(.headacheBlurredSight, .severeAbdominalPain, helping: .otherwise, in: applies)
  }

  /// As hot as in fever, of one who is pregnant or has given birth or lost a pregnancy: an infection
  /// of the womb until it is known to be none.
  private static func fever(in applies: Criterion) -> DangerSign {
    DangerSign(
      .temperature, .atLeast(.setting(.mothersFeverFrom)), in: applies, source: .peripartumInfection
    )
  }

  /// At any time of pregnancy.
  static let ofPregnancy =
    [fever(in: .pregnant)]
    + now(
      .bleeding, helping: .bleedingInPregnancy, in: .pregnant && !.bleedsLittleEarly)
    + [DangerSign(.bleeding, in: .pregnant && .bleedsLittleEarly, source: .ownReading)]
    + now(in: .pregnant)
    + now(.vomitsBlood, helping: .otherwise, in: .pregnant)
    // Before the term; without a date it may be early, so that this is told.
    + now(
      .watersBroke, helping: .watersBroke,
      in: .pregnant && .after(.pregnancy, from: .none, until: .weeks(37)))
    + signs(
      [
        .feverTwoDays, .watersBroke, .swollenFaceHands, .vomitsAll, .sleeplessAnxious,
        .heartPounding, .coughTwoWeeks, .diarrhoea, .chestPain, .urinePainOrDischarge,
      ], in: .pregnant)

  /// From when the child is felt to move: fewer than ten movements in twelve hours.
  static let ofLatePregnancy = signs(
    [.fewMovements], in: .pregnant && !.gestation(fromWeek: 0, untilWeek: 24))

  /// What is asked of mothers as a sign of danger, in pregnancy, at birth and after it.
  static let askedOfMothers: [DataElement] = {
    var asked: [DataElement] = []
    for sign in ofPregnancy + ofLatePregnancy + ofBirth + afterBirth
    where sign.comparison == .isYes && !asked.contains(sign.element) { asked.append(sign.element) }
    return asked
  }()

  /// When the birth has begun.
  static let ofBirth =
    now(.cordOrHandOut, helping: .cordOut, in: .pregnant)
    + now(.greenWaters, helping: .watersBroke, in: .pregnant)
    + signs([.tooWeakToPush], in: .pregnant)

  /// In the 42 days after a birth or a loss. Of a loss the womb is not massaged; who bleeds little
  /// then, as most do for some days, is seen on the same day.
  static let afterBirth =
    [fever(in: .afterBirth)]
    + now(
      .heavyBleeding, .bleeding, helping: .bleedingAfterBirth,
      in: .afterBirth && .ended(.liveBirth, .stillbirth))
    + now(.heavyBleeding, helping: .bleedingAfterLoss, in: .lost)
    + now(.bleeding, helping: .bleedingAfterLoss, in: .lost && !.bleedsLittleAfterLoss)
    + [DangerSign(.bleeding, in: .lost && .bleedsLittleAfterLoss, source: .ownReading)]
    + now(in: .afterBirth)
    // With fever it is sepsis of the womb until it is known to be none.
    + now(
      .smellyLochia, .foulDischarge, helping: .infectionOfTheWomb, in: .afterBirth && .hadFever)
    + signs(
      [
        .smellyLochia, .foulDischarge, .feverTwoDays, .heartPounding, .leaksFluid, .swollenBreast,
        .urineOrStoolTrouble, .birthCanalWound, .wombInfection, .sleeplessAnxious,
        .swollenFaceHandsFeet, .persistentSadness, .upperBellyPain,
      ], in: .afterBirth)

  /// After a pregnancy of which somebody may know no more than that it ended: those of
  /// ``afterBirth`` that any woman can have, so that nothing follows from being asked. Whoever may
  /// know of the loss is told of them as signs after it.
  static let afterUntoldEnd =
    [fever(in: .endUntold)]
    // Help that says nothing of a birth, and that a kader gives as well.
    + now(.bleeding, .heavyBleeding, helping: .otherwise, in: .endUntold)
    + now(in: .endUntold)
    // The same sign as ``DataElement/smellyLochia``, in words that tell of no birth and no loss.
    + now(.foulDischarge, helping: .otherwise, in: .endUntold && .hadFever)
    + signs([.foulDischarge, .feverTwoDays, .heartPounding, .sleeplessAnxious], in: .endUntold)

  /// Signs of danger that say nothing of a birth or loss, in the order in which they are asked.
  static let ofAnyWoman: [DataElement] = [
    .bleeding, .heavyBleeding, .foulDischarge, .feverTwoDays, .severeAbdominalPain,
    .headacheBlurredSight, .fits,
    .unconscious, .shortOfBreath, .heartPounding, .sleeplessAnxious,
  ]
}

extension Criterion {
  /// Fever of the last 14 days, told or measured.
  static let hadFever =
    DataElement.feverTwoDays.isYesWhereObserved(.last(.days(14)))
    || .whereObserved(
      .temperature, .atLeast(.setting(.mothersFeverFrom)), .last(.days(14)))
}
