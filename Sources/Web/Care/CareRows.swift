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
  /// Where the rules stand, and who signed them.
  let marks: RuleMarks

  var format: Format { text.format }
  var words: Words { format.words }
  var book: CareBook { .motherAndChild }

  func fields() -> Fields {
    var groups: [String: CareGroup] = [:]
    for planned in care.plan.services {
      guard let entry = book.services[planned.service], matters.isSuperset(of: entry.matters)
      else { continue }
      groups[CareRows.group(of: planned.status), default: CareGroup()].add(
        line(planned, entry), of: entry.rule)
    }
    let classes =
      care.plan.classes.filter(\.answer.isKnown).compactMap(classLine)
      + care.plan.scores.compactMap(scoreLine)
    // What asks for something to be done stands above what is owed by the calendar.
    let grave = ["bad", "poor"].flatMap { tone in classes.filter { $0["tone"] as? String == tone } }
    let mild = classes.filter { !["bad", "poor"].contains($0["tone"] as? String) }
    let openClasses = care.plan.classes.filter { !$0.answer.isKnown }.compactMap(classLine)
    return [
      "dangers": care.plan.dangers.compactMap(dangerLine),
      "has_dangers": !care.plan.dangers.isEmpty,
      "groups": ["now", "unknown", "upcoming", "done", "missed", "refused"].compactMap {
        group -> Fields? in
        guard let lines = groups[group] else { return nil }
        return [
          "title": words["care.groups.\(group)"], "lines": lines.lines, "code": group,
          "contents": lines.contents(text), "count": format.whole(lines.count),
          "is_open": group == "now",
        ]
      },
      "findings": grave, "has_findings": !grave.isEmpty,
      "classes": mild, "has_classes": !mild.isEmpty,
      "open_classes": openClasses, "has_open_classes": !openClasses.isEmpty,
      "open_count": format.whole(openClasses.count),
      "is_empty": care.plan.services.isEmpty && classes.isEmpty && openClasses.isEmpty,
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

  private func line(_ planned: PlannedService, _ entry: CareBook.Entry) -> Fields {
    var fields = why(
      entry.source, marks.book.chapter(ofService: planned.service),
      "service-\(planned.service)")
    fields["name"] = text.service(planned.service)
    fields["status"] = status(planned.status)
    fields["tone"] = CareRows.tone(planned.status)
    if case .done(_, let fact) = planned.status { fields["fact_url"] = factLink(fact) }
    if case .refused(_, let fact) = planned.status { fields["fact_url"] = factLink(fact) }
    var evaluation = care.evaluation
    fields["reasons"] = times(of: planned, entry.rule) + reasons(evaluation.explain(entry.applies))
    if CareRows.isOpen(planned.status) { fields["lacking"] = lacking(entry.rule) }
    return fields
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

  private static func tone(_ status: ServiceStatus) -> String {
    switch status {
    case .overdue, .missed: "bad"
    case .due: "poor"
    case .done: "good"
    default: "none"
    }
  }

  private func dangerLine(_ danger: SeenDanger) -> Fields? {
    guard let element = book.elements[danger.element], matters.isSuperset(of: element.matter)
    else { return nil }
    return [
      "name": text.element(element), "urgency": words["care.urgency.\(danger.urgency.code)"],
      "on": format.date(danger.on), "fact_url": factLink(danger.fact),
    ]
  }

  private func classLine(_ planned: PlannedClass) -> Fields? {
    guard let table = book.tables[planned.table], matters.isSuperset(of: table.matter) else {
      return nil
    }
    var fields = why(
      table.source, marks.book.chapter(ofTable: table.number), "table-\(table.number)")
    fields["name"] = words["care.tables.\(table.name)"]
    var evaluation = care.evaluation
    switch planned.answer {
    case .notApplicable, .none: return nil
    case .unknown(let missing):
      fields["class"] = unknown(missing)
      fields["tone"] = "none"
      fields["reasons"] = table.rows.first.map { reasons(evaluation.explain($0.when)) }
    case .row(let place, let missing):
      let row = table.rows[Int(place)]
      fields["class"] = words["care.classes.\(row.name)"]
      // What could still turn out to be graver is not shown as good news.
      fields["tone"] = missing != nil && row.urgency == .homeCare ? "none" : row.urgency.tone
      fields["actions"] = row.actions.map { ["text": words["care.actions.\($0.name)"]] as Fields }
      fields["reasons"] = reasons(evaluation.explain(row.when))
      fields["not_excluded"] = missing.map {
        told("care.not_excluded", orOld: "care.not_excluded_old", $0)
      }
    }
    return fields
  }

  private func scoreLine(_ planned: PlannedScore) -> Fields? {
    guard let instrument = book.instruments[planned.instrument],
      matters.isSuperset(of: instrument.applies.matter), let score = score(of: instrument, planned)
    else { return nil }
    var fields = why(
      instrument.source, marks.book.chapter(ofInstrument: instrument.number),
      "instrument-\(instrument.number)")
    fields["name"] = text.instrument(instrument)
    fields["class"] = text.score(score)
    // As long as more can come, a low score is no good news.
    fields["tone"] =
      score.isCertain || score.band.urgency != .homeCare ? score.band.urgency.tone : "none"
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
    return fields
  }
}

extension TableAnswer {
  /// Whether a class was found.
  fileprivate var isKnown: Bool { if case .row = self { true } else { false } }
}

extension Urgency {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .homeCare: "home_care"
    case .treat: "treat"
    case .refer: "refer"
    }
  }

  /// The colour on pages.
  var tone: String {
    switch self {
    case .homeCare: "good"
    case .treat: "poor"
    case .refer: "bad"
    }
  }
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
