import Health

extension PregnancyOutcome {
  /// Whether it is a loss before a birth, after which no care of a birth is owed.
  public var isEarlyLoss: Bool {
    switch self {
    case .miscarriage, .ectopic, .molar: true
    case .liveBirth, .stillbirth: false
    }
  }
}

/// The pregnancies of a person that were lost before a birth, with what else would tell of the loss:
/// for readers who may not know of it (``SensitiveMatters/loss``) these facts are taken away before
/// any guideline is asked, so that no rule, reason, form or count can follow from them.
///
/// What was recorded while she was known to be pregnant stays: that she was pregnant is no secret.
/// A stillbirth stays, for the care of a mother after birth is owed by whoever visits her; how it
/// ended is told by no page.
///
/// A pregnancy of which nobody wrote down the end is over once a later one was lost: whoever reads
/// everything is told of the last one alone, so that it is taken away as well. It would else come
/// back as though she were pregnant still.
public struct LostPregnancies: Sendable {
  private var episodes: [PregnancyEpisode] = []
  private var lost: [PregnancyEpisode] = []
  /// The pregnancies whose facts are taken away: those that were lost, and those that stood open
  /// before them.
  private var untold: [Identifier] = []
  /// The referrals that were written because of them, or while they lasted.
  private var referrals: [Identifier] = []

  /// Those that the standing facts of a person tell, in a timeline's order.
  public init(_ standing: [TimelineEntry]) throws(WireError) {
    var found = PregnancyEpisodes()
    for entry in standing {
      switch entry.kind {
      case .pregnancy: found.note(try PregnancyBody(entry.body), of: entry)
      case .pregnancyEnd: found.note(try PregnancyEndBody(entry.body), of: entry)
      default: continue
      }
    }
    episodes = found.finished()
    lost = episodes.filter { $0.end?.outcome.isEarlyLoss == true }
    guard let last = episodes.lastIndex(where: { $0.end?.outcome.isEarlyLoss == true }) else {
      return
    }
    untold = lost.map { $0.id }
    for episode in episodes[..<last] where episode.endedOn == nil { untold.append(episode.id) }
    for entry in standing where entry.kind == .referral && isOfLost(entry.occurredOn) {
      referrals.append(entry.id)
    }
  }

  /// Whether there is none.
  public var isEmpty: Bool { lost.isEmpty }

  /// Whether the last pregnancy is one of them.
  public var isLast: Bool {
    guard let last = episodes.last else { return false }
    return lost.contains { $0.id == last.id }
  }

  /// Whether a fact would tell of a loss: the pregnancy itself, its end, visits after it (those for
  /// contraception too, which ask for infection and not for a child), and the referrals of it with
  /// their answers.
  public func tells(
    _ kind: FactKind, _ id: Identifier, on day: CivilDate, _ body: UnsafeBufferPointer<UInt8>
  ) throws(WireError) -> Bool {
    switch kind {
    case .pregnancy:
      return untold.contains(try PregnancyBody(body).episode ?? id)
    case .pregnancyEnd: return try PregnancyEndBody(body).outcome.isEarlyLoss
    case .visit:
      guard !lost.isEmpty else { return false }
      let purposes = try VisitBody(body).purposes
      return !purposes.isDisjoint(with: [.postnatal, .familyPlanning]) && followsLoss(day)
    case .referral: return tells(referral: id)
    case .referralAnswer:
      guard !referrals.isEmpty else { return false }
      return referrals.contains(try ReferralAnswerBody(body).referral)
    default: return false
    }
  }

  /// Whether a referral, by its fact, would tell of a loss.
  public func tells(referral: Identifier) -> Bool { referrals.contains(referral) }

  /// The facts without those that would tell of a loss.
  public func withheld(from standing: [TimelineEntry]) throws(WireError) -> [TimelineEntry] {
    if lost.isEmpty { return standing }
    var told: [TimelineEntry] = []
    told.reserveCapacity(standing.count)
    for entry in standing
    where try !tells(entry.kind, entry.id, on: entry.occurredOn, entry.body) { told.append(entry) }
    return told
  }

  /// The person as guidelines read the facts that are left, with that a pregnancy ended where the
  /// last one was lost.
  public func record(
    of standing: [TimelineEntry], on day: CivilDate
  ) throws(WireError) -> HealthRecord {
    var record = try HealthRecord(standing: withheld(from: standing), on: day)
    if isLast, let last = episodes.last, last.knownSince <= day {
      // As of the day on which she was known to be pregnant: that of the end is not to be told.
      record.observe(DataElement.endUntold.code, 1, on: last.knownSince, fact: last.id)
    }
    return record
  }

  /// Whether the last pregnancy that had ended by a day was lost.
  private func followsLoss(_ day: CivilDate) -> Bool {
    var last: PregnancyEpisode?
    for episode in episodes {
      guard let ended = episode.endedOn, ended <= day else { continue }
      if let known = last?.endedOn, known > ended { continue }
      last = episode
    }
    return last?.end?.outcome.isEarlyLoss == true
  }

  /// Whether a day lies in a pregnancy that was lost or in the time after it.
  private func isOfLost(_ day: CivilDate) -> Bool {
    lost.contains { episode in
      guard let ended = episode.endedOn, day <= ended + .days(PregnancyEpisode.daysAfterEnd) else {
        return false
      }
      return day >= min(episode.beginning ?? episode.knownSince, episode.knownSince)
    }
  }
}

extension DataElement {
  /// The last pregnancy ended, and the reader may know no more of it. Told by ``LostPregnancies``
  /// alone.
  static let endUntold = DataElement(913, "end_untold", .yesNo)
}

extension Criterion {
  /// A pregnancy ended of which the reader may know no more, and she may need care after it. It is
  /// so for a whole pregnancy and the time after it, counted from when she was known to be pregnant:
  /// neither when it begins nor when it is over tells on which day the pregnancy ended.
  public static let endUntold = DataElement.endUntold.isYesWhereObserved(
    .last(.days(PregnancyEpisode.length + PregnancyEpisode.daysAfterEnd + 1)))
}
