import Foundation
import GRDB
import Health

extension AcceptingBatch {
  /// Why the subject cannot be erased; nothing where it can.
  func refusalToErase(_ subject: Identifier, in db: Database) throws -> Refusal? {
    var isKnown = false
    if let timeline = try subjects[subject]?.timeline ?? stored(subject, in: db)?.timeline {
      isKnown = true
      if try !isSealed(timeline, in: db) { return .factsAreNotSealed }
    }
    let household = try StandingSubject.fetch(subject, in: db).timeline
    if household != Timeline() {
      isKnown = true
      if try !isSealed(household, in: db) { return .factsAreNotSealed }
    }
    return isKnown ? nil : .erasesNobody
  }

  private func isSealed(_ timeline: Timeline, in db: Database) throws -> Bool {
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      var reader = try TimelineReader(bytes)
      while let entry = try reader.next() {
        let statement = try BareStatement("SELECT sealed FROM fact WHERE id = ?", in: db)
        statement.bind(entry.id, at: 1)
        if try statement.first({ $0.integer(0) }) == 0 { return false }
      }
      return true
    }
  }

  /// Destroys the key of a person or household, and empties what was computed of them. The person's
  /// row stays, without anything in it, so that whoever has its address learns what happened.
  mutating func erase(_ subject: Identifier, in db: Database) throws {
    try keys.erase(subject, in: db)
    try forgetRefused(subject, in: db)
    hasErased = true
    households.insert(subject)
    if var person = try subjects[subject] ?? stored(subject, in: db) {
      person.timeline = Timeline()
      show(&person, subject)
    }
  }

  /// Meets a fact whose body was erased since: its subject is known, and nothing is told of it.
  mutating func meetErased(_ fact: Fact, in db: Database) throws {
    guard try settledKind(of: fact, in: db).subject == .person else { return }
    var person = try subjects[fact.subject] ?? newcomer(in: db)
    show(&person, fact.subject)
  }

  private mutating func show(_ person: inout Subject, _ id: Identifier) {
    if !person.isTouched { touched.append(id) }
    (person.isTouched, person.showsInRegistry) = (true, true)
    subjects[id] = person
  }

  /// Removes facts about the subject that were kept apart: their bodies are readable.
  private func forgetRefused(_ subject: Identifier, in db: Database) throws {
    var about: [Int64] = []
    try BareStatement("SELECT number, bytes FROM refused_fact", in: db).forEach { row in
      var reader = ByteReader(row.bytes(1))
      if try reader.fact().subject == subject { about.append(row.integer(0)) }
      return true
    }
    for number in about {
      let statement = try BareStatement("DELETE FROM refused_fact WHERE number = ?", in: db)
      statement.bind(number, at: 1)
      try statement.execute()
    }
  }
}

/// A fact that is in the journal already, on its way into what is computed.
struct ReplayedFact {
  let fact: Fact
  /// Whether its body was erased since; then it stands here without one.
  let isErased: Bool

  init(_ row: BareRow) throws {
    guard let view = FactView(row) else { throw FactRow.unreadable(row) }
    switch view.body {
    case .readable(let body): (fact, isErased) = (view.copy(body: body), false)
    case .erased: (fact, isErased) = (view.copy(body: []), true)
    case .unreadable: throw FactRow.unreadable(row)
    }
  }
}

extension Fact {
  /// The fact without what it tells.
  var withoutBody: Fact {
    Fact(
      id: id, subject: subject, kind: kind, occurredOn: occurredOn, recordedAt: recordedAt,
      place: place, recorder: recorder, device: device, replaces: replaces, body: [])
  }
}

extension JournalFile {
  /// Writes what was committed from SQLite's log into the file and empties the log, so that pages
  /// from before an erasure lie nowhere any more. While somebody reads an older state it does
  /// nothing; closing the journal does it at the latest.
  public func dropOldPages() throws {
    try pool.writeWithoutTransaction { db in
      _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }
}
