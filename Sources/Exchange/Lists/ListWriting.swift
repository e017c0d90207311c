import Foundation
import GRDB
import Health
import Journal

/// Writes planned rows to the journal, with what became of them, a commit at a time.
struct ListWriting {
  private let plan: ListImport
  private let recording: ListRecording
  private let heading: [UInt8]
  private var batch: Identifier { recording.identities.batch }

  /// Other facts came between looking and writing.
  private struct OthersCame: Error {}

  /// How often a part is compared anew before the import gives up.
  private static let attempts = 8

  init<Table>(_ plan: ListImport, _ reading: ListFileReading<Table>) {
    self.plan = plan
    recording = reading.recording
    heading = reading.summary.heading
  }

  private func batchFact(_ body: ImportBatchBody, replacing: Identifier? = nil) -> Fact {
    Fact(
      id: replacing == nil ? batch : recording.identities.fact(.importBatch, batch, line: 0),
      subject: .system, kind: .importBatch, occurredOn: recording.today,
      recordedAt: recording.at, place: plan.task.place, recorder: recording.recorder,
      device: batch, replaces: replacing, body: body.bytes)
  }

  private func body() throws -> ImportBatchBody {
    let digest = try FileRead.digest(of: plan.task.path)
    return ImportBatchBody(
      kind: plan.task.kind, fileName: Array(plan.task.fileName.utf8), digest: digest?.bytes ?? [])
  }

  /// Notes that the import begins.
  func begin() throws {
    let (batch, heading, task, at) = (batch, heading, plan.task, recording.at)
    let body = try body()
    let results = try plan.journal.acceptAndWait([batchFact(body)], now: at) { db, _ in
      try db.execute(
        sql: """
          INSERT INTO import_batch
            (id, file_name, started_at, rows_accepted, rows_there, rows_refused, digest, kind,
              place, recorder)
          VALUES (?, ?, ?, 0, 0, 0, ?, ?, ?, ?)
          """,
        arguments: [
          batch.data, task.fileName, at.milliseconds,
          body.digest.isEmpty ? nil : Data(body.digest), Int64(task.kind.rawValue),
          task.place?.data, task.recorder?.data,
        ])
      try db.execute(
        sql: "INSERT INTO import_heading (batch, row) VALUES (?, ?)",
        arguments: [batch.data, String(decoding: heading, as: UTF8.self)])
    }
    try ListWriting.require(results)
  }

  private static func require(_ results: [Acceptance]) throws {
    for case .refused(let refusal) in results { throw ListWriteProblem.refused(refusal) }
  }

  /// Writes rows and counts them. Where other facts came since they were compared, those that tell
  /// of the same people are refused, to be looked at again; nothing else is lost.
  func commit<Table>(
    _ rows: inout [ListedRow], _ reading: inout ListFileReading<Table>
  ) throws {
    var last = reading.lastSequence
    for _ in 0..<ListWriting.attempts {
      do {
        let refused = try attempt(rows, after: last, reading.summary)
        guard refused.isEmpty else {
          // A fact that the journal refuses takes its whole row along, and those that lean on it.
          for position in rows.indices {
            if let refusal = refused[rows[position].line] {
              reading.planning.drop(&rows[position])
              rows[position].refuse(.refusedFact, details: ["reason": refusal.rawValue])
            } else {
              reading.planning.dropIfUnfounded(&rows[position])
            }
          }
          continue
        }
        for row in rows { reading.summary.count(row) }
        return
      } catch is OthersCame {
        let since = last
        let others = try plan.journal.pool.read { db in
          last = try ListFileReading<Table>.lastSequence(in: db)
          return try ForeignFacts(after: since, except: batch, in: db)
        }
        for position in rows.indices {
          reading.planning.dropIfUnfounded(&rows[position])
          if others.concern(rows[position]) { reading.planning.drop(&rows[position]) }
        }
      }
    }
    throw ListWriteProblem.tooBusy
  }

  /// Writes rows in one transaction, or nothing.
  ///
  /// - Returns: lines whose facts the journal refuses; then nothing was written.
  private func attempt(
    _ rows: [ListedRow], after last: Int64, _ before: ListSummary
  ) throws -> [Int: Refusal] {
    struct Refused: Error { let lines: [Int: Refusal] }
    let facts = rows.flatMap(\.facts)
    let lines = rows.flatMap { row in row.facts.map { _ in row.line } }
    var tally = before
    for row in rows { tally.count(row) }
    let (batch, counts) = (batch, tally.counts)
    do {
      _ = try plan.journal.acceptAndWait(facts, now: recording.at) { db, results in
        var refused: [Int: Refusal] = [:]
        for (line, result) in zip(lines, results) {
          if case .refused(let refusal) = result { refused[line] = refusal }
        }
        if !refused.isEmpty { throw Refused(lines: refused) }
        if case .accepted(let first)? = results.first, first != last + 1 { throw OthersCame() }
        try ListTally(batch: batch, rows: rows, counts: counts).store(in: db)
      }
    } catch let error as Refused { return error.lines }
    return [:]
  }

