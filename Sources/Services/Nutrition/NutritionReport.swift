import Health
import Journal
import Monitoring

/// One line of the nutrition report: the SKDN and the nutritional status of some children.
public struct NutritionReportLine: Sendable {
  /// The place.
  public let place: Place
  /// Only these children.
  public let filter: StratumFilter
  private let figures: [Indicator: Figure]

  /// A line from a place's figures of a month.
  public init(_ figures: PlaceFigures, month: CivilMonth, filter: StratumFilter) {
    place = figures.place
    self.filter = filter
    var all: [Indicator: Figure] = [:]
    for indicator in Indicator.allCases {
      all[indicator] = figures.figure(indicator, in: month, filter: filter)
    }
    self.figures = all
  }

  /// An indicator's figure.
  public func figure(_ indicator: Indicator) -> Figure { figures[indicator] ?? Figure() }

  /// How many children a selection has.
  public func count(_ selection: NameSelection) -> Int { selection.count(figure) }

  /// The columns of ``values``, in their order: the codes that catalogues and files use.
  public static let columns =
    SKDNColumn.allCases.map { $0 == .notGainedTwice ? "2t" : $0.rawValue } + [
      "bb_u_assessed", "bb_u_severe", "bb_u_under", "bb_u_normal", "bb_u_high",
      "tb_u_assessed", "tb_u_severe", "tb_u_stunted", "tb_u_normal", "tb_u_tall",
      "bb_tb_assessed", "bb_tb_severe", "bb_tb_wasted", "bb_tb_normal", "bb_tb_risk",
      "bb_tb_over", "bb_tb_obese", "implausible",
    ]

  /// SKDN; then, by each index of Permenkes 2/2020, children assessed and in each category; then
  /// implausible lengths for age: excluded, and not because the child died.
  public var values: [Int] {
    var values = SKDNColumn.allCases.map { count($0.selection) }
    for table in StatusTable.all {
      values.append(count(table.judged))
      values += table.categories.map { count($0.selection) }
    }
    return values + [Int(figure(.stunted).excluded - figure(.weighed).excluded)]
  }
}

/// The nutrition report of a place and month.
public struct NutritionReport: Sendable {
  /// The place itself and every place below it.
  public let places: [NutritionReportLine]
  /// The place itself by sex and age group.
  public let strata: [NutritionReportLine]
}

extension District {
  /// The SKDN and nutritional status of a place and all below it, and by sex and age group.
  ///
  /// - Parameter levels: how many steps down lines go.
  public func nutritionReport(
    of place: Place, month: CivilMonth, tree: PlaceTree, levels: Int = 3
  ) throws -> NutritionReport {
    let places = District.lines(of: place, in: tree, levels: levels)
    return NutritionReport(
      try figures(of: places, from: month, through: month), month: month)
  }

  /// As ``nutritionReport(of:month:tree:levels:)``, from what was known then.
  public func nutritionReport(
    of place: Place, month: CivilMonth, known: KnownFigures, levels: Int = 3
  ) -> NutritionReport {
    let places = District.lines(of: place, in: known.tree, levels: levels)
    return NutritionReport(
      known.figures(of: places, from: month, through: month), month: month)
  }

  /// The places that have a line: the place and so many steps down.
  private static func lines(of place: Place, in tree: PlaceTree, levels: Int) -> [Place] {
    func below(_ place: Place, _ depth: Int) -> [Place] {
      depth == 0
        ? [place]
        : [place] + tree.children(of: place.id).flatMap { below($0, depth - 1) }
    }
    return below(place, levels)
  }
}

extension NutritionReport {
  /// The report of places, the first of which is also told by sex and age group.
  fileprivate init(_ figures: [PlaceFigures], month: CivilMonth) {
    var filters: [StratumFilter] = []
    for sex in [Sex.male, .female] {
      filters.append(StratumFilter(sex: sex))
      filters += AgeGroup.allCases.map { StratumFilter(sex: sex, ageGroup: $0) }
    }
    filters += AgeGroup.allCases.map { StratumFilter(ageGroup: $0) }
    self.init(
      places: figures.map { NutritionReportLine($0, month: month, filter: StratumFilter()) },
      strata: filters.map { NutritionReportLine(figures[0], month: month, filter: $0) })
  }
}
