import GRDB
import Health
import Journal
import Monitoring

extension District {
  /// Throws away everything that is computed and computes it anew from the facts, in one
  /// transaction: needed after a change of the settings or of what indicators there are. The
  /// settings are noted in the journal beside the figures.
  ///
  /// - Parameter progress: called with the number of facts read, now and then.
  public func rebuild(progress: @escaping @Sendable (Int64) -> Void = { _ in }) throws {
    let edition = edition
    try journal.recompute(
      dropping: ["care_plan", "cube", "counted_at", "awaited_place", "contribution"],
      now: Clock.now(),
      preparing: { db in
        try FiguresEdition.store(in: db)
        let wanted = SettingsRecord(name: edition.name, fingerprint: edition.fingerprint)
        guard try SettingsRecord.fetch(in: db) != wanted else { return }
        try SettingsRecord.store(edition, at: Clock.now(), in: db)
      }, progress: progress)
  }
}
