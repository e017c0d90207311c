import Health
import Journal
import Monitoring
import Services

/// The PWS of one indicator: the figure, the places below in order, and the months.
struct NutritionPage {
  private let visit: Visit
  private let choice: NutritionChoice
  private let text: FigureText
  private let shown: FiguresShown

  private var own: PlaceFigures { shown.own }
  private var below: [PlaceFigures] { shown.below }
  private var words: Words { visit.words }
  private var format: Format { visit.format }
  private var indicator: Indicator { choice.indicator }
  private var month: CivilMonth { choice.month }
  private var lastMonth: CivilMonth { month.advanced(by: -1) }

  init(_ visit: Visit, choice: NutritionChoice) throws {
    self.visit = visit
    self.choice = choice
    text = FigureText(format: visit.format)
    let sum = min(choice.month.januaryOfYear, choice.month.advanced(by: -1))
    shown = try FiguresShown(
      visit, choice.place, choice.month, first: min(sum, choice.month.advanced(by: -11)),
      firstBelow: sum)
  }

  /// The figure as far as it is told.
  private func figure(_ figures: PlaceFigures, _ month: CivilMonth) -> Figure? {
    shown.figure(figures, indicator, in: month, filter: choice.filter)
  }

  /// The places below with the figure, best first, or largest first where neither is better; those
  /// without one last.
  private var ranked: [(place: PlaceFigures, figure: Figure?)] {
    let up = indicator.definition.direction != .down
    return below.map { (place: $0, figure: figure($0, month)) }
      .enumerated().sorted { left, right in
        switch (
          left.element.figure?.percent(indicator), right.element.figure?.percent(indicator)
        ) {
        case (let one?, let other?) where one != other: up ? one > other : one < other
        case (.some, nil): true
        case (nil, .some): false
        default: left.offset < right.offset
        }
      }.map(\.element)
  }

  func rendering() throws -> Rendering {
    let place = choice.place
    let ranked = ranked
    // That there is nobody of some sex and age is a small count too.
    let hasData =
      own.underFives(in: month, filter: shown.small == nil ? choice.filter : StratumFilter()) > 0
    let title = "\(words["pws.title"]): \(text.text(indicator, "name")), \(visit.named(place))"
    var fields = try shown.head(filters: filters).merging([
      "has_data": hasData, "has_rows": !below.isEmpty,
    ])
    if (1..<5).contains(figure(own, month)?.denominator(indicator) ?? 0) {
      fields["small"] = words["pws.small"]
    }
    if shown.small != nil, choice.filter != StratumFilter(), figure(own, month) == nil,
      shown.figure(own, indicator, in: month) != nil
    {
      fields["whole_url"] = Links.nutrition(place, indicator, month)
    }
    if hasData {
      fields["headline"] = headline
      fields["trend"] = trend.svg()
      fields["trend_rows"] = trendRows
      fields["bars"] = bars(ranked).html()
      fields["sorted"] =
        words[indicator.definition.direction == .neither ? "pws.sorted_largest" : "pws.sorted"]
      fields["rows"] = ranked.enumerated().map { row($0.offset + 1, $0.element.place) }
      fields["total"] = row(nil, own)
      fields["export_url"] =
        visit.visitor.rights.may(.exportFigures, at: place.id)
        ? Links.nutrition(
          place, indicator, month, filter: choice.filter, path: "/nutrition.csv") : nil
    }
    return Rendering(
      template: "pws", title: title,
      crumbs: visit.crumbs(to: place, month: month) + [Crumb(name: words["pws.title"])],
      section: .pws, focus: (place, month), fields: fields)
  }

  private var filters: Fields {
    let filters = Filters(visit)
    return filters.form(
      "/nutrition", hidden: [("place", choice.place.id.text)],
      [
        filters.indicator(indicator), filters.month(month), filters.sex(choice.filter.sex),
        filters.age(choice.filter.ageGroup),
      ])
  }

