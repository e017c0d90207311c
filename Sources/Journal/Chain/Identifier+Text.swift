import CLibCrypto
import Foundation
import Health

extension Identifier {
  /// A fresh version 7 identifier for something entered at that moment.
  public static func fresh(at instant: Instant) -> Identifier {
    Identifier(at: instant, random: (UInt64.random(in: 0 ... .max), UInt64.random(in: 0 ... .max)))
  }

  /// The identifier of a content: the same text in the same name space gives the same identifier.
  public static func ofContent(_ nameSpace: String, _ content: [UInt8]) -> Identifier {
    Digester().identifier(nameSpace, content)
  }

  /// The sixteen bytes, for storing.
  public var data: Data {
    var writer = ByteWriter(capacity: 16)
    writer.identifier(self)
    return Data(writer.bytes)
  }

  /// An identifier as it was stored; nothing where it is not sixteen bytes.
  public init?(stored: Data) {
    guard stored.count == 16 else { return nil }
    self = stored.withUnsafeBytes { bytes in
      Identifier(
        high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
        low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
  }

  /// The usual text: 8-4-4-4-12 hexadecimal digits.
  public var text: String {
    let high = String(format: "%016lx", high)
    let low = String(format: "%016lx", low)
    return [
      high.prefix(8), high.dropFirst(8).prefix(4), high.dropFirst(12), low.prefix(4),
      low.dropFirst(4),
    ].joined(separator: "-")
  }

  /// Reads the usual text; nothing where it is not an identifier.
  public init?(text: some StringProtocol) {
    let digits = text.replacingOccurrences(of: "-", with: "")
    guard text.utf8.count == 36, digits.utf8.count == 32, digits.allSatisfy(\.isHexDigit),
      let high = UInt64(digits.prefix(16), radix: 16),
      let low = UInt64(digits.suffix(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }
}