  /// Notes the end, and what became of all rows.
  func finish(_ summary: ListSummary) throws {
    var body = try body()
    body.newRows = Int64(summary[.new])
    body.changedRows = Int64(summary[.changed])
    body.sameRows = Int64(summary[.same])
    body.refusedRows = Int64(summary[.refused])
    let (batch, end) = (batch, plan.clock())
    let results = try plan.journal.acceptAndWait(
      [batchFact(body, replacing: batch)], now: recording.at
    ) { db, _ in
      try db.execute(
        sql: "UPDATE import_batch SET finished_at = ? WHERE id = ?",
        arguments: [end.milliseconds, batch.data])
    }
    try ListWriting.require(results)
  }
}

/// Why a list could not be written to its end. What was written before is kept.
public enum ListWriteProblem: Error, Hashable, Sendable {
  /// Others wrote so much at the same time that the rows could not be compared in peace.
  case tooBusy
  /// The journal refuses to note the import.
  case refused(Refusal)
}

/// What others wrote between looking at rows and writing them.
struct ForeignFacts {
  private var subjects: Set<Identifier> = []
  private var claims: Set<ListClaim> = []

  /// Facts behind a sequence number that are not of the batch itself.
  init(after last: Int64, except batch: Identifier, in db: Database) throws {
    try FactRow.forEach(from: last + 1, in: db) { row in
      guard let fact = try FactRow.fact(row), fact.device != batch else { return true }
      subjects.insert(fact.subject)
      try fact.body.withUnsafeBufferPointer { bytes in
        switch fact.kind {
        case .person: note(try PersonBody(bytes))
        case .household: note(try HouseholdBody(bytes))
        case .worker: note(try WorkerBody(bytes))
        case .merge: subjects.insert(try SamenessBody(bytes).other)
        default: break
        }
      }
      return true
    }
  }

  private mutating func note(_ body: PersonBody) {
    let number = String(decoding: body.nationalIdentityNumber, as: UTF8.self)
    if !number.isEmpty { claims.insert(.number(number)) }
    if let birth = body.birthDate {
      let key = PersonSummary.key(of: String(decoding: body.name, as: UTF8.self))
      claims.insert(.birth(key, birth))
    }
  }

  private mutating func note(_ body: HouseholdBody) {
    let card = String(decoding: body.familyCardNumber, as: UTF8.self)
    if !card.isEmpty { claims.insert(.familyCard(card)) }
    let local = String(decoding: body.localIdentifier, as: UTF8.self)
    if !local.isEmpty { claims.insert(.localHousehold(local)) }
  }

  private mutating func note(_ body: WorkerBody) {
    let number = String(decoding: body.nationalIdentityNumber, as: UTF8.self)
    if !number.isEmpty { claims.insert(.number(number)) }
    claims.insert(.worker(PersonSummary.key(of: String(decoding: body.name, as: UTF8.self))))
    let user = Worker.foldedUserName(String(decoding: body.userName, as: UTF8.self))
    if !user.isEmpty { claims.insert(.userName(user)) }
  }

  /// Whether a row that brings something tells of the same people.
  func concern(_ row: ListedRow) -> Bool {
    !row.facts.isEmpty
      && (row.subjects.contains { subjects.contains($0) }
        || row.claims.contains { claims.contains($0) })
  }
}

/// What became of rows, kept beside their facts in the same transaction.
struct ListTally: Sendable {
  let batch: Identifier
  let rows: [ListedRow]
  let counts: [ListOutcome: Int]

  func store(in db: Database) throws {
    for row in rows {
      if row.outcome == .refused { try storeProblems(of: row, in: db) }
      for warning in row.warnings where row.outcome != .refused {
        try db.cachedStatement(
          sql: """
            INSERT OR REPLACE INTO import_warning
              (batch, line, warning, column_name, value, detail)
            VALUES (?, ?, ?, ?, ?, ?)
            """
        ).execute(arguments: [
          batch.data, row.line, ListTally.code(warning.key), warning.column, warning.value,
          try ListTally.text(warning.details),
        ])
      }
    }
    let accepted = (counts[.new] ?? 0) + (counts[.changed] ?? 0)
    try db.cachedStatement(
      sql: """
        UPDATE import_batch
        SET rows_accepted = ?, rows_changed = ?, rows_there = ?, rows_refused = ? WHERE id = ?
        """
    ).execute(arguments: [
      accepted, counts[.changed] ?? 0, counts[.same] ?? 0, counts[.refused] ?? 0, batch.data,
    ])
  }

  private func storeProblems(of row: ListedRow, in db: Database) throws {
    for (number, problem) in row.problems.enumerated() {
      let code = ListTally.code(problem.key)
      let details = try ListTally.text(problem.details)
      if number == 0 {
        try db.cachedStatement(
          sql: """
            INSERT OR REPLACE INTO refused_row
              (batch, line, column_name, value, problem, detail, row)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """
        ).execute(arguments: [
          batch.data, row.line, problem.column, problem.value, code, details,
          String(decoding: row.copy, as: UTF8.self),
        ])
      } else {
        try db.cachedStatement(
          sql: """
            INSERT OR REPLACE INTO further_problem
              (batch, line, number, column_name, value, problem, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """
        ).execute(arguments: [
          batch.data, row.line, number, problem.column, problem.value, code, details,
        ])
      }
    }
  }

  /// `list.unknown_village`: the key without its first part, which the table tells.
  private static func code(_ key: String) -> String {
    String(key.drop { $0 != "." }.dropFirst())
  }

  private static func text(_ details: [String: String]) throws -> String {
    String(decoding: try JSONEncoder().encode(details), as: UTF8.self)
  }
}
