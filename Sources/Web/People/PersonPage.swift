import Health
import Journal
import Services

/// A person: who, where, with whom, and the ways on.
struct PersonPage {
  private let visit: Visit
  private let record: PersonRecord
  private let text: PersonFields

  private var words: Words { visit.words }
  private var person: PersonEntry { record.person }

  init(_ visit: Visit, record: PersonRecord) {
    self.visit = visit
    self.record = record
    text = PersonFields(visit: visit)
  }

  func rendering() throws -> Rendering {
    let name = visit.name(of: person)
    let summary = record.summary
    func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    let home = person.place.flatMap { visit.tree.places[$0] }
    let mayGrowth = try visit.may(.seeGrowth, with: person)
    let (children, spouses) = (try relatives(record.children), try relatives(record.spouses))
    let mother = try visit.mother(of: record)
    let fatherName = string(summary.person.fatherName)
    let father =
      record.isLimited
      ? nil
      : try visit.district.parent(named: fatherName, .male, of: person)
    let parents = [
      (try mother.map { try relatives([$0]) } ?? [], RelationKind.mother),
      (try father.map { try relatives([$0]) } ?? [], .father),
    ].flatMap { rows, kind in
      rows.map { $0.merging(["kind": words["relation_kinds.\(kind.rawValue)"]]) }
    }
    let crumbs = home.map { visit.crumbs(to: $0) } ?? visit.homeCrumbs(words["people.title"])
    return Rendering(
      template: "person", title: name, crumbs: crumbs + [Crumb(name: name)],
      fields: [
        "name": name, "age": text.age(person),
        "stage": person.diedOn == nil ? text.stage(person) : nil,
        "told_number": toldNumber,
        "temporary": person.nationalIdentityNumber.isEmpty
          ? string(TemporaryNumber(person.id).text) : nil,
        "has_relatives": !children.isEmpty || !spouses.isEmpty || !parents.isEmpty,
        "parents": parents,
        "sex": person.sex.map { words["sexes.\($0.code)"] },
        "born": person.birthDate.map(visit.format.date),
        "is_estimated": summary.person.birthDateCertainty == .estimatedFromAge,
        "birth_place": string(summary.person.birthPlace),
        "nik": record.isLimited
          ? PersonText.maskedNumber(person.nationalIdentityNumber) : person.nationalIdentityNumber,
        "telephone": string(summary.person.telephone),
        "mother": try relative(mother, named: person.motherName),
        "father": fatherName,
        "birth_order": summary.person.birthOrder.map { "\($0)" },
        "home": text.home(person.place),
        "relation": summary.relation.map { words["relations.\($0.code)"] },
        "family_url": try visit.may(.seeFamily, with: person)
          ? person.household.map { Links.family($0) } : nil,
        "family_home": try familyHome(), "insurance": insurance,
        "died": text.died(person),
        "departed": Destinations(visit).sentence(summary),
        "children": children, "spouses": spouses,
        "growth_url": record.hasMeasurements && mayGrowth ? Links.child(person.id) : nil,
        "care_url": try visit.may(.seeCare, with: person)
          ? Links.care(of: person.id) : nil,
        "not_shared": notShared(mayGrowth: mayGrowth),
        "ties": try FacilityTies(visit, record.person, home: record.home).fields(),
        "form_token": visit.visitor.formToken,
        "merged": record.mergedRecords.isEmpty
          ? nil
          : words("people.merged", ["count": visit.format.whole(record.mergedRecords.count)]),
        "restricted": try visit.district.restrictions(of: person, on: visit.today).first.map {
          words["protection.on_page_\($0.body.reason?.code ?? "other")"]
        },
        // Many wait at a Posyandu: the next one is registered from here.
        "next_url": visit.query["done"] == "registered"
          && visit.visitor.rights.may(.registerPerson) ? "/people/new" : nil,
        "done": try visit.done(about: person),
        "warnings": record.isLimited ? [] : try IdentityWarnings(visit, record: record).fields(),
        "ways": try ways(), "history_url": "/people/\(person.id.text)/history",
        // Where nobody signs in there is no log to tell who looked.
        "access_url": try visit.isSigningIn && visit.may(.showAccess, with: person)
          ? "/people/\(person.id.text)/access" : nil,
      ])
  }

