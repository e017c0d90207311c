/// One indicator month by month: a line with gaps where nothing is known, and the target.
///
/// The figures stand in a table beside the chart, so the drawing is one image to screen readers,
/// with a title and a description.
struct TrendChart: Sendable {
  /// One month.
  struct Month: Sendable {
    /// Short, beneath the axis: `Mar`.
    var label: String
    /// The whole sentence that the pointer shows: `Maret 2025: 82,4 % (412/500)`.
    var title: String
    /// The figure in percent, or nil when there is none: the line then has a gap.
    var value: Double?
    /// The figure as text; written beside the last point.
    var valueText: String
  }

  /// Unique on the page.
  var id: String
  /// What the chart shows, as a sentence.
  var title: String
  /// The course in words, for those who do not see it.
  var description: String
  /// Oldest first.
  var months: [Month]
  /// The target line and its text, if there is a target.
  var target: ChartTick?
  /// Labelled values of the vertical axis from 0 on; see ``ChartRange/roundSteps(upTo:)``.
  var ticks: [ChartTick]

  private static let left = 0.02
  private static let right = 0.97
  private static let top = 0.16
  private static let bottom = 0.88

  /// The chart as SVG.
  func svg() -> String {
    let name = Markup.escape(id)
    var svg = "<svg class=\"trend-chart\" role=\"img\" width=\"100%\" height=\"220\" "
    svg += "aria-labelledby=\"\(name)-title \(name)-desc\">"
    svg += "<title id=\"\(name)-title\">\(Markup.escape(title))</title>"
    svg += "<desc id=\"\(name)-desc\">\(Markup.escape(description))</desc>\n"
    svg += grid() + targetLine() + segments() + points() + monthLabels()
    return svg + "</svg>"
  }

  private func x(_ index: Int) -> Double {
    guard months.count > 1 else { return (Self.left + Self.right) / 2 }
    let inset = Self.left + 0.06
    return inset + (Self.right - 0.02 - inset) * Double(index) / Double(months.count - 1)
  }

  private func y(_ value: Double) -> Double {
    let range = ChartRange(lower: 0, upper: ticks.last?.value ?? 100)
    return Self.bottom - (Self.bottom - Self.top) * range.share(of: value)
  }

  private func line(_ cssClass: String, from: (Double, Double), to: (Double, Double)) -> String {
    "<line class=\"\(cssClass)\" x1=\"\(Markup.percent(from.0))\" y1=\"\(Markup.percent(from.1))\""
      + " x2=\"\(Markup.percent(to.0))\" y2=\"\(Markup.percent(to.1))\"/>"
  }

  private func grid() -> String {
    var svg = ""
    for tick in ticks {
      let height = y(tick.value)
      svg += line("grid-line", from: (Self.left, height), to: (Self.right, height))
      svg += "<text class=\"tick\" x=\"\(Markup.percent(Self.left))\" "
      svg += "y=\"\(Markup.percent(height))\" dy=\"-3\">\(Markup.escape(tick.label))</text>\n"
    }
    return svg
  }

  private func targetLine() -> String {
    guard let target else { return "" }
    let height = y(target.value)
    // What the dashed line means stands above the drawing, where no figure and no line can be.
    return line("target-line", from: (Self.left, height), to: (Self.right, height))
      + "<line class=\"target-line\" x1=\"8\" x2=\"36\" y1=\"14\" y2=\"14\"/>"
      + "<text class=\"target-label\" x=\"42\" y=\"18\">\(Markup.escape(target.label))</text>\n"
  }

  private func segments() -> String {
    var svg = ""
    for index in months.indices.dropFirst() {
      guard let before = months[index - 1].value, let value = months[index].value else { continue }
      svg += line("trend-line", from: (x(index - 1), y(before)), to: (x(index), y(value)))
    }
    return svg
  }

  private func points() -> String {
    var svg = ""
    let last = months.lastIndex { $0.value != nil }
    for (index, month) in months.enumerated() {
      guard let value = month.value else {
        svg += "<text class=\"gap\" x=\"\(Markup.percent(x(index)))\" "
        svg += "y=\"\(Markup.percent(Self.bottom))\" dy=\"-4\" text-anchor=\"middle\">×"
        svg += "<title>\(Markup.escape(month.title))</title></text>"
        continue
      }
      let cssClass = index == last ? "trend-point last" : "trend-point"
      svg += "<circle class=\"\(cssClass)\" cx=\"\(Markup.percent(x(index)))\" "
      svg += "cy=\"\(Markup.percent(y(value)))\" r=\"\(index == last ? 5 : 3.5)\">"
      svg += "<title>\(Markup.escape(month.title))</title></circle>"
      if index == last { svg += lastLabel(month.valueText, index: index, value: value) }
    }
    return svg
  }

  private func lastLabel(_ text: String, index: Int, value: Double) -> String {
    // Beneath the point where the dashed line or the months before run above it.
    let isUnderTarget = target.map { (0..<0.12).contains(y(value) - y($0.value)) } ?? false
    let comesDown = months[max(0, index - 2)..<index].contains { ($0.value ?? 0) > value }
    let isBeneath = (isUnderTarget || comesDown) && y(value) < Self.bottom - 0.12
    return "<text class=\"last-value\" x=\"\(Markup.percent(Self.right))\" "
      + "y=\"\(Markup.percent(y(value)))\" dy=\"\(isBeneath ? 20 : -10)\" text-anchor=\"end\">"
      + "\(Markup.escape(text))</text>"
  }

  private func monthLabels() -> String {
    var svg = ""
    for (index, month) in months.enumerated() {
      // On narrow screens only every second label shows, counted from the newest.
      let cssClass = (months.count - 1 - index) % 2 == 0 ? "tick" : "tick tick-odd"
      svg += "<text class=\"\(cssClass)\" x=\"\(Markup.percent(x(index)))\" y=\"97%\" "
      svg += "text-anchor=\"middle\">\(Markup.escape(month.label))</text>"
    }
    return svg
  }
}
