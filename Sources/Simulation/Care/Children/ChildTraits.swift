import Health

/// What is so of a child for all times, drawn from its own chance: always the same.
struct ChildTraits: Sendable {
  /// How a child develops.
  enum Development: Int, Sendable {
    case usual, doubtful, late
  }

  let development: Development
  /// Until how many months it gets nothing but breast milk.
  let onlyBreastMilkUntil: Int
  /// Until how many months it is nursed.
  let nursedUntil: Int
  let livesWithTuberculosis: Bool
  let hasThalassaemiaInFamily: Bool
  let refusesVaccines: Bool

  /// The child with that chance.
  init(_ random: inout SeededRandom) {
    let rates = SyntheticRates.development
    let lot = random.fraction()
    development = lot < rates.late ? .late : lot < rates.late + rates.doubtful ? .doubtful : .usual
    onlyBreastMilkUntil = random.position(in: SyntheticRates.onlyBreastMilk) * 2
    let nursed = random.fraction()
    nursedUntil =
      nursed > SyntheticRates.nursed.year ? 8 : nursed > SyntheticRates.nursed.twoYears ? 18 : 26
    livesWithTuberculosis = random.happens(SyntheticRates.tuberculosis.contact)
    hasThalassaemiaInFamily = random.happens(SyntheticRates.thalassaemia)
    refusesVaccines = random.happens(SyntheticRates.refusedVaccines)
  }
}
