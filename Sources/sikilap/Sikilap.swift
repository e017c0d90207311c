import ArgumentParser
import Services

/// The command line: every subcommand is one file in Commands/.
@main
struct Sikilap: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "sikilap", abstract: words("commands.about"), version: Sikilap.version,
      subcommands: [
        Serve.self, Demo.self, DistrictCommand.self, Administrator.self, Import.self, Export.self,
        Report.self, Growth.self, Prevalence.self, Forecast.self, Verify.self, Rebuild.self,
        PhonePeople.self, PhoneSettings.self,
        Erase.self, LogCommand.self, Check.self, Tables.self, PhoneAnswers.self,
        MeasureGrowth.self, MeasureForecasts.self, MeasureLog.self, MeasureDuplicates.self,
      ])
  }

  /// The version, as CHANGELOG.md has it.
  static let version = "0.1.0"
}
