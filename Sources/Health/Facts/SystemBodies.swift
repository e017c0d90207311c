extension Identifier {
  /// The system itself, as the subject of facts that are about no person, place or worker.
  public static let system = Identifier(high: 0x4f3d_0eae_dbdf_8836, low: 0x924d_3051_40fd_af88)
}

/// What the log of access held when the fact was recorded. The fact puts the log's last link into
/// the chain of facts: whoever rewrites the log after that has to rewrite the facts as well.
public struct AuditAnchorBody: Hashable, Sendable {
  /// How many entries the log held; at least one.
  public var entries: Int64
  /// The link of the last of them, 32 bytes.
  public var head: [UInt8]
  /// The day for which it was written.
  public var day: CivilDate

  /// So many entries, ending in that link.
  ///
  /// - Parameter head: 32 bytes.
  public init(entries: Int64, head: [UInt8], day: CivilDate) {
    precondition(head.count == 32, "a link has 32 bytes, not \(head.count)")
    self.entries = entries
    self.head = head
    self.day = day
  }

  /// Reads the fields; an anchor of no entries, without link or day, is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    let head = fields.text(2)
    guard let entries = fields.number(1), entries > 0, head.count == 32,
      let day = try fields.day(3)
    else { throw .unknownForm }
    self.init(entries: entries, head: head, day: day)
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.number(1, entries)
    writer.bytes(2, head)
    writer.day(3, day)
    return writer.bytes
  }
}
