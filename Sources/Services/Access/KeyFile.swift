import CLibCrypto
import Foundation

/// A key of 32 bytes in a file of its own, mode 0400, made when the first secret is sealed. Whoever
/// gets the database without it opens none of the secrets that are sealed.
struct KeyFile: Sendable {
  private static let size = 32
  private static let nonceSize = 12
  private static let tagSize = 16
  private static let version: UInt8 = 1

  let path: String

  /// Seals bytes: version, nonce, AES-256-GCM, tag.
  ///
  /// - Parameter owner: whose they are; they can be opened only for the same.
  func seal(_ plain: [UInt8], of owner: [UInt8]) throws(AccessProblem) -> [UInt8] {
    let key = try keyMade()
    let nonce = try Cryptography.random(KeyFile.nonceSize)
    var sealed = [UInt8](repeating: 0, count: plain.count)
    var tag = [UInt8](repeating: 0, count: KeyFile.tagSize)
    let isDone = KeyFile.withContext { context in
      var count: Int32 = 0
      return EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1
        && EVP_EncryptUpdate(context, nil, &count, owner, Int32(owner.count)) == 1
        && EVP_EncryptUpdate(context, &sealed, &count, plain, Int32(plain.count)) == 1
        && EVP_EncryptFinal_ex(context, &tag, &count) == 1
        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, Int32(tag.count), &tag) == 1
    }
    precondition(isDone, "libcrypto offers no AES-256-GCM")
    return [KeyFile.version] + nonce + sealed + tag
  }

  /// Opens what was sealed for the same owner.
  ///
  /// - Throws: ``AccessProblem/damagedSecret`` where a bit is changed, or the key is another one.
  func open(_ sealed: [UInt8], of owner: [UInt8]) throws(AccessProblem) -> [UInt8] {
    guard let key = try keyThere() else { throw .keyMissing(path: path) }
    let front = 1 + KeyFile.nonceSize
    guard sealed.count >= front + KeyFile.tagSize, sealed[0] == KeyFile.version else {
      throw .damagedSecret
    }
    let nonce = Array(sealed[1..<front])
    let content = Array(sealed[front..<(sealed.count - KeyFile.tagSize)])
    var tag = Array(sealed.suffix(KeyFile.tagSize))
    var plain = [UInt8](repeating: 0, count: content.count)
    var rest = [UInt8](repeating: 0, count: KeyFile.tagSize)
    let isWhole = KeyFile.withContext { context in
      var count: Int32 = 0
      return EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1
        && EVP_DecryptUpdate(context, nil, &count, owner, Int32(owner.count)) == 1
        && EVP_DecryptUpdate(context, &plain, &count, content, Int32(content.count)) == 1
        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, Int32(tag.count), &tag) == 1
        && EVP_DecryptFinal_ex(context, &rest, &count) == 1
    }
    guard isWhole else { throw .damagedSecret }
    return plain
  }

  private static func withContext(_ body: (OpaquePointer) -> Bool) -> Bool {
    guard let context = EVP_CIPHER_CTX_new() else { return false }
    defer { EVP_CIPHER_CTX_free(context) }
    return body(context)
  }

  private func keyMade() throws(AccessProblem) -> [UInt8] {
    if let key = try keyThere() { return key }
    try make()
    guard let key = try keyThere() else { throw .keyMissing(path: path) }
    return key
  }

  /// The key; nothing where there is no file.
  private func keyThere() throws(AccessProblem) -> [UInt8]? {
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
    return Array(key.prefix(KeyFile.size))
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
