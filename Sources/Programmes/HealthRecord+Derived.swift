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
    observeHormone(settings: settings)
    guard let birthDate, day < birthDate + Period.months(85) else { return }
    observeGrowth(settings: settings, by: standards)
    observeNewbornFigures(settings: settings)
    observeChildFigures(growth: growth)
    observeQuestionnaires(settings: settings)
  }

  /// Adds the answers to referrals for what a table found.
  mutating func observeAnswers(toReferralsFor table: UInt16, as element: DataElement) {
    for answer in referralAnswers where wasReferred(by: answer.referral, for: table) {
      observe(
        element.code, Int32(answer.outcome.rawValue), on: answer.on, fact: answer.fact)
    }
  }

  /// Whether a referral names a class of a table as its reason.
  private func wasReferred(by referral: Identifier, for table: UInt16) -> Bool {
    referrals.contains { sent in
      sent.fact == referral
        && sent.reasons.contains { reason in
          if case .classified(table, _) = reason { return true }
          return false
        }
    }
  }
}
