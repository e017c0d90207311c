import Foundation
import Health
import HTTPTypes
import Hummingbird
import Journal
import NIOCore
import Services

/// Registers routes; the only way to do so. Each has its line in ``RoutePermissions``, is asked for
/// that before anything else happens, and writes to the log what it showed of whom before the
/// answer leaves.
struct Routes {
  let router: Router<BasicRequestContext>
  let site: Site
  /// What was registered, for the test that compares it with the table.
  private(set) var registered: [Route] = []

  init(router: Router<BasicRequestContext>, site: Site) {
    self.router = router
    self.site = site
  }

  private mutating func need(of route: Route) -> Need {
    guard let need = RoutePermissions.table[route] else {
      preconditionFailure("\(route) has no line in the table of permissions")
    }
    registered.append(route)
    return need
  }

  /// A page.
  mutating func get(
    _ path: String,
    _ page: @escaping @Sendable (Visit, BasicRequestContext) async throws -> Response
  ) {
    let route = Route.get(path)
    let need = need(of: route)
    let site = site
    router.get(RouterPath(path)) { request, context in
      try await site.answer(request, route, need) { visit in try await page(visit, context) }
    }
  }

  /// A list as files: as CSV and as XLSX, of the same rows.
  mutating func sheet(
    _ path: String,
    _ make: @escaping @Sendable (Visit, BasicRequestContext) async throws -> Spreadsheet
  ) {
    for form in Spreadsheet.Form.allCases {
      get("\(path).\(form.rawValue)") { visit, context in
        try visit.respond(try await make(visit, context), as: form)
      }
    }
  }

  /// A long list as files, as ``sheet(_:_:)`` has it, written while its rows are read.
  mutating func longSheet(
    _ path: String,
    _ make:
      @escaping @Sendable (Visit, BasicRequestContext, Spreadsheet.Form) async throws ->
      SpreadsheetFile
  ) {
    for form in Spreadsheet.Form.allCases {
      get("\(path).\(form.rawValue)") { visit, context in
        try visit.respond(try await make(visit, context, form))
      }
    }
  }

  /// An act. Forms of other sites are refused, and those of a session must carry its token.
  mutating func post(
    _ path: String,
    _ act: @escaping @Sendable (Visit, Form, BasicRequestContext) async throws -> Response
  ) {
    let route = Route.post(path)
    let need = need(of: route)
    let site = site
    router.post(RouterPath(path)) { request, context in
      var request = request
      let isOwn = SameSite.isOwn(request)
      // What another site sends is not even read; that it was sent stands in the log.
      let form = isOwn ? try await Form.read(&request) : Form("")
      do {
        return try await site.answer(request, route, need) { visit in
          let token = visit.visitor.token
          guard isOwn, token?.isFormToken(form.exactly("form_token")) ?? true else {
            throw PageProblem.foreignForm
          }
          if let worker = visit.visitor.worker {
            site.keptForms.forget(of: worker.id, sentTo: visit.path)
          }
          return try await act(visit, form, context)
        }
      } catch PageProblem.signInNeeded(_, let isKader, _) {
        throw site.sessionEnded(form, request, need, isKader: isKader)
      }
    }
  }

  /// An act with a file. As with other forms; what is sent is read only from whoever may send it.
  mutating func upload(
    _ path: String, _ act: @escaping @Sendable (Visit, MultipartForm) async throws -> Response
  ) {
    let route = Route.post(path)
    let need = need(of: route)
    let site = site
    router.post(RouterPath(path)) { request, _ in
      try await site.answer(request, route, need) { visit in
        guard SameSite.isOwn(request) else { throw PageProblem.foreignForm }
        // Not more of them at once than there is memory for.
        do {
          return try await site.uploads.receive {
            var request = request
            let form = try await MultipartForm.read(&request)
            if let token = visit.visitor.token, !token.isFormToken(form["form_token"]) {
              throw PageProblem.foreignForm
            }
            return try await act(visit, form)
          }
        } catch UploadProblem.busy { throw PageProblem.tooManyUploads }
      }
    }
  }

