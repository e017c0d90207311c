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
  /// What guidelines say of a person on a day; nothing where nobody has that id.
  ///
  /// - Parameters:
  ///   - draft: facts that are not written yet, as if they were there.
  ///   - facilities: where those are given, only care that was recorded there is read.
  public func care(
    of id: Identifier, on day: CivilDate, with draft: [Fact] = [],
    heldBy facilities: [Identifier]? = nil
  ) throws -> PersonCare? {
    try journal.pool.read { db in
      guard let person = try PersonEntry.person(id, in: db).flatMap(shown),
        var timeline = try PersonEntry.timeline(person.number, in: db)
      else { return nil }
      for fact in draft where fact.subject == id { try timeline.insert(fact) }
      let record = try timeline.bytes.withUnsafeBufferPointer { bytes in
        var standing = try TimelineReader.standingFacts(of: bytes)
        if let facilities {
          standing.removeAll { entry in
            entry.kind.isCare && !(entry.place.map { facilities.contains($0) } ?? false)
          }
        }
        return try HealthRecord(standing: standing, on: day)
      }
      return PersonCare(
        person: person, record: record,
        plan: CarePlan(CareBook.motherAndChild.guidelines, for: record))
    }
  }
}
