import Foundation
import GRDB
import Health
import Journal

/// What taking a list back would do: which of its facts are withdrawn, and which stay since others
/// have built on them.
public struct ListUndo: Sendable {
  /// Why a fact stays.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// Somebody corrected it since: the correction stands in its place.
    case corrected
    /// Somebody recorded something else of whom the list made known, or named them in something
    /// else.
    case used
  }

  /// A fact that stays.
  public struct Kept: Hashable, Sendable {
    /// The fact.
    public let fact: Identifier
    /// Whom it is about.
    public let subject: Identifier
    /// What it tells.
    public let kind: FactKind
    /// Why it stays.
    public let reason: Reason
    /// The later fact that builds on it; nothing where it stays because of another of the list.
    public let because: Identifier?
  }

  /// The batch.
  public let batch: Identifier
  /// How many facts the list brought.
  public let facts: Int
  /// How many of them are withdrawn already.
  public let withdrawnBefore: Int
  /// The facts that stay, in their order of arrival.
  public let kept: [Kept]
  /// The facts to be withdrawn, in their order of arrival.
  let withdrawals: [OwnFact]
  /// The last fact that this was worked out from.
  let lastSequence: Int64

  /// How many facts are to be withdrawn.
  public var count: Int { withdrawals.count }

  /// A fact of the list.
  struct OwnFact: Sendable {
    let id: Identifier
    let subject: Identifier
    let kind: FactKind
    let place: Identifier?
    let replaces: Identifier?
    /// The household that a residence names, the head that a household names.
    let leansOn: Identifier?
  }

  /// Works out what taking a list back would do; nothing is written.
  ///
  /// - Throws: ``ListUndoProblem/noSuchBatch`` where no list was written under that name.
  public init(of batch: Identifier, in db: Database) throws {
    guard let start = try FactRow.fetchStored(batch, in: db),
      start.fact.kind == .importBatch
    else { throw ListUndoProblem.noSuchBatch }
    lastSequence = try ListFileReading<CSVTable>.lastSequence(in: db)
    var history = try BatchHistory(of: batch, from: start.sequence, in: db)
    try history.settle(in: db)
    self.batch = batch
    facts = history.own.count
    var kept: [Kept] = []
    var withdrawals: [OwnFact] = []
    var withdrawn = 0
    for fact in history.own {
      if history.isWithdrawn(fact.id) {
        withdrawn += 1
      } else if let reason = history.kept[fact.id] {
        kept.append(
          Kept(
            fact: fact.id, subject: fact.subject, kind: fact.kind, reason: reason.reason,
            because: reason.because))
      } else {
        withdrawals.append(fact)
      }
    }
    withdrawnBefore = withdrawn
    self.kept = kept
    self.withdrawals = withdrawals
  }
}

/// Why a list cannot be taken back.
public enum ListUndoProblem: Error, Hashable, Sendable {
  /// No list of households or workers was written under that name.
  case noSuchBatch
  /// Others wrote so much at the same time that it could not be worked out in peace.
  case tooBusy
  /// The journal refused a withdrawal.
  case refused(Refusal)
}

/// A batch's facts, and all that came after them.
private struct BatchHistory {
  struct Foreign {
    let id: Identifier
    let kind: FactKind
    let replaces: Identifier?
  }

  private(set) var own: [ListUndo.OwnFact] = []
  private(set) var kept: [Identifier: (reason: ListUndo.Reason, because: Identifier?)] = [:]
  private var ownIds: Set<Identifier> = []
  private var subjects: Set<Identifier> = []
  private var foreign: [Identifier: [Foreign]] = [:]
  /// Whom later facts of others name, with the facts.
  private var named: [Identifier: [Identifier]] = [:]
  private var withdrawalsOf: [Identifier: [Identifier]] = [:]

  init(of batch: Identifier, from first: Int64, in db: Database) throws {
    try FactRow.forEach(from: first, in: db) { row in
      // What was erased is gone for good: nothing of it can be withdrawn, and nothing needs to be.
      guard let fact = try FactRow.fact(row) else { return true }
      if fact.kind == .withdrawal, let target = fact.replaces {
        withdrawalsOf[target, default: []].append(fact.id)
      }
      if fact.device == batch {
        guard fact.kind != .importBatch else { return true }
        own.append(
          ListUndo.OwnFact(
            id: fact.id, subject: fact.subject, kind: fact.kind, place: fact.place,
            replaces: fact.replaces, leansOn: try BatchHistory.leansOn(fact)))
        ownIds.insert(fact.id)
        subjects.insert(fact.subject)
      } else {
        foreign[fact.subject, default: []].append(
          Foreign(id: fact.id, kind: fact.kind, replaces: fact.replaces))
        for id in try BatchHistory.named(in: fact) { named[id, default: []].append(fact.id) }
        if let recorder = fact.recorder { named[recorder, default: []].append(fact.id) }
      }
      return true
    }
    foreign = foreign.filter { subjects.contains($0.key) }
    named = named.filter { subjects.contains($0.key) }
  }

