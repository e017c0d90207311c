import GRDB
import Health
import Journal

/// What stood when somebody looked: which facts of whom, as one digest. The form of a page carries
/// it, so that whoever saves is told where somebody else was quicker.
public struct Basis: Hashable, Sendable {
  /// A part of what was looked at.
  public enum Part: Hashable, Sendable {
    /// The standing facts of these kinds about a person.
    case person(Identifier, Set<FactKind>)
    /// The standing facts of a household, who belongs to it, and where each of them lives and how
    /// they are insured.
    case family(Identifier)
  }

  /// What was looked at.
  let parts: [Part]
  /// The digest, as forms carry it.
  public let text: String

  init(_ parts: [Part], in db: Database) throws {
    var writer = ByteWriter()
    for part in parts {
      switch part {
      case .person(let id, let kinds): try Basis.write(id, kinds, to: &writer, in: db)
      case .family(let id):
        try StandingSubject.fetch(id, in: db).forEach { writer.identifier($0.id) }
        for member in try PersonEntry.members(of: id, in: db) {
          try Basis.write(
            member.id, [.residence, .departure, .death, .insurance], to: &writer, in: db)
        }
      }
    }
    self.parts = parts
    text = ChainHash(of: writer.bytes).hexadecimal
  }

  private static func write(
    _ id: Identifier, _ kinds: Set<FactKind>, to writer: inout ByteWriter, in db: Database
  ) throws {
    writer.identifier(id)
    guard let person = try PersonEntry.person(id, in: db),
      let timeline = try PersonEntry.timeline(person.number, in: db)
    else { return }
    try timeline.bytes.withUnsafeBufferPointer { bytes in
      for entry in try TimelineReader.standingFacts(of: bytes) where kinds.contains(entry.kind) {
        writer.identifier(entry.id)
      }
    }
  }
}

extension District {
  /// What stands now. To be asked for before what the page shows: so nothing that comes in between
  /// is taken for seen.
  public func basis(_ parts: Basis.Part...) throws -> Basis {
    try journal.pool.read { try Basis(parts, in: $0) }
  }
}

/// What must still be so at the moment of writing. It is looked at inside the transaction: of two
/// people at the same moment only the first writes.
public struct Condition: Sendable {
  let holds: @Sendable (Database) throws -> Bool

  /// What stood stands, and nothing more.
  public static func unchanged(_ basis: Basis) -> Condition {
    Condition { db in try Basis(basis.parts, in: db) == basis }
  }

  /// Nobody has answered the request.
  public static func unanswered(_ request: SubjectRequest) -> Condition {
    Condition { db in
      try District.subjectRequests(of: request.person, in: db)
        .contains { $0.id == request.id && $0.answer == nil }
    }
  }

  /// The person holds that card, or none.
  public static func card(of person: PersonEntry, is number: Identifier?) -> Condition {
    Condition { db in try Condition.summary(of: person, in: db)?.card == number }
  }

  /// Nobody has recorded the person's death.
  public static func living(_ person: PersonEntry) -> Condition {
    Condition { db in
      guard let summary = try Condition.summary(of: person, in: db) else { return false }
      return summary.diedOn == nil
    }
  }

  /// Nobody is in the register under that identifier.
  public static func unregistered(_ id: Identifier) -> Condition {
    Condition { db in try PersonEntry.fetch(id, in: db) == nil }
  }

  /// No fact has that identifier.
  public static func unrecorded(_ id: Identifier) -> Condition {
    Condition { db in try FactRow.fetch(id, in: db) == nil }
  }

  private static func summary(of person: PersonEntry, in db: Database) throws -> PersonSummary? {
    try PersonEntry.timeline(person.number, in: db).map { try PersonSummary(timeline: $0) }
  }
}
