import Foundation
import Health
import Samples
import Testing

@Suite("Logarithm and exponential")
struct LogarithmExponentialTests {
  /// How many doubles lie between two.
  static func steps(_ left: Double, _ right: Double) -> Int64 {
    func ordered(_ value: Double) -> Int64 {
      let bits = Int64(bitPattern: value.bitPattern)
      return bits < 0 ? .min &- bits : bits
    }
    let (distance, overflow) = ordered(left).subtractingReportingOverflow(ordered(right))
    return overflow ? .max : abs(distance)
  }

  @Test(
    "There is no logarithm of what is not positive and finite",
    arguments: [0, -0.0, -1, -.infinity, .infinity, .nan, -.leastNonzeroMagnitude])
  func refused(x: Double) {
    #expect(naturalLogarithm(x).isNaN)
  }

  @Test("Exactly known values")
  func known() {
    #expect(naturalLogarithm(1) == 0)
    #expect(exponential(0) == 1)
    #expect(exponential(-0.0) == 1)
    #expect(exponential(.infinity) == .infinity)
    #expect(exponential(-.infinity) == 0)
    #expect(exponential(.nan).isNaN)
    #expect(exponential(-1000) == 0)
    #expect(exponential(1000) == .infinity)
  }

  @Test(
    "Edges of the range",
    arguments: [
      Double.leastNonzeroMagnitude, .leastNormalMagnitude, .leastNormalMagnitude.nextDown,
      .greatestFiniteMagnitude, 1.nextDown, 1.nextUp, 2, 0.5, 2.0.squareRoot(),
      2.0.squareRoot().nextUp, 2.0.squareRoot().nextDown, 0.5.squareRoot(), 10,
    ])
  func logarithmEdges(x: Double) {
    #expect(Self.steps(naturalLogarithm(x), log(x)) <= 1)
  }

  @Test(
    "Edges of the range",
    arguments: [
      1e-300, -1e-300, 1e-17, 0.34657, -0.34657, 0.6931471805599453, -0.6931471805599453, 1, -1,
      709.7, -708.3, -708.4, -709, -740, -744.9, 1.0.nextUp,
    ])
  func exponentialEdges(x: Double) {
    #expect(Self.steps(exponential(x), exp(x)) <= 1)
  }

  @Test("The logarithm lies within one unit in the last place over all magnitudes and near 1")
  func logarithm() {
    var numbers = SeededNumbers(seed: 2)
    var worst: Int64 = 0
    for round in 0..<100_000 {
      let x =
        round % 2 == 0
        ? Double(bitPattern: .random(in: 1..<0x7FF0_0000_0000_0000, using: &numbers))
        : Double.random(in: 0.1...10, using: &numbers)
      worst = max(worst, Self.steps(naturalLogarithm(x), log(x)))
    }
    #expect(worst <= 1)
  }

  @Test("The exponential lies within one unit in the last place over its whole range")
  func exponentials() {
    var numbers = SeededNumbers(seed: 3)
    var worst: Int64 = 0
    for round in 0..<100_000 {
      let x =
        round % 2 == 0
        ? Double.random(in: -745...709.77, using: &numbers)
        : Double.random(in: -3...3, using: &numbers)
      worst = max(worst, Self.steps(exponential(x), exp(x)))
    }
    #expect(worst <= 1)
  }

  @Test("A power agrees with the C library's over the range of growth")
  func powers() {
    var numbers = SeededNumbers(seed: 4)
    for _ in 0..<20_000 {
      let base = Double.random(in: 0.2...5, using: &numbers)
      let exponent = Double.random(in: -4...4, using: &numbers)
      #expect(abs(power(base, exponent) / pow(base, exponent) - 1) < 1e-14)
    }
  }
}
