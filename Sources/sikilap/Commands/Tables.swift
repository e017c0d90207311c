import ArgumentParser
import Foundation
import Journal
import Services

/// `sikilap tables`: docs/tables.md, made from the schema's own comments.
struct Tables: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(abstract: words("commands.tables"))
  }

  /// Every file that Sikilap keeps, with how to make an empty one and read its tables.
  private static let files:
    [(name: String, describe: @Sendable (_ path: String) throws -> String)] =
      [
        (
          "The journal: `sikilap.sqlite`",
          { try District(path: $0).journal.pool.describeTables() }
        ),
        (
          "The log of access: `sikilap.audit.sqlite`",
          { try AuditFile(path: $0).pool.describeTables() }
        ),
      ]

  func run() throws {
    try inWords {
      let folder = FileManager.default.temporaryDirectory
        .appending(path: "sikilap-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      for (file, title) in Tables.files.enumerated() {
        print("\(file == 0 ? "" : "\n")# \(title.name)\n")
        print(try title.describe(folder.appending(path: "\(file).sqlite").path), terminator: "")
      }
    }
  }
}
