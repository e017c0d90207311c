import Health

/// What a given dose is worth.
public enum DoseStatus: UInt8, Hashable, Sendable, CaseIterable {
  /// It counts.
  case valid = 1
  /// It does not count and must be repeated.
  case notValid = 2
  /// It was more than is needed; it is not repeated, and the doses after it are not moved.
  case extraneous = 3
  /// It was worth nothing (expired, frozen, recalled) and is not even judged.
  case substandard = 4
}

/// Why a given dose is worth what it is.
public enum DoseReason: UInt8, Hashable, Sendable, CaseIterable {
  /// It was given as it should be.
  case asRecommended = 1
  /// It was a little too early, within the schedule's grace.
  case withinGrace = 2
  /// It was given before the least age.
  case tooYoung = 3
  /// It was given at or after the greatest age.
  case tooOld = 4
  /// It was given too soon after a dose before it.
  case tooSoon = 5
  /// It was given shortly after another vaccine that stands in its way.
  case vaccineConflict = 6
  /// A product was given that is known to be given by mistake.
  case inadvertentVaccine = 7
  /// The product is not one of those that may be given for the dose.
  case wrongVaccine = 8
  /// The product may be given for the dose, but not at that age.
  case wrongAgeForVaccine = 9
  /// The series was complete already.
  case seriesComplete = 10
  /// The dose was expired, frozen, recalled or only partly given.
  case substandard = 11
}

/// What became of a given dose.
public struct DoseEvaluation: Hashable, Sendable {
  /// What the dose is worth.
  public let status: DoseStatus
  /// Why.
  public let reason: DoseReason

  /// A judgement on a dose.
  public init(_ status: DoseStatus, _ reason: DoseReason) {
    self.status = status
    self.reason = reason
  }
}

/// How far a series, or a group of antigens, has come.
public enum SeriesStatus: UInt8, Hashable, Sendable, CaseIterable {
  /// A dose is due, now or later.
  case notComplete = 1
  /// All doses were given.
  case complete = 2
  /// The greatest age has passed, or passes before the next dose may be given.
  case agedOut = 3
  /// The person is taken to be immune.
  case immune = 4
  /// The vaccine must not be given.
  case contraindicated = 5
  /// Nothing is recommended: by what was given otherwise, or out of season.
  case notRecommended = 6
  /// What is needed to tell is missing.
  case unknown = 7
  /// The schedule has nothing for this person: HPV for a boy where only girls are vaccinated.
  case notApplicable = 8
}

/// What decided the dates of a forecast, or why there are none.
public enum ForecastReason: UInt8, Hashable, Sendable, CaseIterable {
  /// The recommended age.
  case age = 1
  /// The distance from a dose before.
  case interval = 2
  /// The least distance from a dose that did not count.
  case intervalFromInvalidDose = 3
  /// Another vaccine, given shortly before.
  case vaccineConflict = 4
  /// The season.
  case season = 5
  /// All doses were given.
  case complete = 6
  /// The greatest age has passed.
  case tooOld = 7
  /// The greatest age passes before the dose may be given.
  case cannotFinishInTime = 8
  /// The person is taken to be immune.
  case immune = 9
  /// The vaccine must not be given.
  case contraindicated = 10
  /// What was given otherwise makes it unnecessary.
  case pastHistory = 11
  /// The season is over.
  case pastSeason = 12
  /// What is needed to tell is missing.
  case missing = 13
  /// The schedule has nothing for this person.
  case notApplicable = 14
  /// The month in which the class is given the dose at school.
  case schoolMonth = 15
}

/// The next dose of one antigen or of one group of antigens.
public struct VaccineForecast: Hashable, Sendable {
  /// How far it has come.
  public internal(set) var status: SeriesStatus
  /// What decided.
  public internal(set) var reason: ForecastReason
  /// What is missing, where the status is unknown.
  public internal(set) var missing: Missing?
  /// The number of the next dose: doses that count, and one; 0 where none is due.
  public internal(set) var doseNumber: UInt8
  /// Place of the series, in the schedule's list, that the forecast follows.
  public internal(set) var series: UInt16
  /// Place of the forecast dose within that series.
  public internal(set) var dose: UInt8
  /// The first day on which the dose may be given.
  public internal(set) var earliest: CivilDate?
  /// The day from which it is recommended.
  public internal(set) var recommended: CivilDate?
  /// The last day on which it is not overdue.
  public internal(set) var pastDue: CivilDate?
  /// The last day on which it may be given.
  public internal(set) var latest: CivilDate?

  /// Where the rule stands that a forecast follows.
  public func source(in schedule: VaccineSchedule) -> Source {
    let place = Int(series)
    guard schedule.series.indices.contains(place),
      schedule.series[place].doses.indices.contains(Int(dose))
    else { return schedule.source }
    return schedule.series[place].doses[Int(dose)].source ?? schedule.source
  }

  /// A forecast without a dose.
  init(_ status: SeriesStatus, _ reason: ForecastReason, missing: Missing? = nil) {
    self.status = status
    self.reason = reason
    self.missing = missing
    doseNumber = 0
    series = 0
    dose = 0
  }
}
