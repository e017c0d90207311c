/// What a NIK lets one suggest about a person of whom nothing else is known: never more than a
/// suggestion, to be confirmed by somebody who knows the person.
public struct IdentitySuggestion: Hashable, Sendable {
  /// The sex that the day of birth tells.
  public let sex: Sex
  /// The days of birth that the two digits of the year leave open and that have come, the earlier
  /// century first; at least one.
  public let birthDates: [CivilDate]

  /// What a day of birth taken from here is worth.
  public static let certainty = BirthDateCertainty.fromIdentityNumber
}

extension NationalIdentityNumber {
  /// What the number suggests on a day; nothing where it is not made by the rule, or tells only a
  /// day that has not come.
  public func suggestion(on today: CivilDate) -> IdentitySuggestion? {
    let dates = birthDateCandidates.filter { $0 <= today }
    guard followsTheRule, let sex, !dates.isEmpty else { return nil }
    return IdentitySuggestion(sex: sex, birthDates: dates)
  }
}
