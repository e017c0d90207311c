import GRDB
import Health

/// A person's words in and out of the search index.
enum SearchRow {
  /// Writes the words; a person without any leaves the index.
  static func update(_ person: Int64, terms: String, in db: Database) throws {
    let earlier = try stored(person, in: db)
    if earlier == terms || (earlier == nil && terms.isEmpty) { return }
    if let earlier {
      // The index holds no texts of its own: to forget a row it must be told what stood there.
      let forget = try BareStatement(
        "INSERT INTO person_find (person_find, rowid, terms) VALUES ('delete', ?, ?)", in: db)
      forget.bind(person, at: 1)
      forget.bind(earlier, at: 2)
      try forget.execute()
    }
    if terms.isEmpty {
      let remove = try BareStatement("DELETE FROM person_search WHERE person = ?", in: db)
      remove.bind(person, at: 1)
      return try remove.execute()
    }
    let store = try BareStatement(
      """
      INSERT INTO person_search (person, terms) VALUES (?, ?)
      ON CONFLICT (person) DO UPDATE SET terms = excluded.terms
      """, in: db)
    store.bind(person, at: 1)
    store.bind(terms, at: 2)
    try store.execute()
    let index = try BareStatement(
      "INSERT INTO person_find (rowid, terms) VALUES (?, ?)", in: db)
    index.bind(person, at: 1)
    index.bind(terms, at: 2)
    try index.execute()
  }

  private static func stored(_ person: Int64, in db: Database) throws -> String? {
    let statement = try BareStatement("SELECT terms FROM person_search WHERE person = ?", in: db)
    statement.bind(person, at: 1)
    return try statement.first { $0.text(0) }
  }

  /// Leaves the joining of the index's parts to ``join(after:in:)``. Of its own accord FTS5 joins some
  /// hundreds of pages at once, whenever 64 were written: in a district of 400,000 people every 64th
  /// registration waited 40 ms for it.
  static func joinBySmallSteps(in db: Database) throws {
    try db.execute(sql: "INSERT INTO person_find (person_find, rank) VALUES ('automerge', 0)")
  }

  /// Joins parts of the index, where there are enough of one size, as far as is due for the persons
  /// that were written: every row is rewritten about as often as there are sizes of parts, so a few
  /// pages for each commit and person keep up.
  static func join(after persons: Int, in db: Database) throws {
    let join = try BareStatement(
      "INSERT INTO person_find (person_find, rank) VALUES ('merge', ?)", in: db)
    join.bind(Int64(pagesJoined + persons), at: 1)
    try join.execute()
  }

  private static let pagesJoined = 8

  /// Rewrites the index without the words of persons who left it: until then its older parts hold
  /// them.
  static func dropForgotten(in db: Database) throws {
    try db.execute(sql: "INSERT INTO person_find (person_find) VALUES ('optimize')")
  }

  /// Empties the index and what it is made of.
  static func clear(in db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO person_find (person_find) VALUES ('delete-all');
        DELETE FROM person_search
        """)
  }
}

extension JournalFile {
  /// Whether the index by which persons are found holds the words that it is made of. It is asked
  /// on the connection that writes, though nothing is written.
  public func isSearchIndexIntact() throws -> Bool {
    try pool.writeWithoutTransaction { db in
      do {
        try db.execute(
          sql: "INSERT INTO person_find (person_find, rank) VALUES ('integrity-check', 1)")
        return true
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
        return false
      }
    }
  }
}
