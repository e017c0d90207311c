import Foundation
import GRDB
import Health
import Samples
import Testing

@testable import Journal

@Suite("Accepting facts")
struct AcceptanceTests {
  static func weighed(person: Int = 1) -> Fact {
    var story = Story(person: person)
    story.visit("2024-03-10", grams: 9_000)
    return story.facts[0]
  }

  @Test("A fact of tomorrow is refused and kept apart; of today, anywhere on earth, accepted")
  func future() async throws {
    let temporary = try TemporaryJournal()
    var story = Story()
    // At noon in Greenwich it is 2 June already where the day begins.
    for date in ["2024-06-01", "2024-06-02", "2024-06-03"] { story.visit(date, grams: 9_000) }
    let results = try await temporary.journal.accept(story.facts, now: now)
    #expect(
      results == [.accepted(sequence: 1), .accepted(sequence: 2), .refused(.happensInFuture)])
    #expect(try temporary.count("SELECT count(*) FROM fact") == 2)
    #expect(
      try temporary.count(
        "SELECT count(*) FROM refused_fact WHERE reason = 'happens_in_future'") == 1)
  }

  @Test("A body that is not what its kind says is refused and kept apart as it came")
  func unreadable() async throws {
    let temporary = try TemporaryJournal()
    let kinds: [FactKind] = [
      .measurement, .person, .residence, .place, .insurance, .consent, .subjectRequest,
      .subjectAnswer, .restriction, .card, .familyIndexAnswer, .kaderSkill, .kaderTerms,
    ]
    for (number, kind) in kinds.enumerated() {
      var fact = Self.weighed(person: number + 1)
      fact.kind = kind
      fact.body = [4, 0, 2, 0]
      let results = try await temporary.journal.accept([fact], now: now)
      #expect(results == [.refused(.unreadableBody)], "\(kind)")
      var writer = ByteWriter()
      writer.fact(fact)
      let bytes = writer.bytes
      let subject = fact.id
      let kept = try await temporary.journal.pool.read { db in
        try Data.fetchOne(
          db, sql: "SELECT bytes FROM refused_fact WHERE id = ?", arguments: [subject.data])
      }
      #expect(kept.map { [UInt8]($0) } == bytes)
    }
    #expect(try temporary.count("SELECT count(*) FROM fact") == 0)
    #expect(try temporary.count("SELECT count(*) FROM person") == 0)
  }

  @Test("A body larger than any may be is refused")
  func large() async throws {
    let temporary = try TemporaryJournal()
    var fact = Self.weighed()
    fact.kind = FactKind(rawValue: 700)
    fact.body = [UInt8](repeating: 1, count: Timeline.bodyLimit + 1)
    let results = try await temporary.journal.accept([fact], now: now)
    #expect(results == [.refused(.unreadableBody)])
  }

  @Test("The same fact twice is one, in one batch or in two; nothing of it is kept apart")
  func twice() async throws {
    let temporary = try TemporaryJournal()
    let fact = Self.weighed()
    let first = try await temporary.journal.accept([fact, fact], now: now)
    #expect(first == [.accepted(sequence: 1), .alreadyThere])
    #expect(try await temporary.journal.accept([fact], now: now) == [.alreadyThere])
    #expect(try temporary.count("SELECT count(*) FROM fact") == 1)
    #expect(try temporary.count("SELECT count(*) FROM refused_fact") == 0)
  }

  @Test("The same id with any other content is refused, kept apart once, and changes nothing")
  func otherContent() async throws {
    let temporary = try TemporaryJournal()
    let fact = Self.weighed()
    _ = try await temporary.journal.accept([fact], now: now)
    var others = [Fact](repeating: fact, count: 8)
    others[0].subject = id(2)
    others[1].kind = .death
    others[2].occurredOn = day("2024-03-11")
    others[3].recordedAt = Instant(milliseconds: 5)
    others[4].place = id(3)
    others[5].recorder = id(3)
    others[6].device = id(3)
    others[7].body = MeasurementBody().bytes
    for other in others + others {
      let results = try await temporary.journal.accept([other], now: now)
      #expect(results == [.refused(.sameIdOtherContent)])
    }
    #expect(try temporary.count("SELECT COUNT(*) FROM person") == 1)
    #expect(try temporary.stored().map(\.fact) == [fact])
    #expect(try temporary.count("SELECT count(*) FROM refused_fact") == others.count)
  }

  @Test("A correction of somebody else's fact is refused")
  func otherSubject() async throws {
    let temporary = try TemporaryJournal()
    var other = Story(person: 2)
    other.visit("2024-03-10", grams: 9_000, replacing: Self.weighed().id)
    let results = try await temporary.journal.accept([Self.weighed()] + other.facts, now: now)
    #expect(results == [.accepted(sequence: 1), .refused(.replacesOtherSubject)])
  }

  @Test("A refused fact takes nothing of its batch with it, and leaves no gap in the order")
  func refusedAmongOthers() async throws {
    let temporary = try TemporaryJournal()
    var broken = Self.weighed(person: 2)
    broken.body = [1]
    let facts = [Self.weighed(person: 1), broken, Self.weighed(person: 3)]
    let results = try await temporary.journal.accept(facts, now: now)
    #expect(
      results == [.accepted(sequence: 1), .refused(.unreadableBody), .accepted(sequence: 2)])
    #expect(try temporary.stored().map(\.sequence) == [1, 2])
  }

  @Test("A kind that is not known here is kept and travels with the person")
  func unknownKind() async throws {
    let temporary = try TemporaryJournal()
    var fact = Self.weighed()
    fact.kind = FactKind(rawValue: 4_321)
    fact.body = [0xFF, 0xFE, 0xFD]
    fact.recorder = id(50)
    let results = try await temporary.journal.accept([fact], now: now)
    #expect(results == [.accepted(sequence: 1)])
    #expect(try temporary.stored().map(\.fact) == [fact])
    let subject = fact.subject
    let timeline = try await temporary.journal.pool.read { db in
      let person = try #require(try PersonEntry.fetch(subject, in: db))
      return try #require(try PersonEntry.timeline(person.number, in: db))
    }
    #expect(try timeline.standing == [fact.id])
  }

  @Test("One fact more than a person may have is refused alone")
  func tooMany() async throws {
    let temporary = try TemporaryJournal()
    let first = Self.weighed()
    _ = try await temporary.journal.accept([first], now: now)
    let packed = try Self.fullTimeline()
    try await temporary.journal.pool.write { db in
      try db.execute(sql: "UPDATE timeline SET bytes = ?", arguments: [Data(packed)])
    }
    var again = Story(person: 1)
    again.visit("2024-03-10", grams: 9_000)
    again.visit("2024-04-10", grams: 9_300)
    let facts = [again.facts[1], Self.weighed(person: 2)]
    let results = try await temporary.journal.accept(facts, now: now)
    #expect(results == [.refused(.tooManyFacts), .accepted(sequence: 2)])
  }

  /// A timeline that holds as many facts as it may.
  private static func fullTimeline() throws -> [UInt8] {
    var writer = ByteWriter(capacity: 4_000_000)
    writer.raw(Timeline().bytes)
    for number in 1...Timeline.factLimit {
      var entry = ByteWriter(capacity: 32)
      entry.identifier(id(10_000_000 + number))
      entry.unsigned(3)
      entry.signed(0)
      entry.signed(Int64(number))
      entry.byte(0)
      writer.unsigned(UInt64(entry.bytes.count))
      writer.raw(entry.bytes)
    }
    return try Timeline(packed: writer.bytes).bytes
  }
}

