import GRDB
import Health
import Journal

extension District {
  /// Those who live in a place that is no more.
  ///
  /// - Throws: ``ResidentMoveProblem/notEnded``.
  public func residents(
    of place: Identifier, by division: ResidentDivision
  ) throws -> Residents {
    try journal.pool.read { try Residents(place, by: division, in: $0) }
  }

  /// What a move would do; nothing is written.
  ///
  /// - Throws: ``ResidentMoveProblem``.
  public func plan(_ move: ResidentMove, today: CivilDate) throws -> ResidentMove.Plan {
    try journal.pool.read { try move.plan(in: $0, today: today) }
  }

  /// Moves people as one act, which can be taken back as one: as a list is, under its id.
  ///
  /// - Parameters:
  ///   - expected: how many were shown to whoever decided; where it is others by now nothing is
  ///     done.
  ///   - recorder: who decided; nothing for the command line.
  /// - Returns: the act's id among the imports, and what the journal said to its facts.
  /// - Throws: ``ResidentMoveProblem``; then nothing is written.
  public func carryOut(
    _ move: ResidentMove, expecting expected: ResidentCount, by recorder: Identifier?,
    at now: Instant
  ) async throws -> (batch: Identifier, results: [Acceptance]) {
    struct OthersCame: Error {}
    let today = now.day(hoursEastOfGreenwich: hoursEastOfGreenwich)
    let batch = Identifier.fresh(at: now)
    let act = ResidentMove.Act(recording: Recording(at: now, recorder: recorder), batch: batch)
    // Whoever writes meanwhile comes first: then all is worked out anew, and written if it is the
    // same people still.
    for _ in 0..<8 {
      let (plan, facts) = try await journal.pool.read { db in
        let plan = try move.plan(in: db, today: today)
        guard plan.count == expected else { throw ResidentMoveProblem.changedMeanwhile }
        return (plan, try move.facts(plan, act, today: today, in: db))
      }
      let place = plan.residents.place
      var told = ImportBatchBody(kind: .residents, fileName: Array(place.name.utf8))
      told.changedRows = Int64(expected.persons)
      let start = Fact(
        id: batch, subject: .system, kind: .importBatch, occurredOn: today, recordedAt: now,
        place: place.id, recorder: recorder, device: batch, body: told.bytes)
      do {
        let results = try await journal.accept([start] + facts, now: now) { db, results in
          for case .refused(let refusal) in results {
            throw ResidentMoveProblem.refused(refusal)
          }
          guard case .accepted(let first)? = results.first, first == plan.residents.lastSequence + 1
          else { throw OthersCame() }
          try District.note(batch, of: place, persons: expected.persons, recorder, now, in: db)
        }
        return (batch, results)
      } catch is OthersCame { continue }
    }
    throw ResidentMoveProblem.changedMeanwhile
  }

  private static func note(
    _ batch: Identifier, of place: Place, persons: Int, _ recorder: Identifier?, _ now: Instant,
    in db: Database
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO import_batch
          (id, file_name, started_at, finished_at, rows_accepted, rows_changed, rows_there,
            rows_refused, kind, place, recorder)
        VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?)
        """,
      arguments: [
        batch.data, place.name, now.milliseconds, now.milliseconds, persons, persons,
        Int64(ImportKind.residents.rawValue), place.id.data, recorder?.data,
      ])
  }
}
