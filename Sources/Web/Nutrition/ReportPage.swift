import Health
import Journal
import Monitoring
import Services

/// The SKDN figures and the nutritional status table of a month, by place and by sex and age.
struct ReportPage {
  private let visit: Visit
  private let place: Place
  private let month: CivilMonth
  private let own: PlaceFigures
  private let below: [PlaceFigures]
  private let text: FigureText

  private var words: Words { visit.words }
  private var format: Format { visit.format }

  init(_ visit: Visit, choice: NutritionChoice) throws {
    self.visit = visit
    place = choice.place
    month = choice.month
    text = FigureText(format: visit.format)
    own = try visit.district.figures(of: place, from: month, through: month)
    below = try visit.district.figures(
      of: visit.tree.children(of: place.id), from: month, through: month)
  }

  func rendering() throws -> Rendering {
    let filters = Filters(visit)
    var lists = [groupRows]
    var titles = ["by_group"]
    if !below.isEmpty {
      lists.insert(placeRows, at: 0)
      titles.insert("by_place", at: 0)
    }
    var skdn: [Fields] = []
    for (title, rows) in zip(titles, lists) {
      skdn.append([
        "id": "skdn-\(title)", "title": words["report.\(title)"],
        "row_heading": heading(title), "rows": rows.map(skdnRow),
      ])
    }
    var tables: [Fields] = []
    for (title, rows) in zip(titles, lists) {
      for table in StatusTable.all { tables.append(statusTable(table, title, rows)) }
    }
    let fields: Fields = [
      "place": ["kind": visit.kindBefore(place), "name": place.name] as Fields,
      "month": format.month(month),
      "filters": filters.form(
        "/nutrition/report", hidden: [("place", place.id.text)], [filters.month(month)]),
      "notice": try DataNotice.text(visit, place, month),
      "settings": words("settings.in_force", ["edition": visit.district.edition.title]),
      "export_url": Links.report(place, month, path: "/nutrition/report.csv"),
      "skdn": skdn, "status_tables": tables,
    ]
    return Rendering(
      template: "report", title: "\(words["report.title"]), \(visit.named(place))",
      crumbs: visit.crumbs(to: place, month: month) + [
        Crumb(name: words["common.menu_report"])
      ], section: .report, focus: (place, month), fields: fields)
  }

  private func heading(_ title: String) -> String {
    guard title == "by_place", let first = below.first else { return words["report.group"] }
    return words["kinds.\(first.place.kind.code)"]
  }

  // MARK: Rows

  private struct Row {
    let name: String
    var url: String?
    var isTotal = false
    let counts: ReportCounts
  }

  private var total: Row {
    Row(
      name: words["common.total"], isTotal: true,
      counts: ReportCounts(own, month, StratumFilter()))
  }

  private var placeRows: [Row] {
    below.map { figures in
      Row(
        name: figures.place.name, url: Links.report(figures.place, month),
        counts: ReportCounts(figures, month, StratumFilter()))
    } + [total]
  }

  private var groupRows: [Row] {
    ReportPage.groups.map { filter in
      Row(name: groupName(filter), counts: ReportCounts(own, month, filter))
    } + [total]
  }

  private static let groups = Sex.allCases.flatMap { sex in
    AgeGroup.allCases.map { StratumFilter(sex: sex, ageGroup: $0) }
  }

  private func sexName(_ sex: Sex?) -> String {
    switch sex {
    case .male: words["common.boys"]
    case .female: words["common.girls"]
    case nil: words["common.both_sexes"]
    }
  }

  private func ageName(_ group: AgeGroup?) -> String {
    words["age_groups.\(group?.code ?? "all")"]
  }

  private func groupName(_ filter: StratumFilter) -> String {
    "\(sexName(filter.sex)), \(ageName(filter.ageGroup))"
  }

  private func skdnRow(_ row: Row) -> Fields {
    let counts = row.counts
    func percent(_ indicator: Indicator) -> String {
      text.value(counts.figure(indicator), indicator)
    }
    return [
      "name": row.name, "url": row.url, "is_total": row.isTotal,
      "s": format.whole(counts.registered), "k": format.whole(counts.withBook),
      "d": format.whole(counts.weighed), "bo": format.whole(counts.notComparable),
      "n": format.whole(counts.gained), "tt": format.whole(counts.notGained),
      "t2": format.whole(counts.notGainedTwice), "bgm": format.whole(counts.belowRedLine),
      "k_s": percent(.hasChildHealthBook), "d_s": percent(.weighed),
      "n_d": percent(.gainedOfWeighed), "n_dbo": percent(.gainedOfComparable),
    ]
  }

  private func statusTable(_ table: StatusTable, _ title: String, _ rows: [Row]) -> Fields {
    [
      "id": "\(table.id)-\(title)",
      "title": "\(words["report.\(table.id)"]), \(words["report.\(title)"])",
      "row_heading": heading(title),
      "columns": table.categories.map {
        ["name": words["growth.categories.\($0)"]] as Fields
      },
      "prevalence_name": text.text(table.prevalence, "name"),
      "rows": rows.map { statusRow(table, $0) },
    ]
  }

