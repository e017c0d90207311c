import Foundation
import GRDB
import Health
import Journal

/// How somebody proved who they are.
public enum SessionStrength: Int, Hashable, Sendable, CaseIterable {
  /// By password alone.
  case password = 1
  /// By password and the code of an authenticator app.
  case passwordAndTimeCode = 2
  /// By PIN on an enrolled phone.
  case pinAndDevice = 3

  /// The key of the words in the catalogues, under `access.strengths`.
  public var code: String {
    switch self {
    case .password: "password"
    case .passwordAndTimeCode: "password_and_time_code"
    case .pinAndDevice: "pin_and_device"
    }
  }
}

/// Why a session ended otherwise than by signing out.
public enum SessionEnd: String, Hashable, Sendable, CaseIterable {
  /// No page for too long.
  case idle
  /// As long as a session may last.
  case tooOld = "too_old"
  /// The worker signed in once more, as often as is possible at a time.
  case tooMany = "too_many"
  /// The same browser or phone signed in anew.
  case replaced
  /// Its owner ended it from another one.
  case byOwner = "by_owner"
  /// Somebody who may ended it.
  case byAdministrator = "by_administrator"
  /// The device was revoked, or its worker taken off it.
  case deviceRevoked = "device_revoked"
  /// The password was changed or set anew.
  case passwordChanged = "password_changed"
  /// The worker has no access any more.
  case accessEnded = "access_ended"

  /// The key of the words in the catalogues, under `access.ends`.
  public var code: String { rawValue }
}

/// A session, without what lets anybody into it.
public struct Session: Hashable, Sendable {
  /// What lists and the log call it.
  public let id: Identifier
  /// Whose.
  public let worker: Identifier
  /// Through which phone or browser.
  public let device: Identifier?
  /// How the worker proved who they are.
  public let strength: SessionStrength
  /// When it began.
  public let createdAt: Instant
  /// The last page, to the minute.
  public let lastSeen: Instant
  /// When it ends if no page is asked for until then.
  public let endsAt: Instant
  /// Whether a new token is due, because rights changed: see ``Access/rotate(_:at:)``.
  public let mustRotate: Bool
}

/// What a token is good for at this moment.
public enum SessionState: Hashable, Sendable {
  /// The worker is signed in.
  case active(Session)
  /// A kader's session that asks for the PIN: see ``Access/unlock(_:pin:deviceKey:at:)``.
  case locked(Session)
  /// Nothing.
  case ended
}

/// Somebody who signed in.
public struct SignedIn: Hashable, Sendable {
  /// For the cookie; the server keeps a digest only.
  public let token: SessionToken
  /// The session.
  public let session: Session
  /// A new key of this browser or phone, for a cookie that stays; nothing where it has one.
  public let deviceKey: DeviceKey?
  /// Whether the password was set by somebody else and must be changed before anything else.
  public let mustChangePassword: Bool
}

/// A session as it is stored.
struct SessionRow: Sendable {
  let tokenHash: Data
  let id: Identifier
  let worker: Identifier
  let device: Identifier?
  let strength: SessionStrength
  let createdAt: Int64
  let lastSeen: Int64
  let mustRotate: Bool

  init(_ row: Row) throws {
    guard let strength = SessionStrength(rawValue: row["strength"]) else {
      throw AccessProblem.damagedRow(table: "session")
    }
    tokenHash = row["token_hash"]
    id = try row.identifier("id", of: "session")
    worker = try row.identifier("worker", of: "session")
    device = (row["device"] as Data?).flatMap { Identifier(stored: $0) }
    self.strength = strength
    createdAt = row["created_at"]
    lastSeen = row["last_seen"]
    mustRotate = row["must_rotate"]
  }

  init(
    token: SessionToken, id: Identifier, worker: Identifier, device: Identifier?,
    strength: SessionStrength, at: Instant
  ) {
    tokenHash = token.digest
    self.id = id
    self.worker = worker
    self.device = device
    self.strength = strength
    createdAt = at.milliseconds
    lastSeen = at.milliseconds
    mustRotate = false
  }

  static func fetch(
    _ db: Database, _ condition: String, _ arguments: StatementArguments = []
  ) throws -> [SessionRow] {
    try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * FROM session WHERE \(condition) ORDER BY created_at, id"),
      arguments: arguments
    ).map(SessionRow.init)
  }

  func insert(_ db: Database) throws {
    try db.execute(
      sql: "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
      arguments: [
        tokenHash, id.data, worker.data, device?.data, strength.rawValue, createdAt, lastSeen,
      ])
  }

  var isOfKader: Bool { strength == .pinAndDevice }

  /// When the session was seen last, by the row or by memory.
  private func latest(_ seen: Int64?) -> Int64 { max(lastSeen, seen ?? lastSeen) }

  /// Why it is over; nothing where it is not.
  func end(at: Instant, seen: Int64?, _ settings: AccessSettings) -> SessionEnd? {
    let quiet = at.milliseconds - latest(seen)
    if isOfKader { return quiet >= settings.kaderLongest.milliseconds ? .idle : nil }
    if at.milliseconds - createdAt >= settings.officialLongest.milliseconds { return .tooOld }
    return quiet >= settings.officialIdle.milliseconds ? .idle : nil
  }

  /// Whether it asks for the PIN.
  func isLocked(at: Instant, seen: Int64?, _ settings: AccessSettings) -> Bool {
    isOfKader && at.milliseconds - latest(seen) >= settings.kaderIdle.milliseconds
  }

  func session(seen: Int64?, _ settings: AccessSettings) -> Session {
    let last = latest(seen)
    let end =
      isOfKader
      ? last + settings.kaderLongest.milliseconds
      : min(
        last + settings.officialIdle.milliseconds,
        createdAt + settings.officialLongest.milliseconds)
    return Session(
      id: id, worker: worker, device: device, strength: strength,
      createdAt: Instant(milliseconds: createdAt), lastSeen: Instant(milliseconds: last),
      endsAt: Instant(milliseconds: end), mustRotate: mustRotate)
  }
}
