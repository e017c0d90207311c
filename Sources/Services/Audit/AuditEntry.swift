import Health
import Journal

/// A code in the log: what was done, what for, why it was refused. Never a text that somebody typed.
public struct AuditCode: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
  /// One to 64 ASCII letters, digits, full stops, hyphens or low lines, beginning with a letter.
  public let rawValue: String

  /// A code; nothing where the text is none.
  public init?(rawValue: String) {
    let bytes = rawValue.utf8
    let isCode = bytes.allSatisfy { byte in
      AuditCode.isLetter(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(byte)
    }
    guard let first = bytes.first, AuditCode.isLetter(first), bytes.count <= 64, isCode else {
      return nil
    }
    self.rawValue = rawValue
  }

  /// A code that stands in the program.
  public init(stringLiteral text: StaticString) {
    guard let code = AuditCode(rawValue: "\(text)") else {
      preconditionFailure("\(text) is no code")
    }
    self = code
  }

  /// The name of a case, as the actions and purposes of the permissions are.
  public init<Named: RawRepresentable>(_ named: Named) where Named.RawValue == String {
    guard let code = AuditCode(rawValue: named.rawValue) else {
      preconditionFailure("\(named.rawValue) is no code")
    }
    self = code
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
  }

  /// Facts were accepted; see ``AcceptedFacts``.
  public static let acceptedFacts: AuditCode = "acceptedFacts"
  /// The log's last link was put into the facts' chain.
  public static let anchoredLog: AuditCode = "anchoredLog"
  /// The beginning of the log was removed, its time being over; see ``RemovedEntries``.
  public static let removedEntries: AuditCode = "removedEntries"
}

/// Who acts, as far as it is known.
public struct AuditAuthor: Hashable, Sendable {
  /// The worker; nothing before somebody has signed in, and for the program itself.
  public var worker: Identifier?
  /// The first eight bytes of the digest of the session's token: enough to tell sessions apart, and
  /// of no use for signing in.
  public var session: [UInt8]?
  /// The enrolled device.
  public var device: Identifier?

  /// Somebody; nothing where nobody is known.
  public init(worker: Identifier? = nil, session: [UInt8]? = nil, device: Identifier? = nil) {
    self.worker = worker
    self.session = session
    self.device = device
  }

  /// The program itself.
  public static let program = AuditAuthor()
}

/// How an attempt ended.
public enum AuditOutcome: UInt8, Hashable, Sendable, CaseIterable {
  /// It was done.
  case allowed = 1
  /// It was not permitted.
  case refused = 2
  /// It was permitted and did not succeed.
  case failed = 3
}

/// One thing that somebody did or tried: looked at a page, searched, changed, exported, printed,
/// signed in.
public struct AuditEntry: Hashable, Sendable {
  /// When.
  public var at: Instant
  /// Who.
  public var author: AuditAuthor
  /// What was done.
  public var action: AuditCode
  /// What for, where it was asked.
  public var purpose: AuditCode?
  /// The page's pattern as `/people/{id}`; never the address, which tells of persons.
  public var route: String?
  /// The place that it concerned.
  public var place: Identifier?
  /// How it ended.
  public var outcome: AuditOutcome
  /// Rows that were shown, exported or printed; facts that were accepted.
  public var count: Int
  /// Whom it concerned: persons, households, workers. Order and doubles do not matter.
  public var subjects: [Identifier]
  /// What else is told.
  public var detail: AuditDetail

  /// An entry that was allowed and concerned nobody, save what is said otherwise.
  public init(
    at: Instant, by author: AuditAuthor, action: AuditCode, purpose: AuditCode? = nil,
    route: String? = nil, place: Identifier? = nil, outcome: AuditOutcome = .allowed,
    count: Int = 0, subjects: [Identifier] = [], detail: AuditDetail = AuditDetail()
  ) {
    self.at = at
    self.author = author
    self.action = action
    self.purpose = purpose
    self.route = route
    self.place = place
    self.outcome = outcome
    self.count = count
    self.subjects = subjects
    self.detail = detail
  }

  /// The most subjects that one entry takes.
  public static let subjectLimit = 1_000_000
  /// The most bytes of words that one entry takes.
  public static let wordLimit = 2_000

  /// Makes sure that the log can take the entry.
  func check() throws(AuditProblem) {
    guard Instant.recordable.contains(at.milliseconds) else { throw .unusable(.moment) }
    guard author.session.map({ $0.count == 8 }) ?? true else { throw .unusable(.session) }
    if let route {
      guard 1...200 ~= route.utf8.count, route.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) else {
        throw .unusable(.route)
      }
    }
    guard count >= 0 else { throw .unusable(.count) }
    guard subjects.count <= AuditEntry.subjectLimit else { throw .unusable(.subjects) }
    guard detail.words.utf8.count <= AuditEntry.wordLimit,
      detail.facts.map({ $0.sequences.count <= AcceptedFacts.limit }) ?? true
    else { throw .unusable(.detail) }
  }
}

/// What an entry's link is computed over, so that whoever has the entry elsewhere can compute it
/// again: docs/formats/audit.md.
public struct AuditProof: Hashable, Sendable {
  /// The link of the entry before, or where the log goes on behind what was removed.
  public let before: ChainHash
  /// The entry's canonical bytes, with everybody whom it concerned.
  public let canonical: [UInt8]
}

/// An entry as the log holds it.
public struct StoredAuditEntry: Hashable, Sendable {
  /// Its place in the order of writing, from 1 without gaps.
  public let sequence: Int64
  /// The entry; of subjects only the first ``shownSubjects``, see ``subjectCount``.
  public let entry: AuditEntry
  /// How many it concerned.
  public let subjectCount: Int
  /// The link from all entries before it.
  public let chain: ChainHash

  /// The most subjects that come with an entry; ``AuditFile/subjects(of:after:limit:)`` has all.
  public static let shownSubjects = 100
}
