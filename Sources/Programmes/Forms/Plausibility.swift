import Guidance
import Health

/// What makes a value hard to believe though it is possible: whoever enters it is asked whether it
/// was measured right, and it is kept where that is said.
public struct PlausibilityRule: Sendable {
  /// How far a value may lie from the last one: so much at once, so much more for every month begun
  /// since, and so many percent of the last.
  public struct Allowance: Hashable, Sendable {
    let atOnce: Int32
    let eachMonth: Int32
    let percent: Int32

    init(_ atOnce: Int32 = 0, eachMonth: Int32 = 0, percent: Int32 = 0) {
      self.atOnce = atOnce
      self.eachMonth = eachMonth
      self.percent = percent
    }

    func amount(from last: Int32, months: Int32) -> Int32 {
      atOnce + eachMonth * months + last / 100 * percent
    }
  }

  /// Where a value is believed without a question.
  public enum Limits: Hashable, Sendable {
    /// Within these values.
    case usual(ClosedRange<Int32>)
    /// Where WHO does not flag its z-score for the child's age and sex.
    case growth(GrowthIndex)
    /// Not further than this under and over the last value of a year.
    case sinceLast(fall: Allowance, rise: Allowance)
    /// As many centimetres as weeks of gestation, or so many tenths of a millimetre more or fewer.
    case weeks(apart: Int32)
  }

  /// What is measured.
  public let element: DataElement
  /// Of whom.
  public let applies: Criterion
  /// Where it is believed.
  public let limits: Limits
  /// Where that stands.
  public let source: Source

  init(_ element: DataElement, of applies: Criterion, _ limits: Limits, _ source: Source) {
    self.element = element
    self.applies = applies
    self.limits = limits
    self.source = source
  }
}

/// Where a value of one person is believed on a day, and why it would be asked about elsewhere.
public struct LikelyRange: Hashable, Sendable {
  /// Why a value outside is asked about.
  public enum Reason: Hashable, Sendable {
    /// Hardly anybody has it.
    case usual
    /// Hardly any child of that age has it.
    case age
    /// It was another one not long ago.
    case last(Int32, on: CivilDate)
    /// Hardly any child of that length has it, in tenths of a millimetre.
    case length(Int32)
    /// So many whole weeks of gestation do not fit it.
    case weeks(Int32)
  }

  /// The values that are believed.
  public let values: ClosedRange<Int32>
  /// Why others are asked about.
  public let reason: Reason

  /// Values with why others are asked about.
  public init(values: ClosedRange<Int32>, reason: Reason) {
    self.values = values
    self.reason = reason
  }
}

/// Two values of one visit of which the first is always less than the second.
public struct ValueOrder: Hashable, Sendable {
  /// The lesser.
  public let lesser: DataElement
  /// The greater.
  public let greater: DataElement

  /// What contradicts itself is refused: between two beats the pressure falls.
  public static let all = [
    ValueOrder(lesser: .diastolicPressure, greater: .systolicPressure)
  ]
}

extension PlausibilityRule {
  private static let child = Criterion.age(from: .none, until: .months(72))
  private static let olderThanInfant = Criterion.age(from: .months(2), until: .months(72))
  private static let older = Criterion.age(from: .months(72))
  private static let infant = Criterion.age(from: .none, until: .months(6))
  private static let olderChild = Criterion.age(from: .months(6), until: .months(72))

