import Guidance
import Health

/// Criteria as sentences.
extension CareText {
  /// A criterion as a sentence.
  func sentence(_ criterion: Criterion) -> String {
    switch criterion {
    case .always: words["care.criteria.always"]
    case .sex(let sex): words["sexes.\(sex.code)"]
    case .pregnant: words["care.criteria.pregnant"]
    case .afterBirth: words["care.criteria.after_birth"]
    case .after(let anchor, let from, let until): after(anchor, from, until)
    case .latest(let element, let comparison, let scope):
      compared(self.element(element), comparison, element, scope)
    case .any(let element, let comparison, let scope):
      compared(self.element(element), comparison, element, scope)
    case .whereObserved(let element, let comparison, let scope):
      words(
        "care.criteria.where_observed",
        ["what": compared(self.element(element), comparison, element, scope)])
    case .asObserved(let element, let scope, let part):
      words(
        "care.criteria.as_observed",
        [
          "what": self.element(element), "scope": self.scope(scope),
          "part": joined([part], "and"),
        ])
    case .later(let element, let other, let span, let scope):
      words(
        "care.criteria.later",
        [
          "what": self.element(element), "other": self.element(other), "span": self.span(span),
          "scope": self.scope(scope),
        ])
    case .inClass(let table, let rows): classes(table, rows)
    case .score(let instrument, let comparison):
      compared(self.instrument(instrument), comparison, CareText.points, nil)
    case .contacts(let count): contacts(count)
    case .pregnancyFigure(let figure, let comparison):
      compared(
        words["care.figures.\(figure.element.name)"], comparison, figure.element, nil,
        of: figure)
    case .all(let parts): joined(parts, "and")
    case .one(let parts): joined(parts, "or")
    case .atLeast(let count, let parts):
      words(
        "care.criteria.at_least_of", ["count": "\(count)", "parts": joined(parts, "or")])
    case .not(let part): words("care.criteria.not", ["part": sentence(part)])
    case .setting(let setting): words["care.settings.\(setting.name)"]
    }
  }

  /// What a score's thresholds are told in.
  private static let points = DataElement(0, "points", .quantity(.points, 0...1_000))

  private func classes(_ table: DecisionTable, _ rows: UInt32) -> String {
    words(
      "care.criteria.in_class",
      [
        "what": words["care.tables.\(table.name)"],
        "classes": table.rows.filter { rows & 1 << UInt32($0.number) != 0 }
          .map { words["care.classes.\($0.name)"] }.joined(separator: ", "),
      ])
  }

  private func contacts(_ count: ContactCount) -> String {
    words(
      "care.criteria.contacts",
      [
        "count": "\(count.least)", "purpose": words["care.purposes.\(count.purpose.code)"],
        "performers": performers(count.performers),
        "showing": count.showing.map {
          words("care.criteria.contacts_showing", ["what": element($0)])
        } ?? "",
        "window": after(count.anchor, count.from, count.until),
      ])
  }

  /// Parts in a row; what reads the same, asked of several sources, stands once.
  private func joined(_ parts: [Criterion], _ word: String) -> String {
    var told: Set<String> = []
    return parts.map { part in
      switch part {
      case .all, .one: "(\(sentence(part)))"
      default: sentence(part)
      }
    }.filter { told.insert($0).inserted }.joined(separator: " \(words["care.criteria.\(word)"]) ")
  }

  func after(_ anchor: Anchor, _ from: Span, _ until: Span?) -> String {
    let values = ["from": span(from), "until": until.map(span) ?? ""]
    let form = until == nil ? "from" : from == .none ? "until" : "between"
    return words("care.criteria.\(anchor.code)_\(form)", values)
  }

  /// A span as people say it: `6 bulan`.
  func span(_ span: Span) -> String {
    switch span {
    case .fixed(let period): self.period(period)
    case .setting(let setting, let plus): self.period(.days(settings[setting] + plus))
    }
  }

  func period(_ period: Period) -> String {
    var parts: [String] = []
    if period.months != 0 { parts.append(words("ages.months", ["months": "\(period.months)"])) }
    if period.days != 0, period.days % 7 == 0 {
      parts.append(words("care.weeks", ["weeks": "\(period.days / 7)"]))
    } else if period.days != 0 || parts.isEmpty {
      parts.append(words("ages.days", ["days": "\(period.days)"]))
    }
    return parts.joined(separator: " ")
  }

  /// - Parameter figure: the figure of a pregnancy that is compared: children and pregnancies are
  ///   numbers and no "times", and what lies between two is months.
  func compared(
    _ what: String, _ comparison: Comparison, _ element: DataElement, _ scope: Scope?,
    of figure: PregnancyFigure? = nil
  ) -> String {
    let text: String =
      switch comparison {
      case .isYes: what
      case .known: words("care.criteria.known", ["what": what])
      case .below(let threshold):
        words(
          "care.criteria.below",
          ["what": what, "value": self.threshold(threshold, element, of: figure)])
      case .atLeast(let threshold):
        words(
          "care.criteria.at_least",
          ["what": what, "value": self.threshold(threshold, element, of: figure)])
      case .oneOf(let choices):
        words(
          "care.criteria.one_of",
          [
            "what": what,
            "value": (0..<Int32(32)).filter { choices & 1 << UInt32($0) != 0 }
              .map { value($0, of: element) }.joined(separator: ", "),
          ])
      }
    guard let scope else { return text }
    let scoped = self.scope(scope)
    // Some things are asked of this pregnancy by name.
    return text.hasSuffix(scoped) && !scoped.isEmpty ? text : text + scoped
  }

  private func threshold(
    _ threshold: Threshold, _ element: DataElement, of figure: PregnancyFigure?
  ) -> String {
    let (value, unit) =
      switch threshold {
      case .fixed(let amount): (amount.value, amount.unit)
      case .setting(let setting): (settings[setting], setting.unit ?? .count)
      }
    guard unit == .count else { return amount(value, unit) }
    guard let figure else { return counted(value, of: element) }
    return figure == .monthsSinceLastPregnancy ? period(.months(value)) : format.whole(value)
  }

  private func scope(_ scope: Scope) -> String {
    switch scope {
    case .ever: ""
    case .today: " " + words["care.scopes.today"]
    case .thisPregnancy: " " + words["care.scopes.this_pregnancy"]
    case .sinceBirth: " " + words["care.scopes.since_birth"]
    case .last(let period): " " + words("care.scopes.last", ["period": self.period(period)])
    }
  }
}
