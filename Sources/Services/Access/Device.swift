import Foundation
import GRDB
import Health
import Journal

/// A phone that a midwife enrolled, or a browser that is remembered.
public struct Device: Hashable, Sendable {
  /// What facts and the log call it.
  public let id: Identifier
  /// Whether it is a phone or a browser.
  public let kind: Kind
  /// What people call it; empty for browsers.
  public let name: String
  /// The Posyandu of a phone.
  public let place: Identifier?
  /// Who use it.
  public let workers: [Identifier]
  /// Who let it in.
  public let enrolledBy: Identifier
  /// When.
  public let enrolledAt: Instant
  /// Since when it is not let in any more.
  public let revokedAt: Instant?

  /// What a device is.
  public enum Kind: Int, Hashable, Sendable {
    /// A phone that a midwife enrolled for kader, who sign in by PIN.
    case phone = 1
    /// A browser in which officials signed in: strangers' failures do not count for it.
    case browser = 2
  }
}

/// A row of `device`.
struct DeviceRow: Sendable {
  let id: Identifier
  let kind: Device.Kind
  let name: String
  let place: Identifier?
  let enrolledBy: Identifier
  let enrolledAt: Int64
  let revokedAt: Int64?
  /// When the last session on it was seen last that has ended, and whose it was.
  let lastUsedAt: Int64?
  let lastUser: Identifier?

  init(_ row: Row) throws {
    guard let kind = Device.Kind(rawValue: row["kind"]) else {
      throw AccessProblem.damagedRow(table: "device")
    }
    self.kind = kind
    id = try row.identifier("id", of: "device")
    name = row["name"]
    place = (row["place"] as Data?).flatMap { Identifier(stored: $0) }
    enrolledBy = try row.identifier("enrolled_by", of: "device")
    enrolledAt = row["enrolled_at"]
    revokedAt = row["revoked_at"]
    lastUsedAt = row["last_used_at"]
    lastUser = (row["last_used_by"] as Data?).flatMap { Identifier(stored: $0) }
  }

  static func fetch(
    _ db: Database, _ condition: String, _ arguments: StatementArguments
  ) throws -> [DeviceRow] {
    try Row.fetchAll(
      db, sql: "SELECT * FROM device WHERE \(condition) ORDER BY enrolled_at, id",
      arguments: arguments
    ).map(DeviceRow.init)
  }

  /// The device with a key; nothing where it is not known or was revoked.
  static func fetch(_ db: Database, key: DeviceKey?) throws -> DeviceRow? {
    guard let key else { return nil }
    return try fetch(db, "key_hash = ? AND revoked_at IS NULL", [key.digest]).first
  }

  static func isUsed(_ db: Database, device: Identifier, by worker: Identifier) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM device_worker WHERE device = ? AND worker = ?)",
      arguments: [device.data, worker.data]) ?? false
  }

  static func join(
    _ db: Database, worker: Identifier, device: Identifier, at: Instant
  ) throws {
    try db.execute(
      sql: "INSERT INTO device_worker VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      arguments: [device.data, worker.data, at.milliseconds])
  }

  static func insert(
    _ db: Database, _ device: Device, key: DeviceKey
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO device (id, kind, name, key_hash, place, enrolled_by, enrolled_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        device.id.data, device.kind.rawValue, device.name, key.digest, device.place?.data,
        device.enrolledBy.data, device.enrolledAt.milliseconds,
      ])
    for worker in device.workers {
      try join(db, worker: worker, device: device.id, at: device.enrolledAt)
    }
  }

  /// Notes who used a device, and when last.
  static func noteUse(
    _ db: Database, _ device: Identifier, by worker: Identifier, at: Int64
  ) throws {
    try db.execute(
      sql: """
        UPDATE device SET last_used_at = ?1, last_used_by = ?2
        WHERE id = ?3 AND (last_used_at IS NULL OR last_used_at <= ?1)
        """, arguments: [at, worker.data, device.data])
  }

  /// Who uses each device, by the device.
  static func users(_ db: Database) throws -> [Identifier: [Identifier]] {
    var users: [Identifier: [Identifier]] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT device, worker FROM device_worker ORDER BY since, worker")
    while let row = try rows.next() {
      users[try row.identifier("device", of: "device_worker"), default: []].append(
        try row.identifier("worker", of: "device_worker"))
    }
    return users
  }

  func device(_ db: Database) throws -> Device {
    device(
      of: try Row.fetchAll(
        db, sql: "SELECT worker FROM device_worker WHERE device = ? ORDER BY since, worker",
        arguments: [id.data]
      ).map { try $0.identifier("worker", of: "device_worker") })
  }

  /// The device, of whom it is known who use it.
  func device(of workers: [Identifier]) -> Device {
    Device(
      id: id, kind: kind, name: name, place: place, workers: workers, enrolledBy: enrolledBy,
      enrolledAt: Instant(milliseconds: enrolledAt),
      revokedAt: revokedAt.map { Instant(milliseconds: $0) })
  }
}
