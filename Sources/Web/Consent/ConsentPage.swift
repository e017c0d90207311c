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
      try await visit.recordConsent(of: try context.identifier("id"), form)
    }
  }
}

/// What a person, or who speaks for them, decided on each text that asks for consent, and where a
/// decision is written down.
struct ConsentPage {
  private let visit: Visit
  private let record: PersonRecord
  var problem: String?
  /// The form that had the problem.
  var entered: Form?

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
        "problem": problem,
        "texts": ConsentText.all.map { text($0, all) },
        "has_history": !all.isEmpty,
        "history": all.map { consent -> Fields in
          [
            "what": ConsentText.title(of: consent, words),
            "decided": sentence(consent), "recorder": record.isLimited ? nil : consent.recorder,
          ]
        },
      ])
  }

  private func text(_ text: ConsentText, _ all: [ConsentRecord]) -> Fields {
    let key = "consents.texts.\(text.code).\(text.edition)"
    let last = all.first { $0.code == text.code }
    let decisions: [ConsentDecision] = last?.permits == true ? [.withdrawn] : [.yes, .no]
    let sent = entered.flatMap { $0["text"] == text.code ? $0 : nil }
    return [
      "code": text.code, "heading": words["\(key).title"], "body": words["\(key).body"],
      "edition": words("consents.edition", ["number": "\(text.edition)"]),
      "state": last.map(sentence) ?? words["consents.never_asked"],
      "tone": last.map { $0.permits ? "good" : "none" } ?? "none",
      "is_open": sent != nil, "on": sent?["on"] ?? Format.iso(visit.today),
      "giver_name": sent?["giver_name"], "relation": sent?["relation"],
      "is_older": last.map { $0.body.edition != text.edition } ?? false,
      "decisions": decisions.map { decision -> Fields in
        [
          "decision": decision.code, "label": words["consents.decide.\(decision.code)"],
          "chosen": sent?["decision"] == decision.code,
        ]
      },
      "givers": ConsentGiver.allCases.map { giver -> Fields in
        [
          "giver": giver.code, "name": words["consents.givers.\(giver.code)"],
          "chosen": sent?["giver"] == giver.code,
        ]
      },
      "forms": ConsentForm.allCases.map { form -> Fields in
        [
          "form": form.code, "name": words["consents.forms.\(form.code)"],
          "chosen": sent?["form"] == form.code,
        ]
      },
    ]
  }

  /// `Setuju, 20 Juni 2025, oleh orang tua (Sulastri), di atas kertas (teks edisi 1)`.
  private func sentence(_ consent: ConsentRecord) -> String {
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    let body = consent.body
    // Who decided is the mother's name as often as not.
    let who =
      record.isLimited
      ? [] : [text(body.giverName), text(body.relation)].filter { !$0.isEmpty }
    let giver = body.givenAs.map { giver in
      words["consents.givers.\(giver.code)"]
        + (who.isEmpty ? "" : " (\(who.joined(separator: ", ")))")
    }
    let form = body.form.map { ", " + words["consents.forms.\($0.code)"] } ?? ""
    let answered = body.request == nil ? nil : words["consents.by_request"]
    return words(
      "consents.sentence",
      [
        "decision": words["consents.decisions.\(body.decision.code)"],
        "date": visit.format.date(consent.on),
        "giver": (giver ?? answered ?? words["common.not_known"]) + form,
        "number": "\(body.edition)",
      ])
  }
}

extension ConsentText {
  /// What the text is called that was decided on, in the edition of then.
  static func title(of consent: ConsentRecord, _ words: Words) -> String {
    words.find("consents.texts.\(consent.code).\(consent.body.edition).title") ?? consent.code
  }
}

/// What a form says of a decision.
private struct EnteredConsent {
  let text: ConsentText
  let decision: ConsentDecision
  let giver: ConsentGiver
  let form: ConsentForm
  let day: CivilDate
  let giverName: String
  let relation: String

  /// Nothing where something is missing or means nothing.
  init?(_ entered: Form, born: CivilDate?, today: CivilDate) {
    guard let text = ConsentText.all.first(where: { $0.code == entered["text"] }),
      let decision = ConsentDecision.allCases.first(where: { $0.code == entered["decision"] }),
      let giver = ConsentGiver.allCases.first(where: { $0.code == entered["giver"] }),
      let form = ConsentForm.allCases.first(where: { $0.code == entered["form"] }),
      case .success(let day?) = PersonForm.day(entered["on"]), day <= today,
      born.map({ $0 <= day }) ?? true
    else { return nil }
    (self.text, self.decision, self.giver, self.form, self.day) = (text, decision, giver, form, day)
    giverName = giver == .oneself ? "" : String(entered["giver_name"].prefix(100))
    relation = giver == .guardian ? String(entered["relation"].prefix(60)) : ""
  }

  /// Until this age parents or guardians decide (UU 35/2014, article 1; UU 27/2022, article 25,
  /// from memory).
  static let adulthood = 18

  /// The problem with who decided, under `consents.problems`.
  func problem(born: CivilDate?) -> String? {
    if giver == .oneself, let born,
      Int(day.completedMonths(since: born).count) < EnteredConsent.adulthood * 12
    {
      return "child"
    }
    if giver != .oneself, giverName.isEmpty { return "giver_name" }
    if giver == .guardian, relation.isEmpty { return "relation" }
    return nil
  }

  func body(of person: Identifier, edition: Int32) -> ConsentBody {
    var body = ConsentBody(
      text: Array(text.code.utf8), edition: edition, decision: decision,
      giver: giver == .oneself ? person : nil, givenAs: giver, scope: text.scope)
    body.form = form
    body.giverName = Array(giverName.utf8)
    body.relation = Array(relation.utf8)
    return body
  }
}

extension Visit {
  /// Writes down a decision on the edition that was shown.
  fileprivate func recordConsent(of id: Identifier, _ form: Form) async throws -> Response {
    let basis = try district.basis(.person(id, [.consent]))
    let record = try person(id, for: .recordConsent)
    func refuse(_ problem: String, _ status: HTTPResponse.Status = .badRequest) throws -> Response {
      var page = ConsentPage(self, record: record)
      page.entered = form
      page.problem = words["consents.\(problem)"]
      return try respond(page.rendering(), status: status)
    }
    let born = record.person.birthDate
    guard let entered = EnteredConsent(form, born: born, today: today) else {
      return try refuse("problem")
    }
    if let problem = entered.problem(born: born) { return try refuse("problems.\(problem)") }
    let last = try district.consents(of: record.person).first { $0.code == entered.text.code }
    guard entered.decision != .withdrawn || last?.permits == true else {
      return try refuse("nothing_to_withdraw", .conflict)
    }
    // What is taken back is what was agreed to, in the edition of then.
    let edition =
      entered.decision == .withdrawn
      ? last?.body.edition ?? entered.text.edition
      : entered.text.edition
    let body = entered.body(of: record.person.id, edition: edition)
    let isWritten = try await write(
      [
        recording.fact(
          .consent, of: record.person.id, on: entered.day, at: record.home, body.bytes)
      ], provided: [.unchanged(basis)], action: .recordConsent,
      route: "POST /people/{id}/consent", subjects: [record.person.id])
    guard isWritten else { return try refuse("changed", .conflict) }
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

extension ConsentForm {
  /// The name in forms and catalogues, under `consents.forms`.
  var code: String {
    switch self {
    case .paper: "paper"
    case .spoken: "spoken"
    }
  }
}
