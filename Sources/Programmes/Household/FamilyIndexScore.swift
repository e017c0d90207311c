/// The three classes of families.
public enum FamilyIndexClass: UInt8, Hashable, Sendable, CaseIterable {
  /// Keluarga sehat: above 0.800.
  case healthy = 1
  /// Keluarga pra-sehat: from 0.500 to 0.800.
  case preHealthy = 2
  /// Keluarga tidak sehat: under 0.500.
  case unhealthy = 3

  /// The name in the catalogues, under `family_index.classes`.
  public var name: StaticString {
    switch self {
    case .healthy: "healthy"
    case .preHealthy: "pre_healthy"
    case .unhealthy: "unhealthy"
    }
  }
}

/// A share in whole numbers, so that no two machines can differ.
public struct FamilyIndexShare: Hashable, Sendable {
  /// How many.
  public let reached: Int
  /// Of how many; never 0.
  public let total: Int

  /// Nothing where the total is 0 or less.
  public init?(_ reached: Int, of total: Int) {
    guard total > 0 else { return nil }
    self.reached = reached
    self.total = total
  }

  /// Thousandths, halves upwards: 7 of 11 are 636.
  public var thousandths: Int { (2000 * reached + total) / (2 * total) }

  /// The class of a family with this index. The limits belong to the middle: 8 of 10 are
  /// pre-healthy, and so are 5 of 10.
  public var familyClass: FamilyIndexClass {
    if 5 * reached > 4 * total { return .healthy }
    return 2 * reached < total ? .unhealthy : .preHealthy
  }
}

/// A family's index: Y ÷ (12 − N), with an interval where items are unknown, and a class where both
/// ends of it agree.
///
/// Whatever the unknown items turn out to be, the index lies within the interval: with all of them
/// T it is its lower end, with all Y its upper end. Where k of u unknown items turn out N, it is
/// at least Y ÷ (12 − N), for the divisor only falls; and at most (Y + u − k) ÷ (12 − N − k), which
/// is no more than (Y + u) ÷ (12 − N), since taking one off both sides of a share of at most 1
/// never raises it.
public struct FamilyIndexScore: Hashable, Sendable {
  /// What is said of a family's class.
  public enum Class: Hashable, Sendable {
    /// This one, whatever the unknown items turn out to be.
    case known(FamilyIndexClass)
    /// One of several: the unknown items decide.
    case unknown
    /// No item is about this family.
    case doesNotApply
  }

  /// Items that are Y.
  public let good: Int
  /// Items that are T.
  public let notGood: Int
  /// Items that are N.
  public let doesNotApply: Int
  /// Items that are unknown.
  public let unknown: Int

  /// Counts the standings of the twelve items.
  init(_ standings: [FamilyIndexStanding]) {
    good = standings.filter { $0 == .good }.count
    notGood = standings.filter { $0 == .notGood }.count
    doesNotApply = standings.filter { $0 == .doesNotApply }.count
    unknown = standings.filter { $0.isUnknown }.count
  }

  /// So many items of each.
  public init(good: Int, notGood: Int, doesNotApply: Int, unknown: Int) {
    precondition(good >= 0 && notGood >= 0 && doesNotApply >= 0 && unknown >= 0)
    self.good = good
    self.notGood = notGood
    self.doesNotApply = doesNotApply
    self.unknown = unknown
  }

  /// The index if every unknown item were T; nothing where no item applies.
  public var lowest: FamilyIndexShare? {
    FamilyIndexShare(good, of: good + notGood + unknown)
  }

  /// The index if every unknown item were Y; nothing where no item applies.
  public var highest: FamilyIndexShare? {
    FamilyIndexShare(good + unknown, of: good + notGood + unknown)
  }

  /// The class.
  public var familyClass: Class {
    guard let lowest, let highest else { return .doesNotApply }
    let found = lowest.familyClass
    return found == highest.familyClass ? .known(found) : .unknown
  }
}
