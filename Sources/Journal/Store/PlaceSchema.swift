/// The tables of places in full: step 8 of ``Schema``.
enum PlaceSchema {
  /// The table of places is made anew, for its comments had become untrue; the short numbers, that
  /// other tables point at, stay. ``PlaceRows/bringUpToDate(_:)`` fills the new columns and tables.
  static let statements = [
    """
    CREATE TABLE place_in_full ( -- Areas and facilities; computed from the facts about places.
      number INTEGER PRIMARY KEY, -- short number used in this file only
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16), -- the subject of the place's facts
      kind INTEGER NOT NULL, -- 1 district, 2 Puskesmas, 3 village, 4 Posyandu; docs/formats/facts.md
      name TEXT NOT NULL, -- the name as written
      code TEXT NOT NULL, -- Kemendagri code of an area, code of a facility, or empty
      code_is_example INTEGER NOT NULL CHECK (code_is_example IN (0, 1)), -- 1: not official
      part_of BLOB CHECK (length(part_of) = 16), -- id of the place one step up; figures follow it
      within BLOB CHECK (length(within) = 16), -- id of the area that it lies in by administration
      ended_on INTEGER, -- last day of one that was closed, split or merged
      successor BLOB CHECK (length(successor) = 16), -- id of the place that took over from it
      latitude INTEGER, -- millionths of a degree north
      longitude INTEGER, -- millionths of a degree east
      organization_number TEXT NOT NULL DEFAULT '', -- organisation id in SATUSEHAT, or empty
      telephone TEXT NOT NULL DEFAULT '', -- telephone, or empty
      source TEXT NOT NULL DEFAULT '' -- where this is known from, or empty
    ) STRICT
    """,
    """
    INSERT INTO place_in_full (number, id, kind, name, code, code_is_example, part_of)
    SELECT number, id, kind, name, code, code_is_example, part_of FROM place
    """,
    "DROP TABLE place",
    "ALTER TABLE place_in_full RENAME TO place",
    """
    CREATE TABLE catchment ( -- Which facility looks after which village; computed from facts.
      facility BLOB NOT NULL CHECK (length(facility) = 16), -- id of the Puskesmas or Pustu
      village BLOB NOT NULL CHECK (length(village) = 16), -- id of the village
      since INTEGER NOT NULL, -- first day, days since 1970-01-01
      until INTEGER, -- last day, where it ended
      PRIMARY KEY (facility, village, since)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE agreement ( -- Agreements with facilities of the network; computed from facts.
      facility BLOB NOT NULL CHECK (length(facility) = 16), -- id of the facility
      number TEXT NOT NULL, -- number of the paper, or empty
      starts_on INTEGER NOT NULL, -- first day, days since 1970-01-01
      ends_on INTEGER, -- last day
      with_place BLOB CHECK (length(with_place) = 16), -- with whom: id of a Puskesmas or district
      PRIMARY KEY (facility, starts_on, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE boundary ( -- How areas run on the map; computed from facts.
      place BLOB PRIMARY KEY CHECK (length(place) = 16), -- id of the area
      since INTEGER NOT NULL, -- day from which on it runs so, days since 1970-01-01
      rings BLOB NOT NULL, -- its rings of points, packed; docs/formats/facts.md
      source TEXT NOT NULL -- where this is known from, or empty
    ) STRICT
    """,
    """
    CREATE TABLE awaited_place ( -- Children counted at places that nobody has told of yet.
      place BLOB NOT NULL CHECK (length(place) = 16), -- id of the place
      person INTEGER NOT NULL REFERENCES person (number), -- the child
      PRIMARY KEY (place, person)
    ) STRICT, WITHOUT ROWID
    """,
    "DROP INDEX fact_of_place",
    """
    CREATE INDEX fact_of_place ON fact (subject) WHERE kind IN (6, 16, 19, 20, 22)
    """,
  ]
}
