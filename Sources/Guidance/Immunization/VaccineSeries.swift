import Health

/// What kind of recommendation a series is.
public enum SeriesKind: UInt8, Hashable, Sendable, CaseIterable {
  /// For everybody, by age.
  case standard = 1
  /// For those of whom one of its indications is observed.
  case risk = 2
  /// Never recommended, but whoever completed it is protected.
  case evaluationOnly = 3
}

/// Whom a series is for, by sex.
public struct SexSet: OptionSet, Hashable, Sendable {
  /// One bit for each of male, female and not known.
  public let rawValue: UInt8
  /// A set of sexes from its bits.
  @inlinable
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Boys and men.
  public static let male = SexSet(rawValue: 1)
  /// Girls and women.
  public static let female = SexSet(rawValue: 2)
  /// Those whose sex nobody recorded.
  public static let notKnown = SexSet(rawValue: 4)
  /// Everybody.
  public static let everybody: SexSet = [.male, .female, .notKnown]
}

/// An observation that makes a risk series apply.
public struct SeriesIndication: Hashable, Sendable {
  /// The schedule's number of the observation.
  public let observation: UInt16
  /// From this age on; nothing where at every age.
  public let from: Period?
  /// Until this age; nothing where at every age.
  public let until: Period?

  /// An indication.
  public init(_ observation: UInt16, from: Period? = nil, until: Period? = nil) {
    self.observation = observation
    self.from = from
    self.until = until
  }
}

/// How the best of several series of an antigen is chosen.
public struct SeriesSelection: Hashable, Sendable {
  /// Whether it is the one where nothing else decides.
  public var isDefault: Bool
  /// Whether it can be completed with one product only.
  public var isProductPath: Bool
  /// Its group: of each group one series is taken. 0 to 31.
  public var group: UInt8
  /// Groups that protect as well, as bits: a completed series there makes this one unnecessary.
  public var equivalentGroups: UInt32
  /// Among risk series of a group only those of the best (lowest) priority are looked at.
  public var priority: UInt8
  /// Decides between equals; lower is better.
  public var preference: UInt8
  /// It is for those who are at least so old when assessed.
  public var minimumAge: Period?
  /// It is for those whose first valid dose was before this age.
  public var startsBefore: Period?
  /// It is for those only whose very first dose, valid or not, was from this age on.
  public var startsFrom: Period?

  /// How a series is chosen.
  public init(
    isDefault: Bool = true, isProductPath: Bool = false, group: UInt8 = 1,
    equivalentGroups: UInt32 = 0, priority: UInt8 = 0, preference: UInt8 = 1,
    minimumAge: Period? = nil, startsBefore: Period? = nil,
    startsFrom: Period? = nil
  ) {
    self.isDefault = isDefault
    self.isProductPath = isProductPath
    self.group = group
    self.equivalentGroups = equivalentGroups
    self.priority = priority
    self.preference = preference
    self.minimumAge = minimumAge
    self.startsBefore = startsBefore
    self.startsFrom = startsFrom
  }
}

/// One way to protection against an antigen: doses in their order.
public struct VaccineSeries: Sendable {
  /// The antigen.
  public var antigen: Antigen
  /// What kind of recommendation it is.
  public var kind: SeriesKind
  /// Whom it is for.
  public var sexes: SexSet
  /// How it is chosen among others.
  public var selection: SeriesSelection
  /// What makes a risk series apply.
  public var indications: [SeriesIndication]
  /// The doses.
  public var doses: [SeriesDose]

  /// A series.
  public init(
    _ antigen: Antigen, kind: SeriesKind = .standard, for sexes: SexSet = .everybody,
    selection: SeriesSelection = SeriesSelection(), indications: [SeriesIndication] = [],
    doses: [SeriesDose]
  ) {
    self.antigen = antigen
    self.kind = kind
    self.sexes = sexes
    self.selection = selection
    self.indications = indications
    self.doses = doses
  }
}

/// A product that may be given for a dose, at some ages.
public struct VaccineChoice: Hashable, Sendable {
  /// The product.
  public let product: ProductCode
  /// From this age on; nothing where at every age.
  public let from: Period?
  /// Until this age; nothing where at every age.
  public let until: Period?
  /// Only under this trade name; 0 under any.
  public let brand: UInt8

  /// A product that may be given.
  public init(
    _ product: ProductCode, from: Period? = nil, until: Period? = nil,
    brand: UInt8 = 0
  ) {
    self.product = product
    self.from = from
    self.until = until
    self.brand = brand
  }
}

/// One dose of a series.
public struct SeriesDose: Sendable {
  /// The ages at which it is given; more than one where the rule changed on a day.
  public var ages: [DoseAge]
  /// The distances that must all be kept.
  public var intervals: [DoseInterval]
  /// Shorter distances with which a dose already given still counts, where all of them are kept.
  public var allowableIntervals: [DoseInterval]
  /// The products that are recommended. Where neither these nor ``allowable`` name any, every
  /// product that holds the antigen counts.
  public var preferable: [VaccineChoice]
  /// The products with which a dose already given counts as well.
  public var allowable: [VaccineChoice]
  /// The products that were given by mistake and never count.
  public var inadvertent: [ProductCode]
  /// When it is not needed.
  public var skips: [ConditionalSkip]
  /// Whether it is given again and again.
  public var isRecurring: Bool
  /// The season in which it is recommended, both days included.
  public var season: ClosedRange<CivilDate>?
  /// The month in which it is given at school; nothing where it is not given at school.
  public var schoolMonth: SchoolMonth?
  /// Where the dose stands; nothing where the schedule's own source says it.
  public var source: Source?

  /// A dose.
  public init(
    ages: [DoseAge] = [], intervals: [DoseInterval] = [], allowableIntervals: [DoseInterval] = [],
    preferable: [VaccineChoice] = [], allowable: [VaccineChoice] = [],
    inadvertent: [ProductCode] = [], skips: [ConditionalSkip] = [], isRecurring: Bool = false,
    season: ClosedRange<CivilDate>? = nil, schoolMonth: SchoolMonth? = nil,
    source: Source? = nil
  ) {
    self.ages = ages
    self.intervals = intervals
    self.allowableIntervals = allowableIntervals
    self.preferable = preferable
    self.allowable = allowable
    self.inadvertent = inadvertent
    self.skips = skips
    self.isRecurring = isRecurring
    self.season = season
    self.schoolMonth = schoolMonth
    self.source = source
  }
}
