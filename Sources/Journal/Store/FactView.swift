import Health

/// A fact on the row of ``FactRow/columns`` where a statement stands: its body stays where it lies,
/// until the next row.
public struct FactView {
  /// As ``Fact/id``.
  public let id: Identifier
  /// As ``Fact/subject``.
  public let subject: Identifier
  /// As ``Fact/kind``.
  public let kind: FactKind
  /// As ``Fact/occurredOn``.
  public let occurredOn: CivilDate
  /// As ``Fact/recordedAt``.
  public let recordedAt: Instant
  /// As ``Fact/place``.
  public let place: Identifier?
  /// As ``Fact/recorder``.
  public let recorder: Identifier?
  /// As ``Fact/device``.
  public let device: Identifier?
  /// As ``Fact/replaces``.
  public let replaces: Identifier?
  /// The body as it is stored, or sealed.
  let storedBody: UnsafeBufferPointer<UInt8>
  /// Whether the body is sealed.
  public let isSealed: Bool
  private let key: UnsafeBufferPointer<UInt8>

  /// A body as it is found.
  public enum Body {
    /// As ``Fact/body``.
    case readable([UInt8])
    /// The key is destroyed.
    case erased
    /// A bit of the body or its key is changed.
    case unreadable
  }

  /// Reads the row; nothing where an identifier is not sixteen bytes.
  public init?(_ row: BareRow) {
    guard let id = row.identifier(1), let subject = row.identifier(2),
      let kind = UInt16(exactly: row.integer(3)), let day = Int32(exactly: row.integer(4))
    else { return nil }
    self.id = id
    self.subject = subject
    self.kind = FactKind(rawValue: kind)
    occurredOn = CivilDate(dayNumber: day)
    recordedAt = Instant(milliseconds: row.integer(5))
    place = row.identifier(6)
    recorder = row.identifier(7)
    device = row.identifier(8)
    replaces = row.identifier(9)
    storedBody = row.bytes(10)
    isSealed = row.integer(12) == 1
    key = row.bytes(13)
  }

  /// Whether what the fact told was erased: then its body is gone for good.
  public var isErased: Bool { isSealed && key.isEmpty }

  /// The body, opened where it is sealed.
  public var body: Body {
    guard isSealed else { return .readable([UInt8](storedBody)) }
    guard !key.isEmpty else { return .erased }
    guard let key = SealingKey(stored: key),
      let body = key.open(storedBody, for: StoredBody.context(id, subject, kind))
    else { return .unreadable }
    return .readable(body)
  }

  /// The fact with that body.
  public func copy(body: [UInt8]) -> Fact {
    Fact(
      id: id, subject: subject, kind: kind, occurredOn: occurredOn, recordedAt: recordedAt,
      place: place, recorder: recorder, device: device, replaces: replaces, body: body)
  }
}
