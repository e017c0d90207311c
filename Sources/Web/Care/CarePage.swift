import Foundation
import Guidance
import Health
import Hummingbird
import Journal
import Programmes
import Services

/// What a person needs: signs of danger, what is owed, what was found, what was done, each with its
/// reason.
struct CarePage {
  private let visit: Visit
  private let care: PersonCare
  private let text: CareText
  private let rows: CareRows
  private let immunization: PersonImmunization?
  /// Whether only what the visitor's own facilities recorded was read.
  private let isPart: Bool
  /// The person's own record, with her children.
  private let record: PersonRecord
  /// How urgent is what the visitor may not know of, where it is more urgent than all that is shown.
  private let withheld: Alarm.Level?

  private var words: Words { visit.words }

  init(
    _ visit: Visit, care: PersonCare, of record: PersonRecord,
    immunization: PersonImmunization?, isPart: Bool, withheld: Alarm.Level? = nil
  ) throws {
    self.record = record
    self.withheld = withheld
    self.visit = visit
    self.care = care
    self.immunization = immunization
    self.isPart = isPart
    text = CareText(visit)
    var rows = try CareRows(visit, care, text, matters: visit.visitor.rights.sensitiveMatters)
    rows.forms = try visit.forms(of: care)
    rows.isOwn = visit.ownFacts(of: care.person)
    self.rows = rows
  }

