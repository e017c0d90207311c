import Health

/// A value that was observed, with where it stands.
public struct Observation: Hashable, Sendable {
  /// The data element's code.
  public let element: UInt16
  /// The value, in the element's unit.
  public let value: Int32
  /// The day.
  public let on: CivilDate
  /// The fact that told it.
  public let fact: Identifier
  /// The place in ``HealthRecord/observations`` of the earlier value of the same element, or −1.
  let earlier: Int32
}

/// A visit without its observations.
public struct Contact: Hashable, Sendable {
  /// The day.
  public let on: CivilDate
  /// Where.
  public let setting: CareSetting?
  /// By whom.
  public let performer: CarePerformer?
  /// For what.
  public let purposes: CarePurpose
  /// The fact.
  public let fact: Identifier
}

/// A service that was offered and not taken.
public struct Refusal: Hashable, Sendable {
  /// The number of the service.
  public let service: UInt16
  /// The day.
  public let on: CivilDate
  /// The fact.
  public let fact: Identifier
}

/// Somebody was referred.
public struct SentReferral: Hashable, Sendable {
  /// What of the guidelines made somebody refer.
  public let reasons: [ReferralReason]
  /// The fact.
  public let fact: Identifier
}

/// A referral was answered.
public struct AnswerToReferral: Hashable, Sendable {
  /// The fact that referred.
  public let referral: Identifier
  /// What became of it.
  public let outcome: ReferralOutcome
  /// The day.
  public let on: CivilDate
  /// The fact.
  public let fact: Identifier
}

/// A person as guidelines read them on a day: what had happened by then and stands in the timeline,
/// put in order once, so that every rule finds in a step what it asks for.
public struct HealthRecord: Sendable {
  /// The day.
  public let day: CivilDate
  /// The day of birth.
  public internal(set) var birthDate: CivilDate?
  /// The sex.
  public internal(set) var sex: Sex?
  /// The day of death.
  public internal(set) var diedOn: CivilDate?
  /// The visits, by day.
  public internal(set) var contacts: [Contact] = []
  /// For what the person was seen at any of them.
  public internal(set) var purposes: CarePurpose = []
  /// Everything observed, by day; each knows the earlier one of its element.
  public internal(set) var observations: [Observation] = []
  /// The pregnancies, by the day on which they began to be known.
  public internal(set) var pregnancies: [PregnancyEpisode] = []
  /// Services not taken.
  public internal(set) var refusals: [Refusal] = []
  /// The referrals, by day.
  public internal(set) var referrals: [SentReferral] = []
  /// The answers to them, by day.
  public internal(set) var referralAnswers: [AnswerToReferral] = []
  /// The day of the first fact that tells of something after ``day``.
  public internal(set) var nextFact: CivilDate?
  /// For each element the place of its latest observation, or −1; as long as the greatest code, or
  /// longer: room for all elements that guidelines name.
  var latest: [Int32] = []

  /// Nothing known.
  public init(on day: CivilDate) { self.day = day }

  /// Nothing known but the day of birth.
  public init(bornOn birthDate: CivilDate?, on day: CivilDate) {
    self.day = day
    self.birthDate = birthDate
  }

  /// Reads the facts that stand, up to a day.
  public init(
    timeline: UnsafeBufferPointer<UInt8>, on day: CivilDate
  ) throws(WireError) {
    self.init(on: day, facts: timeline.count / 48)
    var episodes = PregnancyEpisodes()
    var reader = try TimelineReader(timeline)
    while let entry = try reader.next() {
      // Only where something was corrected is it first settled which facts stand.
      if entry.replaces != nil || entry.kind == .withdrawal {
        let standing = try TimelineReader.standingFacts(of: timeline)
        self = try HealthRecord(standing: standing, on: day)
        return
      }
      try note(entry, &episodes)
    }
    pregnancies = episodes.finished()
  }

