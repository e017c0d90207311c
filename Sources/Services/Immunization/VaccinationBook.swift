import Guidance
import Health
import Programmes
import Synchronization

/// The immunisation schedule of a district: its edition with the district's settings, laid out once
/// and asked for one person after the other.
final class VaccinationBook: Sendable {
  /// The edition in force.
  let edition: ImmunizationEdition
  /// What the district has set.
  let settings: ImmunizationSettings
  private let forecaster: Mutex<ImmunizationForecaster>

  init(
    _ edition: ImmunizationEdition = .kmk1098Changed2025, settings: ImmunizationSettings
  ) {
    self.edition = edition
    self.settings = settings
    schedule = IndonesianImmunization.schedule(edition, settings: settings)
    lastAges = VaccinationBook.lastAges(of: schedule)
    forecaster = Mutex(ImmunizationForecaster(schedule))
  }

  /// The schedule, for where its rules stand.
  let schedule: VaccineSchedule
  /// The ages from which doses of it are no longer given.
  let lastAges: [Period]

  /// Asks the engine, which has room for one person: others wait some millionths of a second.
  func ask<Answer: Sendable>(
    _ question: (inout ImmunizationForecaster) -> Answer
  ) -> Answer {
    forecaster.withLock { question(&$0) }
  }
}