  private static func leansOn(_ fact: Fact) throws -> Identifier? {
    try fact.body.withUnsafeBufferPointer { body in
      switch fact.kind {
      case .residence: try ResidenceBody(body).household
      case .household: try HouseholdBody(body).head
      default: nil
      }
    }
  }

  /// Whom else a fact tells of than its subject.
  private static func named(in fact: Fact) throws -> [Identifier] {
    try fact.body.withUnsafeBufferPointer { bytes in
      switch fact.kind {
      case .person:
        let body = try PersonBody(bytes)
        return [body.mother, body.father].compactMap(\.self)
      case .residence: return [try ResidenceBody(bytes).household].compactMap(\.self)
      case .relation: return [try RelationBody(bytes).other]
      case .merge, .notTheSame: return [try SamenessBody(bytes).other]
      case .household: return [try HouseholdBody(bytes).head].compactMap(\.self)
      default: return []
      }
    }
  }

  /// Whether a withdrawal that is not itself withdrawn points at a fact.
  func isWithdrawn(_ id: Identifier, depth: Int = 0) -> Bool {
    depth < 64
      && (withdrawalsOf[id] ?? []).contains { !isWithdrawn($0, depth: depth + 1) }
  }

  /// Settles what stays.
  mutating func settle(in db: Database) throws {
    for facts in foreign.values {
      for fact in facts where fact.kind != .withdrawal && !isWithdrawn(fact.id) {
        if let replaces = fact.replaces, ownIds.contains(replaces) {
          kept[replaces] = (.corrected, fact.id)
        }
      }
    }
    // Of a fact and its corrections by the list itself all stay where one does.
    for fact in own.reversed() {
      if let reason = kept[fact.id], let replaces = fact.replaces, ownIds.contains(replaces) {
        kept[replaces] = reason
      }
    }
    let fresh = try freshSubjects(in: db)
    var used: [Identifier: Identifier?] = [:]
    for id in fresh {
      let direct = (foreign[id] ?? []).first { $0.kind != .withdrawal && !isWithdrawn($0.id) }?.id
      if let because = direct ?? (named[id] ?? []).first(where: { !isWithdrawn($0) }) {
        used[id] = because
      }
    }
    // Who stays keeps the household, and a household that stays keeps its head.
    var isSettled = false
    while !isSettled {
      isSettled = true
      for fact in own {
        guard used[fact.subject] != nil, let other = fact.leansOn, fresh.contains(other),
          used[other] == nil, !isWithdrawn(fact.id)
        else { continue }
        used.updateValue(nil, forKey: other)
        isSettled = false
      }
    }
    for fact in own where kept[fact.id] == nil {
      if let because = used[fact.subject] { kept[fact.id] = (.used, because) }
    }
  }

  /// Whom the list made known: nothing was told of them before.
  private func freshSubjects(in db: Database) throws -> Set<Identifier> {
    var fresh: Set<Identifier> = []
    for id in subjects {
      let later = Set((foreign[id] ?? []).map(\.id))
      let timeline = try BatchHistory.timeline(of: id, in: db)
      let isKnownBefore = try timeline.bytes.withUnsafeBufferPointer { bytes in
        var reader = try TimelineReader(bytes)
        while let entry = try reader.next() {
          if !ownIds.contains(entry.id), !later.contains(entry.id) { return true }
        }
        return false
      }
      if !isKnownBefore { fresh.insert(id) }
    }
    return fresh
  }

  private static func timeline(of id: Identifier, in db: Database) throws -> Timeline {
    if let person = try PersonEntry.fetch(id, in: db) {
      let statement = try BareStatement("SELECT bytes FROM timeline WHERE person = ?", in: db)
      statement.bind(person.number, at: 1)
      return try statement.first { Timeline(trusted: [UInt8]($0.bytes(0))) } ?? Timeline()
    }
    return try StandingSubject.fetch(id, in: db).timeline
  }
}

