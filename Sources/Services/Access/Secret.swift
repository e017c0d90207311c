import CLibCrypto
import Foundation

/// A password, PIN or code as somebody entered it. The bytes are wiped when it goes away.
///
/// They are the UTF-8 of what was entered, neither cut nor changed. The text that it was made from
/// belongs to Swift and cannot be wiped: make it early, and let go of the text.
public final class Secret: Sendable {
  // Never changed after the initializer, and let go in deinit.
  private nonisolated(unsafe) let room: UnsafeMutableRawBufferPointer

  /// The text's bytes.
  public convenience init(_ text: String) { self.init(bytes: Array(text.utf8)) }

  init(bytes: [UInt8]) {
    room = .allocate(byteCount: max(bytes.count, 1), alignment: 1)
    room.copyBytes(from: bytes)
    count = bytes.count
  }

  deinit {
    OPENSSL_cleanse(room.baseAddress, room.count)
    room.deallocate()
  }

  /// How many bytes.
  let count: Int

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(rebasing: room[..<count]))
  }

  /// These bytes and others.
  func joined(with others: [UInt8]) -> Secret {
    var bytes = withBytes { [UInt8]($0) } + [0] + others
    defer { bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) } }
    return Secret(bytes: bytes)
  }

  /// The text, for the rules of good passwords only.
  var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }
}

/// 32 bytes by libcrypto's generator, as 43 characters of base64url.
struct RandomSecret: Hashable, Sendable {
  static let size = 32
  let bytes: [UInt8]

  static func fresh() throws(AccessProblem) -> RandomSecret {
    RandomSecret(bytes: try Cryptography.random(size))
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// Reads the text; nothing where it is not exactly what ``text`` writes.
  init?(text: String) {
    guard text.utf8.count == 43, !text.utf8.contains(UInt8(ascii: "=")) else { return nil }
    let usual = text.replacingOccurrences(of: "-", with: "+")
      .replacingOccurrences(of: "_", with: "/")
    guard let data = Data(base64Encoded: usual + "="), data.count == RandomSecret.size else {
      return nil
    }
    bytes = [UInt8](data)
    guard self.text == text else { return nil }
  }

  var text: String { RandomSecret.text(of: bytes) }

  static func text(of bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
  }
}

/// What a browser shows to go on with its session. It is stored as a digest only.
public struct SessionToken: Hashable, Sendable, CustomStringConvertible {
  private let secret: RandomSecret

  static func fresh() throws(AccessProblem) -> SessionToken {
    SessionToken(secret: try .fresh())
  }

  private init(secret: RandomSecret) { self.secret = secret }

  /// Reads a cookie; nothing where no token looks like it.
  public init?(text: String) {
    guard let secret = RandomSecret(text: text) else { return nil }
    self.secret = secret
  }

  /// For the cookie: 43 characters, letters, digits, hyphen and underscore.
  public var text: String { secret.text }

  /// What a form of this session carries, so that no other site can send it: a keyed digest of a
  /// fixed text. It does not give the token away.
  public var formToken: String {
    RandomSecret.text(
      of: Cryptography.hmac(.sha256, key: secret.bytes, Array("sikilap form 1".utf8)))
  }

  /// Whether a form carried this session's token.
  public func isFormToken(_ given: String) -> Bool {
    Cryptography.areEqual(Array(formToken.utf8), Array(given.utf8))
  }

  var digest: Data { Data(Cryptography.digest("sikilap session 1", secret.bytes)) }

  /// Never the token: it shall not come into any log.
  public var description: String { "a session's token" }
}

/// What a phone or browser shows to be known again. It is stored as a digest only.
public struct DeviceKey: Hashable, Sendable, CustomStringConvertible {
  private let secret: RandomSecret

  static func fresh() throws(AccessProblem) -> DeviceKey { DeviceKey(secret: try .fresh()) }

  private init(secret: RandomSecret) { self.secret = secret }

  /// Reads a cookie; nothing where no key looks like it.
  public init?(text: String) {
    guard let secret = RandomSecret(text: text) else { return nil }
    self.secret = secret
  }

  /// For the cookie: 43 characters, letters, digits, hyphen and underscore.
  public var text: String { secret.text }

  var digest: Data { Data(Cryptography.digest("sikilap device 1", secret.bytes)) }

  /// What is hashed for a PIN: without the key, which is not here, a PIN cannot be tried out.
  func bound(to pin: Secret) -> Secret { pin.joined(with: secret.bytes) }

  /// Never the key: it shall not come into any log.
  public var description: String { "a device's key" }
}
