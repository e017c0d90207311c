import Guidance
import Health
import Journal
import Programmes

/// What a given dose counts as for one vaccine.
public struct DoseJudgement: Hashable, Sendable {
  /// The vaccine.
  public let vaccine: OfferedVaccine
  /// As which dose it counts, or for Td of a woman as which T; nothing where it does not count.
  public let number: Int?
  /// Whether it counts, and why.
  public let evaluation: DoseEvaluation
  /// Of a dose that came too early the first day on which it would have counted.
  public let earliest: CivilDate?
}

/// A dose that was given, as the facts tell it, with what it counts as.
public struct RecordedDose: Hashable, Sendable {
  /// The fact that tells of it.
  public let fact: Identifier
  /// What it tells.
  public let body: VaccinationBody
  /// The day.
  public let day: CivilDate
  /// Where it was written down.
  public let place: Identifier?
  /// When it was written down.
  public let recordedAt: Instant
  /// Who wrote it down.
  public let recorder: Identifier?
  /// What it counts as, in the card's order; empty where it counts for nothing that the programme
  /// gives.
  public internal(set) var judgements: [DoseJudgement] = []

  /// The product, where the program knows it.
  public var product: VaccineName? { VaccineName(rawValue: body.product) }
}

/// A vaccine that was offered and not given.
public struct VaccineRefusal: Hashable, Sendable {
  /// The vaccine.
  public let vaccine: OfferedVaccine
  /// The day.
  public let day: CivilDate
  /// Why, where it was said.
  public let reason: RefusalBody.Reason?
  /// The fact that tells of it.
  public let fact: Identifier
}

/// How a vaccine stands on a day.
public enum VaccineState: Hashable, Sendable {
  /// The next dose may be given and is not late.
  case due
  /// The next dose is late.
  case overdue
  /// The next dose may be given later.
  case upcoming
  /// All doses were given.
  case complete
  /// The next dose is no longer given.
  case tooLate
  /// It must not be given.
  case contraindicated
  /// It is not needed, by what was given otherwise or because the person is taken to be immune.
  case notNeeded
  /// What is needed to tell is missing.
  case unknown(Missing)
}

/// The next dose of one vaccine, with why.
public struct PlannedVaccine: Sendable {
  /// The vaccine.
  public let vaccine: OfferedVaccine
  /// The number of the next dose; 0 where none is to come.
  public let number: Int
  /// How it stands.
  public let state: VaccineState
  /// What decided.
  public let reason: ForecastReason
  /// The first day on which the dose may be given.
  public let earliest: CivilDate?
  /// The last day on which it is not late.
  public let pastDue: CivilDate?
  /// The last day on which it may be given.
  public let latest: CivilDate?
  /// The latest dose that counts for it.
  public internal(set) var previous: Identifier?
  /// That it was offered since it may be given, and was not given.
  public internal(set) var refusal: VaccineRefusal?
  /// Where the rule stands.
  public let source: Source

  /// Whether the dose may be given today.
  public var isOwed: Bool { state == .due || state == .overdue }
}

/// How a child stands to one of the programme's definitions of complete immunisation.
public struct ReachedGoal: Sendable {
  /// Which; the raw value is the name in catalogues, under `immunization.goals`.
  public enum Kind: String, CaseIterable, Sendable {
    /// Imunisasi dasar lengkap (IDL).
    case basic
    /// Imunisasi baduta lengkap.
    case secondYear = "second_year"
    /// Antigen baru.
    case newAntigens = "new_antigens"
  }

  /// Which.
  public let kind: Kind
  /// The definition.
  public let goal: ImmunizationGoal
  /// How the child stands.
  public let status: GoalStatus
  /// What is not given yet.
  public let open: [ImmunizationGoal.Requirement]
  /// What of it can no longer be given in time.
  public let closed: [ImmunizationGoal.Requirement]
}

/// A person's vaccinations on a day: what was given and what it counts as, what is next and why,
/// what is complete.
public struct PersonImmunization: Sendable {
  /// Who it is.
  public let person: PersonEntry
  /// The day.
  public let day: CivilDate
  /// The date of birth by the facts.
  public let birthDate: CivilDate?
  /// Whether the person is pregnant.
  public let isPregnant: Bool
  /// The edition of the schedule.
  public let edition: ImmunizationEdition
  /// The doses, by day.
  public let doses: [RecordedDose]
  /// The vaccines that the schedule has for the person, in the card's order.
  public let planned: [PlannedVaccine]
  /// The doses of the card.
  public let card: [CardDose]
  /// How a child stands to complete immunisation; empty from the sixth year on.
  public let goals: [ReachedGoal]
  /// The T status by the doses that are written down; nothing for those whom it does not concern.
  public let tetanus: TetanusStatus?
  /// The T status that she was asked for, where somebody wrote it down.
  public let tetanusAsked: Int?
  /// The vaccines that were offered and not given, by day.
  public let refusals: [VaccineRefusal]

  /// What may be given today, in the card's order.
  public var owed: [PlannedVaccine] { planned.filter(\.isOwed) }

  /// Whether the dose is more than a year away: those of school for a small child.
  public func isFarOff(_ planned: PlannedVaccine) -> Bool {
    planned.state == .upcoming && planned.earliest.map { $0 > day + .years(1) } ?? false
  }

  /// The dose of a fact.
  public func dose(_ fact: Identifier) -> RecordedDose? { doses.first { $0.fact == fact } }

  /// The dose that counts as a number of a vaccine.
  public func dose(_ number: Int, of vaccine: OfferedVaccine) -> RecordedDose? {
    doses.first { dose in
      dose.judgements.contains { $0.vaccine == vaccine && $0.number == number }
    }
  }
}
