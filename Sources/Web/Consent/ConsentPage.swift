import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

extension WebServer {
  func addConsent(to routes: inout Routes) {
    routes.get("/people/{id}/consent") { visit, context in
      let record = try visit.person(try context.identifier("id"), for: .recordConsent)
      return try visit.respond(ConsentPage(visit, record: record).rendering())
    }
    routes.post("/people/{id}/consent") { visit, form, context in
      let record = try visit.person(try context.identifier("id"), for: .recordConsent)
      return try await visit.recordConsent(of: record, form)
    }
  }
}

/// What a person, or who speaks for them, decided on each text that asks for consent, and where a
/// decision is written down.
struct ConsentPage {
  private let visit: Visit
  private let record: PersonRecord
  var problem: String?
  /// The text whose form had the problem.
  var problemText: String?

  private var words: Words { visit.words }

  init(_ visit: Visit, record: PersonRecord) {
    self.visit = visit
    self.record = record
  }

  func rendering() throws -> Rendering {
    let name = visit.name(of: record.person)
    let title = words["consents.title"]
    let url = Links.person(record.person.id)
    let all = try visit.district.consents(of: record.person)
    return Rendering(
      template: "consent", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title),
      fields: [
        "name": name, "url": url, "form_token": visit.visitor.formToken,
        "done": visit.query["done"] == "saved" ? words["consents.done"] : nil,
        "problem": problem, "today": Format.iso(visit.today),
        "texts": ConsentText.all.map { text($0, all) },
        "givers": ConsentGiver.allCases.map { giver -> Fields in
          ["giver": giver.code, "giver_name": words["consents.givers.\(giver.code)"]]
        },
        "has_history": !all.isEmpty,
        "history": all.map { consent -> Fields in
          [
            "what": words.find("consents.texts.\(consent.code).\(consent.body.edition).title")
              ?? consent.code,
            "decided": sentence(consent), "recorder": consent.recorder,
          ]
        },
      ])
  }

  private func text(_ text: ConsentText, _ all: [ConsentRecord]) -> Fields {
    let key = "consents.texts.\(text.code).\(text.edition)"
    let last = all.first { $0.code == text.code }
    let decisions: [ConsentDecision] = last?.permits == true ? [.withdrawn] : [.yes, .no]
    return [
      "code": text.code, "heading": words["\(key).title"], "body": words["\(key).body"],
      "edition": words("consents.edition", ["number": "\(text.edition)"]),
      "state": last.map(sentence) ?? words["consents.never_asked"],
      "tone": last.map { $0.permits ? "good" : "none" } ?? "none",
      "is_open": problemText == text.code,
      "is_older": last.map { $0.body.edition != text.edition } ?? false,
      "decisions": decisions.map { decision -> Fields in
        ["decision": decision.code, "label": words["consents.decide.\(decision.code)"]]
      },
    ]
  }

  /// `Setuju, 20 Juni 2025, oleh orang tua (teks edisi 1)`.
  private func sentence(_ consent: ConsentRecord) -> String {
    let giver = consent.body.givenAs.map { words["consents.givers.\($0.code)"] }
    return words(
      "consents.sentence",
      [
        "decision": words["consents.decisions.\(consent.body.decision.code)"],
        "date": visit.format.date(consent.on), "giver": giver ?? words["common.not_known"],
        "number": "\(consent.body.edition)",
      ])
  }
}

extension Visit {
  /// Writes down a decision on the edition that was shown.
  fileprivate func recordConsent(of record: PersonRecord, _ form: Form) async throws -> Response {
    var page = ConsentPage(self, record: record)
    page.problemText = form["text"]
    let text = ConsentText.all.first { $0.code == form["text"] }
    let decision = ConsentDecision.allCases.first { $0.code == form["decision"] }
    let giver = ConsentGiver.allCases.first { $0.code == form["giver"] }
    guard let text, let decision, let giver,
      case .success(let day?) = PersonForm.day(form["on"]), day <= today,
      record.person.birthDate.map({ $0 <= day }) ?? true
    else {
      page.problem = words["consents.problem"]
      return try respond(page.rendering(), status: .badRequest)
    }
    let last = try district.consents(of: record.person).first { $0.code == text.code }
    guard decision != .withdrawn || last?.permits == true else {
      page.problem = words["consents.nothing_to_withdraw"]
      return try respond(page.rendering(), status: .conflict)
    }
    // What is taken back is what was agreed to, in the edition of then.
    let edition = decision == .withdrawn ? last?.body.edition ?? text.edition : text.edition
    let body = ConsentBody(
      text: Array(text.code.utf8), edition: edition, decision: decision,
      giver: giver == .oneself ? record.person.id : nil, givenAs: giver, scope: text.scope)
    _ = try await write(
      [
        recording.fact(
          .consent, of: record.person.id, on: day, at: record.person.place, body.bytes)
      ], action: .recordConsent, route: "POST /people/{id}/consent",
      subjects: [record.person.id])
    return redirect(
      to: Links.address(Links.person(record.person.id) + "/consent", [("done", "saved")]))
  }
}

extension ConsentDecision {
  /// The name in forms and catalogues, under `consents.decisions`.
  var code: String {
    switch self {
    case .yes: "yes"
    case .no: "no"
    case .withdrawn: "withdrawn"
    }
  }
}

extension ConsentGiver {
  /// The name in forms and catalogues, under `consents.givers`.
  var code: String {
    switch self {
    case .oneself: "oneself"
    case .parent: "parent"
    case .guardian: "guardian"
    }
  }
}
