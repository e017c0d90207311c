/// Why only those who care for a person may see them.
public enum RestrictionReason: UInt8, Hashable, Sendable, CaseIterable {
  /// The person must not be found: a victim of violence, a witness.
  case protection = 1
  /// The person asked for it.
  case asked = 2
  /// Erasure was asked for, and a law asks that the records be kept.
  case insteadOfErasure = 3
  /// A court or an authority ordered it.
  case ordered = 4
}

/// That a person is hidden from all but those who care for them, from the fact's day on. It ends
/// with its last day, or when the fact is withdrawn.
public struct RestrictionBody: Hashable, Sendable {
  /// Why; nothing where the reason is not known here. Whatever the reason, the person is hidden.
  public var reason: RestrictionReason?
  /// The last day, where one is set.
  public var until: CivilDate?

  /// A restriction.
  public init(reason: RestrictionReason?, until: CivilDate? = nil) {
    self.reason = reason
    self.until = until
  }

  /// Whether it holds on a day, for a fact that happened on `since`.
  public func holds(on day: CivilDate, since: CivilDate) -> Bool {
    guard since <= day else { return false }
    return until.map { day <= $0 } ?? true
  }

  /// Reads the fields. A reason that is not known here still restricts: to refuse it would show the
  /// person.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    self.init(reason: fields.code(1), until: try fields.day(2))
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.code(1, reason)
    writer.day(2, until)
    return writer.bytes
  }
}

/// A card with a code by which the person is found, or that such a card no longer holds. The number
/// is random, so that a lost card tells nothing.
public struct CardBody: Hashable, Sendable {
  /// The number in the code.
  public var number: Identifier
  /// Whether the card was revoked on the fact's day.
  public var isRevoked: Bool

  /// A card.
  public init(number: Identifier, isRevoked: Bool = false) {
    self.number = number
    self.isRevoked = isRevoked
  }

  /// Reads the fields; a card without a number of sixteen bytes is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let number = fields.identifier(1) else { throw .unknownForm }
    self.init(number: number, isRevoked: fields.flag(2) ?? false)
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.identifier(1, number)
    writer.flag(2, isRevoked ? true : nil)
    return writer.bytes
  }
}
