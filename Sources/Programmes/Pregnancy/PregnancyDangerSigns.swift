import Guidance
import Health

extension DangerSign {
  private static func signs(
    _ elements: [DataElement], in applies: Criterion
  ) -> [DangerSign] {
    elements.map { DangerSign($0, in: applies, source: .motherChildBook) }
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
    + signs(
      [
        .feverTwoDays, .headacheBlurredSight, .severeAbdominalPain, .bleeding, .watersBroke,
        .swollenFaceHands, .vomitsAll, .sleeplessAnxious, .heartPounding, .coughTwoWeeks, .fits,
        .diarrhoea, .chestPain, .vomitsBlood, .shortOfBreath, .urinePainOrDischarge,
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
  static let ofBirth = signs([.cordOrHandOut, .greenWaters, .tooWeakToPush], in: .pregnant)

  /// In the 42 days after birth.
  static let afterBirth =
    [fever(in: .afterBirth)]
    + signs(
      [
        .heavyBleeding, .bleeding, .smellyLochia, .feverTwoDays, .headacheBlurredSight, .fits,
        .severeAbdominalPain, .heartPounding, .shortOfBreath, .leaksFluid, .swollenBreast,
        .urineOrStoolTrouble, .birthCanalWound, .wombInfection, .sleeplessAnxious,
      ], in: .afterBirth)

  /// After a pregnancy of which somebody may know no more than that it ended: those of
  /// ``afterBirth`` that any woman can have, so that nothing follows from being asked. Whoever may
  /// know of the loss is told of them as signs after it.
  static let afterUntoldEnd =
    [fever(in: .endUntold)] + signs(ofAnyWoman, in: .endUntold)

  /// Signs of danger that say nothing of a birth or loss.
  static let ofAnyWoman: [DataElement] = [
    .bleeding, .heavyBleeding, .feverTwoDays, .severeAbdominalPain, .headacheBlurredSight, .fits,
    .shortOfBreath, .heartPounding, .sleeplessAnxious,
  ]
}
