import GRDB
import Health
import Journal

extension District {
  /// Takes villages out of a Puskesmas whose last day of looking after them is over. Figures follow
  /// the tree, which knows no days: so somebody has to do it on the day after, and that is the
  /// program.
  ///
  /// A village goes to the Puskesmas that looks after it now, or else to none until one takes it.
  /// One of which no catchment was ever told stays where it is.
  ///
  /// - Returns: what became of the facts, none where nothing was due.
  public func settleCatchments(at now: Instant) async throws -> [Acceptance] {
    let today = now.day(hoursEastOfGreenwich: hoursEastOfGreenwich)
    let due = try await journal.pool.read { db in
      try District.villagesToLeave(on: today, in: db).map { village, next in
        let facts = try PlaceRows.facts(about: village, in: db)
        return (id: village, next: next, standing: try PlaceStanding(facts))
      }
    }
    var facts: [Fact] = []
    let recording = Recording(at: now, recorder: nil)
    for village in due {
      guard var body = village.standing.place, let known = village.standing.placeFact else {
        continue
      }
      body.partOf = village.next
      facts.append(
        recording.fact(
          .place, of: village.id, on: today, at: village.id, replacing: known, body.bytes))
    }
    do {
      return try await record(facts, correcting: facts.compactMap(\.replaces))
    } catch is ChangedMeanwhile { return [] }
  }

  /// Villages that are part of a Puskesmas which looks after them no longer, and who does.
  private static func villagesToLeave(
    on today: CivilDate, in db: Database
  ) throws -> [(village: Identifier, next: Identifier?)] {
    let tree = try PlaceTree.fetch(in: db)
    let own = Dictionary(grouping: try PlaceRows.catchments(in: db), by: \.village)
    return own.compactMap { id, catchments -> (village: Identifier, next: Identifier?)? in
      let byPuskesmas = catchments.filter { tree.places[$0.facility]?.kind == .puskesmas }
      guard let village = tree.places[id], let now = village.partOf,
        byPuskesmas.contains(where: { $0.facility == now }),
        !byPuskesmas.contains(where: {
          $0.facility == now && $0.until.map { today <= $0 } ?? true
        })
      else { return nil }
      let next = byPuskesmas.filter { $0.holds(on: today) }
        .max { ($0.since, $0.facility) < ($1.since, $1.facility) }
      return (id, next?.facility)
    }.sorted { $0.village < $1.village }
  }
}
