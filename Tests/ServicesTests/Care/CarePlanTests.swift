import GRDB
import Guidance
import Health
import Journal
import Programmes
import Samples
import Testing

@testable import Services

@Suite("Stored care plans say what the facts and the day say")
struct CarePlanTests {
  private static let born = day("2026-03-01")

  /// Noon of a day in Jakarta.
  static func noon(_ date: CivilDate) -> Instant {
    Instant(milliseconds: Int64(date.dayNumber) * 86_400_000 + 5 * 3_600_000)
  }

  /// What is stored of the person with that id.
  static func stored(_ person: Identifier, _ district: District) async throws -> StoredCarePlan {
    try await district.journal.pool.read { db in
      let entry = try #require(try PersonEntry.person(person, in: db))
      return try #require(try StoredCarePlan.fetch(entry.number, in: db))
    }
  }

  /// Worked out from the timeline, without what is stored.
  static func fresh(
    _ person: Identifier, on day: CivilDate, _ district: District
  ) async throws -> StoredCarePlan {
    try await district.journal.pool.read { db in
      let entry = try #require(try PersonEntry.person(person, in: db))
      let timeline = try PersonEntry.countedTimeline(entry.number, in: db)
      return try district.planning.plan(of: timeline, on: day)
    }
  }

  /// The statuses of a stored plan, by the number of the service.
  private static func statuses(_ plan: StoredCarePlan) throws -> [UInt16: ServiceStatus] {
    Dictionary(uniqueKeysWithValues: try plan.plan().services.map { ($0.service, $0.status) })
  }

  /// A girl, six weeks old when she becomes known.
  private static func child(person: Int = 1) -> Story {
    Story(person: person, .female, born: "2026-03-01")
  }

