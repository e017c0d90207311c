import Foundation
import Guidance
import Health
import Journal
import Programmes
import Services

/// The lines of a care plan, each with why it stands there.
struct CareRows {
  let care: PersonCare
  let text: CareText
  /// The sensitive matters that the visitor may see; lines about others are left out.
  let matters: SensitiveMatters
  /// Whether the visitor wrote a fact down, or is about to; nothing on paper, on which it does not
  /// matter who did.
  var isOwn: ((Identifier) -> Bool)?
  /// Where the rules stand, and who signed them.
  let marks: RuleMarks
  /// Whether the visitor treats, and so reads how much of something is given.
  let readsDoses: Bool
  /// The forms to which an action leads; none where what was entered would be lost on the way.
  var forms: [VisitForm] = []

  var format: Format { text.format }
  var words: Words { format.words }
  var book: CareBook { .motherAndChild }

  /// The lines by where they stand.
  func lines() -> CareLines {
    var lines = CareLines()
    lines.dangers = care.plan.dangers.mostUrgentFirst(\.urgency).compactMap(dangerLine)
    for planned in care.plan.services.upcomingByDay {
      guard let entry = book.services[planned.service], matters.isSuperset(of: entry.matters)
      else { continue }
      lines.groups[CareRows.group(of: planned.status), default: CareGroup()].add(
        line(planned, entry), of: entry.rule)
    }
    let classes =
      (care.plan.classes.filter(\.answer.isKnown).compactMap(classLine)
      + care.plan.scores.compactMap(scoreLine)).mostUrgentFirst(\.urgency)
    let unexamined = unexamined
    lines.grave = [unexamined?.line].compactMap(\.self) + classes.filter { $0.tone == .bad }
    lines.poor = classes.filter { $0.tone == .poor }
    lines.mild = classes.filter { ![.bad, .poor].contains($0.tone) }
    let unfinished = unexamined == nil ? unfinished : (tables: [], lines: [])
    lines.unfinished = unfinished.lines
    let hidden = Set(unexamined?.hidden ?? []).union(unfinished.tables)
    lines.open = care.plan.classes.filter {
      !$0.answer.isKnown && !hidden.contains($0.table)
    }.compactMap(classLine)
    return lines.withoutFalseCalm()
  }

  func fields() -> Fields { fields(of: lines()) }

  /// What a template draws of the lines.
  func fields(of lines: CareLines) -> Fields {
    let findings = lines.grave + lines.unfinished + lines.poor
    return [
      "dangers": lines.dangers.map(\.fields),
      "has_dangers": !lines.dangers.isEmpty,
      "groups": ["now", "unknown", "upcoming", "done", "missed", "refused"].compactMap {
        code -> Fields? in
        guard let group = lines.groups[code] else { return nil }
        return [
          "title": words["care.groups.\(code)"], "lines": group.lines.map(\.fields),
          "contents": group.contents(text), "count": format.whole(group.count),
          "is_open": code == "now",
        ]
      },
      "findings": findings.map(\.fields), "has_findings": !findings.isEmpty,
      "classes": lines.mild.map(\.fields), "has_classes": !lines.mild.isEmpty,
      "open_classes": lines.open.map(\.fields), "has_open_classes": !lines.open.isEmpty,
      "open_count": format.whole(lines.open.count),
      "is_empty": care.plan.services.isEmpty && findings.isEmpty && lines.mild.isEmpty
        && lines.open.isEmpty,
    ]
  }

  private static func group(of status: ServiceStatus) -> String {
    switch status {
    case .due, .overdue: "now"
    case .unknown: "unknown"
    case .upcoming: "upcoming"
    case .done: "done"
    case .missed, .notApplicable: "missed"
    case .refused: "refused"
    }
  }

