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
  /// Under which identifier the person comes in: a form that is sent twice brings in one.
  var subject: Identifier
  var similar: [SimilarPerson] = []
  /// Persons with the number that was entered, who are no patients of the visitor's facility.
  var elsewhere: [PersonEntry] = []
  /// Whether somebody whom the visitor may not see is very likely the same.
  var isPerhapsElsewhere = false
  /// Why nothing was done, in words.
  var refusal: String?
  /// Whether somebody said that a girl is the mother.
  var isMotherChecked = false
  /// What is hardly so about the relation to the head, in words.
  var relationDoubt: String?
  /// Whether somebody said that a relation that is hardly so is so.
  var isRelationChecked = false
  /// Whether the head is to be changed once the person is registered.
  var becomesHead = false
  /// The head of the family into which somebody would come as its head.
  var otherHead: PersonEntry?
  /// Where the family lives into which somebody would come by its card, who lives elsewhere.
  var familyElsewhere: String?
  /// The card and the place of which somebody said that it is so.
  var livesApart: String?
  /// The mother of a newborn, whose record is known.
  private let mother: PersonRecord?

  private var words: Words { visit.words }

  init(
    _ visit: Visit, form: PersonForm? = nil, family asked: Identifier? = nil,
    mother motherAsked: Identifier? = nil
  ) throws {
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
    let motherID = try motherAsked ?? visit.query.required("mother_id", { Identifier(text: $0) })
    mother = try motherID.map { try visit.person($0, for: .registerPerson) }
    self.form = form ?? PersonForm()
    subject = .fresh(at: visit.site.now)
    if form == nil { fillIn() }
  }

  /// What the page that led here knows: the family, and the mother of a newborn.
  private mutating func fillIn() {
    form.set(.since, Format.iso(visit.today))
    if let family {
      // Of a home in which somebody is hidden nothing is told but where those live who are seen.
      let body = family.hiddenMembers > 0 ? HouseholdBody() : family.household.body
      let place = body.place ?? family.members.first?.place
      form.set(.place, place?.text ?? "")
      form.set(.card, String(decoding: body.familyCardNumber, as: UTF8.self))
      // How somebody stands to the head is asked: most who are added are no children.
      if family.present.isEmpty { form.set(.relation, "\(HouseholdRelation.head.rawValue)") }
    } else if mother == nil, visit.registeringFacilities.isEmpty {
      // Where there is one place only, nothing is to be chosen.
      let homes = PersonFields(visit: visit).homes(for: .registerPerson)
      if let home = homes.first, homes.count == 1 { form.set(.place, home.id.text) }
    }
    guard let record = mother else { return }
    if family == nil, let place = record.person.place { form.set(.place, place.text) }
    form.set(.born, visit.query["born"] ?? Format.iso(visit.today))
    let order = visit.query["order"] ?? "1"
    let name = words("people.baby_of", ["name": visit.name(of: record.person)])
    form.set(.name, order == "1" ? name : "\(name) \(order)")
    form.set(.mother, record.person.name)
    // Whom others registered a facility knows by a masked NIK.
    if !record.isLimited { form.set(.mother_nik, record.person.nationalIdentityNumber) }
    form.set(.birth_order, order)
    let isHers = family.map { $0.household.id == record.person.household } ?? false
    let relation = isHers ? RegisterPage.relation(ofChildOf: record.person.relation) : .child
    form.set(.relation, "\(relation.rawValue)")
  }

  /// Whether weight and length at birth are asked: of a newborn.
  var asksBirth: Bool { mother != nil || form.isOfNewborn(on: visit.today) }

  /// What is asked of a mother who is hardly one; nothing where it is not.
  var youngMother: String? {
    get throws {
      guard let mother, let age = try visit.ageOfDoubtfulMother(mother.person) else { return nil }
      return words(
        "people.young_mother",
        ["name": visit.name(of: mother.person), "age": visit.format.whole(age)])
    }
  }

  /// How a child stands to the head of a household in which its mother stands to them so.
  private static func relation(ofChildOf mother: HouseholdRelation?) -> HouseholdRelation {
    switch mother {
    case .head, .spouse, nil: .child
    case .child, .childInLaw: .grandchild
    case .grandchild, .parent, .parentInLaw, .otherRelative: .otherRelative
    case .domesticWorker, .other: .other
    }
  }

  func rendering() throws -> Rendering {
    let text = PersonFields(visit: visit)
    let title = words["people.register"]
    let facilities = visit.registeringFacilities
    let household = try family.flatMap { try FamilyPage.namesake(of: $0, visit) }
    let places = text.places(
      for: .registerPerson, chosen: form.place ?? form.values[.place].flatMap(Identifier.init))
    return Rendering(
      template: "register", title: title, crumbs: visit.homeCrumbs(title),
      fields: [
        "f": text.form(form), "subject": subject.text, "form_token": visit.visitor.formToken,
        "family": family?.household.id.text,
        "family_name": household.map { words("people.family_of", ["name": visit.name(of: $0)]) },
        "mother_id": mother?.person.id.text, "asks_birth": asksBirth,
        "mother_name": mother.map {
          words("people.newborn_of", ["name": visit.name(of: $0.person)])
        },
        "young_mother": try youngMother, "is_mother_checked": isMotherChecked,
        "relation_doubt": relationDoubt, "is_relation_checked": isRelationChecked,
        "keeps_becoming_head": otherHead == nil && becomesHead,
        "other_head": otherHead.map {
          words("people.other_head", ["name": visit.name(of: $0)])
        },
        "family_elsewhere": familyElsewhere.map {
          words("people.family_elsewhere", ["home": $0])
        }, "lives_apart": livesApart, "keeps_living_apart": familyElsewhere == nil,
        "is_protected": try mother.map { try !visit.protection(ofMother: $0.person).isEmpty }
          ?? false,
        "place_groups": places, "no_places": places.isEmpty,
        "facilities": facilities.map { place -> Fields in
          ["id": place.id.text, "name": visit.named(place)]
        },
        "lives_anywhere": !facilities.isEmpty, "choose_facility": facilities.count > 1,
        "refusal": refusal,
        "has_elsewhere": !elsewhere.isEmpty,
        "elsewhere": try elsewhere.map { try EssentialRecord(visit, $0).fields() },
        "perhaps_elsewhere": isPerhapsElsewhere,
        "has_similar": !similar.isEmpty || isPerhapsElsewhere,
        "has_seen_similar": !similar.isEmpty,
        "similar": try similar.map { entry -> Fields in
          let person = try visit.shown(entry.person)
          return [
            "name": visit.name(of: person), "url": Links.person(person.id),
            "born": person.birthDate.map(visit.format.date),
            "mother": person.motherName, "home": text.home(person.place),
            "nik": PersonText.maskedNumber(person.nationalIdentityNumber),
            "is_likely": entry.evidence.proposal == .likely,
            // Why two records are alike would tell what is not shown.
            "reasons": try visit.isLimited(entry.person) ? [] : text.reasons(entry.evidence),
          ]
        },
      ])
  }
}

