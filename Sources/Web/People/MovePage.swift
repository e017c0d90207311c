import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// Where somebody moves house: to another place of the district, into another family, or away.
struct MovePage {
  private let visit: Visit
  let record: PersonRecord
  /// What stood when the page was made.
  let basis: Basis
  /// What stood of the family, who may move together.
  let familyBasis: Basis?
  /// Whether somebody else moved the person since.
  var changedMeanwhile = false
  /// The last move, which can be taken back.
  let lastMove: Fact?
  /// What was recorded with it of the others who moved along, and is taken back with it.
  /// Nothing where the move cannot be taken back any more.
  let together: (facts: [Fact], persons: [PersonEntry])?
  private let asked: Identifier?
  private var entered: [String: String] = [:]
  private var problems: [String: String] = [:]
  /// That the family lives elsewhere than where the person would live, to be looked at once.
  private var elsewhere: String?

  private var words: Words { visit.words }

  init(_ visit: Visit, person: Identifier) throws {
    self.visit = visit
    basis = try visit.district.basis(.person(person, MovePage.kinds))
    let record = try visit.person(person, for: .movePerson)
    self.record = record
    lastMove = try visit.district.lastMove(of: record.person)
    together =
      try lastMove.flatMap { move in
        try visit.district.movedTogether(with: move, of: record.person, on: visit.today) {
          (try? visit.may(.movePerson, with: $0)) == true
        }
      }
    familyBasis = try record.person.household.map { try visit.district.basis(.family($0)) }
    asked = try visit.query.required("within") { Identifier(text: $0) }
  }

  /// Where the person can move within the district.
  private var destinations: MoveDestinations {
    MoveDestinations(
      visit, asked: entered["within"].flatMap { Identifier(text: $0) } ?? asked,
      home: record.person.place)
  }

  /// What a move is decided on.
  static let kinds: Set<FactKind> = [.residence, .departure, .death]

  /// What taking the last move back would do.
  private func undoLead(_ name: String) -> String {
    guard let together else { return words["people.move_undo_later"] }
    if together.persons.isEmpty { return words("people.move_undo_lead", ["name": name]) }
    return words(
      "people.move_undo_together",
      [
        "name": name,
        "others": together.persons.map { visit.name(of: $0) }.joined(separator: ", "),
      ])
  }

  /// `Posyandu Melati 1, Desa Sei Kayu`, or `Kepindahan · Palangka Raya`.
  private func what(_ move: Fact) -> String {
    let told = FactText(visit, hidesMother: record.hidesMother).sentence(move)
    guard move.kind == .departure else { return told }
    return [words["fact_kinds.departure"], told].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  /// Who of the family lives elsewhere and does not move along; nothing where nobody does.
  private func staying() throws -> String? {
    let apart = try family().apart
    guard !apart.isEmpty else { return nil }
    return words(
      "people.with_family_apart",
      ["names": apart.map { visit.name(of: $0) }.joined(separator: ", ")])
  }

  func rendering() throws -> Rendering {
    let name = visit.name(of: record.person)
    let title = words["people.way_move"]
    let destinations = destinations
    let moving = PersonFields(visit: visit).moving(
      record.person, to: destinations.places, entered, problems)
    return Rendering(
      template: "move", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title),
      fields: moving.merging(destinations.fields()).merging([
        "based_on": basis.text,
        "died": record.person.diedOn.map {
          words("people.problems.dead_moves", ["date": visit.format.date($0)])
        },
        "last_move": lastMove.map { move -> Fields in
          [
            "on": visit.format.date(move.occurredOn),
            "what": what(move),
            "lead": undoLead(name), "may_undo": together != nil,
          ]
        },
        "changed": changedMeanwhile ? words["people.problems.changed"] : nil,
        "relations": HouseholdRelation.allCases.map { relation -> Fields in
          [
            "value": "\(relation.rawValue)", "name": words["relations.\(relation.code)"],
            "chosen": entered["relation"] == "\(relation.rawValue)",
          ]
        },
        "card": entered["card"], "destination": entered["destination"],
        "longest_destination": "\(Destinations.longest)",
        "known_destinations": Destinations(visit).known(from: record.person.place)
          .map { ["name": $0.name] as Fields },
        "goes_away": entered["goes"] == "away", "with_family": entered["with_family"] != nil,
        "staying": try staying(), "elsewhere": elsewhere, "problem_card": problems["card"],
        "problem_relation": problems["relation"],
      ]))
  }

  /// The family that moved as one within the district, by the form that was read.
  var newHome: Identifier? {
    entered["with_family"] != nil && entered["goes"] != "away" ? record.person.household : nil
  }

