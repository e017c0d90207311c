import Foundation

/// Folders for what tests write and nobody closes before they end: a district that a server of a
/// test answers from, or the files beside it.
///
/// All of them lie in one folder, which goes away when the program ends.
public enum TemporaryFolder {
  private static let root: URL = {
    let root = URL.temporaryDirectory.appending(path: "sikilap-tests-\(UUID().uuidString)")
    atexit { try? FileManager.default.removeItem(at: TemporaryFolder.root) }
    return root
  }()

  /// A new empty folder.
  public static func make() throws -> URL {
    let folder = root.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
