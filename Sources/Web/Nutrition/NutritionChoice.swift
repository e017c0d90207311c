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
  init?(_ visit: Visit) throws {
    indicator = try visit.query.indicator() ?? .weighed
    month = try visit.month()
    filter = try visit.query.filter()
    guard let place = try visit.place() else { return nil }
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
}

/// Filters as the pages draw them.
struct Filters {
  private let visit: Visit
  private let words: Words

  init(_ visit: Visit) {
    self.visit = visit
    words = visit.words
  }

  private func select(
    _ name: String, _ label: String, _ options: [(value: String, text: String)], chosen: String
  ) -> Fields {
    [
      "name": name, "label": label,
      "options": options.map { option -> Fields in
        ["value": option.value, "text": option.text, "selected": option.value == chosen]
      },
    ]
  }

  /// The last two years of months up to now, and the chosen one.
  func month(_ chosen: CivilMonth) -> Fields {
    var months = (0..<24).map { visit.currentMonth.advanced(by: -$0) }
    if !months.contains(chosen) { months.append(chosen) }
    return select(
      "month", words["common.month"],
      months.map { (Format.iso($0), visit.format.month($0)) }, chosen: Format.iso(chosen))
  }

  func indicator(_ chosen: Indicator) -> Fields {
    select(
      "indicator", words["common.indicator"],
      Indicator.definitions.map { ($0.code, words["indicators.\($0.code).name"]) },
      chosen: chosen.definition.code)
  }

  func sex(_ chosen: Sex?) -> Fields {
    select(
      "sex", words["common.sex"],
      [
        ("all", words["common.both_sexes"]), ("male", words["common.boys"]),
        ("female", words["common.girls"]),
      ], chosen: chosen?.code ?? "all")
  }

  func age(_ chosen: AgeGroup?) -> Fields {
    select(
      "age", words["common.age_group"],
      [("all", words["age_groups.all"])]
        + AgeGroup.allCases.map { ($0.code, words["age_groups.\($0.code)"]) },
      chosen: chosen?.code ?? "all")
  }

  /// The whole form.
  func form(_ action: String, hidden: [(String, String)], _ fields: [Fields]) -> Fields {
    [
      "action": action,
      "hidden": hidden.map { ["name": $0.0, "value": $0.1] as Fields }, "fields": fields,
    ]
  }
}
