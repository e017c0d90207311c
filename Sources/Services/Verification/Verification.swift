import Foundation
import GRDB
import Health
import Journal
import Monitoring
import Programmes

/// The first thing that does not fit, and where.
public enum Mismatch: Hashable, Sendable {
  /// A fact's link does not follow from the facts before it: it, or one before it, was changed.
  case brokenChain(sequence: Int64)
  /// The order of arrival has a gap: a fact is missing.
  case missingFact(sequence: Int64)
  /// A stored fact cannot be read.
  case unreadableFact(sequence: Int64)
  /// A person's stored timeline is not what the facts give.
  case timeline(person: Identifier)
  /// A person's registry row is not what the facts give.
  case person(Identifier)
  /// A child's stored contributions are not what the timeline gives.
  case contributions(person: Identifier)
  /// A cell of the cube is not the sum of the contributions.
  case cube(place: Int64, month: CivilMonth)
  /// A person is listed at a place where the contributions do not count it, or the other way round.
  case countedAt(place: Int64, person: Int64)
  /// A place is not what its facts give.
  case place(Identifier)
  /// SQLite itself finds the file damaged.
  case damagedFile(String)
}

/// What a verification found.
public struct Verification: Sendable {
  /// Facts read and linked.
  public internal(set) var facts: Int64 = 0
  /// Persons whose timeline was computed anew.
  public internal(set) var persons = 0
  /// Measurements judged anew.
  public internal(set) var measurements = 0
  /// Cells of the cube added up anew.
  public internal(set) var cells = 0
  /// The link of the last fact: two journals with the same link hold the same facts.
  public internal(set) var chain: ChainHash = .start
  /// The first thing that does not fit; nothing where all fits.
  public internal(set) var mismatch: Mismatch?
}

extension District {
  /// Computes everything anew from the facts and compares it to what is stored.
  ///
  /// - Parameter progress: called with the number of facts read, now and then.
  public func verify(progress: (Int64) -> Void = { _ in }) throws -> Verification {
    try journal.pool.read { db in
      var recount = Recount(settings: settings)
      do {
        try recount.checkFile(in: db)
        try recount.readFacts(in: db, progress: progress)
        try recount.comparePlaces(in: db)
        try recount.comparePersons(in: db)
        try recount.compareCube(in: db)
      } catch let found as Found {
        recount.result.mismatch = found.mismatch
      }
      return recount.result
    }
  }
}

private struct Found: Error {
  let mismatch: Mismatch
}

/// Everything computed again from the facts alone.
private struct Recount {
  let settings: GrowthSettings
  var result = Verification()
  private var facts: [Identifier: [Fact]] = [:]
  private var placeFacts: [Identifier: [Fact]] = [:]
  private var cells: [CubeKey: CubeCell] = [:]
  private var counted: Set<Pair> = []

  private struct Pair: Hashable {
    let place: Int64
    let person: Int64
  }

  init(settings: GrowthSettings) { self.settings = settings }

  func checkFile(in db: Database) throws {
    let answer = try String.fetchOne(db, sql: "PRAGMA quick_check") ?? "ok"
    guard answer == "ok" else { throw Found(mismatch: .damagedFile(answer)) }
  }

  mutating func readFacts(in db: Database, progress: (Int64) -> Void) throws {
    let rows = try FactRow.all(in: db)
    var expected: Int64 = 1
    while let row = try rows.next() {
      let sequence: Int64 = row[0]
      guard sequence == expected else { throw Found(mismatch: .missingFact(sequence: expected)) }
      guard let stored = FactRow.stored(row) else {
        throw Found(mismatch: .unreadableFact(sequence: sequence))
      }
      result.chain = result.chain.next(stored.fact)
      guard result.chain == stored.chain else {
        throw Found(mismatch: .brokenChain(sequence: sequence))
      }
      let isAboutPlace =
        stored.fact.kind == .place
        || (stored.fact.kind == .withdrawal && placeFacts[stored.fact.subject] != nil)
      if isAboutPlace {
        placeFacts[stored.fact.subject, default: []].append(stored.fact)
      } else if stored.fact.kind.isAboutPerson, try !withdrawsOther(stored.fact, in: db) {
        facts[stored.fact.subject, default: []].append(stored.fact)
      }
      result.facts = sequence
      expected += 1
      if sequence % 50_000 == 0 { progress(sequence) }
    }
  }

  /// Whether a withdrawal takes back something that is about no person.
  private func withdrawsOther(_ fact: Fact, in db: Database) throws -> Bool {
    guard fact.kind == .withdrawal, let target = fact.replaces else { return false }
    return try FactRow.fetch(target, in: db).map { !$0.kind.isAboutPerson } ?? false
  }

