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

/// By which age length and head of a child are judged: from term, where it was born before 37 weeks
/// and as long as the settings say so.
public struct AgeOfGrowth: Hashable, Sendable {
  private let birth: CivilDate
  /// The day on which the child would have been born at term; nothing where it was not born early.
  private let term: CivilDate?

  /// Of a child born on a day that came to term on another, or on the same one.
  init(birth: CivilDate, term: CivilDate?, _ settings: ClinicalSettings) {
    self.birth = birth
    self.term = term != birth && settings[.growthByCorrectedAge] != 0 ? term : nil
  }

  /// Of a child born on a day after so many days of gestation, or nobody knows how many.
  public init(birth: CivilDate, gestation: AgeInDays?, _ settings: ClinicalSettings) {
    var record = HealthRecord(bornOn: birth, on: birth)
    if let gestation {
      record.observe(
        DataElement.gestationAtBirth.code, gestation.count, on: birth,
        fact: Identifier(high: 0, low: 0))
    }
    self.init(birth: birth, term: record.termBirthDate, settings)
  }

  /// Whether what was measured on a day is judged by the age from term.
  public func isCorrected(on measured: CivilDate) -> Bool {
    term != nil && measured < birth + .months(DevelopmentQuestionnaire.lastCorrectedMonth)
  }

  /// The age by which it is judged; nothing before birth, and before the day of term where the age
  /// from term counts.
  public func age(on measured: CivilDate) -> AgeInDays? {
    let start = isCorrected(on: measured) ? term ?? birth : birth
    return measured < start ? nil : measured - start
  }
}

extension HealthRecord {
  /// Whether length and head that were measured on a day are judged by the age from term.
  public func correctsGrowth(on measured: CivilDate, _ settings: ClinicalSettings) -> Bool {
    birthDate.map {
      AgeOfGrowth(birth: $0, term: termBirthDate, settings).isCorrected(on: measured)
    } ?? false
  }
}

extension ChildGrowthStandards {
  /// Judges one measurement, length and head by an age of their own; those not at all where there is
  /// none.
  public func assess(
    _ measurement: GrowthMeasurement, lengthAndHeadAt age: AgeInDays?
  ) -> GrowthAssessment {
    var result = assess(measurement)
    guard age.map({ Double($0.count) }) != measurement.ageDays else { return result }
    let corrected = age.map { assess(measurement.at($0)) }
    result.lengthHeightForAge = corrected?.lengthHeightForAge
    result.headCircumferenceForAge = corrected?.headCircumferenceForAge
    return result
  }
}

extension GrowthMeasurement {
  /// The same, measured at another age.
  public func at(_ age: AgeInDays) -> GrowthMeasurement {
    var other = self
    other.ageDays = Double(age.count)
    return other
  }
}

extension GrowthRecord {
  /// The same with length and head judged as care plans do: those of a child born early by the age
  /// from term. Prevalences count every child from birth.
  ///
  /// - Parameter gestation: how far the mother was at the birth, where that is known.
  public func judgedAsInCare(
    gestation: AgeInDays?, _ settings: ClinicalSettings,
    by standards: ChildGrowthStandards = .shared
  ) -> GrowthRecord {
    guard let birthDate else { return self }
    let ages = AgeOfGrowth(birth: birthDate, gestation: gestation, settings)
    var judged = self
    for place in measurements.indices where ages.isCorrected(on: measurements[place].occurredOn) {
      let found = measurements[place]
      guard found.age != nil else { continue }
      judged.measurements[place].assessment = standards.assess(
        GrowthMeasurement(found.body, sex: sex, age: found.age),
        lengthAndHeadAt: ages.age(on: found.occurredOn))
    }
    return judged
  }
}

extension DataElement {
  /// What is judged by the age from term. Weight for age goes by the age from birth, as the KMS
  /// does; weight for length by no age.
  public static let judgedByCorrectedAge: [DataElement] = [.lengthForAgeScore, .headScore]
}

extension GrowthIndex {
  /// The same as indices.
  public static let judgedByCorrectedAge: Set<GrowthIndex> = [
    .lengthHeightForAge, .headCircumferenceForAge,
  ]
}

extension Criterion {
  /// Not before the day on which a child born early would have been born at term: before it there is
  /// no standard for its length and head here.
  static let hasReachedTerm = Criterion.after(.termBirth, from: .none, until: nil)
}
