import Foundation
import GRDB
import Health
import Journal

/// Somebody who may be the one that was looked for.
public struct FoundPerson: Hashable, Sendable {
  /// Who.
  public let person: PersonEntry
  /// How well the name fits what was asked; nothing where a number was asked for.
  public let agreement: NameAgreement?
  /// Whether the name is written as it was asked.
  public let isSameSpelling: Bool
}

/// Those who were found, best first.
public struct FoundPersons: Sendable {
  /// The best of them.
  public let persons: [FoundPerson]
  /// Whether so many fit that some were not even looked at: more words are needed.
  public let areThereMore: Bool

  /// These, and then those of another search who are not among them.
  public func followed(by other: FoundPersons) -> FoundPersons {
    let known = Set(persons.map(\.person.id))
    return FoundPersons(
      persons: persons + other.persons.filter { !known.contains($0.person.id) },
      areThereMore: areThereMore || other.areThereMore)
  }
}

extension District {
  /// Candidates that are read and put in order; more than that says that too little was asked.
  private static let candidateLimit = 400
  /// Among so many of a name a facility's own patients are looked for. Each costs a look at the
  /// timeline: some hundredths of a second for all.
  private static let patientCandidateLimit = 4000

  /// Persons who may be meant, those who died or left after those who live here.
  ///
  /// Two name words of a district of 400,000 leave some dozens; a single common one leaves
  /// thousands, of which only the first are looked at.
  ///
  /// - Parameters:
  ///   - near: places in order of nearness to whoever asks: of two who fit equally well the nearer
  ///     comes first.
  ///   - facilities: only patients of these, wherever they live; nothing for everybody.
  public func search(
    _ question: PersonQuestion, near: [Set<Identifier>] = [],
    knownTo facilities: [Identifier]? = nil, limit: Int = 50
  ) throws -> FoundPersons {
    let terms = SearchTerms()
    guard let words = question.words(terms) else {
      return FoundPersons(persons: [], areThereMore: false)
    }
    let most =
      facilities == nil ? District.candidateLimit : District.patientCandidateLimit
    // The index must gather all words that begin so before it gives the first person; of one word
    // it gives them as they stand. So those with just these words come first; where they fill the
    // list, nobody is asked for who is only called something that begins so.
    let whole = question.words(terms, isOpenEnded: false) ?? words
    let (all, isCut) = try journal.pool.read { db in
      func found(_ words: String) throws -> (persons: [PersonEntry], isCut: Bool) {
        let found = try PersonEntry.found(by: words, limit: most, in: db)
        guard let facilities else { return (found, found.count >= most) }
        return (
          try found.filter { try District.isKnown($0, to: facilities, in: db) },
          found.count >= most
        )
      }
      let exact = try found(whole)
      if exact.isCut || exact.persons.count >= limit { return (exact.persons, true) }
      let begun = try found(words)
      let known = Set(exact.persons.map(\.number))
      return (exact.persons + begun.persons.filter { !known.contains($0.number) }, begun.isCut)
    }
    // Who asks for children of a mother who is hidden would learn from them where she lives.
    let found = all.filter { person in
      (question.mother.isEmpty || !hidesMother(of: person))
        && (question.name.isEmpty || !hidesName(of: person))
    }.compactMap(shown)
    let asked = terms.keys(of: question.name)
    let spelling = PersonSummary.key(of: question.name)
    let ranked = found.map { person in
      Ranked(
        found: FoundPerson(
          person: person,
          agreement: question.name.isEmpty
            ? nil : terms.keys(of: person.name).agreement(with: asked),
          isSameSpelling: !spelling.isEmpty
            && PersonSummary.key(of: person.name).hasPrefix(spelling)),
        nearness: person.place.flatMap { place in
          near.firstIndex { $0.contains(place) }
        } ?? near.count,
        // A facility is not told by the order what it is not told otherwise.
        isGone: facilities == nil && (person.diedOn != nil || person.place == nil))
    }.sorted()
    return FoundPersons(
      persons: ranked.prefix(limit).map(\.found),
      areThereMore: isCut || ranked.count > limit)
  }

  /// From so many digits on few enough persons share the beginning of their NIK that those who left
  /// are looked for among all of them.
  private static let digitsForGone = 10

  /// Persons with that NIK, or whose NIK begins with these digits; members of families with that
  /// family card number. Those who left are among them where at least ten digits are told.
  ///
  /// - Parameters:
  ///   - digits: four to sixteen digits.
  ///   - places: where those live who may be found by a part of the number, so that the limit does
  ///     not cut them off behind others; nothing for everywhere.
  public func search(
    number digits: String, within places: Set<Identifier>? = nil, limit: Int = 50
  ) throws -> [PersonEntry] {
    guard (4...16).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return [] }
    return try journal.pool.read { db in
      guard digits.utf8.count == 16 else {
        // Who is hidden takes nobody else's place.
        let most = limit + (sight?.mostHidden ?? 0)
        guard let places else {
          return try PersonEntry.withNationalIdentityNumber(
            startingWith: digits, limit: most, in: db)
        }
        let here = try PersonEntry.withNationalIdentityNumber(
          startingWith: digits, at: places.sorted(), limit: most, in: db)
        guard digits.utf8.count >= District.digitsForGone else { return here }
        return try here
          + PersonEntry.withNationalIdentityNumber(
            startingWith: digits, limit: District.candidateLimit, in: db
          ).filter { person in
            guard person.place == nil,
              let timeline = try PersonEntry.timeline(person.number, in: db),
              let last = try PersonSummary(timeline: timeline).lastPlace
            else { return false }
            return places.contains(last)
          }
      }
      let persons = try PersonEntry.withNationalIdentityNumber(digits, in: db)
      let families = try Household.withFamilyCardNumber(digits, in: db)
      return try persons + families.flatMap { try PersonEntry.members(of: $0, in: db) }
    }.compactMap(shown)
  }
}

extension District {
  /// Persons with that temporary number; hardly ever more than one.
  public func persons(withTemporaryNumber number: TemporaryNumber) throws -> [PersonEntry] {
    try journal.pool.read { try PersonEntry.withTemporaryNumber(number, in: $0) }.compactMap(shown)
  }

  /// Persons with exactly that NIK, and nobody else of their families.
  ///
  /// - Parameter number: sixteen digits.
  public func persons(withNumber number: String) throws -> [PersonEntry] {
    guard number.utf8.count == 16 else { return [] }
    return try journal.pool.read {
      try PersonEntry.withNationalIdentityNumber(number, in: $0)
    }.compactMap(shown)
  }
}

/// Somebody found, in the order in which they are shown.
private struct Ranked: Comparable {
  let found: FoundPerson
  let nearness: Int
  /// Died, or lives nowhere here.
  let isGone: Bool

  private var order: (Int, Int, Int, Int) {
    (
      isGone ? 1 : 0, found.isSameSpelling ? 0 : 1, -Int(found.agreement?.rawValue ?? 0), nearness
    )
  }

  static func < (left: Ranked, right: Ranked) -> Bool {
    if left.order != right.order { return left.order < right.order }
    return (left.found.person.name, left.found.person.id)
      < (right.found.person.name, right.found.person.id)
  }

  static func == (left: Ranked, right: Ranked) -> Bool { left.found == right.found }
}
