import Health
import Journal
import Programmes
import Services

/// A worker: who, which roles, which skills, what lets in, and what the visitor may change.
struct WorkerPage {
  private let visit: Visit
  private let worker: Worker
  /// What was entered, by form.
  var entered: [String: Entries] = [:]
  /// Why nothing was written, in words.
  var changed: String?

  private var words: Words { visit.words }
  private var rights: Rights { visit.visitor.rights }
  private var path: String { "/workers/\(worker.id.text)" }

  init(_ visit: Visit, worker: Worker) {
    self.visit = visit
    self.worker = worker
  }

  func rendering() throws -> Rendering {
    visit.log.note(worker.id)
    let name = worker.name.isEmpty ? words["common.unnamed"] : worker.name
    let forms = try forms()
    return Rendering(
      template: "worker", title: name,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["administration.workers"], url: "/workers"), Crumb(name: name),
      ], section: .administration,
      fields: [
        "worker_name": name,
        "standing": WorkerText(visit).standing(worker, enrolled: try visit.enrolled()),
        "done": visit.query["done"].flatMap { words.find("administration.done_\($0)") },
        "changed": changed, "form_token": visit.visitor.formToken, "details": details(),
        "has_roles": !worker.assignments.isEmpty, "roles": worker.assignments.map(role),
        "may_end_roles": worker.assignments.contains(where: mayEnd),
        "today": Format.iso(visit.today), "kader": try kader(), "codes": try codes(),
        "app_url": try visit.mayRemoveTimeCode(of: worker) ? "\(path)/app/end" : nil,
        "access": try access(), "has_forms": !forms.isEmpty, "forms": forms,
      ])
  }

  private func details() -> [Fields] {
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    let body = worker.body
    let isWhole = rights.mayChange(worker, on: visit.today)
    let number = text(body.nationalIdentityNumber)
    return [
      ("nik", isWhole ? number : PersonText.maskedNumber(number) ?? ""),
      ("telephone", text(body.telephone)), ("str", text(body.registrationNumber)),
      ("sip", text(body.practiceLicence)), ("user_name", text(body.userName)),
    ].map { field, value -> Fields in
      [
        "detail": words["administration.field_\(field)"],
        "said": value.isEmpty ? words["common.not_known"] : value,
      ]
    }
  }

  private func role(_ assignment: Assignment) -> Fields {
    let body = assignment.body
    let more =
      Clusters.named.filter { body.clusters.contains($0.cluster) }
      .map { words["clusters.\($0.code)"] }
      + SensitiveMatters.named.filter { body.sensitiveMatters.contains($0.matter) }
      .map { words["sensitive.\($0.code)"] }
    let none = words["common.none"]
    return [
      "role": words["roles.\(body.role.code)"], "place": WorkerText(visit).place(body.place),
      "since": visit.format.date(assignment.since),
      // A role ends with the work at the latest.
      "until": [body.until, worker.body.endedOn].compactMap(\.self).min()
        .map(visit.format.date) ?? none,
      "more": more.isEmpty ? none : more.joined(separator: ", "),
      "end_url": mayEnd(assignment) && !isOwn
        ? "\(path)/roles/\(assignment.fact.text)/end" : nil,
      "own": mayEnd(assignment) && isOwn ? words["administration.own_role"] : nil,
    ]
  }

  private var isOwn: Bool { worker.id == visit.visitor.worker?.id }

  private func mayEnd(_ assignment: Assignment) -> Bool {
    visit.mayEnd(assignment) && worker.mayBeLetIn(on: visit.today)
      && (assignment.body.until.map { visit.today <= $0 } ?? true)
  }

  private func kader() throws -> Fields? {
    guard worker.assignments.contains(where: { $0.body.role == .kader }) else { return nil }
    let standing = try visit.district.kaderStanding(of: worker.id, on: visit.today)
    let level = SkillsPage.code(of: standing)
    return [
      "skills_url": rights.may(.enrolKader, of: worker, on: visit.today) ? "\(path)/skills" : nil,
      "level": words["kader_levels.\(level)"],
      "mastered": words(
        "administration.mastered", ["count": visit.format.whole(standing.masteredCount)]),
      "skills": KaderSkill.allCases.map { skill -> Fields in
        [
          "skill": words["kader_skills.\(skill.code)"],
          "state": SkillsPage.text(of: standing[skill], visit),
        ]
      },
    ]
  }

  private func codes() throws -> [Fields] {
    guard visit.isSigningIn else { return [] }
    return try visit.purposes(of: worker).map { purpose -> Fields in
      [
        "code_url": "\(path)/code", "purpose": "\(purpose.rawValue)",
        "button": words["administration.code_\(purpose.code)"],
      ]
    }
  }

  private func access() throws -> Fields? {
    let endsSessions = rights.may(.endSessions, of: worker, on: visit.today)
    guard visit.isSigningIn,
      endsSessions || rights.placeOfEnrolment(of: worker, on: visit.today) != nil
    else { return nil }
    let access = try visit.access
    let devices = try access.devices(of: worker.id)
    let open = try access.sessions(of: worker.id, at: visit.site.now)
    let ended = try access.lastUses(by: worker.id)
    let locked = try access.lockedPhones(of: worker.id)
    let sessions = endsSessions ? open : []
    let mayEnd = rights.mayEverywhere(.endSessions, of: worker, on: visit.today)
    return [
      "has_devices": !devices.isEmpty,
      "devices": try devices.map { device -> Fields in
        let kind = device.kind == .phone ? "phone" : "browser"
        return [
          "device": device.name.isEmpty ? words["administration.\(kind)"] : device.name,
          "place": device.place.map { WorkerText(visit).place($0) } ?? words["common.none"],
          "enrolled": visit.format.moment(device.enrolledAt),
          "used":
            (open.filter { $0.device == device.id }.map(\.lastSeen)
            + [ended[device.id]].compactMap(\.self)).max().map(visit.format.moment)
            ?? words["common.none"],
          "locked": device.revokedAt == nil && locked.contains(device.id)
            ? words["administration.pin_locked"] : nil,
          "revoked": device.revokedAt.map {
            words("administration.revoked_at", ["moment": visit.format.moment($0)])
          },
          "revoke_url": try device.revokedAt == nil && visit.mayRevoke(device)
            ? "\(path)/devices/\(device.id.text)/revoke" : nil,
        ]
      },
      "shows_sessions": endsSessions, "has_sessions": !sessions.isEmpty,
      "sessions": sessions.map { session -> Fields in
        [
          "began": visit.format.moment(session.createdAt),
          "seen": visit.format.moment(session.lastSeen),
          "how": words["access.strengths.\(session.strength.code)"],
          "end_url": mayEnd ? "\(path)/sessions/\(session.id.text)/end" : nil,
        ]
      },
    ]
  }

  private func forms() throws -> [Fields] {
    let form = WorkerForm(visit)
    var forms: [Fields] = []
    if visit.mayGiveRoles(to: worker) {
      let sent = entered["role"]
      let steps = try sent.map { RoleSteps(visit, $0) } ?? RoleSteps(visit)
      let entry = EntryForm(
        code: "role", action: "\(path)/roles", entries: form.roleEntries(steps))
      var fields = entry.fields(visit, sent ?? form.emptyRole(steps))
      fields["steps"] = sent == nil ? steps.next(visit, at: path) : nil
      fields["again_url"] = path
      fields["is_open"] = sent == nil && steps.role != nil
      forms.append(fields)
    }
    if rights.mayChange(worker, on: visit.today) {
      let entry = EntryForm(code: "correct", action: path, entries: WorkerForm.detailEntries)
      forms.append(entry.fields(visit, try entered["correct"] ?? form.entries(of: worker)))
      if worker.body.endedOn == nil, worker.id != visit.visitor.worker?.id {
        forms.append(
          WorkerEndPage.form(of: worker).fields(
            visit,
            entered["end_work"] ?? Entries(visit.words, ["on": Format.iso(visit.today)])))
      }
    }
    if visit.mayResume(worker) {
      let entry = EntryForm(code: "work_resume", action: "\(path)/resume", entries: [])
      forms.append(entry.fields(visit, Entries(visit.words)))
    }
    return forms
  }
}

