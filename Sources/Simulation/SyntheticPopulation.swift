import Health

/// The synthetic population of a whole district: families that live through their plan's years.
/// Pure: no clock, no chance but the plan's seed. What it is made of, and how far it resembles a
/// real one: docs/simulation.md.
public struct SyntheticPopulation: Sendable {
  /// The plan.
  public let plan: PopulationPlan
  private let map: DistrictMap

  /// The most facts that one batch holds.
  public static let batchLimit = 2000

  /// The names by which one worker of each role signs in to a demo.
  public static let demoAccounts = DistrictMap.demoAccounts
  /// The made-up registration number (STR) of a demo account that signs guidelines; none for the
  /// other roles.
  public static func demoRegistrationNumber(of role: Role) -> String {
    DistrictMap.demoRegistrationNumber(of: role)
  }

  /// The population of a plan on a ground.
  public init(_ plan: PopulationPlan, on ground: DistrictGround) {
    self.plan = plan
    map = DistrictMap(plan, on: ground)
  }

  /// How many Puskesmas, villages and Posyandu there are.
  public var placeCounts: (puskesmas: Int, villages: Int, posyandu: Int) {
    (map.puskesmas.count, map.villages.count, map.posyandu.count)
  }

  /// Hands over all facts in batches: places first, then the workers, then the people of one
  /// Puskesmas after the other, month by month. Within a Puskesmas facts come in order of their
  /// moment of recording. No more than one Puskesmas is in memory.
  ///
  /// - Returns: which records are one person, for whoever measures how duplicates are found.
  @discardableResult
  public func forEachBatch(_ body: ([Fact]) throws -> Void) rethrows -> SyntheticTruth {
    var truth = SyntheticTruth()
    try handOver(map.placeFacts(), body)
    try handOver(map.districtWorkerFacts(), body)
    let sites = CareSites(map)
    for number in map.puskesmas.indices {
      try handOver(map.workerFacts(ofPuskesmas: number), body)
      var care = PuskesmasCare(
        map, puskesmas: number, sites: sites,
        expecting: Delivery.foreseen(map, puskesmas: number))
      var people = PuskesmasPeople(map, puskesmas: number)
      try people.openRegister { try handOver($0, body) }
      try live(&people, cared: &care, body)
      people.noteNamesakes()
      truth.add(people.truth)
    }
    return truth
  }

  private func live(
    _ people: inout PuskesmasPeople, cared care: inout PuskesmasCare,
    _ body: ([Fact]) throws -> Void
  ) rethrows {
    // Facts that are recorded only in a later month.
    var later: [Fact] = []
    var month = plan.firstDay.month
    while month <= plan.lastMonth {
      let written = people.live(from: month.firstDay, to: month.lastDay)
      later += written
      later += care.live(
        in: MonthWindow(first: month.firstDay, last: month.lastDay), with: people,
        written: written)
      let end = Scribe.moment(on: month.lastDay, minute: 24 * 60)
      let isLast = month == plan.lastMonth
      let ready = isLast ? later : later.filter { $0.recordedAt < end }
      later.removeAll { isLast || $0.recordedAt < end }
      try handOver(SyntheticPopulation.inOrder(ready), body)
      month = month.advanced(by: 1)
    }
  }

  /// By moment of recording; what was written in one moment keeps its order: a household comes
  /// before its members.
  private static func inOrder(_ facts: [Fact]) -> [Fact] {
    facts.indices.sorted {
      (facts[$0].recordedAt.milliseconds, $0) < (facts[$1].recordedAt.milliseconds, $1)
    }.map { facts[$0] }
  }

  private func handOver(_ facts: [Fact], _ body: ([Fact]) throws -> Void) rethrows {
    var start = 0
    while start < facts.count {
      let end = min(start + SyntheticPopulation.batchLimit, facts.count)
      try body(start == 0 && end == facts.count ? facts : Array(facts[start..<end]))
      start = end
    }
  }
}
