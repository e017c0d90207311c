extension Schema {
  /// Everybody who is known has a row; the first ones wait to be worked out.
  static let carePlans = [
    """
    CREATE TABLE care_plan ( -- What guidelines say of each person; computed from the timeline.
      person INTEGER PRIMARY KEY REFERENCES person (number), -- whose
      edition INTEGER NOT NULL, -- by which guidelines and settings; 0: not worked out yet
      as_of INTEGER NOT NULL, -- the day that it was worked out for, days since 1970-01-01
      holds_until INTEGER, -- the first later day on which it can change without a fact, or nothing
      bytes BLOB NOT NULL -- docs/formats/care-plan.md
    ) STRICT
    """,
    """
    CREATE INDEX care_plan_by_end ON care_plan (holds_until) WHERE holds_until IS NOT NULL
    """,
    """
    INSERT INTO care_plan (person, edition, as_of, holds_until, bytes)
    SELECT number, 0, 0, 0, x'' FROM person
    """,
  ]
}
