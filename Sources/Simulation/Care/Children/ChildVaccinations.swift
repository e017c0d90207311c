import Health
import Programmes

/// How far a child has come with its vaccinations.
struct VaccinationCourse: Sendable {
  /// The place of the next session.
  var next = 0
  /// The day from which the family means to come for it.
  var due: CivilDate
  /// Whether the family comes no more.
  var isOver: Bool
}

extension PuskesmasCare {
  /// Vaccinates a child on the Posyandu's day, or who missed it in the Pustu. Who is seen for the
  /// first time brings the book: what stands in it is copied.
  mutating func vaccinate(
    _ child: CaredChild, in window: MonthWindow, with people: PuskesmasPeople
  ) {
    let key = Int32(child.villager)
    if vaccinations[key] == nil { copyBook(of: child, in: window, with: people) }
    if child.came {
      let before = vaccinations[key]?.next
      giveSession(
        to: child, on: child.day, at: sites.posyanduDay(of: child.posyandu), with: people)
      if vaccinations[key]?.next == before { noteNotGiven(to: child, with: people) }
    } else if random.happens(SyntheticRates.vaccinatedElsewhere) {
      let day = window.day(random.whole(0...window.days - 1))
      guard day > child.birth, isHere(child.villager, on: day, in: people) else { return }
      giveSession(to: child, on: day, at: sites.pustu(of: child.posyandu), with: people)
    }
  }

  /// Begins a child's vaccinations with HB0, and with all that was given before the month.
  private mutating func copyBook(
    of child: CaredChild, in window: MonthWindow, with people: PuskesmasPeople
  ) {
    let key = Int32(child.villager)
    var course = VaccinationCourse(due: child.birth, isOver: child.traits.refusesVaccines)
    if !course.isOver {
      course.due = dayMeant(for: 0, of: child, after: child.birth)
      if random.happens(SyntheticRates.vaccinatedAtBirth) {
        let isLate = random.happens(0.08)
        let day = child.birth + AgeInDays(Int32(isLate ? random.whole(2...6) : random.whole(0...1)))
        if day <= child.day {
          let isHere = child.birth + AgeInDays(31) >= window.first
          let dose = VaccinationDose.atBirth
          write(
            isHere ? dose.body(on: day) : dose.bookBody, of: child, on: day,
            recordedOn: child.day, with: people)
        }
      }
    }
    vaccinations[key] = course
    var month = child.birth.month.advanced(by: 1)
    while month < window.month {
      if random.happens(SyntheticRates.cameBeforeWeighings + 0.04),
        let day = CivilDate(
          year: month.year, month: month.ordinal, day: child.day.components.day)
      {
        giveSession(to: child, on: day, at: nil, with: people)
      }
      month = month.advanced(by: 1)
    }
  }

  /// The day from which a family means to come for a session.
  private mutating func dayMeant(
    for session: Int, of child: CaredChild, after last: CivilDate
  ) -> CivilDate {
    let next = VaccinationSession.all[session]
    let wait = Int32(-next.delay * naturalLogarithm(1 - random.fraction()))
    let due = child.birth + Period.months(next.months) + AgeInDays(wait)
    return session == 0 ? due : max(due, last + AgeInDays(28))
  }

  /// Gives what is next, where it is due by then.
  ///
  /// - Parameter site: where it is given; nothing for what stands in the book.
  private mutating func giveSession(
    to child: CaredChild, on day: CivilDate, at site: CareSite?, with people: PuskesmasPeople
  ) {
    guard var course = vaccinations[Int32(child.villager)], !course.isOver, course.due <= day
    else { return }
    let months = day.completedMonths(since: child.birth).count
    var missing: [VaccinationDose] = []
    for dose in VaccinationSession.all[course.next].doses where dose.isGiven(atMonths: months) {
      if random.happens(SyntheticRates.outOfStock(dose.vaccine)) {
        missing.append(dose)
        continue
      }
      if let site {
        var body = dose.body(on: day)
        if random.happens(SyntheticRates.spoiledDoses) { body.spoiled = .coldChain }
        write(body, of: child, on: day, recordedOn: day, at: site, with: people)
      } else {
        write(dose.bookBody, of: child, on: day, recordedOn: child.day, with: people)
      }
    }
    if let site { noteOutOfStock(missing, for: child, on: day, at: site, with: people) }
    course.next += 1
    let isLast = course.next == VaccinationSession.all.count
    course.isOver = isLast || random.happens(VaccinationSession.all[course.next].leaves)
    if !course.isOver { course.due = dayMeant(for: course.next, of: child, after: day) }
    vaccinations[Int32(child.villager)] = course
  }

  /// Writes a vaccination, on that day or when the book was seen.
  private mutating func write(
    _ body: VaccinationBody, of child: CaredChild, on day: CivilDate, recordedOn: CivilDate,
    at site: CareSite? = nil, with people: PuskesmasPeople
  ) {
    let moment = evening(of: recordedOn, about: child.villager, with: people)
    write(
      .vaccination, about: child.villager, on: day,
      at: site ?? sites.posyanduDay(of: child.posyandu), body.bytes, with: people,
      moment: moment)
  }
}
