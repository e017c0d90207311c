import Health
import Journal
import Services

/// The families of two records that may become one, in words, with the choice which of them stands.
struct MergedHomes {
  private let visit: Visit
  private let homes: [MergedHome]
  private let texts: [String]

  init(_ visit: Visit, of one: PersonEntry, joinedWith other: PersonEntry) throws {
    self.visit = visit
    homes = try visit.district.homes(of: one, joinedWith: other)
    let fields = PersonFields(visit: visit)
    let isChoice = homes.count > 1
    texts = try homes.map { home in
      let lives = isChoice ? fields.home(home.place) : nil
      return [try visit.told(ofFamily: home.household, as: home.relation), lives]
        .compactMap(\.self).joined(separator: " · ")
    }
  }

  /// Whether somebody has to choose.
  var isChoice: Bool { homes.count > 1 }

  /// `Keluarganya: Keluarga Budi · KK 9951012302180001 · 3 orang · famili lain.`; nothing where it
  /// is to be chosen, or none is known.
  var sentence: String? {
    guard !isChoice, let text = texts.first, !text.isEmpty else { return nil }
    return visit.words("people.merge_family", ["family": text])
  }

  /// The choice; nothing where there is none.
  func fields() -> Fields? {
    guard isChoice else { return nil }
    return [
      "choices": zip(homes, texts).enumerated().map { number, home -> Fields in
        [
          "value": "\(home.0.record.text) \(home.0.household.text)", "text": home.1,
          "chosen": number == 0,
        ]
      }
    ]
  }
}

extension Visit {
  /// `Keluarga Budi · KK 9951012302180001 · 3 orang · famili lain`; no more than the page of the
  /// family shows.
  func told(
    ofFamily household: Identifier, as relation: HouseholdRelation?
  ) throws -> String {
    let family = try district.family(household, on: today)
    let name = try family.flatMap { try FamilyPage.namesake(of: $0, self) }
    var told = [
      name.map { words("people.family_of", ["name": self.name(of: $0)]) } ?? words["people.family"]
    ]
    if let family, family.hiddenMembers == 0 {
      let card = String(decoding: family.household.body.familyCardNumber, as: UTF8.self)
      if !card.isEmpty { told.append("KK \(card)") }
      let here = try FamilyPage.members(of: family, self).filter(\.isPresent)
      told.append(words("people.member_count", ["count": format.whole(here.count)]))
    }
    return (told + [relation.map { words["relations.\($0.code)"] }].compactMap(\.self))
      .joined(separator: " · ")
  }

  /// What became of what was done before, in words; of records that were joined also in which
  /// family the person is now.
  func done(about person: PersonEntry?) throws -> String? {
    guard let done = query["done"], let text = words.find("people.done_\(done)") else {
      return nil
    }
    guard done == "merged", let person, try may(.seeFamily, with: person),
      let household = person.household
    else { return text }
    let family = try told(ofFamily: household, as: person.relation)
    return [text, words("people.merge_family", ["family": family])].joined(separator: " ")
  }
}
