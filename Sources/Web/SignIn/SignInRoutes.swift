import Foundation
import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

extension WebServer {
  func addSignIn(to routes: inout Routes) {
    routes.get("/sign-in") { visit, _ in
      try visit.respond(SignInPage(visit, next: visit.query["next"]).rendering())
    }
    routes.post("/sign-in") { visit, form, _ in try await visit.signIn(form) }
    routes.post("/sign-out") { visit, _, _ in try await visit.signOut() }
    routes.get("/kader") { visit, _ in
      try visit.respond(KaderPage(visit).rendering())
    }
    routes.post("/kader") { visit, form, _ in try await visit.signInKader(form) }
    routes.get("/enrol") { visit, _ in
      try visit.respond(EnrolPage(visit).rendering())
    }
    routes.post("/enrol") { visit, form, _ in try await visit.enrol(form) }
    routes.get("/account") { visit, _ in
      try visit.respond(AccountPage(visit).rendering())
    }
    routes.post("/account/password") { visit, form, _ in try await visit.changePassword(form) }
    routes.get("/account/app") { visit, _ in try visit.respond(AppPage(visit).rendering()) }
    routes.post("/account/app") { visit, form, _ in try await visit.prepareApp(form) }
    routes.post("/account/app/confirm") { visit, form, _ in try await visit.confirmApp(form) }
    routes.post("/account/sessions/{id}/end") { visit, form, context in
      try await visit.endOwnSession(try context.identifier("id"), form)
    }
  }
}

extension Visit {
  /// The file of who may sign in; tests of other pages have none.
  var access: Access {
    get throws(PageProblem) {
      guard case .signIn(let access, _) = site.entrance else { throw .notFound }
      return access
    }
  }

  /// A page to go on with, after something was done.
  func redirect(to path: String, cookies: [String] = []) -> Response {
    var headers: HTTPFields = [.location: path, .cacheControl: "no-store"]
    for cookie in cookies { headers.append(HTTPField(name: .setCookie, value: cookie)) }
    return Response(status: .seeOther, headers: headers)
  }

  fileprivate func signIn(_ form: Form) async throws -> Response {
    let access = try access
    var page = SignInPage(self, next: form.exactly("next"))
    page.userName = form["user_name"]
    let timeCode = form["time_code"]
    try await keepUserNameInStep(form["user_name"])
    let outcome = try await access.signIn(
      PasswordSignIn(
        userName: form["user_name"], password: Secret(form.exactly("password")),
        timeCode: timeCode.isEmpty ? nil : timeCode, deviceKey: deviceKey,
        replacing: visitor.token, address: clientAddress), at: site.now)
    try await site.audit(outcome.events, by: visitor)
    switch outcome.result {
    case .success(let signedIn):
      guard let known = try site.rights(of: signedIn.session.worker), !known.rights.roles.isEmpty
      else {
        try await site.audit(access.signOut(signedIn.token, at: site.now), by: visitor)
        page.hasNoRole = true
        return try respond(page.rendering(), status: .forbidden)
      }
      return redirect(
        to: signedIn.mustChangePassword ? "/account" : page.next, cookies: cookies(of: signedIn))
    case .failure(let refusal):
      page.refusal = refusal
      page.asksForTimeCode = refusal == .timeCodeNeeded || refusal == .wrongTimeCode
      return try respond(page.rendering(), refusing: refusal)
    }
  }

  /// The cookies of a session that began.
  func cookies(of signedIn: SignedIn) -> [String] {
    var cookies = [Cookies.set(Cookies.session, signedIn.token.text, seconds: lifetime(signedIn))]
    if let key = signedIn.deviceKey {
      cookies.append(Cookies.set(Cookies.device, key.text, seconds: 400 * 86_400))
    }
    return cookies
  }

  /// A kader's session stays when the browser is closed; an official's does not.
  private func lifetime(_ signedIn: SignedIn) -> Int? {
    signedIn.session.strength == .pinAndDevice ? 90 * 86_400 : nil
  }

  fileprivate func signOut() async throws -> Response {
    if let token = visitor.token {
      try await site.audit(access.signOut(token, at: site.now), by: visitor)
    }
    // Whoever came in by a PIN comes in by a PIN again.
    let isKader = visitor.session?.strength == .pinAndDevice
    var response = redirect(
      to: isKader ? "/kader" : "/sign-in", cookies: [Cookies.forget(Cookies.session)])
    response.headers[.clearSiteData] = "\"cache\", \"storage\""
    return response
  }

