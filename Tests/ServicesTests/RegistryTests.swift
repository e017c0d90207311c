import GRDB
import Health
import Journal
import Samples
import Services
import Testing

@Suite("The register: persons, households, workers")
struct RegistryTests {
  private static let now = Instant(milliseconds: 1_780_000_000_000)

  private static func person(
    _ number: Int, _ name: String, mother: String = "", born: String = "1990-05-17",
    nik: String = "", household: Identifier? = nil, at place: Identifier = ExamplePlaces.posyandu[0]
  ) -> [Fact] {
    var story = Story(person: number)
    var body = PersonBody()
    body.name = Array(name.utf8)
    body.motherName = Array(mother.utf8)
    body.birthDate = day(born)
    body.sex = .female
    body.nationalIdentityNumber = Array(nik.utf8)
    story.tell(.person, on: day(born), body: body.bytes)
    story.tell(
      .residence, on: day(born),
      body: ResidenceBody(place: place, household: household, relation: .child).bytes)
    return story.facts
  }

  private static func filled() async throws -> TemporaryDistrict {
    let temporary = try TemporaryDistrict()
    var facts = ExamplePlaces.facts
    facts += person(1, "Siti Aminah", mother: "Hasanah", nik: "9962010505900001")
    facts += person(2, "Soekarno", at: ExamplePlaces.posyandu[1])
    facts += person(3, "Nur Hayati", mother: "Siti Aminah", born: "2015-01-03")
    facts += person(4, "Moh. Yusuf", at: ExamplePlaces.posyandu[2])
    facts += person(5, "By. Ny. Rahmawati", mother: "Rahmawati", born: "2024-03-01")
    let results = try await temporary.district.journal.accept(facts, now: now)
    #expect(results.allSatisfy { if case .accepted = $0 { true } else { false } })
    return temporary
  }

  @Test(
    "A name is found as it is spoken",
    arguments: [
      ("Sukarno", [2]), ("soekarno", [2]), ("Nurhayati", [3]), ("nur hajati", [3]),
      ("Muhammad Jusuf", [4]), ("Mohamad Yus", [4]), ("Sitti Aminah", [1]), ("amina", [1]),
      ("Rahmawati", [5]), ("Sukarni", []), ("\"; DROP", []), ("*", []), ("", []),
    ])
  func spoken(typed: String, expected: [Int]) async throws {
    let temporary = try await Self.filled()
    let found = try temporary.district.search(PersonQuestion(name: typed))
    #expect(found.persons.map(\.person.id) == expected.map { id($0) })
  }

  @Test(
    "Those with just this word are found among hundreds whose name begins so", arguments: [20, 60])
  func wholeWordsFirst(count: Int) async throws {
    let temporary = try TemporaryDistrict()
    var facts = ExamplePlaces.facts
    for number in 1...420 { facts += Self.person(number, "Salmahwati") }
    for number in 0..<count { facts += Self.person(1001 + number, "Salmah") }
    _ = try await temporary.district.journal.accept(facts, now: Self.now)
    let found = try temporary.district.search(PersonQuestion(name: "salma"))
    #expect(found.persons.count == 50 && found.areThereMore)
    #expect(found.persons.prefix(count).allSatisfy { $0.person.name == "Salmah" })
    let begun = try temporary.district.search(PersonQuestion(name: "salmahwa"))
    #expect(begun.persons.count == 50)
  }