extension ListUndo {
  private struct OthersCame: Error {}

  /// Facts that share a commit.
  private static let factsPerCommit = 4000
  private static let attempts = 64

  /// Takes a list back: withdraws each of its facts that nobody has built on.
  ///
  /// A run that was cut off is taken up by the next one. Where nothing is left to be withdrawn
  /// nothing is written.
  ///
  /// - Parameters:
  ///   - recorder: who takes it back; nothing for the command line.
  ///   - progress: called after each commit with how many facts are withdrawn, of how many.
  /// - Returns: what was done: ``count`` facts were withdrawn, ``kept`` stay.
  /// - Throws: ``ListUndoProblem``. What was acknowledged before is kept.
  @discardableResult
  public static func carryOut(
    of batch: Identifier, in journal: JournalFile, by recorder: Identifier?, now: Instant,
    hoursEastOfGreenwich: Int = 7, progress: (Int, Int) throws -> Void = { _, _ in }
  ) throws -> ListUndo {
    let today = now.day(hoursEastOfGreenwich: hoursEastOfGreenwich)
    let first = try journal.pool.read { try ListUndo(of: batch, in: $0) }
    var undo = first
    var rest = undo.withdrawals[...]
    var last = undo.lastSequence
    var done = 0
    var attempts = 0
    while !rest.isEmpty {
      let part = rest.prefix(factsPerCommit)
      let facts = part.map { fact in
        Fact(
          id: .fresh(at: now), subject: fact.subject, kind: .withdrawal, occurredOn: today,
          recordedAt: now, place: fact.place, recorder: recorder, replaces: fact.id, body: [])
      }
      do {
        last = try write(facts, after: last, to: journal, now: now)
        rest = rest.dropFirst(part.count)
        done += part.count
        try progress(done, done + rest.count)
      } catch is OthersCame {
        attempts += 1
        guard attempts < ListUndo.attempts else { throw ListUndoProblem.tooBusy }
        undo = try journal.pool.read { try ListUndo(of: batch, in: $0) }
        (rest, last) = (undo.withdrawals[...], undo.lastSequence)
      }
    }
    if done > 0 || first.count > 0 {
      try note(undo, withdrawn: first.withdrawnBefore + done, journal, recorder, now, today)
    }
    return undo
  }

  /// - Returns: the last sequence number behind it.
  private static func write(
    _ facts: [Fact], after last: Int64, to journal: JournalFile, now: Instant
  ) throws -> Int64 {
    let results = try journal.acceptAndWait(facts, now: now) { _, results in
      for case .refused(let refusal) in results { throw ListUndoProblem.refused(refusal) }
      if case .accepted(let first)? = results.first, first != last + 1 { throw OthersCame() }
    }
    if case .accepted(let sequence)? = results.last { return sequence }
    return last
  }

  /// Notes at the batch that it was taken back, and how far.
  private static func note(
    _ undo: ListUndo, withdrawn: Int, _ journal: JournalFile, _ recorder: Identifier?,
    _ now: Instant, _ today: CivilDate
  ) throws {
    let batch = undo.batch
    let told = try journal.pool.read { db -> Fact? in
      guard let first = try FactRow.fetchStored(batch, in: db) else { return nil }
      var latest: Fact? = first.fact
      try FactRow.forEach(from: first.sequence + 1, in: db) { row in
        guard row.integer(3) == Int64(FactKind.importBatch.rawValue),
          let fact = try FactRow.fact(row), fact.replaces == latest?.id
        else { return true }
        latest = fact
        return true
      }
      return latest
    }
    guard let told else { return }
    var body = try told.body.withUnsafeBufferPointer { try ImportBatchBody($0) }
    body.withdrawnFacts = Int64(withdrawn)
    body.keptFacts = Int64(undo.kept.count)
    let fact = Fact(
      id: .fresh(at: now), subject: .system, kind: .importBatch, occurredOn: today,
      recordedAt: now, place: told.place, recorder: recorder, device: batch, replaces: told.id,
      body: body.bytes)
    _ = try journal.acceptAndWait([fact], now: now) { db, results in
      for case .refused(let refusal) in results { throw ListUndoProblem.refused(refusal) }
      try db.execute(
        sql: "UPDATE import_batch SET undone_at = ? WHERE id = ?",
        arguments: [now.milliseconds, batch.data])
    }
  }
}
