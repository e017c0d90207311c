import Foundation
import GRDB
import Health
import Journal

/// Turns a row into the facts that it brings, given what is known already.
///
/// A file says what was measured, by what it says and not by when it was read: the identities of
/// its facts are digests of their content, so that the same row read twice brings nothing new.
struct RowFacts {
  let batch: Identifier
  let recordedAt: Instant
  /// Batches of earlier imports, whose measurements a later file may correct.
  let earlierBatches: Set<Identifier>

  /// The new facts of a row; none where all of it is here already.
  func facts(
    of row: MeasurementRow, child: FoundChild, place: Identifier, in db: Database
  ) throws -> [Fact] {
    var facts: [Fact] = []
    let known = try child.timeline.map(KnownVisits.init)
    if let known {
      if let learned = try known.learning(nationalIdentityNumber: row.nationalIdentityNumber) {
        var correction = fact(
          .person, child.subject, on: row.birthDate ?? row.visitDate, place: nil,
          body: learned.bytes)
        correction.replaces = known.personFact
        facts.append(correction)
      }
    } else {
      facts.append(person(row, child.subject))
    }
    if known.map({ !$0.lives(at: place, on: row.visitDate) }) ?? true,
      known?.movedLater(than: row.visitDate, from: place) != true
    {
      facts.append(residence(row, child.subject, place))
    }
    if let measurement = try measurement(row, child.subject, place, known, in: db) {
      facts.append(measurement)
    }
    return facts
  }

  private func person(_ row: MeasurementRow, _ subject: Identifier) -> Fact {
    var body = PersonBody()
    body.name = Array(row.name.utf8)
    body.birthDate = row.birthDate
    body.birthDateCertainty = row.birthDate == nil ? nil : row.birthDateCertainty
    body.sex = row.sex
    body.nationalIdentityNumber = Array(row.nationalIdentityNumber.utf8)
    body.motherName = Array(row.motherName.utf8)
    body.birthWeight = row.birthWeight
    body.birthLength = row.birthLength
    body.birthHeadCircumference = row.birthHeadCircumference
    body.gestationalAgeAtBirth = row.gestationalAge
    body.localIdentifier = Array(row.localIdentifier.utf8)
    return fact(.person, subject, on: row.birthDate ?? row.visitDate, place: nil, body: body.bytes)
  }

  private func residence(
    _ row: MeasurementRow, _ subject: Identifier, _ place: Identifier
  ) -> Fact {
    fact(
      .residence, subject, on: row.visitDate, place: place,
      body: ResidenceBody(place: place).bytes)
  }

  private func measurement(
    _ row: MeasurementRow, _ subject: Identifier, _ place: Identifier, _ known: KnownVisits?,
    in db: Database
  ) throws -> Fact? {
    var content = row.body
    content.sourceLine = nil
    var fact = fact(
      .measurement, subject, on: row.visitDate, place: place, body: row.body.bytes,
      identifiedBy: content.bytes)
    if try known?.contains(fact.id) == true { return nil }
    guard let earlier = try known?.measurement(on: row.visitDate) else { return fact }
    var before = earlier.body
    before.sourceLine = nil
    if before == content { return nil }
    // What is not in the journal yet waits for the same commit as this row.
    let device = try FactRow.fetch(earlier.fact, in: db).map(\.device) ?? batch
    guard let device, earlierBatches.contains(device) else {
      throw RowProblem(.measuredOtherwise, .visitDate, value: DateText.iso(row.visitDate))
    }
    if device == batch {
      throw RowProblem(
        .contradictsRow, .visitDate, value: DateText.iso(row.visitDate),
        details: ["line": String(earlier.body.sourceLine ?? 0)])
    }
    fact.replaces = earlier.fact
    return fact
  }

  private func fact(
    _ kind: FactKind, _ subject: Identifier, on day: CivilDate, place: Identifier?, body: [UInt8],
    identifiedBy content: [UInt8]? = nil
  ) -> Fact {
    var identity = ByteWriter(capacity: 64)
    identity.identifier(subject)
    identity.unsigned(UInt64(kind.rawValue))
    identity.signed(Int64(day.dayNumber))
    identity.raw(content ?? body)
    return Fact(
      id: Identifier.ofContent("row-fact", identity.bytes), subject: subject, kind: kind,
      occurredOn: day, recordedAt: recordedAt, place: place, device: batch, body: body)
  }
}

/// What a known child's timeline says of its visits and homes. Bodies are read when asked for: of
/// a long history one visit matters, or none.
struct KnownVisits {
  struct Visit {
    let fact: Identifier
    let day: CivilDate
    let body: MeasurementBody
  }

  private let timeline: Timeline
  private var visits: [(fact: Identifier, day: CivilDate)] = []
  private var homes: [(since: CivilDate, place: Identifier?)] = []
  /// The fact that says who the child is.
  private(set) var personFact: Identifier?

  init(_ timeline: Timeline) throws {
    self.timeline = timeline
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      for entry in try TimelineReader.standingFacts(of: bytes) {
        switch entry.kind {
        case .person: personFact = entry.id
        case .measurement: visits.append((entry.id, entry.occurredOn))
        case .residence:
          homes.append((entry.occurredOn, try ResidenceBody(entry.body).place))
        case .departure: homes.append((entry.occurredOn, nil))
        default: continue
        }
      }
    }
  }

  /// Whether a fact is here, standing or not.
  func contains(_ fact: Identifier) throws -> Bool { try body(of: fact) { _ in true } ?? false }

  /// The person with a NIK that was not known before; nothing where there is nothing to learn.
  func learning(nationalIdentityNumber number: String) throws -> PersonBody? {
    guard !number.isEmpty, let personFact,
      var learned = try body(of: personFact, read: { try PersonBody($0) }),
      learned.nationalIdentityNumber.isEmpty
    else { return nil }
    learned.nationalIdentityNumber = Array(number.utf8)
    return learned
  }

  func measurement(on day: CivilDate) throws -> Visit? {
    guard let visit = visits.last(where: { $0.day == day }),
      let body = try body(of: visit.fact, read: { try MeasurementBody($0) })
    else { return nil }
    return Visit(fact: visit.fact, day: day, body: body)
  }

  private func body<Body>(
    of fact: Identifier, read: (UnsafeBufferPointer<UInt8>) throws -> Body
  ) throws -> Body? {
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      var all = try TimelineReader(bytes)
      while let entry = try all.next() {
        if entry.id == fact { return try read(entry.body) }
      }
      return nil
    }
  }

  /// Whether the child already counts at a place on a day.
  func lives(at place: Identifier, on day: CivilDate) -> Bool {
    homes.last { $0.since <= day }?.place == place
  }

  /// Whether the first thing known is a later home elsewhere: an old file does not move a child
  /// back, it only tells of a visit.
  func movedLater(than day: CivilDate, from place: Identifier) -> Bool {
    guard let next = homes.first(where: { $0.since > day }) else { return false }
    return next.place != place && homes.contains { $0.since <= day }
  }
}