  /// The rules, of each element in the order in which they are asked. Figures that are this
  /// project's own reading are wide: they find a digit that was lost or a child that was mistaken
  /// for another, not illness, which classifications find.
  public static let all: [PlausibilityRule] = [
    // A kilogram a month is gained in the first half year only.
    PlausibilityRule(
      .weight, of: infant,
      .sinceLast(fall: Allowance(percent: 10), rise: Allowance(eachMonth: 2_000)), .ownReading),
    PlausibilityRule(
      .weight, of: olderChild,
      .sinceLast(fall: Allowance(percent: 10), rise: Allowance(eachMonth: 1_000)), .ownReading),
    PlausibilityRule(.weight, of: child, .growth(.weightForAge), ChildGrowthStandards.source),
    PlausibilityRule(
      .weight, of: .pregnant,
      .sinceLast(fall: Allowance(5_000), rise: Allowance(3_000, eachMonth: 2_000)), .ownReading),
    PlausibilityRule(.weight, of: .pregnant, .usual(30_000...130_000), .ownReading),
    // Nobody shrinks; lying and standing lie 0.7 cm apart, and two readings some millimetres.
    PlausibilityRule(
      .lengthOrHeight, of: infant,
      .sinceLast(fall: Allowance(100), rise: Allowance(200, eachMonth: 500)), .ownReading),
    PlausibilityRule(
      .lengthOrHeight, of: olderChild,
      .sinceLast(fall: Allowance(100), rise: Allowance(200, eachMonth: 250)), .ownReading),
    PlausibilityRule(
      .lengthOrHeight, of: child, .growth(.lengthHeightForAge), ChildGrowthStandards.source),
    PlausibilityRule(.lengthOrHeight, of: .pregnant, .usual(13_000...18_500), .ownReading),
    PlausibilityRule(
      .headCircumference, of: child,
      .sinceLast(fall: Allowance(100), rise: Allowance(100, eachMonth: 300)), .ownReading),
    PlausibilityRule(
      .headCircumference, of: child, .growth(.headCircumferenceForAge),
      ChildGrowthStandards.source),
    PlausibilityRule(
      .armCircumference, of: child,
      .sinceLast(fall: Allowance(200), rise: Allowance(100, eachMonth: 200)), .ownReading),
    // WHO's standards for the arm begin at three months and end at five years.
    PlausibilityRule(
      .armCircumference, of: child, .growth(.armCircumferenceForAge), ChildGrowthStandards.source),
    PlausibilityRule(
      .armCircumference, of: .age(from: .none, until: .months(3)), .usual(600...1_700), .ownReading),
    PlausibilityRule(
      .armCircumference, of: .age(from: .months(60), until: .months(72)), .usual(1_000...3_000),
      .ownReading),
    PlausibilityRule(.armCircumference, of: .pregnant, .usual(1_700...4_500), .ownReading),
    // McDonald's rule: centimetres are weeks; more than six apart is another date or another place.
    PlausibilityRule(.fundalHeight, of: .gestation(fromWeek: 20), .weeks(apart: 600), .ownReading),
    PlausibilityRule(.fetalHeartRate, of: .always, .usual(70...220), .ownReading),
    PlausibilityRule(.otherFetalHeartRate, of: .always, .usual(70...220), .ownReading),
    PlausibilityRule(.systolicPressure, of: .always, .usual(70...220), .ownReading),
    PlausibilityRule(.diastolicPressure, of: .always, .usual(40...140), .ownReading),
    PlausibilityRule(.haemoglobin, of: .always, .usual(40...200), .ownReading),
    PlausibilityRule(.temperature, of: .always, .usual(340...415), .ownReading),
    // An older child is hardly ever that cold: most often the thermometer was not in its place.
    PlausibilityRule(.temperature, of: olderThanInfant, .usual(355...415), .ownReading),
    PlausibilityRule(.pulse, of: .always, .usual(45...160), .ownReading),
    PlausibilityRule(.breathsPerMinute, of: child, .usual(15...100), .ownReading),
    PlausibilityRule(.breathsPerMinute, of: older, .usual(10...60), .ownReading),
    PlausibilityRule(.oxygenSaturation, of: .always, .usual(70...100), .ownReading),
    PlausibilityRule(.footSaturation, of: .always, .usual(70...100), .ownReading),
  ]

  /// So long ago a value is still compared with: later a person has become another.
  static let daysCompared: Int32 = 366

