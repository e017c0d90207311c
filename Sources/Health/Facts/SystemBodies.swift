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

/// Why the law demands, or allows, that what was told of a person be erased. After UU 27/2022 on
/// the protection of personal data, articles 43 and 44, and Permenkes 24/2022 on medical records.
public enum ErasureReason: UInt8, Hashable, Sendable, CaseIterable {
  /// It was recorded without a lawful basis.
  case recordedUnlawfully = 1
  /// The time for which records are kept has passed, and no dispute or claim is open.
  case retentionEnded = 2
  /// It rests on consent alone, which was withdrawn, and holds no record of care.
  case consentWithdrawn = 3
  /// The record was made by mistake and tells of nobody.
  case madeByMistake = 4
}

/// All that was told of the subject up to this fact is unreadable from now on: its key is
/// destroyed. The subject of the fact is the person or household.
public struct ErasureBody: Hashable, Sendable {
  /// Why.
  public var reason: ErasureReason
  /// The fact of the request that was answered so; nothing where nobody asked.
  public var request: Identifier?

  /// For that reason.
  public init(reason: ErasureReason, request: Identifier? = nil) {
    self.reason = reason
    self.request = request
  }

  /// Reads the fields; an erasure without a known reason is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    let known: ErasureReason? = fields.code(1)
    guard let reason = known else { throw .unknownForm }
    self.init(reason: reason, request: fields.identifier(2))
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.code(1, reason)
    writer.identifier(2, request)
    return writer.bytes
  }
}
