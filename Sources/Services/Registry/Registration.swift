import Health
import Journal

/// Somebody who comes into the register: who, and where they live from which day.
public struct Registration: Sendable {
  /// Who.
  public var person: PersonBody
  /// Posyandu, or village where no Posyandu is known.
  public var place: Identifier
  /// The household, where it is known; a new one is made otherwise.
  public var household: Identifier?
  /// The number of a new household's family card as it was typed, or empty. What is no sixteen digits
  /// is kept as the household's local identifier, as lists do.
  public var familyCardNumber: [UInt8] = []
  /// How the person stands to the household's head.
  public var relation: HouseholdRelation
  /// Since when the person lives there.
  public var since: CivilDate
  /// Why the person came.
  public var reason: MoveReason?
  /// Where the person came from, where that is no place known here.
  public var cameFrom: [UInt8] = []
  /// The facility that registers the person, where that is not where the person lives: by this the
  /// person is its patient.
  public var facility: Identifier?

  /// A person at a place since a day.
  public init(
    person: PersonBody, place: Identifier, household: Identifier? = nil,
    relation: HouseholdRelation, since: CivilDate
  ) {
    self.person = person
    self.place = place
    self.household = household
    self.relation = relation
    self.since = since
  }

  /// The facts that bring the person in, and the household where it is new.
  ///
  /// - Parameter subject: under which identifier; sent twice with ``Condition/unregistered(_:)``, one
  ///   form brings in one person.
  public func facts(_ recording: Recording, as subject: Identifier) -> [Fact] {
    let recordedAt = facility ?? place
    var facts: [Fact] = []
    var home = household
    if home == nil {
      let fresh = Identifier.fresh(at: recording.at)
      home = fresh
      var body = HouseholdBody()
      if let card = FamilyCardNumber(familyCardNumber) {
        body.familyCardNumber = card.digits
      } else {
        body.localIdentifier = familyCardNumber
      }
      body.place = place
      if relation == .head { body.head = subject }
      facts.append(
        recording.fact(.household, of: fresh, on: since, at: recordedAt, body.bytes))
    }
    facts.append(
      recording.fact(
        .person, of: subject, on: person.birthDate ?? since, at: recordedAt, person.bytes))
    var residence = ResidenceBody(
      place: place, household: home, relation: relation, reason: reason)
    residence.cameFrom = cameFrom
    facts.append(
      recording.fact(.residence, of: subject, on: since, at: recordedAt, residence.bytes))
    return facts
  }
}

extension PersonEntry {
  /// The fact by which somebody who is known becomes a patient of a facility: it says again what
  /// the facility was shown, the NIK, and nothing that would take the place of what is known.
  public func patient(of facility: Identifier, on day: CivilDate, _ recording: Recording) -> Fact {
    var body = PersonBody()
    body.nationalIdentityNumber = Array(nationalIdentityNumber.utf8)
    return recording.fact(.person, of: id, on: day, at: facility, body.bytes)
  }
}

extension PersonRecord {
  /// The facts that correct who somebody is: the last fact is replaced as a whole, and what other
  /// lists had filled in no longer counts, since all of it stood on the page that was corrected.
  public func correction(_ body: PersonBody, _ recording: Recording, on today: CivilDate) -> [Fact]
  {
    var facts = [
      recording.fact(
        .person, of: person.id, on: body.birthDate ?? today, at: person.place,
        replacing: personFact, body.bytes)
    ]
    for other in otherPersonFacts {
      facts.append(recording.fact(.withdrawal, of: person.id, on: today, replacing: other))
    }
    return facts
  }

  /// The facts by which somebody moves house, into a household that is known or a new one, which
  /// they head where their relation says so.
  public func move(
    to place: Identifier, household: Identifier?, relation: HouseholdRelation?,
    reason: MoveReason, on day: CivilDate, _ recording: Recording
  ) -> [Fact] {
    var facts: [Fact] = []
    var home = household
    if home == nil {
      let fresh = Identifier.fresh(at: recording.at)
      home = fresh
      var body = HouseholdBody()
      body.place = place
      if relation == .head { body.head = person.id }
      facts.append(recording.fact(.household, of: fresh, on: day, at: place, body.bytes))
    }
    let residence = ResidenceBody(
      place: place, household: home, relation: relation, reason: reason)
    facts.append(recording.fact(.residence, of: person.id, on: day, at: place, residence.bytes))
    return facts
  }
}
