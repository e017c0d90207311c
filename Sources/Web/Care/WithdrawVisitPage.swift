import Health
import Hummingbird
import Journal
import Services

/// Asks once more whether a visit is to be taken back, and why.
struct WithdrawVisitPage {
  private let visit: Visit
  private let record: PersonRecord
  /// The visit.
  let kept: KeptVisit
  /// What stood when the page was made.
  let basis: Basis
  /// What would follow for today's plan.
  private let consequences: WithdrawalConsequences?
  /// The vaccinations that were written with it and that the visitor may take back.
  let doses: [Fact]
  /// Whether those are taken back with it. Never proposed: a visit may be wrong and its doses right.
  var takesDoses = false
  /// What is missing.
  var problem: String?
  /// Why nothing was written.
  var refusal: String?

  private var words: Words { visit.words }

  init(_ visit: Visit, record: PersonRecord, kept: KeptVisit, basis: Basis) throws {
    self.visit = visit
    self.record = record
    self.kept = kept
    self.basis = basis
    consequences = try WithdrawalConsequences(
      visit, of: record.person, kept.withdrawals(about: record.person.id, visit.recording))
    doses = kept.vaccinations.filter { visit.mayChangeDose(recordedBy: $0.recorder, at: $0.place) }
  }

  func rendering() -> Rendering {
    let name = visit.name(of: record.person)
    let title = words["care.correction.withdraw"]
    let text = FactText(visit, hidesMother: record.hidesMother)
    let others = kept.vaccinations.count - doses.count
    return Rendering(
      template: "visit-withdraw", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title),
      fields: [
        "name": name, "title": title, "lead": visit.recordedBy(kept),
        "kept": kept.standing.map { ["text": text.sentence($0)] as Fields },
        "doses": doses.isEmpty
          ? nil
          : [
            "label": words("care.correction.withdraw_doses", ["count": "\(doses.count)"]),
            "names": doses.map { ["text": text.sentence($0)] as Fields }, "checked": takesDoses,
          ] as Fields,
        "doses_of_others": others == 0
          ? nil : words("care.correction.doses_of_others", ["count": "\(others)"]),
        "action": visit.address(of: kept, of: record.person.id, "/withdraw"),
        "back": "\(Links.person(record.person.id))/history",
        "form_token": visit.visitor.formToken, "based_on": basis.text,
        "entry": Identifier.fresh(at: visit.site.now).text,
        "reasons": WithdrawalReason.allCases.map { reason -> Fields in
          [
            "value": "\(reason.rawValue)",
            "label": reason.sentence(words, of: kept.main?.kind),
          ]
        },
        "problem": problem, "refusal": refusal,
        "consequences": consequences?.fields(CareText(visit)),
      ])
  }
}

extension WithdrawalReason {
  /// Why a fact was taken back, in words: of a dose, a pregnancy and its end not those of a visit.
  func sentence(_ words: Words, of kind: FactKind?) -> String {
    if kind == .vaccination { return words["immunization.undo_reasons.\(code)"] }
    return kind.flatMap { words.find("care.correction.reasons_of_\($0.code).\(code)") }
      ?? words["care.correction.reasons.\(code)"]
  }

  /// The name in catalogues.
  private var code: String {
    switch self {
    case .otherPerson: "other_person"
    case .neverHappened: "never_happened"
    case .enteredTwice: "entered_twice"
    case .wrongValues: "wrong_values"
    }
  }
}

extension Visit {
  /// The page that asks once more whether a visit is to be taken back.
  func withdrawVisitPage(_ id: Identifier, _ fact: Identifier) throws -> WithdrawVisitPage {
    let (record, kept, basis) = try keptVisit(fact, of: id)
    return try WithdrawVisitPage(self, record: record, kept: kept, basis: basis)
  }

  /// Takes a visit back.
  func withdrawVisit(
    of id: Identifier, _ fact: Identifier, _ form: Form
  ) async throws -> Response {
    if let answer = try keptBefore(form, of: id, done: .withdrawn) { return answer }
    var page = try withdrawVisitPage(id, fact)
    page.takesDoses = form["doses"] == "1"
    guard let reason = UInt8(form["reason"]).flatMap(WithdrawalReason.init) else {
      page.problem = words["care.correction.no_reason"]
      return try respond(page.rendering(), status: .badRequest)
    }
    var facts = page.kept.withdrawals(for: reason, recording)
    if page.takesDoses {
      facts += try district.withdrawals(of: page.doses, for: reason, by: recording, on: today)
    }
    if let answer = try await replace(
      facts, since: page.basis, of: id, form, route: Visit.correctionRoute + "/withdraw",
      .withdrawn)
    {
      return answer
    }
    var now = try withdrawVisitPage(id, fact)
    now.refusal = words["people.problems.changed"]
    return try respond(now.rendering(), status: .conflict)
  }
}
