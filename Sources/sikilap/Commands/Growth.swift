import ArgumentParser
import Exchange
import Services

/// `sikilap growth IN.csv --output OUT.csv`: z-scores for any survey, without a database.
struct Growth: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(abstract: words("commands.growth"))
  }

  enum AgeUnit: String, ExpressibleByArgument, CaseIterable {
    case days, months
  }

  enum Reference: String, ExpressibleByArgument, CaseIterable {
    case who2006 = "2006"
    case who2007 = "2007"
  }

  @Argument(help: ArgumentHelp(words("commands.file"))) var file: String
  @Option(help: ArgumentHelp(words("commands.output"))) var output: String
  @Option(help: ArgumentHelp(words("commands.age_unit"))) var ageUnit = AgeUnit.days
  @Option(help: ArgumentHelp(words("commands.reference"))) var reference = Reference.who2006

  func run() throws {
    try inWords {
      let table = GrowthTable(
        reference: reference == .who2007 ? .who2007 : .who2006(agesInMonths: ageUnit == .months))
      let rows = try table.run(input: file, output: output)
      tell(words("commands.growth_done", ["rows": String(rows), "path": output]))
    }
  }
}
