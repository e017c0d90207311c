import GRDB
import Health
import Journal

/// What taking a list back would do: which of its facts are withdrawn, and which stay since others
/// have built on them.
public struct ListUndo: Sendable {
  /// Why a fact stays.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// Somebody corrected it since: the correction stands in its place.
    case corrected
    /// Somebody recorded something else of whom the list made known, or named them in something
    /// else.
    case used
    /// It is about a worker whom whoever takes the list back may not change.
    case notAllowed = "not_allowed"
  }

  /// A fact that stays.
  public struct Kept: Hashable, Sendable {
    /// The fact.
    public let fact: Identifier
    /// Whom it is about.
    public let subject: Identifier
    /// What it tells.
    public let kind: FactKind
    /// Why it stays.
    public let reason: Reason
    /// The later fact that builds on it; nothing where it stays because of another of the list.
    public let because: Identifier?
  }

  /// The batch.
  public let batch: Identifier
  /// How many facts the list brought.
  public let facts: Int
  /// How many of them are withdrawn already.
  public let withdrawnBefore: Int
  /// How many facts are to be withdrawn, or were.
  public internal(set) var count: Int
  /// The facts that stay, in their order of arrival.
  public let kept: [Kept]
  /// The facts to be withdrawn, by their sequence numbers: a list may have a million.
  var withdrawals: [Int64]
  /// The last fact that this was worked out from.
  var lastSequence: Int64
  /// What was last told of the batch itself.
  let told: Identifier
  /// Whom the list tells of.
  let subjects: Set<Identifier>

  /// Works out what taking a list back would do; nothing is written.
  ///
  /// - Parameter reach: which workers whoever takes it back may change.
  /// - Throws: ``ListUndoProblem/noSuchBatch`` where no list was written under that name.
  public init(of batch: Identifier, reach: ListReach = .everything, in db: Database) throws {
    guard let start = try FactRow.place(of: batch, in: db), start.kind == .importBatch else {
      throw ListUndoProblem.noSuchBatch
    }
    lastSequence = try ListFileReading<CSVTable>.lastSequence(in: db)
    var history = try BatchHistory(of: batch, from: start.sequence, in: db)
    try history.settle(reach, in: db)
    self.batch = batch
    told = history.told
    facts = history.own.count
    subjects = Set(history.subjects)
    var kept: [Kept] = []
    var withdrawals: [Int64] = []
    var withdrawn = 0
    for (position, fact) in history.own.enumerated() {
      if fact.standingWithdrawals > 0 {
        withdrawn += 1
      } else if let reason = history.kept[Int32(position)] {
        guard let heading = try FactRow.heading(at: history.sequence(of: fact), in: db) else {
          continue
        }
        kept.append(
          Kept(
            fact: heading.id, subject: heading.subject, kind: heading.kind, reason: reason.reason,
            because: reason.because))
      } else {
        withdrawals.append(history.sequence(of: fact))
      }
    }
    withdrawnBefore = withdrawn
    count = withdrawals.count
    self.kept = kept
    self.withdrawals = withdrawals
  }

  /// Whether facts that came later tell of whom the list tells, so that it must be worked out anew
  /// what stays.
  func isConcerned(by since: Int64, in db: Database) throws -> Bool {
    var isConcerned = false
    try FactRow.forEach(from: since + 1, in: db) { row in
      guard let fact = try FactRow.fact(row) else { return true }
      let named =
        try BatchHistory.named(in: fact.kind, fact.body)
        + [fact.subject, fact.recorder]
        .compactMap(\.self)
      isConcerned = named.contains { subjects.contains($0) }
      return !isConcerned
    }
    return isConcerned
  }
}

/// Why a list cannot be taken back.
public enum ListUndoProblem: Error, Hashable, Sendable {
  /// No list of households or workers was written under that name.
  case noSuchBatch
  /// It is still being written.
  case stillWritten
  /// Others wrote so much at the same time that it could not be worked out in peace.
  case tooBusy
  /// The journal refused a withdrawal.
  case refused(Refusal)
}
