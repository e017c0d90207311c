import Guidance
import Health

/// How well a person is protected against tetanus: T1 to T5, for women of childbearing age and
/// pregnant women.
public struct TetanusStatus: Hashable, Sendable {
  /// 0 where no dose counts, then 1 to 5.
  public let level: UInt8
  /// A status that was read from a card or told: doses of which nobody knows the days.
  public struct Told: Hashable, Sendable {
    /// 0 to 5.
    public let level: UInt8
    /// The day on which it was told.
    public let on: CivilDate

    /// A status as told on a day.
    public init(level: UInt8, on: CivilDate) { (self.level, self.on) = (min(level, 5), on) }
  }

  /// The day of the dose that reached the level; nothing where it was told only.
  public let reached: CivilDate?
  /// The last day of protection; nothing for T0 and T1, which protect nobody, and where nobody
  /// knows since when.
  public let protectedUntil: CivilDate?
  /// The first day on which the next dose counts; nothing after T5, and where the day of the last
  /// one is not known.
  public let nextFrom: CivilDate?

  /// The least distance from the dose before, for T2 to T5.
  public static let intervals: [Period] = [
    .weeks(4), .months(6), .years(1), .years(1),
  ]
  /// How long T1 to T5 protect.
  public static let protections: [Period] = [
    .none, .years(3), .years(5), .years(10), .years(25),
  ]
  /// A dose before this age belongs to the first doses of childhood.
  public static let childhood = Period.months(18)

  /// The status by the doses of tetanus vaccine with proof, of childhood and after it.
  ///
  /// A dose that comes too soon after the one before does not count and moves nothing. By the
  /// programme's table DPT-HB-Hib 1 to 3 give T2 whatever their distances, the booster T3, DT T4
  /// and Td T5; ``ImmunizationSettings/childhoodTetanusByTable`` says whether it is followed.
  ///
  /// - Parameters:
  ///   - birth: the date of birth; without it the doses count by their distances alone.
  ///   - doses: all doses given, in any order.
  ///   - told: the status that was told last. Where it is higher than what the doses before that day
  ///     give, it counts; a lower one is contradicted by them. Doses of that day and later come on
  ///     top, for the status is asked before a dose is given.
  public init(
    birth: CivilDate?, doses: [GivenDose], told: Told? = nil,
    settings: ImmunizationSettings = ImmunizationSettings()
  ) {
    var days: [CivilDate] = []
    for dose in doses where TetanusStatus.counts(dose) {
      var place = days.count
      while place > 0, dose.day < days[place - 1] { place -= 1 }
      days.insert(dose.day, at: place)
    }
    let endOfChildhood =
      settings.childhoodTetanusByTable ? birth.map { $0 + TetanusStatus.childhood } : nil
    var level = 0
    var last: CivilDate?
    // The last dose that counted, though more were told since: distances are from it.
    var latest: CivilDate?
    var waiting = told
    func take(_ status: Told) {
      guard Int(status.level) > level else { return }
      (level, last) = (Int(status.level), nil)
    }
    for day in days where level < 5 {
      if let status = waiting, status.on <= day {
        take(status)
        waiting = nil
        if level == 5 { break }
      }
      // A third dose of the first months gives no T3; the booster does.
      if level == 2, let endOfChildhood, day < endOfChildhood { continue }
      if let latest, level > 0, day < latest + TetanusStatus.intervals[level - 1] { continue }
      level += 1
      (last, latest) = (day, day)
    }
    if let waiting { take(waiting) }
    self.level = UInt8(level)
    reached = last
    if let last, level >= 2 {
      protectedUntil = CivilDate(
        dayNumber: (last + TetanusStatus.protections[level - 1]).dayNumber - 1)
    } else {
      protectedUntil = nil
    }
    if level == 5 {
      nextFrom = nil
    } else {
      nextFrom = level == 0 ? nil : latest.map { $0 + TetanusStatus.intervals[level - 1] }
    }
  }

  private static func counts(_ dose: GivenDose) -> Bool {
    guard !dose.isSubstandard, let name = VaccineName(rawValue: dose.product.number) else {
      return false
    }
    return name.holdsTetanus
  }

  /// Whether the person is protected on a day.
  public func isProtected(on day: CivilDate) -> Bool {
    guard let reached, let protectedUntil else { return false }
    return reached <= day && day <= protectedUntil
  }
}

extension TetanusStatus.Told {
  /// A status as a visit observed it; nothing where the value is none.
  public init?(_ value: Int32, on day: CivilDate) {
    guard (0...5).contains(value) else { return nil }
    self.init(level: UInt8(value), on: day)
  }

  /// A status as it was observed.
  public init?(_ observation: Observation) { self.init(observation.value, on: observation.on) }
}
