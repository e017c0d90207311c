import Foundation
import GRDB
import Health
import Journal
import Synchronization

/// A phone that a midwife enrolled, with who used it last.
public struct Phone: Hashable, Sendable {
  /// The phone.
  public let device: Device
  /// Who was signed in on it last; nothing where that was before it was noted, or nobody was.
  public let lastUser: Identifier?
  /// The last page that was asked for on it, to the minute.
  public let lastUsed: Instant?
  /// Whose PIN is locked on it after too many wrong ones: they need a new code.
  public let locked: [Identifier]
}

extension Access {
  /// All phones that were ever enrolled, those that were revoked too, the oldest first: four
  /// queries, however many there are.
  public func phones() throws -> [Phone] {
    let (rows, users, locked, sessions) = try pool.read { db in
      (
        try DeviceRow.fetch(db, "kind = ?", [Device.Kind.phone.rawValue]),
        try DeviceRow.users(db), try lockedPINs(in: db),
        Dictionary(grouping: try SessionRow.fetch(db, "device IS NOT NULL")) { $0.device }
      )
    }
    return seen.withLock { seen in
      rows.map { row in
        let open = (sessions[row.id] ?? []).map { session in
          (
            user: session.worker,
            at: session.session(seen: seen[session.tokenHash], settings).lastSeen
          )
        }
        let ended = row.lastUser.flatMap { user in
          row.lastUsedAt.map { (user: user, at: Instant(milliseconds: $0)) }
        }
        let last = (open + [ended].compactMap(\.self)).max {
          $0.at.milliseconds < $1.at.milliseconds
        }
        return Phone(
          device: row.device(of: users[row.id] ?? []), lastUser: last?.user, lastUsed: last?.at,
          locked: locked[row.id] ?? [])
      }
    }
  }

  /// The phones on which a worker's PIN is locked after too many wrong ones.
  public func lockedPhones(of worker: Identifier) throws -> Set<Identifier> {
    let locked = try pool.read { try lockedPINs(in: $0) }
    return Set(locked.filter { $0.value.contains(worker) }.keys)
  }

  /// Whose PIN is locked, by the phone.
  private func lockedPINs(in db: Database) throws -> [Identifier: [Identifier]] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT device, worker FROM pin WHERE tries >= ? ORDER BY worker",
      arguments: [settings.pinTries])
    var locked: [Identifier: [Identifier]] = [:]
    for row in rows {
      locked[try row.identifier("device", of: "pin"), default: []].append(
        try row.identifier("worker", of: "pin"))
    }
    return locked
  }

  /// Everybody who ever chose a password, or a PIN on a phone that is known still.
  public func enrolled() throws -> Set<Identifier> {
    try pool.read { db in
      let sql = "SELECT worker FROM password UNION SELECT worker FROM device_worker"
      return Set(try Data.fetchAll(db, sql: sql).compactMap { Identifier(stored: $0) })
    }
  }

  /// When a worker's last session was seen on each device, of those that have ended.
  public func lastUses(by worker: Identifier) throws -> [Identifier: Instant] {
    let rows = try pool.read { try DeviceRow.fetch($0, "last_used_by = ?", [worker.data]) }
    return Dictionary(
      rows.compactMap { row in row.lastUsedAt.map { (row.id, Instant(milliseconds: $0)) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// A phone or browser, revoked or not; nothing where there is none of that name.
  public func device(_ id: Identifier) throws -> Device? {
    try pool.read { db in try DeviceRow.fetch(db, "id = ?", [id.data]).first?.device(db) }
  }
}
