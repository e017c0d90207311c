import Foundation
import GRDB
import Health

/// One batch on its way into the journal, inside its transaction.
struct AcceptingBatch {
  struct Subject {
    var number: Int64
    var timeline: Timeline
    /// Whether a fact came: what was only looked at is not written again.
    var isTouched = false
    /// Whether a fact came that shows in the registry; measurements do not.
    var showsInRegistry = false
    /// Whether the batch made the person known: the row is not written yet.
    var isNew = false
  }

  let now: Instant
  let projections: [any Projection]
  var subjects: [Identifier: Subject] = [:]
  var touched: [Identifier] = []
  var households: Set<Identifier> = []
  private var workers: Set<Identifier> = []
  private var placeChanges = PlaceChanges()
  private var hasPlaces = false
  var keys = SubjectKeys()
  var hasErased = false
  /// What arrived after that fact is not here yet: facts that are replayed meet what they met then.
  private var lastArrived = Int64.max
  /// The short number of the last person, once somebody came to be known in this batch.
  private var lastPerson: Int64?
  private let digester = Digester()

  init(now: Instant, projections: [any Projection]) {
    self.now = now
    self.projections = projections
  }

  mutating func accept(_ facts: [Fact], in db: Database) throws -> [Acceptance] {
    var (sequence, chain) = try AcceptingBatch.end(of: db)
    let before = sequence
    var results: [Acceptance] = []
    results.reserveCapacity(facts.count)
    let tomorrow = now.day(hoursEastOfGreenwich: 14)
    for fact in facts {
      if let refusal = try refusal(of: fact, tomorrow: tomorrow, in: db) {
        let earlier = try known(fact, in: db)
        if earlier == nil { try keepApart(fact, refusal, in: db) }
        results.append(earlier ?? .refused(refusal))
        continue
      }
      let kind = try settledKind(of: fact, in: db)
      guard try hasRoom(for: fact, settled: kind, in: db) else {
        try keepApart(fact, .tooManyFacts, in: db)
        results.append(.refused(.tooManyFacts))
        continue
      }
      let body =
        fact.kind.isSealed
        ? StoredBody.sealed(fact, with: try keys.key(of: fact.subject, in: db)) : .plain(fact)
      let link = digester.link(chain, fact, storing: body)
      guard
        try FactRow.insert(fact, storing: body, sequence: sequence + 1, chain: link, in: db)
      else {
        results.append(try known(fact, in: db) ?? .alreadyThere)
        continue
      }
      sequence += 1
      chain = link
      if fact.kind == .erasure { try erase(fact.subject, in: db) }
      try extend(with: fact, settled: kind, in: db)
      results.append(.accepted(sequence: sequence))
    }
    if sequence > before { try Arrivals.note(before + 1, at: now, in: db) }
    try settle(through: sequence, in: db)
    return results
  }

  /// Works out facts that are in the journal already, numbered from `first` on.
  mutating func replay(_ facts: [ReplayedFact], from first: Int64, in db: Database) throws {
    for (position, replayed) in facts.enumerated() {
      lastArrived = first + Int64(position)
      guard !replayed.isErased else {
        try meetErased(replayed.fact, in: db)
        continue
      }
      let kind = try settledKind(of: replayed.fact, in: db)
      _ = try hasRoom(for: replayed.fact, settled: kind, in: db)
      try extend(with: replayed.fact, settled: kind, in: db)
    }
    try settle(through: lastArrived, in: db)
  }

  private static func end(of db: Database) throws -> (Int64, ChainHash) {
    let last = try BareStatement(
      "SELECT sequence, chain FROM fact ORDER BY sequence DESC LIMIT 1", in: db)
    return try last.first { row in
      ChainHash(stored: row.bytes(1)).map { (row.integer(0), $0) }
    } ?? (0, .start)
  }

  private mutating func known(_ fact: Fact, in db: Database) throws -> Acceptance? {
    guard let other = try FactRow.fetch(fact.id, in: db) else { return nil }
    if FactRow.content(other) == FactRow.content(fact) { return .alreadyThere }
    try keepApart(fact, .sameIdOtherContent, in: db)
    return .refused(.sameIdOtherContent)
  }

