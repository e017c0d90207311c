import Guidance
import Health
import Journal
import Programmes
import Services

/// A person's vaccinations on the care plan: what is next and what was given, each with why.
struct ImmunizationRows {
  let visit: Visit
  let immunization: PersonImmunization
  /// Whether the visitor may write down doses of this person.
  let mayRecord: Bool
  /// Who signed the schedule.
  let marks: RuleMarks

  private var format: Format { visit.format }
  private var words: Words { visit.words }
  private var text: ImmunizationText { visit.immunizationText }

  static func address(_ person: Identifier, _ page: String = "") -> String {
    "/people/\(person.text)/immunizations" + page
  }

  /// The section; nothing where the schedule has nothing for the person and nothing was given.
  func fields() throws -> Fields? {
    let person = immunization.person.id
    let names = try visit.district.workerNames(Set(immunization.doses.compactMap(\.recorder)))
    var groups: [String: [Fields]] = [:]
    for planned in immunization.planned where !immunization.isFarOff(planned) {
      groups[ImmunizationRows.group(of: planned.state), default: []].append(line(planned))
    }
    groups["given"] = immunization.doses.reversed().map { given($0, names) }
    let shown = ["now", "unknown", "upcoming", "given", "over"].compactMap { group -> Fields? in
      guard let lines = groups[group], !lines.isEmpty else { return nil }
      return [
        "title": words["immunization.groups.\(group)"], "lines": lines,
        "count": format.whole(lines.count), "is_open": group == "now",
      ]
    }
    guard !shown.isEmpty || immunization.tetanus != nil else { return nil }
    return [
      "groups": shown, "goals": immunization.goals.map(goal),
      "has_goals": !immunization.goals.isEmpty, "tetanus": tetanus(),
      "card_url": ImmunizationRows.address(person),
      "today_url": mayRecord && !immunization.owed.isEmpty && !visit.vaccinationActs.isEmpty
        ? ImmunizationRows.address(person, "/today") : nil,
      "book_url": mayRecord && visit.vaccinationActs.contains(.copy)
        ? ImmunizationRows.address(person, "/book") : nil,
    ]
  }

  private static func group(of state: VaccineState) -> String {
    switch state {
    case .due, .overdue: "now"
    case .unknown: "unknown"
    case .upcoming: "upcoming"
    case .complete, .tooLate, .contraindicated, .notNeeded: "over"
    }
  }

  // MARK: What is next

  private func line(_ planned: PlannedVaccine) -> Fields {
    var fields = rule(of: planned.vaccine).merging(source(planned.source))
    fields["name"] = text.dose(planned.vaccine, planned.number)
    fields["status"] = text.state(planned)
    fields["tone"] = ImmunizationRows.tone(planned.state)
    fields["refused"] = planned.refusal.map { refusal in
      words(
        "immunization.offered",
        ["date": format.date(refusal.day), "reason": text.reason(refusal.reason)])
    }
    fields["refused_url"] = planned.refusal.map { factLink($0.fact) }
    fields["reasons"] = reasons(planned)
    return fields
  }

  private static func tone(_ state: VaccineState) -> String {
    switch state {
    case .overdue, .tooLate, .contraindicated: "bad"
    case .due: "poor"
    case .complete: "good"
    case .upcoming, .notNeeded, .unknown: "none"
    }
  }

  /// Why it stands so: what decided, and from what.
  private func reasons(_ planned: PlannedVaccine) -> [Fields] {
    var lines = [
      reason("decided", decided(planned)),
      reason("age", format.age(born: immunization.birthDate, on: immunization.day)),
    ]
    if let previous = planned.previous.flatMap({ immunization.dose($0) }) {
      var line = reason("previous", text.name(previous))
      line["input"] =
        [
          "value": text.product(previous.body.product),
          "on": text.day(previous.day, knownBy: previous.body.dayKnownBy),
          "fact_url": factLink(previous.fact),
        ] as Fields
      lines.append(line)
    }
    let days = [
      ("earliest", planned.earliest), ("past_due", planned.pastDue), ("latest", planned.latest),
    ]
    for case (let code, let day?) in days { lines.append(reason(code, format.date(day))) }
    if planned.vaccine == .tetanus, let asked = immunization.tetanusAsked {
      lines.append(reason("asked", "T\(asked)"))
    }
    lines.append(reason("edition", edition))
    return lines
  }

  private func decided(_ planned: PlannedVaccine) -> String {
    planned.vaccine == .tetanus && planned.isOwed && planned.earliest == nil
      ? words["immunization.pregnant"]
      : words["immunization.forecast_reasons.\(planned.reason.name)"]
  }

