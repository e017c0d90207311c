import ArgumentParser
import Foundation
import Journal
import Services

/// Which settings the figures are computed under.
struct SettingsOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp(words("commands.settings_file")))
  var settings: String?

  /// The settings for a database: those of the file that was named, or of `settings.json` beside
  /// the database, or the defaults.
  func edition(beside database: String) throws -> SettingsEdition {
    if let settings { return try SettingsEdition(path: settings) }
    let beside = URL(fileURLWithPath: database).deletingLastPathComponent()
      .appending(path: "settings.json").path
    return FileManager.default.fileExists(atPath: beside)
      ? try SettingsEdition(path: beside) : .standard
  }
}

/// Where the database stands.
struct DatabaseOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp(words("commands.database")))
  var database = "sikilap.sqlite"
  @OptionGroup var settings: SettingsOptions

  /// The settings in force.
  func edition() throws -> SettingsEdition { try settings.edition(beside: database) }

  /// Whoever opens the database closes it: then all that was written stands in the one file that
  /// people copy, and not in a log beside it.
  ///
  /// - Parameters:
  ///   - creating: whether a file that is not there is made; only work that brings something in
  ///     may do so.
  ///   - others: what to do where the figures were counted under other settings.
  func open(creating: Bool = false, whereOthers others: OtherSettings = .refuse) throws -> District
  {
    guard creating || FileManager.default.fileExists(atPath: database) else {
      throw Refusal("no_database", ["path": database])
    }
    return try District(
      path: database, settings: edition(), whereOthers: others,
      recounting: DatabaseOptions.tellRecount)
  }

  /// Says that the figures are computed anew, since another edition of the formats packed them.
  static let tellRecount: @Sendable (_ done: Int, _ total: Int) -> Void = { done, total in
    let values = ["done": String(done), "total": String(total)]
    if done == 0 { tell(words("commands.recounting_formats", values)) }
    tell(words("commands.recounted", values), end: done == total ? "\n" : "\r")
  }
}

extension OtherSettings {
  /// Counts anew, and says so.
  static func recountAloud(under edition: SettingsEdition) -> OtherSettings {
    .recount(
      told: { recorded in
        if let recorded {
          tell(words("commands.recounting", ["recorded": recorded, "given": edition.title]))
        } else {
          tell(words("commands.recounting_first", ["given": edition.title]))
        }
      },
      progress: { tell(words("commands.reading", ["facts": String($0)]), end: "\r") })
  }
}
