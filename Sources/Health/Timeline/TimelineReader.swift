/// One fact inside a packed timeline; its body stays where it is in the buffer.
public struct TimelineEntry {
  /// The fact's id.
  public let id: Identifier
  /// What kind of thing it tells.
  public let kind: FactKind
  /// The day on which it happened.
  public let occurredOn: CivilDate
  /// When it was recorded.
  public let recordedAt: Instant
  /// Where it happened.
  public let place: Identifier?
  /// The older fact that it corrects or withdraws.
  public let replaces: Identifier?
  /// The kind's own fields.
  public let body: UnsafeBufferPointer<UInt8>
  /// The whole entry as it is packed, without its length.
  public let packed: UnsafeBufferPointer<UInt8>

  var key: TimelineKey {
    TimelineKey(occurredOn: occurredOn, recordedAt: recordedAt, id: id)
  }
}

/// Reads a packed timeline fact by fact.
public struct TimelineReader {
  private var reader: ByteReader
  private var count = 0
  private var last: TimelineKey?

  /// A reader at the first fact, after the mark and the version.
  public init(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) {
    reader = ByteReader(bytes)
    guard try reader.byte() == Timeline.mark.0, try reader.byte() == Timeline.mark.1 else {
      throw .notThisFormat
    }
    let version = try reader.byte()
    guard version == Timeline.version else { throw .unknownVersion(version) }
  }

  /// The offset behind the last fact read.
  var offset: Int { reader.offset }

  /// The next fact, or nothing at the end.
  public mutating func next() throws(WireError) -> TimelineEntry? {
    if reader.isAtEnd { return nil }
    count += 1
    guard count <= Timeline.factLimit else { throw .limitExceeded }
    let size = try reader.count(limit: Timeline.bodyLimit + 128)
    let packed = try reader.bytes(size)
    var entry = ByteReader(packed)
    let id = try entry.identifier()
    guard let kind = UInt16(exactly: try entry.unsigned()) else { throw .numberTooLarge }
    let day = try entry.day()
    let moment = try entry.signed()
    guard Instant.recordable.contains(moment) else { throw .numberTooLarge }
    let flags = try entry.byte()
    guard flags & ~3 == 0 else { throw .unknownForm }
    let place = flags & 1 == 0 ? nil : try entry.identifier()
    let replaces = flags & 2 == 0 ? nil : try entry.identifier()
    let found = TimelineEntry(
      id: id, kind: FactKind(rawValue: kind), occurredOn: day,
      recordedAt: Instant(milliseconds: moment), place: place, replaces: replaces,
      body: try entry.bytes(entry.remaining), packed: packed)
    if let last, !(last < found.key) { throw .fieldsOutOfOrder }
    last = found.key
    return found
  }
}
