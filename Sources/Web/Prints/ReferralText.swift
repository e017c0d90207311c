import Guidance
import Health
import Journal
import Programmes
import Services

/// A reason that a care plan offers for a referral.
struct OfferedReason {
  /// The reason.
  let reason: ReferralReason
  /// What the rule says is to be done.
  let urgency: Urgency
  /// The day on which a sign of danger was seen; nothing for a class.
  let seenOn: CivilDate?

  /// Whether the rule says to refer today or now.
  var isUrgent: Bool { urgency >= .refer }
}

/// Referrals in words.
struct ReferralText {
  private let visit: Visit
  private let text: CareText
  /// Who is referred, by no more than the age of that day; nothing where no reason is told.
  private let patient: HealthRecord?

  private var words: Words { visit.words }

  init(_ visit: Visit, _ text: CareText, of person: PersonEntry? = nil, on day: CivilDate? = nil) {
    self.visit = visit
    self.text = text
    patient = day.map { HealthRecord(bornOn: person?.birthDate, on: $0) }
  }

  /// Where somebody was sent.
  func facility(_ body: ReferralBody) -> String {
    body.facility.flatMap { visit.tree.places[$0] }.map { visit.named($0) }
      ?? (body.facilityName.isEmpty
        ? words["common.unknown_place"] : String(decoding: body.facilityName, as: UTF8.self))
  }

  /// Where to, and how soon.
  func summary(_ body: ReferralBody) -> String {
    [facility(body), body.urgency.map { words["referrals.urgencies.\($0.code)"] }]
      .compactMap(\.self).joined(separator: " · ")
  }

  /// What of the guidelines made somebody refer, with where it stands.
  func fields(_ reason: ReferralReason) -> Fields {
    let book = CareBook.motherAndChild
    switch reason {
    case .danger(let code):
      let name = book.elements[code].map { text.element($0) } ?? words["care.missing.other"]
      let source = (ofPatient(code) ?? Self.dangerSign(code))?.source
      return [
        "text": "\(words["care.dangers"]): \(name)", "source": source.map { line($0) },
        "value": Self.value(reason),
      ]
    case .classified(let number, let row):
      guard let (table, found) = Self.classRow(number, row) else {
        return ["text": words["care.missing.other"], "value": Self.value(reason)]
      }
      return [
        "text": "\(words["care.tables.\(table.name)"]): \(words["care.classes.\(found.name)"])",
        "source": line(table.source), "value": Self.value(reason),
      ]
    case .scored(let number, let band):
      guard let instrument = book.instruments[number],
        let found = UInt8(exactly: band).flatMap({ instrument.band($0) })
      else { return ["text": words["care.missing.other"], "value": Self.value(reason)] }
      return [
        "text": "\(text.instrument(instrument)): \(words["care.bands.\(found.name)"])",
        "source": line(instrument.source), "value": Self.value(reason),
      ]
    }
  }

  /// A reason on the form: what its rule says is to be done, when a sign was seen, and where the rule
  /// stands in the book.
  func fields(_ offered: OfferedReason, _ marks: RuleMarks) -> Fields {
    var fields = fields(offered.reason)
    fields["name"] = fields["text"]
    fields["urgency"] = words["care.urgency.\(offered.urgency.code)"]
    fields["seen_on"] = offered.seenOn.map { visit.format.date($0) }
    switch offered.reason {
    case .danger: return fields
    case .classified(let table, _):
      return fields.merging(marks.fields(marks.book.chapter(ofTable: table), "table-\(table)"))
    case .scored(let instrument, _):
      return fields.merging(
        marks.fields(
          marks.book.chapter(ofInstrument: instrument), "instrument-\(instrument)"))
    }
  }

  private func line(_ source: Source) -> String { SourceText(words: words).line(source) }

  /// As a form sends it.
  static func value(_ reason: ReferralReason) -> String {
    switch reason {
    case .danger(let element): "d\(element)"
    case .classified(let table, let row): "c\(table)-\(row)"
    case .scored(let instrument, let band): "s\(instrument)-\(band)"
    }
  }

