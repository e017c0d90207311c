import Health

/// One person on one day, asked by criteria. It notes the next day on which an answer can change
/// although no fact arrives, so that a plan says how long it holds.
public struct Evaluation: Sendable {
  /// The person.
  public let record: HealthRecord
  /// What the district has set.
  public let settings: ClinicalSettings
  /// The day: the record's own, or an earlier one while something is asked as it was then.
  public internal(set) var day: CivilDate
  /// The pregnancy in question, for criteria that speak of one.
  public var pregnancy: PregnancyEpisode?
  /// The first later day on which some answer that was given can be another one.
  public internal(set) var nextChange: CivilDate

  /// What tables found as of a visit, so that rules that build on a class do not find it again.
  var foundClasses: [FoundClass] = []

  /// A far day: nothing changes by itself.
  public static let never = CivilDate(dayNumber: Int32(CivilDate.recordable.upperBound))

  /// A person on the record's day. The pregnancy in question is the latest one.
  public init(_ record: HealthRecord, settings: ClinicalSettings = ClinicalSettings()) {
    self.record = record
    self.settings = settings
    day = record.day
    nextChange = record.nextFact ?? Evaluation.never
    pregnancy = record.pregnancies.last
  }

  /// Whether a day has come, which is noted as a change to come where it has not.
  public mutating func hasCome(_ date: CivilDate) -> Bool {
    if date <= day { return true }
    if date < nextChange { nextChange = date }
    return false
  }

  /// The day from which an anchor counts; nothing where nobody knows, or there is none.
  public func anchor(_ anchor: Anchor) -> CivilDate? {
    switch anchor {
    case .birth: record.birthDate
    case .pregnancy: pregnancy?.beginning
    case .pregnancyEnd: pregnancy?.endedOn
    case .termBirth: record.termBirthDate
    }
  }

  /// What is missing where an anchor is not known.
  static func missing(_ anchor: Anchor) -> Missing {
    anchor == .birth || anchor == .termBirth ? .birthDate : .gestationalAge
  }

  /// Whether she is pregnant on the day.
  public var isPregnant: Bool { pregnancy.map { $0.endedOn == nil } ?? false }

  /// The answer to a criterion.
  public mutating func answer(_ criterion: Criterion) -> Answer {
    switch criterion {
    case .always: return .yes
    case .sex(let sex):
      guard let known = record.sex else { return .unknown(.sex) }
      return known == sex ? .yes : .no
    case .after(let anchor, let from, let until):
      return after(anchor, from: from, until: until)
    case .pregnant: return isPregnant ? .yes : .no
    case .afterBirth:
      guard let ended = anchor(.pregnancyEnd) else { return .no }
      return hasCome(ended + .days(PregnancyEpisode.daysAfterEnd + 1)) ? .no : .yes
    case .latest(let element, let comparison, let scope):
      guard let observation = latest(element, in: scope) else {
        return .unknown(.element(element.code))
      }
      return compare(observation.value, comparison)
    case .any(let element, let comparison, let scope):
      return any(element, comparison, in: scope)
    case .whereObserved(let element, let comparison, let scope):
      guard let observation = latest(element, in: scope) else { return .no }
      return compare(observation.value, comparison)
    case .inClass(let table, let rows): return isClass(of: table, among: rows)
    case .score(let instrument, let comparison): return score(of: instrument, comparison)
    case .pregnancyFigure(let figure, let comparison):
      guard let value = value(of: figure) else { return .unknown(.element(figure.element.code)) }
      return compare(value, comparison)
    case .all(let parts):
      var answer = Answer.yes
      for part in parts {
        answer = answer && self.answer(part)
        if answer == .no { return .no }
      }
      return answer
    case .one(let parts):
      var answer = Answer.no
      for part in parts {
        answer = answer || self.answer(part)
        if answer == .yes { return .yes }
      }
      return answer
    case .atLeast(let least, let parts): return atLeast(least, parts)
    case .not(let part): return !answer(part)
    case .setting(let setting): return settings[setting] == 0 ? .no : .yes
    case .contacts(let count): return counted(count)
    }
  }

