import Health
import Journal
import Services

/// A family: its members and its home.
struct FamilyPage {
  private let visit: Visit
  private let family: Family
  private let text: PersonFields

  private var words: Words { visit.words }

  init(_ visit: Visit, family: Family) throws {
    self.visit = visit
    self.family = family
    text = PersonFields(visit: visit)
    let place = family.household.body.place ?? family.members.first?.place
    if let place { visit.log.note(place: place) }
    let isAllowed =
      try visit.visitor.rights.may(.seeFamily, at: place)
      || family.members.contains { try visit.may(.seeFamily, with: $0) }
    guard isAllowed else { throw PageProblem.outOfReach }
  }

  func rendering() throws -> Rendering {
    let body = family.household.body
    let head = family.members.first { $0.relation == .head } ?? family.members.first
    let name = head.map { words("people.family_of", ["name": visit.name(of: $0)]) }
    let title = name ?? words["people.family"]
    let here = family.members.filter { $0.diedOn == nil && $0.place != nil }
    let gone = family.members.filter { $0.diedOn != nil || $0.place == nil }
    func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    let place = body.place ?? head?.place
    let home = place.flatMap { visit.tree.places[$0] }
    return Rendering(
      template: "family", title: title,
      crumbs: (home.map { visit.crumbs(to: $0) } ?? visit.homeCrumbs(title)) + [Crumb(name: title)],
      fields: [
        "title": title, "card": string(body.familyCardNumber), "home": text.home(place),
        "address": [
          string(body.address),
          body.neighbourhood.isEmpty ? "" : "RT \(string(body.neighbourhood))",
          body.communityUnit.isEmpty ? "" : "RW \(string(body.communityUnit))",
        ].filter { !$0.isEmpty }.joined(separator: ", "),
        "count": words("people.member_count", ["count": visit.format.whole(here.count)]),
        "members": here.map(row), "gone": gone.map(row), "has_gone": !gone.isEmpty,
        "dwelling": dwelling(), "index": FamilyIndexText(visit, family.index).fields(),
        "add_url": visit.visitor.rights.may(.registerPerson, at: place)
          ? Links.address("/people/new", [("family", family.household.id.text)]) : nil,
        "edit_url": visit.visitor.rights.may(.changeFamily, at: place)
          ? Links.family(family.household.id) + "/edit" : nil,
        "done": visit.query["done"].flatMap { words.find("people.done_\($0)") },
      ])
  }

  private func row(_ person: PersonEntry) -> Fields {
    [
      "name": visit.name(of: person), "url": Links.person(person.id),
      "relation": person.relation.map { words["relations.\($0.code)"] }
        ?? words["common.none"],
      "age": text.age(person), "stage": person.diedOn == nil ? text.stage(person) : nil, "sex": person.sex.map { words["sexes.\($0.code)_short"] },
      "born": person.birthDate.map(visit.format.date),
      "nik": PersonText.maskedNumber(person.nationalIdentityNumber) ?? words["people.no_nik"],
      "died": person.diedOn.map { words("search.died", ["date": visit.format.date($0)]) }
        ?? (person.place == nil ? words["people.left"] : nil),
    ]
  }

  private func dwelling() -> Fields {
    let seen = family.household.dwelling
    func flag(_ value: Bool?) -> String {
      value.map { words[$0 ? "common.yes" : "common.no"] } ?? words["common.not_known"]
    }
    return [
      "seen_on": seen.map { words("people.seen_on", ["date": visit.format.date($0.seenOn)]) }
        ?? words["people.never_seen"],
      "water": seen?.body.water.map { words["water.\($0.rawValue)"] } ?? words["common.not_known"],
      "latrine": seen?.body.latrine.map { words["latrine.\($0.rawValue)"] }
        ?? words["common.not_known"],
      "smoke": flag(seen?.body.hasSmokeInside), "washing": flag(seen?.body.hasHandWashing),
      "floor": flag(seen?.body.hasSolidFloor),
    ]
  }
}
