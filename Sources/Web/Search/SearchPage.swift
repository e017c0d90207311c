import Foundation
import Health
import Journal
import Services

/// Persons by name as spoken, by number, by mother, and places by name.
struct SearchPage {
  private static let limit = 50
  private static let numberLimit = 2000

  private enum Order: String, CaseIterable {
    /// What fits best first.
    case fit
    case name, age, place
  }

  /// A person who was found.
  private struct Finding {
    let person: PersonEntry
    /// How well the name fits, where it was looked for.
    let match: FoundPerson?
    /// That the person left, as far as the visitor may know.
    let departure: Departure?

    /// Whether the person has died or left.
    var isGone: Bool { person.diedOn != nil || departure != nil }
  }

  private let visit: Visit
  private let action: Action
  private let order: Order
  private let typed: String
  /// The name in what was typed: without the year of birth, where one stands in it.
  private let name: String
  private let mother: String
  private let born: Int?
  private let place: Place?
  private let presence: PersonQuestion.Presence?
  /// Persons with the number that was asked for who are no patients of the visitor's facility.
  var elsewhere: [PersonEntry] = []
  /// Why nobody was looked for, in words.
  var refusal: String?

  /// Who was found, and how the question was read to find them.
  private struct Findings {
    var persons: [Finding]
    let areThereMore: Bool
    /// The name and the villages, where words of the question were taken for those of a village.
    var reading: SearchedVillages.Reading?
  }

  private var words: Words { visit.words }

  /// - Parameter action: what the visitor must be allowed of each person who is listed, beside to
  ///   search for them.
  init(_ visit: Visit, for action: Action = .searchPersons) throws {
    self.visit = visit
    self.action = action
    order = try visit.query.required("sort") { Order(rawValue: $0) } ?? .fit
    func text(_ name: String) -> String {
      String((visit.query[name] ?? "").trimmingCharacters(in: .whitespacesAndNewlines).prefix(80))
    }
    typed = text("q")
    mother = text("mother")
    let told = NameWithYear(typed, until: visit.today)
    name = told?.name ?? typed
    let asked: Int? = try visit.query.required("born") { text in
      Int(text).flatMap { (1900...2999).contains($0) ? $0 : nil }
    }
    born = asked ?? told?.year
    presence = try visit.query.required("show") { PersonQuestion.Presence(rawValue: $0) }
    place = try visit.query.place(in: visit.tree)
    if let place {
      let wanted = action == .searchPersons ? [Action.searchPersons, .seePlaces] : [action]
      let isInReach = wanted.contains {
        visit.visitor.rights.may($0, at: place.id)
      }
      guard isInReach else { throw PageProblem.outOfReach }
    }
  }

  private var isEmpty: Bool { typed.isEmpty && mother.isEmpty }

  func rendering() throws -> Rendering {
    let found = try sortedPersons()
    let persons = found.persons
    let places = places()
    let essentials = try elsewhere.map { try EssentialRecord(visit, $0).fields() }
    let count = persons.count + places.count + essentials.count
    let isOwnOnly =
      !visit.visitor.rights.isEverything
      && visit.visitor.rights.mayForOwnPatients(.searchPersons)
    // Who asks for many and finds nobody stands in the log, too.
    if !isEmpty { visit.log.note(rows: persons.count + essentials.count) }
    let findsPersons = visit.visitor.rights.may(.searchPersons)
    let title = words[findsPersons ? "search.title" : "search.title_places"]
    let summary =
      isEmpty
      ? words[findsPersons ? "search.type" : "search.place_name"]
      : words("search.results", ["count": visit.format.whole(count), "query": asked])
    let villages = SearchedVillages(visit).choice(place)
    return Rendering(
      template: "search",
      title: isEmpty ? title : "\(words["common.search_button"]): \(asked)",
      // What was found stands as high on a phone as it can: the way home is above it anyway.
      crumbs: isEmpty ? visit.homeCrumbs(title) : [],
      searched: typed.isEmpty ? nil : typed,
      fields: [
        "opens_referrals": visit.visitor.rights.may(.seeCare),
        "heading": title, "finds_persons": findsPersons,
        "only_places": findsPersons || isEmpty ? nil : words["search.only_places"],
        "is_asked": !isEmpty, "summary": summary, "narrowed": narrowed(found.reading),
        "has_results": count > 0,
        "persons": persons.map { row($0, named: found.reading?.name ?? name) },
        "has_persons": !persons.isEmpty, "export_url": try exportAddress(persons),
        "places": places, "has_places": !places.isEmpty,
        "more": found.areThereMore ? words["search.more"] : nil,
        "essentials": essentials, "has_essentials": !essentials.isEmpty, "refusal": refusal,
        "own_only": isOwnOnly ? words["search.own_only"] : nil,
        "register_url": visit.visitor.rights.may(.registerPerson) ? "/people/new" : nil,
        "emergency_url": !isEmpty && count == 0 && visit.visitor.rights.may(.breakGlass)
          ? "/openings/emergency" : nil,
        "hint": hint(findsPersons),
        "form": [
          "q": typed, "mother": mother, "born": born.map { "\($0)" },
          "has_villages": !villages.isEmpty, "villages": villages,
          "sorts": Fields.choices(
            Order.allCases.map { ($0.rawValue, words["search.sort_\($0.rawValue)"]) },
            chosen: order.rawValue),
          "presences": Fields.choices(
            [("", words["search.show_all"])]
              + PersonQuestion.Presence.allCases.map {
                ($0.rawValue, words["search.show_\($0.rawValue)"])
              }, chosen: presence?.rawValue ?? ""),
        ] as Fields,
      ])
  }

