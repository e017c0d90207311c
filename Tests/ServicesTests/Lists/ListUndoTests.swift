import Exchange
import Foundation
import GRDB
import Health
import Journal
import Samples
import Services
import Testing

@Suite("Lists that are taken back")
struct ListUndoTests {
  static let later = Instant(milliseconds: ListDesk.noon.milliseconds + 3_600_000)

  static func undo(_ batch: Identifier, _ desk: ListDesk) throws -> ListUndo {
    try ListUndo.carryOut(of: batch, in: desk.district.journal, by: nil, now: later)
  }

  @Test("Taken in and taken back gives what was before", arguments: 1...8 as ClosedRange<UInt64>)
  func roundTrip(seed: UInt64) async throws {
    let desk = try await ListDesk()
    var numbers = SeededNumbers(seed: seed)
    var before = (1...6).flatMap { ListDesk.family($0) }
    before.removeAll { _ in Int.random(in: 0..<5, using: &numbers) == 0 }
    _ = try desk.list(before).write()
    _ = try desk.list(
      [["Kader Satu", "9901010101800001", "Kader", "Tempat Contoh 830", "", "", "2020-01-01", ""]],
      .staff
    ).write()
    let state = try await desk.state()
    // New families, changed texts, members who move to another family.
    var rows = (1...9).flatMap { ListDesk.family($0) }
    for position in rows.indices where Int.random(in: 0..<3, using: &numbers) == 0 {
      switch Int.random(in: 0..<4, using: &numbers) {
      case 0: rows[position][2] += " Baru"
      case 1: rows[position][9] = "08129999\(1000 + position)"
      case 2: rows[position][8] = "Jl. \(position)"
      default: rows[position][0] = String(format: "99010101082%05d", 20 + position)
      }
      if position % 3 > 0 { rows[position][6] = ListDesk.village }
    }
    let moment = Instant(milliseconds: ListDesk.noon.milliseconds + 60_000)
    let written = try desk.list(rows, rowsPerCommit: 5, at: moment).write()
    let staff = try desk.list(
      [
        ["Kader Satu", "9901010101800001", "Kader", "Tempat Contoh 830", "", "satu.k", "", ""],
        ["Kader Satu", "9901010101800001", "Kader", "Tempat Contoh 831", "", "", "", ""],
        ["Bidan Dua", "9901010101800002", "Petugas Klaster", "Tempat Contoh 810", "2", "", "", ""],
      ], .staff, at: moment
    ).write()
    #expect(staff[.changed] == 2 && staff[.new] == 1)
    #expect(try await desk.state() != state, "nothing changed: the test says nothing")
    #expect(try desk.district.verify().mismatch == nil)
    for (batch, facts) in [(written.batch, written.facts), (staff.batch, staff.facts)] {
      let undone = try Self.undo(batch, desk)
      #expect(undone.count == facts && undone.kept.isEmpty)
    }
    #expect(try await desk.state() == state)
    #expect(try desk.district.verify().mismatch == nil)
    let count = try await desk.count("SELECT count(*) FROM fact")
    let again = try Self.undo(written.batch, desk)
    #expect(again.count == 0 && again.withdrawnBefore == written.facts)
    #expect(try await desk.count("SELECT count(*) FROM fact") == count)
    try desk.district.rebuild()
    #expect(try await desk.state() == state)
    // And the list may come again.
    let anew = try desk.list(rows, at: Self.later).write()
    #expect(anew[.new] == written[.new] && anew[.refused] == written[.refused])
    #expect(try desk.district.verify().mismatch == nil)
  }

  @Test("Workers of a list that was taken back are nowhere, and the list may come again")
  func staffTwice() async throws {
    let desk = try await ListDesk()
    let rows = [
      ["Kader Satu", "", "Kader", "Tempat Contoh 830", "", "kader.satu", "", ""],
      ["Bidan Dua", "9901010101800002", "Petugas Klaster", "Tempat Contoh 810", "2", "", "", ""],
    ]
    var moment = ListDesk.noon.milliseconds
    for _ in 1...2 {
      moment += 60_000
      let written = try desk.list(rows, .staff, at: Instant(milliseconds: moment)).write()
      #expect(written[.new] == 2)
      let listed = try desk.district.workers()
      #expect(listed.map(\.name) == ["Bidan Dua", "Kader Satu"])
      #expect(try listed.allSatisfy { try desk.district.worker($0.id) == $0 })
      _ = try Self.undo(written.batch, desk)
      #expect(try desk.district.workers().isEmpty)
      #expect(try desk.district.worker(userName: "kader.satu") == nil)
      #expect(try listed.allSatisfy { try desk.district.worker($0.id) == nil })
      #expect(try desk.district.verify().mismatch == nil)
    }
    try desk.district.rebuild()
    #expect(try desk.district.workers().isEmpty)
  }

