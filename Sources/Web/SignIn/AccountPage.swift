import Health
import Journal
import Services

/// A worker's own page: roles, sessions, password or PIN.
struct AccountPage {
  private let visit: Visit
  var refusal: AccessRefusal?
  var differs = false

  init(_ visit: Visit) { self.visit = visit }

  func rendering() throws -> Rendering {
    let words = visit.words
    let worker = visit.visitor.worker
    let isKader = visit.visitor.session?.strength == .pinAndDevice
    let sessions = try worker.map { try visit.access.sessions(of: $0.id, at: visit.site.now) } ?? []
    return Rendering(
      template: "account", title: words["sign_in.account"],
      crumbs: visit.homeCrumbs(words["sign_in.account"]),
      fields: [
        "name": worker?.name,
        "user_name": try worker.flatMap { try visit.access.account(of: $0.id)?.userName },
        "is_kader": isKader, "form_token": visit.visitor.formToken,
        "roles": worker.map { roles(of: $0) },
        "sessions": sessions.map { row($0, isKader: isKader) },
        "done": done(isKader: isKader), "is_official": !isKader,
        "must_change": visit.visitor.mustChangePassword,
        "refusal": refusal.map { AccessText(visit).sentence($0) }
          ?? (differs ? words["sign_in.differs"] : nil),
      ])
  }

  private func done(isKader: Bool) -> String? {
    switch visit.query["done"] {
    case "password": visit.words[isKader ? "sign_in.pin_changed" : "sign_in.password_changed"]
    case "app": visit.words["sign_in.app_is_set"]
    default: nil
    }
  }

  private func roles(of worker: Worker) -> [Fields] {
    worker.assignments.filter { $0.holds(on: visit.today) }.map { assignment in
      let place = visit.tree.places[assignment.body.place]
      return [
        "role": visit.words["roles.\(assignment.body.role.code)"],
        "place": place.map { visit.named($0) },
        "since": visit.format.date(assignment.since),
      ]
    }
  }

  private func row(_ session: Session, isKader: Bool) -> Fields {
    [
      "asks_pin": isKader,
      "id": session.id.text, "began": visit.format.moment(session.createdAt),
      "seen": visit.format.moment(session.lastSeen),
      "strength": visit.words["access.strengths.\(session.strength.code)"],
      "is_this": session.id == visit.visitor.session?.id,
      "form_token": visit.visitor.formToken,
    ]
  }
}
