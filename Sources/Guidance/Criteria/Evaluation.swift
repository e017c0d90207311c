import Health

/// One person on one day, asked by criteria. It notes the next day on which an answer can change
/// although no fact arrives, so that a plan says how long it holds.
public struct Evaluation: Sendable {
  /// The person.
  public let record: HealthRecord
  /// What the district has set.
  public let settings: ClinicalSettings
  /// The day: the record's own, or an earlier one while something is asked as it was then.
  public var day: CivilDate { asked.day }
  /// That day, with what is worked out of it once.
  var asked: AskedDay
  /// The pregnancy in question, for criteria that speak of one.
  public let pregnancy: PregnancyEpisode?
  /// The days from which guidelines count.
  private let anchors: Anchors
  /// The first later day on which some answer that was given can be another one.
  public internal(set) var nextChange: CivilDate

  /// What tables found, so that rules that build on a class do not find it again.
  var foundClasses: [FoundClass] = []
  /// Whether something is asked as it was at a visit, when no change to come is noted.
  var isOfVisit = false

  /// A far day: nothing changes by itself.
  public static let never = CivilDate(dayNumber: Int32(CivilDate.recordable.upperBound))

  /// A person on the record's day.
  public init(_ record: HealthRecord, settings: ClinicalSettings = ClinicalSettings()) {
    self.record = record
    self.settings = settings
    asked = AskedDay(record.day, of: record)
    nextChange = record.nextFact ?? Evaluation.never
    pregnancy = record.pregnancyInQuestion
    anchors = Anchors(of: record, pregnancy)
    foundClasses.reserveCapacity(24)
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
    case .birth: anchors.birth
    case .pregnancy: anchors.pregnancy
    case .pregnancyEnd: anchors.pregnancyEnd
    case .termBirth: anchors.termBirth
    }
  }

  /// What is missing where an anchor is not known.
  static func missing(_ anchor: Anchor) -> Missing {
    anchor == .birth || anchor == .termBirth ? .birthDate : .gestationalAge
  }

  /// Whether she is pregnant on the day.
  public var isPregnant: Bool { anchors.hasPregnancy && anchors.pregnancyEnd == nil }

  /// The answer to a criterion.
  public mutating func answer(_ criterion: Criterion) -> Answer {
    PreparedCriterion(criterion).answer(&self)
  }

  /// The answer to a criterion that was laid out.
  public mutating func answer(_ criterion: PreparedCriterion) -> Answer {
    criterion.answer(&self)
  }

  mutating func after(_ anchor: Anchor, from: Distance, until: Distance?) -> Answer {
    guard let start = self.anchor(anchor) else {
      if anchor == .pregnancyEnd || (anchor == .pregnancy && !anchors.hasPregnancy) { return .no }
      return .unknown(Evaluation.missing(anchor))
    }
    guard hasCome(from, after: start, anchor) else { return .no }
    if let until, hasCome(until, after: start, anchor) { return .no }
    return .yes
  }

  mutating func hasCome(
    _ distance: Distance, after start: CivilDate, _ anchor: Anchor
  ) -> Bool {
    // Whole months of age, the most common question, are counted once; a day is only worked out
    // where it can be the next on which something changes.
    guard anchors.isBirth(anchor), distance.setting == nil, distance.period.days == 0,
      let born = anchors.born
    else { return hasCome(add(distance, to: start, anchor)) }
    let more = distance.period.months - asked.ageInMonths
    if more <= 0 { return true }
    guard day.dayNumber + 28 * (more - 1) < nextChange.dayNumber else { return false }
    return hasCome(born.adding(distance.period.months))
  }

  func add(_ distance: Distance, to start: CivilDate, _ anchor: Anchor) -> CivilDate {
    add(period(distance), to: start, anchor)
  }

  private func period(_ distance: Distance) -> Period {
    distance.setting.map { .days(settings[$0] + distance.period.days) } ?? distance.period
  }

  /// The day that lies so long after an anchor's day.
  func add(_ period: Period, to start: CivilDate, _ anchor: Anchor) -> CivilDate {
    guard period.months != 0, anchors.isBirth(anchor), let born = anchors.born else {
      return start + period
    }
    return CivilDate(dayNumber: born.adding(period.months).dayNumber + period.days)
  }

  /// Whether so many visits were made. The answer changes only by facts, never by days that pass.
  func counted(_ count: ContactCount) -> Answer {
    guard let start = anchor(count.anchor) else {
      if count.anchor == .pregnancyEnd || (count.anchor == .pregnancy && !anchors.hasPregnancy) {
        return .no
      }
      return .unknown(Evaluation.missing(count.anchor))
    }
    let first = start + period(count.from)
    var end = count.until.map { start + period($0) } ?? Evaluation.never
    if count.anchor == .pregnancy, let ended = anchor(.pregnancyEnd) {
      end = min(end, ended + .days(1))
    }
    let visits = visits(for: count.purpose, by: count.performers, showing: count.showing)
    let found = visits.reduce(0) { $1.on >= first && $1.on < end ? $0 + 1 : $0 }
    return found >= Int(count.least) ? .yes : .no
  }

  /// The first day of a scope; nothing where the scope has no beginning that is known.
  private func start(of scope: Scope) -> CivilDate? {
    switch scope {
    case .ever: CivilDate(dayNumber: Int32(CivilDate.recordable.lowerBound))
    case .today: day
    case .thisPregnancy: anchors.pregnancyKnown
    case .sinceBirth: anchor(.pregnancyEnd)
    case .last(let period):
      period.months == 0
        ? CivilDate(dayNumber: day.dayNumber - period.days + 1)
        : CivilDate(dayNumber: asked.months.adding(-period.months).dayNumber - period.days + 1)
    }
  }

  /// The first day whose period is not over: counted back.
  private static func first(ofLast period: Period, on day: CivilDate) -> CivilDate {
    let month = period.months == 0 ? day : day.addingMonths(-Int(period.months))
    return CivilDate(dayNumber: month.dayNumber - period.days + 1)
  }

  /// The latest value within a scope; when it will be too old is noted as a change to come.
  mutating func latest(_ element: DataElement, in scope: Scope) -> Observation? {
    let place = latestPlace(element.code, in: scope)
    return place < 0 ? nil : record.observations[place]
  }

  /// The same, of the element with that code, without where it stands.
  mutating func latestValue(_ element: UInt16, in scope: Scope) -> Int32? {
    let place = latestPlace(element, in: scope)
    return place < 0 ? nil : record.observations[place].value
  }

  /// The day of that value.
  mutating func latestDay(_ element: UInt16, in scope: Scope) -> CivilDate? {
    let place = latestPlace(element, in: scope)
    return place < 0 ? nil : record.observations[place].on
  }

  /// Whether an element was observed so long or longer after another one, or without it.
  mutating func later(
    _ element: UInt16, than other: UInt16, by distance: Distance, in scope: Scope
  ) -> Answer {
    guard let day = latestDay(element, in: scope) else { return .no }
    guard let earlier = latestDay(other, in: scope) else { return .yes }
    return day >= earlier + period(distance) ? .yes : .no
  }

  private mutating func latestPlace(_ element: UInt16, in scope: Scope) -> Int {
    // What was never observed is most often asked for: no scope is worked out for it.
    let place = record.latestPlace(element, through: day)
    guard place >= 0, let start = start(of: scope) else { return -1 }
    let on = record.observations[place].on
    guard on >= start else { return -1 }
    noteLeaving(on, scope)
    return place
  }

  /// Notes the first day on which what was seen on a day is no longer within a scope.
  private mutating func noteLeaving(_ on: CivilDate, _ scope: Scope) {
    switch scope {
    case .today: _ = hasCome(day + .days(1))
    case .last(let period):
      // No month is shorter than 28 days.
      let earliest = CivilDate(dayNumber: on.dayNumber + 28 * period.months + period.days)
      guard earliest < nextChange else { return }
      // The first day on which the scope begins later; months of different length make it differ
      // from the plain sum, so it is looked for from there.
      var leaving = on + period
      while period.months != 0, Evaluation.first(ofLast: period, on: leaving) <= on {
        leaving = leaving + .days(1)
      }
      _ = hasCome(leaving)
    case .ever, .thisPregnancy, .sinceBirth: break
    }
  }

  mutating func any(_ element: UInt16, _ test: Test, in scope: Scope) -> Answer {
    if firstHolding(element, test, in: scope) != nil { return .yes }
    return latestPlace(element, in: scope) < 0 ? .unknown(.element(element)) : .no
  }

  /// The latest observation within a scope that a comparison holds for.
  mutating func firstHolding(
    _ element: DataElement, _ comparison: Comparison, in scope: Scope
  ) -> Observation? {
    firstHolding(element.code, Test(comparison), in: scope)
  }

  private mutating func firstHolding(
    _ element: UInt16, _ test: Test, in scope: Scope
  ) -> Observation? {
    var place = latestPlace(element, in: scope)
    guard place >= 0, let start = start(of: scope) else { return nil }
    while place >= 0, record.observations[place].on >= start {
      let observation = record.observations[place]
      if holds(observation.value, test) {
        noteLeaving(observation.on, scope)
        return observation
      }
      place = Int(observation.earlier)
    }
    return nil
  }

  /// How a value stands to a comparison.
  func compare(_ value: Int32, _ comparison: Comparison) -> Answer {
    holds(value, Test(comparison)) ? .yes : .no
  }

  /// Whether a value passes a test.
  func holds(_ value: Int32, _ test: Test) -> Bool {
    let figure = test.setting.map { settings[$0] } ?? test.figure
    return switch test.kind {
    case .isYes: value == 1
    case .below: value < figure
    case .atLeast: value >= figure
    case .oneOf: value >= 0 && value < 32 && UInt32(bitPattern: figure) & 1 << UInt32(value) != 0
    case .known: true
    }
  }

  /// A span in days and months.
  func period(_ span: Span) -> Period {
    switch span {
    case .fixed(let period): period
    case .setting(let setting, let plus): .days(settings[setting] + plus)
    }
  }
}

