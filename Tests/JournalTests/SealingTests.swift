import Foundation
import GRDB
import Health
import Samples
import Testing

@testable import Journal

@Suite("Sealed facts")
struct SealingTests {
  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal)
    return stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...($0 + 1)]), radix: 16)
    }
  }

  private static func open(
    _ sealed: [UInt8], with key: SealingKey, for context: [UInt8]
  ) -> [UInt8]? {
    sealed.withUnsafeBufferPointer { key.open($0, for: context) }
  }

  @Test("Test case 16 of the specification of GCM (McGrew and Viega 2005) opens")
  func known() throws {
    let key = try #require(
      SealingKey(
        stored: Self.bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")))
    let plain = Self.bytes(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39")
    let sealed = Self.bytes(
      "cafebabefacedbaddecaf888"
        + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        + "76fc6ece0f4e1768cddf8853bb2d551b")
    let context = Self.bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    #expect(Self.open(sealed, with: key, for: context) == plain)
  }

  @Test("What is sealed opens again, with its key and for its context only, and unchanged only")
  func sealing() {
    var numbers = SeededNumbers(seed: 41)
    let key = SealingKey.fresh()
    #expect(key != SealingKey.fresh())
    for size in [0, 1, 15, 16, 17, 300] {
      let plain = (0..<size).map { _ in UInt8.random(in: 0...255, using: &numbers) }
      let context = (0..<34).map { _ in UInt8.random(in: 0...255, using: &numbers) }
      let sealed = key.seal(plain, for: context)
      #expect(sealed.count == size + SealingKey.overhead)
      #expect(sealed != key.seal(plain, for: context))
      #expect(Self.open(sealed, with: key, for: context) == plain)
      #expect(Self.open(sealed, with: .fresh(), for: context) == nil)
      #expect(Self.open(sealed, with: key, for: context + [0]) == nil)
      #expect(Self.open(Array(sealed.dropLast()), with: key, for: context) == nil)
      for position in sealed.indices {
        var changed = sealed
        changed[position] ^= 1 << UInt8.random(in: 0...7, using: &numbers)
        #expect(Self.open(changed, with: key, for: context) == nil)
      }
    }
    #expect(Self.open([], with: key, for: []) == nil)
  }

  @Test("Facts of persons and households are sealed, those of places and workers are not")
  func whichKinds() async throws {
    let temporary = try TemporaryJournal()
    var story = Story(person: 1, .female, born: "2023-05-01")
    let weighing = story.visit("2023-08-01", grams: 5_500)
    story.withdraw(weighing, on: day("2023-08-02"))
    var household = HouseholdBody()
    household.address = Array("Jalan Contoh".utf8)
    let facts =
      story.facts + [
        Fact(
          id: id(70), subject: id(71), kind: .household, occurredOn: day("2023-05-01"),
          recordedAt: now, body: household.bytes),
        Fact(
          id: id(72), subject: id(73), kind: .worker, occurredOn: day("2023-05-01"),
          recordedAt: now, body: WorkerBody().bytes),
        Fact(
          id: id(74), subject: id(75), kind: FactKind(rawValue: 40), occurredOn: day("2023-05-01"),
          recordedAt: now, body: [1, 2, 3]),
      ]
    _ = try await temporary.journal.accept(facts, now: now)
    let stored = try temporary.stored()
    #expect(stored.map(\.fact) == facts)
    #expect(stored.map(\.body.isSealed) == facts.map { $0.kind != .worker })
    for stored in stored where stored.body.isSealed {
      #expect(stored.body.bytes.count == stored.fact.body.count + SealingKey.overhead)
    }
    #expect(try temporary.count("SELECT count(*) FROM subject_key") == 3)
    #expect(try temporary.count("SELECT count(*) FROM fact WHERE instr(body, 'Contoh') > 0") == 0)
    // One key for a person, whenever the facts come.
    var later = Story(person: 1)
    later.visit("2023-09-01", grams: 6_000)
    let more = Fact(
      id: id(90), subject: id(1), kind: .measurement, occurredOn: day("2023-09-01"),
      recordedAt: now, body: later.facts[0].body)
    _ = try await temporary.journal.accept([more], now: now)
    #expect(try temporary.count("SELECT count(*) FROM subject_key") == 3)
    try ChainTests.expectChain(of: temporary)
  }
}
