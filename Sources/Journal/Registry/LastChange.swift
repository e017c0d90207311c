import GRDB

/// When places and workers changed last: whoever keeps something of them in memory asks this, not
/// whether any fact came, for measurements come all day and change none of them.
public struct LastChange: Hashable, Sendable {
  /// Number of the last fact that changed a place, a catchment, an agreement or a boundary.
  public var places: Int64 = 0
  /// Number of the last fact that changed a worker, a role or a skill.
  public var workers: Int64 = 0

  /// When both changed.
  public static func fetch(in db: Database) throws -> LastChange {
    var found = LastChange()
    try BareStatement("SELECT what, sequence FROM last_change", in: db).forEach { row in
      switch row.text(0) {
      case "places": found.places = row.integer(1)
      default: found.workers = row.integer(1)
      }
      return true
    }
    return found
  }

  static func note(_ what: StaticString, at sequence: Int64, in db: Database) throws {
    let statement = try BareStatement(
      """
      INSERT INTO last_change (what, sequence) VALUES (?, ?)
      ON CONFLICT (what) DO UPDATE SET sequence = max(sequence, excluded.sequence)
      """, in: db)
    statement.bind(String(describing: what), at: 1)
    statement.bind(sequence, at: 2)
    try statement.execute()
  }
}
