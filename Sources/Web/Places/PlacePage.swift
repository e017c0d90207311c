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
  private let shown: FiguresShown
  private let text: FigureText

  private var words: Words { visit.words }
  private var format: Format { visit.format }
  private var place: Place { shown.place }
  private var month: CivilMonth { shown.month }

  init(_ visit: Visit, place: Place) throws {
    self.visit = visit
    text = FigureText(format: visit.format)
    let month = try visit.month()
    shown = try FiguresShown(visit, place, month, first: month.advanced(by: -1))
  }

  func rendering() throws -> Rendering {
    let filters = Filters(visit)
    let below = shown.below
    let hasTiles = shown.own.underFives(in: month) > 0
    let kind = below.first.map { words["kinds_plural.\($0.place.kind.code)"] }
    let buttons = try PlaceTasks(visit).buttons(at: place)
    let fields: Fields = [
      "place": [
        "kind": words["kinds.\(place.kind.code)"], "name": place.name,
        "pws_url": Links.nutrition(place, nil, month), "report_url": Links.report(place, month),
      ] as Fields,
      "has_buttons": !buttons.isEmpty, "buttons": buttons,
      "has_tiles": hasTiles, "tiles": hasTiles ? PlacePage.tiles.map(tile) : nil,
      "undated": try undated(), "has_children": !below.isEmpty,
      "children_heading": kind.map {
        words("place.children_places", ["kinds": $0, "place": visit.named(place)])
      },
      "children": below.isEmpty ? nil : below.map(row),
      "children_total": below.isEmpty ? nil : row(shown.own),
    ]
    let head = try shown.head(
      filters: filters.form("/places/\(place.id.text)", hidden: [], [filters.month(month)]))
    return Rendering(
      template: "place", title: visit.named(place),
      crumbs: visit.crumbs(to: place, month: month), focus: (place, month),
      fields: head.merging(fields))
  }

  /// Who is in no figure since nobody knows how old they are.
  private func undated() throws -> Fields? {
    let count = try visit.district.countWithoutBirthDate(at: place)
    // Counts of two places, one in the other, would tell of a few.
    guard count > 0, shown.small == nil else { return nil }
    return [
      "text": words("place.undated", ["count": format.whole(count)]),
      "undated_url": shown.mayOpenNames(at: place) ? Links.withoutBirthDate(place) : nil,
    ]
  }

  private func tile(_ indicator: Indicator) -> Fields {
    let now = shown.figure(shown.own, indicator, in: month)
    let before = shown.figure(shown.own, indicator, in: month.advanced(by: -1))
    return [
      "code": indicator.definition.code, "name": text.text(indicator, "name"),
      "long": text.text(indicator, "long"), "value": text.value(now, indicator),
      "fraction": text.fraction(now, indicator), "light": text.light(now, indicator).rawValue,
      "change": text.change(indicator, now: now, before: before),
      "pws_url": Links.nutrition(place, indicator, month),
      "tile_url": now.flatMap { shown.opening($0, indicator, at: place) },
      "standings": shown.standings(now, indicator) {
        shown.names(NameSelection(indicator, $0), at: place, count: 1)
      },
      "status": text.status(indicator, now: now, before: before),
      "target": text.target(indicator),
    ]
  }

  private func row(_ figures: PlaceFigures) -> Fields {
    func figure(_ indicator: Indicator) -> Figure { figures.figure(indicator, in: month) }
    func count(_ selection: NameSelection) -> Fields {
      let count = selection.count(figure)
      return [
        "number": told(.weighed) == nil ? SmallCounts.mark(words) : format.whole(count),
        "names_url": shown.names(selection, at: figures.place, count: count),
      ]
    }
    func told(_ indicator: Indicator) -> Figure? {
      shown.figure(figures, indicator, in: month)
    }
    func prevalence(_ indicator: Indicator) -> Fields {
      let figure = told(indicator)
      return [
        "value": text.value(figure, indicator), "number": text.fraction(figure, indicator),
        "names_url": figure.flatMap { shown.opening($0, indicator, at: figures.place) },
      ]
    }
    return [
      "url": Links.place(figures.place, month: month), "name": figures.place.name,
      "s": count(SKDNColumn.registered.selection), "d": count(SKDNColumn.weighed.selection),
      "ds": text.value(told(.weighed), .weighed),
      "nd": text.value(told(.gainedOfWeighed), .gainedOfWeighed),
      "stunting": prevalence(.stunted), "wasting": prevalence(.wasted),
    ]
  }
}
