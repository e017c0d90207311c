import ArgumentParser
import Journal
import Services

/// `sikilap rebuild`: everything computed is thrown away and computed anew from the facts.
struct Rebuild: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(abstract: words("commands.rebuild"))
  }

  @OptionGroup var options: DatabaseOptions

  func run() throws {
    try inWords {
      let district = try options.open(whereOthers: .leave)
      defer { try? district.journal.close() }
      let start = ContinuousClock.now
      try district.rebuild {
        tell(words("commands.reading", ["facts": String($0)]), end: "\r")
      }
      let facts = try district.extent().facts
      print(
        words(
          "commands.rebuilt",
          ["facts": String(facts), "seconds": seconds(since: start).text]))
    }
  }
}
