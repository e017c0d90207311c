import Guidance
import Health
import Journal
import Programmes
import Services

/// Why a line of a care plan stands as it does: the rule, its days, and what it was decided by.
extension CareRows {
  /// The lines as the visitor may read them: whoever treats is told how much is given, where the
  /// page has room for it.
  init(
    _ visit: Visit, _ care: PersonCare, _ text: CareText, matters: SensitiveMatters,
    readsDoses: Bool = true
  ) throws {
    let performers = visit.visitor.rights.careClaims(in: visit.tree).performers
    self.init(
      care: care, text: text, matters: matters, marks: try visit.ruleMarks(),
      readsDoses: readsDoses && !performers.isDisjoint(with: .anyHealthWorker))
  }

  /// Where a rule stands, and whether a clinician signed it.
  func why(_ source: Source, _ chapter: GuidelineChapter?, _ rule: String) -> Fields {
    marks.fields(chapter, rule).merging(SourceText(words: words).fields(source))
  }

  /// By which sign a danger is one, what it was decided by, and what to do at once.
  func why(_ danger: SeenDanger) -> Fields {
    var evaluation = care.evaluation
    guard let (guideline, place) = book.sign(of: danger, &evaluation) else { return [:] }
    let sign = guideline.dangerSigns[place]
    var fields = why(
      sign.source, marks.book.chapter(of: guideline), guideline.dangerSigns.anchor(at: place))
    // A sign that stands though the day's last form says no is told by the form that says yes.
    let shown =
      evaluation.answer(sign.isSeen) == .yes
      ? sign.isSeen : .any(sign.element, sign.comparison, .last(sign.shownFor))
    var lines = reasons(evaluation.explain(shown))
    if let aid = sign.firstAid {
      fields["actions"] = actions(aid.actions, on: danger.on)
      lines.append(["text": words["care.first_aid"], "answer": text.source(aid.source)])
      lines += doseSources(aid.actions, on: nil)
    }
    fields["reasons"] = lines
    return fields
  }

  /// The parts of a criterion with their answers and inputs, what is asked more than once only
  /// once.
  func reasons(_ explanation: Explanation) -> [Fields] {
    var told: Set<Criterion> = []
    return asked(explanation).filter { told.insert($0.criterion).inserted }
      .flatMap { lines(of: $0) }
  }

  private func lines(of part: Explanation) -> [Fields] {
    switch part.criterion {
    case .score(let instrument, _):
      var evaluation = care.evaluation
      let known = instrument.score(&evaluation, knowing: matters).map { text.score($0) }
      return [
        [
          "text": text.sentence(part.criterion),
          "answer": [answer(part.answer), known].compactMap(\.self).joined(separator: " · "),
        ]
      ] + reasons(instrument)
    // How a pregnancy ended, and how far it had come, is told to those who may know of a loss.
    case let criterion where !matters.contains(.loss) && criterion.asksHowPregnancyEnded: return []
    default:
      return [
        [
          "text": text.sentence(part.criterion) + limit(of: part.criterion),
          "answer": answer(part.answer), "input": input(of: part),
        ]
      ]
    }
  }

  /// The name of the setting that a limit is taken from: one thing may have several limits, by what
  /// it is asked for.
  private func limit(of criterion: Criterion) -> String {
    guard let setting = criterion.limit else { return "" }
    return " " + words("care.limit", ["setting": words["care.settings.\(setting.name)"]])
  }

  /// What is asked, one by one: that none of several things is so is told by each of them.
  private func asked(_ explanation: Explanation) -> [Explanation] {
    switch explanation.criterion {
    case .one:
      (explanation.parts.contains { !isOfOtherAge($0) }
        ? explanation.parts.filter { !isOfOtherAge($0) } : explanation.parts).flatMap { asked($0) }
    case .all, .not(.all), .not(.one): explanation.parts.flatMap { asked($0) }
    case .always: []
    default: [explanation]
    }
  }

  /// Whether an alternative is meant for another age: its limits would contradict those of the age
  /// that somebody has.
  private func isOfOtherAge(_ alternative: Explanation) -> Bool {
    guard case .all = alternative.criterion else { return false }
    return alternative.parts.contains { part in
      guard case .after(.birth, _, _) = part.criterion else { return false }
      return part.answer == .no
    }
  }

