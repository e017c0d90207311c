import Health
import Programmes
import Samples
import Testing

/// WHO's rules on how a length was taken: the day before, the day, the day after.
@Suite("Position")
struct PositionTests {
  @Test(
    "0.7 cm and the table by age and position",
    arguments: [
      // Nine months are 273.9375 days.
      (273.9, .standing, 70, .standingIgnoredBeforeNineMonths, true),
      (273.9375, .standing, 70.7, .standingBeforeTwoYears, true),
      (274, .standing, 70.7, .standingBeforeTwoYears, true),
      (274, .lying, 70, .none, true), (100, .lying, 70, .none, true), (100, nil, 70, .none, true),
      (730, .standing, 70.7, .standingBeforeTwoYears, true),
      (730.49, .standing, 70.7, .standingBeforeTwoYears, true),
      (730.5, .standing, 70, .none, false), (731, .standing, 70, .none, false),
      (730, .lying, 70, .none, true), (731, .lying, 69.3, .lyingAfterTwoYears, false),
      (731, nil, 70, .none, false), (730, nil, 70, .none, true),
    ] as [(Double, BodyPosition?, Double, LengthCorrection, Bool)])
  func corrected(
    age: Double, position: BodyPosition?, centimetres: Double, correction: LengthCorrection,
    isLength: Bool
  ) throws {
    var measurement = GrowthMeasurement()
    measurement.ageDays = age
    measurement.length = 70
    measurement.position = position
    let adjusted = try #require(ChildGrowthStandards.adjustedLength(of: measurement))
    #expect(abs(adjusted.centimetres - centimetres) < 1e-9)
    #expect(adjusted.correction == correction)
    #expect(adjusted.isLength == isLength)
  }

  @Test(
    "Without an age the position decides, and without that 87 cm",
    arguments: [
      (86.9, nil, true), (87, nil, false), (87.1, nil, false), (95, .lying, true),
      (70, .standing, false),
    ] as [(Double, BodyPosition?, Bool)])
  func withoutAge(centimetres: Double, position: BodyPosition?, isLength: Bool) throws {
    var measurement = GrowthMeasurement()
    measurement.length = centimetres
    measurement.position = position
    let adjusted = try #require(ChildGrowthStandards.adjustedLength(of: measurement))
    #expect(adjusted.isLength == isLength)
    #expect(adjusted.centimetres == centimetres)
    #expect(adjusted.positionAssumed == (position == nil))
  }

  @Test("What is missing or absurd gives no z-score")
  func missing() {
    let standards = ChildGrowthStandards.shared
    #expect(standards.assess(GrowthMeasurement()) == GrowthAssessment.none)
    var child = GrowthMeasurement()
    child.sex = .female
    child.ageDays = 400
    for value: Double in [0, -1, -Double.infinity, .nan] {
      child.weight = value
      child.length = value
      child.headCircumference = value
      child.armCircumference = value
      let result = standards.assess(child)
      #expect(GrowthIndex.allCases.allSatisfy { result[$0] == nil }, "\(value)")
    }
    child.weight = 9
    child.length = 74
    for age in [-1.0, 1_827, .nan, .infinity] {
      child.ageDays = age
      let result = standards.assess(child)
      #expect(GrowthIndex.allCases.allSatisfy { result[$0] == nil }, "\(age)")
    }
  }

  @Test("Weight below zero before birth: a measurement before the day of birth has no age")
  func beforeBirth() throws {
    var story = Story(.male, born: "2024-01-15")
    story.visit("2024-01-14", grams: 3_000, centimetres: 49)
    let first = try story.timeline.reading { try GrowthRecord(timeline: $0).measurements.first }
    let measurement = try #require(first)
    #expect(measurement.age == nil)
    #expect(measurement.ageMonths == nil)
    #expect(GrowthIndex.allCases.allSatisfy { measurement.assessment[$0] == nil })
  }

  @Test(
    "School age: the first and last month of the reference",
    arguments: [
      (59.99, false, false), (60, true, true), (120, true, true), (120.01, true, false),
      (228, true, false), (228.01, false, false), (.nan, false, false),
    ])
  func schoolAge(months: Double, hasHeight: Bool, hasWeight: Bool) {
    let result = SchoolAgeGrowthReference.shared.assess(
      sex: .male, ageMonths: months, height: 130, weight: 28, hasOedema: false)
    #expect((result.heightForAge != nil) == hasHeight)
    #expect((result.bodyMassIndexForAge != nil) == hasHeight)
    #expect((result.weightForAge != nil) == hasWeight)
  }
}

extension GrowthAssessment {
  /// The assessment of nothing.
  static var none: GrowthAssessment { ChildGrowthStandards.shared.assess(GrowthMeasurement()) }
}
