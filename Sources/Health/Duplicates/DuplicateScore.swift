/// Scores pairs of records by one table of evidence. A pure function: the same in both directions,
/// about a microsecond or less a pair.
public struct DuplicateScore: Sendable {
  /// The table that it was made of.
  public let table: EvidenceTable
  private let weights: [Int32]
  private let nameSame: Int32
  private let nameLimit: Int32
  private let motherSame: Int32
  private let motherLimit: Int32
  private let familyLimit: Int32
  private let likely: Int32
  private let worthReview: Int32

  /// Works the weights out once.
  public init(_ table: EvidenceTable = .startingEstimates) {
    self.table = table
    var weights = [Int32](repeating: 0, count: 24)
    var share = [Double](repeating: 1, count: 24)
    var limit = [Double](repeating: 0, count: 24)
    for row in table.rows {
      let place = Int(row.level.rawValue)
      weights[place] = row.weight
      share[place] = row.amongSame
      limit[place] = row.limit
    }
    let local = Int(EvidenceLevel.localIdentifierDiffers.rawValue)
    weights[local] = EvidenceTable.hundredths(-table.localIdentifierPenalty)
    self.weights = weights
    func ofShare(_ level: EvidenceLevel) -> Int32 {
      EvidenceTable.hundredths(
        naturalLogarithm(share[Int(level.rawValue)]) / EvidenceTable.logarithmOfTwo)
    }
    nameSame = ofShare(.nameSame)
    nameLimit = EvidenceTable.hundredths(limit[Int(EvidenceLevel.nameSame.rawValue)])
    motherSame = ofShare(.motherSame)
    motherLimit = EvidenceTable.hundredths(limit[Int(EvidenceLevel.motherSame.rawValue)])
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
    if let mine = left.sex, let theirs = right.sex {
      note(mine == theirs ? .sexEqual : .sexDiffers, in: &evidence)
    }
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
    let family = evidence.weights[4] + evidence.weights[5] + evidence.weights[6]
    evidence.familySurplus = max(0, family - familyLimit)
    evidence.total = evidence.weights.sum - evidence.familySurplus
    evidence.brakes = brakes(left, right, evidence)
    if evidence.total >= worthReview {
      evidence.proposal =
        evidence.total >= likely && evidence.brakes.isEmpty ? .likely : .review
    }
    return evidence
  }

  private func note(_ level: EvidenceLevel?, in evidence: inout DuplicateEvidence) {
    guard let level else { return }
    note(level, weights[Int(level.rawValue)], in: &evidence)
  }

  private func note(
    _ level: EvidenceLevel, _ weight: Int32, in evidence: inout DuplicateEvidence
  ) {
    let field = Int(level.field.rawValue)
    evidence.levels[field] = level.rawValue
    evidence.weights[field] = weight
  }

  // MARK: The fields

  private func number(
    _ left: IdentityEvidence, _ right: IdentityEvidence
  ) -> EvidenceLevel? {
    let mine = left.nationalIdentityNumber
    let theirs = right.nationalIdentityNumber
    guard mine != 0, theirs != 0 else { return nil }
    if mine == theirs { return .numberEqual }
    return IdentityEvidence.isSlip(mine, theirs) ? .numberNearlyEqual : .numberDiffers
  }

  private func noteName(
    _ left: IdentityEvidence, _ right: IdentityEvidence, in evidence: inout DuplicateEvidence
  ) {
    guard left.hasName, right.hasName else { return }
    // A name that one side counts as rarer is as common as the other side says.
    let rarity = Int32(min(left.nameRarity, right.nameRarity))
    switch nameAgreement(left, right) {
    case .sameSound:
      let weight = rarity == 0 ? weights[Int(EvidenceLevel.nameSame.rawValue)] : nameSame + rarity
      note(.nameSame, min(nameLimit, weight), in: &evidence)
    case .otherReading, .oneWordMissing:
      let weight = weights[Int(EvidenceLevel.nameOtherReading.rawValue)]
      note(.nameOtherReading, rarity == 0 ? weight : min(weight, rarity), in: &evidence)
    case .different:
      let isSimilar = isSimilar(left.letters, right.letters, table.similarName)
      note(isSimilar ? .nameSimilar : .nameDiffers, in: &evidence)
    }
  }

  private func nameAgreement(
    _ left: IdentityEvidence, _ right: IdentityEvidence
  ) -> NameAgreement {
    let isSplitOtherwise = left.words.count != right.words.count
    if isSplitOtherwise, left.joined == right.joined { return .sameSound }
    let byWords = left.words.agreement(with: right.words)
    if isSplitOtherwise, byWords < .otherReading, left.joinedOpen == right.joinedOpen {
      return .otherReading
    }
    return byWords
  }

  private func isSimilar(_ left: PackedLetters, _ right: PackedLetters, _ least: Int32) -> Bool {
    if left.similarity(to: right) >= least { return true }
    return min(left.count, right.count) >= table.shortestSlip && left.isOneSlip(from: right)
  }