  /// What to do where nothing is found, or nothing was asked for.
  private func hint(_ findsPersons: Bool) -> String {
    let own =
      findsPersons ? ("search.hint", "search.none_hint") : ("search.only_places", "search.none")
    return words[isEmpty ? own.0 : own.1]
  }

  private var asked: String { [typed, mother].filter { !$0.isEmpty }.joined(separator: ", ") }

  /// What was asked beside the words, in one line: `di Desa/Kelurahan Murung Keramat · lahir 1992`.
  private func narrowed(_ reading: SearchedVillages.Reading?) -> String {
    [
      reading.map { reading in
        let most = 3
        let named = reading.villages.prefix(most).map { visit.named($0) }.joined(separator: ", ")
        return words(
          "search.read_as",
          ["name": reading.name, "villages": reading.villages.count > most ? named + " …" : named])
      },
      place.map { words("search.at_place", ["place": visit.named($0)]) },
      born.map { words("search.born_in", ["year": "\($0)"]) },
      presence.map { words["search.show_\($0.rawValue)"] },
    ].compactMap(\.self).joined(separator: " · ")
  }

  private func places() -> [Fields] {
    let key = PersonSummary.key(of: typed)
    guard !key.isEmpty else { return [] }
    return visit.tree.places.values
      .filter { $0.kind.isInCareTree }
      .filter { PersonSummary.key(of: $0.name).contains(key) || $0.code == typed }
      .filter { visit.visitor.rights.may(.seePlaces, at: $0.id) }
      .sorted { ($0.kind.rawValue, $0.name, $0.id) < ($1.kind.rawValue, $1.name, $1.id) }
      .prefix(SearchPage.limit)
      .map { place in
        let above = visit.tree.path(from: place.id).dropFirst().map { visit.named($0) }
        return [
          "name": place.name, "kind": words["kinds.\(place.kind.code)"],
          "path": above.isEmpty ? words["common.none"] : above.joined(separator: ", "),
          "url": visit.link(to: place),
        ]
      }
  }

  /// Those found, in the order that was asked for, who died or left after the others. More than are
  /// found at once are not sorted in: what fits best is listed, however it is sorted.
  private func sortedPersons() throws -> Findings {
    var findings = try persons()
    func name(_ person: PersonEntry) -> String { PersonSummary.key(of: person.name) }
    let sorted: [Finding] =
      switch order {
      case .fit: findings.persons
      case .name:
        findings.persons.sorted {
          (name($0.person), $0.person.number) < (name($1.person), $1.person.number)
        }
      case .age:
        // The youngest first; of whom nobody knows how old they are last.
        findings.persons.sorted {
          ($1.person.birthDate?.dayNumber ?? .min, $0.person.number)
            < ($0.person.birthDate?.dayNumber ?? .min, $1.person.number)
        }
      case .place:
        findings.persons.sorted {
          (home(of: $0) ?? "\u{10FFFF}", name($0.person), $0.person.number)
            < (home(of: $1) ?? "\u{10FFFF}", name($1.person), $1.person.number)
        }
      }
    findings.persons = sorted.filter { !$0.isGone } + sorted.filter(\.isGone)
    return findings
  }

