import Foundation
import Guidance
import Health
import HTTPTypes
import Hummingbird
import Journal
import Programmes
import Services

/// A dose that was written down: corrected, or taken back where it was never given.
struct DosePage {
  private static let longestText = 100

  private let visit: Visit
  private let immunization: PersonImmunization
  private let holders: [Identifier]?
  let dose: RecordedDose
  /// The identifiers under which a correction and a withdrawal are kept, so that either is kept once
  /// however often its form is sent.
  private var correctionEntry: Identifier
  private let withdrawalEntry: Identifier
  /// What stood when the page was made.
  let basis: Basis
  private var entered: [String: String]
  private var problems: [String: String] = [:]
  private var warnings: [String] = []
  /// What is missing where it is taken back.
  var undoProblem: String?
  /// Why nothing was written, where that concerns the whole page.
  var refusal: String?

  private var words: Words { visit.words }
  private var text: ImmunizationText { visit.immunizationText }
  private var person: PersonEntry { immunization.person }

  /// Whether the visitor gives doses, and so knows their batch and what became of the vaccine.
  private var isGiver: Bool { visit.vaccinationActs.contains(.give) }

  init(_ visit: Visit, person: Identifier, dose fact: Identifier) throws {
    self.visit = visit
    correctionEntry = .fresh(at: visit.site.now)
    withdrawalEntry = .fresh(at: visit.site.now)
    basis = try visit.district.basis(.person(person, [.vaccination]))
    let (told, holders) = try visit.immunizationToRecord(person, [.give, .copy])
    guard let dose = told.dose(fact) else { throw PageProblem.notFound }
    guard visit.mayChange(dose) else { throw PageProblem.outOfReach }
    immunization = told
    self.holders = holders
    self.dose = dose
    let body = dose.body
    entered = [
      "product": "\(body.product)",
      "on": WrittenDay.text(dose.day, knownBy: body.dayKnownBy),
      "batch": String(decoding: body.batch, as: UTF8.self),
      "facility": String(decoding: body.facility, as: UTF8.self),
      "note": String(decoding: body.note, as: UTF8.self),
      "spoiled": body.spoiled.map { "\($0.rawValue)" } ?? "",
    ]
  }

  func rendering() -> Rendering {
    let name = visit.name(of: person)
    let title = words["immunization.dose_title"]
    let own = UInt16(entered["product"] ?? "")
    let isUnknown = own.map { VaccineName(rawValue: $0) == nil } ?? false
    let products =
      VaccineName.allCases.map(\.rawValue) + (isUnknown ? own.map { [$0] } ?? [] : [])
    return Rendering(
      template: "immunization-dose", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: person.id, named: name, title),
      fields: [
        "name": name, "title": title, "refusal": refusal, "form_token": visit.visitor.formToken,
        "action": ImmunizationRows.address(person.id, "/\(dose.fact.text)"),
        "back": Links.care(of: person.id), "based_on": basis.text,
        "correction_entry": correctionEntry.text, "withdrawal_entry": withdrawalEntry.text,
        "dose": "\(text.name(dose)) · \(text.day(dose.day, knownBy: dose.body.dayKnownBy))",
        "reasons": WithdrawalReason.allCases.map { reason -> Fields in
          [
            "value": "\(reason.rawValue)",
            "label": reason.sentence(words, of: .vaccination),
          ]
        },
        "undo_problem": undoProblem,
        "judgements": dose.judgements.map { ["text": text.judgement($0)] as Fields },
        "has_problems": !problems.isEmpty, "problem_doses": problems["doses"],
        "warnings": warnings.map { ["text": $0] as Fields }, "has_warnings": !warnings.isEmpty,
        "is_confirmed": entered["confirm_doses"] == "1",
        "products": Fields.choices(
          products.map { ("\($0)", text.product($0)) }, chosen: entered["product"] ?? ""),
        "asks_spoiled": isGiver,
        "spoiled": Fields.choices(
          SpoiledVaccine.allCases.map {
            ("\($0.rawValue)", words["immunization.spoiled.\($0.code)"])
          }, chosen: entered["spoiled"] ?? ""),
        "on": entered["on"], "problem_on": problems["on"], "problem_product": problems["product"],
        "texts": texts.map { name -> Fields in
          [
            "id": name, "label": words["immunization.why.\(name)"], "value": entered[name],
            "problem": problems[name],
            "longest": "\(DosePage.longest(name))",
          ]
        },
      ])
  }

  /// The fields of text that the visitor may change.
  private var texts: [String] { (isGiver ? ["batch"] : []) + ["facility", "note"] }

  private static func longest(_ name: String) -> Int {
    name == "batch" ? RememberedBatches.longest : longestText
  }

  /// Reads the form and makes the correction; nothing where it cannot be kept as it is.
  mutating func correction(_ sent: Form) throws -> Fact? {
    if let entry = Identifier(text: sent["entry"]) { correctionEntry = entry }
    for name in ["product", "on", "confirm_doses"] + texts + (isGiver ? ["spoiled"] : []) {
      entered[name] = sent[name]
    }
    for name in texts {
      problems[name] = DoseFields.problem(
        of: sent[name], longest: DosePage.longest(name), words)
    }
    var body = dose.body
    if let product = UInt16(sent["product"]),
      product == body.product || VaccineName(rawValue: product) != nil
    {
      // The dose as it was written speaks of the product that it was.
      if product != body.product { body.dose = [] }
      body.product = product
    } else {
      problems["product"] = words["immunization.problems.no_product"]
    }
    body.facility = Array(sent["facility"].utf8)
    body.note = Array(sent["note"].utf8)
    if isGiver {
      body.batch = Array(sent["batch"].utf8)
      body.spoiled = UInt8(sent["spoiled"]).flatMap(SpoiledVaccine.init)
    }
    switch WrittenDay.read(sent["on"], born: person.birthDate, today: visit.today) {
    case .success(let written?):
      body.dayKnownBy = written.knownBy
      let fact = visit.recording.fact(
        .vaccination, of: person.id, on: written.day, at: dose.place, replacing: dose.fact,
        body.bytes)
      return try checked(fact)
    case .success(nil): problems["on"] = words["immunization.problems.no_day"]
    case .failure(let problem):
      problems["on"] = words["immunization.problems.\(problem.rawValue)"]
    }
    return nil
  }

  private mutating func checked(_ fact: Fact) throws -> Fact? {
    guard problems.isEmpty else { return nil }
    let drafts = try DoseDrafts(
      [fact], of: person.id, heldBy: holders, in: visit, replacing: dose.fact)
    if !drafts.known.isEmpty { problems["doses"] = words["immunization.problems.known"] }
    warnings = drafts.warnings
    let isRead = warnings.isEmpty || entered["confirm_doses"] == "1"
    return problems.isEmpty && isRead ? fact : nil
  }
}