  /// Reads the form and makes the facts; nothing where something on it means nothing.
  mutating func facts(_ form: Form) throws -> (facts: [Fact], subjects: [Identifier])? {
    for name in ["within", "place", "relation", "card", "on", "goes", "destination"] {
      entered[name] = form[name]
    }
    if form.isTicked("with_family") { entered["with_family"] = "1" }
    // The page tells the day of death and has no form; this one was opened before, or is made up.
    if record.person.diedOn != nil { return nil }
    let day: CivilDate
    switch PersonForm.day(form["on"]) {
    case .success(let date?) where date <= visit.today: day = date
    case .success(.some): problems["on"] = words["people.problems.in_future"]; return nil
    default: problems["on"] = words["people.problems.no_date"]; return nil
    }
    if let born = record.person.birthDate, day < born {
      problems["on"] = words["people.problems.before_birth"]
      return nil
    }
    if let since = try visit.district.homeKnownSince(record.person), day < since {
      problems["on"] = words("people.problems.before_home", ["date": visit.format.date(since)])
      return nil
    }
    let movers = try form.isTicked("with_family") ? movers() : [record]
    if form["goes"] == "away" {
      // One moment for all: by it they are known to have left together.
      let recording = visit.recording
      let body = Destinations(visit).departure(form["destination"], from: record.person.place)
      return (
        try movers.flatMap { mover in
          let left = try dayOfMove(mover, from: day)
          let departure = recording.fact(
            .departure, of: mover.person.id, on: left, at: mover.person.place, body.bytes)
          return try [departure] + overtaken(mover, on: left, recording)
        }, movers.map(\.person.id)
      )
    }
    return try moving(movers, on: day, form)
  }

  /// The day on which somebody moves along: where they came into the family later, that day, for a
  /// move of an earlier day would leave them behind.
  private func dayOfMove(_ mover: PersonRecord, from day: CivilDate) throws -> CivilDate {
    max(day, try visit.district.homeKnownSince(mover.person) ?? day)
  }

  /// What goes with a move so that somebody does not stay where they were.
  private func overtaken(
    _ mover: PersonRecord, on day: CivilDate, _ recording: Recording
  ) throws -> [Fact] {
    try visit.district.overtaken(
      byMoveOf: mover.person, on: day, recording, today: visit.today)
  }

  private mutating func moving(
    _ movers: [PersonRecord], on day: CivilDate, _ form: Form
  ) throws -> (facts: [Fact], subjects: [Identifier])? {
    guard let place = Identifier(text: form["place"]),
      visit.tree.places[place].map(MoveDestinations.isHome) ?? false
    else {
      problems["place"] = words["people.problems.place_missing"]
      return nil
    }
    let card = form["card"].filter(\.isNumber)
    let isFamily = form.isTicked("with_family") && record.person.household != nil
    var household: Identifier?
    if isFamily {
      household = record.person.household
    } else if !card.isEmpty {
      household = try FamilyPage.joined(byCard: card, livingAt: place, visit)
      if household == nil {
        problems["card"] = words["people.problems.no_family"]
        return nil
      }
    }
    if !isFamily, let home = try FamilyPage.otherHome(of: household, than: place, visit),
      !form.isTicked("lives_there")
    {
      elsewhere = words("people.family_elsewhere", ["home": home])
      return nil
    }
    if let household, place == record.person.place, household == record.person.household {
      problems["place"] = words["people.problems.same_home"]
      return nil
    }
    let relation = UInt8(form["relation"]).flatMap(HouseholdRelation.init)
    guard relation != nil || isFamily else {
      problems["relation"] = words["people.problems.relation_missing"]
      return nil
    }
    if !isFamily, let head = try otherHead(of: household, relation) {
      problems["relation"] = words("people.problems.other_head", ["name": visit.name(of: head)])
      return nil
    }
    let reason = reason(to: place)
    let recording = visit.recording
    let facts = try movers.flatMap { mover in
      let moved = try dayOfMove(mover, from: day)
      let move = mover.move(
        to: place, household: household,
        relation: isFamily ? mover.person.relation : relation,
        reason: reason, on: moved, recording)
      return try move + overtaken(mover, on: moved, recording)
    }
    let home = try isFamily ? home(at: place, on: day, recording) : []
    return (facts + home, movers.map(\.person.id))
  }

  /// The head who lives in a family into which the person would come as its head.
  private func otherHead(
    of household: Identifier?, _ relation: HouseholdRelation?
  ) throws -> PersonEntry? {
    let family = try household.flatMap { try visit.district.family($0, on: visit.today) }
    let head = try RelationDoubts(visit, family: family).otherHead(relation)
    return head.flatMap { $0.id == record.person.id ? nil : $0 }
  }

