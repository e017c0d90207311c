import ArgumentParser
import Foundation
import Journal
import Services
import Web

/// Where the database stands.
struct DatabaseOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp(words("commands.database")))
  var database = "sikilap.sqlite"

  /// Whoever opens the database closes it: then all that was written stands in the one file that
  /// people copy, and not in a log beside it.
  ///
  /// - Parameter creating: whether a file that is not there is made; only work that brings
  ///   something in may do so.
  func open(creating: Bool = false) throws -> District {
    guard creating || FileManager.default.fileExists(atPath: database) else {
      throw Refusal("no_database", ["path": database])
    }
    return try District(path: database)
  }
}

/// `sikilap serve`.
struct Serve: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(abstract: words("commands.serve"))
  }

  @OptionGroup var options: DatabaseOptions
  @Option(help: ArgumentHelp(words("commands.port"))) var port = 8080

  func run() async throws {
    let district: District
    do { district = try options.open(creating: true) } catch {
      try inWords { throw error }
      return
    }
    try await Serve.run(district, port: port, isDemo: false)
  }

  static func run(_ district: District, port: Int, isDemo: Bool) async throws {
    let server = try WebServer(district: district, demo: isDemo, version: Sikilap.version)
    tell(words("commands.address", ["url": "http://127.0.0.1:\(port)/"]))
    try await server.run(port: port)
    try district.journal.close()
  }
}
