import GRDB
import Health
import Journal
import Monitoring
import Programmes

/// Keeps every child's contributions and the cube up to date as facts arrive.
///
/// Only the children whose facts changed are worked out anew; the difference between what they
/// added before and what they add now is applied to the cells of their place and of all above it.
public struct NutritionProjection: Projection {
  let edition: SettingsEdition

  /// A projection under these settings.
  public init(edition: SettingsEdition) { self.edition = edition }

  /// Works out the changed children and applies the difference. Where another program has counted
  /// everything under other settings meanwhile it refuses: figures of two rules are not mixed.
  public func update(
    _ changes: [TimelineChange], places: PlaceChanges, at now: Instant, in db: Database
  ) throws {
    try SettingsProblem.require(edition, in: db)
    // Asked before anything is written: what arrives now is counted along the new tree anyhow.
    let mustSumAgain = try isShaped(by: places, in: db)
    var difference = CubeDifference()
    let computed = try computed(changes)
    for (change, (months, packed)) in zip(changes, computed) {
      let earlier = try ContributionRow.fetch(change.person, in: db)
      if packed == earlier { continue }
      let before = try earlier.map(NutritionProjection.unpack) ?? []
      difference.replace(before, with: months)
      try ContributionRow.store(packed, of: change.person, in: db)
      try countAt(months, before: before, person: change.person, in: db)
    }
    try difference.apply(in: db)
    if mustSumAgain { try CubeRow.sumAgain(in: db) }
  }

  /// Whether figures that were there before have to be summed along other ways: because a place
  /// with figures moved, or because a place came to be known at which children were counted, or
  /// above places with figures.
  private func isShaped(by places: PlaceChanges, in db: Database) throws -> Bool {
    if places.isEmpty { return false }
    let tree = try PlaceTree.fetch(in: db)
    for place in places.moved {
      guard let number = tree.places[place]?.number else { continue }
      if try CubeRow.isThere(for: number, in: db) { return true }
    }
    for place in places.added {
      let awaited = try BareStatement("SELECT 1 FROM awaited_place WHERE place = ?", in: db)
      awaited.bind(place, at: 1)
      if try awaited.first({ _ in true }) != nil { return true }
      for below in tree.subtree(of: place)
      where try CubeRow.isThere(for: below.number, in: db) { return true }
    }
    return false
  }

  /// The new contributions of changed children.
  func computed(
    _ changes: [TimelineChange]
  ) throws -> [(months: [ChildMonth], packed: [UInt8])] {
    let settings = edition.growth
    return try changes.sharedMap { change in
      let months = try NutritionProjection.childMonths(of: change.timeline, settings: settings)
      return (months, PackedContributions.pack(months))
    }
  }

  /// What a timeline adds to every month.
  static func childMonths(
    of timeline: Timeline, settings: GrowthSettings
  ) throws(WireError) -> [ChildMonth] {
    let result: Result<[ChildMonth], WireError> = timeline.bytes.withUnsafeBufferPointer { bytes in
      do throws(WireError) {
        return .success(
          try GrowthRecord(timeline: bytes, settings: settings).childMonths(settings: settings))
      } catch { return .failure(error) }
    }
    return try result.get()
  }

  static func unpack(_ bytes: [UInt8]) throws(WireError) -> [ChildMonth] {
    let result: Result<[ChildMonth], WireError> = bytes.withUnsafeBufferPointer { buffer in
      do throws(WireError) { return .success(try PackedContributions.unpack(buffer)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func countAt(
    _ months: [ChildMonth], before: [ChildMonth], person: Int64, in db: Database
  ) throws {
    let now = months.distinctPlaces
    let earlier = before.distinctPlaces
    for place in now where !earlier.contains(place) {
      try CountedRow.add(person, at: place, in: db)
    }
    for place in earlier where !now.contains(place) {
      try CountedRow.remove(person, at: place, in: db)
    }
  }
}

/// In whose figures children were ever counted: at places that are known, and at others.
enum CountedRow {
  static func add(_ person: Int64, at place: Identifier, in db: Database) throws {
    guard let number = try PlaceTree.number(of: place, in: db) else {
      try db.cachedStatement(
        sql: "INSERT OR IGNORE INTO awaited_place (place, person) VALUES (?, ?)"
      ).execute(arguments: [place.data, person])
      return
    }
    try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO counted_at (place, person) VALUES (?, ?)"
    ).execute(arguments: [number, person])
  }

  static func remove(_ person: Int64, at place: Identifier, in db: Database) throws {
    guard let number = try PlaceTree.number(of: place, in: db) else {
      try db.cachedStatement(sql: "DELETE FROM awaited_place WHERE place = ? AND person = ?")
        .execute(arguments: [place.data, person])
      return
    }
    try db.cachedStatement(sql: "DELETE FROM counted_at WHERE place = ? AND person = ?")
      .execute(arguments: [number, person])
  }
}

extension [ChildMonth] {
  /// The places of the months, each once; seldom more than one or two.
  var distinctPlaces: [Identifier] {
    var places: [Identifier] = []
    for month in self where places.last != month.place && !places.contains(month.place) {
      places.append(month.place)
    }
    return places
  }
}

/// Contributions in and out of their table.
enum ContributionRow {
  static func fetch(_ person: Int64, in db: Database) throws -> [UInt8]? {
    let statement = try BareStatement(
      "SELECT bytes FROM contribution WHERE person = ?", in: db)
    statement.bind(person, at: 1)
    return try statement.first { [UInt8]($0.bytes(0)) }
  }

  static func store(_ bytes: [UInt8], of person: Int64, in db: Database) throws {
    let statement = try BareStatement(
      """
      INSERT INTO contribution (person, bytes) VALUES (?, ?)
      ON CONFLICT (person) DO UPDATE SET bytes = excluded.bytes
      """, in: db)
    statement.bind(person, at: 1)
    statement.bind(bytes, at: 2)
    try statement.execute()
  }
}
