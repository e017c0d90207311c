import Exchange
import Foundation
import Health
import Journal

/// A list that somebody uploaded: kept in private files beside the database until it is written or a
/// day old, never in the journal.
public struct UploadedList: Codable, Sendable {
  /// Where it stands.
  public enum State: String, Codable, Sendable {
    /// It is being looked at.
    case checking
    /// It can be looked through, and written.
    case ready
    /// It is being written.
    case writing
    /// It was written.
    case written
    /// The writing stopped before its end; what was written stays, and ``problem`` tells why.
    case stopped
    /// It cannot be read; see ``problem``.
    case failed
    /// The program ended while it was looked at or written: what was written stays.
    case interrupted
  }

  /// A name that nobody can guess.
  public let id: String
  /// Households or workers.
  public let kindNumber: UInt8
  /// Who uploaded it, as text; only they see it.
  public let worker: String?
  /// The place that it is for, as text.
  public let placeText: String?
  /// The file's name as it was sent.
  public let fileName: String
  /// When it came, milliseconds since 1970 UTC.
  public let at: Int64
  /// Where it stands.
  public var state: State
  /// Why it cannot be read: the key of the explanation, and what that fills in.
  public var problem: [String: String]?
  /// How many rows there are of each outcome.
  public var counts: [String: Int] = [:]
  /// How many households are new.
  public var newHouseholds = 0
  /// How many new households name no head, and the first lines of some of them.
  public var headless = 0
  /// The first lines of some of them.
  public var headlessLines: [Int] = []
  /// Headings of columns that nothing is stored of.
  public var unstored: [String] = []
  /// The batch under which it was written, as text.
  public var batchText: String?
  /// Batches under which parts of it were written before, as text.
  public var earlierBatches: [String]?
  /// How many rows there were when it was looked through.
  public var expectedRows: Int?
  /// How much of the file was read, in percent.
  public var percent = 0

  /// Households or workers.
  public var kind: ImportKind { ImportKind(rawValue: kindNumber) ?? .households }
  /// The place that it is for.
  public var place: Identifier? { placeText.flatMap { Identifier(text: $0) } }
  /// The batch under which it was written.
  public var batch: Identifier? { batchText.flatMap { Identifier(text: $0) } }
  /// Batches under which parts of it were written before.
  public var earlier: [Identifier] { (earlierBatches ?? []).compactMap { Identifier(text: $0) } }
  /// All rows read so far.
  public var rows: Int { counts.values.reduce(0, +) }

  /// Whether it can be looked through again: it is not worked on, and its file is there still.
  public var mayBeChecked: Bool {
    switch state {
    case .ready, .failed, .interrupted, .stopped: true
    case .checking, .writing, .written: false
    }
  }
}

extension UploadedList {
  mutating func take(_ summary: ListSummary) {
    counts = [:]
    for outcome in ListOutcome.allCases { counts[outcome.rawValue] = summary[outcome] }
    newHouseholds = summary.newHouseholds
    headless = summary.householdsWithoutHead.count
    headlessLines = Array(summary.householdsWithoutHead.prefix(10))
    unstored = summary.unstoredColumns
  }
}

/// Where a list may tell of anybody, and whom it may give which role; see `ListReach`.
public struct ListLimits: Sendable {
  let reach: ListReach

  private init(reach: ListReach) { self.reach = reach }

  /// Of whoever may everything.
  public static let none = ListLimits(reach: .everything)

  /// Limits of a list.
  ///
  /// - Parameters:
  ///   - area: the places; nothing where there is no limit.
  ///   - grants: whether a role may be given at a place.
  ///   - changes: whether a worker may be changed.
  ///   - hidden: who is protected from whoever brings the list.
  ///   - userNames: by which names workers sign in.
  public init(
    area: Set<Identifier>?, grants: @escaping @Sendable (Role, Identifier) -> Bool,
    changes: @escaping @Sendable (Worker) -> Bool,
    hidden: @escaping @Sendable (PersonEntry) -> Bool, userNames: [String: Identifier] = [:]
  ) {
    var reach = ListReach(area: area, grants: grants, changes: changes, hidden: hidden)
    reach.userNamesOfAccounts = userNames
    self.reach = reach
  }
}
