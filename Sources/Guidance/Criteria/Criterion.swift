import Health

/// How a value stands to a threshold.
public enum Comparison: Hashable, Sendable {
  /// Yes, where the element is asked as yes or no.
  case isYes
  /// Less than.
  case below(Threshold)
  /// That or more.
  case atLeast(Threshold)
  /// One of the choices, one bit for each, the first being bit 1.
  case oneOf(UInt32)
  /// Whatever it is: it was observed.
  case known
}

/// A threshold: a figure of the guideline, or one that a district may set.
public enum Threshold: Hashable, Sendable {
  /// A figure of the guideline.
  case fixed(Amount)
  /// A setting, by its number.
  case setting(ClinicalSetting)
}

/// In which observations a rule looks.
public enum Scope: Hashable, Sendable {
  /// All of life.
  case ever
  /// Those of the last so long, the day itself among them.
  case last(Period)
  /// Those since the pregnancy in question began.
  case thisPregnancy
  /// Those since the pregnancy in question ended.
  case sinceBirth
  /// Those of the day itself.
  case today
}

/// A span of the calendar as a rule writes it: a figure of the guideline, or a number of days that a
/// district may set.
public enum Span: Hashable, Sendable {
  /// A figure of the guideline.
  case fixed(Period)
  /// So many days as a setting says, and so many more.
  case setting(ClinicalSetting, plus: Int32)

  /// No time at all.
  public static let none = Span.fixed(.none)
  /// So many days.
  public static func days(_ count: Int32) -> Span { .fixed(.days(count)) }
  /// So many weeks of seven days.
  public static func weeks(_ count: Int32) -> Span { .fixed(.weeks(count)) }
  /// So many calendar months.
  public static func months(_ count: Int32) -> Span { .fixed(.months(count)) }
  /// So many years.
  public static func years(_ count: Int32) -> Span { .fixed(.years(count)) }
  /// So many days as a setting says.
  public static func setting(_ setting: ClinicalSetting) -> Span { .setting(setting, plus: 0) }
}

/// From what a guideline counts.
public enum Anchor: UInt8, Hashable, Sendable, CaseIterable {
  /// The person's own birth.
  case birth = 1
  /// The beginning of the pregnancy in question.
  case pregnancy = 2
  /// The end of the pregnancy in question: for the mother, the birth.
  case pregnancyEnd = 3
  /// The day on which a child born before 37 weeks would have been 40 weeks; for every other child,
  /// and where nobody knows the gestation, the birth.
  case termBirth = 4
}

/// Visits that are counted: for what, by whom, from when after an anchor until when, and how many.
public struct ContactCount: Hashable, Sendable {
  /// For what.
  public let purpose: CarePurpose
  /// By whom.
  public let performers: Performers
  /// Only those on whose day this was observed to be yes.
  public let showing: DataElement?
  /// From what the time counts.
  public let anchor: Anchor
  /// From so long after it on.
  public let from: Span
  /// Until not yet so long after it; to its own end where nothing is said.
  public let until: Span?
  /// So many at least, those of one day being one.
  public let least: Int32

  /// So many visits in a stretch of time.
  public init(
    _ least: Int32, _ purpose: CarePurpose, by performers: Performers,
    showing element: DataElement? = nil, after anchor: Anchor, from: Span = .none,
    until: Span? = nil
  ) {
    self.purpose = purpose
    self.performers = performers
    showing = element
    self.anchor = anchor
    self.from = from
    self.until = until
    self.least = least
  }
}

/// A condition of a guideline. It answers yes, no, or unknown with what is missing; it is a value,
/// so that the book of guidelines can print it and a "why?" can take it apart.
public indirect enum Criterion: Hashable, Sendable {
  /// Always so.
  case always
  /// Of that sex.
  case sex(Sex)
  /// So long after the anchor at least, and not yet so long.
  case after(Anchor, from: Span, until: Span?)
  /// Pregnant on the day.
  case pregnant
  /// A pregnancy ended at most 42 days ago.
  case afterBirth
  /// The latest value within the scope; unknown where there is none.
  case latest(DataElement, Comparison, Scope)
  /// Any value within the scope; unknown where there is none.
  case any(DataElement, Comparison, Scope)
  /// The latest value within the scope; no where there is none. Only for what a guideline takes
  /// into account where it was done and does without where it was not (haemoglobin beside the
  /// palms, an oximeter that a village may not have), and for questions that open others.
  case whereObserved(DataElement, Comparison, Scope)
  /// The criterion as it stood on the day of the latest value within the scope, by what was known
  /// on that day; unknown where there is none. A laboratory value is judged by the weeks or the
  /// age of the day of its sample, whenever it is read.
  case asObserved(DataElement, Scope, Criterion)
  /// The latest value of the first element within the scope is so long or longer after the latest
  /// one of the second; also where the second has none. No where the first has none.
  case later(DataElement, than: DataElement, by: Span, Scope)
  /// The table finds one of these classes; see ``classified(_:as:)``.
  case inClass(DecisionTable, UInt32)
  /// How an instrument's score stands; unknown while unanswered items can change that.
  case score(Instrument, Comparison)
  /// What a pregnancy's own facts tell.
  case pregnancyFigure(PregnancyFigure, Comparison)
  /// All of them.
  case all([Criterion])
  /// One of them.
  case one([Criterion])
  /// So many of them.
  case atLeast(Int32, of: [Criterion])
  /// Not so.
  case not(Criterion)
  /// What a district has set to yes.
  case setting(ClinicalSetting)
  /// So many visits in a stretch of time.
  case contacts(ContactCount)
}