  private mutating func after(_ anchor: Anchor, from: Span, until: Span?) -> Answer {
    guard let start = self.anchor(anchor) else {
      if anchor == .pregnancyEnd || (anchor == .pregnancy && pregnancy == nil) { return .no }
      return .unknown(Evaluation.missing(anchor))
    }
    guard hasCome(start + period(from)) else { return .no }
    if let until, hasCome(start + period(until)) { return .no }
    return .yes
  }

  private mutating func atLeast(_ least: Int32, _ parts: [Criterion]) -> Answer {
    var (certain, possible): (Int32, Int32) = (0, 0)
    var missing: Missing?
    for part in parts {
      switch answer(part) {
      case .yes: certain += 1
      case .no: continue
      case .unknown(let what):
        possible += 1
        missing = missing ?? what
      }
    }
    if certain >= least { return .yes }
    guard let missing, certain + possible >= least else { return .no }
    return .unknown(missing)
  }

  /// Whether so many visits were made. The answer changes only by facts, never by days that pass.
  private func counted(_ count: ContactCount) -> Answer {
    guard let start = anchor(count.anchor) else {
      if count.anchor == .pregnancyEnd || (count.anchor == .pregnancy && pregnancy == nil) {
        return .no
      }
      return .unknown(Evaluation.missing(count.anchor))
    }
    let first = start + period(count.from)
    var end = count.until.map { start + period($0) } ?? Evaluation.never
    if count.anchor == .pregnancy, let ended = anchor(.pregnancyEnd) {
      end = min(end, ended + .days(1))
    }
    var (found, last): (Int32, CivilDate?) = (0, nil)
    for contact in record.contacts
    where contact.on >= first && contact.on < end && contact.on <= day && contact.on != last
      && !contact.purposes.isDisjoint(with: count.purpose)
      && count.performers.holds(contact.performer)
    {
      (found, last) = (found + 1, contact.on)
    }
    return found >= count.least ? .yes : .no
  }

  /// The first day of a scope; nothing where the scope has no beginning that is known.
  private func start(of scope: Scope) -> CivilDate? {
    switch scope {
    case .ever: CivilDate(dayNumber: Int32(CivilDate.recordable.lowerBound))
    case .today: day
    case .thisPregnancy: pregnancy.map { $0.beginning ?? $0.knownSince }
    case .sinceBirth: anchor(.pregnancyEnd)
    case .last(let period):
      // Counted back: the first day whose period is not over.
      CivilDate(dayNumber: day.addingMonths(-Int(period.months)).dayNumber - period.days + 1)
    }
  }

  /// The latest value within a scope; when it will be too old is noted as a change to come.
  mutating func latest(_ element: DataElement, in scope: Scope) -> Observation? {
    guard let start = start(of: scope),
      let found = record.latest(element, since: start, through: day < record.day ? day : nil)
    else { return nil }
    noteLeaving(found, scope)
    return found
  }

  private mutating func noteLeaving(_ observation: Observation, _ scope: Scope) {
    switch scope {
    case .today: _ = hasCome(day + .days(1))
    case .last(let period):
      // The first day on which the scope begins later; months of different length make it differ
      // from the plain sum, so it is looked for from there.
      var leaving = observation.on + period
      while self.start(of: scope, on: leaving) <= observation.on { leaving = leaving + .days(1) }
      _ = hasCome(leaving)
    case .ever, .thisPregnancy, .sinceBirth: break
    }
  }

  private func start(of scope: Scope, on day: CivilDate) -> CivilDate {
    guard case .last(let period) = scope else { return day }
    return CivilDate(
      dayNumber: day.addingMonths(-Int(period.months)).dayNumber - period.days + 1)
  }

  private mutating func any(
    _ element: DataElement, _ comparison: Comparison, in scope: Scope
  ) -> Answer {
    if firstHolding(element, comparison, in: scope) != nil { return .yes }
    return latest(element, in: scope) == nil ? .unknown(.element(element.code)) : .no
  }

