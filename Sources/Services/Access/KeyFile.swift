import Foundation
import Journal

/// A key of 32 bytes in a file of its own, mode 0400, made when the first secret is sealed. Whoever
/// gets the database without it opens none of the secrets that are sealed.
struct KeyFile: Sendable {
  private static let size = 32
  private static let version: UInt8 = 1

  let path: String

  /// Seals bytes: version, and what ``SealingKey`` makes of them.
  ///
  /// - Parameter owner: whose they are; they can be opened only for the same.
  func seal(_ plain: [UInt8], of owner: [UInt8]) throws(AccessProblem) -> [UInt8] {
    [KeyFile.version] + (try keyMade()).seal(plain, for: owner)
  }

  /// Opens what was sealed for the same owner.
  ///
  /// - Throws: ``AccessProblem/damagedSecret`` where a bit is changed, or the key is another one.
  func open(_ sealed: [UInt8], of owner: [UInt8]) throws(AccessProblem) -> [UInt8] {
    guard let key = try keyThere() else { throw .keyMissing(path: path) }
    let plain = sealed.withUnsafeBufferPointer { bytes in
      bytes.first == KeyFile.version
        ? key.open(UnsafeBufferPointer(rebasing: bytes.dropFirst()), for: owner) : nil
    }
    guard let plain else { throw .damagedSecret }
    return plain
  }

  private func keyMade() throws(AccessProblem) -> SealingKey {
    if let key = try keyThere() { return key }
    try make()
    guard let key = try keyThere() else { throw .keyMissing(path: path) }
    return key
  }

  /// The key; nothing where there is no file.
  private func keyThere() throws(AccessProblem) -> SealingKey? {
    let file = Foundation.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw unusable()
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw unusable() }
    guard status.st_mode & 0o077 == 0 else {
      throw .keyUnusable(path: path, reason: "others may read it; chmod 400")
    }
    var key = [UInt8](repeating: 0, count: KeyFile.size + 1)
    guard Foundation.read(file, &key, key.count) == KeyFile.size else {
      throw .keyUnusable(path: path, reason: "not \(KeyFile.size) bytes")
    }
    return SealingKey(stored: key.prefix(KeyFile.size))
  }

  /// Makes the file whole or not at all; where another program makes it meanwhile, that one counts.
  private func make() throws(AccessProblem) {
    let bytes = try Cryptography.random(KeyFile.size)
    let half = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max))"
    let file = Foundation.open(half, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o400)
    guard file >= 0 else { throw unusable() }
    defer { unlink(half) }
    let isWritten = write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
    guard close(file) == 0, isWritten, link(half, path) == 0 || errno == EEXIST else {
      throw unusable()
    }
    let folder = Foundation.open(
      URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { throw unusable() }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw unusable() }
  }

  private func unusable() -> AccessProblem {
    .keyUnusable(path: path, reason: String(cString: strerror(errno)))
  }
}
