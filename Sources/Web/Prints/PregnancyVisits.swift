import Guidance
import Health
import Programmes
import Services

/// The visits of a pregnancy as columns, those that are still to come left free to write in.
struct PregnancyVisits {
  let care: PersonCare
  let episode: PregnancyEpisode
  let text: CareText
  /// Whether it is told for which of HIV, syphilis and hepatitis B she was tested; never to a kader.
  let tellsTests: Bool

  /// So many visits stand side by side on a sheet.
  static let columns = 6

  /// The numbers of the counted visits K1 to K6.
  private static let counted: ClosedRange<UInt16> = 1...6

  private enum Row {
    case weeks, place, signs, pressure, tested, empty(String)
    case element(DataElement)
  }

  private static let rows: [Row] = [
    .weeks, .place, .signs, .element(.weight), .element(.armCircumference), .pressure,
    .element(.fundalHeight), .element(.presentation), .element(.fetalHeartRate),
    .element(.otherFetalHeartRate),
    .element(.haemoglobin), .element(.urineProtein), .element(.urineGlucose),
    .element(.bloodGlucose), .tested, .element(.tetanusStatus), .element(.ironTabletsGiven),
    .element(.ironTabletsTaken), .element(.ultrasoundDone), .element(.counselled),
    .empty("treatment"), .empty("referral"), .empty("return"), .empty("signature"),
  ]

  private var shownRows: [Row] {
    PregnancyVisits.rows.filter { row in
      switch row {
      case .tested: tellsTests
      case .element(.otherFetalHeartRate): (episode.told.fetuses ?? 1) > 1
      default: true
      }
    }
  }

  private struct Column {
    var day: CivilDate?
    var label: String
    /// When it is to be, where it was not yet.
    var planned: String?
    var contacts: [Contact] = []
  }

  private var words: Words { text.format.words }
  private var format: Format { text.format }

  /// The tables, one below the other.
  func tables() -> [Fields] {
    let all = columns()
    return stride(from: 0, to: all.count, by: PregnancyVisits.columns).map { start in
      var shown = Array(all[start..<min(start + PregnancyVisits.columns, all.count)])
      while shown.count < PregnancyVisits.columns { shown.append(Column(label: "")) }
      return [
        "number": "\(start / PregnancyVisits.columns + 1)",
        "heads": shown.map { column -> Fields in
          [
            "label": column.label, "date": column.day.map(format.date), "planned": column.planned,
            "blank": column.label.isEmpty,
          ]
        },
        "rows": shownRows.map { row -> Fields in
          [
            "label": label(row),
            "cells": shown.map { ["value": cell(row, $0)] as Fields },
          ]
        },
      ]
    }
  }

  private func columns() -> [Column] {
    let first = episode.beginning ?? episode.knownSince
    let last = episode.endedOn ?? care.plan.day
    let contacts = care.record.contacts.filter {
      $0.purposes.contains(.antenatal) && $0.on >= first && $0.on <= last
    }
    var counted: [CivilDate: [String]] = [:]
    var open: [Column] = []
    for planned in care.plan.services where PregnancyVisits.counted.contains(planned.service) {
      let label = "K\(planned.service)"
      switch planned.status {
      case .done(let day, _): counted[day, default: []].append(label)
      case .due(let since, _), .overdue(let since, _):
        open.append(Column(label: label, planned: from(since)))
      case .upcoming(let day): open.append(Column(label: label, planned: from(day)))
      default: continue
      }
    }
    let days = Dictionary(grouping: contacts, by: \.on).sorted { $0.key < $1.key }
    let seen = days.enumerated().map { number, day in
      Column(
        day: day.key,
        label: counted[day.key]?.joined(separator: ", ")
          ?? words("pregnancy_sheet.visit", ["number": "\(number + 1)"]),
        contacts: day.value)
    }
    let all = seen + (episode.endedOn == nil ? open : [])
    return all.isEmpty ? [Column(label: words("pregnancy_sheet.visit", ["number": "1"]))] : all
  }

  private func from(_ day: CivilDate) -> String {
    words("pregnancy_sheet.from", ["date": format.date(day)])
  }

  // MARK: Rows

  private func label(_ row: Row) -> String {
    switch row {
    case .weeks: return words["pregnancy_sheet.row_weeks"]
    case .place: return words["pregnancy_sheet.row_place"]
    case .signs: return words["care.dangers"]
    case .pressure: return words["pregnancy_sheet.row_pressure"]
    case .tested: return words["pregnancy_sheet.row_tested"]
    case .empty(let name): return words["pregnancy_sheet.row_\(name)"]
    case .element(let element):
      guard case .quantity(let unit, let range) = element.form,
        let hint = text.hint(unit, range), unit.isNamed
      else { return text.element(element) }
      return "\(text.element(element)) (\(hint))"
    }
  }

  private func cell(_ row: Row, _ column: Column) -> String? {
    guard let day = column.day else { return nil }
    func observed(_ element: DataElement) -> Int32? {
      care.record.latest(element, since: day, through: day)?.value
    }
    switch row {
    case .weeks:
      return episode.gestation(on: day).map { "\($0.count / 7)+\($0.count % 7)" }
    case .place:
      let parts = column.contacts.flatMap { contact in
        [
          contact.setting.map { words["care.places.\($0.code)"] },
          contact.performer.map { words["care.performers.\($0.code)"] },
        ]
      }.compactMap(\.self)
      return parts.isEmpty ? nil : parts.joined(separator: ", ")
    case .signs: return signs(observed)
    case .pressure:
      let parts = [observed(.systolicPressure), observed(.diastolicPressure)]
      guard parts.contains(where: { $0 != nil }) else { return nil }
      return parts.map { $0.map { "\($0)" } ?? "…" }.joined(separator: "/")
    case .tested:
      // For what she was tested, and never what was found: everybody in the house reads this.
      let tested = [DataElement.hivTest, .syphilisTest, .hepatitisBTest]
        .filter { observed($0) != nil }.map { words["pregnancy_sheet.tested.\($0.name)"] }
      return tested.isEmpty ? nil : tested.joined(separator: ", ")
    case .empty: return nil
    case .element(let element): return observed(element).map { written($0, element) }
    }
  }

  /// The signs of danger that were seen, or that there were none among those looked for.
  private func signs(_ observed: (DataElement) -> Int32?) -> String? {
    let asked = VisitForm.antenatal.sections.filter(\.areSigns).flatMap(\.questions)
      .map(\.element).filter { $0.matter.isEmpty && observed($0) != nil }
    guard !asked.isEmpty else { return nil }
    let seen = asked.filter { observed($0) == 1 }.map { text.element($0) }
    return seen.isEmpty ? words["pregnancy_sheet.no_signs"] : seen.joined(separator: "; ")
  }

  /// A value in a row whose name says the unit.
  private func written(_ value: Int32, _ element: DataElement) -> String {
    guard case .quantity(let unit, _) = element.form else {
      return text.value(value, of: element)
    }
    return format.short(Double(value) / Double(unit.parts), digits: unit.decimals)
  }
}
