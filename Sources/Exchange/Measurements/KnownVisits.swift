import Health

/// What a known child's timeline says of its visits and homes. Bodies are read when asked for: of a
/// long history one visit matters, or none.
struct KnownVisits {
  /// What was ever told of a visit.
  struct Visit {
    let fact: Identifier
    let place: Identifier?
    let body: MeasurementBody
    /// Whether it was neither corrected nor withdrawn.
    let stands: Bool

    /// Facts from files carry identities made from their content; people's do not.
    var isFromFile: Bool { fact.isOfContent }

    /// Whether this is what a row says. Of a visit that people recorded the place is theirs: they
    /// may measure away from where the child counts.
    func says(_ content: MeasurementBody, at place: Identifier) -> Bool {
      var mine = body
      mine.sourceLine = nil
      return mine == content && (!isFromFile || self.place == place)
    }
  }

  private let timeline: Timeline
  /// The measurements that stand.
  private var visits: [(fact: Identifier, day: CivilDate, place: Identifier?)] = []
  /// Since when the child lived where; a departure has no place.
  private var homes: [(fact: Identifier, since: CivilDate, place: Identifier?)] = []
  /// The fact that says who the child is.
  private(set) var personFact: Identifier?

  init(_ timeline: Timeline) throws {
    self.timeline = timeline
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      for entry in try TimelineReader.standingFacts(of: bytes) {
        switch entry.kind {
        case .person: personFact = entry.id
        case .measurement: visits.append((entry.id, entry.occurredOn, entry.place))
        case .residence:
          homes.append((entry.id, entry.occurredOn, try ResidenceBody(entry.body).place))
        case .departure: homes.append((entry.id, entry.occurredOn, nil))
        default: continue
        }
      }
    }
  }

  /// The person with a NIK that was not known before; nothing where there is nothing to learn.
  func learning(nationalIdentityNumber number: String) throws -> PersonBody? {
    guard !number.isEmpty, let personFact,
      var learned = try firstEntry(
        where: { $0.id == personFact }, read: { try PersonBody($0.body) }),
      learned.nationalIdentityNumber.isEmpty
    else { return nil }
    learned.nationalIdentityNumber = Array(number.utf8)
    return learned
  }

  /// All measurements ever told of a day: those that stand, were corrected, were withdrawn.
  func told(on day: CivilDate) throws -> [Visit] {
    let standing = visits.filter { $0.day == day }.map(\.fact)
    return try timeline.bytes.withUnsafeBufferPointer { bytes in
      var all = try TimelineReader(bytes)
      var found: [Visit] = []
      while let entry = try all.next(), entry.occurredOn <= day {
        guard entry.occurredOn == day, entry.kind == .measurement else { continue }
        found.append(
          Visit(
            fact: entry.id, place: entry.place, body: try MeasurementBody(entry.body),
            stands: standing.contains(entry.id)))
      }
      return found
    }
  }

  /// Whether a fact is in the timeline, standing or not.
  func knows(_ fact: Identifier) throws -> Bool {
    try firstEntry(where: { $0.id == fact }, read: { _ in true }) ?? false
  }

  private func firstEntry<Value>(
    where isWanted: (TimelineEntry) -> Bool, read: (TimelineEntry) throws -> Value
  ) throws -> Value? {
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      var all = try TimelineReader(bytes)
      while let entry = try all.next() {
        if isWanted(entry) { return try read(entry) }
      }
      return nil
    }
  }

  /// Where the child counts on a day.
  func home(on day: CivilDate) -> Identifier? { homes.last { $0.since <= day }?.place }

  /// The residence since that very day which a file told of, for a correction to replace.
  func homeFromFile(since day: CivilDate) -> Identifier? {
    homes.last { $0.since == day && $0.place != nil && $0.fact.isOfContent }?.fact
  }

  /// The next visit after a day which a home at `place` since that day would take away from where
  /// it was: until now it was covered by the residence before the day.
  func visitThatWouldMove(
    after day: CivilDate, to place: Identifier
  ) -> (day: CivilDate, place: Identifier)? {
    guard let next = visits.first(where: { $0.day > day && $0.fact.isOfContent }),
      let seen = next.place, seen != place,
      !homes.contains(where: { $0.since > day && $0.since <= next.day })
    else { return nil }
    return (next.day, seen)
  }
}
