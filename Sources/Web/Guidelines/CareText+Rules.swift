import Guidance
import Health
import Services

/// A line of a rule in the book; parts of a condition stand further in.
struct RuleLine {
  let level: Int
  let text: String

  init(_ text: String, level: Int = 0) {
    self.level = level
    self.text = text
  }

  var fields: Fields { ["level": "\(min(level, RuleLine.deepest))", "line": text] }

  /// How far in a line can stand: the style sheet has as many levels.
  private static let deepest = 6
}

/// Timing, evidence and conditions as the book of guidelines prints them.
extension CareText {
  // MARK: Conditions

  /// A condition as lines: what has several parts is told part by part, and nothing is denied twice.
  func lines(_ criterion: Criterion) -> [RuleLine] { plainLines(criterion.plain, level: 0) }

  private func plainLines(_ criterion: Criterion, level: Int) -> [RuleLine] {
    switch criterion {
    case .all(let parts) where !isShort(parts):
      heading("all_of", parts, level)
    case .one(let parts) where !isShort(parts):
      heading("one_of_these", parts, level)
    case .atLeast(let count, let parts):
      [RuleLine(words("guidelines.rules_words.at_least_of", ["count": "\(count)"]), level: level)]
        + parts.flatMap { plainLines($0, level: level + 1) }
    case .not(.one(let parts)): heading("none_of", parts, level)
    default: [RuleLine(sentence(criterion), level: level)]
    }
  }

  private func heading(_ key: String, _ parts: [Criterion], _ level: Int) -> [RuleLine] {
    [RuleLine(words["guidelines.rules_words.\(key)"], level: level)]
      + parts.flatMap { plainLines($0, level: level + 1) }
  }

  /// Two simple parts fit into one sentence.
  private func isShort(_ parts: [Criterion]) -> Bool {
    parts.count <= 2
      && parts.allSatisfy { part in
        switch part {
        case .all, .one, .atLeast, .not: false
        default: true
        }
      }
  }

  // MARK: When

  /// When a service is owed.
  func lines(_ timing: Timing) -> [RuleLine] {
    func told(_ key: String, _ values: [String: String]) -> RuleLine {
      RuleLine(words("guidelines.timing.\(key)", values))
    }
    switch timing {
    case .once(let anchor, let opens, let late, let closes):
      return [
        told("once", ["window": after(anchor, opens, closes)]),
        told("late_window", ["window": after(anchor, late, nil)]),
      ]
    case .every(let period, .none, _): return [told("every_found", ["period": span(period)])]
    case .every(let period, let first, let anchor):
      return [
        told("every", ["period": span(period), "window": after(anchor, first, nil)])
      ]
    case .rounds(let months):
      let names = (1...12).filter { months & 1 << UInt16($0) != 0 }.map { words["months.\($0)"] }
      return [told("rounds", ["months": names.joined(separator: ", ")])]
    case .whenever(let late): return [told("whenever", ["period": span(late)])]
    case .afterVisit(let purpose, let due, let late, let closes):
      return [
        told("after_visit", ["visit": purposes(purpose), "period": span(due)]),
        told("late_after_due", ["period": span(late)]),
        told("closes_after_due", ["period": span(closes)]),
      ]
    case .milestones(let anchor, let ages, let late, let ends):
      return [
        told("milestones", ["windows": ages.map(span).joined(separator: ", ")]),
        told("milestones_from", ["from": words["guidelines.anchors.\(anchor.code)"]]),
        told("late_after_each", ["period": span(late)]), told("ends", ["period": span(ends)]),
      ]
    case .following(let element, let comparison, let opens, let late, let closes):
      let what = compared(self.element(element), comparison, element, nil)
      return [
        told("following", ["what": what, "period": span(opens)]),
        told("late_after", ["period": span(late)]),
      ] + [closes].compactMap(\.self).map { told("closes_after", ["period": span($0)]) }
    }
  }

  // MARK: By what and where

  /// By what a service is known to have been given.
  func evidence(_ evidence: Evidence) -> String {
    switch evidence {
    case .contact(let purpose, let performers):
      words(
        "guidelines.evidence.contact",
        ["visit": purposes(purpose), "performers": self.performers(performers)])
    case .observed(let element):
      words("guidelines.evidence.observed", ["what": self.element(element)])
    case .yes(let element): words("guidelines.evidence.yes", ["what": self.element(element)])
    case .value(let element, let comparison):
      compared("“\(self.element(element))”", comparison, element, nil)
    // One questionnaire for each age.
    case .one(let parts) where parts.allSatisfy { $0.wholeQuestionnaire != nil }:
      words["guidelines.evidence.whole_of_age"]
    case .one(let parts):
      parts.map { self.evidence($0) }.joined(separator: " \(words["care.criteria.or"]) ")
    case .together where evidence.wholeQuestionnaire != nil:
      words(
        "guidelines.evidence.whole",
        ["count": "\(evidence.wholeQuestionnaire?.count ?? 0)"])
    case .together(let parts):
      words(
        "guidelines.evidence.together",
        [
          "parts": parts.map { self.evidence($0) }
            .joined(separator: " \(words["care.criteria.and"]) ")
        ])
    }
  }

  /// What was to be seen, in few words.
  func short(_ evidence: Evidence) -> String {
    switch evidence {
    case .observed(let element), .yes(let element), .value(let element, _):
      "“\(self.element(element))”"
    case .contact, .one, .together: self.evidence(evidence)
    }
  }

  /// For what visits are.
  func purposes(_ purposes: CarePurpose) -> String {
    let single = (0..<UInt32(32)).map { CarePurpose(rawValue: 1 << $0) }
      .filter { purposes.contains($0) }
    return single.map { words["care.purposes.\($0.code)"] }
      .joined(separator: " \(words["care.criteria.or"]) ")
  }

  /// Who may give it.
  func performers(_ performers: Performers) -> String {
    guard performers != .anybody else { return words["guidelines.anybody"] }
    if performers == .anyHealthWorker { return words["guidelines.health_workers"] }
    return CarePerformer.allCases.filter { performers.contains(Performers($0)) }
      .map { words["care.performers.\($0.code)"] }.joined(separator: ", ")
  }

  /// Where it may be given.
  func places(_ settings: CareSettings) -> String {
    guard settings != .everywhere else { return words["guidelines.everywhere"] }
    return CareSetting.allCases.filter { settings.contains(CareSettings($0)) }
      .map { words["care.places.\($0.code)"] }.joined(separator: ", ")
  }

  // MARK: Settings

  /// A value of a setting.
  func value(_ value: Int32, of setting: ClinicalSetting) -> String {
    setting.unit.map { written(value, $0) } ?? words[value == 0 ? "care.no" : "care.yes"]
  }

  /// Where a rule stands, and how sure we are of it.
  func source(_ source: Source) -> String { SourceText(words: words).line(source) }
}