  /// Where the list is had as a file; nothing where nobody on it may leave in one.
  private func exportAddress(_ found: [Finding]) throws -> String? {
    guard visit.visitor.rights.may(.exportNames),
      try found.contains(where: { try visit.may(.exportNames, with: $0.person) })
    else { return nil }
    return Links.address(
      "/search.csv",
      [
        ("q", typed.isEmpty ? nil : typed), ("mother", mother.isEmpty ? nil : mother),
        ("born", born.map { "\($0)" }), ("place", place?.id.text),
        ("sort", order == .fit ? nil : order.rawValue), ("show", presence?.rawValue),
      ])
  }

  /// Those on the list who may leave in a file.
  func spreadsheet() throws -> Spreadsheet {
    let keys = [
      "names.name", "names.nik", "names.sex", "child.born", "names.mother", "people.field_place",
      "search.died_on", "search.left_on", "search.left_to",
    ]
    var rows: [[Spreadsheet.Cell]] = [keys.map { .text(words[$0]) }]
    for found in try sortedPersons().persons where try visit.may(action, with: found.person) {
      let person = found.person
      rows.append([
        .text(visit.name(of: person)),
        .text(PersonText.maskedNumber(person.nationalIdentityNumber) ?? ""),
        .text(person.sex.map { words["sexes.\($0.code)_short"] } ?? ""),
        .day(person.birthDate), .text(person.motherName), .text(home(of: found) ?? ""),
        .day(person.diedOn), .day(found.departure?.on),
        .text(Destinations(visit).text(found.departure?.to) ?? ""),
      ])
    }
    visit.log.note(rows: rows.count - 1)
    return Spreadsheet(name: "search-\(Format.iso(visit.today)).csv", rows: rows)
  }

  /// Where somebody lives, or lived until they left.
  private func home(of found: Finding) -> String? {
    (found.person.place ?? found.departure?.from).flatMap { visit.tree.places[$0] }.map { place in
      visit.tree.path(from: place.id).prefix(2).map { visit.named($0) }.joined(separator: ", ")
    }
  }

  /// Those who fit. Where nobody has such a name, words of it may be those of the village; a comma
  /// says so too, for what follows one in a name is a title, which nobody is found by.
  private func persons() throws -> Findings {
    let whole = try persons(as: nil)
    guard whole.persons.isEmpty || typed.contains(","), place == nil, digits == nil,
      CardNumber(text: typed) == nil, visit.visitor.rights.may(.searchPersons)
    else { return whole }
    for reading in SearchedVillages(visit).readings(of: name) {
      let found = try persons(as: reading)
      if !found.persons.isEmpty { return found }
    }
    return whole
  }

  private func persons(as reading: SearchedVillages.Reading?) throws -> Findings {
    let (found, areThereMore) = try visiblePersons(reading)
    var shown = try found.map { person, match in
      Finding(
        person: try visit.shown(person), match: match,
        departure: try visit.isLimited(person) ? nil : visit.district.departure(of: person))
    }
    if let presence { shown = shown.filter { $0.isGone == (presence == .gone) } }
    return Findings(persons: shown, areThereMore: areThereMore, reading: reading)
  }

