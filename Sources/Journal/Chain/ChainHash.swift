import CLibCrypto
import Foundation
import Health

/// A SHA-256 digest: the link from a fact to all facts before it.
public struct ChainHash: Hashable, Sendable {
  /// The digest's bytes as they lie in memory, eight a word. No vector: it would have to lie at a
  /// multiple of its 32 bytes, which the frames of asynchronous functions do not promise.
  fileprivate struct Words: Hashable, Sendable {
    var first: UInt64 = 0
    var second: UInt64 = 0
    var third: UInt64 = 0
    var fourth: UInt64 = 0
  }

  private let words: Words

  /// The link before the first fact.
  public static let start = ChainHash(words: Words())

  /// The 32 bytes.
  public var bytes: [UInt8] { withUnsafeBytes(of: words) { [UInt8]($0) } }

  /// A digest as it was stored; nothing where it is not 32 bytes.
  public init?(stored: UnsafeBufferPointer<UInt8>) {
    guard stored.count == 32 else { return nil }
    words = UnsafeRawBufferPointer(stored).loadUnaligned(as: Words.self)
  }

  /// The digest of bytes.
  public init(of content: [UInt8]) {
    self = content.withUnsafeBytes { Digester().digest($0) }
  }

  fileprivate init(words: Words) { self.words = words }

  /// The link of a fact: the digest of the link before it and of the fact's canonical bytes, with
  /// the body as it is stored.
  public func next(_ fact: Fact, storing body: StoredBody) -> ChainHash {
    Digester().link(self, fact, storing: body)
  }

  /// The digest in hexadecimal.
  public var hexadecimal: String {
    bytes.map { String(format: "%02x", $0) }.joined()
  }
}

/// Computes digests one after the other and keeps what can be kept between them: preparing
/// libcrypto takes longer than digesting a fact. For one thread at a time.
public final class Digester {
  // Fetched once; libcrypto never changes it afterwards.
  private nonisolated(unsafe) static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)

  private let context = EVP_MD_CTX_new()
  private var writer = ByteWriter(capacity: 512)

  /// A digester ready for use.
  public init() {}

  deinit { EVP_MD_CTX_free(context) }

  /// The digest of bytes.
  public func digest(_ content: UnsafeRawBufferPointer) -> ChainHash {
    var words = ChainHash.Words()
    let isDone = withUnsafeMutableBytes(of: &words) { room in
      EVP_DigestInit_ex(context, Digester.algorithm, nil) == 1
        && EVP_DigestUpdate(context, content.baseAddress, content.count) == 1
        && EVP_DigestFinal_ex(
          context, room.baseAddress?.assumingMemoryBound(to: UInt8.self), nil) == 1
    }
    precondition(isDone, "libcrypto offers no SHA-256")
    return ChainHash(words: words)
  }

  /// The link of a fact that follows `link`.
  public func link(_ link: ChainHash, _ fact: Fact, storing body: StoredBody) -> ChainHash {
    writer.removeAll()
    writer.link(link)
    writer.fact(fact, storing: body)
    return writer.bytes.withUnsafeBytes(digest)
  }

  /// As ``link(_:_:storing:)`` with a fact that lies in the database.
  public func link(_ link: ChainHash, _ fact: FactView) -> ChainHash {
    writer.removeAll()
    writer.link(link)
    writer.fact(fact)
    return writer.bytes.withUnsafeBytes(digest)
  }

  /// The identifier of a content: the same bytes in the same name space give the same identifier.
  public func identifier(_ nameSpace: String, _ content: [UInt8]) -> Identifier {
    writer.removeAll()
    for byte in nameSpace.utf8 { writer.byte(byte) }
    writer.byte(0)
    writer.raw(content)
    return writer.bytes.withUnsafeBytes(digest).identifier
  }
}

extension ChainHash {
  fileprivate var identifier: Identifier {
    Identifier(contentDigest: words.first.bigEndian, words.second.bigEndian)
  }
}

extension ByteWriter {
  fileprivate mutating func link(_ link: ChainHash) {
    withUnsafeBytes(of: link) { bytes in raw(bytes.bindMemory(to: UInt8.self)) }
  }

  /// A fact's canonical bytes: by them facts are compared and kept apart. Format:
  /// docs/formats/chain.md.
  public mutating func fact(_ fact: Fact) { self.fact(fact, storing: .plain(fact)) }

  /// A fact's canonical bytes with the body as it is stored: what the chain is computed over.
  fileprivate mutating func fact(_ fact: Fact, storing body: StoredBody) {
    body.bytes.withUnsafeBufferPointer { bytes in
      canonical(
        isSealed: body.isSealed,
        fact.id, fact.subject, fact.kind, fact.occurredOn, fact.recordedAt,
        (fact.place, fact.recorder, fact.device, fact.replaces), bytes)
    }
  }

  fileprivate mutating func fact(_ fact: FactView) {
    canonical(
      isSealed: fact.isSealed,
      fact.id, fact.subject, fact.kind, fact.occurredOn, fact.recordedAt,
      (fact.place, fact.recorder, fact.device, fact.replaces), fact.storedBody)
  }

  private typealias Optionals = (Identifier?, Identifier?, Identifier?, Identifier?)

  private mutating func canonical(
    isSealed: Bool, _ id: Identifier, _ subject: Identifier, _ kind: FactKind, _ day: CivilDate,
    _ moment: Instant, _ optional: Optionals, _ body: UnsafeBufferPointer<UInt8>
  ) {
    byte(isSealed ? 2 : 1)
    identifier(id)
    identifier(subject)
    unsigned(UInt64(kind.rawValue))
    signed(Int64(day.dayNumber))
    signed(moment.milliseconds)
    byte(
      (optional.0 == nil ? 0 : 1) | (optional.1 == nil ? 0 : 2) | (optional.2 == nil ? 0 : 4)
        | (optional.3 == nil ? 0 : 8))
    if let place = optional.0 { identifier(place) }
    if let recorder = optional.1 { identifier(recorder) }
    if let device = optional.2 { identifier(device) }
    if let replaces = optional.3 { identifier(replaces) }
    unsigned(UInt64(body.count))
    raw(body)
  }
}
