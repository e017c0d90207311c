import Health
import Hummingbird
import Journal
import Services

extension WebServer {
  func addOpenings(to routes: inout Routes) {
    routes.get("/openings") { visit, _ in try visit.respond(OpeningsPage(visit).rendering()) }
    routes.sheet("/openings") { visit, _ in try OpeningsPage(visit).spreadsheet() }
    routes.get("/openings/emergency") { visit, _ in
      var page = EmergencyPage(visit)
      page.values["number"] = visit.query["q"]
      return try visit.respond(page.rendering())
    }
    routes.post("/openings/emergency") { visit, form, _ in try await visit.openPerson(form) }
    routes.get("/openings/area") { visit, _ in
      var page = AreaOpeningPage(visit)
      page.values["area"] = visit.query["place"]
      return try visit.respond(page.rendering())
    }
    routes.post("/openings/area") { visit, form, _ in try await visit.openArea(form) }
    routes.post("/openings/{id}/close") { visit, _, context in
      try await visit.close(opening: try context.identifier("id"))
    }
    routes.post("/openings/{id}/review") { visit, form, context in
      try await visit.review(opening: try context.identifier("id"), form)
    }
  }
}

extension Visit {
  /// The rules of openings, by the district's calendar.
  var openingRules: OpeningRules {
    OpeningRules(hoursEastOfGreenwich: district.hoursEastOfGreenwich)
  }

  /// What the log tells of an opening: what was opened, closed, reviewed or refused, and why.
  private func entry(
    _ action: AuditCode, _ opening: Opening?, purpose: OpeningReason? = nil, words: String = "",
    refused: AuditCode? = nil
  ) -> AuditEntry {
    var entry = AuditEntry(
      at: site.now, by: visitor.author, action: action,
      purpose: (opening?.reason ?? purpose).flatMap { AuditCode(rawValue: $0.code) },
      place: opening?.home ?? opening?.area, outcome: refused == nil ? .allowed : .refused,
      count: opening?.person == nil ? 0 : 1, subjects: opening?.person.map { [$0] } ?? [])
    entry.detail.reason = refused
    entry.detail.words = String(words.prefix(AuditEntry.wordLimit / 4))
    return entry
  }

  /// Writes to the log that something was not opened.
  func auditRefused(
    _ action: Action, purpose: OpeningReason?, because refused: AuditCode?
  ) async throws {
    try await site.audit(entry(AuditCode(action), nil, purpose: purpose, refused: refused))
  }

  /// Writes an opening, its end or its review to the log, from within the transaction that makes
  /// it: so nothing is opened of which the log does not tell.
  func logging(_ action: AuditCode, words: String? = nil) -> @Sendable (Opening) throws -> Void {
    { opening in
      let entry = entry(action, opening, words: words ?? opening.words)
      guard case .signIn(_, let log) = site.entrance else { return }
      do { _ = try log.recordAndWait(entry) } catch { throw PageProblem.logUnavailable }
    }
  }

  /// Why a request was refused, in words.
  func text(of refusal: OpeningRefusal) -> String {
    words(
      "openings.problems.\(refusal.code)",
      refusal.count.map { ["count": format.whole($0)] } ?? [:])
  }

  fileprivate func close(opening id: Identifier) async throws -> Response {
    guard let worker = visitor.worker, let opening = try site.access.opening(id),
      opening.worker == worker.id
    else { throw PageProblem.notFound }
    let log = logging("closeOpening", words: "")
    _ = try await site.access.close(opening: id, of: worker.id, at: site.now) {
      try log(opening)
    }
    return redirect(to: "/openings?done=closed")
  }

  fileprivate func review(opening id: Identifier, _ form: Form) async throws -> Response {
    let reviews = try OpeningReviews(self)
    guard let worker = visitor.worker, let opening = try site.access.opening(id),
      try reviews.mayReview(opening)
    else { throw PageProblem.notFound }
    var page = try OpeningsPage(self)
    let said = form["words"]
    guard let outcome = OpeningOutcome.allCases.first(where: { $0.code == form["outcome"] }),
      !said.isEmpty, said.count <= openingRules.limits.mostWords
    else {
      page.problem = words["openings.problems.review"]
      return try respond(page.rendering(), status: .badRequest)
    }
    let review = Opening.Review(by: worker.id, at: site.now, outcome: outcome, words: said)
    let log = logging(AuditCode(Action.reviewBreakGlass), words: said)
    _ = try await site.access.review(opening: id, review) { try log(opening) }
    return redirect(to: "/openings?done=reviewed")
  }
}

extension Site {
  /// Who may sign in and what they opened; tests of other pages have none.
  var access: Access {
    get throws(PageProblem) {
      guard case .signIn(let access, _) = entrance else { throw .notFound }
      return access
    }
  }
}
