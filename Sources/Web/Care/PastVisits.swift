import Guidance
import Health
import Journal
import Programmes
import Services

extension VisitForm {
  /// The visits that the form is of, where their time is short and they are copied later, as from
  /// the book of mothers; nothing of other forms.
  fileprivate var contactsOfPast: ContactSeries? {
    switch number {
    case VisitForm.postnatal.number: .postnatalContacts
    case VisitForm.newborn.number: .newbornContacts
    default: nil
    }
  }
}

extension Visit {
  /// The day that is over of which a form was asked for, where the visitor may enter its visits
  /// later; nothing of today, and of other forms.
  func pastDay(of form: VisitForm) -> CivilDate? {
    guard entersPast(form), case .success(let day?) = PersonForm.day(query["on"] ?? ""), day < today
    else { return nil }
    return day
  }

  /// Whether the visitor's visits count among those of the form.
  private func entersPast(_ form: VisitForm) -> Bool {
    guard let contacts = form.contactsOfPast else { return false }
    return !visitor.rights.careClaims(in: tree).performers.isDisjoint(with: contacts.performers)
  }

  /// The way to enter visits after a birth, or of a newborn, whose time is over: for a year, while
  /// one of them is not known.
  func wayToPastVisit(of care: PersonCare) throws -> Fields? {
    guard care.person.diedOn == nil, try may(.recordCare, with: care.person) else { return nil }
    let birth = care.record.pregnancies.last { $0.isBirth }?.endedOn
    let times = [
      (form: VisitForm.postnatal, since: birth, days: PregnancyEpisode.daysAfterEnd),
      (form: .newborn, since: care.person.birthDate, days: 28),
    ]
    for time in times {
      guard let since = time.since, since <= today, today.completedYears(since: since).count < 1,
        entersPast(time.form), let contacts = time.form.contactsOfPast
      else { continue }
      let last = since + .days(time.days)
      guard last < today,
        let then = try district.care(
          of: care.person.id, on: last, heldBy: onlyCare(of: care.person),
          knowing: visitor.rights.sensitiveMatters)
      else { continue }
      var (now, evaluation) = (care.evaluation, then.evaluation)
      let numbers = Set(contacts.slots.map(\.number))
      let isOpen = then.plan.services.contains { planned in
        guard numbers.contains(planned.service) else { return false }
        if case .done = planned.status { return false }
        return true
      }
      guard isOpen, !offers(time.form, &now), offers(time.form, &evaluation) else { continue }
      return [
        "url": VisitPage.address(of: care.person.id, time.form, on: last),
        "label": words["care.past_visits.\(time.form.name)"],
      ]
    }
    return nil
  }
}

extension PregnancyEpisode {
  /// Whether it ended in a birth.
  fileprivate var isBirth: Bool { end.map { !$0.outcome.isEarlyLoss } ?? false }
}
