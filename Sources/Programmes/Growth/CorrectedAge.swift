import Guidance
import Health

/// The age from term, by which length and head of a child born before 37 weeks are judged in its
/// first two years. Number 316.
extension ClinicalSetting {
  /// Length and head of children born before 37 weeks are judged by the age from term until 24
  /// months.
  public static let growthByCorrectedAge = ClinicalSetting(
    316, "growth_by_corrected_age", in: nil, within: 0...1,
    .init(1, .proposal("umur koreksi sampai 24 bulan")), .init(0, .growthMonitoring))
}

extension HealthRecord {
  /// Whether length and head that were measured on a day are judged by the age from term.
  public func correctsGrowth(on measured: CivilDate, _ settings: ClinicalSettings) -> Bool {
    guard let birthDate, termBirthDate != birthDate, settings[.growthByCorrectedAge] != 0
    else { return false }
    return measured < birthDate + .months(DevelopmentQuestionnaire.lastCorrectedMonth)
  }

  /// The age by which length and head of a day are judged; nothing before the day of term, where
  /// the age from term counts.
  func ageOfGrowth(
    on measured: CivilDate, born birth: CivilDate, _ settings: ClinicalSettings
  ) -> AgeInDays? {
    guard correctsGrowth(on: measured, settings), let term = termBirthDate else {
      return measured - birth
    }
    return measured < term ? nil : measured - term
  }
}

extension DataElement {
  /// What is judged by the age from term. Weight for age goes by the age from birth, as the KMS
  /// does; weight for length by no age.
  public static let judgedByCorrectedAge: [DataElement] = [.lengthForAgeScore, .headScore]
}

extension Criterion {
  /// Not before the day on which a child born early would have been born at term: before it there is
  /// no standard for its length and head here.
  static let hasReachedTerm = Criterion.after(.termBirth, from: .none, until: nil)
}
