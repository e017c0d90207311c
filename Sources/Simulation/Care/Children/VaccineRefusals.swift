import Health
import Programmes
import Services

extension PuskesmasCare {
  /// Notes which vaccines a child that came was offered and not given: by a family that refuses them
  /// or comes for no more of them, or because the child is ill.
  mutating func noteNotGiven(to child: CaredChild, with people: PuskesmasPeople) {
    guard let course = vaccinations[Int32(child.villager)] else { return }
    let rates = SyntheticRates.notGiven
    let site = sites.posyanduDay(of: child.posyandu)
    var chance = chanceOfNotGiving(to: child, on: child.day)
    if course.isOver {
      // What is newly due by age is offered, whatever was refused before.
      guard
        let session = VaccinationSession.all.dropFirst(course.next)
          .first(where: { Int($0.months) == child.months }),
        chance.happens(child.traits.refusesVaccines ? rates.toRefusers : rates.toLeavers)
      else { return }
      let reason = SyntheticRates.vaccineReasons[
        chance.position(in: SyntheticRates.vaccineReasons.map(\.share))
      ].reason
      note(session.doses, notGivenTo: child, reason, on: child.day, at: site, with: people, &chance)
    } else if course.due > child.day {
      let session = VaccinationSession.all[course.next]
      let monthsLate = child.months - Int(session.months)
      guard (0...1).contains(monthsLate), chance.happens(rates.unwell) else { return }
      note(
        session.doses, notGivenTo: child, .unwell, on: child.day, at: site, with: people, &chance)
    }
  }

  /// Notes that vaccines had run out on a day on which others were given.
  mutating func noteOutOfStock(
    _ doses: [VaccinationDose], for child: CaredChild, on day: CivilDate, at site: CareSite,
    with people: PuskesmasPeople
  ) {
    guard !doses.isEmpty else { return }
    var chance = chanceOfNotGiving(to: child, on: day)
    guard chance.happens(SyntheticRates.notGiven.outOfStock) else { return }
    note(doses, notGivenTo: child, .outOfStock, on: day, at: site, with: people, &chance)
  }

  /// A chance of its own for a child and a month: what is given is the same with and without it.
  private func chanceOfNotGiving(to child: CaredChild, on day: CivilDate) -> SeededRandom {
    let month = UInt64(day.month.year * 12 + day.month.ordinal)
    return SeededRandom(
      seed: plan.seed,
      stream: 1 << 60 | month << 40 | UInt64(number) << 28 | UInt64(child.villager))
  }

  private mutating func note(
    _ doses: [VaccinationDose], notGivenTo child: CaredChild, _ reason: RefusalBody.Reason,
    on day: CivilDate, at site: CareSite, with people: PuskesmasPeople, _ chance: inout SeededRandom
  ) {
    let person = people.villagers[child.villager]
    let evening = Scribe.evening(after: day, days: 0, &chance)
    let moment = min(max(evening, person.knownSince), scribe.lastMoment)
    let months = day.completedMonths(since: child.birth).count
    for dose in doses where dose.isGiven(atMonths: months) {
      guard let vaccine = dose.offered else { continue }
      scribe.write(
        .refusal, about: person.id, on: day, at: moment, place: site.place, by: site.author,
        RefusalBody(service: vaccine.service, reason: reason).bytes, &chance)
    }
  }
}

extension VaccinationDose {
  /// The vaccine of the card as which it is offered.
  fileprivate var offered: OfferedVaccine? {
    OfferedVaccine.allCases.first { $0.products(forDose: 1).contains(vaccine) }
  }

  /// Whether it is still given at an age: rotavirus not from seven months on, BCG not from twelve.
  func isGiven(atMonths months: Int32) -> Bool {
    switch vaccine {
    case .rotavirus: months < 7
    case .bcg: months < 12
    default: true
    }
  }
}
