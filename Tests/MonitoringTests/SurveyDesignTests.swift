import Health
import Monitoring
import Programmes
import Samples
import Testing

/// Errors and confidence limits, against WHO's package and against designs worked out by hand.
@Suite("The design of a survey")
struct SurveyDesignTests {
  /// A child of whom something is so, or not: written as oedema, which every child may have.
  private static func child(
    _ isCase: Bool, cluster: String = "", stratum: String = "", weight: Double = 1
  ) -> SurveyChild {
    var measurement = GrowthMeasurement()
    measurement.hasOedema = isCase
    var child = SurveyChild(samplingWeight: weight, measurement: measurement)
    child.cluster = cluster
    child.stratum = stratum
    return child
  }

  private static func share(
    _ children: [SurveyChild], in group: (SurveyChild) -> Bool = { _ in true }
  ) -> SurveyEstimate? {
    SurveyDesign(children).share(of: { $0.hasOedema }, in: group)
  }

  private static func expect(
    _ found: Double?, _ wanted: Double, within slack: Double = 1e-4,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let found else {
      Issue.record("nothing", sourceLocation: sourceLocation)
      return
    }
    #expect(abs(found - wanted) < slack, "\(found)", sourceLocation: sourceLocation)
  }

  /// Four clusters in two strata; three of eight children are cases.
  private static let twoStrata = [
    child(true, cluster: "a", stratum: "1"), child(true, cluster: "a", stratum: "1"),
    child(false, cluster: "b", stratum: "1"), child(false, cluster: "b", stratum: "1"),
    child(true, cluster: "a", stratum: "2"), child(false, cluster: "a", stratum: "2"),
    child(false, cluster: "d", stratum: "2"), child(false, cluster: "d", stratum: "2"),
  ]

  @Test("Clusters within strata: the error between them, worked out by hand")
  func clusters() throws {
    let design = SurveyDesign(Self.twoStrata)
    #expect(design.degreesOfFreedom == 2)
    let found = try #require(Self.share(Self.twoStrata))
    Self.expect(found.value, 37.5)
    // Scores by cluster: 0.15625, −0.09375; 0.03125, −0.09375. Twice the squares about the means
    // of the strata: 0.0625 + 0.015625.
    Self.expect(found.standardError, 27.950_850)
    // Log odds −0.510826; t with 2 degrees 4.302653; 4.302653 × 0.27950850 ÷ 0.234375 = 5.131184.
    Self.expect(found.lower, 0.3533, within: 1e-3)
    Self.expect(found.upper, 99.0247, within: 1e-3)
  }

  @Test("A cluster of the same name in another stratum is another one")
  func nested() {
    #expect(SurveyDesign(Self.twoStrata).degreesOfFreedom == 2)
    let flat = Self.twoStrata.map { child in
      var child = child
      child.stratum = ""
      return child
    }
    #expect(SurveyDesign(flat).degreesOfFreedom == 2)
    #expect(Set(flat.map(\.cluster)).count == 3)
  }

  @Test("A group's error is taken within the design of the whole survey")
  func group() throws {
    // Of the first stratum alone: scores 0.25 and −0.25, and two clusters with nobody of it.
    let found = try #require(Self.share(Self.twoStrata) { $0.stratum == "1" })
    Self.expect(found.value, 50)
    Self.expect(found.standardError, 50)
    #expect(found.lower < 1 && found.upper > 99)
  }

  @Test("Without clusters every child is one; all or none is told without an interval")
  func simple() throws {
    let children = (0..<100).map { Self.child($0 < 20) }
    let found = try #require(Self.share(children))
    // √(0.2 × 0.8 ÷ 99); t with 99 degrees is 1.984217.
    Self.expect(found.standardError, 4.020_151)
    Self.expect(found.lower, 13.1833, within: 1e-3)
    Self.expect(found.upper, 29.1576, within: 1e-3)
    let none = try #require(Self.share(children.map { _ in Self.child(false) }))
    #expect(none.value == 0 && none.lower == 0 && none.upper == 0)
    #expect(Self.share(children, in: { _ in false }) == nil)
    #expect(Self.share([]) == nil)
  }

  @Test("One cluster alone in its stratum is measured against the whole survey")
  func lonely() throws {
    let children =
      Self.twoStrata + [Self.child(true, cluster: "z", stratum: "3")]
    let found = try #require(Self.share(children))
    // p = 4/9. Scores: (1.1111, −0.8889; 0.1111, −0.8889; 0.5556) ÷ 9.
    let firstPair = 2 * (1.0 / 9) * (1.0 / 9) * 2
    let secondPair = 2 * (0.5 / 9) * (0.5 / 9) * 2
    let alone = (5.0 / 81) * (5.0 / 81)
    Self.expect(found.standardError, 100 * (firstPair + secondPair + alone).squareRoot())
  }

  @Test("A single child, or a single cluster in each stratum, leaves everything open")
  func nothingToCompare() throws {
    let found = try #require(
      Self.share([Self.child(true, stratum: "1"), Self.child(false, stratum: "2")]))
    #expect(found.value == 50)
    #expect(found.lower == 0 && found.upper == 100)
  }
}
