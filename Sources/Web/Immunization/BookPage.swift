import Foundation
import Guidance
import Health
import HTTPTypes
import Hummingbird
import Journal
import Programmes
import Services

/// Doses of the past, copied from the Buku KIA, a card or a certificate: a day for each dose that
/// stands there, as well as it is known.
struct BookPage {
  /// Rows for what is not in the programme's table.
  private static let freeRows = 3
  /// The longest name of a facility.
  private static let longestFacility = 100

  private let visit: Visit
  private let immunization: PersonImmunization
  private let holders: [Identifier]?
  private let twins: String?
  /// The identifier of the first fact that the form makes: see ``Visit/keptBefore(_:of:)``.
  var entry: Identifier
  private var entered: [String: String] = [:]
  private var problems: [String: String] = [:]
  private var warnings: [String] = []

  private var words: Words { visit.words }
  private var text: ImmunizationText { visit.immunizationText }
  private var person: PersonEntry { immunization.person }

  init(
    _ visit: Visit, _ immunization: PersonImmunization, heldBy holders: [Identifier]?
  ) throws {
    self.visit = visit
    twins = try visit.twins(of: immunization.person)
    self.immunization = immunization
    self.holders = holders
    entry = .fresh(at: visit.site.now)
    entered["origin"] = "\(VaccinationOrigin.book.rawValue)"
  }

  /// From where the visitor may know of doses: what another facility told is for those who vaccinate.
  private var origins: [VaccinationOrigin] {
    visit.vaccinationActs.contains(.give) ? [.book, .givenElsewhere, .told] : [.book, .told]
  }

  /// The doses of the programme that are not written down yet, as far as the age allows them.
  private var rows: [CardDose] {
    let isOfSchoolAge =
      immunization.birthDate.map { immunization.day >= $0 + .years(5) } ?? true
    let school: [CardVaccine] = [
      .schoolMeaslesRubella, .schoolDiphtheriaTetanus, .humanPapillomavirus,
    ]
    return immunization.card.filter { dose in
      dose.window != .given && dose.window != .notApplicable
        && (isOfSchoolAge || !school.contains(dose.vaccine))
    }
  }

  private func field(_ dose: CardDose) -> String { "d\(dose.vaccine.rawValue)-\(dose.number)" }

