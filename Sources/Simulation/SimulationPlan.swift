import Health

/// What synthetic district to make. The same plan gives the same facts, byte for byte.
public struct SimulationPlan: Hashable, Sendable {
  /// Decides everything that is left to chance.
  public var seed: UInt64
  /// How many Puskesmas the district has.
  public var puskesmasCount = 1
  /// How many people each Puskesmas looks after on the first day.
  public var peoplePerPuskesmas = 20_000
  /// How many villages each Puskesmas has.
  public var villagesPerPuskesmas = 10
  /// How many Posyandu each Puskesmas has, spread evenly over its villages.
  public var posyanduPerPuskesmas = 30
  /// The day on which the register is opened.
  public var firstDay: CivilDate
  /// The last day that is lived through; what would be recorded later is not there yet.
  public var lastDay: CivilDate

  /// A district of one Puskesmas of 20,000 people, 10 villages and 30 Posyandu over that time.
  public init(seed: UInt64, firstDay: CivilDate, lastDay: CivilDate) {
    precondition(firstDay <= lastDay, "the first day \(firstDay) comes after the last \(lastDay)")
    self.seed = seed
    self.firstDay = firstDay
    self.lastDay = lastDay
  }

  /// One Puskesmas of 20,000 people through the `months` that end with `lastMonth`.
  public static func puskesmas(
    lastMonth: CivilMonth, months: Int = 24, seed: UInt64 = 62_01
  ) -> SimulationPlan {
    SimulationPlan(
      seed: seed, firstDay: lastMonth.advanced(by: 1 - months).firstDay,
      lastDay: lastMonth.lastDay)
  }

  /// One Puskesmas of 20,000 people through the years 2024 and 2025.
  public static let demo = puskesmas(lastMonth: CivilMonth(year: 2025, ordinal: 12))

  /// 300 people in "Desa Contoh 01" and "Desa Contoh 02", one Posyandu each, through 2025.
  public static let tiny: SimulationPlan = {
    var plan = puskesmas(lastMonth: CivilMonth(year: 2025, ordinal: 12), months: 12)
    plan.peoplePerPuskesmas = 300
    plan.villagesPerPuskesmas = 2
    plan.posyanduPerPuskesmas = 2
    return plan
  }()
}
