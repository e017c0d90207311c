import Foundation
import GRDB
import Guidance
import Health
import Journal
import Programmes
import Synchronization

/// Keeps every person's care plan current as facts arrive: the plans of those whose facts changed
/// are worked out for the day of arrival, in the transaction that accepts the facts.
///
/// As days pass ``District/refreshPlans(on:)`` does the rest.
struct CarePlanProjection: Projection {
  let growth: GrowthSettings
  let edition: CareEdition
  let hoursEastOfGreenwich: Int

  init(growth: GrowthSettings, hoursEastOfGreenwich: Int) {
    self.growth = growth
    self.hoursEastOfGreenwich = hoursEastOfGreenwich
    edition = CareEdition(growth: growth)
  }

  func update(
    _ changes: [TimelineChange], places: PlaceChanges, at now: Instant, in db: Database
  ) throws {
    let day = now.day(hoursEastOfGreenwich: hoursEastOfGreenwich)
    for (change, plan) in zip(changes, try plans(of: changes, on: day)) {
      try plan.store(change.person, in: db)
    }
  }

  /// What guidelines say of a timeline on a day.
  func plan(of timeline: Timeline, on day: CivilDate) throws -> StoredCarePlan {
    let record = try timeline.bytes.withUnsafeBufferPointer { bytes in
      try CareBook.record(
        standing: TimelineReader.standingFacts(of: bytes), on: day, growth: growth)
    }
    return StoredCarePlan(
      CarePlan(CareBook.motherAndChild.guidelines, for: record), in: edition)
  }

  /// The plans of changed persons. They do not depend on one another, so a large batch is shared
  /// among the processors.
  private func plans(of changes: [TimelineChange], on day: CivilDate) throws -> [StoredCarePlan] {
    let compute: @Sendable (TimelineChange) throws -> StoredCarePlan = {
      try plan(of: $0.timeline, on: day)
    }
    guard changes.count >= 64 else { return try changes.map(compute) }
    let shares = max(2, min(8, ProcessInfo.processInfo.activeProcessorCount))
    let results = Mutex<[Int: Result<[StoredCarePlan], any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: shares) { share in
      let start = changes.count * share / shares
      let end = changes.count * (share + 1) / shares
      let result = Result { try changes[start..<end].map(compute) }
      results.withLock { $0[share] = result }
    }
    return try (0..<shares).flatMap { share in
      try results.withLock { try $0[share]?.get() ?? [] }
    }
  }
}
