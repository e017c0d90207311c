import Foundation
import Health
import Journal
import Hummingbird
import Services

/// Where somebody comes into the register, a newborn too; with a look at who is there already.
struct RegisterPage {
  private let visit: Visit
  private let family: Family?
  var form: PersonForm
  var similar: [SimilarPerson] = []

  private var words: Words { visit.words }

  init(_ visit: Visit, form: PersonForm? = nil, family asked: Identifier? = nil) throws {
    self.visit = visit
    let id = try asked ?? visit.query.required("family") { Identifier(text: $0) }
    family = try id.flatMap { try visit.district.family($0, on: visit.today) }
    // An unknown family and one that is out of reach look the same.
    if id != nil {
      let isInReach = try family.map { family in
        let members = try FamilyPage.members(of: family, visit)
        return !members.isEmpty
          || visit.visitor.rights.may(.seeFamily, at: family.household.body.place)
      }
      guard isInReach == true else { throw PageProblem.outOfReach }
    }
    self.form = form ?? PersonForm()
    if form == nil { try fillIn() }
  }

  /// What the page that led here knows: the family, and the mother of a newborn.
  private mutating func fillIn() throws {
    form.set(.since, Format.iso(visit.today))
    if let family {
      let place = family.household.body.place ?? family.members.first?.place
      form.set(.place, place?.text ?? "")
      form.set(.card, String(decoding: family.household.body.familyCardNumber, as: UTF8.self))
      form.set(.relation, family.members.isEmpty ? "1" : "3")
    }
    guard let mother = try visit.query.required("mother_id", { Identifier(text: $0) }) else {
      return
    }
    let record = try visit.person(mother)
    form.set(.name, words("people.baby_of", ["name": visit.name(of: record.person)]))
    form.set(.mother, record.person.name)
    form.set(.mother_nik, record.person.nationalIdentityNumber)
    form.set(.birth_order, "1")
    form.set(.relation, "3")
  }

  func rendering() -> Rendering {
    let text = PersonFields(visit: visit)
    let title = words["people.register"]
    let household = family?.members.first { $0.relation == .head } ?? family?.members.first
    return Rendering(
      template: "register", title: title, crumbs: visit.homeCrumbs(title),
      fields: [
        "f": text.form(form), "form_token": visit.visitor.formToken,
        "family": family?.household.id.text,
        "family_name": household.map { words("people.family_of", ["name": visit.name(of: $0)]) },
        "mother_id": visit.query["mother_id"],
        "places": text.places(
          for: .registerPerson, chosen: form.place ?? form.values[.place].flatMap(Identifier.init)),
        "has_similar": !similar.isEmpty,
        "similar": similar.map { entry -> Fields in
          [
            "name": visit.name(of: entry.person), "url": Links.person(entry.person.id),
            "born": entry.person.birthDate.map(visit.format.date),
            "mother": entry.person.motherName, "home": text.home(entry.person.place),
            "is_likely": entry.evidence.proposal == .likely,
            "reasons": text.reasons(entry.evidence),
          ]
        },
      ])
  }
}

extension Identifier {
  fileprivate init?(_ text: String) { self.init(text: text) }
}

extension Visit {
  /// First shows who may be the same person, then writes.
  func register(_ form: Form) async throws -> Response {
    var entered = PersonForm(form, today: today, words: words)
    entered.readHome(
      form, tree: tree, allowed: { visitor.rights.may(.registerPerson, at: $0) }, today: today,
      words: words)
    let family = Identifier(text: form["family"])
    var page = try RegisterPage(self, form: entered, family: family)
    guard entered.isFit, let place = entered.place, let relation = entered.relation,
      let since = entered.since
    else { return try respond(page.rendering(), status: .badRequest) }
    let card = form["card"].filter(\.isNumber)
    if !form.isTicked("is_new") {
      let similar = try district.similar(
        to: PersonDraft(person: entered.person, place: place, familyCardNumber: card), tree: tree)
      page.similar = try similar.filter { try may(.seePerson, with: $0.person) }
      if !page.similar.isEmpty { return try respond(page.rendering()) }
    }
    var registration = Registration(
      person: entered.person, place: place, relation: relation, since: since)
    registration.household = try family ?? FamilyPage.joined(byCard: card, livingAt: place, self)
    registration.familyCardNumber = Array(card.utf8)
    registration.cameFrom = Array(form["came_from"].utf8)
    if let born = entered.person.birthDate, born == since { registration.reason = .birth }
    let (subject, facts) = registration.facts(recording)
    _ = try await write(
      facts, action: .registerPerson, route: "POST /people", subjects: [subject])
    return redirect(to: Links.address(Links.person(subject), [("done", "registered")]))
  }
}
