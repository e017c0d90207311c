import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// Where an official sets up an authenticator app: a drawing to scan, a key to type, and a code
/// that shows that it worked. From then on signing in asks for it.
struct AppPage {
  private let visit: Visit
  /// What the app is given; it is shown once.
  var setup: TimeCodeSetup?
  var refusal: AccessRefusal?
  /// Whether a key was made, so that a code is asked for.
  var isBegun = false

  init(_ visit: Visit) { self.visit = visit }

  func rendering() throws -> Rendering {
    let words = visit.words
    let account = try visit.visitor.worker.flatMap { try visit.access.account(of: $0.id) }
    let title = words["sign_in.app"]
    return Rendering(
      template: "app", title: title,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["sign_in.account"], url: "/account"), Crumb(name: title),
      ],
      fields: [
        "form_token": visit.visitor.formToken, "is_set": account?.hasTimeCode ?? false,
        "has_account": account != nil,
        "refusal": refusal.map { AccessText(visit).sentence($0) },
        "svg": setup.flatMap { QRCode.svg($0.address, label: words["sign_in.app_drawing"]) },
        "key": setup.map { AppPage.grouped($0.secret) }, "is_begun": setup != nil || isBegun,
      ])
  }

  /// Four letters at a time: so a key is typed without losing one's place.
  private static func grouped(_ key: String) -> String {
    var text = ""
    for (place, letter) in key.enumerated() {
      if place > 0, place % 4 == 0 { text += " " }
      text.append(letter)
    }
    return text
  }
}

extension Visit {
  /// Makes a key for the app, once the password was asked for again; the page that answers is the
  /// only one that shows it.
  func prepareApp(_ form: Form) async throws -> Response {
    guard let token = visitor.token else { throw PageProblem.signInNeeded(then: nil) }
    let confirmed = try await access.confirmPassword(
      token, Secret(form.exactly("current")), at: site.now)
    try await site.audit(confirmed.events, by: visitor)
    if case .failure(let refusal) = confirmed.result {
      var page = AppPage(self)
      page.refusal = refusal
      return try respond(page.rendering(), status: refusal.status)
    }
    let outcome = try await access.prepareTimeCode(token, at: site.now)
    try await site.audit(outcome.events, by: visitor)
    var page = AppPage(self)
    switch outcome.result {
    case .success(let setup):
      page.setup = setup
      return try respond(page.rendering())
    case .failure(let refusal):
      page.refusal = refusal
      return try respond(page.rendering(), status: refusal.status)
    }
  }

  func confirmApp(_ form: Form) async throws -> Response {
    guard let token = visitor.token else { throw PageProblem.signInNeeded(then: nil) }
    let code = form["code"].filter { !$0.isWhitespace }
    let outcome = try await access.confirmTimeCode(token, code, at: site.now)
    try await site.audit(outcome.events, by: visitor)
    switch outcome.result {
    case .success: return redirect(to: "/account?done=app")
    case .failure(let refusal):
      var page = AppPage(self)
      page.refusal = refusal
      page.isBegun = true
      return try respond(page.rendering(), status: refusal.status)
    }
  }
}
