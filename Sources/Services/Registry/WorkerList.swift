import Foundation
import GRDB
import Health
import Journal
import Programmes

extension District {
  /// All workers with their roles, those who work no longer too, in the order of their names.
  public func workers() throws -> [Worker] {
    try journal.pool.read { try Worker.fetchAll(in: $0) }
      .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  /// Those who administer, or will, as things stand on a day, in the order of their names.
  public func administrators(on day: CivilDate) throws -> [Worker] {
    try workers().filter { worker in
      worker.rolesToCome(from: day).contains { $0.body.role == .administrator }
    }
  }

  /// A worker; nothing where the register does not know them.
  public func worker(_ id: Identifier) throws -> Worker? {
    try journal.pool.read { try Worker.fetch(id, in: $0) }
  }

  /// Another worker with that NIK; nothing where there is none.
  public func worker(
    nationalIdentityNumber number: String, except own: Identifier?
  ) throws -> Worker? {
    guard !number.isEmpty else { return nil }
    return try journal.pool.read { db in
      try Data.fetchAll(
        db, sql: "SELECT id FROM worker WHERE national_identity_number = ?", arguments: [number]
      ).compactMap { Identifier(stored: $0) }.first { $0 != own }
        .flatMap { try Worker.fetch($0, in: db) }
    }
  }

  /// How a kader stands to the 25 skills on a day.
  public func kaderStanding(of id: Identifier, on day: CivilDate) throws -> KaderStanding {
    standing(of: try kaderRecord(of: id), on: day)
  }

  /// How a kader stands to the skills on a day, by the district's settings.
  public func standing(of record: KaderRecord, on day: CivilDate) -> KaderStanding {
    record.standing(on: day, settings: edition.programmes.kader)
  }

  /// All that was ever assessed of a kader and still stands.
  public func kaderRecord(of id: Identifier) throws -> KaderRecord {
    try journal.pool.read { db in
      let facts = try StandingSubject.fetch(id, in: db).timeline
      return try facts.bytes.withUnsafeBufferPointer { try KaderRecord(facts: $0) }
    }
  }
}
