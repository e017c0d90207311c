import Health
import HTTPTypes
import Hummingbird
import Journal
import Programmes
import Services

/// Where a kader's 25 skills are assessed, and which of the five T the kader has; with the level,
/// and what lacks to the next.
struct SkillsPage {
  private let visit: Visit
  private let worker: Worker
  private let record: KaderRecord
  private let standing: KaderStanding
  var entered: Entries

  private var words: Words { visit.words }

  init(_ visit: Visit, worker: Worker) throws {
    guard worker.assignments.contains(where: { $0.body.role == .kader }) else {
      throw PageProblem.notFound
    }
    visit.log.note(worker.id)
    self.visit = visit
    self.worker = worker
    record = try visit.district.kaderRecord(of: worker.id)
    standing = visit.district.standing(of: record, on: visit.today)
    entered = Entries(visit.words, ["on": Format.iso(visit.today)])
  }

  static func name(_ skill: KaderSkill) -> String { "skill_\(skill.rawValue)" }
  static func name(_ term: KaderTerm) -> String { "term_\(term.rawValue)" }
  static let names =
    ["on", "until"] + KaderSkill.allCases.map { name($0) } + KaderTerm.allCases.map { name($0) }

  func rendering() -> Rendering {
    let title = words["administration.skills"]
    let path = "/workers/\(worker.id.text)"
    return Rendering(
      template: "skills", title: "\(title), \(worker.name)",
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["administration.workers"], url: "/workers"),
        Crumb(name: worker.name, url: path), Crumb(name: title),
      ], section: .administration,
      fields: [
        "worker_name": worker.name, "url": path, "skills_url": "\(path)/skills",
        "form_token": visit.visitor.formToken,
        "level": words["kader_levels.\(SkillsPage.code(of: standing))"],
        "mastered": words(
          "administration.mastered", ["count": visit.format.whole(standing.masteredCount)]),
        "next": next(), "on": entered["on"], "until": entered["until"],
        "problem_on": entered.problems["on"], "problem_until": entered.problems["until"],
        "problem": entered.problems["skills"], "groups": KaderSkillGroup.allCases.map(group),
        "terms": KaderTerm.allCases.map(term),
      ])
  }

  static func code(of standing: KaderStanding) -> String {
    standing.atLeast.map { "\($0.name)" } ?? (standing.atMost == nil ? "none" : "unknown")
  }

  /// The fewest skills by which the next level is reached, by group; nothing at the highest.
  private func next() -> String? {
    let lacking = KaderSkillGroup.allCases.map { group in
      KaderSkill.allCases.filter { $0.group == group && !standing[$0].isMastered }
    }
    let now = standing.atLeast.map { Int($0.rawValue) } ?? 0
    var best: (level: KaderLevel, groups: [Int], count: Int)?
    for choice in 1..<(1 << lacking.count) {
      let groups = lacking.indices.filter { choice >> $0 & 1 == 1 && !lacking[$0].isEmpty }
      let added = Set(groups.flatMap { lacking[$0] })
      let reached = standing.settings.level { standing[$0].isMastered || added.contains($0) }
      guard let reached, Int(reached.rawValue) > now else { continue }
      let better = best.map { (reached, added.count) < ($0.level, $0.count) } ?? true
      if better { best = (reached, groups, added.count) }
    }
    guard let best else { return nil }
    let parts = best.groups.map { index -> String in
      let group = KaderSkillGroup.allCases[index]
      return words(
        "administration.lacking",
        [
          "group": words["kader_groups.\(group.name)"],
          "count": visit.format.whole(lacking[index].count),
        ])
    }
    return words(
      "administration.next_level",
      ["level": words["kader_levels.\(best.level.name)"], "what": parts.joined(separator: ", ")])
  }

  private func group(_ group: KaderSkillGroup) -> Fields {
    [
      "group": words["kader_groups.\(group.name)"],
      "count": "\(standing.mastered(in: group))/"
        + "\(KaderSkill.allCases.filter { $0.group == group }.count)",
      "skills": KaderSkill.allCases.filter { $0.group == group }.map { skill -> Fields in
        let tone = tone(of: standing[skill])
        let name = SkillsPage.name(skill)
        return [
          "name": name, "skill": words["kader_skills.\(skill.code)"],
          "state": SkillsPage.text(of: standing[skill], visit), "tone": tone,
          "choices": choices(name, yes: "kader_states.mastered", no: "kader_states.not_shown"),
        ]
      },
    ]
  }

  private func tone(of state: KaderSkillState) -> String {
    switch state {
    case .mastered: "good"
    case .notShown: "bad"
    case .expired: "fair"
    case .neverAssessed: "none"
    }
  }

  /// How a kader stands to a skill, with the day of the assessment and its last day.
  static func text(of state: KaderSkillState, _ visit: Visit) -> String {
    let (code, shown, until): (String, CivilDate?, CivilDate?) =
      switch state {
      case .mastered(let on, let until): ("mastered", on, until)
      case .notShown(let on): ("not_shown", on, nil)
      case .expired(let on, let until): ("expired", on, until)
      case .neverAssessed: ("never_assessed", nil, nil)
      }
    let days = [("assessed", shown), ("until", until)].compactMap { key, day in
      day.map { visit.words("kader_states.\(key)", ["date": visit.format.date($0)]) }
    }
    return ([visit.words["kader_states.\(code)"]] + days).joined(separator: ", ")
  }

  private func term(_ term: KaderTerm) -> Fields {
    let seen = record.state(of: term, on: visit.today)
    let name = SkillsPage.name(term)
    return [
      "name": name, "skill": words["kader_terms.\(term.name)"],
      "state": seen.map { seen in
        "\(words[seen.holds ? "common.yes" : "common.no"]), \(visit.format.date(seen.seenOn))"
      } ?? words["common.not_known"],
      "tone": seen.map { $0.holds ? "good" : "bad" } ?? "none",
      "choices": choices(name, yes: "common.yes", no: "common.no"),
    ]
  }

  private func choices(_ name: String, yes: String, no: String) -> [Fields] {
    [("", words["administration.not_today"]), ("yes", words[yes]), ("no", words[no])].map {
      ["value": $0.0, "text": $0.1, "chosen": entered[name] == $0.0] as Fields
    }
  }
}

