/// How far two records agree in each field.
extension DuplicateScore {
  func number(_ left: IdentityEvidence, _ right: IdentityEvidence) -> EvidenceLevel? {
    let mine = left.nationalIdentityNumber
    let theirs = right.nationalIdentityNumber
    guard mine != 0, theirs != 0 else { return nil }
    if mine == theirs { return .numberEqual }
    return NumberSlip.isTelling(left, right) ? .numberNearlyEqual : .numberDiffers
  }

  func noteName(
    _ left: IdentityEvidence, _ right: IdentityEvidence, in evidence: inout DuplicateEvidence
  ) {
    guard left.hasName, right.hasName else { return }
    let agreement = nameAgreement(left, right)
    let shared = left.words.sharedRarity(
      with: right.words, left.wordRarity, right.wordRarity, isWhole: agreement >= .otherReading)
    switch agreement {
    case .sameSound: note(.nameSame, weight(.nameSame, sharing: shared), in: &evidence)
    case .otherReading, .oneWordMissing:
      note(.nameOtherReading, weight(.nameOtherReading, sharing: shared), in: &evidence)
    case .different:
      let slip = likeness(left.letters, right.letters, table.similarName)
      if slip == .none {
        return note(.nameDiffers, weight(.nameDiffers, sharing: 0), in: &evidence)
      }
      note(
        .nameSimilar, weight(.nameSimilar, sharing: shared, isSlip: slip == .oneSlip),
        in: &evidence)
    }
  }

  /// What a name or mother's name counts for where the words that both have are so rare together,
  /// 0 where nobody counted: the share among records of one person is that of the level, the share
  /// among others that of people who have these words by chance.
  ///
  /// - Parameter isSlip: whether one slip makes one name of the other, which hardly happens by
  ///   chance. Names that are only alike may be so for the words alone that they share.
  private func weight(
    _ level: EvidenceLevel, sharing rarity: Int32, isSlip: Bool = false
  ) -> Int32 {
    let place = Int(level.rawValue)
    guard rarity > 0 else { return min(limits[place], weights[place]) }
    return min(limits[place], rarity + (isSlip ? weights[place] : shares[place]))
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

  private enum Likeness { case none, alike, oneSlip }

  private func likeness(_ left: PackedLetters, _ right: PackedLetters, _ least: Int32) -> Likeness {
    if min(left.count, right.count) >= table.shortestSlip, left.isOneSlip(from: right) {
      return .oneSlip
    }
    return left.similarity(to: right) >= least ? .alike : .none
  }

  func birth(_ left: IdentityEvidence, _ right: IdentityEvidence) -> EvidenceLevel? {
    guard left.hasBirthDay, right.hasBirthDay else { return nil }
    let isRough = left.hasRoughBirthDate || right.hasRoughBirthDate
    if left.birthDay == right.birthDay { return isRough ? .birthEqualRoughly : .birthEqual }
    let years = abs(Int32(left.birthYear) - Int32(right.birthYear))
    if isRough { return years <= 1 ? .birthYearNear : years == 2 ? .birthNear : .birthDiffers }
    let isSameMonth = left.birthMonth == right.birthMonth
    let isSameDay = left.birthDayOfMonth == right.birthDayOfMonth
    let isSwapped =
      years == 0 && left.birthMonth == right.birthDayOfMonth
      && left.birthDayOfMonth == right.birthMonth
    let agreeing = (years == 0 ? 1 : 0) + (isSameMonth ? 1 : 0) + (isSameDay ? 1 : 0)
    let isFewDays = abs(left.birthDay - right.birthDay) <= table.fewDays
    if isSwapped || agreeing == 2 || isFewDays { return .birthNearlyEqual }
    return years == 0 ? .birthNear : .birthDiffers
  }

  func noteMother(
    _ left: IdentityEvidence, _ right: IdentityEvidence, in evidence: inout DuplicateEvidence
  ) {
    if left.mother != 0, left.mother == right.mother {
      note(.motherSame, limits[Int(EvidenceLevel.motherSame.rawValue)], in: &evidence)
      return
    }
    guard left.hasMotherName, right.hasMotherName else {
      if left.mother != 0, right.mother != 0 {
        note(.motherDiffers, weight(.motherDiffers, sharing: 0), in: &evidence)
      }
      return
    }
    let isSplitOtherwise = left.motherWords.count != right.motherWords.count
    let agreement =
      isSplitOtherwise && left.motherJoined == right.motherJoined
      ? .sameSound : left.motherWords.agreement(with: right.motherWords)
    let shared = left.motherWords.sharedRarity(
      with: right.motherWords, left.motherWordRarity, right.motherWordRarity,
      isWhole: agreement >= .otherReading)
    switch agreement {
    case .sameSound: note(.motherSame, weight(.motherSame, sharing: shared), in: &evidence)
    case .otherReading, .oneWordMissing:
      note(.motherSimilar, weight(.motherSimilar, sharing: shared), in: &evidence)
    case .different:
      let slip = likeness(left.motherLetters, right.motherLetters, table.similarMother)
      if slip == .none {
        return note(.motherDiffers, weight(.motherDiffers, sharing: 0), in: &evidence)
      }
      note(
        .motherSimilar, weight(.motherSimilar, sharing: shared, isSlip: slip == .oneSlip),
        in: &evidence)
    }
  }

  func home(_ left: IdentityEvidence, _ right: IdentityEvidence) -> EvidenceLevel? {
    guard left.village != 0, right.village != 0 else { return nil }
    if left.village == right.village { return .homeSameVillage }
    guard left.puskesmas != 0, right.puskesmas != 0 else { return nil }
    return left.puskesmas == right.puskesmas ? .homeSamePuskesmas : .homeElsewhere
  }
}

/// Slips in a NIK.
enum NumberSlip {
  /// Whether two numbers differ in one digit, or in two neighbours that are swapped.
  static func isSlip(_ left: UInt64, _ right: UInt64) -> Bool { place(left, right) != nil }

