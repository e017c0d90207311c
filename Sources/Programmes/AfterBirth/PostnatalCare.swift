import Guidance
import Health

extension CareMatrix {
  /// The care of a mother at KF1 to KF4: figure 14 of the decree, with the screening of mental
  /// health that the mother's book adds. The two capsules of vitamin A, which the figure has at KF1
  /// and KF2, are a service of their own (``CareService/motherVitaminA``): they are owed until they
  /// are taken, whichever visit is missed.
  static let postnatal = CareMatrix(
    source: .postnatalMatrix, for: .afterBirth && .ended(.liveBirth, .stillbirth),
    at: .postnatalContacts,
    [
      Row(75, "postnatal_general_state", doneBy: .observed(.looksWell), at: [1, 2, 3, 4]),
      Row(
        76, "postnatal_pressure_temperature",
        doneBy: .together([.observed(.systolicPressure), .observed(.temperature)]),
        at: [1, 2, 3, 4]),
      Row(77, "lochia_and_bleeding", doneBy: .observed(.lochiaNormal), at: [1, 2, 3, 4]),
      Row(78, "birth_canal", doneBy: .observed(.birthCanalClean), at: [1, 2, 3, 4]),
      Row(79, "womb_contracts", doneBy: .observed(.wombFirm), at: [1, 2, 3, 4]),
      Row(
        80, "breasts_and_breastfeeding",
        doneBy: .one([.observed(.breastsHealthy), .observed(.breastfeeding)]), at: [1, 2, 3, 4]),
      Row(
        82, "contraception_after_birth",
        doneBy: .contraceptionTalkedAbout,
        at: [1, 2, 3, 4]),
      Row(83, "postnatal_counselling", doneBy: .yes(.counselled), at: [1, 2, 3, 4]),
      Row(
        84, "postnatal_mental_health", doneBy: .yes(.mentalHealthScreened),
        at: [1, 2, 3, 4]),
    ])
}

extension CareService {
  /// Two capsules of vitamin A, the second a day after the first or later: owed from the birth until
  /// 42 days after it. Late once the visit is over (KF2) that owes the second one.
  ///
  /// Until the capsules were counted one question was asked, of which yes meant that they were given.
  static let motherVitaminA = CareService(
    81, "mother_vitamin_a", source: .postnatalMatrix,
    for: .afterBirth && .ended(.liveBirth, .stillbirth),
    .once(.pregnancyEnd, opens: .none, late: .days(8), closes: .days(43)),
    doneBy: .one([.value(.motherVitaminACapsules, .atLeast(.fixed(.times(2)))), .yes(.vitaminA)]))
}

extension Criterion {
  /// A mother is not known to have taken both capsules of vitamin A since the birth.
  static let owedMotherVitaminA =
    !Criterion.whereObserved(
      .motherVitaminACapsules, .atLeast(.fixed(.times(2))), .sinceBirth)
    && !DataElement.vitaminA.isYesWhereObserved(.sinceBirth)
}
