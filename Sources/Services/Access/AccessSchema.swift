import GRDB

/// The tables of the file of signing in, step by step. A step that was released is never changed; a new
/// step follows it.
///
/// Comments inside the statements are kept by SQLite; docs/tables.md is made from them.
enum AccessSchema {
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 passwords, devices, sessions, codes") { db in
      for statement in secrets + devices + sessions { try db.execute(sql: statement) }
    }
    migrator.registerMigration("2 openings") { db in
      for statement in openings { try db.execute(sql: statement) }
    }
    migrator.registerMigration("3 last use of devices") { db in
      for statement in lastUse { try db.execute(sql: statement) }
    }
    return migrator
  }()

  private static let secrets = [
    """
    CREATE TABLE password ( -- With what officials sign in.
      worker BLOB PRIMARY KEY CHECK (length(worker) = 16), -- the subject of the worker's facts
      user_name TEXT NOT NULL UNIQUE, -- in small letters
      hash TEXT NOT NULL, -- argon2id with its parameters
      changed_at INTEGER NOT NULL, -- when it was set, milliseconds since 1970 UTC
      must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)) -- 1: somebody else has set it
    ) STRICT
    """,
    """
    CREATE TABLE time_code ( -- Authenticator apps of officials (RFC 6238).
      worker BLOB PRIMARY KEY REFERENCES password (worker) ON DELETE CASCADE, -- whose
      secret BLOB NOT NULL, -- sealed by AES-256-GCM with the key file beside this file
      confirmed_at INTEGER, -- when the first right code came; before, none is asked for
      last_step INTEGER NOT NULL -- the last half minute whose code was used: each is used once
    ) STRICT
    """,
    """
    CREATE TABLE attempt ( -- Failures by user name, device or address, so that guessing is slow.
      bucket BLOB PRIMARY KEY CHECK (length(bucket) = 32), -- digest of what is counted
      started_at INTEGER NOT NULL, -- first failure, milliseconds since 1970 UTC
      count INTEGER NOT NULL, -- failures since then, with tries that are not judged yet
      blocked_until INTEGER NOT NULL -- no further try before, milliseconds since 1970 UTC
    ) STRICT, WITHOUT ROWID
    """,
  ]

  private static let devices = [
    """
    CREATE TABLE device ( -- Phones that a midwife enrolled, and browsers of officials.
      id BLOB PRIMARY KEY CHECK (length(id) = 16), -- what facts call the device
      kind INTEGER NOT NULL CHECK (kind IN (1, 2)), -- 1 enrolled phone, 2 remembered browser
      name TEXT NOT NULL, -- what people call it; empty for browsers
      key_hash BLOB NOT NULL UNIQUE CHECK (length(key_hash) = 32), -- SHA-256 of its key
      place BLOB CHECK (length(place) = 16), -- the Posyandu of a phone
      enrolled_by BLOB NOT NULL CHECK (length(enrolled_by) = 16), -- worker who let it in
      enrolled_at INTEGER NOT NULL, -- milliseconds since 1970 UTC
      revoked_by BLOB CHECK (length(revoked_by) = 16), -- worker who revoked it
      revoked_at INTEGER -- since when it is not let in any more, milliseconds since 1970 UTC
    ) STRICT
    """,
    """
    CREATE TABLE device_worker ( -- Who uses a device; phones are shared.
      device BLOB NOT NULL REFERENCES device (id), -- the phone or browser
      worker BLOB NOT NULL CHECK (length(worker) = 16), -- the subject of the worker's facts
      since INTEGER NOT NULL, -- milliseconds since 1970 UTC
      PRIMARY KEY (device, worker)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX device_of_worker ON device_worker (worker)",
    """
    CREATE TABLE pin ( -- With what kader unlock their phone.
      device BLOB NOT NULL, -- the phone
      worker BLOB NOT NULL, -- whose
      hash TEXT NOT NULL, -- argon2id of the PIN and the phone's key, which is not here
      changed_at INTEGER NOT NULL, -- milliseconds since 1970 UTC
      tries INTEGER NOT NULL, -- wrong tries since the last right one
      PRIMARY KEY (device, worker),
      FOREIGN KEY (device, worker) REFERENCES device_worker (device, worker) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID
    """,
  ]

  // The line break and the comment stand inside the column, for SQLite keeps only that much.
  private static let lastUse = [
    """
    ALTER TABLE device ADD COLUMN
      last_used_at INTEGER -- last page of the sessions on it that have ended, milliseconds since 1970 UTC
      CHECK (last_used_at > 0)
    """,
    """
    ALTER TABLE device ADD COLUMN
      last_used_by BLOB -- whose session that was
      CHECK (length(last_used_by) = 16)
    """,
  ]

  private static let sessions = [
    """
    CREATE TABLE session ( -- Who is signed in. An ended session has no row.
      token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32), -- SHA-256 of the token
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16), -- what lists and the log call it
      worker BLOB NOT NULL CHECK (length(worker) = 16), -- who
      device BLOB REFERENCES device (id), -- through which phone or browser
      strength INTEGER NOT NULL, -- 1 password, 2 password and time code, 3 PIN and device
      created_at INTEGER NOT NULL, -- milliseconds since 1970 UTC
      last_seen INTEGER NOT NULL, -- last page while unlocked, to the minute
      must_rotate INTEGER NOT NULL CHECK (must_rotate IN (0, 1)) -- 1: a new token is due
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX session_of_worker ON session (worker)",
    "CREATE INDEX session_of_device ON session (device)",
    """
    CREATE TABLE one_time_code ( -- Codes that let somebody in once, to choose PIN or password.
      id BLOB PRIMARY KEY CHECK (length(id) = 16), -- what the log calls it
      selector TEXT NOT NULL, -- the first two characters of the short code, to find it by
      code_hash TEXT NOT NULL, -- argon2id of the short code
      secret_hash BLOB NOT NULL UNIQUE CHECK (length(secret_hash) = 32), -- SHA-256 of the long one
      purpose INTEGER NOT NULL, -- 1 enrol a kader's phone, 2 first password, 3 reset password
      worker BLOB NOT NULL CHECK (length(worker) = 16), -- for whom
      place BLOB NOT NULL CHECK (length(place) = 16), -- at which Posyandu or facility
      issued_by BLOB NOT NULL CHECK (length(issued_by) = 16), -- worker who gave it out
      issued_at INTEGER NOT NULL, -- milliseconds since 1970 UTC
      expires_at INTEGER NOT NULL, -- milliseconds since 1970 UTC
      tries INTEGER NOT NULL, -- wrong tries
      used_at INTEGER -- when it was used, milliseconds since 1970 UTC
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX one_time_code_by_selector ON one_time_code (selector, issued_at)",
  ]

  private static let openings = [
    """
    CREATE TABLE opening ( -- What workers opened beyond their role, for a while, with a reason.
      id BLOB PRIMARY KEY CHECK (length(id) = 16), -- what addresses call it
      worker BLOB NOT NULL CHECK (length(worker) = 16), -- who opened it
      person BLOB CHECK (length(person) = 16), -- whose record, in an emergency
      home BLOB CHECK (length(home) = 16), -- where that person lived
      area BLOB CHECK (length(area) = 16), -- of which place names were opened, for a purpose
      reason INTEGER NOT NULL, -- from the list, see OpeningReason
      words TEXT NOT NULL, -- why, in the words of who opened it
      opened_at INTEGER NOT NULL, -- milliseconds since 1970 UTC
      until INTEGER NOT NULL, -- at this moment it is closed, milliseconds since 1970 UTC
      closed_at INTEGER, -- when the worker closed it before, milliseconds since 1970 UTC
      reviewed_by BLOB CHECK (length(reviewed_by) = 16), -- who looked at it afterwards
      reviewed_at INTEGER, -- when, milliseconds since 1970 UTC
      outcome INTEGER, -- 1 justified, 2 not justified, 3 to be followed up
      review_words TEXT, -- what the review found
      CHECK ((person IS NULL) <> (area IS NULL))
    ) STRICT
    """,
    "CREATE INDEX opening_of_worker ON opening (worker, until)",
    "CREATE INDEX opening_of_person ON opening (person) WHERE person IS NOT NULL",
    """
    CREATE INDEX opening_to_review ON opening (opened_at)
    WHERE person IS NOT NULL AND reviewed_at IS NULL
    """,
  ]
}
