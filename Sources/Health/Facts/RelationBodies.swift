/// How another person stands to this one.
public enum RelationKind: UInt8, Hashable, Sendable, CaseIterable {
  /// The other is this person's mother.
  case mother = 1
  /// The other is this person's father.
  case father = 2
  /// The two are married.
  case spouse = 3
  /// The other looks after this person in the parents' place.
  case guardian = 4
}

/// That another person is this one's mother, father, spouse or guardian, or no longer is.
public struct RelationBody: Hashable, Sendable {
  /// The other person.
  public var other: Identifier
  /// How the other stands to this one.
  public var kind: RelationKind
  /// Whether it ended on the fact's day.
  public var hasEnded: Bool

  /// The other stands to this person so.
  public init(other: Identifier, kind: RelationKind, hasEnded: Bool = false) {
    self.other = other
    self.kind = kind
    self.hasEnded = hasEnded
  }

  /// Reads the fields; a relation to nobody, or of a kind not known here, is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let other = fields.identifier(1), let kind: RelationKind = fields.code(2) else {
      throw .unknownForm
    }
    self.init(other: other, kind: kind, hasEnded: fields.flag(3) ?? false)
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.identifier(1, other)
    writer.code(2, kind)
    writer.flag(3, hasEnded ? true : nil)
    return writer.bytes
  }
}

/// That two records are one person, or that they are not though they look it.
///
/// A merge is undone by withdrawing its fact: both records are then as they were.
public struct SamenessBody: Hashable, Sendable {
  /// The other record.
  public var other: Identifier
  /// How alike they were when somebody decided, in hundredths of a bit; nothing where nobody asked.
  public var score: Int32?

  /// The other record, and how alike they were.
  public init(other: Identifier, score: Int32? = nil) {
    self.other = other
    self.score = score
  }

  /// Reads the fields; a decision about nobody is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let other = fields.identifier(1) else { throw .unknownForm }
    self.init(other: other, score: try fields.number32(2))
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.identifier(1, other)
    writer.number(2, score)
    return writer.bytes
  }
}
