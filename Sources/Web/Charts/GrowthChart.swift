/// A child's measurements on the WHO curves, coloured and labelled as on the KMS.
///
/// Curves are stretched to the drawing while text and points keep their size. The curves of one
/// sex and index never change: ``backdrop()`` may be kept and given to ``svg(backdrop:)`` again.
struct GrowthChart: Sendable {
  /// A place on the chart: age in months or length in cm, and the measured value.
  struct Position: Sendable, Hashable {
    /// Age in months, or length in cm.
    var x: Double
    /// Weight, length, BMI or circumference.
    var y: Double
  }

  /// The WHO curve of one z-score.
  struct Curve: Sendable {
    /// From -3 to 3.
    var z: Int
    /// Ascending in x. Daily tables may be given: the chart thins them.
    var points: [Position]
  }

  /// A measurement of the child.
  struct Point: Sendable {
    /// Where it lies.
    var position: Position
    /// The z-score as text, written beside the last point: `−2,1 SD`.
    var label: String
    /// The whole sentence that the pointer shows.
    var title: String
    /// Implausible or corrected away: drawn hollow and not joined to its neighbours.
    var isDoubtful: Bool
  }

  /// Unique on the page.
  var id: String
  /// What the chart shows, as a sentence.
  var title: String
  /// The course in words, for those who do not see it.
  var description: String
  /// The words beneath the horizontal axis, and above the vertical one.
  var axisLabels: (x: String, y: String)
  /// What the horizontal axis shows; curves are cut there.
  var xRange: ChartRange
  /// What the vertical axis shows; see ``range(of:within:)``.
  var yRange: ChartRange
  /// Labelled positions of the horizontal axis.
  var xTicks: [ChartTick]
  /// Labelled positions of the vertical axis.
  var yTicks: [ChartTick]
  /// From z = -3 to z = 3, in this order.
  var curves: [Curve]
  /// The child's measurements, oldest first.
  var points: [Point]

  private static let left = 0.09
  private static let right = 0.94
  private static let top = 0.07
  private static let bottom = 0.88
  private static let pointsPerCurve = 64

  /// The vertical range that shows all curves within `xRange`, with a little room around them.
  static func range(of curves: [Curve], within xRange: ChartRange) -> ChartRange {
    var lower = Double.infinity
    var upper = -Double.infinity
    for curve in curves {
      for point in curve.points where xRange.contains(point.x) {
        lower = min(lower, point.y)
        upper = max(upper, point.y)
      }
    }
    guard lower < upper else { return ChartRange(lower: 0, upper: 1) }
    let room = (upper - lower) * 0.04
    return ChartRange(lower: max(0, lower - room), upper: upper + room)
  }

  /// The chart as SVG, on a kept backdrop if one is given.
  func svg(backdrop kept: String? = nil) -> String {
    let name = Markup.escape(id)
    var svg = "<svg class=\"growth-chart\" role=\"img\" width=\"100%\" height=\"320\" "
    svg += "aria-labelledby=\"\(name)-title \(name)-desc\">"
    svg += "<title id=\"\(name)-title\">\(Markup.escape(title))</title>"
    svg += "<desc id=\"\(name)-desc\">\(Markup.escape(description))</desc>\n"
    svg += kept ?? backdrop()
    svg += journey() + marks()
    return svg + "</svg>"
  }

  /// Bands, curves, axes and their labels: all that does not depend on the child.
  func backdrop() -> String {
    let paths = curves.map { path(of: $0) }
    var svg = grid()
    svg += stretched(bands(paths) + curveLines(paths))
    svg += curveLabels() + axisNames()
    return svg
  }

  // MARK: Coordinates

  private func x(_ value: Double) -> Double {
    Self.left + (Self.right - Self.left) * xRange.share(of: value)
  }

  private func y(_ value: Double) -> Double {
    Self.bottom - (Self.bottom - Self.top) * yRange.share(of: value)
  }

  /// A drawing of 1000 × 1000 units laid over the plot, stretched to its shape.
  private func stretched(_ content: String) -> String {
    "<svg x=\"\(Markup.percent(Self.left))\" y=\"\(Markup.percent(Self.top))\" "
      + "width=\"\(Markup.percent(Self.right - Self.left))\" "
      + "height=\"\(Markup.percent(Self.bottom - Self.top))\" viewBox=\"0 0 1000 1000\" "
      + "preserveAspectRatio=\"none\" aria-hidden=\"true\">\(content)</svg>\n"
  }

  private func units(_ position: Position) -> String {
    let across = Int((xRange.share(of: position.x) * 1000).rounded())
    let down = Int(((1 - yRange.share(of: position.y)) * 1000).rounded())
    return "\(across) \(down)"
  }

  // MARK: Backdrop

  private func visible(_ curve: Curve) -> [Position] {
    let inside = curve.points.filter { xRange.contains($0.x) }
    guard inside.count > Self.pointsPerCurve, let last = inside.last else { return inside }
    let stride = Double(inside.count - 1) / Double(Self.pointsPerCurve - 1)
    var thinned = (0..<(Self.pointsPerCurve - 1)).map { inside[Int(Double($0) * stride)] }
    thinned.append(last)
    return thinned
  }

