import Foundation
import GRDB
import Health
import Journal

extension District {
  /// A worker and what they may do on a day; nothing where the register does not know them.
  public func rights(
    of id: Identifier, on day: CivilDate, tree: PlaceTree
  ) throws -> (worker: Worker, rights: Rights)? {
    try journal.pool.read { db in
      guard let worker = try Worker.fetch(id, in: db) else { return nil }
      let catchments = try PlaceRows.catchments(in: db)
      return (worker, Rights(of: worker, on: day, tree: tree, catchments: catchments))
    }
  }

  /// Whether one of these facilities has recorded anything of a person, and has not ended the tie:
  /// see ``FacilityTie``.
  public func isKnown(_ person: PersonEntry, to facilities: [Identifier]) throws -> Bool {
    guard !facilities.isEmpty else { return false }
    return try journal.pool.read { try District.isKnown(person, to: facilities, in: $0) }
  }

  static func isKnown(
    _ person: PersonEntry, to facilities: [Identifier], in db: Database
  ) throws -> Bool {
    guard let timeline = try PersonEntry.timeline(person.number, in: db) else { return false }
    return try timeline.bytes.withUnsafeBufferPointer { bytes in
      var reader = try TimelineReader(bytes)
      var recorded: Set<Identifier> = []
      var ended: Set<Identifier> = []
      while let entry = try reader.next() {
        guard let place = entry.place, facilities.contains(place) else { continue }
        if entry.kind != .withdrawal {
          recorded.insert(entry.id)
        } else if let claim = entry.replaces {
          ended.insert(claim)
        }
      }
      return !recorded.isSubset(of: ended)
    }
  }
}

extension District {
  /// These workers, as far as the register knows them.
  public func workers(_ ids: [Identifier]) throws -> [Worker] {
    try journal.pool.read { db in try ids.compactMap { try Worker.fetch($0, in: db) } }
  }
}

extension District {
  /// The worker who signs in under a name; nothing where nobody does.
  public func worker(userName: String) throws -> Worker? {
    try journal.pool.read { db in
      let id = try Data.fetchOne(
        db.cachedStatement(sql: "SELECT id FROM worker WHERE user_name = ? AND user_name <> ''"),
        arguments: [Worker.foldedUserName(userName)])
      return try id.flatMap { Identifier(stored: $0) }.flatMap { try Worker.fetch($0, in: db) }
    }
  }
}
