import Guidance
import Health
import Programmes

/// A made-up person's facts, told one after the other, for tests.
struct Life {
  private(set) var facts: [Fact] = []

  /// Somebody of that sex, born on that day; nothing where nobody knows.
  init(_ sex: Sex?, born: CivilDate?, weight: Int32? = nil, gestation: Int32? = nil) {
    var body = PersonBody()
    body.birthDate = born
    body.sex = sex
    body.birthWeight = weight.map { Mass(grams: $0) }
    body.gestationalAgeAtBirth = gestation.map { AgeInDays($0) }
    tell(.person, on: born ?? "2000-01-01", body.bytes)
  }

  /// Adds a fact; a later one is recorded later.
  @discardableResult
  mutating func tell(_ kind: FactKind, on day: CivilDate, _ body: [UInt8]) -> Identifier {
    let number = UInt64(facts.count + 1)
    let id = Identifier(high: 0x7000, low: number)
    facts.append(
      Fact(
        id: id, subject: Identifier(high: 0, low: 0), kind: kind, occurredOn: day,
        recordedAt: Instant(milliseconds: Int64(day.dayNumber) * 86_400_000 + Int64(number)),
        body: body))
    return id
  }

  /// A pregnancy that is known since a day.
  @discardableResult
  mutating func pregnant(
    lastPeriod: CivilDate?, known: CivilDate, _ change: (inout PregnancyBody) -> Void = { _ in }
  ) -> Identifier {
    var body = PregnancyBody()
    body.lastMenstrualPeriod = lastPeriod
    change(&body)
    return tell(.pregnancy, on: known, body.bytes)
  }

  /// A visit with what was observed.
  @discardableResult
  mutating func visit(
    _ purposes: CarePurpose, on day: CivilDate, by performer: CarePerformer? = .midwife,
    in setting: CareSetting? = .puskesmas, _ observed: [DataElement: Int32] = [:]
  ) -> Identifier {
    var body = VisitBody(setting: setting, performer: performer, purposes: purposes)
    for (element, value) in observed { body[element.code] = value }
    return tell(.visit, on: day, body.bytes)
  }

  /// A birth of a living child.
  @discardableResult
  mutating func gaveBirth(
    on day: CivilDate, _ outcome: PregnancyOutcome = .liveBirth, gestation: Int32? = nil
  ) -> Identifier {
    var body = PregnancyEndBody(outcome: outcome)
    body.gestation = gestation
    return tell(.pregnancyEnd, on: day, body.bytes)
  }

  /// The facts as guidelines read them.
  func record(
    on day: CivilDate, inOrder order: [Int]? = nil, settings: ClinicalSettings = ClinicalSettings()
  ) throws -> HealthRecord {
    var timeline = Timeline()
    for place in order ?? Array(facts.indices) { try timeline.insert(facts[place]) }
    AskedRecords.wanted?.keep(timeline.bytes, on: day)
    return try timeline.bytes.withUnsafeBufferPointer { buffer throws(WireError) in
      var record = try HealthRecord(timeline: buffer, on: day)
      record.observeDerived(settings: settings)
      return record
    }
  }

  /// The plan on a day.
  func plan(
    on day: CivilDate, by guidelines: [Guideline], settings: ClinicalSettings = ClinicalSettings()
  ) throws -> CarePlan {
    CarePlan(guidelines, for: try record(on: day, settings: settings), settings: settings)
  }
}

extension CivilDate: ExpressibleByStringLiteral {
  /// A day as `2026-01-31`, which must exist.
  public init(stringLiteral text: String) {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard let day = CivilDate(year: parts[0], month: parts[1], day: parts[2]) else {
      preconditionFailure("\(text) is no day")
    }
    self = day
  }
}

extension CarePlan {
  /// How a service stands; not applicable where the plan does not name it.
  func status(of service: UInt16) -> ServiceStatus {
    services.first { $0.service == service }?.status ?? .notApplicable
  }

  /// What a table says.
  func answer(of table: UInt16) -> TableAnswer {
    classes.first { $0.table == table }?.answer ?? .notApplicable
  }
}