extension Identifier {
  fileprivate init?(_ text: String) { self.init(text: text) }
}

extension Visit {
  /// The facilities for which the visitor registers patients who live elsewhere.
  var registeringFacilities: [Place] {
    guard visitor.rights.mayForOwnPatients(.registerPerson) else { return [] }
    return visitor.rights.ownFacilities.compactMap { tree.places[$0] }
  }

  /// Whether somebody who lives there may be registered: in the area, or by a facility whose
  /// patient the person becomes.
  private func mayRegister(at place: Identifier) -> Bool {
    if visitor.rights.may(.registerPerson, at: place) { return true }
    return !registeringFacilities.isEmpty && tree.places[place]?.kind == .village
  }

  /// First shows who may be the same person, then writes.
  func register(_ form: Form) async throws -> Response {
    var entered = PersonForm(form, today: today, words: words)
    entered.readHome(
      form, tree: tree, allowed: mayRegister, today: today, words: words)
    let family = Identifier(text: form["family"])
    let mother = try Identifier(text: form["mother_id"]).map { try person($0).person }
    var page = try RegisterPage(self, form: entered, family: family, mother: mother?.id)
    if let subject = Identifier(text: form["subject"]) { page.subject = subject }
    if let born = entered.person.birthDate, let herBirth = mother?.birthDate, born <= herBirth {
      entered.refuseBirth(words["people.problems.before_mother"])
      page.form = entered
    }
    if page.asksBirth {
      entered.readBirth(format)
      page.form = entered
    }
    let facility =
      registeringFacilities.first { $0.id.text == form["facility"] }
      ?? registeringFacilities.first
    let isNew = form.isTicked("is_new")
    let number = String(decoding: entered.person.nationalIdentityNumber, as: UTF8.self)
    if let facility, !isNew, !number.isEmpty {
      if let answer = try await patientElsewhere(number, of: facility.id, form, &page) {
        return answer
      }
    }
    page.isRelationChecked = form.isTicked("is_relation_checked")
    page.becomesHead = form.isTicked("becomes_head")
    page.livesApart = form.isTicked("lives_there") ? form["lives_there"] : nil
    page.isMotherChecked = form.isTicked("is_mother_checked")
    if !page.isMotherChecked, try page.youngMother != nil {
      return try respond(page.rendering(), status: .badRequest)
    }
    guard entered.isFit, let place = entered.place, let relation = entered.relation,
      let since = entered.since
    else { return try respond(page.rendering(), status: .badRequest) }
    let typed = TypedDigits(form["card"].utf8)
    let isCard = typed.otherCharacters == 0 && FamilyCardNumber(typed.digits) != nil
    let card = isCard ? String(decoding: typed.digits, as: UTF8.self) : ""
    let household = try family ?? FamilyPage.joined(byCard: card, livingAt: place, self)
    // Of who is added on a family's page the place was chosen beside that family.
    if family == nil, let home = try FamilyPage.otherHome(of: household, than: place, self) {
      let told = "\(card) \(place.text)"
      if page.livesApart != told { page.familyElsewhere = home }
      page.livesApart = told
    }
    if let answer = try askOfRelation(
      relation, born: entered.person.birthDate, household, form, page)
    {
      return answer
    }
    if !isNew {
      let similar = try district.similar(
        to: PersonDraft(person: entered.person, place: place, familyCardNumber: card), tree: tree)
      page.similar = try similar.filter { try may(.seePerson, with: $0.person) }
      if let answer = try await perhapsElsewhere(similar, &page) { return answer }
      if !page.similar.isEmpty { return try respond(page.rendering()) }
    }
    var registration = Registration(
      person: entered.person, place: place, relation: relation, since: since)
    registration.household = household
    registration.familyCardNumber = isCard ? typed.digits : Array(form["card"].utf8)
    registration.cameFrom = Array(form["came_from"].utf8)
    if !visitor.rights.may(.registerPerson, at: place) { registration.facility = facility?.id }
    if let born = entered.person.birthDate, born == since || mother != nil {
      registration.since = born
      registration.reason = .birth
    }
    // Her record, and not her name alone, so that both are found from each other.
    registration.person.mother = mother?.id
    let subject = page.subject
    let mothers =
      try mother.map { [$0] }
      ?? district.persons(
        withNumber: String(decoding: entered.person.motherNationalIdentityNumber, as: UTF8.self))
    if let born = registration.person.birthDate, mothers.count == 1 {
      registration.person.gestationalAgeAtBirth = try gestation(
        ofBirthOn: born, by: mothers[0])
    }
    // Who bears the name of somebody hidden would tell where she lives.
    let protection = try mothers.flatMap(protection(ofMother:)).map { body in
      recording.fact(.restriction, of: subject, on: today, at: place, body.bytes)
    }
    let isWritten = try await write(
      registration.facts(recording, as: subject) + protection,
      provided: [.unregistered(subject)],
      action: .registerPerson, route: "POST /people", subjects: [subject])
    // How the others stand to a new head is asked where the head of a family is changed.
    if isWritten, let household, form.isTicked("becomes_head") {
      // What was asked about the head already is not asked again.
      let checked = page.isRelationChecked ? [("head_checked", subject.text)] : []
      return redirect(
        to: Links.address(
          Links.family(household) + "/edit", [("head", subject.text)] + checked))
    }
    return redirect(
      to: Links.address(
        Links.person(subject), [("done", isWritten ? "registered" : "registered_already")]))
  }

