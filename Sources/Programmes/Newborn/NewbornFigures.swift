import Guidance
import Health

extension HealthRecord {
  /// Adds what is worked out from the visits of a small child: how saturations differ and how often
  /// they were borderline, samples of blood, grams gained a day, the lesser of two counts of breaths,
  /// the weight of the first week and that of later days, and how much of the weight at birth a
  /// newborn weighs. To be called once, after reading.
  ///
  /// The first weighing on the day of birth is the weight at birth where nobody told it as such:
  /// the first weight after birth, of the first 24 hours (WHO, ICD-10, volume 2, 5.7: "the first
  /// weight of the fetus or newborn obtained after birth").
  public mutating func observeNewbornFigures(settings: ClinicalSettings = ClinicalSettings()) {
    guard let birthDate else { return }
    let lastDay = birthDate + Period.months(7)
    var birthWeight = latest(.birthWeight)?.value
    var hand: Observation?
    var breaths: Observation?
    var weight: Observation?
    var (borderline, samples): (Int32, Int32) = (0, 0)
    for place in 0..<observations.count where observations[place].on <= lastDay {
      let seen = observations[place]
      switch seen.element {
      case DataElement.oxygenSaturation.code: hand = seen
      case DataElement.footSaturation.code:
        guard let hand, hand.fact == seen.fact else { continue }
        let difference = abs(hand.value - seen.value)
        let isLow = min(hand.value, seen.value) < settings[.saturationThatPasses]
        borderline =
          isLow || difference >= settings[.saturationDifference] ? borderline + 1 : 0
        observe(DataElement.saturationDifference.code, difference, on: seen.on, fact: seen.fact)
        observe(DataElement.borderlineSaturations.code, borderline, on: seen.on, fact: seen.fact)
      case DataElement.thyroidSampleTaken.code where seen.value == 1:
        samples += 1
        observe(DataElement.thyroidSamples.code, samples, on: seen.on, fact: seen.fact)
      case DataElement.breathsPerMinute.code:
        breaths = seen
        observe(DataElement.lesserBreathCount.code, seen.value, on: seen.on, fact: seen.fact)
      case DataElement.breathsCountedAgain.code:
        guard let breaths, breaths.fact == seen.fact, seen.value < breaths.value else { continue }
        observe(DataElement.lesserBreathCount.code, seen.value, on: seen.on, fact: seen.fact)
      case DataElement.weight.code:
        if seen.on < birthDate + Period.days(7), seen.on >= birthDate {
          observe(DataElement.firstWeekWeight.code, seen.value, on: seen.on, fact: seen.fact)
        }
        if seen.on > birthDate {
          observe(DataElement.weightAfterBirth.code, seen.value, on: seen.on, fact: seen.fact)
        }
        if birthWeight == nil, seen.on == birthDate {
          observe(DataElement.birthWeight.code, seen.value, on: seen.on, fact: seen.fact)
          birthWeight = seen.value
        }
        if let birthWeight, birthWeight > 0, seen.on > birthDate,
          seen.on <= birthDate + Period.days(28)
        {
          observe(
            DataElement.birthWeightShare.code, seen.value * 100 / birthWeight, on: seen.on,
            fact: seen.fact)
        }
        if let earlier = weight, seen.on > earlier.on, seen.on >= birthDate + Period.days(10) {
          let days = (seen.on - earlier.on).count
          // Down to whole grams, so that 119 g in six days are less than 20 a day.
          let difference = seen.value - earlier.value
          let gain = (difference - (difference < 0 ? days - 1 : 0)) / days
          observe(DataElement.dailyGain.code, gain, on: seen.on, fact: seen.fact)
        }
        if weight.map({ $0.on < seen.on }) ?? true { weight = seen }
      default: continue
      }
    }
  }
}
