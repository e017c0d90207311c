import GRDB
import Health

/// Records that people have said are one person.
///
/// Every record keeps its own timeline, so that a merge can be undone; all that is computed is
/// computed for the one with the smallest id, from the facts of all of them. So it does not matter
/// in which order facts and merges arrive.
public struct SamePersons: Hashable, Sendable {
  private var neighbours: [Identifier: Set<Identifier>] = [:]

  /// Nobody is merged with anybody.
  public init() {}

  /// Whether nobody is.
  public var isEmpty: Bool { neighbours.isEmpty }

  /// Notes that two records are one person.
  public mutating func join(_ record: Identifier, _ other: Identifier) {
    guard record != other else { return }
    neighbours[record, default: []].insert(other)
    neighbours[other, default: []].insert(record)
  }

  /// Takes over what was noted elsewhere.
  public mutating func add(_ other: SamePersons) {
    neighbours.merge(other.neighbours) { $0.union($1) }
  }

  /// The first record of which the two say different things.
  public func firstDifference(from other: SamePersons) -> Identifier? {
    Set(neighbours.keys).union(other.neighbours.keys)
      .filter { neighbours[$0] != other.neighbours[$0] }.min()
  }

  /// All records of the person that a record is of, in order; the first stands for all.
  public func records(of record: Identifier) -> [Identifier] {
    var found: Set<Identifier> = [record]
    var waiting = [record]
    while let next = waiting.popLast() {
      for other in neighbours[next] ?? [] where found.insert(other).inserted {
        waiting.append(other)
      }
    }
    return found.sorted()
  }

  /// What records' own timelines say of who is who.
  public init(timelines: some Sequence<(key: Identifier, value: Timeline)>) throws(WireError) {
    for (record, timeline) in timelines {
      for other in try PersonSummary(timeline: timeline).sameAs { join(record, other) }
    }
  }

  /// Each record's timeline as figures see it: the facts of all for the first record that is
  /// known of a person, none for the others.
  public func asCounted(
    _ timelines: [Identifier: Timeline]
  ) throws(WireError) -> [Identifier: Timeline] {
    var counted = timelines
    for record in all {
      let known = records(of: record).filter { timelines[$0] != nil }
      guard known.count > 1, record == known.first else { continue }
      counted[record] = try Timeline.union(known.compactMap { timelines[$0] })
      for other in known.dropFirst() { counted[other] = Timeline() }
    }
    return counted
  }

  /// Every record that is one with another.
  public var all: Dictionary<Identifier, Set<Identifier>>.Keys { neighbours.keys }

  /// Reads all that is stored.
  public static func fetch(in db: Database) throws -> SamePersons {
    var same = SamePersons()
    try BareStatement("SELECT record, other FROM same_person", in: db).forEach { row in
      if let record = row.identifier(0), let other = row.identifier(1) { same.join(record, other) }
      return true
    }
    return same
  }

  /// Whether anybody is merged with anybody.
  static func areThereAny(in db: Database) throws -> Bool {
    try BareStatement("SELECT 1 FROM same_person LIMIT 1", in: db).first { _ in true } ?? false
  }

  /// As ``records(of:)``, by what is stored.
  static func records(of record: Identifier, in db: Database) throws -> [Identifier] {
    let statement = try BareStatement(
      """
      SELECT other FROM same_person WHERE record = ?1
      UNION ALL SELECT record FROM same_person WHERE other = ?1
      """, in: db)
    var found: Set<Identifier> = [record]
    var waiting = [record]
    while let next = waiting.popLast() {
      statement.bind(next, at: 1)
      try statement.forEach { row in
        if let other = row.identifier(0), found.insert(other).inserted { waiting.append(other) }
        return true
      }
    }
    return found.sorted()
  }

  /// Stores what a record's own facts say.
  static func store(
    _ others: Set<Identifier>, of record: Identifier, in db: Database
  ) throws {
    try db.cachedStatement(sql: "DELETE FROM same_person WHERE record = ?")
      .execute(arguments: [record.data])
    for other in others {
      try db.cachedStatement(sql: "INSERT INTO same_person (record, other) VALUES (?, ?)")
        .execute(arguments: [record.data, other.data])
    }
  }
}
