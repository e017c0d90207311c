import Guidance
import Health
import Journal
import Programmes
import Services

/// What is to come next.
extension CareRows {
  /// The first day after the plan's on which something begins to be owed, with the names of that;
  /// of what belongs to a visit the visit is named.
  func nextToCome() -> (on: CivilDate, names: [String])? {
    var next: (on: CivilDate, names: [String])?
    for planned in care.plan.services.upcomingByDay {
      guard case .upcoming(let from) = planned.status,
        let entry = book.services[planned.service], matters.isSuperset(of: entry.matters)
      else { continue }
      if let found = next, found.on != from { break }
      var name = text.service(planned.service)
      if case .content(let matrix) = entry.rule { name = text.purposes(matrix.series.purpose) }
      if next?.names.contains(name) != true { next = (from, (next?.names ?? []) + [name]) }
    }
    return next
  }

  /// The next day from which something of a month is owed again or for the first time, or something
  /// of an age that the plan does not name yet, with the names.
  func nextRound() -> (on: CivilDate, names: [String])? {
    guard care.person.diedOn == nil else { return nil }
    let planned = Dictionary(
      care.plan.services.map { ($0.service, $0.status) }, uniquingKeysWith: { first, _ in first })
    var evaluation = care.evaluation
    var next: (on: CivilDate, names: [String])?
    for guideline in book.guidelines where evaluation.answer(guideline.applies) != .no {
      // What the plan leaves out does not apply yet, as the weighing of newborns.
      for service in guideline.services
      where planned[service.number]?.isInTurn ?? true && matters.isSuperset(of: service.matter) {
        guard let on = service.nextRound(evaluation) ?? service.nextAge(evaluation) else {
          continue
        }
        if let found = next, found.on < on { continue }
        let name = words.find("care.again.\(service.name)") ?? text.service(service.number)
        next = (on, (next?.on == on ? next?.names ?? [] : []) + [name])
      }
    }
    return next
  }

  /// The day of the next visit of pregnancy after all that are counted were made; nothing where one
  /// of those is still to come.
  func nextBeyondCounted() -> (on: CivilDate, names: [String])? {
    let series = ContactSeries.antenatalContacts
    let counted = Set(series.slots.map(\.number))
    let isToCome = care.plan.services.contains { planned in
      counted.contains(planned.service) && planned.status.isToCome
    }
    guard care.evaluation.isPregnant, !isToCome, let on = series.next(care.evaluation) else {
      return nil
    }
    return (max(on, care.plan.day), [text.purposes(series.purpose)])
  }
}

extension ServiceStatus {
  /// Whether it was given or is owed in the month that it is of.
  fileprivate var isInTurn: Bool {
    switch self {
    case .done, .due, .overdue: true
    default: false
    }
  }
}
