import GRDB
import Health
import Journal

/// That a person is known to a facility of the network, and by what.
///
/// A facility that registered somebody, or recorded care, keeps what it recorded: it must (Permenkes
/// 24/2022). One that only said that a person is its patient can be taken out again.
public struct FacilityTie: Hashable, Sendable {
  /// The facility.
  public let facility: Identifier
  /// The facts by which it said that the person is its patient, and nothing else.
  public fileprivate(set) var claims: [Identifier] = []
  /// When it first recorded something of the person.
  public fileprivate(set) var since: Instant
  /// When each claim was recorded.
  fileprivate var claimed: [Identifier: Instant] = [:]
  /// Whether it recorded anything but such claims.
  public fileprivate(set) var hasRecords = false

  /// Whether the tie can be ended: it rests on nothing but claims.
  public var canEnd: Bool { !hasRecords }
}

extension District {
  /// The facilities of the network to which a person is known, the first first.
  public func facilityTies(of person: PersonEntry, tree: PlaceTree) throws -> [FacilityTie] {
    try journal.pool.read { db in
      guard let timeline = try PersonEntry.timeline(person.number, in: db) else { return [] }
      var ties: [Identifier: FacilityTie] = [:]
      var ended: Set<Identifier> = []
      try timeline.bytes.withUnsafeBufferPointer { bytes in
        var reader = try TimelineReader(bytes)
        while let entry = try reader.next() {
          guard let place = entry.place, tree.places[place]?.kind.isNetworkFacility == true else {
            continue
          }
          if entry.kind == .withdrawal {
            if let claim = entry.replaces { ended.insert(claim) }
            continue
          }
          var tie = ties[place] ?? FacilityTie(facility: place, since: entry.recordedAt)
          if entry.kind == .person, try PersonBody(entry.body).isClaim {
            tie.claims.append(entry.id)
            tie.claimed[entry.id] = entry.recordedAt
          } else {
            if !tie.hasRecords { tie.since = entry.recordedAt }
            tie.since = min(tie.since, entry.recordedAt)
            tie.hasRecords = true
          }
          ties[place] = tie
        }
      }
      return ties.values.compactMap { tie in
        var tie = tie
        tie.claims.removeAll(where: ended.contains)
        // A tie that was ended and begun anew is as old as what it rests on.
        let first = tie.claims.compactMap { tie.claimed[$0] }.min()
        tie.since = tie.hasRecords ? min(tie.since, first ?? tie.since) : first ?? tie.since
        return tie.claims.isEmpty && !tie.hasRecords ? nil : tie
      }.sorted { ($0.since, $0.facility) < ($1.since, $1.facility) }
    }
  }

  /// The facts that end a facility's tie to a person. They stand at the facility, so that they are
  /// told apart from a correction that takes the place of a claim. Consent that the facility wrote
  /// down itself ends with it: else whoever takes the person on anew has it again.
  public func end(
    _ tie: FacilityTie, of person: PersonEntry, on day: CivilDate, _ recording: Recording
  ) throws -> [Fact] {
    let claims = try journal.pool.read { db in
      try tie.claims.compactMap { try FactRow.fetch($0, in: db) }
    }
    return try (claims + consents(of: person, writtenAt: tie.facility)).map { fact in
      recording.fact(
        .withdrawal, of: fact.subject, on: day, at: tie.facility, replacing: fact.id)
    }
  }

  /// The facts of consent that stand and were written down by somebody who works at a facility.
  public func consents(of person: PersonEntry, writtenAt facility: Identifier) throws -> [Fact] {
    let facts = try standing(of: person) { $0 == .consent }
    return try journal.pool.read { db in
      try facts.filter { fact in
        let worker = try fact.recorder.flatMap { try Worker.fetch($0, in: db) }
        return worker?.assignments.contains { $0.body.place == facility } ?? false
      }
    }
  }
}

extension PersonBody {
  /// Whether it repeats a NIK and tells nothing: see ``PersonEntry/patient(of:on:_:)``.
  public var isClaim: Bool {
    var claim = PersonBody()
    claim.nationalIdentityNumber = nationalIdentityNumber
    return !nationalIdentityNumber.isEmpty && self == claim
  }
}

extension District {
  /// What the facts of a person say that were recorded at these facilities.
  private func told(of person: PersonEntry, at facilities: [Identifier]) throws -> PersonSummary {
    try journal.pool.read { db in
      var own = Timeline()
      guard let timeline = try PersonEntry.timeline(person.number, in: db) else {
        return try PersonSummary(timeline: own)
      }
      try timeline.bytes.withUnsafeBufferPointer { bytes in
        var reader = try TimelineReader(bytes)
        while let entry = try reader.next() {
          guard let place = entry.place, facilities.contains(place) else { continue }
          try own.insert(
            Fact(
              id: entry.id, subject: person.id, kind: entry.kind, occurredOn: entry.occurredOn,
              recordedAt: entry.recordedAt, place: place, replaces: entry.replaces,
              body: Array(entry.body)))
        }
      }
      return try PersonSummary(timeline: own)
    }
  }

  /// A person as facilities know them with whom others' records are not shared: name, sex, birth and
  /// NIK, and of the rest what they recorded themselves.
  public func entry(
    _ person: PersonEntry, asToldAt facilities: [Identifier]
  ) throws -> PersonEntry {
    person.asTold(by: try told(of: person, at: facilities))
  }

  /// The record of such a person: see ``entry(_:asToldAt:)``.
  public func record(
    _ record: PersonRecord, asToldAt facilities: [Identifier]
  ) throws -> PersonRecord {
    record.limited(to: try told(of: record.person, at: facilities))
  }

  /// The growth of such a person: see ``entry(_:asToldAt:)``.
  public func growth(
    _ child: ChildGrowth, asToldAt facilities: [Identifier]
  ) throws -> ChildGrowth {
    child.limited(to: try told(of: child.person, at: facilities))
  }
}
