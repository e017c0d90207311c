import GRDB
import Guidance
import Health
import Journal
import Programmes

extension District {
  /// A person's vaccinations as of a day; nothing where nobody has that id.
  ///
  /// The timeline is read once, the recorders of the doses by their facts, and the engine is asked
  /// in memory that is laid out once for the district.
  ///
  /// - Parameters:
  ///   - draft: facts that are not written yet, as if they were there.
  ///   - facilities: where those are given, only care that was recorded there is read.
  public func immunization(
    of id: Identifier, on day: CivilDate, with draft: [Fact] = [],
    heldBy facilities: [Identifier]? = nil
  ) throws -> PersonImmunization? {
    try journal.pool.read { db in
      let found = try standing(of: id, with: draft, heldBy: facilities, in: db) { standing in
        try vaccinated(
          standing, HealthRecord(standing: standing, on: day), on: day, with: draft, in: db)
      }
      guard let (person, told) = found else { return nil }
      return immunization(of: person, told, on: day)
    }
  }

  /// What guidelines and the schedule say of a person on a day, by one look at the timeline; nothing
  /// where nobody has that id.
  ///
  /// - Parameters:
  ///   - draft: facts that are not written yet, as if they were there.
  ///   - facilities: where those are given, only care that was recorded there is read.
  ///   - matters: as for ``care(of:on:with:heldBy:knowing:)``.
  public func careAndImmunization(
    of id: Identifier, on day: CivilDate, with draft: [Fact] = [],
    heldBy facilities: [Identifier]? = nil, knowing matters: SensitiveMatters
  ) throws -> (care: PersonCare, immunization: PersonImmunization)? {
    try journal.pool.read { db in
      let found = try standing(of: id, with: draft, heldBy: facilities, in: db) { standing in
        let told = try told(standing, on: day, knowing: matters)
        return (told, try vaccinated(standing, told.record, on: day, with: draft, in: db))
      }
      guard let (person, (told, vaccinated)) = found else { return nil }
      return (
        try care(of: person, told, in: db), immunization(of: person, vaccinated, on: day)
      )
    }
  }

  private func immunization(
    of person: PersonEntry, _ told: VaccinatedPerson, on day: CivilDate
  ) -> PersonImmunization {
    let answer = vaccinations.answer(told, on: day)
    return PersonImmunization(
      person: person, day: day, birthDate: told.birth, isPregnant: told.isPregnant,
      edition: vaccinations.edition, doses: answer.doses, planned: answer.planned,
      card: answer.card, goals: answer.goals, tetanus: answer.tetanus,
      tetanusAsked: told.tetanusAsked.map { Int($0.level) }, refusals: told.refusals)
  }

  /// With who recorded each dose.
  private func vaccinated(
    _ standing: [TimelineEntry], _ record: HealthRecord, on day: CivilDate, with draft: [Fact],
    in db: Database
  ) throws -> VaccinatedPerson {
    try VaccinatedPerson(standing, record, on: day) { entry in
      if let own = draft.first(where: { $0.id == entry.id }) { return own.recorder }
      return try FactRow.fetch(entry.id, in: db)?.recorder
    }
  }
}

extension VaccinatedPerson {

  /// What the facts that stand on a day tell of a person's vaccinations.
  ///
  /// - Parameters:
  ///   - record: the same facts as guidelines read them.
  ///   - recorder: who wrote down a dose.
  init(
    _ standing: [TimelineEntry], _ record: HealthRecord, on day: CivilDate,
    recorder: (TimelineEntry) throws -> Identifier?
  ) throws {
    var doses: [RecordedDose] = []
    var refusals: [VaccineRefusal] = []
    for entry in standing where entry.occurredOn <= day {
      switch entry.kind {
      case .vaccination:
        doses.append(
          RecordedDose(
            fact: entry.id, body: try VaccinationBody(entry.body), day: entry.occurredOn,
            place: entry.place, recordedAt: entry.recordedAt, recorder: try recorder(entry)))
      case .refusal:
        let body = try RefusalBody(entry.body)
        guard let vaccine = OfferedVaccine(service: body.service) else { continue }
        refusals.append(
          VaccineRefusal(
            vaccine: vaccine, day: entry.occurredOn, reason: body.reason, fact: entry.id))
      default: continue
      }
    }
    self.init(
      birth: record.birthDate, sex: record.sex, pregnantSince: record.openPregnancy?.knownSince,
      tetanusAsked: record.latest(.tetanusStatus).flatMap { TetanusStatus.Told($0) }, doses: doses,
      refusals: refusals)
  }
}
