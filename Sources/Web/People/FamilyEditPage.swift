import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// Where a family's data is changed, what was seen of the home is entered, and the family's replies.
struct FamilyEditPage {
  private let visit: Visit
  private let family: Family
  var form: Form?
  var problem: String?

  private var words: Words { visit.words }

  init(_ visit: Visit, family: Family) throws {
    self.visit = visit
    self.family = family
    let place = family.household.body.place ?? family.members.first?.place
    if let place { visit.log.note(place: place) }
    // Who does not see all of a family cannot say who its head is.
    guard visit.visitor.rights.may(.changeFamily, at: place), family.hiddenMembers == 0 else {
      throw PageProblem.outOfReach
    }
  }

  func rendering() -> Rendering {
    let body = family.household.body
    let seen = family.household.dwelling?.body
    let title = words["people.edit_family"]
    func string(_ name: String, _ bytes: [UInt8]) -> String {
      form?[name] ?? String(decoding: bytes, as: UTF8.self)
    }
    func flag(_ name: String, _ value: Bool?) -> Fields {
      [
        "name": name, "label": words["people.\(name)"], "yes": value == true, "no": value == false,
      ]
    }
    return Rendering(
      template: "edit-family", title: title,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["people.family"], url: Links.family(family.household.id)),
        Crumb(name: title),
      ],
      fields: [
        "url": Links.family(family.household.id), "form_token": visit.visitor.formToken,
        "based_on": family.household.fact.text, "problem": problem,
        "card": string("card", body.familyCardNumber), "rt": string("rt", body.neighbourhood),
        "rw": string("rw", body.communityUnit), "address": string("address", body.address),
        "heads": family.members.filter { $0.diedOn == nil }.map { member -> Fields in
          [
            "id": member.id.text, "name": visit.name(of: member),
            "chosen": (body.head ?? family.members.first?.id) == member.id,
          ]
        },
        "waters": WaterSource.allCases.map { water -> Fields in
          [
            "value": "\(water.rawValue)", "name": words["water.\(water.rawValue)"],
            "chosen": seen?.water == water,
          ]
        },
        "latrines": Latrine.allCases.map { latrine -> Fields in
          [
            "value": "\(latrine.rawValue)", "name": words["latrine.\(latrine.rawValue)"],
            "chosen": seen?.latrine == latrine,
          ]
        },
        "flags": [
          flag("smoke", seen?.hasSmokeInside), flag("washing", seen?.hasHandWashing),
          flag("floor", seen?.hasSolidFloor),
        ],
        "index": FamilyIndexText(visit, family.index).fields(),
      ])
  }
}

extension Visit {
  /// Writes what the form of a family says: only what differs from what stands becomes a fact.
  func change(_ family: Family, _ form: Form) async throws -> Response {
    var page = try FamilyEditPage(self, family: family)
    page.form = form
    let known = family.household
    guard form["based_on"] == known.fact.text else {
      page.form = nil
      page.problem = words["people.changed_title"]
      return try respond(page.rendering(), status: .conflict)
    }
    let card = form["card"].filter { !$0.isWhitespace && $0 != "." && $0 != "-" }
    guard card.isEmpty || (card.utf8.count == 16 && card.allSatisfy(\.isNumber)) else {
      page.problem = words("people.problems.sixteen_digits", ["count": "\(card.count)"])
      return try respond(page.rendering(), status: .badRequest)
    }
    var body = known.body
    body.familyCardNumber = Array(card.utf8)
    body.neighbourhood = Array(form["rt"].prefix(10).utf8)
    body.communityUnit = Array(form["rw"].prefix(10).utf8)
    body.address = Array(form["address"].prefix(200).utf8)
    if let head = Identifier(text: form["head"]), family.members.contains(where: { $0.id == head })
    {
      body.head = head
    }
    let place = body.place ?? family.members.first?.place
    var facts = newHead(of: family, body, at: place)
    if body != known.body {
      facts.append(
        recording.fact(
          .household, of: known.id, on: today, at: place, replacing: nil, body.bytes))
    }
    let dwelling = dwelling(form)
    if dwelling != DwellingBody(), dwelling != known.dwelling?.body {
      facts.append(recording.fact(.dwelling, of: known.id, on: today, at: place, dwelling.bytes))
    }
    let replies = replies(form)
    if replies != FamilyIndexAnswerBody() {
      facts.append(
        recording.fact(.familyIndexAnswer, of: known.id, on: today, at: place, replies.bytes))
    }
    if !facts.isEmpty {
      _ = try await write(
        facts, action: .changeFamily, route: "POST /families/{id}/edit",
        subjects: [known.id] + family.members.map(\.id))
    }
    return redirect(to: Links.address(Links.family(known.id), [("done", "family")]))
  }

  /// Another head: the new one stands as head from today, and who was it before as something else.
  private func newHead(
    of family: Family, _ body: HouseholdBody, at place: Identifier?
  ) -> [Fact] {
    guard let head = body.head, head != family.household.body.head else { return [] }
    return family.members.compactMap { member -> Fact? in
      let isNew = member.id == head
      guard isNew != (member.relation == .head), member.diedOn == nil else { return nil }
      let residence = ResidenceBody(
        place: member.place ?? place, household: family.household.id,
        relation: isNew ? .head : .otherRelative)
      return recording.fact(.residence, of: member.id, on: today, at: place, residence.bytes)
    }
  }

  private func dwelling(_ form: Form) -> DwellingBody {
    func flag(_ name: String) -> Bool? {
      switch form[name] {
      case "yes": true
      case "no": false
      default: nil
      }
    }
    var body = DwellingBody()
    body.water = UInt8(form["water"]).flatMap(WaterSource.init)
    body.latrine = UInt8(form["latrine"]).flatMap(Latrine.init)
    body.hasSmokeInside = flag("smoke")
    body.hasHandWashing = flag("washing")
    body.hasSolidFloor = flag("floor")
    return body
  }

  private func replies(_ form: Form) -> FamilyIndexAnswerBody {
    var body = FamilyIndexAnswerBody()
    for item in FamilyIndexText.items(for: visitor.rights) {
      body[item] = UInt8(form["item_\(item.rawValue)"]).flatMap(FamilyIndexReply.init)
    }
    return body
  }
}