  /// What a plan has that may make somebody refer: signs of danger, classes that are more than care
  /// at home, and classes of scores that say what to do; the most urgent first. A letter is paper:
  /// nothing of a sensitive matter is offered, and a score stands as the page of the pregnancy
  /// prints it.
  static func reasons(of care: PersonCare, knowing matters: SensitiveMatters) -> [OfferedReason] {
    let book = CareBook.motherAndChild
    let plan = care.plan
    let dangers = plan.dangers.compactMap { danger -> OfferedReason? in
      guard book.elements[danger.element]?.matter.isEmpty == true else { return nil }
      return OfferedReason(
        reason: .danger(danger.element), urgency: danger.urgency, seenOn: danger.on)
    }
    let classes = plan.classes.compactMap { planned -> OfferedReason? in
      guard case .row(let place, _) = planned.answer, let table = book.tables[planned.table],
        table.matter.isEmpty, table.rows[Int(place)].urgency > .homeCare
      else { return nil }
      let row = table.rows[Int(place)]
      return OfferedReason(
        reason: .classified(table: planned.table, row: row.number), urgency: row.urgency,
        seenOn: nil)
    }
    var evaluation = care.evaluation
    let scores = plan.scores.compactMap { planned -> OfferedReason? in
      guard
        let score = book.instruments[planned.instrument]?.score(
          &evaluation, knowing: matters.intersection(.loss)),
        score.band.urgency > .homeCare, !score.band.actions.isEmpty
      else { return nil }
      return OfferedReason(
        reason: .scored(instrument: planned.instrument, band: UInt16(score.band.number)),
        urgency: Self.urgencyOfScores, seenOn: nil)
    }
    return (dangers + classes + scores).mostUrgentFirst(\.urgency)
  }

  /// A score is of months, so that nobody is referred for it on the same day.
  private static let urgencyOfScores = Urgency.referPlanned

  /// What the rule of a reason says is to be done, as the book has it.
  static func urgency(of reason: ReferralReason) -> Urgency {
    switch reason {
    case .danger(let code): dangerSign(code)?.urgency ?? .refer
    case .classified(let number, let row): classRow(number, row)?.row.urgency ?? .homeCare
    case .scored: urgencyOfScores
    }
  }

  /// Whether the rule of a reason says to go to a hospital now.
  static func needsHospital(_ reason: ReferralReason) -> Bool {
    guard case .classified(let number, let row) = reason else { return false }
    return classRow(number, row)?.row.actions.contains(.referToHospitalNow) == true
  }

  /// What is said where a hospital is needed now and a letter goes elsewhere; nothing where it goes
  /// to a hospital, or to a facility that is not in the list.
  func elsewhere(_ body: ReferralBody) -> String? {
    guard body.reasons.contains(where: Self.needsHospital),
      let facility = body.facility.flatMap({ visit.tree.places[$0] }), facility.kind != .hospital
    else { return nil }
    return words("referrals.not_a_hospital", ["to": visit.named(facility)])
  }

  /// The sign by the rules of the patient's age: fits of a child are no sign of a pregnant woman.
  private func ofPatient(_ code: UInt16) -> DangerSign? {
    guard let patient else { return nil }
    var evaluation = Evaluation(patient)
    return CareBook.motherAndChild.guidelines.lazy.flatMap(\.dangerSigns).first {
      $0.element.code == code && $0.isSign(in: &evaluation)
    }
  }

  private static func dangerSign(_ code: UInt16) -> DangerSign? {
    CareBook.motherAndChild.guidelines.lazy.flatMap(\.dangerSigns).first {
      $0.element.code == code
    }
  }

  private static func classRow(
    _ number: UInt16, _ row: UInt16
  ) -> (table: DecisionTable, row: DecisionTable.Row)? {
    guard let table = CareBook.motherAndChild.tables[number],
      let found = table.rows.first(where: { $0.number == row })
    else { return nil }
    return (table, found)
  }

  /// When an answer was written, by whom and where.
  func answered(_ answer: ReferralAnswer, _ names: [Identifier: String]) -> String {
    words(
      "referrals.answered_by",
      [
        "time": visit.format.moment(answer.recordedAt),
        "name": answer.recorder.flatMap { names[$0] } ?? words["people.nobody_named"],
        "place": answer.place.flatMap { visit.tree.places[$0] }.map { visit.named($0) }
          ?? words["common.unknown_place"],
      ])
  }

