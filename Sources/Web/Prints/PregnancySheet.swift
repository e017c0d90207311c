import Guidance
import Health
import Journal
import Programmes
import Services

/// A pregnancy on paper in the manner of the Buku KIA's record of a pregnant woman's health: who,
/// since when, at what risk, every visit, the plan for the birth.
///
/// It lies open in a home: nothing of a sensitive matter is on it, whoever prints it.
struct PregnancySheet {
  private let visit: Visit
  private let record: PersonRecord
  private let care: PersonCare
  private let episode: PregnancyEpisode
  private let text: CareText

  private var words: Words { visit.words }
  private var format: Format { visit.format }

  init(_ visit: Visit, record: PersonRecord, care: PersonCare, episode: PregnancyEpisode) {
    self.visit = visit
    self.record = record
    self.care = care
    self.episode = episode
    text = CareText(format: visit.format, settings: ClinicalSettings())
  }

  func rendering() throws -> Rendering {
    let name = visit.name(of: record.person)
    let title = words["pregnancy_sheet.title"]
    let rows = CareRows(care: care, text: text, matters: []).fields()
    let visits = PregnancyVisits(care: care, episode: episode, text: text)
    let findings = episode.endedOn == nil ? rows["findings"] as? [Fields] ?? [] : []
    return Rendering(
      template: "pregnancy-sheet", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title),
      fields: [
        "name": name, "url": "/people/\(record.person.id.text)/care",
        "printed": words("audit.printed", ["time": format.moment(visit.site.now)]),
        "person": lines(try person(name)), "pregnancy": lines(pregnancy),
        "risk": risk, "findings": findings, "has_findings": !findings.isEmpty,
        "dangers": rows["dangers"], "has_dangers": rows["has_dangers"],
        "tables": visits.tables(), "plan": lines(birthPlan),
        "source": "\(Instrument.poedjiRochjati.source.title)",
        "only_own": try visit.onlyCare(of: record.person) == nil
          ? nil : words["care.only_own"],
      ])
  }

  private func lines(_ pairs: [(String, String?)]) -> [Fields] {
    pairs.map { ["label": $0.0, "value": $0.1] }
  }

  // MARK: Who

  private func person(_ name: String) throws -> [(String, String?)] {
    let person = record.person
    let fields = PersonFields(visit: visit)
    let spouse = try record.spouses.first { try visit.may(.seePerson, with: $0) }
    return [
      (words["pregnancy_sheet.mother"], name),
      (words["child.born"], person.birthDate.map(format.date)),
      (words["pregnancy_sheet.age"], fields.age(person)),
      (words["kms_sheet.nik"], PersonText.maskedNumber(person.nationalIdentityNumber)),
      (words["pregnancy_sheet.husband"], spouse.map { visit.name(of: $0) }),
      (words["kms_sheet.home"], fields.home(person.place)),
      (text.element(.bloodGroup), value(.bloodGroup, since: nil)),
      (text.element(.rhesusFactor), value(.rhesusFactor, since: nil)),
    ]
  }

  // MARK: The pregnancy

  private var pregnancy: [(String, String?)] {
    let told = episode.told
    let until = episode.endedOn ?? visit.today
    let obstetric = [told.gravida, told.para, told.losses]
    return [
      (words["care.field_last_period"], told.lastMenstrualPeriod.map(format.date)),
      (
        words["pregnancy_sheet.expected"],
        episode.expectedBirth.map { day in
          episode.dating.map {
            "\(format.date(day)) (\(words["care.dating.\($0.code)"]))"
          } ?? format.date(day)
        }
      ),
      (
        words["pregnancy_sheet.weeks_on"],
        episode.gestation(on: until).map {
          words(
            "pregnancy_sheet.weeks",
            ["weeks": "\($0.count / 7)", "days": "\($0.count % 7)", "date": format.date(until)])
        }
      ),
      (
        words["pregnancy_sheet.obstetric"],
        obstetric.contains { $0 != nil }
          ? zip(["G", "P", "A"], obstetric).map { "\($0)\($1.map { "\($0)" } ?? "…")" }
            .joined(separator: " ") : nil
      ),
      (words["care.field_living_children"], told.livingChildren.map { "\($0)" }),
      (words["care.field_fetuses"], told.fetuses.map { "\($0)" }),
      (words["care.field_last_pregnancy_ended"], told.lastPregnancyEnded.map(format.date)),
      (text.element(.weightBeforePregnancy), value(.weightBeforePregnancy, since: start)),
      (text.element(.lengthOrHeight), value(.lengthOrHeight, since: nil)),
      (text.element(.armCircumference), value(.armCircumference, since: start)),
      (
        words["pregnancy_sheet.next"],
        episode.endedOn == nil ? care.plan.nextVisit.map(format.date) : nil
      ),
      (words["pregnancy_sheet.ended"], episode.endedOn.map(ended)),
    ]
  }

  private func ended(_ day: CivilDate) -> String {
    guard let outcome = episode.end?.outcome else { return format.date(day) }
    // How a pregnancy was lost may be a sensitive matter.
    return outcome == .liveBirth || outcome == .stillbirth
      ? "\(format.date(day)): \(words["care.outcomes.\(outcome.code)"])" : format.date(day)
  }

  /// The day from which what was observed belongs to this pregnancy.
  private var start: CivilDate { episode.beginning ?? episode.knownSince }

  private var risk: String? {
    care.plan.scores.first { $0.instrument == Instrument.poedjiRochjati.number }
      .map { text.score($0.score) }
  }

  private var birthPlan: [(String, String?)] {
    [
      DataElement.plannedAttendant, .plannedPlace, .plannedMoney, .transportReady, .bloodDonors,
      .companionReady, .contraceptionPlanned, .stickerOnHouse,
    ].map { (text.element($0), value($0, since: start)) }
  }

  private func value(_ element: DataElement, since day: CivilDate?) -> String? {
    guard let found = care.record.latest(element, since: day, through: episode.endedOn) else {
      return nil
    }
    if case .quantity(let unit, _) = element.form { return text.written(found.value, unit) }
    return text.value(found.value, of: element)
  }
}

/// The visits of a pregnancy as columns, those that are still to come left free to write in.
struct PregnancyVisits {
  let care: PersonCare
  let episode: PregnancyEpisode
  let text: CareText

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
    .element(.haemoglobin), .element(.urineProtein), .element(.urineGlucose),
    .element(.bloodGlucose), .tested, .element(.tetanusStatus), .element(.ironTabletsGiven),
    .element(.ironTabletsTaken), .element(.ultrasoundDone), .element(.counselled),
    .empty("treatment"), .empty("referral"), .empty("return"), .empty("signature"),
  ]

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
        "rows": PregnancyVisits.rows.map { row -> Fields in
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
      // That she was tested, and never what was found: everybody in the house reads this.
      let tests = [DataElement.hivTest, .syphilisTest, .hepatitisBTest]
      return tests.contains { observed($0) != nil } ? words["pregnancy_sheet.tested"] : nil
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
