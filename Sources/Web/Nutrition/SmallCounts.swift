import Health
import Journal
import Monitoring
import Services

/// Which figures are not told to somebody who sees sums only: those from which it could be seen how
/// a few children are, or which a difference between figures that are told would give away.
///
/// - **Places**: a place is told only where each part of its figure (reached, not reached, not
///   weighed) has at least ``least`` children; with it goes the next smallest place beside it until
///   the total less those that are told is not small either, and everything below a place that is
///   not told. Children of a place who live at none of the places below it are such a difference.
/// - **Sex and age**: a crossing is told only where every cell of the whole table, of every place
///   beside the place and beside those above it, has at least ``least`` in each part. Otherwise it
///   is closed for all of them. Then there is no small cell that anything could be subtracted from.
///
/// Whether a place is told depends on the places beside it and above it only, not on the page. See
/// decision 0030.
struct SmallCounts {
  /// The smallest count that is told.
  static let least = 11
  /// What stands in the place of a figure that is not told. It says nothing of the figure itself,
  /// which may be a large one beside a small one.
  static func mark(_ words: Words) -> String { words["pws.withheld"] }
  /// The same in a file, where no note explains it.
  static func cell(_ words: Words) -> Spreadsheet.Cell { .text(words["pws.withheld_in_file"]) }

  /// How many children are in each part of a place's figure, of some sex and age. Parts are sums of
  /// children: those of a place are those of the places in it together.
  typealias Parts = (PlaceFigures, StratumFilter) -> [Int]

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
    self.init(
      levels: try [figures(of: Array(path.prefix(1)))]
        + path.map { try figures(of: visit.tree.children(of: $0.id)) },
      above: [nil] + path.map(\.id))
  }

  /// - Parameters:
  ///   - levels: the top, then places that lie below one place of the level before.
  ///   - above: which place that is; nothing for the top.
  init(levels: [[PlaceFigures]], above: [Identifier?]) {
    self.levels = levels
    self.above = above
  }

  /// Whether a place's figure is not told.
  ///
  /// - Parameter others: other figures of the same places. Whoever is hidden in one of them is
  ///   hidden here too, or this figure would give away whom that one hides.
  func hides(
    _ place: Place, _ parts: Parts, filter: StratumFilter = StratumFilter(),
    hiddenIn others: [Parts] = []
  ) -> Bool {
    let isShown =
      !hidesPlace(place, parts, hiddenIn: others) && tells(filter, of: place, parts)
    return !isShown
  }

  private func hidesPlace(_ place: Place, _ parts: Parts, hiddenIn others: [Parts]) -> Bool {
    var hidden: Set<Identifier> = []
    var known: Set<Identifier> = []
    for (index, level) in levels.enumerated() {
      known.formUnion(level.map(\.place.id))
      if let upper = above[index], hidden.contains(upper) {
        hidden.formUnion(level.map(\.place.id))
        continue
      }
      func rows(_ parts: Parts) -> [(name: Identifier, parts: [Int])] {
        level.map { ($0.place.id, parts($0, StratumFilter())) }
      }
      func rest(_ parts: Parts) -> [Int]? {
        let rest = elsewhere(at: index, StratumFilter(), parts)
        return rest.contains { $0 != 0 } ? rest : nil
      }
      var first: Set<Identifier> = []
      for other in others {
        first.formUnion(SmallCounts.hidden(rows(other), elsewhere: rest(other)))
      }
      hidden.formUnion(
        SmallCounts.hidden(rows(parts), elsewhere: rest(parts), beginningWith: first))
    }
    return hidden.contains(place.id) || !known.contains(place.id)
  }

  /// Whether figures of some sex and age are told of a place: no cell of the crossing is small, at
  /// the place, beside it, or on the levels above it.
  private func tells(_ filter: StratumFilter, of place: Place, _ parts: Parts) -> Bool {
    if filter == StratumFilter() { return true }
    for (index, level) in levels.enumerated() {
      for age in filter.ageGroup == nil ? [nil] : AgeGroup.allCases as [AgeGroup?] {
        let sexes = filter.sex == nil ? [nil] : Sex.allCases as [Sex?]
        let cells = sexes.map { StratumFilter(sex: $0, ageGroup: age) }
        for figures in level {
          guard isLarge(cells, of: { parts(figures, $0) }, whole: StratumFilter(ageGroup: age))
          else { return false }
        }
        let isAnybodyElsewhere = elsewhere(at: index, StratumFilter(), parts).contains { $0 != 0 }
        guard isAnybodyElsewhere else { continue }
        let rest = { elsewhere(at: index, $0, parts) }
        guard isLarge(cells, of: rest, whole: StratumFilter(ageGroup: age)) else { return false }
      }
      if level.contains(where: { $0.place.id == place.id }) { return true }
    }
    return false
  }

  /// Whether each cell is large in each part, and those of the whole who are in none of them: whose
  /// sex nobody told. Where nobody is, nobody is told of.
  private func isLarge(
    _ cells: [StratumFilter], of parts: (StratumFilter) -> [Int], whole: StratumFilter
  ) -> Bool {
    let told = cells.map(parts)
    guard told.allSatisfy({ $0.allSatisfy { $0 >= SmallCounts.least } }) else { return false }
    let rest = SmallCounts.less(parts(whole), told)
    return rest.allSatisfy { $0 == 0 } || rest.allSatisfy { $0 >= SmallCounts.least }
  }

  /// Those of the place above a level who live at none of the level's places; of the top, nobody.
  private func elsewhere(at index: Int, _ filter: StratumFilter, _ parts: Parts) -> [Int] {
    guard index > 0, let upper = levels[index - 1].first(where: { $0.place.id == above[index] })
    else { return [] }
    return SmallCounts.less(parts(upper, filter), levels[index].map { parts($0, filter) })
  }

  /// A whole less some of its rows, part by part.
  private static func less(_ whole: [Int], _ rows: [[Int]]) -> [Int] {
    whole.indices.map { part in whole[part] - rows.reduce(0) { $0 + $1[part] } }
  }

  /// Which rows of a table with a total are not told: those with a part that is too small, and the
  /// next smallest ones until what is hidden cannot be had from the total either.
  ///
  /// - Parameters:
  ///   - elsewhere: what the total has beside the rows, which is never told.
  ///   - first: rows that are hidden in any case.
  static func hidden<Name: Hashable>(
    _ rows: [(name: Name, parts: [Int])], elsewhere: [Int]? = nil,
    beginningWith first: Set<Name> = []
  ) -> Set<Name> {
    var hidden = Set(
      rows.filter { first.contains($0.name) || $0.parts.contains { $0 < least } }.map(\.name))
    var rest = rows.filter { !hidden.contains($0.name) }
      .sorted { $0.parts.reduce(0, +) > $1.parts.reduce(0, +) }
    func isGivenAway() -> Bool {
      if hidden.isEmpty { return elsewhere?.contains { $0 < least } ?? false }
      if hidden.count == 1, elsewhere == nil { return true }
      let parts =
        rows.filter { hidden.contains($0.name) }.map(\.parts) + (elsewhere.map { [$0] } ?? [])
      let count = parts.map(\.count).max() ?? 0
      return (0..<count).contains { index in
        parts.reduce(0) { $0 + ($1.indices.contains(index) ? $1[index] : 0) } < least
      }
    }
    while isGivenAway(), let next = rest.popLast() { hidden.insert(next.name) }
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
      small?.hides(figures.place, indicator.parts(in: month), filter: filter) ?? false
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

  /// Whether a line of the report is not told: one of its counts is small, or is hidden where its
  /// indicator stands alone.
  func hidesLine(_ line: NutritionReportLine) -> Bool {
    guard let small else { return false }
    let indicators = Indicator.allCases.map { $0.parts(in: month) }
    return small.hides(
      line.place,
      { figures, filter in
        let line = NutritionReportLine(figures, month: month, filter: filter)
        return line.values
          + StatusTable.all.flatMap { [line.count($0.excluded), line.count($0.unknown)] }
          + indicators.flatMap { $0(figures, filter) }
      }, filter: line.filter, hiddenIn: indicators)
  }
}

