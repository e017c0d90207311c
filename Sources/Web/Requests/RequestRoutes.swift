import Health
import Hummingbird
import Journal
import Services

extension WebServer {
  func addRequests(to routes: inout Routes) {
    routes.get("/requests") { visit, _ in try visit.respond(RequestListPage(visit).rendering()) }
    routes.sheet("/requests") { visit, _ in try RequestListPage(visit).spreadsheet() }
    routes.get("/requests/{id}") { visit, context in
      let request = try visit.request(try context.identifier("id"))
      return try visit.respond(AnswerPage(visit, request: request).rendering())
    }
    routes.post("/requests/{id}") { visit, form, context in
      try await visit.answer(try context.identifier("id"), form)
    }
    routes.get("/people/{id}/requests") { visit, context in
      let record = try visit.person(try context.identifier("id"), for: .takeSubjectRequest)
      return try visit.respond(PersonRequestsPage(visit, record: record).rendering())
    }
    routes.post("/people/{id}/requests") { visit, form, context in
      let record = try visit.person(try context.identifier("id"), for: .takeSubjectRequest)
      return try await visit.take(form, for: record)
    }
    routes.get("/people/{id}/record") { visit, context in
      let record = try visit.person(try context.identifier("id"), for: .showAccess)
      return try visit.respond(WholeRecordPage(visit, record: record).rendering())
    }
    routes.get("/people/{id}/record.csv") { visit, context in
      let record = try visit.person(try context.identifier("id"), for: .showAccess)
      return try visit.respond(WholeRecordPage(visit, record: record).spreadsheet())
    }
    routes.get("/people/{id}/protection") { visit, context in
      let record = try visit.person(try context.identifier("id"), for: .protectPerson)
      return try visit.respond(ProtectionPage(visit, record: record).rendering())
    }
    routes.post("/people/{id}/protection") { visit, form, context in
      let record = try visit.person(try context.identifier("id"), for: .protectPerson)
      return try await visit.protect(record, form)
    }
  }
}

extension Visit {
  /// The request with that id, where the visitor may answer it.
  func request(_ id: Identifier) throws -> SubjectRequest {
    guard let request = try site.district.subjectRequest(id) else { throw PageProblem.notFound }
    guard visitor.rights.may(.answerSubjectRequest, at: request.person.place) else {
      throw PageProblem.outOfReach
    }
    if let place = request.person.place { log.note(place: place) }
    return request
  }

  /// Whether the visitor may know who somebody is.
  func mayName(_ person: PersonEntry) throws -> Bool {
    try !hides(person) && may(.seePerson, with: person)
  }

  /// The name of the person whom a request is about, for those who may see it; for others where
  /// they live.
  func subject(of request: SubjectRequest) throws -> (text: String, url: String?) {
    if try mayName(request.person) {
      return (name(of: request.person), Links.person(request.person.id))
    }
    let place = request.person.place.flatMap { tree.places[$0] }.map { named($0) }
    return (words("openings.somebody", ["place": place ?? words["common.unknown_place"]]), nil)
  }
}

/// Requests in words.
struct RequestText {
  let visit: Visit

  private var words: Words { visit.words }
  private var format: Format { visit.format }

  init(_ visit: Visit) { self.visit = visit }

  func fields(_ request: SubjectRequest) throws -> Fields {
    let names = try visit.district.workerNames(
      Set([request.takenBy, request.answer?.by].compactMap(\.self)))
    func name(_ id: Identifier?) -> String {
      id.flatMap { names[$0] } ?? words["people.nobody_named"]
    }
    let isOverdue = request.isOverdue(at: visit.site.now)
    // Words can name whom they are about: they are for who may see the person.
    let isNamed = try visit.mayName(request.person)
    func said(_ bytes: [UInt8]) -> String {
      if bytes.isEmpty { return "" }
      return isNamed ? String(decoding: bytes, as: UTF8.self) : words["requests.words_hidden"]
    }
    return [
      "kind": words["requests.kinds.\(request.body.kind.code)"],
      "said": said(request.body.text),
      "received": format.moment(request.body.receivedAt), "taken_by": name(request.takenBy),
      "due": format.moment(request.body.dueAt), "waits": request.answer == nil,
      "awaits_erasure": request.awaitsErasure ? words["requests.awaits_erasure"] : nil,
      "is_overdue": isOverdue,
      "left": request.answer == nil && !isOverdue ? left(until: request.body.dueAt) : nil,
      "answer": request.answer.map { answer -> Fields in
        [
          "outcome": outcome(answer.body.outcome, of: request.body.kind),
          "ground": answer.body.ground.map { words["requests.grounds.\($0.code)"] },
          "text": said(answer.body.text),
          "law": String(decoding: answer.body.legalReason, as: UTF8.self),
          "by": name(answer.by), "at": format.moment(answer.at),
        ]
      },
    ]
  }

  /// An outcome in the words of what was asked, where it has some.
  func outcome(_ outcome: SubjectRequestOutcome, of kind: SubjectRequestKind) -> String {
    words.find("requests.outcomes_\(kind.code).\(outcome.code)")
      ?? words["requests.outcomes.\(outcome.code)"]
  }

  /// `masih 41 jam`.
  private func left(until due: Instant) -> String {
    let hours = (due.milliseconds - visit.site.now.milliseconds) / 3_600_000
    return words("requests.left", ["hours": format.whole(hours)])
  }
}

extension SubjectRequestKind {
  /// The name in forms and catalogues, under `requests.kinds`.
  var code: String {
    switch self {
    case .access: "access"
    case .correction: "correction"
    case .withdrawal: "withdrawal"
    case .restriction: "restriction"
    case .erasure: "erasure"
    }
  }
}

extension SubjectRequestOutcome {
  /// The name in forms and catalogues, under `requests.outcomes`.
  var code: String {
    switch self {
    case .done: "done"
    case .doneInPart: "doneInPart"
    case .refused: "refused"
    }
  }
}