  @Test("A worker who recorded something since stays, with the role, in list and page alike")
  func workerBuiltOn() async throws {
    let desk = try await ListDesk()
    let written = try desk.list(
      [["Kader Satu", "", "Kader", "Tempat Contoh 830", "", "", "", ""]], .staff
    ).write()
    let worker = try #require(try desk.district.workers().first)
    var person = PersonBody()
    person.name = Array("Anak Contoh".utf8)
    let fact = Recording(at: ListDesk.noon, recorder: worker.id).fact(
      .person, of: id(4712), on: day("2026-05-01"), at: ExamplePlaces.villages[0], person.bytes)
    _ = try await desk.district.record([fact])
    let undone = try Self.undo(written.batch, desk)
    #expect(undone.kept.contains { $0.subject == worker.id && $0.reason == .used })
    let kept = try #require(try desk.district.workers().first)
    #expect(try desk.district.worker(worker.id) == kept && kept.id == worker.id)
    #expect(try desk.district.verify().mismatch == nil)
  }

  @Test("What others corrected, or built on, stays and is named")
  func builtOn() async throws {
    let desk = try await ListDesk()
    _ = try desk.list([ListDesk.family(1)[0]]).write()
    let moment = Instant(milliseconds: ListDesk.noon.milliseconds + 60_000)
    var rows = ListDesk.family(1) + ListDesk.family(2) + ListDesk.family(3)
    rows[0][2] = "Kepala Lain"
    let written = try desk.list(rows, at: moment).write()
    let journal = desk.district.journal
    func person(_ number: String) async throws -> Identifier {
      try #require(
        try await journal.pool.read {
          try PersonEntry.withNationalIdentityNumber(number, in: $0).first?.id
        })
    }
    // The known head is corrected; the child of family 2 is weighed.
    let head = try await person("9901010101800001")
    let record = try #require(try desk.district.person(head))
    var body = record.summary.person
    body.name = Array("Kepala Benar".utf8)
    let correction = record.correction(
      body, Recording(at: moment, recorder: nil), on: day("2026-05-28"))
    _ = try await desk.district.record(correction)
    let child = try #require(
      try await journal.pool.read { db in
        try Data.fetchOne(db, sql: "SELECT id FROM person WHERE name = 'Anak Contoh 2'")
          .flatMap { Identifier(stored: $0) }
      })
    var weight = MeasurementBody()
    weight.weight = Mass(grams: 9000)
    let weighing = Recording(at: moment, recorder: nil).fact(
      .measurement, of: child, on: day("2026-05-01"), at: ExamplePlaces.villages[0], weight.bytes)
    _ = try await desk.district.record([weighing])

    let undone = try Self.undo(written.batch, desk)
    let corrected = undone.kept.filter { $0.reason == .corrected }
    #expect(corrected.map(\.subject) == [head] && corrected[0].because == correction[0].id)
    // The child stays, the household, and its head.
    let used = undone.kept.filter { $0.reason == .used }
    let head2 = try await person("9901010101800002")
    #expect(Set(used.map(\.subject)).isSuperset(of: [child, head2]))
    #expect(used.contains { $0.kind == .household } && used.contains { $0.because == weighing.id })
    #expect(
      try await journal.pool.read {
        try String.fetchAll($0, sql: "SELECT name FROM person WHERE name <> '' ORDER BY 1")
      }
        == ["Anak Contoh 2", "Kepala Benar", "Kepala Contoh 2"])
    #expect(try await desk.count("SELECT count(*) FROM household") == 2)
    #expect(try desk.district.verify().mismatch == nil)
    #expect(try Self.undo(written.batch, desk).count == 0)
  }

  @Test("A number that is no list's is refused")
  func noBatch() async throws {
    let desk = try await ListDesk()
    #expect(throws: ListUndoProblem.noSuchBatch) { try Self.undo(id(4711), desk) }
  }
}
