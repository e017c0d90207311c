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
}

extension District {
  /// What guidelines say of a person on a day, as if some facts more were there; nothing where
  /// nobody has that id.
  public func care(
    of id: Identifier, on day: CivilDate, with draft: [Fact] = []
  ) throws -> PersonCare? {
    try journal.pool.read { db in
      guard let person = try PersonEntry.person(id, in: db).flatMap(shown),
        var timeline = try PersonEntry.timeline(person.number, in: db)
      else { return nil }
      for fact in draft where fact.subject == id { try timeline.insert(fact) }
      let record = try timeline.bytes.withUnsafeBufferPointer { bytes in
        try HealthRecord(timeline: bytes, on: day)
      }
      return PersonCare(
        person: person, record: record,
        plan: CarePlan(CareBook.motherAndChild.guidelines, for: record))
    }
  }
}
