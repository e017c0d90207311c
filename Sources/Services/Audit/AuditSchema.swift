import GRDB

/// The log's tables, step by step. A step that was released is never changed; a new step follows it.
///
/// Comments inside the statements are kept by SQLite; docs/tables.md is made from them.
enum AuditSchema {
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 entries, subjects, covered facts") { db in
      for statement in entries + subjects + covered { try db.execute(sql: statement) }
    }
    migrator.registerMigration("2 removal after five years") { db in
      for statement in removal { try db.execute(sql: statement) }
    }
    return migrator
  }()

  private static let entries = [
    """
    CREATE TABLE audit_entry ( -- Who looked at, changed, exported or printed what. Only added to.
      sequence INTEGER PRIMARY KEY, -- order of writing, without gaps
      at INTEGER NOT NULL, -- when, by this machine's clock, milliseconds since 1970 UTC
      worker BLOB CHECK (length(worker) = 16), -- who; nothing before sign-in and for the program
      session BLOB CHECK (length(session) = 8), -- first bytes of the digest of the session's token
      device BLOB CHECK (length(device) = 16), -- the enrolled device it came through
      action TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 64), -- what was done, as a code
      purpose TEXT CHECK (length(purpose) BETWEEN 1 AND 64), -- what for, as a code, where asked
      route TEXT CHECK (length(route) BETWEEN 1 AND 200), -- pattern of the page, not its address
      place BLOB CHECK (length(place) = 16), -- the place it concerned
      outcome INTEGER NOT NULL CHECK (outcome BETWEEN 1 AND 3), -- 1 allowed, 2 refused, 3 failed
      count INTEGER NOT NULL CHECK (count >= 0), -- rows shown, exported, printed; facts accepted
      subject_count INTEGER NOT NULL CHECK (subject_count >= 0), -- its rows in audit_subject
      detail BLOB NOT NULL, -- what else is told, packed; docs/formats/audit.md
      chain BLOB NOT NULL CHECK (length(chain) = 32) -- SHA-256 over the link before and this entry
    ) STRICT
    """,
    "CREATE INDEX audit_entry_by_moment ON audit_entry (at)",
    "CREATE INDEX audit_entry_by_worker ON audit_entry (worker) WHERE worker IS NOT NULL",
    "CREATE INDEX audit_entry_by_place ON audit_entry (place) WHERE place IS NOT NULL",
    "CREATE INDEX audit_entry_not_allowed ON audit_entry (outcome) WHERE outcome <> 1",
    "CREATE INDEX audit_entry_anchoring ON audit_entry (sequence) WHERE action = 'anchoredLog'",
    """
    CREATE TRIGGER audit_entry_follows_the_last BEFORE INSERT ON audit_entry
    WHEN NEW.sequence IS NOT (SELECT COALESCE(MAX(sequence), 0) + 1 FROM audit_entry)
    BEGIN SELECT RAISE(ABORT, 'entries of the log follow each other without gaps'); END
    """,
    """
    CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'entries of the log are never changed'); END
    """,
    """
    CREATE TRIGGER audit_entry_is_never_removed BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'entries of the log are never removed'); END
    """,
  ]

  private static let subjects = [
    """
    CREATE TABLE audit_subject ( -- Whom each entry concerned: persons, households, workers.
      entry INTEGER NOT NULL REFERENCES audit_entry (sequence), -- which entry
      subject BLOB NOT NULL CHECK (length(subject) = 16), -- whom, by the subject of the facts
      PRIMARY KEY (entry, subject)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX audit_subject_by_subject ON audit_subject (subject, entry)",
    """
    CREATE TRIGGER audit_subject_comes_with_its_entry BEFORE INSERT ON audit_subject
    WHEN NEW.entry IS NOT (SELECT MAX(sequence) FROM audit_entry)
    BEGIN SELECT RAISE(ABORT, 'subjects come with their entry'); END
    """,
    """
    CREATE TRIGGER audit_subject_is_never_changed BEFORE UPDATE ON audit_subject
    BEGIN SELECT RAISE(ABORT, 'entries of the log are never changed'); END
    """,
    """
    CREATE TRIGGER audit_subject_is_never_removed BEFORE DELETE ON audit_subject
    BEGIN SELECT RAISE(ABORT, 'entries of the log are never removed'); END
    """,
  ]

  private static let covered = [
    """
    CREATE TABLE audit_covered ( -- Which facts the entries vouch for; computed from their details.
      entry INTEGER PRIMARY KEY REFERENCES audit_entry (sequence), -- which entry
      first INTEGER NOT NULL, -- sequence of the first fact
      last INTEGER NOT NULL CHECK (last >= first), -- sequence of the last fact
      through INTEGER NOT NULL -- all facts through that one were vouched for by then
    ) STRICT
    """,
    "CREATE INDEX audit_covered_by_first ON audit_covered (first, last)",
    """
    CREATE TRIGGER audit_covered_is_never_changed BEFORE UPDATE ON audit_covered
    BEGIN SELECT RAISE(ABORT, 'entries of the log are never changed'); END
    """,
    """
    CREATE TRIGGER audit_covered_is_never_removed BEFORE DELETE ON audit_covered
    BEGIN SELECT RAISE(ABORT, 'entries of the log are never removed'); END
    """,
  ]

  /// Nothing is removed but what an entry tells of, and no entry may tell of it before its time.
  private static let removal =
    [
      """
      CREATE TABLE audit_removal ( -- Which entries are gone since their time was over.
        entry INTEGER PRIMARY KEY REFERENCES audit_entry (sequence), -- the entry that says so
        through INTEGER NOT NULL CHECK (through BETWEEN 1 AND entry - 1) -- the last that is gone
      ) STRICT
      """,
      """
      CREATE TRIGGER audit_removal_waits_five_years BEFORE INSERT ON audit_removal
      WHEN NEW.entry IS NOT (SELECT MAX(sequence) FROM audit_entry)
        OR (SELECT action FROM audit_entry WHERE sequence = NEW.entry) IS NOT 'removedEntries'
        OR ((SELECT MAX(at) FROM audit_entry WHERE sequence <= NEW.through)
          <= (SELECT at FROM audit_entry WHERE sequence = NEW.entry) - 157852800000) IS NOT 1
      BEGIN SELECT RAISE(ABORT, 'entries of the log are kept for five years'); END
      """,
      """
      CREATE TRIGGER audit_removal_is_never_changed BEFORE UPDATE ON audit_removal
      BEGIN SELECT RAISE(ABORT, 'entries of the log are never changed'); END
      """,
    ]
    + [
      ("audit_entry", "sequence"), ("audit_subject", "entry"), ("audit_covered", "entry"),
      ("audit_removal", "entry"),
    ].flatMap { table, column in
      [
        "DROP TRIGGER IF EXISTS \(table)_is_never_removed",
        """
        CREATE TRIGGER \(table)_is_never_removed BEFORE DELETE ON \(table)
        WHEN OLD.\(column) > COALESCE((SELECT MAX(through) FROM audit_removal), 0)
        BEGIN SELECT RAISE(ABORT, 'entries of the log are never removed before their time'); END
        """,
      ]
    }
}
