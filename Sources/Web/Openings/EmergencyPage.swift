import Foundation
import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// Where a worker opens one person out of reach because care cannot wait.
struct EmergencyPage {
  private let visit: Visit
  /// What was entered, by field.
  var values: [String: String] = [:]
  var problem: String?
  /// Those who are named exactly, where several are.
  var several: [PersonEntry] = []

  init(_ visit: Visit) { self.visit = visit }

  static let fields = ["number", "name", "born", "reason", "words"]

  func rendering() -> Rendering {
    let words = visit.words
    let title = words["openings.emergency"]
    let limits = visit.openingRules.limits
    return Rendering(
      template: "emergency", title: title,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["openings.title"], url: "/openings"), Crumb(name: title),
      ], section: .openings,
      fields: [
        "form_token": visit.visitor.formToken, "problem": problem,
        "number": values["number"], "name": values["name"], "born": values["born"],
        "words": values["words"], "least": "\(limits.leastWords)", "most": "\(limits.mostWords)",
        "lead": words(
          "openings.emergency_lead",
          [
            "hours": "\(limits.emergencyLasts.components.seconds / 3600)",
            "count": "\(limits.emergenciesPerDay)",
          ]),
        "reasons": visit.fields(of: OpeningReason.emergencies, chosen: values["reason"]),
        "has_several": !several.isEmpty, "several": several.map(choice),
      ])
  }

  /// Enough to choose by, and nothing of where somebody lives.
  private func choice(_ person: PersonEntry) -> Fields {
    [
      "person": person.id.text, "name": visit.name(of: person),
      "sex": person.sex.map { visit.words["sexes.\($0.code)"] },
      "born": person.birthDate.map(visit.format.date),
      "died": person.diedOn.map(visit.format.date),
    ]
  }
}

extension Visit {
  /// Opens one person, found by exact identifier, and goes on to the record.
  func openPerson(_ form: Form) async throws -> Response {
    guard let worker = visitor.worker else { throw PageProblem.notAllowed }
    var page = EmergencyPage(self)
    for name in EmergencyPage.fields { page.values[name] = form[name] }
    let rules = openingRules
    let reason = OpeningReason(code: form["reason"])
    func refuse(_ problem: String, _ status: HTTPResponse.Status = .badRequest) throws -> Response {
      page.problem = problem
      return try respond(page.rendering(), status: status)
    }
    do throws(OpeningRefusal) {
      try rules.check(reason, form["words"], isEmergency: true)
    } catch { return try refuse(text(of: error)) }
    // Whoever is protected is found here, too.
    guard let search = try ExactSearch(form, site.district) else {
      return try refuse(words["openings.problems.noIdentifier"])
    }
    do { try await site.access.countLookUp(by: worker.id, at: site.now) } catch let
      AccessRefusal.wait(seconds)
    {
      try await auditRefused(.breakGlass, purpose: reason, because: "tooManyTries")
      return try refuse(
        words("openings.problems.wait", ["minutes": "\((seconds + 59) / 60)"]), .tooManyRequests)
    }
    if search.found.isEmpty {
      try await auditRefused(.breakGlass, purpose: reason, because: "nobodyFound")
      return try refuse(words["openings.problems.nobody"], .notFound)
    }
    let chosen = search.found.filter { search.found.count == 1 || $0.id.text == form["person"] }
    guard let person = chosen.first else {
      try await auditRefused(.breakGlass, purpose: reason, because: "severalFound")
      do {
        // Who may open nobody any more today is shown nobody to choose from.
        let today = try site.access.lastOpenings(of: worker.id)
        try rules.checkCount(of: today, at: site.now)
      } catch let refusal as OpeningRefusal { return try refuse(text(of: refusal)) }
      page.several = search.found
      return try refuse(words["openings.problems.several"], .conflict)
    }
    if !hides(person), try may(.seePerson, with: person) {
      try await site.access.lookUpSucceeded(by: worker.id)
      return redirect(to: Links.person(person.id))
    }
    let request = OpeningRequest(
      worker: worker.id, target: .person(person.id, home: person.place), reason: reason,
      words: form["words"], at: site.now)
    do {
      _ = try await site.access.open(
        request, rules, logging: logging(AuditCode(Action.breakGlass)))
      // Counted as a failure until now: who may open nobody any more today finds nobody out either.
      try await site.access.lookUpSucceeded(by: worker.id)
      return redirect(to: Links.person(person.id))
    } catch let refusal as OpeningRefusal {
      try await auditRefused(
        .breakGlass, purpose: reason, because: AuditCode(rawValue: refusal.code))
      return try refuse(text(of: refusal))
    }
  }
}

/// Whom a form names exactly: by number, or by name with the day of birth.
private struct ExactSearch {
  let found: [PersonEntry]

  /// Nothing where the form names nobody exactly.
  init?(_ form: Form, _ district: District) throws {
    let number = form["number"]
    if let card = CardNumber(text: number) {
      found = try [district.person(withCard: card)].compactMap(\.self)
    } else if !number.isEmpty {
      let digits = number.filter { !$0.isWhitespace && $0 != "." && $0 != "-" }
      found = try district.persons(withExactly: digits)
    } else if !form["name"].isEmpty, case .success(let born?) = PersonForm.day(form["born"]) {
      found = try district.persons(named: form["name"], born: born)
    } else {
      return nil
    }
  }
}
