import Health
import Journal
import Monitoring
import Services

/// Figures in words: values, changes, targets and what they mean.
struct FigureText {
  let format: Format

  private var words: Words { format.words }

  /// `79,0 %`, or a dash over nobody.
  func value(_ figure: Figure, _ indicator: Indicator) -> String {
    figure.percent(indicator).map(format.percent) ?? words["common.none"]
  }

  /// `1.354/1.713`.
  func fraction(_ figure: Figure, _ indicator: Indicator) -> String {
    format.fraction(figure.numerator, figure.denominator(indicator))
  }

  /// `Target ≤ 18,8 %`.
  func target(_ indicator: Indicator) -> String? {
    bareTarget(indicator).map { words("charts.target", ["value": $0]) }
  }

  /// `≤ 18,8 %`.
  func bareTarget(_ indicator: Indicator) -> String? {
    indicator.definition.targetPercent.map { target in
      (indicator.definition.direction == .down ? "≤ " : "") + format.shortPercent(target)
    }
  }

  /// How the figure stands to the target.
  func light(_ figure: Figure, _ indicator: Indicator) -> BarChart.Light {
    BarChart.light(
      value: figure.percent(indicator), target: indicator.definition.targetPercent,
      higherIsBetter: indicator.definition.direction == .up)
  }

  /// The PWS's judgement against target and last month.
  func status(_ indicator: Indicator, now: Figure, before: Figure) -> Fields? {
    TargetStatus.of(indicator, now: now, before: before).map { status in
      ["word": words["statuses.\(status.rawValue)"], "tone": status.rawValue]
    }
  }

  /// The change in points since last month; nothing where either is not known.
  func change(_ indicator: Indicator, now: Figure, before: Figure) -> Fields? {
    guard let percent = now.percent(indicator), let earlier = before.percent(indicator) else {
      return nil
    }
    let tenths = Int(((percent - earlier) * 10).rounded())
    if tenths == 0 { return ["arrow": "▶", "effect": "same", "text": words["common.points_same"]] }
    let rises = tenths > 0
    let points = format.number(Double(tenths.magnitude) / 10, digits: 1)
    let effect =
      switch indicator.definition.direction {
      case .up: rises ? "better" : "worse"
      case .down: rises ? "worse" : "better"
      case .neither: "same"
      }
    return [
      "arrow": rises ? "▲" : "▼", "effect": effect,
      "text": words(rises ? "common.points_up" : "common.points_down", ["points": points]),
    ]
  }

  /// A text of the indicator: `name`, `long` or `meaning`.
  func text(_ indicator: Indicator, _ part: String) -> String {
    words["indicators.\(indicator.definition.code).\(part)"]
  }

  /// What a group is called: of a prevalence, "reached" is a case.
  func group(_ group: NameGroup, of indicator: Indicator, intro: Bool = false) -> String {
    let code =
      switch (group, indicator.definition.direction) {
      case (.standing(.reached), .down): "case"
      case (.standing(.missed), .down): "no_case"
      case (.standing(.reached), .neither): "counted"
      case (.standing(.missed), .neither): "not_counted"
      default: group.code
      }
    return words["states.\(code)\(intro ? "_intro" : "")"]
  }

  /// How many children stand where, each count a link to their names.
  func standings(_ figure: Figure, _ indicator: Indicator, link: (NameGroup) -> String?) -> [Fields]
  {
    Standing.asShown.filter { figure[$0] > 0 }.map { standing in
      [
        "label": group(.standing(standing), of: indicator), "count": format.whole(figure[standing]),
        "names_url": link(.standing(standing)),
      ]
    }
  }
}

/// What makes a month's figures of a place worth a warning.
struct DataNotice {
  /// How many Posyandu with under-fives have weighed, of how many.
  static func text(
    _ visit: Visit, _ place: Place, _ month: CivilMonth
  ) throws -> String? {
    guard place.kind != .posyandu else { return nil }
    let posts = visit.tree.subtree(of: place.id).filter { $0.kind == .posyandu }
    let figures = try visit.district.figures(of: posts, from: month, through: month)
    let expected = figures.filter { $0.underFives(in: month) > 0 }
    let reported = expected.filter { $0.figure(.weighed, in: month).reached > 0 }
    guard reported.count < expected.count else { return nil }
    return visit.words(
      "pws.incomplete",
      [
        "reported": visit.format.whole(reported.count),
        "expected": visit.format.whole(expected.count),
      ])
  }
}
