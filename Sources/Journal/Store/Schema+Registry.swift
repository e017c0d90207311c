extension Schema {
  /// What persons asked about their data, and who is hidden: few facts among very many.
  static let requests = """
    CREATE INDEX fact_of_rare_kind ON fact (kind, subject) WHERE kind BETWEEN 12 AND 14
    """

  /// Households, workers, their roles, records that are one person, and the index that finds
  /// persons by how their names sound.
  static let households = [
    """
    CREATE INDEX fact_of_household ON fact (subject) WHERE kind BETWEEN 64 AND 79
    """,
    """
    CREATE INDEX fact_about_worker ON fact (subject) WHERE kind BETWEEN 80 AND 95
    """,
    """
    CREATE TABLE household ( -- Those who live together; computed from the household's facts.
      number INTEGER PRIMARY KEY, -- short number used in this file only
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16), -- the subject of the household's facts
      family_card_number TEXT NOT NULL, -- number of the family card (KK), or empty
      local_identifier TEXT NOT NULL, -- what the file or facility of origin calls it
      head BLOB CHECK (length(head) = 16), -- the head of the family
      place BLOB CHECK (length(place) = 16), -- Posyandu or village
      neighbourhood TEXT NOT NULL, -- RT, or empty
      community_unit TEXT NOT NULL, -- RW, or empty
      address TEXT NOT NULL, -- how to find the house, or empty
      ended_on INTEGER -- the day on which it ceased to be
    ) STRICT
    """,
    """
    CREATE INDEX household_by_family_card_number ON household (family_card_number)
    WHERE family_card_number <> ''
    """,
    "CREATE INDEX household_by_place ON household (place)",
    """
    CREATE TABLE worker ( -- Who works for the programme; computed from the worker's facts.
      number INTEGER PRIMARY KEY, -- short number used in this file only
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16), -- the subject of the worker's facts
      name TEXT NOT NULL, -- the name
      user_name TEXT NOT NULL, -- by which the worker signs in, small letters, or empty
      place BLOB CHECK (length(place) = 16), -- where the worker works mainly
      national_identity_number TEXT NOT NULL, -- NIK, or empty
      ended_on INTEGER -- the last day of work
    ) STRICT
    """,
    "CREATE INDEX worker_by_user_name ON worker (user_name) WHERE user_name <> ''",
    """
    CREATE TABLE assignment ( -- Roles that workers have at places; computed from standing facts.
      fact BLOB PRIMARY KEY CHECK (length(fact) = 16), -- the fact that gave the role
      worker BLOB NOT NULL CHECK (length(worker) = 16), -- whose
      role INTEGER NOT NULL, -- see Role
      place BLOB NOT NULL CHECK (length(place) = 16), -- where
      clusters INTEGER NOT NULL, -- one bit for each cluster, see Clusters
      sensitive_matters INTEGER NOT NULL, -- one bit for each matter, see SensitiveMatters
      since INTEGER NOT NULL, -- the first day
      until INTEGER -- the last day, where one is agreed
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX assignment_of_worker ON assignment (worker)",
    "CREATE INDEX assignment_at_place ON assignment (place)",
    """
    CREATE TABLE kader_skill ( -- The last assessment of each skill; computed from standing facts.
      worker BLOB NOT NULL CHECK (length(worker) = 16), -- the kader
      skill INTEGER NOT NULL CHECK (skill BETWEEN 1 AND 25), -- number in the national list
      is_mastered INTEGER NOT NULL CHECK (is_mastered IN (0, 1)), -- whether the kader showed it
      shown_on INTEGER NOT NULL, -- the day of the assessment
      PRIMARY KEY (worker, skill)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE same_person ( -- Records that somebody said are one person; from standing facts.
      record BLOB NOT NULL CHECK (length(record) = 16), -- the record whose fact says so
      other BLOB NOT NULL CHECK (length(other) = 16), -- the other record
      PRIMARY KEY (record, other)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX same_person_by_other ON same_person (other)",
  ]

  // The line break and the comment stand inside the column, for SQLite keeps only that much.
  static let personColumns = [
    """
    ALTER TABLE person ADD COLUMN
      household BLOB -- the household, by the latest fact
      CHECK (length(household) = 16)
    """,
    """
    ALTER TABLE person ADD COLUMN
      relation INTEGER -- how the person stands to its head, see HouseholdRelation
      CHECK (relation BETWEEN 1 AND 10)
    """,
    """
    ALTER TABLE person ADD COLUMN
      mother BLOB -- the mother's record, where known
      CHECK (length(mother) = 16)
    """,
    """
    ALTER TABLE person ADD COLUMN
      stands_for INTEGER -- number of the record that this one is merged into
      REFERENCES person (number)
    """,
    "CREATE INDEX person_by_household ON person (household) WHERE household IS NOT NULL",
    "CREATE INDEX person_by_mother ON person (mother) WHERE mother IS NOT NULL",
    "CREATE INDEX person_by_place ON person (place, name_key)",
    "CREATE INDEX person_merged ON person (stands_for) WHERE stands_for IS NOT NULL",
    """
    CREATE TABLE person_search ( -- The words by which a person is found; see SearchTerms.
      person INTEGER PRIMARY KEY REFERENCES person (number), -- whose
      terms TEXT NOT NULL -- sound keys of the names, place, year of birth, short words apart
    ) STRICT
    """,
    """
    CREATE VIRTUAL TABLE person_find USING fts5( -- Full-text index over person_search.
      terms, content='person_search', content_rowid='person', detail='none', columnsize=0,
      tokenize='ascii', prefix='2 3')
    """,
  ]

  // The line break and the comment stand inside the column, for SQLite keeps only that much.
  static let lists = [
    """
    ALTER TABLE import_batch ADD COLUMN
      kind INTEGER NOT NULL DEFAULT 1 -- 1 measurements, 2 households, 3 workers, 4 no list: residents moved
      CHECK (kind > 0)
    """,
    """
    ALTER TABLE import_batch ADD COLUMN
      place BLOB -- the place that the file is for; nothing where nobody told it
      CHECK (length(place) = 16)
    """,
    """
    ALTER TABLE import_batch ADD COLUMN
      recorder BLOB -- who brought it in; nothing for the command line
      CHECK (length(recorder) = 16)
    """,
    """
    ALTER TABLE import_batch ADD COLUMN
      rows_changed INTEGER NOT NULL DEFAULT 0 -- of the accepted rows those that changed somebody
      CHECK (rows_changed >= 0)
    """,
    """
    ALTER TABLE import_batch ADD COLUMN
      undone_at INTEGER -- when it was taken back, milliseconds since 1970 UTC
      CHECK (undone_at > 0)
    """,
    """
    CREATE TABLE further_problem ( -- What else is wrong with a refused row, beside its first problem.
      batch BLOB NOT NULL REFERENCES import_batch (id), -- which import
      line INTEGER NOT NULL, -- line of the file, counted from 1
      number INTEGER NOT NULL, -- order on the row, from 1
      column_name TEXT NOT NULL, -- the column as the file calls it, or empty
      value TEXT NOT NULL, -- what stood there
      problem TEXT NOT NULL, -- what is wrong, as a code that the catalogues explain
      detail TEXT NOT NULL, -- what the explanation fills in
      PRIMARY KEY (batch, line, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE import_secret ( -- What keeps ids of imported persons from being guessed.
      bytes BLOB NOT NULL CHECK (length(bytes) = 32) -- random, made with the journal
    ) STRICT
    """,
    """
    CREATE INDEX household_by_local_identifier ON household (local_identifier)
    WHERE local_identifier <> ''
    """,
    """
    CREATE INDEX worker_by_national_identity_number ON worker (national_identity_number)
    WHERE national_identity_number <> ''
    """,
  ]

  /// The registry is filled anew after it; see ``RegistryEdition``. A column that is added before a
  /// primary key would take the comment of the one before it.
  static let lastDaysOfSkills = """
    DROP TABLE kader_skill;
    CREATE TABLE kader_skill ( -- The last assessment of each skill; computed from standing facts.
      worker BLOB NOT NULL CHECK (length(worker) = 16), -- the kader
      skill INTEGER NOT NULL CHECK (skill BETWEEN 1 AND 25), -- number in the national list
      is_mastered INTEGER NOT NULL CHECK (is_mastered IN (0, 1)), -- whether the kader showed it
      shown_on INTEGER NOT NULL, -- the day of the assessment
      until INTEGER -- the last day on which it counts, where one was set
        CHECK (until BETWEEN -2147483648 AND 2147483647),
      PRIMARY KEY (worker, skill)
    ) STRICT, WITHOUT ROWID
    """

  // The line break and the comment stand inside the column, for SQLite keeps only that much.
  static let listStates = [
    """
    ALTER TABLE import_batch ADD COLUMN
      active_at INTEGER -- when a part of a list was last written, milliseconds since 1970 UTC
      CHECK (active_at > 0)
    """,
    """
    ALTER TABLE import_batch ADD COLUMN
      stopped_at INTEGER -- when the writing of a list stopped before its end
      CHECK (stopped_at > 0)
    """,
    """
    ALTER TABLE import_batch ADD COLUMN
      rows_expected INTEGER -- rows that a list had when somebody looked it through
      CHECK (rows_expected >= 0)
    """,
  ]

  static let undoneBy = """
    ALTER TABLE import_batch ADD COLUMN
      undone_by BLOB -- who took it back; nothing for the command line, and where that was not noted
      CHECK (length(undone_by) = 16)
    """

  static let birthDetails = [
    """
    ALTER TABLE person ADD COLUMN
      birth_certainty INTEGER -- how sure the day of birth is, see BirthDateCertainty
      CHECK (birth_certainty BETWEEN 1 AND 3)
    """,
    """
    ALTER TABLE person ADD COLUMN
      birth_order INTEGER -- which of the children of one delivery
      CHECK (birth_order BETWEEN 0 AND 255)
    """,
  ]

  /// The ends of the ids, which are the temporary numbers; see ``TemporaryNumber``. They follow from
  /// the ids and are no column, so that nothing is to be filled anew.
  static let temporaryNumbers =
    "CREATE INDEX person_by_temporary_number ON person (substr(id, 12))"
}
