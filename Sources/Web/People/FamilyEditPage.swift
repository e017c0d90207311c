import Exchange
import Health
import HTTPTypes
import Hummingbird
import Journal
import Programmes
import Services

/// Where a family's data is changed, what was seen of the home is entered, and the family's replies.
struct FamilyEditPage {
  let visit: Visit
  let family: Family
  /// Those who live and whom the visitor may see: of no others the form tells or asks anything.
  let present: [PersonEntry]
  /// How those who live there are insured.
  let insurances: [Identifier: KnownInsurance]
  private let ties: FamilyTies
  private let doubts: RelationDoubts
  /// What stood when the page was made.
  let basis: Basis
  var form: Form?
  var problem: String?
  /// Whether somebody else was quicker, and this is what stands now.
  var changedMeanwhile = false
  /// Who is to become head, as the page that led here says.
  private let proposedHead: Identifier?

  private var words: Words { visit.words }
  private var body: HouseholdBody { family.household.body }

  init(_ visit: Visit, household: Identifier) throws {
    self.visit = visit
    basis = try visit.district.basis(.family(household))
    guard let family = try visit.district.family(household, on: visit.today) else {
      throw PageProblem.notFound
    }
    self.family = family
    proposedHead = try visit.query.required("head") { Identifier(text: $0) }
    ties = try visit.district.ties(of: family)
    doubts = try RelationDoubts(visit, family: family)
    present = try family.present.filter { try visit.may(.seePerson, with: $0) }
    insurances = try FamilyEditPage.insurances(of: present, visit)
    let place = family.household.body.place ?? family.members.first?.place
    if let place { visit.log.note(place: place) }
    // Who does not see all of a family cannot say who its head is.
    guard visit.visitor.rights.may(.changeFamily, at: place), family.hiddenMembers == 0 else {
      throw PageProblem.outOfReach
    }
  }

  /// The fields of the form, in its order; the questions of the index apart.
  private enum Field: String, CaseIterable {
    case card, head, rt, rw, address, water, latrine, smoke, washing, floor
  }

  /// What stands, as the form writes it.
  private func standing(_ field: Field) -> String {
    let seen = family.household.dwelling?.body
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    func flag(_ value: Bool?) -> String { value.map { $0 ? "yes" : "no" } ?? "" }
    return switch field {
    case .card: text(body.familyCardNumber)
    case .head: family.head?.id.text ?? ""
    case .rt: text(body.neighbourhood)
    case .rw: text(body.communityUnit)
    case .address: text(body.address)
    case .water: seen?.water.map { "\($0.rawValue)" } ?? ""
    case .latrine: seen?.latrine.map { "\($0.rawValue)" } ?? ""
    case .smoke: flag(seen?.hasSmokeInside)
    case .washing: flag(seen?.hasHandWashing)
    case .floor: flag(seen?.hasSolidFloor)
    }
  }

  /// Whether somebody left a field as it was when the form was opened, and another changed the
  /// family since: then what stands now is shown, for they said nothing of it.
  func isLeft(_ name: String) -> Bool {
    guard changedMeanwhile, let form, form.isTicked("was") else { return false }
    return form[name] == form["was_\(name)"]
  }

  /// What the fields were when the form was opened, as the form carries it.
  private func opened() -> [Fields] {
    let shown = changedMeanwhile ? nil : form
    let carried = shown.flatMap { $0.isTicked("was") ? $0 : nil }
    if shown != nil, carried == nil { return [] }
    let fields =
      Field.allCases.map { ($0.rawValue, standing($0)) }
      + present.map { (Visit.relationField(of: $0), standingRelation(of: $0)) }
      + insurancesStanding()
    return fields.map { name, value in
      ["field": name, "value": carried.map { $0["was_\(name)"] } ?? value]
    }
  }

  /// What the form shows: what was entered, else what stands.
  private func value(_ field: Field) -> String {
    if isLeft(field.rawValue) { return standing(field) }
    if field == .head, form == nil, let newHead { return newHead.id.text }
    return form?[field.rawValue] ?? standing(field)
  }

