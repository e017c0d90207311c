import GRDB
import Health

/// Something computed from facts and kept up to date inside the transaction that accepts them.
///
/// It must be a pure function of the facts, or of the facts and the day that is stored beside it:
/// `sikilap verify` computes it anew and compares.
public protocol Projection: Sendable {
  /// Brings what is stored up to date after persons' timelines and the tree of places changed.
  ///
  /// - Parameter now: the moment at which the facts arrive.
  func update(
    _ changes: [TimelineChange], places: PlaceChanges, at now: Instant, in db: Database) throws
}

/// What changed in the tree of places, as far as figures may have to be summed along other ways.
/// A new name, code or telephone changes nothing here.
public struct PlaceChanges: Sendable {
  /// Places that came to be known.
  public private(set) var added: Set<Identifier> = []
  /// Known places that are now of another kind or part of another place.
  public private(set) var moved: Set<Identifier> = []

  /// Nothing changed.
  public init() {}

  /// Whether nothing changed.
  public var isEmpty: Bool { added.isEmpty && moved.isEmpty }

  mutating func add(_ place: Identifier) { added.insert(place) }

  mutating func move(_ place: Identifier) { moved.insert(place) }
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