  private func birth(
    _ left: IdentityEvidence, _ right: IdentityEvidence
  ) -> EvidenceLevel? {
    guard left.hasBirthDay, right.hasBirthDay else { return nil }
    let isRough = left.hasRoughBirthDate || right.hasRoughBirthDate
    if left.birthDay == right.birthDay { return isRough ? .birthEqualRoughly : .birthEqual }
    let isSameYear = left.birthYear == right.birthYear
    let isSameMonth = left.birthMonth == right.birthMonth
    let isSameDay = left.birthDayOfMonth == right.birthDayOfMonth
    if !isRough {
      let isSwapped =
        isSameYear && left.birthMonth == right.birthDayOfMonth
        && left.birthDayOfMonth == right.birthMonth
      let agreeing = (isSameYear ? 1 : 0) + (isSameMonth ? 1 : 0) + (isSameDay ? 1 : 0)
      if isSwapped || agreeing == 2 { return .birthNearlyEqual }
      return isSameYear ? .birthNear : .birthDiffers
    }
    return abs(Int32(left.birthYear) - Int32(right.birthYear)) <= 2 ? .birthNear : .birthDiffers
  }

  private func noteMother(
    _ left: IdentityEvidence, _ right: IdentityEvidence, in evidence: inout DuplicateEvidence
  ) {
    if left.mother != 0, left.mother == right.mother {
      note(.motherSame, motherLimit, in: &evidence)
      return
    }
    guard left.hasMotherName, right.hasMotherName else {
      if left.mother != 0, right.mother != 0 { note(.motherDiffers, in: &evidence) }
      return
    }
    let isSplitOtherwise = left.motherWords.count != right.motherWords.count
    let agreement =
      isSplitOtherwise && left.motherJoined == right.motherJoined
      ? .sameSound : left.motherWords.agreement(with: right.motherWords)
    switch agreement {
    case .sameSound:
      let rarity = Int32(min(left.motherRarity, right.motherRarity))
      let weight =
        rarity == 0 ? weights[Int(EvidenceLevel.motherSame.rawValue)] : motherSame + rarity
      note(.motherSame, min(motherLimit, weight), in: &evidence)
    case .otherReading, .oneWordMissing: note(.motherSimilar, in: &evidence)
    case .different:
      let isSimilar =
        isSimilar(left.motherLetters, right.motherLetters, table.similarMother)
      note(isSimilar ? .motherSimilar : .motherDiffers, in: &evidence)
    }
  }

  private func home(
    _ left: IdentityEvidence, _ right: IdentityEvidence
  ) -> EvidenceLevel? {
    guard left.village != 0, right.village != 0 else { return nil }
    if left.village == right.village { return .homeSameVillage }
    guard left.puskesmas != 0, right.puskesmas != 0 else { return nil }
    return left.puskesmas == right.puskesmas ? .homeSamePuskesmas : .homeElsewhere
  }

  // MARK: The brakes

  private func brakes(
    _ left: IdentityEvidence, _ right: IdentityEvidence, _ evidence: DuplicateEvidence
  ) -> DuplicateEvidence.Brakes {
    var brakes: DuplicateEvidence.Brakes = []
    if areLikeTwins(left, right, evidence) { brakes.insert(.twins) }
    let name = evidence.level(of: .name)
    let number = evidence.level(of: .nationalIdentityNumber)
    let days = left.hasBirthDay && right.hasBirthDay ? abs(left.birthDay - right.birthDay) : 0
    let isGeneration = days > table.generationYears * 365
    if isGeneration, number != .numberEqual || name != .nameSame { brakes.insert(.generations) }
    if number == .numberEqual || number == .numberNearlyEqual, name == .nameDiffers {
      let birth = evidence.level(of: .birthDate)
      let isOtherBirth = birth != .birthEqual && birth != .birthEqualRoughly && birth != nil
      if isOtherBirth || evidence.level(of: .sex) == .sexDiffers {
        brakes.insert(.borrowedNumber)
      }
    }
    return brakes
  }

  /// Born on one day, or on what may be one day with a slip, perhaps of one mother, and something
  /// tells them apart. Twins are often given
  /// names that differ in one letter, so that a similar name is no sign of one person here. Where
  /// the mothers are not known, one family card or one village is enough to hold back.
  private func areLikeTwins(
    _ left: IdentityEvidence, _ right: IdentityEvidence, _ evidence: DuplicateEvidence
  ) -> Bool {
    switch evidence.level(of: .birthDate) {
    case .birthEqual, .birthEqualRoughly, .birthNearlyEqual: break
    default: return false
    }
    switch evidence.level(of: .mother) {
    case .motherSame, .motherSimilar: break
    case .motherDiffers: return false
    default:
      let isOneFamily = evidence.level(of: .familyCard) == .familyCardEqual
      let isOneVillage = evidence.level(of: .home) == .homeSameVillage
      if !isOneFamily && !isOneVillage { return false }
    }
    let name = evidence.level(of: .name)
    if left.birthOrder != 0, right.birthOrder != 0, left.birthOrder != right.birthOrder {
      return true
    }
    if name == .nameDiffers { return true }
    if name == .nameSimilar {
      let isOneNumber = evidence.level(of: .nationalIdentityNumber) == .numberEqual
      return !(isOneNumber && table.equalNumberOutweighsTwins)
    }
    return evidence.level(of: .nationalIdentityNumber) == .numberDiffers
  }
}

extension IdentityEvidence {
  /// Whether two numbers differ in one digit, or in two neighbours that are swapped.
  static func isSlip(_ left: UInt64, _ right: UInt64) -> Bool {
    // Digits from the right: the first that differs, then what is left of both.
    var mine = left
    var theirs = right
    while mine != theirs, mine % 10 == theirs % 10 {
      mine /= 10
      theirs /= 10
    }
    if mine / 10 == theirs / 10 { return true }
    let isSwapped = mine % 10 == theirs / 10 % 10 && mine / 10 % 10 == theirs % 10
    return isSwapped && mine / 100 == theirs / 100
  }
}