  private func input(of explanation: Explanation) -> Fields? {
    // One "no" among several things does not tell why nothing can be told.
    var isOneOfMany = false
    if case .unknown = explanation.answer { isOneOfMany = explanation.parts.count > 1 }
    let found =
      explanation.observation
      ?? (isOneOfMany ? nil : explanation.parts.compactMap(\.observation).first)
    guard let observation = found ?? explanation.older,
      let element = book.elements[observation.element]
    else { return nil }
    let isCorrected =
      DataElement.judgedByCorrectedAge.contains(element)
      && care.record.correctsGrowth(on: observation.on, text.settings)
    let value =
      text.value(observation.value, of: element)
      + (isCorrected ? " (\(words["care.by_corrected_age"]))" : "")
    return [
      "value": found == nil ? words("care.too_old", ["value": value]) : value,
      "on": format.date(observation.on), "fact_url": factLink(observation.fact),
    ]
  }

  private func answer(_ answer: Answer) -> String {
    switch answer {
    case .yes: words["care.yes"]
    case .no: words["care.no"]
    case .unknown: words["care.unknown"]
    }
  }

  func factLink(_ fact: Identifier) -> String {
    "/people/\(care.person.id.text)/history#\(fact.text)"
  }

  // MARK: What is missing

  /// That something cannot be told, with what is missing for it.
  func unknown(_ missing: Missing) -> String {
    told("care.statuses.unknown", orOld: "care.statuses.unknown_old", missing)
  }

  /// A sentence about what is missing; another one where it was observed, and too long ago.
  func told(_ key: String, orOld oldKey: String, _ missing: Missing) -> String {
    let what = text.missing(missing)
    guard let element = missing.element.flatMap({ book.elements[$0] }),
      let old = care.evaluation.latestEver(element)
    else { return words(key, ["what": what]) }
    return words(
      oldKey,
      [
        "what": what, "date": format.date(old.on), "value": text.value(old.value, of: element),
      ])
  }

  /// What of a service was seen on a day that lacked the rest of it.
  func lacking(_ rule: CareBook.Rule) -> String? {
    guard case .service(let service) = rule,
      let found = service.incomplete(care.evaluation)
    else { return nil }
    return words(
      "care.lacking",
      [
        "date": format.date(found.on), "seen": text.short(found.seen),
        "lacking": found.lacking.map { text.short($0) }.joined(separator: ", "),
      ])
  }

  /// Since when a service is owed; nothing where it is not.
  private func owedSince(_ status: ServiceStatus) -> CivilDate? {
    switch status {
    case .due(let since, _), .overdue(let since, _): since
    default: nil
    }
  }

  /// That a questionnaire was begun since it is owed, and how far.
  func begun(_ planned: PlannedService, _ rule: CareBook.Rule) -> String? {
    guard case .service(let service) = rule, let since = owedSince(planned.status),
      let begun = service.begun(since: since, care.evaluation)
    else { return nil }
    return words(
      "care.begun",
      [
        "date": format.date(begun.on), "answered": "\(begun.answered)",
        "questions": "\(begun.questions)",
      ])
  }

  /// What was answered since a service is owed and does not count as given: "no", none, nought.
  func answered(_ planned: PlannedService, _ rule: CareBook.Rule) -> String? {
    guard let since = owedSince(planned.status) else { return nil }
    let element: DataElement
    switch evidence(of: planned.service, rule) {
    case .yes(let asked), .value(let asked, _): element = asked
    default: return nil
    }
    guard let seen = care.record.latest(element, since: since, through: care.plan.day) else {
      return nil
    }
    return words(
      "care.answered",
      [
        "date": format.date(seen.on), "what": text.element(element),
        "value": text.value(seen.value, of: element),
      ])
  }

  // MARK: Days

