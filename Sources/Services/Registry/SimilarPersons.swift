import GRDB
import Health
import Journal

/// Somebody who is known and may be the person that is being entered, and why.
public struct SimilarPerson: Hashable, Sendable {
  /// Who.
  public let person: PersonEntry
  /// What speaks for and against it.
  public let evidence: DuplicateEvidence
}

/// What is told of a person who is about to be entered.
public struct PersonDraft: Hashable, Sendable {
  /// Name, birth, sex, mother, numbers.
  public var person: PersonBody
  /// Where the person lives.
  public var place: Identifier?
  /// The family card number, or empty.
  public var familyCardNumber: String

  /// A person with what is told so far.
  public init(person: PersonBody, place: Identifier? = nil, familyCardNumber: String = "") {
    self.person = person
    self.place = place
    self.familyCardNumber = familyCardNumber
  }
}

extension District {
  /// From so many bits on somebody is shown at entry as perhaps the same: far below what the
  /// review list of a whole district asks, since a person sits there who knows.
  public static let similarAtEntry: Int32 = 600

  /// Known persons who may be the one that is being entered, most likely first.
  ///
  /// Looked at are those with the same NIK, with a name of that sound born about that year, of the
  /// same Puskesmas those of that day and sex with some words of the name, with a mother of that
  /// sound and a child born then, and the members of the same family card.
  public func similar(
    to draft: PersonDraft, tree: PlaceTree, except: Set<Identifier> = [], limit: Int = 8
  ) throws -> [SimilarPerson] {
    try journal.pool.read { db in
      var reader = EvidenceReader(tree: tree, in: db)
      let own = reader.evidence(draft)
      let score = DuplicateScore()
      var seen: Set<Identifier> = except
      var similar: [SimilarPerson] = []
      var known: [(person: PersonEntry, isFar: Bool)] = []
      var records: [IdentityEvidence] = []
      for (found, isByMother) in try candidates(for: draft, tree: tree, in: db) {
        guard seen.insert(found.id).inserted, let candidate = shown(found) else { continue }
        // Whoever types a hidden mother's name must not be told that it is hers, nor whose.
        if isByMother, hidesMother(of: found) { continue }
        let outline = reader.outline(candidate)
        let isFar = score.most(own, outline) < District.similarAtEntry
        known.append((candidate, isFar))
        records.append(isFar ? outline : try reader.evidence(candidate))
      }
      // A twin of one of them is among them: one family card, one mother.
      IdentityEvidence.markTwins(&records)
      for ((candidate, isFar), record) in zip(known, records) where !isFar {
        let evidence = score.score(own, record)
        // The second twin is registered after the first, mostly under the mother's name as well.
        if score.areTwinsByOrder(own, record, evidence) { continue }
        if evidence.total >= District.similarAtEntry {
          similar.append(SimilarPerson(person: candidate, evidence: evidence))
        }
      }
      similar.sort { ($1.evidence.total, $0.person.id) < ($0.evidence.total, $1.person.id) }
      return Array(similar.prefix(limit))
    }
  }

  /// What speaks for and against it that these persons are the one who is told of, best first.
  public func similarity(
    of draft: PersonDraft, to persons: [PersonEntry], tree: PlaceTree
  ) throws -> [SimilarPerson] {
    try journal.pool.read { db in
      var reader = EvidenceReader(tree: tree, in: db)
      let own = reader.evidence(draft)
      let score = DuplicateScore()
      return try persons.map { person in
        let record = try reader.evidence(hidesMother(of: person) ? person.withoutMother : person)
        return SimilarPerson(person: person, evidence: score.score(own, record))
      }.sorted { ($1.evidence.total, $0.person.id) < ($0.evidence.total, $1.person.id) }
    }
  }

  /// Those who are found by their mother alone stand at the end.
  private func candidates(
    for draft: PersonDraft, tree: PlaceTree, in db: Database
  ) throws -> [(person: PersonEntry, isByMother: Bool)] {
    let terms = SearchTerms()
    let body = draft.person
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    func found(by question: PersonQuestion) throws -> [PersonEntry] {
      try question.words(terms).map { try PersonEntry.found(by: $0, limit: 300, in: db) } ?? []
    }
    var own: [PersonEntry] = []
    let number = text(body.nationalIdentityNumber)
    if !number.isEmpty { own += try PersonEntry.withNationalIdentityNumber(number, in: db) }
    let years = body.birthDate.map { $0.components.year - 1...$0.components.year + 1 }
    own += try found(by: PersonQuestion(name: text(body.name), birthYears: years))
    own += try namedInPart(draft, tree: tree, in: db)
    for family in try Household.withFamilyCardNumber(draft.familyCardNumber, in: db) {
      own += try PersonEntry.members(of: family, in: db)
    }
    var byMother: [PersonEntry] = []
    if !body.motherName.isEmpty, let born = body.birthDate?.components.year {
      byMother = try found(
        by: PersonQuestion(mother: text(body.motherName), birthYears: born...born))
    }
    return own.map { ($0, false) } + byMother.map { ($0, true) }
  }
}

