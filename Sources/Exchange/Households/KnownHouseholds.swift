import Health

/// A person as a list of households is compared with.
public struct KnownPerson: Hashable, Sendable {
  /// The subject of the person's facts.
  public var id: Identifier
  /// Who the person is.
  public var person: PersonBody
  /// Where the person lives, with whom, and how they stand to the head.
  public var residence: ResidenceBody?
  /// How the person is insured.
  public var insurance: InsuranceBody?
  /// Whether the register knows of a death.
  public var isDead: Bool
  /// The facts that say so, in order: where others stand at the writing, somebody changed the
  /// person meanwhile.
  public var facts: [Identifier]
  /// Whether whoever brings the list may not learn of the person.
  public var isHidden: Bool

  /// A person with what is known.
  public init(
    id: Identifier, person: PersonBody, residence: ResidenceBody? = nil,
    insurance: InsuranceBody? = nil, isDead: Bool = false, facts: [Identifier] = [],
    isHidden: Bool = false
  ) {
    self.id = id
    self.person = person
    self.residence = residence
    self.insurance = insurance
    self.isDead = isDead
    self.facts = facts
    self.isHidden = isHidden
  }
}

/// A household as a list of households is compared with.
public struct KnownHousehold: Hashable, Sendable {
  /// The subject of the household's facts.
  public var id: Identifier
  /// Card, head, place, address.
  public var household: HouseholdBody
  /// Who lives there and heads it, whether the household names them or their own record says so.
  public var head: Identifier?
  /// What was seen of the home last.
  public var dwelling: DwellingBody?
  /// The fact that tells of the household; a correction replaces it.
  public var fact: Identifier?
  /// The fact that tells of the home.
  public var dwellingFact: Identifier?

  /// A household with what is known.
  public init(
    id: Identifier, household: HouseholdBody, head: Identifier? = nil,
    dwelling: DwellingBody? = nil, fact: Identifier? = nil, dwellingFact: Identifier? = nil
  ) {
    self.id = id
    self.household = household
    self.head = head
    self.dwelling = dwelling
    self.fact = fact
    self.dwellingFact = dwellingFact
  }
}

/// What is known of persons and households before a list is taken in.
public protocol KnownHouseholds {
  /// All persons with that NIK.
  func persons(withNationalIdentityNumber number: String) throws -> [KnownPerson]
  /// All persons with that name, folded by `PersonSummary.key(of:)`, who were born on that day.
  func persons(named key: String, born day: CivilDate) throws -> [KnownPerson]
  /// The members of a household who were born on that day.
  func members(of household: Identifier, born day: CivilDate) throws -> [KnownPerson]
  /// All households with that family card, or with that local number.
  func households(_ key: HouseholdRow.Key) throws -> [KnownHousehold]
}
