import Health
import Journal
import Monitoring
import Services

/// A place: its key figures of a month, and the places one step down.
struct PlacePage {
  /// The indicators shown as tiles.
  static let tiles: [Indicator] = [
    .weighed, .gainedOfWeighed, .notGained, .notGainedTwice, .belowRedLine, .stunted, .wasted,
    .underweight, .overweight,
  ]

  private let visit: Visit
  private let place: Place
  private let month: CivilMonth
  private let own: PlaceFigures
  private let below: [PlaceFigures]
  private let text: FigureText

  private var words: Words { visit.words }
  private var format: Format { visit.format }

  init(_ visit: Visit, place: Place) throws {
    self.visit = visit
    self.place = place
    month = try visit.month()
    text = FigureText(format: visit.format)
    own = try visit.district.figures(
      of: place, from: month.advanced(by: -1), through: month)
    below = try visit.district.figures(
      of: visit.tree.children(of: place.id), from: month, through: month)
  }

  func rendering() throws -> Rendering {
    let filters = Filters(visit)
    let hasTiles = own.underFives(in: month) > 0
    let kind = below.first.map { words["kinds_plural.\($0.place.kind.code)"] }
    let fields: Fields = [
      "place": [
        "kind": words["kinds.\(place.kind.code)"], "name": place.name,
        "pws_url": Links.nutrition(place, nil, month), "report_url": Links.report(place, month),
      ] as Fields,
      "month": format.month(month),
      "filters": filters.form(
        "/places/\(place.id.text)", hidden: [], [filters.month(month)]),
      "notice": try DataNotice.text(visit, place, month), "has_tiles": hasTiles,
      "tiles": hasTiles ? PlacePage.tiles.map(tile) : nil, "has_children": !below.isEmpty,
      "children_heading": kind.map {
        words("place.children_places", ["kinds": $0, "place": visit.named(place)])
      },
      "children": below.isEmpty ? nil : below.map(row),
      "children_total": below.isEmpty ? nil : row(own),
    ]
    return Rendering(
      template: "place", title: visit.named(place),
      crumbs: visit.crumbs(to: place, month: month), focus: (place, month), fields: fields)
  }

  private func tile(_ indicator: Indicator) -> Fields {
    let now = own.figure(indicator, in: month)
    let before = own.figure(indicator, in: month.advanced(by: -1))
    return [
      "code": indicator.definition.code, "name": text.text(indicator, "name"),
      "long": text.text(indicator, "long"), "value": text.value(now, indicator),
      "fraction": text.fraction(now, indicator), "light": text.light(now, indicator).rawValue,
      "change": text.change(indicator, now: now, before: before),
      "pws_url": Links.nutrition(place, indicator, month),
      "names_url": Links.names(
        place, indicator, month, state: NutritionChoice.concern(indicator)),
      "status": text.status(indicator, now: now, before: before),
      "target": text.target(indicator),
    ]
  }

  private func row(_ figures: PlaceFigures) -> Fields {
    func figure(_ indicator: Indicator) -> Figure { figures.figure(indicator, in: month) }
    let weighed = figure(.weighed)
    let stunted = figure(.stunted)
    let wasted = figure(.wasted)
    return [
      "url": Links.place(figures.place, month: month), "name": figures.place.name,
      "s": format.whole(weighed.denominator(.weighed)), "d": format.whole(weighed.numerator),
      "ds": text.value(weighed, .weighed),
      "nd": text.value(figure(.gainedOfWeighed), .gainedOfWeighed),
      "stunting": text.value(stunted, .stunted),
      "stunting_fraction": text.fraction(stunted, .stunted),
      "wasting": text.value(wasted, .wasted),
      "wasting_fraction": text.fraction(wasted, .wasted),
    ]
  }
}
