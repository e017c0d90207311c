import GRDB
import Guidance
import Health
import Journal
import Programmes

extension CareEdition {
  /// Under what name it is noted that no plan of another edition is left.
  private static let refreshed = "care plans"

  /// Whether no plan of another edition is left, so that nobody has to look through all.
  fileprivate func isOnlyOne(in db: Database) throws -> Bool {
    try ComputedAs.stored(CareEdition.refreshed, in: db) == "\(number)"
  }

  /// Notes that no plan of another edition is left.
  fileprivate func noteOnlyOne(in db: Database) throws {
    try ComputedAs.store("\(number)", of: CareEdition.refreshed, in: db)
  }

  /// Takes back what another edition noted: a command with other clinical settings than those of
  /// the server writes plans that the server has to find.
  func noteWriting(in db: Database) throws {
    let noted = try ComputedAs.stored(CareEdition.refreshed, in: db) ?? ""
    if noted.isEmpty || noted == "\(number)" { return }
    try ComputedAs.store("", of: CareEdition.refreshed, in: db)
  }
}

extension District {
  /// Works out anew the stored plans that hold no longer: those whose day has come, and all that
  /// other guidelines or settings wrote.
  ///
  /// Each step is a transaction of its own of some milliseconds, so that facts that arrive meanwhile
  /// wait no longer than for one another; between two steps it rests as long as the last one took.
  ///
  /// - Parameters:
  ///   - day: today.
  ///   - step: how many plans one transaction works out.
  /// - Returns: how many plans were worked out.
  public func refreshPlans(on day: CivilDate, step: Int = 200) async throws -> Int {
    var done = try await refresh(on: day) { _, db in
      try District.persons(
        "INDEXED BY care_plan_by_end WHERE holds_until <= ? LIMIT \(step)",
        Int64(day.dayNumber), in: db)
    }
    let edition = planning.edition
    if try isRefreshed(edition) { return done }
    done += try await refresh(on: day) { last, db in
      try District.persons(
        "WHERE edition <> \(edition.number) AND person > ? ORDER BY person LIMIT \(step)",
        last, in: db)
    }
    if !Task.isCancelled { try await noteRefreshed(edition) }
    return done
  }

  /// Works plans out in steps, until a step finds none.
  ///
  /// - Parameter next: whose plans are stale, after the last person of the step before.
  private func refresh(
    on day: CivilDate, _ next: @escaping @Sendable (Int64, Database) throws -> [Int64]
  ) async throws -> Int {
    let planning = planning
    var done = 0
    var last = Int64.min
    while !Task.isCancelled {
      let start = ContinuousClock.now
      let after = last
      let persons = try await journal.writeComputed { db in
        let persons = try next(after, db)
        for person in persons {
          let timeline = try PersonEntry.countedTimeline(person, in: db)
          try planning.plan(of: timeline, on: day).store(person, in: db)
        }
        return persons
      }
      guard let end = persons.last else { break }
      done += persons.count
      last = end
      try? await Task.sleep(for: ContinuousClock.now - start)
    }
    return done
  }

  private static func persons(
    _ condition: String, _ value: Int64, in db: Database
  ) throws -> [Int64] {
    let statement = try BareStatement("SELECT person FROM care_plan \(condition)", in: db)
    statement.bind(value, at: 1)
    var found: [Int64] = []
    try statement.forEach { row in
      found.append(row.integer(0))
      return true
    }
    return found
  }

  private func isRefreshed(_ edition: CareEdition) throws -> Bool {
    try journal.pool.read { try edition.isOnlyOne(in: $0) }
  }

  private func noteRefreshed(_ edition: CareEdition) async throws {
    if try isRefreshed(edition) { return }
    try await journal.writeComputed { try edition.noteOnlyOne(in: $0) }
  }

  /// Brings stored plans up to date at once, and again whenever a day has begun. Where it fails the
  /// next time will do: until then readers work out for themselves what holds no longer.
  public func keepPlansCurrent(every pause: Duration) async {
    var last: CivilDate?
    while !Task.isCancelled {
      let today = Clock.now().day(hoursEastOfGreenwich: hoursEastOfGreenwich)
      if today != last, (try? await refreshPlans(on: today)) != nil { last = today }
      try? await Task.sleep(for: pause)
    }
  }

  /// Stores one person's plan of a day, where the stored one holds no longer.
  public func refreshPlan(of person: Int64, on day: CivilDate) async throws {
    let planning = planning
    try await journal.writeComputed { db in
      let stored = try StoredCarePlan.fetch(person, in: db)
      // Another page may have been quicker; a plan of a later day is not put back.
      if let stored, stored.holds(on: day, in: planning.edition) { return }
      if let stored, stored.edition == planning.edition.number, stored.asOf > day { return }
      let timeline = try PersonEntry.countedTimeline(person, in: db)
      try planning.plan(of: timeline, on: day).store(person, in: db)
    }
  }
}
