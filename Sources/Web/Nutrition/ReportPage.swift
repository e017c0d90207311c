import Health
import Journal
import Monitoring
import Services

/// The SKDN figures and the nutritional status table of a month, by place and by sex and age.
/// Every count leads to the names behind it.
struct ReportPage {
  private let visit: Visit
  private let shown: FiguresShown
  private let text: FigureText

  private var words: Words { visit.words }
  private var format: Format { visit.format }
  private var place: Place { shown.place }
  private var month: CivilMonth { shown.month }

  init(_ visit: Visit, choice: NutritionChoice) throws {
    self.visit = visit
    text = FigureText(format: visit.format)
    shown = try FiguresShown(visit, choice.place, choice.month)
  }

  func rendering() throws -> Rendering {
    let filters = Filters(visit)
    var parts = [(title: "by_group", rows: groupRows)]
    if !shown.below.isEmpty { parts.insert(("by_place", placeRows), at: 0) }
    let fields: Fields = [
      "settings": words("settings.in_force", ["edition": visit.district.edition.title]),
      "export_url": visit.visitor.rights.may(.exportFigures, at: place.id)
        ? Links.report(place, month, path: "/nutrition/report.csv") : nil,
      "skdn_columns": SKDNColumn.allCases.map {
        ["name": words["report.\($0.rawValue)"]] as Fields
      },
      "skdn": parts.map { part -> Fields in
        [
          "id": "skdn-\(part.title)", "title": words["report.\(part.title)"],
          "row_heading": heading(part.title), "rows": part.rows.map(skdnRow),
        ]
      },
      "status_tables": parts.flatMap { part in
        StatusTable.all.map { statusTable($0, part.title, part.rows) }
      },
    ]
    let head = try shown.head(
      filters: filters.form(
        "/nutrition/report", hidden: [("place", place.id.text)], [filters.month(month)]))
    return Rendering(
      template: "report", title: "\(words["report.title"]), \(visit.named(place))",
      crumbs: visit.crumbs(to: place, month: month) + [
        Crumb(name: words["common.menu_report"])
      ], section: .report, focus: (place, month), fields: head.merging(fields))
  }

  private func heading(_ title: String) -> String {
    guard title == "by_place", let first = shown.below.first else { return words["report.group"] }
    return words["kinds.\(first.place.kind.code)"]
  }

  // MARK: Rows

  private struct Row {
    let name: String
    var url: String?
    var isTotal = false
    /// Whether it is not told, since some count in it is small.
    var isHidden = false
    let line: NutritionReportLine
  }

  private func line(
    _ figures: PlaceFigures, _ filter: StratumFilter = StratumFilter()
  ) -> NutritionReportLine {
    NutritionReportLine(figures, month: month, filter: filter)
  }

  private var total: Row {
    let line = line(shown.own)
    return Row(
      name: words["common.total"], isTotal: true, isHidden: shown.hidesLine(line), line: line)
  }

  private var placeRows: [Row] {
    shown.below.map { figures in
      let line = line(figures)
      return Row(
        name: figures.place.name, url: Links.report(figures.place, month),
        isHidden: shown.hidesLine(line), line: line)
    } + [total]
  }

  private var groupRows: [Row] {
    // They are told together or not at all.
    let isHidden = ReportPage.groups.first.map { shown.hidesLine(line(shown.own, $0)) } ?? false
    return ReportPage.groups.map { group in
      Row(name: groupName(group), isHidden: isHidden, line: line(shown.own, group))
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

  /// A count that leads to its names; `judged` adds what part of those judged it is.
  private func cell(
    _ selection: NameSelection, _ row: Row, judged: Int = 0
  ) -> Fields {
    if row.isHidden { return ["number": SmallCounts.mark(words)] }
    let line = row.line
    let count = line.count(selection)
    return [
      "number": format.whole(count),
      "names_url": shown.names(selection, at: line.place, count: count, filter: line.filter),
      "percent": judged == 0 ? nil : format.percent(Double(count) * 100 / Double(judged)),
    ]
  }

  private func skdnRow(_ row: Row) -> Fields {
    func percent(_ indicator: Indicator) -> String {
      text.value(row.isHidden ? nil : row.line.figure(indicator), indicator)
    }
    return [
      "name": row.name, "url": row.url, "is_total": row.isTotal,
      "cells": SKDNColumn.allCases.map { cell($0.selection, row) },
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
        ["name": words["growth.categories.\($0.code)"]] as Fields
      },
      "prevalence_name": text.text(table.prevalence, "name"),
      "rows": rows.map { statusRow(table, $0) },
    ]
  }

  private func statusRow(_ table: StatusTable, _ row: Row) -> Fields {
    let judged = row.line.count(table.judged)
    let figure = row.isHidden ? nil : row.line.figure(table.prevalence)
    return [
      "name": row.name, "url": row.url, "is_total": row.isTotal,
      "cells": table.categories.map { cell($0.selection, row, judged: judged) },
      "others": [table.judged, table.excluded, table.unknown].map { cell($0, row) },
      "prevalence": text.value(figure, table.prevalence),
      "prevalence_fraction": text.fraction(figure, table.prevalence),
      "prevalence_url": shown.names(
        .reached(table.prevalence), at: row.line.place, count: figure?.numerator ?? 0,
        filter: row.line.filter),
    ]
  }

  // MARK: Spreadsheet

  /// Every place with every sex and age group in one table.
  func spreadsheet() -> Spreadsheet {
    let keys =
      ["common.place", "common.sex", "common.age_group", "common.month"]
      + SKDNColumn.allCases.map { "report.\($0.rawValue)" }
    var selections = SKDNColumn.allCases.map(\.selection)
    var heading: [Spreadsheet.Cell] = keys.map { .text(words[$0]) }
    for table in StatusTable.all {
      let name = words["report.\(table.id)"]
      heading += table.categories.map {
        .text("\(name): \(words["growth.categories.\($0.code)"])")
      }
      heading += ["judged", "excluded", "unknown"].map {
        .text("\(name): \(words["report.\($0)"])")
      }
      selections += table.categories.map(\.selection)
      selections += [table.judged, table.excluded, table.unknown]
    }
    var rows = [heading]
    for figures in shown.below + [shown.own] {
      let areGroupsHidden =
        ReportPage.groups.first.map { shown.hidesLine(line(figures, $0)) } ?? false
      for filter in [StratumFilter()] + ReportPage.groups {
        let line = line(figures, filter)
        let isHidden = filter == StratumFilter() ? shown.hidesLine(line) : areGroupsHidden
        rows.append(
          [
            .text(visit.named(figures.place)), .text(sexName(filter.sex)),
            .text(ageName(filter.ageGroup)), .text(Format.iso(month)),
          ]
            + selections.map {
              isHidden ? SmallCounts.cell(words) : .count(line.count($0))
            })
      }
    }
    return Spreadsheet(name: "skdn-\(place.name)-\(Format.iso(month)).csv", rows: rows)
  }
}
