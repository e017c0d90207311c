import GRDB
import Guidance
import Health
import Journal
import Programmes

/// Keeps every person's care plan current as facts arrive: the plans of those whose facts changed
/// are worked out for the day of arrival, in the transaction that accepts the facts.
///
/// Doses of vaccines that are owed stand among the services of a stored plan, so that lists count
/// them: see ``OwedVaccines``.
///
/// As days pass ``District/refreshPlans(on:)`` does the rest.
struct CarePlanProjection: Projection {
  let growth: GrowthSettings
  let care: ClinicalSettings
  let edition: CareEdition
  let vaccinations: VaccinationBook
  let hoursEastOfGreenwich: Int

  init(settings: SettingsEdition, vaccinations: VaccinationBook, hoursEastOfGreenwich: Int) {
    growth = settings.growth
    care = settings.care
    self.hoursEastOfGreenwich = hoursEastOfGreenwich
    self.vaccinations = vaccinations
    edition = CareEdition(growth: growth, care: care, vaccinations: vaccinations)
  }

  func update(
    _ changes: [TimelineChange], places: PlaceChanges, at now: Instant, in db: Database
  ) throws {
    let day = now.day(hoursEastOfGreenwich: hoursEastOfGreenwich)
    let plans = try changes.sharedMap { try plan(of: $0.timeline, on: day) }
    for (change, plan) in zip(changes, plans) {
      try plan.store(change.person, in: db)
    }
    if !changes.isEmpty { try edition.noteWriting(in: db) }
  }

  /// What guidelines say of a timeline on a day, with the doses that are owed.
  func plan(of timeline: Timeline, on day: CivilDate) throws -> StoredCarePlan {
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      try plan(standing: try TimelineReader.standingFacts(of: bytes), on: day)
    }
  }

  /// The same for a reader who may not know of losses; nothing where there is none.
  func planWithoutLosses(of timeline: Timeline, on day: CivilDate) throws -> StoredCarePlan? {
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      let standing = try TimelineReader.standingFacts(of: bytes)
      let lost = try LostPregnancies(standing)
      return lost.isEmpty ? nil : try plan(standing: standing, without: lost, on: day)
    }
  }

  private func plan(
    standing: [TimelineEntry], without lost: LostPregnancies? = nil, on day: CivilDate
  ) throws -> StoredCarePlan {
    let record = try CareBook.record(
      standing: standing, without: lost, on: day, growth: growth, care: care)
    var plan = CarePlan(CareBook.motherAndChild.guidelines, for: record, settings: care)
    if VaccinationBook.mayOwe(to: record) {
      // Who recorded the doses is nobody's need.
      let person = try VaccinatedPerson(standing, record, on: day) { _ in nil }
      let owed = vaccinations.owed(to: person, on: day)
      plan.add(owed.services, holdingUntil: owed.holdsUntil)
    }
    return StoredCarePlan(plan, in: edition)
  }
}