  /// Where the family lives of somebody who lives elsewhere; nothing where it is the same, or the
  /// visitor may not know of it: the home of a family of which somebody is hidden tells of them.
  private func familyHome() throws -> String? {
    guard person.isPresent, !record.isLimited, try visit.may(.seeFamily, with: person),
      let place = person.place, let household = person.household,
      try visit.district.family(household, on: visit.today)?.hiddenMembers == 0
    else { return nil }
    return try FamilyPage.otherHome(of: person.household, than: place, visit)
      .map { words("people.family_home_elsewhere", ["home": $0]) }
  }

  /// That others recorded something that is not shown; nothing where all of it is.
  private func notShared(mayGrowth: Bool) -> String? {
    if record.isLimited { return words["consents.record_not_shared"] }
    let hidesGrowth =
      record.hasMeasurements && !mayGrowth && visit.visitor.rights.may(.seeGrowth)
    return hidesGrowth ? words["consents.growth_not_shared"] : nil
  }

  /// `JKN PBI, dicatat 5 Juni 2026`; one that has ended is said so.
  private var insurance: String? {
    guard let insurance = record.summary.insurance, let told = record.summary.insuranceToldOn else {
      return nil
    }
    let ended = insurance.until.flatMap { $0 < visit.today ? $0 : nil }
    return words(
      ended == nil ? "people.insurance_told" : "people.insurance_ended",
      [
        "kind": words["insurance_kinds.\(insurance.kind.rawValue)"],
        "day": visit.format.date(ended ?? told),
      ])
  }

  /// What was told as NIK and is none, as far as it may be shown.
  private var toldNumber: String? {
    let told = String(decoding: record.summary.person.toldIdentityNumber, as: UTF8.self)
    if told.isEmpty { return nil }
    return record.isLimited ? PersonText.maskedNumber(told) : told
  }

  /// What the visitor may do with this record.
  private func ways() throws -> [Fields] {
    let id = person.id.text
    var ways: [(Action, String, String)] = [(.correctPerson, "edit", "correct")]
    if person.diedOn == nil { ways.append((.movePerson, "move", "move")) }
    ways.append((.recordDeath, "death", person.diedOn == nil ? "death" : "death_known"))
    ways += [
      (.decideMerge, "same", "same"), (.issueCard, "card", "card"),
      (.recordConsent, "consent", "consent"),
      (.takeSubjectRequest, "requests", "requests"),
      (.protectPerson, "protection", "protection"),
    ]
    if person.diedOn == nil, MarriagePage.isOldEnough(person, on: visit.today) {
      ways.insert((.movePerson, "marriage", "marriage"), at: 2)
    }
    var shown = try ways.filter { try mayDo($0.0) }.map { way -> Fields in
      ["url": "/people/\(id)/\(way.1)", "label": words["people.way_\(way.2)"]]
    }
    if let url = visit.newbornLink(of: person, in: person.household) {
      shown.insert(["url": url, "label": words["people.way_newborn"]], at: 0)
    }
    return shown
  }

  private func mayDo(_ action: Action) throws -> Bool {
    if action == .correctPerson, record.hidesMother { return false }
    return try visit.may(action, with: person)
      || (action == .correctPerson && visit.mayCorrectOwn(record))
  }

  private func relative(_ entry: PersonEntry?, named name: String) throws -> Fields? {
    // Her name stands in this record, whether or not hers may be seen.
    guard let entry, try visit.may(.seePerson, with: entry) else {
      return name.isEmpty ? nil : ["name": name]
    }
    return try relatives([entry]).first
  }

  /// Relatives whose own records the visitor may see.
  private func relatives(_ entries: [PersonEntry]) throws -> [Fields] {
    try entries.filter { try visit.may(.seePerson, with: $0) }.map { entry in
      // Under a name of its own: of whom no age is known the person's would be shown.
      [
        "name": visit.name(of: entry), "relative_age": text.age(entry),
        "relative_died": text.died(entry), "url": Links.person(entry.id),
      ]
    }
  }
}