  func rendering() -> Rendering {
    let name = visit.name(of: person)
    let title = words["immunization.book_title"]
    return Rendering(
      template: "immunization-book", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: person.id, named: name, title),
      fields: [
        "name": name, "title": title, "age": PersonFields(visit: visit).age(person),
        "born": person.birthDate.map(visit.format.date),
        "action": ImmunizationRows.address(person.id, "/book"),
        "back": Links.care(of: person.id), "form_token": visit.visitor.formToken,
        "entry": entry.text, "has_problems": !problems.isEmpty, "problem_doses": problems["doses"],
        "warnings": warnings.map { ["text": $0] as Fields }, "has_warnings": !warnings.isEmpty,
        "is_confirmed": entered["confirm_doses"] == "1",
        "rows": rows.map { dose -> Fields in
          [
            "id": field(dose), "label": text.dose(.card(dose.vaccine), Int(dose.number)),
            "value": entered[field(dose)], "problem": problems[field(dose)],
          ]
        },
        "others": (1...BookPage.freeRows).map(other),
        "twins": twins, "problem_origin": problems["origin"],
        "origins": origins.map { origin -> Fields in
          [
            "value": "\(origin.rawValue)", "label": words["immunization.origins.\(origin.code)"],
            "is_chosen": entered["origin"] == "\(origin.rawValue)",
          ]
        },
        "facility": entered["facility"], "problem_facility": problems["facility"],
      ])
  }

  private func other(_ number: Int) -> Fields {
    [
      "number": "\(number)", "value": entered["x\(number)"], "problem": problems["x\(number)"],
      "products": Fields.choices(
        VaccineName.allCases.map { ("\($0.rawValue)", text.product($0.rawValue)) },
        chosen: entered["p\(number)"] ?? ""),
    ]
  }

  // MARK: Reading

  /// Reads the form and makes the facts; nothing where it cannot be kept as it is.
  mutating func facts(_ sent: Form) throws -> [Fact]? {
    entered = ["confirm_doses": sent["confirm_doses"], "facility": sent["facility"]]
    let origin = self.origin(sent["origin"])
    entered["origin"] = "\(origin.rawValue)"
    let facility = sent["facility"]
    problems["facility"] = DoseFields.problem(
      of: facility, longest: BookPage.longestFacility, words)
    var facts: [Fact] = []
    var fields: [String] = []
    func tell(_ product: VaccineName, _ dose: String, _ written: WrittenDay, in field: String) {
      fields.append(field)
      var body = VaccinationBody(
        product: product.rawValue, dose: Array(dose.utf8), dayKnownBy: written.knownBy,
        origin: origin)
      body.facility = Array(facility.utf8)
      facts.append(
        visit.recording.fact(
          .vaccination, of: person.id, on: written.day, at: place, body.bytes))
    }
    for dose in rows {
      guard let written = day(field(dose), sent) else { continue }
      let vaccine = OfferedVaccine.card(dose.vaccine)
      if let product = vaccine.products(forDose: Int(dose.number)).first {
        tell(product, text.dose(vaccine, Int(dose.number)), written, in: field(dose))
      }
    }
    for number in 1...BookPage.freeRows {
      entered["p\(number)"] = sent["p\(number)"]
      let product = UInt16(sent["p\(number)"]).flatMap(VaccineName.init)
      let written = day("x\(number)", sent)
      if (product == nil) != sent["x\(number)"].isEmpty {
        problems["x\(number)"] = words["immunization.problems.both"]
      } else if let product, let written {
        tell(product, "", written, in: "x\(number)")
      }
    }
    return try checked(facts, of: fields)
  }

  /// From where the doses are known: from the book, unless something else was chosen. A book never
  /// tells of what was given here.
  private mutating func origin(_ sent: String) -> VaccinationOrigin {
    if sent.isEmpty { return .book }
    if let origin = UInt8(sent).flatMap(VaccinationOrigin.init), origins.contains(origin) {
      return origin
    }
    problems["origin"] = words["immunization.problems.not_yours"]
    return .book
  }

  /// Where the person lives; for a private facility itself, which else could not read what it wrote.
  private var place: Identifier? {
    let defaults = VisitDefaults(visit)
    guard let setting = defaults.setting, [.privateFacility, .hospital].contains(setting) else {
      return person.place
    }
    return defaults.place(of: setting, home: person.place, tree: visit.tree)
  }

  private mutating func day(_ name: String, _ sent: Form) -> WrittenDay? {
    entered[name] = sent[name]
    switch WrittenDay.read(sent[name], born: person.birthDate, today: visit.today) {
    case .success(let written): return written
    case .failure(let problem):
      problems[name] = words["immunization.problems.\(problem.rawValue)"]
      return nil
    }
  }

  /// - Parameter fields: the field that each of them stands in.
  private mutating func checked(_ facts: [Fact], of fields: [String]) throws -> [Fact]? {
    if facts.isEmpty, problems.isEmpty { problems["doses"] = words["care.problems.empty"] }
    guard problems.isEmpty else { return nil }
    let drafts = try DoseDrafts(facts, of: person.id, heldBy: holders, in: visit)
    if !drafts.known.isEmpty { problems["doses"] = words["immunization.problems.known"] }
    for (field, fact) in zip(fields, facts) where drafts.repeated.contains(fact.id) {
      problems[field] = words["immunization.problems.twice"]
    }
    warnings = drafts.warnings
    guard problems.isEmpty, warnings.isEmpty || entered["confirm_doses"] == "1" else { return nil }
    return facts
  }
}

extension Visit {
  func bookPage(_ id: Identifier) throws -> BookPage {
    let (told, holders) = try immunizationToRecord(id, [.copy])
    return try BookPage(self, told, heldBy: holders)
  }

  /// Keeps what was copied from a book.
  func keepBook(of id: Identifier, _ form: Form) async throws -> Response {
    let card = ImmunizationRows.address(id)
    if let answer = try keptBefore(form, of: id, onward: card) { return answer }
    var page = try bookPage(id)
    if let entry = Identifier(text: form["entry"]) { page.entry = entry }
    guard let facts = try page.facts(form) else {
      return try respond(page.rendering(), status: .badRequest)
    }
    let isWritten = try await writeOnce(
      facts, as: page.entry, route: "POST /people/{id}/immunizations/book", subject: id)
    return afterCare(of: id, isWritten ? .saved : .savedBefore, onward: card)
  }
}
