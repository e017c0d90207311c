import ArgumentParser
import Foundation
import Journal
import Services

/// `sikilap tables`: docs/tables.md, made from the schema's own comments.
struct Tables: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(abstract: words("commands.tables"))
  }

  func run() throws {
    try inWords {
      let folder = FileManager.default.temporaryDirectory
        .appending(path: "sikilap-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let district = try District(path: folder.appending(path: "tables.sqlite").path)
      print(try district.journal.describeTables())
    }
  }
}
