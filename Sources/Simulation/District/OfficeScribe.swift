import Health

/// Writes down what the offices know: places, workers, agreements; one after the other.
struct OfficeScribe {
  private(set) var facts: [Fact] = []
  private var moment: Instant
  private let day: CivilDate
  private var random: SeededRandom

  /// A scribe who starts at that minute of the plan's first day.
  init(_ plan: PopulationPlan, matter: UInt64, number: Int = 0, minute: Int) {
    day = plan.firstDay
    moment = Scribe.moment(on: day, minute: minute, milliseconds: number)
    random = plan.random(matter, number)
  }

  /// Writes a fact down.
  mutating func write(
    _ kind: FactKind, about subject: Identifier, _ body: [UInt8], on day: CivilDate? = nil,
    place: Identifier? = nil, by author: Author
  ) {
    facts.append(
      Fact(
        id: random.identifier(at: moment), subject: subject, kind: kind,
        occurredOn: day ?? self.day, recordedAt: moment, place: place, recorder: author.recorder,
        device: author.device, body: body))
    moment = Instant(milliseconds: moment.milliseconds + 5)
  }

  /// Takes what was written since the last time.
  mutating func take() -> [Fact] {
    let taken = facts
    facts = []
    return taken
  }

  /// Chance of this scribe's matter.
  mutating func draw<Value>(_ body: (inout SeededRandom) -> Value) -> Value { body(&random) }
}
