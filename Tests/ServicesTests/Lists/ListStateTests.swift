import Exchange
import Foundation
import GRDB
import Health
import Journal
import Samples
import Services
import Synchronization
import Testing

/// Lists that are being written, that stop midway, that others write beside.
@Suite("Lists on their way")
struct ListStateTests {
  static let later = ListUndoTests.later
  private struct Killed: Error {}

  private final class Ranges: Sendable {
    let all = Mutex<[ClosedRange<Int64>]>([])
    func add(_ range: ClosedRange<Int64>) { all.withLock { $0.append(range) } }
    var sequences: [Int64] { all.withLock { $0.flatMap { Array($0) } } }
  }

  private func weighing(_ number: Int) -> Fact {
    var weight = MeasurementBody()
    weight.weight = Mass(grams: 9000)
    return Recording(at: ListDesk.noon, recorder: nil).fact(
      .measurement, of: id(number), on: day("2026-05-01"), at: ExamplePlaces.villages[0],
      weight.bytes)
  }

  /// The sequence numbers of a batch's own facts, or of the withdrawals of them.
  private func sequences(
    of batch: Identifier, withdrawals: Bool, _ desk: ListDesk
  ) async throws -> [Int64] {
    try await desk.district.journal.pool.read { db in
      try Int64.fetchAll(
        db,
        sql: withdrawals
          ? """
          SELECT sequence FROM fact WHERE replaces IN (SELECT id FROM fact WHERE device = ?)
            AND (kind = 6 OR kind = 18 AND recorded_at = \(Self.later.milliseconds))
          ORDER BY sequence
          """ : "SELECT sequence FROM fact WHERE device = ? AND kind <> 6 ORDER BY sequence",
        arguments: [batch.data])
    }
  }

  @Test("Writing and taking back tell which facts are theirs, and none that others saved meanwhile")
  func ownFacts() async throws {
    let desk = try await ListDesk()
    let journal = desk.district.journal
    let written = Ranges()
    let rows = (1...6).flatMap { ListDesk.family($0) }
    var others: [Int64] = []
    let summary = try desk.list(rows).write(told: written.add) { progress in
      let results = try journal.acceptAndWait(
        [weighing(900 + progress.summary.rows)], now: ListDesk.noon)
      others += Acceptance.sequences(of: results).map { Array($0) } ?? []
    }
    #expect(others.count == 6 && summary[.new] == 18)
    let own = try await sequences(of: summary.batch, withdrawals: false, desk)
    #expect(written.sequences == own)
    #expect(Set(written.sequences).isDisjoint(with: others))

    let taken = Ranges()
    let undone = try ListUndo.carryOut(
      of: summary.batch, in: journal, by: nil, now: Self.later, told: taken.add)
    #expect(undone.count == summary.facts && undone.kept.isEmpty)
    let withdrawals = try await sequences(of: summary.batch, withdrawals: true, desk)
    #expect(taken.sequences == withdrawals)
    #expect(try desk.district.verify().mismatch == nil)
  }