/// A day on which somebody is asked about.
struct AskedDay {
  let day: CivilDate
  /// The day, ready for taking months from it.
  let months: MonthCount
  /// Completed months of age; where nobody knows the birth, 0.
  let ageInMonths: Int32

  init(_ day: CivilDate, of record: HealthRecord) {
    self.day = day
    months = MonthCount(day)
    ageInMonths = record.birthDate.map { day.completedMonths(since: $0).count } ?? 0
  }
}

/// The days from which guidelines count, worked out once for a person.
private struct Anchors {
  let birth: CivilDate?
  let termBirth: CivilDate?
  let hasPregnancy: Bool
  let pregnancy: CivilDate?
  let pregnancyEnd: CivilDate?
  /// The beginning of the pregnancy; where nobody knows it, when the pregnancy began to be known.
  let pregnancyKnown: CivilDate?
  /// The birth, ready for adding months.
  let born: MonthCount?

  init(of record: HealthRecord, _ episode: PregnancyEpisode?) {
    birth = record.birthDate
    termBirth = record.termBirthDate
    hasPregnancy = episode != nil
    pregnancy = episode?.beginning
    pregnancyEnd = episode?.endedOn
    pregnancyKnown = pregnancy ?? episode?.knownSince
    born = birth.map { MonthCount($0) }
  }

  /// Whether an anchor is the day of birth, as it is for most also where the term is meant.
  func isBirth(_ anchor: Anchor) -> Bool {
    anchor == .birth || (anchor == .termBirth && termBirth == birth)
  }
}
