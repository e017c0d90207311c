import Foundation
import GRDB
import Health
import Journal

/// Turns a row into the facts that it brings, given what is known already.
///
/// A row is a statement: of this child, on this day, at this place, so much was measured. What is
/// stated is compared with what stands, whatever the facts are called. The identities of the facts
/// are digests of their content, and those of corrections also of what they correct: the same rows
/// read twice bring nothing, and a value may come back that was corrected before. See
/// docs/decisions/0021-values-that-come-back.md.
struct RowFacts {
  let batch: Identifier
  let recordedAt: Instant
  /// Batches of earlier imports, whose measurements a later file may correct.
  let earlierBatches: Set<Identifier>
  /// Whether this very file was read before: then it says nothing new, and what was corrected since
  /// stays corrected.
  let isReadAgain: Bool

  /// What a row brings.
  struct Outcome {
    /// The new facts; none where all of it is here already.
    var facts: [Fact] = []
    /// What should be looked at again.
    var warnings: [RowWarning] = []
    /// Whether the row says otherwise of its visit than what stood before it.
    var differs = false
    /// Whether its measurement is new: rows behind it know that by the batch.
    var isNewVisit = false
  }

  /// What a row brings, beside what is known of the child.
  func outcome(
    of row: MeasurementRow, child: FoundChild, place: Identifier, in db: Database
  ) throws -> Outcome {
    var outcome = Outcome()
    let known = try child.timeline.map(KnownVisits.init)
    if let known {
      if let learned = try known.learning(nationalIdentityNumber: row.nationalIdentityNumber) {
        outcome.facts.append(
          fact(
            .person, child.subject, on: row.birthDate ?? row.visitDate, place: nil,
            body: learned.bytes, replacing: known.personFact))
      }
    } else {
      outcome.facts.append(person(row, child.subject))
    }
    var content = row.body
    content.sourceLine = nil
    guard
      let statement = try statement(
        of: row, content, child.subject, place, known, in: db)
    else {
      // Somebody recorded the same visit by hand; the row still tells where the child is.
      if let known, known.home(on: row.visitDate) == nil {
        outcome.facts += try residences(row.visitDate, place, child.subject, known)
      }
      return outcome
    }
    outcome.differs = statement.differs
    if let code = statement.warning {
      outcome.warnings.append(
        RowWarning(code, .visitDate, value: DateText.iso(row.visitDate)))
    }
    outcome.isNewVisit = statement.isNew
    if statement.isNew {
      outcome.facts += try residences(row.visitDate, place, child.subject, known)
      outcome.facts.append(
        fact(
          .measurement, child.subject, on: row.visitDate, place: place, body: row.body.bytes,
          identifiedBy: content.bytes, replacing: statement.replaced))
    }
    return outcome
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

  /// What becomes of a row's statement.
  private struct Statement {
    var isNew = false
    var replaced: Identifier?
    var differs = false
    var warning: RowWarning.Code?
  }

  /// Compares a row with what stands of its visit; nothing where people recorded the same.
  private func statement(
    of row: MeasurementRow, _ content: MeasurementBody, _ subject: Identifier,
    _ place: Identifier, _ known: KnownVisits?, in db: Database
  ) throws -> Statement? {
    guard let known else { return Statement(isNew: true) }
    let day = row.visitDate
    let told = try known.told(on: day)
    if let same = told.first(where: { $0.stands && $0.says(content, at: place) }) {
      return same.isFromFile ? Statement() : nil
    }
    let wasSaid = told.contains { $0.isFromFile && $0.says(content, at: place) }
    guard let stands = told.last(where: \.stands) else {
      // Said once and withdrawn by a person: it does not come back by being read.
      return Statement(isNew: !wasSaid)
    }
    // What is not in the journal yet waits for the same commit as this row.
    let device = try FactRow.fetch(stands.fact, in: db).map(\.device) ?? batch
    if device == batch {
      throw RowProblem(
        .contradictsRow, .visitDate, value: DateText.iso(day),
        details: ["line": String(stands.body.sourceLine ?? 0)])
    }
    let isFromEarlierFile = device.map(earlierBatches.contains) ?? false
    if wasSaid, isReadAgain || !isFromEarlierFile {
      return Statement(differs: true, warning: .correctedSince)
    }
    guard isFromEarlierFile else {
      throw RowProblem(.measuredOtherwise, .visitDate, value: DateText.iso(day))
    }
    let correction = identity(
      .measurement, subject, on: day, place: place, content: content.bytes,
      replacing: stands.fact)
    if told.contains(where: { $0.fact == correction }) {
      return Statement(differs: true, warning: .correctedSince)
    }
    return Statement(
      isNew: true, replaced: stands.fact, differs: true,
      warning: wasSaid ? .earlierValueReturned : nil)
  }

  /// The residences that make a child live at `place` on the day of a visit there, and at the next
  /// visit where it was seen then.
  private func residences(
    _ day: CivilDate, _ place: Identifier, _ subject: Identifier, _ known: KnownVisits?
  ) throws -> [Fact] {
    func home(_ place: Identifier, since day: CivilDate, replacing: Identifier? = nil) -> Fact {
      fact(
        .residence, subject, on: day, place: place, body: ResidenceBody(place: place).bytes,
        replacing: replacing)
    }
    guard let known else { return [home(place, since: day)] }
    guard known.home(on: day) != place else { return [] }
    let first = home(place, since: day, replacing: known.homeFromFile(since: day))
    if try known.knows(first.id) { return [] }
    guard let next = known.visitThatWouldMove(after: day, to: place) else { return [first] }
    let second = home(next.place, since: next.day)
    return try known.knows(second.id) ? [first] : [first, second]
  }

  private func fact(
    _ kind: FactKind, _ subject: Identifier, on day: CivilDate, place: Identifier?, body: [UInt8],
    identifiedBy content: [UInt8]? = nil, replacing: Identifier? = nil
  ) -> Fact {
    Fact(
      id: identity(
        kind, subject, on: day, place: place, content: content ?? body, replacing: replacing),
      subject: subject, kind: kind, occurredOn: day, recordedAt: recordedAt, place: place,
      device: batch, replaces: replacing, body: body)
  }

  /// What a fact is called: by what it says, and by what it corrects.
  private func identity(
    _ kind: FactKind, _ subject: Identifier, on day: CivilDate, place: Identifier?,
    content: [UInt8], replacing: Identifier?
  ) -> Identifier {
    var identity = ByteWriter(capacity: 96)
    identity.identifier(subject)
    identity.unsigned(UInt64(kind.rawValue))
    identity.signed(Int64(day.dayNumber))
    guard let replacing else {
      identity.raw(content)
      return Identifier.ofContent("row-fact", identity.bytes)
    }
    identity.identifier(replacing)
    identity.byte(place == nil ? 0 : 1)
    if let place { identity.identifier(place) }
    identity.raw(content)
    return Identifier.ofContent("row-correction", identity.bytes)
  }
}
