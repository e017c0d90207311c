import Health
import Programmes

/// What one under-five adds to the figures of one month.
public struct ChildMonth: Hashable, Sendable {
  /// The month.
  public let month: CivilMonth
  /// The Posyandu or village in whose figures the child counts: where it lives on the last day.
  public let place: Identifier
  /// Sex and age group.
  public let stratum: Stratum
  /// One byte for each indicator, in the order of their raw values.
  let vector: ContributionVector

  /// One contribution for each indicator, in the order of their raw values.
  public var contributions: [Contribution] { Indicator.allCases.map { self[$0] } }

  /// The child's standing to an indicator.
  public subscript(indicator: Indicator) -> Contribution { vector[indicator] }
}

/// The contributions to all indicators, side by side in two registers: comparing and copying two
/// months of a child, done by the million, costs an instruction or two. One vector of 32 bytes
/// would have to lie at a multiple of 32, which the frames of asynchronous functions do not promise.
struct ContributionVector: Hashable, Sendable {
  private var first = SIMD16<UInt8>()
  private var second = SIMD16<UInt8>()

  static func == (left: ContributionVector, right: ContributionVector) -> Bool {
    // Lane by lane, 32 comparisons; as words, four.
    unsafeBitCast(left.first, to: SIMD2<UInt64>.self)
      == unsafeBitCast(right.first, to: SIMD2<UInt64>.self)
      && unsafeBitCast(left.second, to: SIMD2<UInt64>.self)
        == unsafeBitCast(right.second, to: SIMD2<UInt64>.self)
  }

  /// How many indicators there are; at most as many as the vector has bytes.
  static let count = Indicator.allCases.count

  init(repeating contribution: Contribution = Contribution(.missed)) {
    for position in 0..<ContributionVector.count { self[position] = contribution.rawValue }
  }

  subscript(indicator: Indicator) -> Contribution {
    get { Contribution(trusted: self[Int(indicator.rawValue)]) }
    set { self[Int(indicator.rawValue)] = newValue.rawValue }
  }

  /// The byte at a position, which must mean something.
  subscript(position: Int) -> UInt8 {
    get { position < 16 ? first[position] : second[position - 16] }
    set {
      if position < 16 { first[position] = newValue } else { second[position - 16] = newValue }
    }
  }
}

extension GrowthRecord {
  /// What the child adds to every month of its first five years, those to come included.
  ///
  /// Months to come have no visits yet, so the child stands in them as not weighed. With them the
  /// figures are a function of the facts alone: nothing has to be done when a month begins, and
  /// the target number (sasaran) of the months ahead can be asked for.
  ///
  /// A child counts where it lives on the last day of the month, from its month of birth to the
  /// last month that ends before it is five.
  public func childMonths(settings: GrowthSettings = GrowthSettings()) -> [ChildMonth] {
    guard let birthDate, let first = residences.first?.since.month else { return [] }
    var months: [ChildMonth] = []
    months.reserveCapacity(60)
    var position = 0
    var weighing = 0
    let birthMonth = birthDate.month
    var month = max(birthMonth, first)
    var hasBook: Answer = .unknown(.childHealthBook)
    while position < measurements.count, measurements[position].month < month {
      if let book = measurements[position].body.hasChildHealthBook { hasBook = book ? .yes : .no }
      position += 1
    }
    while true {
      let lastDay = month.lastDay
      // On a month's last day every day of the month of birth has come: see completedMonths.
      guard let group = AgeGroup(CompletedMonths(month.number - birthMonth.number)) else { break }
      if let diedOn, diedOn.month < month { break }
      let start = position
      while position < measurements.count, measurements[position].month == month {
        if let book = measurements[position].body.hasChildHealthBook { hasBook = book ? .yes : .no }
        position += 1
      }
      while weighing < weighingMonths.count, weighingMonths[weighing].month < month {
        weighing += 1
      }
      if let place = place(on: lastDay) {
        let entry =
          weighing < weighingMonths.count && weighingMonths[weighing].month == month
          ? weighingMonths[weighing] : nil
        let visits = MonthOfVisits(
          record: self, visits: start..<position, weighing: entry, hasBook: hasBook,
          died: diedOn.map { $0.month == month } ?? false, settings: settings)
        months.append(
          ChildMonth(
            month: month, place: place, stratum: Stratum(sex: sex, ageGroup: group),
            vector: visits.contributions))
      }
      month = month.advanced(by: 1)
    }
    return months
  }
}

