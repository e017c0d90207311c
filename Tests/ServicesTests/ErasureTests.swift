import Foundation
import GRDB
import Health
import Journal
import Samples
import Services
import Testing

@Suite("Erasing what was told of a person")
struct ErasureTests {
  private static let now = Instant(milliseconds: 1_780_000_000_000)
  private static let recording = Recording(at: now, recorder: id(77))

  private static func unlawful(_ person: Identifier, _ district: District) async throws -> Erased {
    try await district.destroy(person, because: .recordedUnlawfully, recording)
  }

  private static func rows(_ district: District) async throws -> [Identifier: [DatabaseValue]] {
    try await district.journal.pool.read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT person.id, person.name, person.name_key, person.mother_name,
            person.national_identity_number, person.sex, person.birth_on, person.place,
            person_search.terms, timeline.bytes, contribution.bytes
          FROM person LEFT JOIN timeline ON timeline.person = person.number
          LEFT JOIN person_search ON person_search.person = person.number
          LEFT JOIN contribution ON contribution.person = person.number
          """)
      return Dictionary(
        uniqueKeysWithValues: rows.compactMap { row in
          Identifier(stored: row[0] as Data).map { ($0, Array(row.databaseValues.dropFirst())) }
        })
    }
  }

  @Test(
    "Nothing of the erased is left, all else stays as it was, and what is computed anew agrees",
    arguments: 1...4 as ClosedRange<UInt64>)
  func random(seed: UInt64) async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    var events = RandomDistrict(seed: seed)
    _ = try await district.journal.accept(
      ExamplePlaces.facts + events.batch(of: 300), now: Self.now)
    let before = try await Self.rows(district)
    var numbers = SeededNumbers(seed: seed &* 31)
    let known = before.keys.sorted()
    let chosen = Set(known.shuffled(using: &numbers).prefix(5))
    var gone: Set<Identifier> = []
    for person in chosen.sorted() where !gone.contains(person) {
      let erased = try await Self.unlawful(person, district)
      gone.formUnion(erased.records)
    }
    #expect(gone.isSuperset(of: chosen))
    let after = try await Self.rows(district)
    #expect(Set(after.keys) == Set(before.keys))
    for (person, row) in after {
      if gone.contains(person) {
        #expect(row[0] == "".databaseValue && row[5] == .null && row[6] == .null)
        #expect(row[7] == .null, "found by words")
        #expect(row[8] == Data(Timeline().bytes).databaseValue, "a timeline is left")
      } else {
        #expect(row == before[person])
      }
    }
    #expect(try district.verify().mismatch == nil)
    try district.rebuild()
    #expect(try await Self.rows(district) == after)
    #expect(try district.verify().mismatch == nil)
    // More comes, of the erased too.
    let more = events.batch(of: 200)
    let results = try await district.journal.accept(more, now: Self.now)
    for (fact, result) in zip(more, results) where gone.contains(fact.subject) {
      #expect(result == .refused(.subjectIsErased) || result == .alreadyThere)
    }
    #expect(try district.verify().mismatch == nil)
  }

  @Test("The file holds no byte of the name any more, nor of what was refused and kept apart")
  func file() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let name = "Zubaidah Penyeimbang"
    var body = PersonBody()
    body.name = Array(name.utf8)
    body.nationalIdentityNumber = Array("9901014105230001".utf8)
    body.birthDate = day("2023-05-01")
    var story = Story(person: 1)
    story.tell(.person, on: day("2023-05-01"), body: body.bytes)
    story.lives(at: ExamplePlaces.posyandu[0], since: day("2023-05-01"))
    let household = Fact(
      id: id(70), subject: id(71), kind: .household, occurredOn: day("2023-05-01"),
      recordedAt: Self.now,
      body: {
        var body = HouseholdBody()
        body.address = Array("Gang \(name)".utf8)
        return body.bytes
      }())
    let home = Fact(
      id: id(72), subject: id(1), kind: .residence, occurredOn: day("2023-05-02"),
      recordedAt: Self.now,
      body: {
        var body = ResidenceBody(place: ExamplePlaces.posyandu[0])
        body.household = id(71)
        return body.bytes
      }())
    // The same id with other content is kept apart, name and all.
    var other = story.facts[0]
    other.occurredOn = day("2023-05-03")
    let facts = ExamplePlaces.facts + story.facts + [household, home, other]
    let results = try await district.journal.accept(facts, now: Self.now)
    #expect(results.last == .refused(.sameIdOtherContent))
    try district.journal.dropOldPages()
    let path = district.journal.path
    func holds() throws -> Bool {
      try [path, path + "-wal"].contains { path in
        guard FileManager.default.fileExists(atPath: path) else { return false }
        let content = try Data(contentsOf: URL(fileURLWithPath: path))
        return content.range(of: Data(name.utf8)) != nil
          || content.range(of: Data(name.uppercased().utf8)) != nil
          || content.range(of: Data("9901014105230001".utf8)) != nil
      }
    }
    #expect(try holds(), "the test looks at the wrong place")
    let erased = try await Self.unlawful(id(1), district)
    #expect(erased.records == [id(1)] && erased.household == id(71))
    #expect(try !holds())
    #expect(try district.verify().mismatch == nil)
    let told = try #require(try district.erasure(of: id(1)))
    #expect(told.recorder == id(77))
    await #expect(throws: ErasureProblem.alreadyErased) {
      _ = try await Self.unlawful(id(1), district)
    }
    // What comes late is kept apart without its body.
    let fact = Fact(
      id: id(99), subject: id(1), kind: .person, occurredOn: day("2023-05-01"),
      recordedAt: Self.now, body: body.bytes)
    #expect(
      try await district.journal.accept([fact], now: Self.now) == [.refused(.subjectIsErased)])
    try district.journal.dropOldPages()
    #expect(try !holds())
  }

  @Test("Who still lives with others takes no household along")
  func family() async throws {
    let temporary = try TemporaryDistrict()
    var facts = ExamplePlaces.facts
    for number in 1...2 {
      var story = Story(person: number, .male, born: "1980-01-01")
      var body = ResidenceBody(place: ExamplePlaces.posyandu[0])
      body.household = id(71)
      story.tell(.residence, on: day("2020-01-01"), body: body.bytes)
      facts += story.facts
    }
    _ = try await temporary.district.journal.accept(facts, now: Self.now)
    let first = try await Self.unlawful(id(1), temporary.district)
    #expect(first.household == nil)
    let second = try await temporary.district.destroy(
      id(2), because: .madeByMistake, Self.recording)
    // Nobody told what the household is: there is nothing to erase of it.
    #expect(second.household == nil)
  }

  @Test("The law's limits: 25 years after the last visit, and no record of care on consent alone")
  func limits() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    var cared = Story(person: 1, .female, born: "1995-05-01", at: ExamplePlaces.posyandu[0])
    cared.visit("1999-06-01", grams: 14_000)
    let old = Story(person: 2, .female, born: "1930-05-01", at: ExamplePlaces.posyandu[0])
    _ = try await district.journal.accept(
      ExamplePlaces.facts + cared.facts + old.facts, now: Self.now)
    func erase(
      _ person: Int, _ reason: ErasureReason, at moment: Instant = Self.now
    ) async throws {
      _ = try await district.destroy(
        id(person), because: reason, Recording(at: moment, recorder: id(77)))
    }
    await #expect(throws: ErasureProblem.nobody) { try await erase(9, .madeByMistake) }
    await #expect(throws: ErasureProblem.holdsRecordOfCare) {
      try await erase(1, .consentWithdrawn)
    }
    await #expect(throws: ErasureProblem.noConsentWithdrawn) {
      try await erase(2, .consentWithdrawn)
    }
    let lastDay = Instant(milliseconds: Int64(day("2024-05-31").dayNumber) * 86_400_000)
    await #expect(throws: ErasureProblem.mustBeKept(until: day("2024-06-01"))) {
      try await erase(1, .retentionEnded, at: lastDay)
    }
    try await erase(1, .retentionEnded)
    var withdrawn = Story(person: 2)
    let consent = ConsentBody(text: Array("contoh".utf8), edition: 1, decision: .withdrawn)
    withdrawn.tell(.consent, on: day("2026-01-01"), body: consent.bytes)
    let fact = Fact(
      id: id(555), subject: id(2), kind: .consent, occurredOn: day("2026-01-01"),
      recordedAt: Self.now, body: withdrawn.facts[0].body)
    _ = try await district.journal.accept([fact], now: Self.now)
    try await erase(2, .consentWithdrawn)
    #expect(try district.verify().mismatch == nil)
  }

  @Test("A key that somebody destroyed without an erasure, or exchanged, is found")
  func lostKey() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let story = Story(person: 1, .female, born: "2023-05-01", at: ExamplePlaces.posyandu[0])
    _ = try await district.journal.accept(ExamplePlaces.facts + story.facts, now: Self.now)
    let first = Int64(ExamplePlaces.facts.count + 1)
    let key = try await district.journal.pool.read { db in
      try #require(try Data.fetchOne(db, sql: "SELECT key FROM subject_key"))
    }
    try await district.journal.pool.write { db in
      try db.execute(sql: "UPDATE subject_key SET key = randomblob(32)")
    }
    #expect(try district.verify().mismatch == .unreadableFact(sequence: first))
    try await district.journal.pool.write { db in
      try db.execute(sql: "UPDATE subject_key SET key = ?", arguments: [key])
    }
    #expect(try district.verify().mismatch == nil)
    try await district.journal.pool.write { db in try db.execute(sql: "DELETE FROM subject_key") }
    #expect(try district.verify().mismatch == .lostKey(sequence: first))
  }

  @Test("Facts from before facts were sealed are not erased, and nothing is half done")
  func unsealed() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let story = Story(person: 1, .female, born: "2023-05-01", at: ExamplePlaces.posyandu[0])
    _ = try await district.journal.accept(ExamplePlaces.facts + story.facts, now: Self.now)
    try await district.journal.pool.write { db in
      try db.execute(
        sql: "DROP TRIGGER fact_is_never_changed; UPDATE fact SET sealed = 0 WHERE subject = ?",
        arguments: [id(1).data])
    }
    await #expect(throws: ErasureProblem.notSealed) {
      _ = try await Self.unlawful(id(1), district)
    }
    let keys = try await district.journal.pool.read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM subject_key")
    }
    #expect(keys == 1)
  }
}
