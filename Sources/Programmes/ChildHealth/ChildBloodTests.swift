import Guidance
import Health

extension DecisionTable {
  /// Thalassaemia: any of haemoglobin below 11, MCV below 80, MCH below 27 is suspect.
  static let thalassaemia = DecisionTable(
    80, "thalassaemia_screening", source: .thalassaemia,
    for: .age(from: .months(24), until: .months(72)),
    [
      Row(
        1, "thalassaemia_suspected", .treat,
        when: DataElement.haemoglobin.below(.tenthsOfGramPerDecilitre(110), .last(.years(1)))
          || .whereObserved(
            .cellVolume, .below(.fixed(Amount(80, .femtolitres))), .last(.years(1)))
          || .whereObserved(
            .cellHaemoglobin, .below(.fixed(Amount(270, .tenthsOfPicogram))), .last(.years(1))),
        .fullBloodCount),
      Row(
        2, "thalassaemia_in_family_class", .treat,
        when: DataElement.thalassaemiaInFamily.isYesWhereObserved(.ever)
          && !.whereObserved(.cellVolume, .known, .ever),
        .fullBloodCount),
      Row(
        3, "thalassaemia_unlikely", .homeCare,
        when: DataElement.haemoglobin.isKnown(.last(.years(1)))),
    ])

  /// What the full count says: Mentzer below 13 or Shine–Lal below 1530 is referred.
  static let thalassaemiaIndices = DecisionTable(
    74, "thalassaemia_indices", source: .healthCheck,
    for: .age(from: .months(24), until: .months(72))
      && .whereObserved(.cellVolume, .known, .last(.years(1))),
    [
      Row(
        1, "indices_low", .referPlanned,
        when: .whereObserved(.mentzerIndex, .below(.fixed(.times(130))), .last(.years(1)))
          || .whereObserved(.shineLalIndex, .below(.fixed(.times(1_530))), .last(.years(1))),
        .referToDoctor),
      Row(
        2, "indices_normal", .homeCare,
        when: DataElement.mentzerIndex.isKnown(.last(.years(1)))
          && DataElement.shineLalIndex.isKnown(.last(.years(1)))),
    ])

  /// The number of the table, by which referrals name it.
  static let childGlucoseNumber: UInt16 = 81

  /// Glucose: at any time from 140, after a night without food from 100. From 200 at any time the
  /// child is seen by a doctor on the same day: diabetes of children can kill within days, and no
  /// night without food is waited for.
  static let childGlucose = DecisionTable(
    childGlucoseNumber, "child_glucose_class", source: .healthCheck,
    for: .age(from: .months(24), until: .months(72))
      && (.whereObserved(.bloodGlucose, .known, .last(.years(1)))
        || .whereObserved(.fastingGlucose, .known, .last(.years(1)))),
    [
      Row(
        5, "glucose_high_with_signs", .refer,
        when: .isChildGlucoseUnanswered && DataElement.diabetesSigns.isYes(.last(.years(1))),
        .referToHospitalNow, .noWaitingForFastingGlucose),
      Row(
        2, "glucose_high", .refer,
        when: .isChildGlucoseUnanswered && !.childFastingGlucoseFollowed,
        .referToDoctor, .noWaitingForFastingGlucose),
      Row(
        1, "fasting_glucose_high", .refer,
        when: .whereObserved(
          .fastingGlucose, .atLeast(.fixed(.milligramsPerDecilitre(100))), .last(.years(1))),
        .referToDoctor),
      Row(
        6, "high_glucose_answered", .homeCare,
        when: .wasChildGlucoseHigh && !.childFastingGlucoseFollowed, .followReferralAnswer),
      Row(
        3, "glucose_raised", .treat, when: .isChildGlucoseRaised, .foodAdvice,
        .testFastingGlucose),
      Row(4, "glucose_normal", .homeCare, when: .always),
    ])
}

extension Criterion {
  private static let lately = Scope.last(.years(1))

  /// A random glucose of a child was as high as in diabetes. A lower one afterwards says nothing.
  fileprivate static let wasChildGlucoseHigh = whereObserved(.highRandomGlucose, .known, lately)
  /// The same, and whoever the child was referred to for it has not answered since.
  static let isChildGlucoseUnanswered =
    wasChildGlucoseHigh
    && !.later(.glucoseReferralAnswered, than: .highRandomGlucose, by: .none, lately)
  /// Glucose after a night without food was tested on a later day.
  fileprivate static let childFastingGlucoseFollowed = later(
    .fastingGlucose, than: .highRandomGlucose, by: .days(1), lately)
  /// The latest random glucose is raised, and no fasting one says more.
  static let isChildGlucoseRaised =
    whereObserved(.bloodGlucose, .atLeast(.fixed(.milligramsPerDecilitre(140))), lately)
    && !.later(.fastingGlucose, than: .bloodGlucose, by: .none, lately)
}

extension CareAction {
  /// Full blood count with MCV and MCH.
  public static let fullBloodCount = CareAction(86, "full_blood_count")
  /// Test glucose after a night without food.
  public static let testFastingGlucose = CareAction(87, "test_fasting_glucose")
  /// Do not wait for a night without food: diabetes of a child can grow worse within days.
  public static let noWaitingForFastingGlucose = CareAction(
    312, "no_waiting_for_fasting_glucose")
}
