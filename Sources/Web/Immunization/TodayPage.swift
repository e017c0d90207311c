import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// The doses of a day on a page of their own: for whom no form of a visit is open, as at school.
struct TodayPage {
  private let visit: Visit
  let person: PersonEntry
  private let holders: [Identifier]?
  private let defaults: VisitDefaults
  private(set) var entries: VaccineEntries
  /// The identifier of the first fact that the form makes: see ``Visit/keptBefore(_:of:)``.
  var entry: Identifier
  private var on: String
  private var problem: String?

  private var words: Words { visit.words }

  init(
    _ visit: Visit, _ immunization: PersonImmunization, heldBy holders: [Identifier]?
  ) throws {
    self.visit = visit
    self.holders = holders
    person = immunization.person
    defaults = VisitDefaults(visit)
    entries = try VaccineEntries(visit, immunization, heldBy: holders)
    entry = .fresh(at: visit.site.now)
    on = Format.iso(visit.today)
  }

  func rendering() -> Rendering {
    let name = visit.name(of: person)
    let title = words["immunization.today_title"]
    return Rendering(
      template: "immunization-today", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: person.id, named: name, title),
      fields: [
        "name": name, "title": title, "age": PersonFields(visit: visit).age(person),
        "action": ImmunizationRows.address(person.id, "/today"),
        "back": Links.care(of: person.id), "form_token": visit.visitor.formToken,
        "entry": entry.text, "on": on, "today": Format.iso(visit.today), "problem_on": problem,
        "has_problems": problem != nil || !entries.problems.isEmpty,
        "vaccines": entries.fields(), "is_empty": entries.isEmpty,
      ])
  }

  /// Reads the form and makes the facts; nothing where it cannot be kept as it is.
  mutating func facts(_ sent: Form) throws -> [Fact]? {
    on = sent["on"]
    switch WrittenDay.read(on, born: person.birthDate, today: visit.today) {
    case .success(let written?) where written.knownBy == nil:
      let facts = try entries.facts(
        sent, on: written.day,
        at: defaults.place(of: defaults.setting, home: person.place, tree: visit.tree))
      guard entries.problems.isEmpty else { return nil }
      if facts.isEmpty { problem = words["care.problems.empty"] }
      return facts.isEmpty || !entries.isConfirmed ? nil : facts
    case .failure(.inFuture): problem = words["people.problems.in_future"]
    case .failure(.beforeBirth): problem = words["people.problems.before_birth"]
    default: problem = words["people.problems.no_date"]
    }
    return nil
  }
}

extension Visit {
  /// A person's vaccinations as the visitor may read them.
  func immunization(
    _ id: Identifier, for action: Action
  ) throws -> (told: PersonImmunization, holders: [Identifier]?) {
    guard let person = try district.person(id)?.person else { throw PageProblem.notFound }
    try require(action, of: person)
    let holders = try onlyCare(of: person)
    guard let told = try district.immunization(of: id, on: today, heldBy: holders) else {
      throw PageProblem.notFound
    }
    return (told, holders)
  }

  /// The same, to write something down: of the dead nothing is given any more.
  ///
  /// - Parameter acts: of which the visitor must be allowed one.
  func immunizationToRecord(
    _ id: Identifier, _ acts: Set<VaccinationAct>
  ) throws -> (told: PersonImmunization, holders: [Identifier]?) {
    let found = try immunization(id, for: .recordCare)
    guard found.told.person.diedOn == nil else { throw PageProblem.notFound }
    guard !vaccinationActs.isDisjoint(with: acts) else { throw PageProblem.outOfReach }
    return found
  }

  func todayPage(_ id: Identifier) throws -> TodayPage {
    let (told, holders) = try immunizationToRecord(id, Set(VaccinationAct.allCases))
    return try TodayPage(self, told, heldBy: holders)
  }

  /// Keeps the doses of a day.
  func keepToday(of id: Identifier, _ form: Form) async throws -> Response {
    if let answer = try keptBefore(form, of: id) { return answer }
    var page = try todayPage(id)
    if let entry = Identifier(text: form["entry"]) { page.entry = entry }
    guard let facts = try page.facts(form) else {
      return try respond(page.rendering(), status: .badRequest)
    }
    let isWritten = try await writeOnce(
      facts, as: page.entry, route: "POST /people/{id}/immunizations/today", subject: id)
    return afterCare(of: id, isWritten ? .saved : .savedBefore, cookies: page.entries.cookies)
  }
}
