/// How often things happen in the synthetic district. Where the figures come from and how far they
/// can be trusted: docs/simulation.md. None of them describes a real place.
enum SyntheticRates {
  /// Live births per person and year.
  static let births = 0.0188
  /// Boys among live births.
  static let boys = 0.512
  /// Departures per person and year.
  static let departures = 0.018
  /// Arrivals per person and year.
  static let arrivals = 0.019
  /// Moves from one Posyandu to another of the same Puskesmas, per person and year.
  static let movesWithin = 0.010

  /// People by five-year age group from 0–4 to 75 and over, in percent.
  static let agePyramid = [
    9.3, 9.2, 8.9, 8.5, 8.5, 8.5, 8.4, 8.2, 7.4, 6.3, 5.1, 4.0, 3.0, 2.1, 1.3, 1.3,
  ]

  /// The probability to die within a month, by completed months of age.
  ///
  /// Under one year they add up to 17 per 1,000 live births, from one to four years to 4.
  static func death(atMonths months: Int) -> Double {
    switch months {
    case ..<1: 0.0095
    case ..<12: 0.0075 / 11
    case ..<60: 0.004 / 48
    default: deathsPerYear(atYears: months / 12) / 12
    }
  }

  private static func deathsPerYear(atYears years: Int) -> Double {
    switch years {
    case ..<15: 0.0005
    case ..<40: 0.0015
    case ..<50: 0.003
    case ..<60: 0.008
    case ..<70: 0.02
    case ..<80: 0.05
    default: 0.12
    }
  }

  /// People without a NIK, by whether they are under five.
  static func withoutIdentityNumber(isUnderFive: Bool) -> Double { isUnderFive ? 0.06 : 0.01 }

  /// Birth dates worked out from a stated age, by whether the person is a child.
  static func estimatedBirthDate(atYears years: Int) -> Double {
    years < 18 ? 0.02 : years < 50 ? 0.01 : 0.08
  }

  /// Visits written down only weeks later.
  static let lateEntries = 0.015
  /// Visits with a typing error that is noticed and corrected within days.
  static let correctedEntries = 0.008
  /// Visits with a typing error that nobody notices.
  static let unnoticedErrors = 0.004
  /// Of children who did not come: a visit written down for them by mistake for another child, and
  /// withdrawn within days. About 3 in 1,000 visits.
  static let withdrawnEntries = 0.015
  /// Months in which an attending child's length is taken; February and August always.
  static let lengthTaken = 0.64
}