  private func line(_ planned: PlannedService, _ entry: CareBook.Entry) -> CareLine {
    var fields = why(
      entry.source, marks.book.chapter(ofService: planned.service),
      "service-\(planned.service)")
    if case .done(_, let fact) = planned.status { fields["fact_url"] = factLink(fact) }
    if case .refused(_, let fact) = planned.status { fields["fact_url"] = factLink(fact) }
    var evaluation = care.evaluation
    fields["reasons"] = times(of: planned, entry.rule) + reasons(evaluation.explain(entry.applies))
    if CareRows.isOpen(planned.status) {
      fields["lacking"] =
        begun(planned, entry.rule) ?? lacking(entry.rule) ?? answered(planned, entry.rule)
    }
    let name = text.service(planned.service)
    return CareLine(
      isForOthers(planned, entry.rule) ? words("care.kader_brings", ["what": name]) : name,
      CareRows.tone(planned.status), status: status(planned.status), fields)
  }

  /// Whether a kader reads of something that is owed and given neither at the Posyandu nor at home:
  /// then somebody is brought to whom it is done by.
  private func isForOthers(_ planned: PlannedService, _ rule: CareBook.Rule) -> Bool {
    guard text.isForKader == true, CareRows.group(of: planned.status) == "now",
      case .service(let service) = rule
    else { return false }
    return service.settings.isDisjoint(with: [.posyandu, .home])
  }

  private static func isOpen(_ status: ServiceStatus) -> Bool {
    switch status {
    case .due, .overdue, .missed: true
    default: false
    }
  }

  private func status(_ status: ServiceStatus) -> String {
    func days(_ name: String, _ first: CivilDate, _ second: CivilDate? = nil) -> String {
      words(
        "care.statuses.\(name)",
        ["date": format.date(first), "late": second.map(format.date) ?? ""])
    }
    switch status {
    case .done(let on, _): return days("done", on)
    case .due(let since, nil): return days("due", since)
    case .due(let since, let late?): return days("due_until", since, late)
    case .overdue(let since, let late): return days("overdue", since, late)
    case .upcoming(let from): return days("upcoming", from)
    case .missed(let since): return days("missed", since)
    case .refused(let on, _): return days("refused", on)
    case .notApplicable: return words["care.statuses.not_applicable"]
    case .unknown(let missing): return unknown(missing)
    }
  }

  private static func tone(_ status: ServiceStatus) -> Tone {
    switch status {
    case .overdue, .missed: .bad
    case .due: .poor
    case .done: .good
    default: .plain
    }
  }

  private func dangerLine(_ danger: SeenDanger) -> CareLine? {
    guard let element = book.elements[danger.element],
      matters.isSuperset(of: element.matter)
        || (matters.asked.isSuperset(of: element.matter) && isOwn?(danger.fact) == true)
    else { return nil }
    var name = text.element(element)
    // A sign that is measured says how much.
    if case .quantity = element.form,
      let seen = care.record.latest(element, since: danger.on, through: danger.on)
    {
      name += " " + text.value(seen.value, of: element)
    }
    var evaluation = care.evaluation
    let sign = book.sign(of: danger, &evaluation).map { $0.guideline.dangerSigns[$0.place] }
    return CareLine(
      name, .bad, urgency: danger.urgency,
      alarm: Alarm(danger.urgency, sign?.firstAid?.actions ?? [], for: name),
      why(danger).merging([
        "urgency": words["care.urgency.\(danger.urgency.code)"],
        "on": format.date(danger.on), "fact_url": factLink(danger.fact),
      ]))
  }

  /// What to do, in words, with how much of it for whoever treats: by the weight of the day of a
  /// visit, or of the plan. What two actions tell their reader in the same words is told once, and
  /// what only an older child is given not at all.
  func actions(_ actions: [CareAction], on day: CivilDate? = nil) -> [Fields] {
    var told: Set<String> = []
    let visited = day ?? care.plan.day
    return text.told(given(actions, on: visited)).compactMap { action in
      let sentence = text.action(action)
      guard told.insert(sentence).inserted else { return nil }
      return [
        "text": sentence, "form_url": address(of: action.form),
        "doses": (readsDoses ? action.doses : []).map {
          ["dose": text.dose($0, of: care.record, on: visited)] as Fields
        },
      ]
    }
  }

