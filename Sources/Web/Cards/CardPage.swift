import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

extension WebServer {
  func addCards(to routes: inout Routes) {
    routes.get("/people/{id}/card") { visit, context in
      let record = try visit.person(try context.identifier("id"), for: .issueCard)
      return try visit.respond(CardPage(visit, record: record).rendering())
    }
    routes.post("/people/{id}/card") { visit, form, context in
      let record = try visit.person(try context.identifier("id"), for: .issueCard)
      return try await visit.changeCard(of: record, form)
    }
  }
}

/// A person's card, ready to be printed: name, year of birth, and a code that tells nothing else.
struct CardPage {
  private let visit: Visit
  private let record: PersonRecord
  var problem: String?

  init(_ visit: Visit, record: PersonRecord) {
    self.visit = visit
    self.record = record
  }

  func rendering() throws -> Rendering {
    let words = visit.words
    let name = visit.name(of: record.person)
    let title = words["cards.title"]
    let url = Links.person(record.person.id)
    let number = record.summary.card.map { CardNumber($0).text }
    return Rendering(
      template: "card", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title),
      fields: [
        "name": name, "url": url, "form_token": visit.visitor.formToken, "problem": problem,
        "born": record.person.birthDate.map { "\($0.components.year)" }, "number": number,
        "svg": number.flatMap {
          QRCode.svg($0.replacing("-", with: ""), label: words["cards.code_label"])
        },
        "done": visit.query["done"].flatMap { words.find("cards.done_\($0)") },
      ])
  }
}

extension Visit {
  /// Gives out a card, which takes the place of an earlier one, or revokes the one that holds.
  fileprivate func changeCard(of record: PersonRecord, _ form: Form) async throws -> Response {
    let act = form["act"]
    let held = record.summary.card
    // Whoever looked at an older page does not revoke a card that they have not seen.
    let isAsSeen = form["held"] == (held.map { CardNumber($0).text } ?? "")
    guard act == "issue" || (act == "revoke" && held != nil), isAsSeen else {
      var page = CardPage(self, record: record)
      page.problem = words["cards.changed"]
      return try respond(page.rendering(), status: isAsSeen ? .badRequest : .conflict)
    }
    let person = record.person
    var bodies = held.map { [CardBody(number: $0, isRevoked: true)] } ?? []
    if act == "issue" { bodies.append(CardBody(number: try CardNumber.random().identifier)) }
    let isWritten = try await write(
      bodies.map { recording.fact(.card, of: person.id, on: today, at: person.place, $0.bytes) },
      provided: [.card(of: person, is: held)], action: .issueCard,
      route: "POST /people/{id}/card", subjects: [person.id])
    guard isWritten else {
      guard let now = try district.person(person.id) else { throw PageProblem.notFound }
      var page = CardPage(self, record: now)
      page.problem = words["cards.changed"]
      return try respond(page.rendering(), status: .conflict)
    }
    return redirect(
      to: Links.address(
        Links.person(person.id) + "/card", [("done", act == "issue" ? "issued" : "revoked")]))
  }
}