  private var headline: Fields {
    let now = figure(own, month)
    let before = figure(own, lastMonth)
    let sum = shown.cumulative(own, indicator, through: month, filter: choice.filter)
    return [
      "name": text.text(indicator, "name"), "long": text.text(indicator, "long"),
      "meaning": text.text(indicator, "meaning"), "value": text.value(now, indicator),
      "fraction": text.fraction(now, indicator), "light": text.light(now, indicator).rawValue,
      "status": text.status(indicator, now: now, before: before),
      "target": text.target(indicator), "last_value": text.value(before, indicator),
      "last_fraction": text.fraction(before, indicator),
      "cumulative": text.value(sum, indicator),
      "cumulative_fraction": text.fraction(sum, indicator),
      "change": text.change(indicator, now: now, before: before),
      "names_url": opening(now, choice.place),
      "standings": shown.standings(now, indicator) { names(choice.place, $0, month) },
    ]
  }

  /// The way to names; nothing for who may not open them.
  private func names(_ place: Place, _ group: NameGroup, _ month: CivilMonth) -> String? {
    shown.mayOpenNames(at: place)
      ? Links.names(NameSelection(indicator, group), at: place, month, filter: choice.filter) : nil
  }

  private func opening(_ figure: Figure?, _ place: Place) -> String? {
    figure.flatMap { shown.opening($0, indicator, at: place, filter: choice.filter) }
  }

  /// A count of this month with the way to its names; nothing leads to nobody.
  private func count(_ count: Int?, _ group: NameGroup, at place: Place) -> Fields {
    [
      "number": count.map { format.whole($0) } ?? SmallCounts.mark(words),
      "names_url": count ?? 0 > 0 ? names(place, group, month) : nil,
    ]
  }

  private func row(_ rank: Int?, _ figures: PlaceFigures) -> Fields {
    let now = figure(figures, month)
    let before = figure(figures, lastMonth)
    let sum = shown.cumulative(figures, indicator, through: month, filter: choice.filter)
    return [
      "rank": rank.map { format.whole($0) }, "name": figures.place.name,
      "url": Links.nutrition(figures.place, indicator, month, filter: choice.filter),
      "counts": [
        count(now?.numerator, .standing(.reached), at: figures.place),
        count(now?.denominator(indicator), .denominator, at: figures.place),
      ],
      "value": text.value(now, indicator), "last_value": text.value(before, indicator),
      "cumulative": text.value(sum, indicator),
      "change": text.change(indicator, now: now, before: before),
      "status": text.status(indicator, now: now, before: before),
      "opening_url": opening(now, figures.place),
    ]
  }

  private func bars(_ ranked: [(place: PlaceFigures, figure: Figure?)]) -> BarChart {
    let kind = ranked.first.map { words["kinds.\($0.place.place.kind.code)"] } ?? ""
    return BarChart(
      id: "bars",
      title: words(
        "charts.bars_title",
        [
          "indicator": text.text(indicator, "name"), "kind": kind,
          "month": format.month(month),
        ]),
      bars: ranked.map { entry in
        let light = text.light(entry.figure, indicator)
        return BarChart.Bar(
          label: entry.place.place.name, value: entry.figure?.percent(indicator),
          valueText: text.value(entry.figure, indicator),
          fraction: text.fraction(entry.figure, indicator),
          link: opening(entry.figure, entry.place.place)
            ?? Links.nutrition(entry.place.place, indicator, month, filter: choice.filter),
          light: light,
          lightText: words[entry.figure == nil ? "pws.withheld_why" : "lights.\(light.rawValue)"])
      }, target: targetTick)
  }

  private var targetTick: ChartTick? {
    indicator.definition.targetPercent.map {
      ChartTick(value: $0, label: text.target(indicator) ?? "")
    }
  }

  /// The months that the trend shows, oldest first.
  private var months: [CivilMonth] { (-11...0).map { month.advanced(by: $0) } }

  /// A month's figure; nothing where nobody was weighed in it.
  private func heldFigure(_ month: CivilMonth) -> Figure? {
    guard own.figure(.weighed, in: month).reached > 0 else { return nil }
    return figure(own, month).flatMap { $0.denominator(indicator) > 0 ? $0 : nil }
  }

