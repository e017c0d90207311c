import Health

/// The memory and the steps of ``ImmunizationForecaster``.
///
/// Its variables are written by one call at a time, since the forecaster that owns it cannot be
/// copied; so their accesses need not be checked against one another.
final class ImmunizationWorkspace {
  let tables: ScheduleTables
  let items: Rows<DoseItem>
  @exclusivity(unchecked) var itemCount = 0
  let antigens: Rows<AntigenState>
  /// The doses that may stand in the way of others.
  @exclusivity(unchecked) var blocking: UInt64 = 0
  let states: Rows<SeriesState>
  /// The days on which the doses of each series were satisfied, as many places for each as the
  /// longest one has doses.
  let satisfiedOn: Rows<Int32>

  @exclusivity(unchecked) var birth = SplitDay(day: 0, month: 0, dayOfMonth: 0)
  @exclusivity(unchecked) var sex = SexSet.notKnown
  @exclusivity(unchecked) var today: Int32 = 0
  @exclusivity(unchecked) var observations: [ImmunizationObservation] = []
  @exclusivity(unchecked) var hasBirth = false
  @exclusivity(unchecked) var yearsBehindAtSchool: Int32 = 0

  /// The next dose of each of the schedule's groups, in their order.
  @exclusivity(unchecked) private(set) var groups: [VaccineForecast]

  init(_ schedule: VaccineSchedule) {
    tables = ScheduleTables(schedule)
    let nobody = SplitDay(day: 0, month: 0, dayOfMonth: 0)
    items = Rows(
      Array(
        repeating: DoseItem(on: nobody, product: 0, brand: 0, isSubstandard: false, place: 0),
        count: ImmunizationForecaster.mostDoses))
    antigens = Rows(Array(repeating: AntigenState(), count: tables.antigens.count))
    states = Rows(Array(repeating: SeriesState(), count: tables.series.count))
    satisfiedOn = Rows(Array(repeating: 0, count: tables.series.count * tables.longestSeries))
    groups = Array(
      repeating: VaccineForecast(.notApplicable, .notApplicable), count: tables.groups.count)
  }

  deinit {
    items.free()
    antigens.free()
    states.free()
    satisfiedOn.free()
  }

  /// Judges and forecasts for a person on a day.
  ///
  /// - Parameters:
  ///   - doses: the doses given, in any order.
  ///   - day: the day of the answer.
  func assess(
    _ person: ImmunizationPerson, doses: [GivenDose], on day: CivilDate
  ) {
    today = day.dayNumber
    sex =
      switch person.sex {
      case .male: .male
      case .female: .female
      case nil: .notKnown
      }
    observations = person.observations
    yearsBehindAtSchool = min(max(Int32(person.yearsBehindAtSchool), -20), 20)
    let known = person.birth.flatMap { isRecordable($0) && isRecordable(day) ? $0 : nil }
    hasBirth = known != nil
    guard let birthDay = known else {
      for group in groups.indices {
        groups[group] = VaccineForecast(.unknown, .missing, missing: .birthDate)
      }
      return
    }
    birth = tables.months.split(birthDay.dayNumber)
    arrange(doses)
    for antigen in antigens.indices { assess(antigen: antigen) }
    for group in groups.indices { groups[group] = forecast(ofGroup: group) }
  }

  /// Sorts the doses by day, product and name, and notes which antigens they hold.
  private func arrange(_ doses: [GivenDose]) {
    let tables = tables
    let items = items
    var count = 0
    var latest = UInt64(0)
    for place in doses.indices {
      let dose = doses[place]
      guard isRecordable(dose.day) else { continue }
      let item = DoseItem(
        on: tables.months.split(dose.day.dayNumber), product: tables.place(of: dose.product),
        brand: dose.brand, isSubstandard: dose.isSubstandard,
        place: UInt16(truncatingIfNeeded: place))
      if count < ImmunizationForecaster.mostDoses, latest <= item.order {
        items[count] = item
        count &+= 1
        latest = item.order
      } else {
        insert(item, into: items, &count)
        latest = items[count &- 1].order
      }
    }
    itemCount = count
    blocking = 0
    for antigen in antigens.indices { antigens[antigen].doses = 0 }
    for place in 0..<count where items[place].product != ScheduleTables.unknownProduct {
      noteAntigens(place, tables.products[Int(items[place].product)])
    }
  }

  @inline(__always)
  private func noteAntigens(_ place: Int, _ product: ProductRow) {
    let bit = UInt64.bit(place)
    if product.standsInWay { blocking |= bit }
    var held = product.antigens
    for row in product.contents.range {
      let content = tables.contents[row]
      if isOfAge(items[place].on.day, from: content.from, until: content.until) {
        held |= content.antigens
      }
    }
    while held != 0 {
      antigens[held.trailingZeroBitCount].doses |= bit
      held &= held &- 1
    }
  }

  /// Whether a day lies where months can be added to it.
  @inline(__always)
  func isRecordable(_ day: CivilDate) -> Bool {
    CivilDate.recordable.contains(Int64(day.dayNumber))
  }

  /// The day on which the person reaches an age; the age must not be empty.
  @inline(__always)
  func day(ofAge age: PackedPeriod) -> Int32 { tables.months.adding(age, to: birth) }

  /// Whether a day lies within two ages.
  @inline(__always)
  func isOfAge(_ day: Int32, from: PackedPeriod, until: PackedPeriod) -> Bool {
    if from.isSet, day < self.day(ofAge: from) { return false }
    if until.isSet, day >= self.day(ofAge: until) { return false }
    return true
  }

  /// The first of the rows of an antigen's series, its own or those that stand for it.
  @inline(__always)
  func firstSeries(of antigen: Int) -> Int {
    tables.antigens[antigens[antigen].standsFor].series.first
  }

  /// The place of a dose, as handed over, among the sorted ones.
  func place(ofDose dose: Int) -> Int? {
    guard hasBirth else { return nil }
    return (0..<itemCount).first { Int(items[$0].place) == dose }
  }

  func observes(_ code: UInt16) -> Bool { observations.contains { $0.code == code } }
}

/// Puts a dose in its place; where there are too many, the earliest makes room.
private func insert(_ item: DoseItem, into items: Rows<DoseItem>, _ count: inout Int) {
  var place = count
  while place > 0, item.comes(before: items[place &- 1]) { place &-= 1 }
  if count == ImmunizationForecaster.mostDoses {
    guard place > 0 else { return }
    for index in 1..<place { items[index - 1] = items[index] }
    items[place - 1] = item
    return
  }
  var index = count
  while index > place {
    items[index] = items[index &- 1]
    index &-= 1
  }
  items[place] = item
  count += 1
}

extension DoseItem {
  /// The order of doses: by day; on one day by what was given, so that it is always the same.
  @inline(__always)
  func comes(before other: DoseItem) -> Bool { order < other.order }
}
