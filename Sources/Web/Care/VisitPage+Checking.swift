import Guidance
import Health
import Programmes
import Services

/// What is checked of a quantity, by the server and, with the same figures and sentences, while it is
/// typed.
extension VisitPage {
  /// What a field says of its checks, for `visit.js`.
  func checks(
    of element: DataElement, _ unit: QuantityUnit, within range: ClosedRange<Int32>
  ) -> Fields {
    let name = "e\(element.code)"
    let ranges =
      (likelyRanges(of: element) + (element == .weight ? [besideLength].compactMap(\.self) : []))
      .map {
        (values: $0.values, text: [question($0, unit), measuredBefore(element, unit)?.text])
      }
      + (measuredBefore(element, unit).map { [(values: $0.value...$0.value, text: [$0.text])] }
        ?? [])
    let doubt = doubts[name]
    let order = ValueOrder.all.first { $0.lesser == element }
    return [
      "from": VisitPage.plain(range.lowerBound, unit),
      "to": VisitPage.plain(range.upperBound, unit), "decimals": "\(unit.decimals)",
      "out_of_range": outOfRange(placeholder(unit), unit, range),
      "below": order.map { "e\($0.greater.code)" }, "not_below": order.map(notBelow),
      "has_ranges": !ranges.isEmpty, "confirmation": VisitPage.confirmation(of: name),
      "is_doubted": doubt != nil,
      "is_confirmed": entered[VisitPage.confirmation(of: name)] == "1",
      "ranges": ranges.map { range -> Fields in
        let question = range.text.compactMap(\.self).joined(separator: " ")
        return [
          "from": VisitPage.plain(range.values.lowerBound, unit),
          "to": VisitPage.plain(range.values.upperBound, unit), "text": question,
          "is_shown": question == doubt,
        ]
      },
    ]
  }

  /// Where the script puts the number as it was typed.
  private func placeholder(_ unit: QuantityUnit) -> String {
    unit.isNamed ? words("care.units.\(unit.code)", ["value": "{value}"]) : "{value}"
  }

  /// What is asked about a value that is hardly believed; nothing of others.
  func doubt(about value: Int32, of element: DataElement) -> String? {
    guard case .quantity(let unit, _) = element.form else { return nil }
    let before = measuredBefore(element, unit)
    if let range = likelyRanges(of: element).first(where: { !$0.values.contains(value) }) {
      return [question(range, unit), before?.text].compactMap(\.self).joined(separator: " ")
    }
    return before.flatMap { $0.value == value ? nil : $0.text }
  }

  /// What was measured of an element on the form's day already, with what is asked about another
  /// value; nothing where it was not.
  private func measuredBefore(
    _ element: DataElement, _ unit: QuantityUnit
  ) -> (value: Int32, text: String)? {
    guard let kept = measured.last(where: { $0.measured.value(of: element) != nil }),
      let value = kept.measured.value(of: element), let fact = kept.measurement
    else { return nil }
    let takesItsPlace = replaceable.contains { $0.measurement?.id == fact.id }
    return (
      value,
      words(
        takesItsPlace ? "care.doubts.measured" : "care.doubts.measured_beside",
        [
          "value": text.written(value, unit), "date": text.format.date(fact.occurredOn),
          "who": kept.author ?? words["people.nobody_named"],
        ])
    )
  }

  private func likelyRanges(of element: DataElement) -> [LikelyRange] {
    var evaluation = before.evaluation
    return PlausibilityRule.likelyRanges(of: element, &evaluation)
  }

  /// Asks about a weight that hardly fits the length of the same visit, beside what was measured on
  /// that day already.
  mutating func checkWeight(beside entry: VisitEntry, _ sent: Form) {
    guard let weight = entry.values[.weight], let length = entry.values[.lengthOrHeight] else {
      return
    }
    let name = "e\(DataElement.weight.code)"
    besideLength = PlausibilityRule.likelyWeight(
      beside: length, in: entry.position, before.evaluation)
    guard let range = besideLength, !range.values.contains(weight),
      case .quantity(let unit, _) = DataElement.weight.form
    else { return }
    let before = measuredBefore(.weight, unit)?.text
    // What is asked about the weight by itself already is asked alone.
    guard doubts[name] == nil || doubts[name] == before else { return }
    doubts[name] = [question(range, unit), before].compactMap(\.self).joined(separator: " ")
    let confirmation = VisitPage.confirmation(of: name)
    entered[confirmation] = sent[confirmation]
  }

  /// Asks about a visit of pregnancy on a day before the pregnancy of today began, for which it counts
  /// nothing. What is corrected may be of an earlier one.
  mutating func checkDay(_ day: CivilDate?, _ sent: Form) {
    guard let day, correction == nil, form.purposes.contains(.antenatal),
      care.evaluation.isPregnant, let began = care.evaluation.pregnancy?.beginning, day < began
    else { return }
    doubts["on"] = words("care.doubts.before_pregnancy", ["date": text.format.date(began)])
    let confirmation = VisitPage.confirmation(of: "on")
    entered[confirmation] = sent[confirmation]
  }

  private func question(_ range: LikelyRange, _ unit: QuantityUnit) -> String {
    let ends = [
      "from": text.written(range.values.lowerBound, unit),
      "to": text.written(range.values.upperBound, unit),
    ]
    return switch range.reason {
    case .usual: words("care.doubts.usual", ends)
    case .age: words("care.doubts.age", ends)
    case .last(let value, let day):
      words(
        "care.doubts.last",
        ["value": text.written(value, unit), "date": text.format.date(day)])
    case .length(let length):
      words(
        "care.doubts.length",
        ends.merging(["length": text.written(length, .tenthsOfMillimetre)]) { $1 })
    case .weeks(let weeks): words("care.doubts.weeks", ["weeks": "\(weeks)"])
    }
  }

  /// Why a value is not believed at all.
  func outOfRange(
    _ value: String, _ unit: QuantityUnit, _ range: ClosedRange<Int32>
  ) -> String {
    words(
      "care.problems.out_of_range",
      [
        "value": value, "from": text.written(range.lowerBound, unit),
        "to": text.written(range.upperBound, unit),
      ])
  }

  /// Why two values contradict each other.
  func notBelow(_ order: ValueOrder) -> String {
    words(
      "care.problems.not_below",
      ["lesser": text.element(order.lesser), "greater": text.element(order.greater)])
  }

  /// A number as scripts read it: `11.5`.
  private static func plain(_ value: Int32, _ unit: QuantityUnit) -> String {
    "\(Double(value) / Double(unit.parts))"
  }
}
