import Foundation
import GRDB
import Health
import Journal

/// What is told of somebody who signs in with a password.
public struct Account: Hashable, Sendable {
  /// Who.
  public let worker: Identifier
  /// The name to sign in with.
  public let userName: String
  /// When the password was set.
  public let changedAt: Instant
  /// Whether the password was set by somebody else.
  public let mustChangePassword: Bool
  /// Whether an authenticator app is asked for.
  public let hasTimeCode: Bool
}

/// A row of `password`, with what `time_code` says of it.
struct AccountRow: Sendable {
  let worker: Identifier
  let userName: String
  let storedHash: String
  let changedAt: Int64
  let mustChange: Bool
  let hasTimeCode: Bool

  /// The hash, read only where it is used: a damaged one does not hinder setting another.
  var hash: EncodedHash { get throws(AccessProblem) { try EncodedHash(storedHash) } }

  private init(_ row: Row) throws {
    worker = try row.identifier("worker", of: "password")
    userName = row["user_name"]
    storedHash = row["hash"]
    changedAt = row["changed_at"]
    mustChange = row["must_change"]
    hasTimeCode = row["has_time_code"]
  }

  private static func fetch(
    _ db: Database, _ condition: String, _ arguments: StatementArguments
  ) throws -> AccountRow? {
    try Row.fetchOne(
      db,
      sql: """
        SELECT *, EXISTS (
          SELECT 1 FROM time_code
          WHERE time_code.worker = password.worker AND confirmed_at IS NOT NULL
        ) AS has_time_code
        FROM password WHERE \(condition)
        """,
      arguments: arguments
    ).map(AccountRow.init)
  }

  static func fetch(_ db: Database, userName: String) throws -> AccountRow? {
    try fetch(db, "user_name = ?", [userName])
  }

  static func fetch(_ db: Database, worker: Identifier) throws -> AccountRow? {
    try fetch(db, "worker = ?", [worker.data])
  }

  /// Sets a password; the name too where it is given.
  ///
  /// - Throws: ``AccessRefusal/userNameTaken``, or ``AccessRefusal/userNameUnfit`` where nobody had
  ///   a name and none is given.
  static func set(
    _ db: Database, worker: Identifier, userName: UserName?, hash: EncodedHash, mustChange: Bool,
    at: Instant
  ) throws {
    let existing = try fetch(db, worker: worker)
    guard let name = userName?.text ?? existing?.userName else {
      throw AccessRefusal.userNameUnfit
    }
    if let other = try fetch(db, userName: name), other.worker != worker {
      throw AccessRefusal.userNameTaken
    }
    try db.execute(
      sql: """
        INSERT INTO password VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (worker) DO UPDATE SET
          user_name = ?2, hash = ?3, changed_at = ?4, must_change = ?5
        """,
      arguments: [worker.data, name, hash.text, at.milliseconds, mustChange])
  }
}