  func rendering() throws -> Rendering {
    let person = care.person
    let name = visit.name(of: person)
    let title = words["care.title"]
    let fields = PersonFields(visit: visit)
    let lines = rows.lines()
    let alarm = lines.gravest.map { gravest in
      [
        "text": text.alarm(gravest.level, for: text.fewest(gravest.what)),
        "url": "#\(gravest.anchor)",
      ] as Fields
    }
    let call = withheld.flatMap { level in
      lines.gravest.map { $0.level < level } ?? true ? text.call(level) : nil
    }
    let isUrgent = alarm != nil || call != nil
    let isReferred = lines.gravest?.level.isReferral ?? false
    let forms = try forms(isReferred: isReferred)
    let mayGrowth = try visit.may(.seeGrowth, with: person)
    var filled: Fields = [
      "name": name, "url": Links.person(person.id), "age": fields.age(person),
      "stage": person.diedOn == nil ? fields.stage(person) : nil,
      "pregnancy": text.pregnancy(of: care.record, on: care.plan.day)
        ?? text.severalBorn(of: care.record, on: care.plan.day)
        ?? pregnancyThatWaits ?? (care.hasUntoldEnd ? words["care.outcome_not_told"] : nil),
      "done": visit.saidOfCare, "is_correctable": visit.doneOfCare != .withdrawn,
      "next": afterSaving,
      // Who is to be seen today is told nothing on top of a visit that comes, as if all were well.
      "alarm": alarm, "call": call,
      "to_attend": isUrgent ? nil : attention(lines),
      "is_owed": isOwed && !isUrgent ? words["care.next_today"] : nil,
      "next_visit": isUrgent ? nil : nextVisit.map(told),
      "forms": forms, "is_folded": isReferred && !forms.isEmpty,
      "letter_url": try isReferred && mayRecord() ? letter : nil,
      "past_visit": try visit.wayToPastVisit(of: care),
      "referrals": try visit.referralLinks(of: care.person),
      "sheet_url": care.record.pregnancies.isEmpty
        ? nil : "/people/\(person.id.text)/pregnancy/sheet",
      "growth_url": record.hasMeasurements && mayGrowth ? Links.child(person.id) : nil,
      "part": isPart ? words["care.only_own"] : nil,
      "tests_of_others": care.evaluation.isPregnant ? visit.testsOfOthers : nil,
    ]
    filled = filled.merging(rows.fields(of: lines))
    if let immunization {
      let section = try ImmunizationRows(
        visit: visit, immunization: immunization, mayRecord: mayRecord(), marks: rows.marks
      ).fields()
      filled["immunization"] = section
      if section != nil { filled["is_empty"] = false }
    }
    return Rendering(
      template: "care", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: person.id, named: name, title), fields: filled)
  }

  /// What was found that somebody acts on, though not on the same day: beside it the next visit must
  /// not read as if all were well.
  private func attention(_ lines: CareLines) -> Fields? {
    let names = (lines.grave + lines.poor).map(\.name)
    guard !names.isEmpty else { return nil }
    return ["text": words("care.to_attend", ["what": text.fewest(names)])]
  }

  /// The ways on to the next person once a visit was saved: many wait at a Posyandu.
  private var afterSaving: [Fields] {
    guard visit.doneOfCare != nil else { return [] }
    let ways = [
      (RememberedList.address(visit), words["care.back_to_list"]),
      (visit.visitor.rights.may(.searchPersons) ? "/search" : nil, words["care.next_person"]),
    ]
    return ways.compactMap { way in way.0.map { ["url": $0, "label": way.1] } }
  }

  /// Whether somebody should be seen now, for a service or for a dose.
  private var isOwed: Bool {
    care.plan.nextVisit.map { $0 <= visit.today } ?? false
      || immunization?.planned.contains(where: \.isOwed) ?? false
  }

  /// The next day on which something begins to be owed, a service or a dose, with what. What is owed
  /// for a month is told with what else comes in it.
  private var nextVisit: (on: CivilDate, names: [String])? {
    let doses = ImmunizationText(format: visit.format)
    var all = [rows.nextToCome(), rows.nextBeyondCounted()].compactMap(\.self)
    for planned in immunization?.planned ?? []
    where planned.state == .upcoming && immunization?.isFarOff(planned) == false {
      guard let on = planned.earliest else { continue }
      all.append((on, [doses.dose(planned.vaccine, planned.number)]))
    }
    if let first = all.map(\.on).min() {
      let capped = care.evaluation.noLaterThanPastDue(first)
      if capped < first { all.append((capped, [text.purposes(.antenatal)])) }
    }
    let on = all.map(\.on).min()
    let names = all.filter { $0.on == on }.flatMap(\.names)
    guard let round = rows.nextRound() else { return on.map { ($0, names) } }
    guard let on, on <= round.on.month.lastDay else { return round }
    // First what is owed for the month: of many doses only the first are named.
    return (on, (on < round.on ? [] : round.names) + names)
  }

  private func told(_ next: (on: CivilDate, names: [String])) -> String {
    words("care.next_on", ["date": visit.format.date(next.on), "what": text.fewest(next.names)])
  }

  /// That another pregnancy is known already, of which the plan follows after the time after birth.
  private var pregnancyThatWaits: String? {
    guard care.record.waitsForCareAfterBirth, let birth = care.evaluation.pregnancy?.endedOn else {
      return nil
    }
    let last = birth + .days(PregnancyEpisode.daysAfterEnd)
    return words("care.pregnancy_waits", ["date": visit.format.date(last)])
  }

  private func mayRecord() throws -> Bool {
    try care.person.diedOn == nil && visit.may(.recordCare, with: care.person)
  }

  /// Where a letter of referral is written.
  private var letter: String { "/people/\(care.person.id.text)/referral" }

  /// The forms that the visitor may fill in for this person now.
  private func forms(isReferred: Bool) throws -> [Fields] {
    guard try mayRecord() else { return [] }
    var ways = rows.forms.map { form in
      (VisitPage.address(of: care.person.id, form), words["care.forms.\(form.name)"])
    }
    // Of who is referred today the letter stands by itself.
    if !isReferred { ways.append((letter, words["referrals.open"])) }
    if care.person.sex == .female, visit.isOfChildbearingAge(care.person) {
      let pregnancy = "/people/\(care.person.id.text)/pregnancy"
      if care.evaluation.isPregnant {
        ways.append((pregnancy, words["care.form_pregnancy_more"]))
        ways.append(("\(pregnancy)/end", words["care.form_pregnancy_end"]))
      } else {
        let isKnown = care.record.waitsForCareAfterBirth
        ways.append((pregnancy, words["care.form_pregnancy\(isKnown ? "_more" : "")"]))
      }
    }
    return (newborn.map { [$0] } ?? []).map { ["url": $0.0, "label": $0.1] }
      + ways.map { ["url": $0.0, "label": $0.1] }
  }

  /// The way to register the next child of a birth, as long as fewer of it are registered than were
  /// born alive; nothing where all are, or a year after the birth. Births are often written down
  /// late, and she may be pregnant again.
  private var newborn: (String, String)? {
    let ended = care.record.pregnancies.last { $0.end?.outcome == .liveBirth }
    guard let on = ended?.endedOn, on <= visit.today,
      visit.today.completedYears(since: on).count < 1
    else { return nil }
    let birth = (on: on, bornAlive: Int(ended?.end?.bornAlive ?? 1))
    // Who was born at midnight may have been written down under the day before.
    let known = record.children.count { child in
      child.birthDate.map { abs(($0 - birth.on).count) <= 1 } ?? false
    }
    let next = known + 1
    guard next <= birth.bornAlive,
      let link = visit.newbornLink(
        of: record.person, in: record.person.household, born: birth.on, order: next)
    else { return nil }
    return (
      link,
      words(
        birth.bornAlive > 1 ? "care.register_child_of" : "care.register_child",
        ["order": "\(next)", "count": "\(birth.bornAlive)"])
    )
  }
}

