import Guidance
import Health

/// What the growth standards say of a measurement, as guidelines ask it. Codes 9 to 13, 15 and 16.
extension DataElement {
  /// BB/PB or BB/TB as a z-score.
  public static let weightForLengthScore = DataElement(
    9, "weight_for_length_score", .quantity(.hundredthsOfZScore, scoresKept))
  /// PB/U or TB/U as a z-score.
  public static let lengthForAgeScore = DataElement(
    10, "length_for_age_score", .quantity(.hundredthsOfZScore, scoresKept))
  /// BB/U as a z-score.
  public static let weightForAgeScore = DataElement(
    11, "weight_for_age_score", .quantity(.hundredthsOfZScore, scoresKept))
  /// IMT/U as a z-score.
  public static let bodyMassIndexScore = DataElement(
    12, "body_mass_index_score", .quantity(.hundredthsOfZScore, scoresKept))
  /// LK/U as a z-score.
  public static let headScore = DataElement(
    13, "head_score", .quantity(.hundredthsOfZScore, scoresKept))
  /// Weight in whole percent of the median at that length, rounded down.
  public static let weightForLengthPercent = DataElement(
    15, "weight_for_length_percent", .quantity(.percent, 20...300))
  /// Weight in whole percent of the median at that age, rounded down.
  public static let weightForAgePercent = DataElement(
    16, "weight_for_age_percent", .quantity(.percent, 20...300))

  /// Scores are kept beyond what WHO believes: care is decided by them too. What is further out
  /// still is kept as the end of this range.
  static let scoresKept: ClosedRange<Int32> = -2_000...2_000

  /// Scores whose latest value WHO would flag, with the values that it believes.
  static let flaggedScores: [(element: DataElement, believed: ClosedRange<Int32>)] = [
    (.weightForLengthScore, GrowthIndex.weightForLengthHeight.plausibleHundredths),
    (.lengthForAgeScore, GrowthIndex.lengthHeightForAge.plausibleHundredths),
    (.weightForAgeScore, GrowthIndex.weightForAge.plausibleHundredths),
    (.headScore, GrowthIndex.headCircumferenceForAge.plausibleHundredths),
  ]

  /// All that ``Guidance/HealthRecord/observeGrowth(settings:by:)`` derives.
  public static let derivedFromGrowth: [DataElement] = [
    .weightForLengthScore, .lengthForAgeScore, .weightForAgeScore, .bodyMassIndexScore,
    .headScore, .weightForLengthPercent, .weightForAgePercent,
  ]
}

extension HealthRecord {
  /// For so many days back every measurement is judged; of older ones only the latest of each
  /// index. Longer than any guideline looks back at a visit.
  static let daysOfGrowth: Int32 = 62

  /// Adds what the growth standards say of a child's measurements as observations of their own, of
  /// the fact that told them. Only what was measured on one day is compared with each other. What
  /// WHO flags as too extreme is observed like all else: it is left out of prevalences, and the
  /// child that is thinnest is not left out of care. With oedema nothing that depends on weight is
  /// observed. Length and head of a child born early are judged by the age from term.
  public mutating func observeGrowth(
    settings: ClinicalSettings = ClinicalSettings(), by standards: ChildGrowthStandards = .shared
  ) {
    guard let birthDate, let sex, birthDate <= day,
      (day - birthDate).count <= Int32(ChildGrowthStandards.lastDay) + HealthRecord.daysOfGrowth
    else { return }
    let ages = AgeOfGrowth(birth: birthDate, term: termBirthDate, settings)
    var reader = MeasuringDays(of: self)
    var derived = DerivedGrowth()
    while let newest = reader.newest {
      let isOld = (day - newest).count >= HealthRecord.daysOfGrowth
      if isOld, !reader.canTellMore(than: derived) { break }
      let measured = reader.takeDay(newest, of: self)
      if birthDate <= newest {
        derived.judge(
          measured, sex: sex, age: newest - birthDate,
          corrected: ages.age(on: newest), by: standards,
          onlyNew: isOld)
      }
    }
    for value in derived.values.reversed() {
      observe(value.element.code, value.hundredths, on: value.day, fact: value.fact)
    }
  }
}

/// What was measured on one day.
private struct MeasuringDay {
  let day: CivilDate
  let fact: Identifier
  var measurement = GrowthMeasurement()
}

/// Goes back through the days on which a child was weighed or measured.
private struct MeasuringDays {
  private var weight: Observation?
  private var length: Observation?
  private var head: Observation?

