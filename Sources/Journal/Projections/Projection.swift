import GRDB
import Health

/// Something computed from facts and kept up to date inside the transaction that accepts them.
///
/// It must be a pure function of the facts: `sikilap verify` computes it anew and compares.
public protocol Projection: Sendable {
  /// Brings what is stored up to date after persons' timelines changed and places changed.
  func update(_ changes: [TimelineChange], placesChanged: Bool, in db: Database) throws
}

/// One person's timeline as it now is.
public struct TimelineChange: Sendable {
  /// The person's short number.
  public let person: Int64
  /// The packed timeline.
  public let timeline: Timeline

  /// A timeline that changed.
  public init(person: Int64, timeline: Timeline) {
    self.person = person
    self.timeline = timeline
  }
}
