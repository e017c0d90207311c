import Health

/// The limits of openings. Every number of the rules stands here, once; they are this project's
/// decision, see docs/decisions/0034-openings-and-requests.md.
public struct OpeningLimits: Hashable, Sendable {
  /// How long one person stays open in an emergency.
  public var emergencyLasts = Duration.seconds(4 * 3600)
  /// Persons that one worker may open on one day of the district's calendar.
  public var emergenciesPerDay = 5
  /// How long an area stays open for a purpose.
  public var purposeLasts = Duration.seconds(4 * 3600)
  /// The least letters of the reason in words.
  public var leastWords = 15
  /// The least different letters of the reason in words: fewer are no words.
  public var leastDifferentLetters = 6
  /// The most letters of the reason in words.
  public var mostWords = 500
  /// Within so long the home Puskesmas looks at an emergency opening.
  public var reviewWithin = Duration.seconds(7 * 86_400)

  /// The limits as decided.
  public init() {}

  /// The limits as decided.
  public static let standard = OpeningLimits()
}

/// Why something is not opened.
public enum OpeningRefusal: Error, Hashable, Sendable {
  /// No reason of the list.
  case noReason
  /// Too few words; so many letters are needed.
  case tooFewWords(least: Int)
  /// The same few letters again and again.
  case noWords
  /// Too many words; so many letters are taken.
  case tooManyWords(most: Int)
  /// So many were opened on this day already.
  case tooManyToday(most: Int)

  /// The name in the log and in the catalogues, under `openings.problems`.
  public var code: String {
    switch self {
    case .noReason: "noReason"
    case .tooFewWords: "tooFewWords"
    case .noWords: "noWords"
    case .tooManyWords: "tooManyWords"
    case .tooManyToday: "tooManyToday"
    }
  }

  /// The number that its words name.
  public var count: Int? {
    switch self {
    case .noReason, .noWords: nil
    case .tooFewWords(let count), .tooManyWords(let count), .tooManyToday(let count): count
    }
  }
}

/// What is asked for when something is opened.
public struct OpeningRequest: Hashable, Sendable {
  /// Who asks.
  public let worker: Identifier
  /// What for.
  public let target: OpeningTarget
  /// Why, from the list; nothing where nothing of it was chosen.
  public let reason: OpeningReason?
  /// Why, in words.
  public let words: String
  /// When.
  public let at: Instant

  /// A request.
  public init(
    worker: Identifier, target: OpeningTarget, reason: OpeningReason?, words: String, at: Instant
  ) {
    self.worker = worker
    self.target = target
    self.reason = reason
    self.words = words
    self.at = at
  }
}

/// The rules of openings, without a clock and without a store.
public struct OpeningRules: Sendable {
  /// The limits in force.
  public let limits: OpeningLimits
  /// The zone whose days count: WIB 7, WITA 8, WIT 9.
  public let hoursEastOfGreenwich: Int

  /// Rules with these limits, by the calendar of a zone.
  public init(limits: OpeningLimits = .standard, hoursEastOfGreenwich: Int) {
    self.limits = limits
    self.hoursEastOfGreenwich = hoursEastOfGreenwich
  }

  /// What is opened by a request.
  ///
  /// - Parameter earlier: what the worker opened before; those of other days do not matter.
  public func decide(
    _ request: OpeningRequest, earlier: [Opening], id: Identifier
  ) throws(OpeningRefusal) -> Opening {
    let isEmergency = if case .person = request.target { true } else { false }
    let reason = try check(request.reason, request.words, isEmergency: isEmergency)
    if isEmergency { try checkCount(of: earlier, at: request.at) }
    let lasts = isEmergency ? limits.emergencyLasts : limits.purposeLasts
    return Opening(
      id: id, worker: request.worker, target: request.target, reason: reason,
      words: request.words, openedAt: request.at, until: request.at + lasts, closedAt: nil,
      review: nil)
  }

  /// Whether a worker may open one more person on the day of a moment.
  public func checkCount(of earlier: [Opening], at: Instant) throws(OpeningRefusal) {
    let today = day(at)
    let opened = earlier.filter { $0.person != nil && day($0.openedAt) == today }
    guard opened.count < limits.emergenciesPerDay else {
      throw .tooManyToday(most: limits.emergenciesPerDay)
    }
  }

  /// The reason, where reason and words are such as are asked for: what is looked at before anybody
  /// is looked up.
  @discardableResult
  public func check(
    _ reason: OpeningReason?, _ words: String, isEmergency: Bool
  ) throws(OpeningRefusal) -> OpeningReason {
    guard let reason, reason.isEmergency == isEmergency else { throw .noReason }
    let letters = words.filter { !$0.isWhitespace }.count
    guard letters >= limits.leastWords else { throw .tooFewWords(least: limits.leastWords) }
    guard words.count <= limits.mostWords else { throw .tooManyWords(most: limits.mostWords) }
    let different = Set(words.lowercased().filter(\.isLetter))
    guard different.count >= limits.leastDifferentLetters else { throw .noWords }
    return reason
  }

  private func day(_ at: Instant) -> CivilDate {
    at.day(hoursEastOfGreenwich: hoursEastOfGreenwich)
  }

  /// Until when an emergency opening must have been looked at.
  public func reviewDue(_ opening: Opening) -> Instant { opening.openedAt + limits.reviewWithin }

  /// Whether nobody looked at it in time, or what was to be followed up was not closed in time.
  public func isOverdue(_ opening: Opening, at: Instant) -> Bool {
    !opening.isSettled && reviewDue(opening) <= at
  }

  /// Whether somebody who answers for the person's home may review it: nobody their own, and the
  /// district only what the Puskesmas left undone or what its head opened.
  ///
  /// - Parameters:
  ///   - isOfDistrict: whether the reviewer answers for the district and not for the Puskesmas.
  ///   - openedByHead: whether a head of a Puskesmas opened it.
  public func mayReview(
    _ opening: Opening, by reviewer: Identifier, isOfDistrict: Bool, openedByHead: Bool,
    at: Instant
  ) -> Bool {
    guard opening.person != nil, !opening.isSettled, opening.worker != reviewer else {
      return false
    }
    return !isOfDistrict || openedByHead || isOverdue(opening, at: at)
  }
}

extension Instant {
  /// A later moment.
  static func + (at: Instant, duration: Duration) -> Instant {
    Instant(milliseconds: at.milliseconds + duration.milliseconds)
  }
}