  @Test("Mother, year of birth and place narrow a search")
  func narrowed() async throws {
    let temporary = try await Self.filled()
    func ids(_ question: PersonQuestion) throws -> [Identifier] {
      try temporary.district.search(question).persons.map(\.person.id)
    }
    #expect(try ids(PersonQuestion(mother: "Hasana")) == [id(1)])
    #expect(try ids(PersonQuestion(mother: "aminah")) == [id(3)])
    #expect(try ids(PersonQuestion(name: "yusuf", birthYears: 1989...1991)) == [id(4)])
    #expect(try ids(PersonQuestion(name: "yusuf", birthYears: 1991...1992)) == [])
    #expect(
      try ids(PersonQuestion(name: "yusuf", places: [ExamplePlaces.posyandu[2]])) == [id(4)])
    #expect(try ids(PersonQuestion(name: "yusuf", places: [ExamplePlaces.posyandu[0]])) == [])
    #expect(try ids(PersonQuestion(name: "yusuf", places: [])) == [])
  }

  @Test("Who died or left is found where they lived last, after those who live there")
  func gone() async throws {
    let temporary = try TemporaryDistrict()
    let district = temporary.district
    let (home, elsewhere) = (ExamplePlaces.posyandu[0], ExamplePlaces.posyandu[2])
    var facts = ExamplePlaces.facts
    facts += Self.person(1, "Ratna Dewi", nik: "9962010505900001")
    facts += Self.person(2, "Ratna Dewi", nik: "9962010505900002")
    facts += Self.person(3, "Ratna Dewita", nik: "9962010505900003")
    func fact(_ number: Int, _ kind: FactKind, on date: String) -> Fact {
      Fact(
        id: id(75_000 + number), subject: id(number), kind: kind, occurredOn: day(date),
        recordedAt: Instant(milliseconds: Int64(number)), place: elsewhere, body: [])
    }
    facts += [fact(1, .departure, on: "2025-10-03"), fact(2, .death, on: "2025-09-01")]
    _ = try await district.journal.accept(facts, now: Self.now)
    func found(_ places: [Identifier], _ presence: PersonQuestion.Presence?) throws -> [Identifier]
    {
      try district.search(
        PersonQuestion(name: "ratna dewi", places: places, presence: presence)
      ).persons.map(\.person.id)
    }
    #expect(try found([home], nil).first == id(3))
    #expect(Set(try found([home], nil)) == [id(1), id(2), id(3)])
    #expect(try found([home], .here) == [id(3)])
    #expect(Set(try found([home], .gone)) == [id(1), id(2)])
    #expect(try found([elsewhere], nil).isEmpty)
    // By the whole number, and by its beginning once that is long enough to tell few.
    #expect(try district.search(number: "9962010505900001", within: [home]).map(\.id) == [id(1)])
    #expect(
      Set(try district.search(number: "9962010505", within: [home]).map(\.id))
        == [id(1), id(2), id(3)])
    #expect(
      try district.search(number: "996201050", within: [home]).map(\.id) == [id(2), id(3)])
    #expect(try district.search(number: "9962010505", within: [elsewhere]).isEmpty)
    let left = try #require(try district.person(id(1))?.person)
    let departure = try #require(try district.departure(of: left))
    #expect(departure.on == day("2025-10-03") && departure.from == home)
    let stays = try #require(try district.person(id(3))?.person)
    #expect(try district.departure(of: stays) == nil)
    #expect(try district.verify().mismatch == nil)
    // Who comes back is here again.
    var back = Self.person(1, "Ratna Dewi", at: elsewhere)[1]
    back.id = id(76_001)
    back.occurredOn = day("2025-11-01")
    _ = try await district.journal.accept([back], now: Self.now)
    #expect(try found([home], nil).contains(id(1)) == false)
    #expect(try found([elsewhere], .here) == [id(1)])
  }

  @Test("A changed name leaves the index, digits find a NIK by its beginning")
  func changedName() async throws {
    let temporary = try await Self.filled()
    let district = temporary.district
    var facts = Self.person(2, "Bambang", at: ExamplePlaces.posyandu[1])
    facts[0].id = id(70_001)
    facts[0].replaces = id(2_001)
    _ = try await district.journal.accept([facts[0]], now: Self.now)
    #expect(try district.search(PersonQuestion(name: "sukarno")).persons.isEmpty)
    #expect(
      try district.search(PersonQuestion(name: "bambang")).persons.map(\.person.id) == [id(2)])
    #expect(try district.search(number: "9962").map(\.id) == [id(1)])
    #expect(try district.search(number: "9962010505900001").map(\.id) == [id(1)])
    #expect(try district.search(number: "9962010505900002").isEmpty)
    #expect(try district.verify().mismatch == nil)
  }

  @Test("A household has its members, and is found by its card")
  func household() async throws {
    let temporary = try await Self.filled()
    let district = temporary.district
    var body = HouseholdBody()
    body.familyCardNumber = Array("9962011203190001".utf8)
    body.head = id(21)
    body.place = ExamplePlaces.posyandu[0]
    var home = DwellingBody()
    home.water = .piped
    func fact(_ number: Int, _ kind: FactKind, _ body: [UInt8], on date: String) -> Fact {
      Fact(
        id: id(80_000 + number), subject: id(500), kind: kind, occurredOn: day(date),
        recordedAt: Instant(milliseconds: Int64(number)), body: body)
    }
    let facts =
      [
        fact(1, .household, body.bytes, on: "2020-01-01"),
        fact(2, .dwelling, home.bytes, on: "2021-01-01"),
      ] + Self.person(21, "Ahmad", household: id(500))
      + Self.person(22, "Fatimah", household: id(500))
    _ = try await district.journal.accept(facts, now: Self.now)
    let found = try await district.journal.pool.read { db in
      (
        try Household.fetch(id(500), in: db), try PersonEntry.members(of: id(500), in: db),
        try Household.withFamilyCardNumber("9962011203190001", in: db)
      )
    }
    #expect(found.0?.body == body)
    #expect(found.0?.dwelling?.body.water == .piped)
    #expect(Set(found.1.map(\.id)) == [id(21), id(22)])
    #expect(found.2 == [id(500)])
    #expect(Set(try district.search(number: "9962011203190001").map(\.id)) == [id(21), id(22)])
    #expect(try district.verify().mismatch == nil)
    try await district.journal.pool.write { db in
      try db.execute(sql: "UPDATE household SET family_card_number = 'other'")
    }
    #expect(try district.verify().mismatch == .household(id(500)))
  }

  @Test("A worker's roles hold from their first to their last day")
  func worker() async throws {
    let temporary = try await Self.filled()
    let district = temporary.district
    var body = WorkerBody()
    body.name = Array("Bidan Contoh".utf8)
    body.userName = Array(" Bidan.Contoh ".utf8)
    func fact(
      _ number: Int, _ kind: FactKind, _ body: [UInt8], on date: String, replaces: Identifier? = nil
    ) -> Fact {
      Fact(
        id: id(90_000 + number), subject: id(600), kind: kind, occurredOn: day(date),
        recordedAt: Instant(milliseconds: Int64(number)), replaces: replaces, body: body)
    }
    let role = AssignmentBody(role: .pustuWorker, place: ExamplePlaces.villages[0])
    var ended = role
    ended.until = day("2025-06-30")
    _ = try await district.journal.accept(
      [
        fact(1, .worker, body.bytes, on: "2024-01-01"),
        fact(2, .assignment, role.bytes, on: "2024-01-01"),
        fact(3, .assignment, ended.bytes, on: "2024-01-01", replaces: id(90_002)),
        fact(
          4, .kaderSkill, KaderSkillBody(skill: 3, isMastered: true).bytes, on: "2024-02-01"),
        fact(
          5, .kaderSkill, KaderSkillBody(skill: 3, isMastered: false).bytes, on: "2024-03-01"),
        fact(
          7, .kaderSkill,
          KaderSkillBody(skill: 4, isMastered: true, until: day("2025-03-01")).bytes,
          on: "2024-03-01"),
      ], now: Self.now)
    let worker = try #require(
      try await district.journal.pool.read { try Worker.fetch(id(600), in: $0) })
    #expect(worker.assignments.count == 1)
    #expect(
      [("2023-12-31", false), ("2024-01-01", true), ("2025-06-30", true), ("2025-07-01", false)]
        .allSatisfy { worker.assignments[0].holds(on: day($0.0)) == $0.1 })
    #expect(worker.skills.map(\.isMastered) == [false, true])
    #expect(worker.skills.map(\.until) == [nil, day("2025-03-01")])
    let stored = try await district.journal.pool.read { db in
      try Row.fetchAll(db, sql: "SELECT skill, until FROM kader_skill ORDER BY skill")
        .map { [$0[0] as Int32?, $0[1]] }
    }
    #expect(stored == [[3, nil], [4, day("2025-03-01").dayNumber]])
    #expect(try district.verify().mismatch == nil)
    _ = try await district.journal.accept(
      [fact(6, .withdrawal, [], on: "2024-04-01", replaces: id(90_003))], now: Self.now)
    let reopened = try await district.journal.pool.read { try Worker.fetch(id(600), in: $0) }
    #expect(reopened?.assignments.map(\.body.until) == [nil])
    #expect(try district.verify().mismatch == nil)
    try await district.journal.pool.write { db in
      try db.execute(sql: "UPDATE assignment SET role = 10")
    }
    #expect(try district.verify().mismatch == .worker(id(600)))
  }

  @Test("Who is entered twice is noticed, with the reasons; a namesake far away is not")
  func similar() async throws {
    let temporary = try await Self.filled()
    let district = temporary.district
    let tree = try district.places()
    var body = PersonBody()
    body.name = Array("Sitti Amina".utf8)
    body.motherName = Array("Hasana".utf8)
    body.birthDate = day("1990-05-17")
    body.sex = .female
    let draft = PersonDraft(person: body, place: ExamplePlaces.posyandu[0])
    let found = try district.similar(to: draft, tree: tree)
    #expect(found.first?.person.id == id(1))
    #expect(found.first?.evidence.level(of: .name) == .nameSame)
    #expect(found.first?.evidence.level(of: .mother) == .motherSame)
    body.birthDate = day("1961-02-02")
    body.motherName = Array("Wagiyem".utf8)
    let other = PersonDraft(person: body, place: ExamplePlaces.posyandu[2])
    #expect(try district.similar(to: other, tree: tree).isEmpty)
  }

  @Test("An index that lost a word is found")
  func damagedIndex() async throws {
    let temporary = try await Self.filled()
    let district = temporary.district
    #expect(try district.verify().mismatch == nil)
    try await district.journal.pool.write { db in
      try db.execute(
        sql: """
          INSERT INTO person_find (person_find, rowid, terms)
          SELECT 'delete', person, terms FROM person_search LIMIT 1
          """)
    }
    #expect(try district.verify().mismatch == .searchIndex)
  }

  @Test("Who is registered one by one leaves few parts of the index, joined a little at a time")
  func partsOfTheIndex() async throws {
    let temporary = try TemporaryDistrict()
    let journal = temporary.district.journal
    _ = try await journal.accept(ExamplePlaces.facts, now: Self.now)
    for number in 1...63 {
      _ = try await journal.accept(
        Self.person(number, "Orang Contoh", at: ExamplePlaces.posyandu[0]), now: Self.now)
    }
    try await journal.pool.read { db in
      let byItself = try Int.fetchOne(
        db, sql: "SELECT v FROM person_find_config WHERE k = 'automerge'")
      #expect(byItself == 0)
      // Unjoined, 63 commits would leave eighteen.
      let parts = try #require(
        try Int.fetchOne(db, sql: "SELECT count(DISTINCT segid) FROM person_find_idx"))
      #expect(parts < 12)
    }
    #expect(try journal.isSearchIndexIntact())
  }

  @Test("Who lives within reach is found by a part of the number, however many others have it")
  func numbersWithinReach() async throws {
    let temporary = try TemporaryDistrict()
    var facts = ExamplePlaces.facts
    for number in 1...120 {
      let digits = String(number)
      let serial = String(repeating: "0", count: 4 - digits.count) + digits
      facts += Self.person(
        number, "Orang Contoh", nik: "990101010190\(serial)",
        at: ExamplePlaces.posyandu[number > 60 ? 0 : 2])
    }
    _ = try await temporary.district.journal.accept(facts, now: Self.now)
    func found(_ digits: String, _ places: Set<Identifier>?) throws -> [Identifier] {
      try temporary.district.search(number: digits, within: places).map(\.id)
    }
    #expect(try found("9901", nil) == (1...50).map { id($0) })
    #expect(try found("9901", [ExamplePlaces.posyandu[0]]) == (61...110).map { id($0) })
    #expect(try found("99010101019001", [ExamplePlaces.posyandu[0]]) == (100...120).map { id($0) })
    #expect(try found("9901", [ExamplePlaces.posyandu[1]]).isEmpty)
    #expect(try found("9901", []).isEmpty)
    // A record that was joined leads to the person, who lives within reach.
    let joined = Recording(at: Self.now, recorder: nil).fact(
      .merge, of: id(120), on: day("2020-01-01"), SamenessBody(other: id(1)).bytes)
    _ = try await temporary.district.journal.accept([joined], now: Self.now)
    let person = try #require(try temporary.district.person(id(1))?.person)
    let home = try #require(person.place)
    #expect(try found("9901010101900120", nil) == [person.id])
    #expect(try found("990101010190012", [home]) == [person.id])
  }
}
