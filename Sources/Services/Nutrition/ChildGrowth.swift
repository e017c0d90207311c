import Foundation
import GRDB
import Health
import Journal
import Programmes

/// A child's page: who it is, every measurement with its status, every month of the KMS.
public struct ChildGrowth: Sendable {
  /// Who it is.
  public let person: PersonEntry
  /// Everything known of the person.
  public let summary: PersonSummary
  /// The fact that tells who it is and how it was born; nothing where none stands.
  public let personFact: Identifier?
  /// Measurements and months; length and head judged as in care plans, by the age from term of a
  /// child born early.
  public let record: GrowthRecord
  /// By which age those are judged; nothing without a day of birth.
  public let ages: AgeOfGrowth?
  /// The status of each measurement, in the record's order.
  public let statuses: [GrowthStatus]
  /// The fact behind each measurement, in the record's order.
  public let facts: [StoredFact?]

  /// The KMS entry that a measurement decides, if it does.
  public func weighingMonth(of position: Int) -> WeighingMonth? {
    record.weighingMonths.first { $0.measurement == position }
  }

  /// The same child with no more of who it is and how it was born than some of its facts tell.
  func limited(to summary: PersonSummary) -> ChildGrowth {
    ChildGrowth(
      person: person.asTold(by: summary), summary: summary, personFact: nil, record: record,
      ages: ages, statuses: statuses, facts: facts)
  }
}

/// A fact with those that it replaces and that replace it.
public struct FactHistory: Sendable {
  /// The fact.
  public let fact: StoredFact
  /// The older fact that it corrects or withdraws.
  public let replaces: StoredFact?
  /// Facts that correct or withdraw it.
  public let replacedBy: [StoredFact]
  /// The name of who recorded it, where that is known.
  public let recorderName: String?
  /// The file that it came from, where it came from one.
  public let fileName: String?
}

extension District {
  /// A child's page; nothing where nobody has that id.
  public func child(_ id: Identifier) throws -> ChildGrowth? {
    try journal.pool.read { db in
      guard let person = try PersonEntry.person(id, in: db).flatMap(shown),
        let timeline = try PersonEntry.timeline(person.number, in: db)
      else { return nil }
      let summary = try PersonSummary(timeline: timeline)
      let gestation = summary.person.gestationalAgeAtBirth
      let record = try timeline.bytes.withUnsafeBufferPointer { bytes in
        try GrowthRecord(timeline: bytes, settings: settings)
      }.judgedAsInCare(gestation: gestation, edition.care)
      let personFact = try timeline.bytes.withUnsafeBufferPointer { bytes in
        try TimelineReader.standingFacts(of: bytes).last { $0.kind == .person }?.id
      }
      return ChildGrowth(
        person: person, summary: summary, personFact: personFact, record: record,
        ages: record.birthDate.map {
          AgeOfGrowth(birth: $0, gestation: gestation, edition.care)
        },
        statuses: record.measurements.map { GrowthStatus($0, settings: settings) },
        facts: try record.measurements.map { try FactRow.fetchStored($0.fact, in: db) })
    }
  }

  /// A fact's history; nothing where no fact has that id.
  public func history(of id: Identifier) throws -> FactHistory? {
    try journal.pool.read { db in
      guard let stored = try FactRow.fetchStored(id, in: db) else { return nil }
      return FactHistory(
        fact: stored,
        replaces: try stored.fact.replaces.flatMap { try FactRow.fetchStored($0, in: db) },
        replacedBy: try FactRow.replacements(of: id, in: db).compactMap {
          try FactRow.fetchStored($0, in: db)
        },
        recorderName: try stored.fact.recorder.flatMap { try WorkerName.fetch($0, in: db) },
        fileName: try stored.fact.device.flatMap { device in
          try String.fetchOne(
            db, sql: "SELECT file_name FROM import_batch WHERE id = ?", arguments: [device.data])
        })
    }
  }
}

/// Names of workers, from their facts.
enum WorkerName {
  static func fetch(_ id: Identifier, in db: Database) throws -> String? {
    try Worker.fetch(id, in: db)?.name
  }
}
