import CLibCrypto
import Foundation
import Health

/// A SHA-256 digest: the link from a fact to all facts before it.
public struct ChainHash: Hashable, Sendable {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// The link before the first fact.
  public static let start = ChainHash(bytes: [UInt8](repeating: 0, count: 32))

  /// A digest as it was stored; nothing where it is not 32 bytes.
  public init?(stored: Data) {
    guard stored.count == 32 else { return nil }
    bytes = [UInt8](stored)
  }

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The digest of bytes.
  public init(of content: [UInt8]) {
    bytes = [UInt8](unsafeUninitializedCapacity: 32) { room, count in
      _ = SHA256(content, content.count, room.baseAddress)
      count = 32
    }
  }

  /// The link of a fact: the digest of the link before it and of the fact's canonical bytes.
  public func next(_ fact: Fact) -> ChainHash {
    var writer = ByteWriter(capacity: 160 + fact.body.count)
    writer.raw(bytes)
    writer.fact(fact)
    return ChainHash(of: writer.bytes)
  }

  /// The digest in hexadecimal.
  public var hexadecimal: String {
    bytes.map { String(format: "%02x", $0) }.joined()
  }
}

extension ByteWriter {
  /// A fact's canonical bytes: what the chain is computed over. Format: docs/formats/chain.md.
  public mutating func fact(_ fact: Fact) {
    byte(1)
    identifier(fact.id)
    identifier(fact.subject)
    unsigned(UInt64(fact.kind.rawValue))
    signed(Int64(fact.occurredOn.dayNumber))
    signed(fact.recordedAt.milliseconds)
    let optional = [fact.place, fact.recorder, fact.device, fact.replaces]
    var flags: UInt8 = 0
    for (bit, value) in optional.enumerated() where value != nil { flags |= 1 << UInt8(bit) }
    byte(flags)
    for case .some(let value) in optional { identifier(value) }
    unsigned(UInt64(fact.body.count))
    raw(fact.body)
  }
}
