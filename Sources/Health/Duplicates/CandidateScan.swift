/// Gathers the pairs worth comparing among many records, rule by rule.
///
/// ```
/// var scan = CandidateScan(records)
/// while let blocks = scan.next() {
///   blocks.forEachPair { left, right in … score.score(records[left], records[right]) … }
/// }
/// ```
///
/// Each pair comes once, by the first rule that it meets in, and always in the same order. Blocks
/// of more records than the limit are passed over and counted: a name and year that so many share
/// say little, and pairs grow with the square. What is lost there must be found by another rule.
///
/// Memory: sixteen bytes for each key of one rule at a time, besides the records.
///
/// Source: P. Christen, "A survey of indexing techniques for scalable record linkage and
/// deduplication", IEEE Transactions on Knowledge and Data Engineering 24 (2012) 1537–1555.
public struct CandidateScan: Sendable {
  /// The most records in a block that is compared.
  public static let usualLimit = 300

  private let records: [IdentityEvidence]
  private let limit: Int
  private var rules: [BlockingRule]
  private var done: [CandidateBlocks.Passed] = []

  /// A scan of those records; places in the pairs are places in this array.
  public init(
    _ records: [IdentityEvidence], limit: Int = CandidateScan.usualLimit,
    rules: [BlockingRule] = BlockingRule.allCases
  ) {
    self.records = records
    self.limit = limit
    self.rules = rules
  }

  /// The blocks of the next rule; nothing after the last. This sorts, and takes most of the time
  /// that is not spent on scoring.
  public mutating func next() -> CandidateBlocks? {
    guard !rules.isEmpty else { return nil }
    let blocks = CandidateBlocks(records, rules.removeFirst(), limit: limit, after: done)
    done.append(blocks.passed)
    return blocks
  }
}

/// The pairs that one rule finds and no earlier one has.
public struct CandidateBlocks: Sendable {
  /// A rule, with the keys of its blocks that were too large, in rising order.
  struct Passed: Sendable {
    let rule: BlockingRule
    let skipped: [UInt64]
  }

  struct Entry: Comparable, Sendable {
    let key: UInt64
    let record: UInt32

    static func < (left: Entry, right: Entry) -> Bool {
      left.key != right.key ? left.key < right.key : left.record < right.record
    }
  }

  /// The rule.
  public let rule: BlockingRule
  /// How many blocks of two records or more are compared.
  public var blockCount: Int { blocks.count }
  /// How many blocks were larger than the limit and are not compared.
  public var skippedBlocks: Int { passed.skipped.count }
  /// How many places in skipped blocks there are; a record may stand in several.
  public let skippedPlaces: Int
  /// How many pairs stand in the blocks, those included that an earlier rule has found.
  public let pairsAtMost: Int

  let passed: Passed
  private let records: [IdentityEvidence]
  private let earlier: [Passed]
  private let entries: [Entry]
  private let blocks: [Range<Int>]

  init(_ records: [IdentityEvidence], _ rule: BlockingRule, limit: Int, after earlier: [Passed]) {
    var entries: [Entry] = []
    entries.reserveCapacity(records.count)
    for place in records.indices {
      let keys = rule.packedKeys(of: records[place])
      for slot in 0..<4 where keys[slot] != 0 {
        var isFirst = true
        for before in 0..<slot where keys[before] == keys[slot] { isFirst = false }
        if isFirst { entries.append(Entry(key: keys[slot], record: UInt32(place))) }
      }
    }
    entries.sort()
    var blocks: [Range<Int>] = []
    var skipped: [UInt64] = []
    var skippedPlaces = 0
    var pairs = 0
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count && entries[end].key == entries[start].key { end += 1 }
      if end - start > limit {
        skipped.append(entries[start].key)
        skippedPlaces += end - start
      } else if end - start > 1 {
        blocks.append(start..<end)
        pairs += (end - start) * (end - start - 1) / 2
      }
      start = end
    }
    self.records = records
    self.rule = rule
    self.earlier = earlier
    self.entries = entries
    self.blocks = blocks
    self.skippedPlaces = skippedPlaces
    pairsAtMost = pairs
    passed = Passed(rule: rule, skipped: skipped)
  }

  /// Calls `body` with the places of each pair, the lower first.
  ///
  /// The work is cut into `parts` of about equal numbers of pairs; the parts one after the other
  /// give the same pairs in the same order as the whole, so that each may run on its own thread.
  public func forEachPair(
    part: Int = 0, of parts: Int = 1, _ body: (_ left: Int, _ right: Int) -> Void
  ) {
    let from = pairsAtMost * part / parts
    let until = pairsAtMost * (part + 1) / parts
    var before = 0
    for block in blocks {
      let count = block.count * (block.count - 1) / 2
      // A block belongs to the part in which it begins.
      if before >= until { return }
      if before >= from {
        let key = entries[block.lowerBound].key
        for first in block {
          for second in first + 1..<block.upperBound {
            let left = Int(entries[first].record)
            let right = Int(entries[second].record)
            if meets(left, right, by: key) { body(left, right) }
          }
        }
      }
      before += count
    }
  }

  /// Whether the pair is worth comparing by this rule and comes by this key first.
  private func meets(_ left: Int, _ right: Int, by key: UInt64) -> Bool {
    guard rule.admits(records[left], records[right]) else { return false }
    let here = smallestShared(left, right, passed)
    guard here == key else { return false }
    for rule in earlier {
      if smallestShared(left, right, rule) != 0, rule.rule.admits(records[left], records[right]) {
        return false
      }
    }
    return true
  }

  /// The smallest key that both have and whose block was not skipped; 0 where there is none.
  private func smallestShared(_ left: Int, _ right: Int, _ passed: Passed) -> UInt64 {
    let mine = passed.rule.packedKeys(of: records[left])
    let theirs = passed.rule.packedKeys(of: records[right])
    var smallest: UInt64 = 0
    for slot in 0..<4 {
      let key = mine[slot]
      guard key != 0, smallest == 0 || key < smallest else { continue }
      guard key == theirs[0] || key == theirs[1] || key == theirs[2] || key == theirs[3] else {
        continue
      }
      if !CandidateBlocks.holds(passed.skipped, key) { smallest = key }
    }
    return smallest
  }

  private static func holds(_ sorted: [UInt64], _ key: UInt64) -> Bool {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low] == key
  }
}
