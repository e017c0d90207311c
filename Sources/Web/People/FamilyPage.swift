import Health
import Journal
import Services

/// A family: its members and its home.
struct FamilyPage {
  private let visit: Visit
  private let family: Family
  private let members: [PersonEntry]
  private let text: PersonFields

  private var words: Words { visit.words }

  init(_ visit: Visit, family: Family) throws {
    self.visit = visit
    self.family = family
    text = PersonFields(visit: visit)
    let place = family.household.body.place ?? family.members.first?.place
    if let place { visit.log.note(place: place) }
    members = try FamilyPage.members(of: family, visit)
    isKnownOnly = !visit.visitor.rights.may(.seeFamily, at: place)
    guard !members.isEmpty || !isKnownOnly else { throw PageProblem.outOfReach }
  }

  /// Those of the family whom the visitor may see anyhow. Who belongs to a home in reach and lives
  /// out of reach is as little named here as their own page opens.
  static func members(of family: Family, _ visit: Visit) throws -> [PersonEntry] {
    let place = family.household.body.place ?? family.members.first?.place
    let isInReach = visit.visitor.rights.may(.seeFamily, at: place)
    return try family.members.filter {
      try visit.may(isInReach ? .seePerson : .seeFamily, with: $0)
    }
  }

  /// Under whose name a family goes for the visitor: the head, else the eldest who lives there, of
  /// those who may be seen.
  static func namesake(of family: Family, _ visit: Visit) throws -> PersonEntry? {
    let members = try members(of: family, visit)
    let here = members.filter { member in family.present.contains { $0.id == member.id } }
    return here.first { $0.id == family.head?.id } ?? Family.eldest(of: here) ?? members.first
  }

  /// The family with that card that somebody who lives at a place may come into. A card of a home
  /// out of reach is as good as unknown, unless the person goes out of reach too: else whoever
  /// knows a card's number could open that home by entering somebody into it.
  static func joined(
    byCard card: String, livingAt place: Identifier, _ visit: Visit
  ) throws -> Identifier? {
    let goesAway = !visit.visitor.rights.may(.seeFamily, at: place)
    return try visit.district.households(withCard: card).first { household in
      if goesAway { return true }
      guard let family = try visit.district.family(household.id, on: visit.today) else {
        return false
      }
      return try !FamilyPage.members(of: family, visit).isEmpty
        || visit.visitor.rights.may(.seeFamily, at: household.body.place)
    }?.id
  }

  /// Where a family lives into which somebody would come who lives at another place; nothing where
  /// it is the same, or the visitor may not know of it. A village and a Posyandu in it are no two
  /// places.
  static func otherHome(
    of household: Identifier?, than place: Identifier, _ visit: Visit
  ) throws -> String? {
    guard let household, let home = try visit.district.household(household)?.body.place,
      !visit.tree.isOneHome(home, place), visit.visitor.rights.may(.seeFamily, at: home)
    else { return nil }
    return PersonFields(visit: visit).home(home)
  }

  /// Whether the visitor sees only those of the family whom their facility knows. Others may live
  /// there: how many of them is not told.
  private let isKnownOnly: Bool

  /// Whether somebody of the family is hidden: then what tells of the home tells of them.
  private var isPart: Bool { family.hiddenMembers > 0 }

  /// What those need whose whole care the visitor may see.
  private func needs(of persons: [PersonEntry]) throws -> [Int64: CareNeeds] {
    try visit.district.careNeeds(
      of: try persons.filter {
        try visit.may(.seeCare, with: $0) && visit.onlyCare(of: $0) == nil
      }, on: visit.today, knowing: visit.visitor.rights.sensitiveMatters)
  }