  private func statusRow(_ table: StatusTable, _ row: Row) -> Fields {
    let measured = table.measured(row.counts)
    let figure = row.counts.figure(table.prevalence)
    return [
      "name": row.name, "url": row.url, "is_total": row.isTotal,
      "cells": table.counts(row.counts).map { count -> Fields in
        [
          "count": format.whole(count),
          "percent": measured == 0
            ? nil : format.percent(Double(count) * 100 / Double(measured)),
        ]
      },
      "measured": format.whole(measured),
      "left_out": format.whole(max(0, row.counts.weighed - measured)),
      "prevalence": text.value(figure, table.prevalence),
      "prevalence_fraction": text.fraction(figure, table.prevalence),
    ]
  }

  // MARK: Spreadsheet

  /// Every place with every sex and age group in one table.
  func spreadsheet() -> Spreadsheet {
    let keys = [
      "common.place", "common.sex", "common.age_group", "common.month", "report.s", "report.k",
      "report.d", "report.bo", "report.n", "report.t", "report.t2", "report.bgm",
    ]
    var heading: [Spreadsheet.Cell] = keys.map { .text(words[$0]) }
    for table in StatusTable.all {
      let name = words["report.\(table.id)"]
      heading += table.categories.map {
        .text("\(name): \(words["growth.categories.\($0)"])")
      }
      heading.append(.text("\(name): \(words["report.measured"])"))
    }
    var rows = [heading]
    for figures in below + [own] {
      for filter in [StratumFilter()] + ReportPage.groups {
        let counts = ReportCounts(figures, month, filter)
        var row: [Spreadsheet.Cell] = [
          .text(visit.named(figures.place)), .text(sexName(filter.sex)),
          .text(ageName(filter.ageGroup)), .text(Format.iso(month)),
        ]
        row += [
          counts.registered, counts.withBook, counts.weighed, counts.notComparable,
          counts.gained, counts.notGained, counts.notGainedTwice, counts.belowRedLine,
        ].map { .count($0) }
        for table in StatusTable.all {
          row += table.counts(counts).map { .count($0) }
          row.append(.count(table.measured(counts)))
        }
        rows.append(row)
      }
    }
    return Spreadsheet(name: "skdn-\(place.name)-\(Format.iso(month)).csv", rows: rows)
  }
}

/// The counts of a report's row.
struct ReportCounts {
  private let figures: PlaceFigures
  private let month: CivilMonth
  private let filter: StratumFilter

  init(_ figures: PlaceFigures, _ month: CivilMonth, _ filter: StratumFilter) {
    self.figures = figures
    self.month = month
    self.filter = filter
  }

  func figure(_ indicator: Indicator) -> Figure {
    figures.figure(indicator, in: month, filter: filter)
  }

  /// The children that an indicator counts.
  func count(_ indicator: Indicator) -> Int { figure(indicator).numerator }

  /// S.
  var registered: Int { figure(.weighed).denominator(.weighed) }
  /// K.
  var withBook: Int { count(.hasChildHealthBook) }
  /// D.
  var weighed: Int { count(.weighed) }
  /// N.
  var gained: Int { count(.gainedOfWeighed) }
  /// T.
  var notGained: Int { count(.notGained) }
  /// 2T.
  var notGainedTwice: Int { count(.notGainedTwice) }
  /// BGM.
  var belowRedLine: Int { count(.belowRedLine) }
  /// B and O together: weighed, and left out of N/(D−B−O).
  var notComparable: Int { Int(figure(.gainedOfComparable).excluded) }
}

/// One index of Permenkes 2/2020 as a table: how many children in each category.
struct StatusTable: Sendable {
  /// The key of its title under `report`.
  let id: String
  /// The categories' codes in the catalogues, lowest first.
  let categories: [String]
  /// The indicator whose prevalence closes the row, and whose denominator is "measured".
  let prevalence: Indicator
  /// Counts in the order of the categories: lower limits count downwards, upper ones upwards, and
  /// each category is the difference between two neighbouring figures.
  private let low: [Indicator]
  private let high: [Indicator]

  static let all = [
    StatusTable(
      id: "wfa",
      categories: ["severely_underweight", "underweight", "weight_normal", "weight_risk_over"],
      prevalence: .underweight, low: [.severelyUnderweight, .underweight],
      high: [.highWeightForAge]),
    StatusTable(
      id: "lfa", categories: ["severely_stunted", "stunted", "height_normal", "tall"],
      prevalence: .stunted, low: [.severelyStunted, .stunted], high: [.tall]),
    StatusTable(
      id: "wfl",
      categories: [
        "severely_wasted", "wasted", "nutrition_normal", "nutrition_risk_over", "overweight",
        "obese",
      ], prevalence: .wasted, low: [.severelyWasted, .wasted],
      high: [.riskOfOverweight, .overweight, .obese]),
  ]

  /// The children that were judged.
  func measured(_ counts: ReportCounts) -> Int {
    counts.figure(prevalence).denominator(prevalence)
  }

  /// How many children in each category.
  func counts(_ counts: ReportCounts) -> [Int] {
    let below = low.map { counts.count($0) }
    let above = high.map { counts.count($0) }
    var result: [Int] = []
    for (position, count) in below.enumerated() {
      result.append(count - (position == 0 ? 0 : below[position - 1]))
    }
    result.append(measured(counts) - (below.last ?? 0) - (above.first ?? 0))
    for (position, count) in above.enumerated() {
      result.append(count - (position + 1 < above.count ? above[position + 1] : 0))
    }
    return result
  }
}