  /// What was measured in the last week and what the reasons were decided by, for the sender to cut
  /// down or to add to: of reasons that say to refer now, or where there are none of those, of all.
  func findings(_ care: PersonCare, for offered: [OfferedReason]) -> String {
    let week = care.plan.day + .days(-7)
    let elements: [DataElement] = [
      .weight, .lengthOrHeight, .armCircumference, .systolicPressure, .diastolicPressure,
      .temperature, .pulse, .breathsPerMinute, .haemoglobin, .fundalHeight, .fetalHeartRate,
      .otherFetalHeartRate, .urineProtein,
    ]
    let measured = elements.compactMap { care.record.latest($0, since: week) }
    let urgent = offered.filter(\.isUrgent)
    let inputs = inputs(of: (urgent.isEmpty ? offered : urgent).map(\.reason), care)
      .filter { !(elements + Self.ofPressure).map(\.code).contains($0.element) || $0.on < week }
    let isPregnant = care.evaluation.isPregnant
    let pregnancy = [
      text.pregnancy(of: care.record, on: care.plan.day), birth(care),
      isPregnant ? obstetric(care) : nil,
    ].compactMap(\.self)
    let found = phrases(measured) + phrases(inputs) + blood(care)
    var written: [String] = []
    for finding in pregnancy + found + (isPregnant ? arranged(care) : [])
    where !written.contains(finding)
      && written.reduce(finding.count, { $0 + $1.count + 2 }) <= ReferralPage.longest
    {
      written.append(finding)
    }
    return written.joined(separator: "; ")
  }

  /// What is worked out from a pressure, which stands there itself where it is of the last week.
  private static let ofPressure = [
    DataElement.raisedSystolicPressure, .raisedDiastolicPressure, .meanArterialPressure,
  ]

  /// That she gave birth in the last 42 days, when and how. Whether the child lives is told by who
  /// may know of losses alone, whichever it is; of an early loss nothing is.
  private func birth(_ care: PersonCare) -> String? {
    var evaluation = care.evaluation
    guard evaluation.answer(.afterBirth) == .yes, let pregnancy = evaluation.pregnancy,
      let day = pregnancy.endedOn, let end = pregnancy.end, !end.outcome.isEarlyLoss
    else { return nil }
    let tellsOutcome = visit.visitor.rights.sensitiveMatters.contains(.loss)
    let how = [
      end.mode.map { words["care.modes.\($0.code)"] },
      tellsOutcome ? words["care.outcomes.\(end.outcome.code)"] : nil,
    ].compactMap(\.self).joined(separator: ", ")
    let date = visit.format.date(day)
    return how.isEmpty
      ? words("referrals.gave_birth_alone", ["date": date])
      : words("referrals.gave_birth", ["date": date, "how": how])
  }

  /// That her latest pregnancy was lost, how, when and in which week, for the sender to put on the
  /// letter by a choice of their own; nothing for who may not know of it.
  func loss(_ care: PersonCare) -> String? {
    guard visit.visitor.rights.sensitiveMatters.contains(.loss),
      let pregnancy = care.evaluation.pregnancy, let day = pregnancy.endedOn,
      let outcome = pregnancy.end?.outcome, outcome.isEarlyLoss
    else { return nil }
    let told = "\(words["care.outcomes.\(outcome.code)"]) \(visit.format.date(day))"
    guard let gestation = pregnancy.gestation(on: day) else { return told }
    return words(
      "referrals.loss_weeks", ["loss": told, "weeks": visit.format.whole(gestation.count / 7)])
  }

