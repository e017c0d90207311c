import ArgumentParser
import Exchange
import Foundation
import Health
import Journal
import Monitoring
import Services

/// `sikilap report …`.
struct Report: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(abstract: words("commands.report"), subcommands: [ReportNutrition.self])
  }
}

/// `sikilap report nutrition --area … --month …`.
struct ReportNutrition: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "nutrition", abstract: words("commands.report_nutrition"))
  }

  @OptionGroup var options: DatabaseOptions
  @Option(help: ArgumentHelp(words("commands.area"))) var area: String?
  @Option(help: ArgumentHelp(words("commands.month"))) var month: String?
  @Option(help: ArgumentHelp(words("commands.csv"))) var csv: String?
  @OptionGroup var known: KnownOptions

  func run() throws {
    try inWords {
      let district = try options.open()
      defer { try? district.journal.close() }
      let known = try known.until(district).map { until in
        try district.figures(asKnown: until) {
          tell(words("commands.reading", ["facts": String($0)]), end: "\r")
        }
      }
      let tree = try known?.tree ?? district.places()
      guard let place = try area.map({ try AreaName.find($0, in: tree) }) ?? tree.roots.first,
        let month = try chosenMonth(district, known)
      else {
        // Facts there may be: none of them had come by then.
        let facts = try known == nil ? 0 : district.extent().facts
        tell(
          facts == 0
            ? words("commands.no_figures")
            : words("commands.nothing_known", ["facts": String(facts)]))
        throw ExitCode.failure
      }
      let report =
        try known.map { district.nutritionReport(of: place, month: month, known: $0) }
        ?? district.nutritionReport(of: place, month: month, tree: tree)
      if let csv {
        try CSVFile.write(csvRows(report, month: month, tree: tree), to: csv)
        if csv == "-" { return }
      }
      print("\(place.name) · \(ReportNutrition.text(month))")
      print(words("settings.in_force", ["edition": district.edition.title]))
      if let known {
        let facts = try district.extent().facts
        print(
          words(
            "commands.known", ["last": String(known.sequence), "facts": String(facts)]))
      }
      print()
      print(words("commands.by_place"))
      show(report.places.map { (ReportNutrition.indented($0.place), $0) })
      print("\n" + words("commands.by_stratum"))
      show(report.strata.map { (ReportNutrition.name($0.filter), $0) })
    }
  }

  private func chosenMonth(_ district: District, _ known: KnownFigures?) throws -> CivilMonth? {
    guard let month else {
      let today = Clock.now().day(hoursEastOfGreenwich: district.hoursEastOfGreenwich)
      if let known { return known.lastMonthWithWeighings(notAfter: today.month) }
      return try district.lastMonthWithWeighings(notAfter: today.month)
    }
    let parts = month.split(separator: "-")
    guard parts.count == 2, parts[0].count == 4, let year = Int(parts[0]),
      let ordinal = Int(parts[1]), (1...12).contains(ordinal)
    else { throw Refusal("bad_month", ["value": month]) }
    return CivilMonth(year: year, ordinal: ordinal)
  }

  private func show(_ lines: [(name: String, line: NutritionReportLine)]) {
    let headings = NutritionReportLine.columns.map { words("commands.columns.\($0)") }
    let rows = lines.map { [$0.name] + $0.line.values.map(String.init) }
    TextTable(headings: [""] + headings, rows: rows).write()
  }

  private func csvRows(
    _ report: NutritionReport, month: CivilMonth, tree: PlaceTree
  ) -> [[String]] {
    let heading =
      ["month", "kind", "code", "puskesmas", "village", "place", "sex", "age_months"]
      + NutritionReportLine.columns
    return [heading]
      + (report.places + report.strata).map { line in
        let path = tree.path(from: line.place.id)
        func above(_ kind: PlaceKind) -> String { path.first { $0.kind == kind }?.name ?? "" }
        return [
          ReportNutrition.text(month), words("kinds.\(line.place.kind.code)"),
          line.place.code, above(.puskesmas), above(.village), line.place.name,
          line.filter.sex.map { $0 == .male ? "L" : "P" } ?? "",
          line.filter.ageGroup?.code ?? "",
        ] + line.values.map(String.init)
      }
  }

  private static func text(_ month: CivilMonth) -> String {
    String(format: "%04d-%02d", month.year, month.ordinal)
  }

  private static func indented(_ place: Place) -> String {
    String(repeating: "  ", count: Int(place.kind.rawValue) - 1) + place.name
  }

  private static func name(_ filter: StratumFilter) -> String {
    let sex = filter.sex.map { $0 == .male ? "L" : "P" } ?? "L+P"
    return sex + " " + (filter.ageGroup?.code ?? "0-59")
  }
}

/// Finds the area that a person names.
enum AreaName {
  static func find(_ text: String, in tree: PlaceTree) throws -> Place {
    if let id = Identifier(text: text), let place = tree.places[id] { return place }
    let all = tree.places.values.filter(\.kind.isInCareTree).sorted {
      ($0.kind.rawValue, $0.name) < ($1.kind.rawValue, $1.name)
    }
    if let place = all.first(where: { !$0.code.isEmpty && $0.code == text }) { return place }
    let wanted = PersonSummary.key(of: text)
    let found = all.filter { place in
      let name = PersonSummary.key(of: place.name)
      let kind = PersonSummary.key(of: words("kinds.\(place.kind.code)"))
      return name == wanted || kind + " " + name == wanted
    }
    if found.count == 1 { return found[0] }
    if found.isEmpty {
      let near = SimilarNames.nearest(text, among: all.map(\.name))
      throw Refusal("unknown_area", ["area": text, "near": near])
    }
    throw Refusal(
      "ambiguous_area",
      ["area": text, "choices": found.map { "\($0.name) (\($0.code))" }.joined(separator: ", ")])
  }
}
