import GRDB
import Health
import Journal

extension District {
  /// How many living persons without a birth date live at a place or below it. They are in no
  /// figure, since nobody knows whether they are under five.
  public func countWithoutBirthDate(at place: Place) throws -> Int {
    try journal.pool.read { db in
      try PlaceTree.fetch(in: db).subtree(of: place.id).reduce(0) { sum, below in
        let count = try Int.fetchOne(
          db.cachedStatement(
            sql: """
              SELECT COUNT(*) FROM person
              WHERE birth_on IS NULL AND place = ? AND died_on IS NULL AND stands_for IS NULL
              """), arguments: [below.id.data])
        return sum + (count ?? 0)
      }
    }
  }

  /// Those persons, by place and name.
  public func childrenWithoutBirthDate(at place: Place) throws -> [PersonEntry] {
    try journal.pool.read { db in
      try PlaceTree.fetch(in: db).subtree(of: place.id).flatMap { below in
        try PersonEntry.withoutBirthDate(at: below.id, in: db).compactMap(shown)
      }
    }
  }
}
