import Foundation
import GRDB
import Health
import Journal

/// How long records are kept.
public struct RetentionRules: Hashable, Sendable {
  /// Years after the last visit. Permenkes 24/2022, article 39: at least 25.
  public var yearsAfterLastVisit: Int

  /// The rules of Permenkes 24/2022.
  public init(yearsAfterLastVisit: Int = 25) {
    self.yearsAfterLastVisit = yearsAfterLastVisit
  }
}

/// Why a person's data is not erased.
public enum ErasureProblem: Error, Hashable, Sendable {
  /// Nobody has that id.
  case nobody
  /// It was erased before.
  case alreadyErased
  /// The record must be kept until that day.
  case mustBeKept(until: CivilDate)
  /// There is a record of care, which does not rest on consent.
  case holdsRecordOfCare
  /// No consent was withdrawn.
  case noConsentWithdrawn
  /// Facts from before facts were sealed cannot be made unreadable.
  case notSealed
}

/// What an erasure did.
public struct Erased: Hashable, Sendable {
  /// Records of the person that are unreadable now, those that were merged included.
  public let records: [Identifier]
  /// The household, where nobody else belonged to it.
  public let household: Identifier?
  /// What became of each fact, the person's records first.
  public let results: [Acceptance]
}

extension District {
  /// Makes all that was told of a person unreadable for ever: the key of the person's facts is
  /// destroyed, what was computed of them is emptied, and a fact says who did so, when and why. The
  /// facts' places in the chain stay, so that it can still be checked. See ADR 0033.
  ///
  /// Facts from a household to which nobody else belongs go with the person. Rows of files that
  /// were refused and hold the person's NIK are removed.
  ///
  /// - Throws: ``ErasureProblem`` where the law does not demand or allow it.
  public func erase(
    _ person: Identifier, because reason: ErasureReason, answering request: Identifier? = nil,
    rules: RetentionRules = RetentionRules(), _ recording: Recording
  ) async throws -> Erased {
    let today = recording.at.day(hoursEastOfGreenwich: hoursEastOfGreenwich)
    let plan = try await journal.pool.read { db in
      try ErasurePlan(person, because: reason, rules: rules, on: today, in: db)
    }
    let body = ErasureBody(reason: reason, request: request).bytes
    let facts = (plan.records + [plan.household].compactMap { $0 }).map {
      recording.fact(.erasure, of: $0, on: today, body)
    }
    let numbers = plan.numbers
    let results = try await journal.accept(facts, now: recording.at) { db, results in
      for case .refused(let refusal) in results {
        throw refusal == .factsAreNotSealed
          ? ErasureProblem.notSealed : ActRefused(refusal: refusal)
      }
      for number in numbers {
        try db.execute(
          sql: """
            DELETE FROM refused_row WHERE instr(row, :number) > 0 OR value = :number;
            DELETE FROM import_warning WHERE value = :number;
            DELETE FROM further_problem WHERE value = :number OR NOT EXISTS (
              SELECT 1 FROM refused_row
              WHERE refused_row.batch = further_problem.batch
                AND refused_row.line = further_problem.line)
            """, arguments: ["number": number])
      }
    }
    // Whoever reads now keeps the old pages a moment longer; closing empties them at the latest.
    try? journal.dropOldPages()
    return Erased(records: plan.records, household: plan.household, results: results)
  }

  /// The fact by which a person's data was erased; nothing where it was not.
  public func erasure(of person: Identifier) throws -> Fact? {
    try journal.pool.read { try Erasures.fact(of: person, in: $0) }
  }
}

/// What an erasure takes with it.
private struct ErasurePlan: Sendable {
  let records: [Identifier]
  let household: Identifier?
  /// The person's NIK, as far as known.
  let numbers: [String]

  init(
    _ person: Identifier, because reason: ErasureReason, rules: RetentionRules,
    on today: CivilDate, in db: Database
  ) throws {
    guard let entry = try PersonEntry.person(person, in: db) else { throw ErasureProblem.nobody }
    if try Erasures.isErased(person, in: db) { throw ErasureProblem.alreadyErased }
    records = try SamePersons.fetch(in: db).records(of: entry.id).sorted()
    guard let timeline = try PersonEntry.timeline(entry.number, in: db) else {
      throw ErasureProblem.nobody
    }
    try ErasurePlan.check(timeline, because: reason, rules: rules, on: today)
    let summary = try PersonSummary(timeline: timeline)
    let others = try Int.fetchOne(
      db, sql: "SELECT count(*) FROM person WHERE household = ? AND stands_for IS NULL",
      arguments: [summary.household?.data])
    household = try summary.household.flatMap { id in
      // Nothing is erased where nobody told anything.
      let facts = try StandingSubject.fetch(id, in: db)
      return others == 1 && facts.timeline != Timeline() ? id : nil
    }
    let number = String(decoding: summary.person.nationalIdentityNumber, as: UTF8.self)
    numbers = number.utf8.count == 16 ? [number] : []
  }

  private static func check(
    _ timeline: Timeline, because reason: ErasureReason, rules: RetentionRules,
    on today: CivilDate
  ) throws {
    var lastTold: CivilDate?
    var isCaredFor = false
    // The last decision on each text counts.
    var decisions: [[UInt8]: ConsentDecision] = [:]
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      for entry in try TimelineReader.standingFacts(of: bytes) {
        lastTold = max(lastTold ?? entry.occurredOn, entry.occurredOn)
        if entry.kind.isCare { isCaredFor = true }
        if entry.kind == .consent {
          let body = try ConsentBody(entry.body)
          decisions[body.text] = body.decision
        }
      }
    }
    switch reason {
    case .retentionEnded:
      // Whatever was told last: somebody was here then.
      let until = lastTold.map { $0.addingMonths(12 * rules.yearsAfterLastVisit) }
      if let until, today < until { throw ErasureProblem.mustBeKept(until: until) }
    case .consentWithdrawn:
      if isCaredFor { throw ErasureProblem.holdsRecordOfCare }
      guard decisions.values.contains(.withdrawn), !decisions.values.contains(.yes) else {
        throw ErasureProblem.noConsentWithdrawn
      }
    case .recordedUnlawfully, .madeByMistake: break
    }
  }
}

extension FactKind {
  /// Whether such a fact is part of a record of care: measurements, and all clinical kinds.
  fileprivate var isCare: Bool { self == .measurement || (32...63).contains(rawValue) }
}
