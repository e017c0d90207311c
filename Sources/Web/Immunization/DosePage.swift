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
  /// What stood when the page was made.
  let basis: Basis
  private var entered: [String: String]
  private var problems: [String: String] = [:]
  private var warnings: [String] = []
  /// Why nothing was written, where that concerns the whole page.
  var refusal: String?

  private var words: Words { visit.words }
  private var text: ImmunizationText { ImmunizationText(format: visit.format) }
  private var person: PersonEntry { immunization.person }

  init(_ visit: Visit, person: Identifier, dose fact: Identifier) throws {
    self.visit = visit
    basis = try visit.district.basis(.person(person, [.vaccination]))
    let (told, holders) = try visit.immunizationToRecord(person)
    guard let dose = told.dose(fact) else { throw PageProblem.notFound }
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
        "back": "/people/\(person.id.text)/care", "based_on": basis.text,
        "dose": "\(text.name(dose)) · \(text.day(dose.day, knownBy: dose.body.dayKnownBy))",
        "judgements": dose.judgements.map { ["text": text.judgement($0)] as Fields },
        "has_problems": !problems.isEmpty, "problem_doses": problems["doses"],
        "warnings": warnings.map { ["text": $0] as Fields }, "has_warnings": !warnings.isEmpty,
        "is_confirmed": entered["confirm_doses"] == "1",
        "products": Fields.choices(
          products.map { ("\($0)", text.product($0)) }, chosen: entered["product"] ?? ""),
        "spoiled": Fields.choices(
          SpoiledVaccine.allCases.map {
            ("\($0.rawValue)", words["immunization.spoiled.\($0.code)"])
          }, chosen: entered["spoiled"] ?? ""),
        "on": entered["on"], "problem_on": problems["on"], "problem_product": problems["product"],
        "texts": ["batch", "facility", "note"].map { name -> Fields in
          [
            "id": name, "label": words["immunization.why.\(name)"], "value": entered[name],
            "problem": problems[name],
            "longest": "\(DosePage.longest(name))",
          ]
        },
      ])
  }

  private static func longest(_ name: String) -> Int {
    name == "batch" ? RememberedBatches.longest : longestText
  }

  /// Reads the form and makes the correction; nothing where it cannot be kept as it is.
  mutating func correction(_ sent: Form) throws -> Fact? {
    for name in ["product", "on", "batch", "facility", "note", "spoiled", "confirm_doses"] {
      entered[name] = sent[name]
    }
    for name in ["batch", "facility", "note"] {
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
    body.batch = Array(sent["batch"].utf8)
    body.facility = Array(sent["facility"].utf8)
    body.note = Array(sent["note"].utf8)
    body.spoiled = UInt8(sent["spoiled"]).flatMap(SpoiledVaccine.init)
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

  func dosePage(_ id: Identifier, _ fact: Identifier) throws -> DosePage {
    try DosePage(self, person: id, dose: fact)
  }

  /// Corrects a dose, or takes it back.
  func changeDose(of id: Identifier, _ fact: Identifier, _ form: Form) async throws -> Response {
    var page = try dosePage(id, fact)
    let written: [Fact]
    switch form["act"] {
    case "undo": written = try district.withdrawals(ofChain: fact, by: recording, on: today)
    default:
      guard let correction = try page.correction(form) else {
        return try respond(page.rendering(), status: .badRequest)
      }
      written = [correction]
    }
    // Whoever looked at an older page does not change what they have not seen.
    guard form["based_on"] == page.basis.text,
      try await write(
        written, provided: [.unchanged(page.basis)], action: .recordCare,
        route: Visit.doseRoute, subjects: [id])
    else {
      var now = try dosePage(id, fact)
      now.refusal = words["people.problems.changed"]
      return try respond(now.rendering(), status: .conflict)
    }
    return redirect(to: Links.address("/people/\(id.text)/care", [("done", "saved")]))
  }
}
