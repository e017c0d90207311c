import Health
import Samples
import Testing

@Suite("Candidates among many records")
struct CandidateScanTests {
  struct Pair: Hashable {
    let left: Int
    let right: Int
  }

  static let records = SyntheticIdentities(persons: 400, duplicatesPerThousand: 200, seed: 5)
    .records.map { $0.evidence(NameReader()) }

  static func pairs(_ records: [IdentityEvidence], limit: Int = 300, parts: Int = 1) -> [Pair] {
    var result: [Pair] = []
    var scan = CandidateScan(records, limit: limit)
    while let blocks = scan.next() {
      for part in 0..<parts {
        blocks.forEachPair(part: part, of: parts) { result.append(Pair(left: $0, right: $1)) }
      }
    }
    return result
  }

  @Test("Each pair that any rule brings together comes once, the lower first")
  func complete() {
    var expected: Set<Pair> = []
    let keys = BlockingRule.allCases.map { rule in Self.records.map { rule.keys(of: $0) } }
    for right in Self.records.indices {
      for left in 0..<right {
        for (rule, keys) in zip(BlockingRule.allCases, keys)
        where keys[left].contains(where: { keys[right].contains($0) })
          && rule.admits(Self.records[left], Self.records[right])
        {
          expected.insert(Pair(left: left, right: right))
        }
      }
    }
    let found = Self.pairs(Self.records, limit: 1_000)
    #expect(found.count == expected.count)
    #expect(Set(found) == expected)
  }

  @Test("Parts one after the other give the whole", arguments: [2, 3, 7, 500])
  func parts(count: Int) {
    #expect(Self.pairs(Self.records, parts: count) == Self.pairs(Self.records))
  }

  @Test("Large blocks are passed over and counted; what another rule finds is not lost")
  func skipped() {
    var crowd = (0..<40).map { _ in DuplicateScoreTests.record("Siti", mother: "", card: 0) }
    crowd[3].nationalIdentityNumber = 9_901_015_405_190_001
    crowd[9].nationalIdentityNumber = 9_901_015_405_190_001
    var scan = CandidateScan(crowd, limit: 39)
    var skipped: [BlockingRule: Int] = [:]
    var found: [Pair] = []
    while let blocks = scan.next() {
      skipped[blocks.rule] = blocks.skippedPlaces
      blocks.forEachPair { found.append(Pair(left: $0, right: $1)) }
    }
    #expect(found == [Pair(left: 3, right: 9)])
    #expect(skipped[.soundAndBirthYear] == 40 && skipped[.nameAndPuskesmas] == 40)
    #expect(skipped[.sameNumber] == 0)
  }

  @Test("Nothing and one give nothing")
  func few() {
    #expect(Self.pairs([]).isEmpty)
    #expect(Self.pairs([Self.records[0]]).isEmpty)
  }
}
