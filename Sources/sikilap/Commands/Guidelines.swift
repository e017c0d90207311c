import ArgumentParser
import Foundation
import Services
import Web

/// `sikilap guidelines --output FOLDER`: the book of guidelines as files to read, print and sign,
/// from the program's own definitions; without a database.
struct Guidelines: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: words("commands.guidelines.about"),
      discussion: words("commands.guidelines.discussion"))
  }

  @Option(help: ArgumentHelp(words("commands.guidelines.output"))) var output: String
  @Option(help: ArgumentHelp(words("commands.guidelines.language"))) var language: String?
  @Option(help: ArgumentHelp(words("commands.guidelines.settings"))) var settings: String?

  func run() throws {
    try inWords {
      let chosen = try language.map { code in
        guard let language = Language(rawValue: code) else {
          throw Refusal(
            "unknown_language",
            [
              "language": code,
              "known": Language.allCases.map(\.rawValue).joined(separator: ", "),
            ])
        }
        return language
      }
      let edition = try settings.map { try SettingsEdition(path: $0) } ?? .standard
      let files = try GuidelineFiles(
        chosen ?? words.language, settings: edition, version: Sikilap.version
      ).files()
      try BookFolder.write(files, to: output)
      tell(
        words(
          "commands.guidelines.done", ["count": String(files.count), "path": output]))
    }
  }
}

/// A folder of files that is there whole or not at all.
private enum BookFolder {
  static func write(_ files: [GuidelineFiles.File], to path: String) throws {
    let folder = URL(fileURLWithPath: path)
    try refuseToOverwrite(folder, path)
    let beside = folder.deletingLastPathComponent()
      .appending(path: ".\(folder.lastPathComponent)-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: beside, withIntermediateDirectories: false)
    } catch { throw Refusal("cannot_write", ["path": path]) }
    do {
      for file in files {
        try Data(file.content.utf8).write(to: beside.appending(path: file.name))
      }
      // An empty folder of that name gives way at once; nothing else does.
      guard rename(beside.path, folder.path) == 0 else {
        throw Refusal("cannot_write", ["path": path])
      }
    } catch {
      // Where even that fails there is nothing more to do; what could not be written is told.
      try? FileManager.default.removeItem(at: beside)
      throw Refusal("cannot_write", ["path": path])
    }
  }

  /// What stands in a folder is never written over or mixed with.
  private static func refuseToOverwrite(_ folder: URL, _ path: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) else {
      return
    }
    guard isFolder.boolValue else { throw Refusal("not_a_folder", ["path": path]) }
    let content = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    guard content?.isEmpty ?? false else { throw Refusal("folder_not_empty", ["path": path]) }
  }
}
