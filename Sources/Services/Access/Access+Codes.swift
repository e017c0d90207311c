import Foundation
import GRDB
import Health
import Journal

/// A row of `one_time_code`.
struct CodeRow: Sendable {
  let grant: CodeGrant
  let storedHash: String
  let usedAt: Int64?

  init(_ row: Row) throws {
    guard let purpose = CodePurpose(rawValue: row["purpose"]) else {
      throw AccessProblem.damagedRow(table: "one_time_code")
    }
    grant = CodeGrant(
      id: try row.identifier("id", of: "one_time_code"), purpose: purpose,
      worker: try row.identifier("worker", of: "one_time_code"),
      place: try row.identifier("place", of: "one_time_code"),
      issuedBy: try row.identifier("issued_by", of: "one_time_code"),
      expiresAt: Instant(milliseconds: row["expires_at"]))
    storedHash = row["code_hash"]
    usedAt = row["used_at"]
  }

  static func fetch(
    _ db: Database, _ condition: String, _ arguments: StatementArguments
  ) throws -> CodeRow? {
    try Row.fetchOne(
      db,
      sql: "SELECT * FROM one_time_code WHERE \(condition) ORDER BY issued_at DESC, id LIMIT 1",
      arguments: arguments
    ).map(CodeRow.init)
  }
}

extension Access {
  /// Makes a one-time code. An older one that was not used, for the same worker and purpose, is
  /// worth nothing from then on.
  ///
  /// - Parameters:
  ///   - place: the Posyandu that a kader's phone is enrolled for; the facility of an official.
  ///   - by: who gives it out; the rights to do so are asked for elsewhere.
  public func issueCode(
    _ purpose: CodePurpose, for worker: Identifier, at place: Identifier, by: Identifier,
    at: Instant
  ) async throws -> Outcome<IssuedCode> {
    do {
      let long = try CodeText.freshLong()
      let expires = Instant(
        milliseconds: at.milliseconds + settings.codeLifetime.milliseconds)
      let short = try freshShort(at: at)
      let hash = try await hashing.hash(Secret(short), settings.pin)
      let id = Identifier.fresh(at: at)
      try await pool.write { db in
        try db.execute(
          sql: """
            DELETE FROM one_time_code WHERE worker = ? AND purpose = ? AND used_at IS NULL
            """,
          arguments: [worker.data, purpose.rawValue])
        try db.execute(
          sql: "INSERT INTO one_time_code VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, NULL)",
          arguments: [
            id.data, CodeText.selector(short), hash.text, CodeText.digest(long),
            purpose.rawValue, worker.data, place.data, by.data, at.milliseconds,
            expires.milliseconds,
          ])
      }
      let issued = IssuedCode(
        id: id, short: short.prefix(4) + "-" + short.suffix(4), long: long, expiresAt: expires)
      let event = AccessEvent(.codeIssued(purpose), worker: worker, by: by, place: place, at: at)
      return Outcome(result: .success(issued), events: [event])
    } catch let refusal as AccessRefusal {
      let event = AccessEvent(
        .codeRefused(refusal), worker: worker, by: by, place: place, at: at)
      return Outcome(result: .failure(refusal), events: [event])
    }
  }

  /// A short code whose first two characters no other living code has.
  private func freshShort(at: Instant) throws -> String {
    for _ in 0..<64 {
      let short = try CodeText.freshShort()
      let isTaken = try read { db in
        try CodeRow.fetch(
          db, "selector = ? AND used_at IS NULL AND expires_at > ?",
          [CodeText.selector(short), at.milliseconds]) != nil
      }
      if !isTaken { return short }
    }
    throw AccessRefusal.busy(seconds: 60)
  }

