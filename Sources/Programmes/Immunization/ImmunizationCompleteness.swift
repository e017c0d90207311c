import Guidance
import Health

/// What a child must have been given by a birthday to be counted as completely immunised.
public struct ImmunizationGoal: Sendable {
  /// So many doses of a vaccine.
  public struct Requirement: Hashable, Sendable {
    /// The vaccine.
    public let vaccine: CardVaccine
    /// How many doses must count.
    public let doses: UInt8
  }

  /// The doses.
  public let requirements: [Requirement]
  /// The age, in completed months, before which they must have been given.
  public let months: Int32
  /// Where the definition stands.
  public let source: Source

  /// Imunisasi dasar lengkap (IDL): before the first birthday HB0 1, BCG 1, OPV 4, DPT-HB-Hib 3,
  /// IPV 1 or 2, MR 1.
  public static func basic(_ settings: ImmunizationSettings) -> ImmunizationGoal {
    ImmunizationGoal(
      requirements: [
        Requirement(vaccine: .hepatitisBAtBirth, doses: 1), Requirement(vaccine: .bcg, doses: 1),
        Requirement(vaccine: .oralPolio, doses: 4), Requirement(vaccine: .dptHBHib, doses: 3),
        Requirement(
          vaccine: .injectedPolio, doses: UInt8(settings.basicInjectedPolioDoses)),
        Requirement(vaccine: .measlesRubella, doses: 1),
      ], months: 12, source: .immunizationCompleteness)
  }

  /// Imunisasi baduta lengkap: before the second birthday DPT-HB-Hib 4 and MR 2, where set PCV 3.
  ///
  /// It is written out, because "IBL" is used for two things.
  public static func secondYear(_ settings: ImmunizationSettings) -> ImmunizationGoal {
    var requirements = [
      Requirement(vaccine: .dptHBHib, doses: 4), Requirement(vaccine: .measlesRubella, doses: 2),
    ]
    if settings.badutaNeedsPneumococcus {
      requirements.append(Requirement(vaccine: .pneumococcus, doses: 3))
    }
    return ImmunizationGoal(
      requirements: requirements, months: 24, source: .immunizationCompleteness)
  }

  /// Antigen baru: PCV 2, RV 3, IPV 2, before the first birthday.
  public static let newAntigens = ImmunizationGoal(
    requirements: [
      Requirement(vaccine: .pneumococcus, doses: 2), Requirement(vaccine: .rotavirus, doses: 3),
      Requirement(vaccine: .injectedPolio, doses: 2),
    ], months: 12, source: .immunizationCompleteness)

  /// One dose of a vaccine before an age: zero dose is DPT-HB-Hib 1 not given before 12 months.
  public static func doses(
    _ count: UInt8, of vaccine: CardVaccine, before months: Int32
  ) -> ImmunizationGoal {
    ImmunizationGoal(
      requirements: [Requirement(vaccine: vaccine, doses: count)], months: months,
      source: .immunizationCompleteness)
  }
}

/// How a child stands to a goal.
public enum GoalStatus: Hashable, Sendable {
  /// Everything was given in time; the day is that of the last dose.
  case reached(CivilDate)
  /// Everything was given, the last dose too late; the day is that of the last dose.
  case reachedLate(CivilDate)
  /// Something is not given yet, and there is time until the day before the birthday.
  case underWay(until: CivilDate)
  /// Something was not given in its time and cannot be given before the birthday any more.
  case outOfReach
  /// The birthday passed without everything.
  case missed
  /// What is needed to tell is missing.
  case unknown(Missing)
}

extension ImmunizationGoal {
  /// How the person stands whom a forecaster has just assessed by the Indonesian schedule.
  public func status(
    of forecaster: borrowing ImmunizationForecaster, by schedule: VaccineSchedule,
    birth: CivilDate?, on day: CivilDate
  ) -> GoalStatus {
    guard let birth else { return .unknown(.birthDate) }
    let birthday = birth.addingMonths(Int(months))
    var last: CivilDate?
    for requirement in requirements {
      for antigen in requirement.vaccine.antigens {
        guard
          let given = forecaster.day(
            ofValidDose: Int(requirement.doses), of: antigen.antigen)
        else {
          guard day < birthday else { return .missed }
          return closed(in: forecaster, by: schedule, birth: birth, on: day).isEmpty
            ? .underWay(until: CivilDate(dayNumber: birthday.dayNumber - 1)) : .outOfReach
        }
        last = last.map { max($0, given) } ?? given
      }
    }
    guard let last else { return .missed }
    return last < birthday ? .reached(last) : .reachedLate(last)
  }

  /// The requirements that are not met and can no longer be: the vaccine is given no more, or its
  /// last dose not before the birthday, even where every dose is given as soon as it may be.
  public func closed(
    in forecaster: borrowing ImmunizationForecaster, by schedule: VaccineSchedule,
    birth: CivilDate?, on day: CivilDate
  ) -> [Requirement] {
    guard let birth else { return [] }
    let birthday = birth.addingMonths(Int(months))
    return open(in: forecaster).filter { requirement in
      let forecast = forecaster.groups[requirement.vaccine.place]
      if forecast.status == .agedOut { return true }
      guard forecast.status == .notComplete, let earliest = forecast.earliest else { return false }
      let end = Self.end(
        of: requirement, after: max(earliest, day), forecast, by: schedule, birth: birth)
      return end.map { $0 >= birthday } ?? true
    }
  }

  /// The first day on which the last dose can be given where the next one is given on a day: by the
  /// ages and least distances of the series that the forecast follows. Nothing where one of the
  /// doses would come too late to be given.
  private static func end(
    of requirement: Requirement, after next: CivilDate, _ forecast: VaccineForecast,
    by schedule: VaccineSchedule, birth: CivilDate
  ) -> CivilDate? {
    guard schedule.series.indices.contains(Int(forecast.series)) else { return next }
    let doses = schedule.series[Int(forecast.series)].doses.prefix(Int(requirement.doses))
    var end = next
    for dose in doses.dropFirst(Int(forecast.dose) + 1) {
      for interval in dose.intervals where interval.start == .previousDose {
        if let distance = interval.minimum { end = max(end, end + distance) }
      }
      for age in dose.ages {
        if let first = age.minimum { end = max(end, birth + first) }
        if let last = age.maximum, end >= birth + last { return nil }
      }
    }
    return end
  }

  /// The requirements that are not met yet.
  public func open(in forecaster: borrowing ImmunizationForecaster) -> [Requirement] {
    requirements.filter { requirement in
      !requirement.vaccine.antigens.allSatisfy {
        forecaster.validDoses(of: $0.antigen) >= Int(requirement.doses)
      }
    }
  }
}
