import Foundation
import Guidance
import Health
import Hummingbird
import Journal
import Programmes
import Services

/// The visit that a form corrects.
struct VisitCorrection {
  /// What was kept of it.
  let kept: KeptVisit
  /// What stood when the page was made.
  let basis: Basis
  /// Why nothing was written, where that concerns the whole page.
  var refusal: String?

  /// The codes of what it told.
  var told: Set<UInt16> { Set(kept.values.keys) }

  /// What it told that the form no longer asks, as other forms ask it.
  var rest: FormSection {
    let told = told
    return FormSection(
      "told_also",
      CareBook.motherAndChild.forms.flatMap(\.sections).flatMap(\.questions)
        .filter { told.contains($0.element.code) })
  }

  func fields(_ visit: Visit, person: Identifier) -> Fields {
    [
      "lead": visit.recordedBy(kept), "based_on": basis.text, "refusal": refusal,
      "withdraw": visit.address(of: kept, of: person, "/withdraw"),
    ]
  }
}

extension VisitPage {
  /// What leaves out the visit that is corrected: the form asks as if it had not been.
  var withoutCorrected: [Fact] {
    correction?.kept.withdrawals(about: care.person.id, visit.recording) ?? []
  }

  /// Fills the form with what was kept.
  mutating func open(with correction: VisitCorrection) {
    self.correction = correction
    let kept = correction.kept
    defaults.claims = defaults.claims.correcting(kept.performer)
    entered["on"] = kept.main.map { Format.iso($0.occurredOn) }
    entered["setting"] = kept.setting.map { "\($0.rawValue)" } ?? ""
    entered["performer"] = kept.performer.map { "\($0.rawValue)" } ?? ""
    for (code, value) in kept.values {
      guard let element = CareBook.motherAndChild.elements[code] else { continue }
      switch element.form {
      case .choice where element == .bodyPosition: entered["position"] = "\(value)"
      case .yesNo, .choice: entered["e\(code)"] = "\(value)"
      case .day: entered["e\(code)"] = Format.iso(CivilDate(dayNumber: value))
      case .quantity where element == .gestationAtBirth:
        entered[VisitPage.gestationWeeks] = "\(value / 7)"
        entered[VisitPage.gestationDays] = "\(value % 7)"
      case .quantity(let unit, _): entered["e\(code)"] = text.typed(value, unit)
      }
    }
  }

  /// Looks for what other visits measured on the form's day.
  mutating func findMeasured() throws {
    let day = before.plan.day
    let (own, person) = (correction?.kept.main?.id, care.person)
    measured = []
    let elements: [DataElement] = [
      .weight, .lengthOrHeight, .headCircumference, .armCircumference,
    ]
    if elements.contains(where: { before.record.latest($0, since: day, through: day) != nil }) {
      measured = try visit.district.keptVisits(of: person).filter { kept in
        guard let fact = kept.measurement, fact.occurredOn == day else { return false }
        return kept.main?.id != own
          && holders.map { own in fact.place.map { own.contains($0) } ?? false } ?? true
      }
    }
    replaceable =
      correction == nil ? try measured.filter { try visit.mayChange($0, of: person) } : []
  }
}

extension Visit {
  static let correctionRoute = "POST /people/{id}/visits/{fact}"

  /// Where a visit is corrected.
  func address(of kept: KeptVisit, of person: Identifier, _ page: String = "") -> String {
    "/people/\(person.text)/visits/\(kept.main?.id.text ?? "")\(page)"
  }

  /// `20 Juni 2025, dicatat 20 Juni 2025 08.12 oleh Siti`.
  func recordedBy(_ kept: KeptVisit) -> String {
    words(
      "care.correction.recorded",
      [
        "day": kept.main.map { format.date($0.occurredOn) } ?? "",
        "time": kept.main.map { format.moment($0.recordedAt) } ?? "",
        "who": kept.author ?? words["people.nobody_named"],
      ])
  }

  /// Whether the visitor may correct a visit or take it back: whoever could have written it down; a
  /// kader only what she wrote herself, a private facility only its own.
  func mayChange(_ kept: KeptVisit, of person: PersonEntry) throws -> Bool {
    let claims = visitor.rights.careClaims(in: tree).correcting(kept.performer)
    guard kept.setting.map(claims.allows) ?? true, kept.performer.map(claims.allows) ?? true,
      kept.purposes.isEmpty || mayFill(kept.purposes)
    else { return false }
    let own = visitor.worker?.id
    func isOwn(_ fact: Fact) -> Bool { own != nil && fact.recorder == own }
    let isKader = claims.onlyPerformer == .kader
    let facilities = claims.allows(.posyandu) ? nil : visitor.rights.ownFacilities
    let untold = try untoldLosses(of: person)
    return try kept.standing.allSatisfy { fact in
      // What a facility answered is for those who wrote it.
      if isKader || fact.kind == .referralAnswer, !isOwn(fact) { return false }
      if let facilities, !isOwn(fact), !(fact.place.map(facilities.contains) ?? false) {
        return false
      }
      if try untold?.tells(fact) ?? false { return false }
      return try facilities != nil || mayRead(fact, of: person)
    }
  }

