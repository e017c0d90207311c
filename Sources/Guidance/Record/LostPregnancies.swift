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
public struct LostPregnancies: Sendable {
  private var episodes: [PregnancyEpisode] = []
  private var lost: [PregnancyEpisode] = []
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
    if lost.isEmpty { return }
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
      let episode = try PregnancyBody(body).episode ?? id
      return lost.contains { $0.id == episode }
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
