import ArgumentParser
import Exchange
import Foundation
import Health
import Monitoring
import Services

/// `sikilap prevalence IN.csv --output OUT.csv`: prevalences of any survey, without a database.
struct Prevalence: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: words("commands.prevalence"), discussion: words("commands.prevalence_columns"))
  }

  @Argument(help: ArgumentHelp(words("commands.file"))) var file: String
  @Option(help: ArgumentHelp(words("commands.prevalence_output"))) var output: String?
  @Option(help: ArgumentHelp(words("commands.age_unit"))) var ageUnit = Growth.AgeUnit.days

  func run() throws {
    try inWords {
      try refuseToOverwrite()
      let table = try PrevalenceTable(path: file, agesInMonths: ageUnit == .months)
      let leftOut = [
        ("prevalence_too_old", table.tooOld), ("prevalence_no_design", table.withoutDesign),
        ("prevalence_no_weight", table.withoutWeight),
      ]
      for (key, count) in leftOut where count > 0 {
        tell(words("commands.\(key)", ["count": String(count)]))
      }
      if let output {
        try CSVFile.write(table.csv, to: output)
        if output == "-" { return }
        tell(words("commands.prevalence_done", ["rows": String(table.rows), "path": output]))
      }
      TextTable(
        headings: [words("commands.prevalence_group"), "n"] + PrevalenceTable.headings,
        rows: table.lines.map { line in
          [name(line.group), String(line.children)] + line.estimates.map(text)
        }
      ).write()
      print(words["commands.prevalence_legend"])
    }
  }

  private func name(_ group: PrevalenceTable.Group) -> String {
    let sex = group.sex.map { $0 == .male ? words["common.boys"] : words["common.girls"] }
    let age = group.age.map { $0.replacing(" mo", with: "") }
    let parts = [sex, age.map { words("commands.prevalence_age", ["age": $0]) }]
    return parts.allSatisfy { $0 == nil }
      ? words["commands.prevalence_all"] : parts.compactMap(\.self).joined(separator: " ")
  }

  private func text(_ estimate: SurveyEstimate?) -> String {
    guard let estimate else { return words["common.none"] }
    func decimal(_ value: Double) -> String {
      String(format: "%.1f", value).replacing(".", with: words["common.decimal"])
    }
    return "\(decimal(estimate.value)) (\(decimal(estimate.lower))–\(decimal(estimate.upper)))"
  }

  /// The survey itself is never written over.
  private func refuseToOverwrite() throws {
    guard let output, output != "-" else { return }
    let paths = [file, output].map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
    guard paths[0] != paths[1] else { throw Refusal("cannot_write", ["path": output]) }
  }
}