/// A child's visits of one month, and how it stands to each indicator by them.
private struct MonthOfVisits {
  let record: GrowthRecord
  let visits: Range<Int>
  let weighing: WeighingMonth?
  let hasBook: Answer
  let died: Bool
  let settings: GrowthSettings

  private static let allDied = ContributionVector(repeating: Contribution(.excluded, .died))

  private static func absent(_ book: Contribution) -> ContributionVector {
    var all = ContributionVector(repeating: Contribution(.unknown, .notMeasured))
    for indicator in [
      Indicator.gainedOfWeighed, .gainedOfComparable, .notGained, .notGainedTwice, .belowRedLine,
      .underweight, .severelyUnderweight, .highWeightForAge, .firstWeighing,
      .notWeighedLastMonth,
    ] { all[indicator] = Contribution(.unknown, .notWeighed) }
    all[.hasChildHealthBook] = book
    all[.weighed] = Contribution(.missed, .notWeighed)
    return all
  }

  private static let absentWithBook = absent(Contribution(.reached))
  private static let absentWithoutBook = absent(Contribution(.missed, .noBook))
  private static let absentBookUnknown = absent(Contribution(.unknown, .bookNotRecorded))

  var contributions: ContributionVector {
    if died { return MonthOfVisits.allDied }
    if visits.isEmpty {
      switch hasBook {
      case .yes: return MonthOfVisits.absentWithBook
      case .no: return MonthOfVisits.absentWithoutBook
      case .unknown: return MonthOfVisits.absentBookUnknown
      }
    }
    let length = judged(.lengthHeightForAge)
    let wasting = judged(.weightForLengthHeight)
    let weight = judged(.weightForAge)
    var all = ContributionVector()
    all[.hasChildHealthBook] = book
    all[.weighed] = weighing == nil ? Contribution(.missed, .notWeighed) : Contribution(.reached)
    all[.gainedOfWeighed] = gained
    all[.gainedOfComparable] = gainedOfComparable
    all[.notGained] = notGained(times: 1)
    all[.notGainedTwice] = notGained(times: 2)
    all[.belowRedLine] = belowRedLine
    all[.stunted] = length.counted { $0 < -200 }
    all[.severelyStunted] = length.counted { $0 < -300 }
    all[.wasted] = wasting.counted { $0 < -200 }
    all[.severelyWasted] = wasting.counted { $0 < -300 }
    all[.underweight] = weight.counted { $0 < -200 }
    all[.overweight] = wasting.counted(withOedema: false) { $0 > 200 }
    all[.obese] = wasting.counted(withOedema: false) { $0 > 300 }
    all[.severelyUnderweight] = weight.counted { $0 < -300 }
    all[.highWeightForAge] = weight.counted(withOedema: false) { $0 > 100 }
    all[.tall] = length.counted { $0 > 300 }
    all[.riskOfOverweight] = wasting.counted(withOedema: false) { $0 > 100 }
    all[.firstWeighing] = entry(.firstWeighing, .firstWeighing)
    all[.notWeighedLastMonth] = entry(.notWeighedLastMonth, .notWeighedLastMonth)
    return all
  }

  /// Whether the month's weighing is B, or O: known of everybody weighed, with or without a sex.
  private func entry(_ status: WeighingStatus, _ reason: Reason) -> Contribution {
    guard let weighing else { return Contribution(.unknown, .notWeighed) }
    if weighing.status == status { return Contribution(.reached, reason) }
    switch weighing.status {
    case .gained: return Contribution(.missed, .gained)
    case .notGained: return Contribution(.missed, .notGained)
    case .firstWeighing: return Contribution(.missed, .firstWeighing)
    case .notWeighedLastMonth: return Contribution(.missed, .notWeighedLastMonth)
    case nil: return Contribution(.missed)
    }
  }