@Suite("The journal's file")
struct JournalFileTests {
  @Test("A folder that is not there is named")
  func noFolder() {
    let path = "/nowhere/\(UUID().uuidString)/journal.sqlite"
    #expect {
      _ = try JournalFile(path: path)
    } throws: { error in
      guard case JournalError.cannotOpen(path, _) = error else { return false }
      return true
    }
  }

  @Test(
    "Facts can neither be changed nor removed",
    arguments: [
      "UPDATE fact SET body = x''", "UPDATE fact SET sequence = sequence + 1",
      "DELETE FROM fact", "DELETE FROM fact WHERE sequence = 1",
      "INSERT OR REPLACE INTO fact SELECT * FROM fact",
    ])
  func unchangeable(statement: String) async throws {
    let temporary = try TemporaryJournal()
    _ = try await temporary.journal.accept([AcceptanceTests.weighed()], now: now)
    let before = try temporary.stored()
    await #expect(throws: DatabaseError.self) {
      try await temporary.journal.pool.write { try $0.execute(sql: statement) }
    }
    #expect(try temporary.stored() == before)
  }

  @Test("What is committed is on the disk: synchronous is FULL, in a log written ahead")
  func durable() throws {
    let temporary = try TemporaryJournal()
    #expect(try temporary.journal.pool.durabilityLevel() == 2)
    let mode = try temporary.journal.pool.read {
      try String.fetchOne($0, sql: "PRAGMA journal_mode")
    }
    #expect(mode == "wal")
  }

  @Test("Its owner alone reads it, also what lies beside it, and one that was open to others")
  func mode() async throws {
    let temporary = try TemporaryJournal()
    let path = temporary.journal.path
    _ = try await temporary.journal.accept([AcceptanceTests.weighed()], now: now)
    func rights(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    for ending in ["", "-wal", "-shm"] { #expect(try rights(path + ending) == 0o600, "\(ending)") }
    try temporary.journal.close()
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let again = try JournalFile(path: path)
    #expect(try rights(path) == 0o600)
    try again.close()
    // A folder that was named by mistake keeps its rights.
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let before = try rights(folder)
    #expect(throws: JournalError.self) { _ = try JournalFile(path: folder) }
    #expect(try rights(folder) == before)
  }

  @Test("Opened again, the journal goes on where it was")
  func reopened() async throws {
    let temporary = try TemporaryJournal()
    _ = try await temporary.journal.accept([AcceptanceTests.weighed()], now: now)
    let again = try JournalFile(path: temporary.journal.path)
    let results = try await again.accept(
      [AcceptanceTests.weighed(), AcceptanceTests.weighed(person: 2)], now: now)
    #expect(results == [.alreadyThere, .accepted(sequence: 2)])
    try again.close()
    try ChainTests.expectChain(of: temporary)
  }
}