  /// Where an element's value is believed of this person, by each rule that applies.
  public static func likelyRanges(
    of element: DataElement, _ evaluation: inout Evaluation
  ) -> [LikelyRange] {
    var found: [LikelyRange] = []
    for rule in all where rule.element == element && evaluation.answer(rule.applies) == .yes {
      if let range = rule.range(evaluation) { found.append(range) }
    }
    return found
  }

  /// Where a child's weight is believed beside a length of the same day: where WHO does not flag
  /// weight for length. Nothing where the standards do not reach.
  ///
  /// - Parameters:
  ///   - length: in tenths of a millimetre, as it was read.
  ///   - position: in which it was taken, where that is known.
  public static func likelyWeight(
    beside length: Int32, in position: BodyPosition?, _ evaluation: Evaluation
  ) -> LikelyRange? {
    guard let born = evaluation.record.birthDate, let sex = evaluation.record.sex,
      born <= evaluation.day,
      ChildGrowthStandards.tableDay(Double((evaluation.day - born).count)) != nil
    else { return nil }
    var measured = GrowthMeasurement()
    measured.ageDays = Double((evaluation.day - born).count)
    measured.length = Length(tenthsOfMillimetre: length).centimetres
    measured.position = position
    let limits = GrowthIndex.weightForLengthHeight.plausibleHundredths
    func grams(_ hundredths: Int32) -> Double? {
      ChildGrowthStandards.adjustedLength(of: measured).flatMap {
        ChildGrowthStandards.shared.weight(
          sex: sex, centimetres: $0.centimetres, isLength: $0.isLength,
          zScore: Double(hundredths) / 100)
      }.map { $0 * 1_000.0 }
    }
    guard let least = grams(limits.lowerBound), let most = grams(limits.upperBound) else {
      return nil
    }
    return LikelyRange(
      values: Int32(least.rounded(.up))...Int32(most.rounded(.down)), reason: .length(length))
  }

  private func range(_ evaluation: Evaluation) -> LikelyRange? {
    let day = evaluation.day
    switch limits {
    case .usual(let values): return LikelyRange(values: values, reason: .usual)
    case .growth(let index):
      guard let values = PlausibilityRule.values(of: index, evaluation) else { return nil }
      return LikelyRange(values: values, reason: .age)
    case .sinceLast(let fall, let rise):
      guard
        let last = evaluation.record.latest(
          element, since: day + .days(-PlausibilityRule.daysCompared), through: day)
      else { return nil }
      let months = max((day - last.on).count + 29, 30) / 30
      return LikelyRange(
        values: (last.value - fall.amount(from: last.value, months: months))...(last.value
          + rise.amount(from: last.value, months: months)),
        reason: .last(last.value, on: last.on))
    case .weeks(let apart):
      guard let weeks = evaluation.pregnancy?.gestation(on: day).map({ $0.count / 7 }) else {
        return nil
      }
      return LikelyRange(
        values: (weeks * 100 - apart)...(weeks * 100 + apart), reason: .weeks(weeks))
    }
  }

  /// The values whose z-score WHO does not flag, in the element's unit.
  private static func values(
    of index: GrowthIndex, _ evaluation: Evaluation
  ) -> ClosedRange<Int32>? {
    guard let born = evaluation.record.birthDate, let sex = evaluation.record.sex,
      born <= evaluation.day
    else { return nil }
    let limits = index.plausibleHundredths
    func value(_ hundredths: Int32) -> Double? {
      ChildGrowthStandards.shared.measurement(
        index, sex: sex, day: Int((evaluation.day - born).count),
        zScore: Double(hundredths) / 100)
    }
    guard let least = value(limits.lowerBound), let most = value(limits.upperBound) else {
      return nil
    }
    // Kilograms are kept in grams, centimetres in tenths of a millimetre.
    let parts: Double = index == .weightForAge ? 1_000 : 100
    return Int32(least * parts)...Int32(most * parts)
  }
}
