import GRDB
import Health
import Journal
import Programmes
import Samples
import Services
import Testing

@Suite("Records that are one person")
struct SamePersonTests {
  private static let now = Instant(milliseconds: 1_780_000_000_000)

  /// What the registry and the figures hold, without the numbers that the order of arrival gives.
  private static func state(_ district: District) async throws -> [[DatabaseValue]] {
    try await district.journal.pool.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT person.id, person.name, person.birth_on, person.place, person.sex, other.id,
            person_search.terms, contribution.bytes
          FROM person LEFT JOIN person AS other ON other.number = person.stands_for
          LEFT JOIN person_search ON person_search.person = person.number
          LEFT JOIN contribution ON contribution.person = person.number
          ORDER BY person.id
          """
      ).map { Array($0.databaseValues) }
    }
  }

  @Test(
    "Facts, merges and their withdrawals give the same in any order",
    arguments: 1...6 as ClosedRange<UInt64>)
  func anyOrder(seed: UInt64) async throws {
    var events = RandomDistrict(seed: seed)
    var facts = ExamplePlaces.facts + events.batch(of: 400)
    var numbers = SeededNumbers(seed: seed &+ 7)
    let first = try TemporaryDistrict()
    _ = try await first.district.journal.accept(facts, now: Self.now)
    facts.shuffle(using: &numbers)
    let second = try TemporaryDistrict()
    var rest = facts[...]
    while !rest.isEmpty {
      let batch = rest.prefix(.random(in: 1...40, using: &numbers))
      rest = rest.dropFirst(batch.count)
      _ = try await second.district.journal.accept(Array(batch), now: Self.now)
    }
    let expected = try await Self.state(first.district)
    #expect(expected.contains { $0[5] != .null }, "nobody is merged: the test says nothing")
    #expect(try await Self.state(second.district) == expected)
    for district in [first.district, second.district] {
      #expect(try district.verify().mismatch == nil)
    }
    try first.district.rebuild()
    #expect(try await Self.state(first.district) == expected)
  }

  @Test("A merge gathers what both records know, and its withdrawal parts them again")
  func mergeAndUndo() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    var one = Story(person: 1, .female, born: "2023-05-01", at: ExamplePlaces.posyandu[0])
    one.visit("2023-08-01", grams: 5_500)
    var two = Story(person: 2, .female, born: "2023-05-01", at: ExamplePlaces.posyandu[0])
    two.visit("2023-09-01", grams: 6_100)
    _ = try await district.journal.accept(
      ExamplePlaces.facts + one.facts + two.facts, now: Self.now)
    let before = try await Self.state(district)
    #expect(try district.child(id(1))?.record.measurements.count == 1)
    let merge = two.tell(
      .merge, on: day("2024-01-01"), body: SamenessBody(other: id(1), score: 2_400).bytes)
    _ = try await district.journal.accept(two.facts, now: Self.now)
    let merged = try #require(try district.child(id(2)))
    #expect(merged.person.id == id(1))
    #expect(merged.record.measurements.map(\.body.weight?.grams) == [5_500, 6_100])
    #expect(try district.verify().mismatch == nil)
    two.withdraw(merge, on: day("2024-01-02"))
    _ = try await district.journal.accept(two.facts, now: Self.now)
    #expect(try await Self.state(district) == before)
    #expect(try district.verify().mismatch == nil)
  }

  @Test("A record whose merge was tampered with is found")
  func control() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    var one = Story(person: 1, .female, born: "2023-05-01", at: ExamplePlaces.posyandu[0])
    one.tell(.merge, on: day("2024-01-01"), body: SamenessBody(other: id(2)).bytes)
    let two = Story(person: 2, .female, born: "2023-05-01", at: ExamplePlaces.posyandu[0])
    _ = try await district.journal.accept(
      ExamplePlaces.facts + one.facts + two.facts, now: Self.now)
    #expect(try district.verify().mismatch == nil)
    try await district.journal.pool.write { db in
      try db.execute(sql: "UPDATE person SET stands_for = NULL")
    }
    #expect(try district.verify().mismatch == .person(id(2)))
    try await district.journal.pool.write { db in try db.execute(sql: "DELETE FROM same_person") }
    #expect(try district.verify().mismatch == .person(id(1)))
  }
}
