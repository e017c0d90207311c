import Guidance
import Health

/// The colours of the immunisation chart, for one dose on one day.
public enum VaccinationWindow: UInt8, Hashable, Sendable, CaseIterable {
  /// Given, and it counts.
  case given = 1
  /// Not yet: too young, or too soon after the dose before.
  case notYet = 2
  /// White: the ideal time.
  case ideal = 3
  /// Yellow: still given without a word.
  case allowed = 4
  /// Orange: it is made up for (kejar).
  case catchUp = 5
  /// Grey: it is no longer given.
  case tooLate = 6
  /// The schedule has it not for this person or this district.
  case notApplicable = 7
  /// What is needed to tell is missing.
  case unknown = 8
}

extension VaccinationWindow {
  /// The name in the catalogues, under `immunization.windows`.
  public var name: StaticString {
    switch self {
    case .given: "given"
    case .notYet: "not_yet"
    case .ideal: "ideal"
    case .allowed: "allowed"
    case .catchUp: "catch_up"
    case .tooLate: "too_late"
    case .notApplicable: "not_applicable"
    case .unknown: "unknown"
    }
  }
}

/// One dose on the child's immunisation card.
public struct CardDose: Hashable, Sendable {
  /// The vaccine.
  public let vaccine: CardVaccine
  /// The number of the dose.
  public let number: UInt8
  /// How it stands.
  public let window: VaccinationWindow
  /// The day on which it was given, where it counts; otherwise the first day on which it may be
  /// given, as far as that can be told. Of a dose that waits for the one before it is the first day
  /// that is left, were each dose before given as soon as it may be from today on.
  public let day: CivilDate?
  /// The last day on which it is not overdue.
  public let pastDue: CivilDate?
  /// What is missing, where that cannot be told.
  public let missing: Missing?
}

extension CardDose {
  /// All doses of the card for the person whom a forecaster has just assessed by the Indonesian
  /// schedule.
  ///
  /// - Parameters:
  ///   - birth: the date of birth; nothing where nobody knows it.
  ///   - day: the day of the assessment.
  public static func card(
    of forecaster: borrowing ImmunizationForecaster, birth: CivilDate?, on day: CivilDate,
    edition: ImmunizationEdition, settings: ImmunizationSettings
  ) -> [CardDose] {
    let rows = ImmunizationRow.childhood(settings)
    let school = SchoolRow.rows(edition, settings)
    var result: [CardDose] = []
    for vaccine in CardVaccine.allCases {
      let listed = max(
        rows.count { $0.vaccine == vaccine }, school.count { $0.vaccine == vaccine },
        vaccine == .hepatitisBAtBirth ? 1 : 0)
      let planned =
        startsLate(vaccine, forecaster, birth: birth, on: day)
        ? Int(settings.lateStartPneumococcusDoses)
        : forecaster.doseCount(of: vaccine.antigens[0].antigen)
      // The dose before on the first day that is left for it.
      var previous: CivilDate?
      for number in 1...(planned == 0 ? listed : planned) {
        let row = rows.first { $0.vaccine == vaccine && $0.number == number }
        let found = dose(
          vaccine, UInt8(number), row, after: previous, of: forecaster, birth: birth, on: day)
        previous = found.day.map { max($0, found.window == .given ? $0 : day) }
        result.append(found)
      }
    }
    return result
  }

  /// Whether whoever has no dose of PCV yet would start it late: the series is chosen by the first
  /// dose, so that the forecaster still has the one that begins in time.
  private static func startsLate(
    _ vaccine: CardVaccine, _ forecaster: borrowing ImmunizationForecaster, birth: CivilDate?,
    on day: CivilDate
  ) -> Bool {
    guard vaccine == .pneumococcus, let birth,
      forecaster.doseCount(of: ProgrammeAntigen.pneumococcus.antigen) > 0
    else { return false }
    return day >= birth + .months(IndonesianImmunization.latePneumococcusMonths)
      && forecaster.validDoses(of: ProgrammeAntigen.pneumococcus.antigen) == 0
  }

  /// - Parameter previous: when the dose before was given, or is given at the earliest.
  private static func dose(
    _ vaccine: CardVaccine, _ number: UInt8, _ row: ImmunizationRow?, after previous: CivilDate?,
    of forecaster: borrowing ImmunizationForecaster, birth: CivilDate?, on day: CivilDate
  ) -> CardDose {
    let forecast = forecaster.groups[vaccine.place]
    func entry(
      _ window: VaccinationWindow, _ at: CivilDate? = nil, pastDue: CivilDate? = nil
    ) -> CardDose {
      CardDose(
        vaccine: vaccine, number: number, window: window, day: at, pastDue: pastDue,
        missing: window == .unknown ? forecast.missing : nil)
    }
    switch forecast.status {
    case .unknown: return entry(.unknown)
    case .notApplicable: return entry(.notApplicable)
    default: break
    }
    if let given = dayGiven(vaccine, Int(number), forecaster) { return entry(.given, given) }
    guard forecast.status == .notComplete, let earliest = forecast.earliest else {
      return entry(forecast.status == .agedOut ? .tooLate : .notApplicable)
    }
    guard number == forecast.doseNumber else {
      guard let row, let birth, let previous else { return entry(.notYet) }
      let age = birth + .months(row.ideal.lowerBound)
      return entry(.notYet, max(age, previous + distance(to: row, birth: birth, previous)))
    }
    if day < earliest { return entry(.notYet, earliest, pastDue: forecast.pastDue) }
    return entry(
      colour(row, birth: birth, on: day, forecast), earliest, pastDue: forecast.pastDue)
  }

  /// The least distance to a dose from the one before. Whoever starts PCV late has another one.
  private static func distance(
    to row: ImmunizationRow, birth: CivilDate, _ previous: CivilDate
  ) -> Period {
    let isLate =
      row.vaccine == .pneumococcus
      && previous >= birth + .months(IndonesianImmunization.latePneumococcusMonths)
    return isLate ? IndonesianImmunization.latePneumococcusDistance : row.interval ?? .days(0)
  }

  private static func colour(
    _ row: ImmunizationRow?, birth: CivilDate?, on day: CivilDate, _ forecast: VaccineForecast
  ) -> VaccinationWindow {
    if let row, let birth {
      let months = day.completedMonths(since: birth).count
      if row.ideal.contains(months) { return .ideal }
      if row.allowed?.contains(months) == true { return .allowed }
      return .catchUp
    }
    guard let pastDue = forecast.pastDue, day > pastDue else { return .ideal }
    // HB0 after the first day is still given; a school month that passed is made up for.
    return forecast.latest.map { $0 - pastDue < AgeInDays(60) } == true ? .allowed : .catchUp
  }

  /// The day on which a dose counts for all antigens of a vaccine: that of the latest of them.
  private static func dayGiven(
    _ vaccine: CardVaccine, _ number: Int, _ forecaster: borrowing ImmunizationForecaster
  ) -> CivilDate? {
    var latest: CivilDate?
    for antigen in vaccine.antigens {
      guard let day = forecaster.day(ofValidDose: number, of: antigen.antigen) else { return nil }
      latest = latest.map { max($0, day) } ?? day
    }
    return latest
  }
}
