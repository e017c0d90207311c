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
  static let now = Instant(milliseconds: 1_780_000_000_000)

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
      let refused = zip(facts, results).filter { if case .refused = $0.1 { true } else { false } }
      #expect(refused.isEmpty, "\(refused.map { "\($0.1) \($0.0.kind) \($0.0.occurredOn)" })")
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

  /// Spoils one cell of a place, so that one can see whether the cube is added up again.
  private static func spoil(_ district: District, at place: Identifier) async throws {
    try await district.journal.pool.write { db in
      try db.execute(
        sql: """
          UPDATE cube SET bytes = x'00' WHERE place = (SELECT number FROM place WHERE id = ?)
          """, arguments: [place.data])
    }
  }

  private static func isSpoiled(_ district: District) async throws -> Bool {
    try await district.journal.pool.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM cube WHERE bytes = x'00'") ?? 0 > 0
    }
  }

  @Test("Only what changes the shape of the tree adds the cube up again")
  func shape() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    var events = RandomDistrict(seed: 53)
    let puskesmas = ExamplePlaces.puskesmas[0]
    let first = ExamplePlaces.facts + events.batch(of: 300)
    _ = try await district.journal.accept(first, now: Self.now)
    try await Self.spoil(district, at: ExamplePlaces.posyandu[0])
    #expect(try await Self.isSpoiled(district))
    var renamed = ExamplePlaces.fact(
      puskesmas, .puskesmas, partOf: ExamplePlaces.district, number: 30, on: "2021-01-01")
    renamed.body =
      PlaceBody(
        kind: .puskesmas, name: Array("Nama Baru".utf8), code: [], partOf: ExamplePlaces.district
      ).bytes
    var withdrawal = ExamplePlaces.fact(puskesmas, .puskesmas, partOf: nil, number: 31)
    (withdrawal.kind, withdrawal.replaces, withdrawal.body) = (.withdrawal, renamed.id, [])
    var catchment = ExamplePlaces.fact(puskesmas, .puskesmas, partOf: nil, number: 32)
    catchment.kind = .catchment
    catchment.body = CatchmentBody(village: ExamplePlaces.villages[0]).bytes
    let plain = [
      renamed, withdrawal, catchment,
      ExamplePlaces.fact(id(7_777), .posyandu, partOf: ExamplePlaces.villages[0], number: 33),
      ExamplePlaces.fact(
        id(7_777), .posyandu, partOf: ExamplePlaces.villages[1], number: 34, on: "2021-01-01"),
    ]
    for fact in plain {
      let results = try await district.journal.accept([fact], now: Self.now)
      #expect(results.allSatisfy { if case .accepted = $0 { true } else { false } })
      #expect(try await Self.isSpoiled(district), "\(fact.kind) \(fact.id.low)")
    }
    let move = ExamplePlaces.fact(
      ExamplePlaces.villages[0], .village, partOf: ExamplePlaces.puskesmas[1], number: 35,
      on: "2021-01-01")
    _ = try await district.journal.accept([move], now: Self.now)
    #expect(try await !Self.isSpoiled(district))
    #expect(try district.verify().mismatch == nil)
  }

  @Test("A place above places with figures, or where children were counted, comes to be known late")
  func latePlaces() async throws {
    var numbers = SeededNumbers(seed: 54)
    for late in ExamplePlaces.facts {
      let temporary = try TemporaryDistrict()
      let district = temporary.district
      var events = RandomDistrict(seed: 55)
      let early = ExamplePlaces.facts.filter { $0.id != late.id } + events.batch(of: 120)
      _ = try await district.journal.accept(early, now: Self.now)
      #expect(try district.verify().mismatch == nil)
      _ = try await district.journal.accept([late] + events.batch(of: 30), now: Self.now)
      try expectStoredEqualsRecount(district, using: &numbers, "after \(late.subject.low)")
      #expect(try district.verify().mismatch == nil)
      try district.rebuild()
      #expect(try district.verify().mismatch == nil)
    }
  }

  @Test(
    "Tables of places that are not what their facts say are found",
    arguments: [
      "UPDATE place SET telephone = '1' WHERE kind = 2",
      "UPDATE place SET within = x'00000000000000000000000000000000' WHERE kind = 4",
      "UPDATE catchment SET until = 1", "DELETE FROM catchment", "DELETE FROM agreement",
      "UPDATE boundary SET source = '?'",
      "INSERT INTO boundary SELECT x'00000000000000000000000000000000', since, rings, source FROM boundary",
    ])
  func tampered(statement: String) async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    var facts: [Fact] = ExamplePlaces.facts
    let bodies: [(FactKind, [UInt8])] = [
      (.catchment, CatchmentBody(village: ExamplePlaces.villages[0]).bytes),
      (
        .agreement,
        AgreementBody(number: [0x41], start: day("2020-01-01"), end: nil, with: nil).bytes
      ),
      (
        .boundary,
        BoundaryBody(rings: [
          [
            BoundaryPoint(longitude: 0, latitude: 0), BoundaryPoint(longitude: 1, latitude: 0),
            BoundaryPoint(longitude: 0, latitude: 1),
          ]
        ]).bytes
      ),
    ]
    for (number, (kind, body)) in bodies.enumerated() {
      var fact = ExamplePlaces.fact(
        ExamplePlaces.puskesmas[0], .puskesmas, partOf: nil, number: 40 + number)
      (fact.kind, fact.body) = (kind, body)
      facts.append(fact)
    }
    _ = try await district.journal.accept(facts, now: Self.now)
    #expect(try district.verify().mismatch == nil)
    try await district.journal.pool.write { try $0.execute(sql: statement) }
    guard case .place = try district.verify().mismatch else {
      Issue.record("not found")
      return
    }
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
    #expect(names > 300)
  }
}
