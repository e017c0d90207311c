import Health

/// A member of a household as the family health index sees them, read from the person's timeline.
public struct FamilyMember: Hashable, Sendable {
  /// Something that was seen on a day, with its fact.
  public struct Seen<Body: Hashable & Sendable>: Hashable, Sendable {
    /// The day.
    public let on: CivilDate
    /// The fact.
    public let fact: Identifier
    /// What was seen.
    public let body: Body
  }

  /// Who it is.
  public let person: Identifier
  /// The day of birth.
  public private(set) var birthDate: CivilDate?
  /// Since when the person has lived in the household without a break.
  public private(set) var since: CivilDate
  /// The last weighing until the day.
  public private(set) var lastWeighing: Seen<Mass>?
  /// The insurance as last known on the day.
  public private(set) var insurance: Seen<InsuranceBody>?

  /// Reads a packed timeline; nothing where the person does not live in the household on that day,
  /// has left, or has died. What happened later is not looked at.
  public init?(
    person: Identifier, timeline: UnsafeBufferPointer<UInt8>, household: Identifier,
    on day: CivilDate
  ) throws(WireError) {
    self.person = person
    var stay = Stay(household: household)
    var hasDied = false
    for entry in try TimelineReader.standingFacts(of: timeline) {
      if entry.kind == .person {
        // A later fact that does not know the day of birth does not take it away.
        birthDate = try PersonBody.birth(entry.body).birthDate ?? birthDate
        continue
      }
      guard entry.occurredOn <= day else { continue }
      switch entry.kind {
      case .residence:
        stay.lives(in: try ResidenceBody(entry.body).household, since: entry.occurredOn)
      case .departure: stay.leaves()
      case .death: hasDied = true
      case .measurement:
        guard let weight = try MeasurementBody(entry.body).weight else { continue }
        lastWeighing = Seen(on: entry.occurredOn, fact: entry.id, body: weight)
      case .insurance:
        insurance = Seen(
          on: entry.occurredOn, fact: entry.id, body: try InsuranceBody(entry.body))
      default: continue
      }
    }
    guard let since = stay.since, !hasDied else { return nil }
    if let birthDate, birthDate > day { return nil }
    self.since = since
  }

  /// Since when they could be meant by a reply: since they came, or were born if that was later.
  func wasThere(on day: CivilDate) -> Bool {
    guard since <= day else { return false }
    return birthDate.map { $0 <= day } ?? true
  }

  /// Completed months on a day.
  func months(on day: CivilDate) -> Int32? {
    birthDate.map { day.completedMonths(since: $0).count }
  }
}

/// Whether, and since when, a person lives in one household, fact by fact. As in the registry a
/// residence that names no household takes nobody out of theirs.
private struct Stay {
  let household: Identifier
  private var isOfHousehold = false
  private var isAway = false
  private var came: CivilDate?

  init(household: Identifier) { self.household = household }

  /// Since when; nothing where the person does not live there.
  var since: CivilDate? { isOfHousehold && !isAway ? came : nil }

  mutating func lives(in named: Identifier?, since day: CivilDate) {
    let wasThere = since != nil
    if let named { isOfHousehold = named == household }
    isAway = false
    if isOfHousehold, !wasThere { came = day }
  }

  mutating func leaves() { isAway = true }
}

/// What was seen of a home, and what its family said, read from the household's facts.
public struct HouseholdRecord: Hashable, Sendable {
  /// What was seen of the home, in order.
  public private(set) var dwellings: [FamilyMember.Seen<DwellingBody>] = []
  /// What the family said, in order.
  public private(set) var replies: [FamilyMember.Seen<FamilyIndexAnswerBody>] = []

  /// Nothing seen, nothing said.
  public init() {}

  /// Reads the facts about one household, packed in order as ``Timeline`` packs a person's;
  /// corrections and withdrawals are settled as there.
  public init(facts: UnsafeBufferPointer<UInt8>) throws(WireError) {
    for entry in try TimelineReader.standingFacts(of: facts) {
      switch entry.kind {
      case .dwelling:
        dwellings.append(
          FamilyMember.Seen(
            on: entry.occurredOn, fact: entry.id, body: try DwellingBody(entry.body)))
      case .familyIndexAnswer:
        replies.append(
          FamilyMember.Seen(
            on: entry.occurredOn, fact: entry.id, body: try FamilyIndexAnswerBody(entry.body)))
      default: continue
      }
    }
  }

  /// The last reply to an item until that day.
  func reply(
    to item: FamilyIndexItem, on day: CivilDate
  ) -> FamilyMember.Seen<FamilyIndexReply>? {
    for seen in replies.reversed() where seen.on <= day {
      if let reply = seen.body[item] {
        return FamilyMember.Seen(on: seen.on, fact: seen.fact, body: reply)
      }
    }
    return nil
  }

  /// The day on which the family left an earlier home for one of which nothing was known: a
  /// dwelling fact without any content. Nothing where it did not move until that day.
  func movedHome(until day: CivilDate) -> CivilDate? {
    dwellings.last { $0.on <= day && $0.body == DwellingBody() }?.on
  }

  /// The last that was seen of something of the home until that day. What was seen before the
  /// family moved is of another home.
  func dwelling<Value: Hashable & Sendable>(
    on day: CivilDate, _ value: (DwellingBody) -> Value?
  ) -> FamilyMember.Seen<Value>? {
    for seen in dwellings.reversed() where seen.on <= day {
      if seen.body == DwellingBody() { return nil }
      if let value = value(seen.body) {
        return FamilyMember.Seen(on: seen.on, fact: seen.fact, body: value)
      }
    }
    return nil
  }
}
