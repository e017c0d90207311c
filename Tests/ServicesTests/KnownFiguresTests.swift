import Foundation
import GRDB
import Health
import Journal
import Monitoring
import Samples
import Testing

@testable import Services

@Suite("Figures as they were known")
struct KnownFiguresTests {
  private static let child = id(77)

  private static func visit(
    _ number: Int, on date: String, grams: Int32, replaces: Identifier? = nil
  ) -> Fact {
    var body = MeasurementBody()
    body.weight = Mass(grams: grams)
    return Fact(
      id: id(500 + number), subject: child, kind: .measurement, occurredOn: day(date),
      recordedAt: Instant(milliseconds: 1_700_000_000_000), replaces: replaces, body: body.bytes)
  }

  private static var born: [Fact] {
    var body = PersonBody()
    body.name = Array("Anak Contoh".utf8)
    body.sex = .female
    body.birthDate = day("2024-01-10")
    let home = ResidenceBody(place: ExamplePlaces.posyandu[0]).bytes
    return [FactKind.person, .residence].enumerated().map { position, kind in
      Fact(
        id: id(490 + position), subject: child, kind: kind, occurredOn: day("2024-01-10"),
        recordedAt: Instant(milliseconds: 1_700_000_000_000), replaces: nil,
        body: kind == .person ? body.bytes : home)
    }
  }

  /// A moment by the clock of WIB, seven hours east of Greenwich.
  private static func moment(_ date: String, hour: Int64) -> Instant {
    Instant(milliseconds: (Int64(day(date).dayNumber) * 24 + hour - 7) * 3_600_000)
  }

  private static func report(
    _ district: District, _ until: KnownUntil, _ text: String
  ) throws -> [[Int]] {
    let known = try district.figures(asKnown: until)
    guard let place = known.tree.roots.first else { return [] }
    return district.nutritionReport(of: place, month: month(text), known: known)
      .places.map(\.values)
  }

  @Test("A late fact and a correction do not show on the days before they came")
  func lateAndCorrected() throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    func accept(_ facts: [Fact], _ date: String, hour: Int64) throws {
      let results = try district.journal.acceptAndWait(
        facts, now: Self.moment(date, hour: hour))
      #expect(results.allSatisfy { if case .accepted = $0 { true } else { false } })
    }
    try accept(ExamplePlaces.facts + Self.born, "2025-03-01", hour: 8)
    // Weighed in March, told at 23:30 of 31 March; corrected on 2 April.
    try accept([Self.visit(1, on: "2025-03-10", grams: 9000)], "2025-03-31", hour: 23)
    try accept(
      [Self.visit(2, on: "2025-03-10", grams: 6200, replaces: id(501))], "2025-04-02", hour: 9)
    // Weighed in February, told only on 5 April.
    try accept([Self.visit(3, on: "2025-02-10", grams: 8900)], "2025-04-05", hour: 10)

