/// What somebody decided on a text that asked for consent.
public enum ConsentDecision: UInt8, Hashable, Sendable, CaseIterable {
  /// Agreed.
  case yes = 1
  /// Did not agree.
  case no = 2
  /// Took back an earlier agreement.
  case withdrawn = 3
}

/// For whom the one who decided spoke.
public enum ConsentGiver: UInt8, Hashable, Sendable, CaseIterable {
  /// For themselves.
  case oneself = 1
  /// As mother or father.
  case parent = 2
  /// As guardian.
  case guardian = 3
}

/// In which form a decision was given.
public enum ConsentForm: UInt8, Hashable, Sendable, CaseIterable {
  /// On paper, signed or with a thumb print.
  case paper = 1
  /// Spoken, before the worker who wrote it down.
  case spoken = 2
}

/// For what consent was asked: only for what no law asks the health office to do.
public struct ConsentScope: OptionSet, Hashable, Sendable {
  /// One bit for each purpose.
  public let rawValue: UInt32
  /// These purposes.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  /// Reminders by message to the person's telephone.
  public static let reminders = ConsentScope(rawValue: 1)
  /// Sharing with private facilities of the network, beyond a referral.
  public static let network = ConsentScope(rawValue: 2)
  /// Sharing with other sectors, as social affairs or schools.
  public static let otherSectors = ConsentScope(rawValue: 4)
  /// Use in research.
  public static let research = ConsentScope(rawValue: 8)
  /// Pictures of the person.
  public static let pictures = ConsentScope(rawValue: 16)
}

/// A decision on one edition of a text that asks for consent.
public struct ConsentBody: Hashable, Sendable {
  /// The text's name, which stays the same from edition to edition.
  public var text: [UInt8]
  /// The text's edition, from 1.
  public var edition: Int32
  /// What was decided.
  public var decision: ConsentDecision
  /// Who decided, where they are in the registry.
  public var giver: Identifier?
  /// For whom they spoke; nothing where it was not written down.
  public var givenAs: ConsentGiver?
  /// For what.
  public var scope: ConsentScope
  /// On paper or spoken; nothing where it was not written down.
  public var form: ConsentForm?
  /// The name of who decided for the person, or empty.
  public var giverName: [UInt8] = []
  /// How a guardian stands to the person, in words, or empty.
  public var relation: [UInt8] = []
  /// The fact of the request that was fulfilled so; nothing where it was decided without one.
  public var request: Identifier?

  /// A decision.
  public init(
    text: [UInt8], edition: Int32, decision: ConsentDecision, giver: Identifier? = nil,
    givenAs: ConsentGiver? = nil, scope: ConsentScope = []
  ) {
    self.text = text
    self.edition = edition
    self.decision = decision
    self.giver = giver
    self.givenAs = givenAs
    self.scope = scope
  }

  /// Reads the fields; a decision not known here, or on no edition of a text, is of unknown form: it
  /// permits nothing.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    let text = fields.text(1)
    guard !text.isEmpty, let edition = try fields.number32(2), edition > 0,
      let decision: ConsentDecision = fields.code(3),
      let scope = UInt32(exactly: fields.number(6) ?? 0)
    else { throw .unknownForm }
    self.init(
      text: text, edition: edition, decision: decision, giver: fields.identifier(4),
      givenAs: fields.code(5), scope: ConsentScope(rawValue: scope))
    form = fields.code(7)
    giverName = fields.text(8)
    relation = fields.text(9)
    request = fields.identifier(10)
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.bytes(1, text)
    writer.number(2, edition)
    writer.code(3, decision)
    writer.identifier(4, giver)
    writer.code(5, givenAs)
    writer.number(6, scope.isEmpty ? nil : Int64(scope.rawValue))
    writer.code(7, form)
    writer.bytes(8, giverName)
    writer.bytes(9, relation)
    writer.identifier(10, request)
    return writer.bytes
  }
}

/// What a person, or who speaks for them, may ask for about their data (UU 27/2022).
public enum SubjectRequestKind: UInt8, Hashable, Sendable, CaseIterable {
  /// To see what is kept.
  case access = 1
  /// To have it corrected.
  case correction = 2
  /// To take a consent back.
  case withdrawal = 3
  /// To have its use restricted.
  case restriction = 4
  /// To have it erased.
  case erasure = 5
}

/// Something that was asked about the person's data.
public struct SubjectRequestBody: Hashable, Sendable {
  /// Within so long it must be answered: 3 × 24 hours, UU 27/2022 (from memory).
  public static let timeToAnswer: Int64 = 3 * 24 * 3_600_000

  /// What was asked for.
  public var kind: SubjectRequestKind
  /// When it was received: from then on the time runs, whenever it was recorded.
  public var receivedAt: Instant
  /// Who asked, where they are in the registry.
  public var askedBy: Identifier?
  /// In what words, or empty.
  public var text: [UInt8]

  /// A request.
  public init(
    kind: SubjectRequestKind, receivedAt: Instant, askedBy: Identifier? = nil, text: [UInt8] = []
  ) {
    self.kind = kind
    self.receivedAt = receivedAt
    self.askedBy = askedBy
    self.text = text
  }

  /// Until when it must be answered.
  public var dueAt: Instant {
    Instant(milliseconds: receivedAt.milliseconds + SubjectRequestBody.timeToAnswer)
  }

  /// Reads the fields; a request for nothing known here, or received at no moment that facts may
  /// carry, is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let kind: SubjectRequestKind = fields.code(1), let received = fields.number(2),
      Instant.recordable.contains(received)
    else { throw .unknownForm }
    self.init(
      kind: kind, receivedAt: Instant(milliseconds: received), askedBy: fields.identifier(3),
      text: fields.text(4))
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.code(1, kind)
    writer.number(2, receivedAt.milliseconds)
    writer.identifier(3, askedBy)
    writer.bytes(4, text)
    return writer.bytes
  }
}

/// What became of a request.
public enum SubjectRequestOutcome: UInt8, Hashable, Sendable, CaseIterable {
  /// Done as asked.
  case done = 1
  /// Done in part; the text says in which.
  case doneInPart = 2
  /// Refused; a law is the reason.
  case refused = 3
}

/// The answer to a request about the person's data.
public struct SubjectAnswerBody: Hashable, Sendable {
  /// The request's fact.
  public var request: Identifier
  /// What became of it.
  public var outcome: SubjectRequestOutcome
  /// In what words, or empty.
  public var text: [UInt8]
  /// The law that is the reason, or empty.
  public var legalReason: [UInt8]
  /// On which ground it was decided to erase; nothing where it was not.
  public var ground: ErasureReason?

  /// An answer.
  public init(
    request: Identifier, outcome: SubjectRequestOutcome, text: [UInt8] = [],
    legalReason: [UInt8] = [], ground: ErasureReason? = nil
  ) {
    self.ground = ground
    self.request = request
    self.outcome = outcome
    self.text = text
    self.legalReason = legalReason
  }

  /// Reads the fields; an answer to nothing, or of an outcome not known here, is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let request = fields.identifier(1),
      let outcome: SubjectRequestOutcome = fields.code(2)
    else { throw .unknownForm }
    self.init(
      request: request, outcome: outcome, text: fields.text(3), legalReason: fields.text(4),
      ground: fields.code(5))
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.identifier(1, request)
    writer.code(2, outcome)
    writer.bytes(3, text)
    writer.bytes(4, legalReason)
    writer.code(5, ground)
    return writer.bytes
  }
}
