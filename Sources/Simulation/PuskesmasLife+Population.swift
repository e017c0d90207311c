import Health

/// Days of one month that are lived through.
struct MonthWindow: Sendable {
  let first: CivilDate
  let last: CivilDate

  var month: CivilMonth { first.month }
  /// How many days.
  var days: Int { Int((last - first).count) + 1 }
  /// The part of a year.
  var years: Double { Double(days) / 365.25 }
  /// The part of an average month.
  var months: Double { years * 12 }

  /// The day `offset` days after the first.
  func day(_ offset: Int) -> CivilDate { first + AgeInDays(Int32(offset)) }
}

extension PuskesmasLife {
  /// Lets those who live there die, leave or move to another Posyandu.
  mutating func letMoveAndDie(in window: MonthWindow) {
    let leaving = SyntheticRates.departures * window.years
    let moving = SyntheticRates.movesWithin * window.years
    for position in residents.indices where residents[position].until == nil {
      let resident = residents[position]
      let months = Int(window.first.completedMonths(since: resident.birth).count)
      // The first month's deaths were decided at birth.
      let dying = SyntheticRates.death(atMonths: max(1, months)) * window.months
      let fate = random.fraction()
      guard fate < dying + leaving + moving else { continue }
      let day = window.day(random.whole(0...window.days - 1))
      guard day > resident.since else { continue }
      if fate < dying {
        end(position, on: day, .death, noticedWithin: 20)
      } else if fate < dying + leaving {
        end(position, on: day, .departure, noticedWithin: 40)
      } else {
        move(position, on: day)
      }
    }
  }

  /// Lets children be born; some of them die within the month.
  mutating func letBeBorn(in window: MonthWindow) {
    let expected = Double(plan.peoplePerPuskesmas) * SyntheticRates.births * window.years
    let sizes = places.posyandu.map(\.size)
    for _ in 0..<random.count(expecting: expected) {
      let day = window.day(random.whole(0...window.days - 1))
      let child = newcomer(born: day, posyandu: random.position(in: sizes), since: day)
      let name = name(of: child)
      register(child, name: name, on: day, at: evening(after: day, days: random.whole(1...9)))
      // Most deaths of the first month come in its first days.
      if random.happens(SyntheticRates.death(atMonths: 0)) {
        let deathDay = day + AgeInDays(Int32(random.whole(0...6) * random.whole(0...4)))
        end(residents.count - 1, on: min(deathDay, window.last), .death, noticedWithin: 20)
      }
    }
  }

  /// Lets people of all ages arrive from elsewhere.
  mutating func letArrive(in window: MonthWindow) {
    let expected = Double(plan.peoplePerPuskesmas) * SyntheticRates.arrivals * window.years
    let sizes = places.posyandu.map(\.size)
    for _ in 0..<random.count(expecting: expected) {
      let day = window.day(random.whole(0...window.days - 1))
      let resident = newcomer(
        born: birthDate(), posyandu: random.position(in: sizes), since: day)
      let name = name(of: resident)
      register(resident, name: name, on: day, at: evening(after: day, days: random.whole(0...3)))
    }
  }

  private mutating func end(
    _ position: Int, on day: CivilDate, _ kind: FactKind, noticedWithin days: Int
  ) {
    residents[position].until = day
    let posyandu = places.posyandu[residents[position].posyandu]
    // Not before the person was registered, which takes up to nine days after a birth.
    let moment = evening(after: day, days: random.whole(min(10, days)...days))
    scribe.write(
      kind, about: residents[position].id, on: day, at: moment, place: posyandu.id,
      by: posyandu.bidan, [], &random)
  }

  private mutating func move(_ position: Int, on day: CivilDate) {
    let target = random.whole(0...places.posyandu.count - 1)
    guard target != residents[position].posyandu else { return }
    residents[position].posyandu = target
    residents[position].since = day
    let posyandu = places.posyandu[target]
    let moment = evening(after: day, days: random.whole(0...14))
    scribe.write(
      .residence, about: residents[position].id, on: day, at: moment, place: posyandu.id,
      by: posyandu.bidan, ResidenceBody(place: posyandu.id).bytes, &random)
  }

  private mutating func evening(after day: CivilDate, days: Int) -> Instant {
    Scribe.evening(after: day, days: days, &random)
  }
}
