import Health
import Programmes

/// One child of a survey.
public struct SurveyChild: Sendable {
  /// How many children of the population it stands for: the sampling weight.
  public var samplingWeight: Double
  /// Every index of its measurement.
  public var assessment: GrowthAssessment
  /// Whether both feet have pitting oedema.
  public var hasOedema: Bool
  /// Age in months of 30.4375 days, with its fraction.
  public var ageMonths: Double?
  /// The sex.
  public var sex: Sex?
  /// LiLA in centimetres.
  public var armCircumference: Double?
  /// The cluster by which the child was chosen; empty where there are none.
  public var cluster = ""
  /// The stratum that the cluster belongs to; empty where there are none.
  public var stratum = ""

  /// A measured child.
  public init(
    samplingWeight: Double = 1, measurement: GrowthMeasurement,
    standards: ChildGrowthStandards = .shared
  ) {
    self.samplingWeight = samplingWeight
    assessment = standards.assess(measurement)
    hasOedema = measurement.hasOedema
    ageMonths = measurement.ageDays.map { $0 / ChildGrowthStandards.daysPerMonth }
    sex = measurement.sex
    armCircumference = measurement.armCircumference
  }

  /// Whether the child is older than the standards, and so left out.
  var isBeyondStandard: Bool {
    guard let months = ageMonths else { return false }
    return ChildGrowthStandards.tableDay(months * ChildGrowthStandards.daysPerMonth) == nil
  }

  /// The z-score of an index in hundredths, where it can be believed and depends on no oedema.
  public func score(_ index: GrowthIndex) -> Int32? {
    if hasOedema, SurveyChild.dependsOnWeight(index) { return nil }
    return assessment[index].flatMap { $0.isImplausible ? nil : $0.hundredths }
  }

  /// As ``score(_:)`` for prevalences: with oedema below −3 SD of every index that depends on
  /// weight.
  public func counted(_ index: GrowthIndex) -> Int32? {
    hasOedema && SurveyChild.dependsOnWeight(index) ? -310 : score(index)
  }

  /// LiLA in hundredths of a centimetre, at the ages at which it is judged.
  public var armHundredths: Int32? {
    guard let arm = armCircumference, (0..<100).contains(arm), let months = ageMonths,
      (6..<60).contains(months)
    else { return nil }
    return Int32((arm * 100).rounded())
  }

  private static func dependsOnWeight(_ index: GrowthIndex) -> Bool {
    index == .weightForAge || index == .weightForLengthHeight || index == .bodyMassIndexForAge
  }
}

/// How common a z-score beyond each line is in a survey, as WHO's Anthro Survey Analyser counts it.
///
/// Implausible z-scores are left out. A child with oedema has no z-score of an index that depends
/// on weight and counts as below −3 SD of it. Children older than the standard are left out.
/// (WHO/UNICEF: Recommendations for data collection, analysis and reporting on anthropometric
/// indicators in children under 5 years old, 2019.)
public struct SurveyPrevalence: Sendable {
  /// The index.
  public let index: GrowthIndex
  /// Children that count, unweighted.
  public private(set) var children = 0
  /// Children that count, weighted.
  public private(set) var population = 0.0
  private var below = [Double](repeating: 0, count: 4)
  private var above = [Double](repeating: 0, count: 4)
  private var sum = 0.0
  private var scored = 0.0

  /// Counts an index over children.
  public init(_ index: GrowthIndex, of survey: some Sequence<SurveyChild>) {
    self.index = index
    for child in survey { add(child) }
  }

  private mutating func add(_ child: SurveyChild) {
    guard !child.isBeyondStandard, let counted = child.counted(index) else { return }
    let weight = child.samplingWeight
    children += 1
    population += weight
    for line in 1...3 {
      if counted < -100 * Int32(line) { below[line] += weight }
      if counted > 100 * Int32(line) { above[line] += weight }
    }
    guard let score = child.score(index) else { return }
    scored += weight
    sum += weight * Double(score) / 100
  }

  /// Percent of children under −1, −2 or −3 SD; nothing where nobody counts.
  public func percentBelow(standardDeviations line: Int) -> Double? {
    share(below, line)
  }

  /// Percent of children over +1, +2 or +3 SD; nothing where nobody counts.
  public func percentAbove(standardDeviations line: Int) -> Double? {
    share(above, line)
  }

  private func share(_ counts: [Double], _ line: Int) -> Double? {
    guard population > 0, (1...3).contains(line) else { return nil }
    return counts[line] * 100 / population
  }

  /// The mean z-score; nothing where nobody has one.
  public var mean: Double? { scored > 0 ? sum / scored : nil }
}
