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
    text = CareText(visit)
  }

  func rendering() throws -> Rendering {
    let name = visit.name(of: record.person)
    let title = words["pregnancy_sheet.title"]
    let plan = try CareRows(visit, care, text, matters: [], readsDoses: false)
    let planned = plan.lines()
    let rows = plan.fields(of: planned)
    let visits = PregnancyVisits(
      care: care, episode: episode, text: text,
      tellsTests: visit.visitor.rights.sensitiveMatters.contains(.loss))
    let findings = episode.endedOn == nil ? rows["findings"] as? [Fields] ?? [] : []
    return Rendering(
      template: "pregnancy-sheet", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title),
      fields: [
        "name": name, "url": Links.care(of: record.person.id),
        "printed": words("audit.printed", ["time": format.moment(visit.site.now)]),
        "person": lines(try person(name)),
        "pregnancy": lines(pregnancy(next: try next(planned))),
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

  /// When she comes again; of who is referred today, that she is, as on the plan. Left free to write
  /// in where she is referred for what no paper tells.
  private func next(_ planned: CareLines) throws -> String? {
    guard episode.endedOn == nil else { return nil }
    if let level = planned.gravest?.level { return words["pregnancy_sheet.referred.\(level.code)"] }
    let known = try CareRows(
      visit, care, text, matters: visit.visitor.rights.sensitiveMatters, readsDoses: false)
    return known.lines().gravest == nil ? nextVisit.map(format.date) : nil
  }

  private func pregnancy(next: String?) -> [(String, String?)] {
    let told = episode.told
    // On what day it ended, and how far it had come, would tell that it was lost.
    let isTold =
      episode.end.map { $0.outcome == .liveBirth } ?? true
      || visit.visitor.rights.sensitiveMatters.contains(.loss)
    let until = episode.endedOn ?? visit.today
    // How many were lost stands in the book of the mother, and is not for a kader.
    let tellsLosses = visit.visitor.rights.sensitiveMatters.contains(.loss)
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
        (isTold ? episode.gestation(on: until) : nil).map {
          words(
            "pregnancy_sheet.weeks",
            ["weeks": "\($0.count / 7)", "days": "\($0.count % 7)", "date": format.date(until)])
        }
      ),
      (
        words["pregnancy_sheet.obstetric"],
        text.obstetric(told, knowing: visit.visitor.rights.sensitiveMatters)
      ),
      (words["care.field_living_children"], told.livingChildren.map { "\($0)" }),
      (words["care.field_fetuses"], told.fetuses.map { "\($0)" }),
      (
        words["care.field_last_pregnancy_ended"],
        tellsLosses ? told.lastPregnancyEnded.map(format.date) : nil
      ),
      (text.element(.weightBeforePregnancy), value(.weightBeforePregnancy, since: start)),
      (text.element(.lengthOrHeight), value(.lengthOrHeight, since: nil)),
      (text.element(.armCircumference), value(.armCircumference, since: start)),
      (words["pregnancy_sheet.next"], next),
      (words["pregnancy_sheet.ended"], isTold ? episode.endedOn.map(ended) : nil),
    ]
  }

  /// The day of the next visit, which is never the day on which the sheet is printed: as far from
  /// the latest one as visits are apart, also after K6, and not after the day on which she is sent to a
  /// doctor should she not have given birth.
  private var nextVisit: CivilDate? {
    var evaluation = care.evaluation
    var days = [ContactSeries.antenatalContacts.next(evaluation)].compactMap(\.self)
    ContactSeries.antenatalContacts.statuses(&evaluation) { _, status in
      if case .upcoming(let from) = status, !days.isEmpty { days.append(from) }
    }
    return (days.min() ?? care.plan.nextVisit).map {
      evaluation.noLaterThanPastDue(max($0, care.plan.day + .days(1)))
    }
  }

  private func ended(_ day: CivilDate) -> String {
    guard let outcome = episode.end?.outcome else { return format.date(day) }
    // How a pregnancy was lost may be a sensitive matter.
    return outcome == .liveBirth
      || (outcome == .stillbirth && visit.visitor.rights.sensitiveMatters.contains(.loss))
      ? "\(format.date(day)): \(words["care.outcomes.\(outcome.code)"])" : format.date(day)
  }

  /// The day from which what was observed belongs to this pregnancy.
  private var start: CivilDate { episode.beginning ?? episode.knownSince }

  /// The score as far as it may lie open: what tells of a sensitive matter is left out of it.
  private var risk: String? {
    guard
      care.plan.scores.contains(where: { $0.instrument == Instrument.poedjiRochjati.number })
    else { return nil }
    var evaluation = care.evaluation
    let known = visit.visitor.rights.sensitiveMatters.intersection(.loss)
    return Instrument.poedjiRochjati.score(&evaluation, knowing: known).map { text.score($0) }
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
