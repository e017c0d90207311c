import Foundation
import GRDB
import Health
import Journal
import Programmes

/// The settings that the figures in a database were counted under, as the database itself says.
struct SettingsRecord: Hashable, Sendable {
  let name: String
  let fingerprint: ChainHash

  /// The record in force; nothing where none was ever made.
  static func fetch(in db: Database) throws -> SettingsRecord? {
    let statement = try BareStatement(
      "SELECT name, fingerprint FROM settings_edition ORDER BY number DESC LIMIT 1", in: db)
    return try statement.first { row in
      ChainHash(stored: row.bytes(1)).map { SettingsRecord(name: row.text(0), fingerprint: $0) }
    }
  }

  /// Notes that figures are counted under an edition from now on.
  static func store(_ edition: SettingsEdition, at moment: Instant, in db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO settings_edition (name, fingerprint, bytes, since) VALUES (?, ?, ?, ?)
        """,
      arguments: [
        edition.name, Data(edition.fingerprint.bytes), Data(PackedSettings.pack(edition.growth)),
        moment.milliseconds,
      ])
  }
}

/// What to do where the figures in a database were counted under other settings.
public enum OtherSettings: Sendable {
  /// Refuse with a ``SettingsProblem``.
  case refuse
  /// Count everything anew under these settings; called first with the name of the others.
  case recount(
    told: @Sendable (_ others: String?) -> Void, progress: @Sendable (_ facts: Int64) -> Void)
  /// Leave the figures as they are: for work that neither reads nor changes them.
  case leave
}

extension District {
  /// Makes sure that the figures in the database are those of this district's settings.
  func settleSettings(_ others: OtherSettings) throws {
    let (record, hasFacts) = try journal.pool.read { db in
      (
        try SettingsRecord.fetch(in: db),
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM fact)") ?? false
      )
    }
    guard record?.fingerprint != edition.fingerprint else {
      // The same rules under another name: nothing to count, but reports shall name them rightly.
      if case .recount = others, record?.name != edition.name { try recordEdition() }
      return
    }
    guard hasFacts else { return try recordEdition() }
    switch others {
    case .leave: return
    case .refuse:
      throw SettingsProblem(otherThan: edition, record, path: journal.path)
    case .recount(let told, let progress):
      told(record.map { SettingsEdition.title($0.name, $0.fingerprint) })
      try rebuild(progress: progress)
    }
  }

  private func recordEdition() throws {
    try journal.pool.write { db in
      try SettingsRecord.store(edition, at: Clock.now(), in: db)
    }
  }
}

extension SettingsProblem {
  init(otherThan edition: SettingsEdition, _ record: SettingsRecord?, path: String) {
    let recorded = record.map { SettingsEdition.title($0.name, $0.fingerprint) } ?? "?"
    self.init(
      .otherSettings, path: path, ["recorded": recorded, "given": edition.title])
  }

  /// Refuses figures of other settings, within the transaction that reads or changes them.
  static func require(_ edition: SettingsEdition, in db: Database, path: String = "") throws {
    let record = try SettingsRecord.fetch(in: db)
    guard record?.fingerprint == edition.fingerprint else {
      throw SettingsProblem(otherThan: edition, record, path: path)
    }
  }
}
