import Health

/// The days between which a service is owed, for telling why it stands as it does.
public struct ServiceWindow: Hashable, Sendable {
  /// From when on it may be given.
  public let opens: CivilDate
  /// From when on it is late.
  public let late: CivilDate
  /// From when on it can no longer be given; nothing where it never closes.
  public let closes: CivilDate?

  init(_ window: Window) { (opens, late, closes) = (window.opens, window.late, window.closes) }
}

extension CareService {
  /// From what its time counts; nothing where no day of the person's own decides it.
  public var anchor: Anchor? {
    switch timing {
    case .once(let anchor, _, _, _), .every(_, _, let anchor), .milestones(let anchor, _, _, _):
      anchor
    case .rounds, .whenever, .afterVisit, .following: nil
    }
  }

  /// Its window; nothing where it has none of its own or nobody knows from what it counts.
  public func window(_ evaluation: Evaluation) -> ServiceWindow? {
    guard case .once(let anchor, let opens, let late, let closes) = timing else { return nil }
    return Window(anchor, opens, late, closes, evaluation).map { ServiceWindow($0) }
  }

  /// What of its evidence was seen on one day and what was lacking then, where it takes several
  /// things on one day and some were not there.
  public func incomplete(
    _ evaluation: Evaluation
  ) -> (on: CivilDate, fact: Identifier, seen: Evidence, lacking: [Evidence])? {
    guard case .together(let parts) = evidence, let first = parts.first,
      let window = window(evaluation)
    else { return nil }
    let last = window.closes.map { CivilDate(dayNumber: $0.dayNumber - 1) } ?? Evaluation.never
    guard
      let given = first.given(
        from: window.opens, through: min(last, evaluation.day), evaluation)
    else { return nil }
    let lacking = parts.dropFirst().filter {
      $0.given(from: given.on, through: given.on, evaluation) == nil
    }
    return lacking.isEmpty ? nil : (given.on, given.fact, first, lacking)
  }

  /// The latest day since another on which its questionnaire was begun, and how many of its
  /// questions were answered on that day; nothing where none was.
  public func begun(
    since: CivilDate, _ evaluation: Evaluation
  ) -> (on: CivilDate, answered: Int, questions: Int)? {
    guard let questions = evidence.wholeQuestionnaire else { return nil }
    let latest = questions.compactMap {
      evaluation.record.latest($0, since: since, through: evaluation.day)?.on
    }
    guard let on = latest.max() else { return nil }
    let answered = questions.filter {
      evaluation.record.latest($0, since: on, through: on) != nil
    }
    return (on, answered.count, questions.count)
  }
}

extension ContactSeries {
  /// The window of one of its visits; nothing where nobody knows from what it counts.
  public func window(of slot: ContactSlot, _ evaluation: Evaluation) -> ServiceWindow? {
    Window(anchor, slot.opens, slot.late, slot.closes, evaluation).map { ServiceWindow($0) }
  }
}