  /// What a code that somebody entered is good for. It is not used by that, so that a page can tell
  /// for whom and what it is before a PIN or password is chosen.
  public func look(
    atCode entered: String, address: ClientAddress, at: Instant
  ) async throws -> Outcome<CodeGrant> {
    var found: CodeRow?
    do {
      let row = try await judge(entered, address, at: at) { found = $0 }
      return Outcome(result: .success(row.grant), events: [])
    } catch let refusal as AccessRefusal {
      return codeRefused(refusal, found, address, at: at)
    }
  }

  func codeRefused<Value>(
    _ refusal: AccessRefusal, _ row: CodeRow?, _ address: ClientAddress, at: Instant
  ) -> Outcome<Value> {
    let event = AccessEvent(
      .codeRefused(refusal), worker: row?.grant.worker, place: row?.grant.place,
      address: address, at: at)
    return Outcome(result: .failure(refusal), events: [event])
  }

  /// Judges a code that was entered. What became of a code is told only to whoever has it.
  func judge(
    _ entered: String, _ address: ClientAddress, at: Instant, _ found: (CodeRow) -> Void
  ) async throws -> CodeRow {
    let code = try CodeText(entered)
    let buckets = [Bucket.address(address)]
    try await reserve(buckets, at: at)
    let row: CodeRow
    switch code {
    case .long(let text):
      let digest = CodeText.digest(text)
      guard let match = try read({ try CodeRow.fetch($0, "secret_hash = ?", [digest]) }) else {
        throw AccessRefusal.codeUnknown
      }
      row = match
    case .short(let text):
      let match = try await unlessBusy(releasing: buckets) { try await judgeShort(text, at: at) }
      guard let match else { throw AccessRefusal.codeUnknown }
      row = match
    }
    found(row)
    try await pool.write { try Access.release(buckets, $0) }
    if row.usedAt != nil { throw AccessRefusal.codeUsed }
    if row.grant.expiresAt <= at { throw AccessRefusal.codeExpired }
    return row
  }

  /// Counts the try against the code that begins so, then judges it.
  private func judgeShort(_ text: String, at: Instant) async throws -> CodeRow? {
    let most = settings.codeTries
    let row = try await pool.write { db -> CodeRow? in
      // A code that lives before one of the same beginning that was used or is too old.
      let selector = CodeText.selector(text)
      let living = try CodeRow.fetch(
        db, "selector = ? AND used_at IS NULL AND expires_at > ?", [selector, at.milliseconds])
      guard let row = try living ?? CodeRow.fetch(db, "selector = ?", [selector]) else {
        return nil
      }
      try db.execute(
        sql: "UPDATE one_time_code SET tries = tries + 1 WHERE id = ? AND tries < ?",
        arguments: [row.grant.id.data, most])
      guard db.changesCount > 0 else { throw AccessRefusal.codeLocked }
      return row
    }
    let stored = try row.map { try EncodedHash($0.storedHash) } ?? .dummy(settings.pin)
    let isRight: Bool
    do {
      isRight = try await hashing.verify(Secret(text), against: stored)
    } catch {
      try await takeBackTry(row)
      throw error
    }
    guard isRight, let row else { return nil }
    try await takeBackTry(row)
    return row
  }

  private func takeBackTry(_ row: CodeRow?) async throws {
    guard let row else { return }
    try await pool.write { db in
      try db.execute(
        sql: "UPDATE one_time_code SET tries = max(tries - 1, 0) WHERE id = ?",
        arguments: [row.grant.id.data])
    }
  }

  /// Uses a code, once: of two who use it at the same moment one is refused.
  static func use(_ grant: CodeGrant, _ db: Database, at: Instant) throws -> AccessEvent {
    try db.execute(
      sql: """
        UPDATE one_time_code SET used_at = ? WHERE id = ? AND used_at IS NULL AND expires_at > ?
        """,
      arguments: [at.milliseconds, grant.id.data, at.milliseconds])
    guard db.changesCount > 0 else { throw AccessRefusal.codeUsed }
    return AccessEvent(
      .codeUsed(grant.purpose), worker: grant.worker, by: grant.issuedBy, place: grant.place,
      at: at)
  }
}
