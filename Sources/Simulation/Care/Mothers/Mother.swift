import Health

/// What is so of a woman in all her pregnancies, drawn from her own chance: always the same.
struct Mother: Sendable {
  /// Centimetres.
  let height: Double
  /// Kilograms before a pregnancy.
  let weight: Double
  /// Centimetres.
  let arm: Double
  /// Grams in a decilitre before 13 weeks.
  let haemoglobin: Double
  let systolic: Double
  let diastolic: Double
  let bloodGroup: Int
  let isRhesusNegative: Bool
  let hasHypertension: Bool
  let hasHepatitis: Bool
  let hadCaesarean: Bool
  let hasLostOne: Bool
  /// How readily she comes for care, beside others (log-odds).
  let leaning: Double

  /// The woman with that chance.
  init(_ random: inout SeededRandom) {
    height = min(max(random.normal(mean: 152, deviation: 5.3), 135), 175)
    let index = min(max(random.normal(mean: 22.5, deviation: 4), 15.5), 38)
    weight = index * height * height / 10_000
    arm =
      SyntheticRates.arm.mean + 0.62 * (index - 22.5)
      + random.normal(deviation: SyntheticRates.arm.deviation)
    haemoglobin = random.normal(
      mean: SyntheticRates.haemoglobin.mean, deviation: SyntheticRates.haemoglobin.deviation)
    hasHypertension = random.happens(SyntheticRates.chronicHypertension)
    let raised: Double = hasHypertension ? 32 : 0
    systolic = random.normal(mean: 110, deviation: 8) + raised
    diastolic = random.normal(mean: 71, deviation: 6) + raised * 0.65
    bloodGroup = random.position(in: SyntheticRates.bloodGroups) + 1
    isRhesusNegative = random.happens(SyntheticRates.rhesusNegative)
    hasHepatitis = random.happens(SyntheticRates.reactive.hepatitisB)
    hadCaesarean = random.happens(SyntheticRates.caesareans.first)
    hasLostOne = random.happens(SyntheticRates.lostBefore)
    leaning = random.normal(deviation: SyntheticRates.antenatalVisits.deviation)
  }
}

/// How often a woman gave birth before, and when last.
struct EarlierBirths: Sendable {
  var count = 0
  var living = 0
  var last: CivilDate?

  /// Adds a birth; twins are one.
  mutating func add(on day: CivilDate, isAlive: Bool) {
    if last != day { count += 1 }
    if isAlive { living += 1 }
    if last.map({ $0 < day }) ?? true { last = day }
  }
}

extension PuskesmasCare {
  /// Finds the children whom each woman had before the plan's days.
  mutating func noteEarlierBirths(of people: PuskesmasPeople) {
    for child in people.villagers where child.mother >= 0 && child.birth < plan.firstDay {
      births[child.mother, default: EarlierBirths()].add(on: child.birth, isAlive: true)
    }
  }
}