  private mutating func keepApart(
    _ fact: Fact, _ refusal: Refusal, in db: Database
  ) throws {
    let fact = refusal == .subjectIsErased ? fact.withoutBody : fact
    var writer = ByteWriter()
    writer.fact(fact)
    try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO refused_fact (id, reason, bytes) VALUES (?, ?, ?)"
    ).execute(arguments: [fact.id.data, refusal.rawValue, Data(writer.bytes)])
  }

  private mutating func refusal(
    of fact: Fact, tomorrow: CivilDate, in db: Database
  ) throws -> Refusal? {
    if fact.kind.isSealed, try keys.isErased(fact.subject, in: db) { return .subjectIsErased }
    if fact.occurredOn > tomorrow { return .happensInFuture }
    if !CivilDate.recordable.contains(Int64(fact.occurredOn.dayNumber))
      || !Instant.recordable.contains(fact.recordedAt.milliseconds)
    {
      return .impossibleDay
    }
    if !fact.hasReadableBody { return .unreadableBody }
    if let replaces = fact.replaces, let older = try FactRow.subject(of: replaces, in: db),
      older != fact.subject
    {
      return .replacesOtherSubject
    }
    switch fact.kind {
    case .place: return try PlaceTree.refusal(of: fact, in: db)
    case .erasure: return try refusalToErase(fact.subject, in: db)
    default: return nil
    }
  }

  /// What a fact tells something new of; a withdrawal of whatever it withdraws in the end.
  func settledKind(of fact: Fact, in db: Database) throws -> FactKind {
    try FactRow.settledKind(
      of: fact.kind, replacing: fact.replaces, through: lastArrived, in: db)
  }

  /// Looks the person up that a fact is about, and tells whether its timeline has room for it. A
  /// small timeline always has: each fact takes at least ``AcceptingBatch/smallestEntry`` bytes.
  /// Who is not known yet comes to be known by an accepted fact only: see ``extend(with:in:)``.
  private mutating func hasRoom(
    for fact: Fact, settled kind: FactKind, in db: Database
  ) throws -> Bool {
    guard kind.subject == .person else { return true }
    if subjects[fact.subject] == nil {
      subjects[fact.subject] = try stored(fact.subject, in: db)
    }
    guard let timeline = subjects[fact.subject]?.timeline,
      timeline.bytes.count > Timeline.factLimit * AcceptingBatch.smallestEntry
    else { return true }
    var copy = timeline
    do throws(WireError) {
      try copy.insert(fact)
      return true
    } catch { return false }
  }

  /// Length, id, kind, day, moment and flags of the smallest entry of a timeline.
  private static let smallestEntry = 21

  private mutating func extend(
    with fact: Fact, settled kind: FactKind, in db: Database
  ) throws {
    switch kind.subject {
    case .person: break
    case .place:
      hasPlaces = true
      try PlaceRows.update(fact.subject, kind: kind, noting: &placeChanges, in: db)
      return
    case .household:
      households.insert(fact.subject)
      return
    case .worker:
      workers.insert(fact.subject)
      return
    case .system: return
    }
    var subject = try subjects[fact.subject] ?? newcomer(in: db)
    if !subject.isTouched { touched.append(fact.subject) }
    subject.isTouched = true
    // Emptied first, so that the timeline grows where it lies.
    subjects[fact.subject] = nil
    defer { subjects[fact.subject] = subject }
    try subject.timeline.insert(fact)
    if fact.kind != .measurement || fact.replaces != nil {
      subject.showsInRegistry = true
    }
  }

  func stored(_ id: Identifier, in db: Database) throws -> Subject? {
    let known = try BareStatement(
      """
      SELECT person.number, timeline.bytes FROM person
      JOIN timeline ON timeline.person = person.number WHERE person.id = ?
      """, in: db)
    known.bind(id, at: 1)
    return try known.first { row in
      Subject(number: row.integer(0), timeline: Timeline(trusted: [UInt8](row.bytes(1))))
    }
  }

  /// Somebody who comes to be known: numbered as SQLite would, and written once, when all is known
  /// of them that the batch tells.
  mutating func newcomer(in db: Database) throws -> Subject {
    let last =
      try lastPerson
      ?? BareStatement("SELECT max(number) FROM person", in: db).first { $0.integer(0) } ?? 0
    lastPerson = last + 1
    return Subject(number: last + 1, timeline: Timeline(), isNew: true)
  }

  /// Writes the timelines and everything computed from them.
  private func settle(through last: Int64, in db: Database) throws {
    if hasPlaces { try LastChange.note("places", at: last, in: db) }
    if !workers.isEmpty { try LastChange.note("workers", at: last, in: db) }
    for id in households { try HouseholdRow.update(id, in: db) }
    for id in workers { try WorkerRow.update(id, in: db) }
    var registry = try RegistryUpdate(in: db)
    let storing = try BareStatement(
      """
      INSERT INTO timeline (person, bytes) VALUES (?, ?)
      ON CONFLICT (person) DO UPDATE SET bytes = excluded.bytes
      """, in: db)
    for id in touched {
      guard let subject = subjects[id] else { continue }
      try registry.add(id, subject, in: db)
      storing.bind(subject.number, at: 1)
      storing.bind(subject.timeline.bytes, at: 2)
      try storing.execute()
    }
    let changes = try registry.finish(in: db)
    for projection in projections {
      try projection.update(changes, places: placeChanges, at: now, in: db)
    }
    try registry.index(in: db)
    if hasErased { try SearchRow.dropForgotten(in: db) }
  }
}
