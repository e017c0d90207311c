import Health
import Programmes
import Services
import Synchronization

/// Which growth chart: what is judged, of whom, over what range.
struct CurveKey: Hashable, Sendable {
  let index: GrowthIndex
  let sex: Sex
  /// Whether the first two years are shown, or all five; for weight-for-length, whether the table
  /// of recumbent length is.
  let isFirstTwoYears: Bool
}

/// The WHO curves of one chart, with the ranges that show them.
struct CurveSet: Sendable {
  let curves: [GrowthChart.Curve]
  let xRange: ChartRange
  let yRange: ChartRange
}

/// The WHO curves, worked out on first use and kept: they never change.
final class GrowthCurves: Sendable {
  private struct BackdropKey: Hashable {
    let curve: CurveKey
    let language: Language
  }

  private static let pointsPerCurve = 62
  private let sets = Mutex<[CurveKey: CurveSet]>([:])
  private let backdrops = Mutex<[BackdropKey: String]>([:])

  /// The curves of a chart.
  func set(_ key: CurveKey) -> CurveSet {
    if let kept = sets.withLock({ $0[key] }) { return kept }
    let made = GrowthCurves.make(key)
    sets.withLock { $0[key] = made }
    return made
  }

  /// All of a chart that does not depend on the child.
  func backdrop(_ key: CurveKey, _ language: Language, of chart: GrowthChart) -> String {
    let key = BackdropKey(curve: key, language: language)
    if let kept = backdrops.withLock({ $0[key] }) { return kept }
    let made = chart.backdrop()
    backdrops.withLock { $0[key] = made }
    return made
  }

  private static func make(_ key: CurveKey) -> CurveSet {
    let xRange = xRange(key)
    // The KMS draws every whole SD of weight; the other charts those that part the categories.
    let scores = key.index == .weightForAge ? [-3, -2, -1, 0, 1, 2, 3] : [-3, -2, 0, 2, 3]
    let curves = scores.map { score in
      GrowthChart.Curve(
        z: score,
        points: (0..<pointsPerCurve).compactMap { step in
          let share = Double(step) / Double(pointsPerCurve - 1)
          return point(key, xRange, share: share, score: Double(score))
        })
    }
    return CurveSet(
      curves: curves, xRange: xRange, yRange: GrowthChart.range(of: curves, within: xRange))
  }

  private static func xRange(_ key: CurveKey) -> ChartRange {
    if key.index == .weightForLengthHeight {
      return key.isFirstTwoYears
        ? ChartRange(lower: 45, upper: 110) : ChartRange(lower: 65, upper: 120)
    }
    return ChartRange(lower: 0, upper: key.isFirstTwoYears ? 24 : 60)
  }

  private static func point(
    _ key: CurveKey, _ range: ChartRange, share: Double, score: Double
  ) -> GrowthChart.Position? {
    let x = range.lower + (range.upper - range.lower) * share
    let standards = ChildGrowthStandards.shared
    if key.index == .weightForLengthHeight {
      return standards.weight(
        sex: key.sex, centimetres: x, isLength: key.isFirstTwoYears, zScore: score
      ).map { GrowthChart.Position(x: x, y: $0) }
    }
    // The curve to 24 months ends with the last day of the length table.
    let lastDay =
      key.isFirstTwoYears
      ? ChildGrowthStandards.firstStandingDay - 1 : ChildGrowthStandards.lastDay
    let day = min(lastDay, Int((x * ChildGrowthStandards.daysPerMonth).rounded()))
    return standards.measurement(key.index, sex: key.sex, day: day, zScore: score)
      .map { GrowthChart.Position(x: x, y: $0) }
  }
}

/// A child's growth charts.
struct GrowthChartList {
  private static let indices: [GrowthIndex] = [
    .weightForAge, .lengthHeightForAge, .weightForLengthHeight, .bodyMassIndexForAge,
    .headCircumferenceForAge, .armCircumferenceForAge,
  ]

  let curves: GrowthCurves
  let format: Format
  let sex: Sex
  let childName: String
  /// Oldest first, with the day and age of each.
  let measurements: [(recorded: RecordedMeasurement, text: MeasurementText)]

  private var words: Words { format.words }

  private var isFirstTwoYears: Bool {
    (measurements.last { $0.recorded.age != nil }?.recorded.age?.count ?? 0)
      < Int32(ChildGrowthStandards.firstStandingDay)
  }

