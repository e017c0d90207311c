import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// Where two people are recorded as married, and who moves in with whom; and where a marriage ends
/// or what was recorded by mistake, the end too, is taken back.
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

  /// The least age at which the law lets anybody marry, in years. UU 16/2019, article 7 (1).
  static let lawfulAge = 19
  /// Below this age, in years, nobody is offered the page, and nothing is recorded.
  static let leastAge = 10

  private let visit: Visit
  private let record: PersonRecord
  private let candidates: [PersonEntry]
  private let asked: String
  /// Husbands or wives from whom the visitor may record a parting.
  private let spouses: [PersonEntry]
  /// Marriages that ended, and why the end cannot simply be taken back; nothing where it can.
  private let ended: [(spouse: PersonEntry, on: CivilDate, hindrance: String?)]
  /// One moment for all that is recorded here: by it the act is known as one.
  private let recording: Recording
  var partner: PersonRecord?
  var entered: [String: String] = [:]
  var problems: [String: String] = [:]
  /// Who is younger than the law allows, in words.
  private var tooYoung: [String] = []
  /// Whether somebody said that it is so.
  private var isAgeChecked = false
  /// Who is married to somebody else who lives, in words.
  private var bound: [String] = []
  /// Whether somebody said that it is so.
  private var isBoundChecked = false

  private var words: Words { visit.words }

  init(_ visit: Visit, record: PersonRecord, partner: Identifier? = nil) throws {
    self.visit = visit
    self.record = record
    recording = visit.recording
    spouses = try record.spouses.filter { try visit.may(.movePerson, with: $0) }
    ended = try visit.district.marriages(of: record.person).compactMap { marriage in
      guard let end = marriage.end,
        let spouse = try visit.district.person(marriage.other)?.person,
        try visit.may(.movePerson, with: spouse)
      else { return nil }
      return (
        spouse, end.on, try MarriagePage.hindrance(record.person, spouse, since: end.on, visit)
      )
    }
    asked = String((visit.query["q"] ?? "").prefix(80))
    candidates = try MarriagePage.candidates(asked, for: record, visit)
    let id = try partner ?? visit.query.required("with") { Identifier(text: $0) }
    let chosen = try id.map { try visit.person($0, for: .movePerson) }
    let isSelf = chosen?.person.id == record.person.id
    self.partner = isSelf ? nil : chosen
    if isSelf { problems["partner"] = words["people.problems.marries_self"] }
  }

  private static func candidates(
    _ asked: String, for record: PersonRecord, _ visit: Visit
  ) throws -> [PersonEntry] {
    try visit.persons(found: asked, for: .movePerson, presence: .here).filter { person in
      person.id != record.person.id && person.diedOn == nil
        && isOldEnough(person, on: visit.today)
        && (person.sex == nil || person.sex != record.person.sex)
    }
  }

  /// Nobody is offered who is a child of less than ten years; whoever married too young is recorded
  /// nevertheless, after a warning, for that must be seen.
  static func isOldEnough(_ person: PersonEntry, on day: CivilDate) -> Bool {
    age(of: person, on: day).map { $0 >= leastAge } ?? true
  }

  /// Whole years on a day; nothing where nobody knows when the person was born.
  private static func age(of person: PersonEntry, on day: CivilDate) -> Int? {
    guard let born = person.birthDate, born <= day else { return nil }
    return Int(day.completedMonths(since: born).count) / 12
  }

  /// Why two whose marriage ended on a day are not married on, in words: one of them has died, or
  /// married somebody else since; and what to do.
  private static func hindrance(
    _ one: PersonEntry, _ other: PersonEntry, since day: CivilDate, _ visit: Visit
  ) throws -> String? {
    for person in [one, other] {
      guard let died = person.diedOn else { continue }
      return visit.words(
        "people.problems.dead_resumes",
        ["name": visit.name(of: person), "date": visit.format.date(died)])
    }
    for (person, spouse) in [(one, other), (other, one)] {
      let later = try visit.district.marriages(of: person).filter { $0.other != spouse.id }
        .compactMap(\.since).filter { day <= $0 }.max()
      guard let later else { continue }
      return visit.words(
        "people.problems.married_since",
        ["name": visit.name(of: person), "date": visit.format.date(later)])
    }
    return nil
  }

  /// Why the end of the marriage with somebody cannot simply be taken back; nothing where it can.
  func hindrance(to spouse: Identifier) -> String? {
    ended.first { $0.spouse.id == spouse }?.hindrance
  }

  func rendering() -> Rendering {
    let name = visit.name(of: record.person)
    let title = words["people.way_marriage"]
    let text = PersonFields(visit: visit)
    return Rendering(
      template: "marriage", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title),
      fields: text.moving(
        record.person, to: text.homes(for: .movePerson), preset: record.person.place, entered,
        problems
      ).merging([
        "marriage_url": Links.person(record.person.id) + "/marriage",
        "asked": asked, "has_candidates": !candidates.isEmpty,
        "nobody": asked.count >= 2 && candidates.isEmpty && partner == nil,
        "candidates": candidates.map { person -> Fields in
          [
            "name": visit.name(of: person), "candidate_home": text.home(person.place),
            "candidate_age": text.age(person),
            "choose_url": Links.address(
              Links.person(record.person.id) + "/marriage", [("with", person.id.text)]),
          ]
        },
        "partner": !isOpen
          ? nil
          : partner.map { partner -> Fields in
            [
              "id": partner.person.id.text, "name": visit.name(of: partner.person),
              "partner_home": text.home(partner.person.place),
            ]
          },
        "asks": partner == nil && isOpen,
        "is_too_young": !MarriagePage.isOldEnough(record.person, on: visit.today),
        "has_young": !tooYoung.isEmpty || isAgeChecked, "is_age_checked": isAgeChecked,
        "young": tooYoung.map { ["text": $0] as Fields },
        "has_bound": !bound.isEmpty || isBoundChecked, "is_bound_checked": isBoundChecked,
        "bound": bound.map { ["text": $0] as Fields },
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
        "has_ended": !ended.isEmpty,
        "ended": ended.map { entry -> Fields in
          [
            "other": entry.spouse.id.text, "spouse_name": visit.name(of: entry.spouse),
            "ended_on": words(
              "people.marriage_ended_on", ["date": visit.format.date(entry.on)]),
            "hindrance": entry.hindrance, "may_resume": entry.hindrance == nil,
            "form_token": visit.visitor.formToken,
            "marriage_url": Links.person(record.person.id) + "/marriage",
          ]
        },
        "has_spouses": !spouses.isEmpty,
        "has_others": spouses.count < record.spouses.count,
        "spouses": spouses.map { spouse -> Fields in
          [
            "other": spouse.id.text, "spouse_name": visit.name(of: spouse),
            "spouse_died": text.died(spouse),
            "today": Format.iso(visit.today), "form_token": visit.visitor.formToken,
            "marriage_url": Links.person(record.person.id) + "/marriage",
          ]
        },
      ]))
  }

  /// Whether a marriage of this person may be recorded.
  private var isOpen: Bool {
    record.person.diedOn == nil && MarriagePage.isOldEnough(record.person, on: visit.today)
  }

  /// Looks at the age of both on the day of the marriage.
  private mutating func checkAges(_ partner: PersonRecord, on day: CivilDate) {
    let both = [record.person, partner.person]
    if both.contains(where: { !MarriagePage.isOldEnough($0, on: day) }) {
      problems["partner"] = words["people.problems.child_marries"]
    }
    tooYoung = both.compactMap { person in
      guard let age = MarriagePage.age(of: person, on: day), age < MarriagePage.lawfulAge else {
        return nil
      }
      return words(
        "people.marriage_young",
        [
          "name": visit.name(of: person), "age": visit.format.whole(age),
          "lawful": visit.format.whole(MarriagePage.lawfulAge),
        ])
    }
  }

  /// Looks whether one of them is married to somebody else who lives. That is asked about and never
  /// refused: what is so must be seen.
  private mutating func checkSpouses(_ partner: PersonRecord) throws {
    bound = try [(record, partner), (partner, record)].flatMap { own, other in
      try visit.district.livingSpouses(of: own).filter { $0.id != other.person.id }
        .map { spouse in
          let isShown = try visit.may(.seePerson, with: spouse)
          let told = words(
            "people.marriage_bound",
            [
              "name": visit.name(of: own.person),
              "other": isShown ? visit.name(of: spouse) : words["people.marriage_bound_hidden"],
            ])
          let law = own.person.sex.map { words["people.marriage_bound_\($0.code)"] }
          return [told, law].compactMap(\.self).joined(separator: " ")
        }
    }
  }

  /// Reads the form and makes the facts; nothing where something on it means nothing, or somebody
  /// is younger than the law allows or married to another, and nobody said yet that it is so.
  mutating func facts(_ form: Form) throws -> [Fact]? {
    for name in ["place", "on", "home"] { entered[name] = form[name] }
    isAgeChecked = form.isTicked("is_age_checked")
    isBoundChecked = form.isTicked("is_bound_checked")
    guard let partner else {
      if problems.isEmpty { problems["partner"] = words["people.problems.partner_missing"] }
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
    guard let day = day(form) else { return nil }
    checkAges(partner, on: day)
    try checkSpouses(partner)
    guard problems.isEmpty, tooYoung.isEmpty || isAgeChecked, bound.isEmpty || isBoundChecked,
      let home
    else { return nil }
    return try relations(with: partner, on: day) + moves(home, partner, to: place, on: day)
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
      recording.fact(
        .relation, of: person.id, on: day, at: person.place,
        RelationBody(other: other.id, kind: .spouse).bytes)
    }
  }

  /// The moves that go with the marriage. Of whom a later home is known than the day of the
  /// marriage, the move is of that later day: else it would change nothing.
  private func moves(
    _ home: Home, _ partner: PersonRecord, to place: Identifier?, on married: CivilDate
  ) throws -> [Fact] {
    func day(_ mover: PersonRecord) throws -> CivilDate {
      max(married, try visit.district.homeKnownSince(mover.person) ?? married)
    }
    func move(
      _ mover: PersonRecord, to place: Identifier, _ household: Identifier?,
      as relation: HouseholdRelation
    ) throws -> [Fact] {
      let moved = try day(mover)
      let move = mover.move(
        to: place, household: household, relation: relation, reason: .marriage, on: moved,
        recording)
      return try move
        + visit.district.overtaken(
          byMoveOf: mover.person, on: moved, recording, today: visit.today)
    }
    func move(_ mover: PersonRecord, to host: PersonRecord) throws -> [Fact] {
      guard let place = host.person.place else { return [] }
      return try move(
        mover, to: place, host.person.household,
        as: host.person.relation == .head ? .spouse : .childInLaw)
    }
    switch home {
    case .apart: return []
    case .here: return try move(partner, to: record)
    case .there: return try move(record, to: partner)
    case .fresh:
      guard let place else { return [] }
      // Who came first to the page heads the new household; the family page changes that.
      let first = try move(record, to: place, nil, as: .head)
      let household = first.first { $0.kind == .household }?.subject
      return try first + move(partner, to: place, household, as: .spouse)
    }
  }
}