  @Test("A plan changes overnight without any fact")
  func overnight() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let child = Self.child()
    let first = Self.born + .days(1)
    _ = try await district.journal.accept(child.facts, now: Self.noon(first))
    var before = try await Self.stored(child.subject, district)
    #expect(before.asOf == first)
    var changes = 0
    for distance in 2...200 as ClosedRange<Int32> {
      let today = Self.born + .days(distance)
      let fresh = try await Self.fresh(child.subject, on: today, district)
      let isStale = before.holdsUntil.map { $0 <= today } ?? false
      // As long as it says that it holds, it says what is so.
      if !isStale {
        #expect(try Self.statuses(before) == Self.statuses(fresh), "day \(distance)")
      }
      #expect(try await district.refreshPlans(on: today) == (isStale ? 1 : 0))
      let after = try await Self.stored(child.subject, district)
      if isStale {
        #expect(after.asOf == today && after.bytes == fresh.bytes)
        if try Self.statuses(after) != Self.statuses(before) { changes += 1 }
      }
      before = after
    }
    #expect(changes > 5, "nothing changed overnight: the test says nothing")
    #expect(try district.extent().facts == Int64(child.facts.count))
    #expect(try district.verify().mismatch == nil)
  }

  @Test("A list is right before the night's work is done, and after it")
  func listIsRight() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let child = Self.child()
    _ = try await district.journal.accept(child.facts, now: Self.noon(Self.born + .days(40)))
    let entry = try await district.journal.pool.read { db in
      try #require(try PersonEntry.person(child.subject, in: db))
    }
    func needs(on day: CivilDate) throws -> CareNeeds? {
      try district.careNeeds(of: [entry], on: day, knowing: [])[entry.number]
    }
    let early = try #require(try needs(on: Self.born + .days(40)))
    let later = Self.born + .days(130)
    let stale = try #require(try needs(on: later))
    #expect(early != stale, "nothing changed: the test says nothing")
    #expect(try await district.refreshPlans(on: later) == 1)
    #expect(try needs(on: later) == stale)
    // An earlier day than the stored plan's is worked out and not stored.
    #expect(try needs(on: Self.born + .days(40)) == early)
    #expect(try await Self.stored(child.subject, district).asOf == later)
  }

  @Test(
    "In whatever order facts arrive, late ones too, the plan is the same",
    arguments: 1...8 as ClosedRange<UInt64>)
  func order(seed: UInt64) async throws {
    let today = day("2026-09-20")
    var facts: [Fact] = []
    for person in 1...4 {
      var story = Self.child(person: person)
      for month in 4...8 {
        story.visit(
          "2026-0\(month)-1\(person)", grams: Int32(3_000 + 600 * month),
          centimetres: Double(48 + 2 * month), position: .lying)
      }
      var body = VisitBody(setting: .posyandu, performer: .kader, purposes: .childDevelopment)
      body[DataElement.vitaminA.code] = person % 2 == 0 ? 1 : 0
      body[DataElement.headCircumference.code] = 4_000
      let visit = story.tell(.visit, on: day("2026-08-15"), body: body.bytes)
      if person > 2 { story.withdraw(visit, on: day("2026-08-20")) }
      facts += story.facts
    }
    var numbers = SeededNumbers(seed: seed)
    let expected = try TemporaryDistrict()
    _ = try await expected.district.journal.accept(facts, now: Self.noon(today))
    facts.shuffle(using: &numbers)
    let other = try TemporaryDistrict()
    var rest = facts[...]
    while !rest.isEmpty {
      let batch = rest.prefix(.random(in: 1...5, using: &numbers))
      rest = rest.dropFirst(batch.count)
      _ = try await other.district.journal.accept(Array(batch), now: Self.noon(today))
    }
    for person in 1...4 {
      let first = try await Self.stored(id(person), expected.district)
      let second = try await Self.stored(id(person), other.district)
      #expect(first.bytes == second.bytes && first.holdsUntil == second.holdsUntil)
      #expect(try !first.plan().services.isEmpty)
    }
    for district in [expected.district, other.district] {
      #expect(try district.verify().mismatch == nil)
    }
  }

  @Test("A late fact changes the plan, and a visit that is taken back leaves it as it was")
  func undo() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let today = day("2026-08-20")
    var child = Story(.female, born: "2025-09-01")
    _ = try await district.journal.accept(child.facts, now: Self.noon(today))
    let before = try await Self.stored(child.subject, district)
    var body = VisitBody(setting: .posyandu, performer: .kader, purposes: .childDevelopment)
    body[DataElement.vitaminA.code] = 1
    // It happened five days before it was written down.
    let visit = child.tell(.visit, on: day("2026-08-15"), body: body.bytes)
    _ = try await district.journal.accept([child.facts[2]], now: Self.noon(today))
    let after = try await Self.stored(child.subject, district)
    let given = try #require(try Self.statuses(after)[52])
    #expect(given == .done(on: day("2026-08-15"), fact: visit))
    #expect(try Self.statuses(before)[52] != given)
    child.withdraw(visit, on: today)
    _ = try await district.journal.accept([child.facts[3]], now: Self.noon(today))
    #expect(try await Self.stored(child.subject, district).bytes == before.bytes)
    #expect(try district.verify().mismatch == nil)
  }

  @Test("Plans of another edition are believed by nobody, and worked out anew")
  func edition() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let today = day("2026-08-20")
    for person in 1...7 {
      _ = try await district.journal.accept(Self.child(person: person).facts, now: Self.noon(today))
    }
    // The first look through all notes that no other edition is left.
    #expect(try await district.refreshPlans(on: today) == 0)
    let before = try await Self.stored(id(3), district)
    try await district.journal.pool.write { db in
      try db.execute(sql: "UPDATE care_plan SET edition = 7, bytes = x'00'")
      try db.execute(sql: "UPDATE computed_as SET edition = '7' WHERE name = 'care plans'")
    }
    #expect(try #require(try district.care(of: id(3), on: today, knowing: .all)).isStored == false)
    let entry = try await district.journal.pool.read { db in
      try #require(try PersonEntry.person(id(3), in: db))
    }
    let needs = try district.careNeeds(of: [entry], on: today, knowing: [])
    #expect(needs[entry.number] == CareNeeds(try before.plan(), knowing: []))
    // A page stores the one that it opens; the night's work all others.
    try await district.refreshPlan(of: entry.number, on: today)
    #expect(try #require(try district.care(of: id(3), on: today, knowing: .all)).isStored)
    #expect(try await district.refreshPlans(on: today, step: 2) == 6)
    #expect(try await district.refreshPlans(on: today, step: 2) == 0)
    #expect(try await Self.stored(id(3), district).bytes == before.bytes)
    #expect(try district.verify().mismatch == nil)
  }

  @Test("Settings that a plan depends on make another edition")
  func settings() {
    var other = GrowthSettings()
    let standard = CareEdition(growth: GrowthSettings(), care: ClinicalSettings())
    #expect(CareEdition(growth: other, care: ClinicalSettings()) == standard)
    other.redLineHundredths = -299
    #expect(CareEdition(growth: other, care: ClinicalSettings()) != standard)
  }

  @Test("Every value of a guideline is in the edition")
  func guidelines() {
    let found = CareEdition.digest(of: CareBook.motherAndChild.guidelines)
    #expect(
      found == CareEdition.guidelines,
      "a guideline changed: write \"\(found)\" into CareEdition.guidelines")
    let first = CareEdition.digest(of: [.pregnancy])
    #expect(first != CareEdition.digest(of: [.newborn]))
    #expect(first == CareEdition.digest(of: [.pregnancy]))
  }

  @Test(
    "Verification finds a stored plan that the facts do not give",
    arguments: [
      "UPDATE care_plan SET bytes = (SELECT bytes FROM care_plan WHERE person = 1) WHERE person = 2",
      "UPDATE care_plan SET holds_until = holds_until + 1 WHERE person = 2",
      "UPDATE care_plan SET as_of = as_of - 100 WHERE person = 2",
      "DELETE FROM care_plan WHERE person = 2",
    ])
  func tampered(_ change: String) async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let today = day("2026-08-20")
    let boy = Story(person: 2, .male, born: "2025-01-01")
    _ = try await district.journal.accept(
      Self.child().facts + boy.facts, now: Self.noon(today))
    #expect(try district.verify().mismatch == nil)
    try await district.journal.pool.write { try $0.execute(sql: change) }
    #expect(try district.verify().mismatch == .carePlan(person: id(2)))
    try district.rebuild()
    #expect(try district.verify().mismatch == nil)
  }

  @Test("While plans are worked out anew, facts arrive as ever")
  func together() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let start = day("2026-04-01")
    for person in 1...60 {
      _ = try await district.journal.accept(Self.child(person: person).facts, now: Self.noon(start))
    }
    let today = day("2026-09-01")
    async let refreshed = district.refreshPlans(on: today, step: 3)
    for person in 61...90 {
      _ = try await district.journal.accept(Self.child(person: person).facts, now: Self.noon(today))
    }
    #expect(try await refreshed == 60)
    for person in [1, 30, 60, 61, 90] {
      let stored = try await Self.stored(id(person), district)
      #expect(stored.asOf == today)
      #expect(try await stored.bytes == Self.fresh(id(person), on: today, district).bytes)
    }
    #expect(try district.verify().mismatch == nil)
  }
}