  private func path(of curve: Curve) -> [String] { visible(curve).map(units) }

  private func bands(_ paths: [[String]]) -> String {
    var svg = ""
    let kinds = [(-3, -2, "band-watch"), (-2, 2, "band-good"), (2, 3, "band-watch")]
    for (lower, upper, cssClass) in kinds {
      guard let below = curves.firstIndex(where: { $0.z == lower }),
        let above = curves.firstIndex(where: { $0.z == upper }),
        !paths[below].isEmpty, !paths[above].isEmpty
      else { continue }
      let outline = paths[below] + paths[above].reversed()
      svg += "<path class=\"\(cssClass)\" d=\"M\(outline.joined(separator: " "))Z\"/>"
    }
    return svg
  }

  private func curveLines(_ paths: [[String]]) -> String {
    var svg = ""
    for (curve, path) in zip(curves, paths) where !path.isEmpty {
      svg += "<path class=\"curve curve-\(abs(curve.z))\" vector-effect=\"non-scaling-stroke\" "
      svg += "d=\"M\(path.joined(separator: " "))\"/>"
    }
    return svg
  }

  private func grid() -> String {
    var svg = ""
    for tick in xTicks where xRange.contains(tick.value) {
      let across = Markup.percent(x(tick.value))
      svg += "<line class=\"grid-line\" x1=\"\(across)\" x2=\"\(across)\" "
      svg += "y1=\"\(Markup.percent(Self.top))\" y2=\"\(Markup.percent(Self.bottom))\"/>"
      svg += "<text class=\"tick\" x=\"\(across)\" y=\"\(Markup.percent(Self.bottom))\" dy=\"15\" "
      svg += "text-anchor=\"middle\">\(Markup.escape(tick.label))</text>"
    }
    for tick in yTicks where yRange.contains(tick.value) {
      let down = Markup.percent(y(tick.value))
      svg += "<line class=\"grid-line\" y1=\"\(down)\" y2=\"\(down)\" "
      svg += "x1=\"\(Markup.percent(Self.left))\" x2=\"\(Markup.percent(Self.right))\"/>"
      svg += "<text class=\"tick\" x=\"\(Markup.percent(Self.left))\" y=\"\(down)\" dx=\"-5\" "
      svg += "dy=\"4\" text-anchor=\"end\">\(Markup.escape(tick.label))</text>"
    }
    return svg + "\n"
  }

  private func curveLabels() -> String {
    var svg = ""
    for curve in curves {
      guard let last = visible(curve).last else { continue }
      let text = curve.z > 0 ? "+\(curve.z)" : curve.z < 0 ? "−\(-curve.z)" : "0"
      svg += "<text class=\"curve-label curve-label-\(abs(curve.z))\" "
      svg += "x=\"\(Markup.percent(x(last.x)))\" y=\"\(Markup.percent(y(last.y)))\" dx=\"4\" "
      svg += "dy=\"4\">\(text)</text>"
    }
    return svg
  }

  private func axisNames() -> String {
    "<text class=\"axis-name\" x=\"0\" y=\"13\">\(Markup.escape(axisLabels.y))</text>"
      + "<text class=\"axis-name\" x=\"\(Markup.percent(Self.right))\" y=\"100%\" dy=\"-4\" "
      + "text-anchor=\"end\">\(Markup.escape(axisLabels.x))</text>\n"
  }

  // MARK: The child

  private func journey() -> String {
    let sound = points.filter { !$0.isDoubtful && xRange.contains($0.position.x) }
    guard sound.count > 1 else { return "" }
    let path = sound.map { units($0.position) }.joined(separator: " ")
    return stretched(
      "<path class=\"journey\" vector-effect=\"non-scaling-stroke\" d=\"M\(path)\"/>")
  }

  private func marks() -> String {
    var svg = ""
    let shown = points.filter { xRange.contains($0.position.x) }
    let labelled = shown.lastIndex { !$0.isDoubtful }
    for (index, point) in shown.enumerated() {
      let doubtful = point.isDoubtful || !yRange.contains(point.position.y)
      let isLast = index == labelled
      svg += "<circle class=\"growth-point\(doubtful ? " doubtful" : "")\(isLast ? " last" : "")\" "
      svg += "cx=\"\(Markup.percent(x(point.position.x)))\" "
      svg += "cy=\"\(Markup.percent(y(point.position.y)))\" r=\"\(isLast ? 5 : 3)\">"
      svg += "<title>\(Markup.escape(point.title))</title></circle>"
      if isLast { svg += label(of: point) }
    }
    return svg
  }

  private func label(of point: Point) -> String {
    let share = xRange.share(of: point.position.x)
    let anchor = share > 0.8 ? "end" : share < 0.12 ? "start" : "middle"
    let above = yRange.share(of: point.position.y) < 0.85
    return "<text class=\"point-label\" x=\"\(Markup.percent(x(point.position.x)))\" "
      + "y=\"\(Markup.percent(y(point.position.y)))\" dy=\"\(above ? -11 : 20)\" "
      + "text-anchor=\"\(anchor)\">\(Markup.escape(point.label))</text>"
  }
}
