import Guidance
import Health

extension HealthRecord {
  /// Adds all that guidelines ask and that no one observes as such: z-scores, courses, sums, indices
  /// and results. To be called once, after reading and before a plan is asked for.
  public mutating func observeDerived(
    settings: ClinicalSettings = ClinicalSettings(), growth: GrowthSettings = GrowthSettings(),
    by standards: ChildGrowthStandards = .shared
  ) {
    observePregnancyFigures()
    guard let birthDate, day < birthDate + Period.months(85) else { return }
    observeGrowth(by: standards)
    observeNewbornFigures(settings: settings)
    observeChildFigures(growth: growth)
    observeQuestionnaires(settings: settings)
  }
}
