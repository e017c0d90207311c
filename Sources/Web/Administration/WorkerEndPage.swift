import Health
import Hummingbird
import Journal
import Services

/// What ends with somebody's work, told before it is done: roles, phones and browsers, sessions.
struct WorkerEndPage {
  private let visit: Visit
  private let worker: Worker
  private let entered: Entries

  init(_ visit: Visit, worker: Worker, entered: Entries) {
    self.visit = visit
    self.worker = worker
    self.entered = entered
  }

  /// The form that ends somebody's work.
  static func form(of worker: Worker) -> EntryForm {
    EntryForm(
      code: "end_work", action: "/workers/\(worker.id.text)/end",
      entries: [Entry(name: "on", kind: .date, isNeeded: true)])
  }

  func rendering() throws -> Rendering {
    visit.log.note(worker.id)
    let words = visit.words
    let title = words("administration.work_end_title", ["name": worker.name])
    var form = WorkerEndPage.form(of: worker).fields(visit, entered)
    form["confirm"] = true
    form["has_lead"] = false
    form["button"] = words["administration.work_end_confirm"]
    let back = "/workers/\(worker.id.text)"
    return Rendering(
      template: "worker-end", title: title,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["administration.workers"], url: "/workers"),
        Crumb(name: worker.name, url: back), Crumb(name: title),
      ], section: .administration,
      fields: ["ends": try ends(), "form": form, "back_url": back])
  }

  private func ends() throws -> [Fields] {
    let words = visit.words
    var ends = worker.rolesToCome(from: visit.today).map { assignment in
      (
        words["roles.\(assignment.body.role.code)"],
        WorkerText(visit).place(assignment.body.place)
      )
    }
    if visit.isSigningIn {
      let devices = try visit.access.devices(of: worker.id).count { $0.revokedAt == nil }
      let sessions = try visit.access.sessions(of: worker.id, at: visit.site.now).count
      ends += [
        (words["administration.work_end_phones"], visit.format.whole(devices)),
        (words["administration.end_sessions"], visit.format.whole(sessions)),
      ]
    }
    return ends.map { ["detail": $0.0, "said": $0.1] }
  }
}

extension Visit {
  /// Shows what ends with somebody's work, or ends it where that was confirmed.
  func endWork(of worker: Worker, _ form: Form) async throws -> Response {
    guard visitor.rights.mayChange(worker, on: today), worker.id != visitor.worker?.id else {
      throw PageProblem.outOfReach
    }
    var entered = Entries(form, ["on"], words)
    let day = entered.day("on", isNeeded: true)
    if let day, day > today { entered.complain("on", "in_future") }
    guard let day, entered.isFit else { return try refused(worker, "end_work", entered) }
    guard form.isTicked("confirm") else {
      return try respond(WorkerEndPage(self, worker: worker, entered: entered).rendering())
    }
    var body = worker.body
    body.endedOn = day
    if let conflict = try await write(
      body, of: worker, "POST /workers/{id}/end", form: ("end_work", entered))
    {
      return conflict
    }
    try await endAccess(of: worker)
    return back(to: worker, "work_ended")
  }

  /// Whether the visitor may let somebody work again who has ended: only where every role that
  /// would hold again could be given too.
  func mayResume(_ worker: Worker) -> Bool {
    guard worker.body.endedOn != nil, worker.id != visitor.worker?.id else { return false }
    let again = worker.assignments.filter { $0.body.until.map { today <= $0 } ?? true }
    if again.isEmpty { return visitor.rights.mayEverywhere(.changeWorkers, of: worker, on: today) }
    return again.allSatisfy { visitor.rights.mayGrant($0.body.role, at: $0.body.place) }
  }

  /// Takes the end of somebody's work back. What let in is gone: a new code lets in again.
  func resumeWork(of worker: Worker) async throws -> Response {
    guard mayResume(worker) else { throw PageProblem.outOfReach }
    var body = worker.body
    body.endedOn = nil
    return try await write(
      body, of: worker, "POST /workers/{id}/resume", form: ("work_resume", Entries(words)))
      ?? back(to: worker, "work_resumed")
  }
}
