import Health
import Simulation
import Testing

/// A population of some 8,000 people in four Puskesmas, made once for all tests, with its facts
/// read.
struct PopulationSample: Sendable {
  let plan: PopulationPlan
  let facts: [Fact]
  let truth: SyntheticTruth
  /// The first and the last thing that was said about each person.
  private(set) var first: [Identifier: PersonBody] = [:]
  private(set) var last: [Identifier: PersonBody] = [:]
  /// Each person's residences, by day.
  private(set) var residences: [Identifier: [(day: CivilDate, body: ResidenceBody)]] = [:]
  /// The day of death or departure.
  private(set) var ends: [Identifier: CivilDate] = [:]
  private(set) var households: [Identifier: HouseholdBody] = [:]
  private(set) var places: [Identifier: PlaceBody] = [:]

  static let ground = DistrictGround.example(subdistricts: 3, villagesEach: 4)

  static func plan(people: Int, seed: UInt64 = 7) -> PopulationPlan {
    var plan = PopulationPlan(lastMonth: CivilMonth(year: 2025, ordinal: 12))
    plan.people = people
    plan.puskesmasCount = 4
    plan.seed = seed
    return plan
  }

  static let usual = Result { try PopulationSample(plan(people: 8000)) }

  init(_ plan: PopulationPlan) throws {
    self.plan = plan
    var all: [Fact] = []
    truth = SyntheticPopulation(plan, on: PopulationSample.ground).forEachBatch { all += $0 }
    facts = all
    for fact in all {
      switch fact.kind {
      case .person:
        let body = try fact.read { bytes throws(WireError) in try PersonBody(bytes) }
        if first[fact.subject] == nil { first[fact.subject] = body }
        last[fact.subject] = body
      case .residence:
        let body = try fact.read { bytes throws(WireError) in try ResidenceBody(bytes) }
        residences[fact.subject, default: []].append((fact.occurredOn, body))
      case .death, .departure: ends[fact.subject] = fact.occurredOn
      case .household:
        households[fact.subject] = try fact.read { bytes throws(WireError) in
          try HouseholdBody(bytes)
        }
      case .place:
        places[fact.subject] = try fact.read { bytes throws(WireError) in try PlaceBody(bytes) }
      default: break
      }
    }
    for id in residences.keys { residences[id]?.sort { $0.day < $1.day } }
  }

  /// Who lives there on the first day, in households.
  var founders: [(id: Identifier, person: PersonBody, residence: ResidenceBody)] {
    residences.compactMap { id, homes in
      guard let home = homes.first, home.day == plan.firstDay, let person = last[id],
        home.body.household != nil
      else { return nil }
      return (id, person, home.body)
    }
  }

  /// Years lived on the first day, by the birth date that is registered.
  func years(_ person: PersonBody) -> Int {
    person.birthDate.map { Int(plan.firstDay.completedYears(since: $0).count) } ?? 0
  }

  func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension Fact {
  /// What `make` makes of the body.
  func read<Body>(
    _ make: (UnsafeBufferPointer<UInt8>) throws(WireError) -> Body
  ) throws(WireError) -> Body {
    let result: Result<Body, WireError> = body.withUnsafeBufferPointer { bytes in
      do throws(WireError) { return .success(try make(bytes)) } catch { return .failure(error) }
    }
    return try result.get()
  }
}

/// The share of elements that fulfil a condition.
func share<Elements: Collection>(
  of elements: Elements, _ isMeant: (Elements.Element) throws -> Bool
) rethrows -> Double {
  Double(try elements.count { try isMeant($0) }) / Double(max(1, elements.count))
}
