import GRDB
import Health
import Journal
import Monitoring

/// By what a figure is narrowed down.
public struct StratumFilter: Hashable, Sendable {
  /// Only this sex.
  public var sex: Sex?
  /// Only this age group.
  public var ageGroup: AgeGroup?

  /// Narrowed down to these, each nothing for all.
  public init(sex: Sex? = nil, ageGroup: AgeGroup? = nil) {
    self.sex = sex
    self.ageGroup = ageGroup
  }

  /// Whether a stratum is wanted.
  public func accepts(_ stratum: Stratum) -> Bool {
    (sex == nil || stratum.sex == sex) && (ageGroup == nil || stratum.ageGroup == ageGroup)
  }
}

/// One place's figures of a run of months.
public struct PlaceFigures: Sendable {
  /// The place.
  public let place: Place
  /// Its cells by month; a month without anybody has none.
  public let cells: [CivilMonth: CubeCell]

  /// An indicator's figure of a month.
  public func figure(
    _ indicator: Indicator, in month: CivilMonth, filter: StratumFilter = StratumFilter()
  ) -> Figure {
    cells[month]?.figure(indicator, where: filter.accepts) ?? Figure()
  }

  /// An indicator's figure from January to a month: child-months, not children.
  public func cumulative(
    _ indicator: Indicator, through month: CivilMonth, filter: StratumFilter = StratumFilter()
  ) -> Figure {
    var sum = Figure()
    var next = month.januaryOfYear
    while next <= month {
      sum += figure(indicator, in: next, filter: filter)
      next = next.advanced(by: 1)
    }
    return sum
  }

  /// How many under-fives live there at the end of a month: S.
  public func underFives(
    in month: CivilMonth, filter: StratumFilter = StratumFilter()
  ) -> Int {
    let figure = figure(.weighed, in: month, filter: filter)
    return Int(figure.reached) + Int(figure.missed)
  }
}

extension District {
  /// A place's figures, and those of the places one step down, between two months.
  public func figures(
    of place: Place, from first: CivilMonth, through last: CivilMonth
  ) throws -> PlaceFigures {
    try figures(of: [place], from: first, through: last)[0]
  }

  /// Figures of several places between two months, in the order of the places.
  public func figures(
    of places: [Place], from first: CivilMonth, through last: CivilMonth
  ) throws -> [PlaceFigures] {
    try journal.pool.read { db in
      try places.map { place in
        PlaceFigures(
          place: place,
          cells: try CubeRow.fetch(place: place.number, from: first, through: last, in: db))
      }
    }
  }
}

/// How a place stands against the running target, as the PWS judges it.
public enum TargetStatus: String, Hashable, Sendable, CaseIterable {
  /// Meets the target and does not get worse.
  case good
  /// Misses the target and gets better.
  case fair
  /// Meets the target and gets worse.
  case poor
  /// Misses the target and does not get better.
  case bad

  /// The status of a figure against last month's; nothing without a target or a figure.
  public static func of(
    _ indicator: Indicator, now: Figure, before: Figure
  ) -> TargetStatus? {
    guard let target = indicator.definition.targetPercent, let percent = now.percent(indicator)
    else { return nil }
    let earlier = before.percent(indicator)
    switch indicator.definition.direction {
    case .up:
      if percent >= target { return earlier.map { percent < $0 } == true ? .poor : .good }
      return earlier.map { percent > $0 } == true ? .fair : .bad
    case .down:
      if percent <= target { return earlier.map { percent > $0 } == true ? .poor : .good }
      return earlier.map { percent < $0 } == true ? .fair : .bad
    case .neither: return nil
    }
  }
}
