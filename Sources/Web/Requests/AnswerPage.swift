import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// Where a request about somebody's data is answered.
struct AnswerPage {
  private let visit: Visit
  private let request: SubjectRequest
  /// What was entered, by field.
  var values: [String: String] = [:]
  var problem: String?

  init(_ visit: Visit, request: SubjectRequest) {
    self.visit = visit
    self.request = request
    if request.body.kind == .erasure { values["law"] = visit.words["requests.law_retention"] }
  }

  func rendering() throws -> Rendering {
    let words = visit.words
    let subject = try visit.subject(of: request)
    let title = words["requests.answer_title"]
    let kind = request.body.kind
    let fields = try RequestText(visit).fields(request)
    return Rendering(
      template: "answer-request", title: title,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["requests.title"], url: "/requests"), Crumb(name: title),
      ], section: .requests,
      fields: fields.merging([
        "subject": subject.text, "url": subject.url, "id": request.id.text,
        "form_token": visit.visitor.formToken, "problem": problem,
        "done_text": visit.query["done"] == "answered" ? words["requests.done_answered"] : nil,
        "way": words["requests.ways.\(kind.code)"], "way_url": try way(kind),
        "way_label": words.find("requests.way_labels.\(kind.code)"),
        "text": values["text"], "law": values["law"],
        "outcomes": SubjectAnswering.outcomes(for: kind).map { outcome -> Fields in
          let own = words.find("requests.outcomes_\(kind.code).\(outcome.code)")
          return [
            "code": outcome.code, "text": own ?? words["requests.outcomes.\(outcome.code)"],
            "chosen": values["outcome"] == outcome.code,
          ]
        },
      ]))
  }

  /// Where that is done which was asked for, for those who may.
  private func way(_ kind: SubjectRequestKind) throws -> String? {
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

extension Visit {
  /// Writes an answer, and with it the facts by which it takes effect.
  func answer(_ request: SubjectRequest, _ form: Form) async throws -> Response {
    var page = AnswerPage(self, request: request)
    for name in ["outcome", "text", "law"] { page.values[name] = form[name] }
    let outcome = SubjectAnswering.outcomes(for: request.body.kind)
      .first { $0.code == form["outcome"] }
    if request.answer != nil { page.problem = words["requests.problems.answered"] }
    if outcome == nil { page.problem = words["requests.problems.outcome"] }
    if form["text"].isEmpty || form["text"].count > 2000 {
      page.problem = words["requests.problems.text"]
    }
    if let outcome, SubjectAnswering.needsLegalReason(outcome), form["law"].isEmpty {
      page.problem = words["requests.problems.law"]
    }
    if form["law"].count > 500 {
      page.problem = words("people.problems.too_long", ["count": "500"])
    }
    guard page.problem == nil, let outcome else {
      return try respond(
        page.rendering(), status: request.answer == nil ? .badRequest : .conflict)
    }
    let body = SubjectAnswerBody(
      request: request.id, outcome: outcome, text: Array(form["text"].utf8),
      legalReason: Array(form["law"].utf8))
    let answer = recording.fact(
      .subjectAnswer, of: request.person.id, on: today, at: request.person.place, body.bytes)
    let effects = SubjectAnswering.effects(of: outcome, on: request, recording, today: today)
    _ = try await write(
      [answer] + effects, action: .answerSubjectRequest, route: "POST /requests/{id}",
      subjects: [request.person.id])
    return redirect(
      to: Links.address("/requests/\(request.id.text)", [("done", "answered")]))
  }
}
