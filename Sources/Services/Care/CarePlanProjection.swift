import GRDB
import Guidance
import Health
import Journal
import Programmes

/// Keeps every person's care plan current as facts arrive: the plans of those whose facts changed
/// are worked out for the day of arrival, in the transaction that accepts the facts.
///
/// As days pass ``District/refreshPlans(on:)`` does the rest.
struct CarePlanProjection: Projection {
  let growth: GrowthSettings
  let care: ClinicalSettings
  let edition: CareEdition
  let hoursEastOfGreenwich: Int

  init(settings: SettingsEdition, hoursEastOfGreenwich: Int) {
    growth = settings.growth
    care = settings.care
    self.hoursEastOfGreenwich = hoursEastOfGreenwich
    edition = CareEdition(growth: growth, care: care)
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

  /// What guidelines say of a timeline on a day.
  func plan(of timeline: Timeline, on day: CivilDate) throws -> StoredCarePlan {
    let record = try timeline.bytes.withUnsafeBufferPointer { bytes in
      try CareBook.record(
        standing: TimelineReader.standingFacts(of: bytes), on: day, growth: growth, care: care)
    }
    return StoredCarePlan(
      CarePlan(CareBook.motherAndChild.guidelines, for: record, settings: care), in: edition)
  }
}
