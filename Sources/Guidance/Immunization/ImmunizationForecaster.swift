import Health

/// Judges the doses that a person was given, and forecasts the next ones, by one schedule.
///
/// It is a workspace: made once for a schedule, it answers for one person after the other without
/// taking memory. After ``assess(_:doses:on:)`` the answers stand in ``groups`` and are asked
/// through ``evaluation(ofDose:inGroup:)``. The order in which the doses are handed over does not
/// matter.
///
/// Terms and steps are those of CDC's "Logic Specification for ACIP Recommendations" 4.5: relevant
/// series (chapter 5), each dose against its target dose (6), forecast (7), best series (8) and
/// vaccine group (9).
public struct ImmunizationForecaster: ~Copyable, @unchecked Sendable {
  // Sendable, because nobody else ever holds this workspace: the value cannot be copied.
  private let workspace: ImmunizationWorkspace

  /// So many doses of one person are looked at; of more, the latest ones.
  public static let mostDoses = 64

  /// A workspace for a schedule.
  public init(_ schedule: VaccineSchedule) {
    workspace = ImmunizationWorkspace(schedule)
  }

  /// The next dose of each of the schedule's groups, in their order.
  public var groups: [VaccineForecast] { workspace.groups }

  /// Judges and forecasts for a person on a day.
  ///
  /// - Parameters:
  ///   - doses: the doses given, in any order. One after the day is judged like the others, as
  ///     CDC's cases have it; whoever asks what was known on a day leaves it out.
  ///   - day: the day of the answer.
  public mutating func assess(
    _ person: ImmunizationPerson, doses: [GivenDose], on day: CivilDate
  ) {
    workspace.assess(person, doses: doses, on: day)
  }

  /// What a dose is worth for a group of antigens; nothing where it holds none of them, where no
  /// series of the schedule is for this person, or where the date of birth is missing.
  ///
  /// Where the antigens differ, one that does not count decides, then one that counts.
  ///
  /// - Parameters:
  ///   - dose: its place among the doses as they were handed over.
  ///   - group: the group's place in the schedule.
  public func evaluation(ofDose dose: Int, inGroup group: Int) -> DoseEvaluation? {
    workspace.evaluation(ofDose: dose, inGroup: group)
  }

  /// What a dose is worth for one antigen, by the antigen's best series.
  public func evaluation(ofDose dose: Int, for antigen: Antigen) -> DoseEvaluation? {
    workspace.evaluation(ofDose: dose, for: antigen)
  }

  /// The day of the dose that counts as this number (from 1 on) of an antigen, by its best series.
  public func day(ofValidDose number: Int, of antigen: Antigen) -> CivilDate? {
    workspace.day(ofValidDose: number, of: antigen)
  }

  /// How many doses the best series of an antigen has; 0 where none is for this person.
  public func doseCount(of antigen: Antigen) -> Int { workspace.doseCount(of: antigen) }

  /// How many doses of an antigen count, by its best series.
  public func validDoses(of antigen: Antigen) -> Int { workspace.validDoses(of: antigen) }
}
