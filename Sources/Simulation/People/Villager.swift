import Health

/// A person of the synthetic population, with what registers know and what is true.
struct Villager: Sendable {
  let id: Identifier
  let sex: Sex
  let birth: CivilDate
  /// The birth date by which registers know the person.
  var stated: CivilDate
  /// Whether that was worked out, or put at the first of a month.
  var isEstimated = false
  var name: SyntheticName
  /// The mother's name where nobody is her record.
  var motherName = SyntheticName.none
  /// NIK as registered, 0 where there is none.
  var number: UInt64 = 0
  /// Mother, father, wife or husband among the villagers; −1 for none.
  var mother: Int32 = -1
  var father: Int32 = -1
  var spouse: Int32 = -1
  /// Position of the household.
  var home: Int32
  var relation: HouseholdRelation
  /// 1 and 2 for twins; 1 for newborns of one.
  var birthOrder: UInt8 = 0
  /// Whether the person has no name of its own yet: "By. Ny. Aminah".
  var isUnnamed = false
  var sizeAtBirth: SizeAtBirth?
  /// Since when the person lives in the household.
  var since: CivilDate
  /// The day of death or departure.
  var until: CivilDate?
  /// The day of the last delivery.
  var lastBirth: CivilDate?
  /// The fact that says who the person is.
  var fact: Identifier
  /// When the person came to be known; nothing is written about them before.
  var knownSince = Instant(milliseconds: .max)

  /// Whether the person lives in the district.
  var isHere: Bool { until == nil }

  /// Years lived until a day.
  func years(on day: CivilDate) -> Int {
    Int(Double((day - birth).count) / SyntheticRates.daysPerYear)
  }
}

/// What was measured at birth; nothing where nobody wrote it down.
struct SizeAtBirth: Sendable {
  let weight: Mass
  let length: Length
  var gestationalAge: AgeInDays?
  let head: Length?
}

/// A household of the synthetic population.
struct Home: Sendable {
  let id: Identifier
  /// Number of the family card, 0 where there is none.
  let card: UInt64
  /// Its head among the villagers.
  var head: Int32
  /// All who live there.
  var members: [Int32]
  /// Its Posyandu among all of the district.
  var posyandu: Int
  var neighbourhood: UInt8
  var address: UInt16
  /// Whether it ended: nobody is left, or all moved away.
  var hasEnded = false
}

/// What is still to happen to somebody's record, on a day that is decided already.
struct Pending: Sendable {
  enum Kind: Sendable {
    /// A newborn's name and NIK become known.
    case naming
    /// A slip is corrected.
    case correction
    /// Somebody registers the person a second time.
    case secondRecord
  }

  let villager: Int32
  let day: CivilDate
  let kind: Kind
}
