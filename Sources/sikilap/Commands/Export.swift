import ArgumentParser
import Exchange
import Foundation
import Journal
import Services

/// `sikilap export …`.
struct Export: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: words("commands.export"), subcommands: [ExportMeasurements.self])
  }
}

/// `sikilap export measurements`.
struct ExportMeasurements: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "measurements", abstract: words("commands.export_measurements"))
  }

  @OptionGroup var options: DatabaseOptions

  func run() throws {
    try inWords {
      let district = try options.open(whereOthers: .leave)
      defer { try? district.journal.close() }
      try MeasurementExport(from: district.journal).run {
        try FileHandle.standardOutput.write(contentsOf: $0)
      }
    }
  }
}
