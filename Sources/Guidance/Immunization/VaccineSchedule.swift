import Health

/// One edition of an immunisation schedule, as values: which products hold which antigens, which
/// series lead to protection, and which doses stand in each other's way.
///
/// The engine that reads it (``ImmunizationForecaster``) follows CDC's "Logic Specification for
/// ACIP Recommendations" (version 4.5), whose terms are kept.
public struct VaccineSchedule: Sendable {
  /// Where the schedule stands.
  public var source: Source
  /// How many antigens it knows, at most 64; their names are kept by whoever made the schedule.
  public var antigenCount: Int
  /// So much too early a dose still counts, wherever a rule says no absolute minimum of its own.
  public var grace: Period
  /// What a month is worth that is too short.
  public var monthOverflow: MonthOverflow
  /// Which of several complete series of an antigen stands for it.
  public var completeSeries: CompleteSeriesChoice
  /// The products, at most 255.
  public var products: [VaccineProduct]
  /// The ways to protection.
  public var series: [VaccineSeries]
  /// The antigens that are forecast together.
  public var groups: [VaccineGroup]
  /// The products that must not be given shortly one after the other.
  public var conflicts: [VaccineConflict]
  /// Who is taken to be immune.
  public var immunity: [ImmunityRule]
  /// Who must not be given a vaccine.
  public var contraindications: [Contraindication]

  /// A schedule.
  public init(
    source: Source, antigenCount: Int, grace: Period, monthOverflow: MonthOverflow,
    completeSeries: CompleteSeriesChoice = .earliestComplete,
    products: [VaccineProduct], series: [VaccineSeries], groups: [VaccineGroup],
    conflicts: [VaccineConflict] = [], immunity: [ImmunityRule] = [],
    contraindications: [Contraindication] = []
  ) {
    self.source = source
    self.antigenCount = antigenCount
    self.grace = grace
    self.monthOverflow = monthOverflow
    self.completeSeries = completeSeries
    self.products = products
    self.series = series
    self.groups = groups
    self.conflicts = conflicts
    self.immunity = immunity
    self.contraindications = contraindications
  }
}

/// Which of several complete series of an antigen stands for it.
public enum CompleteSeriesChoice: UInt8, Hashable, Sendable, CaseIterable {
  /// The one that was complete first, so that a dose more is extraneous: the logic specification
  /// up to version 4.0, by which CDC's published test cases (4.8) were written.
  case earliestComplete = 1
  /// The one with the most doses that count: the logic specification 4.5.
  case mostValidDoses = 2
}

/// Antigens that are forecast together because they are given together: measles and rubella.
public struct VaccineGroup: Hashable, Sendable {
  /// The antigens.
  public let antigens: [Antigen]
  /// Whether the whole group is given when one antigen is due: then the least dose number counts,
  /// otherwise the greatest.
  public let isGivenWhole: Bool

  /// A group.
  public init(_ antigens: [Antigen], isGivenWhole: Bool = true) {
    self.antigens = antigens
    self.isGivenWhole = isGivenWhole
  }
}

/// That a product does not work when it is given shortly after another: live vaccines.
public struct VaccineConflict: Hashable, Sendable {
  /// What was given before.
  public let earlier: ProductCode
  /// What is given now.
  public let later: ProductCode
  /// From so long after the earlier one there is a conflict; on the same day there is none.
  public let begins: Period
  /// So long after a valid earlier dose the conflict is over.
  public let endsAfterValid: Period
  /// So long after any earlier dose the conflict is over; forecasts wait for this.
  public let ends: Period

  /// A conflict of two products.
  public init(
    earlier: ProductCode, later: ProductCode, begins: Period = .days(1),
    endsAfterValid: Period, ends: Period
  ) {
    self.earlier = earlier
    self.later = later
    self.begins = begins
    self.endsAfterValid = endsAfterValid
    self.ends = ends
  }
}

/// Who is taken to be immune without a dose.
public struct ImmunityRule: Hashable, Sendable {
  /// Immune against what.
  public let antigen: Antigen
  /// Everybody born before this day; nothing where birth does not tell.
  public let bornBefore: CivilDate?
  /// Everybody of whom this is observed; nothing where no observation tells.
  public let observation: UInt16?
  /// But nobody of whom one of these is observed, where birth tells.
  public let exceptions: [UInt16]

  /// A rule about immunity.
  public init(
    _ antigen: Antigen, bornBefore: CivilDate? = nil, observation: UInt16? = nil,
    exceptions: [UInt16] = []
  ) {
    self.antigen = antigen
    self.bornBefore = bornBefore
    self.observation = observation
    self.exceptions = exceptions
  }
}

/// Who must not be given an antigen.
public struct Contraindication: Hashable, Sendable {
  /// The antigen.
  public let antigen: Antigen
  /// What is observed.
  public let observation: UInt16
  /// From this age on; nothing where at every age.
  public let from: Period?
  /// Until this age; nothing where at every age.
  public let until: Period?

  /// A contraindication of an antigen.
  public init(
    _ antigen: Antigen, observation: UInt16, from: Period? = nil,
    until: Period? = nil
  ) {
    self.antigen = antigen
    self.observation = observation
    self.from = from
    self.until = until
  }
}
