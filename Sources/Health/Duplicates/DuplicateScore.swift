/// Scores pairs of records by one table of evidence. A pure function: the same in both directions,
/// about a microsecond or less a pair.
public struct DuplicateScore: Sendable {
  /// The table that it was made of.
  public let table: EvidenceTable
  /// What each level counts for, by its raw value, in hundredths of bits.
  let weights: [Int32]
  /// log₂ of the share of each level among records of one person, in hundredths.
  let shares: [Int32]
  /// The most that each level counts for.
  let limits: [Int32]
  private let familyLimit: Int32
  private let likely: Int32
  private let worthReview: Int32

  /// Works the weights out once.
  public init(_ table: EvidenceTable = .startingEstimates) {
    self.table = table
    var weights = [Int32](repeating: 0, count: EvidenceLevel.end)
    var shares = weights
    var limits = weights
    for row in table.rows {
      let place = Int(row.level.rawValue)
      weights[place] = row.weight
      shares[place] = EvidenceTable.hundredths(
        naturalLogarithm(row.amongSame) / EvidenceTable.logarithmOfTwo)
      limits[place] = EvidenceTable.hundredths(row.limit)
    }
    let local = Int(EvidenceLevel.localIdentifierDiffers.rawValue)
    weights[local] = EvidenceTable.hundredths(-table.localIdentifierPenalty)
    self.weights = weights
    self.shares = shares
    self.limits = limits
    familyLimit = EvidenceTable.hundredths(table.familyLimit)
    likely = EvidenceTable.hundredths(table.likely)
    worthReview = EvidenceTable.hundredths(table.worthReview)
  }

  /// What speaks for and against the two being one person.
  public func score(_ left: IdentityEvidence, _ right: IdentityEvidence) -> DuplicateEvidence {
    var evidence = DuplicateEvidence()
    note(number(left, right), in: &evidence)
    noteName(left, right, in: &evidence)
    note(birth(left, right), in: &evidence)
    noteSex(left, right, in: &evidence)
    noteMother(left, right, in: &evidence)
    note(home(left, right), in: &evidence)
    if left.familyCard != 0, right.familyCard != 0 {
      let isEqual = left.familyCard == right.familyCard
      note(isEqual ? .familyCardEqual : .familyCardDiffers, in: &evidence)
    }
    if left.source != 0, left.source == right.source, left.localIdentifier != 0,
      right.localIdentifier != 0, left.localIdentifier != right.localIdentifier
    {
      note(.localIdentifierDiffers, in: &evidence)
    }
    addUp(&evidence)
    evidence.brakes = brakes(left, right, evidence)
    if evidence.total >= worthReview, !areSurelyTwo(left, right, evidence) {
      evidence.proposal =
        evidence.total >= likely && evidence.brakes.isEmpty ? .likely : .review
    }
    return evidence
  }

  /// The most that two records can come to, whatever the names of the other one are and whichever
  /// family card it has: what a name costs to read is spared where this is too little.
  public func most(_ left: IdentityEvidence, _ withoutNames: IdentityEvidence) -> Int32 {
    var evidence = DuplicateEvidence()
    note(number(left, withoutNames), in: &evidence)
    if left.hasName {
      note(.nameSame, most(.nameSame, isCounted: left.wordRarity != .zero), in: &evidence)
    }
    note(birth(left, withoutNames), in: &evidence)
    noteSex(left, withoutNames, in: &evidence)
    if left.hasMotherName || left.mother != 0 {
      note(.motherSame, most(.motherSame, isCounted: true), in: &evidence)
    }
    note(home(left, withoutNames), in: &evidence)
    if left.familyCard != 0 { note(.familyCardEqual, in: &evidence) }
    addUp(&evidence)
    return evidence.total
  }

  /// What a field counts for at most: where nobody counted how rare names are, the weight of the
  /// level, else its limit.
  private func most(_ level: EvidenceLevel, isCounted: Bool) -> Int32 {
    EvidenceLevel.allCases.filter { $0.field == level.field }
      .map { (isCounted ? limits : weights)[Int($0.rawValue)] }.max() ?? 0
  }

  private func noteSex(
    _ left: IdentityEvidence, _ right: IdentityEvidence, in evidence: inout DuplicateEvidence
  ) {
    guard let mine = left.sex, let theirs = right.sex else { return }
    note(mine == theirs ? .sexEqual : .sexDiffers, in: &evidence)
  }

  /// Mother, home and family card count together only as far as the table says.
  private func addUp(_ evidence: inout DuplicateEvidence) {
    let family = evidence.weights[4] + evidence.weights[5] + evidence.weights[6]
    evidence.familySurplus = max(0, family - familyLimit)
    evidence.total = evidence.weights.sum - evidence.familySurplus
  }

  private func note(_ level: EvidenceLevel?, in evidence: inout DuplicateEvidence) {
    guard let level else { return }
    note(level, weights[Int(level.rawValue)], in: &evidence)
  }

  func note(_ level: EvidenceLevel, _ weight: Int32, in evidence: inout DuplicateEvidence) {
    let field = Int(level.field.rawValue)
    evidence.levels[field] = level.rawValue
    evidence.weights[field] = weight
  }
}