extension Visit {
  private static let doseRoute = "POST /people/{id}/immunizations/{fact}"

  /// Whether the visitor may correct a dose or take it back, by the rule of visits: what they wrote
  /// down themselves, and whoever gives doses also what others did; a private facility only what
  /// stands at its own place.
  func mayChangeDose(recordedBy recorder: Identifier?, at place: Identifier?) -> Bool {
    let acts = vaccinationActs
    if isVisitor(recorder) { return !acts.isDisjoint(with: [.give, .copy]) }
    guard acts.contains(.give) else { return false }
    if visitor.rights.careClaims(in: tree).allows(.posyandu) { return true }
    return place.map(visitor.rights.ownFacilities.contains) ?? false
  }

  func mayChange(_ dose: RecordedDose) -> Bool {
    mayChangeDose(recordedBy: dose.recorder, at: dose.place)
  }

  func dosePage(_ id: Identifier, _ fact: Identifier) throws -> DosePage {
    try DosePage(self, person: id, dose: fact)
  }

  /// Corrects a dose, or takes it back.
  func changeDose(of id: Identifier, _ fact: Identifier, _ form: Form) async throws -> Response {
    let isUndone = form["act"] == "undo"
    let done: CareDone = isUndone ? .withdrawn : .saved
    if let answer = try keptBefore(form, of: id, done: done.again) { return answer }
    var page = try dosePage(id, fact)
    let entry = Identifier(text: form["entry"]) ?? .fresh(at: site.now)
    let written: [Fact]
    if isUndone {
      guard let reason = UInt8(form["reason"]).flatMap(WithdrawalReason.init) else {
        page.undoProblem = words["care.correction.no_reason"]
        return try respond(page.rendering(), status: .badRequest)
      }
      written = try district.withdrawals(ofChain: fact, for: reason, by: recording, on: today)
    } else {
      guard let correction = try page.correction(form) else {
        return try respond(page.rendering(), status: .badRequest)
      }
      written = [correction]
    }
    // Whoever looked at an older page does not change what they have not seen.
    guard form["based_on"] == page.basis.text,
      try await writeOnce(
        written, as: entry, provided: [.unchanged(page.basis)], route: Visit.doseRoute, subject: id)
    else {
      // The same form sent twice at one moment: the other one was quicker.
      if let answer = try keptBefore(form, of: id, done: done.again) { return answer }
      var now = try dosePage(id, fact)
      now.refusal = words["people.problems.changed"]
      return try respond(now.rendering(), status: .conflict)
    }
    return afterCare(of: id, done)
  }
}