    let columns = NutritionReportLine.columns
    func figure(_ name: String, _ until: KnownUntil, _ month: String) throws -> Int {
      let line = try #require(try Self.report(district, until, month).first)
      return line[try #require(columns.firstIndex(of: name))]
    }
    func endOf(_ text: String) -> KnownUntil { .endOf(day(text)) }
    #expect(try Self.report(district, endOf("2025-02-28"), "2025-03").isEmpty)
    #expect(try figure("s", endOf("2025-03-30"), "2025-03") == 1)
    #expect(try figure("d", endOf("2025-03-30"), "2025-03") == 0)
    #expect(try figure("d", endOf("2025-03-31"), "2025-03") == 1)
    #expect(try figure("bb_u_under", endOf("2025-04-01"), "2025-03") == 0)
    #expect(try figure("bb_u_severe", endOf("2025-04-01"), "2025-03") == 0)
    #expect(try figure("bb_u_severe", endOf("2025-04-02"), "2025-03") == 1)
    #expect(try figure("d", endOf("2025-04-04"), "2025-02") == 0)
    #expect(try figure("d", endOf("2025-04-05"), "2025-02") == 1)
    let last = try district.extent().facts
    #expect(try figure("d", .sequence(last), "2025-02") == 1)
    #expect(try figure("d", .sequence(last - 1), "2025-02") == 0)
    #expect(throws: KnownProblem.noSuchSequence(last + 1, last: last)) {
      try district.figures(asKnown: .sequence(last + 1))
    }
  }

  @Test(
    "Of every number of facts the figures are what a district with only those has",
    arguments: [
      90, 91, 92,
    ] as [UInt64])
  func prefixes(seed: UInt64) throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    var events = RandomDistrict(seed: seed)
    var numbers = SeededNumbers(seed: seed + 10)
    for round in 0..<6 {
      let facts = (round == 2 ? ExamplePlaces.facts : []) + events.batch(of: 60)
      _ = try district.journal.acceptAndWait(facts, now: IncrementalTests.now)
    }
    let all = try district.journal.pool.read { db in
      var facts: [Fact] = []
      try FactRow.forEach(in: db) { row in
        facts.append(try #require(try FactRow.fact(row)))
        return true
      }
      return facts
    }
    let first = month("2020-01")
    let last = month("2029-12")
    for count in [0, 1, 40, 130, 135, all.count - 1, all.count]
      + (0..<3).map({ _ in Int.random(in: 0...all.count, using: &numbers) })
    {
      let other = try TemporaryDistrict()
      _ = try other.district.journal.acceptAndWait(
        Array(all.prefix(count)), now: IncrementalTests.now)
      let known = try district.figures(asKnown: .sequence(Int64(count)))
      let tree = try other.district.places()
      #expect(Set(known.tree.places.keys) == Set(tree.places.keys))
      for place in tree.places.values {
        let same = try #require(known.tree.places[place.id])
        #expect(same.name == place.name && same.partOf == place.partOf)
        let stored = try other.district.figures(of: place, from: first, through: last)
        #expect(
          known.figures(of: [same], from: first, through: last)[0].cells == stored.cells,
          "\(count) facts")
      }
      #expect(
        try known.lastMonthWithWeighings(notAfter: last)
          == other.district.lastMonthWithWeighings(notAfter: last))
    }
  }

  @Test("What arrived before arrivals were noted is not dated")
  func notNoted() throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    _ = try district.journal.acceptAndWait(
      ExamplePlaces.facts + Self.born, now: Self.moment("2025-03-01", hour: 8))
    // As the migration leaves a database that had facts before.
    let noted = Self.moment("2025-06-01", hour: 12)
    try district.journal.pool.write { db in
      try db.execute(sql: "DROP TRIGGER arrival_is_never_removed; DELETE FROM arrival")
      try db.execute(
        sql: "INSERT INTO arrival VALUES (1, ?, 1)",
        arguments: [noted.milliseconds])
    }
    _ = try district.journal.acceptAndWait(
      [Self.visit(1, on: "2025-03-10", grams: 9000)], now: Self.moment("2025-06-03", hour: 8))
    #expect(throws: KnownProblem.notNoted(before: noted)) {
      try district.figures(asKnown: .endOf(day("2025-05-31")))
    }
    #expect(try district.figures(asKnown: .endOf(day("2025-06-02"))).sequence == 10)
    #expect(try district.figures(asKnown: .endOf(day("2025-06-03"))).sequence == 11)
  }

  @Test("A clock that jumps does not make a later batch known before an earlier one")
  func clock() throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    for (number, moment) in [
      Self.moment("2025-03-01", hour: 8), Instant(milliseconds: 0),
      Self.moment("2025-03-05", hour: 8),
    ].enumerated() {
      _ = try district.journal.acceptAndWait(
        [
          ExamplePlaces.fact(
            id(900 + number), .district, partOf: nil, number: 40 + number, on: "1969-01-01")
        ],
        now: moment)
    }
    #expect(try district.figures(asKnown: .endOf(day("2025-02-28"))).sequence == 0)
    #expect(try district.figures(asKnown: .endOf(day("2025-03-04"))).sequence == 2)
    #expect(try district.figures(asKnown: .endOf(day("2025-03-05"))).sequence == 3)
  }
}