  private func reason(_ code: String, _ answer: String) -> Fields {
    ["text": words["immunization.why.\(code)"], "answer": answer]
  }

  /// The edition of the schedule with the district's settings.
  private var edition: String { "\(immunization.edition.name), \(visit.district.edition.title)" }

  // MARK: What was given

  private func given(_ dose: RecordedDose, _ names: [Identifier: String]) -> Fields {
    let person = immunization.person.id
    let vaccine = dose.judgements.first?.vaccine
    var fields = rule(of: vaccine).merging(source(immunization.edition.source))
    let day = text.day(dose.day, knownBy: dose.body.dayKnownBy)
    fields["name"] = "\(text.name(dose)) · \(day)"
    fields["judgements"] = judgements(dose)
    fields["tone"] = ImmunizationRows.tone(dose)
    fields["fact_url"] = factLink(dose.fact)
    fields["change_url"] =
      mayRecord && visit.mayChange(dose)
      ? ImmunizationRows.address(person, "/\(dose.fact.text)") : nil
    var lines = [
      reason("product", text.product(dose.body.product)),
      reason("age_then", format.age(born: immunization.birthDate, on: dose.day)),
    ]
    if let origin = dose.body.origin {
      lines.append(reason("origin", words["immunization.origins.\(origin.code)"]))
    }
    if !dose.body.batch.isEmpty {
      lines.append(reason("batch", String(decoding: dose.body.batch, as: UTF8.self)))
    }
    if !dose.body.facility.isEmpty {
      lines.append(reason("facility", String(decoding: dose.body.facility, as: UTF8.self)))
    }
    if let spoiled = dose.body.spoiled {
      lines.append(reason("spoiled", words["immunization.spoiled.\(spoiled.code)"]))
    }
    let place = dose.place.flatMap { visit.tree.places[$0] }.map { visit.named($0) }
    lines += [
      reason(
        "recorder", dose.recorder.flatMap { names[$0] } ?? words["people.nobody_named"]),
      reason("recorded", format.moment(dose.recordedAt)),
      reason("place", place ?? words["common.none"]), reason("edition", edition),
    ]
    fields["reasons"] = lines
    return fields
  }

  private func judgements(_ dose: RecordedDose) -> [Fields] {
    if dose.judgements.isEmpty { return [["text": words["immunization.counts_for_nothing"]]] }
    return dose.judgements.flatMap { judgement in
      [text.judgement(judgement), text.otherNumber(dose, judgement)].compactMap(\.self)
    }.map { ["text": $0] }
  }

  /// A dose that counts for something is good; one that must be repeated is bad.
  static func tone(_ dose: RecordedDose) -> String {
    let statuses = dose.judgements.map(\.evaluation.status)
    let order: [DoseStatus] = [.valid, .notValid, .substandard, .extraneous]
    return order.first { statuses.contains($0) }?.tone ?? "none"
  }

  // MARK: Summaries

  private func goal(_ reached: ReachedGoal) -> Fields {
    let tone =
      switch reached.status {
      case .reached: "good"
      case .missed: "bad"
      default: "none"
      }
    return [
      "name": words["immunization.goals.\(reached.kind.rawValue)"],
      "text": text.goal(reached, planned: immunization.planned), "tone": tone,
    ]
  }

  private func tetanus() -> String? {
    guard let status = immunization.tetanus else { return nil }
    let isTold = status.level >= 2 && status.reached == nil
    let key =
      isTold
      ? "tetanus_told" : status.protectedUntil == nil ? "tetanus_level" : "tetanus_protected"
    return words(
      "immunization.\(key)",
      [
        "level": "T\(status.level)",
        "date": status.protectedUntil.map(format.date) ?? "",
      ])
  }

  /// Where the rule of a vaccine stands in the book, and whether a clinician signed it.
  private func rule(of vaccine: OfferedVaccine?) -> Fields {
    let rule: String? =
      switch vaccine {
      case nil: nil
      case .card(.schoolMeaslesRubella), .card(.schoolDiphtheriaTetanus),
        .card(.humanPapillomavirus):
        "school"
      case let vaccine?: "vaccine-\(vaccine.name)"
      }
    return marks.fields(marks.book.chapter(GuidelineBook.immunizationCode), rule)
  }

  private func source(_ source: Source) -> Fields {
    SourceText(words: words).fields(source)
  }

  private func factLink(_ fact: Identifier) -> String {
    "/people/\(immunization.person.id.text)/history#\(fact.text)"
  }
}
