import Health
import Journal

/// What an entry tells beside its columns. Each part may be missing. Format: docs/formats/audit.md.
public struct AuditDetail: Hashable, Sendable {
  /// The facts that were accepted.
  public var facts: AcceptedFacts?
  /// In what form data left: `csv`, `xlsx`, `print`.
  public var form: AuditCode?
  /// The number that stands as a watermark on what left.
  public var watermark: Identifier?
  /// Why it was refused or failed, or from a list why it was asked for.
  public var reason: AuditCode?
  /// Why it was asked for, in the worker's own words; at most 2,000 bytes.
  public var words = ""
  /// How many entries an anchor covers.
  public var anchoredEntries: Int64?
  /// What was removed of the log.
  public var removal: RemovedEntries?

  /// Nothing more to tell.
  public init() {}

  /// The packed bytes; none where there is nothing to tell.
  var packed: [UInt8] {
    var writer = FieldWriter()
    if let facts {
      writer.number(2, facts.sequences.lowerBound)
      writer.number(3, facts.sequences.upperBound)
      writer.bytes(4, facts.digest.bytes)
      writer.bytes(5, facts.link.bytes)
      writer.bytes(6, facts.marks)
      writer.flag(7, facts.isFoundAtOpening ? true : nil)
    }
    writer.bytes(8, form.map { Array($0.rawValue.utf8) })
    writer.identifier(9, watermark)
    writer.bytes(10, reason.map { Array($0.rawValue.utf8) })
    writer.bytes(11, Array(words.utf8))
    writer.number(12, anchoredEntries)
    if let removal {
      writer.number(13, removal.through)
      writer.bytes(14, removal.link.bytes)
      writer.number(15, removal.facts)
      writer.bytes(16, removal.factLink.bytes)
      writer.number(17, removal.moments.lowerBound.milliseconds)
      writer.number(18, removal.moments.upperBound.milliseconds)
    }
    return writer.bytes.isEmpty ? [] : [AuditDetail.version] + writer.bytes
  }

  private static let version: UInt8 = 1

  /// Reads packed bytes; fields that this version does not know are passed over.
  init(packed: UnsafeBufferPointer<UInt8>) throws(WireError) {
    guard let version = packed.first else { return }
    guard version == AuditDetail.version else { throw .unknownVersion(version) }
    let fields = try FieldTable(UnsafeBufferPointer(rebasing: packed.dropFirst()))
    facts = try AcceptedFacts(fields)
    form = try AuditDetail.code(fields.text(8))
    watermark = fields.identifier(9)
    reason = try AuditDetail.code(fields.text(10))
    words = String(decoding: fields.text(11), as: UTF8.self)
    anchoredEntries = fields.number(12)
    removal = try RemovedEntries(fields)
  }

  private static func code(_ text: [UInt8]) throws(WireError) -> AuditCode? {
    if text.isEmpty { return nil }
    guard let code = AuditCode(rawValue: String(decoding: text, as: UTF8.self)) else {
      throw .unknownForm
    }
    return code
  }
}

extension RemovedEntries {
  /// Reads the fields; nothing where none of them is there.
  fileprivate init?(_ fields: FieldTable) throws(WireError) {
    guard let through = fields.number(13) else { return nil }
    func hash(_ bytes: [UInt8]) -> ChainHash? {
      bytes.withUnsafeBufferPointer { ChainHash(stored: $0) }
    }
    guard through >= 1, let link = hash(fields.text(14)), let facts = fields.number(15),
      facts >= 0, let factLink = hash(fields.text(16)), let oldest = fields.number(17),
      let youngest = fields.number(18), oldest <= youngest
    else { throw .unknownForm }
    self.init(
      through: through, link: link, facts: facts, factLink: factLink,
      moments: Instant(milliseconds: oldest)...Instant(milliseconds: youngest))
  }
}

/// Facts that were accepted together, as the log vouches for them: which they are, who recorded
/// them, and where the facts' chain stood after them.
public struct AcceptedFacts: Hashable, Sendable {
  /// The first and the last, by their order of arrival.
  public let sequences: ClosedRange<Int64>
  /// SHA-256 over the facts' ids and recorders in order.
  public let digest: ChainHash
  /// The link of the last fact.
  public let link: ChainHash
  /// Six bytes a fact, by which a checker tells the one that is wrong.
  public let marks: [UInt8]
  /// Whether nobody had vouched for them when the log was opened: they came by the command line, or
  /// the program ended between the two files.
  public let isFoundAtOpening: Bool

  /// The most facts that one entry covers.
  public static let limit: Int64 = 10_000

  init(
    sequences: ClosedRange<Int64>, digest: ChainHash, link: ChainHash, marks: [UInt8],
    isFoundAtOpening: Bool
  ) {
    self.sequences = sequences
    self.digest = digest
    self.link = link
    self.marks = marks
    self.isFoundAtOpening = isFoundAtOpening
  }

  /// Reads the fields; nothing where none of them is there.
  fileprivate init?(_ fields: FieldTable) throws(WireError) {
    guard let first = fields.number(2), let last = fields.number(3) else { return nil }
    let marks = fields.text(6)
    guard first >= 1, last >= first, last - first < AcceptedFacts.limit,
      marks.count == Int(last - first + 1) * AcceptedFacts.markLength,
      let digest = AcceptedFacts.hash(fields.text(4)), let link = AcceptedFacts.hash(fields.text(5))
    else { throw .unknownForm }
    self.init(
      sequences: first...last, digest: digest, link: link, marks: marks,
      isFoundAtOpening: fields.flag(7) ?? false)
  }

  static let markLength = 6

  private static func hash(_ bytes: [UInt8]) -> ChainHash? {
    bytes.withUnsafeBufferPointer { ChainHash(stored: $0) }
  }
}