extension Visit {
  /// Writes what was assessed, each skill a fact; the five T are one.
  func assess(_ worker: Worker, _ form: Form) async throws -> Response {
    guard worker.id != visitor.worker?.id else { throw PageProblem.outOfReach }
    var page = try SkillsPage(self, worker: worker)
    var entered = Entries(form, SkillsPage.names, words)
    let day = entered.day("on", isNeeded: true)
    if let day, day > today { entered.complain("on", "in_future") }
    let until = entered.day("until")
    if let day, let until, until < day { entered.complain("until", "until_before_since") }
    let skills = KaderSkill.allCases.filter { !entered[SkillsPage.name($0)].isEmpty }
    var terms = KaderTermsBody()
    for term in KaderTerm.allCases where !entered[SkillsPage.name(term)].isEmpty {
      terms[term] = entered[SkillsPage.name(term)] == "yes"
    }
    if skills.isEmpty, terms == KaderTermsBody() { entered.complain("skills", "nothing_assessed") }
    guard let day, entered.isFit else {
      page.entered = entered
      return try respond(page.rendering(), status: .badRequest)
    }
    let place = worker.assignments.first { $0.body.role == .kader }?.body.place
    var facts = skills.map { skill -> Fact in
      let isMastered = entered[SkillsPage.name(skill)] == "yes"
      let body = KaderSkillBody(
        skill: skill.rawValue, isMastered: isMastered, assessor: visitor.worker?.id,
        until: isMastered ? until : nil)
      return recording.fact(.kaderSkill, of: worker.id, on: day, at: place, body.bytes)
    }
    if terms != KaderTermsBody() {
      facts.append(recording.fact(.kaderTerms, of: worker.id, on: day, at: place, terms.bytes))
    }
    _ = try await write(
      facts, action: .enrolKader, route: "POST /workers/{id}/skills", subjects: [worker.id])
    return redirect(
      to: Links.address("/workers/\(worker.id.text)", [("done", "skills_assessed")]))
  }
}
