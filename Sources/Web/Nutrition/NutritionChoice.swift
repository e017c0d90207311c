import Health
import Journal
import Monitoring
import Services

/// What the nutrition pages are asked to show.
struct NutritionChoice: Sendable {
  let place: Place
  let indicator: Indicator
  let month: CivilMonth
  let filter: StratumFilter

  /// Reads the parameters; nothing where no place is known at all.
  init?(_ visit: Visit, for action: Action = .seeFigures) throws {
    indicator = try visit.query.indicator() ?? .weighed
    month = try visit.month()
    filter = try visit.query.filter()
    guard let place = try visit.place(for: action) else { return nil }
    self.place = place
  }

  init(place: Place, indicator: Indicator, month: CivilMonth, filter: StratumFilter) {
    self.place = place
    self.indicator = indicator
    self.month = month
    self.filter = filter
  }

  /// The same for another place.
  func at(_ place: Place) -> NutritionChoice {
    NutritionChoice(place: place, indicator: indicator, month: month, filter: filter)
  }

  /// The children that an indicator points at: those not reached yet, or the cases.
  static func concern(_ indicator: Indicator) -> Standing {
    indicator.definition.direction == .up ? .missed : .reached
  }

  /// The children that a figure leads to: those it points at, and where there are none the next
  /// group that is not empty; nothing where there is nobody at all.
  static func opening(_ figure: Figure, _ indicator: Indicator) -> Standing? {
    var order = [concern(indicator)]
    if indicator.definition.countsUnknown { order.append(.unknown) }
    return (order + Standing.asShown).first { figure[$0] > 0 }
  }
}

/// The figures of a place and of those one step down, as pages show them, and what such a page
/// begins with.
struct FiguresShown {
  let visit: Visit
  /// The place itself.
  let own: PlaceFigures
  /// The places one step down.
  let below: [PlaceFigures]
  /// What is not told of them; nothing where all is.
  let small: SmallCounts?
  /// The last month, which the page is about.
  let month: CivilMonth

  var place: Place { own.place }

  /// The figures of a month; `first` and `firstBelow` reach further back.
  init(
    _ visit: Visit, _ place: Place, _ month: CivilMonth, first: CivilMonth? = nil,
    firstBelow: CivilMonth? = nil
  ) throws {
    self.visit = visit
    self.month = month
    own = try visit.district.figures(of: place, from: first ?? month, through: month)
    small = try SmallCounts(
      visit, place, from: min(first ?? month, firstBelow ?? month), through: month)
    below = try visit.district.figures(
      of: visit.tree.children(of: place.id), from: firstBelow ?? month, through: month)
  }

  /// Place, month, and what makes the month's data incomplete.
  func head(filters: Fields) throws -> Fields {
    [
      "place": ["kind": visit.kindBefore(place), "name": place.name] as Fields,
      "month": visit.format.month(month), "filters": filters,
      "notice": try DataNotice.text(visit, place, month),
      "withheld": small == nil
        ? nil
        : visit.words("pws.withheld_note", ["count": visit.format.whole(SmallCounts.least)]),
    ]
  }

  /// The address of the children whom a count of this month stands for; nothing for nobody.
  func names(
    _ selection: NameSelection, at place: Place, count: Int,
    filter: StratumFilter = StratumFilter()
  ) -> String? {
    count > 0 && mayOpenNames(at: place)
      ? Links.names(selection, at: place, month, filter: filter) : nil
  }

  /// Whether counts of a place lead to names.
  func mayOpenNames(at place: Place) -> Bool {
    visit.visitor.rights.may(.openNames, at: place.id)
  }

  /// Where a figure of this month leads: to the first of its groups that is not empty.
  func opening(
    _ figure: Figure, _ indicator: Indicator, at place: Place,
    filter: StratumFilter = StratumFilter()
  ) -> String? {
    guard mayOpenNames(at: place) else { return nil }
    return NutritionChoice.opening(figure, indicator).map {
      Links.names(
        NameSelection(indicator, .standing($0)), at: place, month, filter: filter)
    }
  }
}

/// Filters as the pages draw them.
struct Filters {
  private let visit: Visit
  private let words: Words

  init(_ visit: Visit) {
    self.visit = visit
    words = visit.words
  }

  /// The last two years of months up to now, and the chosen one.
  func month(_ chosen: CivilMonth) -> Fields {
    var months = (0..<24).map { visit.currentMonth.advanced(by: -$0) }
    if !months.contains(chosen) { months.append(chosen) }
    return .select(
      "month", label: words["common.month"],
      months.map { (Format.iso($0), visit.format.month($0)) }, chosen: Format.iso(chosen))
  }

  func indicator(_ chosen: Indicator) -> Fields {
    .select(
      "indicator", label: words["common.indicator"],
      Indicator.definitions.map { ($0.code, words["indicators.\($0.code).name"]) },
      chosen: chosen.definition.code)
  }

  func sex(_ chosen: Sex?) -> Fields {
    .select(
      "sex", label: words["common.sex"],
      [
        ("all", words["common.both_sexes"]), ("male", words["common.boys"]),
        ("female", words["common.girls"]),
      ], chosen: chosen?.code ?? "all")
  }

  func age(_ chosen: AgeGroup?) -> Fields {
    .select(
      "age", label: words["common.age_group"],
      [("all", words["age_groups.all"])]
        + AgeGroup.allCases.map { ($0.code, words["age_groups.\($0.code)"]) },
      chosen: chosen?.code ?? "all")
  }

  func sort(_ chosen: NameOrder) -> Fields {
    .select(
      "sort", label: words["common.sort"],
      NameOrder.allCases.map { ($0.rawValue, words["names.sort_\($0.rawValue)"]) },
      chosen: chosen.rawValue)
  }

  /// The whole form.
  func form(_ action: String, hidden: [(String, String)], _ fields: [Fields]) -> Fields {
    [
      "action": action,
      "hidden": hidden.map { ["name": $0.0, "value": $0.1] as Fields }, "fields": fields,
    ]
  }
}