  func rendering() -> Rendering {
    let title = words["people.edit_family"]
    func options(_ field: Field, _ choices: [(value: String, name: String)]) -> [Fields] {
      choices.map { ["value": $0.value, "name": $0.name, "chosen": $0.value == value(field)] }
    }
    let index = FamilyIndexText(visit, family.index)
    return Rendering(
      template: "edit-family", title: title,
      crumbs: [
        Crumb(name: words["common.home"], url: "/"),
        Crumb(name: words["people.family"], url: Links.family(family.household.id)),
        Crumb(name: title),
      ],
      fields: [
        "url": Links.family(family.household.id), "form_token": visit.visitor.formToken,
        // A form to be mended stays one of what it was opened with.
        "based_on": (changedMeanwhile ? nil : form?["based_on"]) ?? basis.text,
        "has_was": !opened().isEmpty, "was": opened(), "problem": problem,
        "has_changed": changedMeanwhile, "changed": changedMeanwhile ? differences() : nil,
        "card": value(.card), "rt": value(.rt), "rw": value(.rw), "address": value(.address),
        "heads": options(.head, heads),
        "new_head": newHead.map { words("people.relations_anew", ["name": visit.name(of: $0)]) },
        "relations_of": newHead?.id.text,
        "head_doubt": headDoubt, "is_head_checked": isHeadChecked,
        "relations": present.filter { $0.id != (newHead ?? family.head)?.id }.map {
          member -> Fields in
          let chosen = relation(of: member)
          return [
            "field": Visit.relationField(of: member), "member": visit.name(of: member),
            "must": newHead != nil,
            "choices": relations(for: member).map {
              ["value": $0.value, "name": $0.name, "chosen": $0.value == chosen] as Fields
            },
          ]
        },
        "insurances": insuranceFields(),
        "waters": options(.water, waters), "latrines": options(.latrine, latrines),
        "flags": [Field.smoke, .washing, .floor].map { field -> Fields in
          [
            "name": field.rawValue, "label": words["people.\(field.rawValue)"],
            "yes": value(field) == "yes", "no": value(field) == "no",
          ]
        },
        "index": index.fields { item in form?["item_\(item.rawValue)"] ?? "" },
      ])
  }

  private var heads: [(value: String, name: String)] {
    let shown = present.map { (value: $0.id.text, name: visit.name(of: $0)) }
    // Where the head died or left nobody is chosen before somebody chooses.
    guard let head = family.head else { return [(value: "", name: "–")] + shown }
    if present.contains(where: { $0.id == head.id }) { return shown }
    return [(value: head.id.text, name: words["people.member_elsewhere"])] + shown
  }

  /// Who the form makes head of the family; nothing where the head stays.
  var newHead: PersonEntry? {
    if isLeft(Field.head.rawValue) { return nil }
    let asked = form.map { Identifier(text: $0["head"]) } ?? proposedHead
    guard let head = asked, head != family.head?.id else { return nil }
    return present.first { $0.id == head }
  }

  /// Why whoever is to become head is hardly one, in words; nothing where all is likely.
  private var headDoubt: String? {
    newHead.flatMap { doubts.doubt(.head, born: $0.birthDate) }
  }

  /// Whether somebody said that it is so, of this head and no other.
  private var isHeadChecked: Bool {
    let told = form.map { $0["head_checked"] } ?? visit.query["head_checked"]
    return newHead.map { told == $0.id.text } ?? false
  }

  /// Whether it is asked once more who is to become head.
  var asksAboutHead: Bool { headDoubt != nil && !isHeadChecked }

  /// Whether the form tells how all others stand to the head that it makes.
  var tellsRelations: Bool {
    guard let newHead, let form else { return true }
    let others = present.filter { $0.id != newHead.id }
    return others.isEmpty
      || isToldOfNewHead
        && others.allSatisfy { member in
          relations(for: member).contains {
            !$0.value.isEmpty && $0.value == form[Visit.relationField(of: member)]
          }
        }
  }

