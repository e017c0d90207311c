import Health

extension CareService {
  /// How it stands with the person.
  public func status(_ evaluation: inout Evaluation) -> ServiceStatus {
    if case .afterVisit = timing { return afterVisit(&evaluation) }
    return status(whereItApplies: evaluation.answer(prepared), &evaluation)
  }

  /// How it stands, where it is known whether it applies; what is owed after a visit looks for
  /// itself.
  func status(whereItApplies answer: Answer, _ evaluation: inout Evaluation) -> ServiceStatus {
    switch answer {
    case .no: return .notApplicable
    case .unknown(let missing): return .unknown(missing)
    case .yes: break
    }
    switch timing {
    case .once(let anchor, let opens, let late, let closes):
      guard let window = Window(anchor, opens, late, closes, evaluation) else {
        return .unknown(Evaluation.missing(anchor))
      }
      let given = evidence.given(
        from: window.opens, through: min(window.last, evaluation.day), evaluation)
      return window.status(given: given, of: number, &evaluation)
    case .every(let period, let first, let anchor):
      return every(
        evaluation.period(period), first == .none ? nil : evaluation.period(first), after: anchor,
        &evaluation)
    case .rounds(let months): return round(in: months, &evaluation)
    case .whenever(let late): return whenever(late: evaluation.period(late), &evaluation)
    case .afterVisit: return afterVisit(&evaluation)
    case .milestones(let anchor, let ages, let late, let ends):
      return milestone(of: ages, until: ends, late: late, after: anchor, &evaluation)
    case .following(let element, let comparison, let opens, let late, let closes):
      guard let found = evaluation.firstHolding(element, comparison, in: .ever) else {
        return .notApplicable
      }
      let window = Window(
        opens: found.on + evaluation.period(opens), late: found.on + evaluation.period(late),
        closes: closes.map { found.on + evaluation.period($0) })
      let given = evidence.given(
        from: opens == .none ? found.on : found.on + .days(1),
        through: min(window.last, evaluation.day), evaluation)
      return window.status(given: given, of: number, &evaluation)
    }
  }

  /// How the latest milestone stands that has come.
  private func milestone(
    of ages: [Span], until ends: Span, late: Span, after anchor: Anchor,
    _ evaluation: inout Evaluation
  ) -> ServiceStatus {
    guard let start = evaluation.anchor(anchor) else {
      return .unknown(Evaluation.missing(anchor))
    }
    var closes = evaluation.add(Distance(ends), to: start, anchor)
    var come = 0
    while come < ages.count, evaluation.hasCome(Distance(ages[come]), after: start, anchor) {
      come += 1
    }
    var next: CivilDate?
    if come < ages.count { next = evaluation.add(Distance(ages[come]), to: start, anchor) }
    if let next { closes = min(closes, next) }
    guard come > 0 else { return .upcoming(from: next ?? closes) }
    let opens = evaluation.add(Distance(ages[come - 1]), to: start, anchor)
    let window = Window(opens: opens, late: opens + evaluation.period(late), closes: closes)
    let given = evidence.given(
      from: opens, through: min(window.last, evaluation.day), evaluation)
    return window.status(given: given, of: number, &evaluation)
  }

  private func every(
    _ period: Period, _ first: Period?, after anchor: Anchor, _ evaluation: inout Evaluation
  ) -> ServiceStatus {
    guard let start = evaluation.anchor(anchor) else {
      return .unknown(Evaluation.missing(anchor))
    }
    let begins = first.map { start + $0 } ?? found(since: start, &evaluation)
    guard evaluation.hasCome(begins) else { return .upcoming(from: begins) }
    var since = begins
    if let given = evidence.given(from: begins, through: evaluation.day, evaluation) {
      since = given.on + period
      guard evaluation.hasCome(since) else { return .done(on: given.on, fact: given.fact) }
    }
    return evaluation.refusal(of: number, since: since)
      ?? evaluation.owed(since: since, late: since + period)
  }

  /// The first visit since a day as of which the service applies, at that visit and at all after it;
  /// the day itself where it applied at no visit.
  private func found(since start: CivilDate, _ evaluation: inout Evaluation) -> CivilDate {
    var found = start
    var end = evaluation.day + .days(1)
    // What tables found at these visits nobody asks for again; kept, it would have to be passed by.
    let classes = evaluation.foundClasses.count
    while let visit = evaluation.record.contacts.last(where: { $0.on < end })?.on, visit >= start,
      evaluation.asOf(visit, { $0.answer(prepared) }) == .yes
    {
      (found, end) = (visit, visit)
      evaluation.foundClasses.removeSubrange(classes...)
    }
    return found
  }