  /// Whether there is a figure of the month that is not told.
  private func isHidden(_ month: CivilMonth) -> Bool {
    own.figure(.weighed, in: month).reached > 0 && figure(own, month) == nil
  }

  private var trend: TrendChart {
    let shown = months.map { month -> TrendChart.Month in
      let held = heldFigure(month)
      let name = format.month(month)
      return TrendChart.Month(
        label: format.shortMonth(month),
        title: held.map {
          "\(name): \(text.value($0, indicator)) (\(text.fraction($0, indicator)))"
        } ?? "\(name): \(isHidden(month) ? SmallCounts.mark(words) : words["charts.no_data"])",
        value: held?.percent(indicator), valueText: held.map { text.value($0, indicator) } ?? "")
    }
    let largest = max(
      shown.compactMap(\.value).max() ?? 0, indicator.definition.targetPercent ?? 0)
    return TrendChart(
      id: "trend",
      title: words(
        "charts.trend_title",
        ["indicator": text.text(indicator, "name"), "place": visit.named(choice.place)]),
      description: shown.map(\.title).joined(separator: "; "), months: shown, target: targetTick,
      ticks: ChartRange.roundSteps(upTo: largest).map {
        ChartTick(value: $0, label: format.shortPercent($0))
      })
  }

  private var trendRows: [Fields] {
    months.reversed().map { month in
      func link(_ count: Int, _ standing: Standing?) -> String? {
        count > 0
          ? names(choice.place, standing.map { .standing($0) } ?? .denominator, month) : nil
      }
      let figures: Fields? = heldFigure(month).map { held in
        let all = held.denominator(indicator)
        return [
          "counts": [
            ["number": format.whole(held.numerator), "names_url": link(held.numerator, .reached)],
            ["number": format.whole(all), "names_url": link(all, nil)],
          ] as [Fields], "value": text.value(held, indicator),
        ]
      }
      let hidden: Fields? =
        isHidden(month)
        ? [
          "counts": [["number": SmallCounts.mark(words)], ["number": SmallCounts.mark(words)]]
            as [Fields],
          "value": SmallCounts.mark(words),
        ] : nil
      return ["month_name": format.month(month), "figures": figures ?? hidden]
    }
  }

  /// The table for a spreadsheet.
  func spreadsheet() -> Spreadsheet {
    let hidden = SmallCounts.cell(words)
    var rows: [[Spreadsheet.Cell]] = [
      [
        .text(words["common.place"]), .text(words["common.indicator"]),
        .text(words["common.month"]), .text(words["pws.numerator"]),
        .text(words["pws.denominator"]), .text(words["pws.percent"]),
        .text(words["pws.last_month"]), .text(words["pws.cumulative"]),
        .text(words["pws.status"]),
      ]
    ]
    for figures in ranked.map(\.place) + [own] {
      let now = figure(figures, month)
      let before = figure(figures, lastMonth)
      let sum = shown.cumulative(figures, indicator, through: month, filter: choice.filter)
      let status = now.flatMap { now in
        before.flatMap { TargetStatus.of(indicator, now: now, before: $0) }
      }
      func count(_ count: Int?) -> Spreadsheet.Cell { count.map { .count($0) } ?? hidden }
      func percent(_ figure: Figure?) -> Spreadsheet.Cell {
        figure.map { .decimal($0.percent(indicator)) } ?? hidden
      }
      rows.append([
        .text(visit.named(figures.place)), .text(text.text(indicator, "name")),
        .text(Format.iso(month)), count(now?.numerator), count(now?.denominator(indicator)),
        percent(now), percent(before),
        percent(sum),
        .text(status.map { words["statuses.\($0.rawValue)"] } ?? ""),
      ])
    }
    return Spreadsheet(
      name: "pws-\(indicator.definition.code)-\(choice.place.name)-\(Format.iso(month)).csv",
      rows: rows)
  }
}