extension District {
  /// Those of the same Puskesmas, sex and day of birth of whose name all words stand in the name of
  /// who is told of. Those with words more are found by the name itself: so either of two such
  /// records leads to the other.
  private func namedInPart(
    _ draft: PersonDraft, tree: PlaceTree, in db: Database
  ) throws -> [PersonEntry] {
    guard let born = draft.person.birthDate,
      let area = draft.place.flatMap({ place in
        let path = tree.path(from: place)
        return path.first { $0.kind == .puskesmas } ?? path.first { $0.kind == .village }
      })
    else { return [] }
    let terms = SearchTerms()
    let name = String(decoding: draft.person.name, as: UTF8.self)
    let year = born.components.year
    var question = PersonQuestion(
      name: name, birthYears: year...year, places: tree.subtree(of: area.id).map(\.id))
    question.isAnyWordEnough = true
    guard let words = question.words(terms, isOpenEnded: false) else { return [] }
    let asked = terms.keys(of: name)
    return try PersonEntry.found(by: words, limit: 500, in: db).filter { person in
      person.birthDate == born
        && (person.sex == nil || draft.person.sex == nil || person.sex == draft.person.sex)
        && stands(terms.keys(of: person.name), in: asked)
    }
  }

  /// Whether every word of a name stands in another.
  private func stands(_ name: NameKeys, in other: NameKeys) -> Bool {
    !name.words.isEmpty
      && name.words.allSatisfy { word in
        other.words.contains { $0.strict == word.strict || $0.open == word.open }
      }
  }
}

/// Turns what is known of persons into the compact form in which they are compared.
struct EvidenceReader {
  private let tree: PlaceTree
  private let db: Database
  private let reader = NameReader()
  private var familyCards: [Identifier: UInt64] = [:]

  init(tree: PlaceTree, in db: Database) {
    self.tree = tree
    self.db = db
  }

  func evidence(_ draft: PersonDraft) -> IdentityEvidence {
    let body = draft.person
    var evidence = named(body.name, mother: body.motherName)
    evidence.setBirth(body.birthDate, body.birthDateCertainty)
    evidence.sex = body.sex
    evidence.birthOrder = body.birthOrder ?? 0
    evidence.familyCard = UInt64(draft.familyCardNumber) ?? 0
    fill(
      &evidence, number: String(decoding: body.nationalIdentityNumber, as: UTF8.self),
      mother: body.mother, place: draft.place)
    return evidence
  }

  /// Of what the registry's row tells: a look at hundreds reads no timeline.
  mutating func evidence(_ person: PersonEntry) throws -> IdentityEvidence {
    var evidence = named(Array(person.name.utf8), mother: Array(person.motherName.utf8))
    fill(&evidence, person)
    evidence.familyCard = try familyCard(of: person.household)
    return evidence
  }

  /// All but the names, which take longest to read, and the family card.
  func outline(_ person: PersonEntry) -> IdentityEvidence {
    var evidence = IdentityEvidence()
    fill(&evidence, person)
    return evidence
  }

  private mutating func familyCard(of household: Identifier?) throws -> UInt64 {
    guard let household else { return 0 }
    if let known = familyCards[household] { return known }
    let number = try Household.familyCardNumber(of: household, in: db).flatMap(UInt64.init) ?? 0
    familyCards[household] = number
    return number
  }

  private func named(_ name: [UInt8], mother: [UInt8]) -> IdentityEvidence {
    IdentityEvidence(
      name: NameKeys(reader.name(name)),
      mother: mother.isEmpty ? nil : NameKeys(reader.name(mother)))
  }

  private func fill(_ evidence: inout IdentityEvidence, _ person: PersonEntry) {
    evidence.setBirth(person.birthDate, person.birthDateCertainty)
    evidence.sex = person.sex
    evidence.birthOrder = person.birthOrder ?? 0
    evidence.household = person.household.map(IdentityEvidence.digest) ?? 0
    fill(
      &evidence, number: person.nationalIdentityNumber, mother: person.mother, place: person.place)
  }

  private func fill(
    _ evidence: inout IdentityEvidence, number: String, mother: Identifier?, place: Identifier?
  ) {
    evidence.nationalIdentityNumber = UInt64(number) ?? 0
    evidence.mother = mother.map(IdentityEvidence.digest) ?? 0
    for above in place.map({ tree.path(from: $0) }) ?? [] {
      switch above.kind {
      case .village: evidence.village = UInt32(truncatingIfNeeded: above.number)
      case .puskesmas: evidence.puskesmas = UInt32(truncatingIfNeeded: above.number)
      default: break
      }
    }
  }
}

extension IdentityEvidence {
  /// A known person or household in the form of ``mother`` and ``household``; never 0.
  fileprivate static func digest(_ id: Identifier) -> UInt32 {
    UInt32(truncatingIfNeeded: id.low) | 1
  }
}