  init(of record: HealthRecord) {
    weight = record.latest(.weight)
    length = record.latest(.lengthOrHeight)
    head = record.latest(.headCircumference)
  }

  /// The latest day that was not taken yet.
  var newest: CivilDate? {
    var newest = weight?.on
    for other in [length?.on, head?.on] {
      if let other, newest.map({ $0 < other }) ?? true { newest = other }
    }
    return newest
  }

  /// Whether what is left can tell an index that no later day told.
  func canTellMore(than derived: DerivedGrowth) -> Bool {
    (weight != nil && !derived.has(.weightForAgeScore))
      || (length != nil && !derived.has(.lengthForAgeScore))
      || (weight != nil && length != nil && !derived.has(.weightForLengthScore))
      || (head != nil && !derived.has(.headScore))
  }

  /// The measurements of a day; of several on it the last.
  mutating func takeDay(_ day: CivilDate, of record: HealthRecord) -> MeasuringDay {
    var fact: Identifier?
    func take(_ next: inout Observation?) -> Int32? {
      guard let found = next, found.on == day else { return nil }
      fact = fact ?? found.fact
      while let same = next, same.on == day { next = record.before(same) }
      return found.value
    }
    func ofTheDay(_ element: DataElement) -> Int32? {
      record.latest(element, since: day, through: day)?.value
    }
    var measurement = GrowthMeasurement()
    measurement.weight = take(&weight).map { Mass(grams: $0).kilograms }
    measurement.length = take(&length).map { Length(tenthsOfMillimetre: $0).centimetres }
    measurement.headCircumference = take(&head).map { Length(tenthsOfMillimetre: $0).centimetres }
    measurement.position = ofTheDay(.bodyPosition).flatMap {
      BodyPosition(rawValue: UInt8(truncatingIfNeeded: $0))
    }
    measurement.hasOedema =
      ofTheDay(.pittingOedema) == 1 || ofTheDay(.oedemaDegree).map { $0 > 0 } ?? false
    return MeasuringDay(
      day: day, fact: fact ?? Identifier(high: 0, low: 0), measurement: measurement)
  }
}

/// What the standards say of the days that were looked at, the latest first.
private struct DerivedGrowth {
  private(set) var values:
    [(element: DataElement, hundredths: Int32, day: CivilDate, fact: Identifier)] = []
  /// A bit for each element that is among them, by its code.
  private var told: UInt32 = 0

  func has(_ element: DataElement) -> Bool { told & 1 << UInt32(element.code) != 0 }

  /// Judges a day; with `onlyNew` only by what no later day told.
  ///
  /// - Parameter corrected: the age for length and head; nothing where those are not judged.
  mutating func judge(
    _ measured: MeasuringDay, sex: Sex, age: AgeInDays, corrected: AgeInDays?,
    by standards: ChildGrowthStandards, onlyNew: Bool
  ) {
    var measurement = measured.measurement
    measurement.sex = sex
    measurement.ageDays = Double(age.count)
    let before = told
    func tell(_ element: DataElement, _ value: Int32?) {
      guard let value, !onlyNew || before & 1 << UInt32(element.code) == 0 else { return }
      values.append((element, value, measured.day, measured.fact))
      told |= 1 << UInt32(element.code)
    }
    func kept(_ score: IndexScore?) -> Int32? {
      let range = DataElement.scoresKept
      return score.map { min(max($0.hundredths, range.lowerBound), range.upperBound) }
    }
    let assessment = standards.assess(measurement, lengthAndHeadAt: corrected)
    tell(.weightForLengthScore, kept(assessment.weightForLengthHeight))
    tell(.lengthForAgeScore, kept(assessment.lengthHeightForAge))
    tell(.weightForAgeScore, kept(assessment.weightForAge))
    tell(.bodyMassIndexScore, kept(assessment.bodyMassIndexForAge))
    tell(.headScore, kept(assessment.headCircumferenceForAge))
    let day = ChildGrowthStandards.tableDay(Double(age.count))
    guard !measurement.hasOedema, let weight = measurement.weight, day != nil else { return }
    func percent(_ index: GrowthIndex) -> Int32? {
      guard
        let row = standards.row(for: index, sex: sex, day: day, length: assessment.length)
      else { return nil }
      let percent = (weight / row.m * 100).rounded(.down)
      return percent >= 20 && percent <= 300 ? Int32(percent) : nil
    }
    tell(.weightForLengthPercent, percent(.weightForLengthHeight))
    tell(.weightForAgePercent, percent(.weightForAge))
  }
}