  /// Asks once where the family has a head already, where the relation is hardly so, and where the
  /// family lives elsewhere.
  ///
  /// - Returns: the answer; nothing where there is nothing to ask.
  private func askOfRelation(
    _ relation: HouseholdRelation, born: CivilDate?, _ household: Identifier?, _ form: Form,
    _ page: RegisterPage
  ) throws -> Response? {
    var page = page
    let doubts = try RelationDoubts(
      self, family: household.flatMap { try district.family($0, on: today) })
    page.otherHead = doubts.otherHead(relation)
    if !page.isRelationChecked {
      page.relationDoubt = doubts.doubt(relation, born: born)
    }
    guard page.otherHead != nil || page.relationDoubt != nil || page.familyElsewhere != nil else {
      return nil
    }
    return try respond(page.rendering(), status: .badRequest)
  }

  /// By what a child is protected with its mother, as far as the visitor may protect her.
  fileprivate func protection(ofMother mother: PersonEntry) throws -> [RestrictionBody] {
    guard try may(.protectPerson, with: mother) else { return [] }
    return try district.restrictions(of: mother, on: today).map(\.body)
  }

  /// Says that somebody out of reach is very likely the same, and not a word of whom. Such a hint
  /// counts as a search by number: else whoever tries names learns who is registered.
  ///
  /// - Returns: the answer; nothing where nobody out of reach is.
  private func perhapsElsewhere(
    _ similar: [SimilarPerson], _ page: inout RegisterPage
  ) async throws -> Response? {
    let isElsewhere = try similar.contains {
      try $0.evidence.proposal == .likely && !may(.seePerson, with: $0.person)
    }
    guard isElsewhere, let worker = visitor.worker, isSigningIn else { return nil }
    do {
      try await access.countNumberSearch(by: worker.id, at: site.now)
    } catch let refusal as AccessRefusal {
      page.refusal = AccessText(self).sentence(refusal)
      return try respond(page.rendering(), status: refusal.status)
    }
    page.isPerhapsElsewhere = true
    return try respond(page.rendering())
  }

  /// Somebody with that number who is no patient of the facility yet: shown first, and taken on
  /// where the form says that it is this person.
  ///
  /// - Returns: the answer; nothing where nobody has that number.
  private func patientElsewhere(
    _ number: String, of facility: Identifier, _ form: Form, _ page: inout RegisterPage
  ) async throws -> Response? {
    do {
      page.elsewhere = try await personsElsewhere(withNumber: number)
    } catch let refusal as AccessRefusal {
      page.refusal = AccessText(self).sentence(refusal)
      return try respond(page.rendering(), status: refusal.status)
    }
    guard !page.elsewhere.isEmpty else { return nil }
    guard let person = page.elsewhere.first(where: { $0.id.text == form["patient"] }) else {
      return try respond(page.rendering())
    }
    _ = try await write(
      [person.patient(of: facility, on: today, recording)], action: .registerPerson,
      route: "POST /people", subjects: [person.id])
    return redirect(to: Links.address(Links.person(person.id), [("done", "patient")]))
  }
}