  fileprivate func signInKader(_ form: Form) async throws -> Response {
    let access = try access
    guard let key = deviceKey else { return redirect(to: "/enrol") }
    let pin = Secret(form.exactly("pin"))
    var page = try KaderPage(self)
    if case .locked(let session)? = try await visitor.token.asyncMap({
      try await access.session($0, at: site.now).state
    }), let token = visitor.token, session.worker.text == form["worker"] {
      let outcome = try await access.unlock(token, pin: pin, deviceKey: key, at: site.now)
      try await site.audit(outcome.events, by: visitor)
      switch outcome.result {
      case .success(let fresh):
        return redirect(
          to: SignInPage.ownPath(form.exactly("next")),
          cookies: [Cookies.set(Cookies.session, fresh.text, seconds: 90 * 86_400)])
      case .failure(let refusal):
        page.refusal = refusal
        return try respond(page.rendering(), refusing: refusal)
      }
    }
    guard let worker = Identifier(text: form["worker"]) else {
      page.asksForName = true
      return try respond(page.rendering(), status: .badRequest)
    }
    let outcome = try await access.signIn(
      PINSignIn(
        worker: worker, pin: pin, deviceKey: key, replacing: visitor.token,
        address: clientAddress), at: site.now)
    try await site.audit(outcome.events, by: visitor)
    switch outcome.result {
    case .success(let signedIn):
      return redirect(
        to: SignInPage.ownPath(form.exactly("next")), cookies: cookies(of: signedIn))
    case .failure(let refusal):
      page.refusal = refusal
      page.chosen = worker
      return try respond(page.rendering(), refusing: refusal)
    }
  }

  fileprivate func changePassword(_ form: Form) async throws -> Response {
    let access = try access
    guard let token = visitor.token, let worker = visitor.worker else {
      throw PageProblem.signInNeeded(then: nil)
    }
    var page = AccountPage(self)
    guard form.exactly("new") == form.exactly("again") else {
      page.differs = true
      return try respond(page.rendering(), status: .badRequest)
    }
    let current = Secret(form.exactly("current"))
    let new = Secret(form.exactly("new"))
    let outcome: Outcome<SessionToken>
    if visitor.session?.strength == .pinAndDevice {
      guard let key = deviceKey else { throw PageProblem.signInNeeded(then: nil) }
      outcome = try await access.changePIN(
        token, current: current, new: new, deviceKey: key, at: site.now)
    } else {
      outcome = try await access.changePassword(
        token, current: current, new: new, context: context(of: worker), at: site.now)
    }
    try await site.audit(outcome.events, by: visitor)
    switch outcome.result {
    case .success(let fresh):
      let seconds = visitor.session?.strength == .pinAndDevice ? 90 * 86_400 : nil
      return redirect(
        to: "/account?done=password",
        cookies: [Cookies.set(Cookies.session, fresh.text, seconds: seconds)])
    case .failure(let refusal):
      page.refusal = refusal
      return try respond(page.rendering(), refusing: refusal)
    }
  }

  /// Words that must not make up a worker's password.
  func context(of worker: Worker) -> [String] {
    [worker.name] + visitor.rights.places.compactMap { tree.places[$0]?.name }
  }

  /// Ends another session of the visitor's, once password or PIN was asked for again: else whoever
  /// finds a screen open could keep its owner out.
  fileprivate func endOwnSession(_ id: Identifier, _ form: Form) async throws -> Response {
    guard let worker = visitor.worker, let token = visitor.token else {
      throw PageProblem.notFound
    }
    let current = Secret(form.exactly("current"))
    let confirmed: Outcome<Void>
    if visitor.session?.strength == .pinAndDevice {
      guard let key = deviceKey else { throw PageProblem.signInNeeded(then: nil) }
      confirmed = try await access.confirmPIN(token, current, deviceKey: key, at: site.now)
    } else {
      confirmed = try await access.confirmPassword(token, current, at: site.now)
    }
    try await site.audit(confirmed.events, by: visitor)
    if case .failure(let refusal) = confirmed.result {
      var page = AccountPage(self)
      page.refusal = refusal
      return try respond(page.rendering(), refusing: refusal)
    }
    let events = try await access.end(
      .one(id, worker: worker.id), as: .byOwner, by: worker.id, at: site.now)
    try await site.audit(events, by: visitor)
    return redirect(to: "/account")
  }
}

extension Optional where Wrapped: Sendable {
  /// As `map`, for what must be waited for.
  fileprivate func asyncMap<Value>(
    _ body: (Wrapped) async throws -> Value
  ) async rethrows -> Value? {
    guard let self else { return nil }
    return try await body(self)
  }
}