  /// The latest observation within a scope that a comparison holds for.
  mutating func firstHolding(
    _ element: DataElement, _ comparison: Comparison, in scope: Scope
  ) -> Observation? {
    guard let start = start(of: scope) else { return nil }
    var next = latest(element, in: scope)
    while let observation = next, observation.on >= start {
      if compare(observation.value, comparison) == .yes {
        noteLeaving(observation, scope)
        return observation
      }
      next = record.before(observation)
    }
    return nil
  }

  /// How a value stands to a comparison.
  func compare(_ value: Int32, _ comparison: Comparison) -> Answer {
    switch comparison {
    case .isYes: value == 1 ? .yes : .no
    case .below(let threshold): value < figure(threshold) ? .yes : .no
    case .atLeast(let threshold): value >= figure(threshold) ? .yes : .no
    case .oneOf(let choices):
      value >= 0 && value < 32 && choices & 1 << UInt32(value) != 0 ? .yes : .no
    case .known: .yes
    }
  }

  /// A span in days and months.
  func period(_ span: Span) -> Period {
    switch span {
    case .fixed(let period): period
    case .setting(let setting, let plus): .days(settings[setting] + plus)
    }
  }

  private func figure(_ threshold: Threshold) -> Int32 {
    switch threshold {
    case .fixed(let amount): amount.value
    case .setting(let setting): settings[setting]
    }
  }

  /// A figure of the pregnancy in question.
  func value(of figure: PregnancyFigure) -> Int32? {
    guard let pregnancy else { return nil }
    switch figure {
    case .gravida: return pregnancy.told.gravida
    case .para: return pregnancy.told.para
    case .losses: return pregnancy.told.losses
    case .livingChildren: return pregnancy.told.livingChildren
    case .fetuses: return pregnancy.told.fetuses
    case .monthsSinceLastPregnancy:
      guard let last = pregnancy.told.lastPregnancyEnded ?? endBefore(pregnancy),
        let beginning = pregnancy.beginning
      else { return nil }
      return beginning.completedMonths(since: last).count
    case .ageAtBeginning:
      guard let birth = record.birthDate, let beginning = pregnancy.beginning else { return nil }
      return beginning.completedYears(since: birth).count
    case .outcome: return pregnancy.end.map { Int32($0.outcome.rawValue) }
    case .bornAlive: return pregnancy.end?.bornAlive
    case .birthMode: return pregnancy.end?.mode.map { Int32($0.rawValue) }
    case .gestationAtEnd:
      if let told = pregnancy.end?.gestation { return told }
      guard let ended = pregnancy.endedOn, let beginning = pregnancy.beginning else { return nil }
      return (ended - beginning).count
    }
  }

  private func endBefore(_ pregnancy: PregnancyEpisode) -> CivilDate? {
    record.pregnancies.last { $0.id != pregnancy.id && $0.knownSince < pregnancy.knownSince }?
      .endedOn
  }
}

extension PregnancyFigure {
  /// The element that forms ask for it by; its code stands for it where it is missing.
  public var element: DataElement {
    switch self {
    case .gravida: DataElement(21, "gravida", .quantity(.count, 1...25))
    case .para: DataElement(22, "para", .quantity(.count, 0...25))
    case .losses: DataElement(23, "losses", .quantity(.count, 0...25))
    case .livingChildren: DataElement(24, "living_children", .quantity(.count, 0...25))
    case .monthsSinceLastPregnancy:
      DataElement(25, "last_pregnancy_ended", .day)
    case .fetuses: DataElement(26, "fetuses", .quantity(.count, 1...8))
    case .ageAtBeginning: DataElement(27, "age_at_beginning", .quantity(.years, 8...60))
    case .outcome: DataElement(196, "pregnancy_outcome", .choice(5))
    case .bornAlive: DataElement(197, "born_alive", .quantity(.count, 0...8))
    case .birthMode: DataElement(198, "birth_mode", .choice(3))
    case .gestationAtEnd: DataElement(199, "gestation_at_end", .quantity(.days, 14...315))
    }
  }
}
