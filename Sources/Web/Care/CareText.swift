import Foundation
import Guidance
import Health
import Programmes
import Services

/// Guidelines in words: names of services, classes and questions, values with their units,
/// criteria as sentences.
struct CareText {
  let format: Format
  let settings: ClinicalSettings

  private var words: Words { format.words }

  /// A name of the catalogue; a questionnaire's service is named with its age.
  func service(_ number: UInt16) -> String {
    guard let entry = CareBook.motherAndChild.services[number] else {
      return words("care.services.other", ["number": "\(number)"])
    }
    return named("services", entry.name, number)
  }

  /// The name of an instrument.
  func instrument(_ instrument: Instrument) -> String {
    named("instruments", instrument.name, instrument.number)
  }

  private func named(_ group: String, _ name: StaticString, _ number: UInt16) -> String {
    let age = DevelopmentQuestionnaire(serviceNumber: number).map { "\($0.months)" } ?? ""
    return words("care.\(group).\(name)", ["months": age])
  }

  /// The question of a data element.
  func element(_ element: DataElement) -> String {
    guard let (questionnaire, item) = DevelopmentQuestionnaire.item(element.code) else {
      return words["care.elements.\(element.name)"]
    }
    return words("care.kpsp_item", ["number": "\(item + 1)", "months": "\(questionnaire.months)"])
  }

  /// What is missing.
  func missing(_ missing: Missing) -> String {
    if let code = missing.element {
      return CareBook.motherAndChild.elements[code].map { element($0) }
        ?? figure(code).map { words["care.figures.\($0)"] }
        ?? words["care.missing.other"]
    }
    let names: [Missing: String] = [
      .birthDate: "birth_date", .sex: "sex", .gestationalAge: "gestational_age",
    ]
    return words["care.missing.\(names[missing] ?? "other")"]
  }

  private func figure(_ code: UInt16) -> StaticString? {
    PregnancyFigure.allCases.first { $0.element.code == code }?.element.name
  }

  // MARK: Values

  /// A value of an element as people write it.
  func value(_ value: Int32, of element: DataElement) -> String {
    switch element.form {
    case .yesNo: words[value == 1 ? "care.yes" : "care.no"]
    case .choice: words["care.choices.\(element.name).\(value)"]
    case .day: format.date(CivilDate(dayNumber: value))
    case .quantity(let unit, _): amount(value, unit)
    }
  }

  /// A number of a unit: `11,5 cm`.
  func amount(_ value: Int32, _ unit: QuantityUnit) -> String {
    let number = format.short(Double(value) / Double(unit.parts), digits: unit.decimals)
    return words("care.units.\(unit.code)", ["value": number])
  }

  /// A number as people write it beside a field that names its unit; of times and points the number
  /// alone.
  func written(_ value: Int32, _ unit: QuantityUnit) -> String {
    unit.isNamed ? amount(value, unit) : format.whole(Int(value))
  }

  /// What stands beside a field: the unit, or between which numbers a score lies.
  func hint(_ unit: QuantityUnit, _ range: ClosedRange<Int32>) -> String? {
    guard unit.isNamed else {
      return unit == .points
        ? words(
          "care.points_between",
          ["from": format.whole(Int(range.lowerBound)), "to": format.whole(Int(range.upperBound))])
        : nil
    }
    return words("care.units.\(unit.code)", ["value": ""]).trimmingCharacters(in: .whitespaces)
  }

  // MARK: Criteria

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
    case .pregnancyFigure(let figure, let comparison):
      compared(words["care.figures.\(figure.element.name)"], comparison, figure.element, nil)
    case .all(let parts): joined(parts, "and")
    case .one(let parts): joined(parts, "or")
    case .atLeast(let count, let parts):
      words(
        "care.criteria.at_least_of", ["count": "\(count)", "parts": joined(parts, "or")])
    case .not(let part): words("care.criteria.not", ["part": sentence(part)])
    case .setting(let setting): words["care.settings.\(setting.name)"]
    }
  }

  private func joined(_ parts: [Criterion], _ word: String) -> String {
    parts.map { part in
      switch part {
      case .all, .one: "(\(sentence(part)))"
      default: sentence(part)
      }
    }.joined(separator: " \(words["care.criteria.\(word)"]) ")
  }

  private func after(_ anchor: Anchor, _ from: Span, _ until: Span?) -> String {
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

  private func period(_ period: Period) -> String {
    var parts: [String] = []
    if period.months != 0 { parts.append(words("ages.months", ["months": "\(period.months)"])) }
    if period.days != 0, period.days % 7 == 0 {
      parts.append(words("care.weeks", ["weeks": "\(period.days / 7)"]))
    } else if period.days != 0 || parts.isEmpty {
      parts.append(words("ages.days", ["days": "\(period.days)"]))
    }
    return parts.joined(separator: " ")
  }

  private func compared(
    _ what: String, _ comparison: Comparison, _ element: DataElement, _ scope: Scope?
  ) -> String {
    let text: String =
      switch comparison {
      case .isYes: what
      case .known: words("care.criteria.known", ["what": what])
      case .below(let threshold):
        words("care.criteria.below", ["what": what, "value": self.threshold(threshold, element)])
      case .atLeast(let threshold):
        words(
          "care.criteria.at_least", ["what": what, "value": self.threshold(threshold, element)])
      case .oneOf(let choices):
        words(
          "care.criteria.one_of",
          [
            "what": what,
            "value": (1..<Int32(32)).filter { choices & 1 << UInt32($0) != 0 }
              .map { value($0, of: element) }.joined(separator: ", "),
          ])
      }
    guard let scope else { return text }
    return text + self.scope(scope)
  }

  private func threshold(_ threshold: Threshold, _ element: DataElement) -> String {
    switch threshold {
    case .fixed(let amount): self.amount(amount.value, amount.unit)
    case .setting(let setting): self.amount(settings[setting], setting.unit ?? .count)
    }
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

extension QuantityUnit {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .count: "count"
    case .grams: "kilograms"
    case .tenthsOfMillimetre: "centimetres"
    case .tenthsOfGramPerDecilitre: "grams_per_decilitre"
    case .millimetresOfMercury: "millimetres_of_mercury"
    case .tenthsOfDegree: "degrees"
    case .milligramsPerDecilitre: "milligrams_per_decilitre"
    case .perMinute: "per_minute"
    case .days: "days"
    case .hours: "hours"
    case .hundredthsOfZScore: "z_score"
    case .hundredthsOfBodyMassIndex: "body_mass_index"
    case .percent: "percent"
    case .points: "points"
    case .femtolitres: "femtolitres"
    case .tenthsOfPicogram: "picograms"
    case .years: "years"
    }
  }

  /// Whether people say the unit with the number.
  var isNamed: Bool { self != .count && self != .points }

  /// How many of it make one of what people write: grams are written as kilograms.
  var parts: Int32 {
    switch self {
    case .grams: 1_000
    case .tenthsOfMillimetre, .hundredthsOfZScore, .hundredthsOfBodyMassIndex: 100
    case .tenthsOfGramPerDecilitre, .tenthsOfDegree, .tenthsOfPicogram: 10
    default: 1
    }
  }

  /// How many decimals people write.
  var decimals: Int {
    switch parts {
    case 1_000: 3
    case 100: 2
    case 10: 1
    default: 0
    }
  }
}

extension Anchor {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .birth: "age"
    case .pregnancy: "gestation"
    case .pregnancyEnd: "since_birth"
    }
  }
}
