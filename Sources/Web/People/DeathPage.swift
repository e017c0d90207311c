import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// Where a death is recorded, given another day, or taken back: the day alone; the cause is a
/// clinical matter of its own.
struct DeathPage {
  private let visit: Visit
  private let record: PersonRecord
  /// What stood when the page was made.
  let basis: Basis
  var entered: String?
  var problem: String?
  /// Why nothing was written, where that concerns the whole page.
  var refusal: String?

  init(_ visit: Visit, person: Identifier) throws {
    self.visit = visit
    basis = try visit.district.basis(.person(person, [.death]))
    record = try visit.person(person, for: .recordDeath)
  }

  var person: PersonEntry { record.person }

  func rendering() -> Rendering {
    let name = visit.name(of: person)
    let title = visit.words[person.diedOn == nil ? "people.way_death" : "people.way_death_known"]
    return Rendering(
      template: "death", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: person.id, named: name, title),
      fields: [
        "title": title, "name": name, "url": Links.person(person.id),
        "on": entered ?? person.diedOn.map(Format.iso) ?? "",
        "problem": problem, "refusal": refusal, "form_token": visit.visitor.formToken,
        "based_on": basis.text, "born": person.birthDate.map(visit.format.date),
        "is_known": person.diedOn != nil,
        "known": person.diedOn.map {
          visit.words("search.died", ["date": visit.format.date($0)])
        },
      ])
  }

  /// The day in the form; nothing where it cannot be the day of this death.
  mutating func day(_ form: Form) -> CivilDate? {
    entered = form["on"]
    guard case .success(let day?) = PersonForm.day(form["on"]) else {
      problem = visit.words["people.problems.no_date"]
      return nil
    }
    if day > visit.today { problem = visit.words["people.problems.in_future"] }
    if let born = person.birthDate, day < born {
      problem = visit.words["people.problems.before_birth"]
    }
    return problem == nil ? day : nil
  }
}

extension Visit {
  private static let deathRoute = "POST /people/{id}/death"

  func recordDeath(_ id: Identifier, _ form: Form) async throws -> Response {
    var page = try DeathPage(self, person: id)
    switch form["act"] {
    case "undo": return try await undoDeath(page, form)
    case "correct": return try await correctDeath(page, form)
    default: break
    }
    guard let day = page.day(form) else {
      return try respond(page.rendering(), status: .badRequest)
    }
    // Two may be told of one death: the second sees what the first recorded.
    let isWritten = try await write(
      [recording.fact(.death, of: page.person.id, on: day, at: page.person.place)],
      provided: [.living(page.person)], action: .recordDeath, route: Visit.deathRoute,
      subjects: [page.person.id])
    guard isWritten else {
      var now = try DeathPage(self, person: id)
      now.entered = form["on"]
      now.refusal = words(
        "people.problems.died_already",
        ["date": now.person.diedOn.map(format.date) ?? words["common.not_known"]])
      return try respond(now.rendering(), status: .conflict)
    }
    return redirect(
      to: Links.address(try pageAfterDeath(of: page.person), [("done", "died")]))
  }

  /// Where a family lost its head, its page, which asks who is head now; else the person's own.
  private func pageAfterDeath(of person: PersonEntry) throws -> String {
    guard let household = person.household,
      let family = try district.family(household, on: today), family.hiddenMembers == 0,
      family.head == nil, !family.present.isEmpty,
      visitor.rights.may(.changeFamily, at: family.household.body.place ?? person.place)
    else { return Links.person(person.id) }
    return Links.family(household)
  }

  /// Gives a recorded death another day.
  private func correctDeath(_ asked: DeathPage, _ form: Form) async throws -> Response {
    var page = asked
    let deaths = try district.deaths(of: page.person)
    guard let day = page.day(form) else {
      return try respond(page.rendering(), status: .badRequest)
    }
    guard let last = deaths.last else { return try changedDeath(page.person.id, form) }
    // That day is known: there is nothing to write.
    if deaths.allSatisfy({ $0.occurredOn == day }) {
      return redirect(to: Links.person(page.person.id))
    }
    let correction = recording.fact(
      .death, of: last.subject, on: day, at: last.place, replacing: last.id)
    return try await write(
      [correction]
        + district.withdrawals(of: deaths.dropLast(), by: recording, on: today),
      page, form, done: "death_corrected")
  }

  /// Takes back a death that was recorded by mistake: the person lives.
  private func undoDeath(_ page: DeathPage, _ form: Form) async throws -> Response {
    let withdrawals = try district.withdrawals(
      of: district.deaths(of: page.person), by: recording, on: today)
    return try await write(withdrawals, page, form, done: "death_undone")
  }

  private func write(
    _ facts: [Fact], _ page: DeathPage, _ form: Form, done: String
  ) async throws -> Response {
    let id = page.person.id
    guard !facts.isEmpty, form["based_on"] == page.basis.text,
      try await write(
        facts, provided: [.unchanged(page.basis)], action: .recordDeath, route: Visit.deathRoute,
        subjects: [id])
    else { return try changedDeath(id, form) }
    return redirect(to: Links.address(Links.person(id), [("done", done)]))
  }

  /// Somebody else was quicker: nothing was written, and the page shows what stands now.
  private func changedDeath(_ id: Identifier, _ form: Form) throws -> Response {
    var page = try DeathPage(self, person: id)
    page.entered = form["on"].isEmpty ? nil : form["on"]
    page.refusal = words["people.problems.changed"]
    return try respond(page.rendering(), status: .conflict)
  }
}
