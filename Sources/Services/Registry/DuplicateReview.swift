import Foundation
import Health
import Journal
import Synchronization

/// The possible duplicates of areas, worked out in the background when somebody asks for them and
/// kept in memory for those who come after: of a Puskesmas or a place in it all pairs, of the whole
/// district those whose records stand in two Puskesmas.
///
/// One scan runs at a time. Nothing of it is stored: it is computed from the facts, and after a
/// restart it is computed again.
public final class DuplicateReview: Sendable {
  /// What is known of an area.
  public struct Standing: Sendable {
    /// What the last scan found; nothing before the first is done.
    public let findings: DuplicateFindings?
    /// When it was begun.
    public let at: Instant?
    /// Whether a scan is under way or waits for its turn.
    public let isRunning: Bool
    /// Whether the last one failed.
    public let hasFailed: Bool
  }

  /// After so many facts a new scan is begun when somebody asks.
  public static let factsUntilStale: Int64 = 500
  /// The same for the pairs across Puskesmas, where everybody is read.
  public static let factsUntilStaleAcross: Int64 = 5000
  /// After so long a new scan is begun when somebody asks.
  public static let staleAfter = Duration.seconds(86_400)
  /// So many areas are kept; the one computed longest ago goes first.
  private static let mostAreas = 8

  private struct Key: Hashable {
    let area: Identifier
    var scope = DuplicateScope.all
  }

  private struct Area {
    var findings: DuplicateFindings?
    var at: Instant?
    var facts: Int64 = 0
    var isRunning = false
    var hasFailed = false
  }

  private let areas = Mutex<[Key: Area]>([:])
  private let queue = DispatchQueue(label: "sikilap.duplicates", qos: .background)

  /// Nothing is known yet.
  public init() {}

  /// What is known of an area; begins a scan where there is none, or an old one.
  ///
  /// - Parameter isAnew: whether to begin one in any case.
  public func standing(
    of area: Identifier, in district: District, tree: PlaceTree, facts: Int64, at: Instant,
    isAnew: Bool = false
  ) -> Standing {
    standing(Key(area: area), in: district, tree: tree, facts: facts, at: at, isAnew: isAnew)
  }

  /// What is known of the pairs whose records stand in two Puskesmas of the district that an area
  /// lies in; begins a scan as ``standing(of:in:tree:facts:at:isAnew:)`` does.
  ///
  /// - Returns: nothing where there are not two Puskesmas.
  public func standingAcross(
    of area: Identifier, in district: District, tree: PlaceTree, facts: Int64, at: Instant,
    isAnew: Bool = false
  ) -> Standing? {
    guard let root = tree.path(from: area).last,
      tree.subtree(of: root.id).filter({ $0.kind == .puskesmas }).count > 1
    else { return nil }
    return standing(
      Key(area: root.id, scope: .acrossPuskesmas), in: district, tree: tree, facts: facts,
      at: at, isAnew: isAnew)
  }

  private func standing(
    _ key: Key, in district: District, tree: PlaceTree, facts: Int64, at: Instant, isAnew: Bool
  ) -> Standing {
    let until =
      key.scope == .all
      ? DuplicateReview.factsUntilStale : DuplicateReview.factsUntilStaleAcross
    let (standing, begins) = areas.withLock { areas -> (Standing, Bool) in
      var kept = areas[key] ?? Area()
      let age = kept.at.map { at.milliseconds - $0.milliseconds } ?? .max
      let isStale =
        (kept.findings == nil && !kept.hasFailed) || facts - kept.facts >= until
        || age >= DuplicateReview.staleAfter.milliseconds
      let begins = !kept.isRunning && (isAnew || isStale)
      if begins { kept.isRunning = true }
      areas[key] = kept
      return (
        Standing(
          findings: kept.findings, at: kept.at, isRunning: kept.isRunning,
          hasFailed: kept.hasFailed), begins
      )
    }
    if begins { scan(key, in: district, tree: tree, facts: facts, at: at) }
    return standing
  }

  private func scan(
    _ key: Key, in district: District, tree: PlaceTree, facts: Int64, at: Instant
  ) {
    queue.async { [self] in
      let found = try? district.duplicates(
        among: tree.subtree(of: key.area).map(\.id), tree: tree, scope: key.scope)
      areas.withLock { areas in
        var known = areas[key] ?? Area()
        known.isRunning = false
        known.hasFailed = found == nil
        if let found {
          known.findings = found
          known.at = at
          known.facts = facts
        }
        areas[key] = known
        let done = areas.filter { $0.key != key && !$0.value.isRunning }
        if areas.count > DuplicateReview.mostAreas,
          let oldest = done.min(by: { ($0.value.at ?? at) < ($1.value.at ?? at) })
        {
          areas[oldest.key] = nil
        }
      }
    }
  }

  /// The pairs of the lists that are known now to which a record belongs; no scan is begun.
  public func pairs(of record: Identifier) -> [DuplicatePair] {
    let known = areas.withLock { areas in areas.values.compactMap(\.findings) }
    return known.flatMap { findings in
      findings.pairs.filter { $0.first == record || $0.second == record }
    }
  }

  /// Takes a pair out of all lists: somebody has decided.
  public func decided(_ left: Identifier, _ right: Identifier) {
    areas.withLock { areas in
      for (area, known) in areas {
        guard let findings = known.findings else { continue }
        let others = findings.pairs.filter { Set([$0.first, $0.second]) != [left, right] }
        guard others.count != findings.pairs.count else { continue }
        areas[area]?.findings = DuplicateFindings(
          pairs: others, persons: findings.persons, skippedGroups: findings.skippedGroups,
          isCut: findings.isCut)
      }
    }
  }
}