  /// Pregnancies, births and losses as the page of the pregnancy has them, and living children.
  private func obstetric(_ care: PersonCare) -> String? {
    guard let told = care.evaluation.pregnancy?.told else { return nil }
    let counts = text.obstetric(told, knowing: visit.visitor.rights.sensitiveMatters)
    let living = told.livingChildren.map { "\(words["care.field_living_children"]): \($0)" }
    let parts = [counts, living].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// The blood group, which stays once it is known.
  private func blood(_ care: PersonCare) -> [String] {
    [DataElement.bloodGroup, .rhesusFactor].compactMap { element in
      care.record.latest(element, since: nil, through: nil).flatMap(finding)
    }
  }

  /// Whether there is somebody to go with her, and something to go by, as the birth plan (P4K) of
  /// this pregnancy has it.
  private func arranged(_ care: PersonCare) -> [String] {
    guard let episode = care.evaluation.pregnancy else { return [] }
    let start = episode.beginning ?? episode.knownSince
    return [DataElement.companionReady, .transportReady].compactMap { element in
      care.record.latest(element, since: start, through: nil).map {
        "\(text.element(element)): \(text.value($0.value, of: element))"
      }
    }
  }

  /// Inputs in words; both pressures of a day are one.
  private func phrases(_ inputs: [Observation]) -> [String] {
    func pressure(_ element: DataElement, on day: CivilDate) -> Int32? {
      inputs.first { $0.element == element.code && $0.on == day }?.value
    }
    return inputs.compactMap { input in
      let isUpper = input.element == DataElement.systolicPressure.code
      guard isUpper || input.element == DataElement.diastolicPressure.code,
        let systolic = pressure(.systolicPressure, on: input.on),
        let diastolic = pressure(.diastolicPressure, on: input.on)
      else { return finding(input) }
      return isUpper
        ? words(
          "referrals.pressure", ["systolic": "\(systolic)", "diastolic": "\(diastolic)"]) : nil
    }
  }

  /// What reasons were decided by.
  private func inputs(of reasons: [ReferralReason], _ care: PersonCare) -> [Observation] {
    var evaluation = care.evaluation
    var inputs: [Observation] = []
    for reason in reasons {
      switch reason {
      case .danger(let code):
        let element = CareBook.motherAndChild.elements[code]
        if let seen = element.flatMap(evaluation.latestEver) { inputs.append(seen) }
      case .classified(let number, _):
        inputs += CareBook.motherAndChild.tables[number]?.inputs(&evaluation) ?? []
      case .scored: continue
      }
    }
    return inputs
  }

  /// An input in words: a number, a choice, or a sign that was seen. A letter is paper: nothing of a
  /// sensitive matter stands on it.
  private func finding(_ input: Observation) -> String? {
    guard let element = CareBook.motherAndChild.elements[input.element], element.matter.isEmpty,
      element.form != .yesNo || input.value == 1
    else { return nil }
    return "\(text.element(element)): \(text.value(input.value, of: element))"
  }
}

extension ReferralUrgency {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .atOnce: "at_once"
    case .planned: "planned"
    }
  }
}

extension ReferralOutcome {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .received: "received"
    case .sentBack: "sent_back"
    case .sentOn: "sent_on"
    }
  }
}

extension Visit {
  /// The referrals of somebody whom the visitor may read, as links to their letters: of who sees
  /// only care of the own facility those that it sent or that were sent to it.
  func referralLinks(of person: PersonEntry) throws -> [Fields] {
    let own = try onlyCare(of: person)
    let text = ReferralText(self, CareText(self))
    let untold = try untoldLosses(of: person)
    let isOwn = ownFacts(of: person)
    let referrals = try district.referrals(of: person).reversed().filter { referral in
      guard untold?.tells(referral: referral.id) != true else { return false }
      return own.map { own in
        [referral.place, referral.body.facility].contains { $0.map(own.contains) ?? false }
      } ?? true
    }
    let names = try district.workerNames(Set(referrals.compactMap { $0.answer?.recorder }))
    return referrals.map { referral in
      let answer = referral.answer.map { words["referrals.outcomes.\($0.body.outcome.code)"] }
      // What the receiver advises are words of the letter's answer.
      let tellsWords =
        visitor.rights.sensitiveMatters.contains(.loss) || isOwn(referral.id)
      return [
        "answered": referral.answer.map { text.answered($0, names) },
        "advice": tellsWords
          ? referral.answer.map { String(decoding: $0.body.advice, as: UTF8.self) } : nil,
        "url": ReferralLetter.address(referral.id),
        "text": words(
          "referrals.line",
          [
            "date": format.date(referral.on), "to": text.summary(referral.body),
            "answer": answer ?? words["referrals.no_answer"],
          ]),
      ]
    }
  }
}
