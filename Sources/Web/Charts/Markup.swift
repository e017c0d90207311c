/// Small pieces of markup that all charts share.
///
/// Charts are *fluid*: every position is a percentage of the drawing, text keeps the size that the
/// style sheet gives it, and only curves are stretched (with strokes that do not scale). So text is
/// as readable on a 360 px phone as on paper. Colours come from classes alone, since the content
/// security policy forbids inline styles.
enum Markup {
  /// The text with the five characters that matter in HTML and attributes escaped.
  ///
  /// It goes scalar by scalar: a quotation mark with an accent is one character to Swift, and still
  /// a quotation mark to a browser.
  static func escape(_ text: String) -> String {
    guard text.utf8.contains(where: isSpecial) else { return text }
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0x22 || byte == 0x27
  }

  /// A number with at most two decimals and a point, as SVG wants it: `12.5`, `80`, `-0.25`.
  ///
  /// What is not finite becomes `0`, so that a bad number can never break a page.
  static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "0" }
    let hundredths = Int((value * 100).rounded())
    let magnitude = abs(hundredths)
    let sign = hundredths < 0 ? "-" : ""
    let whole = "\(sign)\(magnitude / 100)"
    let rest = magnitude % 100
    if rest == 0 { return whole }
    if rest % 10 == 0 { return "\(whole).\(rest / 10)" }
    return rest < 10 ? "\(whole).0\(rest)" : "\(whole).\(rest)"
  }

  /// A share from 0 to 1 as a percentage for a position attribute: `0.125` is `12.5%`.
  static func percent(_ share: Double) -> String { "\(number(share * 100))%" }
}

/// A labelled position on an axis. The label is already translated and formatted.
struct ChartTick: Sendable, Hashable {
  /// Where on the axis.
  var value: Double
  /// What stands beside it, such as `12` or `40 %`.
  var label: String
}

/// A range of values along one axis.
struct ChartRange: Sendable, Hashable {
  /// The smallest value shown.
  var lower: Double
  /// The largest value shown.
  var upper: Double

  /// Where `value` lies, from 0 at the lower end to 1 at the upper, held within both.
  func share(of value: Double) -> Double {
    guard upper > lower, value.isFinite else { return 0 }
    return min(1, max(0, (value - lower) / (upper - lower)))
  }

  /// Whether `value` can be shown where it is.
  func contains(_ value: Double) -> Bool { value >= lower && value <= upper }

  /// Round values that divide 0 to at least `maximum` into at most five steps, zero included.
  static func roundSteps(upTo maximum: Double) -> [Double] {
    guard maximum.isFinite, maximum > 0 else { return [0, 1] }
    var unit = 1e-3
    while unit * 50 < maximum { unit *= 10 }
    let step = [1.0, 2, 5, 10].first { $0 * unit * 5 >= maximum } ?? 10
    var values = [0.0]
    while let last = values.last, last < maximum - step * unit * 1e-6 {
      values.append(Double(values.count) * step * unit)
    }
    return values
  }
}