/// A number that the facts of a pregnancy tell.
public enum PregnancyFigure: UInt8, Hashable, Sendable, CaseIterable {
  /// Pregnancies with this one.
  case gravida = 1
  /// Births before this one.
  case para = 2
  /// Losses before this one.
  case losses = 3
  /// Living children.
  case livingChildren = 4
  /// Completed months between the end of the last pregnancy and the beginning of this one.
  case monthsSinceLastPregnancy = 5
  /// Fetuses.
  case fetuses = 6
  /// Completed years of the woman at the beginning of the pregnancy.
  case ageAtBeginning = 7
  /// How it ended: the number of the ``PregnancyOutcome``.
  case outcome = 8
  /// Children born alive.
  case bornAlive = 9
  /// How the child was born: the number of the ``BirthMode``.
  case birthMode = 10
  /// Days of gestation at the end.
  case gestationAtEnd = 11
}

extension Criterion {
  /// Both.
  public static func && (left: Criterion, right: Criterion) -> Criterion {
    switch (left, right) {
    case (.all(let first), .all(let second)): .all(first + second)
    case (.all(let first), _): .all(first + [right])
    case (_, .all(let second)): .all([left] + second)
    default: .all([left, right])
    }
  }

  /// Either.
  public static func || (left: Criterion, right: Criterion) -> Criterion {
    switch (left, right) {
    case (.one(let first), .one(let second)): .one(first + second)
    case (.one(let first), _): .one(first + [right])
    case (_, .one(let second)): .one([left] + second)
    default: .one([left, right])
    }
  }

  /// Not so; what is unknown stays unknown.
  public static prefix func ! (criterion: Criterion) -> Criterion { .not(criterion) }

  /// The table finds a class with one of these numbers, which are less than 32.
  public static func classified(_ table: DecisionTable, as rows: UInt16...) -> Criterion {
    .inClass(table, rows.reduce(0) { $0 | 1 << UInt32($1) })
  }

  /// Of an age, in the calendar of birth.
  public static func age(from: Span, until: Span? = nil) -> Criterion {
    .after(.birth, from: from, until: until)
  }
  /// The pregnancy in question ended in one of these ways.
  public static func ended(_ outcomes: PregnancyOutcome...) -> Criterion {
    var choices: UInt32 = 0
    for outcome in outcomes { choices |= 1 << UInt32(outcome.rawValue) }
    return .pregnancyFigure(.outcome, .oneOf(choices))
  }
  /// Of completed weeks of gestation: from so many, and not yet so many.
  public static func gestation(fromWeek: Int32, untilWeek: Int32? = nil) -> Criterion {
    .after(.pregnancy, from: .weeks(fromWeek), until: untilWeek.map { .weeks($0) })
  }
}

extension DataElement {
  /// The latest one is yes.
  public func isYes(_ scope: Scope) -> Criterion { .latest(self, .isYes, scope) }
  /// The latest one is less.
  public func below(_ amount: Amount, _ scope: Scope) -> Criterion {
    .latest(self, .below(.fixed(amount)), scope)
  }
  /// The latest one is that or more.
  public func atLeast(_ amount: Amount, _ scope: Scope) -> Criterion {
    .latest(self, .atLeast(.fixed(amount)), scope)
  }
  /// The latest one is less than a setting.
  public func below(_ setting: ClinicalSetting, _ scope: Scope) -> Criterion {
    .latest(self, .below(.setting(setting)), scope)
  }
  /// The latest one is a setting or more.
  public func atLeast(_ setting: ClinicalSetting, _ scope: Scope) -> Criterion {
    .latest(self, .atLeast(.setting(setting)), scope)
  }
  /// The latest one is yes; no where it was not observed.
  public func isYesWhereObserved(_ scope: Scope) -> Criterion {
    .whereObserved(self, .isYes, scope)
  }
  /// The latest one is that choice.
  public func isChoice(_ choices: UInt32..., in scope: Scope) -> Criterion {
    .latest(self, .oneOf(choices.reduce(0) { $0 | 1 << $1 }), scope)
  }
  /// It was observed.
  public func isKnown(_ scope: Scope) -> Criterion { .latest(self, .known, scope) }
}
