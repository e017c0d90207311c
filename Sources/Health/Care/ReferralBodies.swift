/// How soon somebody who is referred is to be seen.
public enum ReferralUrgency: UInt8, Hashable, Sendable, CaseIterable {
  /// At once.
  case atOnce = 1
  /// On a day that is agreed on.
  case planned = 2
}

/// What of the guidelines made somebody refer.
public enum ReferralReason: Hashable, Sendable {
  /// A sign of danger: the code of its data element.
  case danger(UInt16)
  /// A class: the number of the table, and of the row within it.
  case classified(table: UInt16, row: UInt16)
  /// The class of a score: the number of the instrument, and of the class within it.
  case scored(instrument: UInt16, band: UInt16)

  fileprivate static let length = 5

  fileprivate func write(to bytes: inout [UInt8]) {
    func add(_ kind: UInt8, _ first: UInt16, _ second: UInt16) {
      bytes.append(kind)
      for number in [first, second] {
        bytes.append(UInt8(number >> 8))
        bytes.append(UInt8(truncatingIfNeeded: number))
      }
    }
    switch self {
    case .danger(let element): add(1, element, 0)
    case .classified(let table, let row): add(2, table, row)
    case .scored(let instrument, let band): add(3, instrument, band)
    }
  }

  /// Reads one; nothing of a kind that this version does not know.
  fileprivate init?(_ bytes: ArraySlice<UInt8>) {
    let start = bytes.startIndex
    let first = UInt16(bytes[start + 1]) << 8 | UInt16(bytes[start + 2])
    let second = UInt16(bytes[start + 3]) << 8 | UInt16(bytes[start + 4])
    switch bytes[start] {
    case 1: self = .danger(first)
    case 2: self = .classified(table: first, row: second)
    case 3: self = .scored(instrument: first, band: second)
    default: return nil
    }
  }
}

/// Somebody was referred on the fact's day, from the fact's place.
public struct ReferralBody: Hashable, Sendable {
  /// Where to, where it is a place that we know.
  public var facility: Identifier?
  /// Where to, in words, where it is none of ours; or empty.
  public var facilityName: [UInt8]
  /// How soon.
  public var urgency: ReferralUrgency?
  /// What of the guidelines made somebody refer.
  public var reasons: [ReferralReason]
  /// Why, in the sender's words, or empty.
  public var words: [UInt8]
  /// What was found, as far as the receiver needs it, or empty.
  public var findings: [UInt8]
  /// What was done already, or empty.
  public var treatment: [UInt8]

  /// A referral to a place, of which nothing else is known yet.
  public init(facility: Identifier?, facilityName: [UInt8] = []) {
    self.facility = facility
    self.facilityName = facilityName
    reasons = []
    words = []
    findings = []
    treatment = []
  }

  /// Reads the fields; those that this version does not know, and reasons of kinds that it does not
  /// know, are passed over. A referral to nowhere is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    self.init(facility: fields.identifier(1), facilityName: fields.text(2))
    guard facility != nil || !facilityName.isEmpty else { throw .unknownForm }
    urgency = fields.code(3)
    let packed = fields.text(4)
    guard packed.count % ReferralReason.length == 0 else { throw .unknownForm }
    var start = 0
    while start < packed.count {
      if let reason = ReferralReason(packed[start..<(start + ReferralReason.length)]) {
        reasons.append(reason)
      }
      start += ReferralReason.length
    }
    words = fields.text(5)
    findings = fields.text(6)
    treatment = fields.text(7)
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var packed: [UInt8] = []
    for reason in reasons { reason.write(to: &packed) }
    var writer = FieldWriter()
    writer.identifier(1, facility)
    writer.bytes(2, facilityName)
    writer.code(3, urgency)
    writer.bytes(4, packed)
    writer.bytes(5, words)
    writer.bytes(6, findings)
    writer.bytes(7, treatment)
    return writer.bytes
  }
}

/// What became of a referral.
public enum ReferralOutcome: UInt8, Hashable, Sendable, CaseIterable {
  /// The person was received and is being cared for.
  case received = 1
  /// The person was treated and is sent back to whoever referred.
  case sentBack = 2
  /// The person was sent on to another facility.
  case sentOn = 3
}

/// The receiver's answer to a referral, on the fact's day, from the fact's place.
public struct ReferralAnswerBody: Hashable, Sendable {
  /// The fact that referred.
  public var referral: Identifier
  /// What became of it.
  public var outcome: ReferralOutcome
  /// What was found and done, or empty.
  public var findings: [UInt8]
  /// What the sender is asked to do, or empty.
  public var advice: [UInt8]

  /// An answer.
  public init(
    referral: Identifier, outcome: ReferralOutcome, findings: [UInt8] = [], advice: [UInt8] = []
  ) {
    self.referral = referral
    self.outcome = outcome
    self.findings = findings
    self.advice = advice
  }

  /// Reads the fields; those that this version does not know are passed over. An answer to nothing,
  /// or without a known outcome, is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let referral = fields.identifier(1), let outcome: ReferralOutcome = fields.code(2) else {
      throw .unknownForm
    }
    self.init(
      referral: referral, outcome: outcome, findings: fields.text(3), advice: fields.text(4))
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.identifier(1, referral)
    writer.code(2, outcome)
    writer.bytes(3, findings)
    writer.bytes(4, advice)
    return writer.bytes
  }
}
