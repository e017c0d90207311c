import Guidance
import Health
import Journal
import Programmes
import Services

/// "Imunisasi hari ini" on a form: a row for each dose that may be given, answered with one tap.
struct VaccineEntries {
  /// What became of a dose that was offered.
  enum Outcome: String, CaseIterable {
    case given
    /// A health worker gave it today and wrote it into the book.
    case inBook = "in_book"
    case unwell
    case family
    case outOfStock = "out_of_stock"
    case other

    /// Why it was not given; nothing where it was.
    var reason: RefusalBody.Reason? {
      switch self {
      case .given, .inBook: nil
      case .unwell: .unwell
      case .family: .family
      case .outOfStock: .outOfStock
      case .other: .other
      }
    }
  }

  private let visit: Visit
  /// As of the day of the form.
  private var immunization: PersonImmunization
  private let holders: [Identifier]?
  private var entered: [String: String] = [:]
  private(set) var problems: [String: String] = [:]
  /// What is to be read before the doses are kept.
  private(set) var warnings: [String] = []
  private var batches: RememberedBatches
  /// The answers that the visitor may give: who does not vaccinate copies from the book.
  private let outcomes: [Outcome]
  private let twins: String?

  private var words: Words { visit.words }
  private var text: ImmunizationText { visit.immunizationText }
  /// Whether the visitor gives doses, and so knows their batches.
  private var isGiver: Bool { outcomes.contains(.given) }

  init(
    _ visit: Visit, _ immunization: PersonImmunization, heldBy holders: [Identifier]?
  ) throws {
    self.visit = visit
    self.immunization = immunization
    self.holders = holders
    batches = RememberedBatches(visit)
    outcomes = VaccineEntries.outcomes(of: visit.vaccinationActs)
    twins = try visit.twins(of: immunization.person)
  }

  /// The answers that somebody with these rights may give.
  static func outcomes(of acts: Set<VaccinationAct>) -> [Outcome] {
    Outcome.allCases.filter { outcome in
      switch outcome {
      case .given: acts.contains(.give)
      case .inBook: acts.contains(.copy) && !acts.contains(.give)
      case .unwell, .family, .outOfStock, .other: acts.contains(.noteNotGiven)
      }
    }
  }

  /// Whether anything is offered, or was answered.
  var isEmpty: Bool { rows.isEmpty }

  /// The vaccines that are offered: those owed and not refused today, and those that were answered.
  private var rows: [PlannedVaccine] {
    immunization.planned.filter { planned in
      planned.number > 0
        && ((planned.isOwed && planned.refusal?.day != immunization.day)
          || outcome(of: planned.vaccine) != nil)
    }
  }

  private func field(_ prefix: String, _ vaccine: OfferedVaccine) -> String {
    "\(prefix)\(vaccine.service)"
  }

  private func outcome(of vaccine: OfferedVaccine) -> Outcome? {
    entered[field("v", vaccine)].flatMap(Outcome.init)
  }

  // MARK: Reading

  /// Reads what was answered and makes the facts.
  ///
  /// - Parameters:
  ///   - day: the day of the form, on which the doses are looked at.
  ///   - place: where the facts stand.
  /// - Returns: the facts; where a field means nothing, or ``warnings`` are not confirmed, they are
  ///   not to be kept.
  mutating func facts(_ sent: Form, on day: CivilDate, at place: Identifier?) throws -> [Fact] {
    if day != immunization.day,
      let then = try visit.district.immunization(
        of: immunization.person.id, on: day, heldBy: holders)
    {
      immunization = then
    }
    for vaccine in OfferedVaccine.allCases {
      for prefix in ["v", "p", "b"] {
        let name = field(prefix, vaccine)
        entered[name] = sent[name].isEmpty ? nil : sent[name]
      }
    }
    entered["confirm_doses"] = sent["confirm_doses"]
    var facts: [Fact] = []
    for planned in rows {
      guard let outcome = outcome(of: planned.vaccine) else { continue }
      guard outcomes.contains(outcome) else {
        problems[field("v", planned.vaccine)] = words["immunization.problems.not_yours"]
        continue
      }
      if let fact = fact(planned, outcome, on: day, at: place) { facts.append(fact) }
    }
    try check(facts)
    return facts
  }

  private mutating func fact(
    _ planned: PlannedVaccine, _ outcome: Outcome, on day: CivilDate, at place: Identifier?
  ) -> Fact? {
    let person = immunization.person.id
    guard outcome.reason == nil else {
      let body = RefusalBody(service: planned.vaccine.service, reason: outcome.reason)
      return visit.recording.fact(.refusal, of: person, on: day, at: place, body.bytes)
    }
    let products = planned.vaccine.products(forDose: planned.number)
    let chosen = entered[field("p", planned.vaccine)].flatMap { UInt16($0) }
    guard
      let product = chosen == nil
        ? products.first : products.first(where: { $0.rawValue == chosen })
    else {
      problems[field("p", planned.vaccine)] = words["immunization.problems.no_product"]
      return nil
    }
    let batch = isGiver ? entered[field("b", planned.vaccine)] ?? "" : ""
    if let problem = DoseFields.problem(of: batch, longest: RememberedBatches.longest, words) {
      problems[field("b", planned.vaccine)] = problem
      return nil
    }
    var body = VaccinationBody(
      product: product.rawValue,
      dose: Array(text.dose(planned.vaccine, planned.number).utf8),
      origin: outcome == .given ? .givenHere : .book)
    body.batch = Array(batch.utf8)
    if day == visit.today { batches.note(product.rawValue, batch) }
    return visit.recording.fact(.vaccination, of: person, on: day, at: place, body.bytes)
  }

