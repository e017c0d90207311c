import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// Where a person is hidden from all but those who care for them, and shown again.
struct ProtectionPage {
  private let visit: Visit
  private let record: PersonRecord
  var problem: String?

  /// What a worker may give as the reason; the others come with a request.
  static let reasons: [RestrictionReason] = [.protection, .ordered]

  init(_ visit: Visit, record: PersonRecord) {
    self.visit = visit
    self.record = record
  }

  func rendering() throws -> Rendering {
    let words = visit.words
    let name = visit.name(of: record.person)
    let title = words["protection.title"]
    let url = Links.person(record.person.id)
    let held = try visit.district.restrictions(of: record.person, on: visit.today)
    return Rendering(
      template: "protection", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title),
      fields: [
        "name": name, "url": url, "form_token": visit.visitor.formToken, "problem": problem,
        "has_held": !held.isEmpty,
        "held": held.map { restriction -> Fields in
          [
            "fact": restriction.fact.text,
            "reason": restriction.body.reason.map { words["protection.reasons.\($0.code)"] }
              ?? words["protection.reasons.other"],
            "since": visit.format.date(restriction.since),
            "until": restriction.body.until.map(visit.format.date),
            "may_lift": visit.mayLift(restriction.body.reason, of: record),
          ]
        },
        "reasons": ProtectionPage.reasons.map { reason -> Fields in
          ["code": reason.code, "text": words["protection.reasons.\(reason.code)"]]
        },
        "children": record.children.filter { $0.diedOn == nil }
          .map { visit.name(of: $0) }.joined(separator: ", "),
        "has_children": record.children.contains { $0.diedOn == nil },
      ])
  }
}

extension Visit {
  /// Whether the visitor may end a restriction: one that answers a request or follows an order only
  /// who answers such requests.
  fileprivate func mayLift(_ reason: RestrictionReason?, of record: PersonRecord) -> Bool {
    reason == .protection || visitor.rights.may(.answerSubjectRequest, at: record.home)
  }

  /// Protects a person, and their children where that was ticked; or ends one restriction.
  func protect(_ record: PersonRecord, _ form: Form) async throws -> Response {
    let url = Links.person(record.person.id)
    let route = "POST /people/{id}/protection"
    if let lifted = Identifier(text: form["lift"]) {
      let held = try district.restrictions(of: record.person, on: today)
      guard let known = held.first(where: { $0.fact == lifted }) else {
        throw PageProblem.notFound
      }
      guard mayLift(known.body.reason, of: record) else { throw PageProblem.outOfReach }
      guard form.isTicked("sure") else {
        var page = ProtectionPage(self, record: record)
        page.problem = words["protection.not_sure"]
        return try respond(page.rendering(), status: .badRequest)
      }
      let fact = recording.fact(
        .withdrawal, of: known.subject, on: today, replacing: known.fact)
      // Where somebody else was quicker it has ended all the same.
      _ = try await write(
        [fact], correcting: [known.fact], action: .protectPerson, route: route,
        subjects: [record.person.id])
      return redirect(to: Links.address(url, [("done", "unprotected")]))
    }
    var page = ProtectionPage(self, record: record)
    guard let reason = ProtectionPage.reasons.first(where: { $0.code == form["reason"] }),
      case .success(let until) = PersonForm.day(form["until"]), until.map({ $0 >= today }) ?? true
    else {
      page.problem = words["protection.problem"]
      return try respond(page.rendering(), status: .badRequest)
    }
    let children =
      form.isTicked("children")
      ? try record.children.filter { try may(.protectPerson, with: $0) && $0.diedOn == nil } : []
    let body = RestrictionBody(reason: reason, until: until)
    let facts = ([record.person] + children).map { person in
      recording.fact(.restriction, of: person.id, on: today, at: person.place, body.bytes)
    }
    _ = try await write(
      facts, action: .protectPerson, route: route, subjects: facts.map(\.subject))
    return redirect(to: Links.address(url, [("done", "protected")]))
  }
}

extension RestrictionReason {
  /// The name in forms and catalogues, under `protection.reasons`.
  var code: String {
    switch self {
    case .protection: "protection"
    case .asked: "asked"
    case .insteadOfErasure: "insteadOfErasure"
    case .ordered: "ordered"
    }
  }
}
