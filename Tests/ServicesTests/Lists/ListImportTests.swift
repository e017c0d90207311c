import Exchange
import Foundation
import GRDB
import Health
import Journal
import Samples
import Services
import Testing

@Suite("Lists that are taken in")
struct ListImportTests {
  @Test("A list makes persons and households known; the same file again writes nothing")
  func twice() async throws {
    let desk = try await ListDesk()
    let rows = (1...5).flatMap { ListDesk.family($0) }
    let preview = try desk.list(rows).preview()
    #expect(preview[.new] == 15 && preview.newHouseholds == 5)
    #expect(try await desk.count("SELECT count(*) FROM person") == 0)
    let written = try desk.list(rows).write()
    #expect(written.counts == preview.counts && written.newHouseholds == 5)
    #expect(try await desk.count("SELECT count(*) FROM household WHERE head IS NOT NULL") == 5)
    #expect(
      try await desk.count(
        "SELECT count(*) FROM person JOIN household ON household.id = person.household") == 15)
    #expect(try desk.district.verify().mismatch == nil)
    let before = try await desk.count("SELECT count(*) FROM fact")
    let again = try desk.list(rows).write()
    #expect(again[.same] == 15 && again.facts == 0 && again.refusedFile == nil)
    // Only that it was read, and how that ended.
    #expect(try await desk.count("SELECT count(*) FROM fact") == before + 2)
    #expect(try await desk.count("SELECT count(*) FROM fact WHERE kind = 18") == 4)
  }

  @Test("Rows in any number of commits give the same register")
  func commits() async throws {
    let rows = (1...6).flatMap { ListDesk.family($0) }
    var found: [[String]] = []
    for size in [1, 5, 100] {
      let desk = try await ListDesk()
      _ = try desk.list(rows, rowsPerCommit: size).write()
      found.append(
        try await desk.district.journal.pool.read { db in
          try String.fetchAll(
            db,
            sql: """
              SELECT person.name || relation || family_card_number || address FROM person
              JOIN household ON household.id = person.household ORDER BY 1
              """)
        })
    }
    #expect(found[0].count == 18 && found[0] == found[1] && found[1] == found[2])
  }

  @Test("An import that was cut off goes on by being run again, namesakes too")
  func cutOff() async throws {
    struct Killed: Error {}
    let desk = try await ListDesk()
    var rows = (1...4).flatMap { ListDesk.family($0) }
    // One name and day of birth in two families, with and without a NIK.
    rows[2] = ListDesk.family(1)[2]
    rows[11] = rows[11].enumerated().map { $0 == 2 ? rows[2][2] : $0 == 4 ? rows[2][4] : $1 }
    #expect(throws: Killed.self) {
      try desk.list(rows).write(progress: { progress in
        if progress.summary.rows >= 8 { throw Killed() }
      })
    }
    #expect(try await desk.count("SELECT count(*) FROM person") == 8)
    let rest = try desk.list(rows).write()
    #expect(rest[.same] == 8 && rest[.new] == 4 && rest[.refused] == 0)
    #expect(try await desk.count("SELECT count(*) FROM person") == 12)
    #expect(try desk.list(rows).write()[.same] == 12)
    #expect(try desk.district.verify().mismatch == nil)
  }

  @Test("Ids are not made of the NIK alone: another journal gives others")
  func secret() async throws {
    var ids: Set<String> = []
    for _ in 0..<2 {
      let desk = try await ListDesk()
      _ = try desk.list(ListDesk.family(1)).write()
      ids.formUnion(
        try await desk.district.journal.pool.read { db in
          try String.fetchAll(
            db, sql: "SELECT hex(id) FROM person UNION SELECT hex(id) FROM household")
        })
      #expect(try await desk.count("SELECT count(*) FROM import_secret") == 1)
    }
    #expect(ids.count == 8)
  }

  @Test("What a list leaves out stays, what it tells changes, field by field")
  func changes() async throws {
    let desk = try await ListDesk()
    _ = try desk.list(ListDesk.family(1)).write()
    var rows = ListDesk.family(1)
    rows[1][2] = "Istri Baru"
    rows[1][9] = ""
    rows[0][8] = "Jl. Lain"
    let later = Instant(milliseconds: ListDesk.noon.milliseconds + 60_000)
    let summary = try desk.list(rows, at: later).write()
    #expect(summary[.changed] == 2 && summary[.same] == 1)
    #expect(summary.examples.flatMap(\.changes).map(\.attribute) == [.address, .name])
    #expect(
      try await desk.count(
        """
        SELECT count(*) FROM person JOIN household ON household.id = person.household
        WHERE person.name = 'Istri Baru' AND address = 'Jl. Lain'
        """) == 1)
    let person = try #require(
      try await desk.district.journal.pool.read {
        try PersonEntry.withNationalIdentityNumber("9901014508820001", in: $0).first
      })
    let record = try #require(try desk.district.person(person.id))
    #expect(record.summary.person.telephone == Array("08120001001".utf8))
    #expect(try desk.district.verify().mismatch == nil)
  }

  @Test("What changed since somebody looked is refused with the reason, and nothing else is lost")
  func changedMeanwhile() async throws {
    let desk = try await ListDesk()
    _ = try desk.list(ListDesk.family(1) + ListDesk.family(2)).write()
    var rows = ListDesk.family(1) + ListDesk.family(2)
    rows[1][2] = "Istri Baru"
    rows[4][2] = "Istri Baru Juga"
    var seen: [Int: Identifier] = [:]
    let later = Instant(milliseconds: ListDesk.noon.milliseconds + 60_000)
    _ = try desk.list(rows, at: later).preview { seen[$0.line] = $0.seen }
    // Somebody corrects the first of the two by hand.
    let person = try #require(
      try await desk.district.journal.pool.read {
        try PersonEntry.withNationalIdentityNumber("9901014508820001", in: $0).first
      })
    let record = try #require(try desk.district.person(person.id))
    var body = record.summary.person
    body.name = Array("Istri Benar".utf8)
    _ = try await desk.district.record(
      record.correction(body, Recording(at: later, recorder: nil), on: day("2026-05-28")))
    let summary = try desk.list(rows, at: later).write { seen[$0] }
    #expect(summary[.refused] == 1 && summary[.changed] == 1 && summary[.same] == 4)
    #expect(summary.problems == ["errors.list.changed_meanwhile": 1])
    #expect(try desk.district.entry(person.id)?.name == "Istri Benar")
    #expect(
      try await desk.count(
        "SELECT count(*) FROM refused_row WHERE problem = 'list.changed_meanwhile'")
        == 1)
  }

  @Test("Facts that come between looking and writing are noticed within the commit")
  func overtaken() async throws {
    let desk = try await ListDesk()
    let rows = (1...3).flatMap { ListDesk.family($0) }
    let other = try desk.list([ListDesk.family(2)[0]], at: ListDesk.noon)
    var seen: [Int: Identifier] = [:]
    let path = try desk.file(rows)
    let work = ListImport(
      ListTask(kind: .households, path: path), into: desk.district.journal, rowsPerCommit: 3,
      clock: { ListDesk.noon })
    _ = try work.preview { seen[$0.line] = $0.seen }
    // The second part is at hand, its rows compared, when the other list brings one of its people.
    var isOvertaken = false
    let summary = try work.write(expecting: { line in
      if line == 5, !isOvertaken {
        isOvertaken = true
        _ = try other.write()
      }
      return seen[line]
    })
    #expect(isOvertaken && summary[.new] == 6 && summary[.refused] == 3)
    #expect(summary.problems == ["errors.list.changed_meanwhile": 3])
    #expect(try await desk.count("SELECT count(*) FROM person WHERE name <> ''") == 7)
    #expect(try desk.list(rows).write()[.new] == 2)
    #expect(try desk.district.verify().mismatch == nil)
  }

  @Test("Rows outside the reach are refused, and tell nothing of who lives there")
  func reach() async throws {
    let desk = try await ListDesk()
    _ = try desk.list(ListDesk.family(7, village: ListDesk.otherVillage)).write()
    let here = ListReach(area: [ExamplePlaces.villages[0], ExamplePlaces.posyandu[0]])
    var taken = ListDesk.family(7)[1]
    taken[0] = "9901010108200099"
    taken[6] = ListDesk.village
    let rows =
      ListDesk.family(1) + ListDesk.family(8, village: ListDesk.otherVillage) + [taken]
      + [ListDesk.family(7)[2]]
    let summary = try desk.list(rows, reach: here).preview()
    #expect(summary[.new] == 3 && summary[.refused] == 5)
    #expect(
      Set(summary.problems.keys) == [
        "errors.list.outside_area", "errors.list.missing_value", "errors.list.person_elsewhere",
        "errors.list.household_elsewhere",
      ])
    let told = summary.examples.flatMap(\.problems).map { "\($0.details)" }.joined()
    #expect(!told.contains("Contoh 7"))
  }

  @Test("The batch is a fact with its place, its file and what became of the rows")
  func batchFact() async throws {
    let desk = try await ListDesk()
    var rows = ListDesk.family(1)
    rows[2][3] = "?"
    let summary = try desk.list(rows).write()
    let facts = try await desk.district.journal.pool.read { db in
      var facts: [Fact] = []
      try FactRow.forEach(in: db) { row in
        if let fact = try FactRow.fact(row), fact.kind == .importBatch { facts.append(fact) }
        return true
      }
      return facts
    }
    #expect(facts.count == 2 && facts[0].id == summary.batch && facts[1].replaces == facts[0].id)
    #expect(facts.allSatisfy { $0.place == ExamplePlaces.district && $0.subject == .system })
    let body = try facts[1].body.withUnsafeBufferPointer { try ImportBatchBody($0) }
    #expect(body.kind == .households && body.digest.count == 32)
    #expect([body.newRows, body.changedRows, body.sameRows, body.refusedRows] == [2, 0, 0, 1])
    let refused = try desk.district.refusedRows(of: summary.batch)
    #expect(refused.map(\.line) == [4] && refused[0].problem == "list.unknown_sex")
    #expect(refused[0].row.contains("Anak Contoh 1"))
  }

  @Test("The finer place of a later row stands for those whose rows were written before")
  func laterPosyandu() async throws {
    let desk = try await ListDesk()
    var rows = ListDesk.family(1).map { $0 + [""] }
    rows[2][6] = ListDesk.village
    rows[2][11] = "Tempat Contoh 830"
    let path = try desk.file(rows, heading: ListDesk.households + ["Posyandu"])
    func list() -> ListImport {
      ListImport(
        ListTask(kind: .households, path: path), into: desk.district.journal, rowsPerCommit: 1,
        clock: { ListDesk.noon })
    }
    #expect(try list().preview()[.new] == 3)
    #expect(try list().write()[.new] == 3)
    let there = "place = X'\(ExamplePlaces.posyandu[0].text.filter { $0 != "-" })'"
    #expect(try await desk.count("SELECT count(*) FROM person WHERE \(there)") == 3)
    #expect(try await desk.count("SELECT count(*) FROM household WHERE \(there)") == 1)
    let again = try list().write()
    #expect(again[.same] == 3 && again.facts == 0)
    #expect(try desk.district.verify().mismatch == nil)
  }
}
