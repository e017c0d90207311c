import GRDB
import Health
import Journal
import Monitoring
import Programmes
import Samples
import Testing

@testable import Services

@Suite("What is kept up to date equals a recount")
struct IncrementalTests {
  /// Long after everything that happens in these tests.
  static let now = Instant(milliseconds: 1_767_225_600_000)

  @Test(
    "Random facts, new and late, corrected, withdrawn, moved, died",
    arguments: 1...6 as ClosedRange<UInt64>)
  func randomFacts(seed: UInt64) async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    var events = RandomDistrict(seed: seed)
    var numbers = SeededNumbers(seed: seed &+ 1_000)
    // With every second seed the places come to be known only later.
    var isMissingPlaces = seed % 2 == 0
    if !isMissingPlaces {
      _ = try await district.journal.accept(ExamplePlaces.facts, now: Self.now)
    }
    for round in 1...25 {
      var facts = events.batch(of: .random(in: 1...30, using: &numbers))
      if isMissingPlaces, round == 8 {
        facts.insert(contentsOf: ExamplePlaces.facts, at: facts.count / 2)
        isMissingPlaces = false
      }
      let results = try await district.journal.accept(facts, now: Self.now)
      #expect(results.count == facts.count)
      #expect(!results.contains { if case .refused = $0 { true } else { false } })
      try expectStoredEqualsRecount(district, using: &numbers, "after batch \(round)")
    }
  }

  @Test("A place that moves takes its figures with it")
  func movedPlace() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    var numbers = SeededNumbers(seed: 50)
    var events = RandomDistrict(seed: 51)
    let first = ExamplePlaces.facts + events.batch(of: 300)
    _ = try await district.journal.accept(first, now: Self.now)
    try expectStoredEqualsRecount(district, using: &numbers, "before")
    let before = try await Self.cellsByPlace(district)
    let moves = [
      ExamplePlaces.fact(
        ExamplePlaces.posyandu[0], .posyandu, partOf: ExamplePlaces.villages[1], number: 20,
        on: "2021-01-01"),
      ExamplePlaces.fact(
        ExamplePlaces.villages[1], .village, partOf: ExamplePlaces.puskesmas[0], number: 21,
        on: "2021-02-01"),
    ]
    for (step, fact) in moves.enumerated() {
      // Together with facts of children, so that both changes meet in one transaction.
      _ = try await district.journal.accept([fact] + events.batch(of: 20), now: Self.now)
      try expectStoredEqualsRecount(district, using: &numbers, "after move \(step)")
    }
    #expect(try await Self.cellsByPlace(district) != before)
    // A late fact of an earlier day changes nothing.
    let late = ExamplePlaces.fact(
      ExamplePlaces.villages[1], .village, partOf: ExamplePlaces.puskesmas[1], number: 22,
      on: "2020-06-01")
    let after = try await Self.cellsByPlace(district)
    _ = try await district.journal.accept([late], now: Self.now)
    #expect(try await Self.cellsByPlace(district) == after)
    try expectStoredEqualsRecount(district, using: &numbers, "after a late fact")
  }

  private static func cellsByPlace(
    _ district: District
  ) async throws -> [Identifier: [CivilMonth: CubeCell]] {
    try await district.journal.pool.read { try Stored($0).cells }
  }

  @Test("The comparison would notice a cell that is wrong by one")
  func control() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    var events = RandomDistrict(seed: 60)
    let facts = ExamplePlaces.facts + events.batch(of: 100)
    _ = try await district.journal.accept(facts, now: Self.now)
    try await district.journal.pool.write { db in
      let stored = try Stored(db)
      let child = try #require(stored.months.values.first { !$0.isEmpty }?.first)
      let tree = try PlaceTree.fetch(in: db)
      let key = CubeKey(place: try #require(tree.roots.first).number, month: child.month)
      var cell = try CubeRow.fetch(key, in: db) ?? CubeCell()
      cell.add(child, times: 1)
      try CubeRow.store(cell, at: key, in: db)
    }
    let (recount, stored) = try await district.journal.pool.read { db in
      var drawn = SeededNumbers(seed: 61)
      return (
        try Recount(db, settings: GrowthSettings(), using: &drawn).cells, try Stored(db).cells
      )
    }
    #expect(recount != stored)
  }

  @Test("Behind every figure stand as many names as it says", arguments: [70, 71] as [UInt64])
  func names(seed: UInt64) async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    var events = RandomDistrict(seed: seed)
    let facts = ExamplePlaces.facts + events.batch(of: 600)
    _ = try await district.journal.accept(facts, now: Self.now)
    let tree = try district.places()
    let filters = [
      StratumFilter(), StratumFilter(sex: .female),
      StratumFilter(sex: .male, ageGroup: .months12To23),
    ]
    var names = 0
    for place in tree.places.values {
      for text in ["2021-03", "2022-06", "2022-07", "2024-01"] {
        let figures = try district.figures(of: place, from: month(text), through: month(text))
        for indicator in Indicator.allCases {
          for filter in filters {
            let figure = figures.figure(indicator, in: month(text), filter: filter)
            for standing in Standing.allCases {
              let list = try district.names(
                NameSelection(indicator, .standing(standing)), at: place, in: month(text),
                filter: filter)
              #expect(list.figure == figure)
              #expect(list.total == Int(figure[standing]))
              #expect(list.children.count == list.total)
              #expect(list.children.allSatisfy { filter.accepts($0.stratum) })
              #expect(Set(list.children.map(\.person.id)).count == list.total)
              names += list.total
            }
          }
        }
      }
    }
    #expect(names > 1_000)
  }
}
