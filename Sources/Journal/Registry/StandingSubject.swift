import GRDB
import Health

/// The facts about a household or a worker that stand, settled as a person's timeline is: few each,
/// and therefore read from the journal whenever one comes.
public struct StandingSubject: Sendable {
  /// The subject's facts, packed in order.
  public let timeline: Timeline

  /// What finds them: for each part one index, whose condition stands here word for word. With
  /// any other words, though they ask for less, SQLite reads all facts.
  static let queries = [
    "kind BETWEEN 64 AND 79", "kind BETWEEN 80 AND 95", "kind = 17", PlaceRows.kinds,
  ].map { "SELECT \(FactRow.columns) FROM fact WHERE subject = ? AND \($0)" }

  /// Reads the facts of a subject.
  public static func fetch(_ id: Identifier, in db: Database) throws -> StandingSubject {
    var timeline = Timeline()
    for query in queries {
      let statement = try BareStatement(query, in: db)
      statement.bind(id, at: 1)
      try statement.forEach { row in
        if let fact = try FactRow.fact(row) { try timeline.insert(fact) }
        return true
      }
    }
    return StandingSubject(timeline: timeline)
  }

  /// The subject of these facts.
  public init(timeline: Timeline) { self.timeline = timeline }

  /// Calls `read` with each standing fact, in order.
  public func forEach(_ read: (TimelineEntry) throws -> Void) throws {
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      for entry in try TimelineReader.standingFacts(of: bytes) { try read(entry) }
    }
  }
}