extension Visit {
  /// That some tests of pregnant women are written down by others, for whoever records their care
  /// and may not know of HIV. It tells neither a result nor whether a test was done.
  var testsOfOthers: String? {
    let matters = visitor.rights.sensitiveMatters
    return matters.contains(.antenatalTests) && !matters.contains(.infection)
      ? words["care.tests_of_others"] : nil
  }

  fileprivate func isOfChildbearingAge(_ person: PersonEntry) -> Bool {
    guard let born = person.birthDate else { return true }
    return Visit.agesOfMothers.contains(Int(today.completedYears(since: born).count))
  }

  /// How urgent is what is found of a mother in all that is recorded, for a kader, who may not know
  /// of a loss or of distress that others wrote down: the urgency alone, with no sign, class or why.
  /// Nothing for others, and where nothing is to be dealt with today.
  private func withheldUrgency(of care: PersonCare) throws -> Alarm.Level? {
    let text = CareText(self)
    guard text.isForKader == true, care.person.sex != .male, isOfChildbearingAge(care.person),
      care.person.diedOn == nil,
      let all = try district.care(
        of: care.person.id, on: today, heldBy: onlyCare(of: care.person), knowing: .all)
    else { return nil }
    return try CareRows(self, all, text, matters: .all).lines().gravest?.level
  }

  /// What somebody needs, as far as the visitor may know it. A stored plan that holds no longer is
  /// stored anew, so that lists and the next page have it.
  func care(of id: Identifier) async throws -> Response {
    guard let record = try district.person(id) else { throw PageProblem.notFound }
    let person = record.person
    try require(.seeCare, of: person)
    let holders = try onlyCare(of: person)
    guard
      let told = try district.careAndImmunization(
        of: id, on: today, heldBy: holders, knowing: visitor.rights.sensitiveMatters)
    else {
      throw PageProblem.notFound
    }
    let care = told.care
    // Where it cannot be stored, it is worked out again the next time.
    if !care.isStored { try? await district.refreshPlan(of: care.person.number, on: today) }
    let page = try CarePage(
      self, care: care, of: record, immunization: told.immunization, isPart: holders != nil,
      withheld: try withheldUrgency(of: care))
    return try respond(page.rendering())
  }
}

extension DatingMethod {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .lastMenstrualPeriod: "last_menstrual_period"
    case .ultrasound: "ultrasound"
    case .end: "end"
    }
  }
}
