import Health

/// How a weighing stands on the KMS. Decided in this order: B, O, N, T.
public enum WeighingStatus: UInt8, Hashable, Sendable, CaseIterable {
  /// B: baru, the first weighing ever.
  case firstWeighing = 1
  /// O: weighed this month, not weighed last month.
  case notWeighedLastMonth = 2
  /// N: naik, gained at least the KBM.
  case gained = 3
  /// T: tidak naik, gained less than the KBM.
  case notGained = 4
}

/// The KMS entry of one calendar month: the month's last weighing against the month before.
public struct WeighingMonth: Hashable, Sendable {
  /// The month.
  public let month: CivilMonth
  /// Position, in the record, of the measurement that counts for the month.
  public let measurement: Int
  /// B, O, N or T; nothing where the sex or birth date that KBM needs is missing.
  public let status: WeighingStatus?
  /// Position of last month's measurement, for N and T.
  public let previous: Int?
  /// The gain since last month, for N and T.
  public let gain: Mass?
  /// The least gain asked for, for N and T.
  public let leastGain: Mass?
  /// How many weighings in a row, this one included, were T; 2 or more is "2T".
  public let notGainedInARow: Int
}

extension WeighingMonth {
  /// The entries of all months in which the child was weighed, from the first on.
  ///
  /// - Parameter measurements: in order of their day.
  static func months(
    of measurements: [RecordedMeasurement], sex: Sex?, settings: GrowthSettings
  ) -> [WeighingMonth] {
    var result: [WeighingMonth] = []
    var index = 0
    while index < measurements.count {
      let month = measurements[index].month
      var last: Int?
      while index < measurements.count, measurements[index].month == month {
        if measurements[index].body.weight != nil { last = index }
        index += 1
      }
      guard let last else { continue }
      result.append(
        entry(for: month, at: last, after: result.last, in: measurements, sex: sex, settings))
    }
    return result
  }

  private static func entry(
    for month: CivilMonth, at position: Int, after previous: WeighingMonth?,
    in measurements: [RecordedMeasurement], sex: Sex?, _ settings: GrowthSettings
  ) -> WeighingMonth {
    func plain(_ status: WeighingStatus?) -> WeighingMonth {
      WeighingMonth(
        month: month, measurement: position, status: status, previous: nil, gain: nil,
        leastGain: nil, notGainedInARow: 0)
    }
    guard let previous else { return plain(.firstWeighing) }
    guard previous.month == month.advanced(by: -1) else { return plain(.notWeighedLastMonth) }
    let now = measurements[position]
    let before = measurements[previous.measurement]
    guard let sex, let age = now.ageMonths, let weight = now.body.weight,
      let earlier = before.body.weight
    else { return plain(nil) }
    let gain = weight - earlier
    let least = settings.minimumWeightGain.grams(sex: sex, month: Int(age.count))
    let hasGained = gain >= least
    return WeighingMonth(
      month: month, measurement: position, status: hasGained ? .gained : .notGained,
      previous: previous.measurement, gain: gain, leastGain: least,
      notGainedInARow: hasGained ? 0 : previous.notGainedInARow + 1)
  }
}
