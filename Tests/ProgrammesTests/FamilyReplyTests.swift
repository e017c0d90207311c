import Health
import Programmes
import Samples
import Testing

/// When a family's reply speaks for those who live there now, and who those are.
@Suite("Replies and members of a family")
struct FamilyReplyTests {
  @Test("A reply about children does not speak for a child that came into the ages later")
  func childCame() throws {
    var family = Family()
    family.member(.female, born: "1995-01-01")
    family.member(.male, born: "2025-12-10")
    family.said(
      on: "2026-12-09", [.basicImmunization: .yes, .facilityDelivery: .yes])
    // On the day before its first birthday the child is none of item 3.
    let before = try family.index(on: "2026-12-09")
    #expect(before[.basicImmunization].standing == .doesNotApply)
    #expect(before[.facilityDelivery].standing == .good)
    let birthday = try family.index(on: "2026-12-10")
    #expect(birthday[.basicImmunization].standing == .unknown(.replyBeforeSomebodyCame))
    #expect(birthday[.facilityDelivery].standing == .doesNotApply)
    family.said(on: "2026-12-10", [.basicImmunization: .no])
    #expect(try family.index(on: "2026-12-10")[.basicImmunization].standing == .notGood)
    // A second child, born later, is not meant by what was said of the first.
    family.said(on: "2026-12-10", [.facilityDelivery: .doesNotApply])
    family.member(.female, born: "2027-02-01")
    #expect(
      try family.index(on: "2027-02-01")[.facilityDelivery].standing
        == .unknown(.replyAgainstAges))
  }

  @Test("Whoever joins the family makes a good reply unknown; a bad one stays")
  func joined() throws {
    var family = Family()
    family.member(.female, born: "1990-01-01")
    family.said(on: "2026-05-01", [.nobodySmokes: .yes, .hypertensionTreated: .no])
    #expect(try family.index(on: "2026-06-01")[.nobodySmokes].standing == .good)
    family.member(.male, born: "1988-01-01", since: "2026-05-02")
    let joined = try family.index(on: "2026-06-01")
    #expect(joined[.nobodySmokes].standing == .unknown(.replyBeforeSomebodyCame))
    #expect(joined[.hypertensionTreated].standing == .notGood)
    // On the day before he came he is no member.
    #expect(try family.index(on: "2026-05-01")[.nobodySmokes].standing == .good)
    // A child whom the item is not about changes nothing.
    var other = Family()
    other.member(.female, born: "1990-01-01")
    other.said(on: "2026-05-01", [.nobodySmokes: .yes])
    other.member(.male, born: "2026-05-20")
    #expect(try other.index(on: "2026-06-01")[.nobodySmokes].standing == .good)
  }

  @Test("What was seen and said of a home does not follow the family into the next")
  func movedHome() throws {
    var family = Family()
    family.member(.female, born: "1990-01-01")
    family.seen(on: "2026-01-10", water: .drilledWell, latrine: .waterSealOwn)
    family.said(on: "2026-02-01", [.healthyLatrine: .no, .nobodySmokes: .yes])
    // Nothing is known of the home into which they moved.
    family.seen(on: "2026-05-02")
    let before = try family.index(on: "2026-05-01")
    #expect(before[.cleanWater].standing == .good)
    #expect(before[.healthyLatrine].standing == .notGood)
    for date in ["2026-05-02", "2026-05-03"] {
      let index = try family.index(on: date)
      #expect(index[.cleanWater].standing == .unknown(.homeNotSeen))
      #expect(index[.healthyLatrine].standing == .unknown(.homeNotSeen))
      #expect(index[.nobodySmokes].standing == .good)
    }
    family.said(on: "2026-05-03", [.cleanWater: .yes])
    family.seen(on: "2026-05-04", latrine: .waterSealOwn)
    let after = try family.index(on: "2026-05-04")
    #expect(after[.cleanWater].standing == .good && after[.cleanWater].origin == .reply)
    #expect(after[.healthyLatrine].standing == .good)
  }

  @Test("That an item is about nobody does not stand against a member of its ages")
  func againstAges() throws {
    var family = Family()
    family.member(.male, born: "2025-06-01")
    family.said(on: "2026-11-01", [.basicImmunization: .doesNotApply])
    #expect(
      try family.index(on: "2026-11-02")[.basicImmunization].standing
        == .unknown(.replyAgainstAges))
    // Of a member without a day of birth nobody knows, so the reply stands.
    var other = Family()
    other.member(.male, born: nil)
    other.said(on: "2026-11-01", [.basicImmunization: .doesNotApply])
    let heard = try other.index(on: "2026-11-02")[.basicImmunization]
    #expect(heard.standing == .doesNotApply && heard.origin == .reply)
  }

  @Test("Ages rule a reply out where nobody is of them")
  func agesWin() throws {
    var family = Family()
    family.member(.female, born: "1960-01-01")
    family.said(on: "2026-11-01", [.growthMonitored: .no, .familyPlanning: .yes])
    let index = try family.index(on: "2026-11-02")
    #expect(index[.growthMonitored].standing == .doesNotApply)
    #expect(index[.familyPlanning].standing == .doesNotApply, "older than 54 years")
  }

  @Test("Members: who moved out, left, died, came back, or was not born yet")
  func membership() throws {
    var family = Family()
    family.member(.female, born: "1990-01-01")
    let son = family.member(.male, born: "2010-01-01")
    let elsewhere = ResidenceBody(place: id(901), household: id(701)).bytes
    family.tell(son) { $0.tell(.residence, on: day("2026-02-01"), body: elsewhere) }
    let baby = family.member(.male, born: "2026-03-01")
    let old = family.member(.female, born: "1940-01-01")
    family.tell(old) { $0.tell(.death, on: day("2026-04-01")) }
    family.tell(baby) { $0.tell(.departure, on: day("2026-05-01")) }
    func people(on date: String) throws -> [Identifier] {
      try family.members(on: date).map(\.person)
    }
    #expect(try people(on: "2026-01-31") == [id(1), id(2), id(4)])
    #expect(try people(on: "2026-02-01") == [id(1), id(4)])
    #expect(try people(on: "2026-02-28") == [id(1), id(4)])
    #expect(try people(on: "2026-03-01") == [id(1), id(3), id(4)])
    #expect(try people(on: "2026-04-01") == [id(1), id(3)])
    #expect(try people(on: "2026-05-01") == [id(1)])
    let back = ResidenceBody(place: id(900), household: Family.household).bytes
    family.tell(son) { $0.tell(.residence, on: day("2026-06-01"), body: back) }
    let members = try family.members(on: "2026-06-01")
    #expect(members.map(\.person) == [id(1), id(2)])
    #expect(members.map(\.since) == [day("1990-01-01"), day("2026-06-01")])
    // Another residence fact in the same household is no new coming.
    family.tell(son) { $0.tell(.residence, on: day("2026-07-01"), body: back) }
    #expect(try family.members(on: "2026-07-02").map(\.since).last == day("2026-06-01"))
  }

  @Test("A residence that names no household takes nobody out of theirs, and brings one back")
  func residenceWithoutHousehold() throws {
    var family = Family()
    let child = family.member(.male, born: "2024-01-01")
    family.tell(child) { $0.lives(at: id(901), since: day("2025-01-01")) }
    #expect(try family.members(on: "2025-01-02").map(\.since) == [day("2024-01-01")])
    family.tell(child) { $0.tell(.departure, on: day("2025-02-01")) }
    #expect(try family.members(on: "2025-02-02").isEmpty)
    family.tell(child) { $0.lives(at: id(901), since: day("2025-03-01")) }
    #expect(try family.members(on: "2025-03-01").map(\.since) == [day("2025-03-01")])
    // Who was never of the household is not brought into it.
    var stranger = Family()
    let other = stranger.member(.male, born: "2024-01-01")
    stranger.tell(other) { story in
      story.withdraw(story.facts[1].id, on: day("2024-01-01"))
      story.lives(at: id(900), since: day("2024-01-02"))
    }
    #expect(try stranger.members(on: "2025-01-02").isEmpty)
  }

  @Test("A later fact without a day of birth does not take it away")
  func birthDateStays() throws {
    var family = Family()
    let child = family.member(.male, born: "2024-01-01")
    family.tell(child) { story in
      var body = PersonBody()
      body.name = Array("Anak Contoh".utf8)
      story.tell(.person, on: day("2025-01-01"), body: body.bytes)
    }
    #expect(try family.members(on: "2025-01-02").map(\.birthDate) == [day("2024-01-01")])
  }

  @Test("A reply that was corrected or withdrawn is settled as everywhere")
  func corrected() throws {
    var family = Family()
    family.member(.female, born: "1990-01-01")
    let wrong = family.said(on: "2026-11-01", [.nobodySmokes: .no])
    #expect(try family.index(on: "2026-11-02")[.nobodySmokes].standing == .notGood)
    var body = FamilyIndexAnswerBody()
    body[.nobodySmokes] = .yes
    let mended = family.home.tell(
      .familyIndexAnswer, on: day("2026-11-01"), replacing: wrong, body: body.bytes)
    #expect(try family.index(on: "2026-11-02")[.nobodySmokes].standing == .good)
    family.home.withdraw(mended, on: day("2026-11-02"))
    #expect(try family.index(on: "2026-11-02")[.nobodySmokes].standing == .notGood)
  }

  @Test("Facts that are damaged give an error or an index, never a crash")
  func hostile() throws {
    var family = Family()
    let child = family.member(.male, born: "2025-01-10")
    family.tell(child) { $0.visit("2026-08-31", grams: 9800) }
    family.insured(child, on: "2026-01-01", .nationalSubsidised, until: "2026-12-31")
    family.said(on: "2026-11-01", [.nobodySmokes: .yes, .cleanWater: .no])
    family.seen(on: "2026-10-01", water: .rain, latrine: .unimproved)
    let person = try family.people[child].timeline.bytes
    let home = try family.home.timeline.bytes
    var numbers = SeededNumbers(seed: 39)
    var read = 0
    for _ in 0..<4_000 {
      let on = CivilDate(dayNumber: .random(in: -100_000...200_000, using: &numbers))
      let member = numbers.damaged(person).withUnsafeBufferPointer { bytes in
        try? FamilyMember(person: id(1), timeline: bytes, household: Family.household, on: on)
      }
      let record = numbers.damaged(home).withUnsafeBufferPointer {
        try? HouseholdRecord(facts: $0)
      }
      let index = FamilyHealthIndex(
        members: [member ?? nil].compactMap { $0 }, household: record ?? HouseholdRecord(), on: on)
      #expect(index.items.count == 12)
      if record != nil { read += 1 }
    }
    #expect(read > 0)
  }
}
