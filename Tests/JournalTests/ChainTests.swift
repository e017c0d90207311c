import CLibCrypto
import Foundation
import GRDB
import Health
import Samples
import Testing

@testable import Journal

@Suite("The chain of facts")
struct ChainTests {
  /// The canonical bytes of a fact, written here a second time from docs/formats/chain.md.
  static func canonical(_ fact: Fact, storing body: StoredBody) -> [UInt8] {
    func number(_ value: UInt64) -> [UInt8] {
      value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + number(value >> 7)
    }
    func signed(_ value: Int64) -> [UInt8] {
      number(value < 0 ? UInt64(-(value + 1)) * 2 + 1 : UInt64(value) * 2)
    }
    func bytes(_ id: Identifier) -> [UInt8] {
      [id.high, id.low].flatMap { half in
        (0..<8).map { UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * $0)) }
      }
    }
    let optional = [fact.place, fact.recorder, fact.device, fact.replaces]
    let flags = zip(optional, [UInt8(1), 2, 4, 8]).reduce(UInt8(0)) {
      $1.0 == nil ? $0 : $0 + $1.1
    }
    return [body.isSealed ? 2 : 1] + bytes(fact.id) + bytes(fact.subject)
      + number(UInt64(fact.kind.rawValue))
      + signed(Int64(fact.occurredOn.dayNumber)) + signed(fact.recordedAt.milliseconds) + [flags]
      + optional.compactMap { $0 }.flatMap(bytes) + number(UInt64(body.bytes.count))
      + body.bytes
  }

  static func digest(_ content: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: 32)
    _ = SHA256(content, content.count, &result)
    return result
  }

  /// The sequence number of the first fact that does not fit; nothing where all do.
  static func firstBroken(_ facts: [StoredFact]) -> Int64? {
    var link = [UInt8](repeating: 0, count: 32)
    for (position, stored) in facts.enumerated() {
      link = digest(link + canonical(stored.fact, storing: stored.body))
      if stored.chain.bytes != link || stored.sequence != Int64(position + 1) {
        return stored.sequence
      }
    }
    return nil
  }

  static func expectChain(
    of temporary: TemporaryJournal, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let facts = try temporary.stored()
    #expect(!facts.isEmpty, sourceLocation: sourceLocation)
    #expect(firstBroken(facts) == nil, sourceLocation: sourceLocation)
  }

  static func facts(_ count: Int, seed: UInt64) -> [Fact] {
    var numbers = SeededNumbers(seed: seed)
    return (1...count).map { number in
      func maybe() -> Identifier? { numbers.once(in: 2) ? id(Int(numbers.next() >> 40)) : nil }
      return Fact(
        id: id(number), subject: id(.random(in: 100_001...100_009, using: &numbers)),
        kind: FactKind(rawValue: .random(in: 100...60_000, using: &numbers)),
        occurredOn: CivilDate(dayNumber: .random(in: -30_000...19_000, using: &numbers)),
        recordedAt: Instant(milliseconds: Int64(bitPattern: numbers.next()) >> 21),
        place: maybe(), recorder: maybe(), device: maybe(),
        body: (0..<Int.random(in: 0...300, using: &numbers)).map { UInt8($0 & 0xFF) })
    }
  }

  @Test("SHA-256 of a known text")
  func known() {
    #expect(
      ChainHash(of: Array("abc".utf8)).hexadecimal
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test("Worked out anew from the rows, every link is the stored one")
  func recomputed() async throws {
    let temporary = try TemporaryJournal()
    let facts = Self.facts(300, seed: 81)
    for start in stride(from: 0, to: facts.count, by: 37) {
      let batch = Array(facts[start..<min(start + 37, facts.count)])
      let results = try await temporary.journal.accept(batch, now: now)
      #expect(results.count == batch.count)
    }
    let stored = try temporary.stored()
    #expect(stored.map(\.fact) == facts)
    try Self.expectChain(of: temporary)
  }

  @Test("Any change of any fact is found, at the fact that was changed")
  func tampered() async throws {
    let temporary = try TemporaryJournal()
    _ = try await temporary.journal.accept(Self.facts(60, seed: 82), now: now)
    let stored = try temporary.stored()
    var numbers = SeededNumbers(seed: 83)
    for _ in 0..<400 {
      let place = Int.random(in: stored.indices, using: &numbers)
      var (fact, body) = (stored[place].fact, stored[place].body)
      switch Int.random(in: 0..<9, using: &numbers) {
      case 0: fact.subject = id(5)
      case 1: fact.kind = FactKind(rawValue: fact.kind.rawValue ^ 1)
      case 2: fact.occurredOn = fact.occurredOn + AgeInDays(1)
      case 3: fact.recordedAt = Instant(milliseconds: fact.recordedAt.milliseconds + 1)
      case 4: fact.place = fact.place == nil ? id(5) : nil
      case 5: fact.recorder = fact.recorder == nil ? id(5) : nil
      case 6: fact.replaces = id(6)
      case 7: body = StoredBody(bytes: body.bytes, isSealed: !body.isSealed)
      default: body = StoredBody(bytes: body.bytes + [0], isSealed: body.isSealed)
      }
      var changed = stored
      changed[place] = StoredFact(
        sequence: stored[place].sequence, fact: fact, body: body, chain: stored[place].chain)
      #expect(Self.firstBroken(changed) == stored[place].sequence)
    }
    var shortened = stored
    shortened.remove(at: 20)
    #expect(Self.firstBroken(shortened) == 22)
    var exchanged = stored
    exchanged.swapAt(3, 4)
    #expect(Self.firstBroken(exchanged) == 5)
  }

  @Test("Where one field ends and the next begins is part of what is hashed")
  func boundaries() {
    var one = AcceptanceTests.weighed()
    var other = one
    (one.place, one.recorder) = (id(5), nil)
    (other.place, other.recorder) = (nil, id(5))
    let body = StoredBody.plain(one)
    let link = ChainHash.start.next(one, storing: body)
    #expect(link != ChainHash.start.next(other, storing: body))
    let expected = Self.digest(ChainHash.start.bytes + Self.canonical(one, storing: body))
    #expect(link.bytes == expected)
  }
}
