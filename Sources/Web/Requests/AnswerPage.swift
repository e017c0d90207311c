import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// Where a request about a person's data is answered, once; afterwards, what was answered, and for
/// an erasure what is left to do and by whom.
struct AnswerPage {
  private let visit: Visit
  private let request: SubjectRequest
  /// What was entered, by field.
  var values: [String: String] = [:]
  /// The texts whose consents are to be taken back; nothing where the form was not sent yet.
  var chosen: Set<String>?
  var problem: String?

  private var words: Words { visit.words }
  private var kind: SubjectRequestKind { request.body.kind }

  init(_ visit: Visit, request: SubjectRequest) {
    self.visit = visit
    self.request = request
  }

  func rendering() throws -> Rendering {
    let subject = try visit.subject(of: request)
    let title = words["requests.answer_title"]
    let text = RequestText(visit)
    return Rendering(
      template: "answer-request", title: title,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["requests.title"], url: "/requests"), Crumb(name: title),
      ], section: .requests,
      fields: try text.fields(request).merging([
        "subject": subject.text, "url": subject.url, "id": request.id.text,
        "form_token": visit.visitor.formToken, "problem": problem,
        "done_text": visit.query["done"] == "answered" ? words["requests.done_answered"] : nil,
        "way": words["requests.ways.\(kind.code)"], "way_url": try way(),
        "way_label": words.find("requests.way_labels.\(kind.code)"),
        "text": values["text"], "law": values["law"],
        "law_example": kind == .erasure ? words["requests.law_retention"] : nil,
        "outcomes": SubjectAnswering.outcomes(for: kind).map { outcome -> Fields in
          [
            "code": outcome.code, "text": text.outcome(outcome, of: kind),
            "chosen": values["outcome"] == outcome.code,
          ]
        },
        "consents": try consents(), "has_grounds": kind == .erasure && request.answer == nil,
        "grounds": kind == .erasure && request.answer == nil ? try grounds() : nil,
        "to_erase": try command(),
      ]))
  }

  /// The consents that hold, to choose from; nothing where something else was asked.
  private func consents() throws -> Fields? {
    guard kind == .withdrawal, request.answer == nil else { return nil }
    let held = try visit.site.district.consentsInForce(of: request.person)
    return [
      "has_rows": !held.isEmpty,
      "rows": held.map { consent -> Fields in
        [
          "code": consent.code, "text": ConsentText.title(of: consent, words),
          "chosen": chosen?.contains(consent.code) ?? (held.count == 1),
        ]
      },
    ]
  }

  /// The grounds on which the data could be erased today; the others with what is in the way.
  private func grounds() throws -> [Fields] {
    try ErasureReason.allCases.map { ground -> Fields in
      let obstacle = try visit.site.district.obstacle(
        toErasing: request.person.id, because: ground, on: visit.today)
      return [
        "code": ground.code, "text": words["requests.grounds.\(ground.code)"],
        "obstacle": obstacle.map { visit.text(of: $0) }, "is_closed": obstacle != nil,
        "chosen": values["ground"] == ground.code,
      ]
    }
  }

  /// What whoever runs the machine types, once erasing was decided; who decided does not do it.
  private func command() throws -> Fields? {
    guard request.awaitsErasure, let answer = request.answer else { return nil }
    let decider = try answer.by.flatMap { try visit.district.workers([$0]).first }
    let ground = answer.body.ground ?? .recordedUnlawfully
    let by = decider.map { String(decoding: $0.body.userName, as: UTF8.self) } ?? ""
    return [
      "who": words("requests.erase_who", ["name": decider?.name ?? words["people.nobody_named"]]),
      "command":
        "sikilap erase \(request.person.id.text) --reason \(ground.code) --by \(by) "
        + "--request \(request.id.text) --yes",
    ]
  }

  /// Where that is done which was asked for, for those who may.
  private func way() throws -> String? {
    let person = request.person
    if visit.hides(person) { return nil }
    let url = Links.person(person.id)
    switch kind {
    case .access: return try visit.may(.showAccess, with: person) ? url + "/record" : nil
    case .correction: return try visit.may(.correctPerson, with: person) ? url + "/edit" : nil
    case .withdrawal, .restriction, .erasure: return nil
    }
  }
}

