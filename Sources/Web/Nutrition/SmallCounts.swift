import Health
import Journal
import Monitoring
import Services

/// Which figures are not told to somebody who sees sums only: those from which it could be seen how
/// a few children are. A figure is told only where at least ``least`` children were counted and at
/// least as many were not; with it goes the next smallest place beside it, so that the total less
/// the others does not give it away, and everything below a place that is not told.
///
/// Whether a place is told depends on the places beside it and above it only, not on the page.
struct SmallCounts {
  /// The smallest count that is told.
  static let least = 11
  /// What stands in the place of a figure that is not told. It says nothing of the figure itself,
  /// which may be a large one beside a small one.
  static func mark(_ words: Words) -> String { words["pws.withheld"] }

  /// The top, the places below it, and so on to those below the place that a page is about.
  private let levels: [[PlaceFigures]]
  /// Below which place each level lies; nothing for the top.
  private let above: [Identifier?]

  /// Nothing for who sees every count of the place.
  init?(_ visit: Visit, _ place: Place, from first: CivilMonth, through last: CivilMonth) throws {
    guard visit.visitor.rights.hidesSmallCounts(at: place.id) else { return nil }
    let path = Array(visit.tree.path(from: place.id).reversed())
    func figures(of places: [Place]) throws -> [PlaceFigures] {
      try visit.district.figures(of: places, from: first, through: last)
    }
    levels =
      try [figures(of: Array(path.prefix(1)))]
      + path.map { try figures(of: visit.tree.children(of: $0.id)) }
    above = [nil] + path.map(\.id)
  }

  /// Whether a place's counts are not told; `parts` are those that they would give away.
  func hides(_ place: Place, _ parts: (PlaceFigures) -> [Int]) -> Bool {
    var hidden: Set<Identifier> = []
    var known: Set<Identifier> = []
    for (level, upper) in zip(levels, above) {
      known.formUnion(level.map(\.place.id))
      if let upper, hidden.contains(upper) {
        hidden.formUnion(level.map(\.place.id))
      } else {
        hidden.formUnion(SmallCounts.hidden(level.map { ($0.place.id, parts($0)) }))
      }
    }
    return hidden.contains(place.id) || !known.contains(place.id)
  }

  /// Which rows of a table with a total are not told: those with a part that is too small, and the
  /// next smallest ones until what is hidden cannot be had from the total either.
  static func hidden<Name: Hashable>(_ rows: [(name: Name, parts: [Int])]) -> Set<Name> {
    var hidden = Set(rows.filter { $0.parts.contains { $0 < least } }.map(\.name))
    var rest = rows.filter { !hidden.contains($0.name) }
      .sorted { $0.parts.reduce(0, +) > $1.parts.reduce(0, +) }
    func isGivenAway() -> Bool {
      if hidden.count == 1 { return true }
      let parts = rows.filter { hidden.contains($0.name) }.map(\.parts)
      let count = parts.map(\.count).max() ?? 0
      return (0..<count).contains { index in
        parts.reduce(0) { $0 + ($1.indices.contains(index) ? $1[index] : 0) } < least
      }
    }
    while !hidden.isEmpty, isGivenAway(), let next = rest.popLast() { hidden.insert(next.name) }
    return hidden
  }
}

extension FiguresShown {
  /// A figure as far as it is told; nothing where it would give away how a few children are.
  func figure(
    _ figures: PlaceFigures, _ indicator: Indicator, in month: CivilMonth,
    filter: StratumFilter = StratumFilter()
  ) -> Figure? {
    let isHidden =
      small?.hides(figures.place) { figures in
        let all = figures.figure(indicator, in: month)
        let part = figures.figure(indicator, in: month, filter: filter)
        var told = [part.numerator, part.denominator(indicator) - part.numerator]
        if !indicator.isOfAll {
          // Shares of those weighed tell how many were weighed, and so how many were not.
          let weighed = figures.figure(.weighed, in: month, filter: filter)
          told.append(weighed.denominator(.weighed) - weighed.numerator)
        }
        if filter == StratumFilter() { return told }
        let counted = all.numerator - part.numerator
        return told + [counted, all.denominator(indicator) - part.denominator(indicator) - counted]
      } ?? false
    return isHidden ? nil : figures.figure(indicator, in: month, filter: filter)
  }

  /// The figure from January on; nothing where that of one of the months is not told.
  func cumulative(
    _ figures: PlaceFigures, _ indicator: Indicator, through month: CivilMonth,
    filter: StratumFilter
  ) -> Figure? {
    var next = month.januaryOfYear
    while small != nil, next <= month {
      if figure(figures, indicator, in: next, filter: filter) == nil { return nil }
      next = next.advanced(by: 1)
    }
    return figures.cumulative(indicator, through: month, filter: filter)
  }

  /// Who stands where; nothing for who sees sums only, since most groups are small.
  func standings(
    _ figure: Figure?, _ indicator: Indicator, link: (NameGroup) -> String?
  ) -> [Fields] {
    guard let figure, small == nil else { return [] }
    return FigureText(format: visit.format).standings(figure, indicator, link: link)
  }

  /// Whether a place's line of the report is not told.
  func hidesLine(_ line: NutritionReportLine) -> Bool {
    small?.hides(line.place) { figures in
      NutritionReportLine(figures, month: month, filter: StratumFilter()).values
    } ?? false
  }
}

extension FigureText {
  /// The value, or that it is not told.
  func value(_ figure: Figure?, _ indicator: Indicator) -> String {
    figure.map { value($0, indicator) as String } ?? SmallCounts.mark(format.words)
  }

  /// The fraction, or that it is not told.
  func fraction(_ figure: Figure?, _ indicator: Indicator) -> String {
    figure.map { fraction($0, indicator) as String } ?? SmallCounts.mark(format.words)
  }

  /// The light; none for what is not told.
  func light(_ figure: Figure?, _ indicator: Indicator) -> BarChart.Light {
    figure.map { light($0, indicator) } ?? .none
  }

  /// The judgement; none for what is not told.
  func status(_ indicator: Indicator, now: Figure?, before: Figure?) -> Fields? {
    guard let now, let before else { return nil }
    return status(indicator, now: now, before: before) as Fields?
  }

  /// The change; none for what is not told.
  func change(_ indicator: Indicator, now: Figure?, before: Figure?) -> Fields? {
    guard let now, let before else { return nil }
    return change(indicator, now: now, before: before) as Fields?
  }
}

extension Indicator {
  /// Whether it is a share of all under-fives, and not of those weighed or measured.
  fileprivate var isOfAll: Bool { self == .hasChildHealthBook || self == .weighed }
}
