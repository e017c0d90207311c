import GRDB
import Health
import Journal

/// A person's page: who, where, with whom, and what the record is made of.
public struct PersonRecord: Sendable {
  /// As lists show them.
  public let person: PersonEntry
  /// What the facts add up to.
  public let summary: PersonSummary
  /// The fact that tells who it is; a correction takes its place.
  public let personFact: Identifier?
  /// Other facts that tell who it is, of other lists; what the first leaves open they fill in.
  public let otherPersonFacts: [Identifier]
  /// The fact by which the person lives where they do.
  public let residenceFact: Identifier?
  /// Other records that are this person.
  public let mergedRecords: [Identifier]
  /// The facts that say so, by the record that they join.
  public let merges: [(fact: Identifier, subject: Identifier, other: Identifier)]
  /// The mother, where her record is known.
  public let mother: PersonEntry?
  /// Those whose record names this person as mother.
  public let children: [PersonEntry]
  /// Husband or wife, as far as a record tells.
  public let spouses: [PersonEntry]
  /// Whether anything was ever measured.
  public let hasMeasurements: Bool
  /// Whether the mother is hidden from whoever looks: then her name, which stands in the facts of
  /// this record, must not be shown.
  public let hidesMother: Bool
  /// Where the person lives now, also where pages must not show it.
  public let home: Identifier?
  /// Whether it holds only what the visitor's own facilities recorded, and who the person is.
  public private(set) var isLimited = false
}

extension PersonRecord {
  /// The same record with no more than some of its facts tell: no relatives but those whom they
  /// name, and no word of other records.
  func limited(to summary: PersonSummary) -> PersonRecord {
    var own = summary
    if hidesMother { own.person.motherName = [] }
    var record = PersonRecord(
      person: person.asTold(by: own), summary: own, personFact: personFact,
      otherPersonFacts: otherPersonFacts, residenceFact: residenceFact, mergedRecords: [],
      merges: [], mother: own.person.mother == mother?.id ? mother : nil, children: [],
      spouses: [], hasMeasurements: hasMeasurements, hidesMother: hidesMother, home: home)
    record.isLimited = true
    return record
  }
}

/// One line of a record's history: a fact, and what became of it.
public struct HistoryEntry: Sendable {
  /// The fact with its place in the chain.
  public let stored: StoredFact
  /// Who recorded it, where the register knows them.
  public let recorder: String?
  /// Whether it still stands: not corrected, not withdrawn.
  public let stands: Bool
  /// What it takes back, where it is a withdrawal of something that is known here.
  public let withdrawn: Fact?
}

extension District {
  /// The person that a record is of; nothing where nobody has that id.
  public func person(_ id: Identifier) throws -> PersonRecord? {
    try journal.pool.read { db in
      guard let person = try PersonEntry.person(id, in: db).flatMap(shown),
        let timeline = try PersonEntry.timeline(person.number, in: db)
      else { return nil }
      let summary = try PersonSummary(timeline: timeline)
      var persons: [Identifier] = []
      var residence: Identifier?
      var merges: [(Identifier, Identifier, Identifier)] = []
      var hasMeasurements = false
      try timeline.bytes.withUnsafeBufferPointer { bytes in
        for entry in try TimelineReader.standingFacts(of: bytes) {
          switch entry.kind {
          case .person: persons.append(entry.id)
          case .residence: residence = entry.id
          case .measurement: hasMeasurements = true
          case .merge:
            guard let fact = try FactRow.fetch(entry.id, in: db) else { continue }
            merges.append((entry.id, fact.subject, try SamenessBody(entry.body).other))
          default: continue
          }
        }
      }
      return PersonRecord(
        person: person, summary: summary, personFact: persons.last,
        otherPersonFacts: Array(persons.dropLast()), residenceFact: residence,
        mergedRecords: try SamePersons.fetch(in: db).records(of: person.id)
          .filter { $0 != person.id },
        merges: merges.map { (fact: $0.0, subject: $0.1, other: $0.2) },
        mother: try summary.person.mother.flatMap { try PersonEntry.person($0, in: db) }
          .flatMap(shown),
        children: try PersonEntry.children(ofMother: person.id, in: db).compactMap(shown),
        spouses: try Marriage.told(by: timeline, in: db).filter { $0.end == nil }
          .compactMap { try PersonEntry.person($0.other, in: db) }.compactMap(shown),
        hasMeasurements: hasMeasurements, hidesMother: hidesMother(of: person),
        home: person.place)
    }
  }

  /// Every fact about a person, the last recorded first: what was said, by whom, and whether it
  /// still stands.
  public func history(ofPerson person: PersonEntry) throws -> [HistoryEntry] {
    try journal.pool.read { db in
      guard let timeline = try PersonEntry.timeline(person.number, in: db) else { return [] }
      var all: [Identifier] = []
      var standing: Set<Identifier> = []
      try timeline.bytes.withUnsafeBufferPointer { bytes in
        var reader = try TimelineReader(bytes)
        while let entry = try reader.next() { all.append(entry.id) }
        standing = Set(try TimelineReader.standingFacts(of: bytes).map(\.id))
      }
      var names: [Identifier: String] = [:]
      return try all.compactMap { id -> HistoryEntry? in
        guard let stored = try FactRow.fetchStored(id, in: db) else { return nil }
        var name: String?
        if let recorder = stored.fact.recorder {
          name = try names[recorder] ?? Worker.fetch(recorder, in: db)?.name
          names[recorder] = name
        }
        let isWithdrawal = stored.fact.kind == .withdrawal
        return HistoryEntry(
          stored: stored, recorder: name, stands: standing.contains(id) || isWithdrawal,
          withdrawn: isWithdrawal
            ? try stored.fact.replaces.flatMap { try FactRow.fetch($0, in: db) } : nil)
      }.sorted { $1.stored.sequence < $0.stored.sequence }
    }
  }
}

extension District {
  /// What the records of two persons would add up to as one; nothing where one of them is not there.
  public func summary(
    of one: PersonEntry, joinedWith other: PersonEntry
  ) throws -> PersonSummary? {
    try journal.pool.read { db in
      guard let own = try PersonEntry.timeline(one.number, in: db),
        let theirs = try PersonEntry.timeline(other.number, in: db)
      else { return nil }
      return try PersonSummary(timeline: Timeline.union([own, theirs]))
    }
  }

  /// A record as lists show it, merged into another or not; nothing where nobody has that id.
  public func entry(_ id: Identifier) throws -> PersonEntry? {
    try journal.pool.read { try PersonEntry.fetch(id, in: $0) }.flatMap(shown)
  }
  /// The names of a person's records, each as it was recorded there, before they were joined.
  public func namesAsRecorded(of person: PersonEntry) throws -> [Identifier: String] {
    try journal.pool.read { db in
      guard let timeline = try PersonEntry.timeline(person.number, in: db) else { return [:] }
      var names: [Identifier: String] = [:]
      let terms = hidesMother(of: person) ? SearchTerms() : nil
      func isHidden(_ name: String) -> Bool { terms?.keys(of: name).isUnnamedNewborn ?? false }
      try timeline.bytes.withUnsafeBufferPointer { bytes in
        for entry in try TimelineReader.standingFacts(of: bytes) where entry.kind == .person {
          let name = try PersonBody(entry.body).name
          let told = String(decoding: name, as: UTF8.self)
          guard !name.isEmpty, !isHidden(told), let fact = try FactRow.fetch(entry.id, in: db)
          else { continue }
          names[fact.subject] = told
        }
      }
      return names
    }
  }
}
