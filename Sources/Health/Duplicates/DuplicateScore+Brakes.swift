/// What keeps a pair from being proposed.
extension DuplicateScore {
  func brakes(
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
      if isOtherBirth || evidence.level(of: .sex) == .sexDiffers
        || evidence.level(of: .mother) == .motherDiffers
      {
        brakes.insert(.borrowedNumber)
      }
    }
    return brakes
  }

  /// Born on one day, or on what may be one day with a slip, perhaps of one mother, and something
  /// tells them apart.
  ///
  /// Twins are often given names that differ in one letter. But twins are written down together:
  /// both stand in one household. A similar name is therefore a sign of twins only where both
  /// records are of one family, where nobody wrote down a family on either side, or where one of
  /// the two is known to have a twin. Where the mothers are not known, one family or one village
  /// is enough to hold back.
  private func areLikeTwins(
    _ left: IdentityEvidence, _ right: IdentityEvidence, _ evidence: DuplicateEvidence
  ) -> Bool {
    switch evidence.level(of: .birthDate) {
    case .birthEqual, .birthEqualRoughly, .birthNearlyEqual: break
    default: return false
    }
    let isOneFamily = left.isOfOneFamily(as: right)
    let mother = evidence.level(of: .mother)
    if mother == .motherDiffers { return false }
    if mother == nil, !isOneFamily, evidence.level(of: .home) != .homeSameVillage { return false }
    if haveOtherBirthOrders(left, right) { return true }
    let number = evidence.level(of: .nationalIdentityNumber)
    switch evidence.level(of: .name) {
    case .nameDiffers: return true
    case .nameSimilar:
      if number == .numberDiffers || evidence.level(of: .sex) == .sexDiffers { return true }
      return isOneFamily || left.isWithoutFamily(as: right) || isKnownTwin(left)
        || isKnownTwin(right)
    default: return number == .numberDiffers
    }
  }

  private func haveOtherBirthOrders(_ left: IdentityEvidence, _ right: IdentityEvidence) -> Bool {
    left.birthOrder != 0 && right.birthOrder != 0 && left.birthOrder != right.birthOrder
  }

  /// Whether two records of one birth were told to be the first and the second of it, and have not
  /// one number: whoever enters one of them need not be asked whether it is the other.
  public func areTwinsByOrder(
    _ left: IdentityEvidence, _ right: IdentityEvidence, _ evidence: DuplicateEvidence
  ) -> Bool {
    evidence.brakes.contains(.twins) && haveOtherBirthOrders(left, right)
      && evidence.level(of: .nationalIdentityNumber) != .numberEqual
  }

  private func isKnownTwin(_ record: IdentityEvidence) -> Bool {
    record.hasTwin || record.birthOrder > 1
  }

  /// Whether a pair that scores high is explained by what it is, and nobody need look at it: twins
  /// with other names and numbers of their own, or of two sexes; somebody of one name with an
  /// elder of the same family, or with a number of their own.
  func areSurelyTwo(
    _ left: IdentityEvidence, _ right: IdentityEvidence, _ evidence: DuplicateEvidence
  ) -> Bool {
    let number = evidence.level(of: .nationalIdentityNumber)
    if number == .numberEqual { return false }
    if evidence.brakes.contains(.twins) {
      let isOtherSex = evidence.level(of: .sex) == .sexDiffers
      let isOtherName = evidence.level(of: .name) == .nameDiffers
      if haveOtherBirthOrders(left, right) { return isOtherSex || isOtherName }
      return isOtherName && (number == .numberDiffers || isOtherSex)
    }
    if evidence.brakes.contains(.generations) {
      return number == .numberDiffers
        || left.isOfOneFamily(as: right) && evidence.level(of: .mother) != .motherSame
    }
    return false
  }
}
