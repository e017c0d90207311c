import Health
import Programmes

/// Somebody whom the Puskesmas looks after.
struct Resident: Sendable {
  let id: Identifier
  let birth: CivilDate
  let sex: Sex
  /// Position among the Puskesmas' Posyandu.
  var posyandu: Int
  /// Since when they live there; visits come only after.
  var since: CivilDate
  /// Until when, where they died or left.
  var until: CivilDate?
}

/// What is carried along for a child under five.
struct Child: Sendable {
  /// Position among the residents.
  let resident: Int
  var track: GrowthTrack
  /// How readily the family comes, beside others (on the scale of log-odds).
  let leaning: Double
  /// Whether the family has the Buku KIA.
  let ownsBook: Bool
}

/// One Puskesmas through the years: who is born, moves and dies, and every Posyandu day.
struct PuskesmasLife: Sendable {
  let plan: SimulationPlan
  let number: Int
  let places: SyntheticPlaces
  var random: SeededRandom
  var scribe: Scribe
  var residents: [Resident] = []
  var children: [Child] = []

  private var identityNumbers: SyntheticIdentityNumbers
  private var mothers: [[String]]
  private var serial = 0

  /// The Puskesmas with that number, counted from 0, on the evening before anything happens.
  init(_ plan: SimulationPlan, puskesmas number: Int) {
    self.plan = plan
    self.number = number
    places = SyntheticPlaces(
      plan, puskesmas: number,
      at: Scribe.moment(on: plan.firstDay, minute: 60, milliseconds: 1000 + number * 60_000))
    random = SeededRandom(seed: plan.seed, stream: UInt64(number) * 2 + 2)
    scribe = Scribe(until: plan.lastDay)
    identityNumbers = SyntheticIdentityNumbers(puskesmas: number)
    mothers = [[String]](repeating: [], count: places.posyandu.count)
  }

  /// Opens the register: everybody who lives there on the first day.
  ///
  /// - Returns: the facts, in order of their moment of recording.
  mutating func openRegister() -> [Fact] {
    guard !places.posyandu.isEmpty else { return [] }
    let sizes = places.posyandu.map(\.size)
    var people: [(resident: Resident, name: String)] = []
    people.reserveCapacity(plan.peoplePerPuskesmas)
    for _ in 0..<plan.peoplePerPuskesmas {
      let resident = newcomer(
        born: birthDate(), posyandu: random.position(in: sizes), since: plan.firstDay)
      let name = name(of: resident)
      let years = plan.firstDay.completedYears(since: resident.birth).count
      if resident.sex == .female, (18...44).contains(years) {
        mothers[resident.posyandu].append(name)
      }
      people.append((resident, name))
    }
    // Within the day: from 03:00 on, ten hours at most.
    let step = min(1000, 36_000_000 / max(1, people.count))
    for (position, person) in people.enumerated() {
      let moment = Scribe.moment(
        on: plan.firstDay, minute: 180, milliseconds: position * step)
      register(person.resident, name: person.name, on: plan.firstDay, at: moment)
    }
    return scribe.take()
  }

  /// Lives through the days from `first` to `last`, which lie in one month.
  ///
  /// - Returns: the facts, in no particular order.
  mutating func live(from first: CivilDate, to last: CivilDate) -> [Fact] {
    guard !places.posyandu.isEmpty else { return [] }
    let window = MonthWindow(first: first, last: last)
    letMoveAndDie(in: window)
    letBeBorn(in: window)
    letArrive(in: window)
    holdPosyanduDays(in: window)
    return scribe.take()
  }

  /// A new resident, with an identifier of their own.
  mutating func newcomer(born birth: CivilDate, posyandu: Int, since: CivilDate) -> Resident {
    serial += 1
    return Resident(
      id: SyntheticPlaces.identifier(plan, "person \(number).\(serial)"), birth: birth,
      sex: random.happens(SyntheticRates.boys) ? .male : .female, posyandu: posyandu,
      since: since)
  }

  /// A birth date as the age pyramid has them on the first day.
  mutating func birthDate() -> CivilDate {
    let group = random.position(in: SyntheticRates.agePyramid)
    let isOldest = group == SyntheticRates.agePyramid.count - 1
    let days = (Double(group) + random.fraction() * (isOldest ? 3 : 1)) * 5 * 365.25
    return CivilDate(dayNumber: plan.firstDay.dayNumber - Int32(days))
  }

  mutating func name(of resident: Resident) -> String {
    let isChild = resident.since.completedYears(since: resident.birth).count < 18
    return isChild
      ? SyntheticNames.child(serial, &random) : SyntheticNames.adult(&random)
  }

  /// Takes somebody in and writes down who they are and where they live.
  mutating func register(
    _ resident: Resident, name: String, on day: CivilDate, at moment: Instant
  ) {
    let posyandu = places.posyandu[resident.posyandu]
    let months = day.completedMonths(since: resident.birth).count
    var body = PersonBody()
    body.name = Array(name.utf8)
    body.sex = resident.sex
    body.birthDate = resident.birth
    body.birthDateCertainty = .exact
    if random.happens(SyntheticRates.estimatedBirthDate(atYears: Int(months) / 12)) {
      let years = Int32(months) / 12
      let error = Int32(random.normal(deviation: years < 5 ? 20 : 300))
      body.birthDate = CivilDate(
        dayNumber: min(resident.birth.dayNumber + error, day.dayNumber))
      body.birthDateCertainty = .estimatedFromAge
    }
    let withoutNumber = SyntheticRates.withoutIdentityNumber(isUnderFive: months < 60)
    if !random.happens(withoutNumber), let stated = body.birthDate {
      body.nationalIdentityNumber = Array(
        identityNumbers.next(sex: resident.sex, born: stated).utf8)
    }
    if months < 18 * 12 {
      let known = mothers[resident.posyandu]
      let mother = known.isEmpty ? SyntheticNames.adult(&random) : random.one(of: known)
      body.motherName = Array(mother.utf8)
    }
    residents.append(resident)
    if months < 60 { addChild(of: &body, months: Int(months)) }
    scribe.write(
      .person, about: resident.id, on: day, at: moment, place: posyandu.id, by: posyandu.bidan,
      body.bytes, &random)
    scribe.write(
      .residence, about: resident.id, on: day, at: moment, place: posyandu.id,
      by: posyandu.bidan, ResidenceBody(place: posyandu.id).bytes, &random)
  }

  /// Gives the last resident a growth track, and what was noted at birth.
  private mutating func addChild(of body: inout PersonBody, months: Int) {
    guard let resident = residents.last else { return }
    var track = GrowthTrack(sex: resident.sex, birth: resident.birth, &random)
    if random.happens(0.9), let size = track.size(on: resident.birth) {
      body.birthWeight = Mass(grams: Int32((size.weight * 100).rounded()) * 10)
      body.birthLength = Length(tenthsOfMillimetre: Int32(size.length.rounded()) * 100)
      if random.happens(0.8) {
        let days = 273 + 9 * (size.weight - 3.1) / 0.4 + random.normal(deviation: 8)
        body.gestationalAgeAtBirth = AgeInDays(Int32(min(max(days, 203), 296)))
      }
    }
    track.liveBefore(resident.since.month, ageMonths: months, &random)
    children.append(
      Child(
        resident: residents.count - 1, track: track, leaning: random.normal(deviation: 1.5),
        ownsBook: random.happens(0.94)))
  }
}
