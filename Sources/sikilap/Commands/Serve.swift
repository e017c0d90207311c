import ArgumentParser
import Foundation
import Journal
import Services
import Web

/// `sikilap serve`.
struct Serve: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(abstract: words("commands.serve"))
  }

  @OptionGroup var options: DatabaseOptions
  @Option(help: ArgumentHelp(words("commands.port"))) var port = 8080

  func run() async throws {
    let district: District
    do {
      let edition = try options.edition()
      district = try options.open(
        creating: true, whereOthers: .recountAloud(under: edition))
    } catch {
      try inWords { throw error }
      return
    }
    try await Serve.run(district, port: port, isDemo: false)
  }

  static func run(_ district: District, port: Int, isDemo: Bool) async throws {
    try inWords { try AccessLog.settle(district) }
    let server = try WebServer(district: district, demo: isDemo, version: Sikilap.version)
    tell(words("commands.address", ["url": "http://127.0.0.1:\(port)/"]))
    try await server.run(port: port)
    try district.journal.close()
  }
}