  /// The charts on which at least one measurement lies.
  var fields: [Fields] {
    let isFirstTwoYears = isFirstTwoYears
    return GrowthChartList.indices.compactMap { index in
      let key = CurveKey(index: index, sex: sex, isFirstTwoYears: isFirstTwoYears)
      let points = points(index, isFirstTwoYears: isFirstTwoYears)
      guard let last = points.last else { return nil }
      let short = words["growth.indices.\(last.name).short"]
      let long = words["growth.indices.\(last.name).name"]
      let set = curves.set(key)
      let chart = GrowthChart(
        id: "chart-\(last.name)",
        title: words("charts.growth_title", ["index": short, "name": childName]),
        description: words(
          "charts.growth_desc",
          [
            "points": format.whole(points.count), "date": last.date,
            "value": last.value, "z": last.point.label,
          ]),
        axisLabels: axisLabels(index), xRange: set.xRange, yRange: set.yRange,
        xTicks: xTicks(set.xRange, isLength: index == .weightForLengthHeight),
        yTicks: GrowthChartList.steps(set.yRange).map {
          ChartTick(value: $0, label: format.short($0, digits: 1))
        }, curves: set.curves, points: points.map(\.point))
      let backdrop = curves.backdrop(key, words.language, of: chart)
      return ["title": "\(long) (\(short))", "svg": chart.svg(backdrop: backdrop)]
    }
  }

  private struct Plotted {
    let point: GrowthChart.Point
    let name: String
    let date: String
    let value: String
  }

  private func points(_ index: GrowthIndex, isFirstTwoYears: Bool) -> [Plotted] {
    measurements.compactMap { entry in
      guard let position = position(index, entry, isFirstTwoYears: isFirstTwoYears),
        let value = entry.text.value(index)
      else { return nil }
      let score = entry.recorded.assessment[index]
      let label = score.map { format.zScore($0.hundredths) } ?? ""
      let date = format.date(entry.recorded.occurredOn)
      var title = "\(date): \(value)"
      if index == .lengthHeightForAge, let read = entry.recorded.body.length,
        let used = entry.recorded.assessment.length, used.centimetres != read.centimetres
      {
        title =
          "\(date): "
          + words(
            "charts.measured_as",
            [
              "value": format.centimetres(read.centimetres),
              "corrected": format.centimetres(used.centimetres),
            ])
      }
      if !label.isEmpty { title += ", \(label)" }
      return Plotted(
        point: GrowthChart.Point(
          position: position, label: label, title: title,
          isDoubtful: score?.isImplausible ?? true),
        name: entry.text.name(index).index, date: date, value: value)
    }
  }

  private func position(
    _ index: GrowthIndex, _ entry: (recorded: RecordedMeasurement, text: MeasurementText),
    isFirstTwoYears: Bool
  ) -> GrowthChart.Position? {
    let recorded = entry.recorded
    let length = recorded.assessment.length
    if index == .weightForLengthHeight {
      guard let length, length.isLength == isFirstTwoYears, let weight = recorded.body.weight
      else { return nil }
      return GrowthChart.Position(x: length.centimetres, y: weight.kilograms)
    }
    let isOfTerm = GrowthIndex.judgedByCorrectedAge.contains(index)
    guard let age = isOfTerm ? entry.text.ageOfGrowth : recorded.age,
      age.count <= Int32(ChildGrowthStandards.lastDay)
    else { return nil }
    let y: Double? =
      switch index {
      case .weightForAge: recorded.body.weight?.kilograms
      case .lengthHeightForAge: length?.centimetres
      case .bodyMassIndexForAge: recorded.assessment.bodyMassIndex
      case .headCircumferenceForAge: recorded.body.headCircumference?.centimetres
      case .armCircumferenceForAge: recorded.body.armCircumference?.centimetres
      default: nil
      }
    return y.map {
      GrowthChart.Position(x: Double(age.count) / ChildGrowthStandards.daysPerMonth, y: $0)
    }
  }

  private func axisLabels(_ index: GrowthIndex) -> (x: String, y: String) {
    let x = words[index == .weightForLengthHeight ? "charts.length_cm" : "charts.age_months"]
    let y =
      switch index {
      case .lengthHeightForAge: "charts.length_cm"
      case .bodyMassIndexForAge: "charts.bmi"
      case .headCircumferenceForAge: "charts.head_cm"
      case .armCircumferenceForAge: "charts.muac_cm"
      default: "charts.weight_kg"
      }
    return (x, words[y])
  }

  private func xTicks(_ range: ChartRange, isLength: Bool) -> [ChartTick] {
    let step = isLength ? 10.0 : range.upper > 24 ? 12.0 : 3.0
    return stride(from: (range.lower / step).rounded(.up) * step, through: range.upper, by: step)
      .map { ChartTick(value: $0, label: format.short($0, digits: 0)) }
  }

  /// Round values within a range, about six of them.
  static func steps(_ range: ChartRange) -> [Double] {
    let width = range.upper - range.lower
    guard width > 0 else { return [] }
    let step = [0.5, 1, 2, 5, 10, 20, 50].first { width / $0 <= 7 } ?? 100
    return Array(
      stride(from: (range.lower / step).rounded(.up) * step, through: range.upper, by: step))
  }
}
