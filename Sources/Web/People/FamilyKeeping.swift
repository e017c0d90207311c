import Exchange
import Health
import HTTPTypes
import Hummingbird
import Journal
import Programmes
import Services

extension Visit {
  /// Writes what the form of a family says: only what differs from what stands becomes a fact.
  func changeFamily(_ id: Identifier, _ form: Form) async throws -> Response {
    var page = try FamilyEditPage(self, household: id)
    page.form = form
    let typed = TypedDigits(form["card"].utf8)
    let card = String(decoding: typed.digits, as: UTF8.self)
    guard typed.isEmpty || (typed.digits.count == 16 && typed.otherCharacters == 0) else {
      page.problem =
        typed.otherCharacters > 0
        ? words["people.problems.digits_only"]
        : words("people.problems.sixteen_digits", ["count": "\(typed.digits.count)"])
      return try respond(page.rendering(), status: .badRequest)
    }
    // Somebody may have changed the family between the page and this form, or at this very moment.
    if form["based_on"] == page.basis.text {
      guard page.tellsRelations else {
        page.problem =
          page.isToldOfNewHead ? words["people.problems.relations_missing"] : nil
        return try respond(page.rendering(), status: page.problem == nil ? .ok : .badRequest)
      }
      if page.asksAboutHead { return try respond(page.rendering(), status: .badRequest) }
      let facts = facts(page, form, card: card)
      let isWritten = try await write(
        facts, provided: [.unchanged(page.basis)], action: .changeFamily,
        route: "POST /families/{id}/edit", subjects: [id] + page.family.members.map(\.id))
      if isWritten { return redirect(to: Links.address(Links.family(id), [("done", "family")])) }
    }
    page = try FamilyEditPage(self, household: id)
    page.form = form
    page.changedMeanwhile = true
    return try respond(page.rendering(), status: .conflict)
  }

  /// An RT or RW as lists write it, `005`; what was not changed stays as it was.
  private func unit(_ entered: String, known: [UInt8]) -> [UInt8] {
    let text = String(entered.prefix(10))
    return Array(text.utf8) == known ? known : Array(ListText.unit(text).utf8)
  }

  private func facts(_ page: FamilyEditPage, _ form: Form, card: String) -> [Fact] {
    let family = page.family
    let known = family.household
    var body = known.body
    body.familyCardNumber = Array(card.utf8)
    body.neighbourhood = unit(form["rt"], known: body.neighbourhood)
    body.communityUnit = unit(form["rw"], known: body.communityUnit)
    body.address = Array(form["address"].prefix(200).utf8)
    if let head = Identifier(text: form["head"]), page.present.contains(where: { $0.id == head }) {
      body.head = head
    }
    let place = body.place ?? family.members.first?.place
    var facts = relations(page, body, form, at: place) + page.insuranceFacts(form)
    if body != known.body {
      facts.append(
        recording.fact(.household, of: known.id, on: today, at: place, body.bytes))
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
    return facts
  }

  /// The field of a form that tells how a member stands to the head.
  static func relationField(of member: PersonEntry) -> String {
    "relation_\(member.id.text)"
  }

  /// How members stand to the head from today, where that is told anew: a new head as head, and who
  /// was it before as what was chosen, else as some relative.
  private func relations(
    _ page: FamilyEditPage, _ body: HouseholdBody, _ form: Form, at place: Identifier?
  ) -> [Fact] {
    let family = page.family
    let asked = Set(page.present.map(\.id))
    let isNewHead = body.head != nil && body.head != family.head?.id
    // Who died or left stays so.
    return family.present.compactMap { member -> Fact? in
      let chosen =
        asked.contains(member.id)
        ? UInt8(form[Visit.relationField(of: member)]).flatMap(HouseholdRelation.init) : nil
      var relation = member.relation
      if member.id == body.head {
        if isNewHead { relation = .head }
      } else if let chosen, chosen != .head {
        relation = chosen
      } else if isNewHead, member.relation == .head {
        relation = .otherRelative
      }
      guard relation != member.relation else { return nil }
      let residence = ResidenceBody(
        place: member.place ?? place, household: family.household.id, relation: relation)
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
