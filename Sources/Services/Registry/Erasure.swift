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
  /// There is no request with that id about this person.
  case noSuchRequest
  /// What was asked is something else than to erase.
  case requestIsNotErasure
  /// Nobody has answered the request: erasing is decided first, by somebody else.
  case requestNotDecided
  /// The request was answered otherwise than by erasing.
  case requestDecidedOtherwise
  /// Erasing was decided on another ground.
  case otherGround(decided: ErasureReason)
  /// Erasing was decided by somebody else than is named.
  case decidedBySomebodyElse
  /// Who decided had no role that may answer requests where it was decided.
  case deciderMayNot
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
  /// - Parameters:
  ///   - request: the request on which it was decided, on that ground, by who is named as recorder
  ///     and might answer requests of that place on that day.
  /// - Throws: ``ErasureProblem`` where that is not so, or the law does not demand or allow it.
  public func erase(
    _ person: Identifier, because reason: ErasureReason, answering request: Identifier,
    rules: RetentionRules = RetentionRules(), _ recording: Recording
  ) async throws -> Erased {
    let hours = hoursEastOfGreenwich
    return try await destroy(
      person, because: reason, answering: request, rules: rules, recording,
      provided: { db in
        try ErasureDecision(request, of: person, in: db)
          .check(reason, by: recording.recorder, hoursEastOfGreenwich: hours, in: db)
      })
  }

  /// As ``erase(_:because:answering:rules:_:)``, whoever decided it: what erasing does, for tests
  /// of that.
  package func destroy(
    _ person: Identifier, because reason: ErasureReason, answering request: Identifier? = nil,
    rules: RetentionRules = RetentionRules(), _ recording: Recording,
    provided isDecided: @escaping @Sendable (Database) throws -> Void = { _ in }
  ) async throws -> Erased {
    let today = recording.at.day(hoursEastOfGreenwich: hoursEastOfGreenwich)
    let body = ErasureBody(reason: reason, request: request).bytes
    let plan = Carried<ErasurePlan>()
    // Looked at inside the transaction: a visit that is recorded at this moment counts.
    let results = try await journal.accept(
      now: recording.at,
      making: { db in
        try isDecided(db)
        let now = try ErasurePlan(person, because: reason, rules: rules, on: today, in: db)
        plan.value = now
        return (now.records + [now.household].compactMap(\.self)).map {
          recording.fact(.erasure, of: $0, on: today, body)
        }
      },
      checking: { db, _, results in
        for case .refused(let refusal) in results {
          throw refusal == .factsAreNotSealed
            ? ErasureProblem.notSealed : ActRefused(refusal: refusal)
        }
        try plan.value?.traces.removeRows(in: db)
      })
    // Whoever reads now keeps the old pages a moment longer; closing empties them at the latest.
    try? journal.dropOldPages()
    return Erased(
      records: plan.value?.records ?? [], household: plan.value?.household, results: results)
  }

  /// Why a person's data could not be erased today on a ground; nothing where it could.
  public func obstacle(
    toErasing person: Identifier, because reason: ErasureReason,
    rules: RetentionRules = RetentionRules(), on today: CivilDate
  ) throws -> ErasureProblem? {
    try journal.pool.read { db in
      do {
        _ = try ErasurePlan(person, because: reason, rules: rules, on: today, in: db)
        return nil
      } catch let problem as ErasureProblem { return problem }
    }
  }

  /// All records that are one person, as far as that is still told: after an erasure each stands
  /// alone.
  public func records(of person: Identifier) throws -> [Identifier] {
    try journal.pool.read { db in
      try [person] + SamePersons.fetch(in: db).records(of: person).filter { $0 != person }.sorted()
    }
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
  /// By what the person is known in rows of files.
  let traces: ErasureTraces

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
    traces = ErasureTraces(summary.person)
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
        if entry.kind.isCare { isCaredFor = true }
        if entry.kind == .consent {
          let body = try ConsentBody(entry.body)
          decisions[body.text] = body.decision
        }
        // To ask for one's data is no visit: else nobody who asks could ever be forgotten.
        guard !entry.kind.isAboutData else { continue }
        lastTold = max(lastTold ?? entry.occurredOn, entry.occurredOn)
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

/// What was decided on a request to erase.
private struct ErasureDecision {
  private let answer: SubjectRequest.Answer

  init(_ request: Identifier, of person: Identifier, in db: Database) throws {
    guard let entry = try PersonEntry.person(person, in: db) else { throw ErasureProblem.nobody }
    if try Erasures.isErased(person, in: db) { throw ErasureProblem.alreadyErased }
    let found = try District.subjectRequests(of: entry, in: db).first { $0.id == request }
    guard let found else { throw ErasureProblem.noSuchRequest }
    guard found.body.kind == .erasure else { throw ErasureProblem.requestIsNotErasure }
    guard let answer = found.answer else { throw ErasureProblem.requestNotDecided }
    guard answer.body.outcome == .done else { throw ErasureProblem.requestDecidedOtherwise }
    self.answer = answer
  }

  func check(
    _ reason: ErasureReason, by worker: Identifier?, hoursEastOfGreenwich hours: Int,
    in db: Database
  ) throws {
    if let ground = answer.body.ground, ground != reason {
      throw ErasureProblem.otherGround(decided: ground)
    }
    guard let worker, answer.by == worker else { throw ErasureProblem.decidedBySomebodyElse }
    // As it was when it was decided: who has left since decided nevertheless.
    let rights = try Worker.fetch(worker, in: db).map {
      Rights(
        of: $0, on: answer.at.day(hoursEastOfGreenwich: hours),
        tree: try PlaceTree.fetch(in: db), catchments: try PlaceRows.catchments(in: db))
    }
    guard rights?.may(.answerSubjectRequest, at: answer.place) == true else {
      throw ErasureProblem.deciderMayNot
    }
  }
}

extension FactKind {
  /// Whether such a fact is part of a record of care: measurements, and all clinical kinds.
  var isCare: Bool { self == .measurement || (32...63).contains(rawValue) }

  /// Whether it is about the data and not about the person: consents, requests, answers,
  /// restrictions.
  fileprivate var isAboutData: Bool {
    [.consent, .subjectRequest, .subjectAnswer, .restriction].contains(self)
  }
}