  /// Which digit differs, counted from the right; the higher one of two that are swapped; nothing
  /// where more differs.
  static func place(_ left: UInt64, _ right: UInt64) -> Int? {
    // Digits from the right: the first that differs, then what is left of both.
    var mine = left
    var theirs = right
    var place = 0
    while mine != theirs, mine % 10 == theirs % 10 {
      mine /= 10
      theirs /= 10
      place += 1
    }
    if mine / 10 == theirs / 10 { return place }
    let isSwapped = mine % 10 == theirs / 10 % 10 && mine / 10 % 10 == theirs % 10
    return isSwapped && mine / 100 == theirs / 100 ? place + 1 : nil
  }

  /// Whether the two differ by a slip that leaves at least one of them hardly possible.
  ///
  /// The last digit counts those who were born on one day in one kecamatan, and the two before the
  /// birth date tell the kecamatan: numbers that differ there are those of neighbours. The other
  /// digits of the serial number are 0 but for days of birth that stand for "some day". A date
  /// that differs is a slip where it is not the day of birth of the record it stands in.
  static func isTelling(_ left: IdentityEvidence, _ right: IdentityEvidence) -> Bool {
    guard let place = place(left.nationalIdentityNumber, right.nationalIdentityNumber) else {
      return false
    }
    switch place {
    case 0, 10, 11: return false
    case 1: return !left.hasRoughBirthDate && !right.hasRoughBirthDate
    case 4...9: return contradictsBirth(left) || contradictsBirth(right)
    default: return true
    }
  }

  /// Whether the number tells another day of birth than the record.
  private static func contradictsBirth(_ record: IdentityEvidence) -> Bool {
    guard record.hasBirthDay, let sex = record.sex else { return false }
    let day = UInt64(record.birthDayOfMonth) + (sex == .female ? 40 : 0)
    let date =
      (day * 100 + UInt64(record.birthMonth)) * 100
      + UInt64(((Int(record.birthYear) % 100) + 100) % 100)
    return record.nationalIdentityNumber / 10_000 % 1_000_000 != date
  }
}