  /// The household where the whole family moves. Address and house of the old home are not those
  /// of the new one, of which nothing is known yet.
  private func home(
    at place: Identifier, on day: CivilDate, _ recording: Recording
  ) throws -> [Fact] {
    guard let id = record.person.household,
      let household = try visit.district.household(id)
    else { return [] }
    // Who lives apart from the family does not take its home along.
    if let old = household.body.place, let own = record.person.place,
      !visit.tree.isOneHome(old, own)
    {
      return []
    }
    var body = household.body
    body.place = place
    body.neighbourhood = []
    body.communityUnit = []
    body.address = []
    body.latitude = nil
    body.longitude = nil
    // What was told of the household since that day was told of the old home.
    let told = try visit.district.history(of: household.fact)?.fact.fact.occurredOn
    let known = [told, household.dwelling?.seenOn].compactMap(\.self).max() ?? day
    let moved = max(day, known)
    return [
      recording.fact(.household, of: id, on: moved, at: place, body.bytes),
      recording.fact(.dwelling, of: id, on: moved, at: place, DwellingBody().bytes),
    ]
  }

  /// The living members of the family whom the visitor may move, those apart who live elsewhere
  /// than the one who moves.
  private func family() throws -> (together: [PersonEntry], apart: [PersonEntry]) {
    guard let household = record.person.household,
      let family = try visit.district.family(household, on: visit.today)
    else { return ([record.person], []) }
    // Who of the family lives out of reach stays where they are.
    let living = try family.present.filter { try visit.may(.movePerson, with: $0) }
    func livesHere(_ member: PersonEntry) -> Bool {
      guard let own = record.person.place, let other = member.place else { return true }
      return visit.tree.isOneHome(own, other)
    }
    return (living.filter(livesHere), living.filter { !livesHere($0) })
  }

  /// Those who move together, as records.
  private func movers() throws -> [PersonRecord] {
    try family().together.compactMap { try visit.district.person($0.id) }
  }

  private func reason(to place: Identifier) -> MoveReason {
    func above(_ place: Identifier?, _ kind: PlaceKind) -> Identifier? {
      place.flatMap { visit.tree.path(from: $0).first { $0.kind == kind }?.id }
    }
    let from = record.person.place
    if above(from, .village) == above(place, .village) { return .withinVillage }
    return above(from, .puskesmas) == above(place, .puskesmas) ? .otherVillage : .otherPuskesmas
  }
}

extension Visit {
  func move(_ id: Identifier, _ form: Form) async throws -> Response {
    // Sent twice: by the first the person went out of reach.
    if try MovedPage(self, person: id) != nil { return redirect(to: Links.person(id) + "/move") }
    var page = try MovePage(self, person: id)
    if form["act"] == "undo" { return try await undoMove(page, of: id, form) }
    guard let (facts, subjects) = try page.facts(form) else {
      return try respond(page.rendering(), status: .badRequest)
    }
    let bases = [page.basis] + [page.familyBasis].compactMap(\.self)
    var isWritten = form["based_on"] == page.basis.text
    if isWritten {
      isWritten = try await write(
        facts, provided: bases.map { .unchanged($0) }, action: .movePerson,
        route: "POST /people/{id}/move", subjects: subjects)
    }
    guard isWritten else { return try changedMove(of: id, form) }
    let isInReach = try district.entry(id).map { try may(.seePerson, with: $0) } ?? false
    guard isInReach else {
      return redirect(to: Links.person(id) + "/move")
    }
    // Of the new home nothing is known: whoever may tell of it is led to where that is done.
    if let home = page.newHome,
      visitor.rights.may(.changeFamily, at: Identifier(text: form["place"]))
    {
      return redirect(to: Links.address(Links.family(home), [("done", "family_moved")]))
    }
    let done = form["goes"] == "away" ? "departed" : "moved"
    return redirect(to: Links.address(Links.person(subjects.first ?? id), [("done", done)]))
  }

  /// Takes back the last move, recorded by mistake: the home before it holds again, for the whole
  /// family where it moved as one.
  private func undoMove(
    _ page: MovePage, of id: Identifier, _ form: Form
  ) async throws -> Response {
    guard let move = page.lastMove, let together = page.together,
      form["based_on"] == page.basis.text
    else {
      return try changedMove(of: id, form)
    }
    let bases = [page.basis] + [page.familyBasis].compactMap(\.self)
    let movers = [page.record.person] + together.persons
    let overtaken = try movers.flatMap { try district.overtaken(with: move, of: $0) }
    let isWritten = try await write(
      district.withdrawals(of: [move] + together.facts + overtaken, by: recording, on: today),
      provided: bases.map { .unchanged($0) }, action: .movePerson,
      route: "POST /people/{id}/move", subjects: [id] + together.persons.map(\.id))
    guard isWritten else { return try changedMove(of: id, form) }
    return redirect(to: Links.address(Links.person(id), [("done", "move_undone")]))
  }

  /// Somebody else was quicker: nothing was written, and the page shows what stands now.
  private func changedMove(of id: Identifier, _ form: Form) throws -> Response {
    var page = try MovePage(self, person: id)
    if form["act"] != "undo" { _ = try page.facts(form) }
    page.changedMeanwhile = true
    return try respond(page.rendering(), status: .conflict)
  }
}
