import GRDB

/// By which edition computed tables were filled: where the program's is another, they are filled
/// anew from the facts.
public enum ComputedAs {
  /// What a table was filled by; nothing before the first time.
  public static func stored(_ name: String, in db: Database) throws -> String? {
    try String.fetchOne(
      db, sql: "SELECT edition FROM computed_as WHERE name = ?", arguments: [name])
  }

  /// Notes what it was filled by.
  public static func store(_ edition: String, of name: String, in db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO computed_as (name, edition) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET edition = excluded.edition
        """, arguments: [name, edition])
  }
}
