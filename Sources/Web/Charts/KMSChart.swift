import Health

/// The chart of the Kartu Menuju Sehat with the rows beneath it, drawn for a sheet of paper in
/// millimetres.
///
/// Months of the calendar stand as columns under the ages that the child had in them, so every
/// weighing lies above its own month. Bands and lines differ by more than colour: lines by their
/// dashes and by the words at their ends, so that a black and white print says the same.
struct KMSChart: Sendable {
  /// A line of the same z-score from birth to five years.
  struct Line: Sendable {
    /// What marks it.
    enum Mark: String, Sendable {
      case red, orange, median, plain
    }

    var mark: Mark
    /// The words at its end.
    var label: String
    var points: [GrowthChart.Position]
  }

  /// A band between two lines.
  struct Band: Sendable {
    /// `yellow`, `light`, `green`.
    var shade: String
    var lower: [GrowthChart.Position]
    var upper: [GrowthChart.Position]
  }

  /// A month of the calendar.
  struct Column: Sendable {
    /// The ages in months on its first day and on that of the next.
    var start: Double
    var end: Double
    /// The name, and the year where it begins.
    var month: String
    var year: String?
    /// What stands in it, row by row, as ``KMSChart/rows`` names them.
    var cells: [String]
  }

  /// A month of life, under the ages.
  struct AgeCell: Sendable {
    var month: Int
    var leastGain: String
    /// Whether breast milk alone was given: the mark, or nothing to be filled in by hand; `nil`
    /// after the months in which it is asked.
    var breastMilk: String?
  }

  var id: String
  var title: String
  var description: String
  /// Names of the rows of ages: least gain, breast milk.
  var ageRows: [String]
  /// Names of the rows of months.
  var rows: [String]
  /// What the axes show.
  var ageName: String
  var weightName: String
  var bands: [Band]
  var lines: [Line]
  var ages: [AgeCell]
  var columns: [Column]
  /// Weighings: age in months and kilograms, whether it is to be doubted, and the words where it
  /// lies outside the chart.
  var points: [(position: GrowthChart.Position, isDoubtful: Bool, outside: String)]

  private static let width = 281.0
  private static let left = 25.0
  private static let right = 253.0
  private static let top = 5.0
  private static let bottom = 112.0
  private static let rowHeight = 6.0

  /// The ages that the chart shows.
  var range: ChartRange {
    ChartRange(lower: columns.first?.start ?? 0, upper: columns.last?.end ?? 1)
  }

  /// The weights that it shows: all lines, and all weighings that are believed.
  var weights: ChartRange {
    let shown = range
    let all =
      (lines.flatMap(\.points) + points.filter { !$0.isDoubtful }.map(\.position))
      .filter { shown.contains($0.x) }.map(\.y)
    guard let least = all.min(), let most = all.max() else {
      return ChartRange(lower: 0, upper: 1)
    }
    return ChartRange(lower: max(0, least.rounded(.down)), upper: most.rounded(.up))
  }

  private var hasBreastMilk: Bool { ages.contains { $0.breastMilk != nil } }

  private func x(_ age: Double) -> Double {
    Self.left + (Self.right - Self.left) * range.share(of: age)
  }

  private func y(_ weight: Double) -> Double {
    Self.bottom - (Self.bottom - Self.top) * weights.share(of: weight)
  }

  /// The drawing.
  func svg() -> String {
    let count = 2 + (hasBreastMilk ? 1 : 0) + rows.count
    let height = Self.bottom + 2 + Double(count) * Self.rowHeight + 1
    let name = Markup.escape(id)
    return "<svg class=\"kms-chart\" role=\"img\" viewBox=\"0 0 \(Markup.number(Self.width)) "
      + "\(Markup.number(height))\" aria-labelledby=\"\(name)-title \(name)-desc\">"
      + "<title id=\"\(name)-title\">\(Markup.escape(title))</title>"
      + "<desc id=\"\(name)-desc\">\(Markup.escape(description))</desc>\n"
      + bandShapes() + grid() + lineShapes() + journey() + table() + "</svg>"
  }

  // MARK: The plot

  private func path(_ positions: [GrowthChart.Position]) -> String {
    positions.map { "\(Markup.number(x($0.x))) \(Markup.number(y($0.y)))" }
      .joined(separator: " ")
  }

  private func shown(_ positions: [GrowthChart.Position]) -> [GrowthChart.Position] {
    positions.filter { range.contains($0.x) }
  }

  private func bandShapes() -> String {
    bands.map { band in
      let outline = shown(band.lower) + shown(band.upper).reversed()
      guard !outline.isEmpty else { return "" }
      return "<path class=\"kms-\(band.shade)\" d=\"M\(path(outline))Z\"/>"
    }.joined()
  }

  private func lineShapes() -> String {
    lines.map { line in
      let positions = shown(line.points)
      guard let last = positions.last else { return "" }
      return "<path class=\"kms-line kms-line-\(line.mark.rawValue)\" d=\"M\(path(positions))\"/>"
        + text(line.label, x(last.x) + 1, y(last.y) + 1, "kms-end kms-end-\(line.mark.rawValue)")
    }.joined() + "\n"
  }

