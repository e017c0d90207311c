import Foundation
import GRDB
import Guidance
import Health
import Journal
import Programmes

/// A person with what guidelines say on a day.
public struct PersonCare: Sendable {
  /// Who it is.
  public let person: PersonEntry
  /// The facts as guidelines read them.
  public let record: HealthRecord
  /// What they say.
  public let plan: CarePlan
  /// What the district has set, by which they were asked.
  public let settings: ClinicalSettings
  /// Whether the stored plan, which lists read, still says the same.
  public let isStored: Bool
  /// Whether her last pregnancy is left out of all this, since the reader may know no more of it than
  /// that it ended.
  public var hasUntoldEnd = false

  /// The same person with what is new or other in the plan than before, and what tables of a visit
  /// for these purposes cannot tell yet.
  public func changes(since before: PersonCare, at purposes: CarePurpose) -> PersonCare {
    PersonCare(
      person: person, record: record, plan: plan.changes(since: before.plan, at: purposes),
      settings: settings, isStored: false, hasUntoldEnd: hasUntoldEnd)
  }

  /// The person, to be asked by criteria under the same settings as the plan.
  public var evaluation: Evaluation { Evaluation(record, settings: settings) }
}

extension CareBook {
  /// A person as guidelines read them: the facts that stand up to a day, and all that is derived
  /// from them.
  ///
  /// - Parameter lost: the losses of which the reader may not know; nothing where they may.
  static func record(
    standing entries: [TimelineEntry], without lost: LostPregnancies?, on day: CivilDate,
    growth: GrowthSettings, care: ClinicalSettings
  ) throws(WireError) -> HealthRecord {
    // A `??` would throw any error.
    var record =
      if let lost {
        try lost.record(of: entries, on: day)
      } else { try HealthRecord(standing: entries, on: day) }
    record.observeDerived(settings: care, growth: growth)
    return record
  }
}

extension District {
  /// Asks something of the facts of a person that stand; nothing where nobody has that id.
  ///
  /// - Parameters:
  ///   - draft: facts that are not written yet, as if they were there.
  ///   - facilities: where those are given, only care that was recorded there is read.
  func standing<Answer>(
    of id: Identifier, with draft: [Fact], heldBy facilities: [Identifier]?, in db: Database,
    _ ask: ([TimelineEntry]) throws -> Answer
  ) throws -> (person: PersonEntry, answer: Answer)? {
    guard let person = try PersonEntry.person(id, in: db).flatMap(shown),
      var timeline = try PersonEntry.timeline(person.number, in: db)
    else { return nil }
    for fact in draft where fact.subject == id { try timeline.insert(fact) }
    let answer = try timeline.bytes.withUnsafeBufferPointer { bytes in
      var standing = try TimelineReader.standingFacts(of: bytes)
      if let facilities {
        standing.removeAll { entry in
          entry.kind.isCare && !(entry.place.map { facilities.contains($0) } ?? false)
        }
      }
      return try ask(standing)
    }
    return (person, answer)
  }

  /// What guidelines say of a person on a day; nothing where nobody has that id.
  ///
  /// - Parameters:
  ///   - draft: facts that are not written yet, as if they were there.
  ///   - facilities: where those are given, only care that was recorded there is read.
  ///   - matters: what the reader may know of: facts that would tell of a loss are not read for
  ///     anybody else.
  public func care(
    of id: Identifier, on day: CivilDate, with draft: [Fact] = [],
    heldBy facilities: [Identifier]? = nil, knowing matters: SensitiveMatters
  ) throws -> PersonCare? {
    try journal.pool.read { db in
      let found = try standing(of: id, with: draft, heldBy: facilities, in: db) {
        try told($0, on: day, knowing: matters)
      }
      guard let (person, told) = found else { return nil }
      return try care(of: person, told, in: db)
    }
  }

  /// A person's facts as guidelines read them for somebody.
  func told(
    _ standing: [TimelineEntry], on day: CivilDate, knowing matters: SensitiveMatters
  ) throws -> (record: HealthRecord, hasUntoldEnd: Bool) {
    let lost = matters.contains(.loss) ? nil : try LostPregnancies(standing)
    let record = try CareBook.record(
      standing: standing, without: lost, on: day, growth: settings, care: edition.care)
    return (record, lost?.isLast ?? false)
  }

  /// The pregnancies of a person that were lost.
  public func lostPregnancies(of person: PersonEntry) throws -> LostPregnancies {
    try journal.pool.read { db in
      guard let timeline = try PersonEntry.timeline(person.number, in: db) else {
        return try LostPregnancies([])
      }
      return try timeline.bytes.withUnsafeBufferPointer {
        try LostPregnancies(try TimelineReader.standingFacts(of: $0))
      }
    }
  }

  /// What guidelines say of a person whose facts were read.
  func care(
    of person: PersonEntry, _ told: (record: HealthRecord, hasUntoldEnd: Bool), in db: Database
  ) throws -> PersonCare {
    let record = told.record
    let stored = try StoredCarePlan.fetch(person.number, in: db)
    return PersonCare(
      person: person, record: record,
      plan: CarePlan(CareBook.motherAndChild.guidelines, for: record, settings: edition.care),
      settings: edition.care,
      isStored: stored?.holds(on: record.day, in: planning.edition) ?? false,
      hasUntoldEnd: told.hasUntoldEnd)
  }
}
