import Guidance
import Health

extension HealthRecord {
  /// Adds what is worked out from a child's measurements and blood: how the weighing stands on the
  /// KMS, for how long growth has been poor, the indices of red cells, high glucose and what became
  /// of a referral for it. The z-scores must have been added before. To be called once, after
  /// reading.
  public mutating func observeChildFigures(growth: GrowthSettings = GrowthSettings()) {
    guard let birthDate, birthDate <= day,
      day < birthDate + Period.months(ChildFigures.lastMonth)
    else { return }
    observeWeighings(since: birthDate, growth: growth)
    var figures = ChildFigures(born: birthDate, severeArm: growth.severeArmCircumference)
    for seen in ChildFigures.parts(of: self) {
      figures.take(seen) { element, value in
        observe(element.code, value, on: seen.on, fact: seen.fact)
      }
    }
    observeAnswers(
      toReferralsFor: DecisionTable.childGlucoseNumber, as: .glucoseReferralAnswered)
  }

  /// The last month's weighing: B, O, N or T, and how often in a row it was T.
  private mutating func observeWeighings(since birthDate: CivilDate, growth: GrowthSettings) {
    var weighings: [RecordedMeasurement] = []
    var last = latest(.weight)
    // Some months, and one weighing before them, tell how the last one stands and the one before.
    let earliest = last.map { CivilDate(dayNumber: $0.on.dayNumber - 130) }
    while let weighing = last, let earliest, weighing.on >= birthDate {
      var body = MeasurementBody()
      body.weight = Mass(grams: weighing.value)
      weighings.append(
        RecordedMeasurement(
          fact: weighing.fact, occurredOn: weighing.on, month: weighing.on.month, place: nil,
          body: body, age: weighing.on - birthDate,
          ageMonths: weighing.on.completedMonths(since: birthDate), assessment: GrowthAssessment(),
          doubts: []))
      last = weighing.on < earliest ? nil : before(weighing)
    }
    weighings.reverse()
    let months = WeighingMonth.months(of: weighings, sex: sex, settings: growth)
    guard let month = months.last, let status = month.status else { return }
    let weighing = weighings[month.measurement]
    observe(
      DataElement.weighingStatus.code, Int32(status.rawValue), on: weighing.occurredOn,
      fact: weighing.fact)
    observe(
      DataElement.notGainedInARow.code, Int32(month.notGainedInARow), on: weighing.occurredOn,
      fact: weighing.fact)
  }
}

/// What has been seen of a child so far, going through a record by day.
private struct ChildFigures {
  /// Weights and blood are worked out until this age.
  static let lastMonth: Int32 = 84

  let born: CivilDate
  let severeArm: Length
  /// Since when growth was poor and malnutrition severe, and how often in a row it was well again.
  var run: (poor: CivilDate?, severe: CivilDate?, recovered: Int32) = (nil, nil, 0)
  /// The same, before the day that is looked at.
  var before: (poor: CivilDate?, severe: CivilDate?, recovered: Int32) = (nil, nil, 0)
  /// What the day has shown so far; nothing where it showed neither good nor bad.
  var shown: (poor: Bool?, severe: Bool?) = (nil, nil)
  var today: CivilDate?
  var isInCare = false
  var volume: Observation?
  var haemoglobin: Observation?

  init(born: CivilDate, severeArm: Length) {
    self.born = born
    self.severeArm = severeArm
  }

  private static let elements: [DataElement] = [
    .weightForLengthScore, .weightForAgeScore, .armCircumference, .pittingOedema,
    .malnutritionCare, .cellVolume, .cellHaemoglobin, .redCells,
    .bloodGlucose,
  ]

  /// The observations that figures are made of, by day.
  static func parts(of record: HealthRecord) -> [Observation] {
    var parts: [Observation] = []
    // What decides the order, packed into one number: the day, the place of the element above, and
    // of two alike the one that was found later, for the newest are found first.
    var keys: [Int64] = []
    for (order, element) in elements.enumerated() {
      var last = record.latest(element)
      while let found = last {
        let place = Int64(Int32.max) - Int64(parts.count)
        keys.append(Int64(found.on.dayNumber) << 40 | Int64(order) << 32 | place)
        parts.append(found)
        last = record.before(found)
      }
    }
    keys.sort()
    return keys.map { parts[Int(Int32.max) - Int($0 & 0xFFFF_FFFF)] }
  }

  mutating func take(_ seen: Observation, _ tell: (DataElement, Int32) -> Void) {
    switch seen.element {
    case DataElement.cellVolume.code: volume = seen
    case DataElement.cellHaemoglobin.code:
      guard let volume, volume.on == seen.on, DataElement.cellVolume.believes(volume.value),
        DataElement.cellHaemoglobin.believes(seen.value)
      else { return }
      // Tenths of a picogram, and the hundred of the index.
      let product = volume.value * volume.value * seen.value
      tell(.shineLalIndex, product / 1_000)
    case DataElement.redCells.code:
      guard let volume, volume.on == seen.on, seen.value > 0,
        DataElement.cellVolume.believes(volume.value)
      else { return }
      tell(.mentzerIndex, volume.value * 1_000 / seen.value)
    case DataElement.bloodGlucose.code:
      if seen.value >= DataElement.highRandomGlucoseFrom { tell(.highRandomGlucose, seen.value) }
    case DataElement.malnutritionCare.code:
      isInCare = seen.value == 1
      run.recovered = 0
      if isInCare { tell(.recoveredVisits, 0) }
    default: noteGrowth(seen, tell)
    }
  }

  /// What one day shows of growth, sign by sign: it is poor as soon as one sign says so, and well
  /// only where weight for length says so and no sign contradicts.
  private mutating func noteGrowth(
    _ seen: Observation, _ tell: (DataElement, Int32) -> Void
  ) {
    if seen.on != today { (before, today, shown) = (run, seen.on, (nil, nil)) }
    let isOldEnough = seen.on >= born + Period.months(6)
    switch seen.element {
    case DataElement.weightForLengthScore.code:
      shown = (seen.value < -200, seen.value < -300)
    case DataElement.weightForAgeScore.code:
      if seen.value < -200 { shown.poor = true }
    case DataElement.armCircumference.code:
      if isOldEnough, seen.value < severeArm.tenthsOfMillimetre { shown = (true, true) }
    default:
      if seen.value == 1 { shown = (true, true) }
    }
    run.poor = since(shown.poor, before.poor, seen.on)
    run.severe = since(shown.severe, before.severe, seen.on)
    tell(.poorGrowthDays, run.poor.map { (seen.on - $0).count } ?? 0)
    tell(.severeMalnutritionDays, run.severe.map { (seen.on - $0).count } ?? 0)
    guard isInCare else { return }
    run.recovered = shown.poor == false ? before.recovered + 1 : 0
    tell(.recoveredVisits, run.recovered)
  }

  /// Since when something has been so: from the first day of an unbroken run.
  private func since(_ isSo: Bool?, _ begun: CivilDate?, _ day: CivilDate) -> CivilDate? {
    guard let isSo else { return begun }
    return isSo ? begun ?? day : nil
  }
}
