import Health
import Programmes
import Samples

/// A family written down for a test: its members' facts and its household's.
struct Family {
  static let household = id(700)
  /// The members' stories, in the order in which they were added.
  private(set) var people: [Story] = []
  /// The household's facts.
  var home = Story(person: 700)

  /// A member of that sex, born on that day, living in the household since then or since a later
  /// day; returns the position in ``people``.
  @discardableResult
  mutating func member(_ sex: Sex, born: String?, since: String? = nil) -> Int {
    var story = Story(person: people.count + 1)
    story.person(sex: sex, born: born.map { day($0) })
    story.tell(
      .residence, on: day(since ?? born ?? "2000-01-01"),
      body: ResidenceBody(place: id(900), household: Family.household).bytes)
    people.append(story)
    return people.count - 1
  }

  /// Tells more of a member.
  mutating func tell(_ member: Int, _ change: (inout Story) -> Void) { change(&people[member]) }

  /// How a member is insured.
  mutating func insured(
    _ member: Int, on date: String, _ kind: InsuranceKind, until: String? = nil
  ) {
    people[member].tell(
      .insurance, on: day(date),
      body: InsuranceBody(kind: kind, until: until.map { day($0) }).bytes)
  }

  /// What the family said.
  @discardableResult
  mutating func said(
    on date: String, _ replies: [FamilyIndexItem: FamilyIndexReply]
  ) -> Identifier {
    var body = FamilyIndexAnswerBody()
    for (item, reply) in replies { body[item] = reply }
    return home.tell(.familyIndexAnswer, on: day(date), body: body.bytes)
  }

  /// What was seen of the home.
  mutating func seen(on date: String, water: WaterSource? = nil, latrine: Latrine? = nil) {
    var body = DwellingBody()
    body.water = water
    body.latrine = latrine
    home.tell(.dwelling, on: day(date), body: body.bytes)
  }

  /// Who lives there on a day.
  func members(on date: String) throws -> [FamilyMember] {
    try people.compactMap { story in
      try story.timeline.reading { bytes in
        try FamilyMember(
          person: story.subject, timeline: bytes, household: Family.household, on: day(date))
      }
    }
  }

  /// The index on a day.
  func index(
    on date: String, _ settings: FamilyIndexSettings = FamilyIndexSettings()
  ) throws -> FamilyHealthIndex {
    FamilyHealthIndex(
      members: try members(on: date),
      household: try home.timeline.reading { try HouseholdRecord(facts: $0) }, on: day(date),
      settings: settings)
  }
}
