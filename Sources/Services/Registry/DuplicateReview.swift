import Foundation
import Health
import Journal
import Synchronization

/// The possible duplicates of areas, worked out in the background when somebody asks for them and
/// kept in memory for those who come after.
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
  /// After so long a new scan is begun when somebody asks.
  public static let staleAfter = Duration.seconds(86_400)
  /// So many areas are kept; the one computed longest ago goes first.
  private static let mostAreas = 8

  private struct Area {
    var findings: DuplicateFindings?
    var at: Instant?
    var facts: Int64 = 0
    var isRunning = false
    var hasFailed = false
  }

  private let areas = Mutex<[Identifier: Area]>([:])
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
    let (standing, begins) = areas.withLock { areas -> (Standing, Bool) in
      var kept = areas[area] ?? Area()
      let age = kept.at.map { at.milliseconds - $0.milliseconds } ?? .max
      let isStale =
        (kept.findings == nil && !kept.hasFailed)
        || facts - kept.facts >= DuplicateReview.factsUntilStale
        || age >= DuplicateReview.staleAfter.milliseconds
      let begins = !kept.isRunning && (isAnew || isStale)
      if begins { kept.isRunning = true }
      areas[area] = kept
      return (
        Standing(
          findings: kept.findings, at: kept.at, isRunning: kept.isRunning,
          hasFailed: kept.hasFailed), begins
      )
    }
    if begins { scan(area, in: district, tree: tree, facts: facts, at: at) }
    return standing
  }

  /// What is known of an area, without beginning anything.
  public func isRunning(_ area: Identifier) -> Bool {
    areas.withLock { $0[area]?.isRunning ?? false }
  }

  private func scan(
    _ area: Identifier, in district: District, tree: PlaceTree, facts: Int64, at: Instant
  ) {
    queue.async { [self] in
      let found = try? district.duplicates(
        among: tree.subtree(of: area).map(\.id), tree: tree)
      areas.withLock { areas in
        var known = areas[area] ?? Area()
        known.isRunning = false
        known.hasFailed = found == nil
        if let found {
          known.findings = found
          known.at = at
          known.facts = facts
        }
        areas[area] = known
        let done = areas.filter { $0.key != area && !$0.value.isRunning }
        if areas.count > DuplicateReview.mostAreas,
          let oldest = done.min(by: { ($0.value.at ?? at) < ($1.value.at ?? at) })
        {
          areas[oldest.key] = nil
        }
      }
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
