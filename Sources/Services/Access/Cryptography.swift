import CLibCrypto
import Foundation

/// What libcrypto does for signing in.
enum Cryptography {
  /// Hash functions of HMAC.
  enum Algorithm: Sendable {
    case sha1, sha256, sha512
  }

  /// Bytes that nobody can foresee.
  static func random(_ count: Int) throws(AccessProblem) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let isDone = bytes.withUnsafeMutableBufferPointer {
      RAND_bytes($0.baseAddress, Int32(count)) == 1
    }
    guard isDone else { throw .noRandomness }
    return bytes
  }

  /// SHA-256 over a domain text and bytes: the same bytes for another use give another digest.
  static func digest(_ domain: String, _ bytes: [UInt8]) -> [UInt8] {
    let content = Array(domain.utf8) + [0] + bytes
    var result = [UInt8](repeating: 0, count: 32)
    let isDone = EVP_Digest(content, content.count, &result, nil, EVP_sha256(), nil) == 1
    precondition(isDone, "libcrypto offers no SHA-256")
    return result
  }

  /// The keyed digest of a message.
  static func hmac(_ algorithm: Algorithm, key: [UInt8], _ message: [UInt8]) -> [UInt8] {
    let (function, size) =
      switch algorithm {
      case .sha1: (EVP_sha1(), 20)
      case .sha256: (EVP_sha256(), 32)
      case .sha512: (EVP_sha512(), 64)
      }
    var result = [UInt8](repeating: 0, count: size)
    let isDone =
      HMAC(function, key, Int32(key.count), message, message.count, &result, nil) != nil
    precondition(isDone, "libcrypto offers no HMAC")
    return result
  }

  /// Whether both are the same, in a time that does not depend on where they differ.
  static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
  }
}