  func comparePlaces(in db: Database) throws {
    let tree = try PlaceTree.fetch(in: db)
    for (id, facts) in placeFacts {
      guard let latest = PlaceTree.latest(of: facts), let body = PlaceTree.body(of: latest),
        let place = tree.places[id], place.kind == body.kind, place.partOf == body.partOf,
        place.name == String(decoding: body.name, as: UTF8.self),
        place.code == String(decoding: body.code, as: UTF8.self),
        place.codeIsExample == body.codeIsExample
      else { throw Found(mismatch: .place(id)) }
    }
    for id in tree.places.keys where placeFacts[id] == nil {
      throw Found(mismatch: .place(id))
    }
  }

  mutating func comparePersons(in db: Database) throws {
    let tree = try PlaceTree.fetch(in: db)
    var paths: [Identifier: [Int64]] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(PersonEntry.columns), person.name_key, person.local_identifier,
          person.died_on, timeline.bytes AS timeline, contribution.bytes AS contributions
        FROM person LEFT JOIN timeline ON timeline.person = person.number
        LEFT JOIN contribution ON contribution.person = person.number
        """)
    while let row = try rows.next() {
      guard let entry = PersonEntry(row) else { throw Found(mismatch: .damagedFile("person")) }
      let timeline = try timeline(of: entry, stored: row["timeline"])
      guard try PersonSummary(timeline: timeline).matches(row, entry) else {
        throw Found(mismatch: .person(entry.id))
      }
      try compareContributions(of: entry, timeline, stored: row["contributions"], tree, &paths)
      result.persons += 1
      facts[entry.id] = nil
    }
    if let lost = facts.keys.min() { throw Found(mismatch: .timeline(person: lost)) }
  }

  private func timeline(of entry: PersonEntry, stored: Data?) throws -> Timeline {
    var timeline = Timeline()
    // Sorted first, each fact goes to the end, which is the quick way in.
    for fact in (facts[entry.id] ?? []).sorted(by: Fact.isBefore) { try timeline.insert(fact) }
    guard let stored, timeline.bytes.elementsEqual(stored) else {
      throw Found(mismatch: .timeline(person: entry.id))
    }
    return timeline
  }

  private mutating func compareContributions(
    of entry: PersonEntry, _ timeline: Timeline, stored: Data?, _ tree: PlaceTree,
    _ paths: inout [Identifier: [Int64]]
  ) throws {
    let record = try timeline.bytes.withUnsafeBufferPointer { bytes in
      try GrowthRecord(timeline: bytes, settings: settings)
    }
    result.measurements += record.measurements.count
    let months = record.childMonths(settings: settings)
    guard let stored, PackedContributions.pack(months).elementsEqual(stored) else {
      throw Found(mismatch: .contributions(person: entry.id))
    }
    var last: Identifier?
    for month in months {
      let path =
        paths[month.place] ?? tree.path(from: month.place).map(\.number)
      paths[month.place] = path
      for place in path {
        cells[CubeKey(place: place, month: month.month), default: CubeCell()]
          .add(month, times: 1)
      }
      if last != month.place, let place = path.first {
        counted.insert(Pair(place: place, person: entry.number))
        last = month.place
      }
    }
  }

  mutating func compareCube(in db: Database) throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT place, month, bytes FROM cube")
    while let row = try rows.next() {
      let key = CubeKey(
        place: row[0], month: CivilMonth(number: Int32(truncatingIfNeeded: row[1] as Int)))
      guard let stored = try? CubeRow.cell(row[2]), stored == cells[key] else {
        throw Found(mismatch: .cube(place: key.place, month: key.month))
      }
      cells[key] = nil
      result.cells += 1
    }
    if let lost = cells.keys.min() {
      throw Found(mismatch: .cube(place: lost.place, month: lost.month))
    }
    let pairs = try Row.fetchCursor(db, sql: "SELECT place, person FROM counted_at")
    while let row = try pairs.next() {
      guard counted.remove(Pair(place: row[0], person: row[1])) != nil else {
        throw Found(mismatch: .countedAt(place: row[0], person: row[1]))
      }
    }
    if let lost = counted.first {
      throw Found(mismatch: .countedAt(place: lost.place, person: lost.person))
    }
  }
}

extension Fact {
  /// The order of a timeline.
  static func isBefore(_ left: Fact, _ right: Fact) -> Bool {
    (left.occurredOn, left.recordedAt, left.id) < (right.occurredOn, right.recordedAt, right.id)
  }
}

extension PersonSummary {
  /// Whether a registry row says the same.
  fileprivate func matches(_ row: Row, _ entry: PersonEntry) -> Bool {
    let name = String(decoding: person.name, as: UTF8.self)
    return entry.name == name && row["name_key"] == PersonSummary.key(of: name)
      && entry.motherName == String(decoding: person.motherName, as: UTF8.self)
      && entry.nationalIdentityNumber
        == String(decoding: person.nationalIdentityNumber, as: UTF8.self)
      && row["local_identifier"] == String(decoding: person.localIdentifier, as: UTF8.self)
      && entry.sex == person.sex && entry.birthDate == person.birthDate && entry.place == place
      && (row["died_on"] as Int?) == diedOn.map { Int($0.dayNumber) }
  }
}
