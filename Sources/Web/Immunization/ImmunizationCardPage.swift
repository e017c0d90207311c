import Guidance
import Health
import Journal
import Programmes
import Services

/// The immunisation card: a row for each vaccine, a cell for each dose with its day, batch, place
/// and what it counts as, or when it may be given; below it what counts for nothing on the card.
struct ImmunizationCardPage {
  private let visit: Visit
  private let immunization: PersonImmunization
  private let isPrint: Bool

  private var words: Words { visit.words }
  private var format: Format { visit.format }
  private var text: ImmunizationText { visit.immunizationText }

  /// Whether the visitor may write down doses of this person.
  private let mayRecord: Bool

  init(_ visit: Visit, _ immunization: PersonImmunization, isPrint: Bool) throws {
    let person = immunization.person
    mayRecord = try person.diedOn == nil && visit.may(.recordCare, with: person)
    self.visit = visit
    self.immunization = immunization
    self.isPrint = isPrint
  }

  func rendering() throws -> Rendering {
    let person = immunization.person
    let name = visit.name(of: person)
    let title = words["immunization.card_title"]
    let rows = ImmunizationRows(
      visit: visit, immunization: immunization, mayRecord: mayRecord,
      marks: try visit.ruleMarks())
    let section = try rows.fields()
    let isSmall = visit.query["paper"] == "a5"
    let address = ImmunizationRows.address(person.id)
    return Rendering(
      template: "immunization-card", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: person.id, named: name, title),
      fields: [
        "name": name, "url": Links.person(person.id), "care_url": Links.care(of: person.id),
        "born": immunization.birthDate.map(format.date) ?? words["common.not_known"],
        "sex": words["sexes.\(person.sex?.code ?? "unknown")"],
        "mother": person.motherName,
        "age": format.age(born: immunization.birthDate, on: visit.today),
        "place": person.place.flatMap { visit.tree.places[$0] }.map { visit.named($0) },
        "numbers": (1...mostDoses).map { ["number": "\($0)"] as Fields },
        "vaccines": vaccines, "has_card": !vaccines.isEmpty,
        "others": others, "has_others": !others.isEmpty,
        "goals": section?["goals"], "tetanus": section?["tetanus"],
        "next": next, "has_next": !next.isEmpty,
        "edition": "\(immunization.edition.source.title), \(immunization.edition.source.edition)",
        "is_print": isPrint, "is_screen": !isPrint, "paper": isSmall ? "a5" : "a4",
        "print_a4": Links.address("\(address)/print", [("paper", "a4")]),
        "print_a5": Links.address("\(address)/print", [("paper", "a5")]),
        "book_url": mayRecord && visit.vaccinationActs.contains(.copy) ? "\(address)/book" : nil,
        "done": visit.saidOfCare,
        "print_note": words("immunization.print_note", ["paper": isSmall ? "A5" : "A4"]),
        "printed": isPrint ? words("audit.printed", ["time": format.moment(visit.site.now)]) : nil,
      ])
  }

  /// The doses of the card, by vaccine. What the schedule does not have for the person is left out.
  private var shown: [(vaccine: CardVaccine, doses: [CardDose])] {
    CardVaccine.allCases.compactMap { vaccine in
      let doses = immunization.card.filter {
        $0.vaccine == vaccine && $0.window != .notApplicable
      }
      return doses.isEmpty ? nil : (vaccine, doses)
    }
  }

  private var mostDoses: Int { max(1, shown.map(\.doses.count).max() ?? 1) }

  private var vaccines: [Fields] {
    let most = mostDoses
    return shown.map { vaccine, doses in
      let next = doses.first { $0.window != .given }
      var cells = doses.map { cell($0, isNext: $0.number == next?.number) }
      cells += Array(repeating: ["is_empty": true] as Fields, count: max(0, most - cells.count))
      return ["name": text.vaccine(.card(vaccine)), "cells": cells]
    }
  }

  /// A cell. Of a dose whose turn has not come the first day that is left for it is told, and that it
  /// waits for the dose before.
  private func cell(_ dose: CardDose, isNext: Bool) -> Fields {
    let window = words["immunization.windows.\(dose.window.name)"]
    guard dose.window == .given,
      let given = immunization.dose(Int(dose.number), of: .card(dose.vaccine))
        ?? dose.day.flatMap({ day in immunization.doses.first { $0.day == day } })
    else {
      let tone =
        switch dose.window {
        case .ideal, .allowed: "fair"
        case .catchUp: "poor"
        case .given: "good"
        default: "none"
        }
      return [
        "tone": tone, "window": window, "mark": dose.window.mark,
        "from": from(dose, isNext: isNext),
      ]
    }
    return [
      "tone": "good", "window": window,
      "day": text.day(given.day, knownBy: given.body.dayKnownBy),
      "batch": String(decoding: given.body.batch, as: UTF8.self), "where": whereGiven(given),
      "change_url": changeAddress(given), "name": text.name(given),
    ]
  }

  /// Where a dose is corrected or taken back; nothing on paper, and for whoever may not.
  private func changeAddress(_ dose: RecordedDose) -> String? {
    !isPrint && mayRecord && visit.mayChange(dose)
      ? ImmunizationRows.address(immunization.person.id, "/\(dose.fact.text)") : nil
  }

  private func from(_ dose: CardDose, isNext: Bool) -> String? {
    let after = words("immunization.after_dose", ["number": "\(dose.number - 1)"])
    if dose.window == .notYet, !isNext, dose.number > 1 {
      guard let day = dose.day, day > immunization.day else { return after }
      return words("immunization.from", ["date": format.date(day)]) + ", " + after
    }
    return dose.day.map { words("immunization.from", ["date": format.date($0)]) }
  }

  private func whereGiven(_ dose: RecordedDose) -> String? {
    if !dose.body.facility.isEmpty { return String(decoding: dose.body.facility, as: UTF8.self) }
    if let origin = dose.body.origin, origin != .givenHere {
      return words["immunization.origins.\(origin.code)"]
    }
    return dose.place.flatMap { visit.tree.places[$0] }.map { visit.named($0) }
  }

  /// Doses that count for no cell: to be repeated, more than needed, spoiled, not of the programme,
  /// and those of women.
  private var others: [Fields] {
    immunization.doses.filter { dose in
      !dose.judgements.contains { judgement in
        guard case .card = judgement.vaccine else { return false }
        return judgement.evaluation.status == .valid
      }
    }.map { dose in
      let said = dose.judgements.map { text.judgement($0) }
      return [
        "name": text.name(dose), "day": text.day(dose.day, knownBy: dose.body.dayKnownBy),
        "batch": String(decoding: dose.body.batch, as: UTF8.self), "where": whereGiven(dose),
        "said": said.isEmpty
          ? words["immunization.counts_for_nothing"] : said.joined(separator: " "),
        "tone": ImmunizationRows.tone(dose), "change_url": changeAddress(dose),
      ]
    }
  }

  /// The next doses, the soonest first.
  private var next: [Fields] {
    immunization.planned.filter {
      $0.isOwed || ($0.state == .upcoming && !immunization.isFarOff($0))
    }
    .sorted { ($0.earliest ?? immunization.day) < ($1.earliest ?? immunization.day) }
    .map { ["name": text.dose($0.vaccine, $0.number), "state": text.state($0)] as Fields }
  }
}

extension VaccinationWindow {
  /// A sign before the words, so that what is made up for and what is given no more are told apart
  /// where print has no colours; nothing of others.
  fileprivate var mark: String? {
    switch self {
    case .catchUp: "▲"
    case .tooLate: "✕"
    default: nil
    }
  }
}
