import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// Where a manager of the district opens the names of one area for a purpose.
struct AreaOpeningPage {
  private let visit: Visit
  /// What was entered, by field.
  var values: [String: String] = [:]
  var problem: String?

  private var words: Words { visit.words }

  init(_ visit: Visit) { self.visit = visit }

  /// Whether an area of that kind may be opened: never more at once than one Puskesmas.
  static func isArea(_ place: Place) -> Bool { place.kind == .puskesmas || place.kind == .village }

  func rendering() -> Rendering {
    let title = words["openings.area"]
    let limits = visit.openingRules.limits
    return Rendering(
      template: "open-area", title: title,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["openings.title"], url: "/openings"), Crumb(name: title),
      ], section: .openings,
      fields: [
        "form_token": visit.visitor.formToken, "problem": problem, "words": values["words"],
        "least": "\(limits.leastWords)", "most": "\(limits.mostWords)",
        "lead": words(
          "openings.area_lead", ["hours": "\(limits.purposeLasts.components.seconds / 3600)"]),
        "groups": groups(),
        "reasons": visit.fields(of: OpeningReason.purposes, chosen: values["reason"]),
      ])
  }

  /// Each Puskesmas with its villages.
  private func groups() -> [Fields] {
    let tree = visit.tree
    func ordered(_ places: [Place]) -> [Place] {
      places.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }
    return ordered(
      tree.places.values.filter {
        $0.kind == .puskesmas && visit.visitor.rights.may(.openWithPurpose, at: $0.id)
      }
    ).map { puskesmas in
      let villages = tree.subtree(of: puskesmas.id).filter { $0.kind == .village }
      return [
        "name": visit.named(puskesmas),
        "options": ([puskesmas] + ordered(villages)).map { place -> Fields in
          [
            "id": place.id.text, "text": visit.named(place),
            "chosen": values["area"] == place.id.text,
          ]
        },
      ]
    }
  }
}

extension Visit {
  /// Reasons to choose from.
  func fields(of reasons: [OpeningReason], chosen: String?) -> [Fields] {
    reasons.map { reason -> Fields in
      [
        "code": reason.code, "text": words["openings.reasons.\(reason.code)"],
        "chosen": chosen == reason.code,
      ]
    }
  }

  /// Opens one area, and goes on to its names.
  func openArea(_ form: Form) async throws -> Response {
    guard let worker = visitor.worker else { throw PageProblem.notAllowed }
    var page = AreaOpeningPage(self)
    for name in ["area", "reason", "words"] { page.values[name] = form[name] }
    let reason = OpeningReason(code: form["reason"])
    guard let area = Identifier(text: form["area"]).flatMap({ tree.places[$0] }),
      AreaOpeningPage.isArea(area), visitor.rights.may(.openWithPurpose, at: area.id)
    else {
      page.problem = words["openings.problems.noArea"]
      return try respond(page.rendering(), status: .badRequest)
    }
    let request = OpeningRequest(
      worker: worker.id, target: .area(area.id), reason: reason, words: form["words"],
      at: site.now)
    do {
      _ = try await site.access.open(
        request, openingRules, logging: logging(AuditCode(Action.openWithPurpose)))
      return redirect(to: Links.address("/openings", [("done", "opened")]))
    } catch let refusal as OpeningRefusal {
      try await auditRefused(
        .openWithPurpose, purpose: reason, because: AuditCode(rawValue: refusal.code))
      page.problem = text(of: refusal)
      return try respond(page.rendering(), status: .badRequest)
    }
  }
}
