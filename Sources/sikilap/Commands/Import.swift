import ArgumentParser
import Exchange
import Foundation
import Journal
import Services

/// `sikilap import …`.
struct Import: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: words("commands.import"),
      subcommands: [
        ImportMeasurements.self, ImportHouseholds.self, ImportStaff.self, ImportUndo.self,
      ])
  }
}

/// `sikilap import measurements FILE --map MAPPING`.
struct ImportMeasurements: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "measurements", abstract: words("commands.import_measurements"))
  }

  @OptionGroup var options: DatabaseOptions
  @Argument(help: ArgumentHelp(words("commands.file"))) var file: String
  @Option(help: ArgumentHelp(words("commands.map"))) var map = "eppgbm"
  @Option(help: ArgumentHelp(words("commands.refused_option"))) var refused: String?
  @Flag(help: ArgumentHelp(words("commands.create_places"))) var createPlaces = false
  @Flag(help: ArgumentHelp(words("commands.bring_back"))) var bringBack = false
  @Flag(help: ArgumentHelp(words("commands.acknowledge"))) var acknowledge = false

  func run() throws {
    try inWords {
      let mapping = try MeasurementMapping(named: map)
      let district = try options.open(creating: true)
      defer { try? district.journal.close() }
      try AccessLog.settle(district)
      let start = ContinuousClock.now
      let work = MeasurementImport(
        into: district.journal, mapping: mapping, createsPlaces: createPlaces,
        bringsBack: bringBack, hoursEastOfGreenwich: district.hoursEastOfGreenwich, clock: Clock.now
      )
      let summary = try work.run(path: file, refusedPath: refused ?? file + ".ditolak.csv") {
        show($0)
      }
      finish(summary, seconds(since: start))
      try AccessLog.settle(district)
      if summary.refused > 0 && summary.accepted + summary.alreadyThere == 0 {
        throw ExitCode.failure
      }
    }
  }

  private func show(_ progress: MeasurementImport.Progress) {
    if acknowledge {
      FileHandle.standardOutput.write(Data("committed through line \(progress.line)\n".utf8))
      return
    }
    let percent = progress.totalBytes == 0 ? 100 : progress.bytes * 100 / progress.totalBytes
    tell(
      words(
        "commands.progress",
        [
          "percent": String(percent), "line": String(progress.line),
          "accepted": String(progress.summary.accepted),
          "there": String(progress.summary.alreadyThere),
          "refused": String(progress.summary.refused),
        ]), end: "\r")
  }

  private func finish(_ summary: ImportSummary, _ took: (text: String, value: Double)) {
    let rows = summary.accepted + summary.alreadyThere + summary.refused
    tell(
      "\n"
        + words(
          "commands.import_done",
          [
            "accepted": String(summary.accepted), "there": String(summary.alreadyThere),
            "refused": String(summary.refused), "seconds": took.text,
            "rate": String(Int(Double(rows) / took.value)),
          ]))
    for row in summary.examples {
      let key = "errors.import.\(row.problem.code.rawValue)"
      tell(
        words(
          "commands.refused_line",
          [
            "line": String(row.line), "column": row.column, "value": row.problem.value,
            "what": words("\(key).what", row.problem.details),
            "mend": words("\(key).mend", row.problem.details),
          ]))
    }
    if summary.refused > summary.examples.count {
      let more = summary.refused - summary.examples.count
      tell(words("commands.refused_more", ["count": String(more)]))
    }
    showWarnings(summary)
    if let path = summary.refusedFile { tell(words("commands.refused_file", ["path": path])) }
  }

  /// Rows that were taken and should be looked at again: how many of each kind, and the first.
  private func showWarnings(_ summary: ImportSummary) {
    let count = summary.warnings.values.reduce(0, +)
    if count == 0 { return }
    tell(words("commands.warnings", ["count": String(count)]))
    for row in summary.doubtfulRows {
      let key = "warnings.import.\(row.warning.code.rawValue)"
      tell(
        words(
          "commands.warning_line",
          [
            "line": String(row.line), "column": row.column, "value": row.warning.value,
            "what": words("\(key).what", row.warning.details),
            "mend": words("\(key).mend", row.warning.details),
          ]))
    }
    if count > summary.doubtfulRows.count {
      tell(
        words("commands.refused_more", ["count": String(count - summary.doubtfulRows.count)]))
    }
  }
}
