import Foundation
import GRDB
import Health
import Samples
import Synchronization
import Testing

@testable import Journal

/// Fails where a child of that person number changes: stands for any error inside a batch.
private struct FailingProjection: Projection {
  struct Failure: Error {}
  let unlucky: Identifier

  func update(
    _ changes: [TimelineChange], places: PlaceChanges, at now: Instant, in db: Database
  ) throws {
    for change in changes {
      let id = try Data.fetchOne(
        db, sql: "SELECT id FROM person WHERE number = ?", arguments: [change.person])
      if id == unlucky.data { throw Failure() }
    }
  }
}

private final class Counter: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }
  func add(_ more: Int) { count.withLock { $0 += more } }
}

@Suite("Committing together")
struct CommitQueueTests {
  @Test("Two hundred at once: each is acknowledged with a number of its own, all are there")
  func concurrent() async throws {
    let temporary = try TemporaryJournal()
    let journal = temporary.journal
    let results = try await withThrowingTaskGroup(of: [Acceptance].self) { group in
      for person in 1...200 {
        group.addTask {
          try await journal.accept([AcceptanceTests.weighed(person: person)], now: now)
        }
      }
      var all: [Acceptance] = []
      for try await results in group { all += results }
      return all
    }
    #expect(Set(results) == Set((1...200).map { Acceptance.accepted(sequence: $0) }))
    #expect(results.count == 200)
    let stored = try temporary.stored()
    #expect(Set(stored.map(\.fact.subject)) == Set((1...200).map { id($0) }))
    try ChainTests.expectChain(of: temporary)
  }

  @Test("Threads that wait and tasks that await share the queue")
  func mixed() async throws {
    let temporary = try TemporaryJournal()
    let journal = temporary.journal
    let alongside = Counter()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for person in 1...40 {
        group.addTask {
          let facts = [AcceptanceTests.weighed(person: person)]
          _ = try await journal.accept(facts, now: now)
        }
      }
      for person in 41...44 {
        let facts = [AcceptanceTests.weighed(person: person)]
        try await withCheckedThrowingContinuation { continuation in
          Thread.detachNewThread {
            continuation.resume(
              with: Result {
                _ = try journal.acceptAndWait(facts, now: now) { _, results in
                  alongside.add(results.count)
                }
              })
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(alongside.value == 4)
    #expect(try temporary.count("SELECT count(*) FROM fact") == 44)
  }

  @Test("A batch that fails keeps nothing and takes nothing of the others with it")
  func failing() async throws {
    let unlucky = id(13)
    let temporary = try TemporaryJournal(projections: [FailingProjection(unlucky: unlucky)])
    let journal = temporary.journal
    let failed = await withTaskGroup(of: Identifier?.self) { group in
      for person in 1...60 {
        group.addTask {
          let facts = [
            AcceptanceTests.weighed(person: 100 + person),
            AcceptanceTests.weighed(person: person),
          ]
          do {
            _ = try await journal.accept(facts, now: now)
            return nil
          } catch { return facts[1].subject }
        }
      }
      var failed: [Identifier] = []
      for await subject in group { if let subject { failed.append(subject) } }
      return failed
    }
    #expect(failed == [unlucky])
    let stored = try temporary.stored()
    #expect(stored.count == 118)
    #expect(!stored.contains { $0.fact.subject == unlucky || $0.fact.subject == id(113) })
    #expect(try temporary.count("SELECT count(*) FROM person") == 118)
    try ChainTests.expectChain(of: temporary)
  }

  @Test("What is written alongside goes with the batch, and away with it")
  func alongside() throws {
    struct Failure: Error {}
    let temporary = try TemporaryJournal()
    #expect(throws: Failure.self) {
      try temporary.journal.acceptAndWait([AcceptanceTests.weighed()], now: now) { _, results in
        #expect(results == [.accepted(sequence: 1)])
        throw Failure()
      }
    }
    #expect(try temporary.count("SELECT count(*) FROM fact") == 0)
    #expect(try temporary.count("SELECT count(*) FROM timeline") == 0)
    let results = try temporary.journal.acceptAndWait([AcceptanceTests.weighed()], now: now)
    #expect(results == [.accepted(sequence: 1)])
  }

  @Test("A caller that is cancelled does not take its facts back half-way")
  func cancelled() async throws {
    let temporary = try TemporaryJournal()
    let journal = temporary.journal
    let task = Task { try await journal.accept([AcceptanceTests.weighed()], now: now) }
    task.cancel()
    #expect(try await task.value == [.accepted(sequence: 1)])
    #expect(try temporary.count("SELECT count(*) FROM fact") == 1)
  }
}