  /// The days that decide how a service stands: the plan's own, how far somebody is on it, and from
  /// when to when the service is owed; with what it takes to be done.
  func times(of planned: PlannedService, _ rule: CareBook.Rule) -> [Fields] {
    let evaluation = care.evaluation
    var window: ServiceWindow?
    var anchor: Anchor?
    switch rule {
    case .service(let service):
      (window, anchor) = (service.window(evaluation), service.anchor)
    case .visit(let slot, let series):
      (window, anchor) = (series.window(of: slot, evaluation), series.anchor)
    case .content(let matrix): anchor = matrix.series.anchor
    }
    var days: [(String, CivilDate?)] = [("day", care.plan.day)]
    if let window {
      days += [("opens", window.opens), ("late", window.late), ("closes", window.closes)]
    } else {
      switch planned.status {
      case .due(let since, let late): days += [("opens", since), ("late", late)]
      case .overdue(let since, let late): days += [("opens", since), ("late", late)]
      case .upcoming(let from): days.append(("opens", from))
      case .missed(let since): days.append(("closes", since))
      case .done, .refused, .notApplicable, .unknown: break
      }
    }
    var lines = days.compactMap { name, day in
      day.map { time(name, format.date($0)) }
    }
    if let reckoned = reckoned(from: anchor ?? state) { lines.insert(reckoned, at: 1) }
    if let evidence = evidence(of: planned.service, rule) {
      lines.append(time("done_by", text.evidence(evidence)))
    }
    return lines
  }

  /// By what a service counts as given.
  private func evidence(of number: UInt16, _ rule: CareBook.Rule) -> Evidence? {
    switch rule {
    case .service(let service): service.evidence
    case .visit(_, let series): .contact(series.purpose, by: series.performers)
    case .content(let matrix): matrix.rows.first { $0.number == number }?.evidence
    }
  }

  private func time(_ name: String, _ value: String) -> Fields {
    ["text": words["care.times.\(name)"], "answer": value]
  }

  /// From what the time of somebody counts where a rule does not say it.
  private var state: Anchor {
    let evaluation = care.evaluation
    if evaluation.isPregnant { return .pregnancy }
    guard let ended = evaluation.anchor(.pregnancyEnd),
      care.plan.day <= ended + .days(PregnancyEpisode.daysAfterEnd)
    else { return .birth }
    return .pregnancyEnd
  }

  /// How far somebody is on the plan's day: weeks of gestation, days after birth, or age.
  private func reckoned(from anchor: Anchor) -> Fields? {
    guard let start = care.evaluation.anchor(anchor), start <= care.plan.day else { return nil }
    let days = (care.plan.day - start).count
    switch anchor {
    case .pregnancy:
      return time(
        "gestation",
        format.weeks(AgeInDays(days)))
    case .pregnancyEnd: return time("since_birth", text.period(Period(months: 0, days: days)))
    case .birth, .termBirth:
      let months = care.plan.day.completedMonths(since: start).count
      return time(
        anchor == .birth ? "age" : "term_age",
        text.period(months > 0 ? .months(months) : Period(months: 0, days: days)))
    }
  }

  // MARK: Scores

  /// A score as this visitor may know it: items of other matters stand as not answered. Where none
  /// is left there is no score.
  func score(of instrument: Instrument, _ planned: PlannedScore) -> InstrumentScore? {
    if matters.isSuperset(of: instrument.matter) { return planned.score }
    var evaluation = care.evaluation
    return instrument.score(&evaluation, knowing: matters)
  }

  /// The items that give points, and those that are not known.
  func reasons(_ instrument: Instrument) -> [Fields] {
    var lines: [Fields] = []
    if instrument.base != 0 {
      lines.append([
        "text": words["guidelines.terms.base"], "answer": format.whole(Int(instrument.base)),
      ])
    }
    var evaluation = care.evaluation
    for item in instrument.items where matters.isSuperset(of: item.when.matter) {
      let explanation = evaluation.explain(item.when)
      switch explanation.answer {
      case .no: continue
      case .unknown:
        lines.append(["text": text.item(item), "answer": words["care.unknown"]])
      case .yes:
        let points = explanation.observation.flatMap {
          item.counted == nil ? nil : min(max($0.value, 0), item.points)
        }
        lines.append([
          "text": text.item(item), "answer": format.whole(Int(points ?? item.points)),
          "input": input(of: explanation),
        ])
      }
    }
    return lines
  }
}

extension Criterion {
  /// The setting that an observed value is compared with; nothing where the limit is fixed.
  fileprivate var limit: ClinicalSetting? {
    switch self {
    case .latest(_, let comparison, _), .any(_, let comparison, _),
      .whereObserved(_, let comparison, _):
      comparison.limit
    case .not(let part): part.limit
    default: nil
    }
  }
}

extension Comparison {
  fileprivate var limit: ClinicalSetting? {
    switch self {
    case .below(.setting(let setting)), .atLeast(.setting(let setting)): setting
    default: nil
    }
  }
}
