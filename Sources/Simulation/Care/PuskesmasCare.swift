import Guidance
import Health

/// What is done for the mothers and children of one Puskesmas through the years, and written down.
///
/// It only looks at the lives of ``PuskesmasPeople`` and draws from a chance of its own, so that
/// the register is the same with and without it. Who is born when is known from
/// ``Delivery/foreseen``, so that a pregnancy is there before its birth.
struct PuskesmasCare: Sendable {
  let sites: CareSites
  let plan: PopulationPlan
  let number: Int
  var random: SeededRandom
  var scribe: Scribe
  /// Deliveries whose pregnancy has not begun yet.
  var expected: [Delivery]
  /// From when until when women are pregnant, by their position, those to come too.
  var taken: [Int32: [ClosedRange<CivilDate>]] = [:]
  var courses: [PregnancyCourse] = []
  /// How often women gave birth before the plan's days, and when last.
  var births: [Int32: EarlierBirths] = [:]
  /// Visits of children that are due on a day that is decided already.
  var recalls: [ChildRecall] = []
  /// How far children have come with their vaccinations, by their position among the villagers.
  var vaccinations: [Int32: VaccinationCourse] = [:]
  /// Children under care for severe malnutrition, by their position among the villagers.
  var malnourished: [Int32: MalnutritionCourse] = [:]

  /// The care of that Puskesmas, before anything was done.
  init(_ map: DistrictMap, puskesmas number: Int, sites: CareSites, expecting: [Delivery]) {
    self.sites = sites
    self.number = number
    plan = map.plan
    random = map.plan.random(7, number)
    scribe = Scribe(until: map.plan.lastDay)
    expected = expecting
    for delivery in expecting {
      taken[delivery.mother, default: []].append(delivery.beginning...delivery.day)
    }
  }

  /// Lives through a month that the people have lived through.
  ///
  /// - Parameter written: what was written of the people in it.
  /// - Returns: the facts of care, in no particular order.
  mutating func live(
    in window: MonthWindow, with people: PuskesmasPeople, written: [Fact]
  ) -> [Fact] {
    if window.first == plan.firstDay { noteEarlierBirths(of: people) }
    beginPregnancies(in: window, with: people)
    losePregnancies(in: window, with: people)
    goOnWithPregnancies(in: window, with: people)
    if window.month >= plan.firstCareMonth {
      careForChildren(in: window, with: people, written: written)
    }
    return scribe.take()
  }

  /// What is so of one villager for all times, as blood group and height: always drawn the same.
  func traits(of villager: Int) -> SeededRandom {
    SeededRandom(
      seed: plan.seed, stream: 1 << 50 | UInt64(number) << 28 | UInt64(villager))
  }

  /// Whether somebody lives there on a day, as far as it is known in that month.
  func isHere(_ villager: Int, on day: CivilDate, in people: PuskesmasPeople) -> Bool {
    let person = people.villagers[villager]
    return day >= person.since && day >= plan.firstDay && person.until.map { $0 > day } ?? true
  }

  /// The position of somebody's Posyandu.
  func posyandu(of villager: Int, in people: PuskesmasPeople) -> Int {
    people.homes[Int(people.villagers[villager].home)].posyandu
  }

  /// The moment on the evening of the day, now and then weeks late, at which something is written
  /// about somebody; not before they are known. What others refer to is never late.
  mutating func evening(
    of day: CivilDate, about villager: Int, with people: PuskesmasPeople, mayBeLate: Bool = true
  ) -> Instant {
    let isLate = mayBeLate && random.happens(SyntheticRates.lateEntries)
    let moment = Scribe.evening(after: day, days: isLate ? random.whole(10...45) : 0, &random)
    return min(max(moment, people.villagers[villager].knownSince), scribe.lastMoment)
  }

  /// Writes a fact about somebody.
  @discardableResult
  mutating func write(
    _ kind: FactKind, about villager: Int, on day: CivilDate, at site: CareSite, _ body: [UInt8],
    with people: PuskesmasPeople, moment: Instant
  ) -> Identifier {
    scribe.write(
      kind, about: people.villagers[villager].id, on: day, at: moment, place: site.place,
      by: site.author, body, &random)
  }

  /// Writes a visit, where it falls into the months of care.
  mutating func write(
    _ visit: VisitBody, about villager: Int, on day: CivilDate, at site: CareSite,
    with people: PuskesmasPeople, moment: Instant? = nil
  ) {
    guard day >= plan.firstCareMonth.firstDay else { return }
    let evening = moment ?? evening(of: day, about: villager, with: people)
    write(
      .visit, about: villager, on: day, at: site, visit.bytes, with: people, moment: evening)
  }
}

extension VisitBody {
  /// Notes a value that its element believes.
  mutating func note(_ element: DataElement, _ value: Int) {
    precondition(element.believes(Int32(value)), "\(element.name): \(value)")
    self[element.code] = Int32(value)
  }

  /// The value of an element; nothing where it was not observed.
  func value(_ element: DataElement) -> Int32? { self[element.code] }

  /// Notes a yes or no.
  mutating func note(_ element: DataElement, _ isYes: Bool) { note(element, isYes ? 1 : 0) }

  /// Notes that signs were asked for, with what was found by chance.
  mutating func note(
    signs: [(DataElement, Double)], times factor: Double = 1, _ random: inout SeededRandom
  ) {
    for (element, probability) in signs {
      note(element, random.happens(probability * factor))
    }
  }
}

extension Instant {
  /// What is written on the next page of the same form.
  var onNextPage: Instant { Instant(milliseconds: milliseconds + 20_000) }
}

extension SeededRandom {
  /// A normal variate, rounded, within bounds.
  mutating func whole(mean: Double, deviation: Double, within range: ClosedRange<Int>) -> Int {
    let value = normal(mean: mean, deviation: deviation).rounded()
    return Int(min(max(value, Double(range.lowerBound)), Double(range.upperBound)))
  }
}
