import Health

/// A gain between two measurements, beside the gains of the standard's children of that age.
public struct GrowthVelocity: Hashable, Sendable {
  /// The row of the standard.
  public let row: VelocityRow
  /// Position, in the record, of the earlier measurement.
  public let earlier: Int
  /// Position, in the record, of the later measurement.
  public let later: Int
  /// Days of age at the earlier measurement.
  public let firstAge: AgeInDays
  /// Days of age at the later measurement.
  public let lastAge: AgeInDays
  /// The gain as measured, in grams or centimetres; it is not stretched to the standard's interval.
  public let gain: Double
  /// The z-score; nothing where the standard's formula has none, because a length or head
  /// circumference became smaller.
  public let score: IndexScore?
  /// Whether an index of one of the two measurements is beyond WHO's limits.
  public let comesFromImplausibleMeasurement: Bool

  /// The days that lie between the two measurements.
  public var days: Int32 { lastAge.count - firstAge.count }
}

/// Why no gain can be compared with the standard.
public enum VelocityUnknown: UInt8, Hashable, Sendable, CaseIterable {
  /// The sex is not known.
  case sex = 1
  /// The day of birth is not known, or lies after the measurement.
  case birthDate = 2
  /// It was not measured at this visit.
  case notMeasured = 3
  /// Oedema at one of the two visits: its water is no gain.
  case oedema = 4
  /// There is no earlier measurement that lies the standard's interval back.
  case earlierMeasurement = 5
  /// The age lies outside the standard's intervals.
  case outsideStandard = 6
}

/// How a child grew since the measurement before, as far as it can be told.
public enum VelocityAnswer: Hashable, Sendable {
  /// A gain with its z-score.
  case known(GrowthVelocity)
  /// A gain that is too extreme to be believed: kept and shown, and not to be relied on.
  case implausible(GrowthVelocity)
  /// It cannot be told; this is why.
  case unknown(VelocityUnknown)
}

extension GrowthRecord {
  /// The gain that a measurement ends, by the shortest of the standard's intervals that can be
  /// told; where none can, why the shortest cannot.
  ///
  /// - Parameter position: of the later measurement, in ``measurements``.
  public func velocity(_ measure: VelocityMeasure, at position: Int) -> VelocityAnswer {
    var first: VelocityAnswer?
    for interval in GrowthVelocityStandards.intervals(of: measure) {
      let answer = velocity(measure, interval, at: position)
      guard case .unknown(let reason) = answer else { return answer }
      // Beyond its last month the interval of one month is no reason: the next one is.
      if first == nil || first == .unknown(.outsideStandard) { first = .unknown(reason) }
    }
    return first ?? .unknown(.outsideStandard)
  }

  /// The gain that a measurement ends, by one of the standard's intervals.
  public func velocity(
    _ measure: VelocityMeasure, _ interval: VelocityInterval, at position: Int
  ) -> VelocityAnswer {
    let now = measurements[position]
    guard let value = now.value(measure) else { return .unknown(.notMeasured) }
    guard let sex else { return .unknown(.sex) }
    guard let age = now.age else { return .unknown(.birthDate) }
    let standards = GrowthVelocityStandards.shared
    guard let end = standards.lastDay(measure, interval),
      age.count <= end + GrowthVelocityStandards.ageToleranceDays + interval.toleranceDays
    else { return .unknown(.outsideStandard) }
    if measure == .weight, now.body.hasOedema == true { return .unknown(.oedema) }
    var best: (row: VelocityRow, position: Int, age: AgeInDays, value: Double)?
    var reason = VelocityUnknown.earlierMeasurement
    for earlier in (0..<position).reversed() {
      let before = measurements[earlier]
      guard let beforeAge = before.age, let beforeValue = before.value(measure) else { continue }
      guard
        let row = standards.row(
          measure, interval, sex: sex, from: beforeAge.count, to: age.count)
      else {
        // The interval is right and the standard has none that begins at that age.
        let days = age.count - beforeAge.count
        let isInterval = abs(days - interval.days) <= interval.toleranceDays
        let rows = standards.rows(measure, interval, sex: sex)
        if isInterval, !rows.contains(where: { $0.begins(at: beforeAge.count) }) {
          reason = .outsideStandard
        }
        continue
      }
      if measure == .weight, before.body.hasOedema == true {
        reason = .oedema
        continue
      }
      if let found = best,
        found.row.distance(from: found.age.count, to: age.count)
          <= row.distance(from: beforeAge.count, to: age.count)
      {
        continue
      }
      best = (row, earlier, beforeAge, beforeValue)
    }
    guard let best else { return .unknown(reason) }
    let gain = value - best.value
    let velocity = GrowthVelocity(
      row: best.row, earlier: best.position, later: position, firstAge: best.age, lastAge: age,
      gain: gain,
      score: best.row.zScore(gain: gain).map {
        IndexScore($0, plausible: GrowthVelocityStandards.plausibleHundredths)
      },
      comesFromImplausibleMeasurement: now.isImplausible(measure)
        || measurements[best.position].isImplausible(measure))
    return velocity.isImplausible ? .implausible(velocity) : .known(velocity)
  }
}

extension GrowthVelocity {
  /// Whether the gain is too extreme to be believed.
  var isImplausible: Bool {
    guard let score else { return true }
    return comesFromImplausibleMeasurement || score.isImplausible
  }
}

extension RecordedMeasurement {
  /// The value whose gain is judged: grams, or centimetres. Lengths are those of a lying child at
  /// every age, for a child who stood up between two visits did not become shorter.
  public func value(_ measure: VelocityMeasure) -> Double? {
    switch measure {
    case .weight: body.weight.map { Double($0.grams) }
    case .length:
      assessment.length.map {
        $0.centimetres + ($0.isLength ? 0 : ChildGrowthStandards.positionCorrection)
      }
    case .headCircumference: body.headCircumference?.centimetres
    }
  }

  /// Whether WHO's limits for the value itself say that it is an error.
  fileprivate func isImplausible(_ measure: VelocityMeasure) -> Bool {
    let score =
      switch measure {
      case .weight: assessment.weightForAge
      case .length: assessment.lengthHeightForAge
      case .headCircumference: assessment.headCircumferenceForAge
      }
    return score?.isImplausible ?? false
  }
}
