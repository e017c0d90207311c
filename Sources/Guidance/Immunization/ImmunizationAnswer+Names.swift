extension DoseStatus {
  /// The name in the catalogues, under `immunization.dose_status`.
  public var name: StaticString {
    switch self {
    case .valid: "valid"
    case .notValid: "not_valid"
    case .extraneous: "extraneous"
    case .substandard: "substandard"
    }
  }
}

extension DoseReason {
  /// The name in the catalogues, under `immunization.dose_reasons`.
  public var name: StaticString {
    switch self {
    case .asRecommended: "as_recommended"
    case .withinGrace: "within_grace"
    case .tooYoung: "too_young"
    case .tooOld: "too_old"
    case .tooSoon: "too_soon"
    case .vaccineConflict: "vaccine_conflict"
    case .inadvertentVaccine: "inadvertent_vaccine"
    case .wrongVaccine: "wrong_vaccine"
    case .wrongAgeForVaccine: "wrong_age_for_vaccine"
    case .seriesComplete: "series_complete"
    case .substandard: "substandard"
    }
  }
}

extension SeriesStatus {
  /// The name in the catalogues, under `immunization.series_status`.
  public var name: StaticString {
    switch self {
    case .notComplete: "not_complete"
    case .complete: "complete"
    case .agedOut: "aged_out"
    case .immune: "immune"
    case .contraindicated: "contraindicated"
    case .notRecommended: "not_recommended"
    case .unknown: "unknown"
    case .notApplicable: "not_applicable"
    }
  }
}

extension ForecastReason {
  /// The name in the catalogues, under `immunization.forecast_reasons`.
  public var name: StaticString {
    switch self {
    case .age: "age"
    case .interval: "interval"
    case .intervalFromInvalidDose: "interval_from_invalid_dose"
    case .vaccineConflict: "vaccine_conflict"
    case .season: "season"
    case .complete: "complete"
    case .tooOld: "too_old"
    case .cannotFinishInTime: "cannot_finish_in_time"
    case .immune: "immune"
    case .contraindicated: "contraindicated"
    case .pastHistory: "past_history"
    case .pastSeason: "past_season"
    case .missing: "missing"
    case .notApplicable: "not_applicable"
    case .schoolMonth: "school_month"
    }
  }
}