  private var book: Contribution {
    switch hasBook {
    case .yes: Contribution(.reached)
    case .no: Contribution(.missed, .noBook)
    case .unknown: Contribution(.unknown, .bookNotRecorded)
    }
  }

  private var gained: Contribution {
    guard let weighing else { return Contribution(.unknown, .notWeighed) }
    switch weighing.status {
    case .gained: return Contribution(.reached)
    case .notGained: return Contribution(.missed, .notGained)
    case .firstWeighing: return Contribution(.missed, .firstWeighing)
    case .notWeighedLastMonth: return Contribution(.missed, .notWeighedLastMonth)
    case nil: return Contribution(.unknown, .noSex)
    }
  }

  private var gainedOfComparable: Contribution {
    switch weighing?.status {
    case .firstWeighing: Contribution(.excluded, .firstWeighing)
    case .notWeighedLastMonth: Contribution(.excluded, .notWeighedLastMonth)
    default: gained
    }
  }

  private func notGained(times: Int) -> Contribution {
    guard let weighing else { return Contribution(.unknown, .notWeighed) }
    switch weighing.status {
    case .notGained where weighing.notGainedInARow >= times: return Contribution(.reached)
    case .notGained: return Contribution(.missed, .notGained)
    case .gained: return Contribution(.missed, .gained)
    case .firstWeighing: return Contribution(.missed, .firstWeighing)
    case .notWeighedLastMonth: return Contribution(.missed, .notWeighedLastMonth)
    case nil: return Contribution(.unknown, .noSex)
    }
  }

  private var belowRedLine: Contribution {
    guard let weighing else { return Contribution(.unknown, .notWeighed) }
    let measurement = record.measurements[weighing.measurement]
    guard record.sex != nil else { return Contribution(.unknown, .noSex) }
    if measurement.body.hasOedema == true { return Contribution(.unknown, .oedema) }
    guard let score = measurement.assessment.weightForAge else {
      return Contribution(.unknown, .outsideStandard)
    }
    if score.isImplausible { return Contribution(.excluded, .implausible) }
    return score.hundredths < settings.redLineHundredths
      ? Contribution(.reached) : Contribution(.missed, .withinLimits)
  }

  /// The month's last value of an index that can be believed; failing that, why there is none.
  private func judged(_ index: GrowthIndex) -> JudgedIndex {
    var failure = JudgedIndex.unknown(.notMeasured)
    for position in visits.reversed() {
      let measurement = record.measurements[position]
      // WHO counts a child with oedema as below −3 SD of every index that depends on weight.
      if index != .lengthHeightForAge, measurement.body.hasOedema == true { return .oedema }
      guard let score = measurement.assessment[index] else {
        if case .unknown(.notMeasured) = failure {
          failure = .unknown(missing(for: index, in: measurement))
        }
        continue
      }
      guard score.isImplausible else {
        return .score(score.hundredths)
      }
      failure = .implausible
    }
    return failure
  }

  private func missing(for index: GrowthIndex, in measurement: RecordedMeasurement) -> Reason {
    if record.sex == nil { return .noSex }
    if index != .lengthHeightForAge, measurement.body.weight == nil { return .noWeight }
    if index != .weightForAge, measurement.body.length == nil { return .noLength }
    return .outsideStandard
  }
}

private enum JudgedIndex {
  case score(Int32)
  case oedema
  case implausible
  case unknown(Reason)

  func counted(withOedema: Bool = true, _ isCase: (Int32) -> Bool) -> Contribution {
    switch self {
    case .score(let hundredths):
      isCase(hundredths) ? Contribution(.reached) : Contribution(.missed, .withinLimits)
    case .oedema: withOedema ? Contribution(.reached, .oedema) : Contribution(.missed, .oedema)
    case .implausible: Contribution(.excluded, .implausible)
    case .unknown(let reason): Contribution(.unknown, reason)
    }
  }
}