  /// The next day from which it is owed once more, or for the first time: the first of the next of
  /// its months, or the day on which it begins to apply where that lies in such a month in which it
  /// was not given yet. Nothing where its time is no round of months, or where it will not apply
  /// then.
  public func nextRound(_ evaluation: Evaluation) -> CivilDate? {
    guard case .rounds(let months) = timing else { return nil }
    let begins = beginning(evaluation) ?? evaluation.day
    let isGiven =
      evidence.given(from: begins.month.firstDay, through: evaluation.day, evaluation) != nil
    if begins > evaluation.day, CareService.isRound(begins.month, of: months), !isGiven {
      return begins
    }
    let next = CareService.round(of: months, after: begins.month).firstDay
    var then = evaluation
    return then.asOf(next, { $0.answer(prepared) }) == .yes ? next : nil
  }

  /// The day from which it is owed at an age that is still so far off that it does not apply yet;
  /// nothing where it applies already, or where it is not owed once at an age.
  public func nextAge(_ evaluation: Evaluation) -> CivilDate? {
    guard case .once(let anchor, let opens, _, _) = timing,
      anchor == .birth || anchor == .termBirth, beginning(evaluation) != nil,
      let start = evaluation.anchor(anchor)
    else { return nil }
    return evaluation.add(Distance(opens), to: start, anchor)
  }

  /// The day on which it begins to apply by time alone; nothing where it applies already, or where
  /// nobody can tell.
  private func beginning(_ evaluation: Evaluation) -> CivilDate? {
    var asked = evaluation
    asked.nextChange = Evaluation.never
    guard asked.answer(prepared) == .no, asked.nextChange < Evaluation.never else { return nil }
    let change = asked.nextChange
    return asked.asOf(change, { $0.answer(prepared) }) == .yes ? change : nil
  }

  private static func isRound(_ month: CivilMonth, of months: UInt16) -> Bool {
    months & 1 << UInt16(month.ordinal) != 0
  }

  private static func round(of months: UInt16, after month: CivilMonth) -> CivilMonth {
    var month = month
    repeat { month = month.advanced(by: 1) } while !isRound(month, of: months)
    return month
  }

  private func round(in months: UInt16, _ evaluation: inout Evaluation) -> ServiceStatus {
    let month = evaluation.day.month
    if !CareService.isRound(month, of: months) {
      let next = CareService.round(of: months, after: month).firstDay
      _ = evaluation.hasCome(next)
      return .upcoming(from: next)
    }
    let after = month.lastDay + .days(1)
    _ = evaluation.hasCome(after)
    if let given = evidence.given(from: month.firstDay, through: evaluation.day, evaluation) {
      return .done(on: given.on, fact: given.fact)
    }
    return evaluation.refusal(of: number, since: month.firstDay)
      ?? .due(since: month.firstDay, late: after)
  }

  private func whenever(late: Period, _ evaluation: inout Evaluation) -> ServiceStatus {
    guard let start = evaluation.beginning else { return .unknown(.birthDate) }
    if let given = evidence.given(from: start.from, through: evaluation.day, evaluation) {
      return .done(on: given.on, fact: given.fact)
    }
    // What is owed in pregnancy is of use before the birth: late on the day it is expected, or at
    // once where that is over.
    var limit = start.known + late
    if evaluation.isPregnant, let expected = evaluation.pregnancy?.expectedBirth {
      limit = min(limit, max(start.known, expected))
    }
    return evaluation.refusal(of: number, since: start.from)
      ?? evaluation.owed(since: start.known, late: limit)
  }
}

/// The days on which a service may be given once.
struct Window {
  let opens: CivilDate
  let late: CivilDate
  /// The first day on which it can no longer be given; nothing where it never closes.
  let closes: CivilDate?

  /// The last day on which it may be given.
  var last: CivilDate {
    closes.map { CivilDate(dayNumber: $0.dayNumber - 1) } ?? Evaluation.never
  }

  /// A window between days that are known.
  init(opens: CivilDate, late: CivilDate, closes: CivilDate?) {
    (self.opens, self.late, self.closes) = (opens, late, closes)
  }

  /// A window after an anchor; nothing where nobody knows the anchor. What belongs to a pregnancy
  /// can no longer be given when it has ended.
  init?(
    _ anchor: Anchor, _ opens: Span, _ late: Span, _ closes: Span?, _ evaluation: Evaluation
  ) {
    guard let start = evaluation.anchor(anchor) else { return nil }
    self.opens = evaluation.add(Distance(opens), to: start, anchor)
    self.late = evaluation.add(Distance(late), to: start, anchor)
    var closing: CivilDate?
    if let closes { closing = evaluation.add(Distance(closes), to: start, anchor) }
    if anchor == .pregnancy, let ended = evaluation.anchor(.pregnancyEnd) {
      closing = min(closing ?? Evaluation.never, ended + .days(1))
    }
    self.closes = closing
  }

