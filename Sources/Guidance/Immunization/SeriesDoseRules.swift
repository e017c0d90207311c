import Health

/// The days on which a rule is in force, both included.
public struct RuleDays: Hashable, Sendable {
  /// The first day.
  public let first: CivilDate
  /// The last day.
  public let last: CivilDate

  /// From a day to a day; always, where nothing is said.
  public init(
    from first: CivilDate = CivilDate(dayNumber: .min),
    to last: CivilDate = CivilDate(dayNumber: .max)
  ) {
    self.first = first
    self.last = last
  }

  @inline(__always)
  func holds(_ day: Int32) -> Bool { first.dayNumber <= day && day <= last.dayNumber }
}

/// The ages at which a dose is given.
public struct DoseAge: Hashable, Sendable {
  /// A dose before this age never counts; nothing where the schedule's grace decides.
  public var absoluteMinimum: Period?
  /// The first age at which the dose may be given.
  public var minimum: Period?
  /// From this age on it is recommended.
  public var recommended: Period?
  /// From this age on it is overdue.
  public var pastDue: Period?
  /// From this age on it is no longer given.
  public var maximum: Period?
  /// When the rule is in force.
  public var inForce: RuleDays

  /// The ages of a dose.
  public init(
    absoluteMinimum: Period? = nil, minimum: Period? = nil,
    recommended: Period? = nil, pastDue: Period? = nil,
    maximum: Period? = nil, inForce: RuleDays = RuleDays()
  ) {
    self.absoluteMinimum = absoluteMinimum
    self.minimum = minimum
    self.recommended = recommended
    self.pastDue = pastDue
    self.maximum = maximum
    self.inForce = inForce
  }
}

/// A month in which a dose is given at school, to those who are in a class.
///
/// A person is taken to be in the class of those who reach an age in the same calendar year:
/// class 1 is that of the seven-year-olds, whatever the birthday.
public struct SchoolMonth: Hashable, Sendable {
  /// 1 for January to 12 for December.
  public let month: UInt8
  /// The age, in years, that most of the class reach in that calendar year.
  public let age: UInt8

  /// A month at school.
  public init(month: UInt8, age: UInt8) {
    self.month = month
    self.age = age
  }
}

/// A distance from something that was given before.
public struct DoseInterval: Hashable, Sendable {
  /// What the distance is counted from.
  public enum Start: Hashable, Sendable {
    /// The dose of the antigen before this one, whether it counted or not.
    case previousDose
    /// The dose that counted as this number of the series, the first being 1.
    case dose(UInt8)
    /// The latest dose of any of these products.
    case latest([ProductCode])
    /// The day of an observation.
    case observation(UInt16)
  }

  /// What it is counted from.
  public var start: Start
  /// A dose sooner than this never counts; nothing where the schedule's grace decides.
  public var absoluteMinimum: Period?
  /// The least distance.
  public var minimum: Period?
  /// From this distance on the dose is recommended, where no age says it.
  public var recommended: Period?
  /// From this distance on the dose is overdue, where no age says it.
  public var pastDue: Period?
  /// Whether it overrides the other antigens of its vaccine group: the dose is forecast when this
  /// antigen needs it, not when all of them do.
  public var isPriority: Bool
  /// When the rule is in force.
  public var inForce: RuleDays

  /// A distance.
  public init(
    from start: Start, absoluteMinimum: Period? = nil, minimum: Period? = nil,
    recommended: Period? = nil, pastDue: Period? = nil, isPriority: Bool = false,
    inForce: RuleDays = RuleDays()
  ) {
    self.start = start
    self.absoluteMinimum = absoluteMinimum
    self.minimum = minimum
    self.recommended = recommended
    self.pastDue = pastDue
    self.isPriority = isPriority
    self.inForce = inForce
  }
}

/// When a dose is not needed.
public struct ConditionalSkip: Hashable, Sendable {
  /// When the rule is asked.
  public enum Context: UInt8, Hashable, Sendable {
    /// When given doses are judged.
    case evaluation = 1
    /// When the next dose is looked for.
    case forecast = 2
    /// Always.
    case both = 3
  }

  /// When it is asked.
  public var context: Context
  /// Whether all sets must be met; otherwise one is enough.
  public var needsAllSets: Bool
  /// The sets of conditions.
  public var sets: [SkipSet]

  /// A rule that makes a dose unnecessary.
  public init(_ context: Context, needsAllSets: Bool = false, sets: [SkipSet]) {
    self.context = context
    self.needsAllSets = needsAllSets
    self.sets = sets
  }
}

/// Conditions that belong together.
public struct SkipSet: Hashable, Sendable {
  /// Whether all conditions must be met; otherwise one is enough.
  public var needsAll: Bool
  /// When the set is in force.
  public var inForce: RuleDays
  /// The conditions.
  public var conditions: [SkipCondition]

  /// A set of conditions.
  public init(
    needsAll: Bool = true, inForce: RuleDays = RuleDays(), conditions: [SkipCondition]
  ) {
    self.needsAll = needsAll
    self.inForce = inForce
    self.conditions = conditions
  }
}

/// One condition under which a dose is not needed.
public enum SkipCondition: Hashable, Sendable {
  /// The person is of an age.
  case age(from: Period?, until: Period?)
  /// A series of one of these groups of the antigen (as bits) is complete.
  case completedSeries(groups: UInt32)
  /// So long has passed since the dose before.
  case interval(Period)
  /// So many doses were given.
  case count(DoseCount)
}

/// Doses to be counted.
public struct DoseCount: Hashable, Sendable {
  /// How a number is compared.
  public enum Comparison: UInt8, Hashable, Sendable {
    /// More than the number.
    case moreThan = 1
    /// Exactly the number.
    case equalTo = 2
    /// Fewer than the number.
    case fewerThan = 3
  }

  /// Only doses of these products; any product of the antigen where there are none.
  public var products: [ProductCode]
  /// Only doses that counted in the series; otherwise all doses.
  public var onlyValid: Bool
  /// Only doses given from this age on.
  public var from: Period?
  /// Only doses given before this age.
  public var until: Period?
  /// Only doses given from this day on.
  public var firstDay: CivilDate?
  /// Only doses given before this day.
  public var endDay: CivilDate?
  /// How the number is compared.
  public var comparison: Comparison
  /// The number.
  public var number: UInt8

  /// Doses to be counted.
  public init(
    products: [ProductCode] = [], onlyValid: Bool, from: Period? = nil,
    until: Period? = nil, firstDay: CivilDate? = nil, endDay: CivilDate? = nil,
    _ comparison: Comparison, _ number: UInt8
  ) {
    self.products = products
    self.onlyValid = onlyValid
    self.from = from
    self.until = until
    self.firstDay = firstDay
    self.endDay = endDay
    self.comparison = comparison
    self.number = number
  }
}
