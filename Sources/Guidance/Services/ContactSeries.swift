import Health

/// One of the visits that a guideline counts: the third of pregnancy, the second of a newborn.
public struct ContactSlot: Sendable {
  /// Its number among the services.
  public let number: UInt16
  /// The name in catalogues.
  public let name: StaticString
  /// From when after the anchor it may be made.
  public let opens: Span
  /// From when it is late.
  public let late: Span
  /// From when it can no longer be made; nothing where the anchor's own end closes it.
  public let closes: Span?

  /// A visit of a series.
  public init(
    _ number: UInt16, _ name: StaticString, opens: Span, late: Span, closes: Span? = nil
  ) {
    self.number = number
    self.name = name
    self.opens = opens
    self.late = late
    self.closes = closes
  }
}

/// How far apart visits are made until a time after the anchor.
public struct ContactDistance: Sendable {
  /// For visits made before so long after the anchor; for all later ones where nothing is said.
  public let until: Span?
  /// The next one is made so long after.
  public let apart: Span

  /// A distance between visits.
  public init(until: Span?, apart: Span) {
    self.until = until
    self.apart = apart
  }
}

/// Visits that are counted one after the other, each within its own window. A visit counts once: for
/// the first place in the series that is free and open on its day.
public struct ContactSeries: Sendable {
  /// Where the series stands.
  public let source: Source
  /// To whom it is owed.
  public let applies: Criterion
  let prepared: PreparedCriterion
  /// From what it counts.
  public let anchor: Anchor
  /// Which visits count.
  public let purpose: CarePurpose
  /// Whose visits count.
  public let performers: Performers
  /// Only visits on whose day this was observed to be yes count.
  public let showing: DataElement?
  /// How far apart they are made, by when the one before was made; none where only the windows say.
  public let distances: [ContactDistance]
  /// The visits.
  public let slots: [ContactSlot]

  /// A series of visits.
  public init(
    source: Source, for applies: Criterion, after anchor: Anchor, counting purpose: CarePurpose,
    by performers: Performers, showing element: DataElement? = nil,
    distances: [ContactDistance] = [], _ slots: [ContactSlot]
  ) {
    self.source = source
    showing = element
    self.distances = distances
    self.applies = applies
    prepared = PreparedCriterion(applies)
    self.anchor = anchor
    self.purpose = purpose
    self.performers = performers
    self.slots = slots
  }

  /// How each visit stands with the person, told one after the other.
  public func statuses(
    _ evaluation: inout Evaluation, _ tell: (ContactSlot, ServiceStatus) -> Void
  ) {
    var common: ServiceStatus?
    switch evaluation.answer(prepared) {
    case .no: common = .notApplicable
    case .unknown(let missing): common = .unknown(missing)
    case .yes: break
    }
    var windows: [Window] = []
    if common == nil {
      for slot in slots {
        guard let window = Window(anchor, slot.opens, slot.late, slot.closes, evaluation) else {
          common = .unknown(Evaluation.missing(anchor))
          break
        }
        windows.append(window)
      }
    }
    if let common {
      for slot in slots { tell(slot, common) }
      return
    }
    let visits = visits(evaluation)
    let made = allocate(visits, to: windows)
    let turns = inTurn(windows, made, after: visits, evaluation)
    // Until the one that is owed is made, the days of those behind it move on with each day.
    if turns.moves { _ = evaluation.hasCome(evaluation.day + .days(1)) }
    for (place, slot) in slots.enumerated() {
      tell(slot, turns.windows[place].status(given: made[place], of: slot.number, &evaluation))
    }
  }

  /// The window of one of its visits, as far apart from the one before as it is to be where it was
  /// not made; nothing where nobody knows from what it counts.
  public func window(of slot: ContactSlot, _ evaluation: Evaluation) -> ServiceWindow? {
    var windows: [Window] = []
    for slot in slots {
      guard let window = Window(anchor, slot.opens, slot.late, slot.closes, evaluation) else {
        return nil
      }
      windows.append(window)
    }
    guard let place = slots.firstIndex(where: { $0.number == slot.number }) else { return nil }
    let visits = visits(evaluation)
    let made = allocate(visits, to: windows)
    return ServiceWindow(inTurn(windows, made, after: visits, evaluation).windows[place])
  }

  /// The windows of visits that are some distance apart, so that one is owed at a time: what was not
  /// made begins so long after the latest visit, or after the visit that comes before it, which is
  /// made today at the earliest. A visit that was refused, or that can no longer be made, is waited
  /// for by none.
  ///
  /// - Returns: the windows, and whether any of them waits for a visit that is owed today.
  private func inTurn(
    _ windows: [Window], _ made: [(on: CivilDate, fact: Identifier)?], after visits: [Contact],
    _ evaluation: Evaluation
  ) -> (windows: [Window], moves: Bool) {
    var turns = windows
    var moves = false
    guard !distances.isEmpty else { return (windows, false) }
    var last = latest(of: visits, evaluation)
    var isOwed = false
    for place in windows.indices where made[place] == nil {
      if let last, let next = following(last, evaluation) {
        turns[place] = windows[place].beginning(notBefore: next, after: last)
      }
      let window = turns[place]
      let day = max(window.opens, evaluation.day)
      if window.closes.map({ $0 > day }) ?? true {
        moves = moves || isOwed
        guard evaluation.refusal(of: slots[place].number, since: window.opens) == nil else {
          continue
        }
        isOwed = isOwed || window.opens <= evaluation.day
        last = day
      }
    }
    return (turns, moves)
  }

  /// The day from which the visit after the latest one is made; nothing where none was made, or where
  /// no distance or no anchor is known. Whether the series has a place left changes nothing.
  public func next(_ evaluation: Evaluation) -> CivilDate? {
    latest(of: visits(evaluation), evaluation).flatMap { following($0, evaluation) }
  }

  /// The day on which the visit after one is made; nothing where no distance or no anchor is known.
  private func following(_ last: CivilDate, _ evaluation: Evaluation) -> CivilDate? {
    guard let start = evaluation.anchor(anchor) else { return nil }
    let distance = distances.first { distance in
      distance.until.map { last < evaluation.add(Distance($0), to: start, anchor) } ?? true
    }
    return distance.map { last + evaluation.period($0.apart) }
  }

  /// The day of the latest of the visits that is after the anchor.
  private func latest(of visits: [Contact], _ evaluation: Evaluation) -> CivilDate? {
    guard let start = evaluation.anchor(anchor) else { return nil }
    return visits.last { $0.on >= start }?.on
  }

  /// The visits that count.
  private func visits(_ evaluation: Evaluation) -> [Contact] {
    evaluation.visits(for: purpose, by: performers, showing: showing)
  }

  /// Which visit was made at which place of the series.
  private func allocate(
    _ visits: [Contact], to windows: [Window]
  ) -> [(on: CivilDate, fact: Identifier)?] {
    var made = [(on: CivilDate, fact: Identifier)?](repeating: nil, count: windows.count)
    for contact in visits {
      let place = windows.indices.first {
        made[$0] == nil && windows[$0].opens <= contact.on && contact.on <= windows[$0].last
      }
      if let place { made[place] = (contact.on, contact.fact) }
    }
    return made
  }
}