  /// The same window for a visit that is not to be made before a day. What the guideline still
  /// counts is not taken away by that: the last week of the window stays, from a week after the
  /// latest visit on (own reading: no visit is asked sooner). It is not late within a week of its own
  /// beginning. Where not even that leaves room, it closes before that last week, with the day after
  /// which no visit could leave any.
  func beginning(notBefore day: CivilDate, after last: CivilDate) -> Window {
    guard day > opens else { return self }
    var first = day
    if let closes {
      let lastWeek = CivilDate(dayNumber: closes.dayNumber - 7)
      first = max(min(day, lastWeek), opens, last + .days(7))
      if first >= closes {
        let over = min(closes, max(opens, lastWeek + .days(1)))
        return Window(opens: over, late: over, closes: over)
      }
    }
    return Window(opens: first, late: max(late, first + .days(7)), closes: closes)
  }

  /// How the service stands of which is known when it was given.
  func status(
    given: (on: CivilDate, fact: Identifier)?, of service: UInt16, _ evaluation: inout Evaluation
  ) -> ServiceStatus {
    if let given { return .done(on: given.on, fact: given.fact) }
    if let closes, closes <= opens {
      // It never opens, and is missed once the day before its end has come.
      return evaluation.hasCome(last) ? .missed(since: last) : .upcoming(from: opens)
    }
    if let closes, evaluation.hasCome(closes) { return .missed(since: closes) }
    guard evaluation.hasCome(opens) else { return .upcoming(from: opens) }
    return evaluation.refusal(of: service, since: opens)
      ?? evaluation.owed(since: opens, late: late)
  }
}

extension Evaluation {
  /// From when on what belongs to the present state may have been given, and since when that state
  /// is known: the pregnancy, the time after it, or all of life.
  var beginning: (from: CivilDate, known: CivilDate)? {
    if isPregnant, let pregnancy {
      let from = pregnancy.beginning ?? pregnancy.knownSince
      return (min(from, pregnancy.knownSince), max(from, pregnancy.knownSince))
    }
    if let ended = anchor(.pregnancyEnd), day <= ended + .days(PregnancyEpisode.daysAfterEnd) {
      return (ended, ended)
    }
    return record.birthDate.map { ($0, $0) }
  }

  /// The service was owed since a day.
  mutating func owed(since: CivilDate, late: CivilDate) -> ServiceStatus {
    hasCome(late) ? .overdue(since: since, late: late) : .due(since: since, late: late)
  }

  /// The latest refusal of a service since a day.
  func refusal(of service: UInt16, since: CivilDate) -> ServiceStatus? {
    guard
      let refusal = record.refusals.last(where: {
        $0.service == service && $0.on >= since
      })
    else { return nil }
    return .refused(on: refusal.on, fact: refusal.fact)
  }
}

extension Evidence {
  /// The latest time that it was given between two days.
  func given(
    from: CivilDate, through: CivilDate, _ evaluation: Evaluation
  ) -> (on: CivilDate, fact: Identifier)? {
    guard from <= through else { return nil }
    switch self {
    case .contact(let purpose, let performers):
      let found = evaluation.record.contacts.last {
        $0.on >= from && $0.on <= through && !$0.purposes.isDisjoint(with: purpose)
          && performers.holds($0.performer)
      }
      return found.map { ($0.on, $0.fact) }
    case .observed(let element):
      return evaluation.record.latest(element, since: from, through: through).map {
        ($0.on, $0.fact)
      }
    case .yes(let element):
      return Evidence.value(element, .isYes).given(from: from, through: through, evaluation)
    case .value(let element, let comparison):
      var observation = evaluation.record.latest(element, since: from, through: through)
      while let found = observation, found.on >= from {
        if evaluation.compare(found.value, comparison) == .yes { return (found.on, found.fact) }
        observation = evaluation.record.before(found)
      }
      return nil
    case .one(let parts):
      var latest: (on: CivilDate, fact: Identifier)?
      for part in parts {
        if let given = part.given(from: from, through: through, evaluation),
          latest.map({ $0.on < given.on }) ?? true
        {
          latest = given
        }
      }
      return latest
    case .together(let parts):
      guard let first = parts.first else { return nil }
      var last = through
      while let given = first.given(from: from, through: last, evaluation) {
        let others = parts.dropFirst().allSatisfy {
          $0.given(from: given.on, through: given.on, evaluation) != nil
        }
        if others { return given }
        last = CivilDate(dayNumber: given.on.dayNumber - 1)
      }
      return nil
    }
  }
}

extension Performers {
  /// Whether a performer is among them; one who was not written down is only among anybody.
  func holds(_ performer: CarePerformer?) -> Bool {
    guard let performer else { return self == .anybody }
    return contains(Performers(performer))
  }
}
