import Foundation
import Health
import Programmes
import Samples
import Testing

@Suite("How a z-score came about")
struct ExplanationTests {
  /// The z-score worked out by hand from what the explanation says.
  static func byHand(_ told: GrowthExplanation) -> Double {
    func value(at z: Double) -> Double { told.m * pow(1 + told.l * told.s * z, 1 / told.l) }
    switch told.formula {
    case .boxCox: return (pow(told.value / told.m, told.l) - 1) / (told.l * told.s)
    case .aboveThird: return 3 + (told.value - value(at: 3)) / (value(at: 3) - value(at: 2))
    case .belowThird:
      return -3 + (told.value - value(at: -3)) / (value(at: -2) - value(at: -3))
    }
  }

  @Test("Every explanation gives the assessment's z-score, and its figures give it again")
  func agrees() throws {
    var explained: [GrowthExplanation.Formula: Int] = [:]
    var wrong: [String] = []
    for row in try FixtureTable("growth/generated_0_5_years.csv").rows {
      let measurement = GrowthMeasurement(generated: row)
      let assessment = ChildGrowthStandards.shared.assess(measurement)
      for index in GrowthIndex.allCases {
        let told = ChildGrowthStandards.shared.explain(index, of: measurement)
        if told?.score != assessment[index] { wrong.append("line \(row.line) \(index)") }
        guard let told else { continue }
        explained[told.formula, default: 0] += 1
        if abs(Self.byHand(told) - told.score.exact) > 1e-9 * max(1, abs(told.score.exact)) {
          wrong.append("line \(row.line) \(index): \(Self.byHand(told)), \(told.score.exact)")
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count), the first: \(wrong.prefix(3))")
    #expect(explained.values.allSatisfy { $0 > 100 })
    #expect(explained.count == 3)
  }

  @Test("There is none where there is no z-score")
  func none() {
    var measurement = GrowthMeasurement()
    measurement.sex = .male
    measurement.ageDays = 400
    measurement.weight = 9
    measurement.hasOedema = true
    let standards = ChildGrowthStandards.shared
    #expect(standards.explain(.weightForAge, of: measurement) == nil)
    #expect(standards.explain(.lengthHeightForAge, of: measurement) == nil)
    measurement.hasOedema = false
    #expect(standards.explain(.weightForAge, of: measurement)?.position == 400)
    measurement.sex = nil
    #expect(standards.explain(.weightForAge, of: measurement) == nil)
  }
}

@Suite("Curves of the standards")
struct CurveTests {
  @Test("There is no curve where the table has no row")
  func refused() {
    let standards = ChildGrowthStandards.shared
    #expect(standards.measurement(.weightForAge, sex: .male, day: -1, zScore: 0) == nil)
    #expect(standards.measurement(.weightForAge, sex: .male, day: 1_827, zScore: 0) == nil)
    #expect(standards.measurement(.armCircumferenceForAge, sex: .male, day: 90, zScore: 0) == nil)
    #expect(standards.measurement(.weightForLengthHeight, sex: .male, day: 9, zScore: 0) == nil)
    #expect(standards.weight(sex: .male, centimetres: 44.9, isLength: true, zScore: 0) == nil)
    #expect(standards.weight(sex: .male, centimetres: 110.1, isLength: true, zScore: 0) == nil)
    #expect(standards.weight(sex: .male, centimetres: 64.9, isLength: false, zScore: 0) == nil)
    #expect(standards.weight(sex: .male, centimetres: 120.1, isLength: false, zScore: 0) == nil)
  }

  @Test(
    "A child on a curve has that curve's z-score", arguments: Sex.allCases,
    [-3, -2, -1, 0, 1, 2, 3])
  func byAge(sex: Sex, z: Int) throws {
    let standards = ChildGrowthStandards.shared
    var compared = 0
    for day in stride(from: 0, through: 1_826, by: 13) + [730, 731, 1_826] {
      func curve(_ index: GrowthIndex) -> Double? {
        standards.measurement(index, sex: sex, day: day, zScore: Double(z))
      }
      var child = GrowthMeasurement()
      child.sex = sex
      child.ageDays = Double(day)
      child.position = day < 731 ? .lying : .standing
      child.length = curve(.lengthHeightForAge)
      child.weight = curve(.weightForAge)
      child.headCircumference = curve(.headCircumferenceForAge)
      child.armCircumference = curve(.armCircumferenceForAge)
      child.tricepsSkinfold = curve(.tricepsSkinfoldForAge)
      child.subscapularSkinfold = curve(.subscapularSkinfoldForAge)
      let result = standards.assess(child)
      let metres = try #require(child.length) / 100
      var heavy = child
      heavy.weight = try #require(curve(.bodyMassIndexForAge)) * metres * metres
      let scores = GrowthIndex.allCases.compactMap { index -> IndexScore? in
        switch index {
        case .weightForLengthHeight: nil
        case .bodyMassIndexForAge: standards.assess(heavy)[index]
        default: result[index]
        }
      }
      #expect(scores.count == (day < 91 ? 4 : 7))
      #expect(scores.allSatisfy { abs($0.exact - Double(z)) < 0.01 }, "day \(day)")
      compared += scores.count
    }
    #expect(compared > 900)
  }

  @Test(
    "A weight on a curve by length or height", arguments: Sex.allCases,
    [-3, -2, -1, 0, 1, 2, 3])
  func byLength(sex: Sex, z: Int) throws {
    let standards = ChildGrowthStandards.shared
    for isLength in [true, false] {
      for step in stride(from: 0, through: 45, by: 1) {
        var child = GrowthMeasurement()
        child.sex = sex
        child.position = isLength ? .lying : .standing
        let centimetres = (isLength ? 50 : 66) + Double(step) * 1.05
        child.length = centimetres
        child.weight = standards.weight(
          sex: sex, centimetres: centimetres, isLength: isLength, zScore: Double(z))
        let score = try #require(standards.assess(child).weightForLengthHeight)
        #expect(abs(score.exact - Double(z)) < 0.01, "\(centimetres)")
      }
    }
  }
}
