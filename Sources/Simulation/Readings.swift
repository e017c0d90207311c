import Health
import Programmes

/// What a kader reads off scale, board and tape, and writes down: with error, with a liking for
/// round figures, and now and then with something left out.
enum Readings {
  /// One visit's measurement of a child of that true size.
  static func measurement(
    of size: TrueSize, ageDays: Int, takesLength: Bool, ownsBook: Bool,
    _ random: inout SeededRandom
  ) -> MeasurementBody {
    var body = MeasurementBody()
    let months = Double(ageDays) / ChildGrowthStandards.daysPerMonth
    let weight = max(0.5, size.weight + random.normal(deviation: 0.05))
    body.weight = Mass(
      grams: Int32(rounded(weight, toHalf: 0.04, &random) * 100))
    if takesLength { takeLength(size.length, ageDays: ageDays, into: &body, &random) }
    if months < 24, random.happens(0.85) {
      body.headCircumference = length(size.head + random.normal(deviation: 0.3), 0.15, &random)
    }
    if let arm = size.arm, months >= 6, random.happens(0.80) {
      body.armCircumference = length(arm + random.normal(deviation: 0.25), 0.15, &random)
    }
    if random.happens(0.65) { body.hasOedema = random.happens(0.000_3) }
    if random.happens(0.93) { body.hasChildHealthBook = ownsBook && random.happens(0.985) }
    return body
  }

  private static func takeLength(
    _ actual: Double, ageDays: Int, into body: inout MeasurementBody, _ random: inout SeededRandom
  ) {
    let isUnderTwo = ageDays < ChildGrowthStandards.firstStandingDay
    let mayStand = ageDays >= 300
    let inOther = mayStand && random.happens(0.03)
    let isLying = isUnderTwo != inOther
    let error = random.normal(deviation: isLying ? 0.40 : 0.32)
    let standingLoss = isLying ? 0 : ChildGrowthStandards.positionCorrection
    body.length = length(actual - standingLoss + error, 0.20, &random)
    if random.happens(0.96) { body.position = isLying ? .lying : .standing }
    // A box ticked without looking: "standing" for a child that cannot.
    if !mayStand, random.happens(0.006) { body.position = .standing }
  }

  private static func length(
    _ centimetres: Double, _ toHalf: Double, _ random: inout SeededRandom
  ) -> Length {
    Length(tenthsOfMillimetre: Int32(rounded(centimetres, toHalf: toHalf, &random) * 10))
  }

  /// Tenths: to the nearest one, or with the probability `toHalf` to the nearest half unit.
  private static func rounded(
    _ value: Double, toHalf: Double, _ random: inout SeededRandom
  ) -> Double {
    random.happens(toHalf) ? (value * 2).rounded() * 5 : (value * 10).rounded()
  }

  /// The same measurement with a slip of the finger.
  static func mistyped(
    _ body: MeasurementBody, _ random: inout SeededRandom
  ) -> MeasurementBody {
    var wrong = body
    guard let weight = body.weight else { return body }
    switch random.whole(0...3) {
    case 0: wrong.weight = Mass(grams: weight.grams * 10)
    case 1: wrong.weight = Mass(grams: weight.grams + 10_000)
    case 2:
      // A dot set one place too far left.
      guard let length = body.length else {
        wrong.weight = Mass(grams: max(100, weight.grams / 10))
        return wrong
      }
      wrong.length = Length(tenthsOfMillimetre: length.tenthsOfMillimetre / 1000 * 100)
    default:
      guard let length = body.length else {
        wrong.weight = Mass(grams: weight.grams + 3000)
        return wrong
      }
      // Two neighbouring digits changed places: 84.5 became 48.5.
      let centimetres = length.tenthsOfMillimetre / 100
      let swapped =
        centimetres / 100 * 100 + centimetres % 10 * 10 + centimetres / 10 % 10
      wrong.length = Length(
        tenthsOfMillimetre: swapped * 100 + length.tenthsOfMillimetre % 100)
      if wrong.length == body.length { wrong.weight = Mass(grams: weight.grams * 10) }
    }
    return wrong
  }
}
