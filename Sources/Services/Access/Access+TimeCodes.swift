import Foundation
import GRDB
import Health
import Journal

/// What an authenticator app is given once.
public struct TimeCodeSetup: Hashable, Sendable, CustomStringConvertible {
  /// For typing: base 32.
  public let secret: String
  /// For the QR code: an `otpauth` address.
  public let address: String

  /// Never the secret: it shall not come into any log.
  public var description: String { "an authenticator app's secret" }
}

extension Access {
  /// Makes a secret for an official's authenticator app. It is asked for only after
  /// ``confirmTimeCode(_:_:at:)``. One that was confirmed stays until then.
  public func prepareTimeCode(
    _ token: SessionToken, at: Instant
  ) async throws -> Outcome<TimeCodeSetup> {
    var session: Session?
    do {
      let account = try await owner(token, at: at) { session = $0 }
      guard !account.hasTimeCode else { throw AccessRefusal.timeCodeThere }
      let secret = try Cryptography.random(TimeCode.secretSize)
      let sealed = Data(try keyFile.seal(secret, of: Access.sealOwner(account.worker)))
      try await pool.write { db in
        try db.execute(
          sql: """
            INSERT INTO time_code VALUES (?1, ?2, NULL, 0)
            ON CONFLICT (worker) DO UPDATE SET secret = ?2, last_step = 0
            WHERE confirmed_at IS NULL
            """,
          arguments: [account.worker.data, sealed])
      }
      let text = TimeCode.base32(secret)
      let address =
        "otpauth://totp/Sikilap:\(account.userName)?secret=\(text)&issuer=Sikilap"
        + "&algorithm=SHA1&digits=\(TimeCode.digits)&period=30"
      return Outcome(
        result: .success(TimeCodeSetup(secret: text, address: address)), events: [])
    } catch let refusal as AccessRefusal {
      return Outcome(
        result: .failure(refusal), events: [changeRefused(refusal, session, at: at)])
    }
  }

  /// Asks for the authenticator app from now on, after it showed a right code.
  public func confirmTimeCode(
    _ token: SessionToken, _ code: String, at: Instant
  ) async throws -> Outcome<Void> {
    var session: Session?
    do {
      let account = try await owner(token, at: at) { session = $0 }
      let buckets = [Bucket.session(session?.id ?? account.worker)]
      try await reserve(buckets, at: at)
      let step = try timeStep(of: code, worker: account.worker, at: at)
      try await pool.write { db in
        try Access.useTimeStep(step, of: account.worker, db)
        try Access.forgive(buckets, db)
        try db.execute(
          sql: "UPDATE time_code SET confirmed_at = ? WHERE worker = ? AND confirmed_at IS NULL",
          arguments: [at.milliseconds, account.worker.data])
      }
      let event = AccessEvent(
        .timeCodeSet, worker: account.worker, session: session?.id, at: at)
      return Outcome(result: .success(()), events: [event])
    } catch let refusal as AccessRefusal {
      return Outcome(
        result: .failure(refusal), events: [changeRefused(refusal, session, at: at)])
    }
  }

  /// Asks for no authenticator app any more: its owner wishes it (after the password was asked for
  /// again), or lost it and was there in person.
  public func removeTimeCode(
    of worker: Identifier, by: Identifier, at: Instant
  ) async throws -> [AccessEvent] {
    let isThere = try await pool.write { db in
      try db.execute(sql: "DELETE FROM time_code WHERE worker = ?", arguments: [worker.data])
      return db.changesCount > 0
    }
    return isThere ? [AccessEvent(.timeCodeRemoved, worker: worker, by: by, at: at)] : []
  }

  private func owner(
    _ token: SessionToken, at: Instant, _ found: (Session) -> Void
  ) async throws -> AccountRow {
    guard case .active(let session) = try await session(token, at: at).state else {
      throw AccessRefusal.sessionEnded
    }
    found(session)
    guard let account = try read({ try AccountRow.fetch($0, worker: session.worker) }) else {
      throw AccessRefusal.noAccount
    }
    return account
  }

  /// The half minute of a code that was not used yet.
  ///
  /// - Throws: ``AccessRefusal/wrongTimeCode``.
  func timeStep(of code: String, worker: Identifier, at: Instant) throws -> Int64 {
    let row = try read { db in
      try Row.fetchOne(
        db, sql: "SELECT secret, last_step FROM time_code WHERE worker = ?",
        arguments: [worker.data])
    }
    guard let row else { throw AccessRefusal.wrongTimeCode }
    let sealed = [UInt8](row["secret"] as Data)
    let secret = try keyFile.open(sealed, of: Access.sealOwner(worker))
    guard
      let step = TimeCode.step(
        of: code, secret, atMilliseconds: at.milliseconds, after: row["last_step"])
    else { throw AccessRefusal.wrongTimeCode }
    return step
  }

  /// Uses a half minute's code, once.
  static func useTimeStep(_ step: Int64, of worker: Identifier, _ db: Database) throws {
    try db.execute(
      sql: "UPDATE time_code SET last_step = ? WHERE worker = ? AND last_step < ?",
      arguments: [step, worker.data, step])
    guard db.changesCount > 0 else { throw AccessRefusal.wrongTimeCode }
  }

  private static func sealOwner(_ worker: Identifier) -> [UInt8] {
    Array("sikilap time code 1".utf8) + [0] + [UInt8](worker.data)
  }
}
