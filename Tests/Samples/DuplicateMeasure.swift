import Health

/// What a scan for duplicates found, against the truth.
public struct DuplicateMeasure: Sendable {
  /// Pairs of records that are one person.
  public var truth = 0
  /// Pairs compared.
  public var compared = 0
  /// Compared pairs that are one person.
  public var comparedTrue = 0
  /// Blocks that were too large to compare.
  public var skippedBlocks = 0
  /// Pairs proposed as likely one person.
  public var likely = 0
  /// Those of them that are.
  public var likelyTrue = 0
  /// Pairs proposed as likely or for review.
  public var proposed = 0
  /// Those of them that are one person.
  public var proposedTrue = 0
  /// Twins proposed as likely one person.
  public var likelyTwins = 0

  /// Nothing measured yet.
  public init() {}

  /// The share of likely pairs that are one person.
  public var likelyPrecision: Double { Double(likelyTrue) / Double(max(1, likely)) }
  /// The share of all true pairs that are proposed as likely.
  public var likelyRecall: Double { Double(likelyTrue) / Double(max(1, truth)) }
  /// The share of all proposed pairs that are one person.
  public var proposedPrecision: Double { Double(proposedTrue) / Double(max(1, proposed)) }
  /// The share of all true pairs that are proposed.
  public var proposedRecall: Double { Double(proposedTrue) / Double(max(1, truth)) }

  /// One line of figures.
  public var line: String {
    func share(_ value: Double) -> String { "\((value * 1_000).rounded() / 10) %" }
    return """
      \(truth) true pairs; \(compared) compared, holding \(comparedTrue); \
      \(skippedBlocks) blocks skipped; likely \(likely): precision \(share(likelyPrecision)), \
      recall \(share(likelyRecall)); likely or review \(proposed): precision \
      \(share(proposedPrecision)), recall \(share(proposedRecall)); twins likely \(likelyTwins)
      """
  }

  /// Scans the records and compares with whose they are.
  public static func of(
    _ people: [SyntheticIdentities.Record], _ evidence: [IdentityEvidence], _ score: DuplicateScore,
    ignoringBrakes: Bool = false, rules: [BlockingRule] = BlockingRule.allCases
  ) -> DuplicateMeasure {
    var result = DuplicateMeasure()
    var seen: [Int: Int] = [:]
    for person in people { seen[person.person, default: 0] += 1 }
    for count in seen.values { result.truth += count * (count - 1) / 2 }
    let likely = Int32(score.table.likely * 100)
    var scan = CandidateScan(evidence, rules: rules)
    while let blocks = scan.next() {
      result.skippedBlocks += blocks.skippedBlocks
      blocks.forEachPair { left, right in
        let isSame = people[left].person == people[right].person
        let found = score.score(evidence[left], evidence[right])
        let isLikely = found.proposal == .likely || ignoringBrakes && found.total >= likely
        result.compared += 1
        if isSame { result.comparedTrue += 1 }
        if isLikely {
          result.likely += 1
          if isSame { result.likelyTrue += 1 }
          let delivery = people[left].delivery
          if !isSame, delivery != 0, delivery == people[right].delivery { result.likelyTwins += 1 }
        }
        if found.proposal != .different {
          result.proposed += 1
          if isSame { result.proposedTrue += 1 }
        }
      }
    }
    return result
  }
}