  @Test("A list that is being written is not taken back; its part can be, once it stopped")
  func stillWritten() async throws {
    let desk = try await ListDesk()
    let journal = desk.district.journal
    var batch: Identifier?
    var refused = 0
    let rows = (1...5).flatMap { ListDesk.family($0) }
    #expect(throws: Killed.self) {
      try desk.list(rows).write(
        expected: rows.count,
        progress: { progress in
          batch = progress.summary.batch
          do {
            try ListUndo.carryOut(
              of: progress.summary.batch, in: journal, by: nil, now: ListDesk.noon)
          } catch ListUndoProblem.stillWritten { refused += 1 }
          if progress.summary.rows >= 8 { throw Killed() }
        })
    }
    #expect(refused == 3)
    let begun = try #require(batch)
    let stopped = try #require(try desk.district.importBatch(begun))
    #expect(stopped.state(at: ListDesk.noon) == .stopped && stopped.stoppedAt != nil)
    #expect(stopped.rows == 8 && stopped.expectedRows == 15 && stopped.finishedAt == nil)
    // Whoever goes on has it as it was …
    let rest = try desk.list(rows).write()
    #expect(rest[.same] == 8 && rest[.new] == 7)
    #expect(try desk.district.importBatch(rest.batch)?.state(at: ListDesk.noon) == .done)
    // … and the part can be taken back, but for what the rest is built on.
    let undone = try ListUndoTests.undo(stopped.id, desk)
    #expect(undone.count > 0 && undone.kept.allSatisfy { $0.reason == .used })
    #expect(try desk.district.importBatch(stopped.id)?.state(at: Self.later) == .undone)
    #expect(try desk.district.verify().mismatch == nil)
  }

  @Test("Whoever writes a list that seemed dead, and was taken back, stops")
  func takenBackMeanwhile() async throws {
    let desk = try await ListDesk()
    let journal = desk.district.journal
    let rows = (1...5).flatMap { ListDesk.family($0) }
    var batch: Identifier?
    #expect(throws: ListWriteProblem.stopped) {
      try desk.list(rows).write(progress: { progress in
        batch = progress.summary.batch
        guard progress.summary.rows == 8 else { return }
        // An hour later by the clock of whoever takes it back.
        let undone = try ListUndo.carryOut(
          of: progress.summary.batch, in: journal, by: nil, now: Self.later)
        #expect(undone.count == progress.summary.facts)
      })
    }
    #expect(try await desk.count("SELECT count(*) FROM person WHERE name <> ''") == 0)
    let begun = try #require(batch)
    #expect(try desk.district.importBatch(begun)?.state(at: Self.later) == .undone)
    #expect(try desk.district.verify().mismatch == nil)
  }

  @Test("That a list is written again is noticed within the withdrawal, too")
  func noticedInside() async throws {
    let desk = try await ListDesk()
    let pool = desk.district.journal.pool
    let kader = ["Kader Satu", "9901010101800001", "Kader", "Tempat Contoh 830", "", "", "", ""]
    let batch = try desk.list([kader], .staff).write().batch
    let reach = ListReach(
      area: nil,
      changes: { _ in
        // It is at rest when the undo begins, and no more when it writes.
        try? pool.write { db in
          try db.execute(
            sql: "UPDATE import_batch SET finished_at = NULL, active_at = ?",
            arguments: [Self.later.milliseconds])
        }
        return true
      })
    let before = try await desk.count("SELECT count(*) FROM fact")
    #expect(throws: ListUndoProblem.stillWritten) {
      try ListUndo.carryOut(
        of: batch, in: desk.district.journal, by: nil, now: Self.later, reach: reach)
    }
    #expect(try await desk.count("SELECT count(*) FROM fact") == before)
  }

  @Test("Workers whom one may not change keep what a list told of them")
  func workers() async throws {
    let desk = try await ListDesk()
    let batch = try desk.list(
      [
        ["Kader Satu", "9901010101800001", "Kader", "Tempat Contoh 830", "", "", "", ""],
        ["Kader Dua", "9901010101800002", "Kader", "Tempat Contoh 831", "", "", "", ""],
      ], .staff
    ).write().batch
    let reach = ListReach(area: nil, changes: { $0.name == "Kader Satu" })
    let undone = try ListUndo.carryOut(
      of: batch, in: desk.district.journal, by: nil, now: Self.later, reach: reach)
    #expect(undone.count == 2 && undone.kept.map(\.reason) == [.notAllowed, .notAllowed])
    #expect(
      try await desk.district.journal.pool.read {
        try String.fetchAll($0, sql: "SELECT name FROM worker WHERE name <> ''")
      } == ["Kader Dua"])
    let rest = try ListUndo.carryOut(
      of: batch, in: desk.district.journal, by: nil, now: Self.later)
    #expect(rest.count == 2 && rest.withdrawnBefore == 2 && rest.kept.isEmpty)
  }

  @Test("A withdrawal that was withdrawn does not count: the fact is withdrawn again")
  func withdrawnTwice() async throws {
    let desk = try await ListDesk()
    let journal = desk.district.journal
    let batch = try desk.list([ListDesk.family(1)[0]]).write().batch
    #expect(try ListUndoTests.undo(batch, desk).count == 4)
    let ids = try await journal.pool.read { db in
      try Data.fetchAll(
        db,
        sql: """
          SELECT fact.id FROM fact JOIN fact AS old ON old.id = fact.replaces
          WHERE fact.kind = 6 AND old.kind = 1
          UNION ALL SELECT id FROM person
          """
      ).compactMap { Identifier(stored: $0) }
    }
    try #require(ids.count == 2)
    let again = Fact(
      id: .fresh(at: Self.later), subject: ids[1], kind: .withdrawal,
      occurredOn: day("2026-05-29"), recordedAt: Self.later, replaces: ids[0], body: [])
    _ = try await journal.accept([again], now: Self.later)
    #expect(try await desk.count("SELECT count(*) FROM person WHERE name <> ''") == 1)
    let undone = try ListUndoTests.undo(batch, desk)
    #expect(undone.count == 1 && undone.withdrawnBefore == 3)
    #expect(try await desk.count("SELECT count(*) FROM person WHERE name <> ''") == 0)
    #expect(try desk.district.verify().mismatch == nil)
  }

  @Test("Insurance is stored, compared, and stored anew only where it differs")
  func insurance() async throws {
    let desk = try await ListDesk()
    let heading = ListDesk.households + ["JKN"]
    var minutes: Int64 = 0
    func write(_ kind: String) throws -> ListSummary {
      let path = try desk.file([ListDesk.family(1)[0] + [kind]], heading: heading)
      minutes += 1
      let moment = Instant(milliseconds: ListDesk.noon.milliseconds + minutes * 60_000)
      return try ListImport(
        ListTask(kind: .households, path: path), into: desk.district.journal, clock: { moment }
      ).write()
    }
    let new = try write("PBI")
    #expect(new[.new] == 1 && new.unstoredColumns.isEmpty)
    func known() async throws -> InsuranceBody? {
      let person = try #require(
        try await desk.district.journal.pool.read {
          try PersonEntry.withNationalIdentityNumber("9901010101800001", in: $0).first
        })
      return try desk.district.person(person.id)?.summary.insurance
    }
    #expect(try await known()?.kind == .nationalSubsidised)
    #expect(try write("KIS")[.same] == 1)
    #expect(try write("")[.same] == 1)
    let changed = try write("Mandiri")
    #expect(changed[.changed] == 1 && changed.facts == 1)
    let change = try #require(changed.examples.first?.changes.first)
    #expect(change.attribute == .insurance && change.old == .insurance(.nationalSubsidised))
    #expect(change.new == .insurance(.nationalContributing))
    #expect(try await known()?.kind == .nationalContributing)
    _ = try ListUndoTests.undo(changed.batch, desk)
    #expect(try await known()?.kind == .nationalSubsidised)
    #expect(try desk.district.verify().mismatch == nil)
  }
}
