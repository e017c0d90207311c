import Foundation

/// Seals what was searched for: the log tells that two searches were the same, and whoever asks for
/// a name finds the searches for it, but nobody reads a name or NIK in the log.
///
/// The key lies in a file of its own beside the log and belongs into no export. Without it the
/// sealed queries say nothing; a new one is made, and older searches cannot be compared any more.
public struct QuerySeal: Sendable {
  private let key: [UInt8]

  /// Reads the key beside a log, or makes one.
  public init(beside log: String) throws(AuditProblem) {
    let path = QuerySeal.path(beside: log)
    do {
      if !FileManager.default.fileExists(atPath: path) { try QuerySeal.makeKey(at: path) }
      key = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch { throw .cannotOpen(path: path, reason: error.localizedDescription) }
    guard key.count == 32 else { throw .damagedKey(path: path) }
  }

  /// Where the key of a log lies.
  public static func path(beside log: String) -> String {
    URL(fileURLWithPath: log).deletingPathExtension().path + ".key"
  }

  /// The sealed form of a query, 32 bytes; capitals and spaces do not matter.
  public func seal(_ query: String) -> [UInt8] {
    let folded = query.precomposedStringWithCanonicalMapping.uppercased()
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return Cryptography.hmac(.sha256, key: key, Array(folded.utf8))
  }

  /// Writes a new key under another name first: two programs that start at once get the same key,
  /// and nobody reads half of one.
  private static func makeKey(at path: String) throws {
    let bytes = try Cryptography.random(32)
    let partial = path + ".\(UInt64.random(in: 0 ... .max))"
    let file = partial.withCString { Foundation.open($0, O_WRONLY | O_CREAT | O_EXCL, 0o600) }
    guard file >= 0 else { throw CocoaError(.fileWriteNoPermission) }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    defer { try? FileManager.default.removeItem(atPath: partial) }
    try handle.write(contentsOf: Data(bytes))
    try handle.synchronize()
    try handle.close()
    guard link(partial, path) == 0 || errno == EEXIST else {
      throw CocoaError(.fileWriteUnknown)
    }
  }
}
