import Health
import Programmes

/// An estimate of a survey with what the sample leaves open.
public struct SurveyEstimate: Hashable, Sendable {
  /// The share in percent, or the mean.
  public let value: Double
  /// Its standard error, in the same unit.
  public let standardError: Double
  /// The lower limit of the 95 % confidence interval.
  public let lower: Double
  /// The upper limit of the 95 % confidence interval.
  public let upper: Double
}

/// How the children of a survey were chosen, and what can be said of all from those.
///
/// The errors are those of WHO's package: linearised after Taylor, between the clusters of each
/// stratum; of a group, within the design of the whole survey. Limits of shares are taken on the
/// scale of log odds, so that none lies below 0 or above 100 %. (R packages anthro and survey.)
public struct SurveyDesign: Sendable {
  /// The children, without those older than the standards.
  public let children: [SurveyChild]
  private let units: [Int]
  private let strata: [Int]
  private let unitsOfStratum: [Int]
  /// How many clusters more than strata there are.
  public let degreesOfFreedom: Int
  private let quantile: Double

  /// A design. Where all children have one cluster, or none, each is a cluster of its own. Clusters
  /// of different strata are different ones, whatever they are called.
  public init(_ survey: [SurveyChild]) {
    let children = survey.filter { !$0.isBeyondStandard }
    self.children = children
    let hasClusters = Set(children.map(\.cluster)).count > 1
    var strataNumbers: [String: Int] = [:]
    var unitNumbers: [SurveyUnit: Int] = [:]
    var units: [Int] = []
    var strata: [Int] = []
    var unitsOfStratum: [Int] = []
    for (position, child) in children.enumerated() {
      let stratum = strataNumbers[child.stratum] ?? strataNumbers.count
      strataNumbers[child.stratum] = stratum
      if stratum == unitsOfStratum.count { unitsOfStratum.append(0) }
      let key = SurveyUnit(
        stratum: stratum, cluster: hasClusters ? child.cluster : "",
        child: hasClusters ? 0 : position)
      let unit = unitNumbers[key] ?? unitNumbers.count
      if unit == unitNumbers.count {
        unitNumbers[key] = unit
        unitsOfStratum[stratum] += 1
      }
      units.append(unit)
      strata.append(stratum)
    }
    self.units = units
    self.strata = strata
    self.unitsOfStratum = unitsOfStratum
    let weighted = children.indices.filter { children[$0].samplingWeight > 0 }
    degreesOfFreedom =
      Set(weighted.map { units[$0] }).count - Set(weighted.map { strata[$0] }).count
    quantile = StudentT.quantile(975, degreesOfFreedom: degreesOfFreedom)
  }

  /// The share of children, in percent, of whom something is so; nothing where nobody counts.
  ///
  /// - Parameters:
  ///   - isCase: whether it is so, or nothing where the child does not count.
  ///   - group: the children that are asked about.
  public func share(
    of isCase: (SurveyChild) -> Bool?, in group: (SurveyChild) -> Bool
  ) -> SurveyEstimate? {
    guard
      let (mean, error) = mean({ child in isCase(child).map { $0 ? 1 : 0 } }, in: group)
    else { return nil }
    guard mean > 0, mean < 1 else {
      return SurveyEstimate(
        value: mean * 100, standardError: 0, lower: mean * 100, upper: mean * 100)
    }
    let odds = naturalLogarithm(mean / (1 - mean))
    let distance = quantile * error / (mean * (1 - mean))
    func percent(_ odds: Double) -> Double { 100 / (1 + exponential(-odds)) }
    return SurveyEstimate(
      value: mean * 100, standardError: error * 100, lower: percent(odds - distance),
      upper: percent(odds + distance))
  }

  /// The mean of a value; nothing where nobody has one.
  public func mean(
    of value: (SurveyChild) -> Double?, in group: (SurveyChild) -> Bool
  ) -> SurveyEstimate? {
    guard let (mean, error) = mean(value, in: group) else { return nil }
    return SurveyEstimate(
      value: mean, standardError: error, lower: mean - quantile * error,
      upper: mean + quantile * error)
  }

