import Foundation
import GRDB
import Health
import Samples
import Testing

@testable import Journal

@Suite("Facts about places and their tables")
struct PlaceRowsTests {
  static let village = PlaceTreeTests.fact(3, .village, partOf: nil, number: 900)

  static func fact(
    _ number: Int, _ kind: FactKind, of subject: Int, on date: String = "2024-01-01",
    replacing: Int? = nil, _ body: [UInt8] = []
  ) -> Fact {
    Fact(
      id: id(6_000 + number), subject: id(subject), kind: kind, occurredOn: day(date),
      recordedAt: Instant(milliseconds: Int64(number)), replaces: replacing.map { id(6_000 + $0) },
      body: body)
  }

  static func catchment(_ village: Int, until: String? = nil) -> [UInt8] {
    CatchmentBody(village: id(village), until: until.map { day($0) }).bytes
  }

  static func agreement(_ number: String, _ start: String, _ end: String) -> [UInt8] {
    AgreementBody(number: Array(number.utf8), start: day(start), end: day(end), with: id(2)).bytes
  }

  static func triangle(_ side: Int32) -> [UInt8] {
    BoundaryBody(rings: [
      [
        BoundaryPoint(longitude: 111_000_000, latitude: -2_000_000),
        BoundaryPoint(longitude: 111_000_000 + side, latitude: -2_000_000),
        BoundaryPoint(longitude: 111_000_000, latitude: -2_000_000 + side),
      ]
    ]).bytes
  }

  /// A facility with villages, agreements and an area with boundaries; corrected, ended, withdrawn.
  static let story: [Fact] = [
    fact(1, .catchment, of: 2, catchment(3)), fact(2, .catchment, of: 2, catchment(4)),
    fact(3, .catchment, of: 2, catchment(5)),
    // Village 4 was looked after until the end of June; village 5 was a mistake.
    fact(4, .catchment, of: 2, replacing: 2, catchment(4, until: "2024-06-30")),
    fact(5, .withdrawal, of: 2, replacing: 3),
    fact(6, .agreement, of: 7, agreement("A/1", "2024-01-01", "2024-12-31")),
    fact(7, .agreement, of: 7, agreement("A/2", "2025-01-01", "2025-12-31")),
    fact(8, .agreement, of: 7, agreement("A/3", "2025-06-01", "2025-12-31")),
    fact(9, .withdrawal, of: 7, replacing: 8), fact(10, .withdrawal, of: 7, replacing: 9),
    fact(11, .boundary, of: 3, on: "2024-01-01", triangle(10)),
    fact(12, .boundary, of: 3, on: "2025-01-01", triangle(20)),
    fact(13, .boundary, of: 3, on: "2024-06-01", triangle(30)),
  ]

  struct Tables: Equatable {
    let catchments: [Catchment]
    let agreements: [Agreement]
    let boundaries: [Boundary]

    init(_ temporary: TemporaryJournal) throws {
      (catchments, agreements, boundaries) = try temporary.journal.pool.read { db in
        (
          try PlaceRows.catchments(in: db), try PlaceRows.agreements(in: db),
          try PlaceRows.boundaries(in: db)
        )
      }
    }
  }

  @Test("Catchments, agreements and boundaries are what the standing facts say, in any order")
  func standing() async throws {
    var numbers = SeededNumbers(seed: 3)
    var first: Tables?
    for round in 0..<20 {
      let temporary = try TemporaryJournal()
      let isWithdrawal = { (fact: Fact) in fact.kind == .withdrawal }
      // What withdraws comes later than what it withdraws, as devices send it.
      let facts =
        round == 0
        ? Self.story
        : Self.story.filter { !isWithdrawal($0) }.shuffled(using: &numbers)
          + Self.story.filter(isWithdrawal)
      for fact in facts {
        let results = try await temporary.journal.accept([fact], now: Self.later)
        #expect(results.count == 1)
      }
      let tables = try Tables(temporary)
      #expect(
        tables.catchments.map { [$0.village] } == [[id(3)], [id(4)]], "round \(round)")
      #expect(tables.catchments.map(\.until) == [nil, day("2024-06-30")])
      #expect(tables.agreements.map(\.number) == ["A/1", "A/2", "A/3"])
      #expect(tables.boundaries.map(\.since) == [day("2025-01-01")])
      if let first { #expect(tables == first) }
      first = tables
      try temporary.journal.recompute(dropping: [], now: now) { _ in }
      #expect(try Tables(temporary) == first)
      #expect(try temporary.count("SELECT count(*) FROM person") == 0)
      #expect(try temporary.count("SELECT count(*) FROM place") == 0)
    }
  }

  static let later = Instant(milliseconds: 1_767_225_600_000)

  @Test("Facts of households, workers and the system, and what withdraws them, touch no place")
  func others() async throws {
    let temporary = try TemporaryJournal()
    let (head, today) = ([UInt8](repeating: 7, count: 32), day("2024-05-01"))
    // They share the subject with the village, so that only their kind can tell.
    let facts = [
      Self.village, Self.fact(1, .household, of: 3, HouseholdBody().bytes),
      Self.fact(2, .withdrawal, of: 3, replacing: 1), Self.fact(3, .worker, of: 3),
      Self.fact(4, .withdrawal, of: 3, replacing: 3),
      Self.fact(5, .auditAnchor, of: 3, AuditAnchorBody(entries: 1, head: head, day: today).bytes),
      Self.fact(6, FactKind(rawValue: 99), of: 3), Self.fact(7, FactKind(rawValue: 30), of: 3),
    ]
    let before = try await temporary.journal.accept([facts[0]], now: now)
    #expect(before == [.accepted(sequence: 1)])
    let place = try PlaceTreeTests.tree(temporary).places
    let results = try await temporary.journal.accept(Array(facts.dropFirst()), now: now)
    #expect(results.allSatisfy { if case .accepted = $0 { true } else { false } })
    #expect(try PlaceTreeTests.tree(temporary).places == place)
    #expect(try temporary.count("SELECT count(*) FROM person") == 0)
  }

