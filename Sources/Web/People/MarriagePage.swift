import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// Where two people are recorded as married, and who moves in with whom; and where a marriage ends
/// or what was recorded by mistake is taken back.
struct MarriagePage {
  /// Who moves where.
  enum Home: String, CaseIterable {
    /// The other comes into this person's household.
    case here
    /// This person goes into the other's household.
    case there
    /// Both go into a new household.
    case fresh
    /// Both stay where they are.
    case apart
  }

  private let visit: Visit
  private let record: PersonRecord
  private let candidates: [PersonEntry]
  private let asked: String
  var partner: PersonRecord?
  var entered: [String: String] = [:]
  var problems: [String: String] = [:]

  private var words: Words { visit.words }

  init(_ visit: Visit, record: PersonRecord, partner: Identifier? = nil) throws {
    self.visit = visit
    self.record = record
    asked = String((visit.query["q"] ?? "").prefix(80))
    candidates = try MarriagePage.candidates(asked, for: record, visit)
    let id = try partner ?? visit.query.required("with") { Identifier(text: $0) }
    self.partner = try id.map { try visit.person($0, for: .movePerson) }
  }

  private static func candidates(
    _ asked: String, for record: PersonRecord, _ visit: Visit
  ) throws -> [PersonEntry] {
    guard asked.count >= 2 else { return [] }
    let digits = asked.filter { !$0.isWhitespace && $0 != "." && $0 != "-" }
    let isNumber = digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    let area = visit.visitor.rights.area(of: .movePerson)
    let found =
      try isNumber
      ? visit.district.search(number: digits, within: area)
      : visit.district.search(
        PersonQuestion(name: asked, places: area.map { Array($0) }, presence: .here)
      ).persons.map(\.person)
    return try found.filter { person in
      try person.id != record.person.id && person.diedOn == nil && isOldEnough(person, visit)
        && (person.sex == nil || person.sex != record.person.sex)
        && visit.may(.movePerson, with: person)
    }
  }

  /// Nobody is offered who is a child of less than ten years; whoever married too young is recorded
  /// nevertheless, for that must be seen.
  private static func isOldEnough(_ person: PersonEntry, _ visit: Visit) -> Bool {
    guard let born = person.birthDate, born <= visit.today else { return true }
    return visit.today.completedMonths(since: born).count >= 120
  }

  func rendering() -> Rendering {
    let name = visit.name(of: record.person)
    let title = words["people.way_marriage"]
    let text = PersonFields(visit: visit)
    return Rendering(
      template: "marriage", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title),
      fields: text.moving(
        record.person, to: .movePerson, preset: record.person.place, entered, problems
      ).merging([
        "marriage_url": Links.person(record.person.id) + "/marriage",
        "asked": asked, "has_candidates": !candidates.isEmpty,
        "nobody": asked.count >= 2 && candidates.isEmpty && partner == nil,
        "candidates": candidates.map { person -> Fields in
          [
            "name": visit.name(of: person), "home": text.home(person.place),
            "age": text.age(person),
            "choose_url": Links.address(
              Links.person(record.person.id) + "/marriage", [("with", person.id.text)]),
          ]
        },
        "partner": record.person.diedOn != nil
          ? nil
          : partner.map { partner -> Fields in
            [
              "id": partner.person.id.text, "name": visit.name(of: partner.person),
              "home": text.home(partner.person.place),
            ]
          },
        "asks": partner == nil && record.person.diedOn == nil,
        "died": record.person.diedOn.map {
          words("people.problems.dead_marries", ["date": visit.format.date($0)])
        },
        "homes": Home.allCases.map { home -> Fields in
          [
            "value": home.rawValue, "chosen": (entered["home"] ?? "here") == home.rawValue,
            "text": words(
              "people.marriage_\(home.rawValue)",
              ["name": name, "other": partner.map { visit.name(of: $0.person) } ?? ""]),
          ]
        },
        "problem_home": problems["home"], "problem": problems["partner"],
        "has_spouses": !record.spouses.isEmpty,
        "spouses": record.spouses.map { spouse -> Fields in
          [
            "other": spouse.id.text, "spouse_name": visit.name(of: spouse),
            "today": Format.iso(visit.today), "form_token": visit.visitor.formToken,
            "marriage_url": Links.person(record.person.id) + "/marriage",
          ]
        },
      ]))
  }

  /// Reads the form and makes the facts; nothing where something on it means nothing.
  mutating func facts(_ form: Form) -> [Fact]? {
    for name in ["place", "on", "home"] { entered[name] = form[name] }
    guard let partner, partner.person.id != record.person.id else {
      problems["partner"] = words["people.problems.partner_missing"]
      return nil
    }
    if record.spouses.contains(where: { $0.id == partner.person.id }) {
      problems["partner"] = words["people.problems.married_already"]
    }
    if record.person.diedOn != nil || partner.person.diedOn != nil {
      problems["partner"] = words["people.problems.not_living"]
    }
    if let sex = record.person.sex, sex == partner.person.sex {
      problems["partner"] = words["people.problems.same_sex"]
    }
    let home = Home(rawValue: form["home"])
    if home == nil { problems["home"] = words["people.problems.choose_home"] }
    let place = Identifier(text: form["place"]).flatMap { visit.tree.places[$0]?.id }
    if home == .fresh, place.map({ !visit.visitor.rights.may(.movePerson, at: $0) }) ?? true {
      problems["place"] = words["people.problems.place_missing"]
    }
    let target = home == .here ? record : home == .there ? partner : nil
    if let target, target.person.household == nil || target.person.place == nil {
      problems["home"] = words["people.problems.no_household"]
    }
    guard let day = day(form), problems.isEmpty, let home else { return nil }
    return relations(with: partner, on: day) + moves(home, partner, to: place, on: day)
  }

  private mutating func day(_ form: Form) -> CivilDate? {
    guard case .success(let day?) = PersonForm.day(form["on"]) else {
      problems["on"] = words["people.problems.no_date"]
      return nil
    }
    if day > visit.today { problems["on"] = words["people.problems.in_future"] }
    for born in [record.person.birthDate, partner?.person.birthDate].compactMap(\.self)
    where day <= born {
      problems["on"] = words["people.problems.before_birth"]
    }
    return day
  }

  /// On both records, so that each tells of the other.
  private func relations(with partner: PersonRecord, on day: CivilDate) -> [Fact] {
    [(record.person, partner.person), (partner.person, record.person)].map { person, other in
      visit.recording.fact(
        .relation, of: person.id, on: day, at: person.place,
        RelationBody(other: other.id, kind: .spouse).bytes)
    }
  }

  private func moves(
    _ home: Home, _ partner: PersonRecord, to place: Identifier?, on day: CivilDate
  ) -> [Fact] {
    func move(_ mover: PersonRecord, to host: PersonRecord) -> [Fact] {
      guard let place = host.person.place else { return [] }
      return mover.move(
        to: place, household: host.person.household,
        relation: host.person.relation == .head ? .spouse : .childInLaw, reason: .marriage,
        on: day, visit.recording)
    }
    switch home {
    case .apart: return []
    case .here: return move(partner, to: record)
    case .there: return move(record, to: partner)
    case .fresh:
      guard let place else { return [] }
      // Who came first to the page heads the new household; the family page changes that.
      let first = record.move(
        to: place, household: nil, relation: .head, reason: .marriage, on: day, visit.recording)
      let household = first.first { $0.kind == .household }?.subject
      return first
        + partner.move(
          to: place, household: household, relation: .spouse, reason: .marriage, on: day,
          visit.recording)
    }
  }
}
