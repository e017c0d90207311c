import CLibCrypto
import Health

/// A key of 32 bytes that seals bytes by AES-256-GCM. Where the key is destroyed, nobody opens them
/// any more, wherever copies of the sealed bytes lie.
///
/// After NIST SP 800-38D: a random nonce of 96 bits for each sealing, a tag of 128 bits. One key
/// seals the facts of one subject, far below the 2³² sealings that the publication allows.
public struct SealingKey: Hashable, Sendable {
  /// Bytes that sealing adds: the nonce before, the tag behind.
  public static let overhead = nonceSize + tagSize

  private static let nonceSize = 12
  private static let tagSize = 16

  // Fetched once; libcrypto never changes it afterwards.
  private nonisolated(unsafe) static let cipher = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)

  /// The 32 bytes.
  public let bytes: [UInt8]

  /// A key that nobody can foresee.
  public static func fresh() -> SealingKey { SealingKey(bytes: random(32)) }

  /// A key as it was stored; nothing where it is not 32 bytes.
  public init?(stored: some Collection<UInt8>) {
    guard stored.count == 32 else { return nil }
    bytes = [UInt8](stored)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// Bytes of the system's generator.
  private static func random(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return [UInt8](unsafeUninitializedCapacity: count) { room, initialized in
      for start in stride(from: 0, to: count, by: 8) {
        var word = generator.next()
        withUnsafeBytes(of: &word) { bytes in
          for offset in 0..<min(8, count - start) {
            room.initializeElement(at: start + offset, to: bytes[offset])
          }
        }
      }
      initialized = count
    }
  }

  /// Seals bytes: nonce, content, tag.
  ///
  /// - Parameter context: what they belong to; they can be opened only for the same.
  public func seal(_ plain: [UInt8], for context: [UInt8]) -> [UInt8] {
    let nonce = SealingKey.random(SealingKey.nonceSize)
    var isDone = false
    let sealed = [UInt8](unsafeUninitializedCapacity: plain.count + SealingKey.overhead) {
      room, initialized in
      guard let start = room.baseAddress, let work = EVP_CIPHER_CTX_new() else { return }
      defer { EVP_CIPHER_CTX_free(work) }
      _ = UnsafeMutableBufferPointer(rebasing: room[..<nonce.count]).initialize(from: nonce)
      let content = start + nonce.count
      var count: Int32 = 0
      isDone =
        EVP_EncryptInit_ex2(work, SealingKey.cipher, bytes, nonce, nil) == 1
        && EVP_EncryptUpdate(work, nil, &count, context, Int32(context.count)) == 1
        && EVP_EncryptUpdate(work, content, &count, plain, Int32(plain.count)) == 1
        && EVP_EncryptFinal_ex(work, content + plain.count, &count) == 1
        && EVP_CIPHER_CTX_ctrl(
          work, EVP_CTRL_GCM_GET_TAG, Int32(SealingKey.tagSize), content + plain.count) == 1
      initialized = room.count
    }
    precondition(isDone, "libcrypto offers no AES-256-GCM")
    return sealed
  }

  /// Opens what was sealed for the same context; nothing where a bit is changed, or the key is
  /// another one.
  public func open(
    _ sealed: UnsafeBufferPointer<UInt8>, for context: [UInt8]
  ) -> [UInt8]? {
    let size = sealed.count - SealingKey.overhead
    guard size >= 0, let nonce = sealed.baseAddress else { return nil }
    let content = nonce + SealingKey.nonceSize
    // libcrypto takes the tag as something it might change, and does not.
    let tag = UnsafeMutableRawPointer(mutating: content + size)
    var isWhole = false
    let plain = [UInt8](unsafeUninitializedCapacity: size) { room, initialized in
      guard let work = EVP_CIPHER_CTX_new() else { return }
      defer { EVP_CIPHER_CTX_free(work) }
      var (count, rest): (Int32, UInt8) = (0, 0)
      isWhole =
        EVP_DecryptInit_ex2(work, SealingKey.cipher, bytes, nonce, nil) == 1
        && EVP_DecryptUpdate(work, nil, &count, context, Int32(context.count)) == 1
        // No bytes have no address, which libcrypto would take for more that belongs to them.
        && (size == 0
          || EVP_DecryptUpdate(work, room.baseAddress, &count, content, Int32(size)) == 1)
        && EVP_CIPHER_CTX_ctrl(work, EVP_CTRL_GCM_SET_TAG, Int32(SealingKey.tagSize), tag) == 1
        && EVP_DecryptFinal_ex(work, &rest, &count) == 1
      initialized = size
    }
    return isWhole ? plain : nil
  }
}