  @Test("A place whose every fact is withdrawn is as the last of them said, also after a rebuild")
  func withdrawnPlace() async throws {
    let temporary = try TemporaryJournal()
    let facts = [
      PlaceTreeTests.fact(3, .village, partOf: nil, number: 1, name: "Lama", on: "2020-01-01"),
      PlaceTreeTests.fact(3, .village, partOf: nil, number: 2, name: "Baru", on: "2021-01-01"),
    ]
    _ = try await temporary.journal.accept(facts, now: now)
    for fact in facts.reversed() {
      var withdrawal = Self.fact(Int(fact.id.low), .withdrawal, of: 3)
      withdrawal.replaces = fact.id
      _ = try await temporary.journal.accept([withdrawal], now: now)
    }
    #expect(try PlaceTreeTests.tree(temporary).places[id(3)]?.name == "Baru")
    try temporary.journal.recompute(dropping: [], now: now) { _ in }
    #expect(try PlaceTreeTests.tree(temporary).places[id(3)]?.name == "Baru")
  }

  @Test("A journal of the former form keeps its short numbers and learns what its facts say more")
  func migration() async throws {
    let folder = URL.temporaryDirectory.appending(path: "sikilap-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "journal.sqlite").path()
    var body = PlaceBody(kind: .village, name: Array("Contoh".utf8), code: [], partOf: id(2))
    body.within = id(9)
    body.telephone = Array("0532".utf8)
    body.endedOn = day("2024-03-31")
    var village = Self.village
    village.body = body.bytes
    let pool = try DatabasePool(path: path)
    try Schema.migrator.migrate(pool, upTo: "7 digests of files")
    try await pool.write { [village] db in
      let digester = Digester()
      var link = ChainHash.start
      for (position, fact) in ([village] + Self.story).enumerated() {
        link = digester.link(link, fact, storing: .plain(fact))
        try db.execute(
          sql: """
            INSERT INTO fact (sequence, id, subject, kind, occurred_on, recorded_at, place,
              recorder, device, replaces, body, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            position + 1, fact.id.data, fact.subject.data, fact.kind.rawValue,
            fact.occurredOn.dayNumber, fact.recordedAt.milliseconds, fact.place?.data,
            fact.recorder?.data, fact.device?.data, fact.replaces?.data, Data(fact.body),
            Data(link.bytes),
          ])
      }
      try db.execute(
        sql: """
          INSERT INTO place (number, id, kind, name, code, code_is_example, part_of)
          VALUES (17, ?, 3, 'Contoh', '', 0, ?)
          """, arguments: [id(3).data, id(2).data])
      try db.execute(
        sql: "INSERT INTO cube (place, month, bytes) VALUES (17, 24000, x'00')")
    }
    try pool.close()
    let journal = try JournalFile(path: path)
    defer { try? journal.close() }
    let place = try await journal.pool.read { try #require(PlaceTree.fetch(in: $0).places[id(3)]) }
    #expect(place == Place(number: 17, id: id(3), body: body))
    let catchments = try await journal.pool.read { try PlaceRows.catchments(in: $0) }
    #expect(catchments.map(\.village) == [id(3), id(4)])
    let rest = try await journal.pool.read { db in
      (
        try PlaceRows.agreements(in: db).count, try PlaceRows.boundaries(in: db).count,
        try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count,
        try Int.fetchOne(db, sql: "SELECT count(*) FROM cube WHERE place = 17")
      )
    }
    #expect(rest == (3, 1, 0, 1))
  }
}

@Suite("When places and workers changed")
struct LastChangeTests {
  @Test("Measurements change neither; places, catchments, workers and their roles do")
  func changes() async throws {
    let temporary = try TemporaryJournal()
    func known() throws -> LastChange {
      try temporary.journal.pool.read { try LastChange.fetch(in: $0) }
    }
    func accept(_ facts: [Fact]) async throws -> Int64 {
      let results = try await temporary.journal.accept(facts, now: now)
      guard case .accepted(let sequence) = results.last else { return -1 }
      return sequence
    }
    #expect(try known() == LastChange())
    let places = try await accept(PlaceRowsTests.story)
    #expect(try known().places == places && known().workers == 0)
    var story = Story(person: 500, .male, born: "2023-01-01")
    story.visit("2023-03-01", grams: 5_000)
    _ = try await accept(story.facts)
    #expect(try known().places == places && known().workers == 0)
    let worker = Fact(
      id: id(70), subject: id(71), kind: .worker, occurredOn: day("2024-01-01"), recordedAt: now,
      body: WorkerBody().bytes)
    let workers = try await accept([worker])
    #expect(try known().places == places && known().workers == workers)
    let end = Fact(
      id: id(72), subject: id(71), kind: .withdrawal, occurredOn: day("2024-01-01"),
      recordedAt: now, replaces: id(70), body: [])
    #expect(try known().workers < (try await accept([end])))
    #expect(try known().workers > workers)
  }
}
