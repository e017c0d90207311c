/// Sorted horizontal bars of one indicator, one bar a place, as PWS boards show them.
///
/// The result is an ordered list of links with the text in HTML and only the bar itself in SVG:
/// screen readers hear a list ("Posyandu Melati 91,2 % 31/34, on target"), text wraps and never
/// shrinks, and the bars stay aligned under each other so that the target reads as one line.
/// How far a bar is from the target shows in its colour, in its pattern and in words.
struct BarChart: Sendable {
  /// How a value compares with the target: PWS's traffic light.
  enum Light: String, Sendable {
    /// At the target or better.
    case green
    /// From four fifths of the target on.
    case yellow
    /// Further away.
    case red
    /// There is no target.
    case none
  }

  /// One place.
  struct Bar: Sendable {
    /// The place's name.
    var label: String
    /// The figure in percent, or nil when nothing can be said.
    var value: Double?
    /// The figure as text: `91,2 %`.
    var valueText: String
    /// What was divided by what: `31/34`.
    var fraction: String
    /// Where the bar leads.
    var link: String
    /// How the value compares with the target.
    var light: Light
    /// The light in words, for those who see neither colour nor pattern.
    var lightText: String
  }

  /// Unique on the page; names the patterns.
  var id: String
  /// What the chart shows, as a sentence.
  var title: String
  /// Best first; the caller sorts.
  var bars: [Bar]
  /// The target line and its text (`Target 80 %`), if there is a target.
  var target: ChartTick?
  /// The value at the right end; nil takes a round value beyond the largest bar and the target.
  var maximum: Double?

  /// The light for `value` against `target`, where `higherIsBetter` tells the good direction.
  ///
  /// Green at the target or better, yellow within a fifth of it, red beyond.
  static func light(value: Double?, target: Double?, higherIsBetter: Bool) -> Light {
    guard let value, let target, target > 0 else { return .none }
    if higherIsBetter {
      let ratio = value / target
      return ratio >= 1 ? .green : ratio >= 0.8 ? .yellow : .red
    }
    if value <= target { return .green }
    return target / value >= 0.8 ? .yellow : .red
  }

  /// The chart as HTML.
  func html() -> String {
    let range = ChartRange(lower: 0, upper: upperEnd)
    let name = Markup.escape(id)
    var html = "<figure class=\"bar-chart\"><figcaption class=\"visually-hidden\">"
    html += "\(Markup.escape(title))</figcaption>"
    html += patterns(name: name)
    html += axis(range: range)
    html += "<ol class=\"bars\">\n"
    for bar in bars { html += item(bar, range: range, name: name) }
    return html + "</ol></figure>"
  }

  private var upperEnd: Double {
    if let maximum { return maximum }
    let largest = max(bars.compactMap(\.value).max() ?? 0, target?.value ?? 0)
    return ChartRange.roundSteps(upTo: largest).last ?? 1
  }

  private func patterns(name: String) -> String {
    """
    <svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>\
    <pattern id="\(name)-yellow" width="8" height="8" patternUnits="userSpaceOnUse">\
    <path d="M-2 6 6 -2M2 10 10 2" class="pattern-line"/></pattern>\
    <pattern id="\(name)-red" width="6" height="6" patternUnits="userSpaceOnUse">\
    <path d="M0 0 6 6M6 0 0 6" class="pattern-line"/></pattern></defs></svg>
    """
  }

  private func axis(range: ChartRange) -> String {
    guard let target else { return "" }
    let share = range.share(of: target.value)
    let anchor = share > 0.75 ? "end" : share < 0.25 ? "start" : "middle"
    return """
      <svg class="bar-axis" width="100%" height="22" aria-hidden="true" focusable="false">\
      <text x="\(Markup.percent(share))" y="13" text-anchor="\(anchor)">\
      \(Markup.escape(target.label))</text>\
      <line class="bar-target" x1="\(Markup.percent(share))" x2="\(Markup.percent(share))" \
      y1="16" y2="22"/></svg>
      """
  }

  private func item(_ bar: Bar, range: ChartRange, name: String) -> String {
    let width = Markup.percent(range.share(of: bar.value ?? 0))
    var drawing = "<rect class=\"bar-back\" width=\"100%\" height=\"14\"/>"
    if bar.value != nil {
      drawing += "<rect class=\"bar-fill light-\(bar.light.rawValue)\" "
      drawing += "width=\"\(width)\" height=\"14\"/>"
      if bar.light == .yellow || bar.light == .red {
        drawing += "<rect width=\"\(width)\" height=\"14\" "
        drawing += "fill=\"url(#\(name)-\(bar.light.rawValue))\"/>"
      }
    }
    if let target {
      let share = Markup.percent(range.share(of: target.value))
      drawing += "<line class=\"bar-target\" x1=\"\(share)\" x2=\"\(share)\" y1=\"0\" y2=\"14\"/>"
    }
    return """
      <li><a class="bar" href="\(Markup.escape(bar.link))">\
      <span class="bar-label">\(Markup.escape(bar.label))</span> \
      <span class="bar-value">\(Markup.escape(bar.valueText)) \
      <span class="fraction">\(Markup.escape(bar.fraction))</span></span>\
      <span class="visually-hidden">, \(Markup.escape(bar.lightText))</span>\
      <svg class="bar-track" width="100%" height="14" aria-hidden="true" focusable="false">\
      \(drawing)</svg></a></li>

      """
  }
}
