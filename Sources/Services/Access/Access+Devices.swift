import Foundation
import GRDB
import Health
import Journal

extension Access {
  /// The enrolled phone or remembered browser that shows this key; nothing where it is not known or
  /// was revoked. The workers of a phone are those whose PIN it asks for.
  public func device(_ key: DeviceKey) throws -> Device? {
    try pool.read { db in try DeviceRow.fetch(db, key: key)?.device(db) }
  }

  /// The phones of a place, those that were revoked too, the oldest first.
  public func devices(at place: Identifier) throws -> [Device] {
    try pool.read { db in
      try DeviceRow.fetch(db, "place = ?", [place.data]).map { try $0.device(db) }
    }
  }

  /// The phones and browsers that a worker uses, the oldest first.
  public func devices(of worker: Identifier) throws -> [Device] {
    try pool.read { db in
      try DeviceRow.fetch(
        db, "id IN (SELECT device FROM device_worker WHERE worker = ?)", [worker.data]
      ).map { try $0.device(db) }
    }
  }

  /// Lets a device in no more, for all its workers, and ends its sessions. What was lost or stolen
  /// is of no use at the next page.
  public func revoke(
    device: Identifier, by: Identifier, at: Instant
  ) async throws -> [AccessEvent] {
    let (events, rows) = try await pool.write { [self] db in
      try revoke(device, by: by, db, at: at)
    }
    forgetSeen(rows)
    return events
  }

  private func revoke(
    _ device: Identifier, by: Identifier, _ db: Database, at: Instant
  ) throws -> (events: [AccessEvent], ended: [SessionRow]) {
    try db.execute(
      sql: "UPDATE device SET revoked_at = ?, revoked_by = ? WHERE id = ? AND revoked_at IS NULL",
      arguments: [at.milliseconds, by.data, device.data])
    guard db.changesCount > 0 else { return ([], []) }
    try db.execute(sql: "DELETE FROM pin WHERE device = ?", arguments: [device.data])
    let rows = try Access.fetch(.device(device), db)
    let event = AccessEvent(.deviceRevoked, by: by, device: device, at: at)
    return ([event] + (try remove(rows, db, by: by, at: at) { _ in .deviceRevoked }), rows)
  }

  /// Takes one worker off a shared phone; the others go on.
  public func remove(
    worker: Identifier, from device: Identifier, by: Identifier, at: Instant
  ) async throws -> [AccessEvent] {
    let (events, rows) = try await pool.write { [self] db -> ([AccessEvent], [SessionRow]) in
      try db.execute(
        sql: "DELETE FROM device_worker WHERE device = ? AND worker = ?",
        arguments: [device.data, worker.data])
      guard db.changesCount > 0 else { return ([], []) }
      let rows = try SessionRow.fetch(
        db, "device = ? AND worker = ?", [device.data, worker.data])
      let event = AccessEvent(.deviceLeft, worker: worker, by: by, device: device, at: at)
      return (
        [event] + (try remove(rows, db, by: by, at: at) { _ in .deviceRevoked }), rows
      )
    }
    forgetSeen(rows)
    return events
  }

  /// Remembers the browser in which an official signed in for the first time; of very many the one
  /// that came first is forgotten, with its sessions.
  func rememberBrowser(
    _ id: Identifier, _ key: DeviceKey, of worker: Identifier, _ db: Database, at: Instant
  ) throws -> [AccessEvent] {
    try DeviceRow.insert(
      db,
      Device(
        id: id, kind: .browser, name: "", place: nil, workers: [worker], enrolledBy: worker,
        enrolledAt: at, revokedAt: nil), key: key)
    var events = [AccessEvent(.browserRemembered, worker: worker, device: id, at: at)]
    let browsers = try DeviceRow.fetch(
      db, "kind = 2 AND revoked_at IS NULL AND enrolled_by = ?", [worker.data])
    for old in browsers.dropLast(settings.browsersPerWorker) {
      events += try revoke(old.id, by: worker, db, at: at).events
    }
    return events
  }
}
