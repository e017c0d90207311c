import Exchange
import Foundation
import GRDB
import Health
import Journal

/// What a map would bring into a journal.
public struct BoundaryPlan: Sendable {
  /// Boundaries, by how they come out.
  public internal(set) var boundaries: [PlannedChange: Int] = [:]
  /// What forbids carrying it out.
  public internal(set) var problems: [DistrictProblem] = []
  /// What should be looked at again: areas that nobody knows are passed over.
  public internal(set) var warnings: [DistrictWarning] = []
  var facts: [Fact] = []

  /// What would be written, in the name of who does so.
  public func facts(by recorder: Identifier?) -> [Fact] {
    precondition(problems.isEmpty, "a plan with problems is not carried out")
    return AreaFacts.attributed(facts, to: recorder)
  }
}

extension District {
  /// Works out what a map would bring in, and writes nothing. Areas are found by their codes and
  /// never by their names.
  ///
  /// - Parameters:
  ///   - source: where the map is from.
  ///   - day: the day from which on the areas run so.
  ///   - now: the moment at which it is told.
  public func plan(
    boundaries file: BoundaryFile, source: String, asOf day: CivilDate, now: Instant
  ) throws -> BoundaryPlan {
    try journal.pool.read { db in
      var plan = BoundaryPlan()
      plan.problems = file.problems
      let tree = try PlaceTree.fetch(in: db)
      let areas = Dictionary(
        tree.places.values.filter { AreaCode.kind(of: $0.code) != nil && !$0.codeIsExample }
          .map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
      let known = Dictionary(
        try PlaceRows.boundaries(in: db).map { ($0.place, $0) },
        uniquingKeysWith: { first, _ in first })
      for feature in file.features {
        guard let area = areas[feature.code] else {
          plan.warnings.append(
            DistrictWarning(
              .unknownCode, line: feature.number, value: feature.code,
              details: ["name": feature.name]))
          continue
        }
        let body = BoundaryBody(rings: feature.rings, source: Array(source.utf8))
        plan.add(body, of: area, feature, known: known[area.id], asOf: day, now: now)
      }
      // What may be wrong comes before what is only passed over, of which there may be hundreds.
      plan.warnings =
        plan.warnings.filter { $0.code != .unknownCode }
        + plan.warnings.filter { $0.code == .unknownCode }
      if !plan.problems.isEmpty { plan.facts = [] }
      return plan
    }
  }

  /// Carries a plan out in one transaction: all of it, or nothing.
  ///
  /// - Parameter recorder: who does so; nothing where nobody is known yet.
  public func carryOut(_ plan: BoundaryPlan, by recorder: Identifier? = nil, now: Instant) throws {
    try take(plan.facts(by: recorder), now: now)
  }
}

extension BoundaryPlan {
  fileprivate mutating func add(
    _ body: BoundaryBody, of area: Place, _ feature: BoundaryFile.Feature, known: Boundary?,
    asOf day: CivilDate, now: Instant
  ) {
    if let latitude = area.latitude, let longitude = area.longitude,
      !body.contains(BoundaryPoint(longitude: longitude, latitude: latitude))
    {
      warnings.append(
        DistrictWarning(
          .centreOutside, line: feature.number, value: feature.code, details: ["name": area.name]))
    }
    if let known, known.rings == body.packedRings {
      boundaries[.same, default: 0] += 1
      return
    }
    boundaries[known == nil ? .new : .changed, default: 0] += 1
    // A boundary of an older day than the one that is known would not stand.
    let since = max(day, known?.since ?? day)
    facts.append(
      AreaFacts.fact(.boundary, about: area.id, on: since, recordedAt: now, body: body.bytes))
  }
}