  /// Reads facts that stand already, in a timeline's order, up to a day.
  public init(standing entries: [TimelineEntry], on day: CivilDate) throws(WireError) {
    self.init(on: day, facts: entries.count)
    var episodes = PregnancyEpisodes()
    for entry in entries { try note(entry, &episodes) }
    pregnancies = episodes.finished()
  }

  /// Nothing known yet, with room for so many facts.
  private init(on day: CivilDate, facts: Int) {
    self.day = day
    observations.reserveCapacity(facts * 4)
    contacts.reserveCapacity(facts)
    latest = [Int32](repeating: -1, count: 1_408)
  }

  private mutating func note(
    _ entry: TimelineEntry, _ episodes: inout PregnancyEpisodes
  ) throws(WireError) {
    // Who somebody is was so before anybody wrote it down.
    if entry.occurredOn > day, entry.kind != .person {
      nextFact = nextFact ?? entry.occurredOn
      return
    }
    switch entry.kind {
    case .person: note(try PersonBody.birth(entry.body), fact: entry.id)
    case .death: diedOn = entry.occurredOn
    case .visit: try noteVisit(entry)
    case .measurement: note(try MeasurementBody(entry.body), of: entry)
    case .pregnancy: episodes.note(try PregnancyBody(entry.body), of: entry)
    case .pregnancyEnd: episodes.note(try PregnancyEndBody(entry.body), of: entry)
    case .refusal:
      refusals.append(
        Refusal(
          service: try RefusalBody(entry.body).service, on: entry.occurredOn, fact: entry.id))
    case .referral:
      referrals.append(
        SentReferral(reasons: try ReferralBody(entry.body).reasons, fact: entry.id))
    case .referralAnswer:
      let body = try ReferralAnswerBody(entry.body)
      referralAnswers.append(
        AnswerToReferral(
          referral: body.referral, outcome: body.outcome, on: entry.occurredOn, fact: entry.id))
    default: return
    }
  }

  private mutating func note(_ told: PersonBody.BirthDetails, fact: Identifier) {
    birthDate = told.birthDate ?? birthDate
    sex = told.sex ?? sex
    guard let birthDate, birthDate <= day else { return }
    if let weight = told.weight {
      observe(DataElement.birthWeight.code, weight.grams, on: birthDate, fact: fact)
    }
    if let length = told.length {
      observe(DataElement.birthLength.code, length.tenthsOfMillimetre, on: birthDate, fact: fact)
    }
    if let age = told.gestationalAge {
      observe(DataElement.gestationAtBirth.code, age.count, on: birthDate, fact: fact)
    }
    if let head = told.headCircumference {
      observe(
        DataElement.birthHeadCircumference.code, head.tenthsOfMillimetre, on: birthDate,
        fact: fact)
    }
  }

  private mutating func noteVisit(_ entry: TimelineEntry) throws(WireError) {
    let (day, fact) = (entry.occurredOn, entry.id)
    let body = try VisitBody.read(entry.body) {
      observe($0.element, $0.value, on: day, fact: fact)
    }
    purposes.formUnion(body.purposes)
    contacts.append(
      Contact(
        on: entry.occurredOn, setting: body.setting, performer: body.performer,
        purposes: body.purposes, fact: entry.id))
  }

  private mutating func note(_ body: MeasurementBody, of entry: TimelineEntry) {
    func observe(_ element: UInt16, _ value: Int32?) {
      guard let value else { return }
      self.observe(element, value, on: entry.occurredOn, fact: entry.id)
    }
    observe(DataElement.weight.code, body.weight?.grams)
    observe(DataElement.lengthOrHeight.code, body.length?.tenthsOfMillimetre)
    observe(DataElement.bodyPosition.code, body.position.map { Int32($0.rawValue) })
    observe(DataElement.headCircumference.code, body.headCircumference?.tenthsOfMillimetre)
    observe(DataElement.armCircumference.code, body.armCircumference?.tenthsOfMillimetre)
    observe(DataElement.pittingOedema.code, body.hasOedema.map { $0 ? 1 : 0 })
  }

