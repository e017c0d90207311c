import Health
import Programmes

/// A child's true size on a day, before anybody measures it.
struct TrueSize: Sendable {
  /// Kilograms.
  var weight: Double
  /// Centimetres lying.
  var length: Double
  /// Centimetres.
  var head: Double
  /// Centimetres; nothing before the standard has it.
  var arm: Double?
}

/// How one child grows: on a z-score track of its own, with noise that lasts from month to month
/// and with episodes of illness that take weight away, which then comes back.
struct GrowthTrack: Sendable {
  private let sex: Sex
  private let birth: CivilDate
  private let lengthLeaning: Double
  private let faltering: Double
  private let weightLeaning: Double
  private let headLeaning: Double
  private let armLeaning: Double
  private let frailty: Double
  private var lengthNoise: Double
  private var weightNoise: Double
  private var deficit = 0.0
  private var longest = 0.0

  /// The track of a child about whom nothing is known yet.
  init(sex: Sex, birth: CivilDate, _ random: inout SeededRandom) {
    self.sex = sex
    self.birth = birth
    lengthLeaning = random.normal(deviation: 0.99)
    faltering = random.normal(mean: 0.70, deviation: 0.38)
    weightLeaning = random.normal(mean: 0.44, deviation: 0.94)
    headLeaning = random.normal(mean: -0.3, deviation: 0.85)
    armLeaning = random.normal(mean: -0.1, deviation: 0.5)
    frailty = exponential(random.normal(mean: -0.08, deviation: 0.4))
    lengthNoise = random.normal(deviation: 0.10)
    weightNoise = random.normal(deviation: 0.08)
  }

  /// Lives through a month: noise moves on, illness comes or is overcome.
  mutating func live(through month: CivilMonth, ageMonths: Int, _ random: inout SeededRandom) {
    lengthNoise = 0.95 * lengthNoise + random.normal(deviation: 0.03)
    weightNoise = 0.80 * weightNoise + random.normal(deviation: 0.04)
    deficit *= 0.83
    let isRainy = month.ordinal >= 11 || month.ordinal <= 2
    let risk = (ageMonths < 6 ? 0.06 : ageMonths < 24 ? 0.13 : 0.14) * (isRainy ? 1.25 : 1)
    if random.happens(risk * frailty) {
      deficit += max(0.1, random.normal(mean: 0.78, deviation: 0.22))
    }
  }

  /// Lives through some months before the register was opened, so that illness is as common on
  /// the first day as later.
  mutating func liveBefore(_ month: CivilMonth, ageMonths: Int, _ random: inout SeededRandom) {
    for back in stride(from: min(ageMonths, 8), to: 0, by: -1) {
      live(through: month.advanced(by: -back), ageMonths: ageMonths - back, &random)
    }
  }

  /// The true size on a day; a child never becomes shorter.
  mutating func size(on day: CivilDate) -> TrueSize? {
    let age = Int((day - birth).count)
    guard
      let standard = ChildGrowthStandards.shared.measurement(
        .lengthHeightForAge, sex: sex, day: age, zScore: lengthScore(atDay: age)),
      let head = ChildGrowthStandards.shared.measurement(
        .headCircumferenceForAge, sex: sex, day: age,
        zScore: headLeaning + 0.25 * lengthLeaning)
    else { return nil }
    let isLying = age < ChildGrowthStandards.firstStandingDay
    let correction = ChildGrowthStandards.positionCorrection
    longest = max(longest, isLying ? standard : standard + correction)
    let score = weightScore(atDay: age)
    guard
      let weight = ChildGrowthStandards.shared.weight(
        sex: sex, centimetres: isLying ? max(45, longest) : longest - correction,
        isLength: isLying, zScore: score)
    else { return nil }
    let arm = ChildGrowthStandards.shared.measurement(
      .armCircumferenceForAge, sex: sex, day: age,
      zScore: armLeaning + 0.65 * score + 0.2 * lengthLeaning)
    return TrueSize(weight: weight, length: longest, head: head, arm: arm)
  }

  /// On average −0.6 at birth, −1.3 at two years, and a little better after.
  private func lengthScore(atDay age: Int) -> Double {
    let months = Double(age) / ChildGrowthStandards.daysPerMonth
    let lost = faltering * min(max(0, months - 2), 22) / 22
    let regained = max(0, months - 24) / 36 * 0.15
    return -0.60 - lost + regained + lengthLeaning + lengthNoise
  }

  private func weightScore(atDay age: Int) -> Double {
    let months = Double(age) / ChildGrowthStandards.daysPerMonth
    let slump: Double =
      switch months {
      case ..<3: 0.45 - months / 3 * 0.45
      case ..<18: (months - 3) / 15 * 0.4
      default: 0.4 - (months - 18) / 42 * 0.4
      }
    return weightLeaning - slump + weightNoise - deficit
  }
}