  /// Those who fit and whom the visitor may find.
  private func visiblePersons(_ reading: SearchedVillages.Reading?) throws -> (
    found: [(PersonEntry, FoundPerson?)], areThereMore: Bool
  ) {
    if let card = CardNumber(text: typed) {
      guard let found = try visit.district.person(withCard: card),
        try visit.may(.searchPersons, with: found)
      else { return ([], false) }
      return ([(found, nil)], false)
    }
    if let number = temporaryNumber {
      let found = try visit.district.persons(withTemporaryNumber: number)
        .filter { try visit.may(.searchPersons, with: $0) && !visit.isLimited($0) }
      if !found.isEmpty { return (found.map { ($0, nil) }, false) }
    }
    if let digits {
      let rights = visit.visitor.rights
      var all = try visit.district.search(
        number: digits, within: rights.area(of: .searchPersons), limit: SearchPage.limit)
      // Of numbers that begin so the own patients are a few among many.
      if rights.mayForOwnPatients(.searchPersons) {
        let known = Set(all.map(\.number))
        all += try visit.district.search(number: digits, limit: SearchPage.numberLimit)
          .filter { !known.contains($0.number) }
      }
      let found = try all.filter { person in
        // A family card that others recorded finds nobody for whom it is not shown.
        guard try visit.may(.searchPersons, with: person) else { return false }
        return try person.nationalIdentityNumber.hasPrefix(digits) || !visit.isLimited(person)
      }.prefix(SearchPage.limit)
      return (found.map { ($0, nil) }, found.count == SearchPage.limit)
    }
    guard visit.visitor.rights.may(.searchPersons) else { return ([], false) }
    guard name.count >= 2 || mother.count >= 2 else { return ([], false) }
    let villages = reading?.villages ?? place.map { [$0] }
    let wanted = villages?.flatMap { visit.tree.subtree(of: $0.id).map(\.id) }
    let question = PersonQuestion(
      name: reading?.name ?? name, mother: mother, birthYears: born.map { $0...$0 },
      places: asked(wanted, within: visit.visitor.rights.area(of: .searchPersons)),
      presence: presence)
    var found = try visit.district.search(question, limit: SearchPage.limit)
    // Where its patients live is not for a facility to learn by asking.
    if reading == nil, visit.visitor.rights.mayForOwnPatients(.searchPersons) {
      var everywhere = question
      everywhere.places = wanted
      // Who of them is gone is for a facility to know only where it is shown.
      everywhere.presence = nil
      found = found.followed(
        by: try visit.district.search(
          everywhere, knownTo: visit.visitor.rights.ownFacilities, limit: SearchPage.limit))
    }
    let visible = try found.persons.filter { found in
      // Whoever asks for children of a mother whom they may not be shown learns nothing.
      try mother.isEmpty || !visit.isLimited(found.person)
    }
    return (visible.map { ($0.person, $0) }, found.areThereMore)
  }

  /// The temporary number that was asked for, with or without its mark.
  private var temporaryNumber: TemporaryNumber? {
    (try? TemporaryNumber(typed: typed.utf8)) ?? (try? TemporaryNumber(typed: ("TMP" + typed).utf8))
  }

  /// The digits, where a number was asked for.
  private var digits: String? {
    let digits = typed.filter { !$0.isWhitespace && $0 != "." && $0 != "-" }
    let isNumber = !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return isNumber ? digits : nil
  }

  /// The NIK that was asked for, where it is whole.
  var wholeNumber: String? { digits.flatMap { $0.utf8.count == 16 ? $0 : nil } }

  /// The places to look at: those asked for, as far as the visitor's right reaches; nothing for
  /// everywhere.
  private func asked(_ wanted: [Identifier]?, within area: Set<Identifier>?) -> [Identifier]? {
    guard let area else { return wanted }
    return wanted.map { $0.filter(area.contains) } ?? Array(area)
  }

  /// - Parameter asked: the name that was looked for.
  private func row(_ found: Finding, named asked: String) -> Fields {
    let person = found.person
    let isInOtherWords = found.match.map { !$0.isSameSpelling && $0.agreement != nil } ?? false
    let isOtherSpelling = isInOtherWords && !isWritten(asked, in: person.name)
    let mother = person.motherName
    return [
      "name": visit.name(of: person), "url": Links.person(person.id),
      "gone": [
        found.departure.map { words("search.left", ["date": visit.format.date($0.on)]) },
        person.diedOn.map { words("search.died", ["date": visit.format.date($0)]) },
      ].compactMap(\.self),
      "about": [
        person.sex.map { words["sexes.\($0.code)"] },
        person.birthDate.map { visit.format.date($0) },
        mother.isEmpty ? nil : "\(words["search.mother"]): \(mother)", home(of: found),
        PersonText.maskedNumber(person.nationalIdentityNumber).map { "NIK \($0)" },
        isOtherSpelling ? words["search.other_spelling"] : nil,
      ].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " · "),
    ]
  }

  /// Whether each word that was asked for begins a word of the name, wherever that stands in it.
  private func isWritten(_ asked: String, in name: String) -> Bool {
    let written = PersonSummary.key(of: name).split(separator: " ")
    return PersonSummary.key(of: asked).split(separator: " ").allSatisfy { word in
      written.contains { $0.hasPrefix(word) }
    }
  }
}
