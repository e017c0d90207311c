import GRDB
import Health
import Journal

/// The receiver's answer to a referral.
public struct ReferralAnswer: Hashable, Sendable {
  /// The day of the answer.
  public let on: CivilDate
  /// The facility that answered.
  public let place: Identifier?
  /// When it was written down.
  public let recordedAt: Instant
  /// Who wrote it down.
  public let recorder: Identifier?
  /// What it says.
  public let body: ReferralAnswerBody
}

/// A referral that stands.
public struct Referral: Hashable, Sendable {
  /// Its fact; the letter's code is its id.
  public let id: Identifier
  /// The day.
  public let on: CivilDate
  /// Who sent.
  public let place: Identifier?
  /// What it says.
  public let body: ReferralBody
  /// The answers, oldest first: somebody is received, and later sent back.
  public internal(set) var answers: [ReferralAnswer] = []

  /// The last answer, where there is one.
  public var answer: ReferralAnswer? { answers.last }
}

/// A referral with whom it is about and who wrote it.
public struct FoundReferral: Sendable {
  /// The fact.
  public let fact: Fact
  /// What it says.
  public let referral: Referral
  /// Who is referred.
  public let person: PersonEntry
  /// Who wrote it; nothing where the register does not know the worker.
  public let sender: Worker?
}

extension District {
  /// The referrals of a person that stand, oldest first.
  public func referrals(of person: PersonEntry) throws -> [Referral] {
    try journal.pool.read { try District.referrals(of: person, in: $0) }
  }

  private static func referrals(of person: PersonEntry, in db: Database) throws -> [Referral] {
    guard let timeline = try PersonEntry.timeline(person.number, in: db) else { return [] }
    return try timeline.bytes.withUnsafeBufferPointer { bytes in
      let standing = try TimelineReader.standingFacts(of: bytes)
      var found = try standing.filter { $0.kind == .referral }.map { entry in
        Referral(
          id: entry.id, on: entry.occurredOn, place: entry.place,
          body: try ReferralBody(entry.body))
      }
      // On one day an answer may stand before what it answers.
      for entry in standing where entry.kind == .referralAnswer {
        let body = try ReferralAnswerBody(entry.body)
        guard let place = found.firstIndex(where: { $0.id == body.referral }) else { continue }
        found[place].answers.append(
          ReferralAnswer(
            on: entry.occurredOn, place: entry.place, recordedAt: entry.recordedAt,
            recorder: try FactRow.fetch(entry.id, in: db)?.recorder, body: body))
      }
      return found
    }
  }

  /// The referral whose fact has that id; nothing where there is none that stands, or where the
  /// person is hidden.
  public func referral(_ id: Identifier) throws -> FoundReferral? {
    try journal.pool.read { db in
      guard let stored = try FactRow.fetchStored(id, in: db), stored.fact.kind == .referral,
        let person = try PersonEntry.person(stored.fact.subject, in: db).flatMap(shown),
        let referral = try District.referrals(of: person, in: db).first(where: { $0.id == id })
      else { return nil }
      return FoundReferral(
        fact: stored.fact, referral: referral, person: person,
        sender: try stored.fact.recorder.flatMap { try Worker.fetch($0, in: db) })
    }
  }
}
