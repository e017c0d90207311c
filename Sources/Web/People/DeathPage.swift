import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// Where a death is recorded: the day alone; the cause is a clinical matter of its own.
struct DeathPage {
  private let visit: Visit
  private let record: PersonRecord
  var entered: String?
  var problem: String?

  init(_ visit: Visit, record: PersonRecord) {
    self.visit = visit
    self.record = record
  }

  func rendering() -> Rendering {
    let name = visit.name(of: record.person)
    let title = visit.words["people.way_death"]
    return Rendering(
      template: "death", title: "\(title), \(name)",
      crumbs: [
        Crumb(name: visit.words["common.home"], url: "/"),
        Crumb(name: name, url: Links.person(record.person.id)), Crumb(name: title),
      ],
      fields: [
        "name": name, "url": Links.person(record.person.id), "on": entered ?? "",
        "problem": problem, "form_token": visit.visitor.formToken,
        "born": record.person.birthDate.map(visit.format.date),
      ])
  }
}

extension Visit {
  func recordDeath(_ record: PersonRecord, _ form: Form) async throws -> Response {
    var page = DeathPage(self, record: record)
    page.entered = form["on"]
    guard case .success(let day?) = PersonForm.day(form["on"]) else {
      page.problem = words["people.problems.no_date"]
      return try respond(page.rendering(), status: .badRequest)
    }
    if day > today { page.problem = words["people.problems.in_future"] }
    if let born = record.person.birthDate, day < born {
      page.problem = words["people.problems.before_birth"]
    }
    guard page.problem == nil else { return try respond(page.rendering(), status: .badRequest) }
    // Two may be told of one death: the second sees what the first recorded.
    let isWritten = try await write(
      [recording.fact(.death, of: record.person.id, on: day, at: record.person.place)],
      provided: [.living(record.person)], action: .recordDeath,
      route: "POST /people/{id}/death", subjects: [record.person.id])
    guard isWritten else {
      guard let now = try district.person(record.person.id) else { throw PageProblem.notFound }
      page = DeathPage(self, record: now)
      page.entered = form["on"]
      page.problem = words(
        "people.problems.died_already",
        ["date": now.person.diedOn.map(format.date) ?? words["common.not_known"]])
      return try respond(page.rendering(), status: .conflict)
    }
    return redirect(to: Links.address(Links.person(record.person.id), [("done", "died")]))
  }
}
