import GRDB
import Health
import Journal
import Synchronization

/// Who records something, when and through what: what every fact of one act carries.
public struct Recording: Sendable {
  /// The moment of the act.
  public let at: Instant
  /// The worker.
  public let recorder: Identifier?
  /// The phone or browser.
  public let device: Identifier?

  /// An act of a worker.
  public init(at: Instant, recorder: Identifier?, device: Identifier? = nil) {
    self.at = at
    self.recorder = recorder
    self.device = device
  }

  /// A fact of this act.
  public func fact(
    _ kind: FactKind, of subject: Identifier, on day: CivilDate, at place: Identifier? = nil,
    replacing replaces: Identifier? = nil, _ body: [UInt8] = []
  ) -> Fact {
    Fact(
      id: .fresh(at: at), subject: subject, kind: kind, occurredOn: day, recordedAt: at,
      place: place, recorder: recorder, device: device, replaces: replaces, body: body)
  }
}

extension Fact {
  /// The same under the identifier that a form carries, so that the form is known again where it is
  /// sent twice.
  public func identified(as id: Identifier) -> Fact {
    Fact(
      id: id, subject: subject, kind: kind, occurredOn: occurredOn, recordedAt: recordedAt,
      place: place, recorder: recorder, device: device, replaces: replaces, body: body)
  }
}

/// Somebody else changed the same thing since the page was opened; nothing was written.
public struct ChangedMeanwhile: Error, Equatable {
  /// What stands now in the place of what was on the page, where that is one fact.
  public var standing: Identifier?

  /// Something changed.
  public init(standing: Identifier? = nil) { self.standing = standing }
}

/// A fact that the journal did not take; nothing of the act was written.
public struct ActRefused: Error, Equatable {
  /// Why.
  public let refusal: Refusal
}

extension District {
  /// Whether a fact of that identifier about somebody is recorded.
  public func isRecorded(_ id: Identifier, of subject: Identifier) throws -> Bool {
    try journal.pool.read { try FactRow.fetch(id, in: $0)?.subject == subject }
  }

  /// Writes the facts of one act, all or none.
  ///
  /// - Parameters:
  ///   - corrections: facts that were on the page and are corrected. Where one of them has been
  ///     corrected or withdrawn meanwhile, nothing is written.
  ///   - conditions: what must still be so at the moment of writing; else nothing is written.
  ///   - moment: now; the moment of the latest fact where it is left out. Facts of a list carry the
  ///     list's day.
  /// - Throws: ``ChangedMeanwhile``, ``ActRefused``.
  public func record(
    _ facts: [Fact], correcting corrections: [Identifier] = [],
    provided conditions: [Condition] = [], at moment: Instant? = nil
  ) async throws -> [Acceptance] {
    guard let latest = facts.map(\.recordedAt).max() else { return [] }
    return try await record(at: moment ?? latest, correcting: corrections) { db in
      for condition in conditions where try !condition.holds(db) { throw ChangedMeanwhile() }
      return facts
    }
  }

  /// As ``record(_:correcting:provided:)``, of facts that are made from what stands inside the
  /// transaction.
  func record(
    at moment: Instant, correcting corrections: [Identifier] = [],
    making: @escaping @Sendable (Database) throws -> [Fact]
  ) async throws -> [Acceptance] {
    try await journal.accept(now: moment, making: making) { db, facts, results in
      for case .refused(let refusal) in results { throw ActRefused(refusal: refusal) }
      for corrected in corrections {
        let ours = Set(facts.filter { $0.replaces == corrected }.map(\.id))
        if let other = try FactRow.replacements(of: corrected, in: db)
          .first(where: { !ours.contains($0) })
        {
          throw ChangedMeanwhile(standing: other)
        }
      }
    }
  }
}

/// Carries something out of a transaction: written inside it, read once it is over.
final class Carried<Value: Sendable>: Sendable {
  private let kept = Mutex<Value?>(nil)

  /// What was carried.
  var value: Value? {
    get { kept.withLock { $0 } }
    set { kept.withLock { $0 = newValue } }
  }
}
