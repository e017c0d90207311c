import Exchange
import Foundation
import Programmes

/// The immunisation schedules that can be named, because the program brings them along: the
/// Indonesian editions, and CDC's as a file.
public enum ShippedSchedules {
  /// Their names: the Indonesian editions, then the files.
  public static var names: [String] {
    ImmunizationEdition.allCases.map { "\($0.name)" } + files
  }

  /// The names of those that are files.
  private static var files: [String] {
    let found = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (found ?? []).filter { $0.pathExtension == "json" }
      .map { $0.deletingPathExtension().lastPathComponent }.sorted()
  }

  private static var folder: URL {
    Bundle.module.bundleURL.appending(path: "Resources/schedules")
  }

  /// The Indonesian edition of a name; nothing where it is none.
  public static func edition(named name: String) -> ImmunizationEdition? {
    ImmunizationEdition.allCases.first { "\($0.name)" == name }
  }

  /// The path of the file of that name; nothing where the program brings none along.
  public static func path(of name: String) -> String? {
    files.contains(name) ? folder.appending(path: "\(name).json").path : nil
  }
}
