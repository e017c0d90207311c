import Foundation
import Guidance
import Health
import Programmes

/// Amounts of medicines in words, and what a dose table says of one child.
extension CareText {
  /// An amount with its unit: `1 1/4 tablet`.
  func amount(_ dose: DoseAmount) -> String {
    "\(number(dose)) \(words["care.doseUnits.\(dose.unit)"])"
  }

  /// `1 1/4`, as people read half tablets; `7,5` of what is measured.
  private func number(_ dose: DoseAmount) -> String {
    guard dose.denominator != 1 else { return format.whole(dose.numerator) }
    guard dose.unit == .tablet else {
      return format.short(Double(dose.numerator) / Double(dose.denominator), digits: 2)
    }
    let (whole, rest) = dose.numerator.quotientAndRemainder(dividingBy: dose.denominator)
    let part = "\(rest)/\(dose.denominator)"
    return whole == 0 ? part : "\(format.whole(whole)) \(part)"
  }

  /// What a table says of a child as of a visit, with the weight that it goes by.
  func dose(_ table: DosingTable, of record: HealthRecord, on day: CivilDate) -> String {
    func line(_ amounts: String) -> String {
      words("care.doseLines.\(table.name)", ["dose": amounts])
    }
    switch table.dose(of: record, on: day, settings: settings) {
    case .ageMissing: return words["care.dose.age_missing"]
    case .outside:
      return words(
        table.key == .grams ? "care.dose.weight_outside" : "care.dose.age_outside",
        ["medicine": words["care.doses.\(table.name)"]])
    case .weighFirst(nil): return words["care.dose.weigh_first"]
    case .weighFirst(let place?):
      return words("care.dose.weigh_first_rate", ["dose": line(amounts(place, table, nil))])
    case .row(let place, let weight?):
      return words(
        "care.dose.by_weight",
        [
          "dose": line(amounts(place, table, weight.value)),
          "weight": value(weight.value, of: .weight), "date": format.date(weight.on),
        ])
    case .row(let place, nil):
      return words("care.dose.by_age", ["dose": line(amounts(place, table, nil))])
    }
  }

  /// The amounts of a row, multiplied by the weight where they count for each kilogram.
  private func amounts(_ place: Int, _ table: DosingTable, _ grams: Int32?) -> String {
    let row = table.rows[place]
    switch table.manner {
    case .range: return row.doses.dropLast().map { "\(number($0))–" }.joined() + last(row)
    case .forms:
      return row.doses.enumerated().map { place, dose in
        guard place < table.forms.count else { return amount(dose) }
        return words("care.doseForms.\(table.forms[place])", ["amount": number(dose)])
      }.joined(separator: " \(words["care.dose.or"]) ")
    case .perKilogram:
      return row.doses.enumerated().map { place, dose in
        let rate = words("care.dose.per_kilogram", ["dose": amount(dose)])
        let amount = grams.map { product(table, dose, $0, rate) } ?? upTo(table.most, rate)
        let minutes =
          place < row.minutes.count ? row.minutes[place] : table.hours.map { settings[$0] * 60 }
        guard let minutes else { return amount }
        return words("care.dose.within", ["dose": amount, "time": time(minutes)])
      }.joined(separator: ", \(words["care.dose.then"]) ")
    }
  }

  private func last(_ row: DosingTable.Row) -> String { row.doses.last.map(amount) ?? "" }

  /// A rate with the most that is given at one time.
  private func upTo(_ most: DoseAmount?, _ rate: String) -> String {
    guard let most else { return rate }
    return words("care.dose.at_most", ["rate": rate, "most": amount(most)])
  }

  private func product(
    _ table: DosingTable, _ dose: DoseAmount, _ grams: Int32, _ rate: String
  ) -> String {
    let (total, isMost) = table.amount(of: dose, grams: grams)
    let number = format.short(total, digits: dose.unit == .millilitre ? 0 : 1)
    return words(
      "care.dose.product",
      [
        "total": "\(number) \(words["care.doseUnits.\(dose.unit)"])",
        "rate": isMost ? upTo(table.most, rate) : rate,
      ])
  }

  private func time(_ minutes: Int32) -> String {
    minutes < 60
      ? words("care.dose.minutes", ["count": "\(minutes)"])
      : words(
        "care.units.hours", ["value": format.short(Double(minutes) / 60, digits: 1)])
  }
}
