import Health
import Journal

/// A row of a list of households or workers: what taking it in would do, and the facts that do it.
public struct ListedRow: Sendable {
  /// The line in the file, from 1.
  public let line: Int
  /// What taking it in would do.
  public internal(set) var outcome: ListOutcome
  /// Whom it is about, as the row calls them.
  public let name: String
  /// What it would change of what is known.
  public let changes: [ListChange]
  /// All that is wrong; empty unless it is refused.
  public internal(set) var problems: [ListRowProblem]
  /// What somebody should look at again.
  public let warnings: [ListRowWarning]
  /// A digest of the outcome and of the facts that the row was compared with: another one later says
  /// that something changed in between.
  public let seen: Identifier
  /// The facts that it brings.
  var facts: [Fact]
  /// Whom it is about, known or new; nothing of a row that cannot be read.
  public var subject: Identifier? { subjects.first }
  /// Whom it tells of: persons, households, workers.
  let subjects: [Identifier]
  /// By what somebody new is known: where another row of another list told of the same meanwhile,
  /// this one must be looked at again.
  let claims: [ListClaim]
  /// The row as it stood in the file.
  let copy: [UInt8]
}

/// By what a row says that somebody is who they are.
enum ListClaim: Hashable, Sendable {
  case number(String)
  case birth(String, CivilDate)
  case familyCard(String)
  case localHousehold(String)
  case worker(String)
  case userName(String)
}

/// What facts of a list have in common.
struct ListRecording: Sendable {
  let identities: ListIdentities
  let at: Instant
  let today: CivilDate
  let recorder: Identifier?

  func fact(
    _ kind: FactKind, of subject: Identifier, on day: CivilDate, at place: Identifier?, line: Int,
    replacing replaces: Identifier? = nil, _ body: [UInt8]
  ) -> Fact {
    Fact(
      id: identities.fact(kind, subject, line: line), subject: subject, kind: kind, occurredOn: day,
      recordedAt: at, place: place, recorder: recorder, device: identities.batch,
      replaces: replaces, body: body)
  }
}

extension PlannedMember {
  /// The facts that bring the member in. Of who is known only what the row tells is said, so that
  /// it adds up with what others said.
  func facts(_ recording: ListRecording) -> [Fact] {
    guard let person = personId, let home = householdId else { return [] }
    var facts: [Fact] = []
    let place = row.residence.place
    let line = row.line
    if let household {
      facts.append(
        recording.fact(
          .household, of: home, on: recording.today, at: household.place, line: line,
          replacing: replacedHousehold, household.bytes))
    }
    if let dwelling {
      facts.append(
        recording.fact(
          .dwelling, of: home, on: recording.today, at: place, line: line, dwelling.bytes))
    }
    if self.person != nil {
      let day = knownPerson == nil ? row.person.birthDate ?? recording.today : recording.today
      facts.append(
        recording.fact(.person, of: person, on: day, at: place, line: line, row.person.bytes))
    }
    if let residence {
      facts.append(
        recording.fact(
          .residence, of: person, on: recording.today, at: residence.place, line: line,
          residence.bytes))
    }
    if let insurance {
      facts.append(
        recording.fact(
          .insurance, of: person, on: recording.today, at: place, line: line, insurance.bytes))
    }
    return facts
  }

  /// By what the member and the household are known.
  var claims: [ListClaim] {
    var claims: [ListClaim] = []
    let number = String(decoding: row.person.nationalIdentityNumber, as: UTF8.self)
    if !number.isEmpty { claims.append(.number(number)) }
    if let birth = row.person.birthDate {
      let key = PersonSummary.key(of: String(decoding: row.person.name, as: UTF8.self))
      claims.append(.birth(key, birth))
    }
    switch row.key {
    case .familyCard(let number): claims.append(.familyCard(number))
    case .local(let number): claims.append(.localHousehold(number))
    }
    return claims
  }
}

extension PlannedStaffRow {
  /// The facts that bring the worker and the role in.
  func facts(_ recording: ListRecording) -> [Fact] {
    guard let worker, let row else { return [] }
    var facts: [Fact] = []
    let place = row.assignment.place
    if let body {
      let day = replacedWorker == nil ? assignment?.since ?? recording.today : recording.today
      facts.append(
        recording.fact(
          .worker, of: worker, on: day, at: place, line: line, replacing: replacedWorker,
          body.bytes))
    }
    if let assignment {
      facts.append(
        recording.fact(
          .assignment, of: worker, on: assignment.since, at: place, line: line,
          replacing: replacedAssignment, assignment.body.bytes))
    }
    return facts
  }

  /// By what the worker is known.
  var claims: [ListClaim] {
    guard let row else { return [] }
    var claims: [ListClaim] = []
    let number = String(decoding: row.worker.nationalIdentityNumber, as: UTF8.self)
    if !number.isEmpty { claims.append(.number(number)) }
    let name = PersonSummary.key(of: String(decoding: row.worker.name, as: UTF8.self))
    claims.append(.worker(name))
    let user = String(decoding: row.worker.userName, as: UTF8.self)
    if !user.isEmpty { claims.append(.userName(Worker.foldedUserName(user))) }
    return claims
  }
}
