import Health

/// A fact's body as its table holds it and as the chain is computed over it.
public struct StoredBody: Hashable, Sendable {
  /// The body itself, or what it was sealed to.
  public let bytes: [UInt8]
  /// Whether it is sealed with the key of the fact's subject.
  public let isSealed: Bool

  /// A body as it was stored.
  public init(bytes: [UInt8], isSealed: Bool) {
    self.bytes = bytes
    self.isSealed = isSealed
  }

  /// A body that anybody with the file can read.
  public static func plain(_ fact: Fact) -> StoredBody {
    StoredBody(bytes: fact.body, isSealed: false)
  }

  /// The body sealed: it opens only with that key, and only as part of that fact.
  public static func sealed(_ fact: Fact, with key: SealingKey) -> StoredBody {
    StoredBody(
      bytes: key.seal(fact.body, for: context(fact.id, fact.subject, fact.kind)), isSealed: true)
  }

  /// What a sealed body belongs to: the fact's id, subject and kind. Format: docs/formats/chain.md.
  static func context(
    _ id: Identifier, _ subject: Identifier, _ kind: FactKind
  ) -> [UInt8] {
    var writer = ByteWriter(capacity: 34)
    writer.identifier(id)
    writer.identifier(subject)
    writer.byte(UInt8(kind.rawValue >> 8))
    writer.byte(UInt8(kind.rawValue & 0xFF))
    return writer.bytes
  }
}

extension FactKind {
  /// Whether bodies of this kind are sealed in the journal: what is told of persons and of those
  /// they live with. Withdrawals are, of whatever they withdraw.
  public var isSealed: Bool { subject == .person || subject == .household }
}
