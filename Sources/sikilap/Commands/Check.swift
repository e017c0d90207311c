import ArgumentParser
import Services

/// `sikilap check [SETTINGS]`: the settings as sentences for a clinician's signature.
struct Check: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(abstract: words("commands.check"))
  }

  @Argument(help: ArgumentHelp(words("commands.settings_argument"))) var settings: String?
  @Option(name: .long, help: ArgumentHelp(words("commands.database")))
  var database = "sikilap.sqlite"

  func run() throws {
    try inWords {
      var options = SettingsOptions()
      options.settings = settings
      let edition = try options.edition(beside: database)
      for line in SettingsProse(edition, words: words).lines { print(line) }
    }
  }
}
