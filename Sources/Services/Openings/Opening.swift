import Health

/// Why somebody opened what no role of theirs reaches.
public enum OpeningReason: UInt8, Hashable, Sendable, CaseIterable {
  /// Somebody may die or be harmed for good.
  case lifeThreatening = 1
  /// Care that cannot wait.
  case urgentCare = 2
  /// A birth, or the days after it.
  case childbirth = 3
  /// Somebody of elsewhere who seeks care here.
  case careAwayFromHome = 4
  /// An outbreak is looked into (KLB).
  case outbreak = 17
  /// The death of a mother or newborn is audited (AMP).
  case maternalPerinatalAudit = 18
  /// Children with severe malnutrition are followed up.
  case severeMalnutrition = 19
  /// The person asked the district for it.
  case personsRequest = 20

  /// Whether it opens one person in an emergency; the others open an area for a purpose.
  public var isEmergency: Bool { rawValue < 16 }

  /// Those that open one person.
  public static let emergencies = allCases.filter(\.isEmergency)
  /// Those that open an area.
  public static let purposes = allCases.filter { !$0.isEmergency }

  /// The name in the log and in the catalogues, under `openings.reasons`.
  public var code: String {
    switch self {
    case .lifeThreatening: "lifeThreatening"
    case .urgentCare: "urgentCare"
    case .childbirth: "childbirth"
    case .careAwayFromHome: "careAwayFromHome"
    case .outbreak: "outbreak"
    case .maternalPerinatalAudit: "maternalPerinatalAudit"
    case .severeMalnutrition: "severeMalnutrition"
    case .personsRequest: "personsRequest"
    }
  }

  /// The reason with that name.
  public init?(code: String) {
    guard let reason = OpeningReason.allCases.first(where: { $0.code == code }) else { return nil }
    self = reason
  }
}

/// What whoever answers for it found when they looked at an emergency opening.
public enum OpeningOutcome: UInt8, Hashable, Sendable, CaseIterable {
  /// It was right to open.
  case justified = 1
  /// It was not.
  case notJustified = 2
  /// Something is left to be cleared up.
  case followUp = 3

  /// The name in forms and catalogues, under `openings.outcomes`.
  public var code: String {
    switch self {
    case .justified: "justified"
    case .notJustified: "notJustified"
    case .followUp: "followUp"
    }
  }
}

/// What is opened.
public enum OpeningTarget: Hashable, Sendable {
  /// One person's record, in an emergency; with where the person lived then.
  case person(Identifier, home: Identifier?)
  /// The names of one area, for a purpose.
  case area(Identifier)
}

/// Something that a worker opened beyond the role, for a while, with a reason.
public struct Opening: Hashable, Sendable {
  /// Its name in addresses.
  public let id: Identifier
  /// Who opened it.
  public let worker: Identifier
  /// What was opened.
  public let target: OpeningTarget
  /// Why, from the list.
  public let reason: OpeningReason
  /// Why, in the worker's words.
  public let words: String
  /// From when on.
  public let openedAt: Instant
  /// Until when; at that moment it is closed.
  public let until: Instant
  /// When the worker closed it before.
  public let closedAt: Instant?
  /// What became of it at the review.
  public let review: Review?

  /// A review.
  public struct Review: Hashable, Sendable {
    /// Who reviewed.
    public let by: Identifier
    /// When.
    public let at: Instant
    /// With which outcome.
    public let outcome: OpeningOutcome
    /// In what words.
    public let words: String

    /// A review.
    public init(by: Identifier, at: Instant, outcome: OpeningOutcome, words: String) {
      self.by = by
      self.at = at
      self.outcome = outcome
      self.words = words
    }
  }

  /// Whether its review is over: what must be followed up is not until that is done.
  public var isSettled: Bool { review.map { $0.outcome != .followUp } ?? false }

  /// The person, where one was opened.
  public var person: Identifier? {
    if case .person(let person, _) = target { person } else { nil }
  }

  /// The area, where one was opened.
  public var area: Identifier? {
    if case .area(let area) = target { area } else { nil }
  }

  /// Where the opened person lived.
  public var home: Identifier? {
    if case .person(_, let home) = target { home } else { nil }
  }

  /// Whether it is open at a moment: from the first on, and not at the last any more.
  public func isOpen(at: Instant) -> Bool {
    openedAt <= at && at < until && (closedAt.map { at < $0 } ?? true)
  }
}
