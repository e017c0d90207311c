/// A person's facts in order: the packed form that the journal keeps per person, that sync sends,
/// and that the clinical core reads. Format: docs/formats/timeline.md.
///
/// The order is by day, then by moment of recording, then by id, whatever order the facts came in;
/// so the same facts always give the same bytes.
public struct Timeline: Hashable, Sendable {
  /// The packed bytes.
  public private(set) var bytes: [UInt8]

  /// The first two bytes of every packed timeline.
  public static let mark: (UInt8, UInt8) = (0x53, 0x54)
  /// The version that this program writes.
  public static let version: UInt8 = 1
  /// The most facts that one person's timeline may hold.
  public static let factLimit = 100_000
  /// The largest body of one fact, in bytes.
  public static let bodyLimit = 262_144

  static let headerSize = 3

  /// An empty timeline.
  public init() { bytes = [Timeline.mark.0, Timeline.mark.1, Timeline.version] }

  /// A timeline from packed bytes, which are read through once to make sure that they hold.
  public init(packed: [UInt8]) throws(WireError) {
    bytes = packed
    let result: Result<Void, WireError> = packed.withUnsafeBufferPointer { buffer in
      do throws(WireError) {
        var entries = try TimelineReader(buffer)
        while try entries.next() != nil {}
        return .success(())
      } catch { return .failure(error) }
    }
    try result.get()
  }

  /// A timeline from bytes that this program packed and checked before.
  public init(trusted packed: [UInt8]) { bytes = packed.isEmpty ? Timeline().bytes : packed }

  /// Adds a fact at its place in the order. A fact with an id that is there already is not added.
  ///
  /// - Returns: whether the fact was added.
  @discardableResult
  public mutating func insert(_ fact: Fact) throws(WireError) -> Bool {
    guard CivilDate.recordable.contains(Int64(fact.occurredOn.dayNumber)) else {
      throw .numberTooLarge
    }
    guard Instant.recordable.contains(fact.recordedAt.milliseconds) else { throw .numberTooLarge }
    guard fact.body.count <= Timeline.bodyLimit else { throw .limitExceeded }
    let key = TimelineKey(fact)
    let found: Result<Int?, WireError> = bytes.withUnsafeBufferPointer { buffer in
      do throws(WireError) {
        var entries = try TimelineReader(buffer)
        var place = Timeline.headerSize
        var count = 0
        while let entry = try entries.next() {
          if entry.id == fact.id { return .success(nil) }
          if entry.key < key { place = entries.offset }
          count += 1
        }
        if count >= Timeline.factLimit { return .failure(.limitExceeded) }
        return .success(place)
      } catch { return .failure(error) }
    }
    guard let place = try found.get() else { return false }
    let entry = Timeline.pack(fact)
    if place == bytes.count {
      bytes.append(contentsOf: entry)
    } else {
      bytes.replaceSubrange(place..<place, with: entry)
    }
    return true
  }

  /// One fact as an entry, its length before it.
  static func pack(_ fact: Fact) -> [UInt8] {
    var entry = ByteWriter(capacity: fact.body.count + 64)
    fact.body.withUnsafeBufferPointer { body in
      entry.timelineEntry(
        id: fact.id, kind: fact.kind, occurredOn: fact.occurredOn, recordedAt: fact.recordedAt,
        place: fact.place, replaces: fact.replaces, body: body)
    }
    var sized = ByteWriter(capacity: entry.bytes.count + 3)
    sized.unsigned(UInt64(entry.bytes.count))
    sized.raw(entry.bytes)
    return sized.bytes
  }
}

extension ByteWriter {
  /// A fact as a timeline holds it, without its length: ``TimelineEntry/packed``.
  public mutating func timelineEntry(
    id: Identifier, kind: FactKind, occurredOn: CivilDate, recordedAt: Instant, place: Identifier?,
    replaces: Identifier?, body: UnsafeBufferPointer<UInt8>
  ) {
    identifier(id)
    unsigned(UInt64(kind.rawValue))
    signed(Int64(occurredOn.dayNumber))
    signed(recordedAt.milliseconds)
    byte((place == nil ? 0 : 1) | (replaces == nil ? 0 : 2))
    if let place { identifier(place) }
    if let replaces { identifier(replaces) }
    raw(body)
  }
}

/// What orders a timeline.
struct TimelineKey: Comparable {
  let occurredOn: CivilDate
  let recordedAt: Instant
  let id: Identifier

  init(occurredOn: CivilDate, recordedAt: Instant, id: Identifier) {
    self.occurredOn = occurredOn
    self.recordedAt = recordedAt
    self.id = id
  }

  init(_ fact: Fact) {
    self.init(occurredOn: fact.occurredOn, recordedAt: fact.recordedAt, id: fact.id)
  }

  static func < (left: TimelineKey, right: TimelineKey) -> Bool {
    if left.occurredOn != right.occurredOn { return left.occurredOn < right.occurredOn }
    if left.recordedAt != right.recordedAt { return left.recordedAt < right.recordedAt }
    return left.id < right.id
  }
}
