import Health
import Hummingbird
import Journal
import Services

extension Visit {
  /// The page where a worker is entered.
  ///
  /// - Parameter known: workers of the same name at the same place, of whom is asked whether they
  ///   are meant.
  func newWorkerPage(_ entered: Entries? = nil, known: [Worker] = []) throws -> Rendering {
    let form = WorkerForm(self)
    let path = "/workers/new"
    let steps = try entered.map { RoleSteps(self, $0) } ?? RoleSteps(self)
    let entry = EntryForm(
      code: "worker", action: "/workers",
      entries: WorkerForm.detailEntries + form.roleEntries(steps))
    let next = entered == nil ? steps.next(self, at: path) : nil
    var fields = next == nil ? entry.fields(self, entered ?? form.emptyRole(steps)) : nil
    if !known.isEmpty {
      fields?["confirm"] = true
      fields?["button"] = words["administration.add_namesake"]
    }
    let title = words["administration.form_worker"]
    return Rendering(
      template: "worker-new", title: title,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["administration.workers"], url: "/workers"), Crumb(name: title),
      ], section: .administration,
      fields: [
        "steps": next, "again_url": path, "form": fields,
        "known": known.map { worker -> Fields in
          log.note(worker.id)
          return [
            "known_url": "/workers/\(worker.id.text)", "known_name": worker.name,
            "known_standing": WorkerText(self).rolesOrStanding(worker),
          ]
        },
      ])
  }

  func addWorker(_ form: Form) async throws -> Response {
    let reader = WorkerForm(self)
    var entered = Entries(form, WorkerForm.details + WorkerForm.role, words)
    var body = try reader.body(&entered)
    guard let (assignment, since) = reader.assignment(&entered), entered.isFit else {
      return try respond(newWorkerPage(entered), status: .badRequest)
    }
    body.place = assignment.place
    if !form.isTicked("confirm") {
      let known = try namesakes(of: body, at: assignment.place)
      guard known.isEmpty else {
        return try respond(newWorkerPage(entered, known: known), status: .conflict)
      }
    }
    let id = Identifier.fresh(at: site.now)
    _ = try await write(
      [
        recording.fact(.worker, of: id, on: since, at: assignment.place, body.bytes),
        recording.fact(.assignment, of: id, on: since, at: assignment.place, assignment.bytes),
      ], action: .changeWorkers, route: "POST /workers", subjects: [id])
    return redirect(to: Links.address("/workers/\(id.text)", [("done", "added")]))
  }

  /// Those who are called so and work there, and may be who is entered: a form that was sent twice,
  /// or somebody whom a colleague has entered already.
  private func namesakes(of body: WorkerBody, at place: Identifier) throws -> [Worker] {
    let key = PersonSummary.key(of: String(decoding: body.name, as: UTF8.self))
    return try district.workers().filter { worker in
      let numbers = [worker.body.nationalIdentityNumber, body.nationalIdentityNumber]
      let isSomebodyElse = !numbers.contains([]) && numbers[0] != numbers[1]
      return PersonSummary.key(of: worker.name) == key && !isSomebodyElse
        && worker.rolesToCome(from: today).contains { $0.body.place == place }
        && visitor.rights.may(.seeWorkers, of: worker, on: today)
    }
  }

  func correct(_ worker: Worker, _ form: Form) async throws -> Response {
    guard visitor.rights.mayChange(worker, on: today) else { throw PageProblem.outOfReach }
    var entered = Entries(form, WorkerForm.details, words)
    let body = try WorkerForm(self).body(&entered, known: worker)
    guard entered.isFit else { return try refused(worker, "correct", entered) }
    if body == worker.body { return back(to: worker, nil) }
    if let conflict = try await write(
      body, of: worker, "POST /workers/{id}", form: ("correct", entered))
    {
      return conflict
    }
    try await keepUserNamesInStep(of: [district.worker(worker.id)].compactMap(\.self))
    return back(to: worker, "corrected")
  }

  func addRole(to worker: Worker, _ form: Form) async throws -> Response {
    guard mayGiveRoles(to: worker) else { throw PageProblem.outOfReach }
    var entered = Entries(form, WorkerForm.role, words)
    guard let (body, since) = WorkerForm(self).assignment(&entered) else {
      return try refused(worker, "role", entered)
    }
    let isThere = worker.rolesToCome(from: today).contains {
      $0.body.role == body.role && $0.body.place == body.place
    }
    if isThere {
      entered.complain("role", "role_there")
      return try refused(worker, "role", entered)
    }
    _ = try await write(
      [recording.fact(.assignment, of: worker.id, on: since, at: body.place, body.bytes)],
      action: .changeWorkers, route: "POST /workers/{id}/roles", subjects: [worker.id])
    try await rightsChanged(of: worker)
    return back(to: worker, "role_added")
  }

  /// Ends a role by correcting the fact that gave it; one that ends before it began is taken back.
  func endRole(_ fact: Identifier, of worker: Worker, _ form: Form) async throws -> Response {
    guard let assignment = worker.assignments.first(where: { $0.fact == fact }) else {
      throw PageProblem.notFound
    }
    guard mayEnd(assignment) else { throw PageProblem.outOfReach }
    // Else the last administrator could end what nobody gives back.
    guard worker.id != visitor.worker?.id else {
      var page = WorkerPage(self, worker: worker)
      page.changed = words["administration.own_role"]
      return try respond(page.rendering(), status: .badRequest)
    }
    var entered = Entries(form, ["until"], words)
    let entry = entered.day("until", isNeeded: true)
    // A role that is over, or ends earlier, does not come back by way of its end.
    if let entry, let known = assignment.body.until, entry > known {
      entered.complain("until", "ends_earlier", ["date": format.date(known)])
    }
    guard let last = entry, entered.isFit else {
      var page = WorkerPage(self, worker: worker)
      page.changed = entered.problems["until"]
      return try respond(page.rendering(), status: .badRequest)
    }
    var body = assignment.body
    body.until = last
    let isTakenBack = last < assignment.since
    let change = recording.fact(
      isTakenBack ? .withdrawal : .assignment, of: worker.id, on: assignment.since,
      at: body.place, replacing: fact, isTakenBack ? [] : body.bytes)
    let isWritten = try await write(
      [change], correcting: [fact], action: .changeWorkers,
      route: "POST /workers/{id}/roles/{fact}/end", subjects: [worker.id])
    guard isWritten else { return try changedMeanwhile(worker) }
    if let now = try district.worker(worker.id), now.rolesToCome(from: today).isEmpty {
      try await endAccess(of: worker)
    } else {
      try await rightsChanged(of: worker)
    }
    return back(to: worker, "role_ended")
  }

  /// Gives out a code; the page that answers is the only one that shows it.
  func issueCode(to worker: Worker, _ form: Form) async throws -> Response {
    let allowed = try purposes(of: worker)
    guard let purpose = Int(form["purpose"]).flatMap(CodePurpose.init), allowed.contains(purpose),
      let by = visitor.worker
    else { throw PageProblem.outOfReach }
    let places = worker.places(on: today)
    let place =
      purpose == .enrolKader
      ? visitor.rights.placeOfEnrolment(of: worker, on: today) : places.first
    guard let place else { throw PageProblem.outOfReach }
    log.note(worker.id)
    let outcome = try await access.issueCode(
      purpose, for: worker.id, at: place, by: by.id, at: site.now)
    try await site.audit(outcome.events, by: visitor)
    var page = Rendering(
      template: "worker-code", title: words["administration.code_title"],
      crumbs: [
        Crumb(name: words["administration.workers"], url: "/workers"),
        Crumb(name: worker.name, url: "/workers/\(worker.id.text)"),
        Crumb(name: words["administration.code_title"]),
      ], section: .administration,
      fields: [
        "worker_name": worker.name, "what_for": words["administration.code_\(purpose.code)"],
        "back_url": "/workers/\(worker.id.text)", "enrol_address": "\(origin)/enrol",
      ])
    switch outcome.result {
    case .success(let code):
      page.fields["short"] = code.short
      page.fields["svg"] = QRCode.svg(
        "\(origin)/enrol#\(code.long)", label: words["administration.code_drawing"])
      page.fields["expires"] = words(
        "administration.code_until", ["moment": format.moment(code.expiresAt)])
      return try respond(page)
    case .failure(let refusal):
      page.fields["refusal"] = AccessText(self).sentence(refusal)
      return try respond(page, refusing: refusal)
    }
  }

  func endSession(_ session: Identifier, of worker: Worker) async throws -> Response {
    guard visitor.rights.mayEverywhere(.endSessions, of: worker, on: today),
      let by = visitor.worker
    else { throw PageProblem.outOfReach }
    let events = try await access.end(
      .one(session, worker: worker.id), as: .byAdministrator, by: by.id, at: site.now)
    if events.isEmpty { throw PageProblem.notFound }
    try await site.audit(events, by: visitor)
    return back(to: worker, "session_ended")
  }

  func revoke(_ device: Identifier, of worker: Worker) async throws -> Response {
    guard let known = try access.devices(of: worker.id).first(where: { $0.id == device }) else {
      throw PageProblem.notFound
    }
    try await revoke(known)
    return back(to: worker, "device_revoked")
  }

  /// Lets a phone or browser in no more.
  func revoke(_ device: Device) async throws {
    guard try mayRevoke(device), let by = visitor.worker else { throw PageProblem.outOfReach }
    let events = try await access.revoke(device: device.id, by: by.id, at: site.now)
    try await site.audit(events, by: visitor)
  }

  /// Whether the visitor may let a phone or browser in no more. That ends the work of all who use
  /// it, so it needs the right over the phone's place, or over every one of them. Whoever may let a
  /// phone in at a place may take it out: they are told first of its loss.
  func mayRevoke(_ device: Device) throws -> Bool {
    let rights = visitor.rights
    if mayRevoke(phoneAt: device.place) { return true }
    let users = try district.workers(device.workers)
    return !users.isEmpty && users.count == device.workers.count
      && users.allSatisfy { rights.mayEverywhere(.endSessions, of: $0, on: today) }
  }

  /// Whether the visitor may let phones of a place in no more.
  func mayRevoke(phoneAt place: Identifier?) -> Bool {
    guard let place else { return false }
    return visitor.rights.may(.endSessions, at: place) || visitor.rights.may(.enrolKader, at: place)
  }

  /// Whether the visitor may take an authenticator app off a worker, who lost it and is there in
  /// person.
  func mayRemoveTimeCode(of worker: Worker) throws -> Bool {
    guard isSigningIn, worker.id != visitor.worker?.id,
      visitor.rights.mayChange(worker, on: today)
    else { return false }
    return try access.account(of: worker.id)?.hasTimeCode ?? false
  }

  func removeTimeCode(of worker: Worker) async throws -> Response {
    guard try mayRemoveTimeCode(of: worker), let by = visitor.worker else {
      throw PageProblem.outOfReach
    }
    let events = try await access.removeTimeCode(of: worker.id, by: by.id, at: site.now)
    try await site.audit(events, by: visitor)
    return back(to: worker, "app_removed")
  }

  func back(to worker: Worker, _ done: String?) -> Response {
    redirect(to: Links.address("/workers/\(worker.id.text)", [("done", done)]))
  }

  /// Corrects who a worker is.
  ///
  /// - Returns: the answer where somebody else was quicker.
  func write(
    _ body: WorkerBody, of worker: Worker, _ route: String, form: (name: String, entered: Entries)
  ) async throws -> Response? {
    let fact = recording.fact(
      .worker, of: worker.id, on: today, at: body.place, replacing: worker.fact, body.bytes)
    let isWritten = try await write(
      [fact], correcting: [worker.fact], action: .changeWorkers, route: route,
      subjects: [worker.id])
    return isWritten ? nil : try changedMeanwhile(worker, form)
  }

  func refused(_ worker: Worker, _ form: String, _ entered: Entries) throws -> Response {
    var page = WorkerPage(self, worker: worker)
    page.entered[form] = entered
    return try respond(page.rendering(), status: .badRequest)
  }

  private func changedMeanwhile(
    _ worker: Worker, _ form: (name: String, entered: Entries)? = nil
  ) throws -> Response {
    var page = WorkerPage(self, worker: try district.worker(worker.id) ?? worker)
    if let form { page.entered[form.name] = form.entered }
    page.changed = words["administration.changed"]
    return try respond(page.rendering(), status: .conflict)
  }

  private func rightsChanged(of worker: Worker) async throws {
    guard isSigningIn else { return }
    try await access.requireRotation(of: worker.id)
  }

  func endAccess(of worker: Worker) async throws {
    guard isSigningIn, let by = visitor.worker else { return }
    let events = try await access.endAccess(of: worker.id, by: by.id, at: site.now)
    try await site.audit(events, by: visitor)
  }
}
