import GRDB
import Testing

@testable import Journal

@Suite("Facts about one household or worker")
struct StandingSubjectTests {
  @Test("They are found by indexes, however many other facts there are")
  func indexes() throws {
    let temporary = try TemporaryJournal()
    try temporary.journal.pool.read { db in
      for query in StandingSubject.queries {
        let plan = try plan(of: query, in: db)
        #expect(plan.contains("USING INDEX fact_"))
      }
      // A condition that asks for less than an index holds has to say so in the same words.
      let other = StandingSubject.queries[3].replacing("IN (6, 16, 19, 20, 22)", with: "IN (6, 16)")
      #expect(other != StandingSubject.queries[3])
      let scanning = try plan(of: other, in: db)
      #expect(scanning.contains("SCAN"))
    }
  }

  @Test("All workers are found by indexes")
  func workers() throws {
    let temporary = try TemporaryJournal()
    try temporary.journal.pool.read { db in
      for query in Worker.listing {
        let plan = try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(query)")
          .map { $0["detail"] as String }
        #expect(plan.filter { $0.contains("fact") }.allSatisfy { $0.contains("INDEX fact_") })
      }
    }
  }

  @Test("Whose temporary number is typed is found by an index, not by reading all ids")
  func temporaryNumbers() throws {
    let temporary = try TemporaryJournal()
    try temporary.journal.pool.read { db in
      let query = "SELECT 1 FROM person AS found WHERE \(PersonEntry.hasTemporaryNumber)"
      let plan = try plan(of: query, in: db)
      #expect(plan.contains("INDEX person_by_temporary_number"))
    }
  }

  private func plan(of query: String, in db: Database) throws -> String {
    try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(query)", arguments: [""])
      .map { $0["detail"] as String }.joined(separator: "; ")
  }
}