  /// Adds an observation: what the timeline tells, or what a programme derives from it, as a
  /// z-score. Days must not fall from one to the next of the same element.
  public mutating func observe(
    _ element: UInt16, _ value: Int32, on day: CivilDate, fact: Identifier
  ) {
    guard element <= VisitBody.largestElement else { return }
    if latest.count <= Int(element) {
      let room = Int(element) + 1 - latest.count
      latest.append(contentsOf: repeatElement(-1, count: room))
    }
    observations.append(
      Observation(
        element: element, value: value, on: day, fact: fact, earlier: latest[Int(element)]))
    latest[Int(element)] = Int32(observations.count - 1)
  }

  /// The latest value of an element, not before `since` and not after `through`.
  public func latest(
    _ element: DataElement, since: CivilDate? = nil, through: CivilDate? = nil
  ) -> Observation? {
    guard Int(element.code) < latest.count else { return nil }
    var place = latest[Int(element.code)]
    if let through {
      while place >= 0, observations[Int(place)].on > through {
        place = observations[Int(place)].earlier
      }
    }
    guard place >= 0 else { return nil }
    let found = observations[Int(place)]
    if let since, found.on < since { return nil }
    return found
  }

  /// The place of the latest observation of an element up to a day; −1 where there is none.
  func latestPlace(_ element: UInt16, through last: CivilDate) -> Int {
    guard Int(element) < latest.count else { return -1 }
    var place = Int(latest[Int(element)])
    while place >= 0, observations[place].on > last { place = Int(observations[place].earlier) }
    return place
  }

  /// The day on which a child born before 37 weeks would have been 40 weeks old; the day of birth of
  /// all others.
  public var termBirthDate: CivilDate? {
    guard let birthDate, let gestation = latest(.gestationAtBirth)?.value,
      gestation < HealthRecord.termBegins
    else { return birthDate }
    return birthDate + .days(PregnancyEpisode.length - gestation)
  }

  /// Days of gestation from which a child is not premature: 37 weeks.
  public static let termBegins: Int32 = 259

  /// The one before an observation of the same element.
  public func before(_ observation: Observation) -> Observation? {
    observation.earlier < 0 ? nil : observations[Int(observation.earlier)]
  }
}

extension DataElement {
  /// Body weight.
  public static let weight = DataElement(1, "weight", .quantity(.grams, 300...300_000))
  /// Length or height as it was read.
  public static let lengthOrHeight = DataElement(
    2, "length_or_height", .quantity(.tenthsOfMillimetre, 2_000...25_000))
  /// Head circumference.
  public static let headCircumference = DataElement(
    3, "head_circumference", .quantity(.tenthsOfMillimetre, 2_000...7_000))
  /// Mid-upper-arm circumference (LiLA).
  public static let armCircumference = DataElement(
    4, "arm_circumference", .quantity(.tenthsOfMillimetre, 500...6_000))
  /// Weight at birth, as the register knows it.
  public static let birthWeight = DataElement(6, "birth_weight", .quantity(.grams, 300...7_000))
  /// Length at birth, as the register knows it.
  public static let birthLength = DataElement(
    7, "birth_length", .quantity(.tenthsOfMillimetre, 2_000...6_500))
  /// Days of gestation at birth, as the register knows them.
  public static let gestationAtBirth = DataElement(
    8, "gestation_at_birth", .quantity(.days, 140...315))
  /// Head circumference at birth, as the register knows it.
  public static let birthHeadCircumference = DataElement(
    17, "birth_head_circumference", .quantity(.tenthsOfMillimetre, 2_000...5_000))
  /// How length or height was taken: 1 lying, 2 standing.
  public static let bodyPosition = DataElement(14, "body_position", .choice(2))
  /// Pitting oedema of both feet.
  public static let pittingOedema = DataElement(5, "pitting_oedema", .yesNo)
}
