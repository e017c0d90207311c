/// The codes of authenticator apps: RFC 6238, with RFC 4226.
enum TimeCode {
  /// How long one code shows.
  static let stepMilliseconds: Int64 = 30_000
  static let digits = 6
  /// 160 bits, as RFC 4226 advises.
  static let secretSize = 20

  /// The half minute of a moment.
  static func step(atMilliseconds milliseconds: Int64) -> Int64 {
    milliseconds / stepMilliseconds
  }

  /// The code of a half minute.
  static func code(
    _ secret: [UInt8], step: Int64, digits: Int = digits,
    _ algorithm: Cryptography.Algorithm = .sha1
  ) -> String {
    let message = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * Int64($0))) }
    let digest = Cryptography.hmac(algorithm, key: secret, message)
    let start = Int(digest[digest.count - 1] & 15)
    let number =
      digest[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      & 0x7FFF_FFFF
    let whole = String(number)
    let padded = String(repeating: "0", count: max(digits - whole.count, 0)) + whole
    return String(padded.suffix(digits))
  }

  /// The half minute that a code belongs to: this one, the one before or the next, for clocks differ.
  static func step(
    of entered: String, _ secret: [UInt8], atMilliseconds milliseconds: Int64, after last: Int64
  ) -> Int64? {
    let given = Array(entered.utf8.filter { $0 != 32 })
    let now = step(atMilliseconds: milliseconds)
    let matches = (now - 1...now + 1).filter {
      Cryptography.areEqual(Array(code(secret, step: $0).utf8), given)
    }
    return matches.first { $0 > last }
  }

  /// Base 32 of RFC 4648 without padding, as apps want it.
  static func base32(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    var text: [UInt8] = []
    var bits = 0
    var held: UInt32 = 0
    for byte in bytes {
      held = held << 8 | UInt32(byte)
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(alphabet[Int(held >> UInt32(bits) & 31)])
      }
    }
    if bits > 0 { text.append(alphabet[Int(held << UInt32(5 - bits) & 31)]) }
    return String(decoding: text, as: UTF8.self)
  }
}
