import CLibCrypto
import Foundation
import Health

extension Identifier {
  /// A fresh version 7 identifier for something entered at that moment.
  public static func fresh(at instant: Instant) -> Identifier {
    Identifier(at: instant, random: (UInt64.random(in: 0 ... .max), UInt64.random(in: 0 ... .max)))
  }

  /// A fresh version 7 identifier for one of many things that are entered together at a moment.
  ///
  /// Behind the time stands the number, and 42 bits are random. Identifiers made together lie
  /// together in every index, which then writes each page once for many of them.
  ///
  /// - Parameter number: its place among those entered together.
  public static func fresh(at instant: Instant, number: UInt32) -> Identifier {
    Identifier(
      at: instant,
      random: (UInt64(number >> 20), inOrder(number, .random(in: 0 ... .max))))
  }

  /// The identifier of a content (version 8) that stands at a place in an order, as a line of a
  /// file: 48 bits of the moment at which the file was read, the number, and 42 bits of the digest.
  /// The same content at the same place and moment gives the same identifier. See
  /// ``fresh(at:number:)``.
  public static func ofContent(
    _ nameSpace: String, _ content: [UInt8], at instant: Instant, number: UInt32
  ) -> Identifier {
    let time = UInt64(bitPattern: instant.milliseconds) & 0xFFFF_FFFF_FFFF
    return Identifier(
      contentDigest: time << 16 | UInt64(number >> 20),
      inOrder(number, ofContent(nameSpace, content).low))
  }

  /// The second half: the lower 20 bits of a number behind the variant, and 42 bits of the rest.
  private static func inOrder(_ number: UInt32, _ rest: UInt64) -> UInt64 {
    UInt64(number & 0xF_FFFF) << 42 | (rest & 0x3FF_FFFF_FFFF)
  }

  /// The moment that stands in a version 7 identifier.
  public var moment: Instant { Instant(milliseconds: Int64(high >> 16)) }

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
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 36) { room in
      var position = 0
      for half in [high, low] {
        for shift in stride(from: UInt64(60), through: 0, by: -4) {
          if position == 8 || position == 13 || position == 18 || position == 23 {
            room[position] = UInt8(ascii: "-")
            position += 1
          }
          room[position] = digits[Int(half >> shift & 15)]
          position += 1
        }
      }
      return position
    }
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
