import GRDB
import Health

/// By which rules the registry's tables were filled.
enum RegistryEdition {
  private static let name = "registry"
  /// Raised whenever a column or a search word comes out otherwise from the same facts.
  private static let current = "7"
  private static let personsPerStep = 2_000

  /// Fills persons, households, workers and the search index anew where another edition filled
  /// them: in one transaction, so that a stop half-way leaves what was there.
  static func bringUpToDate(_ pool: DatabasePool) throws {
    if try pool.read({ try ComputedAs.stored(name, in: $0) }) == current { return }
    try pool.write { db in
      // Somebody else may have opened the journal, and been quicker.
      guard try ComputedAs.stored(name, in: db) != current else { return }
      try fillPersons(in: db)
      for id in try subjects("kind BETWEEN 64 AND 79", in: db) {
        try HouseholdRow.update(id, in: db)
      }
      for id in try subjects("kind = 17 OR kind BETWEEN 80 AND 95", in: db) {
        try WorkerRow.update(id, in: db)
      }
      try ComputedAs.store(current, of: name, in: db)
    }
  }

  private static func fillPersons(in db: Database) throws {
    var last = Int64.min
    while true {
      var read: [(id: Identifier, number: Int64, timeline: Timeline)] = []
      let step = try BareStatement(
        """
        SELECT person.id, person.number, timeline.bytes FROM person
        JOIN timeline ON timeline.person = person.number
        WHERE person.number > ? ORDER BY person.number LIMIT ?
        """, in: db)
      step.bind(last, at: 1)
      step.bind(Int64(personsPerStep), at: 2)
      try step.forEach { row in
        if let id = row.identifier(0) {
          read.append((id, row.integer(1), Timeline(trusted: [UInt8](row.bytes(2)))))
        }
        return true
      }
      guard let end = read.last?.number else { return }
      var registry = try RegistryUpdate(in: db)
      for person in read {
        let subject = AcceptingBatch.Subject(
          number: person.number, timeline: person.timeline, isTouched: true, showsInRegistry: true)
        try registry.add(person.id, subject, in: db)
      }
      _ = try registry.finish(in: db)
      try registry.index(in: db)
      last = end
    }
  }

  private static func subjects(_ condition: String, in db: Database) throws -> [Identifier] {
    var found: [Identifier] = []
    try BareStatement("SELECT DISTINCT subject FROM fact WHERE \(condition)", in: db)
      .forEach { row in
        if let id = row.identifier(0) { found.append(id) }
        return true
      }
    return found
  }
}
