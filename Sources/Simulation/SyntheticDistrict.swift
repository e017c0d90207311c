import Health

/// A synthetic district that lives through its plan's days. Pure: no clock, no chance but the
/// plan's seed. What it is made of, and how far it resembles a real one: docs/simulation.md.
public struct SyntheticDistrict: Sendable {
  /// The plan.
  public let plan: SimulationPlan

  /// The most facts that one batch holds.
  public static let batchLimit = 2000

  /// The district of a plan.
  public init(_ plan: SimulationPlan) { self.plan = plan }

  /// All facts in order of their moment of recording, in batches small enough to be accepted one
  /// by one: places and workers first, then the people, then month by month.
  public func batches() -> some Sequence<[Fact]> { FactBatches(plan: plan) }

  /// Hands over the batches one by one.
  public func forEachBatch(_ body: ([Fact]) throws -> Void) rethrows {
    for batch in FactBatches(plan: plan) { try body(batch) }
  }
}

private struct FactBatches: Sequence {
  let plan: SimulationPlan

  func makeIterator() -> DistrictLife { DistrictLife(plan) }
}

/// The whole district on its way through the months, batch by batch.
private struct DistrictLife: IteratorProtocol {
  private enum Stage {
    case places
    case people
    case month(CivilMonth)
    case over
  }

  private let plan: SimulationPlan
  private var puskesmas: [PuskesmasLife]
  private var stage = Stage.places
  /// Facts in order, ready to be handed over from `position` on.
  private var ready: [Fact] = []
  private var position = 0
  /// Facts that are recorded only in a later month.
  private var later: [Fact] = []

  init(_ plan: SimulationPlan) {
    self.plan = plan
    puskesmas = (0..<plan.puskesmasCount).map { PuskesmasLife(plan, puskesmas: $0) }
  }

  mutating func next() -> [Fact]? {
    while position >= ready.count {
      guard prepare() else { return nil }
    }
    let end = Swift.min(position + SyntheticDistrict.batchLimit, ready.count)
    defer { position = end }
    return Array(ready[position..<end])
  }

  /// Lives on to the next facts; false when all is over.
  private mutating func prepare() -> Bool {
    position = 0
    switch stage {
    case .places:
      let district = SyntheticPlaces.districtFact(
        plan, at: Scribe.moment(on: plan.firstDay, minute: 60))
      ready = [district] + inOrder(puskesmas.flatMap(\.places.facts))
      stage = .people
    case .people:
      var facts: [Fact] = []
      for index in puskesmas.indices { facts += puskesmas[index].openRegister() }
      ready = inOrder(facts)
      stage = .month(plan.firstDay.month)
    case .month(let month):
      let first = max(plan.firstDay, month.firstDay)
      let last = min(plan.lastDay, month.lastDay)
      for index in puskesmas.indices { later += puskesmas[index].live(from: first, to: last) }
      let isLast = month.lastDay >= plan.lastDay
      let end = Scribe.moment(on: month.lastDay, minute: 24 * 60)
      ready = inOrder(isLast ? later : later.filter { $0.recordedAt < end })
      later.removeAll { isLast || $0.recordedAt < end }
      stage = isLast ? .over : .month(month.advanced(by: 1))
    case .over: return false
    }
    return true
  }

  private func inOrder(_ facts: [Fact]) -> [Fact] {
    facts.sorted { ($0.recordedAt, $0.id) < ($1.recordedAt, $1.id) }
  }
}