  /// Whether the relations of the form were asked for with the head that it makes.
  var isToldOfNewHead: Bool { newHead.map { form?["relations_of"] == $0.id.text } ?? false }

  /// How a member stands to the head by what was entered, else by what stands; to a new head as it
  /// follows from what is known, where that is certain.
  private func relation(of member: PersonEntry) -> String {
    if member.id == newHead?.id { return "\(HouseholdRelation.head.rawValue)" }
    let field = Visit.relationField(of: member)
    if newHead == nil, isLeft(field) { return standingRelation(of: member) }
    // Of who was head until now the form that makes another head did not ask.
    let entered = form.flatMap { $0.isTicked(field) ? $0[field] : nil }
    let isOffered = relations(for: member).contains { $0.value == entered }
    let standing = standingRelation(of: member)
    guard let newHead else { return (isOffered ? entered : nil) ?? standing }
    // What was answered of somebody else as head tells nothing of this one.
    let isOfAnotherHead = !isToldOfNewHead && !(form?["relations_of"] ?? "").isEmpty
    if let entered, isOffered, isToldOfNewHead || (entered != standing && !isOfAnotherHead) {
      return entered
    }
    return ties.relation(of: member.id, toNewHead: newHead.id).map { "\($0.rawValue)" } ?? ""
  }

  private func standingRelation(of member: PersonEntry) -> String {
    family.relation(of: member).map { "\($0.rawValue)" } ?? ""
  }

  /// How a member may stand to the head. Who becomes head is chosen above; the head of now may be
  /// something else from then on.
  private func relations(for member: PersonEntry) -> [(value: String, name: String)] {
    let relation = family.relation(of: member)
    let isHead = relation == .head && newHead == nil
    let isOpen = relation == nil || newHead != nil
    return (isOpen ? [(value: "", name: "–")] : [])
      + HouseholdRelation.allCases.filter { $0 != .head || isHead }
      .map { ("\($0.rawValue)", words["relations.\($0.code)"]) }
  }

  private var waters: [(value: String, name: String)] {
    WaterSource.allCases.map { ("\($0.rawValue)", words["water.\($0.rawValue)"]) }
  }
  private var latrines: [(value: String, name: String)] {
    Latrine.allCases.map { ("\($0.rawValue)", words["latrine.\($0.rawValue)"]) }
  }

  /// A value of the form as people read it.
  private func text(_ value: String, of field: Field) -> String {
    if value.isEmpty { return words["common.not_known"] }
    func name(_ choices: [(value: String, name: String)]) -> String {
      choices.first { $0.value == value }?.name ?? words["common.not_known"]
    }
    return switch field {
    case .card, .rt, .rw, .address: value
    case .head: name(heads)
    case .water: name(waters)
    case .latrine: name(latrines)
    case .smoke, .washing, .floor: words["common.\(value == "yes" ? "yes" : "no")"]
    }
  }

  private func label(_ field: Field) -> String {
    switch field {
    case .card: words["people.field_card"]
    case .rt, .rw: field.rawValue.uppercased()
    default: words["people.\(field.rawValue)"]
    }
  }

  /// Field by field: what was entered, and what stands now; of the index what was replied.
  private func differences() -> [Fields] {
    let fields = Field.allCases.filter { value($0) != standing($0) }.map { field -> Fields in
      [
        "label": label(field), "mine": text(value(field), of: field),
        "theirs": text(standing(field), of: field),
      ]
    }
    let standings = present.compactMap { member -> Fields? in
      let (mine, theirs) = (relation(of: member), standingRelation(of: member))
      guard mine != theirs else { return nil }
      func name(_ value: String) -> String {
        UInt8(value).flatMap(HouseholdRelation.init).map { words["relations.\($0.code)"] }
          ?? words["common.not_known"]
      }
      return ["label": visit.name(of: member), "mine": name(mine), "theirs": name(theirs)]
    }
    let replies = FamilyIndexText(visit, family.index).differences { item in
      form?["item_\(item.rawValue)"] ?? ""
    }
    return fields + standings + insuranceDifferences() + replies
  }
}
