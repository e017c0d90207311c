import Health

/// The day written as `2024-02-29`.
public func day(_ text: String) -> CivilDate {
  let parts = text.split(separator: "-").compactMap { Int($0) }
  guard parts.count == 3, let date = CivilDate(year: parts[0], month: parts[1], day: parts[2])
  else { preconditionFailure("\(text) is no day") }
  return date
}

/// The month written as `2024-02`.
public func month(_ text: String) -> CivilMonth { day(text + "-01").month }

/// An identifier that is easy to tell apart in a failure.
public func id(_ number: Int) -> Identifier { Identifier(high: 0xF00D, low: UInt64(number)) }

/// One person's facts in the order in which they were told; the tests' way to write a history.
public struct Story: Sendable {
  /// Whom it is about.
  public let subject: Identifier
  /// What was told so far.
  public private(set) var facts: [Fact] = []

  /// Nothing told yet. Facts get the ids 1000 × person + 1 and so on.
  public init(person: Int = 1) { subject = id(person) }

  /// Somebody of that sex, born on that day, living at a place since birth.
  public init(person: Int = 1, _ sex: Sex?, born: String, at place: Identifier? = id(900)) {
    self.init(person: person)
    self.person(sex: sex, born: day(born))
    if let place { self.lives(at: place, since: day(born)) }
  }

  /// Tells a fact and returns its id.
  @discardableResult
  public mutating func tell(
    _ kind: FactKind, on date: CivilDate, recordedAt: Int64? = nil,
    replacing replaces: Identifier? = nil, body: [UInt8] = []
  ) -> Identifier {
    let number = facts.count + 1
    let fact = id(Int(subject.low) * 1000 + number)
    facts.append(
      Fact(
        id: fact, subject: subject, kind: kind, occurredOn: date,
        recordedAt: Instant(milliseconds: recordedAt ?? Int64(number) * 1000),
        replaces: replaces, body: body))
    return fact
  }

  /// Who it is.
  @discardableResult
  public mutating func person(
    sex: Sex?, born: CivilDate?, replacing replaces: Identifier? = nil
  ) -> Identifier {
    var body = PersonBody()
    body.name = Array("Anak Contoh \(subject.low)".utf8)
    body.sex = sex
    body.birthDate = born
    return tell(
      .person, on: born ?? CivilDate(dayNumber: 0), replacing: replaces, body: body.bytes)
  }

  /// Where the person lives since a day.
  @discardableResult
  public mutating func lives(
    at place: Identifier?, since date: CivilDate, replacing replaces: Identifier? = nil
  ) -> Identifier {
    tell(.residence, on: date, replacing: replaces, body: ResidenceBody(place: place).bytes)
  }

  /// A visit with weight in grams and length in centimetres.
  @discardableResult
  public mutating func visit(
    _ date: String, grams: Int32? = nil, centimetres: Double? = nil,
    position: BodyPosition? = nil, oedema: Bool? = nil, book: Bool? = nil,
    replacing replaces: Identifier? = nil
  ) -> Identifier {
    var body = MeasurementBody()
    body.weight = grams.map { Mass(grams: $0) }
    body.length = centimetres.map { Length(tenthsOfMillimetre: Int32(($0 * 100).rounded())) }
    body.position = position
    body.hasOedema = oedema
    body.hasChildHealthBook = book
    return tell(.measurement, on: day(date), replacing: replaces, body: body.bytes)
  }

  /// Takes a fact back.
  @discardableResult
  public mutating func withdraw(_ fact: Identifier, on date: CivilDate) -> Identifier {
    tell(.withdrawal, on: date, replacing: fact)
  }

  /// The facts as a timeline.
  public var timeline: Timeline {
    get throws {
      var timeline = Timeline()
      for fact in facts { try timeline.insert(fact) }
      return timeline
    }
  }
}