  private func grid() -> String {
    var svg = ""
    for age in ages where range.contains(Double(age.month)) {
      let isYear = age.month % 12 == 0
      svg += rule(
        x(Double(age.month)), Self.top, x(Double(age.month)), Self.bottom,
        isYear ? "kms-rule kms-rule-year" : "kms-rule")
    }
    let kilograms = weights
    var weight = kilograms.lower
    while weight <= kilograms.upper {
      let isFive = weight.truncatingRemainder(dividingBy: 5) == 0
      svg += rule(
        Self.left, y(weight), Self.right, y(weight),
        isFive ? "kms-rule kms-rule-year" : "kms-rule")
      svg += text(Markup.number(weight), Self.left - 1, y(weight) + 1, "kms-tick kms-before")
      weight += 1
    }
    return svg + text(weightName, 0, Self.top - 1.5, "kms-row-name") + "\n"
  }

  /// The weighings. What is doubted and lies outside the chart stands at its edge, with its weight.
  private func journey() -> String {
    let all = points.filter { range.contains($0.position.x) }
    let drawn = weights
    let sound = all.filter { !$0.isDoubtful }.map(\.position)
    var svg = sound.count > 1 ? "<path class=\"kms-journey\" d=\"M\(path(sound))\"/>" : ""
    for point in all {
      let across = x(point.position.x)
      let down = y(point.position.y)
      svg += "<circle class=\"kms-point\(point.isDoubtful ? " doubtful" : "")\" "
      svg += "cx=\"\(Markup.number(across))\" cy=\"\(Markup.number(down))\" r=\"1.1\"/>"
      if !drawn.contains(point.position.y) {
        let isHigh = point.position.y > drawn.upper
        svg += text(
          point.outside, across, isHigh ? down + 3.6 : down - 1.8, "kms-cell kms-small")
      }
    }
    return svg + "\n"
  }

  // MARK: The rows beneath

  private func table() -> String {
    var row = Self.bottom + 2
    var svg = ageNumbers(row)
    row += Self.rowHeight
    svg += ageRow(ageRows[0], row, ages.map { ($0.month, Optional($0.leastGain)) })
    row += Self.rowHeight
    if hasBreastMilk {
      svg += ageRow(ageRows[1], row, ages.map { ($0.month, $0.breastMilk) })
      row += Self.rowHeight
    }
    for (number, name) in rows.enumerated() {
      svg += text(name, 0, row + 4.2, "kms-row-name")
      for column in columns {
        svg += box(column.start, column.end, row)
        let content = number < column.cells.count ? column.cells[number] : ""
        let middle = x((column.start + column.end) / 2)
        let isNarrow = x(column.end) - x(column.start) < 7.5
        if number == 0, let year = column.year {
          svg += text(content, middle, row + 2.8, "kms-cell kms-small")
          svg += text(year, middle, row + 5.3, "kms-cell kms-small")
        } else {
          svg += text(content, middle, row + 4.2, isNarrow ? "kms-cell kms-small" : "kms-cell")
        }
      }
      row += Self.rowHeight
    }
    return svg
  }

  private func ageNumbers(_ row: Double) -> String {
    text(ageName, 0, row + 3.5, "kms-row-name")
      + ages.filter { range.contains(Double($0.month)) }.map {
        text("\($0.month)", x(Double($0.month)), row + 3.5, "kms-cell kms-age")
      }.joined()
  }

  /// A row of months of life, each from one birthday of the month to the next.
  private func ageRow(_ name: String, _ row: Double, _ cells: [(Int, String?)]) -> String {
    var svg = text(name, 0, row + 4.2, "kms-row-name")
    for case (let month, let content?) in cells {
      let start = max(range.lower, Double(month))
      let end = min(range.upper, Double(month) + 1)
      guard start < end else { continue }
      svg += box(start, end, row)
      // What is cut off at the sheet's edge stands on the other sheet.
      if end - start > 0.6 {
        svg += text(content, x((start + end) / 2), row + 4.2, "kms-cell")
      }
    }
    return svg
  }

  private func box(_ start: Double, _ end: Double, _ row: Double) -> String {
    "<rect class=\"kms-box\" x=\"\(Markup.number(x(start)))\" y=\"\(Markup.number(row))\" "
      + "width=\"\(Markup.number(x(end) - x(start)))\" "
      + "height=\"\(Markup.number(Self.rowHeight))\"/>"
  }

  private func rule(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ cssClass: String
  ) -> String {
    "<path class=\"\(cssClass)\" d=\"M\(Markup.number(x1)) \(Markup.number(y1))L"
      + "\(Markup.number(x2)) \(Markup.number(y2))\"/>"
  }

  private func text(_ content: String, _ x: Double, _ y: Double, _ cssClass: String) -> String {
    content.isEmpty
      ? ""
      : "<text class=\"\(cssClass)\" x=\"\(Markup.number(x))\" y=\"\(Markup.number(y))\">"
        + "\(Markup.escape(content))</text>"
  }
}
