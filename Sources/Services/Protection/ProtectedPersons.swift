import GRDB
import Health
import Journal

/// Who is hidden from all but those who care for them, on one day.
public struct ProtectedPersons: Hashable, Sendable {
  /// The short numbers of their records, merged ones too.
  private(set) var numbers: Set<Int64> = []
  /// The short numbers of their children, on whose records their names stand, whether or not the
  /// mother's record is named there.
  private(set) var children: Set<Int64> = []
  /// Where those of them lived last who left: who looked after them there still may.
  private(set) var lastPlaces: [Int64: Identifier] = [:]

  /// Nobody.
  public init() {}
}

/// A restriction that holds.
public struct Restriction: Sendable {
  /// The fact; withdrawing it ends the restriction.
  public let fact: Identifier
  /// The record that the fact is about.
  public let subject: Identifier
  /// Why, and until when.
  public let body: RestrictionBody
  /// The first day.
  public let since: CivilDate
}

extension District {
  /// Who is protected on a day: those whose restriction stands and holds.
  public func protectedPersons(on day: CivilDate) throws -> ProtectedPersons {
    try journal.pool.read { db in
      var protected = ProtectedPersons()
      let candidates = try District.personsWithFacts(of: .restriction, in: db)
      if candidates.isEmpty { return protected }
      let same = try SamePersons.fetch(in: db)
      for person in candidates
      where try !District.restrictions(of: person, on: day, in: db).isEmpty {
        for record in same.records(of: person.id) {
          if let entry = try PersonEntry.fetch(record, in: db) {
            try protected.insert(entry, in: db)
          }
          protected.insert(children: try PersonEntry.children(ofMother: record, in: db))
        }
        protected.insert(children: try District.unlinkedChildren(of: person, in: db))
      }
      return protected
    }
  }

  /// The most persons that are read as children of one mother by her NIK.
  private static let mostChildren = 100

  /// Those who name a person as their mother without her record: by her NIK, or by her name in a
  /// household in which she lives or lived, of a newborn without a name also as its own.
  private static func unlinkedChildren(
    of mother: PersonEntry, in db: Database
  ) throws -> [PersonEntry] {
    var found: [PersonEntry] = []
    if let term = SearchTerms.mother(withNumber: mother.nationalIdentityNumber) {
      found += try PersonEntry.found(by: "\"\(term)\"", limit: mostChildren, in: db)
    }
    let terms = SearchTerms()
    let name = terms.keys(of: mother.name)
    guard !mother.name.isEmpty, let timeline = try PersonEntry.timeline(mother.number, in: db)
    else { return found }
    var households: Set<Identifier> = []
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      for entry in try TimelineReader.standingFacts(of: bytes) where entry.kind == .residence {
        if let household = try ResidenceBody(entry.body).household { households.insert(household) }
      }
    }
    for household in households.sorted() {
      found += try PersonEntry.members(of: household, in: db).filter { member in
        guard member.number != mother.number else { return false }
        var told = [terms.keys(of: member.motherName)]
        let called = terms.keys(of: member.name)
        if called.isUnnamedNewborn { told.append(called) }
        // Written otherwise by another hand it is still her name.
        return told.contains { $0.agreement(with: name) != .different }
      }
    }
    return found
  }

  /// The restrictions of a person that hold on a day.
  public func restrictions(
    of person: PersonEntry, on day: CivilDate
  ) throws -> [Restriction] {
    try journal.pool.read { try District.restrictions(of: person, on: day, in: $0) }
  }

  private static func restrictions(
    of person: PersonEntry, on day: CivilDate, in db: Database
  ) throws -> [Restriction] {
    guard let timeline = try PersonEntry.timeline(person.number, in: db) else { return [] }
    var found: [(id: Identifier, body: RestrictionBody, since: CivilDate)] = []
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      for entry in try TimelineReader.standingFacts(of: bytes) where entry.kind == .restriction {
        let body = try RestrictionBody(entry.body)
        if body.holds(on: day, since: entry.occurredOn) {
          found.append((entry.id, body, entry.occurredOn))
        }
      }
    }
    return try found.map { restriction in
      Restriction(
        fact: restriction.id,
        subject: try FactRow.fetch(restriction.id, in: db)?.subject ?? person.id,
        body: restriction.body, since: restriction.since)
    }
  }
}

extension ProtectedPersons {
  fileprivate mutating func insert(_ person: PersonEntry, in db: Database) throws {
    numbers.insert(person.number)
    guard person.place == nil, let timeline = try PersonEntry.timeline(person.number, in: db)
    else { return }
    lastPlaces[person.number] = try PersonSummary(timeline: timeline).lastPlace
  }

  fileprivate mutating func insert(children entries: [PersonEntry]) {
    children.formUnion(entries.map(\.number))
  }
}

/// Whom one worker may see at all. Every reading of persons in ``District`` goes through it, so that
/// no page, list or file can forget to ask.
public struct Sight: Sendable {
  private let protected: ProtectedPersons
  private let rights: Rights

  /// What a worker with these rights sees of those who are protected.
  public init(_ rights: Rights, protected: ProtectedPersons) {
    self.rights = rights
    self.protected = protected
  }

  /// How many are hidden from somebody at all.
  var mostHidden: Int { protected.numbers.count }

  /// Whether nobody is hidden from anybody.
  var isClear: Bool { protected.numbers.isEmpty }

  /// Whether a person is hidden from this worker: protected, not in the worker's care, and not
  /// opened in an emergency.
  public func hides(_ person: PersonEntry) -> Bool {
    guard protected.numbers.contains(person.number) else { return false }
    let place = person.place ?? protected.lastPlaces[person.number]
    return !rights.may(.seeProtected, at: place)
      && !rights.mayInEmergency(.seePerson, with: person.id)
  }

  /// As ``hides(_:)``, of somebody of whom only the short number is known so far.
  func hides(_ number: Int64, in db: Database) throws -> Bool {
    guard protected.numbers.contains(number) else { return false }
    return try PersonEntry.fetch(number: number, in: db).map(hides) ?? true
  }

  /// Whether the mother's name on a person's record is that of somebody hidden; a newborn without a
  /// name bears it too. Whoever cares for the child at home cares for the mother.
  func hidesMother(of person: PersonEntry) -> Bool {
    protected.children.contains(person.number) && !rights.may(.seeProtected, at: person.place)
  }

  /// A person as this worker sees them; nothing where they are hidden.
  func shown(_ person: PersonEntry) -> PersonEntry? {
    if isClear { return person }
    if hides(person) { return nil }
    return hidesMother(of: person) ? person.withoutMother : person
  }
}

extension District {
  /// The same district as a worker sees it.
  public func seen(by sight: Sight) -> District {
    var district = self
    district.sight = sight
    return district
  }

  /// A person as whoever looks sees them; nothing where they are hidden.
  func shown(_ person: PersonEntry) -> PersonEntry? {
    guard let sight else { return person }
    return sight.shown(person)
  }

  /// Whether a person's name is not shown since it is that of a hidden mother: then nobody is found
  /// by it either.
  func hidesName(of person: PersonEntry) -> Bool {
    hidesMother(of: person) && person.withoutMother.name != person.name
  }

  /// Whether the mother of a person is hidden from whoever looks.
  public func hidesMother(of person: PersonEntry) -> Bool {
    sight?.hidesMother(of: person) ?? false
  }
}
