/// What a clinician says of a guideline whose definitions were read.
public enum GuidelineDecision: UInt8, Hashable, Sendable, CaseIterable {
  /// It says what the publication says, and may be relied on.
  case signed = 1
  /// Something in it is wrong.
  case objections = 2
}

/// What is wrong with one rule.
public struct GuidelineObjection: Hashable, Sendable {
  /// The rule's place on the guideline's page: `service-12`, `table-3`; empty for the whole.
  public var rule: [UInt8]
  /// What is wrong, in the reader's words.
  public var text: [UInt8]

  /// An objection to a rule.
  public init(rule: [UInt8], text: [UInt8]) {
    self.rule = rule
    self.text = text
  }
}

/// That a clinician read a guideline as this program has it, and signed it or marked what is wrong.
/// Who it was is the fact's recorder.
///
/// It is about exactly the definitions with that digest: once one of them or a setting in force
/// changes, the guideline is unsigned again.
public struct GuidelineReviewBody: Hashable, Sendable {
  /// The guideline's code: `pregnancy`.
  public var guideline: [UInt8]
  /// The edition of its publication.
  public var edition: [UInt8]
  /// The digest of its definitions with the settings in force, 32 bytes.
  public var digest: [UInt8]
  /// What was decided.
  public var decision: GuidelineDecision
  /// The number in the clinician's Surat Tanda Registrasi, as it was on that day.
  public var registrationNumber: [UInt8]
  /// What is wrong; at least one where something is.
  public var objections: [GuidelineObjection]

  /// So many objections at most, and so many bytes of text in each.
  public static let mostObjections = 64
  /// The longest text of an objection, in bytes of UTF-8: as many as may be said at once are one
  /// field, which holds ``FieldReader/largestField``.
  public static let longestText = 900

  /// A review of the definitions with that digest.
  ///
  /// - Parameter digest: 32 bytes.
  public init(
    guideline: [UInt8], edition: [UInt8], digest: [UInt8], decision: GuidelineDecision,
    registrationNumber: [UInt8], objections: [GuidelineObjection] = []
  ) {
    precondition(digest.count == 32, "a digest has 32 bytes, not \(digest.count)")
    self.guideline = guideline
    self.edition = edition
    self.digest = digest
    self.decision = decision
    self.registrationNumber = registrationNumber
    self.objections = objections
  }

  /// Reads the fields. A review of no guideline, without digest, decision or registration number,
  /// or that objects to nothing, is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    let guideline = fields.text(1)
    let digest = fields.text(3)
    let registrationNumber = fields.text(5)
    let known: GuidelineDecision? = fields.code(4)
    guard let decision = known, !guideline.isEmpty, digest.count == 32,
      !registrationNumber.isEmpty
    else { throw .unknownForm }
    let objections = try GuidelineReviewBody.objections(body)
    guard objections.isEmpty == (decision == .signed) else { throw .unknownForm }
    self.init(
      guideline: guideline, edition: fields.text(2), digest: digest, decision: decision,
      registrationNumber: registrationNumber, objections: objections)
  }

  private static func objections(
    _ body: UnsafeBufferPointer<UInt8>
  ) throws(WireError) -> [GuidelineObjection] {
    var fields = FieldReader(body)
    while let (field, value) = try fields.next() {
      if field == 6, case .bytes(let packed) = value { return try unpacked(packed) }
    }
    return []
  }

  private static func unpacked(
    _ packed: UnsafeBufferPointer<UInt8>
  ) throws(WireError) -> [GuidelineObjection] {
    var reader = ByteReader(packed)
    var found: [GuidelineObjection] = []
    for _ in 0..<(try reader.count(limit: mostObjections)) {
      let rule = [UInt8](try reader.bytes(try reader.count(limit: longestText)))
      let text = [UInt8](try reader.bytes(try reader.count(limit: longestText)))
      guard !text.isEmpty else { throw .unknownForm }
      found.append(GuidelineObjection(rule: rule, text: text))
    }
    guard reader.isAtEnd else { throw .unknownForm }
    return found
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.bytes(1, guideline)
    writer.bytes(2, edition)
    writer.bytes(3, digest)
    writer.code(4, decision)
    writer.bytes(5, registrationNumber)
    writer.bytes(6, packedObjections)
    return writer.bytes
  }

  private var packedObjections: [UInt8] {
    guard !objections.isEmpty else { return [] }
    var writer = ByteWriter()
    writer.unsigned(UInt64(objections.count))
    for objection in objections {
      for part in [objection.rule, objection.text] {
        writer.unsigned(UInt64(part.count))
        writer.raw(part)
      }
    }
    return writer.bytes
  }
}
