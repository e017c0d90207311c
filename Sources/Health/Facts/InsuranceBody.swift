/// What pays for a person's care.
public enum InsuranceKind: UInt8, Hashable, Sendable, CaseIterable {
  /// JKN, the contribution paid by the state (Penerima Bantuan Iuran, PBI).
  case nationalSubsidised = 1
  /// JKN, the contribution paid by the person or an employer (non-PBI).
  case nationalContributing = 2
  /// Another health insurance.
  case privateInsurance = 3
  /// None.
  case none = 4

  /// Whether the person is a member of the national health insurance (JKN).
  public var isNational: Bool { self == .nationalSubsidised || self == .nationalContributing }
}

/// How a person is insured, as known on the fact's day.
public struct InsuranceBody: Hashable, Sendable {
  /// What insurance.
  public var kind: InsuranceKind
  /// The number on the card, or empty.
  public var number: [UInt8]
  /// The last day on which it holds, where one is known.
  public var until: CivilDate?

  /// An insurance.
  public init(kind: InsuranceKind, number: [UInt8] = [], until: CivilDate? = nil) {
    self.kind = kind
    self.number = number
    self.until = until
  }

  /// Reads the fields; an insurance of no kind, or of one not known here, is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let kind: InsuranceKind = fields.code(1) else { throw .unknownForm }
    self.init(kind: kind, number: fields.text(2), until: try fields.day(3))
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.code(1, kind)
    writer.bytes(2, number)
    writer.day(3, until)
    return writer.bytes
  }
}