  func rendering() throws -> Rendering {
    let body = isPart ? HouseholdBody() : family.household.body
    let here = members.filter { $0.diedOn == nil && $0.place != nil }
    let head = try FamilyPage.namesake(of: family, visit)
    let elsewhere = isKnownOnly ? 0 : family.present.count - here.count
    let name = head.map { words("people.family_of", ["name": visit.name(of: $0)]) }
    let title = name ?? words["people.family"]
    let gone = members.filter { $0.diedOn != nil || $0.place == nil }
    func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    let needs = try needs(of: here)
    let place = body.place ?? head?.place
    let home = place.flatMap { visit.tree.places[$0] }
    let editAddress =
      !isPart && visit.visitor.rights.may(.changeFamily, at: place)
      ? Links.family(family.household.id) + "/edit" : nil
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
        "count": isPart || isKnownOnly
          ? nil : words("people.member_count", ["count": visit.format.whole(here.count)]),
        "is_part": isPart, "is_known_only": isKnownOnly,
        // Said whether or not somebody is hidden: else it would tell where somebody is protected.
        "may_hide": !isKnownOnly && !visit.visitor.rights.may(.seeProtected, at: place),
        "elsewhere": elsewhere == 0
          ? nil : words("people.members_elsewhere", ["count": visit.format.whole(elsewhere)]),
        "members": try here.map { try row($0).merging(care($0, needs[$0.number])) },
        "gone": try gone.map(row), "has_gone": !gone.isEmpty,
        "dwelling": isPart ? nil : dwelling(),
        "index": isPart ? nil : FamilyIndexText(visit, family.index).fields(),
        "add_url": !isPart && visit.visitor.rights.may(.registerPerson, at: place)
          ? Links.address("/people/new", [("family", family.household.id.text)]) : nil,
        "edit_url": editAddress,
        "ask_head_url": family.head == nil && !family.present.isEmpty ? editAddress : nil,
        "second_heads": secondHeads(here), "second_heads_url": editAddress,
        "done": visit.query["done"].flatMap { words.find("people.done_\($0)") },
      ])
  }

  /// Who is recorded as head beside the one who is; nothing where nobody is.
  private func secondHeads(_ here: [PersonEntry]) -> String? {
    let others = here.filter(family.isSecondHead)
    guard let head = here.first(where: { $0.id == family.head?.id }), !others.isEmpty else {
      return nil
    }
    return words(
      "people.second_heads",
      [
        "head": visit.name(of: head),
        "others": others.map { visit.name(of: $0) }.joined(separator: ", "),
      ])
  }

  private func row(_ person: PersonEntry) throws -> Fields {
    [
      "name": visit.name(of: person), "url": visit.link(to: person),
      // Of a girl the way stands on her own page.
      "newborn_url": try visit.ageOfDoubtfulMother(person) == nil
        ? visit.newbornLink(of: person, in: family.household.id) : nil,
      "relation": family.relation(of: person).map { words["relations.\($0.code)"] }
        ?? words[family.isSecondHead(person) ? "people.relation_to_ask" : "common.none"],
      "age": text.age(person), "stage": person.diedOn == nil ? text.stage(person) : nil,
      "sex": person.sex.map { words["sexes.\($0.code)_short"] },
      "born": person.birthDate.map(visit.format.date),
      "nik": PersonText.maskedNumber(person.nationalIdentityNumber) ?? words["people.no_nik"],
      "apart": apart(person),
      "died": try person.diedOn.map { words("search.died", ["date": visit.format.date($0)]) }
        ?? left(person),
    ]
  }

  /// Where a member lives who lives elsewhere than the family; nothing where it is the same.
  private func apart(_ person: PersonEntry) -> String? {
    guard !isPart, let home = family.household.body.place, let place = person.place,
      person.diedOn == nil, !visit.tree.isOneHome(home, place)
    else { return nil }
    return text.home(place).map { words("people.merge_home", ["home": $0]) }
  }

  /// That somebody left, and where to, as far as it was told and the visitor may know it.
  private func left(_ person: PersonEntry) throws -> String? {
    guard person.place == nil else { return nil }
    let departure = try visit.isLimited(person) ? nil : visit.district.departure(of: person)
    return Destinations(visit).text(departure?.to)
      .map { words("people.left_to", ["place": $0]) } ?? words["people.left"]
  }

  /// `2 terlambat · 1 tanda bahaya`, with the way to the plan.
  private func care(_ person: PersonEntry, _ needs: CareNeeds?) -> Fields {
    guard let needs, !needs.isEmpty else { return [:] }
    let counts = [
      (needs.dangers, "dangers"), (needs.overdue, "overdue"), (needs.due, "due"),
    ]
    return [
      "care_url": Links.care(of: person.id),
      "care": counts.filter { $0.0 > 0 }
        .map { words("care.needs.\($0.1)", ["count": visit.format.whole($0.0)]) }
        .joined(separator: " · "),
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

extension PlaceTree {
  /// Whether two places are no two homes: a village and a Posyandu in it are one.
  func isOneHome(_ one: Identifier, _ other: Identifier) -> Bool {
    path(from: one).contains { $0.id == other } || path(from: other).contains { $0.id == one }
  }
}