  /// The standard deviation of a value among all children that the sample stands for; nothing where
  /// fewer than two have one.
  public func standardDeviation(
    of value: (SurveyChild) -> Double?, in group: (SurveyChild) -> Bool
  ) -> Double? {
    guard let (mean, _) = mean(value, in: group) else { return nil }
    var count = 0
    var population = 0.0
    var squares = 0.0
    for child in children where group(child) {
      guard let value = value(child) else { continue }
      count += 1
      population += child.samplingWeight
      squares += child.samplingWeight * (value - mean) * (value - mean)
    }
    guard count > 1 else { return nil }
    return (squares / population * Double(count) / Double(count - 1)).squareRoot()
  }

  private func mean(
    _ value: (SurveyChild) -> Double?, in group: (SurveyChild) -> Bool
  ) -> (mean: Double, standardError: Double)? {
    let values = children.map { group($0) ? value($0) : nil }
    var population = 0.0
    var sum = 0.0
    for (child, value) in zip(children, values) {
      guard let value else { continue }
      population += child.samplingWeight
      sum += child.samplingWeight * value
    }
    guard population > 0 else { return nil }
    let mean = sum / population
    // What each cluster adds to the mean's deviation; clusters without anybody of the group add 0.
    var scores: [Int: Double] = [:]
    var stratumOf: [Int: Int] = [:]
    for (position, value) in values.enumerated() {
      guard let value else { continue }
      scores[units[position], default: 0] +=
        children[position].samplingWeight * (value - mean) / population
      stratumOf[units[position]] = strata[position]
    }
    var sums = [Double](repeating: 0, count: unitsOfStratum.count)
    var squares = sums
    for unit in scores.keys.sorted() {
      guard let score = scores[unit], let stratum = stratumOf[unit] else { continue }
      sums[stratum] += score
      squares[stratum] += score * score
    }
    var variance = 0.0
    for (stratum, count) in unitsOfStratum.enumerated() {
      let units = Double(count)
      // A lone cluster has nothing to differ from but the whole survey.
      variance +=
        count > 1
        ? (squares[stratum] - sums[stratum] * sums[stratum] / units) * units / (units - 1)
        : squares[stratum]
    }
    return (mean, max(0, variance).squareRoot())
  }
}

/// What tells two clusters apart.
private struct SurveyUnit: Hashable {
  let stratum: Int
  let cluster: String
  let child: Int
}

/// Student's distribution.
enum StudentT {
  /// The value that so many of a thousand lie under; infinite where there is nothing to vary.
  static func quantile(_ perThousand: Int, degreesOfFreedom: Int) -> Double {
    guard degreesOfFreedom > 0 else { return .infinity }
    let wanted = Double(perThousand) / 1000
    var low = 0.0
    var high = 2000.0
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if cumulative(middle, degreesOfFreedom) < wanted { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The part that lies under a value that is not negative, by the incomplete beta function.
  private static func cumulative(_ value: Double, _ degrees: Int) -> Double {
    let degrees = Double(degrees)
    let x = degrees / (degrees + value * value)
    return 1 - 0.5 * incompleteBeta(degrees / 2, x, degrees: Int(degrees))
  }

  /// I(a, 1/2) at x, with a half the degrees of freedom.
  private static func incompleteBeta(_ a: Double, _ x: Double, degrees: Int) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    let b = 0.5
    let front =
      gammaRatio(degrees) / Double.pi.squareRoot()
      * exponential(a * naturalLogarithm(x) + b * naturalLogarithm(1 - x))
    return x < (a + 1) / (a + b + 2)
      ? front * fraction(a, b, x) / a : 1 - front * fraction(b, a, 1 - x) / b
  }

  /// Γ((ν + 1) / 2) / Γ(ν / 2), from ν = 1 up: two neighbours multiply to ν / 2.
  private static func gammaRatio(_ degrees: Int) -> Double {
    var ratio = 1 / Double.pi.squareRoot()
    for step in 1..<max(1, degrees) { ratio = Double(step) / 2 / ratio }
    return ratio
  }

  /// The continued fraction of the incomplete beta function, after Lentz.
  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    var c = 1.0
    var d = 1 / (1 - (a + b) * x / (a + 1))
    var result = d
    for step in 1..<500 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a - 1 + 2 * m) * (a + 2 * m))
      d = 1 / (1 + even * d)
      c = 1 + even / c
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 1 + 2 * m))
      d = 1 / (1 + odd * d)
      c = 1 + odd / c
      result *= d * c
      if abs(d * c - 1) < 1e-15 { break }
    }
    return result
  }
}
