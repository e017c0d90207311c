import Health
import Programmes
import Simulation
import Testing

@Suite("How often things happen in the synthetic population")
struct PopulationRateTests {
  let sample: PopulationSample

  init() throws { sample = try PopulationSample.usual.get() }

  private var personYears: Double { Double(sample.founders.count) * 3 }

  @Test("Ages and sexes are those of the province, about")
  func pyramid() {
    let founders = sample.founders
    let census = [
      9.3, 9.2, 8.9, 8.5, 8.5, 8.5, 8.4, 8.2, 7.4, 6.3, 5.1, 4.0, 3.0, 2.1, 1.3, 1.3,
    ]
    var counts = [Double](repeating: 0, count: census.count)
    for founder in founders { counts[min(15, max(0, sample.years(founder.person) / 5))] += 1 }
    for (group, expected) in census.enumerated() {
      let found = counts[group] / Double(founders.count) * 100
      #expect(abs(found - expected) < 1.9, "group \(group * 5): \(found) in place of \(expected)")
    }
    let men = share(of: founders) { $0.person.sex == .male }
    #expect((0.49...0.53).contains(men))
  }

  @Test("Households have the sizes, heads and members that they should have")
  func households() {
    var sizes: [Identifier: Int] = [:]
    var relations: [HouseholdRelation: Int] = [:]
    for founder in sample.founders {
      if let household = founder.residence.household { sizes[household, default: 0] += 1 }
      if let relation = founder.residence.relation { relations[relation, default: 0] += 1 }
    }
    let mean = Double(sample.founders.count) / Double(sizes.count)
    #expect((3.2...3.8).contains(mean))
    #expect((0.06...0.13).contains(share(of: sizes.values) { $0 == 1 }))
    #expect(share(of: sizes.values) { $0 >= 8 } < 0.03)
    let heads = sample.founders.filter { $0.residence.relation == .head }
    #expect((0.08...0.14).contains(share(of: heads) { $0.person.sex == .female }))
    for relation in HouseholdRelation.allCases where relation != .other {
      #expect(relations[relation, default: 0] > 0, "\(relation)")
    }
  }

  @Test("Births, twins, deaths, marriages and moves happen at plausible rates")
  func events() throws {
    var reasons: [MoveReason: Int] = [:]
    for homes in sample.residences.values {
      for home in homes where home.body.household != nil {
        if let reason = home.body.reason { reasons[reason, default: 0] += 1 }
      }
    }
    func perThousand(_ count: Int) -> Double { Double(count) / personYears * 1000 }
    let births = reasons[.birth, default: 0]
    #expect((15.0...23.0).contains(perThousand(births)))
    let twins = sample.truth.twins.count { pair in
      (sample.last[pair.first]?.birthDate).map { $0 >= sample.plan.firstDay } ?? false
    }
    #expect(Double(twins) / Double(births) < 0.03)
    let deaths = sample.facts.filter { $0.kind == .death }
    #expect((4.0...7.5).contains(perThousand(deaths.count)))
    let infants = deaths.count { fact in
      (sample.last[fact.subject]?.birthDate).map { (fact.occurredOn - $0).count < 365 } ?? false
    }
    #expect((0.004...0.035).contains(Double(infants) / Double(births)))
    #expect((5.0...13.0).contains(perThousand(reasons[.marriage, default: 0])))
    #expect((5.0...14.0).contains(perThousand(reasons[.withinVillage, default: 0])))
    #expect((2.0...10.0).contains(perThousand(reasons[.otherVillage, default: 0])))
    #expect((1.0...8.0).contains(perThousand(reasons[.otherPuskesmas, default: 0])))
    #expect((14.0...25.0).contains(perThousand(reasons[.otherDistrict, default: 0])))
    let departures = sample.facts.count { $0.kind == .departure }
    #expect((9.0...22.0).contains(perThousand(departures)))
  }

  @Test("Children are weighed in the last twelve months, in every Puskesmas, and grow as they do")
  func growth() throws {
    var timelines: [Identifier: Timeline] = [:]
    let children = Set(sample.facts.filter { $0.kind == .measurement }.map(\.subject))
    for fact in sample.facts where children.contains(fact.subject) {
      try timelines[fact.subject, default: Timeline()].insert(fact)
    }
    var lengths = 0, stunted = 0, weights = 0, light = 0
    for timeline in timelines.values {
      let record = try timeline.bytes.withUnsafeBufferPointer { try GrowthRecord(timeline: $0) }
      for measurement in record.measurements {
        if let score = measurement.assessment.lengthHeightForAge, !score.isImplausible {
          lengths += 1
          if score.hundredths < -200 { stunted += 1 }
        }
        if let score = measurement.assessment.weightForAge, !score.isImplausible {
          weights += 1
          if score.hundredths < -200 { light += 1 }
        }
      }
    }
    #expect((0.14...0.26).contains(Double(stunted) / Double(lengths)))
    #expect((0.08...0.19).contains(Double(light) / Double(weights)))
    let months = Set(sample.facts.filter { $0.kind == .measurement }.map(\.occurredOn.month))
    #expect(months.count == 12 && months.min() == CivilMonth(year: 2025, ordinal: 1))
    var weighed: [Identifier: Int] = [:]
    for fact in sample.facts where fact.kind == .measurement {
      let village = fact.place.flatMap { sample.places[$0]?.partOf }
      if let puskesmas = village.flatMap({ sample.places[$0]?.partOf }) {
        weighed[puskesmas, default: 0] += 1
      }
    }
    #expect(weighed.count == 4 && weighed.values.allSatisfy { $0 > 500 })
    // 12 months, four of five come.
    let underFive = sample.founders.count { sample.years($0.person) < 5 }
    #expect((8.0...11.5).contains(Double(weights) / Double(underFive)))
  }
}
