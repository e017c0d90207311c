import Health

/// Questions that are asked as they were at an earlier visit: what a sick child had, at the age of
/// that day, by what was seen by then.
extension Evaluation {
  /// Asks as of an earlier day. What was so then does not change as days pass, so nothing is noted
  /// as a change to come.
  mutating func asOf<Result>(
    _ earlier: CivilDate, _ ask: (inout Evaluation) -> Result
  ) -> Result {
    let (now, change, wasOfVisit) = (asked, nextChange, isOfVisit)
    if now.day != earlier { asked = AskedDay(earlier, of: record) }
    isOfVisit = true
    let result = ask(&self)
    (asked, nextChange, isOfVisit) = (now, change, wasOfVisit)
    return result
  }

  /// Asks as of the day that a table speaks of; nothing where there is no such day.
  mutating func atMoment<Result>(
    of table: DecisionTable, _ ask: (inout Evaluation) -> Result
  ) -> Result? {
    guard case .lastVisit(let purpose, let within) = table.moment else { return ask(&self) }
    guard let visit = lastVisit(purpose, before: day + .days(1)),
      !hasCome(visit + period(within))
    else { return nil }
    return asOf(visit, ask)
  }

  /// The day of the latest visit for a purpose before a day.
  func lastVisit(_ purpose: CarePurpose, before end: CivilDate) -> CivilDate? {
    guard !record.purposes.isDisjoint(with: purpose) else { return nil }
    return record.contacts.last { $0.on < end && !$0.purposes.isDisjoint(with: purpose) }?.on
  }

  /// The visits up to the day that count, by day, of which several on one day are one.
  ///
  /// - Parameter element: only visits on whose day this was observed to be yes count.
  func visits(
    for purpose: CarePurpose, by performers: Performers, showing element: DataElement?
  ) -> [Contact] {
    guard !record.purposes.isDisjoint(with: purpose) else { return [] }
    var found: [Contact] = []
    found.reserveCapacity(record.contacts.count)
    // Observations are linked from the latest back, so visits are gone through that way as well.
    var place = element.map { record.latestPlace($0.code, through: day) } ?? -1
    for contact in record.contacts.reversed()
    where contact.on <= day && !contact.purposes.isDisjoint(with: purpose)
      && performers.holds(contact.performer)
    {
      if element != nil, !record.wasYes(on: contact.on, from: &place) { continue }
      if found.last?.on == contact.on { found.removeLast() }
      found.append(contact)
    }
    found.reverse()
    return found
  }

  /// Goes through a table's rows on the day in question, only once; the place of what it found among
  /// ``foundClasses``.
  mutating func foundClass(by table: DecisionTable) -> Int {
    for place in foundClasses.indices
    where foundClasses[place].table == table.number && foundClasses[place].day == day
      && foundClasses[place].isOfVisit == isOfVisit
    {
      return place
    }
    var found = FoundClass(
      table: table.number, day: day, isOfVisit: isOfVisit, applies: answer(table.prepared))
    if found.applies == .yes {
      for place in table.rows.indices {
        let answer = answer(table.rows[place].prepared)
        if answer == .yes {
          found.place = UInt8(place)
          break
        }
        if case .unknown(let missing) = answer {
          found.unknown.append((table.rows[place].number, missing))
        }
      }
    }
    foundClasses.append(found)
    return foundClasses.count - 1
  }

  /// Whether the class that a table finds has one of these numbers. A graver class of these that
  /// is not excluded leaves it unknown; one of others does not, for the class is found all the
  /// same. Care at home is found at a visit only where every graver class was looked for, as the
  /// table itself tells it.
  mutating func isClass(of table: DecisionTable, among rows: UInt32) -> Answer {
    atMoment(of: table) { moment in
      let place = moment.foundClass(by: table)
      let found = moment.foundClasses[place]
      guard found.applies == .yes else { return found.applies }
      func isAsked(_ row: UInt16) -> Bool { rows & 1 << UInt32(row) != 0 }
      if let place = found.place, isAsked(table.rows[Int(place)].number) {
        return table.graverNotExcluded(found).map { .unknown($0.missing) } ?? .yes
      }
      return found.unknown.first { isAsked($0.row) }.map { .unknown($0.missing) } ?? .no
    } ?? .no
  }

  /// How a score stands to a comparison: told where all that it can still become says the same.
  mutating func score(of instrument: Instrument, _ test: Test) -> Answer {
    guard let score = instrument.score(&self) else { return .no }
    let answer = holds(score.least, test)
    if score.least < score.most,
      (score.least...score.most).contains(where: { holds($0, test) != answer })
    {
      return .unknown(score.missing ?? .measurement)
    }
    return answer ? .yes : .no
  }
}

/// What going through a table's rows found on a day.
struct FoundClass: Sendable {
  let table: UInt16
  let day: CivilDate
  /// Whether it was asked as it was at a visit, when no change to come is noted.
  let isOfVisit: Bool
  /// Whether the table is asked of the person at all.
  let applies: Answer
  /// The place of the first row that holds.
  var place: UInt8?
  /// The rows before it of which it is not known whether they hold, with what is missing.
  var unknown: [(row: UInt16, missing: Missing)] = []
}

extension HealthRecord {
  /// Whether one of the observations of a day is yes, of those of an element that begin at a place
  /// and go back from there. The place moves on to the first that is not later.
  fileprivate func wasYes(on day: CivilDate, from place: inout Int) -> Bool {
    while place >= 0, observations[place].on > day { place = Int(observations[place].earlier) }
    var ofDay = place
    while ofDay >= 0, observations[ofDay].on == day {
      if observations[ofDay].value == 1 { return true }
      ofDay = Int(observations[ofDay].earlier)
    }
    return false
  }
}

extension CareService {
  /// How a service that is owed after a visit stands.
  func afterVisit(_ evaluation: inout Evaluation) -> ServiceStatus {
    guard case .afterVisit(let purpose, let due, let late, let closes) = timing else {
      return .notApplicable
    }
    var end = evaluation.day + .days(1)
    while let visit = evaluation.lastVisit(purpose, before: end) {
      let owed = visit + evaluation.period(due)
      // Visits are looked at from the latest back; those before closed earlier.
      guard !evaluation.hasCome(owed + evaluation.period(closes)) else { break }
      let answer = evaluation.asOf(visit) { $0.answer(prepared) }
      let given = evidence.given(
        from: visit + .days(1), through: evaluation.day, evaluation)
      switch (answer, given) {
      case (.yes, let given?): return .done(on: given.on, fact: given.fact)
      case (.yes, nil):
        if let refused = evaluation.refusal(of: number, since: visit) { return refused }
        guard evaluation.hasCome(owed) else { return .upcoming(from: owed) }
        return evaluation.owed(since: owed, late: owed + evaluation.period(late))
      case (.unknown(let missing), nil): return .unknown(missing)
      case (.no, _), (.unknown, _?): end = visit
      }
    }
    return .notApplicable
  }
}