  /// Actions without what only an older child is given.
  private func given(_ actions: [CareAction], on day: CivilDate) -> [CareAction] {
    actions.filter { !$0.isForOlder(than: care.record, on: day) }
  }

  /// Where a form is filled in; nothing where the page leads to none.
  private func address(of form: VisitForm?) -> String? {
    guard let form, forms.contains(where: { $0.number == form.number }) else { return nil }
    return VisitPage.address(of: care.person.id, form)
  }

  private func classLine(_ planned: PlannedClass) -> CareLine? {
    guard let table = book.tables[planned.table], matters.isSuperset(of: table.matter) else {
      return nil
    }
    var fields = why(
      table.source, marks.book.chapter(ofTable: table.number), "table-\(table.number)")
    var tone = Tone.plain
    var urgency = Urgency.homeCare
    var (alarm, saysStable): (Alarm?, Bool?)
    var evaluation = care.evaluation
    switch planned.answer {
    case .notApplicable, .none: return nil
    case .unknown(let missing):
      let open = table.open(&evaluation)
      // Where the rows are all answered, it is not known whether the table is asked of her.
      let lacking = open.map(\.missing).flatMap { $0.isEmpty ? nil : $0 } ?? [missing]
      fields["class"] = unknown(lacking)
      fields["possible"] = open.flatMap { possible($0, of: table) }
      // The first row that is not excluded says what is missing.
      let first = open?.rows.first.map { table.rows[Int($0)] }
      fields["reasons"] = first.map { reasons(evaluation.explain($0.when)) }
    case .row(let place, let missing):
      let row = table.rows[Int(place)]
      urgency = row.urgency
      saysStable =
        row.actions.contains(.goOn)
        ? true : row.actions.contains(.warmAndMeasureAgain) ? false : nil
      let name = words["care.classes.\(row.name)"]
      fields["class"] = name
      alarm = Alarm(
        row.urgency, row.actions, for: "\(words["care.tables.\(table.name)"]): \(name)")
      // What could still turn out to be another class is not shown as good news, nor is what she is
      // advised against.
      let cautions: [CareAction] = [.otherMethod, .addOtherMethod, .counselBeforeSterilization]
      let isGood = missing == nil && !row.actions.contains(where: cautions.contains)
      tone = row.urgency == .homeCare && !isGood ? .plain : row.urgency.tone
      // A state in which there is nothing to do is no work.
      if row.urgency == .treat, row.actions.isEmpty { tone = .plain }
      // What she uses already and must not is said among the gravest.
      if row.actions.contains(.giveOtherMethodNow) { tone = .bad }
      fields["actions"] = actions(row.actions, on: visit(of: table))
      fields["reasons"] =
        reasons(evaluation.explain(row.when)) + doseSources(row.actions, on: visit(of: table))
      // Nothing is more urgent than to refer today: what is missing then changes no urgency.
      if row.urgency < .refer {
        fields["not_excluded"] = missing.map {
          told("care.not_excluded", orOld: "care.not_excluded_old", $0)
        }
      }
    }
    return CareLine(
      words["care.tables.\(table.name)"], tone, urgency: urgency, alarm: alarm,
      saysStable: saysStable, fields)
  }

  /// Where the doses of actions stand.
  func doseSources(_ actions: [CareAction], on day: CivilDate?) -> [Fields] {
    (readsDoses ? given(actions, on: day ?? care.plan.day).flatMap(\.doses) : []).map {
      [
        "text": words("care.dose.source", ["what": words["care.doses.\($0.name)"]]),
        "answer": text.source($0.source),
      ]
    }
  }

  /// The day of the latest visit that a table is asked as of; nothing of tables of the day.
  private func visit(of table: DecisionTable) -> CivilDate? {
    guard case .lastVisit(let purpose, _) = table.moment else { return nil }
    return care.record.contacts.last { !$0.purposes.isDisjoint(with: purpose) }?.on
  }

