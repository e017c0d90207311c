import GRDB
import Health

/// When facts arrived: one row for each batch, beside the facts and no part of their chain.
public enum Arrivals {
  /// What of a journal was known at a moment.
  public enum Known: Hashable, Sendable {
    /// The facts through that one in their order of arrival; 0 for none.
    case through(sequence: Int64)
    /// Facts arrived before the journal noted when, and the moment lies before it began to.
    case notNoted(before: Instant)
  }

  /// Notes that the facts from `first` on arrived at a moment.
  static func note(_ first: Int64, at moment: Instant, in db: Database) throws {
    try db.cachedStatement(
      sql: "INSERT INTO arrival (first, moment, is_latest) VALUES (?, ?, 0)"
    ).execute(arguments: [first, moment.milliseconds])
  }

  /// Which facts were known at a moment: all before the first batch that came later.
  ///
  /// A clock that was wrong may have told two batches moments against their order. The order is
  /// certain, the moments are not; what came after a batch that was too late was too late as well.
  public static func known(by moment: Instant, in db: Database) throws -> Known {
    let later = try Row.fetchOne(
      db,
      sql: "SELECT first, moment, is_latest FROM arrival WHERE moment > ? ORDER BY first LIMIT 1",
      arguments: [moment.milliseconds])
    guard let later else {
      return .through(sequence: try Int64.fetchOne(db, sql: "SELECT MAX(sequence) FROM fact") ?? 0)
    }
    guard (later[2] as Int) == 0 else {
      return .notNoted(before: Instant(milliseconds: later[1]))
    }
    return .through(sequence: (later[0] as Int64) - 1)
  }
}
