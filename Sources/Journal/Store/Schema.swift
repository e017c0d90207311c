import GRDB

/// The tables, step by step. A step that was released is never changed; a new step follows it.
///
/// Comments inside the statements are kept by SQLite; docs/tables.md is made from them.
enum Schema {
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 facts, places, persons") { db in
      for statement in facts + registry { try db.execute(sql: statement) }
    }
    migrator.registerMigration("2 nutrition figures, imports") { db in
      for statement in figures + imports { try db.execute(sql: statement) }
    }
    migrator.registerMigration("3 settings") { db in
      for statement in settings { try db.execute(sql: statement) }
    }
    migrator.registerMigration("4 arrival") { db in
      for statement in arrival { try db.execute(sql: statement) }
    }
    migrator.registerMigration("5 headings of files, editions of figures") { db in
      for statement in headingsAndEditions { try db.execute(sql: statement) }
    }
    migrator.registerMigration("6 warnings of imports") { db in
      try db.execute(sql: warnings)
    }
    migrator.registerMigration("7 digests of files") { db in
      try db.execute(sql: digests)
    }
    migrator.registerMigration("8 places in full") { db in
      for statement in PlaceSchema.statements { try db.execute(sql: statement) }
    }
    migrator.registerMigration("9 households, workers, search") { db in
      for statement in households + personColumns { try db.execute(sql: statement) }
    }
    migrator.registerMigration("10 sealed facts") { db in
      for statement in sealing { try db.execute(sql: statement) }
    }
    migrator.registerMigration("11 last changes") { db in
      try db.execute(sql: changes)
    }
    migrator.registerMigration("12 lists of households and staff") { db in
      for statement in lists { try db.execute(sql: statement) }
      try ImportSecret.make(in: db)
    }
    migrator.registerMigration("13 requests of persons, restrictions") { db in
      try db.execute(sql: requests)
    }
    migrator.registerMigration("14 last days of skills") { db in
      try db.execute(sql: lastDaysOfSkills)
    }
    migrator.registerMigration("15 how far lists are written") { db in
      for statement in listStates { try db.execute(sql: statement) }
    }
    migrator.registerMigration("16 care plans") { db in
      for statement in carePlans { try db.execute(sql: statement) }
    }
    migrator.registerMigration("17 reviews of guidelines") { db in
      try db.execute(sql: guidelineReviews)
    }
    migrator.registerMigration("18 the search index is joined in small steps") { db in
      try SearchRow.joinBySmallSteps(in: db)
    }
    migrator.registerMigration("19 who took lists back") { db in
      try db.execute(sql: undoneBy)
    }
    migrator.registerMigration("20 temporary numbers are looked up") { db in
      try db.execute(sql: temporaryNumbers)
    }
    migrator.registerMigration("21 how sure days of birth are") { db in
      for statement in birthDetails { try db.execute(sql: statement) }
    }
    return migrator
  }()

  private static let facts = [
    """
    CREATE TABLE fact ( -- Everything that was seen or done. Rows are only added, never changed.
      sequence INTEGER PRIMARY KEY, -- order of arrival here, without gaps
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16), -- made where the fact was entered
      subject BLOB NOT NULL CHECK (length(subject) = 16), -- whom or what it is about
      kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 65535), -- see FactKind
      occurred_on INTEGER NOT NULL, -- the day it happened, days since 1970-01-01
      recorded_at INTEGER NOT NULL, -- when it was recorded, milliseconds since 1970 UTC
      place BLOB CHECK (length(place) = 16), -- where it happened
      recorder BLOB CHECK (length(recorder) = 16), -- who saw or did it
      device BLOB CHECK (length(device) = 16), -- device or file it came through
      replaces BLOB CHECK (length(replaces) = 16), -- the older fact that it corrects or withdraws
      body BLOB NOT NULL, -- the kind's fields in canonical form
      chain BLOB NOT NULL CHECK (length(chain) = 32) -- SHA-256 over the link before and this fact
    ) STRICT
    """,
    """
    CREATE INDEX fact_of_place ON fact (subject) WHERE kind IN (6, 16)
    """,
    """
    CREATE INDEX fact_of_worker ON fact (subject) WHERE kind = 17
    """,
    """
    CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
    BEGIN SELECT RAISE(ABORT, 'facts are never changed: add a correction'); END
    """,
    """
    CREATE TRIGGER fact_is_never_removed BEFORE DELETE ON fact
    BEGIN SELECT RAISE(ABORT, 'facts are never removed: add a withdrawal'); END
    """,
    """
    CREATE TABLE refused_fact ( -- Facts that could not be accepted, kept with the reason.
      number INTEGER PRIMARY KEY, -- order of arrival
      id BLOB NOT NULL CHECK (length(id) = 16), -- the id it came with
      reason TEXT NOT NULL, -- why, as a code that the catalogues explain
      bytes BLOB NOT NULL, -- the fact as it came, in canonical form
      UNIQUE (id, bytes)
    ) STRICT
    """,
  ]

  private static let registry = [
    """
    CREATE TABLE place ( -- Districts, Puskesmas, villages, Posyandu; computed from place facts.
      number INTEGER PRIMARY KEY, -- short number used in this file only
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16), -- the subject of the place's facts
      kind INTEGER NOT NULL, -- 1 district, 2 Puskesmas, 3 village, 4 Posyandu
      name TEXT NOT NULL, -- the name as written
      code TEXT NOT NULL, -- Kemendagri code of a district or village, code of a facility, or empty
      code_is_example INTEGER NOT NULL CHECK (code_is_example IN (0, 1)), -- 1: not official
      part_of BLOB CHECK (length(part_of) = 16) -- id of the place one step up
    ) STRICT
    """,
    """
    CREATE TABLE person ( -- Who is known; computed from each person's facts.
      number INTEGER PRIMARY KEY, -- short number used in this file only
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16), -- the subject of the person's facts
      name TEXT NOT NULL, -- the name as spoken
      name_key TEXT NOT NULL, -- the name folded for searching: capitals, single spaces
      mother_name TEXT NOT NULL, -- the mother's name, or empty
      national_identity_number TEXT NOT NULL, -- NIK, or empty
      local_identifier TEXT NOT NULL, -- what the file or facility of origin calls the person
      sex INTEGER, -- 1 male, 2 female, nothing where unknown
      birth_on INTEGER, -- day of birth, days since 1970-01-01
      place BLOB CHECK (length(place) = 16), -- where the person lives now, by the latest fact
      died_on INTEGER -- day of death
    ) STRICT
    """,
    """
    CREATE INDEX person_by_national_identity_number ON person (national_identity_number)
    WHERE national_identity_number <> ''
    """,
    """
    CREATE INDEX person_by_local_identifier ON person (local_identifier)
    WHERE local_identifier <> ''
    """,
    "CREATE INDEX person_by_name ON person (name_key, birth_on)",
    """
    CREATE TABLE timeline ( -- Each person's facts in order, packed; computed from the facts.
      person INTEGER PRIMARY KEY REFERENCES person (number), -- whose
      bytes BLOB NOT NULL -- docs/formats/timeline.md
    ) STRICT
    """,
  ]

  private static let figures = [
    """
    CREATE TABLE contribution ( -- What each child adds to the nutrition figures of each month.
      person INTEGER PRIMARY KEY REFERENCES person (number), -- whose
      bytes BLOB NOT NULL -- docs/formats/contributions.md
    ) STRICT
    """,
    """
    CREATE TABLE counted_at ( -- In whose figures a child was ever counted: finds names quickly.
      place INTEGER NOT NULL REFERENCES place (number), -- Posyandu or village
      person INTEGER NOT NULL REFERENCES person (number), -- the child
      PRIMARY KEY (place, person)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE cube ( -- The sums of all contributions, for every place and all above it.
      place INTEGER NOT NULL REFERENCES place (number), -- any place of the tree
      month INTEGER NOT NULL, -- months since January of year 0
      bytes BLOB NOT NULL, -- counts by sex, age group, indicator and state; docs/formats/cube.md
      PRIMARY KEY (place, month)
    ) STRICT, WITHOUT ROWID
    """,
  ]

  private static let settings = [
    """
    CREATE TABLE settings_edition ( -- The settings that figures were counted under, the last now.
      number INTEGER PRIMARY KEY, -- order in which they came into force
      name TEXT NOT NULL, -- what the district calls them
      fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32), -- SHA-256 of bytes
      bytes BLOB NOT NULL, -- every setting, packed; docs/formats/settings.md
      since INTEGER NOT NULL -- when figures were first counted so, milliseconds since 1970 UTC
    ) STRICT
    """,
    """
    CREATE TRIGGER settings_edition_is_never_changed BEFORE UPDATE ON settings_edition
    BEGIN SELECT RAISE(ABORT, 'editions of settings are never changed: add another'); END
    """,
    """
    CREATE TRIGGER settings_edition_is_never_removed BEFORE DELETE ON settings_edition
    BEGIN SELECT RAISE(ABORT, 'editions of settings are never removed'); END
    """,
  ]

  private static let arrival = [
    """
    CREATE TABLE arrival ( -- When facts arrived, one row for each batch; not part of the chain.
      first INTEGER PRIMARY KEY, -- sequence of the batch's first fact
      moment INTEGER NOT NULL, -- by this machine's clock, milliseconds since 1970 UTC
      is_latest INTEGER NOT NULL CHECK (is_latest IN (0, 1)) -- 1: at some time before, not noted
    ) STRICT
    """,
    """
    INSERT INTO arrival (first, moment, is_latest)
    SELECT 1, (unixepoch() + 1) * 1000, 1
    WHERE EXISTS (SELECT 1 FROM fact)
    """,
    """
    CREATE TRIGGER arrival_is_never_changed BEFORE UPDATE ON arrival
    BEGIN SELECT RAISE(ABORT, 'when facts arrived is never changed'); END
    """,
    """
    CREATE TRIGGER arrival_is_never_removed BEFORE DELETE ON arrival
    BEGIN SELECT RAISE(ABORT, 'when facts arrived is never removed'); END
    """,
  ]

  private static let imports = [
    """
    CREATE TABLE import_batch ( -- Files that were brought in.
      id BLOB PRIMARY KEY CHECK (length(id) = 16), -- made when the import started
      file_name TEXT NOT NULL, -- the file's name without its folders
      started_at INTEGER NOT NULL, -- milliseconds since 1970 UTC
      finished_at INTEGER, -- nothing while it runs or where it was cut off
      rows_accepted INTEGER NOT NULL, -- rows that brought something new
      rows_there INTEGER NOT NULL, -- rows that were here already
      rows_refused INTEGER NOT NULL -- rows kept apart
    ) STRICT
    """,
    """
    CREATE TABLE refused_row ( -- Rows of a file that could not be accepted, with the reason.
      batch BLOB NOT NULL REFERENCES import_batch (id), -- which import
      line INTEGER NOT NULL, -- line of the file, counted from 1
      column_name TEXT NOT NULL, -- the column as the file calls it, or empty
      value TEXT NOT NULL, -- what stood there
      problem TEXT NOT NULL, -- what is wrong, as a code that the catalogues explain
      detail TEXT NOT NULL, -- what the explanation fills in
      row TEXT NOT NULL, -- the row as it stood in the file
      PRIMARY KEY (batch, line)
    ) STRICT, WITHOUT ROWID
    """,
  ]

  private static let headingsAndEditions = [
    """
    CREATE TABLE import_heading ( -- A file's first line: its refused rows go back under it.
      batch BLOB PRIMARY KEY REFERENCES import_batch (id), -- which import
      row TEXT NOT NULL -- the heading as it stood in the file
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE computed_as ( -- By which edition computed tables were filled; another: anew.
      name TEXT PRIMARY KEY, -- what was computed
      edition TEXT NOT NULL -- packed formats and number of indicators
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX person_without_birth_date ON person (place) WHERE birth_on IS NULL
    """,
  ]

  private static let warnings = """
    CREATE TABLE import_warning ( -- Rows of a file that were taken and should be looked at again.
      batch BLOB NOT NULL REFERENCES import_batch (id), -- which import
      line INTEGER NOT NULL, -- line of the file, counted from 1
      warning TEXT NOT NULL, -- what is doubtful, as a code that the catalogues explain
      column_name TEXT NOT NULL, -- the column as the file calls it
      value TEXT NOT NULL, -- what stood there
      detail TEXT NOT NULL, -- what the explanation fills in
      PRIMARY KEY (batch, line, warning)
    ) STRICT, WITHOUT ROWID
    """

  // The line break and the comment stand inside the column, for SQLite keeps only that much.
  private static let digests = """
    ALTER TABLE import_batch ADD COLUMN
      digest BLOB -- SHA-256 of the file; nothing where it can be read only once, or is older
      CHECK (length(digest) = 32)
    """
}