extension FigureText {
  /// The value, or that it is not told.
  func value(_ figure: Figure?, _ indicator: Indicator) -> String {
    figure.map { value($0, indicator) as String } ?? SmallCounts.mark(format.words)
  }

  /// The fraction; nothing beside a value that is not told.
  func fraction(_ figure: Figure?, _ indicator: Indicator) -> String {
    figure.map { fraction($0, indicator) as String } ?? ""
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
  /// The parts of its figure, none of which may be small: who is counted, who is not, who was not
  /// weighed, and whom it would tell apart beside the indicators that it is a part of.
  fileprivate func parts(in month: CivilMonth) -> SmallCounts.Parts {
    { figures, filter in
      func figure(_ indicator: Indicator) -> Figure {
        figures.figure(indicator, in: month, filter: filter)
      }
      func count(_ indicator: Indicator) -> Int { figure(indicator).numerator }
      let own = figure(self)
      let weighed = figure(.weighed)
      // Shares of those weighed tell how many were weighed, and so how many were not.
      let parts = [
        own.numerator, own.denominator(self) - own.numerator,
        weighed.denominator(.weighed) - weighed.numerator,
      ]
      switch self {
      case .notGained:
        return parts + [weighed.numerator - count(.gainedOfWeighed) - own.numerator]
      case .firstWeighing, .gainedOfComparable, .notWeighedLastMonth:
        return parts + [count(.firstWeighing), count(.notWeighedLastMonth)]
      default: return parts + (wider.map { [count($0) - own.numerator] } ?? [])
      }
    }
  }

  /// The indicator that counts all whom this one counts, and others.
  private var wider: Indicator? {
    switch self {
    case .notGainedTwice: .notGained
    case .severelyStunted: .stunted
    case .severelyWasted: .wasted
    case .severelyUnderweight: .underweight
    case .obese: .overweight
    case .overweight: .riskOfOverweight
    default: nil
    }
  }
}