  private mutating func check(_ facts: [Fact]) throws {
    let drafts = try DoseDrafts(
      facts, of: immunization.person.id, heldBy: holders, in: visit)
    warnings = drafts.warnings
    if !drafts.known.isEmpty { problems["doses"] = words["immunization.problems.known"] }
  }

  /// Whether what the engine objects to was read and is to be kept nevertheless.
  var isConfirmed: Bool { warnings.isEmpty || entered["confirm_doses"] == "1" }

  /// By which the browser remembers the batches.
  var cookies: [String] { batches.cookie }

  // MARK: Drawing

  func fields() -> Fields {
    [
      "twins": twins, "rows": rows.map(row), "has_rows": !rows.isEmpty,
      "warnings": warnings.map { ["text": $0] as Fields },
      "has_warnings": !warnings.isEmpty, "is_confirmed": entered["confirm_doses"] == "1",
      "problem": problems["doses"], "already": already,
      "book_url": ImmunizationRows.address(immunization.person.id, "/book"),
    ]
  }

  /// What was written down for this day before.
  private var already: String? {
    let given = immunization.doses.filter { $0.day == immunization.day }.map { text.name($0) }
    let refused = immunization.refusals.filter { $0.day == immunization.day }.map {
      "\(text.vaccine($0.vaccine)) (\(text.reason($0.reason)))"
    }
    let all = given + refused
    return all.isEmpty
      ? nil : words("immunization.already", ["doses": all.joined(separator: ", ")])
  }

  private func row(_ planned: PlannedVaccine) -> Fields {
    let vaccine = planned.vaccine
    let products = vaccine.products(forDose: planned.number)
    let product = entered[field("p", vaccine)].flatMap { UInt16($0) } ?? products.first?.rawValue
    let chosen = outcome(of: vaccine)
    return [
      "id": field("v", vaccine), "name": text.dose(vaccine, planned.number),
      "status": text.state(planned),
      "tone": planned.state == .overdue ? "bad" : planned.isOwed ? "poor" : "none",
      "is_undecided": chosen == nil,
      "problem_outcome": problems[field("v", vaccine)],
      "given": choices(outcomes.filter { $0.reason == nil }, chosen: chosen),
      "reasons": choices(outcomes.filter { $0.reason != nil }, chosen: chosen),
      "shows_reasons": chosen?.reason != nil || problems[field("v", vaccine)] != nil,
      "product_field": field("p", vaccine), "has_products": products.count > 1,
      "products": Fields.choices(
        products.map { ("\($0.rawValue)", text.product($0.rawValue)) },
        chosen: product.map { "\($0)" } ?? ""),
      "problem_product": problems[field("p", vaccine)],
      "asks_batch": isGiver, "batch_field": field("b", vaccine),
      "batch": entered[field("b", vaccine)]
        ?? (chosen == nil ? product.flatMap { batches[$0] } : nil),
      "problem_batch": problems[field("b", vaccine)],
    ]
  }

  private func choices(_ outcomes: [Outcome], chosen: Outcome?) -> [Fields] {
    outcomes.map { outcome in
      [
        "value": outcome.rawValue, "label": words["immunization.outcomes.\(outcome.rawValue)"],
        "is_chosen": chosen == outcome,
      ]
    }
  }
}

extension Visit {
  /// That a child has twins, whose book is taken for its own; nothing where no such record is known
  /// to the visitor.
  func twins(of person: PersonEntry) throws -> String? {
    guard let born = person.birthDate, born > today + .years(-6),
      let mother = try district.person(person.id)?.mother,
      let children = try district.person(mother.id)?.children
    else { return nil }
    // Twins may be born on either side of midnight.
    let twins = try children.filter { child in
      try child.id != person.id && may(.seePerson, with: child)
        && child.birthDate.map { abs(($0 - born).count) <= 1 } ?? false
    }
    return twins.isEmpty
      ? nil
      : words("immunization.twin", ["names": twins.map { name(of: $0) }.joined(separator: ", ")])
  }

  /// What the visitor may write down about vaccinations.
  var vaccinationActs: Set<VaccinationAct> { visitor.rights.vaccinationActs(in: tree) }
}

/// Texts of a dose as forms take them.
enum DoseFields {
  /// What is wrong with a text; nothing where it may be kept.
  static func problem(of text: String, longest: Int, _ words: Words) -> String? {
    if text.count > longest {
      return words("people.problems.too_long", ["count": "\(longest)"])
    }
    if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      return words["immunization.problems.control_characters"]
    }
    return nil
  }
}