  /// What signs of danger and classes that the reader may know of say to do.
  private var standingActions: Set<CareAction> {
    var evaluation = care.evaluation
    let aids = care.plan.dangers.filter {
      book.elements[$0.element].map { matters.isSuperset(of: $0.matter) } ?? false
    }.compactMap { danger -> FirstAid? in
      book.sign(of: danger, &evaluation).flatMap { $0.guideline.dangerSigns[$0.place].firstAid }
    }
    let rows = care.plan.classes.compactMap { planned -> DecisionTable.Row? in
      guard case .row(let place, _) = planned.answer, let table = book.tables[planned.table],
        matters.isSuperset(of: table.matter)
      else { return nil }
      return table.rows[Int(place)]
    }
    return Set(aids.flatMap(\.actions) + rows.flatMap(\.actions))
  }

  private func scoreLine(_ planned: PlannedScore) -> CareLine? {
    guard let instrument = book.instruments[planned.instrument],
      matters.isSuperset(of: instrument.applies.matter), let score = score(of: instrument, planned)
    else { return nil }
    var fields = why(
      instrument.source, marks.book.chapter(ofInstrument: instrument.number),
      "instrument-\(instrument.number)")
    fields["class"] = text.score(score)
    let own = score.band.actions(beside: standingActions)
    fields["actions"] =
      own.isEmpty && !score.band.actions.isEmpty
      ? [["text": words["care.score_gives_way"], "form_url": nil, "doses": [Fields]()]]
      : actions(own)
    let hidden = instrument.items.count { !matters.isSuperset(of: $0.when.matter) }
    if score.unanswered > 0 {
      fields["not_excluded"] = [
        words(
          score.band == score.bandAtMost ? "care.score_unanswered" : "care.score_may_become",
          [
            "count": "\(score.unanswered)", "most": "\(score.most)",
            "worse": words["care.bands.\(score.bandAtMost.name)"],
          ]), hidden == 0 ? nil : words("care.score_hidden", ["count": "\(hidden)"]),
      ].compactMap(\.self).joined(separator: " ")
    }
    fields["reasons"] = reasons(instrument)
    // As long as more can come, a low score is no good news.
    let isTold = score.isCertain || score.band.urgency != .homeCare
    return CareLine(
      text.instrument(instrument), isTold ? score.band.urgency.tone : .plain,
      urgency: score.band.urgency, fields)
  }
}

// MARK: Not examined

extension CareRows {
  /// That several things are missing for telling something, or the only one.
  private func unknown(_ missing: [Missing]) -> String {
    guard missing.count != 1 else { return unknown(missing[0]) }
    return words(
      "care.statuses.unknown", ["what": missing.map(text.missing).joined(separator: ", ")])
  }

  /// The classes that a table may still find, the gravest first; nothing where it has only one.
  private func possible(_ open: OpenClasses, of table: DecisionTable) -> String? {
    guard open.rows.count > 1 else { return nil }
    let names = open.rows.map { words["care.classes.\(table.rows[Int($0)].name)"] }
    return words("care.possible_classes", ["classes": names.joined(separator: "; ")])
  }
}

extension [PlannedService] {
  /// What is to come by the day from which on it is owed, behind all others, whose order stays.
  var upcomingByDay: [PlannedService] {
    let upcoming = enumerated().compactMap { place, planned -> (CivilDate, Int, PlannedService)? in
      guard case .upcoming(let from) = planned.status else { return nil }
      return (from, place, planned)
    }
    let others = filter { if case .upcoming = $0.status { false } else { true } }
    return others + upcoming.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }
}

extension TableAnswer {
  /// Whether a class was found.
  fileprivate var isKnown: Bool { if case .row = self { true } else { false } }
}

extension Source.Standing {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .primary: "primary"
    case .secondary: "secondary"
    case .fromMemory: "from_memory"
    }
  }
}