  /// Whether a form for these purposes has something that the visitor asks.
  private func mayFill(_ purposes: CarePurpose) -> Bool {
    CareBook.motherAndChild.forms.contains { $0.purposes == purposes && isOpen($0) }
  }

  private func isOpen(_ form: VisitForm) -> Bool {
    visitor.rights.sensitiveMatters.isSuperset(of: form.applies.matter)
      && form.isAsked(by: visitor.rights.careClaims(in: tree).performers)
  }

  /// The visit to which a fact belongs, where the visitor may change it.
  func keptVisit(
    _ fact: Identifier, of id: Identifier
  ) throws -> (record: PersonRecord, kept: KeptVisit, basis: Basis) {
    let basis = try district.basis(.person(id, KeptVisit.kinds))
    guard let record = try district.person(id) else { throw PageProblem.notFound }
    try require(.recordCare, of: record.person)
    let kept = try district.keptVisits(of: record.person)
      .first { $0.written.contains { $0.id == fact } }
    guard let kept else { throw PageProblem.notFound }
    guard try mayChange(kept, of: record.person) else { throw PageProblem.outOfReach }
    return (record, kept, basis)
  }

  /// The form by which a visit was entered: for the same purposes, asking most of what it told; of
  /// a measurement alone the first one for this person that asks it.
  private func form(of kept: KeptVisit, _ care: PersonCare) -> VisitForm? {
    var evaluation = care.evaluation
    let told = Set(kept.values.keys)
    var best: (form: VisitForm, asks: Int, isFor: Bool)?
    for form in CareBook.motherAndChild.forms where isOpen(form) {
      let isFor = evaluation.answer(form.applies) == .yes
      let asks = told.intersection(
        form.sections.flatMap(\.questions).map(\.element.code)
      ).count
      guard kept.purposes.isEmpty ? isFor && asks > 0 : form.purposes == kept.purposes else {
        continue
      }
      if let best, (best.asks, best.isFor ? 1 : 0) >= (asks, isFor ? 1 : 0) { continue }
      best = (form, asks, isFor)
    }
    return best?.form
  }

  /// The form of a visit that was kept, filled with it.
  func correctionPage(_ id: Identifier, _ fact: Identifier) throws -> VisitPage {
    guard let page = try foundCorrectionPage(id, fact) else { throw PageProblem.notFound }
    return page
  }

  /// Nothing where no form asks what was kept.
  private func foundCorrectionPage(_ id: Identifier, _ fact: Identifier) throws -> VisitPage? {
    let (record, kept, basis) = try keptVisit(fact, of: id)
    let holders = try onlyCare(of: record.person)
    guard let day = kept.main?.occurredOn,
      let care = try district.care(
        of: id, on: day, with: kept.withdrawals(about: id, recording), heldBy: holders,
        knowing: visitor.rights.sensitiveMatters),
      let form = form(of: kept, care)
    else { return nil }
    var page = VisitPage(self, care: care, form: form, heldBy: holders)
    page.open(with: VisitCorrection(kept: kept, basis: basis))
    try page.findMeasured()
    return page
  }

  /// The form of a visit that was kept; where no form asks it any more, it can be taken back.
  func correctVisit(of id: Identifier, _ fact: Identifier) throws -> Response {
    guard let page = try foundCorrectionPage(id, fact) else {
      return redirect(to: "/people/\(id.text)/visits/\(fact.text)/withdraw")
    }
    return try respond(page.rendering())
  }

  /// Writes a correction, where what it corrects still stands.
  func keepCorrection(
    _ facts: [Fact], _ correction: VisitCorrection, of id: Identifier, _ form: Form
  ) async throws -> Response {
    guard let old = correction.kept.main else { throw PageProblem.notFound }
    // A record that was joined to another keeps its facts.
    let own = facts.map { fact in
      var fact = fact
      fact.subject = old.subject
      return fact
    }
    if let answer = try await replace(
      own, since: correction.basis, of: id, form, route: Visit.correctionRoute)
    {
      return answer
    }
    var now = try correctionPage(id, old.id)
    now.correction?.refusal = words["people.problems.changed"]
    return try respond(now.rendering(), status: .conflict)
  }

  /// Writes what takes the place of a visit, or takes it back.
  ///
  /// - Returns: nothing where something else stands than what the visitor looked at.
  func replace(
    _ facts: [Fact], since basis: Basis, of id: Identifier, _ form: Form, route: String,
    _ done: CareDone = .saved
  ) async throws -> Response? {
    let entry = Identifier(text: form["entry"]) ?? .fresh(at: site.now)
    if form["based_on"] == basis.text,
      try await writeOnce(
        facts, as: entry, provided: [.unchanged(basis)], route: route, subject: id)
    {
      return afterCare(of: id, done)
    }
    // The same form sent twice at one moment: the other one was quicker.
    return try keptBefore(form, of: id, done: done.again)
  }
}