extension Visit {
  /// The ages, in whole years, at which a woman may have given birth: wide, for the youngest and
  /// oldest mothers need care most.
  static let agesOfMothers = 10...54
  /// Below this age, in whole years, a newborn is taken for a woman's only where she is known to be
  /// or to have been pregnant, or somebody says so: beside a girl of eleven the way to it is a slip of
  /// the finger, or a question for who protects her.
  static let ageOfUnaskedMothers = 15

  /// The way to register a woman's newborn; nothing where she cannot be a mother now, or where the
  /// visitor may not register anybody there.
  ///
  /// - Parameters:
  ///   - born: the day of the birth where it is known.
  ///   - order: which of several of that birth is next.
  func newbornLink(
    of mother: PersonEntry, in household: Identifier?, born day: CivilDate? = nil,
    order: Int? = nil
  ) -> String? {
    guard mother.sex == .female, mother.diedOn == nil, let born = mother.birthDate, born <= today,
      Visit.agesOfMothers.contains(Int(today.completedMonths(since: born).count) / 12),
      visitor.rights.may(.registerPerson, at: mother.place)
    else { return nil }
    return Links.address(
      "/people/new",
      [
        ("family", household?.text), ("mother_id", mother.id.text), ("born", day.map(Format.iso)),
        ("order", order.map { "\($0)" }),
      ])
  }

  /// How old a girl is of whom it must be said that she is the mother, in whole years; nothing where
  /// she is old enough, or known to be or to have been pregnant.
  func ageOfDoubtfulMother(_ mother: PersonEntry) throws -> Int? {
    guard mother.sex == .female, let born = mother.birthDate, born <= today else { return nil }
    let age = Int(today.completedYears(since: born).count)
    guard age < Visit.ageOfUnaskedMothers else { return nil }
    // Who is not shown her care does not learn from this that she was pregnant.
    let isKnown =
      try may(.seeCare, with: mother) && onlyCare(of: mother) == nil
      && district.hasPregnancy(mother)
    return isKnown ? nil : age
  }

  /// The mother of a person: her record where it is joined, else the woman of that name in the
  /// family. Of whom little is shown only the mother whom that tells of.
  func mother(of record: PersonRecord) throws -> PersonEntry? {
    if record.isLimited || record.mother != nil { return record.mother }
    return try district.parent(named: record.person.motherName, .female, of: record.person)
  }

  /// Whether the visitor recorded who this is, less than two days ago.
  func mayCorrectOwn(_ record: PersonRecord) throws -> Bool {
    let rights = visitor.rights
    guard let fact = record.personFact, let stored = try district.history(of: fact),
      let worker = visitor.worker, stored.fact.fact.recorder == worker.id
    else { return false }
    // Who takes on somebody whom others know does not thereby say who it is, wherever they live.
    guard record.otherPersonFacts.isEmpty else { return false }
    let isOwnPatient =
      try rights.mayForOwnEntriesOfPatients(.correctPerson)
      && district.isKnown(record.person, to: rights.ownFacilities)
    guard isOwnPatient || rights.mayForOwnEntries(.correctPerson, at: record.person.place) else {
      return false
    }
    return site.now.milliseconds - stored.fact.fact.recordedAt.milliseconds < 2 * 86_400_000
  }

  /// The person with that identifier, whom the visitor may see.
  func person(_ id: Identifier, for action: Action = .seePerson) throws -> PersonRecord {
    guard let record = try district.person(id) else { throw PageProblem.notFound }
    try require(action, of: record.person)
    guard try isLimited(record.person) else { return record }
    return try district.record(record, asToldAt: visitor.rights.ownFacilities)
  }

  /// The way to a person's page; nothing for who may not see it.
  func link(to person: PersonEntry) -> String? {
    (try? may(.seePerson, with: person)) == true ? Links.person(person.id) : nil
  }
}
