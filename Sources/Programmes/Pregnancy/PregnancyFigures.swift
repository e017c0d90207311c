import Guidance
import Health

extension HealthRecord {
  /// Adds what is worked out from the visits of pregnancies: mean arterial pressure, tablets so
  /// far, body mass index before the pregnancy, weight gained, high glucose and raised pressure with
  /// what became of a referral for them, whether there are several children, what went wrong at a
  /// birth, and on which days of visits she was examined. Each is observed by the fact that told
  /// the last of its parts, what a pregnancy tells by the fact that began it. To be called once,
  /// after reading.
  public mutating func observePregnancyFigures() {
    guard !pregnancies.isEmpty else { return }
    var figures = PregnancyFigures(pregnancies)
    // By place, so that what is added does not make the array be copied.
    for place in 0..<observations.count {
      let observation = observations[place]
      figures.take(observation) { element, value in
        observe(element.code, value, on: observation.on, fact: observation.fact)
      }
    }
    observeAnswers(
      toReferralsFor: DecisionTable.diabetesInPregnancyNumber, as: .glucoseReferralAnswered)
    observeAnswers(
      toReferralsFor: DecisionTable.pressureInPregnancyNumber, as: .pressureReferralAnswered)
    for episode in pregnancies {
      guard let fetuses = episode.told.fetuses else { continue }
      // Not before the weeks begin, so that it is of this pregnancy.
      let since = max(episode.beginning ?? episode.knownSince, episode.knownSince)
      observe(
        DataElement.severalFetuses.code, fetuses > 1 ? 1 : 0, on: min(since, day),
        fact: episode.id)
    }
    observeBirthComplications()
    observeAntenatalExaminations()
  }

  /// Adds on which days of visits of pregnancy she was examined. What a register tells of a visit
  /// without any value is one: only that something was asked and nothing examined is none.
  private mutating func observeAntenatalExaminations() {
    guard purposes.contains(.antenatal) else { return }
    for visit in contacts.filter({ $0.purposes.contains(.antenatal) })
    where wasExamined(on: visit.on) || !observations.contains(where: { $0.fact == visit.fact }) {
      observe(DataElement.antenatalExamined.code, 1, on: visit.on, fact: visit.fact)
    }
  }

  private func wasExamined(on day: CivilDate) -> Bool {
    DataElement.antenatalExaminations.contains { element in
      guard let seen = latest(element, since: day, through: day) else { return false }
      return element.code != DataElement.ultrasoundDone.code || seen.value == 1
    }
  }
}

extension Criterion {
  /// More than one child; where nobody told how many, there is one.
  static let severalFetuses = DataElement.severalFetuses.isYesWhereObserved(.thisPregnancy)
}

/// What has been seen so far, going through a record by day.
private struct PregnancyFigures {
  let pregnancies: [PregnancyEpisode]
  var place = -1
  var systolic: Observation?
  var given: Int32 = 0
  var taken: Int32 = 0
  var height: Int32?
  var weightBefore: Int32?
  var weight: Int32?

  init(_ pregnancies: [PregnancyEpisode]) { self.pregnancies = pregnancies }

  mutating func take(_ observation: Observation, _ tell: (DataElement, Int32) -> Void) {
    switch observation.element {
    case DataElement.systolicPressure.code:
      systolic = observation
      if observation.value >= DataElement.raisedSystolicFrom {
        tell(.raisedSystolicPressure, observation.value)
      }
    case DataElement.diastolicPressure.code:
      if observation.value >= DataElement.raisedDiastolicFrom {
        tell(.raisedDiastolicPressure, observation.value)
      }
      guard let systolic, systolic.fact == observation.fact else { return }
      tell(.meanArterialPressure, (systolic.value + 2 * observation.value + 2) / 3)
    case DataElement.bloodGlucose.code:
      if observation.value >= DataElement.highRandomGlucoseFrom {
        tell(.highRandomGlucose, observation.value)
      }
    case DataElement.lengthOrHeight.code:
      height = observation.value
      if enter(observation.on) { tellBodyMass(tell) }
    case DataElement.weightBeforePregnancy.code:
      guard enter(observation.on) else { return }
      weightBefore = observation.value
      tellBodyMass(tell)
      tellGain(tell)
    case DataElement.weight.code:
      guard enter(observation.on) else { return }
      weight = observation.value
      tellGain(tell)
    case DataElement.ironTabletsGiven.code:
      guard enter(observation.on) else { return }
      given = min(given + observation.value, 2_000)
      tell(.ironTabletsGivenSoFar, given)
    case DataElement.ironTabletsTaken.code:
      guard enter(observation.on) else { return }
      taken = min(taken + observation.value, 2_000)
      tell(.ironTabletsTakenSoFar, taken)
    default: return
    }
  }

  /// Goes on to the pregnancy that a day belongs to, with the time after it; no where there is
  /// none.
  private mutating func enter(_ day: CivilDate) -> Bool {
    let found = pregnancies.lastIndex { episode in
      min(episode.beginning ?? episode.knownSince, episode.knownSince) <= day
    }
    guard let found else { return false }
    if found != place {
      place = found
      (given, taken, weightBefore, weight) = (0, 0, nil, nil)
    }
    guard let ended = pregnancies[found].endedOn else { return true }
    return day <= ended + .days(PregnancyEpisode.daysAfterEnd)
  }

  private func tellBodyMass(_ tell: (DataElement, Int32) -> Void) {
    guard let height, height > 0, let weightBefore else { return }
    // Grams and tenths of millimetres to hundredths of kg/m²: 10⁷ · g / mm·10². No body holds a
    // number of which these products overflow; without a check the phone needs no wider numbers.
    let squared = Int64(height) &* Int64(height)
    let hundredths = (Int64(weightBefore) &* 10_000_000 &+ squared / 2) / squared
    guard DataElement.bodyMassBefore.believes(Int32(clamping: hundredths)) else { return }
    tell(.bodyMassBefore, Int32(hundredths))
  }

  private func tellGain(_ tell: (DataElement, Int32) -> Void) {
    guard let weight, let weightBefore else { return }
    tell(.weightGained, weight - weightBefore)
  }
}
