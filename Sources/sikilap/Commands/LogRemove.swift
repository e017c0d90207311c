import ArgumentParser
import Foundation
import Health
import Journal
import Services

/// `sikilap log …`: the log of access.
struct LogCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "log", abstract: words("commands.log_about"), subcommands: [LogRemove.self])
  }
}

/// `sikilap log remove`: entries whose five years are over; only shown until `--write` is given.
struct LogRemove: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "remove", abstract: words("commands.log_remove"),
      discussion: words("commands.log_remove_discussion"))
  }

  @OptionGroup var options: DatabaseOptions
  @Flag(help: ArgumentHelp(words("commands.log_remove_write"))) var write = false

  func run() throws {
    try inWords {
      let district = try options.open()
      defer { try? district.journal.close() }
      let path = AuditFile.path(beside: district.journal.path)
      guard FileManager.default.fileExists(atPath: path) else {
        return tell(words("commands.log_none", ["path": path]))
      }
      if write { try AccessLog.settle(district) }
      let log = try AuditFile(path: path)
      defer { try? log.close() }
      let now = Clock.now()
      let hours = district.hoursEastOfGreenwich
      let found =
        write
        ? try log.removeExpired(in: district.journal, at: now, hoursEastOfGreenwich: hours)
        : try log.plannedRemoval(in: district.journal, at: now)
      guard let found else { return print(words("commands.log_remove_nothing")) }
      let (oldest, youngest) = (found.removed.moments.lowerBound, found.removed.moments.upperBound)
      print(
        words(
          write ? "commands.log_removed" : "commands.log_remove_planned",
          [
            "count": String(found.count), "through": String(found.removed.through),
            "first": String(found.removed.through - found.count + 1),
            "from": LogRemove.day(oldest, hours), "to": LogRemove.day(youngest, hours),
            "facts": String(found.removed.facts), "link": found.removed.link.hexadecimal,
          ]))
    }
  }

  private static func day(_ moment: Instant, _ hours: Int) -> String {
    let day = moment.day(hoursEastOfGreenwich: hours).components
    return String(format: "%04d-%02d-%02d", day.year, day.month, day.day)
  }
}
