import Health

/// Turns what happens at a Posyandu into facts.
struct Scribe: Sendable {
  /// What was written and not taken yet.
  private(set) var facts: [Fact] = []
  let lastMoment: Instant
  /// Whether everything is thought out and nothing written.
  var writesNothing = false

  /// A scribe whose work ends with that day.
  init(until lastDay: CivilDate) {
    lastMoment = Scribe.moment(on: lastDay, minute: 24 * 60)
  }

  /// A moment of a day in western Indonesian time (UTC + 7).
  static func moment(on day: CivilDate, minute: Int, milliseconds: Int = 0) -> Instant {
    Instant(
      milliseconds: (Int64(day.dayNumber) * 1440 + Int64(minute) - 420) * 60_000
        + Int64(milliseconds))
  }

  /// A moment between 18:00 and 21:00 so many days later.
  static func evening(
    after day: CivilDate, days: Int, _ random: inout SeededRandom
  ) -> Instant {
    moment(
      on: day + AgeInDays(Int32(days)), minute: 18 * 60,
      milliseconds: random.whole(0...10_799_999))
  }

  /// Writes a fact down. Nothing is written after the last day.
  ///
  /// - Returns: the fact's id.
  @discardableResult
  mutating func write(
    _ kind: FactKind, about subject: Identifier, on day: CivilDate, at moment: Instant,
    place: Identifier, by author: Author, replaces: Identifier? = nil, _ body: [UInt8],
    _ random: inout SeededRandom
  ) -> Identifier {
    let id = random.identifier(at: moment)
    guard moment < lastMoment, !writesNothing else { return id }
    facts.append(
      Fact(
        id: id, subject: subject, kind: kind, occurredOn: day, recordedAt: moment, place: place,
        recorder: author.recorder, device: author.device, replaces: replaces, body: body))
    return id
  }

  /// Takes all that was written.
  mutating func take() -> [Fact] {
    let taken = facts
    facts = []
    return taken
  }
}
