import Guidance
import Health

// What is found in a woman of whom no pregnancy is known, as where one was taken back on the day on
// which it was found: a correction makes nobody well. All of it stands on its day alone.

extension Criterion {
  /// A woman who is not pregnant and was not in the last 42 days, as far as is known. From ten years
  /// on: fits are asked of children as well.
  fileprivate static let knownOfNoPregnancy: Criterion =
    .sex(.female) && .age(from: .years(10)) && !.pregnant && !.afterBirth && !.endUntold

  /// The same, of an age in which women give birth: 10 to 54 years.
  fileprivate static let mayBePregnant =
    knownOfNoPregnancy && .age(from: .years(10), until: .years(55))

  /// Fever of the day, told or measured.
  fileprivate static let feverToday =
    DataElement.feverTwoDays.isYesWhereObserved(.today)
    || .whereObserved(.temperature, .atLeast(.setting(.mothersFeverFrom)), .today)

  /// A pressure of the day as high as is severe in pregnancy.
  fileprivate static let severePressureToday: Criterion =
    .whereObserved(
      .systolicPressure, .atLeast(.fixed(.millimetresOfMercury(SeverePressure.systolic))), .today)
    || .whereObserved(
      .diastolicPressure, .atLeast(.fixed(.millimetresOfMercury(SeverePressure.diastolic))),
      .today)

  /// Bleeding after a birth that smells, told on the day. It tells of a birth or a loss, so that only
  /// those read of it who may know of one (``lost``).
  fileprivate static let foulLochiaToday =
    DataElement.smellyLochia.isYesWhereObserved(.today) && !.lost

  /// No pregnancy is known, and one of the signs of ``DangerSign/withoutPregnancy`` was asked today,
  /// or something was found that ``DecisionTable`` has for it.
  static let askedWithoutPregnancy =
    knownOfNoPregnancy
    && .one(
      DangerSign.withoutPregnancy.map {
        .whereObserved($0.element, $0.comparison == .isYes ? .known : $0.comparison, .today)
      } + [severePressureToday, foulLochiaToday])
}

extension DangerSign {
  private static func ofTheDay(
    _ element: DataElement, _ comparison: Comparison = .isYes, _ urgency: Urgency = .refer,
    in applies: Criterion, helping aid: FirstAid? = nil
  ) -> DangerSign {
    DangerSign(
      element, comparison, urgency, in: applies, shownFor: .days(1), source: .ownReading,
      firstAid: aid)
  }

  /// With fever an infection of the womb until it is known to be none.
  private static func foulDischarge(in applies: Criterion) -> [DangerSign] {
    [
      ofTheDay(
        .foulDischarge, .isYes, .referNow, in: applies && .feverToday, helping: .infectionOfWoman),
      ofTheDay(.foulDischarge, in: applies),
    ]
  }

  /// Of a woman of whom no pregnancy is known: what was seen stands with the same urgency, and with
  /// help that fits any woman.
  static let withoutPregnancy: [DangerSign] =
    [
      (.bleeding, .bleedingWoman), (.heavyBleeding, .bleedingWoman), (.fits, .fitsOfWoman),
      (.unconscious, .unconsciousWoman), (.shortOfBreath, .breathlessWoman),
      (.headacheBlurredSight, .woman), (.severeAbdominalPain, .woman),
    ].map { (element: DataElement, aid: FirstAid) in
      ofTheDay(element, .isYes, .referNow, in: .knownOfNoPregnancy, helping: aid)
    } + foulDischarge(in: .mayBePregnant) + [
      ofTheDay(.feverTwoDays, in: .mayBePregnant),
      ofTheDay(.temperature, .atLeast(.setting(.mothersFeverFrom)), in: .mayBePregnant),
    ]

  /// What is asked after a birth or a loss alone, of a woman who is pregnant all the same: the end
  /// was taken back.
  static let afterEndTakenBack =
    [ofTheDay(.heavyBleeding, .isYes, .referNow, in: .pregnant, helping: .bleedingInPregnancy)]
    + foulDischarge(in: .pregnant)
}

extension DecisionTable {
  /// A pressure that would be severe in pregnancy: whether she is pregnant or gave birth decides
  /// where she goes.
  static let pressureWithoutPregnancy = DecisionTable(
    328, "pressure_without_pregnancy", source: .ownReading,
    for: .mayBePregnant && .severePressureToday,
    [
      Row(
        1, "severe_pressure_without_pregnancy", .refer, when: .always, .makeSureOfPregnancy,
        .referToDoctor)
    ])

  /// Foul bleeding that was told as after a birth, where no birth and no loss is known any more. It is
  /// no sign of danger but a table, since its name alone tells of a birth or a loss.
  static let foulLochiaTakenBack = DecisionTable(
    329, "foul_lochia_taken_back", source: .ownReading,
    for: (.pregnant || .mayBePregnant) && .foulLochiaToday,
    [
      Row(
        1, "foul_with_fever", .referNow, when: .feverToday, .careForInfectionOfWoman,
        .referToHospitalNow),
      Row(2, "foul_without_fever", .refer, when: .always, .referToDoctor),
    ])
}

extension CareAction {
  /// Measure again after rest, ask for signs of danger, and make sure whether she is pregnant or gave
  /// birth in the last 42 days: then to a hospital now.
  public static let makeSureOfPregnancy = CareAction(436, "make_sure_of_pregnancy")
}
