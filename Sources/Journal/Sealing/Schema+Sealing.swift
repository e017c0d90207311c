extension Schema {
  // The line breaks and comments stand inside the column, for SQLite keeps only that much.
  static let sealing = [
    """
    CREATE TABLE subject_key ( -- Keys of sealed facts; erasing a person destroys the key.
      subject BLOB PRIMARY KEY CHECK (length(subject) = 16), -- person or household
      key BLOB NOT NULL CHECK (length(key) = 32) -- AES-256-GCM
    ) STRICT, WITHOUT ROWID
    """,
    """
    ALTER TABLE fact ADD COLUMN
      sealed INTEGER NOT NULL DEFAULT 0 -- 1: body is sealed with the subject's key
      CHECK (sealed IN (0, 1))
    """,
    "CREATE INDEX fact_of_erasure ON fact (subject) WHERE kind = 97",
  ]
}
