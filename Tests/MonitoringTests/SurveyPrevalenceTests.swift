import Health
import Monitoring
import Programmes
import Samples
import Testing

/// WHO Anthro's test survey: every group's prevalences as WHO's own package gives them.
@Suite("Prevalences of a survey")
struct SurveyPrevalenceTests {
  /// A child of the survey with what groups are made by.
  private struct Surveyed {
    let child: SurveyChild
    let region: String
  }

  private static func survey() throws -> [Surveyed] {
    try FixtureTable("growth/survey_MySurvey_498.csv").rows.map { row in
      var measurement = GrowthMeasurement()
      measurement.sex = row["GENDER"] == "1" ? .male : .female
      measurement.ageDays = row.number("agemons").map { $0 * ChildGrowthStandards.daysPerMonth }
      measurement.weight = row.number("WEIGHT")
      measurement.length = row.number("HEIGHT")
      measurement.position =
        row["measure"] == "l" ? .lying : row["measure"] == "h" ? .standing : nil
      measurement.hasOedema = row["oedema"] == "y"
      let weight = try #require(row.number("SW"))
      return Surveyed(
        child: SurveyChild(samplingWeight: weight, measurement: measurement),
        region: row["region"])
    }
  }

  private static let ageGroups = [
    "00-05 mo": 0.0..<6, "06-11 mo": 6..<12, "12-23 mo": 12..<24, "24-35 mo": 24..<36,
    "36-47 mo": 36..<48, "48-59 mo": 48..<60,
  ]

  /// Whether a child belongs to a group of the expected table, by the group's name.
  private static func belongs(_ surveyed: Surveyed, to group: String) -> Bool {
    let parts = group.split(separator: ": ").map(String.init)
    guard parts.count == 2 else { return group == "All" }
    let words = parts[1].split(separator: ".").map(String.init)
    func isOf(_ age: String) -> Bool {
      guard let range = ageGroups[age], let months = surveyed.child.ageMonths else { return false }
      return range.contains(months)
    }
    func isOf(sex: String) -> Bool { (sex == "Male") == (surveyed.child.sex == .male) }
    switch parts[0] {
    case "Age group": return isOf(parts[1])
    case "Sex": return isOf(sex: parts[1])
    case "Age + sex": return isOf(words[0]) && isOf(sex: words[1])
    case "Geographical region": return surveyed.region == parts[1]
    default: return false
    }
  }

  @Test(
    "agree with WHO's to four decimals in every group",
    arguments: [
      (GrowthIndex.lengthHeightForAge, "HA", "HAZ"), (.weightForAge, "WA", "WAZ"),
      (.bodyMassIndexForAge, "BMI", "BMIZ"), (.weightForLengthHeight, "WH", "WHZ"),
    ])
  func agree(index: GrowthIndex, column: String, population: String) throws {
    let survey = try Self.survey()
    let expected = try FixtureTable("growth/MySurvey_prevalence_anthro.csv")
    #expect(expected.rows.count == 25)
    for row in expected.rows {
      let group = row["Group"]
      let found = SurveyPrevalence(
        index, of: survey.filter { Self.belongs($0, to: group) }.map(\.child))
      #expect(Double(found.children) == row.number("\(population)_unwpop"), "\(group)")
      for line in 1...3 {
        Self.expectEqual(
          found.percentBelow(standardDeviations: line), row.number("\(column)_\(line)_r"), group)
        Self.expectEqual(
          found.percentAbove(standardDeviations: line), row.number("\(column)\(line)_r"), group)
      }
      Self.expectEqual(found.mean, row.number("\(column)_r"), group)
    }
  }

  private static func expectEqual(
    _ found: Double?, _ expected: Double?, _ group: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let found, let expected else {
      #expect(found == nil && expected == nil, "\(group)", sourceLocation: sourceLocation)
      return
    }
    #expect(abs(found - expected) < 0.000_05, "\(group)", sourceLocation: sourceLocation)
  }

  @Test("Oedema counts as severe wasting, and leaving it out would show")
  func oedema() throws {
    let survey = try Self.survey().map(\.child)
    let dry = survey.map { child in
      var child = child
      child.hasOedema = false
      return child
    }
    let with = SurveyPrevalence(.weightForLengthHeight, of: survey)
    let without = SurveyPrevalence(.weightForLengthHeight, of: dry)
    let withPercent = try #require(with.percentBelow(standardDeviations: 3))
    let withoutPercent = try #require(without.percentBelow(standardDeviations: 3))
    #expect(withPercent > withoutPercent + 0.5)
  }

  @Test("Of nobody there is no prevalence")
  func nobody() {
    let empty = SurveyPrevalence(.weightForAge, of: [])
    #expect(empty.percentBelow(standardDeviations: 2) == nil)
    #expect(empty.mean == nil)
  }
}
