import Exchange
import Foundation
import GRDB
import Health
import Journal

/// What lists of areas and facilities would bring into a journal: first looked at, then carried out.
public struct DistrictPlan: Sendable {
  /// The district.
  public let district: Identifier
  /// Every place of the lists, in their order.
  public internal(set) var places: [PlannedPlace] = []
  /// Catchments, by how they come out.
  public internal(set) var catchments: [PlannedChange: Int] = [:]
  /// Agreements, by how they come out.
  public internal(set) var agreements: [PlannedChange: Int] = [:]
  /// Villages of the district that no Puskesmas looks after afterwards, with their kecamatan.
  public internal(set) var villagesWithoutPuskesmas: [String] = []
  /// What forbids carrying it out.
  public internal(set) var problems: [DistrictProblem] = []
  /// What should be looked at again.
  public internal(set) var warnings: [DistrictWarning] = []
  /// What would be written.
  var facts: [Fact] = []

  /// How many facts would be written.
  public var factCount: Int { facts.count }

  /// What would be written, in the name of who does so.
  public func facts(by recorder: Identifier?) -> [Fact] {
    precondition(problems.isEmpty, "a plan with problems is not carried out")
    return AreaFacts.attributed(facts, to: recorder)
  }

  /// How many places of a kind come out so.
  public func count(_ kind: PlaceKind, _ change: PlannedChange) -> Int {
    places.count { $0.kind == kind && $0.change == change }
  }
}

/// Why lists cannot be planned or carried out.
public enum DistrictSetupProblem: Error, Hashable, Sendable {
  /// The program has no list of that district, and no file was named.
  case noListOf(String, shipped: [String])
  /// The list has no district of that code.
  case notInList(String)
  /// There is no district yet.
  case noDistrict
  /// There are several; one has to be named.
  case severalDistricts([String])
  /// Something else was written meanwhile, and the journal refused a fact.
  case refused(Refusal)
}

extension District {
  /// The codes of the districts whose lists of areas the program brings along.
  public static var shippedAreas: [String] {
    let files = try? FileManager.default.contentsOfDirectory(
      at: shippedAreasFolder, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "csv" }
      .map { $0.deletingPathExtension().lastPathComponent }.sorted()
  }

  /// The path of the list that the program brings along for a district; nothing where it has none.
  public static func shippedAreas(of code: String) -> String? {
    guard shippedAreas.contains(code) else { return nil }
    return shippedAreasFolder.appending(path: "\(code).csv").path
  }

  /// The folder of those lists, with their checksums.
  static var shippedAreasFolder: URL {
    Bundle.module.bundleURL.appending(path: "Resources/areas")
  }

  /// Works out what lists would bring in, and writes nothing.
  ///
  /// - Parameters:
  ///   - areas: a list of areas, or nothing where they are there already.
  ///   - code: the district's Kemendagri code; nothing for the only one that is there.
  ///   - facilities: a list of its facilities, or nothing.
  ///   - now: the moment at which it is told.
  /// - Throws: ``DistrictSetupProblem`` where it is not clear which district is meant.
  public func plan(
    areas: AreaTable?, of code: String?, facilities: FacilityTable?, now: Instant
  ) throws -> DistrictPlan {
    let today = now.day(hoursEastOfGreenwich: hoursEastOfGreenwich)
    return try journal.pool.read { db in
      var planner = DistrictPlanner(places: try PlannedPlaces(in: db), today: today, now: now)
      if let areas, let code {
        guard areas.areas.contains(where: { $0.code == code && $0.kind == .district }) else {
          if !areas.problems.isEmpty { return try planner.refused(areas.problems) }
          throw DistrictSetupProblem.notInList(code)
        }
        planner.add(areas, of: code)
      }
      let district = try planner.district(code)
      var plan = DistrictPlan(district: district)
      if let facilities { planner.add(facilities, to: district) }
      planner.finish(&plan)
      return plan
    }
  }

  /// Works out what makes a district of which nothing but name and code is known yet: where somebody
  /// begins who sets up the rest on the pages.
  public func plan(district code: String, named name: String, now: Instant) throws -> DistrictPlan {
    let today = now.day(hoursEastOfGreenwich: hoursEastOfGreenwich)
    return try journal.pool.read { db in
      var planner = DistrictPlanner(places: try PlannedPlaces(in: db), today: today, now: now)
      let id = planner.places.place(.district, code: code) ?? AreaFacts.identifier(ofArea: code)
      if planner.places[id] == nil {
        let body = PlaceBody(
          kind: .district, name: Array(name.utf8), code: Array(code.utf8), partOf: nil)
        planner.tell(body, of: id, since: today)
      }
      var plan = DistrictPlan(district: id)
      planner.finish(&plan)
      return plan
    }
  }

  /// Carries a plan out in one transaction: all of it, or nothing.
  ///
  /// - Parameter recorder: who does so; nothing where nobody is known yet.
  public func carryOut(_ plan: DistrictPlan, by recorder: Identifier? = nil, now: Instant) throws {
    try take(plan.facts(by: recorder), now: now)
  }

  /// Whether a fact was told by the command line in nobody's name, as the first ones of a district
  /// are.
  public static func isOfCommandLine(_ fact: Fact) -> Bool {
    fact.recorder == nil && fact.device == AreaFacts.device
  }

  /// Writes facts about places, all or none.
  func take(_ facts: [Fact], now: Instant) throws {
    _ = try journal.acceptAndWait(facts, now: now) { _, results in
      for case .refused(let refusal) in results { throw DistrictSetupProblem.refused(refusal) }
    }
  }
}