  /// A file or a check that needs nobody and shows nobody.
  mutating func plain(
    _ path: String,
    _ answer: @escaping @Sendable (Request, BasicRequestContext) async throws -> Response
  ) {
    guard need(of: .get(path)) == .nothing else {
      preconditionFailure("\(path) is asked for a session, and must be a page")
    }
    router.get(RouterPath(path), use: answer)
  }
}

/// Tells forms of our own pages from those that another site sends in somebody's name.
enum SameSite {
  /// Browsers say where a form comes from, in `Sec-Fetch-Site` or at least in `Origin`. One that
  /// says neither is no browser that people use.
  static func isOwn(_ request: Request) -> Bool {
    if let site = request.headers[.secFetchSite] { return site == "same-origin" }
    guard let origin = request.headers[.origin], let host = request.head.authority else {
      return false
    }
    return origin.lowercased() == "http://\(host.lowercased())"
      || origin.lowercased() == "https://\(host.lowercased())"
  }
}

extension Site {
  /// Answers a request: who is it, may they, what was shown, and only then the answer.
  func answer(
    _ request: Request, _ route: Route, _ need: Need,
    _ make: (Visit) async throws -> Response
  ) async throws -> Response {
    let visitor = try await visitor(of: request)
    let visit = try Visit(request, site: self, visitor: visitor)
    do {
      try visit.admit(need, route)
      let response = try await make(visit)
      try await record(visit, route, need, .allowed)
      return response
    } catch let problem as PageProblem where problem.isRefusal {
      try await record(visit, route, need, .refused)
      throw problem
    }
  }

  private func record(
    _ visit: Visit, _ route: Route, _ need: Need, _ outcome: AuditOutcome
  ) async throws {
    let content = visit.log.content
    guard outcome != .allowed || !content.subjects.isEmpty || content.rows != nil else { return }
    if outcome == .allowed, let once = content.once, toldBefore.contains(once, at: now) { return }
    let action: AuditCode =
      if case .oneOf(let actions) = need, let first = actions.first { AuditCode(first) } else {
        "openPage"
      }
    // Whatever is seen while an area is open is seen for that purpose.
    let reason =
      content.reason
      ?? (content.subjects.isEmpty
        ? nil : visit.visitor.openings.first { $0.area != nil }?.reason)
    var entry = AuditEntry(
      at: now, by: visit.visitor.author, action: content.action ?? action,
      purpose: reason.flatMap { AuditCode(rawValue: $0.code) }, route: route.description,
      place: content.place, outcome: outcome, count: content.rows ?? content.subjects.count,
      subjects: content.subjects)
    let file = Spreadsheet.Form.allCases.first { route.path.hasSuffix(".\($0.rawValue)") }
    if let file { entry.detail.form = AuditCode(file) }
    if Route.printed.contains(route) { entry.detail.form = "print" }
    try await audit(entry)
    if outcome == .allowed, let once = content.once { toldBefore.note(once, at: now) }
  }
}

extension Visit {
  /// What stays open to somebody whose password another has set.
  private static let openBeforePassword: Set<Route> = [
    .get("/account"), .post("/account/password"), .post("/sign-out"), .get("/sign-in"),
    .post("/sign-in"),
  ]

  /// Lets the visitor in at a route, or says why not.
  func admit(_ need: Need, _ route: Route) throws(PageProblem) {
    if visitor.mustChangePassword, !Visit.openBeforePassword.contains(route) {
      throw .passwordMustChange
    }
    switch need {
    case .nothing: return
    case .session: if visitor.isSignedIn { return }
    case .oneOf(let actions):
      if visitor.isSignedIn {
        if actions.contains(where: { visitor.rights.may($0) }) { return }
        throw .notAllowed
      }
    }
    // A kader's session that asks for the PIN.
    let isLocked = visitor.session?.strength == .pinAndDevice
    throw .signInNeeded(then: route.method == .get ? address : nil, isKader: isLocked)
  }
}
