import Health
import Journal

/// Where a list may tell of anybody, and whom it may give which role: the area of whoever brings it,
/// and of the place that it is for.
public struct ListReach: Sendable {
  private let area: Set<Identifier>?
  /// Whether there are workers who may not be changed.
  let limitsWorkers: Bool
  private let grants: @Sendable (Role, Identifier) -> Bool
  private let changes: @Sendable (Worker) -> Bool
  private let hidden: @Sendable (PersonEntry) -> Bool
  /// By which user names workers sign in, and who: the register need not know them.
  public var userNamesOfAccounts: [String: Identifier] = [:]

  /// A reach.
  ///
  /// - Parameters:
  ///   - area: the places; nothing where there is no limit.
  ///   - grants: whether a role may be given at a place.
  ///   - changes: whether a worker may be changed.
  ///   - hidden: who is protected from whoever brings the list.
  public init(
    area: Set<Identifier>?,
    grants: @escaping @Sendable (Role, Identifier) -> Bool = { _, _ in true },
    changes: @escaping @Sendable (Worker) -> Bool = { _ in true },
    hidden: @escaping @Sendable (PersonEntry) -> Bool = { _ in false }
  ) {
    self.area = area
    limitsWorkers = true
    self.grants = grants
    self.changes = changes
    self.hidden = hidden
  }

  /// No limit: the command line, whose user holds the database anyway.
  public static let everything = ListReach()

  private init() {
    area = nil
    limitsWorkers = false
    grants = { _, _ in true }
    changes = { _ in true }
    hidden = { _ in false }
  }

  /// Whether a person is protected from whoever brings the list: for them as if elsewhere.
  func hides(_ person: PersonEntry) -> Bool { hidden(person) }

  /// Whether a list may tell of who lives or works there.
  public func covers(_ place: Identifier) -> Bool { area?.contains(place) ?? true }

  /// Whether a list may give a role at a place.
  public func mayGrant(_ role: Role, at place: Identifier) -> Bool { grants(role, place) }

  /// Whether a list may change a worker.
  public func mayChange(_ worker: Worker) -> Bool { changes(worker) }
}
