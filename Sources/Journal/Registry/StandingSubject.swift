import GRDB
import Health

/// The facts about a household or a worker that stand, settled as a person's timeline is: few each,
/// and therefore read from the journal whenever one comes.
public struct StandingSubject: Sendable {
  /// The subject's facts, packed in order.
  public let timeline: Timeline

  /// Reads the facts of a subject.
  public static func fetch(_ id: Identifier, in db: Database) throws -> StandingSubject {
    var timeline = Timeline()
    for condition in [
      "kind BETWEEN 64 AND 79", "kind BETWEEN 80 AND 95", "kind = 17", "kind IN (6, 16)",
    ] {
      let statement = try BareStatement(
        "SELECT \(FactRow.columns) FROM fact WHERE subject = ? AND \(condition)", in: db)
      statement.bind(id, at: 1)
      try statement.forEach { row in
        if let fact = FactRow.fact(row) { try timeline.insert(fact) }
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
