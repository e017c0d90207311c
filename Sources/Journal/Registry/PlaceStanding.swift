import Health

/// That a facility looks after a village, as the registry knows it.
public struct Catchment: Hashable, Sendable {
  /// The facility: a Puskesmas, a Pustu or one of the network.
  public let facility: Identifier
  /// The village.
  public let village: Identifier
  /// The first day.
  public let since: CivilDate
  /// The last day, where it ended.
  public let until: CivilDate?

  /// Whether it holds on a day.
  public func holds(on day: CivilDate) -> Bool {
    since <= day && until.map { day <= $0 } ?? true
  }
}

/// An agreement by which a facility takes part in the network, as the registry knows it.
public struct Agreement: Hashable, Sendable {
  /// The facility.
  public let facility: Identifier
  /// The number of the paper, or empty.
  public let number: String
  /// The first day.
  public let start: CivilDate
  /// The last day.
  public let end: CivilDate?
  /// With whom: a Puskesmas or the district.
  public let with: Identifier?
}

/// How an area runs, as the registry knows it.
public struct Boundary: Hashable, Sendable {
  /// The area.
  public let place: Identifier
  /// The day from which on it ran so.
  public let since: CivilDate
  /// The rings; see ``BoundaryBody/packedRings``.
  public let rings: [UInt8]
  /// Where this is known from, or empty.
  public let source: String
}

/// What all facts about one place add up to: a pure function of them, whatever their order.
public struct PlaceStanding: Sendable {
  /// What the place is. One whose every fact is withdrawn is as the last of them said, for figures
  /// count there.
  public private(set) var place: PlaceBody?
  /// The fact that says so.
  public private(set) var placeFact: Identifier?
  /// The villages that it looks after, in the order of villages and days.
  public private(set) var catchments: [Catchment] = []
  /// Its agreements, in the order of days and numbers.
  public private(set) var agreements: [Agreement] = []
  /// How it runs.
  public private(set) var boundary: Boundary?
  /// The fact that tells of each catchment.
  public private(set) var catchmentFacts: [Catchment: Identifier] = [:]
  /// The fact that tells of each agreement.
  public private(set) var agreementFacts: [Agreement: Identifier] = [:]

  /// Settles corrections and withdrawals as timelines do, each kind for itself, and then what the
  /// standing facts say.
  ///
  /// - Parameter facts: about one place, withdrawals among them; others are passed over, and so is
  ///   a body that this program cannot read.
  public init(_ facts: [Fact]) throws(WireError) {
    for kind in [FactKind.place, .catchment, .agreement, .boundary] {
      guard let subject = facts.first(where: { $0.kind == kind })?.subject else { continue }
      var timeline = Timeline()
      for fact in facts where fact.kind == kind || fact.kind == .withdrawal {
        try timeline.insert(fact)
      }
      let read: Result<PlaceStanding, WireError> = timeline.bytes.withUnsafeBufferPointer { bytes in
        var standing = self
        do throws(WireError) { try standing.add(bytes, kind, of: subject) } catch {
          return .failure(error)
        }
        return .success(standing)
      }
      self = try read.get()
    }
    catchments.sort { ($0.village, $0.since) < ($1.village, $1.since) }
    agreements.sort { ($0.start, $0.number) < ($1.start, $1.number) }
  }

  private mutating func add(
    _ packed: UnsafeBufferPointer<UInt8>, _ kind: FactKind, of subject: Identifier
  ) throws(WireError) {
    // In the order of days and moments, so that of two that say the same thing the last one holds.
    for entry in try TimelineReader.standingFacts(of: packed) { add(entry, of: subject) }
    guard kind == .place, place == nil else { return }
    var entries = try TimelineReader(packed)
    while let entry = try entries.next() { add(entry, of: subject) }
  }

  private mutating func add(_ entry: TimelineEntry, of subject: Identifier) {
    switch entry.kind {
    case .place:
      guard let body = try? PlaceBody(entry.body) else { return }
      (place, placeFact) = (body, entry.id)
    case .catchment:
      guard let body = try? CatchmentBody(entry.body) else { return }
      catchments.removeAll { $0.village == body.village && $0.since == entry.occurredOn }
      let catchment = Catchment(
        facility: subject, village: body.village, since: entry.occurredOn, until: body.until)
      catchments.append(catchment)
      catchmentFacts[catchment] = entry.id
    case .agreement:
      guard let body = try? AgreementBody(entry.body) else { return }
      let number = String(decoding: body.number, as: UTF8.self)
      agreements.removeAll { $0.number == number && $0.start == body.start }
      let agreement = Agreement(
        facility: subject, number: number, start: body.start, end: body.end, with: body.with)
      agreements.append(agreement)
      agreementFacts[agreement] = entry.id
    case .boundary:
      guard let body = try? BoundaryBody(entry.body) else { return }
      boundary = Boundary(
        place: subject, since: entry.occurredOn, rings: body.packedRings,
        source: String(decoding: body.source, as: UTF8.self))
    default: return
    }
  }
}
