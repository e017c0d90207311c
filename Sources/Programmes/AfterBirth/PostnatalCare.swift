import Guidance
import Health

extension CareMatrix {
  /// The care of a mother at KF1 to KF4: figure 14 of the decree, with the screening of mental
  /// health that the mother's book adds. The two capsules of vitamin A belong to KF1 and KF2.
  static let postnatal = CareMatrix(
    source: .postnatalMatrix, for: .afterBirth && .ended(.liveBirth, .stillbirth),
    at: .postnatalContacts,
    [
      Row(75, "postnatal_general_state", doneBy: .observed(.looksWell), at: [1, 2, 3, 4]),
      Row(
        76, "postnatal_pressure_temperature", doneBy: .observed(.systolicPressure),
        at: [1, 2, 3, 4]),
      Row(77, "lochia_and_bleeding", doneBy: .observed(.lochiaNormal), at: [1, 2, 3, 4]),
      Row(78, "birth_canal", doneBy: .observed(.birthCanalClean), at: [1, 2, 3, 4]),
      Row(79, "womb_contracts", doneBy: .observed(.wombFirm), at: [1, 2, 3, 4]),
      Row(
        80, "breasts_and_breastfeeding",
        doneBy: .one([.observed(.breastsHealthy), .observed(.breastfeeding)]), at: [1, 2, 3, 4]),
      Row(81, "mother_vitamin_a", doneBy: .yes(.vitaminA), at: [1, 2]),
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