/// What a form of an answer says.
private struct EnteredAnswer {
  let outcome: SubjectRequestOutcome?
  let ground: ErasureReason?
  let consents: Set<String>
  let text: String
  let law: String

  init(_ form: Form, for kind: SubjectRequestKind) {
    outcome = SubjectAnswering.outcomes(for: kind).first { $0.code == form["outcome"] }
    ground = ErasureReason.allCases.first { $0.code == form["ground"] }
    consents = Set(form.all("consent"))
    text = form["text"]
    law = form["law"]
  }
}

extension Visit {
  /// Writes an answer, and with it the facts by which it takes effect.
  func answer(_ id: Identifier, _ form: Form) async throws -> Response {
    let request = try request(id)
    let entered = EnteredAnswer(form, for: request.body.kind)
    // Read before what is taken back: a decision in between is noticed when the answer is written.
    let basis = try district.basis(.person(request.person.id, [.consent]))
    let held = try site.district.consentsInForce(of: request.person)
    var page = AnswerPage(self, request: request)
    for name in ["outcome", "text", "law", "ground"] { page.values[name] = form[name] }
    page.chosen = entered.consents
    page.problem = try problem(entered, request, held)
    guard page.problem == nil, let outcome = entered.outcome else {
      return try respond(
        page.rendering(), status: request.answer == nil ? .badRequest : .conflict)
    }
    let kind = request.body.kind
    let body = SubjectAnswerBody(
      request: request.id, outcome: outcome, text: Array(entered.text.utf8),
      legalReason: Array(entered.law.utf8),
      ground: SubjectAnswering.needsGround(outcome, for: kind) ? entered.ground : nil)
    let answer = recording.fact(
      .subjectAnswer, of: request.person.id, on: today, at: request.person.place, body.bytes)
    let effects = SubjectAnswering.effects(
      of: outcome, on: request, withdrawing: held.filter { entered.consents.contains($0.code) },
      recording, today: today)
    let conditions: [Condition] =
      [.unanswered(request)] + (kind == .withdrawal ? [.unchanged(basis)] : [])
    let isWritten = try await write(
      [answer] + effects, provided: conditions, action: .answerSubjectRequest,
      route: "POST /requests/{id}", subjects: [request.person.id])
    guard isWritten else {
      let now = try self.request(id)
      var page = AnswerPage(self, request: now)
      page.values = ["outcome": form["outcome"], "text": entered.text, "law": entered.law]
      page.problem =
        words[now.answer == nil ? "people.problems.changed" : "requests.problems.answered"]
      return try respond(page.rendering(), status: .conflict)
    }
    return redirect(
      to: Links.address("/requests/\(request.id.text)", [("done", "answered")]))
  }

  /// What is wrong with an answer, in words; nothing where it can be written.
  private func problem(
    _ entered: EnteredAnswer, _ request: SubjectRequest, _ held: [ConsentRecord]
  ) throws -> String? {
    if request.answer != nil { return words["requests.problems.answered"] }
    guard let outcome = entered.outcome else { return words["requests.problems.outcome"] }
    if entered.text.isEmpty || entered.text.count > 2000 { return words["requests.problems.text"] }
    if SubjectAnswering.needsLegalReason(outcome), entered.law.isEmpty {
      return words["requests.problems.law"]
    }
    if entered.law.count > 500 {
      return words("people.problems.too_long", ["count": "500"])
    }
    let kind = request.body.kind
    if SubjectAnswering.needsConsents(outcome, for: kind), !held.isEmpty,
      !held.contains(where: { entered.consents.contains($0.code) })
    {
      return words["requests.problems.consents"]
    }
    if SubjectAnswering.needsGround(outcome, for: kind) {
      guard let ground = entered.ground else { return words["requests.problems.ground"] }
      return try site.district.obstacle(
        toErasing: request.person.id, because: ground, on: today
      ).map { text(of: $0) }
    }
    return nil
  }

  /// Why a person's data cannot be erased on a ground.
  func text(of problem: ErasureProblem) -> String {
    switch problem {
    case .mustBeKept(let until):
      words("requests.obstacles.kept", ["date": format.date(until)])
    case .holdsRecordOfCare: words["requests.obstacles.care"]
    case .noConsentWithdrawn: words["requests.obstacles.consent"]
    case .notSealed: words["requests.obstacles.not_sealed"]
    default: words["requests.obstacles.other"]
    }
  }
}
