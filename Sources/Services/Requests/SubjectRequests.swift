import GRDB
import Health
import Journal

/// Something that somebody asked about a person's data, with what became of it.
public struct SubjectRequest: Sendable {
  /// The fact that tells of it; its name in addresses.
  public let id: Identifier
  /// Whose data.
  public let person: PersonEntry
  /// What was asked, when, in what words.
  public let body: SubjectRequestBody
  /// Who wrote it down.
  public let takenBy: Identifier?
  /// The answer; nothing while it waits for one.
  public let answer: Answer?

  /// An answer.
  public struct Answer: Sendable {
    /// What became of the request.
    public let body: SubjectAnswerBody
    /// Who answered.
    public let by: Identifier?
    /// When.
    public let at: Instant
    /// Where the person lived then, as far as that was known.
    public let place: Identifier?
  }

  /// Whether it was decided to erase, which whoever runs the machine has not done yet: afterwards
  /// nothing of the request can be read.
  public var awaitsErasure: Bool { body.kind == .erasure && answer?.body.outcome == .done }

  /// Whether it waits for an answer and the time for it is over.
  public func isOverdue(at: Instant) -> Bool { answer == nil && body.dueAt <= at }
}

extension District {
  /// Every request about a person, the newest first.
  public func subjectRequests(of person: PersonEntry) throws -> [SubjectRequest] {
    try journal.pool.read { try District.subjectRequests(of: person, in: $0) }
  }

  /// Requests that wait for an answer or for the erasure that was decided, of the whole district:
  /// the one due first in front, so that those overdue lead.
  public func openSubjectRequests() throws -> [SubjectRequest] {
    try journal.pool.read { db in
      try District.personsWithFacts(of: .subjectRequest, in: db)
        .flatMap { try District.subjectRequests(of: $0, in: db) }
        .filter { $0.answer == nil || $0.awaitsErasure }
        .sorted { ($0.body.dueAt, $0.id) < ($1.body.dueAt, $1.id) }
    }
  }

  /// A request by its fact; nothing where there is none with that id, or it was withdrawn.
  public func subjectRequest(_ id: Identifier) throws -> SubjectRequest? {
    try journal.pool.read { db in
      guard let fact = try FactRow.fetch(id, in: db), fact.kind == .subjectRequest,
        let person = try PersonEntry.person(fact.subject, in: db)
      else { return nil }
      return try District.subjectRequests(of: person, in: db).first { $0.id == id }
    }
  }

  /// Persons about whom there is a fact of a rare kind, each once.
  static func personsWithFacts(of kind: FactKind, in db: Database) throws -> [PersonEntry] {
    let statement = try BareStatement(
      "SELECT DISTINCT subject FROM fact WHERE kind = ? AND kind BETWEEN 12 AND 14", in: db)
    statement.bind(Int64(kind.rawValue), at: 1)
    var subjects: [Identifier] = []
    try statement.forEach { row in
      if let subject = row.identifier(0) { subjects.append(subject) }
      return true
    }
    var known: Set<Int64> = []
    return try subjects.compactMap { try PersonEntry.person($0, in: db) }
      .filter { known.insert($0.number).inserted }
  }

  static func subjectRequests(
    of person: PersonEntry, in db: Database
  ) throws -> [SubjectRequest] {
    guard let timeline = try PersonEntry.timeline(person.number, in: db) else { return [] }
    var asked: [(id: Identifier, body: SubjectRequestBody)] = []
    var answers: [Identifier: (id: Identifier, body: SubjectAnswerBody)] = [:]
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      for entry in try TimelineReader.standingFacts(of: bytes) {
        switch entry.kind {
        case .subjectRequest: asked.append((entry.id, try SubjectRequestBody(entry.body)))
        case .subjectAnswer:
          let body = try SubjectAnswerBody(entry.body)
          // The first answer stands; a later one corrects it by replacing it.
          if answers[body.request] == nil { answers[body.request] = (entry.id, body) }
        default: continue
        }
      }
    }
    return try asked.map { request in
      let answer = try answers[request.id].flatMap { found in
        try FactRow.fetch(found.id, in: db).map {
          SubjectRequest.Answer(
            body: found.body, by: $0.recorder, at: $0.recordedAt, place: $0.place)
        }
      }
      return SubjectRequest(
        id: request.id, person: person, body: request.body,
        takenBy: try FactRow.fetch(request.id, in: db)?.recorder, answer: answer)
    }.sorted { ($1.body.receivedAt, $1.id) < ($0.body.receivedAt, $0.id) }
  }
}