extension Visit {
  /// Who ever chose a password or PIN; where nobody signs in, nothing is said about that.
  func enrolled() throws -> Set<Identifier> {
    isSigningIn ? try access.enrolled() : Set(try district.workers().map(\.id))
  }

  /// Whether people sign in here; only tests of other pages have it otherwise.
  var isSigningIn: Bool {
    if case .signIn = site.entrance { return true }
    return false
  }

  /// The worker with that identifier, whom the visitor may see.
  func worker(_ id: Identifier, for action: Action = .seeWorkers) throws -> Worker {
    guard let worker = try district.worker(id) else { throw PageProblem.notFound }
    guard visitor.rights.may(action, of: worker, on: today) else {
      log.note(id)
      throw PageProblem.outOfReach
    }
    return worker
  }

  /// Whether the visitor may end a role.
  func mayEnd(_ assignment: Assignment) -> Bool {
    visitor.rights.mayGrant(assignment.body.role, at: assignment.body.place)
  }

  /// Whether the visitor may give somebody a role: nobody gives one to themselves.
  func mayGiveRoles(to worker: Worker) -> Bool {
    worker.id != visitor.worker?.id && worker.mayBeLetIn(on: today)
      && visitor.rights.may(.changeWorkers, of: worker, on: today)
  }

  /// The codes that the visitor may give out to a worker.
  func purposes(of worker: Worker) throws -> [CodePurpose] {
    guard worker.id != visitor.worker?.id, worker.mayBeLetIn(on: today) else { return [] }
    if visitor.rights.placeOfEnrolment(of: worker, on: today) != nil { return [.enrolKader] }
    let roles = worker.rolesToCome(from: today)
    guard roles.contains(where: { $0.body.role != .kader }),
      visitor.rights.mayChange(worker, on: today)
    else { return [] }
    return try access.account(of: worker.id) == nil ? [.firstPassword] : [.resetPassword]
  }
}
